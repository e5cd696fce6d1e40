//! Makes and evaluates the weights of tamis from labelled pages. See `README.md` beside this crate.

mod align;
mod corpus;
mod fit;
mod folds;
mod kinds;
mod labels;
mod look;
mod matrix;
mod metrics;
mod pipeline;
mod predictions;
mod report;
mod rewrite;
mod strip;
mod tongues;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus::{Gold, LabelledPage};
use folds::Prepared;
use pipeline::{OutOfFold, Pipeline, Stage};
use report::Thought;

const USAGE: &str = "\
usage: tamis-calibrate train CORPORA [html|text]
       tamis-calibrate evaluate CORPORA [html|text] [--fitted] [--out FOLDER] [--worst N] [--strip-hints]
       tamis-calibrate evaluate --shipped CORPUS... [--worst N]

train      fits all forests and writes the weights into src/score/weights and src/label/weights
evaluate   figures of pages by forests that saw no page of their site
  --fitted       uses the forests that the last run left in target/calibrate
  --out FOLDER   writes what was thought of each page, in the form of the extract example
  --worst N      shows the N worst pages, with what was missed and what was wrongly kept
  --strip-hints  labels of pages without class, id, role and landmark tags
  --shipped      figures of the weights that ship, on corpora that they were not made from";

/// Where matrices and forests are kept.
const FOLDER: &str = "target/calibrate";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    command: String,
    paths: Vec<PathBuf>,
    forms: Vec<bool>,
    fitted: bool,
    shipped: bool,
    strip_hints: bool,
    worst: usize,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let Some(options) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let done = match options.command.as_str() {
        _ if options.shipped => evaluate_shipped(&options),
        _ => run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut args: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { command: args.next()?, ..Options::default() };
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "html" => options.forms.push(false),
            "text" => options.forms.push(true),
            "--fitted" => options.fitted = true,
            "--shipped" => options.shipped = true,
            "--strip-hints" => options.strip_hints = true,
            "--out" => options.out = Some(PathBuf::from(args.next()?)),
            "--worst" => options.worst = args.next()?.parse().ok()?,
            _ => options.paths.push(PathBuf::from(arg)),
        }
    }
    if options.forms.is_empty() {
        options.forms = vec![false, true];
    }
    let is_known = matches!(options.command.as_str(), "train" | "evaluate");
    Some(options).filter(|options| is_known && !options.paths.is_empty())
}

fn run(options: &Options) -> io::Result<()> {
    for &is_text in &options.forms {
        let mut pages = read(&options.paths[0], is_text)?;
        if is_text {
            pages.extend(judged(&options.paths[0])?);
        }
        let mut pages = folds::prepare(pages, is_text);
        if is_text {
            let crops = pages.iter().filter_map(folds::crop).collect();
            pages.extend(folds::prepare(crops, is_text));
        }
        let copies = folds::translate(&pages, is_text);
        eprintln!("{} pages, and {} of them in other languages", pages.len(), copies.len());
        pages.extend(copies);
        let pipeline = Pipeline { pages: &pages, is_text, folder: PathBuf::from(FOLDER) };
        let trains = options.command == "train";
        let thought = if options.fitted { pipeline.fitted()? } else { pipeline.run(trains)? };
        print(options, &pages, &thought, is_text);
        if let Some(folder) = &options.out {
            predictions::write(folder, &pages, last(&thought), is_text)?;
        }
        if options.strip_hints && !is_text {
            print_stripped(&options.paths[0], &pipeline)?;
        }
        if trains {
            write_weights(&pipeline, &report::confidence_line(&pages, last(&thought)))?;
        }
    }
    Ok(())
}

fn print(options: &Options, pages: &[Prepared], thought: &OutOfFold, is_text: bool) {
    println!("\n===== {}, out of fold by site =====", if is_text { "plain text" } else { "HTML" });
    report::best_possible(pages);
    report::content("one pass", pages, Thought { scores: &thought.first, kinds: None });
    report::content("two passes", pages, Thought { scores: &thought.second, kinds: None });
    report::content("all passes", pages, last(thought));
    report::reliability(pages, last(thought), is_text);
    report::labels("out of fold", pages, last(thought));
    look::worst(options.worst, pages, last(thought));
}

/// What all passes together thought.
fn last(thought: &OutOfFold) -> Thought<'_> {
    Thought { scores: &thought.last, kinds: Some(&thought.kinds) }
}

/// The labels of the same pages with all hints taken out, by the same forests.
fn print_stripped(corpora: &Path, pipeline: &Pipeline) -> io::Result<()> {
    let mut pages = read(corpora, false)?;
    pages.retain(|page| page.regions.is_some());
    for page in &mut pages {
        page.html = strip::strip_hints(&page.html);
    }
    let pages = folds::prepare(pages, false);
    let thought = Pipeline { pages: &pages, is_text: false, folder: pipeline.folder.clone() }.fitted()?;
    report::labels("out of fold, hints stripped", &pages, last(&thought));
    Ok(())
}

fn write_weights(pipeline: &Pipeline, confidence: &[(f64, f64)]) -> io::Result<()> {
    let form = if pipeline.is_text { "text" } else { "markup" };
    for (stage, room) in
        [(Stage::First, "score"), (Stage::Second, "score"), (Stage::Reader, "score"), (Stage::Kinds, "label")]
    {
        let bytes = pipeline.shipped(stage)?;
        let path = Path::new("src").join(room).join("weights").join(format!("{form}-{}.bin", stage.name()));
        eprintln!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    let line: String =
        confidence.iter().map(|(expected, came)| format!("{expected:.4} {came:.4}\n")).collect();
    std::fs::write(Path::new("src/score/weights").join(format!("{form}-confidence.txt")), line)
}

fn evaluate_shipped(options: &Options) -> io::Result<()> {
    for path in &options.paths {
        let pages = corpus::read(path)?;
        for &is_text in &options.forms {
            let pages = folds::prepare(pages.clone(), is_text);
            if pages.is_empty() {
                continue;
            }
            let scores: Vec<Vec<i32>> = pages.iter().map(|page| page.sample.scores()).collect();
            let kinds: Vec<Vec<i32>> = pages.iter().map(|page| page.sample.kinds()).collect();
            let thought = Thought { scores: &scores, kinds: Some(&kinds) };
            println!(
                "\n===== {}, {}, the weights that ship =====",
                path.display(),
                if is_text { "plain text" } else { "HTML" }
            );
            report::content("shipped", &pages, thought);
            report::reliability(&pages, thought, is_text);
            look::worst(options.worst, &pages, thought);
        }
    }
    Ok(())
}

/// Pages in many languages as plain text, a block a line, labelled by what the forests of markup thought of them:
/// the corpora have no plain text in most languages. Needs the forests of markup, so they are fitted first.
fn judged(corpora: &Path) -> io::Result<Vec<LabelledPage>> {
    let mut pages = read(corpora, false)?;
    pages.retain(|page| page.corpus == "trafeval-dev" && page.regions.is_none());
    let pages = folds::prepare(pages, false);
    let thought = Pipeline { pages: &pages, is_text: false, folder: PathBuf::from(FOLDER) }.fitted()?;
    let judged = pages.iter().zip(&thought.last).map(|(page, scores)| {
        let (even, _) = report::cut(page, scores, 1.0);
        let texts: Vec<String> = page.sample.texts().iter().map(|text| align::squash(text)).collect();
        LabelledPage {
            id: page.page.id.clone(),
            corpus: page.page.corpus.clone(),
            host: page.page.host.clone(),
            text: Some(texts.join("\n") + "\n"),
            gold: Gold::Judged { text: metrics::kept_text(page, &|block| scores[block] >= even) },
            ..LabelledPage::default()
        }
    });
    Ok(judged.collect())
}

/// The pages that weights are made from. A page that was labelled block by block is, as plain text, these blocks.
fn read(corpora: &Path, is_text: bool) -> io::Result<Vec<LabelledPage>> {
    let mut pages = corpus::read(&corpora.join("wcxb-dev"))?;
    pages.extend(corpus::read(&corpora.join("trafeval-dev"))?);
    let chinese = corpora.join("gne");
    match chinese.exists() {
        true => pages.extend(corpus::read(&chinese)?),
        false => eprintln!("{}: not there, so without Chinese pages", chinese.display()),
    }
    let regions = corpora.join("regions-dev.jsonl");
    if !is_text {
        corpus::add_regions(&mut pages, &regions)?;
        labels::add(&mut pages)?;
        return Ok(pages);
    }
    let mut labelled_here = pages.clone();
    labels::add(&mut labelled_here)?;
    pages.extend(corpus::read_regions_text(&regions)?);
    pages.extend(labelled_here.into_iter().filter(|page| page.is_labelled_here).map(corpus::as_text));
    Ok(pages)
}

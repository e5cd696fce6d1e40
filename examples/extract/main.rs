//! Takes files, folders or standard input apart and prints their main content, or all of it as JSON.
//!
//! ```text
//! cargo run --release --example extract -- page.html
//! cargo run --release --example extract -- --format jsonl pages/ > pages.jsonl
//! curl -s https://example.org/ | cargo run --release --example extract -- --format markdown
//! ```

mod output;
mod pipeline;
mod sources;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use tamis::{BoilerplateKind, Extractor, Focus, Limits};

use output::{Format, Output};
use sources::{Refusal, Source};

/// Prints the main content of web pages.
#[derive(Parser)]
struct Cli {
    /// Files, folders (.html .htm .xhtml .txt in them and below), or - for standard input.
    paths: Vec<PathBuf>,
    /// What the input is [default: .txt is text, anything else as it looks]
    #[arg(long)]
    input: Option<Input>,
    /// What to print.
    #[arg(long, default_value = "text")]
    format: Format,
    /// Which way to err where a block could be content or not.
    #[arg(long, default_value = "balanced")]
    focus: FocusName,
    /// Count this kind of boilerplate as content, too, such as comments or metadata; may be given several times.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    also: Vec<BoilerplateKind>,
    /// The address the page was fetched from, for the relative addresses in it.
    #[arg(long, value_name = "URL")]
    url: Option<url::Url>,
    /// Refuse longer inputs.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_bytes as u64,
          value_parser = clap::value_parser!(u64).range(..=1 << 30))]
    max_bytes: u64,
    /// Pages to work on at once [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Input {
    Html,
    Text,
}

#[derive(Clone, Copy, ValueEnum)]
enum FocusName {
    Precision,
    Balanced,
    Recall,
}

/// The names of all kinds, so that `--help` and a misspelt one list them.
fn kinds() -> impl TypedValueParser<Value = BoilerplateKind> {
    PossibleValuesParser::new(BoilerplateKind::ALL.map(BoilerplateKind::name))
        .map(|name| name.parse().expect("a kind is called by its name"))
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads has seen enough, as `head` does: no fault of ours.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("standard output: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether every input could be taken apart.
///
/// # Errors
///
/// Where standard output can't be written to.
fn run(cli: &Cli) -> io::Result<bool> {
    let paths = cli.paths();
    let sources = sources::list(&paths);
    // What the arguments say decides the form of the output, not what happens to be in a folder.
    let is_single = matches!(&paths[..], [path] if !path.is_dir());
    let bar = progress(sources.len());
    let extractor = cli.extractor();
    let mut output = Output::new(BufWriter::new(io::stdout().lock()), cli.format, is_single);
    let mut is_all_well = true;
    let mut show = |rendered| match rendered {
        Ok(Rendered { text, note }) => {
            note.iter().for_each(|note| complain(note));
            output.page(&text)
        }
        Err(refusal) => {
            is_all_well = false;
            complain(&format!("{refusal}"));
            Ok(())
        }
    };
    pipeline::in_order(
        sources,
        cli.jobs(),
        |source| cli.take_apart(&extractor, source?, is_single),
        |rendered: Result<Rendered, Refusal>| {
            bar.inc(1);
            // The bar makes room for what is written beside it.
            bar.suspend(|| show(rendered))
        },
    )?;
    bar.finish_and_clear();
    output.finish()?;
    Ok(is_all_well)
}

/// A page as it is to be printed, and what to say about it besides.
struct Rendered {
    text: String,
    note: Option<String>,
}

impl Cli {
    fn paths(&self) -> Vec<PathBuf> {
        if !self.paths.is_empty() {
            return self.paths.clone();
        }
        if io::stdin().is_terminal() {
            let message = "name a file or a folder, or pipe a page in";
            Cli::command().error(ErrorKind::MissingRequiredArgument, message).exit();
        }
        vec![sources::STDIN.into()]
    }

    fn jobs(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores)
    }

    fn extractor(&self) -> Extractor {
        let focus = match self.focus {
            FocusName::Precision => Focus::Precision,
            FocusName::Balanced => Focus::Balanced,
            FocusName::Recall => Focus::Recall,
        };
        let limits = Limits { max_bytes: self.max_bytes as usize, ..Limits::default() };
        let also = self.also.iter().copied();
        let builder = Extractor::builder().focus(focus).limits(limits).content_also(also);
        match &self.url {
            Some(url) => builder.base_url(url.as_str()).build(),
            None => builder.build(),
        }
    }

    /// What stands in for the `Content-Type` header that files don't have; none where the bytes decide.
    fn content_type(&self, source: &Source) -> Option<&'static str> {
        match self.input {
            Some(Input::Html) => Some("text/html"),
            Some(Input::Text) => Some("text/plain"),
            None => source.is_text_by_name().then_some("text/plain"),
        }
    }

    fn take_apart(
        &self,
        extractor: &Extractor,
        source: Source,
        is_single: bool,
    ) -> Result<Rendered, Refusal> {
        let name = source.name();
        let bytes = source.read(self.max_bytes)?;
        let page = extractor
            .bytes(&bytes, self.content_type(&source))
            .map_err(|error| Refusal::new(&name, error))?;
        let is_empty = page.blocks().len() == 0;
        Ok(Rendered {
            text: self.format.render(&name, &page, is_single),
            note: is_empty.then(|| format!("{name}: empty page")),
        })
    }
}

/// A bar on standard error; it hides itself where that is no terminal.
fn progress(inputs: usize) -> ProgressBar {
    if inputs < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} pages, {per_sec}, {eta} left");
    ProgressBar::new(inputs as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A line on standard error. `eprintln!` would panic where nobody reads it any more.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

//! What is written for pages of the web, read back: Markdown by a CommonMark parser, HTML by the engine itself.
//!
//! Reads every tenth page of `target/corpus/wcxb-dev` and `target/corpus/trafeval-dev`, all of them with
//! `TAMIS_ALL_PAGES=1`, and says so where there is none. The figures are printed with `--nocapture`.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use tamis::{Extractor, Mark, Page};

const CORPORA: [&str; 2] = ["wcxb-dev", "trafeval-dev"];

fn corpus_pages(name: &str) -> Vec<(PathBuf, Page)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/corpus").join(name);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no corpus target/corpus/{name}");
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "html")).collect();
    paths.sort();
    let step = if std::env::var_os("TAMIS_ALL_PAGES").is_some() { 1 } else { 10 };
    let extractor = Extractor::new();
    let page = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        Some((path, extractor.bytes(&bytes, Some("text/html")).ok()?))
    };
    paths.into_iter().step_by(step).filter_map(page).collect()
}

/// A text with one space for each run of white space, and none at its ends.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for a formula or a reference to a note in both texts that are compared: one has its source or label,
/// the other what the page shows.
const REPLACED: char = '\u{fffc}';

/// What a CommonMark parser reads as text. The alternative texts of images are no text of the page's blocks.
fn read_markdown(markdown: &str) -> String {
    let mut text = String::new();
    let mut images = 0;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(run) | Event::Code(run) => text.push_str(&run),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => text.push(REPLACED),
            Event::InlineHtml(html) if matches!(&*html, "<sup>" | "</sup>" | "<sub>" | "</sub>") => {}
            Event::InlineHtml(html) if &*html == "<br>" => text.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => text.push_str(&html),
            _ => text.push(' '),
        }
    }
    collapsed(&text)
}

/// The text that the Markdown of a page has to say: that of the blocks of its content, a space apart, without
/// line numbers and buttons beside code.
fn expected_text(page: &Page) -> String {
    let mut text = String::new();
    let notes: HashSet<&str> = page.content().blocks().filter_map(|block| block.note()).collect();
    for block in page.content().blocks() {
        let is_reference = |mark: Mark<'_>| match mark {
            Mark::Link(target) => target
                .strip_prefix('#')
                .is_some_and(|anchor| notes.contains(anchor) && block.note() != Some(anchor)),
            _ => false,
        };
        let is_other = |mark: Mark<'_>| matches!(mark, Mark::Math { .. }) || is_reference(mark);
        let mut start = 0;
        for span in block.spans().filter(|span| is_other(span.mark) || span.mark == Mark::Gutter) {
            text.push_str(&block.text()[start..span.start]);
            text.extend(is_other(span.mark).then_some(REPLACED));
            start = span.end;
        }
        text.push_str(&block.text()[start..]);
        text.push(' ');
    }
    collapsed(&text)
}

#[test]
fn markdown_of_pages_reads_back_as_their_content() {
    for corpus in CORPORA {
        let pages = corpus_pages(corpus);
        let mut other = Vec::new();
        for (path, page) in &pages {
            let (read, expected) = (read_markdown(&page.content_markdown()), expected_text(page));
            if read != expected {
                let at = read.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
                let around = |text: &str| -> String {
                    String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(60)..text.len().min(at + 60)])
                        .into()
                };
                other.push(format!("{}: {:?} for {:?}", path.display(), around(&read), around(&expected)));
            }
        }
        println!(
            "{corpus}: the Markdown of {} pages of {} reads back",
            pages.len() - other.len(),
            pages.len()
        );
        assert!(other.is_empty(), "{}", other.join("\n"));
    }
}

/// How often each word stands in a text.
fn words(text: &str) -> HashMap<&str, usize> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word).or_insert(0) += 1;
    }
    words
}

/// The F1 of words, counted as often as they stand in both texts; 1 for two texts without words.
fn word_f1(found: &str, wanted: &str) -> f64 {
    let (found, wanted) = (words(found), words(wanted));
    let shared: usize = wanted.iter().map(|(word, count)| (*count).min(*found.get(word).unwrap_or(&0))).sum();
    let all: usize = found.values().sum::<usize>() + wanted.values().sum::<usize>();
    if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 }
}

#[test]
fn html_of_pages_has_the_same_content_again() {
    for corpus in CORPORA {
        let pages = corpus_pages(corpus);
        if pages.is_empty() {
            continue;
        }
        let extractor = Extractor::new();
        let mut scores = Vec::new();
        for (path, page) in &pages {
            let again = extractor.html(&page.content_html()).expect("a part of a page is within the limits");
            let score = word_f1(&again.content().to_string(), &page.content().to_string());
            scores.push((score, path));
        }
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mean = scores.iter().map(|(score, _)| score).sum::<f64>() / scores.len() as f64;
        println!("{corpus}: word F1 of HTML again {mean:.4} over {} pages", pages.len());
        for (score, path) in
            scores.iter().take(if std::env::var_os("TAMIS_WORST").is_some() { 40 } else { 3 })
        {
            println!("  {score:.3} {}", path.display());
        }
        assert!(mean >= 0.98, "{corpus}: {mean:.4}");
    }
}

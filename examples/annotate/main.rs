//! Writes pages with every region tinted and named, to be looked at in a browser.
//!
//! ```text
//! cargo run --release --example annotate -- page.html > annotated.html
//! cargo run --release --example annotate -- --out annotated/ pages/*.html
//! ```
//!
//! Scripts and frames are left out, so what is seen is the page as the engine sees it: text that a script would have
//! put there is not there, and what `<noscript>` holds is. Style sheets and images come from where the page has them.

mod tinted;

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use clap::Parser;
use tamis::Extractor;
use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::tree_builder::TreeBuilderOpts;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::RcDom;

/// Tints and names the regions of web pages.
#[derive(Parser)]
struct Cli {
    /// HTML files, or - for standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write each page to a file of its own name in this folder, made if it is not there [default: standard output]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.paths.len() > 1 && cli.out.is_none() {
        complain("several pages need a folder to go to: --out DIR");
        return ExitCode::FAILURE;
    }
    let mut is_all_well = true;
    for path in &cli.paths {
        match cli.annotate(path) {
            Ok(()) => {}
            // Whoever reads has seen enough, as `head` does: no fault of ours.
            Err(error) if is_broken_pipe(&*error) => break,
            Err(error) => {
                is_all_well = false;
                complain(&format!("{}: {error}", path.display()));
            }
        }
    }
    if is_all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Cli {
    fn annotate(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        let bytes = read(path)?;
        let html = annotated(&decoded(&bytes))?;
        match &self.out {
            None => io::stdout().lock().write_all(&html)?,
            Some(folder) => {
                fs::create_dir_all(folder)?;
                let target = folder.join(name_of(path));
                if fs::canonicalize(&target)
                    .is_ok_and(|target| fs::canonicalize(path).is_ok_and(|path| path == target))
                {
                    return Err(format!("{} is the page itself", target.display()).into());
                }
                fs::write(target, html)?;
            }
        }
        Ok(())
    }
}

/// A page of HTML, its regions tinted and named.
fn annotated(html: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    // The engine parses so, too: what stands in `<noscript>` is markup.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let dom = parse_document(RcDom::default(), ParseOpts { tree_builder, ..ParseOpts::default() }).one(html);
    let page = Extractor::new().dom(&dom.document)?;
    let mut out = Vec::new();
    tinted::write(&mut out, &page)?;
    Ok(out)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file: UTF-8 if it can be, else what it looks like. (Off the wire there is a header to go by, see
/// `Extractor::bytes`.)
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let (text, _, _) = detector.guess(None, Utf8Detection::Allow).decode(bytes);
    text
}

fn name_of(path: &Path) -> OsString {
    match path.file_name() {
        Some(name) if path != Path::new("-") => name.to_owned(),
        _ => "stdin.html".into(),
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// A line on standard error. `eprintln!` would panic where nobody reads it any more.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

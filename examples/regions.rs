//! Shows a page block by block: what each is taken for, how surely, and with `--why` what moved the verdict.
//!
//! ```text
//! cargo run --release --example regions -- page.html
//! cargo run --release --example regions -- --why page.html | less -R
//! cargo run --release --example regions -- --block 12 page.html
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use tamis::{Block, BoilerplateKind, Evidence, Extractor, Label, Page, Region, Source};

/// Shows how a page is taken apart, block by block.
#[derive(Parser)]
struct Cli {
    /// A file, or - for standard input.
    #[arg(default_value = "-")]
    path: PathBuf,
    /// What the input is [default: .txt is text, anything else as it looks]
    #[arg(long)]
    input: Option<Input>,
    /// Show the three measures that moved each block most.
    #[arg(long)]
    why: bool,
    /// Show one block only, in full, with all that made its score and its label.
    #[arg(long, value_name = "N")]
    block: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Input {
    Html,
    Text,
}

/// How much evidence `--why` shows of a block.
const TOP: usize = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{}: {error}", cli.path.display());
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(cli: &Cli) -> Result<(), Box<dyn Error>> {
    let page = Extractor::new().bytes(&read(&cli.path)?, cli.content_type())?;
    let mut view = View { paint: Paint::for_stdout(), width: terminal_width(), why: cli.why };
    let mut out = BufWriter::new(io::stdout().lock());
    match cli.block {
        None => view.page(&mut out, &page)?,
        Some(index) => {
            let last = || format!("no block {index}: the page has {}", page.blocks().len());
            let block = page.block(index).ok_or_else(last)?;
            view.width = usize::MAX;
            view.one_block(&mut out, &page, block)?;
        }
    }
    Ok(out.flush()?)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Cli {
    /// What stands in for the `Content-Type` header that files don't have; none where the bytes decide.
    fn content_type(&self) -> Option<&'static str> {
        match self.input {
            Some(Input::Html) => Some("text/html"),
            Some(Input::Text) => Some("text/plain"),
            None => self.path.extension().is_some_and(|it| it == "txt").then_some("text/plain"),
        }
    }
}

/// How a page is shown.
struct View {
    paint: Paint,
    width: usize,
    why: bool,
}

impl View {
    fn page(&self, out: &mut impl Write, page: &Page) -> io::Result<()> {
        let title = shortened(page.title().unwrap_or("(no title)"), self.width.saturating_sub(18));
        writeln!(out, "{}  confidence {:.2}", self.paint.bold(&title), page.confidence())?;
        for region in page.regions() {
            self.heading(out, &region)?;
            for block in region.blocks() {
                self.block(out, block)?;
                if self.why {
                    self.evidence(out, page.explain(block.index()).iter().take(TOP))?;
                }
            }
        }
        Ok(())
    }

    fn heading(&self, out: &mut impl Write, region: &Region) -> io::Result<()> {
        let blocks = region.block_range();
        let heading = format!(
            "── {} {:.2} ── blocks {} to {} ",
            region.label(),
            region.score(),
            blocks.start,
            blocks.end - 1
        );
        let rule = "─".repeat(self.width.saturating_sub(heading.chars().count()));
        writeln!(out, "\n{}", self.paint.label(region.label(), &format!("{heading}{rule}")))
    }

    /// Number, label, score of the block, score of the label, role, and as much of the text as fits.
    fn block(&self, out: &mut impl Write, block: Block) -> io::Result<()> {
        let columns = [
            format!("{:5} ", block.index()),
            format!("{:13} ", block.label()),
            format!("{:.2} {:.2} {:10} ", block.score(), block.label_score(), block.role()),
        ];
        let used: usize = columns.iter().map(|column| column.chars().count()).sum();
        let [index, label, rest] = columns;
        let text = shortened(block.text(), self.width.saturating_sub(used));
        writeln!(out, "{index}{}{rest}{text}", self.paint.label(block.label(), &label))
    }

    fn one_block(&self, out: &mut impl Write, page: &Page, block: Block) -> io::Result<()> {
        self.block(out, block)?;
        match block.source() {
            Source::Input(bytes) => {
                writeln!(out, "      from bytes {} to {} of the input", bytes.start, bytes.end)?;
            }
            Source::Element(path) => writeln!(out, "      from {path}")?,
            _ => {}
        }
        let hidden = if block.is_hidden() { ", hidden at first" } else { "" };
        writeln!(out, "      {:.0} % of it links{hidden}", block.link_density() * 100.0)?;
        self.evidence(out, page.explain(block.index()).iter())?;
        let Some(why) = page.explain_label(block.index()) else { return Ok(()) };
        writeln!(out, "      {} rather than {}, by {:.2}:", why.kind, why.runner_up, why.margin)?;
        self.evidence(out, why.evidence.iter())
    }

    /// What speaks for main content, or for the kind, in green, what against it in red.
    fn evidence<'e>(
        &self,
        out: &mut impl Write,
        evidence: impl Iterator<Item = &'e Evidence>,
    ) -> io::Result<()> {
        for Evidence { measure, value, contribution, .. } in evidence {
            let colour = if *contribution > 0.0 { GREEN } else { RED };
            let moved = self.paint.wrap(colour, &format!("{contribution:+8.3}"));
            writeln!(out, "      {moved}  {measure} = {value}")?;
        }
        Ok(())
    }
}

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BLUE: &str = "34";
const MAGENTA: &str = "35";
const CYAN: &str = "36";
const GREY: &str = "90";
const BOLD: &str = "1";

/// ANSI colours, where they are wanted.
struct Paint {
    is_on: bool,
}

impl Paint {
    /// As <https://no-color.org/> asks: `NO_COLOR`, set to anything but nothing, turns colours off.
    fn for_stdout() -> Paint {
        let is_unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Paint { is_on: io::stdout().is_terminal() && !is_unwanted }
    }

    fn wrap(&self, code: &str, text: &str) -> String {
        if self.is_on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.wrap(BOLD, text)
    }

    /// Labels that mean alike things to a reader share a colour.
    fn label(&self, label: Label, text: &str) -> String {
        use BoilerplateKind::*;
        let colour = match label.kind() {
            None => GREEN,
            Some(Metadata) => CYAN,
            Some(Navigation | SiteHeader | SiteFooter) => BLUE,
            Some(Related | Comments) => MAGENTA,
            Some(Social | Subscription | Advertisement) => RED,
            Some(Notice | Controls | Legal) => YELLOW,
            Some(_) => GREY,
        };
        self.wrap(colour, text)
    }
}

fn terminal_width() -> usize {
    env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// A text on one line, no wider than `width`. Control characters, with which a page could write to the terminal
/// what it wants, become spaces.
fn shortened(text: &str, width: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        used += columns(c);
        line.push(c);
        if used > width {
            return with_ellipsis(line, used, width);
        }
    }
    line
}

/// Takes characters off the end of a line that is `used` columns wide until `…` fits.
fn with_ellipsis(mut line: String, mut used: usize, width: usize) -> String {
    while used + 1 > width {
        let Some(last) = line.pop() else { return line };
        used -= columns(last);
    }
    line + "…"
}

/// How many columns of a terminal a character takes: East Asian letters and most emoji take two. (Unicode
/// Standard Annex #11, in the large.)
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF => 2,
        0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

//! The form of what is printed.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use tamis::Page;

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    /// The main content as plain text.
    Text,
    /// The main content as Markdown.
    Markdown,
    /// The main content as HTML.
    Html,
    /// The page with all its blocks and regions; an array of pages, unless one file is named.
    Json,
    /// The same, a line a page.
    Jsonl,
}

/// A page as JSON: its path, then what serde makes of the page.
#[derive(Serialize)]
struct Row<'p> {
    path: &'p str,
    #[serde(flatten)]
    page: &'p Page,
}

impl Format {
    /// A page as it is printed, without a line break at its end. Where it is not a single one, it says whose
    /// it is.
    pub fn render(self, path: &str, page: &Page, is_single: bool) -> String {
        let content = match self {
            Format::Text => page.content().to_string(),
            Format::Markdown => page.content_markdown(),
            Format::Html => page.content_html(),
            Format::Json => return json(path, page, is_single),
            Format::Jsonl => return unfailing(serde_json::to_string(&Row { path, page })),
        };
        let content = content.trim_end_matches('\n');
        if is_single { content.to_owned() } else { format!("{}\n{content}\n", self.header(path)) }
    }

    fn header(self, path: &str) -> String {
        match self {
            // A path must not end the comment.
            Format::Markdown | Format::Html => format!("<!-- {} -->", path.replace('>', "&gt;")),
            _ => format!("==> {path} <=="),
        }
    }
}

fn json(path: &str, page: &Page, is_single: bool) -> String {
    let json = unfailing(serde_json::to_string_pretty(&Row { path, page }));
    // Line breaks inside strings are escaped, so these are all between values.
    if is_single { json } else { format!("  {}", json.replace('\n', "\n  ")) }
}

fn unfailing(json: serde_json::Result<String>) -> String {
    json.expect("a page has string keys, and writing to a string can't fail")
}

/// Puts pages one after the other.
pub struct Output<W: Write> {
    out: W,
    is_array: bool,
    pages: usize,
}

impl<W: Write> Output<W> {
    pub fn new(out: W, format: Format, is_single: bool) -> Self {
        Output { out, is_array: format == Format::Json && !is_single, pages: 0 }
    }

    pub fn page(&mut self, rendered: &str) -> io::Result<()> {
        match (self.is_array, self.pages) {
            (true, 0) => self.out.write_all(b"[\n")?,
            (true, _) => self.out.write_all(b",\n")?,
            (false, _) => {}
        }
        self.pages += 1;
        self.out.write_all(rendered.as_bytes())?;
        if !self.is_array {
            self.out.write_all(b"\n")?;
        }
        // A page at once: whoever reads along sees whole ones.
        self.out.flush()
    }

    pub fn finish(mut self) -> io::Result<()> {
        match (self.is_array, self.pages) {
            (true, 0) => self.out.write_all(b"[]\n")?,
            (true, _) => self.out.write_all(b"\n]\n")?,
            (false, _) => {}
        }
        self.out.flush()
    }
}

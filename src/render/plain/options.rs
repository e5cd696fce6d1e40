//! Plain text otherwise than `Content` displays it.

use std::collections::HashMap;

use super::plain;
use crate::page::{Block, Mark};
use crate::render::link::Addresses;
use crate::squash::squash;

/// How plain text is written; by default as [`Content`](crate::Content) displays it. See
/// [`Page::content_text`](crate::Page::content_text).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlainText {
    /// Puts a number in brackets behind each link, and at the end the addresses by their numbers, one a line. Links
    /// to one address share a number; those in code and those that lead nowhere that is safe have none.
    pub link_notes: bool,
    /// Writes each block in a line of its own, and nothing else: no blank lines, no signs before items, no tabs
    /// between cells; white space inside of it, also that of code, is one space.
    pub line_per_block: bool,
}

impl PlainText {
    pub(crate) fn write<'p>(self, blocks: impl Iterator<Item = Block<'p>>, addresses: &Addresses) -> String {
        let mut notes =
            Notes { is_on: self.link_notes, addresses, targets: Vec::new(), numbers: HashMap::new() };
        let mut out = String::new();
        if self.line_per_block {
            for block in blocks {
                let text = notes.text(&block);
                let line = squash(&text);
                if !line.is_empty() {
                    out.push_str(&line);
                    out.push('\n');
                }
            }
            out.truncate(out.trim_end().len());
        } else {
            // A string takes all that is written to it.
            let _ = plain(blocks, &mut |block| notes.text(block), &mut out);
        }
        for (index, target) in notes.targets.iter().enumerate() {
            out.push_str(if index == 0 { "\n\n" } else { "\n" });
            out.push_str(&format!("[{}] {target}", index + 1));
        }
        out
    }
}

/// The addresses of links and their numbers.
struct Notes<'a> {
    is_on: bool,
    addresses: &'a Addresses,
    targets: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Notes<'_> {
    /// The text of a block with the numbers of its links.
    fn text(&mut self, block: &Block<'_>) -> String {
        let text = block.text();
        if !self.is_on || block.role() == crate::Role::Code {
            return text.to_owned();
        }
        let mut links: Vec<(usize, usize)> = Vec::new();
        for span in block.spans() {
            let Mark::Link(target) = span.mark else { continue };
            let Some(target) = self.addresses.link(target) else { continue };
            links.push((span.end, self.number(target.into_owned())));
        }
        links.sort_unstable();
        let mut noted = String::with_capacity(text.len());
        let mut start = 0;
        for (end, number) in links {
            noted.push_str(&text[start..end]);
            noted.push_str(&format!(" [{number}]"));
            start = end;
        }
        noted.push_str(&text[start..]);
        noted
    }

    fn number(&mut self, target: String) -> usize {
        if let Some(number) = self.numbers.get(&target) {
            return *number;
        }
        self.targets.push(target.clone());
        self.numbers.insert(target, self.targets.len());
        self.targets.len()
    }
}

#[cfg(test)]
mod tests {
    use super::PlainText;
    use crate::render::sample::{block, cell, item, page, paragraph};

    #[test]
    fn links_are_numbered_and_listed_at_the_end() {
        let blocks = [
            paragraph("see here and there").link(4, 8, "/a").link(13, 18, "/b"),
            paragraph("and again").link(0, 9, "/a"),
            paragraph("not this").link(0, 8, "javascript:x"),
        ];
        let text = page(&blocks).content_text(PlainText { link_notes: true, ..PlainText::default() });
        assert_eq!(text, "see here [1] and there [2]\n\nand again [1]\n\nnot this\n\n[1] /a\n[2] /b");
    }

    #[test]
    fn a_block_is_a_line() {
        let blocks = [item(1, "a"), cell("b").row(), cell("c"), block("code", "d\n  e\n"), paragraph(" ")];
        let text = page(&blocks).content_text(PlainText { line_per_block: true, ..PlainText::default() });
        assert_eq!(text, "a\nb\nc\nd e");
    }

    #[test]
    fn by_default_it_is_what_content_displays() {
        let blocks = [item(1, "a").link(0, 1, "/a"), cell("b").row(), cell("c"), block("code", "d\n  e\n")];
        let page = page(&blocks);
        assert_eq!(page.content_text(PlainText::default()), page.content().to_string());
    }
}

//! Writes the text of a page into its blocks: white space as it is shown, code as it stands.

use std::ops::Range;

use super::{Context, Cutter};
use crate::page::{Gap, MarkData};
use crate::segment::{Place, Segment};
use crate::tree::NodeId;

impl<'t> Cutter<'t> {
    pub(super) fn text(&mut self, id: NodeId, text: &'t str) {
        if self.context().verbatim {
            self.verbatim(id, text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let run = length_of_words(rest);
            if run > 0 {
                self.words(id, &rest[..run]);
                rest = &rest[run..];
            }
            let Some(c) = rest.chars().next() else { break };
            self.space |= !is_invisible(c);
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Words with single spaces between them go into the open block, or open one.
    pub(super) fn words(&mut self, id: NodeId, words: &str) {
        let context = self.context();
        if self.open.is_none() {
            self.open_block(&context);
        } else if self.space || self.meets_as_no_word_does(words) {
            self.push_space(&context);
        }
        self.shared = self.contexts.len();
        (self.space, self.touching, self.breaks) = (false, None, 0);
        self.push_leaf(id);
        let start = self.out.text.len() as u32;
        self.begin_pending_marks(start);
        self.out.text.push_str(words);
        self.count(&context, words.len());
    }

    pub(super) fn meets_as_no_word_does(&self, words: &str) -> bool {
        if self.touching.is_none() {
            return false;
        }
        let before = self.out.text.chars().next_back();
        let after = words.chars().next();
        let is_code = self.marks.iter().any(|open| open.mark == MarkData::Code);
        before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_uppercase) && !is_code
    }

    pub(super) fn push_space(&mut self, context: &Context) {
        self.out.text.push(' ');
        self.count(context, 1);
    }

    pub(super) fn count(&mut self, context: &Context, bytes: usize) {
        if let Some(open) = &mut self.open {
            open.link_bytes += if context.linked { bytes as u32 } else { 0 };
            open.bold_bytes += if context.bold { bytes as u32 } else { 0 };
        }
    }

    pub(super) fn push_leaf(&mut self, id: NodeId) {
        if self.out.leaves.last() != Some(&id) || self.open_leaves().is_empty() {
            self.out.leaves.push(id);
        }
        let end = self.out.leaves.len() as u32;
        if let Some(Segment { place: Place::Element { leaves, .. }, .. }) = &mut self.open {
            leaves.end = end;
        }
    }

    pub(super) fn open_leaves(&self) -> Range<u32> {
        match &self.open {
            Some(Segment { place: Place::Element { leaves, .. }, .. }) => leaves.clone(),
            _ => 0..0,
        }
    }

    pub(super) fn verbatim(&mut self, id: NodeId, text: &str) {
        let context = self.context();
        let mut text = text;
        if self.open.is_none() {
            // Blank lines before the first line are no part of the text; its indentation is.
            let blank = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
            let line = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
            text = &text[line..];
            if blank - line == text.len() {
                return;
            }
            self.open_block(&context);
        }
        self.shared = self.contexts.len();
        (self.space, self.touching, self.breaks) = (false, None, 0);
        self.push_leaf(id);
        self.begin_pending_marks(self.out.text.len() as u32);
        self.out.text.push_str(text);
        self.count(&context, text.len());
    }

    pub(super) fn verbatim_line_break(&mut self) {
        if self.open.is_some() && !self.out.text.ends_with('\n') {
            self.out.text.push('\n');
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.context().verbatim {
            if self.open.is_some() {
                self.out.text.push('\n');
            }
            return;
        }
        self.boundary(Gap::Line);
        self.breaks += 1;
        if self.breaks > 1 {
            self.gap = self.gap.max(Gap::Paragraph);
        }
    }
}

/// How far words with single spaces between them go from the beginning of a text; 0 if it begins with a space.
fn length_of_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        let word = end;
        end += bytes[end..].iter().take_while(|&&byte| is_in_word(byte)).count();
        while let Some(c) = text[end..].chars().next().filter(|c| !c.is_ascii() && !is_space_or_invisible(*c))
        {
            end += c.len_utf8();
            end += bytes[end..].iter().take_while(|&&byte| is_in_word(byte)).count();
        }
        if word == end {
            // No word follows the last space.
            return end.saturating_sub(1);
        }
        if bytes.get(end) != Some(&b' ') {
            return end;
        }
        end += 1;
    }
}

/// Whether a byte is a character of ASCII and no white space.
fn is_in_word(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'\t'..=b'\r' | b' ')
}

pub(super) fn is_space_or_invisible(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Characters that show nothing and separate nothing: soft hyphen, byte order mark, word joiner.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{feff}' | '\u{2060}')
}

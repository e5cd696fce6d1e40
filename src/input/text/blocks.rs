//! Blocks on their way into [`Segments`].

use std::ops::Range;

use super::lines::{Line, RawLines, is_unseen};
use super::{links, markers, wrap};
use crate::page::{BLOCK_SEPARATOR, Gap, Layout, MarkData, Role, SpanData};
use crate::segment::{Place, Segment, Segments};

/// How a block stands among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub role: Role,
    pub layout: Layout,
    /// A blank line, or what is worth one, stands before it.
    pub is_set_off: bool,
}

/// Takes up the blocks of a text, in order.
pub(super) struct Blocks<'i> {
    input: &'i str,
    segments: Segments,
    /// Where decoration starts that came before all blocks.
    waiting: Option<u32>,
    /// Decoration came after the last block.
    is_set_off: bool,
}

impl<'i> Blocks<'i> {
    pub fn new(input: &'i str) -> Self {
        let segments = Segments { text: String::with_capacity(input.len()), ..Segments::default() };
        Blocks { input, segments, waiting: None, is_set_off: false }
    }

    pub fn finish(self) -> Segments {
        self.segments
    }

    /// Gives a line that says nothing to the block before it, or to the first block.
    pub fn decoration(&mut self, line: &Line) {
        self.is_set_off = true;
        self.cover(line.start..line.end);
    }

    /// Gives a border of a table to the row before it.
    pub fn border(&mut self, line: &Line) {
        self.cover(line.start..line.end);
    }

    fn cover(&mut self, range: Range<u32>) {
        match self.segments.blocks.last_mut().map(|block| &mut block.place) {
            Some(Place::Input(covered)) => covered.end = range.end,
            _ => self.waiting = self.waiting.or(Some(range.start)),
        }
    }

    /// A block of lines, joined by spaces where they were wrapped at one.
    pub fn prose(&mut self, lines: &[Line], standing: Standing) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let start = self.open();
        self.piece(start, first.body(self.input));
        for line in &lines[1..] {
            self.piece(start, line.text(self.input));
        }
        self.close(start, first.start..last.end, standing);
    }

    /// A row of a table, a tab between its cells.
    pub fn row(&mut self, line: &Line, standing: Standing) {
        let text = line.text(self.input);
        let start = self.open();
        let is_wall = |c: char| {
            if line.barred { markers::is_bar(c) } else { c == '\t' }
        };
        let inner = if line.barred { markers::without_outer_bars(text) } else { text };
        for (column, cell) in inner.split(is_wall).enumerate() {
            if column > 0 {
                self.segments.text.push('\t');
            }
            push_collapsed(&mut self.segments.text, cell.trim_matches(is_unseen));
        }
        self.close(start, line.start..line.end, standing);
    }

    /// The lines within a range of the input as they are, less `quote_depth` quote marks and the indentation
    /// they share, but at most `indent` characters of it. The block itself is `range`.
    pub fn code(&mut self, lines: Range<usize>, indent: usize, range: Range<u32>, standing: Standing) {
        let code = &self.input[lines];
        let is_quoted = standing.layout.quote_depth > 0;
        let verbatim = |raw: Range<usize>| match is_quoted {
            true => markers::quote(code[raw].trim_start()).1,
            false => &code[raw],
        };
        let margin = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let written = RawLines::new(code).map(|raw| verbatim(raw.start..raw.end));
        let shared =
            written.filter(|line| !line.trim().is_empty()).map(margin).min().unwrap_or(0).min(indent);
        let start = self.open();
        for raw in RawLines::new(code) {
            let line = verbatim(raw.start..raw.end);
            let is_blank = line.trim().is_empty();
            if is_blank && self.segments.text.len() == start {
                continue;
            }
            if self.segments.text.len() > start {
                self.segments.text.push('\n');
            }
            if !is_blank {
                self.segments.text.push_str(&line[shared..]);
            }
        }
        self.close(start, range, standing);
    }

    fn open(&mut self) -> usize {
        if !self.segments.blocks.is_empty() {
            self.segments.text.push(BLOCK_SEPARATOR);
        }
        self.segments.text.len()
    }

    fn piece(&mut self, start: usize, piece: &str) {
        let text = &mut self.segments.text;
        if text.len() > start && wrap::had_space(&text[start..], piece) {
            text.push(' ');
        }
        push_collapsed(text, piece);
    }

    /// Ends the block whose text starts at `start`. One that says nothing is decoration.
    fn close(&mut self, start: usize, range: Range<u32>, standing: Standing) {
        let is_row = standing.role == Role::TableRow;
        let written =
            self.segments.text[start..].trim_end_matches(|c| is_unseen(c) && !(is_row && c == '\t')).len();
        self.segments.text.truncate(start + written);
        if self.segments.text[start..].trim_matches(is_unseen).is_empty() {
            let separator = usize::from(!self.segments.blocks.is_empty());
            self.segments.text.truncate(start - separator);
            return self.cover(range);
        }
        let gap = self.gap(standing);
        self.is_set_off = false;
        let first_span = self.segments.spans.len();
        let link_bytes = self.mark_links(start);
        let block = Segment {
            text: start as u32..self.segments.text.len() as u32,
            role: standing.role,
            gap,
            layout: standing.layout,
            hidden: false,
            link_bytes,
            links: (self.segments.spans.len() - first_span) as u32,
            bold_bytes: 0,
            spans: first_span as u32..self.segments.spans.len() as u32,
            place: Place::Input(self.waiting.take().unwrap_or(range.start)..range.end),
        };
        self.segments.blocks.push(block);
    }

    fn gap(&self, standing: Standing) -> Gap {
        let Some(before) = self.segments.blocks.last() else {
            return Gap::Paragraph;
        };
        let is_alike =
            is_alike(before.role, standing.role) && before.layout.quote_depth == standing.layout.quote_depth;
        match is_alike && !standing.is_set_off && !self.is_set_off {
            true => Gap::Line,
            false => Gap::Paragraph,
        }
    }

    /// Records the links of the last text, which starts at `start`; gives their length.
    fn mark_links(&mut self, start: usize) -> u32 {
        let Segments { text, spans, targets, .. } = &mut self.segments;
        let block = &text[start..];
        let mut bytes = 0;
        links::find(block, |link| {
            let target_start = targets.len() as u32;
            targets.push_str(link.scheme);
            targets.push_str(&block[link.target]);
            bytes += link.range.len() as u32;
            spans.push(SpanData {
                range: (start + link.range.start) as u32..(start + link.range.end) as u32,
                mark: MarkData::Link(target_start..targets.len() as u32),
            });
        });
        bytes
    }
}

/// Whether two blocks can be lines of one run.
fn is_alike(before: Role, role: Role) -> bool {
    let is_running = |role: Role| matches!(role, Role::Text | Role::Paragraph);
    match role {
        Role::ListItem | Role::TableRow | Role::Quote => before == role,
        _ => is_running(before) && is_running(role),
    }
}

/// Bytes that white space other than a single space starts with.
const SPACING: [bool; 256] = {
    let mut spacing = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        spacing[control] = true;
        control += 1;
    }
    // U+0085 and U+00A0, U+1680, U+2000 and on, U+3000.
    spacing[0xC2] = true;
    spacing[0xE1] = true;
    spacing[0xE2] = true;
    spacing[0xE3] = true;
    spacing[b' ' as usize] = true;
    spacing
};

/// Appends a text without white space at its edges, each white space in it as one space.
fn push_collapsed(out: &mut String, piece: &str) {
    let bytes = piece.as_bytes();
    let mut copied = 0;
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| SPACING[byte as usize]) {
        at += skipped;
        let is_single = bytes[at] == b' ' && bytes.get(at + 1).is_some_and(|&next| !SPACING[next as usize]);
        if is_single {
            at += 1;
            continue;
        }
        let rest = &piece[at..];
        let space = rest.len() - rest.trim_start().len();
        if space == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        out.push_str(&piece[copied..at]);
        out.push(' ');
        at += space;
        copied = at;
    }
    out.push_str(&piece[copied..]);
}

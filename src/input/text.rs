//! Plain text → blocks: text as crawlers store it, mails carry it and PDF tools print it.
//!
//! The usual text has one block a line, and its lines stay apart. Lines are joined only where they show that
//! they were wrapped (see [`wrap`]); besides, the structure is read that people give plain text: lists, tables,
//! quotes, headings, code. A line that could be several things is taken for the plainest of them.
//!
//! Every character of the input that is no white space is in the range of exactly one block. Rulers, bullets,
//! fences and the like are in a block's range, but not in its text.

mod blocks;
mod headings;
mod lines;
mod links;
mod markers;
mod numbers;
#[cfg(test)]
mod tests;
mod wrap;

use crate::page::{Layout, Role};
use crate::segment::Segments;

use blocks::{Blocks, Standing};
use lines::Line;
use markers::Marker;

/// Splits a text of less than 4 GiB into blocks, in time linear in its length.
///
/// A block's role is [`Role::Paragraph`] if it was joined from lines or ends as a sentence does, and
/// [`Role::Text`] if it is a line that nothing more can be said of.
pub(crate) fn split(input: &str) -> Segments {
    let mut lines = lines::read(input);
    let column = wrap::column(input, &lines);
    numbers::settle(&mut lines, column.is_some(), input);
    let mut splitter = Splitter {
        input,
        column,
        lines: &lines,
        at: 0,
        lists: Vec::new(),
        unclosed_fence: (usize::MAX, 0),
        blocks: Blocks::new(input),
        ends: Vec::new(),
    };
    while splitter.at < lines.len() {
        splitter.step();
    }
    splitter.blocks.finish()
}

struct Splitter<'i> {
    input: &'i str,
    lines: &'i [Line],
    /// The column at which the whole text is wrapped, if it is.
    column: Option<u16>,
    /// The line that comes next.
    at: usize,
    /// The indentations of the lists that are open, outermost first.
    lists: Vec<u16>,
    /// No fence as long as `.0` is closed by another one before the line `.1`.
    unclosed_fence: (usize, usize),
    blocks: Blocks<'i>,
    /// Where paragraphs of a run end; kept for its memory.
    ends: Vec<usize>,
}

impl Splitter<'_> {
    /// Takes the next line, and those that belong to it, for what it is.
    fn step(&mut self) {
        let line = &self.lines[self.at];
        if line.marker == Marker::Decoration {
            self.blocks.decoration(line);
            self.at += 1;
            return;
        }
        if line.quote_depth != self.at.checked_sub(1).map_or(0, |before| self.lines[before].quote_depth) {
            self.lists.clear();
        }
        let _taken = self.fenced_code()
            || self.table()
            || self.heading()
            || self.list_item()
            || self.further_block_of_item()
            || self.indented_code()
            || self.running_text();
    }

    /// Whether a line starts the text, follows a blank line or decoration, or a quote starts or ends with it.
    fn is_set_off(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some(before) = at.checked_sub(1).map(|before| &self.lines[before]) else {
            return true;
        };
        line.after_blank || before.marker == Marker::Decoration || before.quote_depth != line.quote_depth
    }

    /// Whether nothing else of the same run follows a line.
    fn ends_run(&self, at: usize) -> bool {
        let next = self.lines.get(at + 1);
        next.is_none_or(|next| next.marker == Marker::Decoration || self.is_set_off(at + 1))
    }

    fn standing(&self, role: Role) -> Standing {
        let line = &self.lines[self.at];
        Standing {
            role,
            layout: Layout { quote_depth: line.quote_depth, ..Layout::default() },
            is_set_off: line.after_blank,
        }
    }

    fn fenced_code(&mut self) -> bool {
        let open = &self.lines[self.at];
        if open.marker != Marker::Fence {
            return false;
        }
        let Some(close) = self.closing_fence() else {
            return false;
        };
        let last = &self.lines[close];
        let code = open.end as usize..last.start as usize;
        let is_empty = self.input[code.clone()].chars().all(|c| c == '>' || lines::is_unseen(c));
        if !is_empty {
            let standing = self.standing(Role::Code);
            self.blocks.code(code, usize::from(open.indent), open.start..last.end, standing);
        } else {
            // The language of no code at all is the only text there is.
            match open.text(self.input).ends_with('`') {
                true => self.blocks.decoration(open),
                false => self.blocks.prose(&[*open], self.standing(Role::Text)),
            }
            self.blocks.decoration(last);
        }
        self.lists.clear();
        self.at = close + 1;
        true
    }

    /// The line that closes the fence of this line. A fence that is never closed opens nothing.
    fn closing_fence(&mut self) -> Option<usize> {
        let open = &self.lines[self.at];
        let len = markers::fence_len(open.text(self.input));
        let (unclosed_len, until) = self.unclosed_fence;
        if len >= unclosed_len && self.at < until {
            return None;
        }
        for (at, line) in self.lines.iter().enumerate().skip(self.at + 1) {
            if line.quote_depth != open.quote_depth {
                self.unclosed_fence = (len, at);
                return None;
            }
            let text = line.text(self.input);
            if line.marker == Marker::Fence && text.len() >= len && markers::fence_len(text) == text.len() {
                return Some(at);
            }
        }
        self.unclosed_fence = (len, self.lines.len());
        None
    }

    fn table(&mut self) -> bool {
        if !self.starts_table(self.at) {
            return false;
        }
        let first = self.at;
        let mut is_set_off = self.lines[first].after_blank;
        let mut next = Some(first);
        while let Some(row) = next {
            self.at = row;
            let mut standing = self.standing(Role::TableRow);
            standing.is_set_off = is_set_off;
            standing.layout.starts_row = true;
            next = self.next_row(row);
            let border = self.lines.get(row + 1).filter(|_| next == Some(row + 2));
            standing.layout.header_cell = row == first && border.is_some();
            self.blocks.row(&self.lines[row], standing);
            if let Some(border) = border {
                self.blocks.border(border);
            }
            is_set_off = false;
        }
        self.at += 1;
        self.lists.clear();
        true
    }

    /// Two rows make a table, three if nothing but one bar in each says so: `Page | Site`.
    fn starts_table(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some(second) = self.next_row(at) else {
            return false;
        };
        let is_drawn = !line.barred || line.cells > 2 || second > at + 1;
        is_drawn || line.text(self.input).starts_with(markers::is_bar) || self.next_row(second).is_some()
    }

    /// The row after a row of the same table; a border may stand between them.
    fn next_row(&self, at: usize) -> Option<usize> {
        let row = &self.lines[at];
        if row.cells < 2 {
            return None;
        }
        let follows = |at: usize| {
            self.lines.get(at).filter(|line| !line.after_blank && line.quote_depth == row.quote_depth)
        };
        let next = follows(at + 1)?;
        let is_border = next.marker == Marker::Decoration && markers::is_border(next.text(self.input));
        let next = if is_border { at + 2 } else { at + 1 };
        let line = follows(next)?;
        let is_row =
            line.marker != Marker::Decoration && line.cells == row.cells && line.barred == row.barred;
        is_row.then_some(next)
    }

    fn heading(&mut self) -> bool {
        let line = &self.lines[self.at];
        if let Some(level) = self.underlined_level(self.at) {
            self.blocks.prose(&[*line], self.standing(Role::Heading(level)));
            self.blocks.decoration(&self.lines[self.at + 1]);
            self.at += 2;
            self.lists.clear();
            return true;
        }
        let level = match line.marker {
            Marker::Hashes(level) => Some(level),
            _ => self.standing_heading_level(),
        };
        let Some(level) = level else {
            return false;
        };
        let mut heading = *line;
        match line.marker {
            Marker::Hashes(_) => heading.drop_closing_hashes(self.input),
            // The number of a section is part of its heading.
            _ => heading.body = heading.text,
        }
        self.blocks.prose(&[heading], self.standing(Role::Heading(level)));
        self.at += 1;
        self.lists.clear();
        true
    }

    fn underlined_level(&self, at: usize) -> Option<u8> {
        let underline = self.lines.get(at + 1)?;
        if underline.marker != Marker::Decoration || underline.quote_depth != self.lines[at].quote_depth {
            return None;
        }
        headings::underlined(&self.lines[at], self.is_set_off(at), underline, self.input)
    }

    /// The level of a line that stands alone and is a heading by its looks.
    fn standing_heading_level(&self) -> Option<u8> {
        let line = &self.lines[self.at];
        let next = self.lines.get(self.at + 1)?;
        if !self.is_set_off(self.at) || !self.ends_run(self.at) || line.quote_depth > 0 {
            return None;
        }
        if self.at == 0 && next.after_blank {
            if let Some(level) = headings::title(line, self.input) {
                return Some(level);
            }
        }
        // A number within an open list is an item's.
        let is_item = line.marker.is_item() && !self.lists.is_empty();
        if is_item { None } else { headings::standing_alone(line, next, self.input) }
    }

    fn list_item(&mut self) -> bool {
        let line = &self.lines[self.at];
        if !line.marker.is_item() {
            return false;
        }
        self.open_list(line.indent);
        let mut standing = self.standing(Role::ListItem);
        standing.layout.list_depth = self.list_depth();
        standing.layout.starts_item = true;
        standing.layout.ordinal = match line.marker {
            Marker::Number(ordinal) => Some(ordinal),
            _ => None,
        };
        let run = &self.lines[self.at..self.run_end(self.at)];
        // Lines that hang below the item's text are its own; others are, if it was wrapped.
        let mut len = 1 + run[1..].iter().take_while(|next| next.indent > line.indent).count();
        if len == 1 {
            self.ends.clear();
            wrap::paragraphs(self.input, run, self.column, &mut self.ends);
            len = self.ends.first().copied().unwrap_or(1);
        }
        self.blocks.prose(&run[..len], standing);
        self.at += len;
        true
    }

    fn open_list(&mut self, indent: u16) {
        // Numbers are aligned at either end.
        while self.lists.last().is_some_and(|&list| list > indent.saturating_add(1)) {
            self.lists.pop();
        }
        if self.lists.last().is_none_or(|&list| list.saturating_add(1) < indent) {
            self.lists.push(indent);
        }
    }

    fn list_depth(&self) -> u8 {
        u8::try_from(self.lists.len()).unwrap_or(u8::MAX)
    }

    /// A paragraph below an item of a list, indented like its text.
    fn further_block_of_item(&mut self) -> bool {
        let line = &self.lines[self.at];
        while self.lists.last().is_some_and(|&list| list.saturating_add(2) > line.indent) {
            self.lists.pop();
        }
        let Some(&list) = self.lists.last() else {
            return false;
        };
        if line.indent >= list.saturating_add(8) && self.code_end().is_some() {
            return false;
        }
        let mut standing = self.standing(Role::ListItem);
        standing.layout.list_depth = self.list_depth();
        self.paragraphs(standing);
        true
    }

    fn indented_code(&mut self) -> bool {
        let Some(end) = self.code_end() else {
            return false;
        };
        let first = &self.lines[self.at];
        let last = &self.lines[end - 1];
        // The indentation of the first line is part of the code.
        let before = &self.input[..first.start as usize];
        let margin = before.len() - before.trim_end_matches([' ', '\t']).len();
        let code = first.start as usize - margin..last.end as usize;
        self.blocks.code(code, usize::MAX, first.start..last.end, self.standing(Role::Code));
        self.lists.clear();
        self.at = end;
        true
    }

    /// The line behind the indented code that starts here: runs of indented lines between blank lines, half of
    /// which have the signs of code.
    fn code_end(&self) -> Option<usize> {
        let mut end = None;
        let mut run_start = self.at;
        // Only a blank line starts a run, so that no line is looked at from many starts.
        while self.lines.get(run_start).is_some_and(|first| first.after_blank) {
            let run_end = self.indented_run_end(run_start);
            let run = &self.lines[run_start..run_end];
            let signs = run.iter().filter(|line| reads_as_code(line.text(self.input))).count();
            let is_cut_off = self.lines.get(run_end).is_some_and(|next| !next.after_blank);
            if run.is_empty() || is_cut_off || signs * 2 < run.len() {
                break;
            }
            end = Some(run_end);
            run_start = run_end;
        }
        end
    }

    fn indented_run_end(&self, at: usize) -> usize {
        let first = &self.lines[at];
        let is_in_run = |&(line, next): &(usize, &Line)| {
            next.indent >= 4 && next.quote_depth == first.quote_depth && (line == 0 || !next.after_blank)
        };
        at + self.lines[at..].iter().enumerate().take_while(is_in_run).count()
    }

    fn running_text(&mut self) -> bool {
        self.lists.clear();
        let standing = self.standing(Role::Text);
        self.paragraphs(standing);
        true
    }

    /// The run of plain lines from here on, each paragraph of it a block.
    fn paragraphs(&mut self, standing: Standing) {
        let run = &self.lines[self.at..self.run_end(self.at)];
        self.ends.clear();
        wrap::paragraphs(self.input, run, self.column, &mut self.ends);
        let mut from = 0;
        let mut was_joined = false;
        for &end in &self.ends {
            let lines = &run[from..end];
            let is_joined = lines.len() > 1;
            let mut standing = standing;
            standing.is_set_off &= from == 0;
            standing.role = match standing.role {
                _ if lines[0].quote_depth > 0 => Role::Quote,
                Role::Text if is_joined || wrap::ends_sentence(lines[0].text(self.input)) => Role::Paragraph,
                role => role,
            };
            // Where lines are wrapped, what is no line of a paragraph is a paragraph.
            standing.is_set_off |= is_joined || was_joined;
            self.blocks.prose(lines, standing);
            was_joined = is_joined;
            from = end;
        }
        self.at += run.len();
    }

    /// The end of the run that the line starts: lines that follow without a blank one and start nothing else.
    fn run_end(&self, at: usize) -> usize {
        let goes_on = |at: usize| {
            let line = &self.lines[at];
            line.marker == Marker::None
                && !self.is_set_off(at)
                && !self.starts_table(at)
                && self.underlined_level(at).is_none()
        };
        (at + 1..self.lines.len()).find(|&at| !goes_on(at)).unwrap_or(self.lines.len())
    }
}

/// Whether a line has the signs of a programming or markup language.
fn reads_as_code(line: &str) -> bool {
    let ends = line.ends_with([';', '{', '}', '>']) || line.ends_with("):") || line.ends_with("()");
    let starts =
        line.starts_with(['<', '}', '{', '$', '@']) || line.starts_with("//") || line.starts_with("#!");
    ends || starts || line.contains(['=', '{', '}']) || line.contains("();") || line.contains("->")
}

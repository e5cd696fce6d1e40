//! Which lines of a run are one paragraph, wrapped by hand or by a program.
//!
//! A greedy wrapper leaves a trace: behind each line but the last, the first word of the next line would not
//! have fitted into the column that all of them share. Lines with that trace are a *chain*. Headlines of like
//! length leave it too, so a chain is one paragraph only if its lines also read on: the next one starts in
//! lower case, the line before does not end a sentence. Where a text is in doubt its lines stay apart.

use std::ops::Range;

use super::lines::{Line, is_wide, width};
use super::markers::Marker;
use crate::beginning::beginning;

/// No one wraps at a wider column than this …
const WIDEST: u16 = 110;
/// … few wrap at a narrower one than this, lines of verse and lists being as long …
const NARROW: u16 = 58;
/// … and none at less.
const NARROWEST: u16 = 45;

/// What follows a hyphen that stands for the end of a word: `two- and threefold`.
const CONJUNCTIONS: [&str; 14] =
    ["and", "or", "to", "und", "oder", "bis", "sowie", "et", "ou", "en", "of", "och", "og", "eller"];

/// Cuts a run of lines without a blank one among them into paragraphs: pushes the end of each, as an index
/// into the run. `column` is the one that [`column`] found for the text.
pub(super) fn paragraphs(input: &str, run: &[Line], column: Option<u16>, ends: &mut Vec<usize>) {
    let has_long_lines = run.iter().any(|line| line.width > WIDEST && line.text(input).contains(' '));
    let mut from = 0;
    while from < run.len() {
        let chain = Chain::at(input, run, from);
        // One line of full width among others may be so by chance.
        let is_plausible = chain.lines.len() > 2 || chain.lines.len() == run.len() || column.is_some();
        match is_plausible && chain.is_wrapped(column, has_long_lines) {
            true => chain.push_paragraphs(ends),
            false => ends.extend(chain.lines.start + 1..=chain.lines.end),
        }
        from = chain.lines.end;
    }
}

/// The column at which the whole text is wrapped, if it plainly is: then a paragraph needs less proof.
pub(super) fn column(input: &str, lines: &[Line]) -> Option<u16> {
    let mut reading_on = [0_u32; WIDEST as usize + 1];
    let mut pairs = 0;
    let mut long = 0;
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let is_prose = line.marker == Marker::None && next.marker == Marker::None && line.cells == 1;
        if !is_prose {
            continue;
        }
        if line.width > WIDEST {
            long += u32::from(line.text(input).contains(' '));
            continue;
        }
        if next.after_blank || line.quote_depth != next.quote_depth || line.right() < NARROW {
            continue;
        }
        let seam = Seam::between(input, line, next);
        if !seam.ends_sentence && (seam.start == Start::Lower || seam.start == Start::Caseless) {
            reading_on[usize::from(line.right().min(WIDEST))] += 1;
            pairs += 1;
        }
    }
    // A few lines may stick out (addresses, a table), a few pairs may read on by chance.
    if pairs < 4 || long * 4 > pairs {
        return None;
    }
    let allowance = pairs / 20;
    let mut wider = 0;
    let column = (0..reading_on.len()).rev().find(|&width| {
        wider += reading_on[width];
        wider > allowance
    })?;
    let near: u32 = reading_on[column - column / 6..=column].iter().sum();
    (near * 10 >= pairs * 7).then_some(column as u16)
}

/// How the text of a line starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Lower,
    Upper,
    /// A letter of a script without case.
    Caseless,
    /// A digit or a sign.
    Other,
}

/// What two lines that follow each other say about their belonging together.
#[derive(Clone, Copy, Debug)]
struct Seam {
    /// The column the first line would have reached with the first word of the second.
    reach: u16,
    start: Start,
    ends_sentence: bool,
}

impl Seam {
    fn between(input: &str, line: &Line, next: &Line) -> Self {
        let text = next.text(input);
        Seam {
            reach: line.right().saturating_add(first_word_width(text)),
            start: start_of(text),
            ends_sentence: ends_sentence(line.text(input)),
        }
    }

    fn is_full(&self, column: u16) -> bool {
        self.reach > column
    }

    /// Full, give or take a proportional font or a wrapper that does not count like us.
    fn is_nearly_full(&self, column: u16, percent: u32) -> bool {
        u32::from(self.reach) * 100 > u32::from(column) * percent
    }

    /// Whether two lines of a wrapped chain are one paragraph all the same.
    fn joins(&self, column: u16) -> bool {
        if self.is_full(column) || self.start == Start::Lower {
            return true;
        }
        !self.ends_sentence && self.is_nearly_full(column, 93)
    }
}

/// Columns that the first word of a line takes behind the line before, its space included.
fn first_word_width(text: &str) -> u16 {
    if let Some(first) = text.chars().next() {
        // Between CJK characters a line breaks anywhere, but for punctuation that must not start one.
        if is_cjk(first) {
            return 4;
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || is_cjk(c)).unwrap_or(text.len());
    // A word as long as a line says nothing about where lines end.
    width(beginning(&text[..end], 160)).saturating_add(1)
}

fn start_of(text: &str) -> Start {
    let word = beginning(text, 12);
    if word.contains("://") || word.starts_with("www.") {
        return Start::Other;
    }
    let opening = |c: char| matches!(c, '"' | '\'' | '(' | '[' | '“' | '‘' | '„' | '«' | '»' | '*' | '_');
    match text.trim_start_matches(opening).chars().next() {
        Some(c) if c.is_lowercase() => Start::Lower,
        Some(c) if c.is_uppercase() => Start::Upper,
        Some(c) if c.is_alphabetic() => Start::Caseless,
        _ => Start::Other,
    }
}

/// Whether a line ends as a sentence does, or introduces something with a colon.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| {
        matches!(
            c,
            '"' | '\'' | ')' | ']' | '”' | '’' | '“' | '«' | '»' | '*' | '_' | '」' | '』' | '）' | '】'
        ) || c.is_whitespace()
    };
    let last = text.trim_end_matches(closing).chars().next_back();
    last.is_some_and(|c| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | ':'
                | ';'
                | '…'
                | '。'
                | '！'
                | '？'
                | '：'
                | '；'
                | '｡'
                | '؟'
                | '।'
                | '॥'
                | '։'
        )
    })
}

/// A run of lines each of which is full, seen from the column they share.
#[derive(Debug)]
struct Chain {
    lines: Range<usize>,
    column: u16,
    seams: Vec<Seam>,
}

impl Chain {
    /// The longest chain from a line on.
    fn at(input: &str, run: &[Line], from: usize) -> Self {
        let mut chain =
            Chain { lines: from..from + 1, column: column_of(input, &run[from]), seams: Vec::new() };
        if run[from].width > WIDEST {
            return chain;
        }
        let mut least_reach = u16::MAX;
        for (line, next) in run[from..].iter().zip(&run[from + 1..]) {
            // A deeper indentation starts a paragraph.
            if next.width > WIDEST || next.indent > line.indent.saturating_add(1) {
                break;
            }
            let seam = Seam::between(input, line, next);
            let column = chain.column.max(column_of(input, next));
            least_reach = least_reach.min(seam.reach);
            if u32::from(least_reach) * 10 <= u32::from(column) * 8 {
                break;
            }
            chain.column = column;
            chain.seams.push(seam);
            chain.lines.end += 1;
        }
        chain
    }

    fn is_wrapped(&self, text_column: Option<u16>, has_long_lines: bool) -> bool {
        let pairs = self.seams.len();
        if pairs == 0 || self.column < NARROWEST {
            return false;
        }
        if let Some(column) = text_column {
            let full = self.count(|seam| seam.is_full(column));
            if self.column <= column + column / 10 && full * 10 >= pairs * 8 {
                return true;
            }
        }
        let full = self.count(|seam| seam.is_full(self.column));
        let lower = self.count(|seam| seam.start == Start::Lower);
        let caseless = self.count(|seam| seam.start == Start::Caseless);
        let open = self.count(|seam| !seam.ends_sentence);
        let is_mostly = |count: usize| count * 10 >= pairs * 6;
        if has_long_lines {
            // The run is one block a line, elsewhere at least.
            return pairs >= 4 && is_mostly(lower) && is_mostly(open) && full * 10 >= pairs * 8;
        }
        if caseless * 2 > pairs {
            return pairs >= 2 && self.column >= NARROW && is_mostly(open) && full * 10 >= pairs * 9;
        }
        if pairs == 1 {
            return self.column >= NARROW && lower == 1 && open == 1 && full == 1;
        }
        (self.column >= NARROW || pairs >= 4) && lower * 2 >= pairs && is_mostly(open) && full * 2 >= pairs
    }

    fn count(&self, holds: impl Fn(&Seam) -> bool) -> usize {
        self.seams.iter().filter(|seam| holds(seam)).count()
    }

    fn push_paragraphs(&self, ends: &mut Vec<usize>) {
        for (seam, at) in self.seams.iter().zip(self.lines.start + 1..) {
            if !seam.joins(self.column) {
                ends.push(at);
            }
        }
        ends.push(self.lines.end);
    }
}

/// The column a line ends at, if it could have been wrapped: a long address can not.
fn column_of(input: &str, line: &Line) -> u16 {
    let text = line.text(input);
    match text.contains(|c: char| c == ' ' || is_cjk(c)) {
        true => line.right(),
        false => 0,
    }
}

/// Whether two parts of a paragraph, wrapped apart, had a space between them.
///
/// A hyphen at the end of a line is kept: mail programs break only at hyphens that belong to the word, and what
/// a typesetter put in can't be told from them without a dictionary of the language. It is not followed by a
/// space if the word goes on in lower case.
pub(super) fn had_space(before: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), next.chars().next()) else {
        return false;
    };
    if is_cjk(last) && is_cjk(first) {
        return false;
    }
    if last == '\u{AD}' {
        return false;
    }
    if !matches!(last, '-' | '\u{2010}') || !first.is_lowercase() {
        return true;
    }
    let is_in_word = before[..before.len() - last.len_utf8()].ends_with(char::is_alphabetic);
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !is_in_word || CONJUNCTIONS.contains(&word)
}

/// A character of a script that sets no spaces; Korean does.
fn is_cjk(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7A3}')
}

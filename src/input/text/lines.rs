//! The lines of a plain text, and what each one's first characters say about it.

use super::markers::{self, Marker};

/// Lines of more bytes than this were not wrapped by hand or by a mail program, and are not measured.
const MEASURED_BYTES: usize = 1000;

/// A line with something visible or decorative on it. Blank lines are not kept; see [`Line::after_blank`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its first character that is no white space, in the input.
    pub start: u32,
    /// Behind its last character that is no white space.
    pub end: u32,
    /// What it says, without quote marks and invisible characters: `text..text_end`.
    pub text: u32,
    pub text_end: u32,
    /// Where its text goes on behind the marker of a list item or heading; `text` if there is none.
    pub body: u32,
    /// Columns of white space before the text; tabs stop every four.
    pub indent: u16,
    /// Columns of the text, East Asian wide characters as two; `u16::MAX` where it is beyond measuring.
    pub width: u16,
    /// How many cells tabs or bars make of it, 1 if none.
    pub cells: u16,
    /// The cells are set apart by bars.
    pub barred: bool,
    pub quote_depth: u8,
    /// A blank line or a form feed stands before it, or nothing at all.
    pub after_blank: bool,
    pub marker: Marker,
}

impl Line {
    pub fn text<'i>(&self, input: &'i str) -> &'i str {
        &input[self.text as usize..self.text_end as usize]
    }

    pub fn body<'i>(&self, input: &'i str) -> &'i str {
        &input[self.body as usize..self.text_end as usize]
    }

    /// The column its text ends at.
    pub fn right(&self) -> u16 {
        self.indent.saturating_add(self.width)
    }

    /// Takes the hashes off the end of a heading: `## Tea ##`.
    pub fn drop_closing_hashes(&mut self, input: &str) {
        let body = self.body(input);
        let title = body.trim_end_matches('#');
        if title.ends_with(char::is_whitespace) {
            self.text_end = self.body + title.trim_end().len() as u32;
        }
    }

    pub fn make_plain(&mut self) {
        self.marker = Marker::None;
        self.body = self.text;
    }
}

/// The lines of the input that are not blank.
pub(super) fn read(input: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    for raw in RawLines::new(input) {
        after_blank |= raw.after_feed;
        match line(input, &raw, after_blank) {
            Some(line) => {
                lines.push(line);
                after_blank = false;
            }
            None => after_blank = true,
        }
    }
    settle_quotes(&mut lines, input);
    settle_dashes(&mut lines, input);
    settle_hashes(&mut lines);
    lines
}

/// A line as it stands in the input, without its break.
#[derive(Clone, Debug)]
pub(super) struct RawLine {
    pub start: usize,
    pub end: usize,
    /// A form feed stands before it.
    after_feed: bool,
    /// It holds tabs, or bars that could be the walls of a table.
    has_tabs: bool,
    has_bars: bool,
}

/// Lines by `\n`, `\r\n`, `\r`, U+2028, U+2029 and form feed.
pub(super) struct RawLines<'i> {
    bytes: &'i [u8],
    at: usize,
    after_feed: bool,
    done: bool,
}

impl<'i> RawLines<'i> {
    pub fn new(input: &'i str) -> Self {
        RawLines { bytes: input.as_bytes(), at: 0, after_feed: false, done: false }
    }
}

/// Bytes that may end a line or divide it into cells.
const NOTABLE: [bool; 256] = {
    let mut notable = [false; 256];
    notable[b'\n' as usize] = true;
    notable[b'\r' as usize] = true;
    notable[0x0C] = true;
    notable[b'\t' as usize] = true;
    notable[b'|' as usize] = true;
    // The lead byte of U+2000 to U+2FFF: line separators, box drawing.
    notable[0xE2] = true;
    notable
};

impl Iterator for RawLines<'_> {
    type Item = RawLine;

    fn next(&mut self) -> Option<RawLine> {
        if self.done {
            return None;
        }
        let start = self.at;
        let mut line = RawLine {
            start,
            end: self.bytes.len(),
            after_feed: self.after_feed,
            has_tabs: false,
            has_bars: false,
        };
        self.after_feed = false;
        while let Some(skipped) = self.bytes[self.at..].iter().position(|&byte| NOTABLE[byte as usize]) {
            let notable = self.at + skipped;
            let break_len = match &self.bytes[notable..] {
                [b'\r', b'\n', ..] => 2,
                [b'\n' | b'\r' | 0x0C, ..] => 1,
                [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
                _ => 0,
            };
            if break_len > 0 {
                self.after_feed = self.bytes[notable] == 0x0C;
                self.at = notable + break_len;
                line.end = notable;
                return Some(line);
            }
            line.has_tabs |= self.bytes[notable] == b'\t';
            line.has_bars |= self.bytes[notable] != b'\t';
            self.at = notable + 1;
        }
        self.done = true;
        Some(line)
    }
}

/// White space, or a character that shows as nothing at the edge of a line.
pub(super) fn is_unseen(c: char) -> bool {
    match c {
        '!'..='~' => false,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' => true,
        c => c.is_whitespace() || c.is_control(),
    }
}

fn line(input: &str, raw: &RawLine, after_blank: bool) -> Option<Line> {
    let whole = &input[raw.start..raw.end];
    let from_start = whole.trim_start();
    let trimmed = from_start.trim_end();
    if trimmed.is_empty() {
        return None;
    }
    let start = raw.end - from_start.len();
    let end = start + trimmed.len();
    let (quote_depth, inner) = markers::quote(trimmed);
    // Invisible characters at the edges belong to the line, not to its text.
    let text_start = inner.trim_start_matches(is_unseen);
    let text = text_start.trim_end_matches(is_unseen);
    let text_from = end - text_start.len();
    // Inside a quote the indentation counts from its marks.
    let margin = match quote_depth {
        0 => &input[raw.start..text_from],
        _ => &inner[..inner.len() - text_start.len()],
    };
    let (marker, body) = markers::read(text, trimmed);
    let body_from = text_from + body;
    let cells = match raw.has_tabs || raw.has_bars {
        true => markers::cells(&text[body..], raw.has_bars),
        false => (1, false),
    };
    Some(Line {
        start: start as u32,
        end: end as u32,
        text: text_from as u32,
        text_end: (text_from + text.len()) as u32,
        body: body_from as u32,
        indent: indent(margin),
        width: line_width(text),
        cells: cells.0,
        barred: cells.1,
        quote_depth,
        after_blank,
        marker,
    })
}

fn indent(margin: &str) -> u16 {
    let mut columns = 0_usize;
    for c in margin.chars() {
        match c {
            '\t' => columns = (columns / 4 + 1) * 4,
            '\u{3000}' => columns += 2,
            c if c.is_whitespace() => columns += 1,
            _ => {}
        }
    }
    u16::try_from(columns).unwrap_or(u16::MAX)
}

fn line_width(text: &str) -> u16 {
    if text.len() > MEASURED_BYTES {
        return u16::MAX;
    }
    width(text)
}

/// Columns a text of less than 16 KB takes in a fixed-width font.
pub(super) fn width(text: &str) -> u16 {
    if text.is_ascii() {
        return text.len() as u16;
    }
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> u16 {
    match c {
        '\0'..='\u{2FF}' => 1,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        c if is_wide(c) => 2,
        _ => 1,
    }
}

/// East Asian wide and full-width characters, and pictographs (UAX #11, by blocks).
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1F64F}'
        | '\u{1F900}'..='\u{1F9FF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Takes back quote marks that are none: `>` also divides breadcrumbs and points at links. A quote is more than
/// one line, or has a blank line beside it; a mark alone is an empty line of the quote it stands in.
fn settle_quotes(lines: &mut [Line], input: &str) {
    for at in 0..lines.len() {
        let line = &lines[at];
        if line.quote_depth == 0 {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &lines[before]).filter(|_| !line.after_blank);
        let after = lines.get(at + 1).filter(|after| !after.after_blank);
        let is_quoted = |line: Option<&Line>| line.is_some_and(|line| line.quote_depth > 0);
        let in_quote = is_quoted(before) || is_quoted(after);
        let is_empty = line.text == line.text_end;
        let set_off = !is_empty && (before.is_none() || after.is_none());
        if in_quote || set_off {
            if is_empty {
                lines[at].marker = Marker::Decoration;
            }
            continue;
        }
        let line = &mut lines[at];
        let whole = &input[line.start as usize..line.end as usize];
        line.quote_depth = 0;
        line.text = line.start;
        line.width = line_width(whole);
        line.text_end = line.end;
        line.make_plain();
    }
}

/// A dash that a wrapped sentence happened to leave at the start of a line is no bullet.
fn settle_dashes(lines: &mut [Line], input: &str) {
    for at in 1..lines.len() {
        let line = &lines[at];
        let before = &lines[at - 1];
        let is_dash = line.marker == Marker::Bullet && line.text(input).starts_with(['-', '–']);
        if !is_dash || line.after_blank || before.marker != Marker::None {
            continue;
        }
        let goes_on = line.body(input).starts_with(char::is_lowercase);
        let is_full = (55..=110).contains(&before.width);
        if goes_on && is_full && !super::wrap::ends_sentence(before.text(input)) {
            lines[at].make_plain();
        }
    }
}

/// One hash starts a comment in many languages: a heading is what has two, or a blank line before it.
fn settle_hashes(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let is_set_off = lines[at].after_blank || lines[at - 1].marker == Marker::Decoration;
        if lines[at].marker == Marker::Hashes(1) && !is_set_off {
            lines[at].make_plain();
        }
    }
}

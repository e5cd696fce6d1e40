//! What the first characters of a line can be: quote marks, bullets, numbers, hashes, fences, rulers.

use super::lines::is_unseen;

/// What a line starts with, or is altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    None,
    /// The line is a ruler, a table's border, a signature's separator: it says nothing.
    Decoration,
    /// Three or more backquotes, perhaps with the name of a language.
    Fence,
    /// One to six hashes.
    Hashes(u8),
    Bullet,
    /// A decimal number with a point or bracket, which can be written again from its value.
    Number(i32),
    /// Such a number that is no list item's, perhaps a section's; it stays in the text.
    Section,
    /// A letter with a bracket, or a number with leading zeros; it stays in the text.
    Label,
}

impl Marker {
    pub fn is_item(self) -> bool {
        matches!(self, Marker::Bullet | Marker::Number(_) | Marker::Label)
    }
}

/// How many quote marks a line starts with, and what follows them and one space.
pub(super) fn quote(line: &str) -> (u8, &str) {
    let mut depth = 0_u8;
    let mut inner = line;
    while let Some(rest) = inner.strip_prefix('>') {
        depth = depth.saturating_add(1);
        // `> > text` is two marks, `>     text` is one mark and indented text.
        inner = rest.strip_prefix(' ').unwrap_or(rest);
    }
    (depth, inner)
}

/// The marker of a text without white space at its edges, and its length: where the text goes on behind it.
/// `line` is the text with what was taken from its edges.
pub(super) fn read(text: &str, line: &str) -> (Marker, usize) {
    let Some(first) = text.chars().next() else {
        // Nothing but invisible characters; an empty line of a quote is looked at again.
        return match line.starts_with('>') {
            true => (Marker::None, 0),
            false => (Marker::Decoration, 0),
        };
    };
    if first.is_ascii_digit() {
        return number(text).unwrap_or((Marker::None, 0));
    }
    if first.is_ascii_alphabetic() {
        return letter(text).unwrap_or((Marker::None, 0));
    }
    if is_decoration(text) {
        return (Marker::Decoration, 0);
    }
    match first {
        '`' if is_fence(text) => (Marker::Fence, 0),
        '#' => hashes(text).unwrap_or((Marker::None, 0)),
        _ => bullet(text, first).unwrap_or((Marker::None, 0)),
    }
}

fn number(text: &str) -> Option<(Marker, usize)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    // Four digits are a year.
    if digits > 3 || !text[digits..].starts_with(['.', ')']) {
        return None;
    }
    let body = behind_space(text, digits + 1)?;
    if text.starts_with('0') && digits > 1 {
        return Some((Marker::Label, 0));
    }
    let ordinal = text[..digits].parse().ok()?;
    Some((Marker::Number(ordinal), body))
}

fn letter(text: &str) -> Option<(Marker, usize)> {
    if text.as_bytes().get(1) != Some(&b')') {
        return None;
    }
    behind_space(text, 2)?;
    Some((Marker::Label, 0))
}

fn hashes(text: &str) -> Option<(Marker, usize)> {
    let level = text.bytes().take(7).take_while(|&byte| byte == b'#').count();
    if level > 6 {
        return None;
    }
    let body = behind_space(text, level)?;
    Some((Marker::Hashes(level as u8), body))
}

fn bullet(text: &str, first: char) -> Option<(Marker, usize)> {
    let is_bullet = matches!(first, '•' | '‣' | '⁃' | '◦' | '▪' | '●' | '○' | '■');
    if !is_bullet && !matches!(first, '-' | '*' | '–' | '·') {
        return None;
    }
    match behind_space(text, first.len_utf8()) {
        // `- Advertisement -` is an ornamented line.
        Some(_) if !is_bullet && text.ends_with(first) => None,
        Some(body) => Some((Marker::Bullet, body)),
        // `•Item`: a bullet for sure, but without its space it is part of the text.
        None if is_bullet && text.len() > first.len_utf8() => Some((Marker::Bullet, 0)),
        None => None,
    }
}

/// Where the text goes on behind a marker of `len` bytes, if white space and more text follow it.
fn behind_space(text: &str, len: usize) -> Option<usize> {
    let rest = &text[len..];
    let body = rest.trim_start_matches(is_unseen);
    if !rest.starts_with(char::is_whitespace) || body.is_empty() {
        return None;
    }
    Some(text.len() - body.len())
}

fn is_fence(text: &str) -> bool {
    fence_len(text) >= 3 && !text.trim_start_matches('`').contains('`')
}

/// The number of backquotes a fence is made of.
pub(super) fn fence_len(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'`').count()
}

/// Rulers (`-----`, `* * *`, `=-=-=`), table borders (`+---+---+`, `|---|---|`) and the `-- ` before a signature.
fn is_decoration(text: &str) -> bool {
    if text == "--" {
        return true;
    }
    let mut strokes = 0;
    let mut dots = 0;
    let mut walls = 0;
    let mut first = None;
    let mut is_mixed = false;
    for c in text.chars().filter(|c| !is_unseen(*c)) {
        match c {
            '-' | '=' | '*' | '_' | '~' | '#' | '—' | '–' | '―' | '•' | '·' | '\u{2500}'..='\u{257F}' => {
                strokes += 1
            }
            '.' => dots += 1,
            '|' | '+' | ':' => walls += 1,
            _ => return false,
        }
        is_mixed |= *first.get_or_insert(c) != c;
    }
    let needed = if is_mixed { 5 } else { 3 };
    // Three dots are an ellipsis, three walls are anything.
    (strokes > 0 && strokes + dots + walls >= needed) || dots >= 5
}

/// Whether a line is all of one of these strokes, without a space: the underline of a heading.
pub(super) fn underline_level(text: &str) -> Option<u8> {
    let level = match text.as_bytes().first() {
        Some(b'=') => 1,
        Some(b'-') => 2,
        _ => return None,
    };
    let first = text.as_bytes()[0];
    (text.len() >= 3 && text.bytes().all(|byte| byte == first)).then_some(level)
}

/// Whether a decoration is drawn as the border of table rows.
pub(super) fn is_border(text: &str) -> bool {
    text.contains('-') && text.contains(is_bar) || text.starts_with('+')
}

pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║')
}

/// A longer line with bars in it, but none at its start, is text with bars in it.
const LONGEST_OPEN_ROW: usize = 200;

/// How many cells a line has, and whether bars make them.
pub(super) fn cells(text: &str, may_have_bars: bool) -> (u16, bool) {
    let is_walled = text.starts_with(is_bar);
    if may_have_bars && (is_walled || text.len() <= LONGEST_OPEN_ROW) {
        let inner = without_outer_bars(text);
        let bars = inner.chars().filter(|&c| is_bar(c)).count();
        if bars > 0 {
            return (saturated(bars + 1), true);
        }
    }
    let tabs = text.bytes().filter(|&byte| byte == b'\t').count();
    (saturated(tabs + 1), false)
}

fn saturated(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

pub(super) fn without_outer_bars(row: &str) -> &str {
    let row = row.strip_prefix(is_bar).unwrap_or(row);
    row.strip_suffix(is_bar).unwrap_or(row)
}

//! Which lines are headings, judged by how they stand and are written.

use super::lines::Line;
use super::markers::{self, Marker};
use super::wrap::ends_sentence;

/// A title is no wider than this many columns, …
const TITLE: u16 = 90;
/// … a heading within the text than this.
const SHORT: u16 = 70;

/// The level of a line that another one underlines with `===` or `---`.
pub(super) fn underlined(line: &Line, is_set_off: bool, underline: &Line, input: &str) -> Option<u8> {
    if !matches!(line.marker, Marker::None | Marker::Section) || line.width > TITLE || underline.after_blank {
        return None;
    }
    let level = markers::underline_level(underline.text(input))?;
    // A ruler below the last line of a paragraph is as wide as the page.
    let difference = line.width.abs_diff(underline.width);
    let fits = difference <= 3 || difference <= line.width / 4;
    let is_title = is_set_off && !ends_as_text(line.text(input));
    (fits && is_set_off || is_title && underline.width <= TITLE).then_some(level)
}

/// The level of the first line of a text, if it is a title. It is set off by a blank line.
pub(super) fn title(line: &Line, input: &str) -> Option<u8> {
    let text = line.text(input);
    let is_title = line.marker == Marker::None && line.width <= TITLE && line.cells == 1 && line.indent < 20;
    (is_title && !ends_as_text(text) && text.contains(char::is_alphabetic)).then_some(1)
}

/// The level of a line between blank lines, by its number or its capitals. `next` is the line after it.
pub(super) fn standing_alone(line: &Line, next: &Line, input: &str) -> Option<u8> {
    if line.width > SHORT || line.cells != 1 {
        return None;
    }
    let text = line.text(input);
    if ends_as_text(text) {
        return None;
    }
    match line.marker {
        Marker::None => section_level(text).or_else(|| is_in_capitals(text).then_some(2)),
        // `1. Introduction`, but not the first item of a list.
        Marker::Number(_) | Marker::Section if numbers_title(text) && goes_to_prose(line, next, input) => {
            Some(1)
        }
        _ => None,
    }
}

fn goes_to_prose(line: &Line, next: &Line, input: &str) -> bool {
    match next.marker {
        Marker::None => next.indent <= line.indent.saturating_add(1) && !next.text(input).is_empty(),
        _ => false,
    }
}

/// The level that a dotted number gives: 2 for `2.1 Scope`.
fn section_level(text: &str) -> Option<u8> {
    let (number, title) = text.split_once(char::is_whitespace)?;
    let number = number.strip_suffix('.').unwrap_or(number);
    if number.len() > 12 {
        return None;
    }
    let mut level = 0_u8;
    for part in number.split('.') {
        let is_number = !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return None;
        }
        level += 1;
    }
    (level >= 2 && starts_upper(title.trim_start())).then_some(level.min(6))
}

/// A number, white space and a title: `1. Introduction`.
fn numbers_title(text: &str) -> bool {
    text.split_once(char::is_whitespace).is_some_and(|(_, title)| starts_upper(title.trim_start()))
}

/// Starts with a letter that is no lower-case one.
fn starts_upper(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
}

/// All letters are capitals, and there are some words of them but no sentence.
fn is_in_capitals(text: &str) -> bool {
    if text.contains(char::is_lowercase) {
        return false;
    }
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    capitals >= 4 && capitals * 2 > letters && text.split_whitespace().count() <= 10
}

/// A sentence, a greeting, the start of an enumeration.
fn ends_as_text(text: &str) -> bool {
    let is_question = text.ends_with(['?', '？']);
    (ends_sentence(text) && !is_question) || text.ends_with([',', '，', '、', '-', '>'])
}

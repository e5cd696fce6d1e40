//! Which numbers at the start of a line are those of a list. Others are the number of a section (`1. Introduction`), a
//! date (`3. Oktober`) or the wrapped end of a sentence, and stay in the text.

use super::lines::Line;
use super::markers::Marker;

/// Settles what each number is. `is_wrapped`: lines of the text may go on with the line before.
pub(super) fn settle(lines: &mut [Line], is_wrapped: bool, input: &str) {
    for line in lines.iter_mut() {
        if matches!(line.marker, Marker::Number(_)) && is_date(line.body(input)) {
            line.make_plain();
        }
    }
    let mut before: Option<Numbered> = None;
    let mut next = next_number(lines, 0);
    while let Some(this) = next {
        next = next_number(lines, this.at + 1);
        let is_alike = |other: &Numbered| (other.ordinal - this.ordinal).abs() <= 1;
        let is_beside = |other: Option<Numbered>| {
            other.is_some_and(|other| is_alike(&other) && is_one_list(lines, this.at, other.at, is_wrapped))
        };
        if !is_beside(before) && !is_beside(next) && !opens_list_of_an_item(lines, this) {
            let is_section = this.ordinal == 1 || [before, next].iter().flatten().any(is_alike);
            let line = &mut lines[this.at];
            line.make_plain();
            if is_section {
                line.marker = Marker::Section;
            }
        }
        before = Some(this);
    }
}

/// A line that starts with a number.
#[derive(Clone, Copy)]
struct Numbered {
    at: usize,
    ordinal: i32,
}

fn next_number(lines: &[Line], from: usize) -> Option<Numbered> {
    lines[from..].iter().enumerate().find_map(|(at, line)| match line.marker {
        Marker::Number(ordinal) => Some(Numbered { at: from + at, ordinal }),
        _ => None,
    })
}

/// Whether nothing stands between two numbered lines but what hangs below the first: one list, not two headings.
fn is_one_list(lines: &[Line], one: usize, other: usize, is_wrapped: bool) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    let hangs = |line: &Line| {
        let is_further = line.indent > lines[first].indent;
        is_further || line.marker != Marker::None || is_wrapped && !line.after_blank
    };
    lines[first + 1..last].iter().all(hangs)
}

/// A single `1.` below an item of another list.
fn opens_list_of_an_item(lines: &[Line], this: Numbered) -> bool {
    let Some(above) = this.at.checked_sub(1).map(|above| &lines[above]) else { return false };
    this.ordinal == 1 && above.marker.is_item() && above.indent < lines[this.at].indent
}

/// `3. Oktober 2023`, as German, Czech or Finnish pages write it.
fn is_date(body: &str) -> bool {
    let mut words = body.split_whitespace();
    let month = words.next().unwrap_or("");
    let year = words.next().unwrap_or("").trim_end_matches([',', ':', '.', '|']);
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year && (year.starts_with("19") || year.starts_with("20")) && month.chars().all(char::is_alphabetic)
}

//! A text as the pieces that dates are made of.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::lines;

const MONTHS: &str = include_str!("../months.txt");
/// Words that stand between the parts of a date.
const FILLERS: [&str; 34] = [
    "of",
    "the",
    "st",
    "nd",
    "rd",
    "th",
    "de",
    "del",
    "di",
    "do",
    "er",
    "ª",
    "º",
    "г",
    "року",
    "року",
    "р",
    "ngày",
    "năm",
    "του",
    "der",
    "den",
    "le",
    "el",
    "il",
    "în",
    "a",
    "ام",
    "من",
    "ב",
    "om",
    "בחודש",
    "พศ",
    "ที่",
];

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What stands between it and the piece before it.
    pub gap: Gap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of at most eight digits, and how many it has.
    Number(u32, u8),
    /// The name of a month, 1 to 12.
    Month(u8),
    /// The name of a month of the Iranian calendar.
    SolarMonth(u8),
    /// A word that says that a number is a year, a month or a day.
    Unit(Unit),
    /// How many years the era that is named began after the year 0.
    Era(u16),
    Before,
    AfterNoon,
    Zulu,
    /// The T between a date and its time.
    Tee,
    /// "Uhr" and its like, behind a time.
    Clock,
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Year,
    Month,
    Day,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing but white space, commas, or words that dates have between their parts.
    Space,
    /// Nothing at all.
    None,
    Dot,
    Slash,
    Hyphen,
    Colon,
    Plus,
    Other,
}

/// The names of months, each with the languages that they are names in.
static MONTH_NAMES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, u8)>>> = LazyLock::new(|| {
    let mut names: FxHashMap<&str, Vec<(&str, u8)>> = FxHashMap::default();
    let mut at = ("", 0);
    for (language, line) in lines(MONTHS) {
        at = if at.0 == language { (language, at.1 + 1) } else { (language, 1) };
        for name in line.split_whitespace() {
            names.entry(name).or_default().push(at);
        }
    }
    names
});

/// Cuts a text into pieces. `language` is the first part of a language tag.
pub fn tokens(text: &str, language: Option<&str>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = Gap::Space;
    let mut chars = text.char_indices().peekable();
    let mut lower = String::new();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let kind = if let Some(first) = digit(c) {
            let (mut value, mut digits) = (u64::from(first), 1_u8);
            while let Some(&(at, c)) = chars.peek() {
                let Some(next) = digit(c) else { break };
                (value, digits) = ((value * 10 + u64::from(next)).min(999_999_999), digits.saturating_add(1));
                end = at + c.len_utf8();
                chars.next();
            }
            match digits {
                1..=8 => Kind::Number(value as u32, digits),
                _ => Kind::Word,
            }
        } else if let Some(unit) = unit(c) {
            Kind::Unit(unit)
        } else if c.is_alphabetic() {
            lower.clear();
            lower.extend(c.to_lowercase());
            while let Some(&(at, c)) = chars.peek() {
                let is_letter = c.is_alphabetic() || is_mark(c);
                // Thai shortens its months with dots inside.
                let is_inner_dot = c == '.' && is_thai(lower.chars().next_back().unwrap_or(' '));
                if !(is_letter || is_inner_dot) || unit(c).is_some() {
                    break;
                }
                if is_letter {
                    lower.extend(c.to_lowercase());
                }
                end = at + c.len_utf8();
                chars.next();
            }
            if is_filler(&lower, gap, &tokens) {
                continue;
            }
            word(&lower, language)
        } else {
            gap = widen(gap, c);
            continue;
        };
        let touches = tokens.last().is_some_and(|last| last.range.end == start);
        tokens.push(Token { kind, range: start..end, gap: if touches { Gap::None } else { gap } });
        gap = Gap::Space;
    }
    tokens
}

/// Whether a text has digits: without, it has no date.
pub fn has_digits(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    text.bytes().any(is_digit) || !text.is_ascii() && text.chars().any(|c| digit(c).is_some())
}

/// Whether a word in lower case is the name of a month in some language.
pub fn is_month(word: &str) -> bool {
    MONTH_NAMES.contains_key(word)
}

fn is_filler(word: &str, gap: Gap, tokens: &[Token]) -> bool {
    let follows_number =
        tokens.last().is_some_and(|last| matches!(last.kind, Kind::Number(..) | Kind::Month(_)));
    FILLERS.contains(&word) && (follows_number || tokens.last().is_none() || gap == Gap::Space)
}

/// The gap that a further character makes of a gap.
fn widen(gap: Gap, c: char) -> Gap {
    let own = match c {
        '.' | '．' => Gap::Dot,
        '/' | '／' | '⁄' => Gap::Slash,
        '-' | '‐' | '‑' | '–' | '−' => Gap::Hyphen,
        ':' | '：' => Gap::Colon,
        '+' => Gap::Plus,
        c if c.is_whitespace()
            || matches!(c, ',' | '،' | '、' | '\'' | '’' | '\u{200e}' | '\u{200f}' | '\u{feff}') =>
        {
            return gap;
        }
        _ => Gap::Other,
    };
    match gap {
        Gap::Space => own,
        // "Jan. 4", "4. 3. 2021"
        _ if gap == own => own,
        _ => Gap::Other,
    }
}

fn word(lower: &str, language: Option<&str>) -> Kind {
    match lower {
        "am" => return Kind::Before,
        "pm" => return Kind::AfterNoon,
        "z" | "utc" | "gmt" => return Kind::Zulu,
        "t" => return Kind::Tee,
        "uhr" | "h" | "ч" => return Kind::Clock,
        "民國" | "民国" => return Kind::Era(1911),
        "令和" => return Kind::Era(2018),
        "平成" => return Kind::Era(1988),
        "tháng" | "thg" | "thang" => return Kind::Unit(Unit::Month),
        "년" => return Kind::Unit(Unit::Year),
        "월" => return Kind::Unit(Unit::Month),
        "일" => return Kind::Unit(Unit::Day),
        _ => {}
    }
    // A short form may have its dot, and a compound its noun: "17.märz2021" is cut before the digits already.
    let Some(names) = MONTH_NAMES.get(lower) else { return Kind::Word };
    let of = |wanted: &str| names.iter().find(|(known, _)| *known == wanted);
    let own = language.and_then(of).or_else(|| of("en"));
    // A name of another language is one if it can't be mistaken.
    let is_plain = names.iter().all(|(_, month)| *month == names[0].1);
    let any = names.first().filter(|_| is_plain && (language.is_none() || lower.chars().count() >= 4));
    match own.or(any) {
        Some(("solar", month)) => Kind::SolarMonth(*month),
        Some((_, month)) => Kind::Month(*month),
        None => Kind::Word,
    }
}

fn unit(c: char) -> Option<Unit> {
    match c {
        '年' | '년' => Some(Unit::Year),
        '月' | '월' => Some(Unit::Month),
        '日' | '일' | '号' => Some(Unit::Day),
        _ => None,
    }
}

fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '๐'..='๙' => '๐',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e4e}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{200c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_twelve_months() {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (language, _) in lines(MONTHS) {
            match counts.last_mut() {
                Some((last, count)) if *last == language => *count += 1,
                _ => counts.push((language, 1)),
            }
        }
        assert!(counts.iter().all(|(_, count)| *count == 12), "{counts:?}");
    }

    #[test]
    fn numbers_of_any_script_are_read() {
        let numbers = |text| tokens(text, None).into_iter().map(|token| token.kind).collect::<Vec<_>>();
        assert_eq!(numbers("٢٠٢١"), [Kind::Number(2021, 4)]);
        assert_eq!(numbers("२१"), [Kind::Number(21, 2)]);
        assert_eq!(numbers("123456789"), [Kind::Word]);
    }

    #[test]
    fn a_short_word_of_another_language_is_no_month() {
        let kind = |text, language| tokens(text, Some(language))[0].kind;
        assert_eq!(kind("out", "pt"), Kind::Month(10));
        assert_eq!(kind("out", "en"), Kind::Word);
        assert_eq!(kind("März", "en"), Kind::Month(3));
    }
}

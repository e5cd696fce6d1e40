//! What a character is and says, as far as measures and words ask.

use std::sync::LazyLock;

use crate::lexicon::{ByCharacter, is_of_many};

/// What a character is, as far as it counts.
#[derive(Clone, Copy)]
pub(super) enum Class {
    Capital,
    Small,
    /// A letter of a script without capitals.
    Letter,
    Digit,
    Space,
    Symbol,
}

impl Class {
    pub fn of(c: char) -> Class {
        match c {
            c if is_of_many(c) => Class::Letter,
            c => CLASSES.of(c),
        }
    }

    fn looked_up(c: char) -> Class {
        match c {
            c if c.is_alphabetic() => match (c.is_uppercase(), c.is_lowercase()) {
                (true, _) => Class::Capital,
                (_, true) => Class::Small,
                _ => Class::Letter,
            },
            c if c.is_numeric() => Class::Digit,
            c if c.is_whitespace() => Class::Space,
            _ => Class::Symbol,
        }
    }
}

static CLASSES: LazyLock<ByCharacter<Class>> = LazyLock::new(|| ByCharacter::new(Class::looked_up));

/// The same as [`char::is_alphanumeric`].
pub(super) fn is_alphanumeric(c: char) -> bool {
    matches!(Class::of(c), Class::Capital | Class::Small | Class::Letter | Class::Digit)
}

/// How much a character of its script says, in alphabetic characters; and how many words a segment of it
/// is worth by UAX #29, which gives every ideograph and every Thai letter as a word of its own.
pub(super) fn script_weight(c: char) -> (f32, f32) {
    match c {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => (3.0, 0.6),
        '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => (1.8, 0.4),
        '\u{ac00}'..='\u{d7a3}' => (2.2, 1.0),
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => (1.0, 0.22),
        _ => (1.0, 1.0),
    }
}

pub(super) fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '．'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '။'
    )
}

pub(super) fn marks_clause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '，' | '；' | '：' | '、' | '､' | '،' | '؛' | '·' | '—' | '–')
}

pub(super) fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | ')' | ']' | '」' | '』' | '）' | '】' | '›')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}

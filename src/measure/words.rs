//! The words of a text by UAX #29, found fast where that is easy: between spaces stands a word of ASCII letters, mostly.

use memchr::memchr;
use unicode_segmentation::{UWordBounds, UnicodeSegmentation};

use super::characters::is_alphanumeric;

/// The words of a text, the same as [`UnicodeSegmentation::unicode_words`] gives.
pub(crate) fn words(text: &str) -> Words<'_> {
    Words { rest: text, inner: None }
}

pub(crate) struct Words<'t> {
    rest: &'t str,
    /// The words of a piece that is not plain, and what is between them.
    inner: Option<UWordBounds<'t>>,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            if let Some(inner) = &mut self.inner {
                if let Some(word) = inner.find(|word| word.chars().any(is_alphanumeric)) {
                    return Some(word);
                }
                self.inner = None;
            }
            let rest = self.rest;
            let bytes = rest.as_bytes();
            let start = bytes.iter().position(|&byte| WORD_CLASSES[usize::from(byte)] >= LETTER)?;
            let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let end = start + length;
            if length > 0 && ends_word(bytes, end) {
                self.rest = &rest[end..];
                return Some(&rest[start..end]);
            }
            self.inner = Some(self.next_piece(start - before_mark(bytes, start)).split_word_bounds());
        }
    }
}

impl<'t> Words<'t> {
    /// The text from `start` up to the next space that surely divides.
    fn next_piece(&mut self, start: usize) -> &'t str {
        let rest = &self.rest[start..];
        let bytes = rest.as_bytes();
        let mut end = 0;
        loop {
            end = memchr(b' ', &bytes[end..]).map_or(bytes.len(), |space| end + space);
            // A mark that follows spaces belongs to them.
            if bytes.get(end + 1).is_none_or(|next| next.is_ascii() && *next != b' ') {
                break;
            }
            end += 1;
        }
        self.rest = rest.get(end + 1..).unwrap_or_default();
        &rest[..end]
    }
}

/// How many bytes before `start` may be of one piece with what stands there: a mark belongs to the character before it, and
/// spaces in a row are one.
fn before_mark(bytes: &[u8], start: usize) -> usize {
    if bytes[start].is_ascii() {
        return 0;
    }
    let spaces = bytes[..start].iter().rev().take_while(|&&byte| byte == b' ').count();
    if spaces > 0 { spaces } else { start.min(1) }
}

/// Whether a word of letters and digits of ASCII that stands before `end` surely ends there.
fn ends_word(bytes: &[u8], end: usize) -> bool {
    let class_at = |at: usize| bytes.get(at).map_or(DIVIDER, |&byte| WORD_CLASSES[usize::from(byte)]);
    match class_at(end) {
        DIVIDER => true,
        // Between letters or digits it may join them.
        JOINER => class_at(end + 1) < LETTER,
        _ => false,
    }
}

/// Bytes that are in no word and join none; those that may join two, but only if they stand between them; letters and
/// digits; and what begins no plain word: a character beyond ASCII, and the low line, which is in words.
const DIVIDER: u8 = 0;
const JOINER: u8 = 1;
const LETTER: u8 = 2;
const OTHER: u8 = 3;

static WORD_CLASSES: [u8; 256] = {
    let mut classes = [DIVIDER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'.' | b',' | b':' | b';' | b'\'' => JOINER,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b'_' | 128..=255 => OTHER,
            _ => DIVIDER,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_word_is_empty_and_none_is_lost() {
        for text in [
            "",
            " ",
            "a",
            " a  b ",
            "can't stop",
            "3.14 a.b,c d_e",
            "x \u{301}y z",
            "(a) b. c, d's e.\u{301}f _g_ h_ i.'j .5 6.7 8:9 k:l m::n \"o\"",
            "a,b a, b,",
            " \u{93e} a  \u{93e}b (\u{93e} .\u{93e} \n\u{93e}",
            "日本 の語 a",
            "a \u{200d}b",
        ] {
            assert!(words(text).eq(text.unicode_words()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_of_uax_29(text in "([a-zA-Z0-9]{1,3}|[ ]|['.,:_-]|\\PC|[\u{300}\u{200d}\u{93e}\u{1f1e6}\u{5d0}\"])*") {
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), text.unicode_words().collect::<Vec<_>>());
        }
    }
}

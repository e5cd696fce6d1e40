//! The words of a text by UAX #29, found fast where that is easy: between spaces stands a word of ASCII letters, mostly.

use memchr::memchr;
use unicode_segmentation::{UnicodeSegmentation, UnicodeWords};

/// The words of a text, the same as [`UnicodeSegmentation::unicode_words`] gives.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { rest: text, inner: None }
}

pub(super) struct Words<'t> {
    rest: &'t str,
    /// The words of a piece that is no plain word.
    inner: Option<UnicodeWords<'t>>,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            if let Some(inner) = &mut self.inner {
                match inner.next() {
                    Some(word) => return Some(word),
                    None => self.inner = None,
                }
            }
            if self.rest.is_empty() {
                return None;
            }
            let (piece, is_plain) = self.next_piece();
            if is_plain && !piece.is_empty() {
                return Some(piece);
            }
            if !is_plain {
                self.inner = Some(piece.unicode_words());
            }
        }
    }
}

impl<'t> Words<'t> {
    /// The text up to the next space that surely divides, and whether that is letters and digits of ASCII alone.
    fn next_piece(&mut self) -> (&'t str, bool) {
        let rest = self.rest;
        let bytes = rest.as_bytes();
        let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut end = plain;
        loop {
            let space = memchr(b' ', &bytes[end..]);
            end = space.map_or(bytes.len(), |space| end + space);
            // A mark that follows spaces belongs to them.
            if bytes.get(end + 1).is_none_or(|next| next.is_ascii() && *next != b' ') {
                break;
            }
            end += 1;
        }
        self.rest = rest.get(end + 1..).unwrap_or_default();
        (&rest[..end], plain == end)
    }
}

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

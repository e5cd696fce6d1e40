//! What is known of a character, kept: to look it up takes long.

/// The characters of most alphabets, and the signs and kana behind them.
const LETTERS: std::ops::Range<usize> = 0..0x3400;
/// Forms of full and half width, which Chinese and Japanese have their commas from.
const FORMS: std::ops::Range<usize> = 0xfe00..0x10000;

/// Whether a character is of the ideographs or the syllables of Hangul, too many to be kept: all of them are letters, and of
/// one case.
pub(crate) fn is_of_many(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Something about every character.
#[derive(Debug)]
pub(crate) struct ByCharacter<T> {
    kept: Vec<T>,
    look_up: fn(char) -> T,
}

impl<T: Copy> ByCharacter<T> {
    /// Looks up what is to be kept.
    pub fn new(look_up: fn(char) -> T) -> ByCharacter<T> {
        let kept = LETTERS.chain(FORMS).filter_map(|code| char::from_u32(code as u32)).map(look_up).collect();
        ByCharacter { kept, look_up }
    }

    pub fn of(&self, c: char) -> T {
        match c as usize {
            code if LETTERS.contains(&code) => self.kept[code],
            code if FORMS.contains(&code) => self.kept[LETTERS.len() + code - FORMS.start],
            _ => (self.look_up)(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_is_looked_up() {
        let letters = ByCharacter::new(|c| (c, c.is_alphabetic()));
        for c in '\0'..=char::MAX {
            assert_eq!(letters.of(c), (c, c.is_alphabetic()));
        }
    }
}

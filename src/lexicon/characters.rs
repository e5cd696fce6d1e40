//! What is known of a character, kept: to look it up takes long.

/// The characters of most alphabets, and the signs and kana behind them.
const LETTERS: std::ops::Range<usize> = 0..0x3400;
/// Forms of full and half width, which Chinese and Japanese have their commas from.
const FORMS: std::ops::Range<usize> = 0xfe00..0x10000;

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
        let code = c as usize;
        let place = if FORMS.contains(&code) { code - FORMS.start + LETTERS.len() } else { code };
        let is_kept = LETTERS.contains(&code) || FORMS.contains(&code);
        self.kept.get(place).filter(|_| is_kept).copied().unwrap_or_else(|| (self.look_up)(c))
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

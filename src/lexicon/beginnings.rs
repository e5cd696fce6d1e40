//! Many patterns searched for at once, at every place where one can begin.
//!
//! Nearly all patterns begin with a space, that is, where a word begins; others with a character of a script that is
//! written without spaces. So a text is looked at there alone: the first few bytes say by a table which patterns
//! come into question, mostly none. That takes a fraction of the time of an automaton over all bytes, and next to
//! none to build.

/// Patterns by their beginnings; `T` is what each stands for.
#[derive(Debug)]
pub(super) struct Beginnings<T> {
    /// Sorted by slot.
    patterns: Vec<(String, T)>,
    /// Where the patterns of each slot begin, and after the last, where they end.
    slots: Vec<u32>,
    /// Which bytes a pattern begins with.
    first_bytes: [bool; 256],
    /// The key lengths in use: a pattern is found by so many bytes of its beginning.
    lengths: Vec<usize>,
}

/// A power of two, a few times as many as there are patterns.
const SLOTS: usize = 1 << 15;

/// The longest key: the space and what tells most words apart.
const LONGEST_KEY: usize = 6;

impl<T> Beginnings<T> {
    pub fn new(patterns: Vec<(String, T)>) -> Self {
        let mut keyed: Vec<(usize, (String, T))> = patterns
            .into_iter()
            .filter(|(pattern, _)| !pattern.is_empty())
            .map(|pattern| (slot(&pattern.0.as_bytes()[..key_length(&pattern.0)]), pattern))
            .collect();
        // A stable sort, so that patterns of one slot stay in the order of the list.
        keyed.sort_by_key(|(slot, _)| *slot);
        let mut slots = vec![0; SLOTS + 1];
        let mut first_bytes = [false; 256];
        let mut lengths: Vec<usize> = Vec::new();
        for (slot, (pattern, _)) in &keyed {
            slots[slot + 1] += 1;
            first_bytes[usize::from(pattern.as_bytes()[0])] = true;
            lengths.push(key_length(pattern));
        }
        for slot in 0..SLOTS {
            slots[slot + 1] += slots[slot];
        }
        lengths.sort_unstable();
        lengths.dedup();
        Beginnings { patterns: keyed.into_iter().map(|(_, pattern)| pattern).collect(), slots, first_bytes, lengths }
    }

    /// Calls `found` for every place where a pattern stands in the text.
    pub fn find(&self, text: &str, mut found: impl FnMut(&T)) {
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if self.first_bytes[usize::from(byte)] {
                self.find_at(&bytes[at..], &mut found);
            }
        }
    }

    fn find_at(&self, rest: &[u8], found: &mut impl FnMut(&T)) {
        for &length in &self.lengths {
            let Some(key) = rest.get(..length) else { return };
            let slot = slot(key);
            for (pattern, meaning) in &self.patterns[self.slots[slot] as usize..self.slots[slot + 1] as usize] {
                // Several keys may share a slot, even such of different lengths: each pattern is found by its own.
                if key_length(pattern) == length && rest.starts_with(pattern.as_bytes()) {
                    found(meaning);
                }
            }
        }
    }
}

fn key_length(pattern: &str) -> usize {
    pattern.len().min(LONGEST_KEY)
}

fn slot(key: &[u8]) -> usize {
    let sum = key.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
    (sum.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_where_a_pattern_stands_is_found() {
        let list = [" a ", " ab", " abcdefgh ", "語", " b c ", "\u{1} a "];
        let patterns = Beginnings::new(list.iter().map(|pattern| (pattern.to_string(), *pattern)).collect());
        let mut found = Vec::new();
        patterns.find("\u{1} a abcdefgh b c 日本語の語", |&pattern| found.push(pattern));
        assert_eq!(found, ["\u{1} a ", " a ", " ab", " abcdefgh ", " b c ", "語", "語"]);
    }
}

//! Many patterns searched for at once, at every place where one can begin.
//!
//! Nearly all patterns begin with a space, that is, where a word begins; others with a character of a script that is
//! written without spaces. So a text is looked at there alone: three bytes say by a table whether any pattern begins
//! like this, mostly none, and if so, how many bytes to look one up by. That takes a fraction of the time of an
//! automaton over all bytes, and next to none to build.

/// Patterns by their beginnings; `T` is what each stands for.
#[derive(Debug)]
pub(super) struct Beginnings<T> {
    /// Sorted by key.
    patterns: Vec<(String, T)>,
    /// What follows the first eight bytes of each: most that begins like a pattern differs here, and this is close
    /// together while texts are far apart.
    nexts: Vec<Next>,
    /// The patterns of each key, by the key's slot or the next free one; a power of two.
    ranges: Vec<Range>,
    /// Which bytes patterns begin with.
    first_bytes: [bool; 256],
    /// A bit for every key's slot: most that is looked up is not there, and this says so sooner than the ranges.
    keys: Vec<u64>,
    /// By slot of the first three bytes: bit n is set if a pattern that begins so has a key of n + 1 bytes.
    lengths: Vec<u8>,
}

/// Up to eight bytes behind the first eight of a pattern, and which bits of them there are.
#[derive(Clone, Copy, Debug)]
struct Next {
    bytes: u64,
    mask: u64,
}

/// The patterns that have a key, by their places; none if the slot is free.
#[derive(Clone, Copy, Debug, Default)]
struct Range {
    key: u64,
    first: u32,
    end: u32,
}

/// A pattern is looked up by so many bytes of its beginning, or by all of it.
const LONGEST_KEY: usize = 8;

/// Few enough that the table stays in the nearest cache.
const SLOT_BITS: u32 = 14;
const KEY_BITS: u32 = 19;

/// Bytes that are sifted at a time: a place among them is a byte.
const PIECE: usize = 256;

impl<T> Beginnings<T> {
    pub fn new(patterns: Vec<(String, T)>) -> Self {
        let patterns = patterns.into_iter().filter(|(pattern, _)| !pattern.is_empty());
        let mut patterns: Vec<(u64, (String, T))> =
            patterns.map(|pattern| (own_key(&pattern.0), pattern)).collect();
        // A stable sort, so that patterns of one key stay in the order of the list.
        patterns.sort_by_key(|(key, _)| *key);
        let mut all = Beginnings {
            nexts: patterns.iter().map(|(_, (pattern, _))| Next::of(pattern)).collect(),
            // Half of the slots stay free, or more.
            ranges: vec![Range::default(); (2 * patterns.len()).next_power_of_two()],
            patterns: Vec::new(),
            first_bytes: [false; 256],
            keys: vec![0; 1 << (KEY_BITS - 6)],
            lengths: vec![0; 1 << SLOT_BITS],
        };
        let mut first = 0;
        for run in patterns.chunk_by(|(a, _), (b, _)| a == b) {
            let end = first + run.len() as u32;
            let slot = all.range_slot(run[0].0);
            all.ranges[slot] = Range { key: run[0].0, first, end };
            first = end;
        }
        all.patterns = patterns.into_iter().map(|(_, pattern)| pattern).collect();
        for (pattern, _) in &all.patterns {
            let key = key_slot(own_key(pattern));
            all.keys[key / 64] |= 1 << (key % 64);
            all.first_bytes[usize::from(pattern.as_bytes()[0])] = true;
            let bit = 1 << (key_length(pattern) - 1);
            let start = beginning(pattern.as_bytes());
            match pattern.len() {
                // Whatever follows, the pattern may stand there.
                1 => (0..1 << 16).for_each(|more| all.lengths[slot(start | more << 8)] |= bit),
                2 => (0..1 << 8).for_each(|more| all.lengths[slot(start | more << 16)] |= bit),
                _ => all.lengths[slot(start)] |= bit,
            }
        }
        all
    }

    /// The slot of the range of a key, or a free one if it has none.
    fn range_slot(&self, key: u64) -> usize {
        let last = self.ranges.len() - 1;
        let mut slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize & last;
        while self.ranges[slot].end != 0 && self.ranges[slot].key != key {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Calls `found` for every place where a pattern stands in the text.
    pub fn find(&self, bytes: &[u8], mut found: impl FnMut(&T)) {
        // Where words begin, no processor can guess: so places are sifted without a branch first by one byte, then
        // by three, and the few that are left are looked at.
        let mut places = [0_u8; PIECE];
        for (piece, start) in bytes.chunks(PIECE).zip((0..).step_by(PIECE)) {
            let mut count = 0;
            for (at, &byte) in piece.iter().enumerate() {
                places[count % PIECE] = at as u8;
                count += usize::from(self.first_bytes[usize::from(byte)]);
            }
            let mut left = 0;
            for index in 0..count {
                let at = places[index % PIECE];
                let lengths = self.lengths[slot(beginning(&bytes[start + usize::from(at)..]))];
                places[left % PIECE] = at;
                left += usize::from(lengths != 0);
            }
            for &at in &places[..left] {
                self.find_at(&bytes[start + usize::from(at)..], &mut found);
            }
        }
    }

    fn find_at(&self, rest: &[u8], found: &mut impl FnMut(&T)) {
        let start = beginning(rest);
        let mut lengths = self.lengths[slot(start)];
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize + 1;
            lengths &= lengths - 1;
            if length > rest.len() {
                return;
            }
            let key = key(start, length);
            let slot = key_slot(key);
            if self.keys[slot / 64] >> (slot % 64) & 1 == 0 {
                continue;
            }
            let range = self.ranges[self.range_slot(key)];
            let next = beginning(rest.get(LONGEST_KEY..).unwrap_or_default());
            for index in range.first as usize..range.end as usize {
                let Next { bytes, mask } = self.nexts[index];
                if (next ^ bytes) & mask != 0 {
                    continue;
                }
                let (pattern, meaning) = &self.patterns[index];
                // One as long as its key has been compared already.
                let is_there = pattern.len() == length || rest.starts_with(pattern.as_bytes());
                if is_there && key_length(pattern) == length {
                    found(meaning);
                }
            }
        }
    }
}

impl Next {
    fn of(pattern: &str) -> Next {
        let more = pattern.as_bytes().get(LONGEST_KEY..).unwrap_or_default();
        let mask = match more.len() {
            0 => 0,
            length => key(u64::MAX, length.min(8)),
        };
        Next { bytes: beginning(more) & mask, mask }
    }
}

fn key_length(pattern: &str) -> usize {
    pattern.len().min(LONGEST_KEY)
}

fn own_key(pattern: &str) -> u64 {
    key(beginning(pattern.as_bytes()), key_length(pattern))
}

/// The first eight bytes, the first of all lowest; 0 where there are none.
fn beginning(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
    }
}

/// The first `length` bytes of a beginning, 1 to 8.
fn key(beginning: u64, length: usize) -> u64 {
    beginning << (64 - 8 * length) >> (64 - 8 * length)
}

/// The first three bytes in [`SLOT_BITS`] bits. Beginnings that share a slot cost time, no more.
fn slot(beginning: u64) -> usize {
    ((beginning as u32 & 0xff_ffff).wrapping_mul(0x9e37_79b1) >> (32 - SLOT_BITS)) as usize
}

fn key_slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - KEY_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &[&'static str], text: &str) -> Vec<&'static str> {
        let patterns = Beginnings::new(list.iter().map(|&pattern| (pattern.to_owned(), pattern)).collect());
        let mut found = Vec::new();
        patterns.find(text.as_bytes(), |&pattern| found.push(pattern));
        found
    }

    #[test]
    fn every_place_where_a_pattern_stands_is_found() {
        let list = [" a ", " ab", " abcdefgh ", "語", " b c ", "\u{1} a ", "x", " c"];
        let text = "\u{1} a abcdefgh b c 日本語の語x";
        assert_eq!(
            found(&list, text),
            ["\u{1} a ", " a ", " ab", " abcdefgh ", " b c ", " c", "語", "語", "x"]
        );
    }

    #[test]
    fn a_pattern_at_the_very_end_is_found_and_none_beyond_it() {
        assert_eq!(found(&[" ab", " abc", " a", " ", "abcdefghij"], " ab"), [" ", " a", " ab"]);
    }
}

//! What the target of a link says: share endpoints, author pages, feeds, legal pages.

use aho_corasick::AhoCorasick;

use super::cues::CUE_KINDS;
use super::lines;

const LIST: &str = include_str!("links.txt");

/// Marks the beginning of a target.
const START: char = '\u{1}';

#[derive(Debug)]
pub(crate) struct LinkShapes {
    automaton: Option<AhoCorasick>,
    kinds: Vec<u8>,
}

/// A set of kinds, by their index in [`CUE_KINDS`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KindSet(pub u16);

impl KindSet {
    pub fn insert(&mut self, kind: u8) {
        self.0 |= 1 << kind;
    }

    pub fn contains(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }
}

impl LinkShapes {
    pub fn new() -> Self {
        let mut patterns = Vec::new();
        let mut kinds = Vec::new();
        for (section, line) in lines(LIST) {
            let Some(kind) = CUE_KINDS.iter().position(|&kind| kind == section) else {
                continue;
            };
            patterns.push(match line.strip_prefix('^') {
                Some(beginning) => format!("{START}{beginning}"),
                None => line.to_owned(),
            });
            kinds.push(kind as u8);
        }
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&patterns).ok();
        LinkShapes { automaton, kinds }
    }

    /// The kinds that the target of a link speaks for. `room` holds the target for the search.
    pub fn kinds(&self, target: &str, room: &mut String) -> KindSet {
        let mut found = KindSet::default();
        let Some(automaton) = &self.automaton else { return found };
        // The shape of a link shows in its first few hundred bytes; a `data:` URL can be megabytes.
        let end = (0..=target.len().min(512)).rev().find(|&end| target.is_char_boundary(end)).unwrap_or(0);
        room.clear();
        room.push(START);
        room.push_str(&target[..end]);
        for hit in automaton.find_overlapping_iter(room.as_str()) {
            found.insert(self.kinds[hit.pattern().as_usize()]);
        }
        found
    }
}

//! What the target of a link says: share endpoints, author pages, feeds, legal pages.

use super::beginnings::Beginnings;
use super::cues::CUE_KINDS;
use super::lines;
use crate::beginning::beginning;

const LIST: &str = include_str!("links.txt");

/// Marks the beginning of a target.
const START: char = '\u{1}';

#[derive(Debug)]
pub(crate) struct LinkShapes {
    patterns: Beginnings<u8>,
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
        for (section, line) in lines(LIST) {
            let Some(kind) = CUE_KINDS.iter().position(|&kind| kind == section) else {
                continue;
            };
            let line = line.to_ascii_lowercase();
            let pattern = match line.strip_prefix('^') {
                Some(beginning) => format!("{START}{beginning}"),
                None => line,
            };
            patterns.push((pattern, kind as u8));
        }
        LinkShapes { patterns: Beginnings::new(patterns) }
    }

    /// The kinds that the target of a link speaks for. `room` holds the target for the search.
    pub fn kinds(&self, target: &str, room: &mut Vec<u8>) -> KindSet {
        let mut found = KindSet::default();
        // The shape of a link shows in its first few hundred bytes; a `data:` URL can be megabytes.
        room.clear();
        room.push(START as u8);
        room.extend(beginning(target, 512).bytes().map(|byte| byte.to_ascii_lowercase()));
        self.patterns.find(room, |&kind| found.insert(kind));
        found
    }
}

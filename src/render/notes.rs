//! Footnotes among the blocks that are written, and their labels.

use std::collections::{HashMap, HashSet};

use crate::page::{Block, Mark};

/// The notes that are written and referred to.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Indexes of the labels, by anchor.
    indexes: HashMap<String, usize>,
    labels: Vec<String>,
}

impl Notes {
    /// Those among the blocks to which a link in another block leads.
    pub(super) fn of(blocks: &[Block<'_>]) -> Self {
        let anchors: HashSet<&str> = blocks.iter().filter_map(Block::note).collect();
        let mut notes = Notes::default();
        if anchors.is_empty() {
            return notes;
        }
        let mut taken: HashSet<String> = HashSet::new();
        for block in blocks {
            for span in block.spans() {
                let Mark::Link(target) = span.mark else { continue };
                let Some(anchor) = target.strip_prefix('#').filter(|anchor| anchors.contains(anchor)) else {
                    continue;
                };
                if block.note() == Some(anchor) || notes.indexes.contains_key(anchor) {
                    continue;
                }
                notes.indexes.insert(anchor.to_owned(), notes.labels.len());
                notes.labels.push(label(&block.text()[span.start..span.end], &mut taken));
            }
        }
        notes
    }

    /// The note that a block is of.
    pub(super) fn of_block(&self, block: &Block<'_>) -> Option<usize> {
        self.indexes.get(block.note()?).copied()
    }

    /// The label of the note that a link in a block leads to.
    pub(super) fn reference(&self, block: &Block<'_>, mark: Mark<'_>) -> Option<&str> {
        let Mark::Link(target) = mark else { return None };
        let anchor = target.strip_prefix('#').filter(|anchor| block.note() != Some(anchor))?;
        self.indexes.get(anchor).map(|&index| self.label(index))
    }

    pub(super) fn label(&self, index: usize) -> &str {
        &self.labels[index]
    }
}

/// A label like the sign of the note, or else the next free number.
fn label(sign: &str, taken: &mut HashSet<String>) -> String {
    let sign = sign.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    let is_plain = (1..=12).contains(&sign.len()) && sign.chars().all(|c| c.is_ascii_alphanumeric());
    if is_plain && taken.insert(sign.clone()) {
        return sign;
    }
    // Each number that is tried and taken is that of another note.
    let mut number = taken.len() + 1;
    while !taken.insert(format!("n{number}")) {
        number += 1;
    }
    format!("n{number}")
}

//! The names of elements and attributes, interned.

use std::collections::HashSet;

use html5ever::{LocalName, local_name};

use super::kinds::Kind;
use crate::attributes::is_read;
use crate::beginning::beginning;

/// Interned names by the text they came from. To intern a name costs as much as to read a short tag, and a page uses
/// few names again and again.
///
/// html5ever keeps names longer than seven bytes in one table of the whole process, made for a few thousand: with more it
/// takes time in proportion to their number to find one. So on a page with many thousands of different long names, later
/// ones are cut short.
pub(super) struct Names {
    slots: Vec<Name>,
    /// How many long names were interned before their difference was asked for.
    interned: usize,
    /// Long names that were interned after.
    known: HashSet<Box<str>>,
    are_cut: bool,
}

/// A name, and what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub local: LocalName,
    /// Of an element of this name.
    pub kind: Kind,
    /// Whether a later stage reads an attribute of this name.
    pub is_read: bool,
}

const SLOTS: usize = 512;
/// Names of this many bytes are kept without a table.
const SHORT: usize = 7;
/// So many long names are interned before their difference is asked for, and so many different ones after.
const FREE: usize = 4_096;
const MOST: usize = 4_096;

impl Names {
    pub fn new() -> Self {
        Names {
            slots: vec![Name::of(local_name!("")); SLOTS],
            interned: 0,
            known: HashSet::new(),
            are_cut: false,
        }
    }

    /// Whether a name was cut short.
    pub fn are_cut(&self) -> bool {
        self.are_cut
    }

    pub fn get(&mut self, name: &str) -> &Name {
        let slot = slot(name);
        if *self.slots[slot].local != *name {
            self.slots[slot] = Name::of(LocalName::from(self.short_enough(name)));
        }
        &self.slots[slot]
    }

    /// The name, or as much of it as may be interned.
    fn short_enough<'n>(&mut self, name: &'n str) -> &'n str {
        if name.len() <= SHORT {
            return name;
        }
        self.interned += 1;
        if self.interned <= FREE || self.known.contains(name) {
            return name;
        }
        if self.known.len() < MOST {
            self.known.insert(name.into());
            return name;
        }
        // Names that html5ever knows are in no table that grows.
        if LocalName::try_static(name).is_some() {
            return name;
        }
        self.are_cut = true;
        beginning(name, SHORT)
    }
}

impl Name {
    fn of(local: LocalName) -> Name {
        let (kind, is_read) = (Kind::of(&local), is_read(&local));
        Name { local, kind, is_read }
    }
}

/// Names of one slot push each other out, so nothing but time depends on it.
fn slot(name: &str) -> usize {
    let bytes = name.as_bytes();
    let letters = match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        None => bytes.iter().fold(0, |letters, &byte| letters << 8 | u64::from(byte)),
    };
    let last = bytes.last().map_or(0, |&byte| u64::from(byte));
    let hash = (letters ^ (bytes.len() as u64) << 56 ^ last << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ones_of_too_many_long_names_are_cut_short() {
        let mut names = Names::new();
        for number in 0..FREE + MOST {
            let name = format!("long-name-{number}");
            assert_eq!(&*names.get(&name).local, &*name);
        }
        assert!(!names.are_cut());
        assert_eq!(&*names.get("another-name").local, "another");
        assert!(names.are_cut());
        // Cut between characters, and not where it is known already.
        assert_eq!(&*names.get("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}").local, "\u{e9}\u{e9}\u{e9}");
        let last = format!("long-name-{}", FREE + MOST - 1);
        for name in ["blockquote", "short", &last] {
            assert_eq!(&*names.get(name).local, name);
        }
    }
}

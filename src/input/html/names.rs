//! The names of elements and attributes, interned.

use std::collections::HashSet;

use html5ever::{LocalName, local_name};

/// Interned names by the text they came from. To intern a name costs as much as to read a short tag, and a page uses
/// few names again and again.
///
/// html5ever keeps names longer than seven bytes in one table of the whole process, made for a few thousand: with more it
/// takes time in proportion to their number to find one. So on a page with many thousands of different long names, later
/// ones are cut short.
pub(super) struct Names {
    slots: Vec<Option<LocalName>>,
    /// How many long names were interned before their difference was asked for.
    interned: usize,
    /// Long names that were interned after.
    known: HashSet<Box<str>>,
    are_cut: bool,
}

const SLOTS: usize = 512;
/// Names of this many bytes are kept without a table.
const SHORT: usize = 7;
/// So many long names are interned before their difference is asked for, and so many different ones after.
const FREE: usize = 4_096;
const MOST: usize = 4_096;

impl Names {
    pub fn new() -> Self {
        Names { slots: vec![None; SLOTS], interned: 0, known: HashSet::new(), are_cut: false }
    }

    /// Whether a name was cut short.
    pub fn are_cut(&self) -> bool {
        self.are_cut
    }

    pub fn get(&mut self, name: &str) -> LocalName {
        let slot = slot(name);
        match &self.slots[slot] {
            Some(known) if **known == *name => known.clone(),
            _ => {
                let interned = LocalName::from(self.short_enough(name));
                self.slots[slot].insert(interned).clone()
            }
        }
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
        let end = (0..=SHORT).rev().find(|&end| name.is_char_boundary(end)).unwrap_or(0);
        &name[..end]
    }
}

/// Names of one slot push each other out, so nothing but time depends on it.
fn slot(name: &str) -> usize {
    let hash =
        name.bytes().fold(name.len(), |hash, byte| hash.wrapping_mul(31).wrapping_add(usize::from(byte)));
    hash % SLOTS
}

/// Formatting elements: the tree builder compares all their attributes with those of others (§ 13.2.4.3), and takes
/// some for the end of an SVG image.
pub(super) const FORMATTING: [LocalName; 14] = [
    local_name!("a"),
    local_name!("b"),
    local_name!("big"),
    local_name!("code"),
    local_name!("em"),
    local_name!("font"),
    local_name!("i"),
    local_name!("nobr"),
    local_name!("s"),
    local_name!("small"),
    local_name!("strike"),
    local_name!("strong"),
    local_name!("tt"),
    local_name!("u"),
];

/// Whether an element is one of [`FORMATTING`]; asked at every tag, so without making that list.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_formatting_elements_is_what_is_asked_for() {
        assert!(FORMATTING.iter().all(is_formatting) && !is_formatting(&local_name!("p")));
    }

    #[test]
    fn later_ones_of_too_many_long_names_are_cut_short() {
        let mut names = Names::new();
        for number in 0..FREE + MOST {
            let name = format!("long-name-{number}");
            assert_eq!(&*names.get(&name), &*name);
        }
        assert!(!names.are_cut());
        assert_eq!(&*names.get("another-name"), "another");
        assert!(names.are_cut());
        // Cut between characters, and not where it is known already.
        assert_eq!(&*names.get("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"), "\u{e9}\u{e9}\u{e9}");
        let last = format!("long-name-{}", FREE + MOST - 1);
        for name in ["blockquote", "short", &last] {
            assert_eq!(&*names.get(name), name);
        }
    }
}

//! The names of elements and attributes, interned.

use html5ever::{LocalName, local_name};

/// Interned names by the text they came from. To intern a name costs as much as to read a short tag, and a page uses
/// few names again and again.
pub(super) struct Names {
    slots: Vec<Option<LocalName>>,
}

const SLOTS: usize = 512;

impl Names {
    pub fn new() -> Self {
        Names { slots: vec![None; SLOTS] }
    }

    pub fn get(&mut self, name: &str) -> LocalName {
        let slot = &mut self.slots[slot(name)];
        match slot {
            Some(known) if **known == *name => known.clone(),
            _ => slot.insert(LocalName::from(name)).clone(),
        }
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

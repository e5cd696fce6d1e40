//! What the words of a page say, whatever its language: data that a speaker of the language can read and
//! correct, and what it takes to look it up in one pass.

mod beginnings;
mod characters;
mod cues;
mod hints;
mod links;
mod words;

use std::sync::LazyLock;

pub(crate) use characters::{ByCharacter, is_of_many};
pub(crate) use cues::{CUE_KINDS, Cues, Spoken};
pub(crate) use hints::{HINT_KINDS, Hints, Meaning, STEMS};
pub(crate) use links::{KindSet, LinkShapes};
pub(crate) use words::{Language, LanguageCount, WordUse, WordUses, Words};

/// All word lists, ready to be looked up.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub words: Words,
    pub cues: Cues,
    pub hints: Hints,
    pub links: LinkShapes,
}

/// The word lists that come with the crate: constant, so that every extractor can share them.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    words: Words::new(),
    cues: Cues::new(),
    hints: Hints::new(),
    links: LinkShapes::new(),
});

/// The lines of a word list with the section each stands in. What stands before the first section is comment.
pub(crate) fn lines(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = None;
    list.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = Some(name);
            return None;
        }
        section.filter(|_| !line.is_empty()).map(|section| (section, line))
    })
}

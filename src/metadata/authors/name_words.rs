//! Words in names, by what they say about those.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::lines;

type Set = FxHashSet<&'static str>;

/// The lists of `name_words.txt`.
#[derive(Default)]
pub(super) struct NameWords {
    pub particles: Set,
    pub role: Set,
    pub group_parts: Vec<&'static str>,
    pub groups: Set,
    pub behind: Set,
    pub before: Vec<&'static str>,
    pub counts: Set,
    pub days: Set,
    pub organisations: Set,
    pub joints: Set,
    pub articles: Set,
}

pub(super) static NAME_WORDS: LazyLock<NameWords> = LazyLock::new(|| {
    let mut words = NameWords::default();
    for (section, line) in lines(include_str!("name_words.txt")) {
        let listed = line.split_whitespace();
        match section {
            "particles" => words.particles.extend(listed),
            "role" => words.role.extend(listed),
            "group_parts" => words.group_parts.extend(listed),
            "groups" => words.groups.extend(listed),
            "behind" => words.behind.extend(listed),
            "before" => words.before.extend(listed),
            "counts" => words.counts.extend(listed),
            "days" => words.days.extend(listed),
            "organisations" => words.organisations.extend(listed),
            "joints" => words.joints.extend(listed),
            _ => words.articles.extend(listed),
        }
    }
    words
});

//! What pages say before names and dates, by language.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::lines;

const LIST: &str = include_str!("bylines.txt");

/// The lists of `bylines.txt`.
pub(super) struct Words {
    /// What begins a byline, with its language; longer ones first.
    by: Vec<(&'static str, &'static str)>,
    pub and: FxHashSet<&'static str>,
    pub roles: FxHashSet<&'static str>,
    pub nobody: FxHashSet<&'static str>,
    not_by: Vec<&'static str>,
    published: Vec<&'static str>,
    modified: Vec<&'static str>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words {
        by: Vec::new(),
        and: FxHashSet::default(),
        roles: FxHashSet::default(),
        nobody: FxHashSet::default(),
        not_by: Vec::new(),
        published: Vec::new(),
        modified: Vec::new(),
    };
    for (section, line) in lines(LIST) {
        let (language, line) = line.split_once(": ").unwrap_or(("", line));
        let phrases = line.split(',').map(str::trim).filter(|phrase| !phrase.is_empty());
        match section {
            "by" => words.by.extend(phrases.map(|phrase| (language, phrase))),
            "and" => words.and.extend(line.split_whitespace()),
            "roles" => words.roles.extend(phrases),
            "nobody" => words.nobody.extend(phrases),
            "not_by" => words.not_by.extend(phrases),
            "published" => words.published.extend(phrases),
            _ => words.modified.extend(phrases),
        }
    }
    words.by.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.len()));
    words
});

impl Words {
    /// What follows the words that begin a byline, if `text` begins with such; and whether a colon stands between.
    /// `language` is the first part of a language tag.
    pub fn after_by<'t>(&self, text: &'t str, language: &str) -> Option<(&'t str, bool)> {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_spoken =
            |known: &str| known == language || matches!(known, "en" | "any") || language.is_empty();
        let phrases = self.by.iter().filter(|(known, _)| is_spoken(known));
        phrases.filter_map(|(_, phrase)| after_phrase(text, phrase)).find(|(rest, _)| !rest.is_empty())
    }

    /// Whether a line names somebody who did something else than write.
    pub fn is_of_others(&self, line: &str) -> bool {
        self.not_by.iter().any(|phrase| after_phrase(line.trim_start(), phrase).is_some())
    }

    /// Whether a text is but the words that begin such a line.
    pub fn is_others(&self, text: &str) -> bool {
        let text = text.trim_start();
        self.not_by.iter().any(|phrase| after_phrase(text, phrase).is_some_and(|(rest, _)| rest.is_empty()))
    }

    /// Whether a text is but the words that begin a byline.
    pub fn is_by(&self, text: &str, language: &str) -> bool {
        self.after_by(&format!("{text} x"), language).is_some_and(|(rest, _)| rest == "x")
    }

    /// Whether the words right before a date say that it is that of a change. `None` if they say nothing.
    pub fn is_of_change(&self, before: &str) -> Option<bool> {
        // What counts is what stands next to the date.
        let lower = before.to_lowercase();
        let last = |phrases: &[&str]| phrases.iter().filter_map(|phrase| rfind_word(&lower, phrase)).max();
        match (last(&self.modified), last(&self.published)) {
            (None, None) => None,
            (modified, published) => Some(modified > published),
        }
    }
}

/// What stands behind `phrase`, if `text` begins with it as whole words; and whether a colon follows it.
fn after_phrase<'t>(text: &'t str, phrase: &str) -> Option<(&'t str, bool)> {
    let mut rest = text.chars();
    for expected in phrase.chars() {
        let c = rest.next()?;
        if c != expected && !c.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    let rest = rest.as_str();
    let is_spaced = phrase.chars().next_back().is_some_and(|c| !is_unspaced(c));
    let is_cut = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    if is_spaced && rest.starts_with(is_cut) {
        return None;
    }
    let trimmed = rest.trim_start_matches([' ', '\u{a0}', '/', '-', '–', '—', '|', '\t', '\n']);
    let has_colon =
        trimmed.starts_with([':', '：', '/', '／', '|']) || rest.trim_start().starts_with(['/', '|']);
    let name = trimmed.trim_start_matches([':', '：', '／', ' ', '\u{a0}']).trim();
    // In scripts without spaces, a mark has to say where the name begins.
    (is_spaced || has_colon).then_some((name, has_colon))
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Where the last `phrase` that stands as whole words in `text` ends.
fn rfind_word(text: &str, phrase: &str) -> Option<usize> {
    let at = text.rfind(phrase)?;
    let end = at + phrase.len();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    let is_whole = !is_letter(text[..at].chars().next_back()) && !is_letter(text[end..].chars().next());
    is_whole.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_begins_with_the_words_of_its_language() {
        let after = |text, language| WORDS.after_by(text, language).map(|(rest, _)| rest);
        assert_eq!(after("By Ada Moor", "en"), Some("Ada Moor"));
        assert_eq!(after("Written by: Ada Moor", "fr"), Some("Ada Moor"));
        assert_eq!(after("Von Ada Moor", "de"), Some("Ada Moor"));
        assert_eq!(after("Von Ada Moor", "en"), None);
        assert_eq!(after("Bypass opened", "en"), None);
        assert_eq!(after("作者：王小明", "zh"), Some("王小明"));
        assert_eq!(after("文章标题", "zh"), None);
    }

    #[test]
    fn the_words_next_to_a_date_say_what_it_is_of() {
        assert_eq!(WORDS.is_of_change("Last updated: "), Some(true));
        assert_eq!(WORDS.is_of_change("Updated 3 May 2021. First published "), Some(false));
        assert_eq!(WORDS.is_of_change("London, "), None);
    }
}

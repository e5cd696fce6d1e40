//! What pages say before names and dates, by language.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::lines;

const LIST: &str = include_str!("bylines.txt");

/// The lists of `bylines.txt`.
pub(super) struct Words {
    /// What begins a byline, with its language; longer ones first.
    by: Phrases,
    pub and: FxHashSet<&'static str>,
    pub roles: FxHashSet<&'static str>,
    pub nobody: FxHashSet<&'static str>,
    not_by: Phrases,
    published: Vec<&'static str>,
    modified: Vec<&'static str>,
}

/// Phrases that a text may begin with, each with its language, by their first characters.
#[derive(Default)]
struct Phrases(FxHashMap<char, Vec<Phrase>>);

struct Phrase {
    /// Of two phrases that a text begins with, the one of lower rank counts.
    rank: usize,
    language: &'static str,
    text: &'static str,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut by, mut not_by) = (Vec::new(), Vec::new());
    let mut words = Words {
        by: Phrases::default(),
        and: FxHashSet::default(),
        roles: FxHashSet::default(),
        nobody: FxHashSet::default(),
        not_by: Phrases::default(),
        published: Vec::new(),
        modified: Vec::new(),
    };
    for (section, line) in lines(LIST) {
        let (language, line) = line.split_once(": ").unwrap_or(("", line));
        let phrases = line.split(',').map(str::trim).filter(|phrase| !phrase.is_empty());
        match section {
            "by" => by.extend(phrases.map(|phrase| (language, phrase))),
            "and" => words.and.extend(line.split_whitespace()),
            "roles" => words.roles.extend(phrases),
            "nobody" => words.nobody.extend(phrases),
            "not_by" => not_by.extend(phrases.map(|phrase| (language, phrase))),
            "published" => words.published.extend(phrases),
            _ => words.modified.extend(phrases),
        }
    }
    by.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.len()));
    (words.by, words.not_by) = (Phrases::of(by), Phrases::of(not_by));
    words
});

impl Phrases {
    fn of(phrases: Vec<(&'static str, &'static str)>) -> Phrases {
        let mut all = Phrases::default();
        for (rank, (language, text)) in phrases.into_iter().enumerate() {
            let Some(first) = text.chars().next() else { continue };
            all.0.entry(first).or_default().push(Phrase { rank, language, text });
        }
        all
    }

    /// What `take` makes of the first phrase that it takes, of those that `text` may begin with by its first character.
    fn first<T>(&self, text: &str, mut take: impl FnMut(&Phrase) -> Option<T>) -> Option<T> {
        let first = text.chars().next()?;
        let mut lower = first.to_lowercase();
        let small = lower.next().filter(|&small| small != first && lower.next().is_none());
        let of_char =
            |first: char| self.0.get(&first)?.iter().find_map(|phrase| Some((phrase.rank, take(phrase)?)));
        let found = [Some(first), small].into_iter().flatten().filter_map(of_char);
        found.min_by_key(|(rank, _)| *rank).map(|(_, taken)| taken)
    }
}

impl Words {
    /// What follows the words that begin a byline, if `text` begins with such; and whether a colon stands between.
    /// `language` is the first part of a language tag.
    pub fn after_by<'t>(&self, text: &'t str, language: &str) -> Option<(&'t str, bool)> {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_spoken =
            |known: &str| known == language || matches!(known, "en" | "any") || language.is_empty();
        self.by.first(text, |phrase| {
            let after = is_spoken(phrase.language).then(|| after_phrase(text, phrase.text))?;
            after.filter(|(rest, _)| !rest.is_empty())
        })
    }

    /// Whether a line names somebody who did something else than write.
    pub fn is_of_others(&self, line: &str) -> bool {
        let line = line.trim_start();
        self.not_by.first(line, |phrase| after_phrase(line, phrase.text)).is_some()
    }

    /// Whether a text is but the words that begin such a line.
    pub fn is_others(&self, text: &str) -> bool {
        let text = text.trim_start();
        let is_all = |phrase: &Phrase| after_phrase(text, phrase.text).filter(|(rest, _)| rest.is_empty());
        self.not_by.first(text, is_all).is_some()
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

pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Where the last `phrase` that stands as whole words in `text` ends.
fn rfind_word(text: &str, phrase: &str) -> Option<usize> {
    // A search made for long texts takes longer to begin than short texts take to look through.
    const SHORT: usize = 120;
    let at = if text.len() > SHORT {
        text.rfind(phrase)?
    } else {
        let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
        let first = *phrase.first()?;
        let starts = 0..(text.len() + 1).saturating_sub(phrase.len());
        starts.rev().find(|&at| text[at] == first && text[at..].starts_with(phrase))?
    };
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

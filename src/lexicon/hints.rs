//! What class, id, role and itemprop words say of an element. They can lie, so they are evidence only.

use super::beginnings::Beginnings;
use super::cues::CUE_KINDS;
use super::lines;

const LIST: &str = include_str!("hints.txt");

/// What hints may speak for, as the sections of the list name it: content, and the kinds that have cues.
pub(crate) const HINT_KINDS: [&str; CUE_KINDS.len() + 1] = {
    let mut kinds = ["content"; CUE_KINDS.len() + 1];
    let mut kind = 0;
    while kind < CUE_KINDS.len() {
        kinds[kind + 1] = CUE_KINDS[kind];
        kind += 1;
    }
    kinds
};

/// Stems of class words that are measured one by one. A stem matches the beginning of a word; one with a
/// space behind it a whole word; one with `~` anywhere, also inside a word.
pub(crate) const STEMS: [&str; 50] = [
    "~nav",
    "menu",
    "foot",
    "~sidebar",
    "widget",
    "~related",
    "social",
    "~comment",
    "ad ",
    "~modal",
    "page",
    "tab",
    "meta",
    "author",
    "cta",
    "price",
    "head",
    "~content",
    "~article",
    "main",
    "body",
    "post",
    "entry",
    "text",
    "product",
    "desc",
    "doc",
    "card",
    "grid",
    "col",
    "review",
    "thread",
    "topic",
    "reply",
    "message",
    "faq",
    "accordion",
    "hidden",
    "section",
    "title",
    "caption",
    "form",
    "button",
    "testimonial",
    "feature",
    "toc",
    "date",
    "user",
    "quote",
    "wrap",
];

#[derive(Debug)]
pub(crate) struct Hints {
    patterns: Beginnings<Meaning>,
}

/// What a word in a class or id stands for: an index in [`HINT_KINDS`] or in [`STEMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Kind(u8),
    Stem(u8),
}

impl Hints {
    pub fn new() -> Self {
        let mut patterns = Vec::new();
        for (section, line) in lines(LIST) {
            let Some(kind) = HINT_KINDS.iter().position(|&kind| kind == section) else {
                continue;
            };
            patterns.push((format!(" {line} "), Meaning::Kind(kind as u8)));
        }
        for (index, stem) in STEMS.iter().enumerate() {
            let pattern = match stem.strip_prefix('~') {
                Some(anywhere) => anywhere.to_owned(),
                None => format!(" {stem}"),
            };
            patterns.push((pattern, Meaning::Stem(index as u8)));
        }
        Hints { patterns: Beginnings::new(patterns) }
    }

    /// Calls `found` with what the words of an attribute's value stand for. `room` holds the value's words for the
    /// search.
    pub fn meanings(&self, value: &str, room: &mut Vec<u8>, mut found: impl FnMut(Meaning)) {
        room.clear();
        split_words(value, room);
        self.patterns.find(room, |&meaning| found(meaning));
    }
}

/// The words of a class or id in lower case, a space around each: they are divided by anything but letters
/// and digits, by a capital after a small letter, and between letters and digits.
fn split_words(value: &str, out: &mut Vec<u8>) {
    // Longer values hold generated data, not names.
    const LONGEST: usize = 2_000;
    let value = &value.as_bytes()[..value.len().min(LONGEST)];
    // Every character takes a space before it at most.
    out.resize(2 * value.len() + 2, b' ');
    let (mut end, mut last) = (1, Class::Other);
    for &byte in value {
        let class = CLASSES[usize::from(byte)];
        // A small letter goes on with the word that a capital begins.
        let divides = class != last && !(last == Class::Capital && class == Class::Small);
        end += usize::from(divides && out[end - 1] != b' ');
        if class != Class::Other {
            out[end] = byte.to_ascii_lowercase();
            end += 1;
        }
        last = class;
    }
    end += usize::from(out[end - 1] != b' ');
    out.truncate(end);
}

/// What kind of character a byte is, as far as it tells words apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Small,
    Capital,
    Digit,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' => Class::Capital,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let words = |value: &str| {
            let mut words = Vec::new();
            split_words(value, &mut words);
            String::from_utf8(words).unwrap()
        };
        assert_eq!(words("siteFooter nav-menu2 comment__list"), " site footer nav menu 2 comment list ");
        assert_eq!(words("HTMLBox Ab aB 4x x4X4 \u{e9}a -"), " htmlbox ab a b 4 x x 4 x 4 a ");
        assert_eq!([words(""), words("-- ")], [" ", " "]);
    }

    #[test]
    fn short_stems_match_whole_words_only() {
        let hints = Hints::new();
        let ad = STEMS.iter().position(|&stem| stem == "ad ").unwrap() as u8;
        let has_ad = |value: &str| {
            let mut has_ad = false;
            hints.meanings(value, &mut Vec::new(), |meaning| has_ad |= meaning == Meaning::Stem(ad));
            has_ad
        };
        assert!(has_ad("top-ad") && has_ad("adBox"));
        assert!(!has_ad("header shadow load"));
    }
}

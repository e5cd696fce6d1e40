//! What class, id, role and itemprop words say of an element. They can lie, so they are evidence only.

use super::beginnings::Beginnings;
use super::lines;

const LIST: &str = include_str!("hints.txt");

/// What hints may speak for, as the sections of the list name it.
pub(crate) const HINT_KINDS: [&str; 13] = [
    "content",
    "metadata",
    "navigation",
    "site_header",
    "site_footer",
    "related",
    "comments",
    "social",
    "subscription",
    "advertisement",
    "notice",
    "controls",
    "legal",
];

/// Stems of class words that are measured one by one. A stem matches the beginning of a word; one with a
/// space behind it a whole word; one with `~` anywhere, also inside a word.
pub(crate) const STEMS: [&str; 92] = [
    "~nav",
    "menu",
    "foot",
    "~sidebar",
    "widget",
    "~related",
    "~share",
    "social",
    "~comment",
    "cookie",
    "banner",
    "promo",
    "ad ",
    "ads ",
    "~advert",
    "sponsor",
    "breadcrumb",
    "~newsletter",
    "subscri",
    "popup",
    "~modal",
    "overlay",
    "login",
    "search",
    "pagin",
    "page",
    "tab",
    "tag",
    "meta",
    "byline",
    "author",
    "copyright",
    "recommend",
    "popular",
    "teaser",
    "cta",
    "cart",
    "price",
    "filter",
    "facet",
    "head",
    "~content",
    "~article",
    "main",
    "body",
    "post",
    "entry",
    "text",
    "rich",
    "story",
    "product",
    "desc",
    "doc",
    "card",
    "grid",
    "list",
    "item",
    "row",
    "col",
    "hero",
    "review",
    "rating",
    "thread",
    "topic",
    "reply",
    "message",
    "answer",
    "question",
    "faq",
    "accordion",
    "hidden",
    "sr only",
    "code",
    "section",
    "title",
    "caption",
    "gallery",
    "img",
    "video",
    "form",
    "button",
    "btn ",
    "testimonial",
    "feature",
    "spec",
    "toc",
    "date",
    "user",
    "sign",
    "quote",
    "container",
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
    pub fn meanings(&self, value: &str, room: &mut String, mut found: impl FnMut(Meaning)) {
        room.clear();
        split_words(value, room);
        self.patterns.find(room, |&meaning| found(meaning));
    }
}

/// The words of a class or id in lower case, a space around each: they are divided by anything but letters
/// and digits, by a capital after a small letter, and between letters and digits.
fn split_words(value: &str, out: &mut String) {
    // Longer values hold generated data, not names.
    const LONGEST: usize = 2_000;
    let mut last = b' ';
    out.push(' ');
    for byte in value.bytes().take(LONGEST) {
        let divides = (last.is_ascii_lowercase() && byte.is_ascii_uppercase())
            || (last.is_ascii_alphabetic() && byte.is_ascii_digit())
            || (last.is_ascii_digit() && byte.is_ascii_alphabetic());
        let is_word = byte.is_ascii_alphanumeric();
        if (divides || !is_word) && !out.ends_with(' ') {
            out.push(' ');
        }
        if is_word {
            out.push(char::from(byte.to_ascii_lowercase()));
        }
        last = byte;
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let mut words = String::new();
        split_words("siteFooter nav-menu2 comment__list", &mut words);
        assert_eq!(words, " site footer nav menu 2 comment list ");
    }

    #[test]
    fn short_stems_match_whole_words_only() {
        let hints = Hints::new();
        let ad = STEMS.iter().position(|&stem| stem == "ad ").unwrap() as u8;
        let has_ad = |value: &str| {
            let mut has_ad = false;
            hints.meanings(value, &mut String::new(), |meaning| has_ad |= meaning == Meaning::Stem(ad));
            has_ad
        };
        assert!(has_ad("top-ad") && has_ad("adBox"));
        assert!(!has_ad("header shadow load"));
    }
}

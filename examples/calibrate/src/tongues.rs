//! Pages as they would look in languages that the corpora barely have: pages of the corpora with every word exchanged for
//! one of about the length it would have there.
//!
//! Scripts without capitals, without spaces, or of few signs a word make other numbers of the same page. From copies of
//! this kind forests learn which numbers tell regions apart in every script, and not what capitals tell in English. What a cue
//! says is said by a cue of the same kind, function words by function words; all other words say nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use tamis::html5ever::tendril::StrTendril;
use tamis::html5ever::{expanded_name, local_name, ns};
use tamis::internals::lines;
use tamis::rcdom::NodeData;

use crate::folds::fnv;
use crate::rewrite::rewrite;

/// How a language is written.
struct Tongue {
    code: &'static str,
    cues: &'static str,
    /// Its signs, from one to another.
    signs: &'static [(char, char)],
    /// Latin letters that a sign stands for.
    letters_a_sign: f32,
    is_spaced: bool,
    /// What ends a sentence, parts it, and asks.
    full_stop: &'static str,
    comma: &'static str,
    question: &'static str,
}

macro_rules! lexicon {
    ($file:literal) => {
        include_str!(concat!("../../../src/lexicon/", $file))
    };
}

/// The languages that pages are put into; the first is meant the most.
const TONGUES: [Tongue; 5] = [
    Tongue {
        code: "zh",
        cues: lexicon!("cues/zh.txt"),
        signs: &[('\u{4e00}', '\u{9fa5}')],
        letters_a_sign: 3.2,
        is_spaced: false,
        full_stop: "。",
        comma: "，",
        question: "？",
    },
    Tongue {
        code: "ja",
        cues: lexicon!("cues/ja.txt"),
        signs: &[('\u{3042}', '\u{3093}'), ('\u{30a2}', '\u{30f3}'), ('\u{4e00}', '\u{4fff}')],
        letters_a_sign: 2.2,
        is_spaced: false,
        full_stop: "。",
        comma: "、",
        question: "？",
    },
    Tongue {
        code: "ko",
        cues: lexicon!("cues/ko.txt"),
        signs: &[('\u{ac00}', '\u{d7a3}')],
        letters_a_sign: 2.4,
        is_spaced: true,
        full_stop: ".",
        comma: ",",
        question: "?",
    },
    Tongue {
        code: "ar",
        cues: lexicon!("cues/ar.txt"),
        signs: &[('\u{0628}', '\u{063a}'), ('\u{0641}', '\u{064a}')],
        letters_a_sign: 1.2,
        is_spaced: true,
        full_stop: ".",
        comma: "،",
        question: "؟",
    },
    Tongue {
        code: "th",
        cues: lexicon!("cues/th.txt"),
        signs: &[('\u{0e01}', '\u{0e2e}'), ('\u{0e40}', '\u{0e44}')],
        letters_a_sign: 1.1,
        is_spaced: false,
        full_stop: " ",
        comma: " ",
        question: "?",
    },
];

/// Languages that pages are put out of.
const SOURCES: [(&str, &str); 8] = [
    ("en", lexicon!("cues/en.txt")),
    ("de", lexicon!("cues/de.txt")),
    ("fr", lexicon!("cues/fr.txt")),
    ("es", lexicon!("cues/es.txt")),
    ("it", lexicon!("cues/it.txt")),
    ("pt", lexicon!("cues/pt.txt")),
    ("nl", lexicon!("cues/nl.txt")),
    ("pl", lexicon!("cues/pl.txt")),
];

const FUNCTION_WORDS: &str = lexicon!("function_words.txt");
const ADDRESS: &str = lexicon!("address.txt");

/// What a phrase does: the section of its list, and where in a text it does it.
type Use = (&'static str, Place);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// It is all that the text says.
    Whole,
    Beginning,
    Anywhere,
}

/// Words of a phrase at most.
const LONGEST_PHRASE: usize = 6;

/// What phrases of the languages that pages are put out of do.
static PHRASES: LazyLock<HashMap<String, Use>> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    for (code, cues) in SOURCES {
        for (word, section) in words_of(code) {
            phrases.entry(word.to_owned()).or_insert((section, Place::Anywhere));
        }
        for (section, place, phrase) in cues_of(cues) {
            phrases.entry(phrase.to_lowercase()).or_insert((section, place));
        }
    }
    phrases
});

/// The phrases of every language that pages are put into, by what they do.
static SPOKEN: LazyLock<Vec<HashMap<Use, Vec<&'static str>>>> = LazyLock::new(|| {
    let of = |tongue: &Tongue| {
        let mut spoken: HashMap<Use, Vec<&'static str>> = HashMap::new();
        for (section, place, phrase) in cues_of(tongue.cues) {
            spoken.entry((section, place)).or_default().push(phrase);
        }
        for (word, section) in words_of(tongue.code) {
            spoken.entry((section, Place::Anywhere)).or_default().push(word);
        }
        spoken
    };
    TONGUES.iter().map(of).collect()
});

fn cues_of(list: &'static str) -> impl Iterator<Item = (&'static str, Place, &'static str)> {
    lines(list).map(|(section, line)| match line.as_bytes()[0] {
        b'=' => (section, Place::Whole, &line[1..]),
        b'^' => (section, Place::Beginning, &line[1..]),
        _ => (section, Place::Anywhere, line),
    })
}

/// Function words, and words by which a text turns to its reader, each with what it does.
fn words_of(code: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let address = lines(ADDRESS).filter_map(move |(section, line)| {
        let (language, words) = line.split_once(": ")?;
        Some((section, words)).filter(|_| language == code)
    });
    let function = lines(FUNCTION_WORDS).filter(move |(language, _)| *language == code);
    let all = address.chain(function.map(|(_, words)| ("function", words)));
    all.flat_map(|(section, words)| words.split_whitespace().map(move |word| (word, section)))
}

fn hash(text: &str, salt: u64) -> usize {
    (fnv(text, salt) >> 24) as usize
}

/// The language for a page: half of them become Chinese. Another page stays as it is.
fn tongue_for(id: &str) -> Option<usize> {
    let by_hash = [0, 0, 0, 0, 1, 2, 3, 4];
    by_hash.get(hash(id, 1) % (2 * by_hash.len())).copied()
}

/// The page in another language; `None` if this one is to stay as it is.
pub fn translate_html(id: &str, html: &str) -> Option<String> {
    let tongue = tongue_for(id)?;
    let is_mute = |parent: &NodeData| match parent {
        NodeData::Element { name, .. } => {
            matches!(name.expanded(), expanded_name!(html "script") | expanded_name!(html "style"))
        }
        _ => false,
    };
    Some(rewrite(html, &|node, parent| match node {
        NodeData::Text { contents } if !is_mute(parent) => {
            NodeData::Text { contents: StrTendril::from(translate(&contents.borrow(), tongue)).into() }
        }
        NodeData::Element { attrs, .. } => {
            for attribute in attrs.borrow_mut().iter_mut() {
                if attribute.name.local == local_name!("lang") {
                    attribute.value = TONGUES[tongue].code.into();
                }
            }
            node.clone()
        }
        _ => node.clone(),
    }))
}

/// The text in another language, line by line; `None` if this one is to stay as it is.
pub fn translate_text(id: &str, text: &str) -> Option<String> {
    let tongue = tongue_for(id)?;
    let lines = text.split_inclusive('\n').map(|line| translate(line, tongue));
    Some(lines.collect())
}

/// A text in another language; white space at its ends stays.
fn translate(text: &str, tongue: usize) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let end = start + inner.len();
    format!("{}{}{}", &text[..start], translate_inner(inner, tongue), &text[end..])
}

fn translate_inner(text: &str, tongue: usize) -> String {
    let pieces = pieces(text);
    let lower: Vec<String> = pieces.iter().map(|piece| piece.to_lowercase()).collect();
    let words: Vec<usize> = (0..pieces.len()).filter(|&at| is_word(pieces[at])).collect();
    let mut out = String::new();
    let (mut at, mut word) = (0, 0);
    while at < pieces.len() {
        if words.get(word) != Some(&at) {
            push_between(pieces[at], at + 1 == pieces.len(), tongue, &mut out);
            at += 1;
            continue;
        }
        let (said, taken) = said_from(&lower, &words, word, tongue);
        match said {
            Some(phrase) => out.push_str(phrase),
            None => push_word(&lower[at], pieces[at], tongue, &mut out),
        }
        at = words[word + taken - 1] + 1;
        word += taken;
    }
    out
}

/// What is said by the longest known phrase that begins with a word, and how many words that takes.
fn said_from(lower: &[String], words: &[usize], word: usize, tongue: usize) -> (Option<&'static str>, usize) {
    for count in (1..=LONGEST_PHRASE.min(words.len() - word)).rev() {
        let (first, last) = (words[word], words[word + count - 1]);
        let phrase = lower[first..=last].concat();
        let Some(&(section, place)) = PHRASES.get(&phrase) else { continue };
        let fits = match place {
            Place::Whole => count == words.len(),
            Place::Beginning => word == 0,
            Place::Anywhere => true,
        };
        let spoken = SPOKEN[tongue].get(&(section, place));
        if let Some(spoken) = spoken.filter(|spoken| fits && !spoken.is_empty()) {
            return (Some(spoken[hash(&phrase, 2) % spoken.len()]), count);
        }
    }
    (None, 1)
}

/// Words, and what is between them, in order.
fn pieces(text: &str) -> Vec<&str> {
    let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = is_in_word(first);
        let end = rest.find(|c| is_in_word(c) != is_word).unwrap_or(rest.len());
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// A word in the signs of another language: always the same for the same word. Numbers, and a name now and then, stay.
fn push_word(lower: &str, word: &str, tongue: usize, out: &mut String) {
    const KEPT: usize = 25;
    let is_latin = word.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    if !is_latin || !word.contains(char::is_alphabetic) || hash(lower, 3).is_multiple_of(KEPT) {
        return out.push_str(word);
    }
    let tongue = &TONGUES[tongue];
    let letters = lower.chars().count() as f32;
    let dither = (hash(lower, 4) % 100) as f32 / 100.0;
    let count = ((letters / tongue.letters_a_sign + dither) as usize).max(1);
    let sizes = tongue.signs.iter().map(|&(from, to)| to as usize - from as usize + 1);
    let all: usize = sizes.sum();
    for nth in 0..count {
        let mut place = hash(lower, 5 + nth as u64) % all;
        for &(from, to) in tongue.signs {
            let size = to as usize - from as usize + 1;
            if place < size {
                out.extend(char::from_u32(from as u32 + place as u32));
                break;
            }
            place -= size;
        }
    }
}

fn push_between(between: &str, is_last: bool, tongue: usize, out: &mut String) {
    let tongue = &TONGUES[tongue];
    let text = between.trim_start();
    if text.is_empty() && between != "\u{a0}" {
        if tongue.is_spaced || between.contains('\n') {
            out.push_str(between);
        }
        return;
    }
    // What stands in a number or an address is no mark of a sentence.
    let ends = is_last || between.ends_with(char::is_whitespace);
    let mark = match text.trim_end() {
        _ if !ends => return out.push_str(between),
        "." | "!" => tongue.full_stop,
        "," | ";" => tongue.comma,
        "?" => tongue.question,
        _ => return out.push_str(between),
    };
    out.push_str(mark);
    if tongue.is_spaced && !is_last {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_signs_and_cues_cues_of_the_same_kind() {
        let chinese = translate(" Related articles ", 0);
        assert!(SPOKEN[0][&("related", Place::Whole)].contains(&chinese.trim()), "{chinese}");
        assert!(chinese.starts_with(' ') && chinese.ends_with(' '));
        let sentence = translate("Elephants remember, don't they?", 0);
        assert!(sentence.ends_with('？') && sentence.contains('，') && !sentence.contains(' '), "{sentence}");
        assert_eq!(translate("Elephants remember, don't they?", 0), sentence);
        assert_eq!(translate("12.30 | 7", 0), "12.30 | 7");
        assert!(translate("two words", 3).contains(' '));
    }
}

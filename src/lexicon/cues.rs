//! Cues: what the visible text of boilerplate says, per kind and language.
//!
//! All cues of all languages are searched for at once, by [`Beginnings`] over the normalised text of a block.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::beginnings::Beginnings;
use super::characters::{ByCharacter, is_of_many};
use super::lines;
use crate::page::BoilerplateKind;

/// The kinds that have cues, as the sections of the lists name them: the first kinds, in the same order.
pub(crate) const CUE_KINDS: [&str; 12] = match BoilerplateKind::NAMES.first_chunk() {
    Some(kinds) => *kinds,
    None => panic!("there are more kinds than have cues"),
};

/// What the words of a block say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// How strongly each kind's cues speak: 0 not at all, 1 somewhere in it, 2 at its beginning, 3 it is nothing
    /// but a cue.
    pub cues: [u8; CUE_KINDS.len()],
    /// How often words that speak of each kind stand in it. Articles use them, too, so they are weaker evidence.
    pub topics: [u8; CUE_KINDS.len()],
}

/// Strength of a word of a topic list.
const TOPIC: u8 = 0;

const TOPICS: &str = include_str!("topics.txt");

const LISTS: [&str; 29] = [
    include_str!("cues/ar.txt"),
    include_str!("cues/cs.txt"),
    include_str!("cues/da.txt"),
    include_str!("cues/de.txt"),
    include_str!("cues/el.txt"),
    include_str!("cues/en.txt"),
    include_str!("cues/es.txt"),
    include_str!("cues/fa.txt"),
    include_str!("cues/fi.txt"),
    include_str!("cues/fr.txt"),
    include_str!("cues/he.txt"),
    include_str!("cues/hi.txt"),
    include_str!("cues/hu.txt"),
    include_str!("cues/id.txt"),
    include_str!("cues/it.txt"),
    include_str!("cues/ja.txt"),
    include_str!("cues/ko.txt"),
    include_str!("cues/nl.txt"),
    include_str!("cues/no.txt"),
    include_str!("cues/pl.txt"),
    include_str!("cues/pt.txt"),
    include_str!("cues/ro.txt"),
    include_str!("cues/ru.txt"),
    include_str!("cues/sv.txt"),
    include_str!("cues/th.txt"),
    include_str!("cues/tr.txt"),
    include_str!("cues/uk.txt"),
    include_str!("cues/vi.txt"),
    include_str!("cues/zh.txt"),
];

/// Marks the beginning and the end of a block in its normalised text.
const START: char = '\u{1}';
const END: char = '\u{2}';

#[derive(Debug)]
pub(crate) struct Cues {
    /// Every pattern, with kind and strength.
    patterns: Beginnings<(u8, u8)>,
}

impl Cues {
    pub fn new() -> Self {
        let mut patterns = Vec::new();
        for (section, line) in LISTS.iter().flat_map(|list| lines(list)) {
            let Some(kind) = kind_named(section) else { continue };
            let (strength, cue) = match line.chars().next() {
                Some('=') => (3, &line[1..]),
                Some('^') => (2, &line[1..]),
                _ => (1, line),
            };
            patterns.push((pattern(cue, strength), (kind as u8, strength)));
        }
        let mut known = HashSet::new();
        for (section, line) in lines(TOPICS) {
            let Some(kind) = kind_named(section) else { continue };
            for stem in line.split_whitespace() {
                let pattern = pattern(stem, TOPIC);
                // Several languages share a stem; it counts once.
                if known.insert((kind, pattern.clone())) {
                    patterns.push((pattern, (kind as u8, TOPIC)));
                }
            }
        }
        Cues { patterns: Beginnings::new(patterns) }
    }

    /// What is said in `text`. `room` holds its normalised form.
    pub fn spoken(&self, text: &str, room: &mut Vec<u8>) -> Spoken {
        let mut spoken = Spoken::default();
        room.clear();
        room.push(START as u8);
        normalise(text, room);
        room.push(END as u8);
        self.patterns.find(room, |&(kind, strength)| {
            if strength == TOPIC {
                let count = &mut spoken.topics[kind as usize];
                *count = count.saturating_add(1);
                return;
            }
            let best = &mut spoken.cues[kind as usize];
            *best = (*best).max(strength);
        });
        spoken
    }
}

fn kind_named(section: &str) -> Option<usize> {
    CUE_KINDS.iter().position(|&kind| kind == section)
}

/// A cue as it is searched for: with the spaces that bound its words, and with the mark of the block's
/// beginning or end where it must stand there.
fn pattern(cue: &str, strength: u8) -> String {
    let (cue, is_stem) = match cue.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (cue, false),
    };
    let mut words = Vec::new();
    normalise(cue, &mut words);
    let words = String::from_utf8_lossy(&words);
    let words = words.trim();
    let is_spaced = !cue.chars().any(is_written_without_spaces);
    match strength {
        3 => format!("{START} {words} {END}"),
        2 if is_spaced && !is_stem => format!("{START} {words} "),
        2 => format!("{START} {words}"),
        _ if !is_spaced => words.to_owned(),
        _ if is_stem => format!(" {words}"),
        _ => format!(" {words} "),
    }
}

fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}')
}

/// Lower case, one space between words, around the whole, and for punctuation; a run of digits is one `#`.
fn normalise(text: &str, out: &mut Vec<u8>) {
    out.push(b' ');
    let mut last = b' ';
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        normalise_ascii(&rest.as_bytes()[..ascii], &mut last, out);
        rest = &rest[ascii..];
        for c in rest.chars().take_while(|c| !c.is_ascii()) {
            rest = &rest[c.len_utf8()..];
            normalise_char(c, &mut last, out);
        }
    }
    if last != b' ' {
        out.push(b' ');
    }
}

/// Appends what a character beyond ASCII is normalised to. `last` is what was appended last, as far as that matters.
fn normalise_char(c: char, last: &mut u8, out: &mut Vec<u8>) {
    let (role, small) = match c {
        c if is_of_many(c) => (Role::Letter, Some(c)),
        c => ROLES.of(c),
    };
    match role {
        Role::Unseen => {}
        Role::Apostrophe => push_ascii(b'\'', last, out),
        Role::Number => push_ascii(b'#', last, out),
        Role::Letter => push_letter(c, small, last, out),
        Role::Mark if !matches!(*last, b' ' | b'#') => push_letter(c, small, last, out),
        Role::Mark | Role::Divider => push_ascii(b' ', last, out),
    }
}

/// The small letter of a letter; none if it is no single character.
fn small(c: char) -> Option<char> {
    // Romanian is written with a cedilla where a comma below is meant.
    let c = match c {
        'ş' | 'Ş' => 'ș',
        'ţ' | 'Ţ' => 'ț',
        c => c,
    };
    let mut small = c.to_lowercase();
    small.next().filter(|_| small.next().is_none())
}

/// What a character beyond ASCII does in a text.
#[derive(Clone, Copy)]
enum Role {
    Unseen,
    Apostrophe,
    Number,
    /// A letter, or a mark that stands for one.
    Letter,
    /// A mark that belongs to the letter before it, if there is one.
    Mark,
    Divider,
}

static ROLES: LazyLock<ByCharacter<(Role, Option<char>)>> =
    LazyLock::new(|| ByCharacter::new(|c| (Role::looked_up(c), small(c))));

impl Role {
    fn looked_up(c: char) -> Role {
        match c {
            c if is_unseen(c) => Role::Unseen,
            '’' | '´' | 'ʼ' => Role::Apostrophe,
            c if c.is_numeric() => Role::Number,
            // Some marks belong to the letters they stand on.
            c if c.is_alphabetic() || is_mark(c) => Role::Letter,
            c if is_rare_mark(c) => Role::Mark,
            _ => Role::Divider,
        }
    }
}

fn push_letter(c: char, small: Option<char>, last: &mut u8, out: &mut Vec<u8>) {
    let mut push = |c: char| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    match small {
        Some(small) => push(small),
        None => c.to_lowercase().for_each(push),
    }
    // Any letter will do.
    *last = b'a';
}

fn push_ascii(byte: u8, last: &mut u8, out: &mut Vec<u8>) {
    if byte != *last || !matches!(byte, b' ' | b'#') {
        out.push(byte);
    }
    *last = byte;
}

/// What [`normalise`] makes of each character of ASCII.
static ASCII: [u8; 128] = {
    let mut normal = [b' '; 128];
    let mut byte = 0;
    while byte < 128 {
        normal[byte] = match byte as u8 {
            b'#' | b'0'..=b'9' => b'#',
            b'\'' | b'`' => b'\'',
            letter if letter.is_ascii_alphabetic() => letter.to_ascii_lowercase(),
            _ => b' ',
        };
        byte += 1;
    }
    normal
};

fn normalise_ascii(text: &[u8], last: &mut u8, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + text.len(), 0);
    let mut end = start;
    for &byte in text {
        let byte = ASCII[usize::from(byte & 0x7f)];
        let repeats = byte == *last && matches!(byte, b' ' | b'#');
        *last = byte;
        // What repeats is overwritten.
        out[end] = byte;
        end += usize::from(!repeats);
    }
    out.truncate(end);
}

/// Combining marks of scripts that can't be written without them, and joiners.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{962}' | '\u{963}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{200c}' | '\u{200d}')
}

/// Other marks that belong to the letter before them, and are no letters by themselves.
fn is_rare_mark(c: char) -> bool {
    matches!(c,
        '\u{483}'..='\u{489}' | '\u{6d6}'..='\u{6ed}' | '\u{730}'..='\u{74a}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}'
        | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}'
        | '\u{d4d}' | '\u{dca}' | '\u{eb8}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{f35}' | '\u{f37}' | '\u{f39}'
        | '\u{f82}'..='\u{f87}' | '\u{1037}' | '\u{1039}' | '\u{103a}' | '\u{135d}'..='\u{135f}'
        | '\u{17c9}'..='\u{17d3}' | '\u{17dd}' | '\u{1a60}'..='\u{1a7f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1b34}'
        | '\u{1b44}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{302a}'..='\u{302f}' | '\u{3099}'
        | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that nobody sees, inside of words, too: soft hyphens, marks of direction, selectors of a glyph.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(text: &str, kind: &str) -> u8 {
        let kind = CUE_KINDS.iter().position(|&k| k == kind).unwrap();
        super::super::LEXICON.cues.spoken(text, &mut Vec::new()).cues[kind]
    }

    fn normal(text: &str) -> String {
        let mut normal = Vec::new();
        normalise(text, &mut normal);
        String::from_utf8(normal).unwrap()
    }

    #[test]
    fn every_list_has_cues_of_every_section_it_names() {
        for list in LISTS {
            assert!(lines(list).all(|(section, _)| CUE_KINDS.contains(&section)));
            assert!(lines(list).count() > 50, "a list is almost empty");
        }
    }

    #[test]
    fn no_cue_is_empty_or_matches_every_text() {
        for (_, line) in LISTS.iter().flat_map(|list| lines(list)) {
            let letters = line.chars().filter(|c| c.is_alphabetic()).count();
            assert!(letters >= 1, "{line:?}");
        }
    }

    #[test]
    fn text_of_ascii_is_normalised_like_any_other() {
        let text: String = (0..128_u8).map(char::from).chain("## 12 a1 ''".chars()).collect();
        let alone = normal(&text);
        // What comes between stands apart from the rest and leaves it as it was.
        assert_eq!(normal(&format!("{text} é {text}")), format!("{alone}é{alone}"));
    }

    #[test]
    fn a_cue_never_matches_inside_another_word() {
        assert_eq!(pattern("shop", 1), " shop ");
        assert!(!normal("Workshops").contains(&pattern("shop", 1)));
    }

    #[test]
    fn marks_and_unseen_characters_do_not_end_a_word() {
        assert!(strength("share this", "social") > 0);
        for inside in [
            '\u{ad}', '\u{202e}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{fe0f}', '\u{301}', '\u{489}',
            '\u{20dd}',
        ] {
            let word = format!("work{inside}share this{inside}tle");
            assert_eq!(strength(&word, "social"), 0, "{word:?}");
            let text = normal(&format!("a{inside}b"));
            assert_eq!(text.split(' ').filter(|word| !word.is_empty()).count(), 1, "{text:?}");
        }
        // None is in the way of a word that stands by itself.
        assert!(strength("\u{202a}share\u{ad} this\u{202c}", "social") > 0);
    }

    #[test]
    fn a_whole_block_speaks_louder_than_its_beginning_and_that_than_its_middle() {
        assert_eq!(strength("Related articles", "related"), 3);
        assert!(strength("We use cookies to make this site work.", "notice") >= 1);
        assert_eq!(strength("The river rose again last night.", "notice"), 0);
    }
}

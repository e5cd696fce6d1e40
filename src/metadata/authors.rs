//! Names of authors, without what stands around them.

mod name_words;
pub(super) mod organisations;

use super::words::WORDS;
use crate::squash::squash;
use name_words::NAME_WORDS;

/// More authors than this are a list of something else.
const MOST: usize = 32;
const LONGEST_NAME: usize = 100;
const MOST_WORDS: usize = 8;

/// The names in a value that says who wrote the page. `language` is the first part of a language tag.
pub(super) fn names(value: &str, language: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in split(&strip_by(value, language)).into_iter().filter_map(|part| clean(&part, language)) {
        if names.len() < MOST && !names.iter().any(|known| same(known, &name)) {
            names.push(name);
        }
    }
    names
}

/// Whether two names are the same but for case, spacing and academic titles.
pub(super) fn same(a: &str, b: &str) -> bool {
    fn bare(name: &str) -> &str {
        let titles = ["Dr. ", "Dr ", "Prof. ", "Prof ", "Mag. ", "Dipl. "];
        titles.iter().find_map(|title| name.strip_prefix(title)).unwrap_or(name)
    }
    let (a, b) = (bare(bare(a)), bare(bare(b)));
    let letters = |name: &str| {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}

fn strip_by(value: &str, language: &str) -> String {
    let value = squash(value);
    match WORDS.after_by(&value, language) {
        Some((rest, _)) => rest.to_owned(),
        None => value,
    }
}

/// Cuts a list of names.
fn split(value: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let value = value.replace(" - ", " – ");
    for part in value
        .split([';', '|', '•', '·', '⋅', '\n', '、', '／', '–', '—', '→', '›', '»', '●', '▪', '\u{2028}'])
    {
        // What names one organisation has commas and "and" in it.
        if organisations::is_one(part) {
            parts.push(part.trim().to_owned());
            continue;
        }
        let pieces: Vec<&str> =
            part.split([',', '，', '،']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        // "Moor, Ada" is one name: one word, then others.
        if let [last, first] = pieces[..] {
            let is_one = last.split(' ').count() == 1 && first.split(' ').count() <= 2 && !is_title(first);
            if is_one
                && first.chars().next().is_some_and(char::is_uppercase)
                && last.chars().next().is_some_and(char::is_uppercase)
            {
                parts.push(format!("{first} {last}"));
                continue;
            }
        }
        let mut is_behind_role = false;
        for (at, piece) in pieces.iter().enumerate() {
            // What an author is, or is called, behind the name; and where.
            let is_role = at > 0 && (names_role(piece) || is_marked_group(piece));
            let is_place =
                is_behind_role && !split_at_and(piece).iter().all(|name| organisations::is_person(name));
            is_behind_role |= is_role;
            if is_role || is_place || at > 0 && is_title(piece) {
                continue;
            }
            parts.extend(split_at_and(piece));
        }
    }
    parts
}

/// Cuts "Ada Moor and Ben Lake".
fn split_at_and(piece: &str) -> Vec<String> {
    let mut names = vec![Vec::new()];
    for word in piece.split(' ') {
        let lower = word.to_lowercase();
        match WORDS.and.contains(lower.as_str()) {
            true => names.push(Vec::new()),
            false => names.last_mut().into_iter().for_each(|name| name.push(word)),
        }
    }
    names.retain(|name| !name.is_empty());
    // Half of a pair that has no name of its own is no author: "Search and Rescue" is not two.
    let is_names = names.iter().all(|name| {
        name.iter().any(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase()))
    });
    if !is_names || (names.len() == 2 && names.iter().all(|name| name.len() == 1)) {
        return vec![piece.to_owned()];
    }
    names.into_iter().map(|name| name.join(" ")).collect()
}

/// Whether a text that a page shows looks like a name: its words begin with capitals, if its script has such. A name that is
/// marked as one may be a lower-case one, as users of forums have, of a single word.
pub(super) fn is_name(name: &str, is_marked: bool) -> bool {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let starts_small = |word: &&&str| word.chars().next().is_some_and(char::is_lowercase);
    let small: Vec<&&str> = words.iter().filter(starts_small).collect();
    let is_one = organisations::is_one(name);
    let may_be_small = |word: &&&str| {
        NAME_WORDS.particles.contains(**word) || is_marked_group(word) || is_one && WORDS.and.contains(**word)
    };
    let is_capital = small.iter().all(may_be_small) && small.len() < words.len();
    let ends_sentence = name.ends_with(['。', '…', ':']) || name.contains(". ") && words.len() > 4;
    words.len() <= 6 && !is_role(name) && !ends_sentence && (is_capital || is_marked && words.len() == 1)
}

/// Whether a text says what somebody is, and no more: "Senior Writer".
pub(super) fn is_role(text: &str) -> bool {
    text.split(' ').count() <= 4 && names_role(text) && !is_marked_group(text)
}

fn names_role(piece: &str) -> bool {
    piece.split([' ', '/']).any(|word| NAME_WORDS.role.contains(word.to_lowercase().trim_end_matches('s')))
}

/// A group that writes as one.
fn is_marked_group(name: &str) -> bool {
    let lower = name.to_lowercase();
    NAME_WORDS.group_parts.iter().any(|word| lower.contains(word))
}

/// Academic degrees and the like behind a name.
fn is_title(piece: &str) -> bool {
    let letters: Vec<char> = piece.chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let has_dots = piece.contains('.') && letters.len() <= 5;
    letters.len() <= 8 && !piece.contains(' ') && (capitals * 2 >= letters.len() && capitals >= 2 || has_dots)
        || matches!(
            piece.to_lowercase().as_str(),
            "jr" | "jr." | "sr" | "sr." | "phd" | "esq" | "msc" | "bsc"
        )
}

/// One name, if it is one.
fn clean(part: &str, language: &str) -> Option<String> {
    let mut name = part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '.' | '"'));
    if let Some((rest, _)) = WORDS.after_by(name, language) {
        name = rest.trim();
    }
    // A role or a link in brackets.
    if let Some(at) =
        name.find([' ', '\u{a0}']).and_then(|_| name.find(['(', '[', '<', '{', '（'])).filter(|&at| at > 2)
    {
        // One in the middle of a name is part of it: "Ada (Lake) Moor".
        let end = name[at..]
            .find([')', ']', '>', '}', '）'])
            .map_or("", |end| name[at + end..].trim_start_matches([')', ']', '>', '}', '）']));
        if !end.trim_start().starts_with(char::is_uppercase) {
            name = name[..at].trim_end();
        }
    }
    let name = cut_count(cut_role(name));
    let name = cut_links(&name);
    // The number of a note.
    let name = name
        .trim_end_matches(|c: char| c.is_ascii_digit() && name.contains(' ') || c == '*' || c == '†')
        .trim_end();
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '.'));
    let name =
        if name.ends_with('.') && !ends_with_initial(name) { name.trim_end_matches('.') } else { name };
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    let is_name = letters >= 2
        && digits <= letters
        && name.len() <= LONGEST_NAME
        && name.split(' ').count() <= MOST_WORDS
        && !name.contains("://")
        && !name.contains(['=', '{', '}', '<', '>', '@', '#', '?', '!', ':', '：'])
        && !name.starts_with("www.")
        && !WORDS.nobody.contains(lower.as_str())
        && !WORDS.roles.contains(lower.as_str())
        && !lower.contains("copyright")
        && !lower.contains("rights reserved")
        && (!WORDS.is_by(name, language) || is_marked_group(name))
        && !is_day_or_month(&lower)
        && !has_date_words(part);
    is_name.then(|| name.to_owned())
}

/// Without what says who somebody is, in a script without spaces: 「本报记者 王小明」.
fn cut_role(name: &str) -> &str {
    let is_role = |first: &str| NAME_WORDS.before.iter().any(|role| first.ends_with(role));
    name.split_once(' ').filter(|(first, _)| is_role(first)).map_or(name, |(_, name)| name.trim_start())
}

/// Without what stands behind a name at its end: "59 Comments", "Ein Kommentar", "3 min read", "Published".
fn cut_count(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    let is_last =
        |word: &&str| NAME_WORDS.behind.contains(word.to_lowercase().trim_end_matches([':', '.', '(', ')']));
    if words.len() < 2 || !words.last().is_some_and(is_last) {
        return name.to_owned();
    }
    let is_count = |word: &&str| {
        is_last(word)
            || NAME_WORDS.counts.contains(word.to_lowercase().as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    while words.len() > 1 && words.last().is_some_and(is_count) {
        words.pop();
    }
    words.join(" ")
}

/// Without addresses and handles.
fn cut_links(name: &str) -> String {
    let words = name.split(' ').filter(|word| {
        let is_link = word.contains('@') || word.contains("://") || word.starts_with("www.");
        !is_link
    });
    words.collect::<Vec<_>>().join(" ")
}

/// "Ada M.", "Ada Moor Jr."
fn ends_with_initial(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or("");
    last.chars().filter(|c| c.is_alphabetic()).count() <= 3 && name.contains(' ')
}

fn is_day_or_month(lower: &str) -> bool {
    NAME_WORDS.days.contains(lower) || super::dates::is_month(lower) && lower.chars().count() <= 4
}

fn has_date_words(part: &str) -> bool {
    let has_number = part.chars().any(char::is_numeric);
    has_number && super::dates::find(part, None).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_gives_names_and_nothing_else() {
        let cases: [(&str, &str, &[&str]); 25] = [
            ("By Ada Moor", "en", &["Ada Moor"]),
            ("Von Ada Moor und Ben Lake", "de", &["Ada Moor", "Ben Lake"]),
            ("Ada Moor, Ben Lake and Cy Hill", "en", &["Ada Moor", "Ben Lake", "Cy Hill"]),
            ("Ada Moor, PhD", "en", &["Ada Moor"]),
            ("Moor, Ada", "en", &["Ada Moor"]),
            ("Ada Moor, Staff Writer", "en", &["Ada Moor"]),
            ("Ada Moor (photos: Ben Lake)", "en", &["Ada Moor"]),
            ("Ada Moor | ada@moor.example", "en", &["Ada Moor"]),
            ("https://example.org/ada", "en", &[]),
            ("admin", "en", &[]),
            ("Written by: Ada M. Moor on 3 May 2021", "en", &[]),
            ("par Ada Moor et Ben Lake", "fr", &["Ada Moor", "Ben Lake"]),
            ("作者：王小明", "zh", &["王小明"]),
            ("海岸报见习记者 王小明", "zh", &["王小明"]),
            ("王小明 阅读", "zh", &["王小明"]),
            ("Ada Moor; ada moor", "en", &["Ada Moor"]),
            ("Automattic & Sons", "en", &["Automattic & Sons"]),
            ("", "en", &[]),
            ("Center for Drug Evaluation and Research", "en", &["Center for Drug Evaluation and Research"]),
            ("Ada (Lake) Moor", "en", &["Ada (Lake) Moor"]),
            ("Ada Moor 59 Comments", "en", &["Ada Moor"]),
            ("Ada Moor, Senior Director, Content, Moor Institute", "en", &["Ada Moor"]),
            ("Ada Moor, Staff Writer, and Ben Lake", "en", &["Ada Moor", "Ben Lake"]),
            ("Eliz - Product marketer", "en", &["Eliz", "Product marketer"]),
            ("Source: Statistics", "en", &[]),
        ];
        for (value, language, expected) in cases {
            assert_eq!(names(value, language), expected, "{value}");
        }
    }

    #[test]
    fn a_long_list_is_bounded() {
        let value: Vec<String> = (0..5_000).map(|n| format!("Ada Moor{}", "x".repeat(n % 50 + 1))).collect();
        assert!(names(&value.join("; "), "en").len() <= MOST);
    }
}

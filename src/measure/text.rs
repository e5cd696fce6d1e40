//! Measures of a block's own words: text density in the sense of Kohlschütter et al. (2010), made to
//! count alike in scripts with and without spaces.

use memchr::memchr;

use super::characters::{Class, closes, ends_sentence, marks_clause, script_weight};
use super::words::words as words_of;
use crate::lexicon::{Language, LanguageCount, WordUse, WordUses, Words};

/// Counts over a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextCounts {
    /// Characters, weighed by how much a character of the script says: 1 for an alphabetic one.
    pub weight: f32,
    /// Words, in units of a word of an alphabetic script.
    pub words: f32,
    pub function_words: f32,
    pub second_person: f32,
    pub first_plural: f32,
    pub imperatives: f32,
    pub begins_with_imperative: bool,
    pub sentence_ends: f32,
    pub clause_marks: f32,
    pub digits: f32,
    pub capitals: f32,
    /// Letters of scripts that have capitals.
    pub cased: f32,
    /// Words that begin with a capital and go on small.
    pub title_case: f32,
    /// Characters that are neither letters, digits nor space.
    pub symbols: f32,
    pub questions: f32,
    pub exclamations: f32,
}

/// What the shape of a block's text shows besides its counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    pub ends_sentence: bool,
    pub ends_with_colon: bool,
    pub ends_with_ellipsis: bool,
    pub starts_with_capital: bool,
    pub starts_with_digit: bool,
    pub has_copyright_mark: bool,
    pub has_separator: bool,
    pub has_price: bool,
    pub has_year: bool,
    pub has_clock_time: bool,
    pub has_mail_address: bool,
    pub is_number: bool,
}

/// What each character of ASCII counts as: in the byte of that, from the lowest, it has a 1.
static ASCII_COUNTS: [u64; 128] = {
    const SMALL: u64 = 1;
    const CAPITAL: u64 = 1 << 8;
    const DIGIT: u64 = 1 << 16;
    const SYMBOL: u64 = 1 << 24;
    const SENTENCE_END: u64 = 1 << 32;
    const CLAUSE_MARK: u64 = 1 << 40;
    const QUESTION: u64 = 1 << 48;
    const EXCLAMATION: u64 = 1 << 56;
    let mut counts = [SYMBOL; 128];
    let mut byte = 0;
    while byte < 128 {
        counts[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'\t'..=b'\r' | b' ' => 0,
            b'.' => SYMBOL | SENTENCE_END,
            b'!' => SYMBOL | SENTENCE_END | EXCLAMATION,
            b'?' => SYMBOL | SENTENCE_END | QUESTION,
            b',' | b';' | b':' => SYMBOL | CLAUSE_MARK,
            _ => SYMBOL,
        };
        byte += 1;
    }
    counts
};

/// What each character of ASCII counts as, summed: eight counts at once, a byte of a number each.
#[derive(Default)]
struct AsciiCounts {
    counts: u64,
    /// Characters in `counts`: no more than a byte can count.
    held: usize,
    totals: [u32; 8],
}

impl AsciiCounts {
    fn count(&mut self, text: &[u8]) {
        const MOST: usize = 255;
        let mut rest = text;
        while !rest.is_empty() {
            if self.held == MOST {
                self.empty();
            }
            let (piece, more) = rest.split_at(rest.len().min(MOST - self.held));
            self.counts += piece.iter().map(|&byte| ASCII_COUNTS[usize::from(byte & 0x7f)]).sum::<u64>();
            self.held += piece.len();
            rest = more;
        }
    }

    fn empty(&mut self) {
        for (total, count) in self.totals.iter_mut().zip(self.counts.to_le_bytes()) {
            *total += u32::from(count);
        }
        (self.counts, self.held) = (0, 0);
    }
}

impl TextCounts {
    /// Counts over the text of a block, but for its words.
    pub fn of(text: &str) -> TextCounts {
        let mut counts = TextCounts::default();
        let mut ascii = AsciiCounts::default();
        let mut rest = text;
        while !rest.is_empty() {
            let length = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            ascii.count(&rest.as_bytes()[..length]);
            counts.add_weight(length);
            rest = &rest[length..];
            for c in rest.chars().take_while(|c| !c.is_ascii()) {
                rest = &rest[c.len_utf8()..];
                counts.count_char(c);
            }
        }
        ascii.empty();
        let [small, capitals, digits, symbols, ends, clauses, questions, exclamations] =
            ascii.totals.map(|total| total as f32);
        counts.cased += small + capitals;
        counts.capitals += capitals;
        counts.digits += digits;
        counts.symbols += symbols;
        counts.sentence_ends += ends;
        counts.clause_marks += clauses;
        counts.questions += questions;
        counts.exclamations += exclamations;
        counts
    }

    /// Adds the weight of so many characters of ASCII, the same as one by one.
    fn add_weight(&mut self, count: usize) {
        if self.weight.fract() == 0.0 {
            self.weight += count as f32;
        } else {
            (0..count).for_each(|_| self.weight += 1.0);
        }
    }

    fn count_char(&mut self, c: char) {
        self.weight += script_weight(c).0;
        match Class::of(c) {
            Class::Capital => {
                self.capitals += 1.0;
                self.cased += 1.0;
            }
            Class::Small => self.cased += 1.0,
            Class::Digit => self.digits += 1.0,
            Class::Letter | Class::Space => {}
            Class::Symbol => {
                self.symbols += 1.0;
                self.sentence_ends += f32::from(ends_sentence(c));
                self.clause_marks += f32::from(marks_clause(c));
                self.questions += f32::from(matches!(c, '?' | '？' | '؟'));
                self.exclamations += f32::from(matches!(c, '!' | '！'));
            }
        }
    }

    /// Counts the next word.
    pub fn count_word(&mut self, word: &str, word_use: WordUse) {
        let Some(first) = word.chars().next() else { return };
        let worth = script_weight(first).1;
        let is_first = self.words == 0.0;
        self.words += worth;
        let is_capital = first.is_uppercase();
        if is_capital && word.chars().nth(1).is_some_and(char::is_lowercase) {
            self.title_case += 1.0;
        }
        let worth_if = |condition: bool| if condition { worth } else { 0.0 };
        self.function_words += worth_if(word_use.function);
        self.second_person += worth_if(word_use.second_person);
        self.first_plural += worth_if(word_use.first_plural);
        self.imperatives += worth_if(word_use.imperative);
        if is_first {
            self.begins_with_imperative = word_use.imperative;
        }
    }

    /// Per word: a share that an empty text has none of.
    pub fn per_word(&self, count: f32) -> f32 {
        count / self.words.max(1.0)
    }
}

/// The words of a page, and what each of them does. The words of the first blocks are looked up ahead: a few thousand
/// show the language of the page, by which the uses of all are read.
pub(crate) struct PageWords<'t, 'w> {
    words: &'w Words,
    language: Option<Language>,
    ahead: Vec<(&'t str, Option<&'w WordUses>)>,
    /// Where the words of each block that was looked up ahead end.
    ends: Vec<usize>,
    /// Room for a word in lower case.
    lower: String,
}

impl<'t, 'w> PageWords<'t, 'w> {
    /// Of the texts of a page's blocks.
    pub fn of(texts: impl Iterator<Item = &'t str>, words: &'w Words) -> Self {
        const MOST_WORDS: usize = 3_000;
        let mut page =
            PageWords { words, language: None, ahead: Vec::new(), ends: Vec::new(), lower: String::new() };
        let mut count = LanguageCount::default();
        for text in texts {
            let room = MOST_WORDS - page.ahead.len();
            let mut of_block = words_of(text);
            for word in of_block.by_ref().take(room) {
                let uses = words.look_up(word, &mut page.lower);
                count.add(uses);
                page.ahead.push((word, uses));
            }
            if page.ahead.len() == MOST_WORDS {
                // The rest of the block is missing, perhaps.
                break;
            }
            page.ends.push(page.ahead.len());
        }
        page.language = count.best();
        page
    }

    /// Calls `each` with every word of a block.
    pub fn for_each(&mut self, block: usize, text: &'t str, mut each: impl FnMut(&'t str, WordUse)) {
        let language = self.language;
        let in_language =
            |uses: Option<&WordUses>| uses.map(|uses| uses.in_language(language)).unwrap_or_default();
        if let Some(&end) = self.ends.get(block) {
            let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
            self.ahead[start..end].iter().for_each(|&(word, uses)| each(word, in_language(uses)));
            return;
        }
        for word in words_of(text) {
            each(word, in_language(self.words.look_up(word, &mut self.lower)));
        }
    }
}

impl Shape {
    pub fn of(text: &str) -> Shape {
        let mut shape = Shape { is_number: !text.chars().any(char::is_alphabetic), ..Shape::default() };
        let mut back = text.chars().rev().skip_while(|&c| closes(c));
        if let Some(last) = back.next() {
            shape.ends_sentence = ends_sentence(last);
            shape.ends_with_colon = matches!(last, ':' | '：');
            shape.ends_with_ellipsis = last == '…' || (last == '.' && back.next() == Some('.'));
        }
        if let Some(first) = text.chars().find(|c| c.is_alphanumeric()) {
            shape.starts_with_capital = first.is_uppercase();
            shape.starts_with_digit = first.is_numeric();
        }
        let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
        shape.scan_symbols(text, has_digits);
        if has_digits {
            shape.scan_numbers(text.as_bytes());
        }
        shape
    }

    fn scan_symbols(&mut self, text: &str, has_digits: bool) {
        let has = |symbol: u8| memchr(symbol, text.as_bytes()).is_some();
        (self.has_separator, self.has_mail_address) = (has(b'|'), has(b'@'));
        let mut near_currency = has(b'$');
        let beyond_ascii = text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xc0);
        for c in beyond_ascii.filter_map(|(at, _)| text[at..].chars().next()) {
            match c {
                '©' => self.has_copyright_mark = true,
                '»' | '›' | '•' | '·' | '→' | '｜' => self.has_separator = true,
                '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺' | '￥' | '₴' | '₫' | '฿' | '₪' => {
                    near_currency = true
                }
                _ => {}
            }
        }
        self.has_price = near_currency && has_digits;
    }

    /// Years (1900 to 2099) and clock times, from runs of ASCII digits.
    fn scan_numbers(&mut self, bytes: &[u8]) {
        let mut start = None;
        for index in 0..=bytes.len() {
            let is_digit = bytes.get(index).is_some_and(u8::is_ascii_digit);
            match (start, is_digit) {
                (None, true) => start = Some(index),
                (Some(from), false) => {
                    let run = &bytes[from..index];
                    self.has_year |= run.len() == 4 && matches!(&run[..2], b"19" | b"20");
                    let is_clock = run.len() <= 2 && bytes.get(index) == Some(&b':');
                    self.has_clock_time |= is_clock && bytes.get(index + 1).is_some_and(u8::is_ascii_digit);
                    start = None;
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_alike_whatever_stands_around_them() {
        let ascii: String = (0..128_u8).map(char::from).cycle().take(1_000).collect();
        let count = |text: &str| {
            let TextCounts { weight, digits, capitals, cased, symbols, sentence_ends, .. } =
                TextCounts::of(text);
            [weight, digits, capitals, cased, symbols, sentence_ends]
        };
        let alone = count(&ascii);
        assert_eq!(alone[0], 1_000.0);
        let is = |predicate: fn(char) -> bool| ascii.chars().filter(|&c| predicate(c)).count() as f32;
        assert_eq!(alone[1..3], [is(|c| c.is_numeric()), is(char::is_uppercase)]);
        assert_eq!(
            alone[3..5],
            [
                is(char::is_alphabetic),
                is(|c| c.is_ascii_punctuation() || c.is_control() && !c.is_whitespace())
            ]
        );
        let between = ["é", "É", "語", "。", "\u{2167}", "\u{a0}"];
        let mut sums = [0.0; 6];
        for text in [alone; 7].into_iter().chain(between.map(count)) {
            sums.iter_mut().zip(text).for_each(|(sum, part)| *sum += part);
        }
        let all: Vec<&str> =
            between.iter().flat_map(|&c| [ascii.as_str(), c]).chain([ascii.as_str()]).collect();
        assert_eq!(count(&all.concat()), sums);
    }
}

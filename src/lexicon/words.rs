//! Words that say how a text speaks: function words, which running text is full of and menus lack (jusText's stop
//! word density, Pomikálek 2011, for many languages at once), and the words by which a text turns to its reader.
//!
//! What speaks to the reader in one language is a mere "of the" in another (*du*), so the latter are looked up
//! only in the language that the page's function words show it to be in.

use rustc_hash::FxHashMap;

use super::lines;

const FUNCTION_WORDS: &str = include_str!("function_words.txt");
const ADDRESS: &str = include_str!("address.txt");

/// The longest word worth looking up, in bytes.
const LONGEST: usize = 32;
/// Words of ASCII up to this long, in bytes, are looked up by their letters as a number.
const SHORT: usize = 8;
/// A language shows in this many function words; fewer could be names.
const LEAST_HITS: u32 = 3;

/// A language, by its place in the list of function words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language(u8);

/// A set of languages.
type Languages = u64;

/// What a word does, each in some languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct WordUses {
    function: Languages,
    second_person: Languages,
    first_plural: Languages,
    imperative: Languages,
}

/// What a word does in a text; a word can do several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordUse {
    /// It is a function word, of whatever language.
    pub function: bool,
    /// It speaks to the reader: you, your.
    pub second_person: bool,
    /// It speaks as the publisher: we, our.
    pub first_plural: bool,
    /// It is what prompts and buttons begin with: subscribe, discover.
    pub imperative: bool,
}

#[derive(Debug)]
pub(crate) struct Words {
    uses: FxHashMap<&'static str, WordUses>,
    /// Where among `short_uses` those of short words of ASCII are, by their letters: see [`short_key`].
    short: FxHashMap<u64, u16>,
    /// What short words do, the same uses once: few, so that they stay at hand.
    short_uses: Vec<WordUses>,
    /// The lengths of all longer words, a bit each, by the last five bits of their first byte.
    longer: [u64; 32],
    /// The codes of the languages, by place.
    codes: Vec<&'static str>,
}

/// Counts function words by language.
#[derive(Clone, Debug)]
pub(crate) struct LanguageCount([u32; 64]);

impl Words {
    pub fn new() -> Self {
        let mut words = Words {
            uses: FxHashMap::default(),
            short: FxHashMap::default(),
            short_uses: Vec::new(),
            longer: [0; 32],
            codes: Vec::new(),
        };
        for (code, line) in lines(FUNCTION_WORDS) {
            if words.codes.last() != Some(&code) {
                words.codes.push(code);
            }
            let language = 1 << (words.codes.len() - 1).min(63);
            for word in line.split_whitespace() {
                words.uses.entry(word).or_default().function |= language;
            }
        }
        for (section, line) in lines(ADDRESS) {
            let Some((code, line)) = line.split_once(": ") else { continue };
            let Some(place) = words.codes.iter().position(|&known| known == code) else { continue };
            for word in line.split_whitespace() {
                let uses = words.uses.entry(word).or_default();
                let languages = match section {
                    "second_person" => &mut uses.second_person,
                    "first_plural" => &mut uses.first_plural,
                    _ => &mut uses.imperative,
                };
                *languages |= 1 << place.min(63);
            }
        }
        let mut places: FxHashMap<WordUses, u16> = FxHashMap::default();
        for (word, &uses) in &words.uses {
            let Some(key) = short_key(word) else {
                words.longer[first_bits(word)] |= 1 << word.len().min(63);
                continue;
            };
            let place = *places.entry(uses).or_insert_with(|| {
                words.short_uses.push(uses);
                (words.short_uses.len() - 1) as u16
            });
            words.short.insert(key, place);
        }
        words
    }

    /// What `word` does, whatever its case. `lower` is room for its lower-case form.
    pub fn look_up(&self, word: &str, lower: &mut String) -> Option<&WordUses> {
        if let Some(key) = short_key(word) {
            return self.short_uses.get(usize::from(*self.short.get(&key)?));
        }
        if word.len() > LONGEST {
            return None;
        }
        if word.is_ascii() && self.longer[first_bits(word)] >> word.len() & 1 == 0 {
            return None;
        }
        lower.clear();
        if word.is_ascii() {
            if !word.bytes().any(|byte| byte.is_ascii_uppercase()) {
                return self.uses.get(word);
            }
            lower.push_str(word);
            lower.make_ascii_lowercase();
            return self.uses.get(lower.as_str());
        }
        if !word.chars().any(char::is_uppercase) {
            return self.uses.get(word);
        }
        lower.extend(word.chars().flat_map(char::to_lowercase));
        self.uses.get(lower.as_str())
    }

    /// The code of a language.
    pub fn code(&self, Language(place): Language) -> &'static str {
        self.codes.get(usize::from(place)).copied().unwrap_or("")
    }

    /// The language of a code, if it is one that has function words.
    pub fn language(&self, code: &str) -> Option<Language> {
        self.codes.iter().position(|&known| known == code).map(|place| Language(place as u8))
    }
}

/// The letters of a short word of ASCII in lower case; `None` of others.
fn short_key(word: &str) -> Option<u64> {
    if word.len() > SHORT {
        return None;
    }
    let (mut key, mut all) = (0, 0);
    for byte in word.bytes() {
        key = key << 8 | u64::from(byte.to_ascii_lowercase());
        all |= byte;
    }
    all.is_ascii().then_some(key)
}

/// The last five bits of a word's first byte: the same of a small letter and its capital.
fn first_bits(word: &str) -> usize {
    word.bytes().next().map_or(0, |byte| usize::from(byte & 31))
}

impl WordUses {
    /// What the word does in a text of this language.
    pub fn in_language(&self, language: Option<Language>) -> WordUse {
        // Of a text whose language doesn't show, a word is taken for what it is in any.
        let mask = language.map_or(Languages::MAX, |Language(place)| 1 << place);
        WordUse {
            function: self.function != 0,
            second_person: self.second_person & mask != 0,
            first_plural: self.first_plural & mask != 0,
            imperative: self.imperative & mask != 0,
        }
    }
}

impl Default for LanguageCount {
    fn default() -> Self {
        LanguageCount([0; 64])
    }
}

impl LanguageCount {
    /// Counts a word for the languages it is a function word of.
    pub fn add(&mut self, uses: Option<&WordUses>) {
        let mut languages = uses.map_or(0, |uses| uses.function);
        while languages != 0 {
            self.0[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }

    /// How many function words of a language were counted.
    pub fn hits(&self, Language(place): Language) -> u32 {
        self.0.get(usize::from(place)).copied().unwrap_or(0)
    }

    /// The language with the most function words, the first of equals.
    pub fn best(&self) -> Option<Language> {
        let (place, &hits) =
            self.0.iter().enumerate().max_by_key(|&(place, hits)| (hits, u32::MAX - place as u32))?;
        (hits >= LEAST_HITS).then_some(Language(place as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Option<&'static str> {
        let words = Words::new();
        let (mut lower, mut count) = (String::new(), LanguageCount::default());
        text.split_whitespace().for_each(|word| count.add(words.look_up(word, &mut lower)));
        count.best().map(|Language(place)| words.codes[usize::from(place)])
    }

    #[test]
    fn function_words_show_the_language() {
        assert_eq!(language("Der Hund und die Katze sind nicht auf dem Dach"), Some("de"));
        assert_eq!(language("Le chat est sur le toit de la maison du voisin"), Some("fr"));
        assert_eq!(language("Home Products Shop"), None);
    }

    #[test]
    fn a_word_speaks_to_the_reader_only_in_its_own_language() {
        let words = Words::new();
        let place =
            |code| words.codes.iter().position(|&known| known == code).map(|place| Language(place as u8));
        let uses = words.look_up("Du", &mut String::new()).unwrap();
        let speaks = |code| uses.in_language(place(code)).second_person;
        assert!(speaks("de"));
        assert!(!speaks("fr"));
    }
}

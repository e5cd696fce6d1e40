//! The language of a page: what it declares, checked against what its text is written in.

use crate::lexicon::{LEXICON, LanguageCount};
use crate::measure::words;

/// As much text as is looked at, in words.
const MOST_WORDS: usize = 600;

/// What a text is written in.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    count: LanguageCount,
    script: Option<Script>,
    letters: u32,
}

/// A script, as far as it tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    Other,
}

const SCRIPTS: usize = 11;

impl Spoken {
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Spoken {
        let (mut count, mut lower, mut scripts) = (LanguageCount::default(), String::new(), [0_u32; SCRIPTS]);
        for word in texts.flat_map(words).take(MOST_WORDS) {
            count.add(LEXICON.words.look_up(word, &mut lower));
            if word.is_ascii() {
                scripts[Script::Latin as usize] +=
                    word.bytes().filter(u8::is_ascii_alphabetic).count() as u32;
                continue;
            }
            for script in word.chars().filter(|c| c.is_alphabetic()).map(script) {
                scripts[script as usize] += 1;
            }
        }
        let letters: u32 = scripts.iter().sum();
        // Japanese is mostly Han, Korean and others carry Latin words along.
        let has_kana = scripts[Script::Kana as usize] * 10 > letters;
        let most = scripts.iter().enumerate().max_by_key(|&(script, count)| (count, SCRIPTS - script));
        let script = most.filter(|(_, count)| **count * 2 > letters).map(|(script, _)| ALL[script]);
        Spoken { count, script: if has_kana { Some(Script::Kana) } else { script }, letters }
    }

    /// The language tag of a page that declares `declared`: what is declared if the text may be in it, else what the
    /// text shows.
    pub fn tag(&self, declared: Option<&str>) -> Option<(String, bool)> {
        let declared = declared.and_then(normal_tag);
        let Some(tag) = declared else { return self.shown().map(|code| (code.to_owned(), false)) };
        if self.may_be(primary(&tag)) {
            return Some((tag, true));
        }
        self.shown().map(|code| (code.to_owned(), false))
    }

    /// The language that script and function words show.
    fn shown(&self) -> Option<&'static str> {
        match self.script? {
            Script::Kana => Some("ja"),
            Script::Hangul => Some("ko"),
            Script::Greek => Some("el"),
            Script::Hebrew => Some("he"),
            Script::Thai => Some("th"),
            Script::Han => Some("zh"),
            _ => {
                let best = self.count.best()?;
                let code = LEXICON.words.code(best);
                (scripts_of(code).contains(&self.script?)).then_some(code)
            }
        }
    }

    /// Whether the text may be in a language.
    fn may_be(&self, code: &str) -> bool {
        // A few words may be anything: names, quotes.
        const FEW_LETTERS: u32 = 40;
        const MANY_HITS: u32 = 12;
        let Some(script) = self.script.filter(|_| self.letters >= FEW_LETTERS) else { return true };
        let scripts = scripts_of(code);
        if !scripts.is_empty() && !scripts.contains(&script) {
            return false;
        }
        let words = &LEXICON.words;
        let (Some(best), Some(declared)) = (self.count.best(), words.language(code)) else { return true };
        // Danish and Norwegian share most of their function words, Dutch and English few.
        let (best, declared) = (self.count.hits(best), self.count.hits(declared));
        best < MANY_HITS || declared * 2 >= best
    }

    /// Whether the text is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.script, Some(Script::Arabic | Script::Hebrew))
    }

    pub fn has_letters(&self) -> bool {
        self.letters > 0
    }
}

/// The first part of a language tag.
pub(super) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// A tag as BCP 47 recommends to write it, `pt-BR`; none if it is no tag.
fn normal_tag(tag: &str) -> Option<String> {
    let tag = tag.split([',', ';', ' ']).find(|part| !part.is_empty())?;
    let mut parts = tag.split(['-', '_', '.']);
    let language = parts.next()?.to_ascii_lowercase();
    let language = match language.as_str() {
        // Old codes, and names of countries for those of their languages.
        "iw" => "he",
        "in" => "id",
        "nb" | "nn" => language.as_str(),
        "gr" => "el",
        "cz" => "cs",
        "jp" => "ja",
        "cn" => "zh",
        "ua" => "uk",
        "english" => "en",
        "deutsch" | "german" => "de",
        code => code,
    };
    if !(2..=3).contains(&language.len())
        || !language.bytes().all(|b| b.is_ascii_lowercase())
        || language == "und"
    {
        return None;
    }
    let mut normal = language.to_owned();
    for part in parts.take(3) {
        if !(2..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        normal.push('-');
        match part.len() {
            2 => normal.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                normal.push_str(&part[..1].to_ascii_uppercase());
                normal.push_str(&part[1..].to_ascii_lowercase());
            }
            3 if part.bytes().all(|b| b.is_ascii_digit()) => normal.push_str(part),
            // Charsets and the like.
            _ => {
                normal.pop();
                break;
            }
        }
    }
    Some(normal)
}

const ALL: [Script; SCRIPTS] = [
    Script::Latin,
    Script::Cyrillic,
    Script::Greek,
    Script::Arabic,
    Script::Hebrew,
    Script::Devanagari,
    Script::Thai,
    Script::Hangul,
    Script::Kana,
    Script::Han,
    Script::Other,
];

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
            Script::Arabic
        }
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => Script::Hangul,
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
        _ => Script::Other,
    }
}

/// The scripts that a language is written in; none if that is not known.
fn scripts_of(code: &str) -> &'static [Script] {
    match code {
        "ru" | "uk" | "bg" | "be" | "mk" | "ky" | "tg" | "mn" => &[Script::Cyrillic],
        "sr" | "kk" | "uz" | "bs" | "tt" => &[Script::Cyrillic, Script::Latin],
        "el" => &[Script::Greek],
        "ar" | "fa" | "ur" | "ps" | "ckb" | "ug" => &[Script::Arabic],
        "he" | "yi" => &[Script::Hebrew],
        "hi" | "mr" | "ne" => &[Script::Devanagari],
        "th" => &[Script::Thai],
        "ko" => &[Script::Hangul, Script::Han],
        "ja" => &[Script::Kana, Script::Han],
        "zh" => &[Script::Han],
        "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sk" | "sv" | "da" | "no" | "nb"
        | "nn" | "fi" | "ro" | "hu" | "tr" | "vi" | "id" | "ca" | "et" | "lv" | "lt" | "hr" | "sl" | "is"
        | "ga" | "cy" | "eu" | "gl" | "ms" | "af" | "sq" | "mt" | "lb" | "sw" | "tl" => &[Script::Latin],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str, declared: Option<&str>) -> Option<String> {
        Spoken::of([text].into_iter()).tag(declared).map(|(tag, _)| tag)
    }

    const GERMAN: &str = "Der Hund und die Katze sind nicht auf dem Dach, aber sie sind auch nicht in dem Haus, das auf dem \
                          Berg steht und von dem man in das Tal sehen kann.";

    #[test]
    fn a_declared_language_is_believed_if_the_text_may_be_in_it() {
        assert_eq!(tag(GERMAN, Some("de_at")).as_deref(), Some("de-AT"));
        assert_eq!(tag("Home Products Shop", Some("en")).as_deref(), Some("en"));
    }

    #[test]
    fn the_text_decides_against_a_template_s_language() {
        assert_eq!(tag(GERMAN, Some("en-US")).as_deref(), Some("de"));
        assert_eq!(
            tag("Президент подписал указ о новых мерах, которые вступят в силу в январе и не", Some("en"))
                .as_deref(),
            Some("ru")
        );
        assert_eq!(tag("猫は屋根の上にいます。犬は庭にいます。天気がいいです。とても静かな朝でした。みんなまだ寝ています。", Some("en")).as_deref(), Some("ja"));
    }

    #[test]
    fn without_a_declaration_the_text_shows_its_language() {
        assert_eq!(tag(GERMAN, None).as_deref(), Some("de"));
        assert_eq!(tag("12 34", None), None);
    }

    #[test]
    fn a_tag_that_is_none_is_not_passed_on() {
        for nonsense in ["", "x", "${lang}", "0", "und"] {
            assert_eq!(normal_tag(nonsense), None, "{nonsense}");
        }
        assert_eq!(normal_tag("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(normal_tag("de_DE.UTF-8").as_deref(), Some("de-DE"));
    }
}

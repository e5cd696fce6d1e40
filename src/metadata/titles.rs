//! A title without the site's name and what joins the two.

use super::words::is_unspaced;
use crate::beginning::beginning;
use crate::squash::squash;

/// What stands between a title and the name of its site.
const SEPARATORS: [&str; 23] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", " < ", " > ",
    " || ", " -- ", "｜", " |", "| ", " : ", "│", " ⋆ ",
];

/// What stands there in scripts without spaces, with none around it.
const TIGHT_SEPARATORS: [&str; 6] = ["_", "--", "-", "——", "|", "－"];

/// Keys of parts of a title that say nothing of the page.
const GENERIC: [&str; 10] = [
    "home",
    "homepage",
    "startseite",
    "accueil",
    "viewtopic",
    "viewthread",
    "themaanzeigen",
    "officialsite",
    "officialwebsite",
    "welcome",
];

/// A title has no more bytes than this that say anything.
const LONGEST: usize = 4_000;

/// As much of a text as a title can be.
pub(super) fn start(text: &str) -> &str {
    beginning(text, LONGEST)
}

/// Letters and digits alone, in lower case: what two spellings of a title share.
pub(super) fn key(text: &str) -> String {
    let mut key = Vec::new();
    push_key(start(text), &mut key);
    String::from_utf8(key).unwrap_or_default()
}

/// Appends the [`key`] of a text of any length.
pub(super) fn push_key(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let mut end = out.len();
        out.resize(end + ascii, 0);
        for byte in rest.bytes().take(ascii) {
            // What is no letter is overwritten.
            out[end] = byte.to_ascii_lowercase();
            end += usize::from(byte.is_ascii_alphanumeric());
        }
        out.truncate(end);
        rest = &rest[ascii..];
        for c in rest.chars().take_while(|c| !c.is_ascii()) {
            rest = &rest[c.len_utf8()..];
            for c in Some(c).filter(|c| c.is_alphanumeric()).into_iter().flat_map(char::to_lowercase) {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
}

/// Whether two titles say the same: one is the other, or most of it.
pub(super) fn are_alike(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.len() * 10 >= long.len() * 6 && long.contains(short.as_str())
}

/// What is known of how a site calls itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    /// Keys of its names.
    pub names: Vec<String>,
    /// The part of its host's name that names it, and the host's name.
    pub label: String,
    pub host: String,
}

impl Sites {
    /// Whether a part of a title is the name of the site, or a form of it.
    pub fn are(&self, part: &str) -> bool {
        let own = key(part);
        if own.is_empty() || GENERIC.contains(&own.as_str()) {
            return true;
        }
        let is_short = part.split(' ').count() <= 6;
        let is_in_label = own.len() >= 4 && self.label.contains(&own);
        let has_label = self.label.len() >= 4 && own.contains(&self.label) && is_short;
        let is_acronym = self.label.len() >= 3 && acronym(part) == self.label;
        self.names.contains(&own) || own == self.host || is_in_label || has_label || is_acronym
    }
}

/// The first letters of the words of a name.
fn acronym(part: &str) -> String {
    part.split([' ', '-']).filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
}

/// The title without the names of the site, which stand before or behind it. `headings` are other titles that the page
/// gives itself: of several parts of `title`, those that a heading says are the title.
pub(super) fn without_site(title: &str, sites: &Sites, headings: &[&str]) -> String {
    let title = squash(start(title));
    let cuts = cuts(&title);
    if let Some(part) = part_like(&title, &cuts, headings) {
        return part.to_owned();
    }
    let (mut start, mut end) = (0, title.len());
    for &(at, len) in cuts.iter().rev() {
        if !sites.are(&title[at + len..end]) || sites.are(&title[..at]) && key(&title[..at]).len() < 4 {
            break;
        }
        end = at;
    }
    for &(at, len) in cuts.iter().filter(|(at, _)| *at < end) {
        if !sites.are(&title[start..at]) {
            break;
        }
        start = at + len;
    }
    // "Site: Title" is cut only where the site's name is known.
    let rest = &title[start..end];
    let colon = rest
        .split_once(": ")
        .filter(|(site, rest)| sites.names.contains(&key(site)) && !rest.trim().is_empty());
    colon.map_or(rest, |(_, rest)| rest).trim().to_owned()
}

/// The parts of a title between separators.
pub(super) struct Parts<'t>(Vec<&'t str>);

impl<'t> Parts<'t> {
    pub fn of(title: &'t str) -> Parts<'t> {
        let cuts = cuts(title);
        let starts = std::iter::once(0).chain(cuts.iter().map(|(at, len)| at + len));
        let ends = cuts.iter().map(|(at, _)| *at).chain([title.len()]);
        Parts(
            starts
                .zip(ends)
                .filter(|(start, end)| start <= end)
                .map(|(start, end)| title[start..end].trim())
                .collect(),
        )
    }

    /// The first part of several, if a heading of the page says the same: what stands behind it, be it a heading, too, is
    /// what the page is a part of.
    pub fn repeated_first(&self, headings: &[String]) -> Option<&'t str> {
        let first = self.0.first().filter(|_| self.0.len() > 1)?;
        let own = key(first);
        (own.len() > 3 && headings.contains(&own)).then_some(*first)
    }
}

/// The first part of a title whose parts stand side by side, `Tides | Coast | Shore`; the whole if the first is but a word of
/// many, and without a last part that is much shorter than what stands before it.
pub(super) fn first_part(title: &str) -> &str {
    let cuts = cuts(title);
    let divides = |&&(at, len): &&(usize, usize)| {
        title[at..at + len].contains(['|', '｜', '•', '»', '«', '›', ':', '·', '_'])
    };
    if let Some(&(at, _)) = cuts.iter().find(divides) {
        let first = title[..at].trim();
        if first.len() * 4 >= title.len() || first.contains(' ') {
            return first;
        }
    }
    let Some(&(at, len)) = cuts.last() else { return title };
    let (before, last) = (&title[..at], &title[at + len..]);
    let is_site = last.chars().count() * 2 <= before.chars().count() && last.split(' ').count() <= 4;
    if is_site { before.trim() } else { title }
}

/// Where separators stand in a title, and how long they are.
fn cuts(title: &str) -> Vec<(usize, usize)> {
    const MOST: usize = 12;
    let mut cuts = Vec::new();
    let mut at = 0;
    while at < title.len() && cuts.len() < MOST {
        let rest = &title[at..];
        let spaced = SEPARATORS.iter().filter(|separator| rest.starts_with(**separator));
        let tight = TIGHT_SEPARATORS.iter().filter(|separator| {
            rest.strip_prefix(**separator).is_some_and(|after| is_between_unspaced(&title[..at], after))
        });
        match spaced.chain(tight).max_by_key(|separator| separator.len()) {
            Some(separator) => {
                cuts.push((at, separator.len()));
                at += separator.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    cuts
}

/// Whether a character of a script without spaces stands on one side, and no space on either: 「標題_站名」.
fn is_between_unspaced(before: &str, after: &str) -> bool {
    let around = [before.chars().next_back(), after.chars().next()];
    around.iter().flatten().any(|&c| is_unspaced(c)) && !around.iter().flatten().any(|c| c.is_whitespace())
}

/// The run of parts that says what a heading says, if it is not the whole.
fn part_like<'t>(title: &'t str, cuts: &[(usize, usize)], headings: &[&str]) -> Option<&'t str> {
    let keys: Vec<String> = headings.iter().map(|heading| key(heading)).filter(|key| key.len() > 3).collect();
    let starts = std::iter::once(0).chain(cuts.iter().map(|(at, len)| at + len));
    let parts = starts.flat_map(|start| {
        let ends = cuts.iter().map(|(at, _)| *at).chain([title.len()]);
        ends.filter(move |&end| end > start).map(move |end| title[start..end].trim())
    });
    parts.filter(|part| part.len() < title.len()).find(|part| keys.contains(&key(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(title: &str, names: &[&str], headings: &[&str]) -> String {
        let names = names.iter().map(|site| key(site)).collect();
        without_site(
            title,
            &Sites { names, label: "theshore".to_owned(), host: "theshoreexample".to_owned() },
            headings,
        )
    }

    #[test]
    fn the_name_of_the_site_goes_from_either_end() {
        assert_eq!(without("Tides | Coastal News", &["Coastal News"], &[]), "Tides");
        assert_eq!(without("Coastal News - Tides - and more", &["Coastal News"], &[]), "Tides - and more");
        assert_eq!(without("Coastal News: Tides", &["Coastal News"], &[]), "Tides");
        assert_eq!(without("Tides - ebb and flow", &["Coastal News"], &[]), "Tides - ebb and flow");
    }

    #[test]
    fn the_host_s_name_tells_the_site_s() {
        assert_eq!(without("Tides – Sea – The Shore Forums", &[], &[]), "Tides – Sea");
        assert_eq!(without("Tides - theshore.example", &[], &[]), "Tides");
    }

    #[test]
    fn the_part_that_a_heading_says_is_the_title() {
        assert_eq!(without("Tides | Sea | Coast", &[], &["Tides"]), "Tides");
        assert_eq!(
            without("Coast » Tides - ebb and flow", &[], &["Tides: ebb and flow"]),
            "Tides - ebb and flow"
        );
    }

    #[test]
    fn the_first_part_may_be_a_heading_of_the_page() {
        let headings = [key("Ebb and flow"), key("The Book of Tides")];
        let first = |title| Parts::of(title).repeated_first(&headings);
        assert_eq!(first("Ebb and flow - The Book of Tides"), Some("Ebb and flow"));
        assert_eq!(first("Chapter 2 - Ebb and flow"), None);
        assert_eq!(first("Ebb and flow"), None);
    }

    #[test]
    fn a_site_s_own_page_keeps_its_name() {
        assert_eq!(without("The Shore", &["The Shore"], &[]), "The Shore");
    }

    #[test]
    fn scripts_without_spaces_have_separators_without_spaces() {
        assert_eq!(without("大桥今天通车_海岸网", &["海岸网"], &[]), "大桥今天通车");
        assert_eq!(without("大桥今天通车-新闻-海岸网", &[], &["大桥今天通车"]), "大桥今天通车");
        assert_eq!(
            first_part("全长十二公里的跨海大桥今天正式通车_国内新闻_海岸网"),
            "全长十二公里的跨海大桥今天正式通车"
        );
        assert_eq!(
            first_part("全长十二公里的跨海大桥今天正式通车-海岸网"),
            "全长十二公里的跨海大桥今天正式通车"
        );
        assert_eq!(first_part("Mate20X-5G版半天不到需充电"), "Mate20X-5G版半天不到需充电");
        assert_eq!(first_part("snake_case and kebab-case"), "snake_case and kebab-case");
    }

    #[test]
    fn parts_side_by_side_are_cut_behind_the_first() {
        assert_eq!(first_part("How the moon pulls at the sea | Shore"), "How the moon pulls at the sea");
        assert_eq!(first_part("How the moon pulls at the sea - Shore"), "How the moon pulls at the sea");
        assert_eq!(first_part("Moon - how it pulls at the sea"), "Moon - how it pulls at the sea");
    }
}

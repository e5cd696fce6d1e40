//! A title without the site's name and what joins the two.

/// What stands between a title and the name of its site.
const SEPARATORS: [&str; 21] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", " < ", " > ", " || ", " -- ", "｜",
    " |", "| ", " : ",
];

/// Letters and digits alone, in lower case: what two spellings of a title share.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The title without the names of the site, which stand before or behind it. `headings` are other titles that the page
/// gives itself: of several parts of `title`, those that a heading says are the title.
pub(super) fn without_site(title: &str, sites: &[String], headings: &[&str]) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let cuts = cuts(&title);
    if let Some(part) = part_like(&title, &cuts, headings) {
        return part.to_owned();
    }
    let (mut start, mut end) = (0, title.len());
    let is_site = |part: &str| {
        let part = key(part);
        !part.is_empty() && sites.iter().any(|site| *site == part)
    };
    for &(at, len) in cuts.iter().rev() {
        if !is_site(&title[at + len..end]) {
            break;
        }
        end = at;
    }
    for &(at, len) in cuts.iter().filter(|(at, _)| *at < end) {
        if !is_site(&title[start..at]) {
            break;
        }
        start = at + len;
    }
    // "Site: Title" and "Title, Site" are cut only where the site's name is known.
    let rest = &title[start..end];
    let colon = rest.split_once(": ").filter(|(site, rest)| is_site(site) && !rest.trim().is_empty());
    colon.map_or(rest, |(_, rest)| rest).trim().to_owned()
}

/// The title of a page that names neither its site nor a heading: its longest part if the last one is much shorter.
pub(super) fn longest_part(title: &str) -> &str {
    let cuts = cuts(title);
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
        match SEPARATORS.iter().filter(|separator| rest.starts_with(**separator)).max_by_key(|separator| separator.len()) {
            Some(separator) => {
                cuts.push((at, separator.len()));
                at += separator.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    cuts
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

    fn without(title: &str, sites: &[&str], headings: &[&str]) -> String {
        without_site(title, &sites.iter().map(|site| key(site)).collect::<Vec<_>>(), headings)
    }

    #[test]
    fn the_name_of_the_site_goes_from_either_end() {
        assert_eq!(without("Tides | The Shore", &["The Shore"], &[]), "Tides");
        assert_eq!(without("The Shore - Tides - and more", &["The Shore"], &[]), "Tides - and more");
        assert_eq!(without("The Shore: Tides", &["The Shore"], &[]), "Tides");
        assert_eq!(without("Tides – Sea – theshore", &["The Shore"], &[]), "Tides – Sea");
        assert_eq!(without("Tides - ebb and flow", &["The Shore"], &[]), "Tides - ebb and flow");
    }

    #[test]
    fn the_part_that_a_heading_says_is_the_title() {
        assert_eq!(without("Tides | Sea | Coast", &[], &["Tides"]), "Tides");
        assert_eq!(without("Coast » Tides - ebb and flow", &[], &["Tides: ebb and flow"]), "Tides - ebb and flow");
    }

    #[test]
    fn a_site_s_own_page_keeps_its_name() {
        assert_eq!(without("The Shore", &["The Shore"], &[]), "The Shore");
    }

    #[test]
    fn a_short_last_part_is_taken_for_the_site_if_nothing_else_is_known() {
        assert_eq!(longest_part("How the moon pulls at the sea | Shore"), "How the moon pulls at the sea");
        assert_eq!(longest_part("Moon - how it pulls at the sea"), "Moon - how it pulls at the sea");
    }
}

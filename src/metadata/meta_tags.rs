//! The names under which `<meta>` says things.

use super::MetadataSource;
use super::survey::Survey;

/// Names of `<meta>` that give one thing, with the worth of each.
pub(super) type Names = &'static [(&'static str, f32)];

pub(super) const TITLES: Names = &[
    ("og:title", 4.0),
    ("citation_title", 5.0),
    ("parsely-title", 4.0),
    ("sailthru.title", 4.0),
    ("dc.title", 3.0),
    ("dcterms.title", 3.0),
    ("twitter:title", 3.0),
    ("title", 2.0),
    ("headline", 3.0),
];

pub(super) const AUTHORS: Names = &[
    ("citation_author", 8.0),
    ("parsely-author", 7.0),
    ("sailthru.author", 7.0),
    ("byl", 7.0),
    ("cxenseparse:author", 7.0),
    ("author", 6.0),
    ("authors", 6.0),
    ("author_name", 6.0),
    ("article:author_name", 6.0),
    ("shareaholic:article_author_name", 6.0),
    ("dc.creator", 5.0),
    ("dcterms.creator", 5.0),
    ("dc.contributor", 4.0),
    ("article:author", 6.0),
    ("og:article:author", 6.0),
    ("og:author", 6.0),
    ("book:author", 6.0),
];

pub(super) const PUBLISHED: Names = &[
    ("article:published_time", 8.3),
    ("article:published", 7.0),
    ("og:article:published_time", 7.0),
    ("og:published_time", 7.0),
    ("og:pubdate", 7.0),
    ("og:publish_date", 7.0),
    ("parsely-pub-date", 8.0),
    ("sailthru.date", 7.5),
    ("cxenseparse:recs:publishtime", 8.0),
    ("citation_publication_date", 6.5),
    ("citation_online_date", 7.0),
    ("citation_date", 6.0),
    ("datepublished", 7.0),
    ("publish-date", 7.0),
    ("published_date", 7.0),
    ("publication-date", 7.0),
    ("published", 6.5),
    ("pubdate", 7.0),
    ("pdate", 6.5),
    ("ptime", 6.0),
    ("dc.date.issued", 7.0),
    ("dcterms.issued", 7.0),
    ("dc.date.published", 7.0),
    ("dc.date.created", 6.0),
    ("dcterms.created", 6.0),
    ("dcterms.date", 6.0),
    ("dc.date", 6.0),
    ("date", 6.0),
    ("date.created", 5.0),
    ("created", 5.0),
    ("article:created", 6.0),
    ("originalpublicationdate", 6.5),
    ("displaydate", 6.0),
    ("release_date", 5.0),
    ("article_date_original", 7.0),
    ("artikel:datum", 6.0),
    ("published-time", 7.0),
    ("publish-time", 7.0),
    ("date-of-publication", 6.0),
    ("postdate", 6.0),
    ("creation-date", 5.0),
    ("article.publicationdate", 7.0),
    ("search-date", 5.0),
    ("content-date", 5.0),
    ("news-date", 6.0),
    ("blog-date", 6.0),
    ("dcsext.articlefirstpublished", 7.0),
    ("rbpubdate", 6.0),
];

pub(super) const MODIFIED: Names = &[
    ("article:modified_time", 9.0),
    ("article:modified", 8.0),
    ("og:updated_time", 8.0),
    ("og:modified_time", 8.0),
    ("datemodified", 7.0),
    ("dc.date.modified", 7.0),
    ("dcterms.modified", 7.0),
    ("article.updated", 7.0),
    ("lastmod", 6.0),
    ("last-modified", 6.0),
    ("modified", 6.0),
    ("updated", 6.0),
    ("revised", 5.0),
    ("article_date_updated", 6.0),
    ("modified-date", 6.0),
    ("modified-time", 6.0),
    ("updated-date", 6.0),
    ("last-updated", 6.0),
    ("updated-time", 6.0),
];

pub(super) const SITES: Names = &[
    ("og:site_name", 9.0),
    ("application-name", 5.0),
    ("citation_journal_title", 4.0),
    ("dc.publisher", 4.0),
    ("publisher", 3.0),
];
pub(super) const DESCRIPTIONS: Names = &[
    ("og:description", 5.0),
    ("description", 4.0),
    ("twitter:description", 3.0),
    ("dc.description", 2.0),
    ("dcterms.description", 2.0),
];
pub(super) const IMAGES: Names = &[
    ("og:image", 5.0),
    ("og:image:url", 5.0),
    ("og:image:secure_url", 4.0),
    ("twitter:image", 3.0),
    ("twitter:image:src", 3.0),
    ("parsely-image-url", 2.0),
    ("thumbnail", 1.0),
];
pub(super) const SECTIONS: Names = &[
    ("article:section", 5.0),
    ("parsely-section", 4.0),
    ("og:section", 3.0),
    ("section", 2.0),
    ("dc.subject", 1.0),
];
pub(super) const TAGS: Names = &[
    ("article:tag", 5.0),
    ("og:article:tag", 4.0),
    ("news_keywords", 4.0),
    ("parsely-tags", 3.0),
    ("sailthru.tags", 3.0),
    ("keywords", 2.0),
];
pub(super) const LICENSES: Names =
    &[("dc.rights", 3.0), ("dcterms.rights", 3.0), ("dcterms.license", 4.0), ("dc.rights.license", 4.0)];
pub(super) const LANGUAGES: Names = &[
    ("content-language", 5.0),
    ("og:locale", 4.0),
    ("dc.language", 4.0),
    ("dcterms.language", 4.0),
    ("language", 3.0),
];

/// What the `<meta>` of these names say, with the worth of each, in the order of the page.
pub(super) fn values<'a, 't>(
    survey: &'a Survey<'t>,
    names: Names,
) -> impl Iterator<Item = (&'t str, MetadataSource, f32)> + 'a {
    survey.metas.iter().filter_map(move |(name, value)| {
        let (_, weight) = names.iter().find(|(known, _)| is_same(known, name))?;
        Some((*value, source_of(name), *weight))
    })
}

/// The `<meta>` of names that are not listed, but say by a word in them that they give a date of publication (false) or of a
/// change (true).
pub(super) fn unlisted_dates<'a, 't>(survey: &'a Survey<'t>) -> impl Iterator<Item = (&'t str, bool)> + 'a {
    let is_listed = |name: &str| {
        [PUBLISHED, MODIFIED].iter().any(|names| names.iter().any(|(known, _)| is_same(known, name)))
    };
    survey.metas.iter().filter_map(move |(name, value)| {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let is_of_publication = has(&["publish", "pubdate", "publication"]);
        let is_of_change = has(&["modif", "lastupdate", "updated", "revision"]);
        let is_date = value.len() <= 40 && value.chars().any(|c| c.is_ascii_digit());
        (is_date && is_of_publication != is_of_change && !is_listed(name)).then_some((*value, is_of_change))
    })
}

/// The value of the name that is worth most; the first of equals.
pub(super) fn best<'t>(survey: &Survey<'t>, names: Names) -> Option<(&'t str, MetadataSource)> {
    let mut best: Option<(&str, MetadataSource, f32)> = None;
    for (value, source, weight) in values(survey, names) {
        if best.is_none_or(|(_, _, most)| weight > most) {
            best = Some((value, source, weight));
        }
    }
    best.map(|(value, source, _)| (value, source))
}

/// Whether two names are the same however their words are joined: `publish-date`, `publish_date`, `PublishDate`.
fn is_same(known: &str, name: &str) -> bool {
    let is_letter = |b: &u8| !matches!(b, b'-' | b'_' | b'.' | b':');
    known.bytes().filter(is_letter).eq(name.bytes().filter(is_letter))
}

pub(super) fn source_of(name: &str) -> MetadataSource {
    let prefix = name.split([':', '.']).next().unwrap_or("");
    match prefix {
        "og" | "article" | "book" => MetadataSource::OpenGraph,
        "twitter" => MetadataSource::Twitter,
        "dc" | "dcterms" => MetadataSource::DublinCore,
        _ => MetadataSource::Meta,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_its_words_are_joined() {
        assert!(is_same("publish-date", "publish_date"));
        assert!(is_same("dc.date", "dc:date"));
        assert!(!is_same("date", "dates"));
    }

    #[test]
    fn no_name_is_listed_twice() {
        for names in [
            TITLES,
            AUTHORS,
            PUBLISHED,
            MODIFIED,
            SITES,
            DESCRIPTIONS,
            IMAGES,
            SECTIONS,
            TAGS,
            LICENSES,
            LANGUAGES,
        ] {
            for (at, (name, _)) in names.iter().enumerate() {
                assert!(!names[..at].iter().any(|(other, _)| is_same(other, name)), "{name}");
            }
        }
    }

    #[test]
    fn the_name_that_is_worth_most_is_believed() {
        let metas = vec![("description".to_owned(), "a"), ("og:description".to_owned(), "b")];
        let survey = Survey { metas, ..Survey::default() };
        assert_eq!(best(&survey, DESCRIPTIONS), Some(("b", MetadataSource::OpenGraph)));
    }
}

//! What a page says of itself: title, authors, dates, language and the like.
//!
//! Markup (JSON-LD, Open Graph, microdata and so on), the visible byline and the address are claims of different worth;
//! claims that agree support each other. Where nothing is worth enough, nothing is said.

mod authors;
mod claims;
mod dates;
mod json_ld;
mod language;
mod markup;
mod meta_tags;
mod on_demand;
mod structured;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod titles;
mod urls;
mod visible;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use json_ld::Readable;
pub(crate) use on_demand::{Markup, OnDemand, Subject};

/// What a page says of itself; see [`Page::metadata`](crate::Page::metadata). What is not known is absent.
///
/// Values are data of the page: bounded in number and length, but neither checked for truth nor escaped.
///
/// ```
/// use tamis::{MetadataField, MetadataSource};
///
/// let page = tamis::extract(
///     "<html lang=en><title>Tides | The Shore</title><meta property=og:site_name content='The Shore'>
///      <body><h1>Tides</h1><p class=byline>By Ada Moor, 4 March 2021</p>
///      <p>The moon pulls at the sea, and the sea follows it around the earth, twice a day on most coasts.</p>",
/// )?;
/// let metadata = page.metadata();
/// assert_eq!(metadata.title.as_deref(), Some("Tides"));
/// assert_eq!(metadata.authors, ["Ada Moor"]);
/// assert_eq!(metadata.published.as_deref(), Some("2021-03-04"));
/// assert_eq!(metadata.source(MetadataField::Authors), Some(MetadataSource::Byline));
/// # Ok::<(), tamis::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Metadata {
    /// The title, without the name of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The authors' names, without roles, links and "by". At most 32.
    #[serde(rename = "author", skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The date that goes with the text: the one that the page shows with it, be it of its publication or, where only that is
    /// shown, of its last change; else that of its publication. In the form of [`published`](Metadata::published).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// When it was published, in ISO 8601, to the precision that the page gives: `2021-03`, `2021-03-04`,
    /// `2021-03-04T05:06`, `2021-03-04T05:06:07+01:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When it was last changed, in the same form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The language as a BCP 47 tag, such as `pt-BR`: what the page declares, unless its text is in another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The name of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The canonical address, absolute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the page says it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of the image that stands for the page, absolute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The section of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Tags and keywords. At most 32.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The licence: its address, or what the page calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The direction its text runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What kind of page it is, as [schema.org](https://schema.org/docs/full.html) calls it: `NewsArticle`, `Product`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_type: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<MetadataField, MetadataSource>,
}

/// The direction a text runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left, as Arabic and Hebrew.
    Rtl,
}

/// A field of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum MetadataField {
    Title,
    #[serde(rename = "author")]
    Authors,
    Date,
    Published,
    Modified,
    Language,
    Site,
    Url,
    Description,
    Image,
    Section,
    Tags,
    License,
    Direction,
    PageType,
}

/// Where a value of [`Metadata`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MetadataSource {
    /// A `<script type="application/ld+json">`.
    JsonLd,
    /// A `<meta property="og:…">` or `article:…`.
    OpenGraph,
    /// A `<meta name="twitter:…">`.
    Twitter,
    /// A `<meta name="DC.…">` or `dcterms.…`.
    DublinCore,
    /// Microdata: `itemprop`.
    Microdata,
    /// RDFa: `property`.
    Rdfa,
    /// Another `<meta>`.
    Meta,
    /// A `<time>`.
    Time,
    /// Other markup: `<title>`, `<html lang>`, a link's relation.
    Html,
    /// The page's visible title.
    Heading,
    /// A visible line that says who wrote it or when.
    Byline,
    /// The page's address.
    Address,
    /// What the text itself shows.
    Text,
}

impl Metadata {
    /// Where the value of a field comes from; `None` if the field is absent.
    pub fn source(&self, field: MetadataField) -> Option<MetadataSource> {
        self.sources.get(&field).copied()
    }

    fn set(&mut self, field: MetadataField, source: MetadataSource) {
        self.sources.insert(field, source);
    }
}

//! All claims of a page, and what is made of them.

mod byline;
mod dates;
mod title;

use std::borrow::Cow;

use super::json_ld::{self, Entity};
use super::language::Spoken;
use super::structured::{Described, Marked, is_written};
use super::survey::Survey;
use super::urls::Base;
use super::visible::Blocks;
use super::{Direction, Metadata, MetadataField as Field, MetadataSource as Source, meta_tags, titles};
use crate::beginning::beginning;
use crate::input::html;
use crate::limits::Limits;
use crate::segment::Place;
use crate::squash::squash;
use crate::tree::{NodeId, Tree};

/// Longer values are cut, in bytes.
const LONGEST: usize = 1_000;
const MOST_TAGS: usize = 32;
/// Values of one name that are looked at.
const MOST_VALUES: usize = 32;

/// What a page with markup says of itself. `data` are the scripts whose JSON-LD is read, `base` is the address that the
/// caller knows the page by.
pub(super) fn metadata(tree: &Tree, blocks: &Blocks, data: &[NodeId], base: Option<&str>) -> Metadata {
    let survey = Survey::of(tree, blocks.leaves, data);
    let entities = json_ld::entities(&survey.data);
    Page::of(tree, blocks, &survey, &entities, base).metadata()
}

/// Puts a value without surplus white space, cut if too long; says whether there is one.
pub(super) fn put(field: &mut Option<String>, value: &str) -> bool {
    let value = text_of(value);
    let squashed = squash(&value);
    if squashed.is_empty() {
        return false;
    }
    *field = Some(beginning(&squashed, LONGEST).to_owned());
    true
}

/// The text of a value that may be written as HTML: structured data often has character references and tags in it.
fn text_of(value: &str) -> Cow<'_, str> {
    if value.len() > LONGEST * 4 || !value.contains(['&', '<']) {
        return Cow::Borrowed(value);
    }
    match html::parse(value, &Limits::default()) {
        Ok(tree) => Cow::Owned(tree.text_content(NodeId::DOCUMENT)),
        Err(_) => Cow::Borrowed(value),
    }
}

/// A page with markup and what is gathered of it.
struct Page<'s, 't> {
    blocks: &'s Blocks<'s>,
    survey: &'s Survey<'t>,
    described: Described<'s>,
    marked: Marked<'s, 't>,
    tree: &'t Tree,
    base: Base,
    spoken: Spoken,
    language: Option<(String, bool)>,
    url: Option<(String, Source)>,
    metadata: Metadata,
}

impl<'s, 't> Page<'s, 't> {
    fn of(
        tree: &'t Tree,
        blocks: &'s Blocks<'s>,
        survey: &'s Survey<'t>,
        entities: &'s [Entity<'s>],
        given: Option<&str>,
    ) -> Self {
        let own =
            survey.link("canonical").into_iter().chain(survey.meta("og:url")).find(|url| url.contains("://"));
        let base = Base::of(tree, given, own);
        let heading = blocks.title.map(|title| blocks.text(title));
        let html = survey.title.as_deref();
        let known: Vec<String> = [heading, html]
            .into_iter()
            .flatten()
            .chain(survey.meta("og:title").take(MOST_VALUES))
            .map(titles::key)
            .filter(|key| key.len() > 3)
            .collect();
        let described = Described::of(entities, &known);
        let title_element = blocks.title.and_then(|title| match blocks.segments[title].place {
            Place::Element { element, .. } => Some(element),
            Place::Input(_) => None,
        });
        let marked = Marked::of(tree, survey, title_element);
        let spoken = Spoken::of(blocks.content());
        let declared =
            survey.language.or_else(|| meta_tags::best(survey, meta_tags::LANGUAGES).map(|(tag, _)| tag));
        let declared = declared.or_else(|| described.strings("inLanguage").first().copied());
        let language = spoken.tag(declared);
        let canonical = survey.link("canonical").map(|url| (url, Source::Html));
        let url = canonical
            .into_iter()
            .chain(survey.meta("og:url").map(|url| (url, Source::OpenGraph)))
            .chain(described.strings("url").into_iter().map(|url| (url, Source::JsonLd)))
            .chain(given.map(|url| (url, Source::Address)))
            .find_map(|(url, source)| Some((base.resolve(url)?, source)));
        Page {
            blocks,
            survey,
            described,
            marked,
            tree,
            base,
            spoken,
            language,
            url,
            metadata: Metadata::default(),
        }
    }

    fn language(&self) -> Option<&str> {
        self.language.as_ref().map(|(tag, _)| tag.as_str())
    }

    fn metadata(mut self) -> Metadata {
        let sites = self.sites();
        self.title(&sites);
        let near = self.blocks.near();
        self.authors(&near, &sites);
        self.dates(&near);
        self.site(&sites);
        self.others();
        self.metadata
    }

    fn site_keys(&self, sites: &[(String, Source)]) -> titles::Sites {
        titles::Sites {
            names: sites.iter().map(|(name, _)| titles::key(name)).collect(),
            label: self.base.site_label().map(titles::key).unwrap_or_default(),
            host: self.base.host().map(titles::key).unwrap_or_default(),
        }
    }

    /// The names of the site, each with its source.
    fn sites(&self) -> Vec<(String, Source)> {
        let metas = meta_tags::values(self.survey, meta_tags::SITES)
            .map(|(name, source, _)| (name.to_owned(), source));
        let described = self.described.sites().into_iter().map(|name| (name.to_owned(), Source::JsonLd));
        metas
            .chain(described)
            .filter(|(name, _)| !name.trim().is_empty() && name.len() < 120)
            .take(16)
            .collect()
    }

    /// Whether the page says that it is a text that somebody wrote.
    fn is_text(&self) -> bool {
        self.described.work_type().or(self.marked.kind()).is_some_and(is_written)
            || self.survey.meta("og:type").any(|kind| kind.eq_ignore_ascii_case("article"))
    }

    /// The path of its address, without the slash that begins it.
    fn path(&self) -> Option<&str> {
        self.url.as_ref()?.0.splitn(4, '/').nth(3)
    }

    /// Whether the page is the front page of its site.
    fn is_front(&self) -> bool {
        self.path() == Some("")
    }

    /// Whether the page says that it is a list or a thing for sale, or is the front page of its site.
    fn is_no_text(&self) -> bool {
        let kind = self.described.work_type().or(self.marked.kind()).or(self.described.page_type());
        let is_front = self.is_front();
        let is_other = matches!(
            kind,
            Some("Product" | "ProductGroup" | "CollectionPage" | "SearchResultsPage" | "ProfilePage")
        );
        let og = self.survey.meta("og:type").any(|kind| kind.to_ascii_lowercase().contains("product"));
        !self.is_text() && (is_front || is_other || og)
    }

    fn site(&mut self, sites: &[(String, Source)]) {
        let Some((name, source)) = sites.first() else { return };
        if put(&mut self.metadata.site, name) {
            self.metadata.set(Field::Site, *source);
        }
    }

    fn others(&mut self) {
        if let Some((url, source)) = self.url.take() {
            self.metadata.url = Some(url);
            self.metadata.set(Field::Url, source);
        }
        if let Some((tag, is_declared)) = self.language.take() {
            self.metadata.language = Some(tag);
            self.metadata.set(Field::Language, if is_declared { Source::Html } else { Source::Text });
        }
        self.direction();
        let description = self.described.strings("description").first().map(|value| (*value, Source::JsonLd));
        if let Some((value, source)) = meta_tags::best(self.survey, meta_tags::DESCRIPTIONS).or(description) {
            if put(&mut self.metadata.description, value) {
                self.metadata.set(Field::Description, source);
            }
        }
        let images = meta_tags::best(self.survey, meta_tags::IMAGES).into_iter();
        let described = ["image", "thumbnailUrl"]
            .into_iter()
            .flat_map(|key| self.described.strings(key))
            .map(|url| (url, Source::JsonLd));
        let linked = self.survey.link("image_src").map(|url| (url, Source::Html));
        let image = images
            .chain(described)
            .chain(linked)
            .find_map(|(url, source)| Some((self.base.resolve(url)?, source)));
        if let Some((url, source)) = image {
            self.metadata.image = Some(url);
            self.metadata.set(Field::Image, source);
        }
        let section = self.described.of_work("articleSection").first().map(|value| (*value, Source::JsonLd));
        if let Some((value, source)) = meta_tags::best(self.survey, meta_tags::SECTIONS).or(section) {
            if put(&mut self.metadata.section, value) {
                self.metadata.set(Field::Section, source);
            }
        }
        self.tags();
        self.license();
        self.page_type();
    }

    fn direction(&mut self) {
        let declared = match self.survey.direction.map(str::to_ascii_lowercase).as_deref().map(str::trim) {
            Some("rtl") => Some(Direction::Rtl),
            Some("ltr") => Some(Direction::Ltr),
            _ => None,
        };
        if !self.spoken.has_letters() && declared.is_none() {
            return;
        }
        let shown = if self.spoken.is_right_to_left() { Direction::Rtl } else { Direction::Ltr };
        // A template may declare a direction that its text does not have.
        let is_right = declared.is_none_or(|declared| declared == shown) || !self.spoken.has_letters();
        let source = if declared.is_some() && is_right { Source::Html } else { Source::Text };
        self.metadata.direction = Some(if is_right { declared.unwrap_or(shown) } else { shown });
        self.metadata.set(Field::Direction, source);
    }

    fn tags(&mut self) {
        let best = meta_tags::best(self.survey, meta_tags::TAGS).map(|(_, source)| source);
        let weight_of_best =
            meta_tags::values(self.survey, meta_tags::TAGS).map(|(.., weight)| weight).fold(0.0, f32::max);
        let metas: Vec<&str> = meta_tags::values(self.survey, meta_tags::TAGS)
            .filter(|(.., weight)| *weight == weight_of_best)
            .map(|(value, ..)| value)
            .collect();
        let (values, source) = match best {
            Some(source) => (metas, source),
            None => (self.described.of_work("keywords"), Source::JsonLd),
        };
        for tag in values.into_iter().flat_map(|value| value.split([',', ';', '、', '，'])) {
            let tag = squash(tag);
            let tag = tag.trim_matches('"');
            let is_new = !self.metadata.tags.iter().any(|known| known.eq_ignore_ascii_case(tag));
            if !tag.is_empty() && tag.len() <= 100 && is_new && self.metadata.tags.len() < MOST_TAGS {
                self.metadata.tags.push(tag.to_owned());
            }
        }
        if !self.metadata.tags.is_empty() {
            self.metadata.set(Field::Tags, source);
        }
    }

    fn license(&mut self) {
        let linked =
            self.survey.link("license").and_then(|url| self.base.resolve(url)).map(|url| (url, Source::Html));
        let described =
            self.described.strings("license").first().map(|value| ((*value).to_owned(), Source::JsonLd));
        let meta = meta_tags::best(self.survey, meta_tags::LICENSES)
            .map(|(value, source)| (value.to_owned(), source));
        if let Some((value, source)) = linked.or(described).or(meta) {
            if put(&mut self.metadata.license, &value) {
                self.metadata.set(Field::License, source);
            }
        }
    }

    fn page_type(&mut self) {
        let described = self.described.work_type().map(|kind| (kind, Source::JsonLd));
        let marked = self.marked.kind().map(|kind| (kind, self.marked.source()));
        let og = self.survey.meta("og:type").find_map(|kind| match kind.to_ascii_lowercase().as_str() {
            "article" => Some("Article"),
            "product" | "og:product" | "product.item" => Some("Product"),
            "profile" => Some("ProfilePage"),
            "book" => Some("Book"),
            "video.movie" => Some("Movie"),
            kind if kind.starts_with("video") => Some("VideoObject"),
            "website" => Some("WebPage"),
            _ => None,
        });
        let page = self.described.page_type().map(|kind| (kind, Source::JsonLd));
        let og = og.map(|kind| (kind, Source::OpenGraph));
        let specific = og.filter(|(kind, _)| *kind != "WebPage");
        if let Some((kind, source)) = described.or(marked).or(specific).or(page).or(og) {
            self.metadata.page_type = Some(kind.to_owned());
            self.metadata.set(Field::PageType, source);
        }
    }
}

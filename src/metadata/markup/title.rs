//! The title of a page with markup.

use super::{Page, put, text_of};
use crate::metadata::{MetadataField as Field, MetadataSource as Source, meta_tags, titles};
use crate::page::Role;

impl Page<'_, '_> {
    /// Finds the title: what the page shows as its heading and its markup calls it.
    pub(super) fn title(&mut self, sites: &[(String, Source)]) {
        let known = self.site_keys(sites);
        let heading = self.blocks.title.map(|title| self.blocks.heading(title));
        let h1s = self.blocks.main_headings();
        let described = ["headline", "name"]
            .iter()
            .find_map(|key| self.described.of_work(key).first().copied())
            .map(text_of);
        let described = described.as_deref();
        let marked = self.marked.values("headline").into_iter().chain(self.marked.values("name")).next();
        let html =
            self.survey.title.as_deref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let html = html.as_deref().filter(|title| !title.is_empty());
        let meta = meta_tags::best(self.survey, meta_tags::TITLES);
        let twitter = self.survey.meta("twitter:title").next();
        let shown = heading.as_deref().into_iter().chain(h1s.iter().map(String::as_str));
        let heads: Vec<&str> = shown.chain(described).chain(marked.as_deref()).collect();
        let clean = |value: &str| titles::first_part(&titles::without_site(value, &known, &heads)).to_owned();
        let meta = meta.map(|(value, source)| (clean(value), source)).filter(|(value, _)| !value.is_empty());
        let html = html.map(clean).filter(|value| !value.is_empty());
        let in_meta = meta.as_ref().map(|(value, _)| value.as_str());
        let others = described
            .into_iter()
            .chain(marked.as_deref())
            .chain(twitter)
            .chain(html.as_deref())
            .chain(in_meta);
        let others: Vec<&str> = others.collect();
        let is_said = |heading: &&String| others.iter().any(|other| titles::are_alike(heading, other));
        let agreed = in_meta.zip(html.as_deref()).is_some_and(|(meta, html)| titles::are_alike(meta, html));
        let is_text = self.is_text();
        // A heading that the markup repeats; else the only main one, unless the markup agrees on something else and the
        // page is no text, but sells something.
        let headings: Vec<&String> = heading.iter().chain(&h1s).collect();
        let is_main =
            |block: usize| matches!(self.blocks.segments.blocks[block].role, Role::Heading(1) | Role::Title);
        let only = match &h1s[..] {
            [only] => Some(only),
            _ => heading.as_ref().filter(|_| self.blocks.title.is_some_and(is_main)),
        };
        let said = headings.iter().copied().find(is_said);
        let best =
            said.or(only.filter(|_| !agreed || is_text)).map(|heading| (heading.clone(), Source::Heading));
        let html = html.map(|html| (html, Source::Html));
        let described = described.map(|described| (described.to_owned(), Source::JsonLd));
        let first = headings.first().map(|heading| (heading.to_string(), Source::Heading));
        let Some((value, source)) = best.or(meta).or(html).or(described).or(first) else { return };
        if put(&mut self.metadata.title, &value) {
            self.metadata.set(Field::Title, source);
        }
    }
}

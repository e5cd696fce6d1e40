//! The title of a page with markup.

use std::collections::BTreeSet;

use super::{Page, put, text_of};
use crate::metadata::{MetadataField as Field, MetadataSource as Source, meta_tags, titles};
use crate::squash::squash;

/// Words of a title or an address that are compared.
const MOST_WORDS: usize = 64;

/// What speaks for the heading, and against it, where the page calls itself something else in its `<title>`. The numbers are
/// what a logistic regression gives on pages whose title is known, rounded.
mod worth {
    /// Headings are the title more often than not.
    pub const HEADING: f32 = 1.2;
    /// The title has all of the heading in it.
    pub const CONTAINED: f32 = 0.7;
    /// A `<meta>` repeats the heading, or the title.
    pub const META: f32 = 1.2;
    /// The address has more words of the one than of the other.
    pub const ADDRESS: f32 = 0.9;
    /// It heads a text that somebody wrote, or something else that structured data describe.
    pub const TEXT: f32 = 0.5;
    pub const WORK: f32 = 0.6;
    /// It is no `<h1>`, or one of several; it stands on the front page, where slogans do.
    pub const NOT_MAIN: f32 = 1.0;
    pub const OF_SEVERAL: f32 = 1.3;
    pub const FRONT: f32 = 0.4;
    /// What the page calls itself stands on it as another heading.
    pub const HEADED: f32 = 1.5;
}

impl Page<'_, '_> {
    /// Finds the title: what the page shows as its heading or its markup calls it.
    pub(super) fn title(&mut self, sites: &[(String, Source)]) {
        let known = self.site_keys(sites);
        let is_front = self.is_front();
        let mains = self.blocks.main_headings().into_iter().map(|heading| (heading, true));
        let shown =
            self.blocks.title.map(|title| (self.blocks.heading(title), false)).into_iter().chain(mains);
        // The site's name is often an `<h1>`, and a heading may end with it.
        let mut headings: Vec<String> = Vec::new();
        let mut main_keys: BTreeSet<String> = BTreeSet::new();
        for (heading, is_main) in shown {
            let cut = titles::without_site(&heading, &known, &[]);
            let heading = if titles::key(&cut).len() < 4 { heading } else { cut };
            if is_main {
                main_keys.insert(titles::key(&heading));
            }
            if (is_front || !known.are(&heading)) && !headings.contains(&heading) {
                headings.push(heading);
            }
        }
        let described = ["headline", "name"]
            .iter()
            .find_map(|key| self.described.of_work(key).first().copied())
            .map(text_of);
        let described = described.as_deref();
        let marked = self.marked.values("headline").into_iter().chain(self.marked.values("name")).next();
        let html = self.survey.title.as_deref().map(squash);
        let html = html.as_deref().filter(|title| !title.is_empty());
        let meta = meta_tags::best(self.survey, meta_tags::TITLES);
        let twitter = self.survey.meta("twitter:title").next();
        let lower = self.blocks.lower_headings();
        let heads: Vec<&str> =
            headings.iter().map(String::as_str).chain(described).chain(marked.as_deref()).collect();
        let clean = |value: &str| {
            let parts = titles::Parts::of(value);
            let part = parts.repeated_first(&lower).filter(|part| !known.are(part));
            let part = part.map_or_else(|| titles::without_site(value, &known, &heads), str::to_owned);
            titles::first_part(&part).to_owned()
        };
        let meta = meta.map(|(value, source)| (clean(value), source)).filter(|(value, _)| !value.is_empty());
        let is_site = |value: &String| !is_front && !headings.is_empty() && known.are(value);
        let html = html.map(clean).filter(|value| !value.is_empty() && !is_site(value));
        let in_meta = meta.as_ref().map(|(value, _)| value.as_str());
        let others = [described, marked.as_deref(), twitter, html.as_deref(), in_meta];
        let is_said =
            |heading: &&String| others.iter().flatten().any(|other| titles::are_alike(heading, other));
        // A heading that the title repeats, or else the one of the two that more speaks for.
        let by_title =
            |heading: &&String| html.as_deref().is_some_and(|html| titles::are_alike(heading, html));
        let mains: Vec<&String> =
            headings.iter().filter(|heading| main_keys.contains(&titles::key(heading))).collect();
        let heading = match mains[..] {
            [only] => Some(only),
            _ => {
                headings.iter().find(by_title).or_else(|| headings.iter().find(is_said)).or(headings.first())
            }
        };
        let title = html.clone().map(|html| (html, Source::Html)).or(meta.clone());
        let prefers = |heading: &String, title: &str| {
            let words = |text: &str| self.words_of_address(text);
            let repeats =
                |other: Option<&str>, of: &str| other.is_some_and(|other| titles::are_alike(other, of));
            let balance = |on: bool, against: bool| f32::from(i8::from(on) - i8::from(against));
            let is_headed = main_keys.contains(&titles::key(heading));
            let worth = worth::HEADING
                + worth::META * balance(repeats(in_meta, heading), repeats(in_meta, title))
                + worth::ADDRESS * balance(words(heading) > words(title), words(heading) < words(title))
                + worth::TEXT * balance(self.is_text(), self.is_no_text())
                + worth::CONTAINED * balance(titles::key(title).contains(&titles::key(heading)), false)
                + worth::WORK * balance(self.described.work_type().is_some(), false)
                - worth::FRONT * balance(is_front, false)
                - worth::HEADED * balance(lower.contains(&titles::key(title)), false)
                - worth::NOT_MAIN * balance(!is_headed, false)
                - worth::OF_SEVERAL * balance(mains.len() > 1, false);
            titles::are_alike(heading, title) || worth > 0.0
        };
        let heading = heading.map(|heading| (heading.clone(), Source::Heading));
        let described = described.map(|described| (described.to_owned(), Source::JsonLd));
        let best = match (heading, title) {
            (Some(heading), Some(title)) => Some(if prefers(&heading.0, &title.0) { heading } else { title }),
            (heading, title) => title.or(heading),
        };
        let Some((value, source)) = best.or(described) else { return };
        if put(&mut self.metadata.title, &value) {
            self.metadata.set(Field::Title, source);
        }
    }

    /// How many different words of a text the path of the page's address has.
    fn words_of_address(&self, text: &str) -> usize {
        let path = self.path().unwrap_or("");
        let words = |text: &str| -> BTreeSet<String> {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.take(MOST_WORDS).map(str::to_lowercase).collect()
        };
        words(path).intersection(&words(text)).count()
    }
}

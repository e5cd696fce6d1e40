//! All claims of a page, and what is made of them.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use html5ever::local_name;

use super::claims::{Claim, best_authors, best_date};
use super::dates::Date;
use super::language::{Spoken, primary};
use super::structured::{Described, Marked, is_written, short_text};
use super::survey::Survey;
use super::urls::Base;
use super::visible::{Blocks, Mark, Zone};
use super::{Direction, Metadata, MetadataField as Field, MetadataSource as Source, authors, dates, meta_tags, titles};
use crate::input::html;
use crate::limits::Limits;
use crate::page::Role;
use crate::segment::Place;
use crate::tree::{NodeId, Tree};

/// Longer values are cut, in bytes.
const LONGEST: usize = 1_000;
const MOST_TAGS: usize = 32;

/// What a page with markup says of itself.
pub(super) fn metadata(tree: &Tree, blocks: &Blocks, base: Option<&str>) -> Metadata {
    let survey = Survey::of(tree, blocks.segments);
    Page::of(tree, blocks, &survey, base).metadata()
}

/// What a plain text says of itself.
pub(super) fn metadata_of_text(blocks: &Blocks) -> Metadata {
    let mut metadata = Metadata::default();
    let spoken = Spoken::of(blocks.content());
    let language = spoken.tag(None).map(|(tag, _)| tag);
    if let Some(title) = blocks.title {
        put(&mut metadata.title, blocks.text(title), Source::Heading);
        metadata.set(Field::Title, Source::Heading);
    }
    let near = blocks.near();
    let tag = language.as_deref();
    let bylines = blocks.bylines(&near, tag.map_or("", primary));
    if let Some(byline) = bylines.into_iter().find(|byline| byline.zone == Zone::Head) {
        metadata.authors = byline.names;
        metadata.set(Field::Authors, Source::Byline);
    }
    let datelines = blocks.datelines(&near, tag);
    let of_change = |wanted: bool| {
        let mut of = datelines.iter().filter(|line| line.of_change.unwrap_or(false) == wanted && line.zone == Zone::Head);
        of.find(|line| line.is_alone || line.of_change.is_some() || line.block <= blocks.title.unwrap_or(0) + 3)
    };
    if let Some(line) = of_change(false) {
        metadata.published = Some(line.date.to_string());
        metadata.set(Field::Published, Source::Byline);
        metadata.date = metadata.published.clone();
        metadata.set(Field::Date, Source::Byline);
    }
    if let Some(line) = of_change(true) {
        metadata.modified = Some(line.date.to_string());
        metadata.set(Field::Modified, Source::Byline);
    }
    if spoken.has_letters() {
        metadata.direction = Some(if spoken.is_right_to_left() { Direction::Rtl } else { Direction::Ltr });
        metadata.set(Field::Direction, Source::Text);
    }
    if let Some(tag) = language {
        metadata.language = Some(tag);
        metadata.set(Field::Language, Source::Text);
    }
    metadata
}

/// A value without surplus white space, cut if too long; whether there is one.
fn put(field: &mut Option<String>, value: &str, _source: Source) -> bool {
    let value = text_of(value);
    let mut squashed = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if squashed.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&end| squashed.is_char_boundary(end)).unwrap_or(0);
        squashed.truncate(end);
    }
    if squashed.is_empty() {
        return false;
    }
    *field = Some(squashed);
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
    debug: Vec<String>,
}

impl<'s, 't> Page<'s, 't> {
    fn of(tree: &'t Tree, blocks: &'s Blocks<'s>, survey: &'s Survey<'t>, given: Option<&str>) -> Self {
        let own = survey.link("canonical").into_iter().chain(survey.meta("og:url")).find(|url| url.contains("://"));
        let base = Base::of(survey.base, given, own);
        let heading = blocks.title.map(|title| blocks.text(title));
        let html = survey.title.as_deref();
        let known: Vec<String> =
            [heading, html].into_iter().flatten().chain(survey.meta("og:title")).map(titles::key).filter(|key| key.len() > 3).collect();
        let described = Described::of(&survey.entities, &known);
        let title_element = blocks.title.and_then(|title| match blocks.segments.blocks[title].place {
            Place::Element { element, .. } => Some(element),
            Place::Input(_) => None,
        });
        let marked = Marked::of(tree, survey, title_element);
        let spoken = Spoken::of(blocks.content());
        let declared = survey.language.or_else(|| meta_tags::best(survey, meta_tags::LANGUAGES).map(|(tag, _)| tag));
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
            blocks, survey, described, marked, tree, base, spoken, language, url,
            metadata: Metadata::default(),
            debug: Vec::new(),
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
        self.metadata.debug = self.debug;
        self.metadata
    }

    /// The names of the site, each with its source.
    fn sites(&self) -> Vec<(String, Source)> {
        let metas = meta_tags::values(self.survey, meta_tags::SITES).map(|(name, source, _)| (name.to_owned(), source));
        let described = self.described.sites().into_iter().map(|name| (name.to_owned(), Source::JsonLd));
        metas.chain(described).filter(|(name, _)| !name.trim().is_empty() && name.len() < 120).take(16).collect()
    }

    /// Whether the page says that it is a text that somebody wrote.
    fn is_text(&self) -> bool {
        self.described.work_type().or(self.marked.kind()).is_some_and(is_written)
            || self.survey.meta("og:type").any(|kind| kind.eq_ignore_ascii_case("article"))
    }

    /// Whether the page says that it is a list or a thing for sale, or is the front page of its site.
    fn is_no_text(&self) -> bool {
        let kind = self.described.work_type().or(self.marked.kind()).or(self.described.page_type());
        let is_front = self.url.as_ref().is_some_and(|(url, _)| url.splitn(4, '/').nth(3) == Some(""));
        let is_other = matches!(kind, Some("Product" | "ProductGroup" | "CollectionPage" | "SearchResultsPage" | "ProfilePage"));
        let og = self.survey.meta("og:type").any(|kind| kind.to_ascii_lowercase().contains("product"));
        !self.is_text() && (is_front || is_other || og)
    }

    fn title(&mut self, sites: &[(String, Source)]) {
        let known = titles::Sites {
            names: sites.iter().map(|(name, _)| titles::key(name)).collect(),
            label: self.base.site_label().map(titles::key).unwrap_or_default(),
            host: self.base.host().map(titles::key).unwrap_or_default(),
        };
        let heading = self.blocks.title.map(|title| self.blocks.heading(title));
        let h1s = self.blocks.main_headings();
        let described = self.described.of_work("headline").into_iter().chain(self.described.of_work("name")).next().map(text_of);
        let described = described.as_deref();
        let marked = self.marked.values("headline").into_iter().chain(self.marked.values("name")).next();
        let html = self.survey.title.as_deref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let html = html.as_deref().filter(|title| !title.is_empty());
        let meta = meta_tags::best(self.survey, meta_tags::TITLES);
        let twitter = self.survey.meta("twitter:title").next();
        let heads: Vec<&str> = heading.as_deref().into_iter().chain(described).chain(marked.as_deref()).chain(h1s.iter().map(|(_, h)| h.as_str())).collect();
        for (name, value) in [("heading", heading.as_deref()), ("ld", described), ("html", html), ("meta", meta.map(|(value, _)| value)), ("tw", twitter), ("micro", marked.as_deref())] {
            self.debug.extend(value.map(|value| format!("title\t{name}\t{}", titles::without_site(value, &known, if matches!(name, "html" | "meta" | "tw") { &heads } else { &[] }))));
        }
        if let Some(block) = self.blocks.title {
            self.debug.push(format!("hrole\t{:?}\t{:?}", self.blocks.segments.blocks[block].role, 0));
        }
        for (label, h1) in h1s.iter().take(4) {
            self.debug.push(format!("title\th1 {label}\t{h1}"));
        }
        for (name, value) in [("html1", html), ("meta1", meta.map(|(value, _)| value))] {
            self.debug.extend(value.map(|value| format!("title\t{name}\t{}", titles::first_part(&titles::without_site(value, &known, &heads)))));
        }
        let clean = |value: &str| titles::first_part(&titles::without_site(value, &known, &heads)).to_owned();
        let meta = meta.map(|(value, source)| (clean(value), source)).filter(|(value, _)| !value.is_empty());
        let html = html.map(clean).filter(|value| !value.is_empty());
        let others: Vec<&str> = described.into_iter().chain(marked.as_deref()).chain(twitter).chain(html.as_deref()).chain(meta.as_ref().map(|(value, _)| value.as_str())).collect();
        let is_said = |heading: &str| others.iter().any(|other| titles::are_alike(heading, other));
        let is_main = |block: usize| matches!(self.blocks.segments.blocks[block].role, Role::Heading(1) | Role::Title);
        let agreed = meta.as_ref().zip(html.as_ref()).is_some_and(|((meta, _), html)| titles::are_alike(meta, html));
        let is_text = self.is_text();
        // A heading that the markup repeats; else the only main one, unless all else says something different.
        let h1s = h1s.into_iter().map(|(_, heading)| heading);
        let headings: Vec<String> = heading.iter().cloned().chain(h1s.clone()).collect();
        let only = {
            let all: Vec<String> = h1s.collect();
            match (&all[..], &heading) {
                ([only], _) => Some(only.clone()),
                (_, Some(heading)) if self.blocks.title.is_some_and(is_main) => Some(heading.clone()),
                _ => None,
            }
        };
        let said = headings.iter().find(|heading| is_said(heading)).cloned();
        let heading = said.or(only.filter(|_| !agreed || is_text)).map(|heading| (heading, Source::Heading));
        let html = html.map(|html| (html, Source::Html));
        let described = described.map(|described| (described.to_owned(), Source::JsonLd));
        let first = headings.first().map(|heading| (heading.clone(), Source::Heading));
        let Some((value, source)) = heading.or(meta).or(html).or(described).or(first) else { return };
        if put(&mut self.metadata.title, &value, source) {
            self.metadata.set(Field::Title, source);
        }
    }

    fn authors(&mut self, near: &[(usize, Zone)], sites: &[(String, Source)]) {
        let tag = self.language().unwrap_or("").to_owned();
        let language = primary(&tag);
        let mut claims: Vec<Claim<Vec<String>>> = Vec::new();
        let mut claim = |values: Vec<&str>, source: Source, weight: f32, what: &str| {
            let values: Vec<String> = values.into_iter().take(32).map(|value| text_of(value).chars().take(LONGEST).collect()).collect();
            let names = authors::names(&values.join("; "), language);
            if !names.is_empty() {
                self.debug.push(format!("author\t{what}\t{}", names.join("; ")));
                claims.push(Claim::new(names, source, weight));
            }
        };
        let is_written = self.described.work_type().is_some_and(is_written);
        for key in ["author", "creator"] {
            claim(self.described.of_work(key), Source::JsonLd, if is_written { 9.0 } else { 4.0 }, &format!("ld {key}"));
        }
        claim(self.described.of_page("author"), Source::JsonLd, 5.0, "ld page");
        for names in [meta_tags::AUTHORS] {
            let mut by_name: Vec<(f32, Source, Vec<&str>)> = Vec::new();
            for (value, source, weight) in meta_tags::values(self.survey, names).filter(|(value, ..)| !value.contains("://")) {
                match by_name.iter_mut().find(|(known, of, _)| (*known, *of) == (weight, source)) {
                    Some((.., values)) => values.push(value),
                    None => by_name.push((weight, source, vec![value])),
                }
            }
            for (weight, source, values) in by_name {
                claim(values, source, weight, &format!("meta {source:?}"));
            }
        }
        // Twitter's cards carry labelled data: "Written by", the name.
        for number in ["1", "2"] {
            let label = self.survey.meta(&format!("twitter:label{number}")).next().unwrap_or("");
            let says = super::words::WORDS.after_by(&format!("{label}: x"), language).is_some();
            let value = self.survey.meta(&format!("twitter:data{number}")).next();
            claim(value.filter(|_| says).into_iter().collect(), Source::Twitter, 7.0, "twitter");
        }
        let marked = self.marked.values("author");
        claim(marked.iter().map(String::as_str).collect(), self.marked.source(), 7.0, "microdata");
        let marked = self.marked.loose("author");
        claim(marked.iter().map(String::as_str).collect(), Source::Microdata, 4.0, "microdata loose");
        let bylines = self.blocks.bylines(near, language);
        let is_no_text = self.is_no_text();
        let distinct = bylines.iter().enumerate().filter(|(at, byline)| {
            !bylines[..*at].iter().any(|other| other.names.iter().any(|a| byline.names.iter().any(|b| authors::same(a, b))))
        });
        let distinct = distinct.take(8).count();
        for byline in bylines {
            // Under a heading of its own, one byline of several is that of a teaser or a part.
            let is_of_part = distinct > 2 && self.blocks.is_under_other_heading(byline.block);
            let head = byline.zone == Zone::Head;
            let weight = match (byline.is_said, byline.mark) {
                (true, Some(_)) => 7.0,
                (true, None) => 6.0,
                (false, Some(Mark::Named)) => 5.5,
                (false, Some(Mark::Linked)) => 4.5,
                (false, None) => 0.0,
            };
            let weight = weight - if is_of_part { 3.0 } else { 0.0 } - if is_no_text { 4.0 } else { 0.0 };
            let what = format!("byline said {} mark {:?} {:?}", byline.is_said, byline.mark, byline.zone);
            self.debug.push(format!("author\t{what}\t{}", byline.names.join("; ")));
            claims.push(Claim::new(byline.names, Source::Byline, if head { weight } else { weight - 1.5 }));
        }
        let shown = self.shown_text();
        let is_text = self.is_text();
        let known = titles::Sites {
            names: sites.iter().map(|(name, _)| titles::key(name)).collect(),
            label: self.base.site_label().map(titles::key).unwrap_or_default(),
            host: self.base.host().map(titles::key).unwrap_or_default(),
        };
        let (mut others, mut own) = (Vec::new(), Vec::new());
        for mut claim in claims {
            let is_shown = claim.source == Source::Byline || claim.value.iter().any(|name| shown.contains(&titles::key(name)));
            let is_site = claim.value.iter().all(|name| known.are(name));
            self.debug.push(format!("authorflags\t{}\tshown {is_shown} site {is_site}", claim.value.join("; ")));
            if !is_shown {
                claim.weight *= match claim.source {
                    Source::Twitter => 0.65,
                    // What a text of somebody's says without showing it is as often as not the name of an account.
                    _ if is_text => 0.6,
                    _ => 0.35,
                };
            }
            match is_site {
                true => {
                    claim.weight -= if is_shown { 2.5 } else { 4.0 };
                    own.push(claim);
                }
                false => others.push(claim),
            }
        }
        let Some(best) = best_authors(&others).or_else(|| best_authors(&own)) else { return };
        self.metadata.authors = best.value.iter().map(|name| name.chars().take(LONGEST).collect()).collect();
        let source = best.source;
        self.metadata.set(Field::Authors, source);
    }

    /// The key of all that the page shows around its title and behind its text.
    fn shown_text(&self) -> String {
        let mut shown = String::new();
        for (block, verdict) in self.blocks.verdicts.iter().enumerate() {
            use crate::page::{BoilerplateKind as K, Label as L};
            if !matches!(verdict.label, L::Boilerplate(K::Related | K::SiteFooter | K::Comments)) {
                shown.push_str(&titles::key(self.blocks.text(block)));
                shown.push('\n');
            }
        }
        shown
    }

    fn dates(&mut self, near: &[(usize, Zone)]) {
        let tag = self.language().map(str::to_owned);
        let tag = tag.as_deref();
        let mut published: Vec<Claim<Date>> = Vec::new();
        let mut modified: Vec<Claim<Date>> = Vec::new();
        let mut shown_change: Vec<Claim<Date>> = Vec::new();
        let mut debug = Vec::new();
        let read = |value: &str| dates::find(value, tag).map(|found| found.date);
        let mut claim = |to: &mut Vec<Claim<Date>>, value: Option<&str>, source: Source, weight: f32, what: &str| {
            let date = value.and_then(read);
            debug.extend(date.map(|date| format!("date\t{what}\t{date}")));
            to.extend(date.map(|date| Claim::new(date, source, weight)));
        };
        let is_written = self.described.work_type().is_some_and(is_written);
        let weight = if is_written { 4.5 } else { 3.5 };
        for (key, less) in [("datePublished", 0.0), ("dateCreated", 0.5), ("uploadDate", 1.0), ("datePosted", 0.5)] {
            claim(&mut published, self.described.of_work(key).first().copied(), Source::JsonLd, weight - less, &format!("ld {key} {is_written}"));
        }
        claim(&mut modified, self.described.of_work("dateModified").first().copied(), Source::JsonLd, weight, "ld mod");
        claim(&mut published, self.described.of_page("datePublished").first().copied(), Source::JsonLd, 2.0, "ld page");
        claim(&mut modified, self.described.of_page("dateModified").first().copied(), Source::JsonLd, 6.0, "ld page mod");
        for (value, source, weight) in meta_tags::values(self.survey, meta_tags::PUBLISHED).take(32) {
            claim(&mut published, Some(value), source, weight, &format!("meta {source:?} {weight}"));
        }
        for (value, source, weight) in meta_tags::values(self.survey, meta_tags::MODIFIED).take(32) {
            claim(&mut modified, Some(value), source, weight, &format!("meta mod {source:?} {weight}"));
        }
        for (key, of_change) in [("datePublished", false), ("dateCreated", false), ("dateModified", true), ("uploadDate", false)] {
            let to = if of_change { &mut modified } else { &mut published };
            claim(to, self.marked.values(key).first().map(String::as_str), self.marked.source(), 6.0, &format!("micro {key}"));
            claim(to, self.marked.loose(key).first().map(String::as_str), Source::Microdata, 5.7, &format!("micro loose {key}"));
        }
        let path = self.url.as_ref().map(|(url, _)| url.as_str());
        if let Some(date) = path.and_then(date_of_path) {
            debug.push(format!("date\turl\t{date}"));
            published.push(Claim::new(date, Source::Address, 5.0));
        }
        for (order, time) in self.times(near, tag).into_iter().enumerate().take(8) {
            let (date, zone, of_change) = time;
            let weight = if zone == Zone::Head { 6.5 } else { 1.2 } - (order as f32 * 0.1).min(1.5);
            debug.push(format!("date\ttime {zone:?} {order} {of_change}\t{date}"));
            let to = if of_change { &mut modified } else { &mut published };
            to.push(Claim::new(date, Source::Time, weight));
            if of_change && zone == Zone::Head {
                shown_change.push(Claim::new(date, Source::Time, weight * 0.7));
            }
        }
        for (order, line) in self.blocks.datelines(near, tag).into_iter().enumerate().take(8) {
            let zone = if line.zone == Zone::Head { 3.0 } else { 1.6 };
            let weight = zone
                + f32::from(u8::from(line.is_marked)) * 2.4
                + f32::from(u8::from(line.is_alone)) * 1.0
                + f32::from(u8::from(line.of_change.is_some())) * 1.5
                - (order as f32 * 0.1).min(1.5);
            debug.push(format!("date\tline {:?} marked {} alone {} change {:?}\t{}", line.zone, line.is_marked, line.is_alone, line.of_change, line.date));
            let to = if line.of_change == Some(true) { &mut modified } else { &mut published };
            to.push(Claim::new(line.date, Source::Byline, weight));
            if line.of_change == Some(true) && line.zone == Zone::Head {
                shown_change.push(Claim::new(line.date, Source::Byline, weight * 0.7));
            }
        }
        if published.is_empty() && shown_change.is_empty() {
            let date = self.survey.scripts.iter().find_map(|&script| date_of_script(self.tree, script, tag));
            debug.extend(date.map(|date| format!("date\tscript\t{date}")));
            published.extend(date.map(|date| Claim::new(date, Source::Script, 3.0)));
        }
        let both: Vec<Claim<Date>> = published.iter().chain(&shown_change).cloned().collect();
        if let Some((value, source)) = best_date(&both).map(|best| (best.value.to_string(), best.source)) {
            self.metadata.date = Some(value);
            self.metadata.set(Field::Date, source);
        }
        let best = best_date(&published);
        if let Some((value, source)) = best.map(|best| (best.value.to_string(), best.source)) {
            self.metadata.published = Some(value);
            self.metadata.set(Field::Published, source);
        }
        if let Some((value, source)) = best_date(&modified).map(|best| (best.value.to_string(), best.source)) {
            self.metadata.modified = Some(value);
            self.metadata.set(Field::Modified, source);
        }
        self.debug.extend(debug);
    }

    /// The dates of `<time>` in the blocks around the title and behind the text, and whether each is that of a change.
    fn times(&self, near: &[(usize, Zone)], tag: Option<&str>) -> Vec<(Date, Zone, bool)> {
        let mut times = Vec::new();
        for time in &self.survey.times {
            let Some(block) = self.blocks.block_of_leaf(time.leaves.start) else { continue };
            let Some((_, zone)) = near.iter().find(|(near, _)| *near == block) else { continue };
            let value = time.value.and_then(|value| dates::find(value, tag));
            let value = value.or_else(|| dates::find(&short_text(self.tree, time.element)?, tag));
            let Some(found) = value else { continue };
            times.push((found.date, *zone, self.is_of_change(time.element, block)));
        }
        times
    }

    fn is_of_change(&self, time: NodeId, block: usize) -> bool {
        let says = |value: &str| {
            let lower = value.to_ascii_lowercase();
            lower.contains("modified") || lower.contains("updated")
        };
        let by_markup = self.tree.ancestors(time).take(2).any(|id| {
            [local_name!("itemprop"), local_name!("class")].iter().any(|name| self.tree.attribute(id, name).is_some_and(says))
        });
        let text = self.blocks.text(block);
        let shown = short_text(self.tree, time).unwrap_or_default();
        let before = text.find(&shown).map_or("", |at| &text[..at]);
        by_markup || super::words::WORDS.is_of_change(before) == Some(true)
    }

    fn site(&mut self, sites: &[(String, Source)]) {
        let Some((name, source)) = sites.first() else { return };
        if put(&mut self.metadata.site, name, *source) {
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
            if put(&mut self.metadata.description, value, source) {
                self.metadata.set(Field::Description, source);
            }
        }
        let images = meta_tags::best(self.survey, meta_tags::IMAGES).into_iter();
        let described = ["image", "thumbnailUrl"].into_iter().flat_map(|key| self.described.strings(key)).map(|url| (url, Source::JsonLd));
        let linked = self.survey.link("image_src").map(|url| (url, Source::Html));
        let image = images.chain(described).chain(linked).find_map(|(url, source)| Some((self.base.resolve(url)?, source)));
        if let Some((url, source)) = image {
            self.metadata.image = Some(url);
            self.metadata.set(Field::Image, source);
        }
        let section = self.described.of_work("articleSection").first().map(|value| (*value, Source::JsonLd));
        if let Some((value, source)) = meta_tags::best(self.survey, meta_tags::SECTIONS).or(section) {
            if put(&mut self.metadata.section, value, source) {
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
        let weight_of_best = meta_tags::values(self.survey, meta_tags::TAGS).map(|(.., weight)| weight).fold(0.0, f32::max);
        let metas: Vec<&str> = meta_tags::values(self.survey, meta_tags::TAGS)
            .filter(|(.., weight)| *weight == weight_of_best)
            .map(|(value, ..)| value)
            .collect();
        let (values, source) = match best {
            Some(source) => (metas, source),
            None => (self.described.of_work("keywords"), Source::JsonLd),
        };
        for tag in values.into_iter().flat_map(|value| value.split([',', ';', '、', '，'])) {
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
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
        let linked = self.survey.link("license").and_then(|url| self.base.resolve(url)).map(|url| (url, Source::Html));
        let described = self.described.strings("license").first().map(|value| ((*value).to_owned(), Source::JsonLd));
        let meta = meta_tags::best(self.survey, meta_tags::LICENSES).map(|(value, source)| (value.to_owned(), source));
        if let Some((value, source)) = linked.or(described).or(meta) {
            if put(&mut self.metadata.license, &value, source) {
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

/// The date of publication that the state of an application or the data for its statistics gives first.
fn date_of_script(tree: &Tree, script: NodeId, tag: Option<&str>) -> Option<Date> {
    let text = tree.first_child(script).map(|child| tree.text(child))?;
    let keys = PUBLISHED_KEYS.as_ref()?;
    let mut hits = keys.find_iter(text).take(8);
    hits.find_map(|hit| {
        // `":"` between key and value, quotation marks escaped or not.
        let rest = text[hit.end()..].trim_start_matches(['\\', '"', '\'', ' ', ':']);
        let value = rest.split(['"', '\'', '\\', '<', '}']).next().filter(|value| value.len() <= 40)?;
        dates::find(value, tag).map(|found| found.date).filter(|date| date.day.is_some())
    })
}

/// Names that applications give the date of publication.
static PUBLISHED_KEYS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let keys = [
        "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date", "publicationDate",
        "publication_date", "publishedFirst", "first-publication", "firstPublished", "postedAt", "posted_at", "pagePostDate", "postDate",
        "publishedTime", "published_time", "datetime_published", "publishTime", "articlePublishDate",
    ];
    AhoCorasick::new(keys.map(|key| format!("{key}\"")).iter().chain(&keys.map(|key| format!("{key}\\\"")))).ok()
});

/// The day that stands in the path of an address: `/2021/03/04/`, `/2021-03-04-`.
fn date_of_path(url: &str) -> Option<Date> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let path = path.split(['?', '#']).next()?;
    let numbers: Vec<(usize, &str)> = path
        .match_indices(|c: char| c.is_ascii_digit())
        .filter(|(at, _)| *at == 0 || !path.as_bytes()[at - 1].is_ascii_digit())
        .map(|(at, _)| (at, path[at..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or("")))
        .take(24)
        .collect();
    numbers.windows(3).find_map(|window| {
        let [(start, year), (_, month), (end, day)] = *window else { return None };
        let between = &path[start + 4..end];
        let is_joined = year.len() == 4 && month.len() <= 2 && day.len() <= 2 && between.len() <= month.len() + 2
            && between.starts_with(['/', '-', '_']) && between.ends_with(['/', '-', '_']);
        if !is_joined {
            return None;
        }
        Date::of_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })
}

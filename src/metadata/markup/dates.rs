//! The dates of a page with markup.

use html5ever::local_name;

use super::{MOST_VALUES, Page};
use crate::metadata::claims::{Claim, best_date};
use crate::metadata::dates::{self, Date, Found};
use crate::metadata::structured::short_text;
use crate::metadata::visible::Zone;
use crate::metadata::words::WORDS;
use crate::metadata::{MetadataField as Field, MetadataSource as Source, meta_tags};
use crate::tree::NodeId;

/// What a shown date of a change is worth as the date of the page, in shares of its weight.
const SHOWN_CHANGE: f32 = 0.7;
/// Dates that the page shows, at most.
const MOST_LINES: usize = 8;

impl Page<'_, '_> {
    /// Finds the dates: what the page shows beside its title counts as much as what its markup says, since templates set
    /// the latter by themselves.
    pub(super) fn dates(&mut self, near: &[(usize, Zone)]) {
        let tag = self.language().map(str::to_owned);
        let tag = tag.as_deref();
        let mut published: Vec<Claim<Date>> = Vec::new();
        let mut modified: Vec<Claim<Date>> = Vec::new();
        let mut shown_change: Vec<Claim<Date>> = Vec::new();
        let read = |value: &str| dates::find(value, tag).map(|found| found.date);
        let claim = |to: &mut Vec<Claim<Date>>, value: Option<&str>, source: Source, weight: f32| {
            let date = value.and_then(read);
            to.extend(date.map(|date| Claim::new(date, source, weight)));
        };
        let weight = 3.1;
        for (key, less) in
            [("datePublished", 0.0), ("dateCreated", 0.5), ("uploadDate", 1.0), ("datePosted", 0.5)]
        {
            claim(
                &mut published,
                self.described.of_work(key).first().copied(),
                Source::JsonLd,
                weight - less,
            );
        }
        claim(&mut modified, self.described.of_work("dateModified").first().copied(), Source::JsonLd, weight);
        claim(&mut published, self.described.of_page("datePublished").first().copied(), Source::JsonLd, 3.0);
        claim(&mut modified, self.described.of_page("dateModified").first().copied(), Source::JsonLd, 6.0);
        for (value, source, weight) in meta_tags::values(self.survey, meta_tags::PUBLISHED).take(MOST_VALUES)
        {
            claim(&mut published, Some(value), source, weight);
        }
        for (value, source, weight) in meta_tags::values(self.survey, meta_tags::MODIFIED).take(MOST_VALUES) {
            claim(&mut modified, Some(value), source, weight);
        }
        for (value, of_change) in meta_tags::unlisted_dates(self.survey).take(MOST_VALUES) {
            claim(if of_change { &mut modified } else { &mut published }, Some(value), Source::Meta, 5.0);
        }
        for (key, of_change) in
            [("datePublished", false), ("dateCreated", false), ("dateModified", true), ("uploadDate", false)]
        {
            let to = if of_change { &mut modified } else { &mut published };
            claim(to, self.marked.values(key).first().map(String::as_str), self.marked.source(), 6.0);
            claim(to, self.marked.loose(key).first().map(String::as_str), Source::Microdata, 5.7);
        }
        let path = self.url.as_ref().map(|(url, _)| url.as_str());
        if let Some(date) = path.and_then(|path| date_of_path(path, tag)) {
            published.push(Claim::new(date, Source::Address, 5.0));
        }
        // 03/04/2021 is what the markup says of the two days that it may be.
        let certain: Vec<Date> = published.iter().chain(&modified).map(|claim| claim.value).collect();
        let in_order = |date: Date, other: Option<Date>| {
            let says = |date: &Date| {
                date.day.is_some()
                    && certain.iter().any(|known| known.day.is_some() && known.is_same_day(date))
            };
            other.filter(|other| says(other) && !says(&date)).unwrap_or(date)
        };
        // The first of several is the page's own more often than those behind it.
        let later = |order: usize| (order as f32 * 0.1).min(1.5);
        for (order, (found, zone, of_change)) in self.times(near, tag).into_iter().enumerate() {
            let date = in_order(found.date, found.in_other_order);
            let weight = if zone == Zone::Head { 6.5 } else { 1.2 } - later(order);
            let to = if of_change { &mut modified } else { &mut published };
            to.push(Claim::new(date, Source::Time, weight));
            if of_change {
                shown_change.push(Claim::new(date, Source::Time, weight * SHOWN_CHANGE));
            }
        }
        for (order, line) in self.blocks.datelines(near, tag).into_iter().enumerate().take(MOST_LINES) {
            let mut weight = if line.zone == Zone::Head { 3.0 } else { 1.6 } - later(order);
            weight += if line.is_marked { 2.4 } else { 0.0 };
            weight += if line.is_alone { 1.0 } else { 0.0 };
            weight += if line.of_change.is_some() { 1.5 } else { 0.0 };
            let to = if line.of_change == Some(true) { &mut modified } else { &mut published };
            let date = in_order(line.date, line.in_other_order);
            to.push(Claim::new(date, Source::Byline, weight));
            if line.of_change == Some(true) {
                shown_change.push(Claim::new(date, Source::Byline, weight * SHOWN_CHANGE));
            }
        }
        let shown: Vec<Claim<Date>> = published.iter().chain(&shown_change).cloned().collect();
        let metadata = &mut self.metadata;
        for (claims, field) in
            [(shown, Field::Date), (published, Field::Published), (modified, Field::Modified)]
        {
            let Some(best) = best_date(&claims) else { continue };
            let value = Some(best.value.to_string());
            match field {
                Field::Date => metadata.date = value,
                Field::Published => metadata.published = value,
                _ => metadata.modified = value,
            }
            metadata.set(field, best.source);
        }
    }

    /// The dates of `<time>` in the blocks around the title and behind the text, and whether each is that of a change.
    fn times(&self, near: &[(usize, Zone)], tag: Option<&str>) -> Vec<(Found, Zone, bool)> {
        let mut times = Vec::new();
        for time in &self.survey.times {
            let Some(block) = self.blocks.block_of_leaf(time.leaves.start) else { continue };
            let Some((_, zone)) = near.iter().find(|(near, _)| *near == block) else { continue };
            let value = time.value.and_then(|value| dates::find(value, tag));
            let value = value.or_else(|| dates::find(&short_text(self.tree, time.element)?, tag));
            let Some(found) = value else { continue };
            times.push((found, *zone, self.is_of_change(time.element, block)));
            if times.len() == MOST_LINES {
                break;
            }
        }
        times
    }

    fn is_of_change(&self, time: NodeId, block: usize) -> bool {
        let says = |value: &str| {
            let lower = value.to_ascii_lowercase();
            lower.contains("modified") || lower.contains("updated")
        };
        let by_markup = self.tree.ancestors(time).take(2).any(|id| {
            [local_name!("itemprop"), local_name!("class")]
                .iter()
                .any(|name| self.tree.attribute(id, name).is_some_and(says))
        });
        let text = self.blocks.text(block);
        let shown = short_text(self.tree, time).unwrap_or_default();
        let before = text.find(&shown).map_or("", |at| &text[..at]);
        by_markup || WORDS.is_of_change(before) == Some(true)
    }
}

/// The day that stands in the path of an address: `/2021/03/04/`, `/2021-03-04-`, `/04-03-2021`, `/20210304/`,
/// `/2021/march/04/`.
fn date_of_path(url: &str, tag: Option<&str>) -> Option<Date> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let path = path.split(['?', '#']).next()?;
    let numbers: Vec<(usize, &str)> = path
        .match_indices(|c: char| c.is_ascii_digit())
        .filter(|(at, _)| *at == 0 || !path.as_bytes()[at - 1].is_ascii_digit())
        .map(|(at, _)| (at, path[at..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or("")))
        .take(24)
        .collect();
    let joined = numbers.windows(3).find_map(|window| {
        let [(start, first), (_, second), (end, third)] = *window else { return None };
        let between = path.get(start + first.len()..end)?;
        let is_joined = second.len() <= 2
            && between.len() <= second.len() + 2
            && between.starts_with(['/', '-', '_'])
            && between.ends_with(['/', '-', '_']);
        if !is_joined {
            return None;
        }
        match (first.len(), third.len()) {
            (4, 1 | 2) => Date::of_day(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?),
            (2, 4) => dates::find(&format!("{first}/{second}/{third}"), tag).map(|found| found.date),
            _ => None,
        }
    });
    // In one number, only as a whole part of the path.
    let compact = || {
        let part =
            path.split('/').find(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit()))?;
        Date::of_day(part[..4].parse().ok()?, part[4..6].parse().ok()?, part[6..].parse().ok()?)
    };
    let named = || {
        let parts: Vec<&str> = path.split('/').take(24).collect();
        parts.windows(3).find_map(|window| {
            let [year, month, day] = *window else { return None };
            let is_number = |part: &str, most| {
                (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
            };
            let is_date = year.len() == 4
                && is_number(year, 4)
                && is_number(day, 2)
                && dates::is_month(&month.to_lowercase());
            is_date
                .then(|| dates::find(&format!("{day} {month} {year}"), tag).map(|found| found.date))
                .flatten()
        })
    };
    joined.or_else(compact).or_else(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_a_day_in_its_path() {
        let day = |url| date_of_path(url, Some("de")).map(|date| date.to_string());
        assert_eq!(day("https://example.org/2021/03/04/tides").as_deref(), Some("2021-03-04"));
        assert_eq!(day("https://example.org/news/2021-03-04-tides.html").as_deref(), Some("2021-03-04"));
        assert_eq!(day("https://example.org/news/04-03-2021").as_deref(), Some("2021-03-04"));
        assert_eq!(day("https://example.org/news/20210304/tides").as_deref(), Some("2021-03-04"));
        assert_eq!(day("https://example.org/2021/march/04/tides").as_deref(), Some("2021-03-04"));
        assert_eq!(day("https://example.org/2021/tides/03/04"), None);
        assert_eq!(day("https://example.org/p/20210304123"), None);
        assert_eq!(day("https://example.org/?d=2021/03/04"), None);
    }
}

//! The authors of a page with markup.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use memchr::memmem;

use super::{LONGEST, MOST_VALUES, Page, text_of};
use crate::metadata::claims::{Claim, best_authors};
use crate::metadata::language::primary;
use crate::metadata::structured::is_written;
use crate::metadata::visible::{Mark, Zone};
use crate::metadata::words::WORDS;
use crate::metadata::{MetadataField as Field, MetadataSource as Source, authors, meta_tags, titles};
use crate::page::{BoilerplateKind, Label};

type Names = Claim<Vec<String>>;

impl Page<'_, '_> {
    /// Finds the authors: of what the markup says, what the page shows, too, counts most.
    pub(super) fn authors(&mut self, near: &[(usize, Zone)], sites: &[(String, Source)]) {
        let tag = self.language().unwrap_or("").to_owned();
        let language = primary(&tag);
        let mut claims = self.authors_in_markup(language);
        claims.extend(self.authors_in_bylines(near, language));
        if claims.is_empty() {
            return;
        }
        let shown = LazyCell::new(|| self.shown_text());
        let is_text = self.is_text();
        let known = self.site_keys(sites);
        let (mut others, mut own) = (Vec::new(), Vec::new());
        for mut claim in claims {
            let is_shown = claim.source == Source::Byline
                || claim
                    .value
                    .iter()
                    .any(|name| memmem::find(&shown, titles::key(name).as_bytes()).is_some());
            if !is_shown {
                claim.weight *= match claim.source {
                    Source::Twitter => 0.65,
                    // What a page says without showing it is as often as not the name of an account.
                    _ if is_text => 0.7,
                    _ => 0.35,
                };
            }
            if claim.value.iter().all(|name| known.are(name)) {
                claim.weight -= if is_shown { 2.0 } else { 4.0 };
                own.push(claim);
            } else {
                others.push(claim);
            }
        }
        // A site is the author of its page only where nobody else is.
        let Some(best) = best_authors(&others).or_else(|| best_authors(&own)) else { return };
        self.metadata.authors = best.value.clone();
        self.metadata.set(Field::Authors, best.source);
    }

    fn authors_in_markup(&self, language: &str) -> Vec<Names> {
        let mut claims = Vec::new();
        let mut claim = |values: &[&str], source: Source, weight: f32| {
            let cut = |value: &&str| text_of(value).chars().take(LONGEST).collect();
            let values: Vec<String> = values.iter().take(MOST_VALUES).map(cut).collect();
            let names = authors::names(&values.join("; "), language);
            if !names.is_empty() {
                claims.push(Claim::new(names, source, weight));
            }
        };
        let weight = if self.described.work_type().is_some_and(is_written) { 9.0 } else { 4.0 };
        claim(&self.described.of_work("author"), Source::JsonLd, weight);
        claim(&self.described.of_work("creator"), Source::JsonLd, weight);
        claim(&self.described.of_page("author"), Source::JsonLd, 5.0);
        // A list of authors is a `<meta>` each.
        let mut lists: Vec<(Source, f32, Vec<&str>)> = Vec::new();
        for (value, source, weight) in meta_tags::values(self.survey, meta_tags::AUTHORS) {
            // The address of a profile.
            if value.contains("://") {
                continue;
            }
            match lists.iter_mut().find(|(of, known, _)| (*of, *known) == (source, weight)) {
                Some((.., values)) => values.push(value),
                None => lists.push((source, weight, vec![value])),
            }
        }
        for (source, weight, values) in lists {
            claim(&values, source, weight);
        }
        // Twitter's cards carry labelled data: "Written by", the name.
        for number in ["1", "2"] {
            let label = self.survey.meta(&format!("twitter:label{number}")).next().unwrap_or("");
            let value = self.survey.meta(&format!("twitter:data{number}")).next();
            let value = value.filter(|_| WORDS.is_by(&format!("{label}:"), language));
            claim(value.as_slice(), Source::Twitter, 7.0);
        }
        let values = self.marked.values("author");
        claim(&values.iter().map(String::as_str).collect::<Vec<_>>(), self.marked.source(), 7.0);
        let values = self.marked.loose("author");
        claim(&values.iter().map(String::as_str).collect::<Vec<_>>(), Source::Microdata, 4.0);
        claims
    }

    fn authors_in_bylines(&self, near: &[(usize, Zone)], language: &str) -> Vec<Names> {
        const MOST: usize = 24;
        let mut bylines = self.blocks.bylines(near, language);
        bylines.truncate(MOST);
        let people: BTreeSet<String> =
            bylines.iter().filter_map(|byline| byline.names.first()).map(|name| titles::key(name)).collect();
        let is_no_text = self.is_no_text();
        let claims = bylines.into_iter().map(|byline| {
            let mut weight = match (byline.is_said, byline.mark) {
                (true, Some(_)) => 7.0,
                (true, None) => 6.0,
                (false, Some(Mark::Named)) => 5.5,
                (false, _) => 4.5,
            };
            // Under a heading of its own, one byline of several is that of a teaser or a part.
            if people.len() > 2 && self.blocks.is_under_other_heading(byline.block) {
                weight -= 3.0;
            }
            if byline.zone == Zone::Foot {
                weight -= 1.5;
            }
            if is_no_text {
                weight -= 4.0;
            }
            Claim::new(byline.names, Source::Byline, weight)
        });
        claims.collect()
    }

    /// The [key](titles::key) of what the page shows of itself.
    fn shown_text(&self) -> Vec<u8> {
        // Every name of every claim is looked for in it.
        const MOST: usize = 1 << 18;
        use BoilerplateKind::{Comments, Related, SiteFooter};
        let mut shown = Vec::new();
        for (block, verdict) in self.blocks.verdicts.iter().enumerate() {
            if !matches!(verdict.label, Label::Boilerplate(Related | SiteFooter | Comments)) {
                titles::push_key(self.blocks.text(block), &mut shown);
                shown.push(b'\n');
            }
            if shown.len() > MOST {
                break;
            }
        }
        shown
    }
}

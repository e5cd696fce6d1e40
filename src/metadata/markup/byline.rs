//! The authors of a page with markup.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use memchr::memmem;

use super::{LONGEST, MOST_VALUES, Page, text_of};
use crate::metadata::authors::organisations;
use crate::metadata::claims::{Claim, best_authors};
use crate::metadata::language::primary;
use crate::metadata::structured::is_written;
use crate::metadata::visible::{Mark, Zone};
use crate::metadata::words::WORDS;
use crate::metadata::{MetadataField as Field, MetadataSource as Source, authors, meta_tags, titles};
use crate::page::{BoilerplateKind, Label};

type Names = Claim<Vec<String>>;

/// A byline of less weight does not tell who is meant.
const LEAST_BYLINE: f32 = 4.0;
/// What is left of the weight of names that the page does not show: of a person; in a card of labelled data; of what is no
/// person's name in a text, and elsewhere.
const UNSHOWN_PERSON: f32 = 0.7;
const UNSHOWN_CARD: f32 = 0.65;
const UNSHOWN_ACCOUNT: f32 = 0.45;
const UNSHOWN_ELSEWHERE: f32 = 0.35;
/// A name alone at the end of the text.
const SIGNATURE: f32 = 4.0;
/// What the name of the site is worth less: of one that a byline names, of a person, and else; what another organisation's is
/// worth less that no byline names.
const OWN_BYLINED: f32 = 0.3;
const OWN_PERSON: f32 = 1.0;
const OWN: f32 = 5.0;
const ORGANISATION: f32 = 2.5;

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
        let in_bylines: BTreeSet<String> = claims
            .iter()
            .filter(|claim| claim.source == Source::Byline && claim.weight >= LEAST_BYLINE)
            .flat_map(|claim| claim.value.iter().map(|name| titles::key(name)))
            .collect();
        for claim in &mut claims {
            let is_any = |of: fn(&str) -> bool| claim.value.iter().any(|name| of(name));
            let is_bylined = claim.value.iter().any(|name| in_bylines.contains(&titles::key(name)));
            let is_shown = claim.source == Source::Byline
                || claim
                    .value
                    .iter()
                    .any(|name| memmem::find(&shown, titles::key(name).as_bytes()).is_some());
            if !is_shown {
                claim.weight *= match claim.source {
                    // What a page says without showing it is as often as not the name of an account.
                    _ if is_any(organisations::is_person) => UNSHOWN_PERSON,
                    Source::Twitter => UNSHOWN_CARD,
                    _ if is_text => UNSHOWN_ACCOUNT,
                    _ => UNSHOWN_ELSEWHERE,
                };
            }
            // A site, or who keeps it, is the author of its page only where the page shows it as that.
            if claim.value.iter().all(|name| known.are(name)) {
                let is_person = is_any(organisations::is_person);
                claim.weight -= match () {
                    () if is_bylined => OWN_BYLINED,
                    () if is_person => OWN_PERSON,
                    () => OWN,
                };
            } else if is_any(organisations::is_organisation) && !is_bylined && is_shown {
                claim.weight -= ORGANISATION;
            }
        }
        let Some(best) = best_authors(&claims) else { return };
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
        claim(&values.iter().map(String::as_str).collect::<Vec<_>>(), self.marked.source(), 6.9);
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
        let first_said = bylines.iter().find(|byline| byline.is_said).map(|byline| byline.block);
        let signature = if is_no_text { None } else { self.blocks.signature() };
        let signature = signature.map(|name| Claim::new(vec![name], Source::Byline, SIGNATURE));
        let claims = bylines.into_iter().map(|byline| {
            let mut weight = match (byline.is_said, byline.mark) {
                (true, Some(_)) => 7.0,
                (true, None) => 6.0,
                (false, Some(Mark::Named)) => 5.5,
                (false, Some(Mark::Linked)) => 4.5,
                (false, None) => 4.1,
            };
            // Under a heading of its own, one byline of several is that of a teaser or a part.
            let is_first = Some(byline.block) == first_said
                || self.blocks.title.is_some_and(|title| (title..title + 5).contains(&byline.block));
            if people.len() > 2 && !is_first && self.blocks.is_under_other_heading(byline.block) {
                weight -= 3.0;
            }
            if !byline.is_said {
                weight -= self.blocks.doubt_of_mark(&byline);
            }
            if byline.zone == Zone::Foot {
                weight -= 1.5;
            }
            if is_no_text {
                weight -= 4.0;
            }
            Claim::new(byline.names, Source::Byline, weight)
        });
        claims.chain(signature).collect()
    }

    /// The [key](titles::key) of what the page shows of itself.
    fn shown_text(&self) -> Vec<u8> {
        // Every name of every claim is looked for in it.
        const MOST: usize = 1 << 18;
        use BoilerplateKind::{Comments, Navigation, Related, SiteFooter, SiteHeader};
        let mut shown = Vec::new();
        for (block, verdict) in self.blocks.verdicts.iter().enumerate() {
            if !matches!(
                verdict.label,
                Label::Boilerplate(Related | SiteFooter | Comments | Navigation | SiteHeader)
            ) {
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

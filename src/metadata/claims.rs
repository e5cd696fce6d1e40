//! What is claimed of a page, by whom, and how much that is worth.

use std::collections::BTreeMap;

use super::MetadataSource;
use super::authors;
use super::dates::Date;

/// A value for a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim<T> {
    pub value: T,
    pub source: MetadataSource,
    /// How often such a claim is right, on a scale of its own: 10 is almost always.
    pub weight: f32,
}

impl<T> Claim<T> {
    pub fn new(value: T, source: MetadataSource, weight: f32) -> Claim<T> {
        Claim { value, source, weight }
    }
}

/// What a claim for a date gains by other sources that say the same, in shares of their weight.
const DATE_AGREEMENT: f32 = 0.23;
/// The same for authors.
const AUTHOR_AGREEMENT: f32 = 0.4;
/// Claims of less weight, all together, are no evidence.
const LEAST_DATE: f32 = 2.0;
const LEAST_AUTHORS: f32 = 4.0;
/// What a date without a day is worth less.
const NO_DAY: f32 = 3.9;

/// The date that has most of the evidence: of the claims for its day, the one that is worth most, or else says most.
pub(super) fn best_date(claims: &[Claim<Date>]) -> Option<&Claim<Date>> {
    let support = |claim: &Claim<Date>| {
        let day = if claim.value.day.is_some() { 0.0 } else { NO_DAY };
        let agrees = |other: &Claim<Date>| other.value.is_same_day(&claim.value);
        claim.weight - day + DATE_AGREEMENT * of_others(claims, claim, agrees)
    };
    let best = first_max(claims, support)?;
    if support(best) < if best.value.day.is_some() { LEAST_DATE } else { 0.0 } {
        return None;
    }
    // Of equal days the one is better that gives the time, and then its zone.
    let same =
        claims.iter().filter(|claim| claim.value.is_same_day(&best.value) && claim.value.day.is_some());
    Some(same.fold(best, |a, b| if b.value.precision() > a.value.precision() { b } else { a }))
}

/// The authors that have most of the evidence; if another claim for the same names more of them, those.
pub(super) fn best_authors(claims: &[Claim<Vec<String>>]) -> Option<&Claim<Vec<String>>> {
    let has = |names: &[String], name: &String| names.iter().any(|other| authors::same(name, other));
    let support = |claim: &Claim<Vec<String>>| {
        let agrees = |other: &Claim<Vec<String>>| other.value.iter().any(|name| has(&claim.value, name));
        // All that markup says may be filled in from one account; what the page shows is something else.
        let is_shown = |claim: &Claim<Vec<String>>| claim.source == MetadataSource::Byline;
        let agrees = |other: &Claim<Vec<String>>| is_shown(other) != is_shown(claim) && agrees(other);
        claim.weight + AUTHOR_AGREEMENT * of_others(claims, claim, agrees)
    };
    let best = first_max(claims, support).filter(|best| support(best) >= LEAST_AUTHORS)?;
    let fuller = claims.iter().filter(|claim| {
        // Scopes of comments are as often left out as not.
        let is_marked = matches!(claim.source, MetadataSource::Microdata | MetadataSource::Rdfa);
        claim.weight >= best.weight * 0.6
            && !is_marked
            && claim.value.len() > best.value.len()
            && best.value.iter().all(|name| has(&claim.value, name))
    });
    Some(fuller.fold(best, |a, b| if b.value.len() > a.value.len() { b } else { a }))
}

/// The weight of what other sources claim, the best claim of each.
fn of_others<T>(claims: &[Claim<T>], claim: &Claim<T>, agrees: impl Fn(&Claim<T>) -> bool) -> f32 {
    let mut best: BTreeMap<MetadataSource, f32> = BTreeMap::new();
    for other in claims.iter().filter(|other| other.source != claim.source && agrees(other)) {
        let weight = best.entry(other.source).or_default();
        *weight = weight.max(other.weight);
    }
    best.values().sum()
}

fn first_max<T>(claims: &[Claim<T>], support: impl Fn(&Claim<T>) -> f32) -> Option<&Claim<T>> {
    let mut best: Option<(f32, &Claim<T>)> = None;
    for claim in claims {
        let support = support(claim);
        if best.is_none_or(|(most, _)| support > most) {
            best = Some((support, claim));
        }
    }
    best.map(|(_, claim)| claim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        super::super::dates::find(text, Some("en")).unwrap().date
    }

    #[test]
    fn two_weak_claims_that_agree_outweigh_a_stronger_one() {
        let claims = [
            Claim::new(date("2021-03-04"), MetadataSource::Meta, 6.0),
            Claim::new(date("2020-01-01"), MetadataSource::Time, 5.5),
            Claim::new(date("2020-01-01"), MetadataSource::Byline, 5.5),
        ];
        assert_eq!(best_date(&claims).map(|claim| claim.value), Some(date("2020-01-01")));
    }

    #[test]
    fn of_claims_for_one_day_the_fullest_is_given() {
        let claims = [
            Claim::new(date("2021-03-04"), MetadataSource::Byline, 6.0),
            Claim::new(date("2021-03-04T05:06Z"), MetadataSource::Meta, 6.0),
        ];
        assert_eq!(
            best_date(&claims).map(|claim| claim.value.to_string()).as_deref(),
            Some("2021-03-04T05:06Z")
        );
    }

    #[test]
    fn too_little_evidence_is_none() {
        assert_eq!(best_date(&[Claim::new(date("2021-03-04"), MetadataSource::Byline, 1.0)]), None);
        assert_eq!(
            best_authors(&[Claim::new(vec!["Ada Moor".to_owned()], MetadataSource::Byline, 1.0)]),
            None
        );
    }
}

//! What is claimed of a page, by whom, and how much that is worth.

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

/// What a claim gains by another that says the same, in shares of the other's weight.
const AGREEMENT: f32 = 0.4;
/// Claims of less weight, all together, are no evidence.
const LEAST_DATE: f32 = 3.0;
const LEAST_AUTHORS: f32 = 4.0;

/// The date that has most of the evidence: of the claims for its day, the one that is worth most, or else says most.
pub(super) fn best_date(claims: &[Claim<Date>]) -> Option<&Claim<Date>> {
    let support = |claim: &Claim<Date>| {
        let agrees = |other: &&Claim<Date>| other.source != claim.source && other.value.is_same_day(&claim.value);
        let day = if claim.value.day.is_some() { 0.0 } else { -3.0 };
        claim.weight + day + AGREEMENT * claims.iter().filter(agrees).map(|other| other.weight).sum::<f32>()
    };
    let best = first_max(claims, support)?;
    if support(best) < LEAST_DATE {
        return None;
    }
    let same = claims.iter().filter(|claim| claim.value.is_same_day(&best.value));
    // Of equal days the one is better that gives the time, and then its zone.
    let fuller = same.filter(|claim| claim.value.precision() > best.value.precision() && claim.weight >= best.weight * 0.6);
    Some(fuller.fold(best, |a, b| if b.value.precision() > a.value.precision() { b } else { a }))
}

/// The authors that have most of the evidence.
pub(super) fn best_authors(claims: &[Claim<Vec<String>>]) -> Option<&Claim<Vec<String>>> {
    let share_name = |a: &[String], b: &[String]| a.iter().any(|a| b.iter().any(|b| authors::same(a, b)));
    let support = |claim: &Claim<Vec<String>>| {
        let agrees = |other: &&Claim<Vec<String>>| other.source != claim.source && share_name(&claim.value, &other.value);
        claim.weight + AGREEMENT * claims.iter().filter(agrees).map(|other| other.weight).sum::<f32>()
    };
    first_max(claims, support).filter(|best| support(best) >= LEAST_AUTHORS)
}

fn first_max<'c, T>(claims: &'c [Claim<T>], support: impl Fn(&Claim<T>) -> f32) -> Option<&'c Claim<T>> {
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
            Claim::new(date("2020-01-01"), MetadataSource::Time, 5.0),
            Claim::new(date("2020-01-01"), MetadataSource::Byline, 5.0),
        ];
        assert_eq!(best_date(&claims).map(|claim| claim.value), Some(date("2020-01-01")));
    }

    #[test]
    fn of_claims_for_one_day_the_fullest_is_given() {
        let claims = [
            Claim::new(date("2021-03-04"), MetadataSource::Byline, 6.0),
            Claim::new(date("2021-03-04T05:06Z"), MetadataSource::Meta, 6.0),
        ];
        assert_eq!(best_date(&claims).map(|claim| claim.value.to_string()).as_deref(), Some("2021-03-04T05:06Z"));
    }

    #[test]
    fn too_little_evidence_is_none() {
        assert_eq!(best_date(&[Claim::new(date("2021-03-04"), MetadataSource::Byline, 1.0)]), None);
        assert_eq!(best_authors(&[Claim::new(vec!["Ada Moor".to_owned()], MetadataSource::Byline, 1.0)]), None);
    }
}

//! Where to cut between main content and the rest, so that the extraction is expected to be best.
//!
//! For blocks of known probability the kept set with the highest expected F is a prefix of the blocks by falling
//! probability (Ye et al., *Optimizing F-measures: a tale of two approaches*, ICML 2012; Lipton et al. 2014), so it is
//! found by trying every cut. On a page whose content is plain the cut comes out near one half; on one where
//! nothing is sure it comes out lower, and the best of what there is is kept.

use super::{log_odds, probability};

/// A block less likely than this is never kept, so that a page without content can be empty.
const LEAST_PROBABILITY: f32 = 0.02;

/// The best cut of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cut {
    /// The log-odds from which on a block does more good than harm: as a probability, the best F divided by `1 + beta²`
    /// (Lipton et al. 2014). It is between those of the last block that is kept and of the first that is not.
    pub even: i32,
    /// The F that is expected of it, 0 to 1; 0 if nothing is kept.
    pub expected: f32,
}

/// Finds the cut with the highest expected F-beta. `words` are the lengths of the blocks; `beta` above 1 weighs
/// recall more, below 1 precision.
pub(crate) fn best_cut(scores: &[i32], words: &[f32], beta: f32) -> Cut {
    let mut blocks: Vec<(i32, f32)> = scores.iter().copied().zip(words.iter().copied()).collect();
    // The order of blocks of one score is that of their words, so that sums come out the same for any order.
    blocks.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let content: f64 = blocks.iter().map(|&(score, words)| f64::from(probability(score) * words)).sum();
    let beta_squared = f64::from(beta * beta);
    let (mut kept, mut hit) = (0.0_f64, 0.0_f64);
    let mut expected_of_best = 0.0;
    for (index, &(score, words)) in blocks.iter().enumerate() {
        let p = probability(score);
        if p < LEAST_PROBABILITY {
            break;
        }
        kept += f64::from(words);
        hit += f64::from(p * words);
        if blocks.get(index + 1).is_some_and(|next| next.0 == score) {
            continue;
        }
        let expected = (1.0 + beta_squared) * hit / (kept + beta_squared * content).max(1e-9);
        expected_of_best = expected.max(expected_of_best);
    }
    if expected_of_best == 0.0 {
        return Cut { even: i32::MAX, expected: 0.0 };
    }
    let even = (expected_of_best / (1.0 + beta_squared)) as f32;
    Cut { even: log_odds(even.max(LEAST_PROBABILITY)), expected: expected_of_best as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::UNIT;

    fn odds(values: &[f32]) -> Vec<i32> {
        values.iter().map(|value| (value * UNIT) as i32).collect()
    }

    /// What is kept of the scores.
    fn kept(scores: &[i32], words: &[f32], beta: f32) -> Vec<i32> {
        let cut = best_cut(scores, words, beta);
        scores.iter().copied().filter(|&score| score >= cut.even).collect()
    }

    #[test]
    fn what_is_sure_is_kept_and_the_rest_is_not() {
        let (scores, words) = (odds(&[4.0, 5.0, -4.0, -5.0]), [50.0, 60.0, 5.0, 3.0]);
        assert_eq!(kept(&scores, &words, 1.0), scores[..2]);
        assert!(best_cut(&scores, &words, 1.0).expected > 0.95);
    }

    #[test]
    fn where_nothing_is_sure_the_best_is_kept() {
        let (scores, words) = (odds(&[-1.0, -4.0]), [50.0, 5.0]);
        assert_eq!(kept(&scores, &words, 1.0), scores[..1]);
        assert!(best_cut(&scores, &words, 1.0).expected < 0.6);
    }

    #[test]
    fn a_page_without_content_is_empty() {
        assert!(kept(&odds(&[-6.0, -7.0]), &[5.0, 5.0], 1.0).is_empty());
        assert_eq!(best_cut(&odds(&[-6.0, -7.0]), &[5.0, 5.0], 1.0).expected, 0.0);
        assert_eq!(best_cut(&[], &[], 1.0).even, i32::MAX);
    }

    #[test]
    fn what_is_kept_has_the_best_expected_f() {
        let (scores, words) = (odds(&[5.0, 3.0, 0.5, -0.4, -1.0, -3.0]), [50.0, 60.0, 20.0, 30.0, 5.0, 3.0]);
        let p = |score: &i32| f64::from(probability(*score));
        let content: f64 = scores.iter().zip(words).map(|(score, words)| p(score) * f64::from(words)).sum();
        for beta in [0.5_f32, 1.0, 2.0] {
            let square = f64::from(beta * beta);
            let f = |count: usize| {
                let first = || scores.iter().zip(words).take(count);
                let hit: f64 = first().map(|(score, words)| p(score) * f64::from(words)).sum();
                let all: f64 = first().map(|(_, words)| f64::from(words)).sum();
                (1.0 + square) * hit / (all + square * content)
            };
            let best = (1..=scores.len()).max_by(|a, b| f(*a).total_cmp(&f(*b))).unwrap();
            assert_eq!(kept(&scores, &words, beta), scores[..best], "{beta}");
        }
    }

    #[test]
    fn precision_cuts_higher_than_recall() {
        let scores = odds(&[3.0, 1.0, 0.0, -1.0, -2.0]);
        let even = |beta| best_cut(&scores, &[20.0; 5], beta).even;
        assert!(even(0.5) > even(1.0) && even(1.0) > even(2.0));
    }
}

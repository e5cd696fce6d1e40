//! Where to cut between main content and the rest, so that the extraction is expected to be best.
//!
//! For blocks of known probability the kept set with the highest expected F is a prefix of the blocks by falling
//! probability (Ye et al., *Optimizing F-measures: a tale of two approaches*, ICML 2012; Lipton et al. 2014), so it is
//! found by trying every cut. On a page whose content is plain the cut comes out near one half; on one where
//! nothing is sure it comes out lower, and the best of what there is is kept.

use super::probability;

/// A block less likely than this is never kept, so that a page without content can be empty.
const LEAST_PROBABILITY: f32 = 0.02;

/// The best cut of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cut {
    /// Blocks of this log-odds and more are kept.
    pub threshold: i32,
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
    let mut best = Cut { threshold: i32::MAX, expected: 0.0 };
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
        let expected = ((1.0 + beta_squared) * hit / (kept + beta_squared * content).max(1e-9)) as f32;
        if expected > best.expected {
            best = Cut { threshold: score, expected };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::UNIT;

    fn odds(values: &[f32]) -> Vec<i32> {
        values.iter().map(|value| (value * UNIT) as i32).collect()
    }

    #[test]
    fn what_is_sure_is_kept_and_the_rest_is_not() {
        let cut = best_cut(&odds(&[4.0, 5.0, -4.0, -5.0]), &[50.0, 60.0, 5.0, 3.0], 1.0);
        assert_eq!(cut.threshold, odds(&[4.0])[0]);
        assert!(cut.expected > 0.95);
    }

    #[test]
    fn where_nothing_is_sure_the_best_is_kept() {
        let cut = best_cut(&odds(&[-1.0, -4.0]), &[50.0, 5.0], 1.0);
        assert_eq!(cut.threshold, odds(&[-1.0])[0]);
        assert!(cut.expected < 0.6);
    }

    #[test]
    fn a_page_without_content_is_empty() {
        assert_eq!(best_cut(&odds(&[-6.0, -7.0]), &[5.0, 5.0], 1.0).expected, 0.0);
        assert_eq!(best_cut(&[], &[], 1.0).threshold, i32::MAX);
    }

    #[test]
    fn precision_cuts_higher_than_recall() {
        let (scores, words) = (odds(&[3.0, 1.0, 0.0, -1.0, -2.0]), [40.0, 30.0, 20.0, 20.0, 20.0]);
        let threshold = |beta| best_cut(&scores, &words, beta).threshold;
        assert!(threshold(0.5) > threshold(2.0));
    }
}

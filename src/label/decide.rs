//! One label a block, decided along the page: content and all kinds of boilerplate contend with each other, and with
//! what their neighbours are.
//!
//! Changing from one label to another has a price, so that one odd item in a menu does not split it; what is best for
//! the page as a whole is found by dynamic programming (Viterbi 1967).

use super::KINDS;
use crate::score::{UNIT, log_of_sum};

/// What content is among the labels: the one behind all kinds of boilerplate.
pub(super) const CONTENT: usize = KINDS;
const LABELS: usize = KINDS + 1;

/// What it costs, in log-odds, that a block has another label than the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prices {
    /// From one kind of boilerplate to another.
    pub of_kind: i32,
    /// From boilerplate to content, or back: what stands before a text says little of what stands behind it.
    pub of_content: i32,
}

/// A page's evidence: log-odds of every kind, [`KINDS`] for each block, and of content on the same scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Odds<'e> {
    pub kinds: &'e [i32],
    pub content: &'e [i32],
}

/// What is best for the blocks so far, by the label of the last.
type Sums = [i32; LABELS];

impl Odds<'_> {
    fn of(&self, block: usize) -> Sums {
        let mut odds = [0; LABELS];
        if let Some(kinds) = self.kinds.get(block * KINDS..(block + 1) * KINDS) {
            odds[..KINDS].copy_from_slice(kinds);
        }
        odds[CONTENT] = self.content[block];
        odds
    }
}

impl Prices {
    /// For every label the best that can come before it, less the price; and which label that is.
    fn step(&self, sums: &Sums) -> (Sums, [u8; LABELS]) {
        let best_kind = first_best(&sums[..KINDS]);
        let mut from = [0; LABELS];
        let mut best = [0; LABELS];
        for label in 0..LABELS {
            let of_kind = if label == CONTENT { self.of_content } else { self.of_kind };
            let others = [(best_kind, of_kind), (CONTENT, self.of_content)];
            let mut choice = (sums[label], label);
            for (other, price) in others.into_iter().filter(|(other, _)| *other != label) {
                if sums[other] - price > choice.0 {
                    choice = (sums[other] - price, other);
                }
            }
            best[label] = choice.0;
            from[label] = choice.1 as u8;
        }
        // Only differences matter; without this, sums over a long page would overflow.
        let most = best.iter().copied().max().unwrap_or(0);
        (best.map(|sum| sum - most), from)
    }
}

/// The label with the highest sum, the first of equals.
fn first_best(sums: &[i32]) -> usize {
    (0..sums.len()).rev().max_by_key(|&label| sums[label]).unwrap_or(0)
}

/// The log-odds of content beside those of the kinds, given how far a block's score is above that from which on it is worth
/// keeping: what makes it content or not is its score, and its kinds share what is left.
pub(super) fn of_content(above_even: i32, kinds: &[i32]) -> i32 {
    /// Surer than this, nothing is.
    const SUREST: i32 = 30 * UNIT as i32;
    above_even.clamp(-SUREST, SUREST) + log_of_sum(kinds)
}

/// The label of every block, such that the evidence less the price of changes is the most.
pub(super) fn decide(odds: Odds, prices: Prices) -> Vec<usize> {
    let count = odds.content.len();
    let mut sums = [0; LABELS];
    let mut came_from = Vec::with_capacity(count);
    for block in 0..count {
        let (before, from) = prices.step(&sums);
        came_from.push(from);
        sums = before;
        sums.iter_mut().zip(odds.of(block)).for_each(|(sum, own)| *sum += own);
    }
    let mut label = first_best(&sums);
    let mut labels = vec![0; count];
    for block in (0..count).rev() {
        labels[block] = label;
        label = usize::from(came_from[block][label]);
    }
    labels
}

/// For every block and kind, how good the best labelling of the whole page is that gives this kind to this block: the
/// evidence of all blocks less the price of all changes, up to a number that is the same for all kinds of a block.
/// (The max-marginals of the chain whose best labelling [`decide`] finds.)
pub(super) fn totals(odds: Odds, prices: Prices) -> Vec<i32> {
    let count = odds.content.len();
    let mut totals = vec![0; count * KINDS];
    let mut ahead = [0; LABELS];
    for block in 0..count {
        ahead = prices.step(&ahead).0;
        ahead.iter_mut().zip(odds.of(block)).for_each(|(sum, own)| *sum += own);
        totals[block * KINDS..][..KINDS].copy_from_slice(&ahead[..KINDS]);
    }
    let mut behind = [0; LABELS];
    for block in (0..count.saturating_sub(1)).rev() {
        behind.iter_mut().zip(odds.of(block + 1)).for_each(|(sum, own)| *sum += own);
        // Prices are the same both ways.
        behind = prices.step(&behind).0;
        totals[block * KINDS..][..KINDS].iter_mut().zip(behind).for_each(|(total, sum)| *total += sum);
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRICES: Prices = Prices { of_kind: (1.2 * UNIT) as i32, of_content: (0.3 * UNIT) as i32 };
    /// No content far and wide.
    const NONE: i32 = -30 * UNIT as i32;

    fn row(kind: usize, odds: f32) -> [i32; KINDS] {
        let mut row = [0; KINDS];
        row[kind] = (odds * UNIT) as i32;
        row
    }

    fn labels(rows: &[[i32; KINDS]], above_even: &[f32]) -> Vec<usize> {
        let content: Vec<i32> =
            rows.iter().zip(above_even).map(|(row, above)| of_content((above * UNIT) as i32, row)).collect();
        decide(Odds { kinds: &rows.concat(), content: &content }, PRICES)
    }

    /// Numbers that look like chance and are always the same.
    fn noise(count: usize) -> Vec<i32> {
        let numbers = std::iter::successors(Some(1_u32), |n| {
            Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        numbers.take(count).map(|n| (n >> 20) as i32 - 2048).collect()
    }

    #[test]
    fn one_odd_item_does_not_split_a_run() {
        let rows = [row(1, 2.0), row(1, 2.0), row(4, 0.5), row(1, 2.0)];
        assert_eq!(labels(&rows, &[-9.0; 4]), [1, 1, 1, 1]);
    }

    #[test]
    fn strong_evidence_changes_the_kind() {
        let rows = [row(1, 2.0), row(1, 2.0), row(4, 6.0), row(4, 6.0)];
        assert_eq!(labels(&rows, &[-9.0; 4]), [1, 1, 4, 4]);
    }

    #[test]
    fn content_between_makes_a_change_cheap() {
        let rows = [row(1, 3.0), row(0, 0.0), row(4, 1.0)];
        assert_eq!(labels(&rows, &[-9.0, 9.0, -9.0]), [1, CONTENT, 4]);
    }

    #[test]
    fn what_is_worth_keeping_is_content_and_what_is_far_below_is_not() {
        let rows = [row(1, 3.0); 3];
        assert_eq!(labels(&rows, &[2.0, -2.0, 3.0]), [CONTENT, 1, CONTENT]);
    }

    #[test]
    fn what_could_be_of_any_kind_is_content_a_little_below() {
        let (any, one) = ([0; KINDS], row(1, 9.0));
        assert_eq!(labels(&[any], &[-0.5]), [CONTENT]);
        assert_eq!(labels(&[one], &[-0.5]), [1]);
    }

    #[test]
    fn the_kind_that_was_decided_is_the_one_with_the_best_total() {
        let kinds = noise(60 * KINDS);
        let content: Vec<i32> = (0..60).map(|block| if block % 7 == 3 { -NONE } else { NONE }).collect();
        let odds = Odds { kinds: &kinds, content: &content };
        let (labels, totals) = (decide(odds, PRICES), totals(odds, PRICES));
        for (block, row) in totals.chunks_exact(KINDS).enumerate().filter(|(block, _)| block % 7 != 3) {
            assert_eq!(row.iter().max(), Some(&row[labels[block]]), "block {block}");
        }
    }

    #[test]
    fn totals_differ_by_what_the_whole_page_loses() {
        let rows = [row(1, 2.0), row(4, 1.0), row(1, 2.0)].concat();
        let totals = totals(Odds { kinds: &rows, content: &[NONE; 3] }, PRICES);
        // As kind 4, the block in the middle would gain its own evidence and pay for two changes.
        let lost = totals[KINDS + 1] - totals[KINDS + 4];
        assert_eq!(lost, 2 * PRICES.of_kind - UNIT as i32);
    }
}

//! Measures → the probability that a block is main content.
//!
//! Passes of symmetric trees: the first judges a block by its own measures and its containers', the second
//! also by what the first thought of the blocks around it. Both learn from reference texts, which say little of short
//! blocks: a heading or a caption is left out of one and kept in another. What readers said of pages block by
//! block, a third forest learns, and the shorter a block is, the more that one decides. The weights are data, made
//! by `examples/calibrate` from labelled pages, never by hand.

mod confidence;
mod context;
mod cut;
mod forest;
mod spoken;

use std::f32::consts::{LN_2, LOG2_E};
use std::sync::{Arc, LazyLock};

use crate::measure::{BlockFacts, Measures, Table};

pub(crate) use confidence::confidence;
pub(crate) use context::{later_measures, later_names};
pub(crate) use cut::{Cut, best_cut};
pub(crate) use forest::Forest;
pub(crate) use forest::UNIT;
#[cfg(feature = "internals")]
pub use forest::{TrainedForest, TrainedTree};
pub(crate) use spoken::{against, is_half_cleaned, under_cue};

/// What a page was read from: each has weights of its own, over the measures that it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Markup,
    Text,
}

/// Which way to err where a block could be either.
///
/// What each trades was measured on WCXB's 1,497 development pages, by forests that had seen no page of the same site
/// (word precision and recall of a page, means over pages): beside `Balanced`, `Precision` gains 0.026 of precision for
/// 0.040 of recall and lets through half as many forbidden snippets; `Recall` gains 0.022 of recall for 0.028 of precision,
/// with nearly twice as many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Focus {
    /// Keep only what is surely main content: the cut with the best expected F0.5.
    Precision,
    /// The best of both: the cut with the best expected F1.
    #[default]
    Balanced,
    /// Keep all that may be main content: the cut with the best expected F2.
    Recall,
}

/// The forests of a form.
struct Weights {
    first: Forest,
    second: Forest,
    reader: Forest,
}

/// The part that the second forest has in the score of a very long block.
const MOST_OF_SECOND: f32 = 0.7;
/// It has half of that in a block of this many words. (Both chosen on pages that no forest had seen: more of the third
/// is better for labels and for pages of services and lists, less of it for articles and products.)
const SHORT_WORDS: f32 = 5.0;

static MARKUP: LazyLock<Weights> = LazyLock::new(|| Weights {
    first: Forest::shipped(include_bytes!("score/weights/markup-first.bin")),
    second: Forest::shipped(include_bytes!("score/weights/markup-second.bin")),
    reader: Forest::shipped(include_bytes!("score/weights/markup-reader.bin")),
});

static TEXT: LazyLock<Weights> = LazyLock::new(|| Weights {
    first: Forest::shipped(include_bytes!("score/weights/text-first.bin")),
    second: Forest::shipped(include_bytes!("score/weights/text-second.bin")),
    reader: Forest::shipped(include_bytes!("score/weights/text-reader.bin")),
});

/// The scores of a page's blocks, and the rows they were made from.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    /// Log-odds of main content, in units of one [`UNIT`]th.
    pub scores: Vec<i32>,
    /// What the words of each block took from that, in the same unit.
    spoken: Vec<i32>,
    /// The measures, and what the last pass reads besides: the label stage reads both, too.
    measures: Arc<Table>,
    more: Table,
    /// What the second pass read besides.
    early: Table,
    /// The second forest's part in each block's score; the rest is the third's.
    parts: Vec<f32>,
    form: Form,
}

impl Scores {
    pub fn of(measures: &Measures, form: Form) -> Scores {
        let weights = form.weights();
        let first = weights.first.score(&[&measures.table]);
        let early = later_measures(measures, &first);
        let spoken = against(&measures.facts, form);
        let second = weights.second.score(&[&measures.table, &early]).into_iter().zip(&spoken);
        let second: Vec<i32> = second.map(|(score, less)| score - less).collect();
        let more = later_measures(measures, &second);
        let reader = weights.reader.score(&[&measures.table, &more]);
        let scores = together(&measures.facts, &second, &reader);
        let parts = measures.facts.iter().map(|facts| part_of_second(facts.counts.words)).collect();
        Scores { scores, spoken, measures: measures.table.clone(), more, early, parts, form }
    }

    /// What the forests of the last pass and of the kinds read.
    pub fn tables(&self) -> [&Table; 2] {
        [&self.measures, &self.more]
    }

    /// The row of one block.
    pub fn row(&self, block: usize) -> Vec<f32> {
        self.row_with(&self.more, block)
    }

    fn row_with(&self, more: &Table, block: usize) -> Vec<f32> {
        let mut row = Vec::new();
        self.measures.copy_row(block, &mut row);
        more.copy_row(block, &mut row);
        row
    }

    /// Where to cut between content and the rest.
    pub fn cut(&self, measures: &Measures, focus: Focus) -> Cut {
        let words: Vec<f32> = measures.facts.iter().map(|facts| facts.counts.words.max(1.0)).collect();
        best_cut(&self.scores, &words, focus.beta())
    }

    /// What each measure adds to a block's log-odds, by the measure's place in the row.
    pub fn contributions(&self, block: usize) -> Vec<f32> {
        let weights = self.form.weights();
        let part = self.parts.get(block).copied().unwrap_or_default();
        let mut parts = vec![0.0; self.measures.width() + self.more.width()];
        let mut add = |forest: &Forest, more: &Table, share: f32| {
            for (measure, odds) in forest.contributions(&self.row_with(more, block), 0) {
                if let Some(sum) = parts.get_mut(usize::from(measure)) {
                    *sum += odds * share;
                }
            }
        };
        add(&weights.reader, &self.more, 1.0 - part);
        add(&weights.second, &self.early, part);
        parts
    }

    /// What the words of a block take from its log-odds.
    pub fn spoken(&self, block: usize) -> f32 {
        let part = self.parts.get(block).copied().unwrap_or_default();
        self.spoken.get(block).map_or(0.0, |&spoken| spoken as f32 / UNIT * part)
    }
}

/// The scores that decide: what reference texts and what readers say, by the length of each block.
pub(crate) fn together(facts: &[BlockFacts], second: &[i32], reader: &[i32]) -> Vec<i32> {
    let blocks = facts.iter().zip(second).zip(reader);
    let score = |((facts, &second), &reader): ((&BlockFacts, &i32), &i32)| {
        let part = part_of_second(facts.counts.words);
        (second as f32 * part + reader as f32 * (1.0 - part)) as i32
    };
    blocks.map(score).collect()
}

fn part_of_second(words: f32) -> f32 {
    MOST_OF_SECOND * words / (words + SHORT_WORDS)
}

impl Form {
    fn weights(self) -> &'static Weights {
        match self {
            Form::Markup => &MARKUP,
            Form::Text => &TEXT,
        }
    }
}

impl Focus {
    /// How much more recall weighs than precision: the beta of the F-measure that is to be best.
    fn beta(self) -> f32 {
        match self {
            Focus::Precision => 0.5,
            Focus::Balanced => 1.0,
            Focus::Recall => 2.0,
        }
    }
}

/// The probability that log-odds stand for.
pub(crate) fn probability(score: i32) -> f32 {
    1.0 / (1.0 + exp(-(score as f32) / UNIT))
}

/// The log-odds of a probability.
pub(crate) fn log_odds(probability: f32) -> i32 {
    let odds = probability / (1.0 - probability).max(f32::MIN_POSITIVE);
    let size = if odds < 1.0 { -ln((1.0 / odds).min(f32::MAX)) } else { ln(odds) };
    (size * UNIT) as i32
}

/// The log-odds of any of several outcomes together: the logarithm of the sum of what they stand for.
pub(crate) fn log_of_sum(odds: &[i32]) -> i32 {
    let most = odds.iter().copied().max().unwrap_or(0);
    let sum: f32 = odds.iter().map(|&odds| exp((odds.saturating_sub(most)) as f32 / UNIT)).sum();
    most + (ln(sum.max(1.0)) * UNIT) as i32
}

/// `e` to a power, by arithmetic that is exact alike on every platform (`f32::exp` is not).
fn exp(power: f32) -> f32 {
    let exponent = (power * LOG2_E).clamp(-60.0, 60.0);
    let whole = exponent.floor();
    let part = exponent - whole;
    // 2^part for 0 ≤ part < 1: the Taylor series of exp(part · ln 2), right to five digits.
    let series = [LN_2, 0.240_226_5, 0.055_504_1, 0.009_618_1, 0.001_333_4];
    let power = 1.0 + part * series.iter().rev().fold(0.0, |sum, factor| sum * part + factor);
    power * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The natural logarithm of a number from 1 up, likewise.
fn ln(number: f32) -> f32 {
    let bits = number.to_bits();
    let whole = (bits >> 23) as i32 - 127;
    let part = f32::from_bits(bits & 0x007f_ffff | 127 << 23);
    // For 1 ≤ part < 2: twice the inverse hyperbolic tangent of (part - 1) / (part + 1), right to five digits.
    let t = (part - 1.0) / (part + 1.0);
    let series = [1.0, 1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0];
    let ln = 2.0 * t * series.iter().rev().fold(0.0, |sum, factor| sum * t * t + factor);
    whole as f32 * LN_2 + ln
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probability_is_the_logistic_of_log_odds() {
        for odds in [-9.0_f32, -2.5, -0.1, 0.0, 0.7, 3.0, 12.0] {
            let expected = 1.0 / (1.0 + (-odds).exp());
            assert!((probability((odds * UNIT) as i32) - expected).abs() < 1e-3, "{odds}");
        }
    }

    #[test]
    fn log_odds_are_those_of_the_probability() {
        for odds in [-9 * UNIT as i32, -700, 0, 300, 5 * UNIT as i32] {
            assert!((log_odds(probability(odds)) - odds).abs() <= 2, "{odds}");
        }
        assert!(log_odds(0.0) < -80 * UNIT as i32 && log_odds(1.0) > 80 * UNIT as i32);
    }

    #[test]
    fn the_logarithm_of_a_sum_is_that() {
        for number in [1.0_f32, 1.5, 1.9999, 2.0, 3.0, 7.3, 13.0, 1e6] {
            assert!((ln(number) - number.ln()).abs() < 1e-4, "{number}");
        }
        let unit = UNIT as i32;
        let expected = (2.0_f32.exp() + 1.0 + 0.5_f32.exp()).ln();
        let sum = log_of_sum(&[2 * unit, 0, unit / 2]) as f32 / UNIT;
        assert!((sum - expected).abs() < 0.01, "{sum} {expected}");
        assert_eq!(log_of_sum(&[i32::MIN, 5 * unit]), 5 * unit);
        assert_eq!(log_of_sum(&[]), 0);
    }

    #[test]
    fn the_weights_that_ship_fit_the_measures() {
        let (markup, text) = (crate::measure::markup_names().len(), crate::measure::text_names().len());
        let more = later_names().len();
        assert_eq!((MARKUP.first.width(), MARKUP.second.width()), (markup, markup + more));
        assert_eq!((MARKUP.reader.width(), TEXT.reader.width()), (markup + more, text + more));
        assert_eq!((TEXT.first.width(), TEXT.second.width()), (text, text + more));
    }
}

//! Measures → the probability that a block is main content.
//!
//! Two passes of symmetric trees: the first judges a block by its own measures and its containers', the second
//! also by what the first thought of the blocks around it. The weights are data, made by `examples/calibrate`
//! from labelled pages, never by hand.

mod context;
mod cut;
mod forest;
mod spoken;

use std::f32::consts::{LN_2, LOG2_E};
use std::sync::{Arc, LazyLock};

use crate::measure::{Measures, Table};

pub(crate) use context::second_measures;
pub(crate) use context::second_names;
pub(crate) use cut::{Cut, best_cut};
pub(crate) use forest::Forest;
pub(crate) use forest::UNIT;
#[cfg(feature = "internals")]
pub use forest::{TrainedForest, TrainedTree};
pub(crate) use spoken::{against, under_cue};

/// What a page was read from: each has weights of its own, over the measures that it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Markup,
    Text,
}

/// Which way to err where a block could be either.
///
/// Measured out-of-fold by site on WCXB's development pages; see the README for the figures of today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Focus {
    /// Keep only what is surely main content.
    Precision,
    /// The best of both.
    #[default]
    Balanced,
    /// Keep all that may be main content.
    Recall,
}

/// The two forests of a form.
struct Weights {
    first: Forest,
    second: Forest,
}

static MARKUP: LazyLock<Weights> = LazyLock::new(|| Weights {
    first: Forest::shipped(include_bytes!("score/weights/markup-first.bin")),
    second: Forest::shipped(include_bytes!("score/weights/markup-second.bin")),
});

static TEXT: LazyLock<Weights> = LazyLock::new(|| Weights {
    first: Forest::shipped(include_bytes!("score/weights/text-first.bin")),
    second: Forest::shipped(include_bytes!("score/weights/text-second.bin")),
});

/// The scores of a page's blocks, and the rows they were made from.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    /// Log-odds of main content, in units of one [`UNIT`]th.
    pub scores: Vec<i32>,
    /// What the words of each block took from that, in the same unit.
    pub spoken: Vec<i32>,
    /// The measures, and what the second pass reads besides: the label stage reads both, too.
    measures: Arc<Table>,
    more: Table,
    form: Form,
}

impl Scores {
    pub fn of(measures: &Measures, form: Form) -> Scores {
        let weights = form.weights();
        let first = weights.first.score(&[&measures.table]);
        let more = second_measures(measures, &first);
        let spoken = against(&measures.facts, form);
        let scores = weights
            .second
            .score(&[&measures.table, &more])
            .into_iter()
            .zip(&spoken)
            .map(|(score, less)| score - less);
        Scores { scores: scores.collect(), spoken, measures: measures.table.clone(), more, form }
    }

    /// What the forests of the second pass and of the kinds read.
    pub fn tables(&self) -> [&Table; 2] {
        [&self.measures, &self.more]
    }

    /// The row of one block.
    pub fn row(&self, block: usize) -> Vec<f32> {
        let mut row = Vec::new();
        self.tables().into_iter().for_each(|table| table.copy_row(block, &mut row));
        row
    }

    /// Where to cut between content and the rest.
    pub fn cut(&self, measures: &Measures, focus: Focus) -> Cut {
        let words: Vec<f32> = measures.facts.iter().map(|facts| facts.counts.words.max(1.0)).collect();
        best_cut(&self.scores, &words, focus.beta())
    }

    /// What each measure adds to a block's log-odds, by the measure's place in the row.
    pub fn contributions(&self, block: usize) -> Vec<(u16, f32)> {
        self.form.weights().second.contributions(&self.row(block), 0)
    }
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

/// The probability that log-odds stand for, by arithmetic that is exact alike on every platform (`exp` is not).
pub(crate) fn probability(score: i32) -> f32 {
    let exponent = (-(score as f32) / UNIT * LOG2_E).clamp(-60.0, 60.0);
    let whole = exponent.floor();
    let part = exponent - whole;
    // 2^part for 0 ≤ part < 1: the Taylor series of exp(part · ln 2), right to five digits.
    let series = [LN_2, 0.240_226_5, 0.055_504_1, 0.009_618_1, 0.001_333_4];
    let power = 1.0 + part * series.iter().rev().fold(0.0, |sum, factor| sum * part + factor);
    let scale = f32::from_bits(((whole as i32 + 127) as u32) << 23);
    1.0 / (1.0 + power * scale)
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
    fn the_weights_that_ship_fit_the_measures() {
        let (markup, text) = (crate::measure::markup_names().len(), crate::measure::text_names().len());
        let more = second_names().len();
        assert_eq!((MARKUP.first.width(), MARKUP.second.width()), (markup, markup + more));
        assert_eq!((TEXT.first.width(), TEXT.second.width()), (text, text + more));
    }
}

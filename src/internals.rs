//! The stages of the engine one by one, for the program that makes the weights and for the benchmarks. Not for
//! other use, and not under semantic versioning.

use crate::budget::Budget;
use crate::error::Error;
use crate::extractor::{Extractor, cut_into_blocks};
use crate::input;
use crate::label;
use crate::lexicon;
use crate::limits::{Limits, OverLimit};
use crate::measure::{self, Measures, PageFacts, Table};
use crate::page::{BoilerplateKind, Label};
use crate::score::{self, Focus, Forest, Form, Scores};
pub use crate::score::{TrainedForest, TrainedTree};
use crate::segment::Segments;
use crate::tree::Tree;

/// A page, cut and measured.
pub struct Sample {
    segments: Segments,
    measures: Measures,
    form: Form,
}

/// A trained forest, scored as the engine scores it.
pub struct Scorer(Forest);

impl Scorer {
    /// Reads what [`TrainedForest::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Scorer, String> {
        Forest::read(bytes).map(Scorer).map_err(|error| error.to_string())
    }

    /// The scores of rows, in the engine's unit of log-odds.
    pub fn score(&self, rows: &[f32]) -> Vec<i32> {
        let width = self.0.width().max(1);
        self.0.score(&[&Table::of_rows(width, rows)])
    }
}

/// A parsed page.
pub struct Parsed(Tree);

impl Parsed {
    /// The first stage: HTML to a tree.
    pub fn html(html: &str) -> Result<Parsed, Error> {
        input::html::parse(html, &Limits::default()).map(Parsed)
    }

    /// The second and third: cut into blocks and measured.
    pub fn measure(&mut self) -> Result<Sample, Error> {
        let segments =
            cut_into_blocks(&mut self.0, &mut Budget::new(Limits::default(), OverLimit::default()))?;
        let page = PageFacts::of_tree(&self.0);
        let measures = Measures::of_markup(&self.0, &segments, &page);
        Ok(Sample { segments, measures, form: Form::Markup })
    }
}

impl Sample {
    /// A page with markup.
    pub fn html(html: &str) -> Result<Sample, Error> {
        Parsed::html(html)?.measure()
    }

    /// The log-odds of main content, by the weights that ship.
    pub fn scores(&self) -> Vec<i32> {
        Scores::of(&self.measures, self.form).scores
    }

    /// The log-odds of all kinds of boilerplate for every block, by the weights that ship.
    pub fn kinds(&self) -> Vec<i32> {
        label::forest(self.form).score(&Scores::of(&self.measures, self.form).tables())
    }

    /// The last stages: scored and labelled by the weights that ship.
    pub fn label(&self) -> Vec<Label> {
        let scores = Scores::of(&self.measures, self.form);
        let cut = scores.cut(&self.measures, Focus::Balanced);
        let (verdicts, _) = label::label(&self.measures.facts, &scores, cut.even, self.form);
        verdicts.into_iter().map(|verdict| verdict.label).collect()
    }

    /// A plain text.
    pub fn text(text: &str) -> Sample {
        let segments = input::text::split(text);
        let measures = Measures::of_text(&segments, &PageFacts::of_text(&segments));
        Sample { segments, measures, form: Form::Text }
    }

    /// The texts of the blocks.
    pub fn texts(&self) -> Vec<&str> {
        self.segments.blocks.iter().map(|block| self.segments.block_text(block)).collect()
    }

    /// The words of every block, in units of a word of an alphabetic script.
    pub fn words(&self) -> Vec<f32> {
        self.measures.facts.iter().map(|facts| facts.counts.words).collect()
    }

    /// The rows of the first pass, one after the other.
    pub fn first_rows(&self) -> Vec<f32> {
        rows(&[&self.measures.table])
    }

    /// The rows of a later pass, given the scores of the one before it.
    pub fn later_rows(&self, scores: &[i32]) -> Vec<f32> {
        rows(&[&self.measures.table, &score::later_measures(&self.measures, scores)])
    }
}

/// The lines of one of the word lists in `src/lexicon`, each with the section it stands in.
pub fn lines(list: &str) -> impl Iterator<Item = (&str, &str)> {
    lexicon::lines(list)
}

/// The rows of tables that stand side by side, one after the other.
fn rows(tables: &[&Table]) -> Vec<f32> {
    let mut out = Vec::new();
    for row in 0..tables.first().map_or(0, |table| table.rows()) {
        tables.iter().for_each(|table| table.copy_row(row, &mut out));
    }
    out
}

/// The F that pages with this expectation came to have.
pub fn confidence(expected: f32, is_text: bool) -> f32 {
    score::confidence(expected, if is_text { Form::Text } else { Form::Markup })
}

/// The log-odds from which on blocks do more good than harm, and the F-beta that is expected of keeping them.
pub fn cut(scores: &[i32], words: &[f32], beta: f32) -> (i32, f32) {
    let cut = score::best_cut(scores, words, beta);
    (cut.even, cut.expected)
}

impl Sample {
    /// The log-odds of the second pass, less what the blocks' words say against them.
    pub fn less_spoken(&self, scores: Vec<i32>) -> Vec<i32> {
        let spoken = score::against(&self.measures.facts, self.form);
        scores.into_iter().zip(spoken).map(|(score, less)| score - less).collect()
    }

    /// The scores that the engine decides by: those of the second pass, and what readers would say.
    pub fn last_scores(&self, second: &[i32], reader: &[i32]) -> Vec<i32> {
        score::together(&self.measures.facts, second, reader)
    }

    /// Which blocks are main content by their scores alone, given where to cut them.
    pub fn content(&self, scores: &[i32], even: i32) -> Vec<bool> {
        label::content(&self.measures.facts, scores, even)
    }

    /// The label of each block: its place among all kinds of boilerplate, or the place behind them for content. `kinds` are
    /// the log-odds of all kinds for every block.
    pub fn labels(&self, scores: &[i32], kinds: &[i32], even: i32) -> Vec<usize> {
        label::choose(kinds.to_vec(), &self.measures.facts, scores, even, self.form).labels
    }
}

/// The names of all kinds of boilerplate, in the order in which the engine numbers them.
pub const KINDS: [&str; BoilerplateKind::ALL.len()] = BoilerplateKind::NAMES;

/// The names of the measures: of the first pass, and what the second adds.
pub fn names(is_text: bool) -> (Vec<String>, Vec<String>) {
    let first = if is_text { measure::text_names() } else { measure::markup_names() };
    (first, score::later_names())
}

/// The steps of work that a page of HTML takes, as [`Limits::max_work`] counts them.
pub fn work(extractor: &Extractor, html: &str) -> Result<u64, Error> {
    extractor.work(html)
}

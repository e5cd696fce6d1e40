//! Scores → labels: main content, or the kind of boilerplate with the best evidence.
//!
//! The evidence of content is a block's score beside the cut of its page. That of a kind is a forest's verdict on the same
//! measures that the scorer reads: what the block's words say, what its class words hint at, what its links lead to.
//! [`decide`] weighs all of them along the page.

mod choice;
mod decide;
mod title;

use std::sync::{LazyLock, OnceLock};

use crate::measure::BlockFacts;
use crate::page::{BoilerplateKind, Label};
use crate::score::{Forest, Form, Scores, UNIT, is_half_cleaned, probability, under_cue};

pub(crate) use choice::Choices;
use decide::{Odds, Prices, decide};
pub(crate) use title::find_title;
use title::main_heading;

static MARKUP: LazyLock<Forest> =
    LazyLock::new(|| Forest::shipped(include_bytes!("label/weights/markup-kinds.bin")));
static TEXT: LazyLock<Forest> =
    LazyLock::new(|| Forest::shipped(include_bytes!("label/weights/text-kinds.bin")));

/// What changes of label cost, in log-odds. Those of kind cost less behind a half-cleaned article, where single prompts of
/// many kinds follow each other.
fn prices(form: Form, facts: &[BlockFacts]) -> Prices {
    let of_kind = if is_half_cleaned(form, facts) { 0.8 } else { 1.2 };
    Prices { of_kind: (of_kind * UNIT) as i32, of_content: (0.3 * UNIT) as i32 }
}

/// What is taken from the evidence of content, in log-odds: of a block that is worth keeping by its score alone, and of one that
/// is not. Kinds in doubt leave more to content than is good for the text. (Chosen on pages that the forests had not seen, so that
/// the text stays as good as where scores alone decide, and labels get better.)
const LESS_OF_KEPT: i32 = (0.7 * UNIT) as i32;
const LESS_OF_DROPPED: i32 = (1.5 * UNIT) as i32;

/// What a cue adds to the evidence of its kind, in log-odds: none, one somewhere in the block, one at its
/// beginning, a block that is nothing but a cue. (Chosen on the labelled pages of both forms, out of fold by site:
/// accuracy falls on either side.)
const CUE_EVIDENCE: [i32; 4] = [0, (0.75 * UNIT) as i32, (1.25 * UNIT) as i32, (1.5 * UNIT) as i32];
/// What it adds that the block stands under a heading that is nothing but a cue. In half-cleaned texts alone: markup
/// says more of what a heading stands over than the order of blocks does, and in the menus of a whole page as plain text
/// most such headings stand over nothing.
const HEADING_EVIDENCE: i32 = (3.0 * UNIT) as i32;
/// What a word of a kind's topic adds, and how many count.
const TOPIC_EVIDENCE: i32 = (0.5 * UNIT) as i32;
const MOST_TOPICS: u8 = 3;

const KINDS: usize = BoilerplateKind::ALL.len();

/// The label of a block and how sure it is, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub label: Label,
    pub sure: f32,
}

pub(crate) fn forest(form: Form) -> &'static Forest {
    match form {
        Form::Markup => &MARKUP,
        Form::Text => &TEXT,
    }
}

/// The labels of a page's blocks, given the score from which on a block does the text more good than harm. Besides them,
/// what they were chosen from.
pub(crate) fn label(facts: &[BlockFacts], scores: &Scores, even: i32, form: Form) -> (Vec<Verdict>, Choices) {
    let choices = choose(forest(form).score(&scores.tables()), facts, &scores.scores, even, form);
    let blocks = scores.scores.iter().zip(&choices.labels).zip(choices.evidence.chunks_exact(KINDS));
    let verdicts = blocks
        .map(|((&score, &label), evidence)| match BoilerplateKind::ALL.get(label) {
            None => Verdict { label: Label::Content, sure: probability(score) },
            Some(&kind) => Verdict {
                label: Label::Boilerplate(kind),
                sure: softmax_share(evidence, label) * (1.0 - probability(score)),
            },
        })
        .collect();
    (verdicts, choices)
}

/// The blocks that are content whatever else they could be, on a page that has any: its best one and its main heading.
fn surely_content(facts: &[BlockFacts], scores: &[i32], even: i32) -> impl Iterator<Item = usize> {
    let best = (0..scores.len()).rev().max_by_key(|&block| scores[block]);
    let best = best.filter(|&best| scores[best] >= even);
    best.into_iter().chain(best.and_then(|_| main_heading(facts)))
}

/// Which blocks are main content by their scores alone: those of `even` and more, and the page's main heading above
/// them.
#[cfg(feature = "internals")]
pub(crate) fn content(facts: &[BlockFacts], scores: &[i32], even: i32) -> Vec<bool> {
    let mut is_content: Vec<bool> = scores.iter().map(|&score| score >= even).collect();
    if let Some(heading) = main_heading(facts).filter(|_| is_content.contains(&true)) {
        is_content[heading] = true;
    }
    is_content
}

/// The kind of the cue each block stands under; none where that is no evidence.
fn headings_that_count(facts: &[BlockFacts], form: Form) -> Vec<Option<usize>> {
    if is_half_cleaned(form, facts) { under_cue(facts) } else { vec![None; facts.len()] }
}

/// Chooses the label of every block, given the log-odds that the forest gives to all kinds, the blocks' scores, and the score
/// from which on a block does the text more good than harm.
pub(crate) fn choose(
    mut evidence: Vec<i32>,
    facts: &[BlockFacts],
    scores: &[i32],
    even: i32,
    form: Form,
) -> Choices {
    let headings = headings_that_count(facts, form);
    // Weights that can't be read give no evidence; a test holds that those that ship can.
    evidence.resize(facts.len() * KINDS, 0);
    add_spoken(&mut evidence, facts, &headings);
    let above_even = |score: i32| {
        let less = if score >= even { LESS_OF_KEPT } else { LESS_OF_DROPPED };
        score.saturating_sub(even).saturating_sub(less)
    };
    let content = scores.iter().zip(evidence.chunks_exact(KINDS));
    let mut content: Vec<i32> =
        content.map(|(&score, kinds)| decide::of_content(above_even(score), kinds)).collect();
    for block in surely_content(facts, scores, even) {
        content[block] = decide::of_content(i32::MAX, &evidence[block * KINDS..][..KINDS]);
    }
    let prices = prices(form, facts);
    Choices {
        form,
        prices,
        labels: decide(Odds { kinds: &evidence, content: &content }, prices),
        evidence,
        content,
        spoken: facts.iter().map(|block| block.spoken).collect(),
        headings,
        totals: OnceLock::new(),
    }
}

/// Adds to the evidence what the words of each block say by themselves. The labelled pages are few, and mostly
/// English; the lexicon knows more words of more languages than forests can learn from them.
fn add_spoken(evidence: &mut [i32], facts: &[BlockFacts], headings: &[Option<usize>]) {
    for (row, heading) in evidence.chunks_exact_mut(KINDS).zip(headings) {
        if let &Some(kind) = heading {
            row[kind] += HEADING_EVIDENCE;
        }
    }
    for (row, block) in evidence.chunks_exact_mut(KINDS).zip(facts) {
        // The kinds that have cues are the first kinds, in the same order.
        for ((odds, &cue), &topic) in row.iter_mut().zip(&block.spoken.cues).zip(&block.spoken.topics) {
            *odds +=
                CUE_EVIDENCE[usize::from(cue.min(3))] + TOPIC_EVIDENCE * i32::from(topic.min(MOST_TOPICS));
        }
    }
}

/// The share of one kind among all, by their log-odds.
fn softmax_share(evidence: &[i32], kind: usize) -> f32 {
    let odds = |other: &i32| {
        let p = probability(other - evidence[kind]);
        p / (1.0 - p).max(1e-6)
    };
    1.0 / evidence.iter().map(odds).sum::<f32>().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_know_every_kind() {
        assert_eq!((MARKUP.outputs(), TEXT.outputs()), (KINDS, KINDS));
    }
}

//! Scores → labels: main content where the score says so, else the kind of boilerplate with the best evidence.
//!
//! The evidence of a kind is a forest's verdict on the same measures that the scorer reads: what the block's
//! words say, what its class words hint at, what its links lead to, the heading it stands under. Kinds are
//! decided along the page, not block by block: changing from one kind to another has a price, so that one
//! odd item in a menu does not split it (the Viterbi algorithm, Viterbi 1967).

mod choice;
mod title;

use std::sync::{LazyLock, OnceLock};

use crate::measure::BlockFacts;
use crate::page::{BoilerplateKind, Label};
use crate::score::{Forest, Form, Scores, UNIT, is_half_cleaned, probability, under_cue};

pub(crate) use choice::Choices;
pub(crate) use title::find_title;
use title::main_heading;

static MARKUP: LazyLock<Forest> =
    LazyLock::new(|| Forest::shipped(include_bytes!("label/weights/markup-kinds.bin")));
static TEXT: LazyLock<Forest> =
    LazyLock::new(|| Forest::shipped(include_bytes!("label/weights/text-kinds.bin")));

/// What it costs, in log-odds, that two boilerplate blocks in a row are of different kinds. It costs less behind a
/// half-cleaned article, where single prompts of many kinds follow each other.
fn price_of_change(form: Form, facts: &[BlockFacts]) -> i32 {
    let price = if is_half_cleaned(form, facts) { 0.8 } else { 1.2 };
    (price * UNIT) as i32
}

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

fn forest(form: Form) -> &'static Forest {
    match form {
        Form::Markup => &MARKUP,
        Form::Text => &TEXT,
    }
}

/// The labels of a page's blocks: main content from `threshold` on, and the page's main heading above it. Besides
/// them, what they were chosen from.
pub(crate) fn label(
    facts: &[BlockFacts],
    scores: &Scores,
    threshold: i32,
    form: Form,
) -> (Vec<Verdict>, Choices) {
    let is_content = content(facts, &scores.scores, threshold);
    let choices = choose(forest(form).score(&scores.tables()), facts, is_content, form);
    let Choices { evidence, is_content, kinds, .. } = &choices;
    let blocks = scores.scores.iter().zip(is_content).zip(kinds).enumerate();
    let verdicts = blocks
        .map(|(block, ((&score, &is_content), &kind))| {
            if is_content {
                return Verdict { label: Label::Content, sure: probability(score) };
            }
            let share = softmax_share(&evidence[block * KINDS..][..KINDS], kind);
            Verdict {
                label: Label::Boilerplate(BoilerplateKind::ALL[kind]),
                sure: share * (1.0 - probability(score)),
            }
        })
        .collect();
    (verdicts, choices)
}

/// Which blocks are main content: those of `threshold` and more, and the page's main heading above them.
pub(crate) fn content(facts: &[BlockFacts], scores: &[i32], threshold: i32) -> Vec<bool> {
    let mut is_content: Vec<bool> = scores.iter().map(|&score| score >= threshold).collect();
    if let Some(heading) = main_heading(facts).filter(|_| is_content.contains(&true)) {
        is_content[heading] = true;
    }
    is_content
}

/// The kind of the cue each block stands under; none where that is no evidence.
fn headings_that_count(facts: &[BlockFacts], form: Form) -> Vec<Option<usize>> {
    if is_half_cleaned(form, facts) { under_cue(facts) } else { vec![None; facts.len()] }
}

/// Chooses the kind of every block that is no content, given the log-odds that the forest gives to all kinds.
pub(crate) fn choose(
    mut evidence: Vec<i32>,
    facts: &[BlockFacts],
    is_content: Vec<bool>,
    form: Form,
) -> Choices {
    let headings = headings_that_count(facts, form);
    add_spoken(&mut evidence, facts, &headings);
    let price = price_of_change(form, facts);
    Choices {
        form,
        price,
        kinds: decide(&evidence, &is_content, price),
        evidence,
        is_content,
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

/// The kind of every block that is no content, such that evidence less the price of changes is the most.
/// Content in between makes a change free: what stands before a text says little of what stands after it.
fn decide(evidence: &[i32], is_content: &[bool], change: i32) -> Vec<usize> {
    let count = is_content.len();
    if evidence.len() < count * KINDS {
        return vec![KINDS - 1; count];
    }
    let mut best = [0_i32; KINDS];
    let mut came_from = vec![[0_u8; KINDS]; count];
    for block in 0..count {
        let (top, &top_sum) =
            best.iter().enumerate().max_by_key(|&(kind, sum)| (sum, KINDS - kind)).unwrap_or((0, &0));
        let price = if is_content[block] { 0 } else { change };
        let mut next = [0_i32; KINDS];
        for kind in 0..KINDS {
            let (from, sum) =
                if best[kind] >= top_sum - price { (kind, best[kind]) } else { (top, top_sum - price) };
            came_from[block][kind] = from as u8;
            let own = if is_content[block] { 0 } else { evidence[block * KINDS + kind] };
            // Only differences matter; without this, sums over a long page would overflow.
            next[kind] = sum - top_sum + own;
        }
        best = next;
    }
    let mut kind =
        best.iter().enumerate().max_by_key(|&(kind, sum)| (sum, KINDS - kind)).map_or(0, |(kind, _)| kind);
    let mut kinds = vec![0; count];
    for block in (0..count).rev() {
        kinds[block] = kind;
        kind = usize::from(came_from[block][kind]);
    }
    kinds
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

    const PRICE: i32 = (1.2 * UNIT) as i32;

    fn row(kind: usize, odds: f32) -> [i32; KINDS] {
        let mut row = [0; KINDS];
        row[kind] = (odds * UNIT) as i32;
        row
    }

    #[test]
    fn one_odd_item_does_not_split_a_run() {
        let evidence: Vec<i32> = [row(1, 2.0), row(1, 2.0), row(4, 0.5), row(1, 2.0)].concat();
        assert_eq!(decide(&evidence, &[false; 4], PRICE), [1, 1, 1, 1]);
    }

    #[test]
    fn strong_evidence_changes_the_kind() {
        let evidence: Vec<i32> = [row(1, 2.0), row(1, 2.0), row(4, 6.0), row(4, 6.0)].concat();
        assert_eq!(decide(&evidence, &[false; 4], PRICE), [1, 1, 4, 4]);
    }

    #[test]
    fn content_between_makes_a_change_free() {
        let evidence: Vec<i32> = [row(1, 2.0), row(0, 0.0), row(4, 0.5)].concat();
        let kinds = decide(&evidence, &[false, true, false], PRICE);
        assert_eq!((kinds[0], kinds[2]), (1, 4));
    }

    #[test]
    fn the_weights_that_ship_know_every_kind() {
        assert_eq!((MARKUP.outputs(), TEXT.outputs()), (KINDS, KINDS));
    }
}

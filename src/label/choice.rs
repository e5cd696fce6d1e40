//! Why a block got the kind it has: what each measure, the lexicon and the neighbours did to tell it from the kind
//! that it would have had instead.

use std::sync::OnceLock;

use super::{CUE_EVIDENCE, HEADING_EVIDENCE, KINDS, MOST_TOPICS, TOPIC_EVIDENCE, forest};
use crate::lexicon::Spoken;
use crate::page::{BoilerplateKind, Evidence, KindChoice};
use crate::score::{Form, UNIT};

/// What the kinds of a page's blocks were chosen from, kept so that a choice can be explained later.
#[derive(Debug)]
pub(crate) struct Choices {
    pub form: Form,
    /// What a change of kind cost.
    pub price: i32,
    /// The log-odds of every kind for every block, what the lexicon says included.
    pub evidence: Vec<i32>,
    pub is_content: Vec<bool>,
    /// The kind of every block, by its place among all kinds.
    pub kinds: Vec<usize>,
    /// What the words of each block say.
    pub spoken: Vec<Spoken>,
    /// The kind whose cue each block stands under, where that counts.
    pub headings: Vec<Option<usize>>,
    /// See [`totals`]; made when first asked for, for all blocks at once.
    pub totals: OnceLock<Vec<i32>>,
}

impl Choices {
    /// Why the block at `block` has its kind; `None` if it is main content. `row` are its measures, and `names` what
    /// they are called.
    pub fn explain(&self, block: usize, row: &[f32], names: &[String]) -> Option<KindChoice> {
        if self.is_content.get(block).is_none_or(|&is_content| is_content) {
            return None;
        }
        let totals = self.totals.get_or_init(|| totals(&self.evidence, &self.is_content, self.price));
        let of_block = |all: &[i32]| -> Option<[i32; KINDS]> {
            all.get(block * KINDS..)?.first_chunk::<KINDS>().copied()
        };
        let (totals, evidence) = (of_block(totals)?, of_block(&self.evidence)?);
        let kind = *self.kinds.get(block)?;
        let others = (0..KINDS).filter(|&other| other != kind);
        let runner_up = others.max_by_key(|&other| (totals[other], KINDS - other))?;
        let apart = |odds: &[i32; KINDS]| odds[kind] - odds[runner_up];

        let mut all = self.lexicon(block, kind, runner_up);
        let forest = forest(self.form);
        let (own, its) = (forest.contributions(row, kind), forest.contributions(row, runner_up));
        all.extend(own.iter().zip(&its).map(|(&(measure, own), (_, its))| Evidence {
            measure: names.get(usize::from(measure)).cloned().unwrap_or_default(),
            value: row.get(usize::from(measure)).copied().unwrap_or_default(),
            contribution: own - its,
        }));
        let known: f32 = all.iter().map(|part| part.contribution).sum();
        let mut rest = |measure: &str, part: f32| {
            all.push(Evidence { measure: measure.to_owned(), value: part, contribution: part });
        };
        rest("prior", apart(&evidence) as f32 / UNIT - known);
        rest("neighbours", (apart(&totals) - apart(&evidence)) as f32 / UNIT);
        all.retain(|part| part.contribution != 0.0);
        all.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Some(KindChoice {
            kind: BoilerplateKind::ALL[kind],
            runner_up: BoilerplateKind::ALL[runner_up],
            margin: apart(&totals) as f32 / UNIT,
            evidence: all,
        })
    }

    /// What the words say for `kind` and against `other`.
    fn lexicon(&self, block: usize, kind: usize, other: usize) -> Vec<Evidence> {
        let mut parts = Vec::new();
        let Some(spoken) = self.spoken.get(block) else { return parts };
        for of in [kind, other] {
            let mut part = |what: &str, found: u8, odds: i32| {
                let odds = odds as f32 / UNIT;
                parts.push(Evidence {
                    measure: format!("lexicon.{what}.{}", BoilerplateKind::ALL[of]),
                    value: f32::from(found),
                    contribution: if of == kind { odds } else { -odds },
                });
            };
            // The kinds that have cues are the first kinds, in the same order.
            let (Some(&cue), Some(&topics)) = (spoken.cues.get(of), spoken.topics.get(of)) else { continue };
            part("cue", cue, CUE_EVIDENCE[usize::from(cue.min(3))]);
            part("topic", topics, TOPIC_EVIDENCE * i32::from(topics.min(MOST_TOPICS)));
            if self.headings.get(block) == Some(&Some(of)) {
                part("heading", 1, HEADING_EVIDENCE);
            }
        }
        parts
    }
}

/// For every block and kind, how good the best labelling of the whole page is that gives this kind to this block: the
/// evidence of all blocks less the price of all changes, up to a number that is the same for all kinds of a block.
/// (The max-marginals of the chain whose best labelling [`decide`](super::decide) finds.)
fn totals(evidence: &[i32], is_content: &[bool], change: i32) -> Vec<i32> {
    let own = |block: usize, kind: usize| {
        if is_content[block] { 0 } else { evidence.get(block * KINDS + kind).copied().unwrap_or_default() }
    };
    let price = |block: usize| if is_content[block] { 0 } else { change };
    let mut totals = vec![0; is_content.len() * KINDS];
    let mut ahead = [0; KINDS];
    for block in 0..is_content.len() {
        ahead = step(&ahead, price(block));
        for kind in 0..KINDS {
            ahead[kind] += own(block, kind);
            totals[block * KINDS + kind] = ahead[kind];
        }
    }
    let mut behind = [0; KINDS];
    for block in (0..is_content.len().saturating_sub(1)).rev() {
        for (kind, sum) in behind.iter_mut().enumerate() {
            *sum += own(block + 1, kind);
        }
        behind = step(&behind, price(block + 1));
        for (total, sum) in totals[block * KINDS..][..KINDS].iter_mut().zip(behind) {
            *total += sum;
        }
    }
    totals
}

/// The sums one block on: that of the same kind, or the best of another less the price. Only differences matter, so
/// they are counted from the best; else sums over a long page would overflow.
fn step(sums: &[i32; KINDS], price: i32) -> [i32; KINDS] {
    let best = sums.iter().copied().max().unwrap_or(0);
    sums.map(|sum| (sum - best).max(-price))
}

#[cfg(test)]
mod tests {
    use super::super::decide;
    use super::*;

    const PRICE: i32 = (1.2 * UNIT) as i32;

    /// Numbers that look like chance and are always the same.
    fn noise(count: usize) -> Vec<i32> {
        let numbers = std::iter::successors(Some(1_u32), |n| {
            Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        numbers.take(count).map(|n| (n >> 20) as i32 - 2048).collect()
    }

    #[test]
    fn the_kind_that_was_decided_is_the_one_with_the_best_total() {
        let evidence = noise(60 * KINDS);
        let is_content: Vec<bool> = (0..60).map(|block| block % 7 == 3).collect();
        let kinds = decide(&evidence, &is_content, PRICE);
        let totals = totals(&evidence, &is_content, PRICE);
        for (block, row) in totals.chunks_exact(KINDS).enumerate().filter(|(block, _)| !is_content[*block]) {
            assert_eq!(row.iter().max(), Some(&row[kinds[block]]), "block {block}");
        }
    }

    #[test]
    fn totals_differ_by_what_the_whole_page_loses() {
        let unit = UNIT as i32;
        let row = |kind: usize, odds: i32| {
            let mut row = [0; KINDS];
            row[kind] = odds * unit;
            row
        };
        let evidence = [row(1, 2), row(4, 1), row(1, 2)].concat();
        let totals = totals(&evidence, &[false; 3], PRICE);
        // As kind 4, the block in the middle would gain its own evidence and pay for two changes.
        let lost = totals[KINDS + 1] - totals[KINDS + 4];
        assert_eq!(lost, 2 * PRICE - unit);
    }
}

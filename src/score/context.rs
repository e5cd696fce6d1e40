//! The measures of the later passes: what the pass before thought of the blocks around.

use std::ops::Range;

use super::forest::UNIT;
use crate::measure::{Measures, Table};

const NEIGHBOURS: [(isize, &str); 10] = [
    (-5, "before5"),
    (-4, "before4"),
    (-3, "before3"),
    (-2, "before2"),
    (-1, "before1"),
    (1, "after1"),
    (2, "after2"),
    (3, "after3"),
    (4, "after4"),
    (5, "after5"),
];
const LEVELS: usize = 5;
const LEVEL_NAMES: [&str; LEVELS] = ["level0", "level1", "level2", "level3", "level4"];

/// Smoothing widths, as the share of a block that its neighbour keeps.
const DECAYS: [(f32, &str); 3] = [(0.8, "near"), (0.93, "around"), (0.975, "far")];

/// A log-odds squeezed between -1 and 1 by arithmetic alone, so that it is the same on every platform.
fn squeeze(score: i32) -> f32 {
    let odds = score as f32 / UNIT;
    odds / (1.0 + odds.abs())
}

/// Sums of weight and of weighted verdicts over the first n blocks, for every n.
struct Prefix {
    weight: Vec<f32>,
    verdict: Vec<f32>,
}

impl Prefix {
    fn of(verdicts: &[f32], weights: &[f32]) -> Prefix {
        let sums = |values: &mut dyn Iterator<Item = f32>| {
            let mut sum = 0.0;
            let mut all = vec![0.0];
            all.extend(values.map(|value| {
                sum += value;
                sum
            }));
            all
        };
        Prefix {
            weight: sums(&mut weights.iter().copied()),
            verdict: sums(&mut verdicts.iter().zip(weights).map(|(verdict, weight)| verdict * weight)),
        }
    }

    fn mean(&self, blocks: &Range<u32>) -> f32 {
        let (start, end) = (blocks.start as usize, blocks.end as usize);
        let weight = self.weight[end] - self.weight[start];
        if weight > 0.0 { (self.verdict[end] - self.verdict[start]) / weight } else { 0.0 }
    }
}

/// What a longer block counts more: its words, but never more than this many.
fn block_weight(words: f32) -> f32 {
    words.clamp(1.0, 100.0)
}

/// What a later pass reads besides each block's measures: the verdicts of the pass before around it.
pub(crate) fn later_measures(measures: &Measures, scores: &[i32]) -> Table {
    let verdicts: Vec<f32> = scores.iter().map(|&score| squeeze(score)).collect();
    let weights: Vec<f32> = measures.facts.iter().map(|facts| block_weight(facts.counts.words)).collect();
    let prefix = Prefix::of(&verdicts, &weights);
    let page = 0..verdicts.len() as u32;
    let smoothed: Vec<Vec<f32>> =
        DECAYS.iter().map(|(decay, _)| smooth(&verdicts, &weights, *decay)).collect();
    let groups = group_means(measures, &verdicts, &weights);
    let best = verdicts.iter().copied().fold(-1.0, f32::max);
    let content: f32 = positive_weight(&verdicts, &weights);
    let mut before = 0.0;
    Table::of(verdicts.len(), CONTEXT, &[], |block, row| {
        let mut put = |value: f32| row.put(value);
        put(verdicts[block]);
        for (offset, _) in NEIGHBOURS {
            let neighbour = block.checked_add_signed(offset).and_then(|index| verdicts.get(index));
            put(neighbour.copied().unwrap_or(-1.0));
        }
        smoothed.iter().for_each(|smooth| put(smooth[block]));
        let mut around = measures.containers.around(block);
        for _ in LEVEL_NAMES {
            put(prefix.mean(around.next().unwrap_or(&page)));
        }
        put(groups[measures.alike.group_of[block] as usize]);
        put(prefix.mean(&page));
        put(best);
        put(content);
        put(if content > 0.0 { before / content } else { 0.0 });
        before += verdicts[block].max(0.0) * weights[block];
    })
}

/// How many measures a later pass has more than the first.
const CONTEXT: usize = 1 + NEIGHBOURS.len() + DECAYS.len() + LEVELS + 5;

/// The names of what [`later_measures`] adds to a row.
pub(crate) fn later_names() -> Vec<String> {
    let mut names = vec!["verdict.own".to_owned()];
    names.extend(NEIGHBOURS.iter().map(|(_, name)| format!("verdict.{name}")));
    names.extend(DECAYS.iter().map(|(_, name)| format!("verdict.{name}")));
    names.extend(LEVEL_NAMES.iter().map(|name| format!("verdict.{name}")));
    let rest =
        ["verdict.alike", "verdict.page", "verdict.best", "verdict.content_weight", "verdict.content_before"];
    names.extend(rest.map(str::to_owned));
    names
}

fn positive_weight(verdicts: &[f32], weights: &[f32]) -> f32 {
    verdicts.iter().zip(weights).map(|(verdict, weight)| verdict.max(0.0) * weight).sum()
}

/// The weighted mean of the verdicts around each block, further ones counting less by `decay` a block.
fn smooth(verdicts: &[f32], weights: &[f32], decay: f32) -> Vec<f32> {
    let count = verdicts.len();
    let mut sums = vec![(0.0, 0.0); count];
    let mut pass = |order: &mut dyn Iterator<Item = usize>| {
        let (mut verdict, mut weight) = (0.0, 0.0);
        for index in order {
            verdict = verdict * decay + verdicts[index] * weights[index];
            weight = weight * decay + weights[index];
            sums[index].0 += verdict;
            sums[index].1 += weight;
        }
    };
    pass(&mut (0..count));
    pass(&mut (0..count).rev());
    sums.into_iter().map(|(verdict, weight)| if weight > 0.0 { verdict / weight } else { 0.0 }).collect()
}

/// The weighted mean of the verdicts of each group of alike blocks.
fn group_means(measures: &Measures, verdicts: &[f32], weights: &[f32]) -> Vec<f32> {
    let mut sums = vec![(0.0, 0.0); measures.alike.len()];
    for ((&group, verdict), weight) in measures.alike.group_of.iter().zip(verdicts).zip(weights) {
        let (verdicts, total) = &mut sums[group as usize];
        *verdicts += verdict * weight;
        *total += weight;
    }
    sums.into_iter().map(|(verdict, weight)| if weight > 0.0 { verdict / weight } else { 0.0 }).collect()
}

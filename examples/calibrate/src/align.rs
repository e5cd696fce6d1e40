//! Labels blocks by the reference text of their page.
//!
//! A long block is content as far as its word triples stand in the reference. A short one can stand there by
//! chance, so it counts only where the reference has it between the long blocks that are its neighbours on
//! the page, and as often as the reference has it.

use std::collections::HashMap;

use crate::corpus::Gold;

/// Blocks of fewer words are short.
const SHORT: usize = 6;
/// How far, in words of the reference, a short block may stand from its neighbours.
const SLACK: usize = 40;

/// The words of a text as the scorer counts them: runs of letters, digits and `_`, lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The share of each block that is main content; `None` where the corpus doesn't say.
pub fn align(blocks: &[&str], gold: &Gold) -> Vec<Option<f32>> {
    match gold {
        // Some pages of WCXB have no reference at all, though they have content: they teach nothing.
        Gold::Text { text, .. } if text.trim().is_empty() => vec![None; blocks.len()],
        Gold::Text { text, .. } | Gold::Judged { text } => {
            align_text(blocks, text).into_iter().map(Some).collect()
        }
        Gold::Snippets { with, without } => blocks.iter().map(|block| settle(block, with, without)).collect(),
    }
}

/// A snippet settles the block that has it, if no other snippet says otherwise.
fn settle(block: &str, with: &[String], without: &[String]) -> Option<f32> {
    let block = squash(block);
    let has = |snippets: &[String]| snippets.iter().any(|snippet| block.contains(&squash(snippet)));
    match (has(with), has(without)) {
        (true, false) => Some(1.0),
        (false, true) => Some(0.0),
        _ => None,
    }
}

pub fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn align_text(blocks: &[&str], reference: &str) -> Vec<f32> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut intern = |text: &str| -> Vec<u32> {
        words(text)
            .into_iter()
            .map(|word| {
                let next = ids.len() as u32;
                *ids.entry(word).or_insert(next)
            })
            .collect()
    };
    let reference = intern(reference);
    let blocks: Vec<Vec<u32>> = blocks.iter().map(|block| intern(block)).collect();
    let mut places: HashMap<[u32; 3], Vec<u32>> = HashMap::new();
    for (at, triple) in reference.windows(3).enumerate() {
        places.entry([triple[0], triple[1], triple[2]]).or_default().push(at as u32);
    }
    let mut first_places: HashMap<u32, Vec<u32>> = HashMap::new();
    for (at, &word) in reference.iter().enumerate() {
        first_places.entry(word).or_default().push(at as u32);
    }
    let mut used = vec![false; reference.len()];
    let mut shares = vec![0.0; blocks.len()];
    let mut anchors: Vec<Option<(u32, u32)>> = vec![None; blocks.len()];
    let mut cursor = 0;
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.len() >= SHORT) {
        let mut hit = vec![false; block.len()];
        let mut taken = Vec::new();
        for (at, triple) in block.windows(3).enumerate() {
            let Some(found) = places.get(&[triple[0], triple[1], triple[2]]) else { continue };
            hit[at..at + 3].fill(true);
            // Of several places, the next one onwards is where a reader would be.
            let next = found.partition_point(|&place| (place as usize) < cursor);
            taken.push(found[next.min(found.len() - 1)]);
        }
        shares[index] = hit.iter().filter(|&&hit| hit).count() as f32 / block.len() as f32;
        if shares[index] >= 0.5 {
            taken.sort_unstable();
            let middle = taken[taken.len() / 2] as usize;
            let half = block.len();
            let start = taken.iter().copied().find(|&at| at as usize + half >= middle).unwrap_or(0);
            let end = taken.iter().rev().copied().find(|&at| at as usize <= middle + half).unwrap_or(0) + 2;
            anchors[index] = Some((start, end));
            used[start as usize..=(end as usize).min(reference.len() - 1)].fill(true);
            cursor = end as usize;
        }
    }
    align_short(&blocks, &reference, &first_places, &anchors, &mut used, &mut shares);
    shares
}

fn align_short(
    blocks: &[Vec<u32>],
    reference: &[u32],
    first_places: &HashMap<u32, Vec<u32>>,
    anchors: &[Option<(u32, u32)>],
    used: &mut [bool],
    shares: &mut [f32],
) {
    let mut next_anchor = vec![None; blocks.len()];
    let mut next = None;
    for index in (0..blocks.len()).rev() {
        next_anchor[index] = next;
        next = anchors[index].or(next);
    }
    let mut before: Option<(u32, u32)> = None;
    for (index, block) in blocks.iter().enumerate() {
        if let Some(anchor) = anchors[index] {
            before = Some(anchor);
            continue;
        }
        if block.is_empty() || block.len() >= SHORT {
            continue;
        }
        let from = before.map_or(0, |(_, end)| (end as usize).saturating_sub(SLACK));
        let to = next_anchor[index].map_or(reference.len(), |(start, _): (u32, u32)| start as usize + SLACK);
        let Some(places) = first_places.get(&block[0]) else { continue };
        let first = places.partition_point(|&place| (place as usize) < from);
        let fits = |place: usize| {
            reference.get(place..place + block.len()) == Some(block)
                && !used[place..place + block.len()].contains(&true)
        };
        let found = places[first..]
            .iter()
            .map(|&place| place as usize)
            .take_while(|&place| place < to)
            .find(|&place| fits(place));
        if let Some(place) = found {
            used[place..place + block.len()].fill(true);
            shares[index] = 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(blocks: &[&str], reference: &str) -> Vec<bool> {
        let gold = Gold::Text { text: reference.into(), with: vec![], without: vec![] };
        align(blocks, &gold).iter().map(|share| share.unwrap() >= 0.5).collect()
    }

    #[test]
    fn a_short_block_counts_as_often_as_the_reference_has_it() {
        let long = "one two three four five six seven";
        assert_eq!(labels(&["Intro", long, "Intro"], &format!("Intro\n{long}")), [true, true, false]);
    }

    #[test]
    fn a_block_that_the_reference_has_in_part_counts_by_its_larger_part() {
        assert_eq!(labels(&["a b c d e f g h and then x y"], "a b c d e f g h"), [true]);
        assert_eq!(labels(&["a b c v u t s r q p o n m l"], "a b c d e f g h"), [false]);
    }
}

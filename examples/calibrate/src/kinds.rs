//! Labels blocks by pages that somebody labelled block by block.

use std::collections::HashMap;

use crate::align::words;
use crate::corpus::GoldBlock;

/// The acceptable labels of each of our blocks: those of the gold block that has most of its words; `None` where no
/// gold block was found in it.
pub fn align<'g>(blocks: &[&str], gold: &'g [GoldBlock]) -> Vec<Option<&'g GoldBlock>> {
    let mut stream = Vec::new();
    let mut owner = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        for word in words(block) {
            stream.push(word);
            owner.push(index);
        }
    }
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in stream.iter().enumerate() {
        places.entry(word).or_default().push(at);
    }
    let mut votes: Vec<HashMap<usize, usize>> = vec![HashMap::new(); blocks.len()];
    let mut cursor = 0;
    for (index, block) in gold.iter().enumerate() {
        let block = words(&block.text);
        let Some((at, same)) = find(&block, &stream, &places, cursor) else { continue };
        cursor = at + same;
        for &block in &owner[at..at + same] {
            *votes[block].entry(index).or_default() += 1;
        }
    }
    let best = |votes: &HashMap<usize, usize>| {
        votes.iter().max_by_key(|&(gold, count)| (*count, usize::MAX - gold)).map(|(gold, _)| *gold)
    };
    votes.iter().map(|votes| best(votes).map(|index| &gold[index])).collect()
}

/// Where a gold block stands in the stream of words: a full match nearest to where the last one ended.
fn find(
    block: &[String],
    stream: &[String],
    places: &HashMap<&str, Vec<usize>>,
    cursor: usize,
) -> Option<(usize, usize)> {
    let candidates = places.get(block.first()?.as_str())?;
    let mut best: Option<(usize, usize, usize)> = None;
    for &at in candidates {
        let same = block.iter().zip(&stream[at..]).take_while(|(a, b)| a == b).count();
        let is_match = same * 10 >= block.len() * 8 || same >= 12;
        let distance = at.abs_diff(cursor);
        if is_match && best.is_none_or(|(_, _, nearest)| distance < nearest) {
            best = Some((at, same, distance));
        }
    }
    best.map(|(at, same, _)| (at, same))
}

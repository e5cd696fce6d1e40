//! The containers around a block and the density of text and links in them: the composite text density of
//! Sun et al. (2011), for the nested ranges of blocks that a page's elements span.
//!
//! Elements around the same blocks count as one container, so wrappers without meaning don't matter.

use std::ops::Range;

use super::page::is_paragraph;
use super::{BlockFacts, Put, share};
use crate::lexicon::CUE_KINDS;
use crate::page::{Gap, Role};

/// Which of the containers around a block are measured, from the inside out; those between say little more.
pub(super) const LEVELS_OF_MARKUP: &[(usize, &str)] =
    &[(0, "level0"), (1, "level1"), (2, "level2"), (5, "level5")];
/// Around the runs of a plain text is nothing but the page.
pub(super) const LEVELS_OF_TEXT: &[(usize, &str)] = &[(0, "level0")];

/// Sums over a range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub blocks: f32,
    pub weight: f32,
    pub words: f32,
    pub prose_blocks: f32,
    pub paragraphs: f32,
    pub headings: f32,
    pub list_items: f32,
    pub prices: f32,
    pub prose_weight: f32,
    linked_weight: f32,
    paragraph_weight: f32,
    code_weight: f32,
    hidden_weight: f32,
    function_words: f32,
    sentence_ends: f32,
    address: f32,
    topics: f32,
}

impl Sums {
    fn of(facts: &BlockFacts) -> Sums {
        let weight = facts.counts.weight;
        let weight_if = |condition: bool| if condition { weight } else { 0.0 };
        let one_if = |condition: bool| f32::from(condition);
        Sums {
            blocks: 1.0,
            weight,
            words: facts.counts.words,
            prose_blocks: one_if(facts.is_prose()),
            paragraphs: one_if(facts.role == Role::Paragraph),
            headings: one_if(facts.is_heading()),
            list_items: one_if(facts.role == Role::ListItem),
            prices: one_if(facts.shape.has_price),
            prose_weight: weight_if(facts.is_prose()),
            linked_weight: weight * facts.link_density,
            paragraph_weight: weight_if(is_paragraph(facts.role)),
            code_weight: weight_if(facts.role == Role::Code),
            hidden_weight: weight_if(facts.hidden),
            function_words: facts.counts.function_words,
            sentence_ends: facts.counts.sentence_ends,
            address: facts.counts.second_person + facts.counts.imperatives,
            topics: facts.spoken.topics.iter().copied().map(f32::from).sum(),
        }
    }

    fn combine(&self, other: &Sums, sign: f32) -> Sums {
        Sums {
            blocks: self.blocks + sign * other.blocks,
            weight: self.weight + sign * other.weight,
            words: self.words + sign * other.words,
            prose_blocks: self.prose_blocks + sign * other.prose_blocks,
            paragraphs: self.paragraphs + sign * other.paragraphs,
            headings: self.headings + sign * other.headings,
            list_items: self.list_items + sign * other.list_items,
            prices: self.prices + sign * other.prices,
            prose_weight: self.prose_weight + sign * other.prose_weight,
            linked_weight: self.linked_weight + sign * other.linked_weight,
            paragraph_weight: self.paragraph_weight + sign * other.paragraph_weight,
            code_weight: self.code_weight + sign * other.code_weight,
            hidden_weight: self.hidden_weight + sign * other.hidden_weight,
            function_words: self.function_words + sign * other.function_words,
            sentence_ends: self.sentence_ends + sign * other.sentence_ends,
            address: self.address + sign * other.address,
            topics: self.topics + sign * other.topics,
        }
    }

    pub fn link_density(&self) -> f32 {
        share(self.linked_weight, self.weight)
    }

    pub fn paragraph_share(&self) -> f32 {
        share(self.paragraph_weight, self.weight)
    }

    pub fn prose_share(&self) -> f32 {
        share(self.prose_weight, self.weight)
    }

    pub fn code_share(&self) -> f32 {
        share(self.code_weight, self.weight)
    }

    pub fn hidden_share(&self) -> f32 {
        share(self.hidden_weight, self.weight)
    }

    pub fn function_words(&self) -> f32 {
        share(self.function_words, self.words)
    }

    /// Words that turn to the reader, per word.
    pub fn address(&self) -> f32 {
        share(self.address, self.words)
    }

    /// Words that speak of boilerplate, per word.
    pub fn topics(&self) -> f32 {
        share(self.topics, self.words)
    }

    pub fn sentence_ends(&self) -> f32 {
        share(self.sentence_ends, self.words)
    }
}

/// A container: a range of blocks, and the container around it.
#[derive(Clone, Debug)]
struct Container {
    blocks: Range<u32>,
    outer: Option<u32>,
}

/// The containers of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Containers {
    /// Sums over the first n blocks, for every n.
    prefix: Vec<Sums>,
    containers: Vec<Container>,
    /// The innermost container of every block.
    innermost: Vec<Option<u32>>,
    pub longest_block: f32,
    /// How many blocks are nothing but a cue of each kind, or begin with one.
    pub cues: [f32; CUE_KINDS.len()],
}

impl Containers {
    /// The containers that elements make: `ranges` are the blocks each element spans, inner ones first.
    pub fn of(ranges: &[Range<u32>], facts: &[BlockFacts]) -> Containers {
        let mut all = Containers::sums(facts);
        // What still waits for the container around it: containers, and blocks before them.
        let mut waiting: Vec<u32> = Vec::new();
        for blocks in ranges {
            let last = waiting.last().map(|&last| &all.containers[last as usize].blocks);
            if blocks.is_empty() || last == Some(blocks) {
                continue;
            }
            let index = all.containers.len() as u32;
            let is_inside = |inner: &u32| all.containers[*inner as usize].blocks.start >= blocks.start;
            let first_inside =
                waiting.len() - waiting.iter().rev().take_while(|inner| is_inside(inner)).count();
            for inner in waiting.drain(first_inside..) {
                all.containers[inner as usize].outer = Some(index);
            }
            all.containers.push(Container { blocks: blocks.clone(), outer: None });
            waiting.push(index);
        }
        all.find_innermost();
        all
    }

    /// The containers of plain text: runs of lines between blank lines, and the page.
    pub fn of_runs(facts: &[BlockFacts]) -> Containers {
        let mut ranges = Vec::new();
        let mut start = 0;
        for (index, block) in facts.iter().enumerate().skip(1) {
            if block.gap == Gap::Paragraph {
                ranges.push(start..index as u32);
                start = index as u32;
            }
        }
        ranges.push(start..facts.len() as u32);
        ranges.push(0..facts.len() as u32);
        Containers::of(&ranges, facts)
    }

    fn sums(facts: &[BlockFacts]) -> Containers {
        let mut prefix = Vec::with_capacity(facts.len() + 1);
        let mut sum = Sums::default();
        prefix.push(sum);
        for block in facts {
            sum = sum.combine(&Sums::of(block), 1.0);
            prefix.push(sum);
        }
        Containers {
            prefix,
            innermost: vec![None; facts.len()],
            containers: Vec::new(),
            cues: std::array::from_fn(|kind| {
                facts.iter().filter(|block| block.spoken.cues[kind] >= 2).count() as f32
            }),
            longest_block: facts.iter().map(|block| block.counts.weight).fold(0.0, f32::max),
        }
    }

    /// Inner containers come first, so the first to claim a block is its innermost.
    fn find_innermost(&mut self) {
        let mut unclaimed: Vec<u32> = (0..=self.innermost.len() as u32).collect();
        for (index, container) in self.containers.iter().enumerate() {
            let mut block = next_unclaimed(&mut unclaimed, container.blocks.start);
            while block < container.blocks.end {
                self.innermost[block as usize] = Some(index as u32);
                unclaimed[block as usize] = block + 1;
                block = next_unclaimed(&mut unclaimed, block);
            }
        }
    }

    /// Sums over a range of blocks.
    pub fn sum(&self, blocks: &Range<u32>) -> Sums {
        self.prefix[blocks.end as usize].combine(&self.prefix[blocks.start as usize], -1.0)
    }

    /// Sums over the whole page.
    pub fn page(&self) -> Sums {
        self.prefix.last().copied().unwrap_or_default()
    }

    /// The ranges of blocks of the containers around a block, from the inside out.
    pub fn around(&self, block: usize) -> impl Iterator<Item = &Range<u32>> + '_ {
        let container = |index: Option<u32>| self.containers.get(index? as usize);
        let innermost = container(self.innermost.get(block).copied().flatten());
        std::iter::successors(innermost, move |inner| container(inner.outer))
            .map(|container| &container.blocks)
    }

    /// The blocks of the smallest container around both of two blocks, and how many containers lie between it and
    /// the first.
    pub fn around_both(&self, block: usize, other: usize) -> (Range<u32>, usize) {
        let page = 0..self.innermost.len() as u32;
        let mut steps = 0;
        for blocks in self.around(block) {
            if blocks.contains(&(other as u32)) {
                return (blocks.clone(), steps);
            }
            steps += 1;
        }
        (page, steps)
    }

    pub fn put(&self, block: usize, levels: &[(usize, &'static str)], put: &mut (impl Put + ?Sized)) {
        let page = self.page();
        let mut around = self.around(block);
        let mut next = 0;
        for &(level, name) in levels {
            let blocks = around.nth(level - next).cloned().unwrap_or(0..self.innermost.len() as u32);
            next = level + 1;
            let sums = self.sum(&blocks);
            put(name, "share", share(sums.weight, page.weight));
            put(name, "prose_of_page", share(sums.prose_weight, page.prose_weight));
            put(name, "link_density", sums.link_density());
            put(name, "blocks", sums.blocks);
            put(name, "paragraph_share", sums.paragraph_share());
            put(name, "prose_share", sums.prose_share());
            put(name, "function_words", sums.function_words());
            put(name, "sentence_ends", sums.sentence_ends());
            put(name, "block_weight", share(sums.weight, sums.blocks));
            put(name, "address", sums.address());
            put(name, "topics", sums.topics());
            put(name, "place", share(block as f32 - blocks.start as f32, sums.blocks));
        }
    }
}

/// The first block from `block` on that no container has claimed, with the path to it shortened.
fn next_unclaimed(unclaimed: &mut [u32], block: u32) -> u32 {
    let mut found = block;
    while unclaimed[found as usize] != found {
        found = unclaimed[found as usize];
    }
    let mut passed = block;
    while unclaimed[passed as usize] != found && passed != found {
        passed = std::mem::replace(&mut unclaimed[passed as usize], found);
    }
    found
}

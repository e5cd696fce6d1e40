//! What stands before and after a block: its neighbours, the running text on either side, the heading over it.
//! (Kohlschütter et al. 2010 found previous and next block to matter as much as the block itself.)

use super::{BlockFacts, Put, containers::Containers, share};
use crate::lexicon::CUE_KINDS;
use crate::page::Role;

/// A block or cue that is further away than this might as well not be there.
const FAR: f32 = 60.0;

const NEIGHBOURS: [(isize, &str); 4] = [(-2, "before2"), (-1, "before1"), (1, "after1"), (2, "after2")];

/// What is measured of a neighbour.
const OF_NEIGHBOUR: [&str; 8] =
    ["weight", "link_density", "sentence_ends", "function_words", "role", "address", "topics", "cues"];

/// For every block, where the nearest of some things are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// The page's main heading.
    title: Option<usize>,
    prose_before: Vec<Option<usize>>,
    prose_after: Vec<Option<usize>>,
    heading_before: Vec<Option<usize>>,
    /// What each block is to those beside it, in the order of [`OF_NEIGHBOUR`].
    as_neighbours: Vec<[f32; OF_NEIGHBOUR.len()]>,
    /// The last block before that is nothing but a cue of the kind, or begins with one.
    cue_before: Vec<[Option<u32>; CUE_KINDS.len()]>,
}

impl Surroundings {
    pub fn of(facts: &[BlockFacts]) -> Surroundings {
        let count = facts.len();
        let mut all = Surroundings {
            title: first_title(facts),
            as_neighbours: facts.iter().map(as_neighbour).collect(),
            ..Surroundings::default()
        };
        let (mut prose, mut heading) = (None, None);
        let mut cues = [None; CUE_KINDS.len()];
        for (index, block) in facts.iter().enumerate() {
            all.prose_before.push(prose);
            all.heading_before.push(heading);
            all.cue_before.push(cues);
            if block.is_prose() {
                prose = Some(index);
            }
            if block.is_heading() {
                heading = Some(index);
            }
            for (last, &strength) in cues.iter_mut().zip(&block.spoken.cues) {
                if strength >= 2 {
                    *last = Some(index as u32);
                }
            }
        }
        all.prose_after = vec![None; count];
        let mut prose = None;
        for (index, block) in facts.iter().enumerate().rev() {
            all.prose_after[index] = prose;
            if block.is_prose() {
                prose = Some(index);
            }
        }
        all
    }

    pub fn put(
        &self,
        block: usize,
        facts: &[BlockFacts],
        containers: &Containers,
        put: &mut (impl Put + ?Sized),
    ) {
        let count = facts.len();
        let page = containers.page();
        let before = containers.sum(&(0..block as u32));
        put("place", "index", share(block as f32, count as f32));
        put("place", "weight_before", share(before.weight, page.weight));
        put("place", "prose_before", share(before.prose_weight, page.prose_weight));
        let title = self.title;
        let after_title = title.map_or(-2.0 * FAR, |title| block as f32 - title as f32);
        put("place", "after_title", after_title.clamp(-2.0 * FAR, 4.0 * FAR));
        let distance =
            |other: Option<usize>| other.map_or(FAR, |other| (block.abs_diff(other) as f32).min(FAR));
        put("place", "prose_distance_before", distance(self.prose_before[block]));
        put("place", "prose_distance_after", distance(self.prose_after[block]));
        let weight_since = |other: Option<usize>| {
            other.map_or(f32::MAX, |other| {
                let (from, to) = (block.min(other) as u32, block.max(other) as u32);
                containers.sum(&(from..to)).weight
            })
        };
        put("place", "weight_since_prose", weight_since(self.prose_before[block]));
        for (name, width) in [("window5", 5), ("window15", 15)] {
            let range = block.saturating_sub(width) as u32..(block + width + 1).min(count) as u32;
            let sums = containers.sum(&range);
            put(name, "link_density", sums.link_density());
            put(name, "prose_share", sums.prose_share());
            put(name, "block_weight", share(sums.weight, sums.blocks));
            put(name, "function_words", sums.function_words());
            put(name, "address", sums.address());
            put(name, "topics", sums.topics());
        }
        self.put_heading(block, facts, put);
        put_join(block, title, containers, put);
        let since = |last: Option<u32>| last.map_or(FAR, |last| (block as f32 - last as f32).min(FAR));
        for (kind, name) in CUE_KINDS.into_iter().enumerate() {
            put("since_cue", name, since(self.cue_before[block][kind]));
        }
        for (offset, name) in NEIGHBOURS {
            let neighbour = block.checked_add_signed(offset).and_then(|index| self.as_neighbours.get(index));
            let values = neighbour.unwrap_or(&[-1.0; OF_NEIGHBOUR.len()]);
            OF_NEIGHBOUR.into_iter().zip(values).for_each(|(measure, &value)| put(name, measure, value));
        }
    }

    /// The heading over the block: how far it is, its level, and what it shares with the title.
    fn put_heading(&self, block: usize, facts: &[BlockFacts], put: &mut (impl Put + ?Sized)) {
        let index = self.heading_before[block];
        let heading = index.map(|index| &facts[index]);
        let level = heading.map_or(0.0, |heading| match heading.role {
            Role::Heading(level) => f32::from(level),
            _ => 1.0,
        });
        put("heading", "distance", index.map_or(FAR, |index| ((block - index) as f32).min(FAR)));
        put("heading", "level", level);
        put("heading", "link_density", heading.map_or(0.0, |heading| heading.link_density));
        put("heading", "in_title", heading.map_or(0.0, |heading| heading.in_title));
    }
}

/// How closely a block is joined to the page's title: the smallest container around both.
fn put_join(block: usize, title: Option<usize>, containers: &Containers, put: &mut (impl Put + ?Sized)) {
    let Some((blocks, steps)) = title.map(|title| containers.around_both(block, title)) else {
        ["steps", "blocks", "share"].into_iter().for_each(|measure| put("join_title", measure, -1.0));
        return;
    };
    put("join_title", "steps", steps as f32);
    put("join_title", "blocks", blocks.len() as f32);
    put("join_title", "share", share(containers.sum(&blocks).weight, containers.page().weight));
}

fn as_neighbour(block: &BlockFacts) -> [f32; OF_NEIGHBOUR.len()] {
    let per_word = |count| block.counts.per_word(count);
    [
        block.counts.weight,
        block.link_density,
        per_word(block.counts.sentence_ends),
        per_word(block.counts.function_words),
        block.role_rank(),
        per_word(block.counts.second_person + block.counts.imperatives),
        block.spoken.topics.iter().copied().map(f32::from).sum(),
        block.spoken.cues.iter().copied().map(f32::from).sum(),
    ]
}

/// The block that is the page's main heading: the first of level 1, and among all of that level the one
/// that shares the most words with the page's title.
fn first_title(facts: &[BlockFacts]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (index, block) in facts.iter().enumerate() {
        let is_main = matches!(block.role, Role::Heading(1) | Role::Title);
        if is_main && best.is_none_or(|best| block.of_title > facts[best].of_title) {
            best = Some(index);
        }
    }
    best
}

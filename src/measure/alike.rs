//! Blocks of one signature: items of a menu, of a list of teasers, paragraphs of a text.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::elements::Elements;
use super::{BlockFacts, Put, containers::Containers, share};

/// Sums over the blocks of one signature.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    blocks: f32,
    weight: f32,
    linked_weight: f32,
    prose_blocks: f32,
}

/// Which blocks of a page are alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alike {
    /// The group of every block.
    pub group_of: Vec<u32>,
    groups: Vec<Group>,
}

impl Alike {
    /// Blocks are alike if tag and class of their elements and of the elements around those are the same.
    pub fn of_elements(elements: &Elements, facts: &[BlockFacts]) -> Alike {
        Alike::by(facts, |block| elements.signature(block))
    }

    /// Plain text: blocks are alike if role and rough shape are the same.
    pub fn of_shapes(facts: &[BlockFacts]) -> Alike {
        Alike::by(facts, |block| {
            let facts = &facts[block];
            // Lengths are alike within a factor of two.
            let length = (facts.counts.weight as u32).max(1).ilog2();
            (facts.role_rank() as u32, length, facts.shape.ends_sentence)
        })
    }

    fn by<K: Hash + Eq>(facts: &[BlockFacts], key: impl Fn(usize) -> K) -> Alike {
        let mut alike = Alike::default();
        let mut known: FxHashMap<K, u32> = FxHashMap::default();
        for (index, block) in facts.iter().enumerate() {
            let next = known.len() as u32;
            let group = *known.entry(key(index)).or_insert(next);
            if group == next {
                alike.groups.push(Group::default());
            }
            alike.group_of.push(group);
            let sums = &mut alike.groups[group as usize];
            sums.blocks += 1.0;
            sums.weight += block.counts.weight;
            sums.linked_weight += block.counts.weight * block.link_density;
            sums.prose_blocks += f32::from(block.is_prose());
        }
        alike
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    pub fn put(
        &self,
        block: usize,
        facts: &[BlockFacts],
        containers: &Containers,
        put: &mut (impl Put + ?Sized),
    ) {
        let group = self.groups[self.group_of[block] as usize];
        let mean = share(group.weight, group.blocks);
        put("alike", "blocks", group.blocks);
        put("alike", "share", share(group.weight, containers.page().weight));
        put("alike", "link_density", share(group.linked_weight, group.weight));
        put("alike", "block_weight", mean);
        put("alike", "prose_share", share(group.prose_blocks, group.blocks));
        put("alike", "relative_weight", share(facts[block].counts.weight, mean));
    }
}

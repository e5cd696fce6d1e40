//! Footnotes: what raised numbers link to.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use html5ever::local_name;

use crate::page::{MarkData, NoteData, SpanData};
use crate::segment::Segments;
use crate::segment::element::{Flow, flow};
use crate::tree::{NodeId, Step, Tree};

/// A longer text is no sign of a note, in bytes.
const LONGEST_SIGN: u32 = 12;
/// What has more blocks is a section and no note.
const MOST_BLOCKS: usize = 20;

/// The notes that blocks are of, by the blocks' indexes. A note is what has the anchor that a raised link before it
/// leads to.
pub(super) fn notes(tree: &Tree, segments: &Segments) -> Vec<(u32, NoteData)> {
    let mut anchors = anchors(segments);
    if anchors.is_empty() {
        return Vec::new();
    }
    let mut found = found(tree, segments, &mut anchors);
    found.sort_by_key(|(blocks, _)| (blocks.start, Reverse(blocks.end)));
    let mut notes: Vec<(u32, NoteData)> = Vec::new();
    for (blocks, anchor) in found {
        // A note inside of another is a part of it.
        if notes.last().is_some_and(|(last, _)| *last as usize >= blocks.start) {
            continue;
        }
        let list_depth = segments.blocks[blocks.start].layout.list_depth;
        let note = |block: usize| (block as u32, NoteData { anchor: anchor.to_owned(), list_depth });
        notes.extend(blocks.map(note));
    }
    notes
}

/// The anchors that raised links lead to, each with the first block that has such a link.
fn anchors(segments: &Segments) -> HashMap<&str, usize> {
    let mut anchors = HashMap::new();
    for (index, block) in segments.blocks.iter().enumerate().filter(|(_, block)| block.links > 0) {
        let spans = &segments.spans[block.spans.start as usize..block.spans.end as usize];
        let is_raised = |span: &&SpanData| span.mark == MarkData::Superscript;
        // They are sorted and don't overlap.
        let raised: Vec<&Range<u32>> = spans.iter().filter(is_raised).map(|span| &span.range).collect();
        for span in spans {
            let MarkData::Link(target) = &span.mark else { continue };
            let target = &segments.targets[target.start as usize..target.end as usize];
            let Some(anchor) = target.strip_prefix('#').filter(|anchor| !anchor.is_empty()) else { continue };
            let first = raised.partition_point(|raised| raised.end <= span.range.start);
            let is_raised = raised.get(first).is_some_and(|raised| raised.start < span.range.end);
            if is_raised && span.range.end - span.range.start <= LONGEST_SIGN {
                anchors.entry(anchor).or_insert(index);
            }
        }
    }
    anchors
}

/// The blocks that have the anchors.
fn found<'s>(
    tree: &Tree,
    segments: &Segments,
    anchors: &mut HashMap<&'s str, usize>,
) -> Vec<(Range<usize>, &'s str)> {
    let mut found = Vec::new();
    let mut open: Vec<(NodeId, &'s str, usize, u32)> = Vec::new();
    let mut leaf = 0;
    let first_at = |leaf: u32| segments.blocks.partition_point(|block| block.place.leaves().start < leaf);
    for step in tree.walk(NodeId::DOCUMENT) {
        match step {
            Step::Enter(id) => {
                if let Some((anchor, reference)) = anchor_of(tree, id, anchors) {
                    open.push((id, anchor, reference, leaf));
                }
                while segments.leaves.get(leaf as usize) == Some(&id) {
                    leaf += 1;
                }
            }
            Step::Leave(id) => {
                if open.last().is_none_or(|(element, ..)| *element != id) {
                    continue;
                }
                let Some((_, anchor, reference, start)) = open.pop() else { continue };
                let is_inline = tree.html_name(id).is_some_and(|name| flow(name) == Flow::Inline);
                let first = first_at(start);
                let blocks = if is_inline { first..first + 1 } else { first..first_at(leaf) };
                let begins =
                    segments.blocks.get(first).is_some_and(|block| block.place.leaves().start == start);
                if begins && first > reference && (1..=MOST_BLOCKS).contains(&blocks.len()) {
                    found.push((blocks, anchor));
                }
            }
        }
    }
    found
}

/// The anchor that an element has, the first to have it, and the block that refers to it first.
fn anchor_of<'s>(tree: &Tree, id: NodeId, anchors: &mut HashMap<&'s str, usize>) -> Option<(&'s str, usize)> {
    tree.element(id)?;
    let own = tree.attribute(id, &local_name!("id")).or_else(|| tree.attribute(id, &local_name!("name")))?;
    anchors.remove_entry(own)
}

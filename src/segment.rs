//! The common currency of the engine: a page as segments, the blocks before anything is known of them.

mod element;
mod hidden;
mod markup;
mod tables;

use std::ops::Range;

pub(crate) use hidden::{is_hidden_by, is_hidden_by_name};
pub(crate) use markup::segment;

use crate::page::{Details, Gap, Layout, Role, SpanData};
use crate::tree::NodeId;

/// A page cut into blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segments {
    /// The texts of all blocks, [`BLOCK_SEPARATOR`](crate::page::BLOCK_SEPARATOR) between them.
    pub text: String,
    pub blocks: Vec<Segment>,
    pub spans: Vec<SpanData>,
    /// The targets of all links, one after the other.
    pub targets: String,
    /// What is known of some blocks beyond their text.
    pub details: Details,
    /// The text nodes that blocks are made of, in document order; empty for plain text.
    pub leaves: Vec<NodeId>,
}

/// A block before anything is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// Where its text stands in [`Segments::text`].
    pub text: Range<u32>,
    pub role: Role,
    pub gap: Gap,
    pub layout: Layout,
    pub hidden: bool,
    /// Bytes of its text inside links.
    pub link_bytes: u32,
    /// Links that start in it.
    pub links: u32,
    /// Bytes of its text in bold.
    pub bold_bytes: u32,
    /// Its part of [`Segments::spans`].
    pub spans: Range<u32>,
    pub place: Place,
}

/// Where a segment comes from.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// The innermost block-level element around it, and its part of [`Segments::leaves`].
    Element { element: NodeId, leaves: Range<u32> },
    /// Bytes of the plain text input.
    Input(Range<u32>),
}

impl Segments {
    /// Whether the page shows a text of its own: some blocks that are no mere labels and links.
    pub fn has_running_text(&self) -> bool {
        const LEAST_BLOCK: u32 = 60;
        const LEAST_TEXT: u32 = 400;
        let lengths = self.blocks.iter().filter(|block| !block.hidden).map(|block| {
            let length = block.text.end - block.text.start;
            if length >= LEAST_BLOCK && block.link_bytes < length / 3 { length } else { 0 }
        });
        lengths.sum::<u32>() >= LEAST_TEXT
    }

    /// Leaves out every block behind the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.blocks.truncate(count);
        let last = self.blocks.last();
        let (text, spans, leaves) =
            last.map_or((0, 0, 0), |last| (last.text.end, last.spans.end, last.place.leaves().end));
        self.text.truncate(text as usize);
        self.spans.truncate(spans as usize);
        self.leaves.truncate(leaves as usize);
        self.details.truncate(count as u32);
    }

    /// The text of a block.
    pub fn block_text(&self, block: &Segment) -> &str {
        &self.text[block.text.start as usize..block.text.end as usize]
    }
}

impl Place {
    /// Its part of [`Segments::leaves`].
    pub fn leaves(&self) -> Range<u32> {
        match self {
            Place::Element { leaves, .. } => leaves.clone(),
            Place::Input(_) => 0..0,
        }
    }
}

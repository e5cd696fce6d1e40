//! What one page may still cost, and what was cut from it so far.

use crate::beginning::beginning;
use crate::error::Error;
use crate::input::html;
use crate::limits::{Limits, OverLimit, Truncation};
use crate::segment::Segments;
use crate::tree::Tree;

/// Steps of work that a node and a block stand for; see [`Limits::max_work`].
const NODE_STEPS: u64 = 8;
const BLOCK_STEPS: u64 = 2_048;

/// The limits on one page while it is taken apart.
#[derive(Debug)]
pub(crate) struct Budget {
    pub limits: Limits,
    over: OverLimit,
    work: u64,
    pub truncated: Vec<Truncation>,
}

impl Budget {
    pub fn new(limits: Limits, over: OverLimit) -> Budget {
        Budget { limits, over, work: 0, truncated: Vec::new() }
    }

    /// The steps of work done so far.
    #[cfg(feature = "internals")]
    pub fn work(&self) -> u64 {
        self.work
    }

    /// Whether a page is cut even where that loses text.
    pub fn cuts_all(&self) -> bool {
        self.over == OverLimit::Cut
    }

    /// Counts work that was done or is about to be.
    pub fn spend(&mut self, steps: u64) -> Result<(), Error> {
        self.work = self.work.saturating_add(steps);
        let limit = self.limits.max_work;
        if self.work > limit { Err(Error::TooMuchWork { limit }) } else { Ok(()) }
    }

    /// Counts the work that a page's nodes will be.
    pub fn spend_nodes(&mut self, nodes: usize) -> Result<(), Error> {
        self.spend(nodes as u64 * NODE_STEPS)
    }

    /// Notes that something harmless was cut, or gives the error instead.
    pub fn cut(&mut self, what: Truncation, error: Error) -> Result<(), Error> {
        if self.over == OverLimit::Refuse {
            return Err(error);
        }
        let is_known = |known: &Truncation| std::mem::discriminant(known) == std::mem::discriminant(&what);
        if !self.truncated.iter().any(is_known) {
            self.truncated.push(what);
        }
        Ok(())
    }

    /// As much of an input of `of` bytes as may be read.
    pub fn bytes(&mut self, of: usize) -> Result<usize, Error> {
        let limit = self.limits.max_bytes;
        if of <= limit {
            return Ok(of);
        }
        let error = Error::TooManyBytes { bytes: of, limit };
        if !self.cuts_all() {
            return Err(error);
        }
        self.cut(Truncation::Bytes { kept: limit, of }, error)?;
        Ok(limit)
    }

    /// As much of a text as may be read, up to a character boundary.
    pub fn text<'t>(&mut self, text: &'t str) -> Result<&'t str, Error> {
        let kept = self.bytes(text.len())?;
        Ok(beginning(text, kept))
    }

    /// Parses HTML.
    pub fn parse(&mut self, html: &str) -> Result<Tree, Error> {
        let left = Limits { max_work: self.limits.max_work.saturating_sub(self.work), ..self.limits };
        let (tree, parsing) =
            html::parse_within(html, &left, self.cuts_all()).map_err(|error| match error {
                Error::TooMuchWork { .. } => Error::TooMuchWork { limit: self.limits.max_work },
                error => error,
            })?;
        self.spend(parsing.work)?;
        self.spend_nodes(tree.len())?;
        if let Some(byte) = parsing.stopped_at {
            self.cut_nodes(Some(byte))?;
        }
        if let Some(byte) = parsing.too_deep_at {
            self.cut_depth(Some(byte))?;
        }
        if let Some(byte) = parsing.attributes_cut_at {
            self.cut_attributes(Some(byte))?;
        }
        Ok(tree)
    }

    /// Notes that the page ends where it had too many nodes; an error unless everything is cut.
    pub fn cut_nodes(&mut self, byte: Option<usize>) -> Result<(), Error> {
        let error = Error::TooManyNodes { limit: self.limits.max_nodes };
        if self.cuts_all() { self.cut(Truncation::Nodes { byte }, error) } else { Err(error) }
    }

    pub fn cut_depth(&mut self, byte: Option<usize>) -> Result<(), Error> {
        self.cut(Truncation::Depth { byte }, Error::TooDeep { limit: self.limits.max_depth })
    }

    pub fn cut_attributes(&mut self, byte: Option<usize>) -> Result<(), Error> {
        self.cut(
            Truncation::Attributes { byte },
            Error::TooManyAttributes { limit: self.limits.max_attributes },
        )
    }

    pub fn cut_data(&mut self) -> Result<(), Error> {
        let Limits { max_data_bytes: bytes, max_data_depth: depth, .. } = self.limits;
        self.cut(Truncation::Data, Error::TooMuchData { bytes, depth })
    }

    /// Cuts a page after its last allowed block, and counts the work that the blocks will be.
    pub fn blocks(&mut self, mut segments: Segments) -> Result<Segments, Error> {
        let (blocks, limit) = (segments.blocks.len(), self.limits.max_blocks);
        if blocks > limit {
            self.cut(Truncation::Blocks { kept: limit, of: blocks }, Error::TooManyBlocks { blocks, limit })?;
            segments.truncate(limit);
        }
        self.spend(segments.blocks.len() as u64 * BLOCK_STEPS)?;
        Ok(segments)
    }
}

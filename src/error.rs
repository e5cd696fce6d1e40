//! Every way an input can be refused.

/// Why an input was refused. An empty page, or one without main content, is no error: see
/// [`Page::confidence`](crate::Page::confidence).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is longer than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[error("the input is {bytes} bytes long, over the limit of {limit}")]
    TooManyBytes {
        /// Length of the input.
        bytes: usize,
        /// The limit in force.
        limit: usize,
    },
    /// The page has more nodes than [`Limits::max_nodes`](crate::Limits::max_nodes).
    #[error("the page has more than {limit} nodes")]
    TooManyNodes {
        /// The limit in force.
        limit: usize,
    },
    /// Elements nest deeper than [`Limits::max_depth`](crate::Limits::max_depth), and the extractor is to
    /// [refuse](crate::OverLimit::Refuse) that.
    #[error("elements nest deeper than {limit}")]
    TooDeep {
        /// The limit in force.
        limit: u32,
    },
    /// An element has more attributes than [`Limits::max_attributes`](crate::Limits::max_attributes), or the page more
    /// different names than can be told apart in time, and the extractor is to [refuse](crate::OverLimit::Refuse) that.
    #[error("an element has more than {limit} attributes, or the page too many names")]
    TooManyAttributes {
        /// The limit in force.
        limit: usize,
    },
    /// The page has more blocks than [`Limits::max_blocks`](crate::Limits::max_blocks), and the extractor is to
    /// [refuse](crate::OverLimit::Refuse) that.
    #[error("the page has {blocks} blocks, over the limit of {limit}")]
    TooManyBlocks {
        /// Blocks of the page.
        blocks: usize,
        /// The limit in force.
        limit: usize,
    },
    /// The page's structured data is longer than [`Limits::max_data_bytes`](crate::Limits::max_data_bytes) or deeper
    /// than [`Limits::max_data_depth`](crate::Limits::max_data_depth), and the extractor is to
    /// [refuse](crate::OverLimit::Refuse) that.
    #[error("the structured data of the page is over {bytes} bytes or nests deeper than {depth}")]
    TooMuchData {
        /// The limit in force on its length.
        bytes: usize,
        /// The limit in force on its depth.
        depth: usize,
    },
    /// The page takes more work than [`Limits::max_work`](crate::Limits::max_work).
    #[error("the page takes more than {limit} steps of work")]
    TooMuchWork {
        /// The limit in force.
        limit: u64,
    },
    /// The bytes are no text at all.
    #[error("the input is not text: it looks like {looks_like}")]
    NotText {
        /// What the bytes look like, for a reader: "a PNG image", "a PDF document", "binary data".
        looks_like: &'static str,
    },
}

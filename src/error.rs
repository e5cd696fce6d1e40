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
    /// The bytes are no text at all.
    #[error("the input is not text: it looks like {looks_like}")]
    NotText {
        /// What the bytes look like, for a reader: "a PNG image", "a PDF document", "binary data".
        looks_like: &'static str,
    },
}

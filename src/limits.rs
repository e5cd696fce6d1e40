//! What an [`Extractor`](crate::Extractor) refuses or bounds.

/// Bounds on one page, generous by default: ordinary pages never meet them.
///
/// ```
/// use tamis::{Extractor, Limits};
///
/// let extractor = Extractor::builder()
///     .limits(Limits { max_bytes: 1 << 20, ..Limits::default() })
///     .build();
/// assert!(extractor.html(&"x".repeat(2 << 20)).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of input, before decoding. A longer input is refused with
    /// [`Error::TooManyBytes`](crate::Error::TooManyBytes). Default: 64 MiB; never more than 1 GiB, as
    /// positions are kept in 32 bits.
    pub max_bytes: usize,
    /// Elements nested in each other. Deeper ones are attached to the deepest allowed one, with all their
    /// text: what browsers do, at the same depth. Default: 512; at least 16.
    pub max_depth: u32,
    /// Nodes of the tree. A page with more is refused with
    /// [`Error::TooManyNodes`](crate::Error::TooManyNodes). Default: 8 million.
    pub max_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 64 << 20, max_depth: 512, max_nodes: 8_000_000 }
    }
}

impl Limits {
    /// The same limits where positions and ids, which have 32 bits, can reach.
    pub(crate) fn within_reach(self) -> Limits {
        Limits {
            max_bytes: self.max_bytes.min(1 << 30),
            max_depth: self.max_depth.clamp(16, 1 << 16),
            max_nodes: self.max_nodes.min(1 << 30),
        }
    }
}

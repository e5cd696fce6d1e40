//! What an [`Extractor`](crate::Extractor) refuses or bounds.

/// Bounds on one page, generous by default: ordinary pages never meet them.
///
/// What happens to a page that meets one is for [`OverLimit`] to say.
///
/// # Memory
///
/// At its peak a page takes no more memory, beside its input, than the sum of
///
/// - 28 times its bytes of HTML (a page of nothing but attributes; of text it is 5 times), 56 times those of plain
///   text (lines of a letter; of ordinary ones it is 5 times),
/// - 128 bytes for each of its nodes,
/// - 6 KiB for each of its blocks,
/// - 96 times its structured data, but no more than 192 MiB,
/// - 16 MiB, and 24 MiB for word lists and weights, once for a process.
///
/// That is 2.6 GiB for the largest page of HTML that the default limits let in and 4 GiB for the largest plain text, and less than 1 GiB with a `max_bytes` of 8 MiB.
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
    /// Bytes of input, before decoding. Default: 64 MiB; never more than 1 GiB, as positions are kept in 32
    /// bits.
    pub max_bytes: usize,
    /// Elements nested in each other. Deeper ones are attached to the deepest allowed one, with all their
    /// text: what browsers do, at the same depth. Most tags cost time in proportion to the depth they stand in.
    /// Default: 512; at least 16.
    pub max_depth: u32,
    /// Nodes of the tree, each of 128 bytes and about half a microsecond. Default: 4 million.
    pub max_nodes: usize,
    /// Attributes of an element, of those that say something to any stage. Further ones are left out. Each is compared
    /// with the others of its element. Default: 256.
    pub max_attributes: usize,
    /// Blocks of the page. The text of further ones is left out. A block costs some microseconds, as much as a
    /// thousand bytes or so. Default: 50,000.
    pub max_blocks: usize,
    /// Bytes of the structured data (JSON-LD and the like) that is read for metadata, and as many of what is read where
    /// a page shows no text. What is left of it is passed over, as is data of more than 200,000 objects, of which each
    /// takes half a kilobyte. Default: 8 MiB.
    pub max_data_bytes: usize,
    /// Values of structured data nested in each other, where it is read for text. Deeper data is passed over; for
    /// metadata it always is when deeper than 128. Default: 128, which is also the most.
    pub max_data_depth: usize,
    /// Work, in steps that are counted alike on every machine: 1 for a byte of the input, 1 for what the parser asks of
    /// an open element, 8 for a node, 2,048 for a block. A step takes about two nanoseconds. Default: 10 thousand million,
    /// which is far beyond what the other limits let a page of ten megabytes need.
    pub max_work: u64,
}

/// What becomes of a page over one of the [`Limits`].
///
/// ```
/// use tamis::{Extractor, Limits, OverLimit, Truncation};
///
/// let limits = Limits { max_blocks: 2, ..Limits::default() };
/// let html = "<p>one<p>two<p>three";
/// let page = Extractor::builder().limits(limits).build().html(html)?;
/// assert_eq!(page.text(), "one\ntwo");
/// assert_eq!(page.truncated(), [Truncation::Blocks { kept: 2, of: 3 }]);
///
/// let strict = Extractor::builder().limits(limits).over_limit(OverLimit::Refuse).build();
/// assert!(strict.html(html).is_err());
/// # Ok::<(), tamis::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OverLimit {
    /// Cut depth, attributes, blocks and structured data, and say so in
    /// [`Page::truncated`](crate::Page::truncated); refuse a page of too many bytes or nodes, or too much work, with an
    /// error.
    #[default]
    CutHarmless,
    /// Cut bytes and nodes, too: the page is what stands before. Only too much work is an error.
    Cut,
    /// Refuse every page over a limit.
    Refuse,
}

/// What was cut from a page over one of the [`Limits`], and where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Truncation {
    /// The input ends after this many of its bytes ([`Limits::max_bytes`]).
    Bytes {
        /// Bytes that were read.
        kept: usize,
        /// Bytes of the input.
        of: usize,
    },
    /// Elements were attached higher up than they stand ([`Limits::max_depth`]). No text is lost.
    Depth {
        /// The byte of the decoded input behind the tag of the first of them; none of a caller's DOM. Every line break counts as one.
        byte: Option<usize>,
    },
    /// Parsing stopped, as there were too many nodes ([`Limits::max_nodes`]).
    Nodes {
        /// The byte of the decoded input where it stopped; none of a caller's DOM.
        byte: Option<usize>,
    },
    /// Attributes of an element were left out ([`Limits::max_attributes`]), or too many different names cut short.
    Attributes {
        /// The byte of the decoded input where that happened first; none of a caller's DOM.
        byte: Option<usize>,
    },
    /// The page ends after this many of its blocks ([`Limits::max_blocks`]).
    Blocks {
        /// Blocks of the page.
        kept: usize,
        /// Blocks there would be.
        of: usize,
    },
    /// Structured data was passed over ([`Limits::max_data_bytes`], [`Limits::max_data_depth`]).
    Data,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 64 << 20,
            max_depth: 512,
            max_nodes: 4_000_000,
            max_attributes: 256,
            max_blocks: 50_000,
            max_data_bytes: 8 << 20,
            max_data_depth: 128,
            max_work: 10_000_000_000,
        }
    }
}

impl Limits {
    /// The same limits where positions and ids, which have 32 bits, can reach.
    pub(crate) fn within_reach(self) -> Limits {
        Limits {
            max_bytes: self.max_bytes.min(1 << 30),
            max_depth: self.max_depth.clamp(16, 1 << 16),
            max_nodes: self.max_nodes.min(1 << 30),
            max_data_depth: self.max_data_depth.min(128),
            ..self
        }
    }
}

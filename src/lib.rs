//! Tamis separates a page's main content from its boilerplate, and names every region of that boilerplate for
//! what it is: navigation, comments, related links, a consent banner, a job ad.
//!
//! Pages come in as HTML, as bytes off the wire, as a parsed `markup5ever_rcdom` tree, or as plain text with no
//! markup left. One page in, one [`Page`] out: no I/O, no global state, no network.
//!
//! ```
//! let html = "<html><title>Tides</title><body>
//!     <nav><ul><li><a href='/'>Home</a></li><li><a href='/sea'>Sea</a></li></ul></nav>
//!     <main><h1>Tides</h1><p>The moon pulls at the sea, and the sea follows it around the earth. Where the
//!     coast is a funnel, the water rises highest, as in the Bay of Fundy, by sixteen metres.</p></main>
//!     <footer>© 2024 The Shore. All rights reserved.</footer>";
//! let page = tamis::extract(html)?;
//! println!("{}", page.content());
//! for region in page.boilerplate() {
//!     println!("{:?} {:.2} {}", region.kind(), region.score(), region.text());
//! }
//! # Ok::<(), tamis::Error>(())
//! ```
//!
//! The engine measures text density and link density of blocks, of their neighbours and of their containers, and
//! small decision trees over such measures decide, as Kohlschütter, Fankhauser and Nejdl (*Boilerplate Detection
//! using Shallow Text Features*, WSDM 2010) and Sun, Song and Liao (*DOM Based Content Extraction via Text
//! Density*, SIGIR 2011) found to be enough. [`Page::explain`] says which measures moved a block, and
//! [`Page::explain_label`] what made its kind of boilerplate.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod attributes;
mod beginning;
mod budget;
mod dom;
mod error;
mod extractor;
mod input;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
mod label;
mod lexicon;
mod limits;
mod measure;
mod metadata;
mod page;
mod render;
mod score;
mod segment;
mod squash;
mod tree;

pub use dom::DomPage;
pub use error::Error;
pub use extractor::{Extractor, ExtractorBuilder, extract};
/// The parser, so that a caller's DOM has the right version.
pub use html5ever;
pub use limits::{Limits, OverLimit, Truncation};
/// The DOM that [`Extractor::dom`] reads.
pub use markup5ever_rcdom as rcdom;
pub use metadata::{Direction, Metadata, MetadataField, MetadataSource};
pub use page::{
    Block, BoilerplateKind, Cell, Content, ElementPath, Evidence, Gap, Image, KindChoice, Label, Layout,
    Link, Mark, Page, Region, Role, Source, Span, Table, TableCell, UnknownLabel, UnknownRole,
};
pub use render::PlainText;
pub use score::Focus;

/// The programs in the README compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

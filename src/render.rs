//! The kept blocks of a page as plain text, Markdown and HTML.
//!
//! Plain text needs no more than the gaps between blocks. Markdown and HTML share the way there: `outline`
//! puts lists, quotes and tables back together around the blocks, `runs` makes the inline markup of a block
//! well nested, `link` says which targets may be written.

mod grid;
mod html;
mod images;
mod labelled;
mod link;
mod markdown;
mod notes;
mod outline;
mod plain;
mod runs;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sample;

pub(crate) use grid::{Slot, rows as table_rows};
pub(crate) use html::html;
pub(crate) use labelled::{labelled_html, labelled_markdown};
pub(crate) use link::Addresses;
pub(crate) use markdown::markdown;
pub use plain::PlainText;
pub(crate) use plain::plain;

//! Bounds on what the tree builder can be made to do again and again, beside depth.
//!
//! - Formatting elements (`<b>`, `<a>`, …) that stand in each other are searched, compared and copied by many tags. So
//!   only so many of them stand in each other, each keeps a bounded number of attributes, and what all copies hold is
//!   bounded by the length of the page.
//! - Formatting elements that are not closed are opened anew in every paragraph, and made anew where they cross blocks. A page
//!   with more of such copies than its length allows has none further, and no further formatting.
//! - A `<template>` that ends while an `<object>` or a cell in it is open leaves a marker in the list of formatting
//!   elements for good. So after many of those, such elements are no longer opened in templates.

use super::attributes::{Attributes, Slice};
use super::builder::Tag;
use super::kinds::{FORMATTING, Kind, MARKER};

/// Formatting elements in each other. More are closed as soon as they are opened: nothing is set in bold so often.
pub(super) const MOST_FORMATTING: u32 = 24;
/// Attributes that a formatting element keeps: the tree builder compares each with all of another element.
const MOST_FORMATTING_ATTRIBUTES: usize = 48;
/// Templates that may leave a marker.
const MOST_MARKERS: u32 = 512;
/// So many attributes, and bytes of their values, a page may have beyond what its length allows.
const SPARE_ATTRIBUTES: usize = 1 << 14;
const SPARE_VALUES: usize = 1 << 18;

/// So many copies of formatting elements a page may have, beyond one for so many of its bytes.
const SPARE_COPIES: usize = 1 << 15;
const BYTES_OF_A_COPY: usize = 128;

/// What was seen of a page so far.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// Length of the page in bytes.
    length: usize,
    /// The byte of the page where the present token begins, or the text before it.
    pub position: usize,
    /// Attributes of all elements, and the bytes of their values.
    attributes: usize,
    value_bytes: usize,
    /// Copies of formatting elements.
    copies: usize,
    /// Elements that set a marker and are open, in the innermost template.
    marking: u32,
    markers_left: u32,
    /// Templates that are open, or more.
    templates: u32,
    pub too_deep_at: Option<usize>,
    pub attributes_cut_at: Option<usize>,
}

impl Bounds {
    pub fn new(length: usize) -> Bounds {
        Bounds { length, ..Bounds::default() }
    }

    /// Whether the tree builder may have a start tag; it may lose attributes.
    pub fn admit_start(&mut self, tag: &mut Tag) -> bool {
        if tag.kind.is(FORMATTING) {
            if !self.can_copy() {
                self.note_too_deep();
                return false;
            }
            if tag.attributes.len() > MOST_FORMATTING_ATTRIBUTES {
                tag.attributes = tag.attributes.first(MOST_FORMATTING_ATTRIBUTES);
                self.note_attributes_cut();
            }
        } else if tag.kind == Kind::Template {
            self.marking = 0;
            self.templates += 1;
        } else if tag.kind.is(MARKER) {
            self.marking += 1;
            if self.markers_left >= MOST_MARKERS && self.templates > 0 {
                self.note_too_deep();
                return false;
            }
        }
        true
    }

    pub fn note_end(&mut self, kind: Kind) {
        if kind.is(MARKER) {
            self.marking = self.marking.saturating_sub(1);
        } else if kind == Kind::Template {
            self.templates = self.templates.saturating_sub(1);
            self.markers_left += u32::from(std::mem::take(&mut self.marking) > 0);
        }
    }

    /// Whether an element may have these attributes. The tree builder copies a formatting element as often as it
    /// opens it anew, with all its attributes; what a page has of them in all must be no more than its length allows
    /// without copies.
    pub fn can_afford(&mut self, attributes: &Attributes, own: Slice) -> bool {
        let count = self.attributes + own.len();
        let bytes = self.value_bytes + attributes.length_of_values(own);
        // An attribute takes two bytes of the page at least, and character references can come out a little longer.
        if count > self.length / 2 + SPARE_ATTRIBUTES || bytes > 2 * self.length + SPARE_VALUES {
            self.note_attributes_cut();
            return false;
        }
        (self.attributes, self.value_bytes) = (count, bytes);
        true
    }

    /// Whether formatting elements may be copied.
    pub fn can_copy(&self) -> bool {
        self.copies <= SPARE_COPIES + self.position / BYTES_OF_A_COPY
    }

    pub fn note_copy(&mut self) {
        self.copies += 1;
    }

    /// Notes that the tree is flatter than the markup.
    pub fn note_too_deep(&mut self) {
        self.too_deep_at = self.too_deep_at.or(Some(self.position));
    }

    fn note_attributes_cut(&mut self) {
        self.attributes_cut_at = self.attributes_cut_at.or(Some(self.position));
    }
}

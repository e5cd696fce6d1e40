//! Bounds on what html5ever's tree builder can be made to do again and again, beside depth.
//!
//! - Formatting elements (`<b>`, `<a>`, …) that stand in each other are searched, compared and copied by many tags. So
//!   only so many of them stand in each other, each keeps a bounded number of attributes, and what all copies hold is
//!   bounded by the length of the page.
//! - Formatting elements that are not closed are opened anew in every paragraph. So when there are many more elements than
//!   tags, those in force are closed, and further ones passed over until the page has grown.
//! - A `<template>` that ends while an `<object>` or a cell in it is open leaves a marker in the list of formatting
//!   elements for good. So after many of those, such elements are no longer opened in templates.

use std::cell::Cell;

use html5ever::tokenizer::{Tag, TagKind, Token};
use html5ever::{Attribute, LocalName, local_name};

use super::names::is_formatting;

/// Formatting elements in each other. More are closed as soon as they are opened: nothing is set in bold so often.
pub(super) const MOST_FORMATTING: usize = 24;
/// Attributes that a formatting element keeps: the tree builder sorts them whenever it compares two elements.
const MOST_FORMATTING_ATTRIBUTES: usize = 48;
/// Templates that may leave a marker.
const MOST_MARKERS: u32 = 512;
/// So many attributes, and bytes of their values, a page may have beyond what its length allows.
const SPARE_ATTRIBUTES: usize = 1 << 14;
const SPARE_VALUES: usize = 1 << 18;

/// So many elements a page may have for which there is no tag, beyond one for so many of its bytes.
const SPARE_COPIES: usize = 1 << 16;
const BYTES_OF_A_COPY: usize = 128;
/// When there are too many, formatting is closed whenever there are so many more.
const COPIES_BETWEEN: usize = 1 << 12;

/// What was seen of a page so far.
#[derive(Debug)]
pub(super) struct Bounds {
    /// Length of the page in bytes.
    length: usize,
    /// The byte of the page where the present token begins, or the text before it.
    position: Cell<usize>,
    /// Attributes of all elements, and the bytes of their values.
    attributes: Cell<(usize, usize)>,
    /// Elements that were made, and start tags.
    elements: Cell<usize>,
    tags: Cell<usize>,
    /// How many copies there may be beyond what is allowed before formatting is closed the next time.
    closed_at: Cell<usize>,
    /// Elements that set a marker and are open, in the innermost template.
    marking: Cell<u32>,
    markers_left: Cell<u32>,
    /// Templates that are open, or more.
    templates: Cell<u32>,
    too_deep_at: Cell<Option<usize>>,
    attributes_cut_at: Cell<Option<usize>>,
}

impl Bounds {
    pub fn new(length: usize) -> Bounds {
        Bounds {
            length,
            position: Cell::new(0),
            attributes: Cell::default(),
            elements: Cell::new(0),
            tags: Cell::new(0),
            closed_at: Cell::new(0),
            marking: Cell::new(0),
            markers_left: Cell::new(0),
            templates: Cell::new(0),
            too_deep_at: Cell::new(None),
            attributes_cut_at: Cell::new(None),
        }
    }

    pub fn set_position(&self, position: usize) {
        self.position.set(position);
    }

    /// The token, as the tree builder may have it; none if it is to be passed over.
    pub fn admit(&self, token: Token) -> Option<Token> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.admit_start(tag),
            Token::TagToken(tag) => {
                self.note_end(&tag.name);
                Some(Token::TagToken(tag))
            }
            token => Some(token),
        }
    }

    fn admit_start(&self, mut tag: Tag) -> Option<Token> {
        self.tags.set(self.tags.get() + 1);
        if is_formatting(&tag.name) {
            if self.surplus_copies() > 0 {
                self.note_too_deep();
                return None;
            }
            if tag.attrs.len() > MOST_FORMATTING_ATTRIBUTES {
                tag.attrs.truncate(MOST_FORMATTING_ATTRIBUTES);
                self.note_attributes_cut();
            }
        } else if tag.name == local_name!("template") {
            self.marking.set(0);
            self.templates.set(self.templates.get() + 1);
        } else if sets_marker(&tag.name) {
            self.marking.set(self.marking.get() + 1);
            if self.markers_left.get() >= MOST_MARKERS && self.templates.get() > 0 {
                self.note_too_deep();
                return None;
            }
        }
        Some(Token::TagToken(tag))
    }

    pub fn note_element(&self) {
        self.elements.set(self.elements.get() + 1);
    }

    /// How many elements there are without a tag beyond those that the page may have.
    fn surplus_copies(&self) -> usize {
        let copies = self.elements.get().saturating_sub(self.tags.get());
        copies.saturating_sub(SPARE_COPIES + self.position.get() / BYTES_OF_A_COPY)
    }

    /// Whether the formatting elements that are in force are to be closed now.
    pub fn is_overgrown(&self) -> bool {
        let is_due = self.surplus_copies() > self.closed_at.get();
        if is_due {
            self.closed_at.set(self.surplus_copies() + COPIES_BETWEEN);
        }
        is_due
    }

    fn note_end(&self, name: &LocalName) {
        if sets_marker(name) {
            self.marking.set(self.marking.get().saturating_sub(1));
        } else if *name == local_name!("template") {
            self.templates.set(self.templates.get().saturating_sub(1));
            self.markers_left.set(self.markers_left.get() + u32::from(self.marking.replace(0) > 0));
        }
    }

    /// As many of an element's attributes as it may have. The tree builder copies a formatting element as often as it
    /// opens it anew, with all its attributes; what a page has of them in all must be no more than its length allows
    /// without copies.
    pub fn affordable<'a>(&self, attributes: &'a [Attribute]) -> &'a [Attribute] {
        let (mut count, mut bytes) = self.attributes.get();
        count += attributes.len();
        bytes += attributes.iter().map(|attribute| attribute.value.len()).sum::<usize>();
        // An attribute takes two bytes of the page at least, and character references can come out a little longer.
        if count > self.length / 2 + SPARE_ATTRIBUTES || bytes > 2 * self.length + SPARE_VALUES {
            self.note_attributes_cut();
            return &[];
        }
        self.attributes.set((count, bytes));
        attributes
    }

    /// Notes that the tree is flatter than the markup.
    pub fn note_too_deep(&self) {
        note_first(&self.too_deep_at, self.position.get());
    }

    pub fn too_deep_at(&self) -> Option<usize> {
        self.too_deep_at.get()
    }

    fn note_attributes_cut(&self) {
        note_first(&self.attributes_cut_at, self.position.get());
    }

    pub fn attributes_cut_at(&self) -> Option<usize> {
        self.attributes_cut_at.get()
    }
}

fn note_first(first: &Cell<Option<usize>>, position: usize) {
    first.set(first.get().or(Some(position)));
}

/// The elements that bound the list of active formatting elements while they are open.
fn sets_marker(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("applet")
            | local_name!("caption")
            | local_name!("marquee")
            | local_name!("object")
            | local_name!("td")
            | local_name!("th")
    )
}

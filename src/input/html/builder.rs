//! Tokens → [`Tree`]: the stack of open elements, the list of active formatting elements, and where nodes are inserted
//! (§ 13.2.4 and 13.2.6.1). What each token does is in [`rules`](super::rules).
//!
//! It makes the tree that html5ever's tree builder makes, step by step, in a fraction of the time: names are numbers
//! with the sets that they are in, so that a search of the stack compares bits; whether a paragraph is open at all, which most
//! start tags ask, is counted and not searched for; and attributes stay where the page has them.

mod formatting;
mod nodes;
mod open_elements;

use html5ever::LocalName;

use super::attributes::{Attributes, Slice};
use super::bounds::Bounds;
use super::kinds::{FOREIGN, FORMATTING, HTML_POINT, KINDS, Kind, TEXT_POINT};
use crate::tree::{NodeId, Tree};

/// A start or end tag.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub name: LocalName,
    pub kind: Kind,
    pub self_closing: bool,
    pub attributes: Slice,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub id: NodeId,
    pub kind: Kind,
    /// The sets that it is in.
    pub sets: u32,
}

/// An entry of the list of active formatting elements.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Marker,
    Element(Open, Tag),
}

/// What language an element is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Html,
    Svg,
    MathMl,
}

/// Where a node is to be inserted.
#[derive(Clone, Copy, Debug)]
enum Place {
    LastIn(NodeId),
    /// Before the table, if it still stands anywhere; else last in the element that was open before it.
    BeforeTable {
        table: NodeId,
        before: NodeId,
    },
}

/// What becomes a node.
#[derive(Clone, Copy, Debug)]
enum Child<'t> {
    Node(NodeId),
    Text(&'t str),
}

/// An insertion mode (§ 13.2.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

pub(super) struct Builder<'p> {
    pub tree: Tree,
    pub attributes: Attributes<'p>,
    pub bounds: Bounds,
    pub mode: Mode,
    /// The mode to come back to behind text.
    pub original_mode: Mode,
    pub template_modes: Vec<Mode>,
    pub stack: Vec<Open>,
    /// How many elements of each kind are on the stack.
    open_kinds: [u32; KINDS],
    /// How many of them are formatting elements.
    formatting_open: u32,
    pub formatting: Vec<Entry>,
    pub head: Option<NodeId>,
    pub form: Option<NodeId>,
    pub frameset_ok: bool,
    pub ignores_line_feed: bool,
    pub foster_parenting: bool,
    pub is_quirky: bool,
    /// Text in a table, until it is known whether it may stand there.
    pub table_text: String,
    /// The element made last.
    newest: Option<NodeId>,
    max_depth: u32,
    /// What was asked of the stack and made of the tree.
    pub steps: u64,
}

/// How many levels more than the limit there may be for a moment: a cell is let in with its row and row group
/// before it can be closed.
pub(super) const SLACK: u32 = 4;

impl<'p> Builder<'p> {
    pub fn new(page: &'p str, max_depth: u32) -> Builder<'p> {
        Builder {
            tree: Tree::of_page(page),
            attributes: Attributes::new(page),
            bounds: Bounds::new(page.len()),
            mode: Mode::Initial,
            original_mode: Mode::InBody,
            template_modes: Vec::new(),
            stack: Vec::new(),
            open_kinds: [0; KINDS],
            formatting_open: 0,
            formatting: Vec::new(),
            head: None,
            form: None,
            frameset_ok: true,
            ignores_line_feed: false,
            foster_parenting: false,
            is_quirky: false,
            table_text: String::new(),
            newest: None,
            max_depth,
            steps: 0,
        }
    }

    /// Whether the current element is of SVG or MathML.
    pub fn is_in_foreign(&self) -> bool {
        self.current_is_in(FOREIGN)
    }

    pub fn holds_html(&self, open: Open) -> bool {
        let element = self.tree.element(open.id);
        element.is_some_and(|element| element.mathml_annotation_xml_integration_point)
    }

    pub fn pop_foreign(&mut self) {
        while self
            .current()
            .is_some_and(|open| open.sets & FOREIGN != 0 && open.sets & (TEXT_POINT | HTML_POINT) == 0)
        {
            self.pop();
        }
    }

    /// A start tag, with all that keeps the tree from growing too deep: says how the page goes on behind it.
    ///
    /// Searches of the stack of open elements take time in proportion to its depth, so parse time would be quadratic in
    /// that. So every element that came to stand too deep is closed at once, and what follows is attached to the deepest
    /// allowed one. Elements that are opened without a tag, such as formatting that was not closed before,
    /// [`append`](Self::append) attaches higher up if they would stand too deep.
    pub fn start_tag(&mut self, mut tag: Tag) -> super::rules::Next {
        use super::rules::Next;
        if !self.bounds.admit_start(&mut tag) {
            return Next::Markup;
        }
        let before = self.newest;
        let next = self.process_start(&tag);
        let Some(newest) = self.newest.filter(|newest| Some(*newest) != before) else { return next };
        // Raw text elements (`<script>`, `<title>`, …) can't hold others, and their text must stay theirs.
        if matches!(next, Next::Markup) && !self.is_closed_at_once(newest, tag.self_closing) {
            if tag.kind.is(FORMATTING) && self.formatting_open > super::bounds::MOST_FORMATTING {
                self.close(tag.kind, tag.name.clone());
            }
            self.close_too_deep();
        }
        next
    }

    fn close(&mut self, kind: Kind, name: LocalName) {
        self.bounds.note_too_deep();
        let tag = Tag { name, kind, self_closing: false, attributes: Slice::default() };
        self.process_end(&tag);
    }

    /// Closes the element that was opened last, and its ancestors, as long as they stand too deep. An
    /// end tag for each does it: exactly that element is popped.
    fn close_too_deep(&mut self) {
        let mut open = self.newest;
        while let Some(id) = open.filter(|&id| self.tree.depth(id) > self.max_depth) {
            let Some(element) = self.tree.element(id) else { return };
            // The name as an end tag has it.
            let name = &element.name.local;
            let has_capitals = name.bytes().any(|byte| byte.is_ascii_uppercase());
            let name = if has_capitals { LocalName::from(name.to_ascii_lowercase()) } else { name.clone() };
            self.close(Kind::of(&name), name);
            open = self.tree.parent(id);
        }
    }

    /// Whether an element is closed along with its start tag.
    fn is_closed_at_once(&self, id: NodeId, self_closing: bool) -> bool {
        match self.tree.html_name(id) {
            Some(name) => super::is_void(name),
            None => self_closing,
        }
    }
}

impl Tag {
    /// A tag without attributes.
    pub fn bare(kind: Kind) -> Tag {
        Tag { name: kind.name(), kind, self_closing: false, attributes: Slice::default() }
    }
}

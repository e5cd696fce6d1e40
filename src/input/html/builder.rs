//! Tokens → [`Tree`]: the stack of open elements, the list of active formatting elements, and where nodes are inserted
//! (§ 13.2.4 and 13.2.6.1). What each token does is in [`rules`](super::rules).
//!
//! It makes the tree that html5ever's tree builder makes, step by step, in a fraction of the time: names are numbers
//! with the sets that they are in, so that a search of the stack compares bits; whether a paragraph is open at all, which most
//! start tags ask, is counted and not searched for; and attributes stay where the page has them.

use html5ever::{LocalName, QualName, local_name, ns};

use super::attributes::{Attributes, Slice};
use super::bounds::Bounds;
use super::kinds::{
    ANNOTATION, FOREIGN, FORMATTING, HTML_POINT, IMPLIED_END, KINDS, Kind, SCOPE, SPECIAL, TABLE_PART,
    TEXT_POINT, is_formatting, sets_of_mathml, sets_of_svg, svg_name,
};
use crate::tree::{NodeData, NodeId, Tree};

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

    // ---- the stack of open elements ----

    pub fn push(&mut self, open: Open) {
        self.open_kinds[open.kind as usize] += 1;
        self.stack.push(open);
    }

    pub fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.open_kinds[open.kind as usize] -= 1;
        Some(open)
    }

    pub fn truncate_stack(&mut self, length: usize) {
        while self.stack.len() > length {
            self.pop();
        }
    }

    fn remove_at(&mut self, at: usize) {
        let open = self.stack.remove(at);
        self.open_kinds[open.kind as usize] -= 1;
        self.steps += (self.stack.len() - at) as u64;
    }

    pub fn remove_from_stack(&mut self, id: NodeId) {
        if let Some(at) = self.stack_position(id) {
            self.remove_at(at);
        }
    }

    /// Where an element is on the stack, searched from the end.
    fn stack_position(&mut self, id: NodeId) -> Option<usize> {
        let at = self.stack.iter().rposition(|open| open.id == id);
        self.steps += (self.stack.len() - at.unwrap_or(0)) as u64;
        at
    }

    fn is_open(&mut self, id: NodeId) -> bool {
        self.stack_position(id).is_some()
    }

    pub fn current(&self) -> Option<Open> {
        self.stack.last().copied()
    }

    pub fn current_is(&self, kind: Kind) -> bool {
        self.current().is_some_and(|open| open.kind == kind)
    }

    pub fn current_is_in(&self, sets: u32) -> bool {
        self.current().is_some_and(|open| open.sets & sets != 0)
    }

    /// Whether an HTML element of this kind is open anywhere.
    pub fn has_open(&self, kind: Kind) -> bool {
        self.open_kinds[kind as usize] > 0
    }

    /// Whether an element is in scope that is one of those sought.
    pub fn any_in_scope(&mut self, scope: u32, is_sought: impl Fn(&Open) -> bool) -> bool {
        for open in self.stack.iter().rev() {
            self.steps += 1;
            if is_sought(open) {
                return true;
            }
            if open.sets & scope != 0 {
                return false;
            }
        }
        false
    }

    pub fn in_scope(&mut self, scope: u32, kind: Kind) -> bool {
        self.has_open(kind) && self.any_in_scope(scope, |open| open.kind == kind)
    }

    pub fn paragraph_in_button_scope(&mut self) -> bool {
        // A button bounds this scope, too.
        if !self.has_open(Kind::P) {
            return false;
        }
        for open in self.stack.iter().rev() {
            self.steps += 1;
            match open.kind {
                Kind::P => return true,
                Kind::Button => return false,
                _ if open.sets & SCOPE != 0 => return false,
                _ => {}
            }
        }
        false
    }

    pub fn generate_implied_end_tags(&mut self, set: u32, except: Option<Kind>) {
        while self.current().is_some_and(|open| open.sets & set != 0 && Some(open.kind) != except) {
            self.pop();
        }
    }

    /// Pops elements until the current one is in the set.
    pub fn pop_until_current(&mut self, set: u32) {
        while self.current().is_some_and(|open| open.sets & set == 0) {
            self.pop();
        }
    }

    /// Pops elements until one that is sought was popped.
    pub fn pop_until(&mut self, is_sought: impl Fn(&Open) -> bool) {
        while let Some(open) = self.pop() {
            if is_sought(&open) {
                return;
            }
        }
    }

    pub fn pop_until_kind(&mut self, kind: Kind) {
        self.pop_until(|open| open.kind == kind);
    }

    pub fn close_paragraph(&mut self) {
        self.generate_implied_end_tags(IMPLIED_END, Some(Kind::P));
        self.pop_until_kind(Kind::P);
    }

    pub fn close_paragraph_in_button_scope(&mut self) {
        if self.paragraph_in_button_scope() {
            self.close_paragraph();
        }
    }

    pub fn close_cell(&mut self) {
        self.generate_implied_end_tags(IMPLIED_END, None);
        self.pop_until(|open| matches!(open.kind, Kind::Td | Kind::Th));
        self.clear_formatting_to_marker();
    }

    /// Whether an open element is HTML and has the name of a tag.
    pub fn has_name(&self, open: &Open, tag: &Tag) -> bool {
        open.kind == tag.kind && (tag.kind != Kind::Other || self.tree.html_name(open.id) == Some(&tag.name))
    }

    /// Any other end tag.
    pub fn end_tag_in_body(&mut self, tag: &Tag) {
        let mut found = None;
        for (at, open) in self.stack.iter().enumerate().rev() {
            self.steps += 1;
            if self.has_name(open, tag) {
                found = Some(at);
                break;
            }
            if open.sets & SPECIAL != 0 {
                return;
            }
        }
        let Some(at) = found else { return };
        self.generate_implied_end_tags(IMPLIED_END, Some(tag.kind).filter(|kind| *kind != Kind::Other));
        self.truncate_stack(at);
    }

    /// The mode that goes with the elements that are open.
    pub fn reset_mode(&mut self) -> Mode {
        for (at, open) in self.stack.iter().enumerate().rev() {
            self.steps += 1;
            match open.kind {
                Kind::Td | Kind::Th if at > 0 => return Mode::InCell,
                Kind::Tr => return Mode::InRow,
                Kind::Tbody | Kind::Thead | Kind::Tfoot => return Mode::InTableBody,
                Kind::Caption => return Mode::InCaption,
                Kind::Colgroup => return Mode::InColumnGroup,
                Kind::Table => return Mode::InTable,
                Kind::Template => return self.template_modes.last().copied().unwrap_or(Mode::InTemplate),
                Kind::Head if at > 0 => return Mode::InHead,
                Kind::Body => return Mode::InBody,
                Kind::Frameset => return Mode::InFrameset,
                Kind::Html => return if self.head.is_some() { Mode::AfterHead } else { Mode::BeforeHead },
                _ => {}
            }
        }
        Mode::InBody
    }

    // ---- nodes ----

    fn place(&self, target: Option<Open>) -> Place {
        let Some(target) = target.or(self.current()) else { return Place::LastIn(NodeId::DOCUMENT) };
        if !self.foster_parenting || target.sets & TABLE_PART == 0 {
            return Place::LastIn(self.inside(target));
        }
        for (at, open) in self.stack.iter().enumerate().rev() {
            match open.kind {
                Kind::Template => return Place::LastIn(self.inside(*open)),
                Kind::Table => {
                    let before = self.stack[at.saturating_sub(1)].id;
                    return Place::BeforeTable { table: open.id, before };
                }
                _ => {}
            }
        }
        Place::LastIn(self.stack[0].id)
    }

    /// What holds the children of an open element: of a template its contents.
    fn inside(&self, open: Open) -> NodeId {
        match open.kind {
            Kind::Template => {
                let element = self.tree.element(open.id);
                element.and_then(|element| element.template_contents).unwrap_or(open.id)
            }
            _ => open.id,
        }
    }

    fn insert_at(&mut self, place: Place, child: Child) {
        match place {
            Place::LastIn(parent) => self.append(parent, child),
            Place::BeforeTable { table, before } if self.tree.parent(table).is_none() => {
                self.append(before, child)
            }
            Place::BeforeTable { table, .. } => match child {
                Child::Node(node) => self.tree.insert_before(table, node),
                Child::Text(text) => self.tree.insert_text_before(table, text),
            },
        }
    }

    fn append(&mut self, parent: NodeId, child: Child) {
        let parent = self.allowed_parent(parent);
        match child {
            Child::Node(node) => self.tree.append(parent, node),
            Child::Text(text) => match self.attributes.place_in_page(text) {
                Some(place) => self.tree.append_page_text(parent, place),
                None => self.tree.append_text(parent, text),
            },
        }
    }

    /// `parent`, or the nearest element around it that may have children. Text goes there too, so that it stays
    /// in order.
    fn allowed_parent(&self, parent: NodeId) -> NodeId {
        let tree = &self.tree;
        let deepest = self.max_depth + SLACK - 1;
        // The fragment of a template stands where the template does.
        let is_element = |&node: &NodeId| tree.element(node).is_some();
        let Some(element) = tree.ancestors(parent).find(is_element) else { return parent };
        match tree.depth(element).saturating_sub(deepest) {
            0 => parent,
            excess => tree.ancestors(element).filter(is_element).nth(excess as usize).unwrap_or(parent),
        }
    }

    fn create(&mut self, tag: &Tag, space: Space) -> Open {
        self.steps += 1;
        let (name, kind, sets) = match space {
            Space::Html => (QualName::new(None, ns!(html), tag.name.clone()), tag.kind, tag.kind.sets()),
            Space::Svg => {
                let name = svg_name(&tag.name);
                let sets = sets_of_svg(&name);
                (QualName::new(None, ns!(svg), name), Kind::Foreign, sets)
            }
            Space::MathMl => {
                let name = QualName::new(None, ns!(mathml), tag.name.clone());
                let sets = sets_of_mathml(&name.local);
                (name, Kind::Foreign, sets)
            }
        };
        let holds_html = sets & ANNOTATION != 0
            && self.attributes.value_of(tag.attributes, &local_name!("encoding")).is_some_and(|encoding| {
                encoding.eq_ignore_ascii_case("text/html")
                    || encoding.eq_ignore_ascii_case("application/xhtml+xml")
            });
        let can_afford = self.bounds.can_afford(&self.attributes, tag.attributes);
        let kept = if can_afford { tag.attributes } else { Slice::default() };
        let id = self.tree.create_element(name, self.attributes.read(kept), holds_html);
        self.newest = Some(id);
        Open { id, kind, sets }
    }

    /// Makes the element of a tag and inserts it.
    fn insert(&mut self, tag: &Tag, space: Space) -> Open {
        let place = self.place(None);
        let open = self.create(tag, space);
        self.insert_at(place, Child::Node(open.id));
        open
    }

    /// Inserts an element and opens it.
    pub fn open(&mut self, tag: &Tag) -> Open {
        let open = self.insert(tag, Space::Html);
        self.push(open);
        open
    }

    /// Inserts an element that holds nothing.
    pub fn insert_void(&mut self, tag: &Tag) -> Open {
        self.insert(tag, Space::Html)
    }

    /// Inserts an element of SVG or MathML.
    pub fn insert_foreign(&mut self, tag: &Tag, space: Space) {
        let open = self.insert(tag, space);
        if !tag.self_closing {
            self.push(open);
        }
    }

    /// Opens an element that has no tag.
    pub fn open_phantom(&mut self, kind: Kind) -> Open {
        self.open(&Tag::bare(kind))
    }

    /// Makes the root of the page.
    pub fn create_root(&mut self, tag: &Tag) {
        let open = self.create(tag, Space::Html);
        self.push(open);
        self.append(NodeId::DOCUMENT, Child::Node(open.id));
    }

    pub fn insert_text(&mut self, text: &str) {
        self.insert_at(self.place(None), Child::Text(text));
    }

    pub fn insert_comment(&mut self) {
        let comment = self.tree.create(NodeData::Comment);
        self.insert_at(self.place(None), Child::Node(comment));
    }

    pub fn append_comment(&mut self, parent: NodeId) {
        let comment = self.tree.create(NodeData::Comment);
        self.append(parent, Child::Node(comment));
    }

    pub fn append_doctype(&mut self) {
        let doctype = self.tree.create(NodeData::Doctype);
        self.tree.append(NodeId::DOCUMENT, doctype);
    }

    /// Gives an element the attributes of a tag that it does not have.
    pub fn add_missing_attributes(&mut self, id: NodeId, tag: &Tag) {
        if self.bounds.can_afford(&self.attributes, tag.attributes) {
            self.tree.add_missing_attributes(id, self.attributes.read(tag.attributes));
        }
    }

    // ---- the list of active formatting elements ----

    /// Where an element is in the list.
    fn formatting_position(&mut self, id: NodeId) -> Option<usize> {
        self.steps += self.formatting.len() as u64;
        self.formatting.iter().position(|entry| matches!(entry, Entry::Element(open, _) if open.id == id))
    }

    /// Where the last entry of a kind is, behind the last marker.
    fn last_formatting(&mut self, kind: Kind) -> Option<usize> {
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            self.steps += 1;
            match entry {
                Entry::Marker => return None,
                Entry::Element(open, _) if open.kind == kind => return Some(at),
                Entry::Element(..) => {}
            }
        }
        None
    }

    pub fn clear_formatting_to_marker(&mut self) {
        while let Some(Entry::Element(..)) = self.formatting.pop() {}
    }

    fn is_marker_or_open(&mut self, at: usize) -> bool {
        match &self.formatting[at] {
            Entry::Marker => true,
            Entry::Element(open, _) => {
                let id = open.id;
                self.is_open(id)
            }
        }
    }

    /// Opens formatting elements again that were closed along with a block (§ 13.2.4.3).
    pub fn reconstruct_formatting(&mut self) {
        let Some(last) = self.formatting.len().checked_sub(1) else { return };
        if self.is_marker_or_open(last) {
            return;
        }
        let mut first = last;
        while first > 0 && !self.is_marker_or_open(first - 1) {
            first -= 1;
        }
        if !self.bounds.can_copy() {
            self.bounds.note_too_deep();
            self.formatting.truncate(first);
            return;
        }
        for at in first..=last {
            self.bounds.note_copy();
            let Entry::Element(_, tag) = &self.formatting[at] else { continue };
            let tag = tag.clone();
            let open = self.open(&tag);
            self.formatting[at] = Entry::Element(open, tag);
        }
    }

    /// Opens a formatting element; of more than three alike the first is forgotten.
    pub fn open_formatting(&mut self, tag: &Tag) {
        let (mut alike, mut first) = (0, None);
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            let Entry::Element(open, other) = entry else { break };
            self.steps += 1;
            if open.kind == tag.kind && self.attributes.are_same(tag.attributes, other.attributes) {
                (alike, first) = (alike + 1, Some(at));
            }
        }
        if let Some(first) = first.filter(|_| alike >= 3) {
            self.formatting.remove(first);
        }
        let open = self.open(tag);
        self.attributes.keep(tag.attributes);
        self.formatting.push(Entry::Element(open, tag.clone()));
    }

    /// A link in a link ends the outer one.
    pub fn end_link_around(&mut self) {
        let Some(at) = self.last_formatting(Kind::A) else { return };
        let Entry::Element(link, _) = self.formatting[at] else { return };
        self.adoption_agency(Kind::A);
        if let Some(at) = self.formatting_position(link.id) {
            self.formatting.remove(at);
        }
        self.remove_from_stack(link.id);
    }

    /// What becomes of a formatting element that ends where it should not (§ 13.2.6.4.7, "adoption agency algorithm").
    pub fn adoption_agency(&mut self, kind: Kind) {
        if let Some(current) = self.current().filter(|current| current.kind == kind) {
            if self.formatting_position(current.id).is_none() {
                self.pop();
                return;
            }
        }
        for _ in 0..8 {
            let Some(list_at) = self.last_formatting(kind) else {
                return self.end_tag_in_body(&Tag::bare(kind));
            };
            let Entry::Element(element, tag) = self.formatting[list_at].clone() else { return };
            let Some(stack_at) = self.stack_position(element.id) else {
                self.formatting.remove(list_at);
                return;
            };
            if !self.any_in_scope(SCOPE, |open| open.id == element.id) {
                return;
            }
            self.steps += (self.stack.len() - stack_at) as u64;
            let is_special = |open: &Open| open.sets & SPECIAL != 0;
            let Some(block_at) = self.stack[stack_at..].iter().position(is_special) else {
                self.truncate_stack(stack_at);
                self.formatting.remove(list_at);
                return;
            };
            let block_at = stack_at + block_at;
            let furthest_block = self.stack[block_at];
            let common_ancestor = self.stack[stack_at.saturating_sub(1)];
            let (last, behind) = self.move_blocks_out(element, furthest_block, block_at);
            self.tree.detach(last);
            self.insert_at(self.place(Some(common_ancestor)), Child::Node(last));
            self.bounds.note_copy();
            let copy = self.create(&tag, Space::Html);
            self.tree.move_children(furthest_block.id, copy.id);
            self.append(furthest_block.id, Child::Node(copy.id));
            let entry = Entry::Element(copy, tag);
            match behind.and_then(|behind| self.formatting_position(behind)) {
                None => {
                    if let Some(at) = self.formatting_position(element.id) {
                        self.formatting[at] = entry;
                    }
                }
                Some(at) => {
                    self.formatting.insert(at + 1, entry);
                    if let Some(old) = self.formatting_position(element.id) {
                        self.formatting.remove(old);
                    }
                }
            }
            self.remove_from_stack(element.id);
            if let Some(at) = self.stack_position(furthest_block.id) {
                self.open_kinds[copy.kind as usize] += 1;
                self.stack.insert(at + 1, copy);
            }
        }
    }

    /// The inner loop of the adoption agency: what stands between the formatting element and the block is made anew
    /// around the block. Gives the outermost node made, and the one whose entry the new one of the formatting element
    /// comes behind, if there is one.
    fn move_blocks_out(
        &mut self,
        element: Open,
        furthest_block: Open,
        block_at: usize,
    ) -> (NodeId, Option<NodeId>) {
        let mut last = furthest_block.id;
        let mut behind = None;
        let mut at = block_at;
        let mut count = 0;
        loop {
            count += 1;
            at -= 1;
            let node = self.stack[at];
            if node.id == element.id {
                return (last, behind);
            }
            let in_list = self.formatting_position(node.id);
            let Some(list_at) = in_list.filter(|_| count <= 3) else {
                if let Some(list_at) = in_list {
                    self.formatting.remove(list_at);
                }
                self.remove_at(at);
                continue;
            };
            let Entry::Element(_, tag) = self.formatting[list_at].clone() else { continue };
            self.bounds.note_copy();
            let copy = self.create(&tag, Space::Html);
            self.stack[at] = copy;
            self.formatting[list_at] = Entry::Element(copy, tag);
            if last == furthest_block.id {
                behind = Some(copy.id);
            }
            self.tree.detach(last);
            self.append(copy.id, Child::Node(last));
            last = copy.id;
        }
    }

    // ---- foreign content, depth ----

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
            if tag.kind.is(FORMATTING) && self.formatting_around(newest) > super::bounds::MOST_FORMATTING {
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

    /// How many formatting elements are around an element, itself counted; 0 if it can't stand in many.
    fn formatting_around(&self, id: NodeId) -> usize {
        if (self.tree.depth(id) as usize) < super::bounds::MOST_FORMATTING {
            return 0;
        }
        let is_formatting = |&id: &NodeId| self.tree.html_name(id).is_some_and(is_formatting);
        self.tree.ancestors(id).filter(is_formatting).count()
    }
}

impl Tag {
    /// A tag without attributes.
    pub fn bare(kind: Kind) -> Tag {
        Tag { name: kind.name(), kind, self_closing: false, attributes: Slice::default() }
    }
}

//! HTML → [`Tree`]: our own tokens ([`tokens`]), and html5ever's tree builder.
//!
//! Scripting is off, so that what stands in `<noscript>` is parsed: some forums keep their posts only there.
//!
//! html5ever searches its stack of open elements at most tags, which makes parse time quadratic in nesting
//! depth (servo/html5ever#788). [`DepthGuard`] stands between tokenizer and tree builder and closes at once
//! every element that came to stand too deep, so that what follows is attached to the deepest allowed one.
//! The tree builder also opens elements on its own, such as formatting that was not closed before; what would
//! stand too deep through those, [`ArenaSink`] attaches higher up.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{ExpandedName, LocalName, Namespace, QualName, local_name, ns};

use crate::error::Error;
use crate::limits::Limits;
use crate::tree::{NodeData, NodeId, Tree};

mod bounds;
mod doctype;
mod names;
mod raw;
mod references;
mod tokens;

use bounds::Bounds;
use names::is_formatting;
use tokens::Tokens;

/// How many levels more than the limit there may be for a moment: a cell is let in with its row and row group
/// before it can be closed.
const SLACK: u32 = 4;

/// The node limit is asked whenever so many bytes were read.
const PIECE: usize = 1 << 16;

/// What a page cost to parse, and what of it the bounds on the way changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parsing {
    /// Steps of the tokenizer and the tree builder, as [`Limits::max_work`] counts them.
    pub work: u64,
    /// The byte of the input where parsing stopped, as there were too many nodes.
    pub stopped_at: Option<usize>,
    /// The byte of the input where attributes or the end of a name were left out first.
    pub attributes_cut_at: Option<usize>,
    /// The byte of the input where an element was first closed for standing too deep.
    pub too_deep_at: Option<usize>,
}

/// Parses a document as a browser without scripting does, but for the bounds on what could take too long.
pub fn parse(html: &str, limits: &Limits) -> Result<Tree, Error> {
    parse_within(html, limits, false).map(|(tree, _)| tree)
}

/// The same, and what it took. With `cuts_nodes`, a page of too many nodes ends where they are used up.
pub fn parse_within(html: &str, limits: &Limits, cuts_nodes: bool) -> Result<(Tree, Parsing), Error> {
    // Texts are ranges of `u32`.
    const LONGEST: usize = (u32::MAX / 4) as usize;
    if html.len() > LONGEST {
        return Err(Error::TooManyBytes { bytes: html.len(), limit: LONGEST });
    }
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let guard = DepthGuard {
        builder: TreeBuilder::new(ArenaSink::new(limits.max_depth, html.len()), options),
        max_depth: limits.max_depth,
    };
    let sink = &guard.builder.sink;
    let bounds = &sink.bounds;
    let mut tokens = Tokens::new(html, limits.max_attributes, &guard);
    let mut parsing = Parsing::default();
    let mut next_check = PIECE;
    loop {
        bounds.set_position(tokens.position());
        let is_at_end = !tokens.next();
        if tokens.position() < next_check && !is_at_end {
            continue;
        }
        next_check = tokens.position() + PIECE;
        parsing.work = sink.steps.get() + tokens.position() as u64;
        if parsing.work > limits.max_work {
            return Err(Error::TooMuchWork { limit: limits.max_work });
        }
        if sink.len() > limits.max_nodes {
            if !cuts_nodes {
                return Err(Error::TooManyNodes { limit: limits.max_nodes });
            }
            parsing.stopped_at = Some(tokens.position());
            break;
        }
        if is_at_end {
            break;
        }
    }
    tokens.end();
    let cuts = [tokens.first_cut(), bounds.attributes_cut_at()];
    parsing.attributes_cut_at = cuts.into_iter().flatten().min();
    parsing.too_deep_at = bounds.too_deep_at();
    Ok((guard.builder.sink.finish(), parsing))
}

/// Passes tokens to the tree builder and keeps the tree from growing too deep.
struct DepthGuard {
    builder: TreeBuilder<Handle, ArenaSink>,
    max_depth: u32,
}

impl DepthGuard {
    /// Closes the formatting element that was opened last, if it stands in too many others.
    fn close_if_in_much_formatting(&self, name: &LocalName, line: u64) {
        let sink = &self.builder.sink;
        if sink.newest().is_some_and(|id| sink.formatting_around(id) > bounds::MOST_FORMATTING) {
            self.end_element(name.clone(), line);
        }
    }

    /// Closes all formatting elements, those that would be opened anew included.
    fn close_formatting(&self, line: u64) {
        for name in names::FORMATTING {
            for _ in 0..bounds::MOST_FORMATTING {
                self.end_element(name.clone(), line);
            }
        }
    }

    fn end_element(&self, name: LocalName, line: u64) {
        self.builder.sink.bounds.note_too_deep();
        let end_tag = Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        // Neither a script nor raw text can end here, so there is nothing to tell the tokenizer.
        let _ = self.builder.process_token(Token::TagToken(end_tag), line);
    }

    /// Closes the element that was opened last, and its ancestors, as long as they stand too deep. An
    /// end tag for each does it: the tree builder then pops exactly that element.
    fn close_too_deep(&self, line: u64) {
        let sink = &self.builder.sink;
        let mut open = sink.newest();
        while let Some(name) = open.and_then(|id| sink.name_if_deeper(id, self.max_depth)) {
            self.end_element(name, line);
            open = open.and_then(|id| sink.parent(id));
        }
    }
}

impl TokenSink for DepthGuard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let Some(token) = self.builder.sink.bounds.admit(token) else { return TokenSinkResult::Continue };
        let Token::TagToken(Tag { kind: TagKind::StartTag, self_closing, ref name, .. }) = token else {
            return self.builder.process_token(token, line);
        };
        let formatting = is_formatting(name).then(|| name.clone());
        let before = self.builder.sink.newest();
        let result = self.builder.process_token(token, line);
        let newest = self.builder.sink.newest();
        // Raw text elements (`<script>`, `<title>`, …) can't hold others, and their text must stay theirs.
        let opened = newest != before
            && matches!(result, TokenSinkResult::Continue)
            && !newest.is_some_and(|id| self.builder.sink.is_closed_at_once(id, self_closing));
        if opened {
            if let Some(name) = &formatting {
                self.close_if_in_much_formatting(name, line);
            }
            self.close_too_deep(line);
            if self.builder.sink.bounds.is_overgrown() {
                self.close_formatting(line);
            }
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds a [`Tree`] from what the tree builder decides.
struct ArenaSink {
    tree: RefCell<Tree>,
    newest: Cell<Option<NodeId>>,
    max_depth: u32,
    /// What the tree builder asked and did.
    steps: Cell<u64>,
    bounds: Bounds,
}

impl ArenaSink {
    fn new(max_depth: u32, bytes: usize) -> Self {
        let mut tree = Tree::new();
        tree.reserve(bytes);
        ArenaSink {
            tree: RefCell::new(tree),
            newest: Cell::new(None),
            max_depth,
            steps: Cell::new(0),
            bounds: Bounds::new(bytes),
        }
    }

    fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    fn len(&self) -> usize {
        self.tree.borrow().len()
    }

    /// How many formatting elements are around an element, itself counted; 0 if it can't stand in many.
    fn formatting_around(&self, id: NodeId) -> usize {
        let tree = self.tree.borrow();
        if (tree.depth(id) as usize) < bounds::MOST_FORMATTING {
            return 0;
        }
        tree.ancestors(id).filter(|&id| tree.html_name(id).is_some_and(is_formatting)).count()
    }

    /// `parent`, or the nearest element around it that may have children. Text goes there too, so that it stays
    /// in order.
    fn allowed_parent(&self, tree: &Tree, parent: NodeId) -> NodeId {
        // The fragment of a template stands where the template does.
        let is_element = |&node: &NodeId| tree.element(node).is_some();
        let Some(element) = tree.ancestors(parent).find(is_element) else { return parent };
        match tree.depth(element).saturating_sub(self.max_depth + SLACK - 1) {
            0 => parent,
            excess => tree.ancestors(element).filter(is_element).nth(excess as usize).unwrap_or(parent),
        }
    }

    /// The element made last.
    fn newest(&self) -> Option<NodeId> {
        self.newest.get()
    }

    fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.tree.borrow().parent(id)
    }

    /// The name of the element as an end tag has it, if it stands deeper than `max_depth`.
    fn name_if_deeper(&self, id: NodeId, max_depth: u32) -> Option<LocalName> {
        let tree = self.tree.borrow();
        if tree.depth(id) <= max_depth {
            return None;
        }
        let name = &tree.element(id)?.name.local;
        let has_capitals = name.bytes().any(|b| b.is_ascii_uppercase());
        Some(if has_capitals { LocalName::from(name.to_ascii_lowercase()) } else { name.clone() })
    }

    /// Whether the tree builder has closed the element along with its start tag.
    fn is_closed_at_once(&self, id: NodeId, self_closing: bool) -> bool {
        let tree = self.tree.borrow();
        match tree.element(id).map(|element| element.html_name()) {
            Some(Some(name)) => is_void(name),
            _ => self_closing,
        }
    }

    fn add(&self, data: NodeData) -> NodeId {
        self.tree.borrow_mut().create(data)
    }
}

/// The elements without an end tag, obsolete ones included.
pub fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// What the tree builder keeps of a node: its id, and its name beside it, because the tree builder asks for the
/// names of open elements far more often than for anything else. (Names are interned, so a copy copies no text.)
#[derive(Clone, Debug)]
struct Handle {
    id: NodeId,
    ns: Namespace,
    local: LocalName,
}

impl Handle {
    /// A node that is no element.
    fn nameless(id: NodeId) -> Handle {
        Handle { id, ns: ns!(), local: local_name!("") }
    }
}

impl TreeSink for ArenaSink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(NodeId::DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.step();
        ExpandedName { ns: &target.ns, local: &target.local }
    }

    fn create_element(
        &self,
        name: QualName,
        attrs: Vec<html5ever::Attribute>,
        flags: ElementFlags,
    ) -> Handle {
        self.step();
        self.bounds.note_element();
        let (ns, local) = (name.ns.clone(), name.local.clone());
        let id = self.tree.borrow_mut().create_element(
            name,
            self.bounds.affordable(&attrs),
            flags.mathml_annotation_xml_integration_point,
        );
        self.newest.set(Some(id));
        Handle { id, ns, local }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        Handle::nameless(self.add(NodeData::Comment))
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        Handle::nameless(self.add(NodeData::ProcessingInstruction))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let parent = self.allowed_parent(&tree, parent.id);
        match child {
            NodeOrText::AppendNode(node) => tree.append(parent, node.id),
            NodeOrText::AppendText(text) => tree.append_text(parent, &text),
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match new_node {
            NodeOrText::AppendNode(node) => tree.insert_before(sibling.id, node.id),
            NodeOrText::AppendText(text) => tree.insert_text_before(sibling.id, &text),
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        match self.parent(element.id) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {
        let doctype = self.add(NodeData::Doctype);
        self.tree.borrow_mut().append(NodeId::DOCUMENT, doctype);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let tree = self.tree.borrow();
        let contents = tree.element(target.id).and_then(|element| element.template_contents);
        Handle::nameless(contents.unwrap_or(target.id))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        self.step();
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<html5ever::Attribute>) {
        self.tree.borrow_mut().add_missing_attributes(target.id, self.bounds.affordable(&attrs));
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.tree.borrow_mut().move_children(node.id, new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        let tree = self.tree.borrow();
        tree.element(target.id).is_some_and(|element| element.mathml_annotation_xml_integration_point)
    }
}

#[cfg(test)]
mod tests;

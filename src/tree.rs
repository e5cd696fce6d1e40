//! The arena DOM every markup input ends in: nodes in one `Vec`, `u32` ids instead of `Rc`, all text in one
//! string. Nothing here recurses, so neither a walk nor a drop depends on how deep a page is nested.

use std::cell::Cell;
use std::ops::Range;

use html5ever::{LocalName, QualName, local_name, ns};

/// The index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The document node: every tree has it, as its first.
    pub const DOCUMENT: NodeId = NodeId(0);
    const NONE: NodeId = NodeId(u32::MAX);

    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn some(self) -> Option<NodeId> {
        (self != NodeId::NONE).then_some(self)
    }
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeData {
    Document,
    /// A doctype, a comment or a processing instruction: they show nothing, so nothing of them is kept.
    Doctype,
    Comment,
    ProcessingInstruction,
    Text(Text),
    Element(Element),
}

/// Where the text of a text node stands: a range of the tree's one string, or, once the node grew after
/// other text had been written, a string of its own. A node moves at most once, so appending stays linear.
#[derive(Clone, Debug)]
pub enum Text {
    Shared { start: u32, end: u32 },
    Own(String),
}

#[derive(Clone, Debug)]
pub struct Element {
    pub name: QualName,
    attributes: (u32, u32),
    /// The fragment that holds the contents of a `<template>`.
    pub template_contents: Option<NodeId>,
    pub mathml_annotation_xml_integration_point: bool,
}

impl Element {
    /// The local name if the element is HTML; SVG and MathML elements have none here.
    pub fn html_name(&self) -> Option<&LocalName> {
        (self.name.ns == ns!(html)).then_some(&self.name.local)
    }
}

/// An attribute without namespace; its value is a range of the one string of all values.
#[derive(Clone, Debug)]
struct Attribute {
    name: LocalName,
    value: (u32, u32),
}

#[derive(Clone, Debug)]
pub struct Node {
    parent: NodeId,
    first_child: NodeId,
    last_child: NodeId,
    previous: NodeId,
    next: NodeId,
    /// Steps from the document at the time the node was attached; see [`Tree::depth`].
    depth: u32,
    pub data: NodeData,
}

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    values: String,
    text: String,
    /// A node was attached that had children already: the depths that those noted may be wrong.
    moved_subtrees: bool,
    /// The node whose depth was counted last, where depths are counted, and its depth; until a node is taken away.
    counted_last: Cell<(NodeId, u32)>,
    /// How many depths were noted once more.
    depths_noted: usize,
    /// Elements made of text that the page carries outside its markup, and the elements that carry it.
    carriers: Vec<(NodeId, NodeId)>,
}

/// One step of a depth-first walk: every node is entered once and left once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}

impl Tree {
    /// A tree of the document node alone.
    pub fn new() -> Self {
        let mut tree = Tree {
            nodes: Vec::new(),
            attributes: Vec::new(),
            values: String::new(),
            text: String::new(),
            moved_subtrees: false,
            counted_last: Cell::new((NodeId::NONE, 0)),
            depths_noted: 0,
            carriers: Vec::new(),
        };
        tree.create(NodeData::Document);
        tree
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.index()].data
    }

    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match self.data(id) {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The local name of an HTML element; `None` for anything else.
    pub fn html_name(&self, id: NodeId) -> Option<&LocalName> {
        self.element(id).and_then(Element::html_name)
    }

    /// The attributes of an element that any stage reads, in the order they are written in, with their values.
    pub fn attributes(&self, element: &Element) -> impl Iterator<Item = (&LocalName, &str)> {
        let (start, end) = element.attributes;
        self.attributes[start as usize..end as usize]
            .iter()
            .map(|attribute| (&attribute.name, self.value(attribute)))
    }

    fn value(&self, attribute: &Attribute) -> &str {
        let (start, end) = attribute.value;
        &self.values[start as usize..end as usize]
    }

    /// The value of an attribute without namespace, one that [`is_read`].
    pub fn attribute(&self, id: NodeId, name: &LocalName) -> Option<&str> {
        let mut attributes = self.attributes(self.element(id)?);
        attributes.find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The same for a name that html5ever does not know: it is looked for as it is, since to intern it takes longer, and all
    /// threads wait for each other there.
    pub fn attribute_called(&self, id: NodeId, name: &str) -> Option<&str> {
        let mut attributes = self.attributes(self.element(id)?);
        attributes.find(|(own, _)| **own == *name).map(|(_, value)| value)
    }

    /// The elements, in the order they were made.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match &node.data {
            NodeData::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The text of a text node; empty for anything else.
    pub fn text(&self, id: NodeId) -> &str {
        match self.data(id) {
            NodeData::Text(Text::Shared { start, end }) => &self.text[*start as usize..*end as usize],
            NodeData::Text(Text::Own(text)) => text,
            _ => "",
        }
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].parent.some()
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].first_child.some()
    }

    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].next.some()
    }

    /// The sibling before, if nothing but white space and comments stand between.
    pub fn previous_element(&self, id: NodeId) -> Option<NodeId> {
        let before = |node: &NodeId| self.nodes[node.index()].previous.some();
        // What stands further away is not looked for, so that a long row of siblings is not gone through.
        let mut siblings = std::iter::successors(before(&id), before).take(4);
        siblings.find(|&sibling| self.element(sibling).is_some() || !self.text(sibling).trim().is_empty())
    }

    /// Steps from the document; the contents of a template count on from the template.
    pub fn depth(&self, id: NodeId) -> u32 {
        if !self.moved_subtrees {
            return self.nodes[id.index()].depth;
        }
        let depth = self
            .depth_beside_last(id)
            .unwrap_or_else(|| self.ancestors(id).map(|node| self.step_to(node)).sum());
        self.counted_last.set((id, depth));
        depth
    }

    /// The depth of a node that is the one counted last, or its child or parent: the parser mostly asks for those.
    fn depth_beside_last(&self, id: NodeId) -> Option<u32> {
        let (last, depth) = self.counted_last.get();
        let parent = |id: NodeId| self.nodes.get(id.index()).and_then(|node| node.parent.some());
        if last == NodeId::NONE {
            None
        } else if last == id {
            Some(depth)
        } else if parent(id) == Some(last) {
            Some(depth + self.step_to(id))
        } else if parent(last) == Some(id) {
            Some(depth - self.step_to(last))
        } else {
            None
        }
    }

    /// 1 for a node that is a step of its own, and 0 for the document and the contents of a template.
    fn step_to(&self, id: NodeId) -> u32 {
        u32::from(!matches!(self.data(id), NodeData::Document))
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |&child| self.next_sibling(child))
    }

    /// The node itself, its parent, and so on up to the document.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |&node| self.parent(node))
    }

    /// Walks the subtree of `root` in document order, the contents of templates included. The caller may
    /// skip the inside of an entered node with [`Walk::skip_inside`].
    pub fn walk(&self, root: NodeId) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Enter(root)) }
    }

    /// The text of the subtree of `root`, as it stands.
    pub fn text_content(&self, root: NodeId) -> String {
        self.walk(root)
            .filter_map(|step| match step {
                Step::Enter(id) => Some(self.text(id)),
                Step::Leave(_) => None,
            })
            .collect()
    }

    /// The element that carries the text of `id` outside the page's markup, such as a script; `None` for the markup
    /// itself.
    pub fn carrier(&self, id: NodeId) -> Option<NodeId> {
        let (first, _) = self.carriers.first()?;
        // Elements made from carried text come after all others.
        if id < *first {
            return None;
        }
        let at = self.carriers.partition_point(|(element, _)| *element <= id);
        Some(self.carriers[at.checked_sub(1)?].1)
    }

    // ---- building: used by the ways in, never after them ----

    /// Says that `element`, and everything made after it, holds text that `carrier` carries.
    pub fn set_carrier(&mut self, element: NodeId, carrier: NodeId) {
        self.carriers.push((element, carrier));
    }

    pub fn create(&mut self, data: NodeData) -> NodeId {
        // Limits::max_nodes keeps the count far below u32::MAX.
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node {
            parent: NodeId::NONE,
            first_child: NodeId::NONE,
            last_child: NodeId::NONE,
            previous: NodeId::NONE,
            next: NodeId::NONE,
            depth: 0,
            data,
        });
        id
    }

    /// A tree of the document node alone, for a page whose texts are to be ranges of it.
    pub fn of_page(page: &str) -> Self {
        let mut tree = Tree::new();
        // Pages have a node every 20 to 200 bytes; texts with character references are written behind the page.
        tree.nodes.reserve(page.len() / 64);
        tree.text.reserve(page.len() + page.len() / 16);
        tree.attributes.reserve(page.len() / 128);
        tree.values.reserve(page.len() / 8);
        tree.text.push_str(page);
        tree
    }

    /// Makes an element, with attributes that any stage reads; a `<template>` gets the fragment for its contents with
    /// it.
    pub fn create_element<'a>(
        &mut self,
        name: QualName,
        attributes: impl IntoIterator<Item = (&'a LocalName, &'a str)>,
        mathml_annotation_xml_integration_point: bool,
    ) -> NodeId {
        let start = self.attributes.len() as u32;
        for (name, value) in attributes {
            self.push_attribute(name.clone(), value);
        }
        self.create_element_with(name, start, mathml_annotation_xml_integration_point)
    }

    /// Makes an element like one of another tree.
    pub fn create_copy(&mut self, from: &Tree, element: &Element) -> NodeId {
        let start = self.attributes.len() as u32;
        for (name, value) in from.attributes(element) {
            self.push_attribute(name.clone(), value);
        }
        self.create_element_with(element.name.clone(), start, false)
    }

    /// Makes an element that has the attributes from `start` on.
    fn create_element_with(
        &mut self,
        name: QualName,
        start: u32,
        mathml_annotation_xml_integration_point: bool,
    ) -> NodeId {
        let is_template = name.ns == ns!(html) && name.local == local_name!("template");
        let id = self.create(NodeData::Element(Element {
            name,
            attributes: (start, self.attributes.len() as u32),
            template_contents: None,
            mathml_annotation_xml_integration_point,
        }));
        if is_template {
            let fragment = self.create(NodeData::Document);
            self.nodes[fragment.index()].parent = id;
            if let NodeData::Element(element) = &mut self.nodes[id.index()].data {
                element.template_contents = Some(fragment);
            }
        }
        id
    }

    fn push_attribute(&mut self, name: LocalName, value: &str) {
        let start = self.values.len() as u32;
        self.values.push_str(value);
        self.attributes.push(Attribute { name, value: (start, self.values.len() as u32) });
    }

    /// Gives `id` those of `attributes` whose names it does not have yet.
    pub fn add_missing_attributes<'a>(
        &mut self,
        id: NodeId,
        attributes: impl Iterator<Item = (&'a LocalName, &'a str)> + Clone,
    ) {
        let Some(element) = self.element(id) else { return };
        let old = element.attributes.0 as usize..element.attributes.1 as usize;
        let known: Vec<LocalName> =
            self.attributes[old.clone()].iter().map(|known| known.name.clone()).collect();
        let mut missing = attributes.filter(|(name, _)| !known.contains(name)).peekable();
        if missing.peek().is_none() {
            return;
        }
        let start = self.attributes.len() as u32;
        self.attributes.extend_from_within(old);
        for (name, value) in missing {
            self.push_attribute(name.clone(), value);
        }
        let end = self.attributes.len() as u32;
        if let NodeData::Element(element) = &mut self.nodes[id.index()].data {
            element.attributes = (start, end);
        }
    }

    /// Appends `child`, which has no parent, as the last child of `parent`.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.nodes[parent.index()].last_child;
        self.link(parent, last, child, NodeId::NONE);
    }

    /// Appends text as the last child of `parent`, joined to a text node that stands there already.
    pub fn append_text(&mut self, parent: NodeId, text: &str) {
        let last = self.nodes[parent.index()].last_child;
        if !self.extend_text(last, text) {
            let node = self.create_text(text);
            self.append(parent, node);
        }
    }

    /// The same with a text that stands in the page that the tree was made [of](Self::of_page).
    pub fn append_page_text(&mut self, parent: NodeId, text: Range<u32>) {
        let last = self.nodes[parent.index()].last_child;
        if !self.extend_with_page_text(last, &text) {
            let node = self.create(NodeData::Text(Text::Shared { start: text.start, end: text.end }));
            self.append(parent, node);
        }
    }

    /// Puts `node` right before `sibling`, taking it from where it stood.
    pub fn insert_before(&mut self, sibling: NodeId, node: NodeId) {
        let Some(parent) = self.parent(sibling) else { return };
        self.detach(node);
        let previous = self.nodes[sibling.index()].previous;
        self.link(parent, previous, node, sibling);
    }

    /// Puts text right before `sibling`, joined to a text node that stands there already.
    pub fn insert_text_before(&mut self, sibling: NodeId, text: &str) {
        let Some(parent) = self.parent(sibling) else { return };
        let previous = self.nodes[sibling.index()].previous;
        if !self.extend_text(previous, text) {
            let node = self.create_text(text);
            self.link(parent, previous, node, sibling);
        }
    }

    pub fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = self.nodes[id.index()];
        if parent == NodeId::NONE {
            return;
        }
        match previous.some() {
            Some(previous) => self.nodes[previous.index()].next = next,
            None => self.nodes[parent.index()].first_child = next,
        }
        match next.some() {
            Some(next) => self.nodes[next.index()].previous = previous,
            None => self.nodes[parent.index()].last_child = previous,
        }
        let node = &mut self.nodes[id.index()];
        (node.parent, node.previous, node.next) = (NodeId::NONE, NodeId::NONE, NodeId::NONE);
        self.counted_last.set((NodeId::NONE, 0));
    }

    /// Moves all children of `from` behind those of `to`.
    pub fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.first_child(from) {
            self.detach(child);
            self.append(to, child);
        }
    }

    fn link(&mut self, parent: NodeId, previous: NodeId, id: NodeId, next: NodeId) {
        let contents = self.element(id).and_then(|element| element.template_contents);
        let moves_subtree = contents.is_some() || self.nodes[id.index()].first_child != NodeId::NONE;
        if moves_subtree || self.counted_last.get().0 == id {
            self.counted_last.set((NodeId::NONE, 0));
        }
        let depth = match self.nodes[parent.index()].parent.some() {
            // Nobody reads it any more.
            _ if self.moved_subtrees => 0,
            // The fragment of a template is not a step of its own.
            Some(template) if matches!(self.data(parent), NodeData::Document) => self.depth(template) + 1,
            _ => self.depth(parent) + 1,
        };
        let node = &mut self.nodes[id.index()];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
        match previous.some() {
            Some(previous) => self.nodes[previous.index()].next = id,
            None => self.nodes[parent.index()].first_child = id,
        }
        match next.some() {
            Some(next) => self.nodes[next.index()].previous = id,
            None => self.nodes[parent.index()].last_child = id,
        }
        if moves_subtree && !self.moved_subtrees {
            self.note_depths_below(id);
        }
    }

    /// Notes the depths of what stands in a node that was moved; or, where that would come to many times the making of
    /// the tree, that they may be wrong.
    fn note_depths_below(&mut self, root: NodeId) {
        let most = 64 * self.nodes.len() + 1_024;
        let mut below = vec![root];
        let mut next = 0;
        while let Some(&node) = below.get(next) {
            next += 1;
            let depth = self.nodes[node.index()].depth + 1;
            let contents = self.element(node).and_then(|element| element.template_contents);
            for parent in contents.into_iter().chain([node]) {
                let mut child = self.first_child(parent);
                while let Some(id) = child {
                    if self.depths_noted == most {
                        self.moved_subtrees = true;
                        return;
                    }
                    self.depths_noted += 1;
                    self.nodes[id.index()].depth = depth;
                    below.push(id);
                    child = self.next_sibling(id);
                }
            }
        }
    }

    pub fn create_text(&mut self, text: &str) -> NodeId {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        self.create(NodeData::Text(Text::Shared { start, end }))
    }

    /// Appends a text of the page to the text node `id`; false if that is no text node.
    fn extend_with_page_text(&mut self, id: NodeId, more: &Range<u32>) -> bool {
        let Some(id) = id.some() else { return false };
        let NodeData::Text(text) = &mut self.nodes[id.index()].data else {
            return false;
        };
        let more_text = &self.text[more.start as usize..more.end as usize];
        match text {
            Text::Own(own) => own.push_str(more_text),
            Text::Shared { end, .. } if *end == more.start => *end = more.end,
            Text::Shared { start, end } => {
                *text = Text::Own([&self.text[*start as usize..*end as usize], more_text].concat());
            }
        }
        true
    }

    /// Appends to the text node `id`; false if that is no text node.
    fn extend_text(&mut self, id: NodeId, more: &str) -> bool {
        let Some(id) = id.some() else { return false };
        let NodeData::Text(text) = &mut self.nodes[id.index()].data else {
            return false;
        };
        match text {
            Text::Own(own) => own.push_str(more),
            Text::Shared { end, .. } if *end as usize == self.text.len() => {
                self.text.push_str(more);
                *end = self.text.len() as u32;
            }
            Text::Shared { start, end } => {
                let mut own = self.text[*start as usize..*end as usize].to_owned();
                own.push_str(more);
                *text = Text::Own(own);
            }
        }
        true
    }
}

/// A depth-first walk over a subtree; see [`Tree::walk`].
pub struct Walk<'t> {
    tree: &'t Tree,
    root: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// After `Enter(id)`: goes on with `Leave(id)`, past everything inside.
    pub fn skip_inside(&mut self, id: NodeId) {
        self.next = Some(Step::Leave(id));
    }

    fn first_inside(&self, id: NodeId) -> Option<NodeId> {
        let template_contents = self.tree.element(id).and_then(|e| e.template_contents);
        template_contents.or_else(|| self.tree.first_child(id))
    }

    fn after(&self, id: NodeId) -> Step {
        if let Some(next) = self.tree.next_sibling(id) {
            return Step::Enter(next);
        }
        let Some(parent) = self.tree.parent(id) else {
            return Step::Leave(self.root);
        };
        // Behind the contents of a template come its own children, if a caller's DOM has any.
        let is_contents = self.tree.element(parent).is_some_and(|e| e.template_contents == Some(id));
        match self.tree.first_child(parent) {
            Some(child) if is_contents => Step::Enter(child),
            _ => Step::Leave(parent),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => Some(self.first_inside(id).map_or(Step::Leave(id), Step::Enter)),
            Step::Leave(id) if id == self.root => None,
            Step::Leave(id) => Some(self.after(id)),
        };
        Some(step)
    }
}

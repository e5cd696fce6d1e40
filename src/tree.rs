//! The arena DOM every markup input ends in: nodes in one `Vec`, `u32` ids instead of `Rc`, all text in one
//! string. Nothing here recurses, so neither a walk nor a drop depends on how deep a page is nested.

mod edit;

use html5ever::{LocalName, QualName, ns};

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
    /// The fragment that holds the contents of a `<template>`; no `Option`, so that a node fills a line of the cache.
    template_contents: NodeId,
    pub mathml_annotation_xml_integration_point: bool,
}

impl Element {
    /// The fragment that holds the contents of a `<template>`.
    pub fn template_contents(&self) -> Option<NodeId> {
        self.template_contents.some()
    }

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
    counted_last: (NodeId, u32),
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
            counted_last: (NodeId::NONE, 0),
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
    pub fn depth(&mut self, id: NodeId) -> u32 {
        if !self.moved_subtrees {
            return self.nodes[id.index()].depth;
        }
        let depth = self
            .depth_beside_last(id)
            .unwrap_or_else(|| self.ancestors(id).map(|node| self.step_to(node)).sum());
        self.counted_last = (id, depth);
        depth
    }

    /// The depth of a node that is the one counted last, or its child or parent: the parser mostly asks for those.
    fn depth_beside_last(&self, id: NodeId) -> Option<u32> {
        let (last, depth) = self.counted_last;
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
        let template_contents = self.tree.element(id).and_then(Element::template_contents);
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
        let is_contents = self.tree.element(parent).is_some_and(|e| e.template_contents == id);
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

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn a_node_fills_a_line_of_the_cache() {
        assert_eq!(size_of::<Node>(), 64);
    }
}

//! How a tree is made: nodes, text, and where they go.

use std::ops::Range;

use html5ever::{LocalName, QualName, local_name, ns};

use super::{Attribute, Element, Node, NodeData, NodeId, Text, Tree};

impl Tree {
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
            template_contents: NodeId::NONE,
            mathml_annotation_xml_integration_point,
        }));
        if is_template {
            let fragment = self.create(NodeData::Document);
            self.nodes[fragment.index()].parent = id;
            if let NodeData::Element(element) = &mut self.nodes[id.index()].data {
                element.template_contents = fragment;
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
        self.counted_last = (NodeId::NONE, 0);
    }

    /// Moves all children of `from` behind those of `to`.
    pub fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.first_child(from) {
            self.detach(child);
            self.append(to, child);
        }
    }

    fn link(&mut self, parent: NodeId, previous: NodeId, id: NodeId, next: NodeId) {
        let contents = self.element(id).and_then(Element::template_contents);
        let moves_subtree = contents.is_some() || self.nodes[id.index()].first_child != NodeId::NONE;
        if moves_subtree || self.counted_last.0 == id {
            self.counted_last = (NodeId::NONE, 0);
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
            let contents = self.element(node).and_then(Element::template_contents);
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

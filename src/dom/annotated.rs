//! A copy of a DOM that says of every text what it is.

use std::cell::RefCell;
use std::rc::Rc;

use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use markup5ever_rcdom::{Handle, Node, NodeData};
use rustc_hash::FxHashMap;

use crate::page::Label;

/// The attribute that carries the label; see [`DomPage::LABEL_ATTRIBUTE`](super::DomPage::LABEL_ATTRIBUTE).
pub(super) const ATTRIBUTE: &str = "data-tamis";

/// What the labels of some text come down to.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    /// There is no text.
    Nothing,
    One(Label),
    Several,
}

impl Said {
    fn and(self, more: Said) -> Said {
        match (self, more) {
            (Said::Nothing, said) | (said, Said::Nothing) => said,
            (one, other) if one == other => one,
            _ => Said::Several,
        }
    }

    fn one(self) -> Option<Label> {
        match self {
            Said::One(label) => Some(label),
            _ => None,
        }
    }
}

/// What is known of the caller's nodes, by their addresses.
#[derive(Default)]
pub(super) struct Labels(FxHashMap<*const Node, Said>);

impl Labels {
    /// Says that text that this node is or carries has this label.
    pub fn add(&mut self, node: &Handle, label: Label) {
        let said = self.0.entry(Rc::as_ptr(node)).or_insert(Said::Nothing);
        *said = said.and(Said::One(label));
    }

    fn of(&self, node: &Handle) -> Said {
        self.0.get(&Rc::as_ptr(node)).copied().unwrap_or(Said::Nothing)
    }
}

/// A node on its way to being copied.
struct Original {
    node: Handle,
    /// Its place in the list of all; the root has none.
    parent: Option<usize>,
    /// Whether it is the fragment that holds what is in a `<template>`, its parent here.
    is_contents: bool,
    /// What the text of the node and all below it is.
    said: Said,
}

/// Copies `root` and everything below it, and marks the topmost elements whose text is of one label all through.
/// Text that stands beside text of other labels is put into a marked `<span>`.
pub(super) fn annotated(root: &Handle, labels: &Labels) -> Handle {
    let mut originals = in_order(root, labels);
    // Parents come before children, so from the end on every sum is whole when it is passed up.
    for index in (1..originals.len()).rev() {
        if let Original { said, parent: Some(parent), .. } = originals[index] {
            originals[parent].said = originals[parent].said.and(said);
        }
    }
    let mut copies: Vec<Handle> = Vec::with_capacity(originals.len());
    // Whether the node or one above it is marked.
    let mut marked: Vec<bool> = Vec::with_capacity(originals.len());
    let mut top = None;
    for Original { node, parent, is_contents, said } in &originals {
        let is_under_mark = parent.is_some_and(|parent| marked[parent]);
        let label = said.one().filter(|_| !is_under_mark);
        let is_element = matches!(node.data, NodeData::Element { .. });
        let copy = copy(node, label);
        let outermost = match (&node.data, label) {
            (NodeData::Text { .. }, Some(label))
                if parent.is_none_or(|at| takes_spans(&originals[at].node)) =>
            {
                span(label, &copy)
            }
            _ => copy.clone(),
        };
        match parent.map(|parent| &copies[parent]) {
            Some(parent) if *is_contents => set_contents(parent, outermost),
            Some(parent) => append(parent, outermost),
            None => top = Some(outermost),
        }
        copies.push(copy);
        marked.push(is_under_mark || (is_element && label.is_some()));
    }
    // A list of at least the root has a first copy.
    top.unwrap_or_else(|| copy(root, None))
}

/// `root` and all below it, parents before children, in document order.
fn in_order(root: &Handle, labels: &Labels) -> Vec<Original> {
    let mut originals: Vec<Original> = Vec::new();
    let mut open = vec![(root.clone(), None, false)];
    while let Some((node, parent, is_contents)) = open.pop() {
        let own = Some(originals.len());
        open.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), own, false)));
        if let NodeData::Element { template_contents, .. } = &node.data {
            open.extend(template_contents.borrow().iter().map(|contents| (contents.clone(), own, true)));
        }
        let said = labels.of(&node);
        originals.push(Original { node, parent, is_contents, said });
    }
    originals
}

/// A copy of one node without what is below it, marked if there is a label to mark it with. Marks of the caller's own
/// page are no word of ours, and are left out.
fn copy(node: &Node, label: Option<Label>) -> Handle {
    let NodeData::Element { name, attrs, mathml_annotation_xml_integration_point, .. } = &node.data else {
        return Node::new(node.data.clone());
    };
    let attributes = attrs.borrow();
    let others = attributes.iter().filter(|attribute| &*attribute.name.local != ATTRIBUTE).cloned();
    Node::new(NodeData::Element {
        name: name.clone(),
        attrs: RefCell::new(others.chain(label.map(mark)).collect()),
        template_contents: RefCell::new(None),
        mathml_annotation_xml_integration_point: *mathml_annotation_xml_integration_point,
    })
}

fn mark(label: Label) -> Attribute {
    let name = QualName::new(None, ns!(), LocalName::from(ATTRIBUTE));
    Attribute { name, value: label.name().into() }
}

/// A marked `<span>` around a text.
fn span(label: Label, text: &Handle) -> Handle {
    let span = Node::new(NodeData::Element {
        name: QualName::new(None, ns!(html), local_name!("span")),
        attrs: RefCell::new(vec![mark(label)]),
        template_contents: RefCell::new(None),
        mathml_annotation_xml_integration_point: false,
    });
    append(&span, text.clone());
    span
}

/// Formulas and drawings have no `<span>`: one among their elements would end them where the copy is parsed again.
fn takes_spans(parent: &Node) -> bool {
    match &parent.data {
        NodeData::Element { name, .. } => name.ns == ns!(html),
        _ => true,
    }
}

fn append(parent: &Handle, child: Handle) {
    child.parent.set(Some(Rc::downgrade(parent)));
    parent.children.borrow_mut().push(child);
}

fn set_contents(template: &Handle, contents: Handle) {
    if let NodeData::Element { template_contents, .. } = &template.data {
        *template_contents.borrow_mut() = Some(contents);
    }
}

#[cfg(test)]
mod tests;

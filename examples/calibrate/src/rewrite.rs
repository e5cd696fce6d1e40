//! Pages written anew, node by node.

use std::rc::Rc;

use tamis::html5ever::serialize::{SerializeOpts, serialize};
use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::tree_builder::TreeBuilderOpts;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::{Handle, Node, NodeData, RcDom, SerializableHandle};

/// The page with every node made anew, given the node and the one that holds it; as it was if it can't be written.
pub fn rewrite(html: &str, anew: &dyn Fn(&NodeData, &NodeData) -> NodeData) -> String {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(html);
    let copy = copy(&dom.document, anew);
    let mut out = Vec::new();
    let options = SerializeOpts { scripting_enabled: false, ..SerializeOpts::default() };
    match serialize(&mut out, &SerializableHandle::from(copy), options) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => html.to_owned(),
    }
}

/// A copy of the tree; goes down with a stack of its own.
fn copy(document: &Handle, anew: &dyn Fn(&NodeData, &NodeData) -> NodeData) -> Handle {
    let root = Node::new(NodeData::Document);
    let mut open = vec![(document.clone(), root.clone())];
    while let Some((from, to)) = open.pop() {
        for child in from.children.borrow().iter() {
            let node = Node::new(anew(&child.data, &from.data));
            node.parent.set(Some(Rc::downgrade(&to)));
            to.children.borrow_mut().push(node.clone());
            open.push((child.clone(), node));
        }
    }
    root
}

//! Takes from a page what only hints at its regions: class, id and role words, and landmark tags.

use tamis::html5ever::serialize::{SerializeOpts, serialize};
use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::{QualName, local_name, ns, parse_document};
use tamis::rcdom::{Handle, Node, NodeData, RcDom, SerializableHandle};

/// The page without hints; as it was if it can't be written.
pub fn strip_hints(html: &str) -> String {
    let dom = parse_document(
        RcDom::default(),
        tamis::html5ever::ParseOpts {
            tree_builder: tamis::html5ever::tree_builder::TreeBuilderOpts {
                scripting_enabled: false,
                ..Default::default()
            },
            ..Default::default()
        },
    )
    .one(html);
    let stripped = copy(&dom.document);
    let mut out = Vec::new();
    let options = SerializeOpts { scripting_enabled: false, ..SerializeOpts::default() };
    match serialize(&mut out, &SerializableHandle::from(stripped), options) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => html.to_owned(),
    }
}

/// A copy of the tree with hints left out; goes down with a stack of its own.
fn copy(document: &Handle) -> Handle {
    let root = Node::new(NodeData::Document);
    let mut open = vec![(document.clone(), root.clone())];
    while let Some((from, to)) = open.pop() {
        for child in from.children.borrow().iter() {
            let node = Node::new(without_hints(&child.data));
            node.parent.set(Some(std::rc::Rc::downgrade(&to)));
            to.children.borrow_mut().push(node.clone());
            open.push((child.clone(), node));
        }
    }
    root
}

fn without_hints(data: &NodeData) -> NodeData {
    let NodeData::Element { name, attrs, template_contents, mathml_annotation_xml_integration_point } =
        data.clone()
    else {
        return data.clone();
    };
    let is_landmark = matches!(
        name.local,
        local_name!("nav")
            | local_name!("header")
            | local_name!("footer")
            | local_name!("aside")
            | local_name!("main")
            | local_name!("article")
            | local_name!("section")
            | local_name!("address")
    );
    attrs.borrow_mut().retain(|attribute| {
        let name = &*attribute.name.local;
        !matches!(name, "class" | "id" | "role" | "itemprop" | "itemtype" | "itemscope" | "aria-label")
            && !name.starts_with("data-")
    });
    let name = if is_landmark { QualName::new(None, ns!(html), local_name!("div")) } else { name };
    NodeData::Element { name, attrs, template_contents, mathml_annotation_xml_integration_point }
}

//! Takes from a page what only hints at its regions: class, id and role words, and landmark tags.

use tamis::html5ever::{QualName, local_name, ns};
use tamis::rcdom::NodeData;

use crate::rewrite::rewrite;

/// The page without hints.
pub fn strip_hints(html: &str) -> String {
    rewrite(html, &|node, _| without_hints(node))
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

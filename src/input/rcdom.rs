//! A caller's `markup5ever_rcdom` tree → [`Tree`], remembering the caller's handles.

use html5ever::ns;
use markup5ever_rcdom::{Handle, NodeData as RcData};

use crate::attributes::is_read;
use crate::budget::Budget;
use crate::error::Error;
use crate::tree::{NodeData, NodeId, Tree};

/// A copy of a caller's tree. The caller's own is only read.
pub struct Adopted {
    pub tree: Tree,
    /// The caller's handle of every node of `tree`, by [`NodeId::index`]; the document node and
    /// the fragments of templates stand for the node they belong to.
    pub handles: Vec<Handle>,
}

/// Copies `root` and everything below it. Elements deeper than the limit are attached to the deepest
/// allowed one, in document order, as [`super::html::parse`] does it.
pub fn adopt(root: &Handle, budget: &mut Budget) -> Result<Adopted, Error> {
    let mut adopted = Adopted { tree: Tree::new(), handles: vec![root.clone()] };
    let mut open: Vec<(Handle, NodeId)> = Vec::new();
    match root.data {
        RcData::Document => push_children(&mut open, root, NodeId::DOCUMENT),
        _ => open.push((root.clone(), NodeId::DOCUMENT)),
    }
    while let Some((node, parent)) = open.pop() {
        let Some(id) = adopted.copy(&node, budget)? else { continue };
        if adopted.tree.len() > budget.limits.max_nodes {
            budget.cut_nodes(None)?;
            break;
        }
        adopted.tree.append(parent, id);
        let too_deep = adopted.tree.depth(id) > budget.limits.max_depth;
        if too_deep && matches!(node.data, RcData::Element { .. }) {
            budget.cut_depth(None)?;
        }
        push_children(&mut open, &node, if too_deep { parent } else { id });
        if let RcData::Element { template_contents, .. } = &node.data {
            let fragment = adopted.tree.element(id).and_then(|element| element.template_contents());
            if let (Some(contents), Some(fragment)) = (&*template_contents.borrow(), fragment) {
                push_children(&mut open, contents, if too_deep { parent } else { fragment });
            }
        }
    }
    Ok(adopted)
}

/// Children are put on the stack last first, so that they come off it in document order.
fn push_children(open: &mut Vec<(Handle, NodeId)>, node: &Handle, parent: NodeId) {
    open.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), parent)));
}

impl Adopted {
    fn copy(&mut self, node: &Handle, budget: &mut Budget) -> Result<Option<NodeId>, Error> {
        let id = match &node.data {
            // A document inside a document says nothing of its own.
            RcData::Document => return Ok(None),
            RcData::Doctype { .. } => self.tree.create(NodeData::Doctype),
            RcData::Comment { .. } => self.tree.create(NodeData::Comment),
            RcData::ProcessingInstruction { .. } => self.tree.create(NodeData::ProcessingInstruction),
            RcData::Text { contents } => self.tree.create_text(&contents.borrow()),
            RcData::Element { name, attrs, mathml_annotation_xml_integration_point, .. } => {
                let attrs = attrs.borrow();
                let kept = attrs.iter().filter(|attribute| is_read(&attribute.name.local));
                if kept.clone().nth(budget.limits.max_attributes).is_some() {
                    budget.cut_attributes(None)?;
                }
                let kept =
                    kept.take(budget.limits.max_attributes).filter(|attribute| attribute.name.ns == ns!());
                self.tree.create_element(
                    name.clone(),
                    kept.map(|attribute| (&attribute.name.local, &*attribute.value)),
                    *mathml_annotation_xml_integration_point,
                )
            }
        };
        self.handles.resize(self.tree.len(), node.clone());
        Ok(Some(id))
    }
}

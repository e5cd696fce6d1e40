//! Where nodes are put in the tree (§ 13.2.6.1).

use html5ever::{QualName, local_name, ns};

use super::{Builder, Child, Open, Place, SLACK, Space, Tag};
use crate::input::html::attributes::Slice;
use crate::input::html::kinds::{ANNOTATION, Kind, TABLE_PART, sets_of_mathml, sets_of_svg, svg_name};
use crate::tree::{NodeData, NodeId};

impl Builder<'_> {
    pub(super) fn place(&self, target: Option<Open>) -> Place {
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
    pub(super) fn inside(&self, open: Open) -> NodeId {
        match open.kind {
            Kind::Template => {
                let element = self.tree.element(open.id);
                element.and_then(|element| element.template_contents()).unwrap_or(open.id)
            }
            _ => open.id,
        }
    }

    pub(super) fn insert_at(&mut self, place: Place, child: Child) {
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

    pub(super) fn append(&mut self, parent: NodeId, child: Child) {
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
    pub(super) fn allowed_parent(&mut self, parent: NodeId) -> NodeId {
        let deepest = self.max_depth + SLACK - 1;
        let Some(element) = self.elements_from(parent).next() else { return parent };
        match self.tree.depth(element).saturating_sub(deepest) {
            0 => parent,
            excess => self.elements_from(parent).nth(excess as usize).unwrap_or(parent),
        }
    }

    /// A node and those around it, less the fragment of a template, which stands where the template does.
    fn elements_from(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.tree.ancestors(id).filter(|&node| self.tree.element(node).is_some())
    }

    pub(super) fn create(&mut self, tag: &Tag, space: Space) -> Open {
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
    pub(super) fn insert(&mut self, tag: &Tag, space: Space) -> Open {
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
}

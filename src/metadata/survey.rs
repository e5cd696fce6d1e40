//! What the markup of a page says of it, gathered in one walk over the tree.

use std::ops::Range;

use html5ever::{LocalName, local_name};

use super::{json_ld, titles};
use crate::tree::{Element, NodeData, NodeId, Step, Tree};

/// A bound, so that a page that repeats itself without end is gone through once only.
const MOST_ITEMS: usize = 2_000;

/// What the markup of a page says of it.
#[derive(Debug, Default)]
pub(super) struct Survey<'t> {
    pub language: Option<&'t str>,
    pub direction: Option<&'t str>,
    pub title: Option<String>,
    /// `<meta>` by its name in lower case.
    pub metas: Vec<(String, &'t str)>,
    /// `<link>` and `<a>` with a relation that says something of the page: the relation, the target.
    pub links: Vec<(&'t str, &'t str)>,
    /// The values of its JSON-LD.
    pub data: Vec<serde_json::Value>,
    pub scopes: Vec<Scope<'t>>,
    pub properties: Vec<Property<'t>>,
    pub times: Vec<TimeElement<'t>>,
}

/// An element with `itemscope` or `typeof`.
#[derive(Debug)]
pub(super) struct Scope<'t> {
    pub kind: &'t str,
    pub element: NodeId,
    /// The scope it stands in, and the property that it is the value of there.
    pub outer: Option<usize>,
    pub property: Option<&'t str>,
    pub leaves: Range<u32>,
    pub is_rdfa: bool,
}

/// An element with `itemprop` or `property`.
#[derive(Debug)]
pub(super) struct Property<'t> {
    pub name: &'t str,
    pub element: NodeId,
    /// The scope it belongs to.
    pub scope: Option<usize>,
    /// The scope that is its value.
    pub inner: Option<usize>,
    pub value: Option<&'t str>,
}

/// A `<time>`.
#[derive(Debug)]
pub(super) struct TimeElement<'t> {
    pub element: NodeId,
    pub value: Option<&'t str>,
    /// The text nodes of the page that stand before its end.
    pub leaves: Range<u32>,
}

impl<'t> Survey<'t> {
    /// `leaves` are the text nodes that blocks are made of, `data` the scripts whose JSON-LD is read.
    pub fn of(tree: &'t Tree, leaves: &[NodeId], data: &[NodeId]) -> Survey<'t> {
        let mut walker = Walker {
            tree,
            leaves,
            leaf: 0,
            open: Vec::new(),
            times: Vec::new(),
            drawings: 0,
            survey: Survey::default(),
        };
        for step in tree.walk(NodeId::DOCUMENT) {
            match step {
                Step::Enter(id) => walker.enter(id),
                Step::Leave(id) => walker.leave(id),
            }
        }
        let values = data.iter().flat_map(|script| json_ld::parse(&json_ld::script(tree, *script)));
        Survey { data: values.collect(), ..walker.survey }
    }

    /// The values of the `<meta>` of a name, in the order of the page.
    pub fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'t str> + 'a {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, value)| *value)
    }

    pub fn link(&self, relation: &str) -> Option<&'t str> {
        let has = |rel: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(relation));
        self.links.iter().find(|(rel, _)| has(rel)).map(|(_, href)| *href)
    }
}

struct Walker<'t, 's> {
    tree: &'t Tree,
    leaves: &'s [NodeId],
    /// How many text nodes of the page have been passed.
    leaf: usize,
    /// The scopes that are open, each with its element.
    open: Vec<(NodeId, usize)>,
    times: Vec<(NodeId, usize)>,
    drawings: u32,
    survey: Survey<'t>,
}

impl<'t> Walker<'t, '_> {
    fn enter(&mut self, id: NodeId) {
        // A text, or an element whose attribute is shown, such as a button's.
        if self.leaves.get(self.leaf) == Some(&id) {
            self.leaf += 1;
        }
        let NodeData::Element(element) = self.tree.data(id) else { return };
        let Some(name) = element.html_name() else {
            self.drawings += 1;
            return;
        };
        self.read_element(id, name, element);
        self.read_properties(id, name, element);
    }

    fn leave(&mut self, id: NodeId) {
        let leaf = self.leaf as u32;
        while let Some(&(_, scope)) = self.open.last().filter(|(element, _)| *element == id) {
            self.survey.scopes[scope].leaves.end = leaf;
            self.open.pop();
        }
        if let Some(&(_, time)) = self.times.last().filter(|(element, _)| *element == id) {
            self.survey.times[time].leaves.end = leaf;
            self.times.pop();
        }
        if matches!(self.tree.data(id), NodeData::Element(element) if element.html_name().is_none()) {
            self.drawings -= 1;
        }
    }

    fn get(&self, element: &Element, name: &LocalName) -> Option<&'t str> {
        self.tree.attributes(element).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn read_element(&mut self, id: NodeId, name: &LocalName, element: &'t Element) {
        match *name {
            local_name!("html") => {
                self.survey.language =
                    self.get(element, &local_name!("lang")).filter(|tag| !tag.trim().is_empty());
                self.survey.direction = self.get(element, &local_name!("dir"));
            }
            local_name!("body") => {
                self.survey.language = self.survey.language.or(self.get(element, &local_name!("lang")));
                self.survey.direction = self.survey.direction.or(self.get(element, &local_name!("dir")));
            }
            local_name!("title") if self.survey.title.is_none() && self.drawings == 0 => {
                self.survey.title = Some(titles::start(&self.tree.text_content(id)).to_owned());
            }
            local_name!("meta") => self.read_meta(element),
            local_name!("link") | local_name!("a") => self.read_link(element),
            local_name!("time") if self.survey.times.len() < MOST_ITEMS => {
                self.times.push((id, self.survey.times.len()));
                let value = self.get(element, &local_name!("datetime"));
                let leaf = self.leaf as u32;
                self.survey.times.push(TimeElement { element: id, value, leaves: leaf..leaf });
            }
            _ => {}
        }
    }

    fn read_meta(&mut self, element: &'t Element) {
        let Some(content) = self.get(element, &local_name!("content")) else { return };
        let content = content.trim();
        if content.is_empty() || self.survey.metas.len() >= MOST_ITEMS {
            return;
        }
        let names = [local_name!("property"), local_name!("name"), local_name!("http-equiv")];
        for name in names {
            // A property may have several names.
            let Some(name) = self.get(element, &name) else { continue };
            for name in name.split_ascii_whitespace().take(4) {
                self.survey.metas.push((name.to_ascii_lowercase(), content));
            }
        }
    }

    fn read_link(&mut self, element: &'t Element) {
        let Some(relation) = self.get(element, &local_name!("rel")) else { return };
        let says = |word: &str| {
            ["canonical", "license", "image_src", "tag", "shortlink"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        };
        if self.survey.links.len() >= MOST_ITEMS || !relation.split_ascii_whitespace().any(says) {
            return;
        }
        if let Some(target) = self.get(element, &local_name!("href")) {
            self.survey.links.push((relation, target));
        }
    }

    fn read_properties(&mut self, id: NodeId, name: &LocalName, element: &'t Element) {
        let (mut property, mut scope) = (None, None);
        for (attribute, value) in self.tree.attributes(element) {
            match *attribute {
                local_name!("itemprop") => property = Some(value),
                local_name!("property") if *name != local_name!("meta") || value.starts_with("schema:") => {
                    property = property.or(Some(value));
                }
                local_name!("itemscope") => scope = scope.or(Some(("", false))),
                local_name!("itemtype") => scope = Some((value, false)),
                _ if &**attribute == "typeof" => scope = scope.or(Some((value, true))),
                _ => {}
            }
        }
        if property.is_none() && scope.is_none() {
            return;
        }
        let survey = &mut self.survey;
        let outer = self.open.last().map(|(_, scope)| *scope);
        if survey.properties.len() >= MOST_ITEMS || survey.scopes.len() >= MOST_ITEMS {
            return;
        }
        let inner = scope.map(|(kind, is_rdfa)| {
            let kind = kind.split_ascii_whitespace().next().unwrap_or("");
            let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
            let leaf = self.leaf as u32;
            survey.scopes.push(Scope { kind, element: id, outer, property, leaves: leaf..leaf, is_rdfa });
            survey.scopes.len() - 1
        });
        if let Some(names) = property {
            let value = value_of(self.tree, name, element);
            for name in names.split_ascii_whitespace().take(4) {
                let name = name.rsplit([':', '/', '#']).next().unwrap_or(name);
                self.survey.properties.push(Property { name, element: id, scope: outer, inner, value });
            }
        }
        if let Some(inner) = inner {
            self.open.push((id, inner));
        }
    }
}

/// The value of a property that stands in an attribute.
fn value_of<'t>(tree: &'t Tree, name: &LocalName, element: &'t Element) -> Option<&'t str> {
    let get = |wanted: LocalName| {
        tree.attributes(element).find(|(known, _)| **known == wanted).map(|(_, value)| value)
    };
    let content = get(local_name!("content"));
    content.or_else(|| match *name {
        local_name!("link") => get(local_name!("href")),
        local_name!("img") => get(local_name!("src")),
        local_name!("time") => get(local_name!("datetime")),
        local_name!("data") | local_name!("meter") => get(local_name!("value")),
        _ => None,
    })
}

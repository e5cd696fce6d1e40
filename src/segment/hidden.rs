//! Which elements are not shown at first. What stands in them is not thrown away: consent walls hide articles, too.

use html5ever::{LocalName, local_name};

use crate::tree::{NodeId, Tree};

/// Whether the element says that it is not shown at first.
pub(crate) fn is_hidden(tree: &Tree, id: NodeId, name: &LocalName) -> bool {
    let Some(element) = tree.element(id) else { return false };
    is_hidden_by_name(tree, id, name)
        || tree.attributes(element).any(|(name, value)| is_hidden_by(name, value))
}

/// Whether an element of this name says so without a word.
pub(crate) fn is_hidden_by_name(tree: &Tree, id: NodeId, name: &LocalName) -> bool {
    match *name {
        local_name!("template") => true,
        local_name!("dialog") => tree.attribute(id, &local_name!("open")).is_none(),
        _ => false,
    }
}

/// Whether an attribute says so.
pub(crate) fn is_hidden_by(attribute: &LocalName, value: &str) -> bool {
    match *attribute {
        local_name!("hidden") => true,
        local_name!("aria-hidden") => value.eq_ignore_ascii_case("true"),
        local_name!("style") => hides(value),
        _ => false,
    }
}

/// Whether an inline style hides: `display: none` or `visibility: hidden`.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.split('!').next().unwrap_or("").trim();
        match property.trim() {
            name if name.eq_ignore_ascii_case("display") => value.eq_ignore_ascii_case("none"),
            name if name.eq_ignore_ascii_case("visibility") => value.eq_ignore_ascii_case("hidden"),
            _ => false,
        }
    })
}

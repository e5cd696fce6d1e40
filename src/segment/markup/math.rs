//! Formulas as TeX: the source that they carry along, or what their MathML says.

use html5ever::local_name;

use super::mathml;
use crate::squash::squash;
use crate::tree::{NodeData, NodeId, Step, Tree};

/// A longer source is no formula, in bytes.
const MOST_SOURCE: usize = 10_000;

/// A formula and the element that shows it: `<math>` itself, or what KaTeX or MathJax put around it and a second
/// form of it.
pub(super) struct Formula {
    pub element: NodeId,
    pub source: String,
    pub display: bool,
}

/// The formula of a `<math>`. KaTeX, MediaWiki and Pandoc keep its source in an annotation, LaTeXML in `alttext`,
/// MathJax in a script behind its output; where there is none, its MathML is written as TeX.
pub(super) fn formula(tree: &Tree, math: NodeId) -> Option<Formula> {
    let element = around(tree, math);
    let source = annotation(tree, math)
        .or_else(|| tree.attribute_called(math, "alttext").map(str::to_owned))
        .or_else(|| script_behind(tree, element))
        .or_else(|| mathml::tex(tree, math, MOST_SOURCE))?;
    let source = clean(&source);
    let is_usable = !source.is_empty() && source.len() <= MOST_SOURCE;
    is_usable.then(|| Formula { element, source, display: is_display(tree, math) })
}

/// The source that `<script type="math/tex">` holds, and whether it stands on a line of its own.
pub(super) fn script(tree: &Tree, script: NodeId) -> Option<(String, bool)> {
    let kind = tree.attribute(script, &local_name!("type"))?.trim();
    let rest = kind.strip_prefix("math/tex")?;
    let source = clean(tree.text(tree.first_child(script)?));
    let is_usable = !source.is_empty() && source.len() <= MOST_SOURCE;
    is_usable.then(|| (source, rest.contains("mode=display")))
}

/// Whether an element holds what MathJax made of the script behind it.
pub(super) fn is_output(tree: &Tree, id: NodeId) -> bool {
    has_class(tree, id, &["MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "MathJax_Preview"])
}

fn around(tree: &Tree, math: NodeId) -> NodeId {
    let is_around = |&id: &NodeId| has_class(tree, id, &["katex", "MathJax"]);
    tree.ancestors(math).take(4).find(is_around).unwrap_or(math)
}

fn annotation(tree: &Tree, math: NodeId) -> Option<String> {
    let is_tex = |&id: &NodeId| {
        let element = tree.element(id);
        element.is_some_and(|element| &*element.name.local == "annotation")
            && tree
                .attribute_called(id, "encoding")
                .is_some_and(|encoding| encoding.eq_ignore_ascii_case("application/x-tex"))
    };
    let entered = tree.walk(math).filter_map(|step| match step {
        Step::Enter(id) => Some(id),
        Step::Leave(_) => None,
    });
    let annotation = entered.into_iter().find(is_tex)?;
    let text = tree.first_child(annotation).filter(|&id| matches!(tree.data(id), NodeData::Text(_)))?;
    Some(tree.text(text).to_owned())
}

fn script_behind(tree: &Tree, element: NodeId) -> Option<String> {
    let next = tree.next_sibling(element)?;
    let is_script = tree.html_name(next) == Some(&local_name!("script"));
    is_script.then(|| script(tree, next).map(|(source, _)| source)).flatten()
}

fn is_display(tree: &Tree, math: NodeId) -> bool {
    let is_block = |value: &str| value.eq_ignore_ascii_case("block");
    tree.attribute_called(math, "display").is_some_and(is_block)
        || tree.ancestors(math).take(5).any(|id| has_class(tree, id, &["katex-display", "MathJax_Display"]))
}

fn has_class(tree: &Tree, id: NodeId, names: &[&str]) -> bool {
    let class = tree.attribute(id, &local_name!("class")).unwrap_or("");
    class.split_ascii_whitespace().any(|class| names.contains(&class))
}

/// A source in one line, without what MediaWiki puts around it.
fn clean(source: &str) -> String {
    let source = squash(source);
    let inner = source.strip_prefix("{\\displaystyle").and_then(|rest| rest.strip_suffix('}'));
    inner.map_or(source.as_str(), str::trim).to_owned()
}

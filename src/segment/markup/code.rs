//! What highlighters put around code: its language, line numbers, buttons.

use html5ever::{LocalName, local_name};

use crate::page::is_language;
use crate::tree::{NodeId, Tree};

/// Classes of line numbers and buttons, as Pygments, Rouge, Chroma, highlight.js, Prism, GitHub and the usual
/// themes write them.
const GUTTERS: [&str; 24] = [
    "lineno",
    "linenos",
    "linenodiv",
    "lineno-wrapper",
    "line-number",
    "line-numbers",
    "line-numbers-rows",
    "linenumber",
    "line_number",
    "linenum",
    "linenums",
    "lnt",
    "ln",
    "gutter",
    "gl",
    "blob-num",
    "hljs-ln-n",
    "hljs-ln-numbers",
    "react-code-line-number",
    "react-syntax-highlighter-line-number",
    "crayon-nums",
    "copy-button",
    "copy-btn",
    "btn-clipboard",
];
/// Of elements that hold the code besides its numbers these classes say nothing.
const WHOLE: [&str; 2] = ["line-numbers", "linenums"];

/// Whether an element inside of preformatted text, or around all of it, is beside the code: line numbers, a button.
pub(super) fn is_gutter(tree: &Tree, id: NodeId, name: &LocalName) -> bool {
    *name == local_name!("button") || has_gutter_class(tree, id, name)
}

fn has_gutter_class(tree: &Tree, id: NodeId, name: &LocalName) -> bool {
    let holds_code = matches!(*name, local_name!("pre") | local_name!("code"));
    let Some(class) = tree.attribute(id, &local_name!("class")) else { return false };
    class.split_ascii_whitespace().any(|class| {
        let is_gutter = GUTTERS.iter().any(|gutter| class.eq_ignore_ascii_case(gutter));
        is_gutter && !(holds_code && WHOLE.contains(&class))
    })
}

/// Whether preformatted text stands in a table cell of line numbers. A button around it is no gutter: the text is its label.
pub(super) fn is_in_gutter(tree: &Tree, pre: NodeId) -> bool {
    let mut around = tree.ancestors(pre).take(4);
    around.any(|id| tree.html_name(id).is_some_and(|name| has_gutter_class(tree, id, name)))
}

/// The language of code, as its `<pre>`, `<code>` or an element right around it names it.
pub(super) fn language(tree: &Tree, id: NodeId) -> Option<&str> {
    let is_pre = tree.html_name(id) == Some(&local_name!("pre"));
    let above = if is_pre { 3 } else { 1 };
    tree.ancestors(id).take(above).enumerate().find_map(|(steps, id)| {
        let data = ["data-lang", "data-language"];
        let named = data.iter().find_map(|name| tree.attribute_called(id, name));
        let class = tree.attribute(id, &local_name!("class")).unwrap_or("");
        named.map(str::trim).filter(|name| is_language(name)).or_else(|| of_class(class, steps == 0))
    })
}

/// The language in a class attribute, such as that of `language-rust`, `brush: js` or `sourceCode python`.
fn of_class(class: &str, is_own: bool) -> Option<&str> {
    const PREFIXES: [&str; 5] = ["language-", "lang-", "highlight-source-", "highlight-text-", "highlight-"];
    const BESIDE: [&str; 3] = ["sourceCode", "hljs", "src"];
    const NO_LANGUAGES: [&str; 6] = ["default", "none", "notranslate", "wrapper", "container", "block"];
    let mut classes = class.split_ascii_whitespace().peekable();
    while let Some(class) = classes.next() {
        let prefixed = PREFIXES.iter().find_map(|prefix| class.strip_prefix(prefix));
        let beside = (is_own && BESIDE.contains(&class)).then(|| classes.peek().copied()).flatten();
        let brush = class.strip_prefix("brush:").map(|brush| match brush {
            "" => classes.peek().copied().unwrap_or(""),
            brush => brush,
        });
        let found = prefixed.or(brush).or(beside).map(|name| name.trim_end_matches(';'));
        if let Some(name) = found.filter(|name| is_language(name) && !NO_LANGUAGES.contains(name)) {
            // Org mode writes `src src-rust`.
            return Some(name.strip_prefix("src-").unwrap_or(name));
        }
    }
    None
}

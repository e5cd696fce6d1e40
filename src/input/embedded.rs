//! Text that a page carries outside its markup: structured data (JSON-LD), the state of a single-page
//! application, and as a last resort its own description.
//!
//! It is used where the visible page has no text of its own. What is found is parsed and attached to the
//! tree behind everything else, so that it is cut, measured and scored as any other text.

use html5ever::{QualName, local_name, ns};
use serde_json::Value;

use crate::budget::Budget;
use crate::error::Error;
use crate::limits::Limits;
use crate::tree::{NodeData, NodeId, Step, Tree};

/// More objects than this are passed over: each takes half a kilobyte of memory.
const MOST_OBJECTS: usize = 200_000;
/// A string of fewer characters is no text of a page by itself.
const LEAST_TEXT: usize = 140;
/// JSON inside strings inside JSON is opened this often.
const MOST_NESTED: usize = 2;

/// Keys of schema.org objects that hold the text of the page.
const SCHEMA_TEXTS: [&str; 5] = ["articleBody", "text", "description", "reviewBody", "recipeInstructions"];
/// Types of schema.org objects whose `description` or `text` is what the page is for.
const SCHEMA_TYPES: [&str; 9] = [
    "Product",
    "DiscussionForumPosting",
    "Question",
    "Answer",
    "Comment",
    "Recipe",
    "JobPosting",
    "Event",
    "HowToStep",
];
/// Keys under which applications keep the HTML or text of what they show.
const STATE_TEXTS: [&str; 14] = [
    "cooked",
    "body",
    "bodyHtml",
    "body_html",
    "content",
    "contentHtml",
    "html",
    "text",
    "articleBody",
    "description",
    "descriptionHtml",
    "rawHtml",
    "markdown",
    "selftext",
];

/// Text found in one place of the page.
struct Found {
    /// The element that carries it.
    carrier: NodeId,
    /// The text, as HTML.
    html: String,
}

/// Attaches to the tree what it carries outside its markup, if there is any; says whether it did. Each piece
/// becomes an `<article>` at the end of the body; [`Tree::carrier`] tells where it came from.
pub fn unfold(tree: &mut Tree, budget: &mut Budget) -> Result<bool, Error> {
    let mut data = DataBudget::new(&budget.limits);
    let mut found = find(tree, &mut data);
    if data.is_over {
        budget.cut_data()?;
    }
    if found.is_empty() {
        found.extend(description(tree));
    }
    let Some(body) = find_body(tree).filter(|_| !found.is_empty()) else {
        return Ok(false);
    };
    for piece in found {
        let parsed = budget.parse(&piece.html)?;
        let name = QualName::new(None, ns!(html), local_name!("article"));
        let article = tree.create_element(name, [], false);
        tree.append(body, article);
        graft(&parsed, tree, article, budget.limits.max_depth);
        tree.set_carrier(article, piece.carrier);
        if tree.len() > budget.limits.max_nodes {
            budget.cut_nodes(None)?;
            break;
        }
    }
    Ok(true)
}

fn find_body(tree: &Tree) -> Option<NodeId> {
    let root = tree.children(NodeId::DOCUMENT).find(|&id| tree.element(id).is_some())?;
    let body = tree.children(root).find(|&id| tree.html_name(id) == Some(&local_name!("body")));
    Some(body.unwrap_or(root))
}

/// Copies what the body of `from` holds to the end of `to`.
fn graft(from: &Tree, to: &mut Tree, parent: NodeId, max_depth: u32) {
    let Some(body) = find_body(from) else { return };
    let mut open = vec![parent];
    for step in from.walk(body) {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        if id == body {
            continue;
        }
        let top = open[open.len() - 1];
        match (step, from.data(id)) {
            (Step::Enter(_), NodeData::Text(_)) => to.append_text(top, from.text(id)),
            (Step::Enter(_), NodeData::Element(element)) => {
                let copy = to.create_copy(from, element);
                to.append(top, copy);
                // What would stand too deep is attached to the deepest allowed element.
                open.push(if to.depth(copy) > max_depth { top } else { copy });
            }
            (Step::Leave(_), NodeData::Element(_)) => {
                open.pop();
            }
            _ => {}
        }
    }
}

fn find(tree: &Tree, budget: &mut DataBudget) -> Vec<Found> {
    let mut found = Vec::new();
    for step in tree.walk(NodeId::DOCUMENT) {
        let Step::Enter(id) = step else { continue };
        let texts = match tree.html_name(id) {
            Some(name) if *name == local_name!("script") => script_texts(tree, id, budget),
            Some(_) => preloaded_texts(tree, id, budget),
            None => Vec::new(),
        };
        found.extend(texts.into_iter().map(|html| Found { carrier: id, html }));
    }
    drop_repeated(found)
}

/// Structured data and state often say the same thing twice; the first of each counts.
fn drop_repeated(found: Vec<Found>) -> Vec<Found> {
    let mut seen = std::collections::HashSet::new();
    found.into_iter().filter(|piece| seen.insert(piece.html.clone())).collect()
}

fn script_texts(tree: &Tree, script: NodeId, budget: &mut DataBudget) -> Vec<String> {
    let Some(text) = tree.first_child(script).map(|child| tree.text(child)) else { return Vec::new() };
    let kind = tree.attribute(script, &local_name!("type")).unwrap_or("").trim();
    let mut texts = Vec::new();
    match kind {
        "application/ld+json" => visit(parse(text, budget), &mut texts, &schema_text),
        "application/json" => visit(parse(text, budget), &mut texts, &state_text),
        "" | "text/javascript" | "module" => {
            // `window.__STATE__ = {…}`: the object begins behind the first equals sign.
            let state = text.trim_start().strip_prefix("window.").and_then(|rest| rest.split_once('='));
            if let Some((_, object)) = state.filter(|(name, _)| name.len() < 80) {
                visit(parse(object, budget), &mut texts, &state_text);
            }
        }
        _ => {}
    }
    texts
}

/// Forums keep the state of a page in an attribute.
fn preloaded_texts(tree: &Tree, id: NodeId, budget: &mut DataBudget) -> Vec<String> {
    let mut texts = Vec::new();
    if let Some(data) = tree.attribute_called(id, "data-preloaded") {
        visit(parse(data, budget), &mut texts, &state_text);
    }
    texts
}

/// Parses the JSON value that `text` begins with, if it is within what is left of the budget. Nesting is bounded
/// by `serde_json` at 128.
fn parse(text: &str, budget: &mut DataBudget) -> Option<Value> {
    let text = text.trim_start();
    if !budget.admits(text) || !text.starts_with(['{', '[']) {
        return None;
    }
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

/// What structured data may still cost.
struct DataBudget {
    bytes: usize,
    depth: usize,
    objects: usize,
    is_over: bool,
}

impl DataBudget {
    fn new(limits: &Limits) -> DataBudget {
        let Limits { max_data_bytes: bytes, max_data_depth: depth, .. } = *limits;
        DataBudget { bytes, depth, objects: MOST_OBJECTS, is_over: false }
    }

    /// Whether the JSON value that `text` begins with may be read; takes what it costs.
    fn admits(&mut self, text: &str) -> bool {
        let (depth, objects) = nesting(text);
        let left = (self.bytes.checked_sub(text.len()), self.objects.checked_sub(objects));
        if let (Some(bytes), Some(objects), true) = (left.0, left.1, depth <= self.depth) {
            (self.bytes, self.objects) = (bytes, objects);
            return true;
        }
        self.is_over = true;
        // Longer than all that is left: nothing after it is read either.
        self.bytes = left.0.unwrap_or(self.bytes);
        false
    }
}

/// How deep the JSON value that `text` begins with is nested, and how many objects it has.
fn nesting(text: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut objects) = (0_usize, 0, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        if in_string {
            (in_string, is_escaped) = (is_escaped || byte != b'"', byte == b'\\' && !is_escaped);
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
                objects += usize::from(byte == b'{');
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (deepest, objects)
}

/// What a string of an object is to the page: a text of its own, or not.
type IsText = dyn Fn(&serde_json::Map<String, Value>, &str, &str) -> bool;

/// Goes through a value in document order, without recursion, and collects the strings that are texts.
fn visit(value: Option<Value>, texts: &mut Vec<String>, is_text: &IsText) {
    let mut open: Vec<(Value, usize)> = value.into_iter().map(|value| (value, 0)).collect();
    while let Some((value, nested)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev().map(|item| (item, nested))),
            Value::Object(object) => {
                let strings = object.iter().filter_map(|(key, value)| Some((key, value.as_str()?)));
                let own = strings.filter(|(key, string)| is_text(&object, key, string));
                texts.extend(own.map(|(_, string)| as_html(string)));
                open.extend(object.into_iter().rev().map(|(_, value)| (value, nested)));
            }
            Value::String(string) if nested < MOST_NESTED && string.starts_with(['{', '[']) => {
                let inner = serde_json::from_str(&string).ok();
                open.extend(inner.map(|inner| (inner, nested + 1)));
            }
            _ => {}
        }
    }
}

fn schema_text(object: &serde_json::Map<String, Value>, key: &str, string: &str) -> bool {
    if !SCHEMA_TEXTS.contains(&key) || !is_prose(string) {
        return false;
    }
    let types: Vec<&str> = match object.get("@type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    key == "articleBody" || types.iter().any(|name| SCHEMA_TYPES.contains(name))
}

fn state_text(_: &serde_json::Map<String, Value>, key: &str, string: &str) -> bool {
    STATE_TEXTS.contains(&key) && is_prose(string)
}

/// Long enough, and words rather than code, addresses or data.
fn is_prose(string: &str) -> bool {
    let (mut letters, mut symbols, mut spaces, mut in_tag, mut ideographs) = (0, 0, 0, false, 0);
    for c in string.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            '{' | '}' | ';' | '=' | '\\' | '_' => symbols += 1,
            '\u{3000}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}' => ideographs += 1,
            c if c.is_whitespace() => spaces += 1,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    let is_long = letters + ideographs * 3 >= LEAST_TEXT;
    let has_words = spaces * 15 >= letters || ideographs > letters;
    is_long && has_words && symbols * 25 < letters + ideographs
}

/// A string that has tags is HTML; one without has paragraphs where it has line breaks.
fn as_html(string: &str) -> String {
    if string.contains("</") || string.contains("<p") || string.contains("<br") {
        return string.to_owned();
    }
    let escaped = string.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|line| format!("<p>{line}</p>\n")).collect()
}

/// What the page says of itself: better than nothing.
fn description(tree: &Tree) -> Option<Found> {
    let names = ["og:description", "description", "twitter:description"];
    let mut best: Option<(NodeId, &str)> = None;
    for step in tree.walk(NodeId::DOCUMENT) {
        let Step::Enter(id) = step else { continue };
        if tree.html_name(id) != Some(&local_name!("meta")) {
            continue;
        }
        let name =
            tree.attribute(id, &local_name!("property")).or_else(|| tree.attribute(id, &local_name!("name")));
        let Some(content) = tree.attribute(id, &local_name!("content")) else { continue };
        let is_better = best.is_none_or(|(_, best)| content.len() > best.len());
        if name.is_some_and(|name| names.contains(&name)) && is_better && !content.trim().is_empty() {
            best = Some((id, content));
        }
    }
    let (carrier, content) = best?;
    Some(Found { carrier, html: as_html(content) })
}

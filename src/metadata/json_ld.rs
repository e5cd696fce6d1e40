//! JSON-LD as the web writes it: with comments, raw line breaks, trailing commas, and cut off before its end.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::tree::{NodeId, Tree};

/// Objects of one page that are looked at; what a page says of itself is among its first.
const MOST_OBJECTS: usize = 2_000;
/// A script of more objects than this is data, not a description: each takes half a kilobyte of memory.
const MOST_IN_SCRIPT: usize = 50_000;

pub(super) type Object = Map<String, Value>;

/// An object of the page's structured data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entity<'v> {
    pub object: &'v Object,
    /// Whether it stands on its own, or only as a part of another: an item of a list, a comment, a review.
    pub is_part: bool,
}

/// Which scripts of a page with JSON-LD are read.
pub(crate) struct Readable {
    pub scripts: Vec<NodeId>,
    /// Some were passed over, as there was too much in them.
    pub is_cut: bool,
}

impl Readable {
    /// Of `scripts`, those that have no more than `bytes` in all, nor too many objects.
    pub fn of(tree: &Tree, scripts: &[NodeId], bytes: usize) -> Readable {
        let mut left = bytes;
        let is_readable = |id: &NodeId| {
            let text = script(tree, *id);
            let rest = left.checked_sub(text.len()).filter(|_| !is_too_much(&text));
            left = rest.unwrap_or(left);
            rest.is_some()
        };
        let readable: Vec<NodeId> = scripts.iter().copied().filter(is_readable).collect();
        Readable { is_cut: readable.len() < scripts.len(), scripts: readable }
    }
}

/// Whether a script has too many objects to be read.
fn is_too_much(text: &str) -> bool {
    memchr::memchr_iter(b'{', text.as_bytes()).nth(MOST_IN_SCRIPT).is_some()
}

/// What stands in a script.
pub(super) fn script(tree: &Tree, id: NodeId) -> Cow<'_, str> {
    let mut texts = tree.children(id).map(|child| tree.text(child));
    match (texts.next(), texts.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(text), None) => Cow::Borrowed(text),
        (Some(first), Some(second)) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
    }
}

/// Reads what stands in a script. Text that is no JSON even once mended gives nothing.
pub(super) fn parse(text: &str) -> Vec<Value> {
    let text = trim_wrapping(text);
    match all_values(text) {
        Some(values) => values,
        None => all_values(&mend(text)).unwrap_or_default(),
    }
}

/// All values that a text is made of; none if something else stands in it. Nesting is bounded at 128 by `serde_json`.
fn all_values(text: &str) -> Option<Vec<Value>> {
    serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()
}

/// Without what once hid scripts from old browsers and XML parsers.
fn trim_wrapping(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for (open, close) in
        [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
    {
        text = text.strip_prefix(open).unwrap_or(text).trim_start();
        text = text.strip_suffix(close).unwrap_or(text).trim_end();
    }
    text.trim_end_matches(';')
}

/// Makes JSON of what was meant as JSON.
///
/// Comments go, and commas with nothing behind them; control characters in strings are escaped, as are quotation
/// marks that no comma, colon or bracket follows; `&quot;` outside a string is a quotation mark; what is still open
/// at the end is closed.
fn mend(text: &str) -> String {
    let mut mender = Mender { out: String::with_capacity(text.len() + 16), open: Vec::new() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '"' => mender.string(&rest[1..]),
            '/' if rest.starts_with("//") => after(rest, "\n"),
            '/' if rest.starts_with("/*") => after(&rest[2..], "*/"),
            '&' if rest.starts_with("&quot;") => mender.entity_string(&rest[6..]),
            _ => {
                mender.structure(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    mender.finish()
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

struct Mender {
    out: String,
    /// The brackets that will close what is open.
    open: Vec<char>,
}

impl Mender {
    /// Writes the string that `rest` begins inside of; gives what stands behind it.
    fn string<'t>(&mut self, rest: &'t str) -> &'t str {
        self.out.push('"');
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if ends_string(&rest[at + 1..]) => {
                    self.out.push('"');
                    return &rest[at + 1..];
                }
                '"' => self.out.push_str("\\\""),
                '\\' => match chars.next() {
                    Some((_, escaped))
                        if matches!(escaped, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') =>
                    {
                        self.out.push('\\');
                        self.out.push(escaped);
                    }
                    Some((at, 'u'))
                        if rest.as_bytes()[at + 1..]
                            .iter()
                            .take(4)
                            .filter(|b| b.is_ascii_hexdigit())
                            .count()
                            == 4 =>
                    {
                        self.out.push_str("\\u");
                    }
                    // An escape that JSON lacks, as of an apostrophe.
                    Some((_, other)) => self.character(other),
                    None => {}
                },
                c => self.character(c),
            }
        }
        self.out.push('"');
        ""
    }

    /// The same for a string between `&quot;`.
    fn entity_string<'t>(&mut self, rest: &'t str) -> &'t str {
        let end = rest.find("&quot;").unwrap_or(rest.len());
        self.out.push('"');
        for c in rest[..end].chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                c => self.character(c),
            }
        }
        self.out.push('"');
        rest.get(end + 6..).unwrap_or("")
    }

    fn character(&mut self, c: char) {
        self.out.push(if c.is_control() { ' ' } else { c });
    }

    fn structure(&mut self, c: char) {
        match c {
            '{' => self.open.push('}'),
            '[' => self.open.push(']'),
            '}' | ']' => {
                self.drop_comma();
                // One bracket too many.
                if self.open.pop() != Some(c) {
                    return;
                }
            }
            ',' if self.out.trim_end().ends_with([',', '[', '{']) => return,
            c if c.is_whitespace() => {
                // One blank is enough, so that looking back over them is cheap.
                if !self.out.ends_with(' ') {
                    self.out.push(' ');
                }
                return;
            }
            ';' if self.open.is_empty() => return,
            _ => {}
        }
        self.out.push(c);
    }

    fn drop_comma(&mut self) {
        let end = self.out.trim_end().len();
        if self.out[..end].ends_with(',') {
            self.out.truncate(end - 1);
        }
    }

    fn finish(mut self) -> String {
        self.drop_comma();
        if self.out.trim_end().ends_with(':') {
            self.out.push_str("null");
        }
        while let Some(bracket) = self.open.pop() {
            self.out.push(bracket);
        }
        self.out
    }
}

/// Whether a quotation mark ends its string, by what follows.
fn ends_string(rest: &str) -> bool {
    let mut next = rest.chars().filter(|c| !c.is_whitespace());
    match next.next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let begins_value =
                |c: char| matches!(c, '"' | '{' | '[' | '}' | ']' | '/' | '-' | 't' | 'f' | 'n');
            next.find(|c| *c != ',').is_none_or(|c| begins_value(c) || c.is_ascii_digit())
        }
        Some('/') => rest.trim_start().starts_with("//") || rest.trim_start().starts_with("/*"),
        _ => false,
    }
}

/// Keys whose objects are parts of, or other things than, what the object itself speaks of.
const PARTS: [&str; 24] = [
    "itemListElement",
    "hasPart",
    "comment",
    "comments",
    "review",
    "reviews",
    "isPartOf",
    "relatedLink",
    "mentions",
    "about",
    "citation",
    "offers",
    "hasVariant",
    "isRelatedTo",
    "isSimilarTo",
    "suggestedAnswer",
    "acceptedAnswer",
    "video",
    "image",
    "subjectOf",
    "associatedMedia",
    "itemReviewed",
    "blogPost",
    "potentialAction",
];

/// The objects of a page's structured data, those first that stand first and outermost; without recursion.
pub(super) fn entities(values: &[Value]) -> Vec<Entity<'_>> {
    let mut entities = Vec::new();
    let mut open: Vec<(&Value, bool)> = values.iter().rev().map(|value| (value, false)).collect();
    while let Some((value, is_part)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev().map(|item| (item, is_part))),
            Value::Object(object) => {
                if entities.len() == MOST_OBJECTS {
                    break;
                }
                let inner = object.iter().rev().filter(|(_, value)| value.is_object() || value.is_array());
                open.extend(inner.map(|(key, value)| (value, is_part || PARTS.contains(&key.as_str()))));
                entities.push(Entity { object, is_part });
            }
            _ => {}
        }
    }
    entities
}

/// The types of an object, without the vocabulary.
pub(super) fn types(object: &Object) -> impl Iterator<Item = &str> {
    let names: Vec<&str> = match object.get("@type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| name.rsplit(['/', '#', ':']).next().unwrap_or(name))
}

/// The strings that a property has: itself, the items of an array, the names of objects, and of those that a reference
/// names.
pub(super) fn strings<'v>(object: &'v Object, key: &str, entities: &[Entity<'v>]) -> Vec<&'v str> {
    let Some(value) = object.get(key) else { return Vec::new() };
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    items.iter().take(64).filter_map(|item| string_of(item, entities)).collect()
}

fn string_of<'v>(value: &'v Value, entities: &[Entity<'v>]) -> Option<&'v str> {
    match value {
        Value::String(string) => Some(string),
        Value::Object(object) => {
            let own =
                ["name", "@value", "url", "contentUrl"].iter().find_map(|key| match object.get(*key)? {
                    Value::String(string) => Some(string.as_str()),
                    Value::Array(items) => items.first()?.as_str(),
                    _ => None,
                });
            own.or_else(|| {
                let id = object.get("@id")?.as_str()?;
                let is_meant = |entity: &&Entity| {
                    entity.object.get("@id").and_then(Value::as_str) == Some(id) && entity.object.len() > 1
                };
                let meant = &entities.iter().find(is_meant)?.object;
                ["name", "url", "contentUrl"].iter().find_map(|key| meant.get(*key)?.as_str())
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(text: &str) -> Option<String> {
        let values = parse(text);
        let entities = entities(&values);
        let with = entities.iter().find_map(|entity| entity.object.get("headline"))?;
        with.as_str().map(str::to_owned)
    }

    #[test]
    fn json_is_read_as_it_stands() {
        assert_eq!(
            headline(r#"{"@graph":[{"@type":"WebSite"},{"headline":"A \"b\" c"}]}"#).as_deref(),
            Some("A \"b\" c")
        );
    }

    #[test]
    fn what_the_web_writes_is_mended() {
        let cases = [
            "{\"headline\": \"Tides\",}",
            "<!-- {\"headline\": \"Tides\"} -->",
            "//<![CDATA[\n{\"headline\": \"Tides\"}\n//]]>",
            "{\"a\": \"one\ntwo\", \"headline\": \"Tides\"}",
            "{\"headline\": \"Tides\", // the title\n \"b\": [1, 2,]}",
            "{\"b\": \"he said \"no\" again\", \"headline\": \"Tides\"}",
            "{&quot;headline&quot;: &quot;Tides&quot;}",
            "{\"headline\": \"Tides\", \"body\": \"cut o",
            "{\"headline\": \"Tides\"}};",
            "{\"a\": \"it\\'s\", \"headline\": \"Tides\"}",
            "{\"headline\": \"Tides\"} {\"a\": 1}",
            "[{\"headline\": \"Tides\",,},]",
        ];
        for case in cases {
            assert_eq!(headline(case).as_deref(), Some("Tides"), "{case}");
        }
    }

    #[test]
    fn what_is_no_json_gives_nothing() {
        for case in ["", "tides", "{tides}", "&quot;", "\"", "\\", "{\"a\": \\", "/*"] {
            assert_eq!(entities(&parse(case)), [], "{case}");
        }
    }

    #[test]
    fn deep_nesting_is_given_up_not_followed() {
        let deep = "[".repeat(200_000);
        assert_eq!(parse(&deep), Vec::<Value>::new());
    }

    #[test]
    fn the_items_of_a_list_are_parts() {
        let text =
            r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"Article"}}]}"#;
        let values = parse(text);
        let entities = entities(&values);
        let parts: Vec<bool> = entities.iter().map(|entity| entity.is_part).collect();
        assert_eq!(parts, [false, true, true]);
    }

    #[test]
    fn a_reference_leads_to_a_name() {
        let text = r##"[{"@type":"https://schema.org/Article","author":{"@id":"#a"}},{"@id":"#a","name":"Ada Moor"}]"##;
        let values = parse(text);
        let entities = entities(&values);
        assert_eq!(strings(entities[0].object, "author", &entities), ["Ada Moor"]);
        assert_eq!(types(entities[0].object).collect::<Vec<_>>(), ["Article"]);
    }
}

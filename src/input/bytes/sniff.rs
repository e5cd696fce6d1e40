//! Is a text HTML?

use crate::beginning::beginning;

/// Sniffing looks at this many bytes.
const SNIFFED_BYTES: usize = 1024;

/// What a media type says; nothing, if it is missing or could be either.
pub(super) fn by_content_type(content_type: Option<&str>) -> Option<bool> {
    let media_type = content_type?.split(';').next()?.trim().to_ascii_lowercase();
    match &*media_type {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Some(true),
        // XHTML is served so, feeds and all other XML are too.
        "text/xml" | "application/xml" => None,
        "application/json" | "application/ld+json" => Some(false),
        _ if media_type.starts_with("text/") => Some(false),
        _ => None,
    }
}

/// Whether a text starts as HTML does, or has the marks of it in its first kilobyte: a doctype, a tag of the
/// document's frame, an end tag. A start tag alone may be what a text speaks of.
pub(super) fn is_html(text: &str) -> bool {
    let text =
        text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}' | '\u{200B}'));
    let start = beginning(text, SNIFFED_BYTES);
    starts_as_html(start) || start.match_indices('<').any(|(at, _)| marks_html(&start[at..]))
}

fn starts_as_html(text: &str) -> bool {
    text.starts_with("<!--")
        || starts_with(text, "<?xml")
        || starts_with(text, "<!doctype")
        || tag_name(text, "<").is_some()
}

fn marks_html(text: &str) -> bool {
    if starts_with(text, "<!doctype html") {
        return true;
    }
    if let Some(name) = tag_name(text, "<") {
        return ["html", "head", "body", "meta", "title"]
            .iter()
            .any(|frame| name.eq_ignore_ascii_case(frame));
    }
    tag_name(text, "</").is_some()
}

fn starts_with(text: &str, prefix: &str) -> bool {
    let start = text.as_bytes().get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// The name of the tag that a text starts with. `<tom@example.org>` and `<http://…>` are no tags.
fn tag_name<'t>(text: &'t str, opening: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(opening)?;
    let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let name = &rest[..len];
    let is_ended = rest[len..].starts_with([' ', '\t', '\n', '\r', '\x0C', '/', '>']);
    (name.starts_with(|c: char| c.is_ascii_alphabetic()) && is_ended).then_some(name)
}

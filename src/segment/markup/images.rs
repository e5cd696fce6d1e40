//! What an `<img>` shows, where its page loads it late, too.

use html5ever::{LocalName, local_name};

use crate::squash::squash;
use crate::tree::{NodeId, Tree};

/// Attributes under which scripts find the address of an image that they load late.
const LATE_SOURCES: [&str; 7] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-full-src",
    "data-hi-res-src",
    "data-url",
];
/// The same for a list of addresses by width.
const LATE_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "data-original-set"];
/// File names of images that show nothing.
const BLANKS: [&str; 9] =
    ["spacer", "blank", "clear", "transparent", "pixel", "1x1", "placeholder", "lazy", "grey"];
/// An image no wider or higher than this many pixels counts its readers.
const MOST_OF_PIXEL: u32 = 2;

/// What an `<img>` shows.
pub(super) struct Shown {
    pub source: String,
    pub alt: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// What an `<img>` shows; none if it shows nothing, counts readers, or stands in for another one.
pub(super) fn shown(tree: &Tree, image: NodeId) -> Option<Shown> {
    let number = |name: LocalName| {
        let value = tree.attribute(image, &name)?.trim();
        value.strip_suffix("px").unwrap_or(value).parse::<u32>().ok()
    };
    let (width, height) = (number(local_name!("width")), number(local_name!("height")));
    let is_pixel = [width, height].into_iter().flatten().any(|size| size <= MOST_OF_PIXEL);
    if is_pixel || is_fallback(tree, image) || is_twin(tree, image) {
        return None;
    }
    let source = source(tree, image)?.to_owned();
    let alt = tree.attribute(image, &local_name!("alt")).unwrap_or("");
    let alt = squash(alt);
    Some(Shown { source, alt, width, height })
}

fn source(tree: &Tree, image: NodeId) -> Option<&str> {
    let attribute = |name: &str| tree.attribute_called(image, name).map(str::trim);
    let late = LATE_SOURCES.iter().filter_map(|name| attribute(name)).find(|source| is_address(source));
    let own =
        || tree.attribute(image, &local_name!("src")).map(str::trim).filter(|source| is_address(source));
    let set = || {
        let late = LATE_SETS.iter().filter_map(|name| attribute(name)).find_map(widest);
        late.or_else(|| widest(tree.attribute(image, &local_name!("srcset"))?))
    };
    late.or_else(own).or_else(set).or_else(|| picture_source(tree, image))
}

/// The first `<source>` of the `<picture>` around an image that has an address.
fn picture_source(tree: &Tree, image: NodeId) -> Option<&str> {
    let picture = tree.parent(image)?;
    if tree.html_name(picture) != Some(&local_name!("picture")) {
        return None;
    }
    // More of them than any browser's picture has are not gone through.
    let sources =
        tree.children(picture).take(32).filter(|&id| tree.html_name(id) == Some(&local_name!("source")));
    sources.into_iter().find_map(|id| {
        let set = tree.attribute(id, &local_name!("srcset"));
        widest(set.or_else(|| tree.attribute_called(id, "data-srcset"))?)
    })
}

/// The address of the widest image of a `srcset`; see the [HTML Standard].
///
/// [HTML Standard]: https://html.spec.whatwg.org/#parsing-a-srcset-attribute
fn widest(set: &str) -> Option<&str> {
    let mut best: Option<(&str, f32)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        if end == 0 {
            return best.map(|(address, _)| address);
        }
        let (address, after) = rest.split_at(end);
        // A comma right behind an address ends its part of the set.
        let (descriptor, after) = match address.ends_with(',') {
            true => ("", after),
            false => after.split_once(',').unwrap_or((after, "")),
        };
        rest = after;
        let address = address.trim_end_matches(',');
        let size = descriptor.trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if is_address(address) && best.is_none_or(|(_, widest)| size > widest) {
            best = Some((address, size));
        }
    }
}

/// Whether this is the address of an image that shows something, and no data or template.
fn is_address(source: &str) -> bool {
    let is_odd = source.is_empty()
        || source.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '{' | '}' | '<' | '>' | '"'));
    if is_odd || source.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
        return false;
    }
    let path = source.split(['?', '#']).next().unwrap_or("");
    let name = path.rsplit('/').next().unwrap_or("");
    let stem = name.split('.').next().unwrap_or("");
    !BLANKS.iter().any(|blank| stem.eq_ignore_ascii_case(blank))
}

/// Whether it is the picture of a formula that stands beside it as MathML.
fn is_fallback(tree: &Tree, image: NodeId) -> bool {
    tree.attribute(image, &local_name!("class")).is_some_and(|class| class.contains("mwe-math-fallback"))
}

/// Whether it stands in `<noscript>` for an image right before, which has an address of its own.
fn is_twin(tree: &Tree, image: NodeId) -> bool {
    let Some(noscript) =
        tree.parent(image).filter(|&id| tree.html_name(id) == Some(&local_name!("noscript")))
    else {
        return false;
    };
    let Some(before) = tree.previous_element(noscript) else { return false };
    let Some(name) = tree.html_name(before) else { return false };
    let shown = |id: NodeId| source(tree, id).is_some();
    match *name {
        local_name!("img") => shown(before),
        local_name!("picture") => tree
            .children(before)
            .take(32)
            .any(|id| tree.html_name(id) == Some(&local_name!("img")) && shown(id)),
        _ => false,
    }
}

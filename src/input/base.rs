//! What relative addresses of a page are relative to.

use html5ever::local_name;
use url::Url;

use crate::tree::{NodeId, Tree};

/// The document base URL, as the [HTML Standard] has it: the first `<base href>` of the head, itself relative to
/// `given`, the address of the page; or else that.
///
/// [HTML Standard]: https://html.spec.whatwg.org/#document-base-urls
pub fn base_url(tree: &Tree, given: Option<&str>) -> Option<String> {
    let given = given.and_then(absolute);
    let element = base_element(tree).and_then(|href| match &given {
        Some(given) => given.join(href).ok(),
        None => absolute(href),
    });
    element.filter(is_web).or(given).map(String::from)
}

/// The address of a page as what others are relative to; none if it is not absolute.
pub fn absolute(url: &str) -> Option<Url> {
    Url::parse(url.trim()).ok().filter(|url| !url.cannot_be_a_base())
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn base_element(tree: &Tree) -> Option<&str> {
    let html =
        tree.children(NodeId::DOCUMENT).find(|&id| tree.html_name(id) == Some(&local_name!("html")))?;
    let head = tree.children(html).find(|&id| tree.html_name(id) == Some(&local_name!("head")))?;
    let bases = tree.children(head).filter(|&id| tree.html_name(id) == Some(&local_name!("base")));
    bases.into_iter().find_map(|id| tree.attribute(id, &local_name!("href"))).map(str::trim)
}

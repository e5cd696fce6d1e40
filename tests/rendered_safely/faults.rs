//! What HTML that was written for a page must not hold. The fuzz targets ask, too.

use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::tree_builder::TreeBuilderOpts;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::{NodeData, RcDom};

/// Elements and their attributes as the documentation of `content_html` lists them, and those of labelled output.
const ALLOWED: [(&str, &[&str]); 34] = [
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("p", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("blockquote", &[]),
    ("pre", &[]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("input", &["type", "disabled", "checked"]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("table", &[]),
    // The parser puts it around rows.
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("a", &["href"]),
    ("em", &[]),
    ("strong", &[]),
    ("del", &[]),
    ("sup", &[]),
    ("sub", &[]),
    ("code", &["class"]),
    ("img", &["src", "alt", "width", "height"]),
    ("div", &["data-tamis"]),
];
const FORMULA: [(&str, &[&str]); 4] =
    [("math", &["display"]), ("semantics", &[]), ("mtext", &[]), ("annotation", &["encoding"])];

/// What is wrong with HTML that a page is to hold, as a browser with scripts and one without read it.
pub fn faults_of_html(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for scripting_enabled in [false, true] {
        let tree_builder = TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let dom = parse_document(RcDom::default(), options).one(format!("<!DOCTYPE html><body>{html}"));
        let mut open = vec![dom.document.clone()];
        while let Some(node) = open.pop() {
            open.extend(node.children.borrow().iter().cloned());
            match &node.data {
                NodeData::Element { name, .. } if matches!(&*name.local, "html" | "head" | "body") => {}
                NodeData::Element { name, attrs, .. } => {
                    let allowed =
                        ALLOWED.iter().chain(&FORMULA).find(|(element, _)| *element == &*name.local);
                    let Some((_, allowed)) = allowed else {
                        faults.push(format!("<{}>", name.local));
                        continue;
                    };
                    for attribute in attrs.borrow().iter() {
                        let (name, value) = (&*attribute.name.local, &*attribute.value);
                        let is_fine = allowed.contains(&name)
                            && (!matches!(name, "href" | "src") || is_safe_address(value))
                            && (name != "class" || value.starts_with("language-"));
                        if !is_fine {
                            faults.push(format!("{name}={value:?}"));
                        }
                    }
                }
                NodeData::Comment { contents } => faults.push(format!("comment {contents:?}")),
                _ => {}
            }
        }
    }
    faults
}

/// Whether a browser takes an address for a relative one or one of the web, mail or telephone.
pub fn is_safe_address(address: &str) -> bool {
    let base = url::Url::parse("https://page.example/").expect("an absolute address");
    base.join(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"))
}

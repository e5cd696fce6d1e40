//! Regions with their labels, for readers who want to see what was taken for what.

use super::{Addresses, html, markdown};
use crate::page::{Label, Page};

/// Regions as Markdown, each behind a comment that names its label.
pub(crate) fn labelled_markdown(page: &Page, keep: impl Fn(Label) -> bool, addresses: &Addresses) -> String {
    let mut out = String::new();
    for region in page.regions().filter(|region| keep(region.label())) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&format!("<!-- tamis: {} -->", region.label()));
        let text = markdown(region.blocks(), addresses);
        if !text.is_empty() {
            out.push_str("\n\n");
            out.push_str(&text);
        }
    }
    out
}

/// Regions as HTML, each in an element that names its label.
pub(crate) fn labelled_html(page: &Page, keep: impl Fn(Label) -> bool, addresses: &Addresses) -> String {
    let mut out = String::new();
    for region in page.regions().filter(|region| keep(region.label())) {
        if !out.is_empty() {
            out.push('\n');
        }
        let content = html(region.blocks(), addresses);
        out.push_str(&format!("<div data-tamis=\"{}\">\n{content}\n</div>", region.label()));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::page::Label;
    use crate::render::sample::{item, page, paragraph};

    #[test]
    fn regions_are_marked_with_their_labels() {
        let blocks = [
            item(1, "Home").labelled("navigation"),
            paragraph("a"),
            paragraph("b"),
            paragraph("c").labelled("legal"),
        ];
        let page = page(&blocks);
        let markdown = "<!-- tamis: navigation -->\n\n- Home\n\n<!-- tamis: content -->\n\na\n\nb\n\n<!-- tamis: legal -->\n\nc";
        assert_eq!(page.labelled_markdown(|_| true), markdown);
        let html = "<div data-tamis=\"content\">\n<p>a</p>\n<p>b</p>\n</div>";
        assert_eq!(page.labelled_html(Label::is_content), html);
        assert_eq!(page.labelled_html(|_| false), "");
    }
}

//! A caller's DOM: the page that its HTML makes, and of the caller's own nodes.
#![no_main]

mod invariants;

use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::tree_builder::TreeBuilderOpts;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::RcDom;
use tamis::{DomPage, Extractor};

libfuzzer_sys::fuzz_target!(|html: &str| {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let dom = parse_document(RcDom::default(), ParseOpts { tree_builder, ..ParseOpts::default() }).one(html);
    let page = invariants::page_of(|extractor| extractor.dom(&dom.document).map(DomPage::into_page));
    let extractor = Extractor::new();
    let of_html = extractor.html(html).ok();
    // Where limits are met, the two need not meet them at the same place.
    let is_whole = |page: &Option<tamis::Page>| page.as_ref().is_some_and(|page| page.truncated().is_empty());
    if is_whole(&page) && is_whole(&of_html) {
        assert_eq!(page, of_html, "another page of the DOM than of its HTML");
    }
    if let Ok(page) = extractor.dom(&dom.document) {
        page.annotated();
        assert!(page.blocks().all(|block| !page.nodes(block).is_empty()));
        assert!(page.regions().all(|region| !page.region_nodes(&region).is_empty()));
    }
});

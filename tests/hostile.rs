//! The inputs of `examples/hostile`, small enough for every day: all make a page, keep their text, and take work in
//! proportion to their length.
#![cfg(feature = "internals")]

#[macro_use]
#[path = "../examples/hostile/macros.rs"]
mod macros;
#[path = "../examples/hostile/patterns.rs"]
mod patterns;

use patterns::{PATTERNS, Pattern};
use tamis::internals::work;
use tamis::{Error, Extractor, Page};

fn page(extractor: &Extractor, pattern: &Pattern, bytes: usize) -> Result<Page, Error> {
    let input = pattern.of_length(bytes);
    if pattern.is_text() { extractor.text(&input) } else { extractor.html(&input) }
}

#[test]
fn every_pattern_makes_a_page_that_keeps_its_text() {
    let extractor = Extractor::new();
    // Long enough to meet the limits on depth and attributes.
    let bytes = if cfg!(debug_assertions) { 6_000 } else { 60_000 };
    for pattern in PATTERNS {
        let page =
            page(&extractor, pattern, bytes).unwrap_or_else(|error| panic!("{}: {error}", pattern.name));
        let covered: usize = page.regions().map(|region| region.block_range().len()).sum();
        assert_eq!(covered, page.blocks().len(), "{}", pattern.name);
        assert!(
            pattern.name.contains("lost-") || page.text().contains("kept"),
            "{}: its text is lost",
            pattern.name
        );
        let written = page.content_markdown().len() + page.content_html().len();
        assert!(page.content().is_empty() || written > 0, "{}", pattern.name);
    }
}

/// Counted steps say the same on every machine, whatever else runs on it.
#[test]
fn no_pattern_takes_work_that_grows_faster_than_its_length() {
    // Only some without optimisation, and of the same length: what counts is that the limits are met on the shorter one
    // already, and that of formatting elements' copies is not met by less.
    let (bytes, every) = (1 << 16, if cfg!(debug_assertions) { 23 } else { 1 });
    let extractor = Extractor::new();
    for pattern in PATTERNS.iter().filter(|pattern| !pattern.is_text()).step_by(every) {
        let [short, long] = [bytes, 8 * bytes].map(|bytes| pattern.of_length(bytes));
        let [work_short, work_long] = [&short, &long]
            .map(|input| work(&extractor, input).unwrap_or_else(|error| panic!("{}: {error}", pattern.name)));
        let ratio = work_long as f64 / work_short as f64 * 8.0 * short.len() as f64 / long.len() as f64;
        assert!(ratio < 10.0, "{}: eight times as long takes {ratio:.1} times the work", pattern.name);
    }
}

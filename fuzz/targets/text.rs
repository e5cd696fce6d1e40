//! Plain text.
#![no_main]

mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(page) = invariants::page_of(|extractor| extractor.text(text)) {
        invariants::ranges_cover(text, &page);
    }
});

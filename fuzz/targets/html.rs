//! HTML in a string.
#![no_main]

mod invariants;

libfuzzer_sys::fuzz_target!(|html: &str| {
    invariants::page_of(|extractor| extractor.html(html));
});

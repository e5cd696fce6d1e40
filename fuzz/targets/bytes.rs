//! Bytes off the wire. The first one chooses the `Content-Type`.
#![no_main]

mod invariants;

const CONTENT_TYPES: [Option<&str>; 10] = [
    None,
    Some("text/html"),
    Some("text/html; charset=utf-8"),
    Some("text/html; charset=\"utf-16le\""),
    Some("text/plain; charset=shift_jis"),
    Some("text/plain"),
    Some("application/xhtml+xml; charset=gb18030"),
    Some("text/html; charset=iso-2022-jp"),
    Some("; charset="),
    Some("image/png"),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let content_type = CONTENT_TYPES[usize::from(choice) % CONTENT_TYPES.len()];
    invariants::page_of(|extractor| extractor.bytes(bytes, content_type));
});

//! Bytes off the wire → text: which charset, HTML or not, text at all or not.
//!
//! The charset is found as a browser finds it (WHATWG HTML, § 13.2.3.2 *Determining the character encoding*):
//! byte order mark, transport layer, `<meta>` or XML declaration in the first 1,024 bytes, the bytes themselves.
//! Unlike a browser, which must not let pages rely on it, the last step knows UTF-8, and bytes that are UTF-8 beyond
//! doubt are read as that whatever is declared: whoever crawls wants the text, and pages that were saved from a browser, or moved to
//! another server, keep the declaration that they had.

mod formats;
mod prescan;
mod sniff;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;

/// Bytes, decoded.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// Without byte order mark; what could not be decoded is U+FFFD.
    pub text: Cow<'a, str>,
    pub is_html: bool,
}

/// Detection looks at this many bytes from the first one that is not ASCII.
const DETECTED_BYTES: usize = 1 << 20;

/// UTF-16 shows in its zero bytes within this many.
const COUNTED_BYTES: usize = 1 << 12;

/// Decodes a document. `content_type` is the value of the HTTP header, if there was one.
///
/// # Errors
///
/// [`Error::NotText`] if the bytes are those of a binary format, or hold too many control characters for text and do not
/// begin as HTML.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, Error> {
    if let Some(looks_like) = formats::recognise(bytes) {
        return Err(Error::NotText { looks_like });
    }
    let (encoding, bom_len) = encoding(bytes, content_type);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[bom_len..]);
    // A page that begins as one is one, whatever else stands in it.
    if is_binary(&text) && !sniff::is_html(&text) {
        return Err(Error::NotText { looks_like: "binary data" });
    }
    let is_html = sniff::by_content_type(content_type).unwrap_or_else(|| sniff::is_html(&text));
    Ok(Decoded { text, is_html })
}

/// The encoding of a document, and the length of its byte order mark.
fn encoding(bytes: &[u8], content_type: Option<&str>) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    let in_header = content_type.and_then(|value| prescan::charset_in(value.as_bytes()));
    // What is no HTML declares nothing; it may speak of declarations.
    let may_declare = sniff::by_content_type(content_type).unwrap_or(true);
    let declared = in_header.or_else(|| if may_declare { prescan::declared(bytes) } else { None });
    let encoding = match declared {
        Some(declared) if is_utf8_after_all(bytes, declared) => UTF_8,
        Some(declared) => declared,
        None => detect(bytes),
    };
    (encoding, 0)
}

/// Whether bytes are UTF-8 although another encoding is declared for them.
///
/// What is valid UTF-8 and more than ASCII means something else hardly ever: in an encoding of single bytes it would have a
/// capital with an accent, or a letter of the upper half, before a sign. In one of double bytes every third character may look
/// like one of UTF-8, so there it takes some.
fn is_utf8_after_all(bytes: &[u8], declared: &'static Encoding) -> bool {
    const LEAST_OF_DOUBLE_BYTES: usize = 16;
    if declared == UTF_8
        || declared == UTF_16BE
        || declared == UTF_16LE
        || std::str::from_utf8(bytes).is_err()
    {
        return false;
    }
    let least = if declared.is_single_byte() { 1 } else { LEAST_OF_DOUBLE_BYTES };
    // Lead bytes: each stands for a character beyond ASCII.
    bytes.iter().filter(|&&byte| byte >= 0xC0).take(least).count() == least
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(utf16) = unmarked_utf16(bytes) {
        return utf16;
    }
    // ISO-2022-JP is ASCII but for its escapes, so it can't be told from UTF-8 by validity.
    let has_escapes = bytes.windows(2).any(|pair| matches!(pair, [0x1B, b'$' | b'(']));
    if !has_escapes && is_utf8_in_the_main(bytes) {
        return UTF_8;
    }
    let start = bytes.iter().position(|&byte| byte >= 0x80 || byte == 0x1B).unwrap_or(0);
    // The detector looks at what stands before the first letter too.
    let start = start.saturating_sub(16);
    let end = bytes.len().min(start + DETECTED_BYTES);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[start..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a byte order mark: in most texts white space and markup have zero bytes, all on one side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(COUNTED_BYTES)];
    let units = sample.len() / 2;
    // Markup in bytes with stray zeros among them.
    if matches!(sample, [b'<', b'!' | b'?' | b'/' | b'a'..=b'z' | b'A'..=b'Z', ..]) {
        return None;
    }
    let is_text = |byte: u8| byte >= b' ' || byte.is_ascii_whitespace();
    let zeros = |side: usize| {
        sample.chunks_exact(2).filter(|unit| unit[side] == 0 && is_text(unit[1 - side])).count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let is_plain = |zeros: usize, others: usize| zeros >= 2 && zeros * 5 >= units && others * 20 <= zeros;
    if is_plain(low_first, high_first) {
        return Some(UTF_16LE);
    }
    is_plain(high_first, low_first).then_some(UTF_16BE)
}

/// Whether bytes are UTF-8, but for a character cut off at the end or a stray byte now and then.
fn is_utf8_in_the_main(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let mut encoded = 0_usize;
    let mut malformed = 0_usize;
    for chunk in bytes.utf8_chunks() {
        // Lead bytes: each stands for a character beyond ASCII.
        encoded += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        malformed += usize::from(!chunk.invalid().is_empty());
    }
    malformed * 20 <= encoded || (malformed == 1 && encoded > 0 && ends_cut_off(bytes))
}

/// Whether the last character is the start of one in UTF-8.
fn ends_cut_off(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Whether a text has more control characters than stray ones. In all encodings that get here they are
/// single bytes of the decoded text, so UTF-16 is judged as any other.
fn is_binary(text: &str) -> bool {
    let is_control = |&byte: &u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | 0x1B);
    let controls = text.as_bytes().iter().filter(|byte| is_control(byte)).count();
    // Compressed or random bytes have one in ten; a page may have stray ones, of which a short one has few to spare.
    let allowed = if text.len() <= 64 { text.len() / 4 } else { 8 + text.len() / 50 };
    controls > allowed
}

//! The encoding that a document declares in its first bytes (WHATWG HTML, *prescan a byte stream to determine
//! its encoding*).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Declarations further on come too late.
const SCANNED_BYTES: usize = 1024;

/// The encoding that a `<meta>` declares, or the XML declaration, in the first 1,024 bytes.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(SCANNED_BYTES)];
    Scan { bytes: start, at: 0 }.meta().or_else(|| xml_declaration(start))
}

/// The encoding of a `charset=` in a `Content-Type` (*extracting a character encoding from a `meta` element*).
pub(super) fn charset_in(content_type: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"charset";
    let mut rest = content_type;
    loop {
        let at = rest.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))?;
        rest = rest[at + NAME.len()..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let label = match value.first()? {
            quote @ (b'"' | b'\'') => {
                let end = value[1..].iter().position(|byte| byte == quote)?;
                &value[1..=end]
            }
            _ => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next()?,
        };
        return labelled(label);
    }
}

/// The encoding of a label, but for those that a browser refuses to decode.
fn labelled(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label)
}

/// What could be read as ASCII up to here is not what it says it is.
fn as_seen(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16BE || encoding == UTF_16LE {
        return UTF_8;
    }
    if encoding == X_USER_DEFINED { WINDOWS_1252 } else { encoding }
}

/// `<?xml version="1.0" encoding="…"?>` at the very start.
fn xml_declaration(start: &[u8]) -> Option<&'static Encoding> {
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|&byte| byte == b'>')?;
    let declaration = &declaration[..end];
    let at = declaration.windows(8).position(|window| window == b"encoding")?;
    let value = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = *value.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let label = value[1..].split(|&byte| byte == quote).next()?;
    labelled(label).map(as_seen)
}

struct Scan<'b> {
    bytes: &'b [u8],
    at: usize,
}

struct Attribute<'b> {
    name: &'b [u8],
    value: &'b [u8],
}

impl<'b> Scan<'b> {
    fn rest(&self) -> &'b [u8] {
        &self.bytes[self.at..]
    }

    /// The encoding of the first `<meta>` that declares one.
    fn meta(&mut self) -> Option<&'static Encoding> {
        while let Some(skipped) = self.rest().iter().position(|&byte| byte == b'<') {
            self.at += skipped;
            match self.rest() {
                [b'<', b'!', b'-', b'-', ..] => self.skip_comment()?,
                [b'<', name @ ..] if is_meta(name) => {
                    self.at += b"<meta".len();
                    if let Some(encoding) = self.meta_attributes() {
                        return Some(encoding);
                    }
                }
                [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic() => {
                    self.skip_tag()?
                }
                [b'<', b'!' | b'/' | b'?', ..] => self.skip_past(b'>')?,
                _ => self.at += 1,
            }
        }
        None
    }

    /// The dashes that end a comment can be those that start it.
    fn skip_comment(&mut self) -> Option<()> {
        let end = self.rest()[2..].windows(3).position(|window| window == b"-->")?;
        self.at += 2 + end + 3;
        Some(())
    }

    fn skip_past(&mut self, last: u8) -> Option<()> {
        self.at += self.rest().iter().position(|&byte| byte == last)? + 1;
        Some(())
    }

    /// Skips a tag with its attributes, whose values may hold what looks like a tag.
    fn skip_tag(&mut self) -> Option<()> {
        self.at += self.rest().iter().position(|&byte| byte.is_ascii_whitespace() || byte == b'>')?;
        while self.attribute().is_some() {}
        Some(())
    }

    fn meta_attributes(&mut self) -> Option<&'static Encoding> {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let mut is_pragma = false;
        let mut needs_pragma = false;
        let mut charset = None;
        while let Some(attribute) = self.attribute() {
            let name = attribute.name.to_ascii_lowercase();
            if seen.contains(&name) {
                continue;
            }
            match &*name {
                b"http-equiv" => is_pragma = attribute.value.eq_ignore_ascii_case(b"content-type"),
                b"content" if charset.is_none() => {
                    charset = charset_in(attribute.value);
                    needs_pragma = charset.is_some();
                }
                b"charset" => {
                    charset = labelled(attribute.value);
                    needs_pragma = false;
                }
                _ => {}
            }
            seen.push(name);
        }
        charset.filter(|_| is_pragma || !needs_pragma).map(as_seen)
    }

    /// The next attribute of a tag; none at the end of the tag, or of the bytes.
    fn attribute(&mut self) -> Option<Attribute<'b>> {
        self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if matches!(self.rest(), [] | [b'>', ..]) {
            return None;
        }
        let start = self.at;
        // An equals sign may start a name, not stand within it.
        self.at += 1;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/' | b'>'));
        let name = &self.bytes[start..self.at];
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.rest().first() != Some(&b'=') {
            return Some(Attribute { name, value: b"" });
        }
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let value = self.value()?;
        Some(Attribute { name, value })
    }

    fn value(&mut self) -> Option<&'b [u8]> {
        let quote = self.rest().first().copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let start = self.at + usize::from(quote.is_some());
        self.at = start;
        let Some(quote) = quote else {
            self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>');
            return Some(&self.bytes[start..self.at]);
        };
        self.skip_while(|byte| byte != quote);
        let value = &self.bytes[start..self.at];
        // A value that is cut off says nothing.
        self.rest().first()?;
        self.at += 1;
        Some(value)
    }

    fn skip_while(&mut self, skips: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|&&byte| skips(byte)).count();
    }
}

/// Whether bytes behind a `<` are the start of a `meta` tag.
fn is_meta(bytes: &[u8]) -> bool {
    let is_named = bytes.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"));
    is_named && bytes.get(4).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/')
}

//! `<!DOCTYPE …>` (§ 13.2.5.53 to 68): it decides whether a page is laid out, and parsed, as of old.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;
use memchr::memchr;

use super::tokens::is_space;

/// Reads what stands behind `<!doctype`, and gives how long it is, with its `>`.
pub(super) fn read(text: &str) -> (Doctype, usize) {
    let mut reader = Reader { text, at: 0, doctype: Doctype::default() };
    let is_sound = reader.read();
    reader.doctype.force_quirks = !is_sound.unwrap_or(false);
    // Whatever is left up to the next `>` is no one's.
    let end = memchr(b'>', &text.as_bytes()[reader.at..]).map_or(text.len(), |end| reader.at + end + 1);
    (reader.doctype, end)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    doctype: Doctype,
}

impl Reader<'_> {
    /// Whether it is as it should be; `None` if the page ends in it. It stops at the `>`, or before what should not
    /// be there.
    fn read(&mut self) -> Option<bool> {
        if self.skip_space()? == b'>' {
            return Some(false);
        }
        let is_end = |&byte: &u8| byte == b'>' || is_space(byte);
        let rest = &self.text[self.at..];
        let length = rest.as_bytes().iter().position(is_end);
        self.doctype.name = Some(clean(&rest[..length.unwrap_or(rest.len())].to_ascii_lowercase()));
        self.at += length?;
        if self.skip_space()? == b'>' {
            return Some(true);
        }
        let keyword = self.text.as_bytes().get(self.at..self.at + 6)?.to_ascii_lowercase();
        let is_public = match &*keyword {
            b"public" => true,
            b"system" => false,
            _ => return Some(false),
        };
        self.at += 6;
        self.skip_space()?;
        let (id, is_whole) = self.quoted()?;
        if !is_public {
            self.doctype.system_id = id;
            return if is_whole { self.nothing_more() } else { Some(false) };
        }
        self.doctype.public_id = id;
        if !is_whole {
            return Some(false);
        }
        if self.skip_space()? == b'>' {
            return Some(true);
        }
        let (id, is_whole) = self.quoted()?;
        self.doctype.system_id = id;
        if is_whole { self.nothing_more() } else { Some(false) }
    }

    /// What follows a whole doctype does no harm, unless it is the end of the page.
    fn nothing_more(&mut self) -> Option<bool> {
        self.skip_space().map(|_| true)
    }

    fn skip_space(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while is_space(*bytes.get(self.at)?) {
            self.at += 1;
        }
        Some(bytes[self.at])
    }

    /// An identifier in quotes, and whether its closing quote is there; the identifier is `None` if none begins here.
    fn quoted(&mut self) -> Option<(Option<StrTendril>, bool)> {
        let bytes = self.text.as_bytes();
        let quote = bytes[self.at];
        if !matches!(quote, b'"' | b'\'') {
            return Some((None, false));
        }
        let start = self.at + 1;
        let is_end = |&byte: &u8| byte == quote || byte == b'>';
        let end = bytes[start..].iter().position(is_end).map(|length| start + length);
        let id = Some(clean(&self.text[start..end.unwrap_or(bytes.len())]));
        self.at = end.unwrap_or(bytes.len());
        let is_whole = bytes.get(self.at) == Some(&quote);
        self.at += usize::from(is_whole);
        Some((id, is_whole))
    }
}

fn clean(text: &str) -> StrTendril {
    StrTendril::from(text.replace('\0', "\u{fffd}"))
}

//! `<!DOCTYPE …>` (§ 13.2.5.53 to 68): it decides whether a page is laid out, and parsed, as of old.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;
use memchr::memchr;

use super::tokens::is_space;

/// Beginnings of the public identifiers of documents that are parsed as of old.
const OLD: [&str; 54] = [
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
];
/// The same without a system identifier.
const OLD_IF_ALONE: [&str; 2] = ["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];

/// Whether a document is parsed as of old (§ 13.2.6.4.1): then a table does not end a paragraph.
pub(super) fn is_quirky(doctype: &Doctype) -> bool {
    let lower = |id: &Option<StrTendril>| id.as_ref().map(|id| id.to_ascii_lowercase());
    let (public, system) = (lower(&doctype.public_id), lower(&doctype.system_id));
    let public_id = public.as_deref().unwrap_or("");
    let begins = |list: &[&str]| list.iter().any(|beginning| public_id.starts_with(beginning));
    doctype.force_quirks
        || doctype.name.as_deref() != Some("html")
        || matches!(
            public_id,
            "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
        )
        || system.as_deref() == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
        || begins(&OLD)
        || system.is_none() && begins(&OLD_IF_ALONE)
}

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

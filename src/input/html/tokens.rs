//! Markup → tokens, as the HTML standard says (§ 13.2.5).
//!
//! The whole page is there from the start, so that nothing has to be remembered from one piece of input to the
//! next: every state looks for its end with `memchr` and takes what lies before it in one piece. Comments have no text in our tree, so theirs is passed over; so are attributes that
//! neither the tree builder nor a later stage reads. Parse errors are nobody's business here.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memmem};

use super::attributes::Slice;
use super::builder::{Builder, Tag};
use super::doctype;
use super::kinds::FORMATTING;
use super::names::Names;
use super::raw;
use super::references::{self, Place};
use super::rules::Next;

/// The tokens of a page, on their way to the tree builder.
pub(super) struct Tokens<'p> {
    /// The page with its line breaks made line feeds, as the standard wants it.
    page: &'p str,
    has_nul: bool,
    pub builder: Builder<'p>,
    names: Names,
    max_attributes: usize,
    attributes_cut_at: Option<usize>,
    at: usize,
}

/// Which attributes of a tag are passed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    All,
    Read,
    None,
}

impl<'p> Tokens<'p> {
    /// Of each tag so many attributes are passed on, of those that are read. `page` is as [`normal`] makes it.
    pub fn new(page: &'p str, max_attributes: usize, builder: Builder<'p>) -> Self {
        let has_nul = memchr(0, page.as_bytes()).is_some();
        let names = Names::new();
        Tokens { has_nul, page, builder, names, max_attributes, attributes_cut_at: None, at: 0 }
    }

    /// The byte of the page where an attribute, or the end of a name, was left out first.
    pub fn first_cut(&self) -> Option<usize> {
        self.attributes_cut_at
    }

    /// How many bytes of the page have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Passes on what stands up to the end of the next tag, comment or the like, with the text before it; false at
    /// the end of the page.
    pub fn next(&mut self) -> bool {
        let bytes = self.page.as_bytes();
        if self.at >= bytes.len() {
            return false;
        }
        self.builder.bounds.position = self.at;
        let open = self.text_up_to_markup();
        let Some(&kind) = bytes.get(open + 1) else {
            self.at = bytes.len();
            return true;
        };
        match kind {
            b'/' => self.end_tag(open + 2),
            b'!' => self.declaration(open + 2),
            b'?' => self.bogus_comment(open + 1),
            _ => self.start_tag(open + 1),
        }
        true
    }

    // ---- text ----

    /// Passes on the text from here on and gives where the `<` stands that ends it, or where the page ends.
    fn text_up_to_markup(&mut self) -> usize {
        let end = text_end(self.page.as_bytes(), self.at);
        self.text(self.at, end, Place::Text);
        self.at = end;
        end
    }

    /// Passes on text in which character references count.
    fn text(&mut self, start: usize, end: usize, place: Place) {
        let text = &self.page[start..end];
        match memchr(b'&', text.as_bytes()) {
            None => self.characters(text, place),
            Some(first) => {
                // What follows the text is no part of a reference: it begins with `<`.
                let decoded = references::decode(text, first, Place::Text);
                self.characters(&decoded, place);
            }
        }
    }

    /// Passes on text without character references.
    fn characters(&mut self, text: &str, place: Place) {
        if !self.has_nul || memchr(0, text.as_bytes()).is_none() {
            return self.builder.text(text);
        }
        if matches!(place, Place::Raw) {
            return self.builder.text(&text.replace('\0', "\u{fffd}"));
        }
        let mut start = 0;
        for nul in memchr_iter(0, text.as_bytes()) {
            self.builder.text(&text[start..nul]);
            self.builder.nul();
            start = nul + 1;
        }
        self.builder.text(&text[start..]);
    }

    // ---- tags ----

    /// `start` is where the name begins: behind `<`.
    fn start_tag(&mut self, start: usize) {
        let Some(tag) = self.tag(start, true) else {
            self.at = self.page.len();
            return;
        };
        match self.builder.start_tag(tag) {
            Next::Markup => {}
            Next::Plaintext => {
                self.characters(&self.page[self.at..], Place::Raw);
                self.at = self.page.len();
            }
            next => {
                let name = raw_name(&self.page[start..]);
                self.raw_text(next, name);
            }
        }
    }

    /// `start` is behind `</`.
    fn end_tag(&mut self, start: usize) {
        match self.page.as_bytes().get(start) {
            None => {
                self.characters(&self.page[start - 2..], Place::Text);
                self.at = start;
            }
            Some(b'>') => self.at = start + 1,
            Some(first) if first.is_ascii_alphabetic() => self.named_end_tag(start),
            Some(_) => self.bogus_comment(start),
        }
    }

    fn named_end_tag(&mut self, start: usize) {
        match self.tag(start, false) {
            Some(tag) => self.builder.end_tag(&tag),
            None => self.at = self.page.len(),
        }
    }

    /// The tag whose name begins at `start`; `None` where the page ends in it.
    fn tag(&mut self, start: usize, is_start: bool) -> Option<Tag> {
        let name_end = tag_name_end(self.page.as_bytes(), start);
        if self.names.are_cut() {
            self.note_cut(self.at);
        }
        let name = lower(&self.page[start..name_end]);
        let name = self.names.get(&name);
        let (name, kind) = (name.local.clone(), name.kind);
        // The tree builder reads no attribute of an end tag, and compares all those of formatting elements.
        let keep = match is_start {
            false => Keep::None,
            true if kind.is(FORMATTING) => Keep::All,
            true => Keep::Read,
        };
        let (attributes, self_closing) = self.tag_body(name_end, keep)?;
        Some(Tag { name, kind, self_closing, attributes })
    }

    fn note_cut(&mut self, at: usize) {
        self.attributes_cut_at = self.attributes_cut_at.or(Some(at));
    }

    /// What stands between the name of a tag and its `>`: its attributes, and whether a `/` ends it; `None` where the
    /// page ends before.
    fn tag_body(&mut self, start: usize, keep: Keep) -> Option<(Slice, bool)> {
        let page = self.page;
        let bytes = page.as_bytes();
        self.builder.attributes.begin();
        let mut self_closing = false;
        let mut at = start;
        loop {
            at = skip_space(bytes, at);
            match bytes.get(at)? {
                b'>' => break,
                b'/' => {
                    at += 1;
                    self_closing = bytes.get(at)? == &b'>';
                    continue;
                }
                _ => {}
            }
            let name = at..attribute_name_end(bytes, at);
            at = skip_space(bytes, name.end);
            let mut value = at..at;
            if bytes.get(at)? == &b'=' {
                at = skip_space(bytes, at + 1);
                match *bytes.get(at)? {
                    quote @ (b'"' | b'\'') => {
                        let end = at + 1 + memchr(quote, &bytes[at + 1..])?;
                        value = at + 1..end;
                        at = end + 1;
                    }
                    b'>' => value = at..at,
                    _ => {
                        let is_end = |byte: &u8| matches!(byte, b'>') || is_space(*byte);
                        let end = at + bytes[at..].iter().position(is_end)?;
                        value = at..end;
                        at = end;
                    }
                }
            }
            if keep == Keep::None {
                continue;
            }
            let name = lower(&page[name]);
            let name = self.names.get(&name);
            if keep == Keep::Read && !name.is_read {
                continue;
            }
            let (name, is_read) = (name.local.clone(), name.is_read);
            if self.builder.attributes.len() >= self.max_attributes {
                self.note_cut(start);
                continue;
            }
            if memchr2(b'&', 0, &bytes[value.clone()]).is_none() {
                self.builder.attributes.push(name, is_read, value.start, value.end);
                continue;
            }
            let text = &page[value];
            let first = memchr(b'&', text.as_bytes()).unwrap_or(text.len());
            let decoded = references::decode(text, first, Place::Attribute);
            let decoded = if self.has_nul { decoded.replace('\0', "\u{fffd}") } else { decoded };
            self.builder.attributes.push_decoded(name, is_read, &decoded);
        }
        self.at = at + 1;
        Some((self.builder.attributes.end(), self_closing))
    }

    // ---- raw text ----

    /// The text of an element that holds nothing but text, up to its end tag.
    fn raw_text(&mut self, next: Next, name: &str) {
        let start = self.at;
        let bytes = self.page.as_bytes();
        let end = match next {
            Next::Script => raw::script_end(bytes, start, name),
            _ => raw::end(bytes, start, name),
        };
        let end = end.unwrap_or(bytes.len());
        if next == Next::EscapableText {
            self.text(start, end, Place::Raw);
        } else {
            self.characters(&self.page[start..end], Place::Raw);
        }
        self.at = end;
        if end < bytes.len() {
            self.named_end_tag(end + 2);
        }
    }

    // ---- declarations and comments ----

    /// `start` is behind `<!`.
    fn declaration(&mut self, start: usize) {
        let bytes = self.page.as_bytes();
        let rest = &bytes[start..];
        if rest.starts_with(b"--") {
            self.at = comment_end(bytes, start + 2);
            return self.builder.comment();
        }
        if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            let (doctype, length) = doctype::read(&self.page[start + 7..]);
            self.at = start + 7 + length;
            return self.builder.doctype(doctype::is_quirky(&doctype));
        }
        if rest.starts_with(b"[CDATA[") && self.builder.is_in_foreign() {
            let text = start + 7;
            let end = memmem::find(&bytes[text..], b"]]>").map(|end| text + end);
            self.at = end.map_or(bytes.len(), |end| end + 3);
            let end = end.unwrap_or(bytes.len());
            return self.characters(&self.page[text..end], Place::Text);
        }
        self.bogus_comment(start);
    }

    fn bogus_comment(&mut self, start: usize) {
        let bytes = self.page.as_bytes();
        self.at = memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
        self.builder.comment();
    }
}

/// A name in small letters.
fn lower(written: &str) -> Cow<'_, str> {
    if written.bytes().all(|byte| byte != 0 && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(written);
    }
    Cow::Owned(written.to_ascii_lowercase().replace('\0', "\u{fffd}"))
}

/// The name of a tag that begins a text, as it is written.
fn raw_name(text: &str) -> &str {
    &text[..tag_name_end(text.as_bytes(), 0)]
}

/// Where the text that begins at `start` ends: at a `<` that begins markup, or at the end of the page.
fn text_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(open) = memchr(b'<', &bytes[at..]) {
        let open = at + open;
        match bytes.get(open + 1) {
            Some(next) if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') => return open,
            _ => at = open + 1,
        }
    }
    bytes.len()
}

/// The page with line feeds for its line breaks (§ 13.2.3.5), and without a byte order mark.
pub(super) fn normal(html: &str) -> Cow<'_, str> {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let Some(first) = memchr(b'\r', html.as_bytes()) else { return Cow::Borrowed(html) };
    let mut page = String::with_capacity(html.len());
    page.push_str(&html[..first]);
    let mut rest = &html[first..];
    while let Some(after) = rest.strip_prefix('\r') {
        page.push('\n');
        let after = after.strip_prefix('\n').unwrap_or(after);
        let (line, more) = after.split_at(memchr(b'\r', after.as_bytes()).unwrap_or(after.len()));
        page.push_str(line);
        rest = more;
    }
    Cow::Owned(page)
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let text = &bytes[start..];
    if text.starts_with(b">") {
        return start + 1;
    }
    if text.starts_with(b"->") {
        return start + 2;
    }
    let mut at = 0;
    while let Some(dashes) = memmem::find(&text[at..], b"--") {
        at += dashes;
        match text[at + 2..] {
            [b'>', ..] => return start + at + 3,
            [b'!', b'>', ..] => return start + at + 4,
            _ => at += 1,
        }
    }
    bytes.len()
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b' ')
}

fn skip_space(bytes: &[u8], start: usize) -> usize {
    start + bytes[start..].iter().take_while(|&&byte| is_space(byte)).count()
}

fn tag_name_end(bytes: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| matches!(byte, b'/' | b'>') || is_space(*byte);
    bytes[start..].iter().position(is_end).map_or(bytes.len(), |end| start + end)
}

/// The first character is part of the name even if it is `=`.
fn attribute_name_end(bytes: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| matches!(byte, b'/' | b'>' | b'=') || is_space(*byte);
    bytes[start + 1..].iter().position(is_end).map_or(bytes.len(), |end| start + 1 + end)
}

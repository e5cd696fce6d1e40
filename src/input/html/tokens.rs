//! Markup → tokens, as the HTML standard says (§ 13.2.5), for html5ever's tree builder.
//!
//! The whole page is there from the start, so that nothing has to be remembered from one piece of input to the
//! next: every state looks for its end with `memchr` and takes what lies before it in one piece, shared with the
//! page and not copied. Comments have no text in our tree, so theirs is passed over; so are attributes that
//! neither the tree builder nor a later stage reads. Parse errors are nobody's business here.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr_iter, memchr2, memmem};

use crate::attributes::is_read;

use super::doctype;
use super::names::{Names, is_formatting};
use super::raw;
use super::references::{self, Place};

/// The tokens of a page, on their way to a sink.
pub(super) struct Tokens<'s, S> {
    /// The page with its line breaks made line feeds, as the standard wants it; what is shared of it is.
    page: StrTendril,
    has_nul: bool,
    sink: &'s S,
    names: Names,
    max_attributes: usize,
    attributes_cut_at: Option<usize>,
    at: usize,
}

/// What follows a tag.
enum After {
    Data,
    Raw(RawKind, LocalName),
    Plaintext,
}

/// What was found out about a tag up to its `>`.
struct Body {
    attributes: Vec<Attribute>,
    self_closing: bool,
    had_duplicates: bool,
}

impl<'s, S: TokenSink> Tokens<'s, S> {
    /// Of each tag so many attributes are passed on, of those that are read.
    pub fn new(html: &str, max_attributes: usize, sink: &'s S) -> Self {
        let html = html.strip_prefix('\u{feff}').unwrap_or(html);
        let page = with_line_feeds(html);
        let has_nul = memchr(0, page.as_bytes()).is_some();
        let names = Names::new();
        Tokens { has_nul, page, sink, names, max_attributes, attributes_cut_at: None, at: 0 }
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
        let page = self.page.clone();
        let bytes = page.as_bytes();
        if self.at >= bytes.len() {
            return false;
        }
        let open = self.text_up_to_markup(&page);
        let Some(&kind) = bytes.get(open + 1) else {
            self.at = bytes.len();
            return true;
        };
        match kind {
            b'/' => self.end_tag(&page, open + 2),
            b'!' => self.declaration(&page, open + 2),
            b'?' => self.bogus_comment(bytes, open + 1),
            _ => self.start_tag(&page, open + 1),
        }
        true
    }

    /// The end of the page: what is open is closed.
    pub fn end(&self) {
        self.emit(Token::EOFToken);
        self.sink.end();
    }

    fn emit(&self, token: Token) {
        // Only a start tag can tell the tokenizer anything that matters where no script is run, but for scripts in
        // SVG, whose end is as good as any.
        let _ = self.sink.process_token(token, 1);
    }

    /// A part of the page.
    fn part(&self, start: usize, end: usize) -> StrTendril {
        let part = self.page.try_subtendril(start as u32, (end - start) as u32);
        part.unwrap_or_else(|_| StrTendril::new())
    }

    // ---- text ----

    /// Emits the text from here on and gives where the `<` stands that ends it, or where the page ends.
    fn text_up_to_markup(&mut self, page: &str) -> usize {
        let end = text_end(page.as_bytes(), self.at);
        self.emit_text(page, self.at, end, Place::Text);
        self.at = end;
        end
    }

    /// Emits text in which character references count.
    fn emit_text(&self, page: &str, start: usize, end: usize, place: Place) {
        let text = &page[start..end];
        match memchr(b'&', text.as_bytes()) {
            None => self.emit_characters(text, start, place),
            Some(first) => {
                // What follows the text is no part of a reference: it begins with `<`.
                let decoded = references::decode(text, first, Place::Text);
                self.emit_decoded(&decoded, place);
            }
        }
    }

    /// Emits text without character references, which stands at `start` of the page.
    fn emit_characters(&self, text: &str, start: usize, place: Place) {
        if text.is_empty() {
            return;
        }
        if !self.has_nul || memchr(0, text.as_bytes()).is_none() {
            return self.emit(Token::CharacterTokens(self.part(start, start + text.len())));
        }
        self.emit_decoded(text, place);
    }

    fn emit_decoded(&self, text: &str, place: Place) {
        if !self.has_nul {
            return self.emit(Token::CharacterTokens(StrTendril::from_slice(text)));
        }
        if matches!(place, Place::Raw) {
            return self.emit(Token::CharacterTokens(StrTendril::from(text.replace('\0', "\u{fffd}"))));
        }
        let mut start = 0;
        for nul in memchr_iter(0, text.as_bytes()) {
            if start < nul {
                self.emit(Token::CharacterTokens(StrTendril::from_slice(&text[start..nul])));
            }
            self.emit(Token::NullCharacterToken);
            start = nul + 1;
        }
        if start < text.len() {
            self.emit(Token::CharacterTokens(StrTendril::from_slice(&text[start..])));
        }
    }

    // ---- tags ----

    /// `start` is where the name begins: behind `<`.
    fn start_tag(&mut self, page: &str, start: usize) {
        let name_end = tag_name_end(page.as_bytes(), start);
        let name = self.name(&page[start..name_end]);
        let keeps_all = is_formatting(&name);
        let Some(body) = self.tag_body(page, name_end, |name| keeps_all || is_read(name)) else {
            self.at = page.len();
            return;
        };
        let tag = Tag {
            kind: TagKind::StartTag,
            name: name.clone(),
            self_closing: body.self_closing,
            attrs: body.attributes,
            had_duplicate_attributes: body.had_duplicates,
        };
        let after = match self.sink.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::Plaintext => After::Plaintext,
            TokenSinkResult::RawData(kind) => After::Raw(kind, name),
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => After::Data,
        };
        match after {
            After::Data => {}
            After::Plaintext => {
                self.emit_characters(&page[self.at..], self.at, Place::Raw);
                self.at = page.len();
            }
            After::Raw(kind, name) => self.raw_text(page, kind, &name),
        }
    }

    /// `start` is behind `</`.
    fn end_tag(&mut self, page: &str, start: usize) {
        let bytes = page.as_bytes();
        match bytes.get(start) {
            None => {
                self.emit_characters(&page[start - 2..], start - 2, Place::Text);
                self.at = start;
            }
            Some(b'>') => self.at = start + 1,
            Some(first) if first.is_ascii_alphabetic() => self.named_end_tag(page, start),
            Some(_) => self.bogus_comment(bytes, start),
        }
    }

    fn named_end_tag(&mut self, page: &str, start: usize) {
        let name_end = tag_name_end(page.as_bytes(), start);
        let name = self.name(&page[start..name_end]);
        // The tree builder reads no attribute of an end tag.
        let Some(body) = self.tag_body(page, name_end, |_| false) else {
            self.at = page.len();
            return;
        };
        self.emit(Token::TagToken(Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: body.self_closing,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        }));
    }

    fn note_cut(&mut self, at: usize) {
        self.attributes_cut_at = self.attributes_cut_at.or(Some(at));
    }

    /// The name of a tag, in small letters.
    fn name(&mut self, written: &str) -> LocalName {
        if self.names.are_cut() {
            self.note_cut(self.at);
        }
        if written.bytes().all(|byte| byte != 0 && !byte.is_ascii_uppercase()) {
            return self.names.get(written);
        }
        self.names.get(&written.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    }

    /// What stands between the name of a tag and its `>`, or `None` where the page ends before.
    fn tag_body(&mut self, page: &str, start: usize, keeps: impl Fn(&str) -> bool) -> Option<Body> {
        let bytes = page.as_bytes();
        let mut body = Body { attributes: Vec::new(), self_closing: false, had_duplicates: false };
        let mut at = start;
        loop {
            at = skip_space(bytes, at);
            match bytes.get(at)? {
                b'>' => break,
                b'/' => {
                    at += 1;
                    body.self_closing = bytes.get(at)? == &b'>';
                    continue;
                }
                _ => {}
            }
            let name = at..attribute_name_end(bytes, at);
            at = skip_space(bytes, name.end);
            let mut value = at..at;
            let mut is_raw = true;
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
                is_raw = memchr2(b'&', 0, &bytes[value.clone()]).is_none();
            }
            let written = &page[name];
            let lower: String;
            let written = if written.bytes().all(|byte| byte != 0 && !byte.is_ascii_uppercase()) {
                written
            } else {
                lower = written.to_ascii_lowercase().replace('\0', "\u{fffd}");
                &lower
            };
            if !keeps(written) {
                continue;
            }
            if body.attributes.len() >= self.max_attributes {
                self.note_cut(start);
                continue;
            }
            let name = self.names.get(written);
            let value = if is_raw {
                self.part(value.start, value.end)
            } else {
                let text = &page[value];
                let first = memchr(b'&', text.as_bytes()).unwrap_or(text.len());
                let decoded = references::decode(text, first, Place::Attribute);
                StrTendril::from(if self.has_nul { decoded.replace('\0', "\u{fffd}") } else { decoded })
            };
            body.attributes.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
        self.at = at + 1;
        body.had_duplicates = drop_repeated(&mut body.attributes);
        Some(body)
    }

    // ---- raw text ----

    /// The text of an element that holds nothing but text, up to its end tag.
    fn raw_text(&mut self, page: &str, kind: RawKind, name: &LocalName) {
        let start = self.at;
        let end = match kind {
            RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => {
                raw::script_end(page.as_bytes(), start, name)
            }
            RawKind::Rcdata | RawKind::Rawtext => raw::end(page.as_bytes(), start, name),
        };
        let end = end.unwrap_or(page.len());
        if matches!(kind, RawKind::Rcdata) {
            self.emit_text(page, start, end, Place::Raw);
        } else {
            self.emit_characters(&page[start..end], start, Place::Raw);
        }
        self.at = end;
        if end < page.len() {
            self.named_end_tag(page, end + 2);
        }
    }

    // ---- declarations and comments ----

    /// `start` is behind `<!`.
    fn declaration(&mut self, page: &str, start: usize) {
        let bytes = page.as_bytes();
        let rest = &bytes[start..];
        if rest.starts_with(b"--") {
            self.at = comment_end(bytes, start + 2);
            return self.emit(Token::CommentToken(StrTendril::new()));
        }
        if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            let (doctype, length) = doctype::read(&page[start + 7..]);
            self.at = start + 7 + length;
            return self.emit(Token::DoctypeToken(doctype));
        }
        if rest.starts_with(b"[CDATA[") && self.sink.adjusted_current_node_present_but_not_in_html_namespace()
        {
            let text = start + 7;
            let end = memmem::find(&bytes[text..], b"]]>").map(|end| text + end);
            self.at = end.map_or(page.len(), |end| end + 3);
            let end = end.unwrap_or(page.len());
            return self.emit_characters(&page[text..end], text, Place::Text);
        }
        self.bogus_comment(bytes, start);
    }

    fn bogus_comment(&mut self, bytes: &[u8], start: usize) {
        self.at = memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
        self.emit(Token::CommentToken(StrTendril::new()));
    }
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

/// The page with line feeds for its line breaks (§ 13.2.3.5).
fn with_line_feeds(html: &str) -> StrTendril {
    let bytes = html.as_bytes();
    let Some(first) = memchr(b'\r', bytes) else { return StrTendril::from_slice(html) };
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
    StrTendril::from(page)
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

/// Of attributes of one name the first counts.
fn drop_repeated(attributes: &mut Vec<Attribute>) -> bool {
    /// So few are compared with each other.
    const FEW: usize = 24;
    let before = attributes.len();
    if before <= FEW {
        let mut kept = 0;
        for index in 0..before {
            let is_new =
                attributes[..kept].iter().all(|known| known.name.local != attributes[index].name.local);
            if is_new {
                attributes.swap(kept, index);
                kept += 1;
            }
        }
        attributes.truncate(kept);
    } else {
        let mut seen = std::collections::HashSet::new();
        attributes.retain(|attribute| seen.insert(attribute.name.local.clone()));
    }
    attributes.len() < before
}

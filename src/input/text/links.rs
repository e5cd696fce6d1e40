//! Addresses in running text: URLs, e-mail addresses, Markdown links.
//!
//! Where a URL ends is decided as in GitHub Flavored Markdown's extended autolinks (§ 6.9 of its
//! specification), except that East Asian text ends one too.

use std::ops::Range;

use super::lines::is_wide;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// What of the text is the link.
    pub range: Range<usize>,
    /// What of the text is its target …
    pub target: Range<usize>,
    /// … behind this.
    pub scheme: &'static str,
}

/// Bytes that can be the middle of an address.
const NOTABLE: [bool; 256] = {
    let mut notable = [false; 256];
    notable[b':' as usize] = true;
    notable[b'@' as usize] = true;
    notable[b'.' as usize] = true;
    notable[b'[' as usize] = true;
    notable[b']' as usize] = true;
    notable
};

/// Longer local parts and domains are no addresses (RFC 5321, § 4.5.3.1).
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 255;
const LONGEST_TARGET: usize = 2048;

/// Finds all addresses, in order, none inside another.
pub(super) fn find(text: &str, mut found: impl FnMut(Link)) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    let mut opened = None;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| NOTABLE[byte as usize]) {
        at += skipped;
        let link = match bytes[at] {
            b':' => url(text, done, at),
            b'.' => web_name(text, done, at),
            b'@' => address(text, done, at),
            b']' => opened.take().and_then(|opened| markdown(text, opened, at)),
            _ => {
                opened = Some(at);
                None
            }
        };
        at += 1;
        if let Some(link) = link {
            at = link.range.end;
            done = at;
            // A link inside brackets is the link.
            opened = None;
            found(link);
        }
    }
}

/// `http://` or `https://`, with its colon at `colon`.
fn url(text: &str, from: usize, colon: usize) -> Option<Link> {
    let rest = text[colon..].strip_prefix("://")?;
    let before = &text.as_bytes()[from..colon];
    let scheme_len = [5, 4].into_iter().find(|&len| {
        let scheme = before.len().checked_sub(len).map(|start| &before[start..]);
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(&b"https"[..len]))
    })?;
    let start = colon - scheme_len;
    if continues_word(text, start) || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = colon + 3 + url_len(rest);
    Some(Link { range: start..end, target: start..end, scheme: "" })
}

/// `www.`, with its point at `point`.
fn web_name(text: &str, from: usize, point: usize) -> Option<Link> {
    let start = point.checked_sub(3).filter(|&start| start >= from)?;
    let is_www = text.as_bytes()[start..point].eq_ignore_ascii_case(b"www");
    let rest = &text[point + 1..];
    if !is_www || continues_word(text, start) || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = point + 1 + url_len(rest);
    // `www.` and one word is no name yet.
    if !text[point + 1..end].contains('.') {
        return None;
    }
    Some(Link { range: start..end, target: start..end, scheme: "http://" })
}

fn continues_word(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() && !is_wide(c))
}

/// The length of a URL that a text starts with, without the punctuation of the sentence around it.
fn url_len(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_wide(c)
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»')
    };
    let mut url = &text[..text.find(ends).unwrap_or(text.len())];
    // A bracket at the end is the URL's if it was opened there.
    let mut unopened = surplus(url, '(', ')');
    let mut unopened_square = surplus(url, '[', ']');
    while let Some(last) = url.chars().next_back() {
        match last {
            ')' if unopened > 0 => unopened -= 1,
            ']' if unopened_square > 0 => unopened_square -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_' | '~' | '…' | '|' => {}
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

fn surplus(text: &str, open: char, close: char) -> isize {
    text.chars().map(|c| isize::from(c == close) - isize::from(c == open)).sum()
}

/// An e-mail address, with its sign at `sign`.
fn address(text: &str, from: usize, sign: usize) -> Option<Link> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let local =
        bytes[from..sign].iter().rev().take(LONGEST_LOCAL_PART + 1).take_while(|byte| is_local(byte)).count();
    let start = sign - local;
    let domain = domain_len(&bytes[sign + 1..]);
    let has_local_part = (1..=LONGEST_LOCAL_PART).contains(&local) && bytes[start].is_ascii_alphanumeric();
    if !has_local_part || domain == 0 {
        return None;
    }
    let range = start..sign + 1 + domain;
    Some(Link { range: range.clone(), target: range, scheme: "mailto:" })
}

/// The length of the domain that bytes start with: labels, a point, a last label of letters. 0 if there is none.
fn domain_len(bytes: &[u8]) -> usize {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-' || **byte == b'.';
    let mut len = bytes.iter().take(LONGEST_DOMAIN).take_while(is_part).count();
    // The point that ends the sentence.
    while len > 0 && !bytes[len - 1].is_ascii_alphanumeric() {
        len -= 1;
    }
    let domain = &bytes[..len];
    let last_label = domain.iter().rev().take_while(|&&byte| byte != b'.').count();
    let last_is_letters = domain[len - last_label..].iter().all(u8::is_ascii_alphabetic);
    let is_name = domain.first().is_some_and(u8::is_ascii_alphanumeric) && last_label < len;
    if is_name && last_label >= 2 && last_is_letters { len } else { 0 }
}

/// `[text](target)`, with its brackets at `opened` and `closed`: the whole of it is the link.
fn markdown(text: &str, opened: usize, closed: usize) -> Option<Link> {
    let rest = text[closed + 1..].strip_prefix('(')?;
    let is_image = text[..opened].ends_with('!');
    let mut depth = 0_usize;
    // A square bracket ends the search, so that no byte is searched twice.
    let end = rest.bytes().take(LONGEST_TARGET).position(|byte| {
        depth += usize::from(byte == b'(');
        let is_end = (byte == b')' && depth == 0) || byte == b'[' || byte == b']';
        depth -= usize::from(byte == b')' && depth > 0);
        is_end
    })?;
    if !rest[end..].starts_with(')') || is_image {
        return None;
    }
    // A title may stand behind the target.
    let target = rest[..end].split_whitespace().next()?.trim_matches(['<', '>']);
    let target_start = closed + 2 + rest.find(target)?;
    Some(Link {
        range: opened..closed + 2 + end + 1,
        target: target_start..target_start + target.len(),
        scheme: "",
    })
}

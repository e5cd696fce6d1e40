//! Character references (§ 13.2.5.72 to 80): `&amp;`, `&#8217;`.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Text,
    Attribute,
    /// In an element that holds nothing but text; there is no NUL in it.
    Raw,
}

/// The text with its references resolved; `first` is where the first `&` stands, or the length.
pub(super) fn decode(text: &str, first: usize, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut next = Some(first).filter(|&first| first < text.len());
    while let Some(at) = next {
        out.push_str(&text[copied..at]);
        copied = at + 1 + resolve(&text[at + 1..], place, &mut out);
        next = memchr(b'&', &text.as_bytes()[copied..]).map(|more| copied + more);
    }
    out.push_str(&text[copied..]);
    out
}

/// Writes what the reference whose `&` stands before `rest` stands for; gives how much of `rest` it took.
fn resolve(rest: &str, place: Place, out: &mut String) -> usize {
    // The most common ones by far. No longer name begins with any of them.
    const COMMON: [(&str, char); 6] =
        [("amp;", '&'), ("nbsp;", '\u{a0}'), ("quot;", '"'), ("lt;", '<'), ("gt;", '>'), ("#39;", '\'')];
    for (name, character) in COMMON {
        if rest.starts_with(name) {
            out.push(character);
            return name.len();
        }
    }
    if rest.starts_with('#') { numeric(rest, out) } else { named(rest, place, out) }
}

fn numeric(rest: &str, out: &mut String) -> usize {
    let digits = &rest[1..];
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, digits),
    };
    let count = digits.bytes().take_while(|&byte| char::from(byte).is_digit(radix)).count();
    if count == 0 {
        out.push('&');
        return 0;
    }
    const TOO_LARGE: u32 = 0x11_0000;
    let value = digits[..count].bytes().fold(0, |value: u32, byte| {
        let digit = char::from(byte).to_digit(radix).unwrap_or(0);
        (value * radix + digit).min(TOO_LARGE)
    });
    out.push(match value {
        0 => '\u{fffd}',
        0x80..=0x9f => C1_REPLACEMENTS[value as usize - 0x80].unwrap_or_else(|| character(value)),
        _ => character(value),
    });
    let semicolon = usize::from(digits[count..].starts_with(';'));
    rest.len() - digits.len() + count + semicolon
}

fn character(value: u32) -> char {
    char::from_u32(value).unwrap_or('\u{fffd}')
}

fn named(rest: &str, place: Place, out: &mut String) -> usize {
    let mut longest = None;
    // The table holds all beginnings of names too, as names of nothing.
    let letters = rest.bytes().take_while(|&byte| byte.is_ascii_alphanumeric()).count();
    let has_semicolon = rest[letters..].starts_with(';');
    for end in 1..=letters + usize::from(has_semicolon) {
        match NAMED_ENTITIES.get(&rest[..end]) {
            None => break,
            Some((0, _)) => {}
            Some(&characters) => longest = Some((end, characters)),
        }
    }
    let Some((end, (first, second))) = longest else {
        out.push('&');
        return 0;
    };
    // For historical reasons: `?a=1&copy=2` in a link is no sign of copyright.
    let is_plain = matches!(place, Place::Attribute)
        && !rest[..end].ends_with(';')
        && rest.as_bytes().get(end).is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric());
    if is_plain {
        out.push('&');
        return 0;
    }
    out.push(character(first));
    if second != 0 {
        out.push(character(second));
    }
    end
}

//! Where the text of `<script>`, `<style>`, `<title>` and the like ends.

use memchr::{memchr, memchr2};

use super::tokens::is_space;

/// Where the end tag of an element of raw text begins, if there is one.
pub(super) fn end(bytes: &[u8], start: usize, name: &str) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr(b'<', &bytes[at..])?;
        if is_end_tag(bytes, at, name) {
            return Some(at);
        }
        at += 1;
    }
}

/// Where the end tag of a script begins, if there is one. In a script `<!--` hides what follows up to `-->`, but not the
/// end tag, unless another `<script` stands before it (§ 13.2.5.15 to 31).
pub(super) fn script_end(bytes: &[u8], start: usize, name: &str) -> Option<usize> {
    #[derive(PartialEq)]
    enum State {
        Plain,
        Escaped,
        DoubleEscaped,
    }
    let mut state = State::Plain;
    // From here on dashes may belong to `-->`.
    let mut dashes_from = start;
    let mut at = start;
    loop {
        at += match state {
            State::Plain => memchr(b'<', &bytes[at..])?,
            State::Escaped | State::DoubleEscaped => memchr2(b'<', b'>', &bytes[at..])?,
        };
        if bytes[at] == b'>' {
            let ends = at >= dashes_from + 2 && bytes[at - 2..at] == *b"--";
            if ends {
                state = State::Plain;
            }
            at += 1;
            continue;
        }
        match state {
            State::Plain | State::Escaped if is_end_tag(bytes, at, name) => return Some(at),
            State::Plain if bytes[at..].starts_with(b"<!--") => {
                state = State::Escaped;
                dashes_from = at + 2;
                at += 4;
            }
            State::Escaped if begins_tag(bytes, at + 1, "script") => {
                state = State::DoubleEscaped;
                // The character behind the name is consumed, even a `>`.
                at += "<script".len() + 1;
                dashes_from = at;
            }
            State::DoubleEscaped if is_end_tag(bytes, at, "script") => {
                state = State::Escaped;
                at += "</script".len() + 1;
                dashes_from = at;
            }
            _ => at += 1,
        }
    }
}

fn is_end_tag(bytes: &[u8], at: usize, name: &str) -> bool {
    bytes.get(at + 1) == Some(&b'/') && begins_tag(bytes, at + 2, name)
}

/// Whether `name` stands at `at`, in small or capital letters, and ends there.
fn begins_tag(bytes: &[u8], at: usize, name: &str) -> bool {
    let end = at + name.len();
    bytes.get(at..end).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(end).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

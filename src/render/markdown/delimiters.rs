//! Which spans can have delimiters in Markdown, and which ones.
//!
//! Whether `*` opens or closes emphasis depends on the characters around it ([CommonMark, section 6.2]).
//! Emphasis that could not be read back is left out: text matters more. Where it can't be known what will
//! stand next to a delimiter, we assume the worse.
//!
//! [CommonMark, section 6.2]: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis

use crate::page::{Mark, Span};
use crate::render::runs::{Piece, trim};

/// Fits spans to code, which in Markdown has nothing inside of it: a link cuts code in parts, and other
/// spans that start or end inside of code leave it.
pub(super) fn fit_to_code<'p>(text: &str, spans: Vec<Span<'p>>) -> Vec<Span<'p>> {
    let spans = fit_to_math(text, spans);
    let (code, mut others): (Vec<_>, Vec<_>) = spans.into_iter().partition(|span| span.mark == Mark::Code);
    if code.is_empty() {
        return others;
    }
    let mut code = cut_by_links(&sorted(code), &others);
    code.retain_mut(|span| trim(text, span));
    for span in others.iter_mut().filter(|span| !matches!(span.mark, Mark::Link(_))) {
        leave_code(span, &code);
    }
    others.retain_mut(|span| span.start < span.end && trim(text, span));
    others.extend(code);
    others
}

/// Fits spans to formulas, which are written as a whole.
fn fit_to_math<'p>(text: &str, spans: Vec<Span<'p>>) -> Vec<Span<'p>> {
    let is_math = |span: &Span<'p>| matches!(span.mark, Mark::Math { .. });
    let (math, mut others): (Vec<_>, Vec<_>) = spans.into_iter().partition(is_math);
    if math.is_empty() {
        return others;
    }
    let math = sorted(math);
    for span in &mut others {
        leave_code(span, &math);
    }
    // Code with a formula inside is none.
    others.retain_mut(|span| {
        let first = math.partition_point(|math| math.end <= span.start);
        let has_math = math.get(first).is_some_and(|math| math.start < span.end);
        span.start < span.end && trim(text, span) && !(span.mark == Mark::Code && has_math)
    });
    others.extend(math);
    others
}

fn sorted(mut spans: Vec<Span<'_>>) -> Vec<Span<'_>> {
    spans.sort_by_key(|span| span.start);
    spans
}

fn cut_by_links<'p>(code: &[Span<'p>], spans: &[Span<'p>]) -> Vec<Span<'p>> {
    let links = spans.iter().filter(|span| matches!(span.mark, Mark::Link(_)));
    let mut cuts: Vec<usize> = links.flat_map(|link| [link.start, link.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Vec::with_capacity(code.len());
    for &span in code {
        let first = cuts.partition_point(|&cut| cut <= span.start);
        let inside = cuts[first..].iter().take_while(|&&cut| cut < span.end);
        let mut start = span.start;
        for &cut in inside {
            parts.push(Span { start, end: cut, ..span });
            start = cut;
        }
        parts.push(Span { start, ..span });
    }
    parts
}

/// Makes a span that starts or ends inside of code leave it.
pub(super) fn leave_code(span: &mut Span<'_>, code: &[Span<'_>]) {
    if let Some(around) = code_around(code, span.start) {
        span.start = around.end;
    }
    if let Some(around) = code_around(code, span.end) {
        span.end = around.start;
    }
}

/// The code that a position is strictly inside of.
fn code_around<'c, 'p>(code: &'c [Span<'p>], position: usize) -> Option<&'c Span<'p>> {
    let after = code.partition_point(|span| span.start < position);
    code[..after].last().filter(|span| position < span.end)
}

/// The delimiters of nested spans; none for what is not delimited so or can't be.
pub(super) fn delimiters(text: &str, spans: &[Span<'_>], pieces: &[Piece]) -> Vec<Option<&'static str>> {
    let insides = insides(spans.len(), pieces);
    let stars = strong_ends(spans);
    let mut delimiters: Vec<Option<&'static str>> = Vec::with_capacity(spans.len());
    let mut around: Vec<usize> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        while around.last().is_some_and(|&outer| spans[outer].end <= span.start) {
            around.pop();
        }
        let is_written =
            |outer: usize| matches!(spans[outer].mark, Mark::Link(_)) || delimiters[outer].is_some();
        let written_at = |edge: fn(&Span<'_>) -> usize| {
            let touching = around.iter().rev().take_while(move |&&outer| edge(&spans[outer]) == edge(span));
            touching.copied().any(is_written)
        };
        let (before, after) = (&text[..span.start], &text[span.end..]);
        let inner = &text[span.start..span.end];
        let edges = Edges {
            apart_before: written_at(|span| span.start) || before.chars().next_back().is_none_or(is_apart),
            apart_after: written_at(|span| span.end) || after.chars().next().is_none_or(is_apart),
            word_first: !insides[index].at_start && inner.starts_with(is_word),
            word_last: !insides[index].at_end && inner.ends_with(is_word),
        };
        let touches_stars = [span.start, span.end].iter().any(|end| stars.binary_search(end).is_ok());
        delimiters.push(delimiter(span.mark, &edges, touches_stars));
        around.push(index);
    }
    delimiters
}

/// What stands at the ends of a span.
struct Edges {
    /// White space, punctuation or nothing stands before it.
    apart_before: bool,
    apart_after: bool,
    /// A letter or digit stands first in it.
    word_first: bool,
    word_last: bool,
}

fn delimiter(mark: Mark<'_>, edges: &Edges, touches_stars: bool) -> Option<&'static str> {
    let is_between_words = !edges.apart_before || !edges.apart_after;
    let is_flanking = (edges.apart_before || edges.word_first) && (edges.apart_after || edges.word_last);
    match mark {
        // Beside a strong span's, a star would be read as one of them.
        Mark::Emphasis if touches_stars => (!is_between_words).then_some("_"),
        Mark::Emphasis => is_flanking.then_some("*"),
        Mark::Strong => is_flanking.then_some("**"),
        Mark::Deleted => is_flanking.then_some("~~"),
        Mark::Superscript => Some("<sup>"),
        Mark::Subscript => Some("<sub>"),
        Mark::Link(_) | Mark::Code | Mark::Math { .. } | Mark::Gutter => None,
    }
}

/// Where strong spans start and end, sorted.
fn strong_ends(spans: &[Span<'_>]) -> Vec<usize> {
    let strong = spans.iter().filter(|span| span.mark == Mark::Strong);
    let mut ends: Vec<usize> = strong.flat_map(|span| [span.start, span.end]).collect();
    ends.sort_unstable();
    ends
}

/// Whether another span starts or ends inside of a span where it does.
#[derive(Clone, Default)]
struct Inside {
    at_start: bool,
    at_end: bool,
}

fn insides(count: usize, pieces: &[Piece]) -> Vec<Inside> {
    let mut insides = vec![Inside::default(); count];
    for pair in pieces.windows(2) {
        match pair {
            [Piece::Open(outer), Piece::Open(_)] => insides[*outer].at_start = true,
            [Piece::Close(_), Piece::Close(outer)] => insides[*outer].at_end = true,
            _ => {}
        }
    }
    insides
}

/// Whether every reader of Markdown takes this for white space or punctuation. They differ on symbols beyond
/// ASCII.
fn is_apart(c: char) -> bool {
    let is_line_separator = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    c.is_ascii_punctuation() || (c.is_whitespace() && !is_line_separator)
}

/// Whether every reader of Markdown takes this for a letter or digit: circled and squared letters are symbols.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

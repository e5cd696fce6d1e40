//! The inline markup of a block, made well nested.
//!
//! Spans may overlap, cross, repeat or be empty. What comes out here is a tree, written as its spans in
//! pre-order: outer before inner, each inside the one around it, none with white space at its ends, and at
//! most one of each kind around any character. That bound is what keeps all of this linear.

use std::cmp::Reverse;
use std::ops::Range;

use crate::page::{Mark, Span};

/// How many kinds of marks there are.
const KINDS: usize = 9;

/// A step on the way through a block's text and the spans of its markup, which go by their indexes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Open(usize),
    Close(usize),
    Text(Range<usize>),
}

/// Sorts spans and makes those of each kind disjoint: what overlaps or touches its like becomes one span,
/// and of two links the first keeps the text that both claim.
pub(super) fn tidy<'p>(text: &str, spans: impl Iterator<Item = Span<'p>>) -> Vec<Span<'p>> {
    let mut spans: Vec<Span<'p>> = spans.filter(|span| text.get(span.start..span.end).is_some()).collect();
    spans.sort_by_key(|span| (span.start, Reverse(span.end)));
    let mut tidied: Vec<Span<'p>> = Vec::with_capacity(spans.len());
    let mut latest: [Option<usize>; KINDS] = [None; KINDS];
    for mut span in spans {
        let latest = &mut latest[kind(span.mark)];
        if let Some(index) = *latest {
            let before = &mut tidied[index];
            if before.end >= span.start && before.mark == span.mark {
                before.end = before.end.max(span.end);
                continue;
            }
            span.start = span.start.max(before.end);
        }
        if span.start < span.end {
            *latest = Some(tidied.len());
            tidied.push(span);
        }
    }
    tidied.retain_mut(|span| trim(text, span));
    tidied
}

/// Makes tidied spans nest: where two cross, the inner one is closed and opened again.
pub(super) fn nest<'p>(text: &str, mut spans: Vec<Span<'p>>) -> Vec<Span<'p>> {
    // Code and formulas last: Markdown has nothing inside of it.
    let is_whole = |mark| matches!(mark, Mark::Code | Mark::Math { .. });
    spans.sort_by_key(|span| (span.start, Reverse(span.end), is_whole(span.mark)));
    let mut nesting = Nesting::default();
    for span in spans {
        nesting.close_until(span.start);
        nesting.open(span);
    }
    nesting.close_until(usize::MAX);
    nesting.nested.retain_mut(|span| trim(text, span));
    nesting.nested
}

/// The way through a text of `length` bytes and the nested spans of its markup.
pub(super) fn pieces(spans: &[Span<'_>], length: usize) -> Vec<Piece> {
    let mut walk = Walk::default();
    for (index, span) in spans.iter().enumerate() {
        while let Some(&open) = walk.open.last().filter(|&&open| spans[open].end <= span.start) {
            walk.close(open, spans[open].end);
        }
        walk.text_to(span.start);
        walk.pieces.push(Piece::Open(index));
        walk.open.push(index);
    }
    while let Some(&open) = walk.open.last() {
        walk.close(open, spans[open].end);
    }
    walk.text_to(length);
    walk.pieces
}

/// Takes the white space at its ends out of a span; says whether anything is left.
pub(super) fn trim(text: &str, span: &mut Span<'_>) -> bool {
    let run = &text[span.start..span.end];
    span.end -= run.len() - run.trim_end().len();
    let run = run.trim_end();
    span.start += run.len() - run.trim_start().len();
    span.start < span.end
}

fn kind(mark: Mark<'_>) -> usize {
    match mark {
        Mark::Link(_) => 0,
        Mark::Emphasis => 1,
        Mark::Strong => 2,
        Mark::Code => 3,
        Mark::Deleted => 4,
        Mark::Superscript => 5,
        Mark::Subscript => 6,
        Mark::Math { .. } => 7,
        Mark::Gutter => 8,
    }
}

/// Spans on their way to being nested.
#[derive(Default)]
struct Nesting<'p> {
    nested: Vec<Span<'p>>,
    /// Those that are open, outermost first: their indexes in `nested`. No more than one of each kind.
    open: Vec<usize>,
}

impl<'p> Nesting<'p> {
    fn open(&mut self, span: Span<'p>) {
        self.open.push(self.nested.len());
        self.nested.push(span);
    }

    /// Closes what ends at `position` or before.
    fn close_until(&mut self, position: usize) {
        while let Some(end) = self.next_end().filter(|&end| end <= position) {
            self.close_at(end);
        }
    }

    fn next_end(&self) -> Option<usize> {
        self.open.iter().map(|&index| self.nested[index].end).min()
    }

    /// Closes what ends at `end`, and with it what is inside of that but goes on; the latter opens again.
    fn close_at(&mut self, end: usize) {
        let ends_here = |&index: &usize| self.nested[index].end == end;
        let Some(outermost) = self.open.iter().position(ends_here) else {
            return;
        };
        let closed = self.open.split_off(outermost);
        let mut reopened: Vec<Span<'p>> = Vec::new();
        for index in closed {
            let span = &mut self.nested[index];
            if span.end > end {
                reopened.push(Span { start: end, ..*span });
                span.end = end;
            }
        }
        reopened.sort_by_key(|span| Reverse(span.end));
        for span in reopened {
            self.open(span);
        }
    }
}

#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    open: Vec<usize>,
    position: usize,
}

impl Walk {
    fn text_to(&mut self, end: usize) {
        if self.position < end {
            self.pieces.push(Piece::Text(self.position..end));
            self.position = end;
        }
    }

    fn close(&mut self, index: usize, end: usize) {
        self.text_to(end);
        self.pieces.push(Piece::Close(index));
        self.open.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize, mark: Mark<'_>) -> Span<'_> {
        Span { start, end, mark }
    }

    fn nested<'p>(text: &str, spans: &[Span<'p>]) -> Vec<Span<'p>> {
        nest(text, tidy(text, spans.iter().copied()))
    }

    #[test]
    fn crossing_spans_are_closed_and_opened_again() {
        let spans = [span(0, 6, Mark::Emphasis), span(3, 9, Mark::Strong)];
        let expected = [span(0, 6, Mark::Emphasis), span(3, 6, Mark::Strong), span(6, 9, Mark::Strong)];
        assert_eq!(nested("abcdefghi", &spans), expected);
    }

    #[test]
    fn spans_of_one_kind_that_touch_or_overlap_become_one() {
        let spans = [span(0, 3, Mark::Strong), span(1, 2, Mark::Strong), span(3, 5, Mark::Strong)];
        assert_eq!(nested("abcdefghi", &spans), [span(0, 5, Mark::Strong)]);
    }

    #[test]
    fn the_first_of_two_links_keeps_the_text_both_claim() {
        let spans = [span(0, 4, Mark::Link("a")), span(2, 6, Mark::Link("b"))];
        let expected = [span(0, 4, Mark::Link("a")), span(4, 6, Mark::Link("b"))];
        assert_eq!(nested("abcdefghi", &spans), expected);
    }

    #[test]
    fn white_space_at_the_ends_and_empty_spans_are_left_out() {
        let spans = [span(1, 4, Mark::Code), span(5, 5, Mark::Strong), span(1, 2, Mark::Emphasis)];
        assert_eq!(nested("a bc d", &spans), [span(2, 4, Mark::Code)]);
    }

    #[test]
    fn ranges_that_are_none_are_left_out() {
        let reversed = Span { start: 3, end: 1, mark: Mark::Strong };
        let spans = [reversed, span(2, 99, Mark::Code), span(1, 2, Mark::Emphasis)];
        assert_eq!(nested("aäb", &spans), []);
    }

    #[test]
    fn unsorted_spans_are_sorted() {
        let spans = [span(4, 5, Mark::Strong), span(0, 2, Mark::Emphasis)];
        let expected = [span(0, 2, Mark::Emphasis), span(4, 5, Mark::Strong)];
        assert_eq!(nested("abcdef", &spans), expected);
    }

    #[test]
    fn pieces_open_and_close_in_order() {
        let spans = [span(1, 4, Mark::Strong), span(1, 2, Mark::Emphasis)];
        let expected = [
            Piece::Text(0..1),
            Piece::Open(0),
            Piece::Open(1),
            Piece::Text(1..2),
            Piece::Close(1),
            Piece::Text(2..4),
            Piece::Close(0),
            Piece::Text(4..5),
        ];
        assert_eq!(pieces(&spans, 5), expected);
    }

    #[test]
    fn many_crossing_spans_stay_few() {
        let text = "x".repeat(4000);
        let marks = [Mark::Emphasis, Mark::Strong, Mark::Link("a"), Mark::Link("b")];
        let spans: Vec<_> = (0..2000).map(|n| span(n, n + 2000, marks[n % 4])).collect();
        assert!(nested(&text, &spans).len() < 4 * spans.len());
    }
}

//! From the F that a cut is expected to have to the F that such cuts came to have.
//!
//! The expectation holds each block's probability for right and the blocks for independent of each other. Neither is so, and so it is
//! too high. What came of it on pages that the forests had not seen is data that `examples/calibrate` writes: a rising
//! line through the means of tenths of those pages (isotonic regression, Zadrozny and Elkan 2002).

use std::sync::LazyLock;

use super::Form;

/// A line through points, by rising expectation.
struct Line(Vec<(f32, f32)>);

static MARKUP: LazyLock<Line> = LazyLock::new(|| Line::read(include_str!("weights/markup-confidence.txt")));
static TEXT: LazyLock<Line> = LazyLock::new(|| Line::read(include_str!("weights/text-confidence.txt")));

/// The F that pages with this expectation came to have, 0 to 1; 0 of 0.
pub(crate) fn confidence(expected: f32, form: Form) -> f32 {
    match form {
        Form::Markup => MARKUP.at(expected),
        Form::Text => TEXT.at(expected),
    }
}

impl Line {
    /// Reads a point a line: an expectation, what came of it.
    fn read(text: &str) -> Line {
        let point = |line: &str| -> Option<(f32, f32)> {
            let (expected, came) = line.split_once(' ')?;
            Some((expected.parse().ok()?, came.trim().parse().ok()?))
        };
        let points = text.lines().filter_map(point);
        Line([(0.0, 0.0)].into_iter().chain(points).chain([(1.0, 1.0)]).collect())
    }

    fn at(&self, expected: f32) -> f32 {
        let expected = expected.clamp(0.0, 1.0);
        let above = self.0.partition_point(|point| point.0 < expected).clamp(1, self.0.len() - 1);
        let ((x0, y0), (x1, y1)) = (self.0[above - 1], self.0[above]);
        if x1 <= x0 { y1 } else { y0 + (y1 - y0) * (expected - x0) / (x1 - x0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_what_is_expected_and_stays_a_share() {
        for form in [Form::Markup, Form::Text] {
            let all: Vec<f32> = (0..=1000).map(|n| confidence(n as f32 / 1000.0, form)).collect();
            assert!(all.is_sorted() && all[0] == 0.0 && all[1000] == 1.0);
        }
    }

    #[test]
    fn the_lines_that_ship_have_points() {
        assert!(MARKUP.0.len() > 4 && TEXT.0.len() > 4);
    }

    #[test]
    fn between_points_the_line_is_straight() {
        let line = Line::read("0.5 0.4\n0.9 0.8\n");
        assert!((line.at(0.7) - 0.6).abs() < 1e-6);
        assert!((line.at(0.95) - 0.9).abs() < 1e-6);
    }
}

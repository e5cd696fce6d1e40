//! Content as HTML.

use super::link::safe_target;
use super::outline::{Part, Step, outline};
use super::runs::{Piece, nest, pieces, tidy};
use crate::page::{Block, Gap, Mark, Span};

/// Blocks as HTML: text, its structure and its inline markup, with no attribute but `href` and the `start`
/// of a list, and no link that could run a script.
pub(crate) fn html<'p>(blocks: impl Iterator<Item = Block<'p>>) -> String {
    let mut writer = Writer::default();
    outline(blocks, |step| writer.step(step));
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Whether an item was opened and nothing came yet.
    at_item_start: bool,
    /// The paragraph that is open has no tags of its own: it is the first of its item.
    is_bare: bool,
    in_code: bool,
}

impl Writer {
    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Open(part) => self.open(part),
            Step::Close(part) => self.close(part),
            Step::Text(block) => self.block(&block),
            Step::Plain(text) => self.text(text),
            Step::Break(Gap::Line) if !self.in_code => self.out.push_str("<br>\n"),
            Step::Break(Gap::Line) => self.out.push('\n'),
            Step::Break(_) => self.out.push(' '),
        }
    }

    fn open(&mut self, part: Part) {
        self.is_bare = part == Part::Paragraph && self.at_item_start;
        self.at_item_start = matches!(part, Part::Item(_));
        self.in_code = part == Part::Code;
        if self.is_bare {
            return;
        }
        if !matches!(part, Part::Cell { .. }) {
            self.start_line();
        }
        match part {
            Part::List(Some(start)) if start != 1 => self.out.push_str(&format!("<ol start=\"{start}\">")),
            Part::Code => self.out.push_str("<pre><code>"),
            _ => self.tag("<", part),
        }
    }

    fn close(&mut self, part: Part) {
        self.in_code = false;
        if part == Part::Paragraph && self.is_bare {
            self.is_bare = false;
            return;
        }
        match part {
            Part::Quote | Part::List(_) | Part::Table | Part::Glossary => {
                self.start_line();
                self.tag("</", part);
            }
            Part::Code => self.out.push_str("</code></pre>"),
            _ => self.tag("</", part),
        }
    }

    fn start_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn tag(&mut self, opening: &str, part: Part) {
        self.out.push_str(opening);
        self.out.push_str(element(part));
        self.out.push('>');
    }

    fn block(&mut self, block: &Block<'_>) {
        let text = block.text();
        let spans = block.spans().filter(|span| !self.in_code || span.mark != Mark::Code);
        let spans = nest(text, tidy(text, spans.filter(is_writable)));
        for piece in pieces(&spans, text.len()) {
            match piece {
                Piece::Open(index) => self.open_mark(spans[index].mark),
                Piece::Close(index) => self.close_mark(spans[index].mark),
                Piece::Text(range) => self.text(&text[range]),
            }
        }
    }

    fn open_mark(&mut self, mark: Mark<'_>) {
        let Mark::Link(target) = mark else {
            self.out.push_str(&format!("<{}>", mark_element(mark)));
            return;
        };
        self.out.push_str("<a href=\"");
        for c in safe_target(target).unwrap_or_default().chars() {
            match c {
                '"' => self.out.push_str("&quot;"),
                _ => self.escape(c),
            }
        }
        self.out.push_str("\">");
    }

    fn close_mark(&mut self, mark: Mark<'_>) {
        self.out.push_str(&format!("</{}>", mark_element(mark)));
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if !self.in_code => self.out.push_str("<br>\n"),
                _ => self.escape(c),
            }
        }
    }

    fn escape(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            // What a parser would make of it.
            '\0' => self.out.push('\u{fffd}'),
            _ => self.out.push(c),
        }
    }
}

fn is_writable(span: &Span<'_>) -> bool {
    match span.mark {
        Mark::Link(target) => safe_target(target).is_some(),
        _ => true,
    }
}

fn element(part: Part) -> &'static str {
    match part {
        Part::Quote => "blockquote",
        Part::List(Some(_)) => "ol",
        Part::List(None) => "ul",
        Part::Item(_) => "li",
        Part::Table => "table",
        Part::Row => "tr",
        Part::Cell { header: true } => "th",
        Part::Cell { header: false } => "td",
        Part::Glossary => "dl",
        Part::Term => "dt",
        Part::Definition => "dd",
        Part::Paragraph => "p",
        Part::Heading(0 | 1) => "h1",
        Part::Heading(2) => "h2",
        Part::Heading(3) => "h3",
        Part::Heading(4) => "h4",
        Part::Heading(5) => "h5",
        Part::Heading(_) => "h6",
        Part::Code => "pre",
    }
}

fn mark_element(mark: Mark<'_>) -> &'static str {
    match mark {
        Mark::Link(_) => "a",
        Mark::Emphasis => "em",
        Mark::Strong => "strong",
        Mark::Code => "code",
        Mark::Deleted => "del",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
    }
}

#[cfg(test)]
mod tests {
    use crate::render::sample::{block, cell, html_of, item, paragraph};

    #[test]
    fn headings_and_paragraphs() {
        let blocks = [block("title", "A"), block("heading3", "B"), paragraph("c"), block("caption", "d")];
        assert_eq!(html_of(&blocks), "<h1>A</h1>\n<h3>B</h3>\n<p>c</p>\n<p>d</p>");
    }

    #[test]
    fn a_line_gap_is_a_line_break_in_one_paragraph() {
        let blocks = [paragraph("a"), paragraph("b").gap("line"), paragraph("c").gap("space")];
        assert_eq!(html_of(&blocks), "<p>a<br>\nb c</p>");
    }

    #[test]
    fn lists_nest() {
        let blocks = [
            block("list_item", "a").lists(1).number(3),
            item(2, "b"),
            block("list_item", "more").lists(2),
            block("list_item", "c").lists(1).number(4),
        ];
        let expected =
            "<ol start=\"3\">\n<li>a\n<ul>\n<li>b\n<p>more</p></li>\n</ul></li>\n<li>c</li>\n</ol>";
        assert_eq!(html_of(&blocks), expected);
    }

    #[test]
    fn quotes_code_and_glossaries() {
        let blocks = [
            block("quote", "q").quotes(1),
            block("code", "if a < b {\n}"),
            block("term", "t"),
            block("definition", "d").gap("line"),
        ];
        let expected = "<blockquote>\n<p>q</p>\n</blockquote>\n<pre><code>if a &lt; b {\n}</code></pre>\n\
            <dl>\n<dt>t</dt>\n<dd>d</dd>\n</dl>";
        assert_eq!(html_of(&blocks), expected);
    }

    #[test]
    fn tables_have_rows_and_header_cells() {
        let blocks = [
            cell("n").row().header(),
            cell("l").header(),
            cell("a").row(),
            cell("9").gap("cell"),
            cell("m").gap("line"),
        ];
        let expected =
            "<table>\n<tr><th>n</th><th>l</th></tr>\n<tr><td>a</td><td>9<br>\nm</td></tr>\n</table>";
        assert_eq!(html_of(&blocks), expected);
    }

    #[test]
    fn inline_markup_is_kept_and_well_nested() {
        let text = "one two three";
        let blocks = [paragraph(text).span(0, 7, "emphasis").span(4, 13, "strong").link(8, 13, "/a?b&c\"")];
        let expected = "<p><em>one <strong>two</strong></em> <strong><a href=\"/a?b&amp;c&quot;\">three</a></strong></p>";
        assert_eq!(html_of(&blocks), expected);
    }

    #[test]
    fn links_that_could_run_something_leave_their_text() {
        for target in ["javascript:x", "java\nscript:x", "\u{1}javascript:x", "data:text/html,x"] {
            assert_eq!(html_of(&[paragraph("go on").link(0, 5, target)]), "<p>go on</p>");
        }
    }

    #[test]
    fn text_is_escaped() {
        let blocks = [paragraph("<script>alert(\"&amp;\")</script>")];
        assert_eq!(html_of(&blocks), "<p>&lt;script&gt;alert(\"&amp;amp;\")&lt;/script&gt;</p>");
    }
}

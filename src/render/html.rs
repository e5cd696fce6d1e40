//! Content as HTML.

use super::images::Images;
use super::link::Addresses;
use super::notes::Notes;
use super::outline::{Part, Step, outline, shown_text};
use super::runs::{Piece, nest, pieces, tidy};
use crate::page::{Block, Gap, ImageData, Mark, Span, is_language};

/// Blocks as HTML: text, its structure, its inline markup and its images, in the elements and with the attributes
/// that [`Page::content_html`](crate::Page::content_html) lists, and no address that could run a script.
pub(crate) fn html<'p>(blocks: impl Iterator<Item = Block<'p>>, addresses: &Addresses) -> String {
    let blocks: Vec<Block<'p>> = blocks.collect();
    let mut writer = Writer::new(addresses);
    // Notes stay where they are: HTML has no element for them.
    outline(&blocks, &Notes::default(), |step| writer.step(step));
    writer.out
}

struct Writer<'a> {
    out: String,
    addresses: &'a Addresses,
    /// Whether an item was opened and nothing came yet.
    at_item_start: bool,
    /// The paragraph that is open has no tags of its own: it is the first of its item.
    is_bare: bool,
    in_code: bool,
    in_cell: bool,
}

impl<'a> Writer<'a> {
    fn new(addresses: &'a Addresses) -> Self {
        Writer {
            out: String::new(),
            addresses,
            at_item_start: false,
            is_bare: false,
            in_code: false,
            in_cell: false,
        }
    }

    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Open(part) => self.open(part),
            Step::Close(part) => self.close(part),
            Step::Text(block) => self.block(&block),
            Step::Plain(text) => self.text(text),
            Step::Break(Gap::Line) if !self.in_code => self.out.push_str("<br>\n"),
            Step::Break(Gap::Line) => self.out.push('\n'),
            Step::Break(_) => self.out.push(' '),
            Step::Image(image) => self.standing_image(image),
            Step::Task(done) => {
                let checked = if done { " checked" } else { "" };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked}> "));
            }
            Step::Rule => {
                self.start_line();
                self.out.push_str("<hr>");
                self.at_item_start = false;
            }
        }
    }

    fn open(&mut self, part: Part) {
        self.is_bare = part == Part::Paragraph && self.at_item_start;
        self.at_item_start = matches!(part, Part::Item(_));
        self.in_code = part == Part::Code;
        self.in_cell |= matches!(part, Part::Cell { .. });
        if self.is_bare {
            return;
        }
        if !matches!(part, Part::Cell { .. }) {
            self.start_line();
        }
        match part {
            Part::List(Some(start)) if start != 1 => self.out.push_str(&format!("<ol start=\"{start}\">")),
            // What the code is in comes with its text.
            Part::Code => self.out.push_str("<pre>"),
            Part::Cell { header, columns, rows, .. } => self.open_cell(header, columns, rows),
            _ => self.tag("<", part),
        }
    }

    fn close(&mut self, part: Part) {
        self.in_code = false;
        self.in_cell &= !matches!(part, Part::Cell { .. });
        if part == Part::Paragraph && self.is_bare {
            self.is_bare = false;
            return;
        }
        match part {
            Part::Quote | Part::List(_) | Part::Table | Part::Glossary | Part::Figure => {
                self.start_line();
                self.tag("</", part);
            }
            Part::Code => self.out.push_str("</pre>"),
            _ => self.tag("</", part),
        }
    }

    fn open_cell(&mut self, header: bool, columns: usize, rows: usize) {
        self.out.push_str(if header { "<th" } else { "<td" });
        if columns > 1 {
            self.out.push_str(&format!(" colspan=\"{columns}\""));
        }
        if rows > 1 {
            self.out.push_str(&format!(" rowspan=\"{rows}\""));
        }
        self.out.push('>');
    }

    /// An image that is no part of a text: a paragraph of its own, but in figures and cells.
    fn standing_image(&mut self, image: &ImageData) {
        if self.in_cell {
            return self.image(image, true);
        }
        if self.addresses.image(&image.source).is_none() {
            return;
        }
        self.start_line();
        self.at_item_start = false;
        self.out.push_str("<p>");
        self.image(image, true);
        self.out.push_str("</p>");
    }

    /// With the link around it, if that is not open already.
    fn image(&mut self, image: &ImageData, linked: bool) {
        let addresses = self.addresses;
        let Some(source) = addresses.image(&image.source) else { return };
        let target = image.link.as_deref().filter(|_| linked).and_then(|target| addresses.link(target));
        if let Some(target) = &target {
            self.attribute("<a href=", target);
            self.out.push('>');
        }
        self.attribute("<img src=", &source);
        self.attribute(" alt=", &image.alt);
        for (name, size) in [("width", image.width), ("height", image.height)] {
            if let Some(size) = size {
                self.out.push_str(&format!(" {name}=\"{size}\""));
            }
        }
        self.out.push('>');
        if target.is_some() {
            self.out.push_str("</a>");
        }
    }

    fn attribute(&mut self, start: &str, value: &str) {
        self.out.push_str(start);
        self.out.push('"');
        for c in value.chars() {
            match c {
                '"' => self.out.push_str("&quot;"),
                _ => self.escape(c),
            }
        }
        self.out.push('"');
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
        if self.in_code {
            return self.code(block);
        }
        let text = block.text();
        let addresses = self.addresses;
        let spans = block.spans().filter(|span| is_writable(span, addresses));
        let spans = nest(text, tidy(text, spans));
        let mut images = Images::of(block);
        let mut links = 0;
        let mut formulas = 0;
        for piece in pieces(&spans, text.len()) {
            match piece {
                Piece::Open(index) => {
                    let span = spans[index];
                    let own = match span.mark {
                        Mark::Link(target) => Some(target),
                        _ => None,
                    };
                    while let Some(image) = images.before(span.start, own) {
                        self.image(image, links == 0);
                    }
                    links += usize::from(own.is_some());
                    formulas += usize::from(matches!(span.mark, Mark::Math { .. }));
                    self.open_mark(span.mark);
                }
                Piece::Close(index) => {
                    let mark = spans[index].mark;
                    links -= usize::from(matches!(mark, Mark::Link(_)));
                    formulas -= usize::from(matches!(mark, Mark::Math { .. }));
                    self.close_mark(mark);
                }
                Piece::Text(range) => {
                    let mut start = range.start;
                    // The text of a formula is one.
                    let end = if formulas == 0 { range.end } else { 0 };
                    while let Some((image, at)) = images.until(end) {
                        let at = at.max(start);
                        self.text(&text[start..at]);
                        // A space around an image stands behind it in the text.
                        if text[at..].starts_with(' ') {
                            self.out.push(' ');
                        }
                        self.image(image, links == 0);
                        start = at;
                    }
                    self.text(&text[start..range.end]);
                }
            }
        }
        while let Some(image) = images.before(usize::MAX, None) {
            self.image(image, true);
        }
    }

    fn code(&mut self, block: &Block<'_>) {
        match block.code_language().filter(|name| is_language(name)) {
            Some(name) => {
                let name = format!("language-{name}");
                self.attribute("<code class=", &name);
                self.out.push('>');
            }
            None => self.out.push_str("<code>"),
        }
        let text = shown_text(block);
        // A parser takes a line end right behind the tag for none.
        if text.starts_with('\n') {
            self.out.push('\n');
        }
        self.text(&text);
        self.out.push_str("</code>");
    }

    fn open_mark(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Link(target) => {
                let target = self.addresses.link(target).unwrap_or_default();
                self.attribute("<a href=", &target);
                self.out.push('>');
            }
            Mark::Math { display, .. } => {
                let display = if display { " display=\"block\"" } else { "" };
                self.out.push_str(&format!("<math{display}><semantics><mtext>"));
            }
            _ => self.out.push_str(&format!("<{}>", mark_element(mark))),
        }
    }

    fn close_mark(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Math { source, .. } => {
                self.out.push_str("</mtext><annotation encoding=\"application/x-tex\">");
                source.chars().for_each(|c| self.escape(c));
                self.out.push_str("</annotation></semantics></math>");
            }
            _ => self.out.push_str(&format!("</{}>", mark_element(mark))),
        }
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

fn is_writable(span: &Span<'_>, addresses: &Addresses) -> bool {
    match span.mark {
        Mark::Link(target) => addresses.link(target).is_some(),
        Mark::Gutter => false,
        _ => true,
    }
}

fn element(part: Part) -> &'static str {
    match part {
        Part::Note(_) => "div",
        Part::Quote => "blockquote",
        Part::List(Some(_)) => "ol",
        Part::List(None) => "ul",
        Part::Item(_) => "li",
        Part::Table => "table",
        Part::Row => "tr",
        Part::Cell { header: true, .. } => "th",
        Part::Cell { header: false, .. } => "td",
        Part::Glossary => "dl",
        Part::Term => "dt",
        Part::Definition => "dd",
        Part::Figure => "figure",
        Part::Caption => "figcaption",
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
        // Written otherwise, or not at all.
        Mark::Math { .. } => "math",
        Mark::Gutter => "span",
    }
}

#[cfg(test)]
mod tests {
    use crate::render::sample::{block, cell, html_of, item, paragraph};

    #[test]
    fn headings_and_paragraphs() {
        let blocks = [block("title", "A"), block("heading3", "B"), paragraph("c"), block("caption", "d")];
        assert_eq!(
            html_of(&blocks),
            "<h1>A</h1>\n<h3>B</h3>\n<p>c</p>\n<figure>\n<figcaption>d</figcaption>\n</figure>"
        );
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

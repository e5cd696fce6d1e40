//! Content as Markdown: CommonMark, with the tables and the struck out text of GFM.

mod delimiters;
mod inline;
mod table;

use inline::{Context, Inline};
use table::Table;

use super::link::Addresses;
use super::notes::Notes;
use super::outline::{Part, Step, outline, shown_text};
use crate::page::{Block, Gap, ImageData, is_language};

/// The greatest number that can stand before an item.
const MAX_NUMBER: i32 = 999_999_999;

/// Blocks as Markdown. What is text in them is text for a CommonMark parser too: no character of it makes
/// markup, and no HTML comes through.
pub(crate) fn markdown<'p>(blocks: impl Iterator<Item = Block<'p>>, addresses: &Addresses) -> String {
    let blocks: Vec<Block<'p>> = blocks.collect();
    let notes = Notes::of(&blocks);
    let mut document = Document::new(addresses, &notes);
    outline(&blocks, &notes, |step| document.step(step));
    document.out
}

struct Document<'a> {
    out: String,
    addresses: &'a Addresses,
    notes: &'a Notes,
    /// The quotes, lists and items that are open, outermost first.
    frames: Vec<Frame>,
    leaf: Leaf,
    /// What was written last, if nothing was opened since.
    written: Written,
    /// The sign of the list that was closed last, if nothing was opened since. A list right after it needs
    /// another sign, or it would go on with the first.
    closed_list: Option<char>,
    /// The item that was opened last is a task, done or not.
    task: Option<bool>,
    /// The text that is open is a term.
    in_term: bool,
}

enum Frame {
    /// With what its first line begins with, until that is written.
    Note(Option<String>),
    Quote,
    /// With the sign of its items.
    List(char),
    Item {
        marker: String,
        /// Whether the marker has been written.
        is_started: bool,
    },
}

/// The part that text goes to.
#[derive(Default)]
enum Leaf {
    #[default]
    None,
    Text(Inline),
    Code {
        text: String,
        language: String,
    },
    Table(Table),
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Written {
    /// Nothing that what comes next must be set off from.
    #[default]
    Nothing,
    /// A paragraph, in the innermost of the open frames.
    Paragraph,
    Other,
}

impl<'a> Document<'a> {
    fn new(addresses: &'a Addresses, notes: &'a Notes) -> Self {
        Document {
            out: String::new(),
            addresses,
            notes,
            frames: Vec::new(),
            leaf: Leaf::None,
            written: Written::Nothing,
            closed_list: None,
            task: None,
            in_term: false,
        }
    }

    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Open(part) => self.open(part),
            Step::Close(part) => self.close(part),
            Step::Text(block) => self.text(&block),
            Step::Plain(text) => {
                if let Leaf::Table(table) = &mut self.leaf {
                    table.cell().text(text);
                }
            }
            Step::Break(gap) => self.line_break(gap),
            Step::Image(image) => self.image(image),
            Step::Task(done) => self.task = Some(done),
            Step::Rule => self.rule(),
        }
    }

    /// An image between texts is a paragraph of its own.
    fn image(&mut self, image: &ImageData) {
        if let Leaf::Table(table) = &mut self.leaf {
            return table.cell().image(image, self.addresses);
        }
        if self.addresses.image(&image.source).is_none() {
            return;
        }
        let mut inline = Inline::new(Context::Paragraph);
        inline.image(image, self.addresses);
        self.open_leaf(Leaf::Text(inline));
        self.close_paragraph();
    }

    fn rule(&mut self) {
        self.set_off(false);
        self.closed_list = None;
        // In a list, hyphens or stars could be read as its items' signs.
        let is_in_list = self.frames.iter().any(|frame| matches!(frame, Frame::List(_)));
        self.write_lines(if is_in_list { "___" } else { "---" });
    }

    fn open(&mut self, part: Part) {
        match part {
            Part::Note(note) => self.open_note(note),
            Part::Quote => self.open_quote(),
            Part::List(first) => self.open_list(first),
            Part::Item(number) => self.open_item(number),
            Part::Paragraph | Part::Term | Part::Definition | Part::Caption => {
                self.in_term = part == Part::Term;
                self.open_leaf(Leaf::Text(Inline::new(Context::Paragraph)));
            }
            Part::Heading(_) => self.open_leaf(Leaf::Text(Inline::new(Context::Heading))),
            Part::Code => self.open_leaf(Leaf::Code { text: String::new(), language: String::new() }),
            Part::Table => self.open_leaf(Leaf::Table(Table::default())),
            Part::Row | Part::Cell { .. } => {
                if let Leaf::Table(table) = &mut self.leaf {
                    table.open(part);
                }
            }
            Part::Glossary | Part::Figure => {}
        }
    }

    fn open_note(&mut self, note: usize) {
        self.set_off(false);
        self.closed_list = None;
        self.frames.push(Frame::Note(Some(format!("[^{}]: ", self.notes.label(note)))));
    }

    fn open_quote(&mut self) {
        self.set_off(false);
        self.closed_list = None;
        self.frames.push(Frame::Quote);
    }

    fn open_list(&mut self, first: Option<i32>) {
        // Only these can follow a paragraph's last line without being taken for more of it.
        let interrupts = matches!(first, None | Some(1));
        let is_nested = matches!(self.frames.last(), Some(Frame::Item { .. }));
        self.set_off(is_nested && interrupts && self.written == Written::Paragraph);
        let signs = if first.is_some_and(|number| number >= 0) { ['.', ')'] } else { ['-', '*'] };
        let sign = if self.closed_list == Some(signs[0]) { signs[1] } else { signs[0] };
        self.closed_list = None;
        self.frames.push(Frame::List(sign));
    }

    fn open_item(&mut self, number: Option<i32>) {
        self.set_off(true);
        (self.closed_list, self.task) = (None, None);
        let marker = match (self.frames.last(), number) {
            (Some(Frame::List(sign @ ('.' | ')'))), Some(number)) => {
                format!("{}{sign} ", number.clamp(0, MAX_NUMBER))
            }
            (Some(Frame::List(sign)), _) => format!("{sign} "),
            _ => "- ".to_owned(),
        };
        self.frames.push(Frame::Item { marker, is_started: false });
    }

    fn open_leaf(&mut self, leaf: Leaf) {
        self.set_off(false);
        self.closed_list = None;
        if !matches!(leaf, Leaf::Text(_)) {
            self.task = None;
        }
        self.leaf = leaf;
    }

    fn close(&mut self, part: Part) {
        match part {
            Part::Row | Part::Cell { .. } | Part::Glossary | Part::Figure => {}
            Part::Note(_) | Part::Quote | Part::List(_) | Part::Item(_) => self.close_frame(),
            Part::Heading(level) => self.close_heading(level),
            Part::Paragraph | Part::Term | Part::Definition | Part::Caption => self.close_paragraph(),
            Part::Code => self.close_code(),
            Part::Table => self.close_table(),
        }
    }

    fn close_frame(&mut self) {
        self.closed_list = match self.frames.pop() {
            Some(Frame::List(sign)) => Some(sign),
            _ => None,
        };
        if self.written != Written::Nothing {
            self.written = Written::Other;
        }
    }

    fn close_heading(&mut self, level: u8) {
        self.task = None;
        if let Leaf::Text(inline) = std::mem::take(&mut self.leaf) {
            let hashes = "#".repeat(level.into());
            self.write_lines(&format!("{hashes} {}", inline.finish()));
        }
    }

    fn close_paragraph(&mut self) {
        if let Leaf::Text(inline) = std::mem::take(&mut self.leaf) {
            let box_of = |done| if done { "[x] " } else { "[ ] " };
            let task = self.task.take().map_or("", box_of);
            self.write_lines(&format!("{task}{}", inline.finish()));
            self.written = Written::Paragraph;
        }
    }

    fn close_code(&mut self) {
        if let Leaf::Code { text, language } = std::mem::take(&mut self.leaf) {
            let code = text.trim_end().trim_start_matches('\n');
            let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
            self.write_lines(&format!("{fence}{language}\n{code}\n{fence}"));
        }
    }

    fn close_table(&mut self) {
        if let Leaf::Table(table) = std::mem::take(&mut self.leaf) {
            self.write_lines(&table.finish());
        }
    }

    fn text(&mut self, block: &Block<'_>) {
        match &mut self.leaf {
            Leaf::None => {}
            Leaf::Text(inline) if self.in_term => inline.strong_block(block, self.addresses, self.notes),
            Leaf::Text(inline) => inline.block(block, self.addresses, self.notes),
            Leaf::Code { text, language } => {
                text.push_str(&verbatim(&shown_text(block)));
                if let Some(name) = block.code_language().filter(|name| is_language(name)) {
                    name.clone_into(language);
                }
            }
            Leaf::Table(table) => table.cell().block(block, self.addresses, self.notes),
        }
    }

    fn line_break(&mut self, gap: Gap) {
        match (&mut self.leaf, gap) {
            (Leaf::None, _) => {}
            (Leaf::Text(inline), Gap::Line) => inline.line_break(),
            (Leaf::Text(inline), _) => inline.text(" "),
            (Leaf::Code { text, .. }, Gap::Line) => text.push('\n'),
            (Leaf::Code { text, .. }, _) => text.push(' '),
            (Leaf::Table(table), Gap::Line) => table.cell().line_break(),
            (Leaf::Table(table), _) => table.cell().text(" "),
        }
    }

    /// Ends the line that was written last, and adds a blank one unless what comes can do without.
    fn set_off(&mut self, is_tight: bool) {
        if self.written == Written::Nothing {
            return;
        }
        self.written = Written::Nothing;
        self.out.push('\n');
        if !is_tight {
            self.write_prefix();
            self.trim_line();
            self.out.push('\n');
        }
    }

    fn write_lines(&mut self, lines: &str) {
        for (index, line) in lines.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            self.write_prefix();
            if line.is_empty() {
                self.trim_line();
            }
            self.out.push_str(line);
        }
        self.written = Written::Other;
    }

    /// Writes what a line starts with inside of the open frames.
    fn write_prefix(&mut self) {
        for frame in &mut self.frames {
            match frame {
                Frame::Note(marker) => self.out.push_str(&marker.take().unwrap_or_else(|| "    ".to_owned())),
                Frame::Quote => self.out.push_str("> "),
                Frame::List(_) => {}
                Frame::Item { marker, is_started } if *is_started => {
                    self.out.extend(std::iter::repeat_n(' ', marker.len()));
                }
                Frame::Item { marker, is_started } => {
                    self.out.push_str(marker);
                    *is_started = true;
                }
            }
        }
    }

    /// Takes the spaces off a line that has nothing but its prefix.
    fn trim_line(&mut self) {
        let length = self.out.trim_end_matches(' ').len();
        self.out.truncate(length);
    }
}

/// Code as a parser reads it, with every kind of line end as one.
fn verbatim(code: &str) -> String {
    code.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

/// The length of the longest run of a character.
fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::render::sample::{block, cell, item, markdown_of, paragraph};

    #[test]
    fn headings_have_their_level_and_the_title_the_first() {
        let blocks = [block("title", "A"), block("heading4", "B"), paragraph("c")];
        assert_eq!(markdown_of(&blocks), "# A\n\n#### B\n\nc");
    }

    #[test]
    fn a_line_gap_is_a_line_break_in_one_paragraph() {
        let blocks =
            [paragraph("a"), paragraph("- b").gap("line"), paragraph("c").gap("space"), paragraph("d")];
        assert_eq!(markdown_of(&blocks), "a\\\n\\- b c\n\nd");
    }

    #[test]
    fn a_line_gap_in_a_heading_is_a_space() {
        let blocks = [block("heading2", "a"), block("heading2", "b").gap("line")];
        assert_eq!(markdown_of(&blocks), "## a b");
    }

    #[test]
    fn lists_nest_as_deep_as_their_markers_are_wide() {
        let blocks = [
            block("list_item", "a").lists(1).number(10),
            item(2, "b"),
            block("list_item", "more").lists(2),
            item(3, "c"),
            block("list_item", "d").lists(1).number(11),
            paragraph("e"),
        ];
        let expected = "10. a\n    - b\n\n      more\n      - c\n11. d\n\ne";
        assert_eq!(markdown_of(&blocks), expected);
    }

    #[test]
    fn an_item_without_text_of_its_own_opens_the_list_inside() {
        assert_eq!(markdown_of(&[item(2, "a"), item(2, "b")]), "- - a\n  - b");
    }

    #[test]
    fn a_numbered_list_that_starts_late_is_set_off_from_the_text_before() {
        let blocks = [item(1, "a"), block("list_item", "b").lists(2).number(5)];
        assert_eq!(markdown_of(&blocks), "- a\n\n  5. b");
    }

    #[test]
    fn numbers_that_do_not_follow_make_another_list() {
        let numbered = |number, text| block("list_item", text).lists(1).number(number);
        let blocks = [numbered(1, "a"), numbered(2, "b"), numbered(4, "c"), numbered(1, "d")];
        assert_eq!(markdown_of(&blocks), "1. a\n2. b\n\n4) c\n\n1. d");
    }

    #[test]
    fn numbers_that_markdown_does_not_know_are_left_out() {
        let blocks =
            [block("list_item", "a").lists(1).number(-1), block("list_item", "b").lists(1).number(0)];
        assert_eq!(markdown_of(&blocks), "- a\n- b");
    }

    #[test]
    fn quotes_nest_around_and_inside_of_lists() {
        let blocks = [
            block("quote", "a").quotes(1),
            block("quote", "b").quotes(2),
            item(1, "c").quotes(1),
            paragraph("d"),
            item(1, "e"),
            block("quote", "f").quotes(1).lists(1),
        ];
        let expected = "> a\n>\n> > b\n>\n> - c\n\nd\n\n- e\n\n  > f";
        assert_eq!(markdown_of(&blocks), expected);
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_has() {
        let blocks = [item(1, "a"), block("code", "  ```\n\n<b>\n").lists(1)];
        assert_eq!(markdown_of(&blocks), "- a\n\n  ````\n    ```\n\n  <b>\n  ````");
    }

    #[test]
    fn a_row_of_header_cells_heads_the_table() {
        let blocks = [cell("n").row().header(), cell("a|b").row(), cell("c"), cell("d").gap("line")];
        assert_eq!(markdown_of(&blocks), "| n | |\n| --- | --- |\n| a\\|b | c<br>d |");
    }

    #[test]
    fn a_table_without_header_cells_has_an_empty_header() {
        let blocks = [cell("n").row().header(), cell("1"), block("table_row", "m\t2\t*")];
        assert_eq!(markdown_of(&blocks), "| | | |\n| --- | --- | --- |\n| n | 1 |\n| m | 2 | \\* |");
    }

    #[test]
    fn nesting_has_an_end() {
        let blocks = [item(255, "a").quotes(255)];
        assert_eq!(markdown_of(&blocks), format!("{}{}a", "> ".repeat(16), "- ".repeat(16)));
    }

    #[test]
    fn no_content_is_no_markdown() {
        assert_eq!(markdown_of(&[]), "");
        assert_eq!(markdown_of(&[paragraph("  ")]), "");
    }
}

//! Random pages, read back from what is written for them: Markdown by a CommonMark parser, HTML by one that
//! knows no more than tags and references.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use serde_json::json;

use super::link::Addresses;
use super::notes::Notes;
use super::outline::{Part, Step, outline, shown_text, shows_text};
use super::sample::{Sample, block, html_of, markdown_of, page, text_of};
use crate::page::{Mark, Page, Role};

/// Pieces of text that are markup, or nearly.
const PIECES: [&str; 88] = [
    "$",
    "$$",
    "$a$",
    "$5",
    "a",
    "b",
    "Word",
    "zwei",
    "7",
    "1.",
    "12)",
    "1234567890.",
    "#",
    "##",
    "######",
    "-",
    "--",
    "---",
    "+",
    "=",
    "==",
    ">",
    "<",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<a href=x>",
    "<http://x>",
    "&",
    "&amp;",
    "&#65;",
    "&copy",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "`",
    "``",
    "```",
    "|",
    "\\|",
    "\\",
    "\\\\",
    "[",
    "]",
    "(",
    ")",
    "[a](b)",
    "![a](b)",
    "!",
    "[x]",
    "[^1]:",
    "[a]:",
    ":",
    ":-",
    "-:",
    ":-:",
    "-|-",
    "|-|",
    "é",
    "漢字",
    "€",
    "“",
    "”",
    "—",
    "…",
    "\u{a0}",
    "\u{2028}",
    "\u{200b}",
    "Ⓐ",
    "🙂",
    "\u{301}",
    "\t",
    "\n",
    "\r\n",
    " ",
    " ",
    " ",
    " ",
    " ",
    "http://a.b/c_d_e",
    "\u{0}",
    "\u{c}",
];

const ROLES: [&str; 14] = [
    "title",
    "heading2",
    "heading6",
    "paragraph",
    "paragraph",
    "list_item",
    "table_cell",
    "table_row",
    "code",
    "quote",
    "caption",
    "term",
    "definition",
    "text",
];

const MARKS: [&str; 7] = ["emphasis", "strong", "code", "deleted", "superscript", "subscript", "gutter"];

const TARGETS: [&str; 17] = [
    "/a$b$c",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "`x`",
    "/a",
    "https://a.example/b?c=d&e=f#g",
    "a b",
    "a(b",
    "a)b(",
    "<a>",
    "a\\*b|c",
    "&copy;",
    "javascript&colon;alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "#",
    "",
    "\u{1}x\"'>",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&PIECES[..]), 1..12).prop_map(|pieces| pieces.concat()),
        1 => "\\PC{1,20}",
        1 => "[a-c*_` ]{1,20}",
    ]
}

/// Where a span starts and ends, counted in characters and wrapped to those of its block, and its mark.
type SpanSeed = (u8, u8, usize);

fn sample() -> impl Strategy<Value = Sample> {
    let span = (any::<u8>(), any::<u8>(), 0..MARKS.len() + TARGETS.len());
    let layout = (0..3u8, 0..4u8, any::<bool>(), prop::option::of(-1..4i32), any::<bool>(), any::<bool>());
    let gap = prop::sample::select(&["space", "cell", "line", "paragraph"][..]);
    let spans = prop::collection::vec(span, 0..6);
    let role = prop::sample::select(&ROLES[..]);
    let image = (prop::option::of(any::<u8>()), 0..TARGETS.len(), text(), prop::option::of(0..TARGETS.len()));
    let cell = prop::option::weighted(0.3, (0..3u32, 0..4u32, 1..3u32, 1..4u32));
    let more = (
        prop::collection::vec(image, 0..2),
        cell,
        prop::sample::select(&["", "rust", "c++", "a b`"][..]),
        prop::option::weighted(0.2, any::<bool>()),
        prop::bool::weighted(0.1),
    );
    let input = (role, text(), gap, layout, spans, prop::bool::weighted(0.1), more);
    input.prop_map(|(role, text, gap, layout, spans, is_skipped, more)| {
        let (images, cell, language, task, is_ruled) = more;
        let (quotes, lists, starts_item, number, starts_row, is_header) = layout;
        let mut sample =
            block(role, &text).gap(gap).quotes(quotes.saturating_sub(1)).lists(lists.saturating_sub(1));
        if starts_item {
            sample = number.map_or(sample.clone().item(), |number| sample.number(number));
        }
        if starts_row {
            sample = sample.row();
        }
        if is_header {
            sample = sample.header();
        }
        if is_skipped {
            sample = sample.skipped();
        }
        if let (Some((row, column, rows, columns)), "table_cell" | "list_item") = (cell, role) {
            sample = sample.spanning(row, column, rows, columns);
        } else if let (Some(done), "paragraph" | "list_item" | "quote" | "text") = (task, role) {
            sample = sample.task(done);
        }
        if is_ruled {
            sample = sample.ruled();
        }
        for (offset, source, alt, link) in images {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let place = match offset.map(usize::from) {
                Some(offset) => json!({"inside": bounds[offset % bounds.len()]}),
                None => json!(if source % 2 == 0 { "before" } else { "after" }),
            };
            sample = sample.image(place, TARGETS[source], &alt);
            if let Some(link) = link {
                sample = sample.linked(TARGETS[link]);
            }
        }
        if role == "code" {
            sample = sample.language(language);
        }
        spans.into_iter().fold(sample, |sample, seed| with_span(sample, &text, seed))
    })
}

fn with_span(sample: Sample, text: &str, (start, end, mark): SpanSeed) -> Sample {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (start, end) = (bounds[start as usize % bounds.len()], bounds[end as usize % bounds.len()]);
    let (start, end) = (start.min(end), start.max(end));
    match MARKS.get(mark) {
        Some(mark) => sample.span(start, end, mark),
        None => sample.link(start, end, TARGETS[mark - MARKS.len()]),
    }
}

/// A character and the markup around it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Marked {
    character: char,
    emphasis: bool,
    strong: bool,
    deleted: bool,
    code: bool,
    superscript: bool,
    subscript: bool,
    link: Option<String>,
}

/// The characters of a text, with one space for each run of white space.
fn collapsed(characters: Vec<Marked>) -> Vec<Marked> {
    let mut collapsed: Vec<Marked> = Vec::new();
    for mut marked in characters {
        if marked.character == '\0' {
            marked.character = '\u{fffd}';
        }
        if !marked.character.is_whitespace() {
            collapsed.push(marked);
        } else if collapsed.last().is_some_and(|last| last.character != ' ') {
            collapsed.push(Marked { character: ' ', ..Marked::default() });
        }
    }
    let length = collapsed.len() - usize::from(collapsed.last().is_some_and(|last| last.character == ' '));
    collapsed.truncate(length);
    collapsed
}

/// The characters of the page's content with the markup its spans say.
fn expected(page: &Page) -> Vec<Marked> {
    let mut all = Vec::new();
    for block in page.content().blocks() {
        let mut spans: Vec<_> = block.spans().collect();
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let is_code = block.role() == Role::Code;
        let text = if is_code { shown_text(&block) } else { block.text().into() };
        if is_code || block.role() == Role::TableRow {
            spans.clear();
        }
        let addresses = Addresses::default();
        for (at, character) in text.char_indices() {
            let around = || spans.iter().filter(|span| span.start <= at && at < span.end);
            let has = |mark| around().any(|span| span.mark == mark);
            let link = around().find_map(|span| match span.mark {
                Mark::Link(target) => addresses.link(target),
                _ => None,
            });
            all.push(Marked {
                character,
                emphasis: has(Mark::Emphasis),
                // Terms are written as important, as Markdown has no lists of definitions.
                strong: has(Mark::Strong) || block.role() == Role::Term,
                deleted: has(Mark::Deleted),
                code: has(Mark::Code),
                superscript: has(Mark::Superscript),
                subscript: has(Mark::Subscript),
                link: link.map(String::from),
            });
        }
        all.push(Marked { character: '\n', ..Marked::default() });
    }
    collapsed(all)
}

/// What a Markdown parser reads: characters with their markup, and the parts that open and close.
#[derive(Default)]
struct Reading {
    characters: Vec<Marked>,
    parts: Vec<String>,
    now: Marked,
    html: Vec<String>,
    /// The addresses of images; how many are open.
    images: Vec<String>,
    open_images: usize,
}

impl Reading {
    fn of(markdown: &str) -> Self {
        let mut reading = Reading::default();
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_MATH;
        for event in Parser::new_ext(markdown, options) {
            reading.event(event);
        }
        reading.characters = collapsed(reading.characters);
        reading
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.open_images += 1;
                self.images.push(dest_url.to_string());
            }
            Event::End(TagEnd::Image) => self.open_images -= 1,
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak if self.open_images > 0 => {
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => self.text(REPLACED),
            Event::Start(Tag::FootnoteDefinition(_)) | Event::End(TagEnd::FootnoteDefinition) => {
                self.text("\n")
            }
            Event::Rule => self.parts.push("rule".to_owned()),
            Event::TaskListMarker(done) => self.parts.push(format!("task {done}")),
            Event::InlineHtml(html) if self.open_images == 0 => self.inline_html(&html),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.now.code = true;
                self.text(&text);
                self.now.code = false;
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            other => self.html.push(format!("{other:?}")),
        }
    }

    /// The few tags that stand for what Markdown has no signs for.
    fn inline_html(&mut self, html: &str) {
        match html {
            "<sup>" => self.now.superscript = true,
            "</sup>" => self.now.superscript = false,
            "<sub>" => self.now.subscript = true,
            "</sub>" => self.now.subscript = false,
            "<br>" => self.text(" "),
            other => self.html.push(other.to_owned()),
        }
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            self.characters.push(Marked { character, ..self.now.clone() });
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => return self.now.emphasis = true,
            Tag::Strong => return self.now.strong = true,
            Tag::Strikethrough => return self.now.deleted = true,
            Tag::Link { dest_url, .. } => return self.now.link = Some(dest_url.to_string()),
            Tag::Heading { level, .. } => self.parts.push(format!("heading {}", level as u8)),
            Tag::BlockQuote(_) => self.parts.push("quote".to_owned()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.parts.push("code".to_owned()),
            Tag::List(Some(number)) => self.parts.push(format!("list {number}")),
            Tag::List(None) => self.parts.push("list".to_owned()),
            Tag::Item => self.parts.push("item".to_owned()),
            Tag::Table(_) => self.parts.push("table".to_owned()),
            Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            other => self.html.push(format!("{other:?}")),
        }
        self.text("\n");
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.now.emphasis = false,
            TagEnd::Strong => self.now.strong = false,
            TagEnd::Strikethrough => self.now.deleted = false,
            TagEnd::Link => self.now.link = None,
            TagEnd::BlockQuote(_) => self.parts.push("/quote".to_owned()),
            TagEnd::List(_) => self.parts.push("/list".to_owned()),
            TagEnd::Item => self.parts.push("/item".to_owned()),
            _ => self.text("\n"),
        }
    }
}

/// The parts that a Markdown parser should find.
fn expected_parts(page: &Page) -> Vec<String> {
    let name = |step| match step {
        Step::Open(Part::Heading(level)) => Some(format!("heading {level}")),
        Step::Open(Part::Quote) => Some("quote".to_owned()),
        Step::Open(Part::Code) => Some("code".to_owned()),
        Step::Open(Part::List(Some(number @ 0..))) => Some(format!("list {number}")),
        Step::Open(Part::List(_)) => Some("list".to_owned()),
        Step::Open(Part::Item(_)) => Some("item".to_owned()),
        Step::Open(Part::Table) => Some("table".to_owned()),
        Step::Task(done) => Some(format!("task {done}")),
        Step::Rule => Some("rule".to_owned()),
        Step::Close(Part::Quote) => Some("/quote".to_owned()),
        Step::Close(Part::List(_)) => Some("/list".to_owned()),
        Step::Close(Part::Item(_)) => Some("/item".to_owned()),
        _ => None,
    };
    let mut parts = Vec::new();
    let blocks: Vec<_> = page.content().blocks().collect();
    outline(&blocks, &Notes::default(), |step| parts.extend(name(step)));
    parts
}

/// The addresses of the images that a page's content has and that may be written.
fn expected_images(page: &Page) -> Vec<String> {
    let shown = page.content().blocks().filter(|block| block.role() == Role::TableCell || shows_text(block));
    let sources = shown.flat_map(|block| block.image_data()).map(|image| &image.source);
    sources.filter_map(|source| Addresses::default().image(source).map(String::from)).collect()
}

fn characters(marked: &[Marked]) -> String {
    marked.iter().map(|marked| marked.character).collect()
}

/// The text of HTML whose tags are all closed in order; none if they are not.
fn text_of_html(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>')?;
        rest = after;
        let name = tag.trim_start_matches('/').split(' ').next()?;
        if name == "annotation" {
            rest = rest.split_once("</annotation>")?.1;
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) if open.pop()? == name => {}
            Some(_) => return None,
            None if ["br", "hr", "img", "input"].contains(&name) => {}
            None => open.push(tag.split(' ').next()?),
        }
        // Only these stand in the middle of a word.
        if !["a", "em", "strong", "code", "del", "sup", "sub", "img"].contains(&name) {
            text.push(' ');
        }
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    open.is_empty().then_some(text)
}

fn plain_characters(text: &str) -> String {
    let marked = text.chars().map(|character| Marked { character, ..Marked::default() });
    characters(&collapsed(marked.collect()))
}

/// What stands for a formula or a reference to a note, whose text is written otherwise.
const REPLACED: &str = "\u{fffc}";

/// A text, and one with a part of it replaced.
fn with_part_replaced(text: &str, start: usize, end: usize) -> [String; 2] {
    let part = &text[start..end];
    let trimmed = part.trim();
    let before = &text[..start + part.len() - part.trim_start().len()];
    let after = &text[(start + part.trim_end().len()).max(before.len())..];
    let replaced = if trimmed.is_empty() { text.to_owned() } else { format!("{before}{REPLACED}{after}") };
    [plain_characters(text), plain_characters(&replaced)]
}

/// A block of any text, with a part of it to be marked.
fn part() -> impl Strategy<Value = (Sample, String, usize, usize)> {
    let span = (any::<u8>(), any::<u8>(), 0..MARKS.len());
    let role = prop::sample::select(&["paragraph", "heading2", "table_cell", "term", "list_item"][..]);
    let input = (role, text(), any::<(u8, u8)>(), prop::collection::vec(span, 0..4));
    input.prop_map(|(role, text, (start, end), spans)| {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (start, end) = (bounds[start as usize % bounds.len()], bounds[end as usize % bounds.len()]);
        let sample =
            spans.into_iter().fold(block(role, &text), |sample, seed| with_span(sample, &text, seed));
        (sample, text, start.min(end), start.max(end))
    })
}

proptest! {
    #[test]
    fn references_to_notes_read_back((sample, text, start, end) in part()) {
        let samples = [sample.link(start, end, "#n1"), block("paragraph", "A note.").note("n1")];
        let markdown = markdown_of(&samples);
        let reading = Reading::of(&markdown);
        let expected = with_part_replaced(&text, start, end).map(|text| plain_characters(&format!("{text}\nA note.")));
        prop_assert!(expected.contains(&characters(&reading.characters)), "{:?} in {}", expected, markdown);
        prop_assert!(reading.html.is_empty(), "{:?} in {}", reading.html, markdown);
    }

    #[test]
    fn formulas_read_back((sample, text, start, end) in part(), source in text()) {
        let markdown = markdown_of(&[sample.math(start, end, &source)]);
        let reading = Reading::of(&markdown);
        let expected = with_part_replaced(&text, start, end);
        prop_assert!(expected.contains(&characters(&reading.characters)), "{:?} in {}", expected, markdown);
        prop_assert!(reading.html.is_empty(), "{:?} in {}", reading.html, markdown);
    }
}

proptest! {
    #[test]
    fn markdown_reads_back_as_the_same_text(samples in prop::collection::vec(sample(), 1..7)) {
        let page = page(&samples);
        let markdown = markdown_of(&samples);
        let reading = Reading::of(&markdown);
        let expected = expected(&page);
        prop_assert_eq!(characters(&reading.characters), characters(&expected), "{}", markdown);
        prop_assert!(reading.html.is_empty(), "{:?} in {}", reading.html, markdown);
        prop_assert_eq!(&reading.parts, &expected_parts(&page), "{}", markdown);
        prop_assert_eq!(&reading.images, &expected_images(&page), "{}", markdown);
    }

    #[test]
    fn markdown_marks_no_text_but_what_the_page_marks(sample in sample()) {
        let samples = [sample];
        let markdown = markdown_of(&samples);
        let reading = Reading::of(&markdown);
        for (read, wanted) in reading.characters.iter().zip(expected(&page(&samples))) {
            if read.character == ' ' {
                continue;
            }
            prop_assert_eq!(&read.link, &wanted.link, "{}", markdown);
            prop_assert!(!read.emphasis || wanted.emphasis, "{}", markdown);
            prop_assert!(!read.strong || wanted.strong, "{}", markdown);
            prop_assert!(!read.deleted || wanted.deleted, "{}", markdown);
            prop_assert!(!read.code || wanted.code, "{}", markdown);
            prop_assert!(!read.superscript || wanted.superscript, "{}", markdown);
            prop_assert!(!read.subscript || wanted.subscript, "{}", markdown);
        }
    }

    #[test]
    fn html_is_well_formed_and_keeps_the_text(samples in prop::collection::vec(sample(), 1..7)) {
        let html = html_of(&samples);
        let expected = characters(&expected(&page(&samples)));
        let read = text_of_html(&html).map(|text| plain_characters(&text));
        prop_assert_eq!(read, Some(expected), "{}", html);
        prop_assert!(!html.contains("script:"), "{}", html);
    }

    #[test]
    fn plain_text_has_no_space_at_its_ends(samples in prop::collection::vec(sample(), 1..7)) {
        let text = text_of(&samples);
        prop_assert_eq!(text.trim_end(), &text);
    }
}

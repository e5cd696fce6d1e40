//! [`Tree`] → [`Segments`]: one walk over the tree in document order.
//!
//! Blocks end where block-level elements begin and end, at line breaks and at rules, so that a photo
//! credit or a "read also" line between two `<br>` is a block of its own.

use std::ops::Range;

use html5ever::{LocalName, local_name, ns};

use super::element::{Flow, flow};
use super::hidden::is_hidden;
use super::tables::layout_tables;
use super::{Place, Segment, Segments};
use crate::page::{Gap, Layout, MarkData, Role, SpanData};
use crate::tree::{NodeData, NodeId, Step, Tree};

/// Cuts a page into blocks.
pub(crate) fn segment(tree: &Tree) -> Segments {
    let mut cutter = Cutter::new(tree);
    let mut walk = tree.walk(NodeId::DOCUMENT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if !cutter.enter(id) {
                    walk.skip_inside(id);
                }
            }
            Step::Leave(id) => cutter.leave(id),
        }
    }
    cutter.finish()
}

/// What text inherits from the elements around it.
#[derive(Clone, Copy)]
struct Context {
    /// The innermost block-level element.
    element: NodeId,
    role: Role,
    layout: Layout,
    linked: bool,
    bold: bool,
    hidden: bool,
    verbatim: bool,
    /// Inside a table that holds data, not the layout of the page.
    data_cell: bool,
    /// The number the next item of this list has; `None` in an unordered list.
    counter: Option<i32>,
}

/// Inline markup that is open at this point.
struct OpenMark {
    element: NodeId,
    mark: MarkData,
    start: u32,
}

struct Cutter<'t> {
    tree: &'t Tree,
    /// The tables that lay out the page; others hold data.
    layout_tables: Vec<NodeId>,
    contexts: Vec<Context>,
    out: Segments,
    /// The block being built, from its first visible character on.
    open: Option<Segment>,
    marks: Vec<OpenMark>,
    /// What has set off the next block so far.
    gap: Gap,
    /// White space was met and not yet written.
    space: bool,
    /// An element ended and none has begun or text come since: the next one touches it.
    touching: Option<NodeId>,
    starts_item: Option<Option<i32>>,
    starts_row: bool,
    breaks: u32,
}

impl<'t> Cutter<'t> {
    fn new(tree: &'t Tree) -> Self {
        Cutter {
            tree,
            layout_tables: layout_tables(tree),
            contexts: vec![Context {
                element: NodeId::DOCUMENT,
                role: Role::Text,
                layout: Layout::default(),
                linked: false,
                bold: false,
                hidden: false,
                verbatim: false,
                data_cell: false,
                counter: None,
            }],
            out: Segments::default(),
            open: None,
            marks: Vec::new(),
            gap: Gap::Paragraph,
            space: false,
            touching: None,
            starts_item: None,
            starts_row: false,
            breaks: 0,
        }
    }

    fn context(&self) -> Context {
        // The first context is never popped.
        self.contexts[self.contexts.len() - 1]
    }

    /// False if nothing inside is text of the page.
    fn enter(&mut self, id: NodeId) -> bool {
        let element = match self.tree.data(id) {
            NodeData::Text(_) => {
                self.text(id, self.tree.text(id));
                return false;
            }
            NodeData::Element(element) => element,
            NodeData::Document => return true,
            _ => return false,
        };
        let Some(name) = element.html_name() else {
            // MathML is text; drawings and the sources that formulas carry along are not.
            let is_drawing = element.name.ns == ns!(svg);
            let is_annotation = matches!(&*element.name.local, "annotation" | "annotation-xml");
            self.contexts.push(self.context());
            return !is_drawing && !is_annotation;
        };
        let mut context = self.context();
        let flow = flow(name);
        match flow {
            Flow::Inline => {
                self.separate_touching(name);
                self.inline(id, name, &mut context);
            }
            Flow::Block(gap, role) => self.begin_block_element(id, name, gap, role, &mut context),
            Flow::Break => self.line_break(),
            Flow::Rule => self.boundary(Gap::Paragraph),
            Flow::Skipped => {}
        }
        context.hidden |= is_hidden(self.tree, id, name);
        self.contexts.push(context);
        if *name == local_name!("input") {
            self.button_caption(id);
        }
        flow != Flow::Skipped
    }

    fn leave(&mut self, id: NodeId) {
        let NodeData::Element(element) = self.tree.data(id) else {
            return;
        };
        self.contexts.pop();
        let Some(name) = element.html_name() else { return };
        match flow(name) {
            Flow::Inline => {
                self.end_mark(id);
                self.touching = Some(id);
            }
            Flow::Block(gap, _) if !self.context().verbatim => {
                if *name == local_name!("li") {
                    // An item without text starts nothing.
                    self.starts_item = None;
                }
                // The end of a cell or row says nothing: the next one's beginning does.
                self.boundary(if gap == Gap::Cell { Gap::Space } else { gap });
            }
            _ => {}
        }
    }

    fn begin_block_element(
        &mut self,
        id: NodeId,
        name: &LocalName,
        gap: Gap,
        role: Role,
        context: &mut Context,
    ) {
        if context.verbatim {
            // Lines of code that are elements of their own: still one block, with its line breaks.
            self.verbatim_line_break();
            return;
        }
        let first_cell = gap == Gap::Cell && self.starts_row;
        self.boundary(if first_cell { Gap::Line } else { gap });
        context.element = id;
        context.role = self.nested_role(context, name, role);
        match *name {
            local_name!("ul") | local_name!("ol") | local_name!("menu") | local_name!("dir") => {
                context.layout.list_depth = context.layout.list_depth.saturating_add(1);
                context.counter =
                    (*name == local_name!("ol")).then(|| self.number(id, local_name!("start")).unwrap_or(1));
            }
            local_name!("li") => self.begin_item(id),
            local_name!("blockquote") => {
                context.layout.quote_depth = context.layout.quote_depth.saturating_add(1)
            }
            local_name!("tr") => self.starts_row = true,
            local_name!("table") => {
                context.data_cell = self.layout_tables.binary_search(&id).is_err();
            }
            local_name!("th") => context.layout.header_cell = context.data_cell,
            local_name!("pre") | local_name!("listing") | local_name!("textarea") => context.verbatim = true,
            _ => {}
        }
    }

    /// A `<p>` or `<div>` inside a list item, quote or caption is a part of that.
    fn nested_role(&self, context: &Context, name: &LocalName, role: Role) -> Role {
        let is_cell = role == Role::TableCell;
        if is_cell && !context.data_cell {
            return Role::Text;
        }
        let is_plain = matches!(role, Role::Paragraph | Role::Text);
        let is_container = matches!(
            *name,
            local_name!("table")
                | local_name!("ul")
                | local_name!("ol")
                | local_name!("dl")
                | local_name!("article")
        );
        let inherits = matches!(
            context.role,
            Role::ListItem
                | Role::Quote
                | Role::Caption
                | Role::TableCell
                | Role::Definition
                | Role::Heading(_)
        );
        if is_plain && !is_container && inherits { context.role } else { role }
    }

    fn begin_item(&mut self, id: NodeId) {
        let value = self.number(id, local_name!("value"));
        let list = self.contexts.len() - 1;
        let ordinal = self.contexts[list].counter.map(|next| value.unwrap_or(next));
        self.contexts[list].counter = ordinal.map(|ordinal| ordinal.saturating_add(1));
        self.starts_item = Some(ordinal);
    }

    fn number(&self, id: NodeId, attribute: LocalName) -> Option<i32> {
        self.tree.attribute(id, &attribute)?.trim().parse().ok()
    }

    fn inline(&mut self, id: NodeId, name: &LocalName, context: &mut Context) {
        let mark = match *name {
            local_name!("a") => {
                let Some(target) = self.tree.attribute(id, &local_name!("href")) else { return };
                if !context.linked {
                    context.linked = true;
                    self.begin_link(id, target);
                }
                return;
            }
            local_name!("b") | local_name!("strong") => {
                context.bold = true;
                MarkData::Strong
            }
            local_name!("em")
            | local_name!("i")
            | local_name!("cite")
            | local_name!("dfn")
            | local_name!("var") => MarkData::Emphasis,
            local_name!("code") | local_name!("kbd") | local_name!("samp") | local_name!("tt") => {
                MarkData::Code
            }
            local_name!("s") | local_name!("del") | local_name!("strike") => MarkData::Deleted,
            local_name!("sup") => MarkData::Superscript,
            local_name!("sub") => MarkData::Subscript,
            _ => return,
        };
        // The same mark twice says no more; so at most one of each is open, however deep markup nests.
        if context.verbatim || self.marks.iter().any(|open| open.mark == mark) {
            return;
        }
        self.begin_mark(id, mark);
    }

    fn begin_link(&mut self, id: NodeId, target: &str) {
        let start = self.out.targets.len() as u32;
        self.out.targets.push_str(target.trim());
        let target = start..self.out.targets.len() as u32;
        self.begin_mark(id, MarkData::Link(target));
    }

    fn begin_mark(&mut self, element: NodeId, mark: MarkData) {
        // A mark begins with its first visible character, so white space before it stays outside.
        let start = u32::MAX;
        self.marks.push(OpenMark { element, mark, start });
    }

    fn end_mark(&mut self, element: NodeId) {
        if self.marks.last().is_none_or(|mark| mark.element != element) {
            return;
        }
        if let Some(OpenMark { mark, start, .. }) = self.marks.pop() {
            self.push_span(mark, start);
        }
    }

    fn push_span(&mut self, mark: MarkData, start: u32) {
        let end = self.out.text.len() as u32;
        if self.open.is_some() && start < end {
            self.out.spans.push(SpanData { range: start..end, mark });
        }
    }

    /// Two links that touch are two things: `<a>Home</a><a>News</a>` is no word "HomeNews". So are two
    /// inline boxes whose texts meet as no word does, a small letter before a capital.
    fn separate_touching(&mut self, name: &LocalName) {
        let Some(before) = self.touching else { return };
        let is_link =
            |name: &LocalName| matches!(*name, local_name!("a") | local_name!("time") | local_name!("label"));
        let before = self.tree.html_name(before);
        if is_link(name) && before.is_some_and(is_link) {
            self.space = true;
        }
    }

    fn text(&mut self, id: NodeId, text: &'t str) {
        if self.context().verbatim {
            self.verbatim(id, text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let run = length_of_words(rest);
            if run > 0 {
                self.words(id, &rest[..run]);
                rest = &rest[run..];
            }
            let Some(c) = rest.chars().next() else { break };
            self.space |= !is_invisible(c);
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Words with single spaces between them go into the open block, or open one.
    fn words(&mut self, id: NodeId, words: &str) {
        let context = self.context();
        if self.open.is_none() {
            self.open_block(&context);
        } else if self.space || self.meets_as_no_word_does(words) {
            self.push_space(&context);
        }
        (self.space, self.touching, self.breaks) = (false, None, 0);
        self.push_leaf(id);
        let start = self.out.text.len() as u32;
        self.begin_pending_marks(start);
        self.out.text.push_str(words);
        self.count(&context, words.len());
    }

    fn meets_as_no_word_does(&self, words: &str) -> bool {
        if self.touching.is_none() {
            return false;
        }
        let before = self.out.text.chars().next_back();
        let after = words.chars().next();
        let is_code = self.marks.iter().any(|open| open.mark == MarkData::Code);
        before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_uppercase) && !is_code
    }

    fn push_space(&mut self, context: &Context) {
        self.out.text.push(' ');
        self.count(context, 1);
    }

    fn begin_pending_marks(&mut self, start: u32) {
        let pending = self.marks.iter_mut().rev().take_while(|mark| mark.start == u32::MAX);
        let links = pending.map(|mark| {
            mark.start = start;
            u32::from(matches!(mark.mark, MarkData::Link(_)))
        });
        let links: u32 = links.sum();
        if let Some(open) = &mut self.open {
            open.links += links;
        }
    }

    fn count(&mut self, context: &Context, bytes: usize) {
        if let Some(open) = &mut self.open {
            open.link_bytes += if context.linked { bytes as u32 } else { 0 };
            open.bold_bytes += if context.bold { bytes as u32 } else { 0 };
        }
    }

    fn push_leaf(&mut self, id: NodeId) {
        if self.out.leaves.last() != Some(&id) || self.open_leaves().is_empty() {
            self.out.leaves.push(id);
        }
        let end = self.out.leaves.len() as u32;
        if let Some(Segment { place: Place::Element { leaves, .. }, .. }) = &mut self.open {
            leaves.end = end;
        }
    }

    fn open_leaves(&self) -> Range<u32> {
        match &self.open {
            Some(Segment { place: Place::Element { leaves, .. }, .. }) => leaves.clone(),
            _ => 0..0,
        }
    }

    fn verbatim(&mut self, id: NodeId, text: &str) {
        let context = self.context();
        let mut text = text;
        if self.open.is_none() {
            // Blank lines before the first line are no part of the text; its indentation is.
            let blank = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
            let line = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
            text = &text[line..];
            if blank - line == text.len() {
                return;
            }
            self.open_block(&context);
        }
        (self.space, self.touching, self.breaks) = (false, None, 0);
        self.push_leaf(id);
        self.begin_pending_marks(self.out.text.len() as u32);
        self.out.text.push_str(text);
        self.count(&context, text.len());
    }

    fn verbatim_line_break(&mut self) {
        if self.open.is_some() && !self.out.text.ends_with('\n') {
            self.out.text.push('\n');
        }
    }

    fn line_break(&mut self) {
        if self.context().verbatim {
            if self.open.is_some() {
                self.out.text.push('\n');
            }
            return;
        }
        self.boundary(Gap::Line);
        self.breaks += 1;
        if self.breaks > 1 {
            self.gap = self.gap.max(Gap::Paragraph);
        }
    }

    /// `<input type="submit" value="Search">` shows its value.
    fn button_caption(&mut self, id: NodeId) {
        let kind = self.tree.attribute(id, &local_name!("type")).unwrap_or("");
        let is_button = ["submit", "button", "reset"].iter().any(|button| kind.eq_ignore_ascii_case(button));
        let Some(caption) = self.tree.attribute(id, &local_name!("value")) else { return };
        if !is_button {
            return;
        }
        self.boundary(Gap::Line);
        let top = self.contexts.len() - 1;
        (self.contexts[top].element, self.contexts[top].role) = (id, Role::Control);
        let words = caption.split(is_space_or_invisible).filter(|word| !word.is_empty());
        for word in words {
            self.space = true;
            self.words(id, word);
        }
        self.boundary(Gap::Line);
    }

    fn open_block(&mut self, context: &Context) {
        if !self.out.blocks.is_empty() {
            self.out.text.push(crate::page::BLOCK_SEPARATOR);
        }
        let start = self.out.text.len() as u32;
        let first_leaf = self.out.leaves.len() as u32;
        let first_span = self.out.spans.len() as u32;
        let mut layout = context.layout;
        if let Some(ordinal) = self.starts_item.take() {
            (layout.starts_item, layout.ordinal) = (true, ordinal);
        }
        layout.starts_row = context.data_cell && std::mem::take(&mut self.starts_row);
        for mark in &mut self.marks {
            mark.start = u32::MAX;
        }
        self.open = Some(Segment {
            text: start..start,
            role: if context.verbatim && context.role != Role::Control { Role::Code } else { context.role },
            gap: std::mem::replace(&mut self.gap, Gap::Space),
            layout,
            hidden: context.hidden,
            link_bytes: 0,
            links: 0,
            bold_bytes: 0,
            spans: first_span..first_span,
            place: Place::Element { element: context.element, leaves: first_leaf..first_leaf },
        });
    }

    /// Ends the open block, if there is one.
    fn boundary(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        (self.space, self.touching) = (false, None);
        if self.open.is_none() {
            return;
        }
        let text_end = self.out.text.trim_end().len();
        self.out.text.truncate(text_end);
        for index in 0..self.marks.len() {
            let (mark, start) = (self.marks[index].mark.clone(), self.marks[index].start);
            self.push_span(mark, start);
        }
        let Some(mut block) = self.open.take() else { return };
        block.text.end = self.out.text.len() as u32;
        block.spans.end = self.out.spans.len() as u32;
        let spans = &mut self.out.spans[block.spans.start as usize..];
        for span in &mut *spans {
            span.range.end = span.range.end.min(block.text.end);
        }
        spans.sort_by_key(|span| (span.range.start, u32::MAX - span.range.end));
        self.out.blocks.push(block);
    }

    fn finish(mut self) -> Segments {
        self.boundary(Gap::Paragraph);
        self.out
    }
}

/// How far words with single spaces between them go from the beginning of a text; 0 if it begins with a space.
fn length_of_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    loop {
        let word = end;
        end += bytes[end..].iter().take_while(|&&byte| is_in_word(byte)).count();
        while let Some(c) = text[end..].chars().next().filter(|c| !c.is_ascii() && !is_space_or_invisible(*c))
        {
            end += c.len_utf8();
            end += bytes[end..].iter().take_while(|&&byte| is_in_word(byte)).count();
        }
        if word == end {
            // No word follows the last space.
            return end.saturating_sub(1);
        }
        if bytes.get(end) != Some(&b' ') {
            return end;
        }
        end += 1;
    }
}

/// Whether a byte is a character of ASCII and no white space.
fn is_in_word(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'\t'..=b'\r' | b' ')
}

fn is_space_or_invisible(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Characters that show nothing and separate nothing: soft hyphen, byte order mark, word joiner.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{feff}' | '\u{2060}')
}

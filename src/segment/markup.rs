//! [`Tree`] → [`Segments`]: one walk over the tree in document order.
//!
//! Blocks end where block-level elements begin and end, at line breaks and at rules, so that a photo
//! credit or a "read also" line between two `<br>` is a block of its own.

mod code;
mod grid;
mod image_places;
mod images;
mod math;
mod mathml;
mod notes;
mod text;

use std::ops::Range;

use html5ever::{LocalName, local_name, ns};

use super::element::{Flow, flow};
use super::hidden::is_hidden;
use super::tables::layout_tables;
use super::{Place, Segment, Segments};
use grid::Grid;
use text::is_space_or_invisible;

use crate::page::{Cell, Gap, ImageData, Layout, MarkData, Role, SpanData};
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
    in_math: bool,
    /// Where the text stood when the element began.
    start: u32,
}

/// An image between blocks, until it is known which of the two it belongs to.
struct PendingImage {
    image: ImageData,
    /// The innermost block-level element around it.
    element: NodeId,
    /// The depth of the innermost element around it and what comes before: an image or a block.
    shared: usize,
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
    images: Vec<PendingImage>,
    /// The depth of the innermost element around this point and the last text or image.
    shared: usize,
    /// The data table that is open, and its cell.
    grid: Option<Grid>,
    cell: Option<Cell>,
    tables: u32,
    /// Of the item that begins.
    task: Option<bool>,
    after_rule: bool,
    /// Of the preformatted text that is open.
    language: Option<&'t str>,
    /// Where the text of the element `touching` began.
    touching_start: u32,
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
                in_math: false,
                start: 0,
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
            images: Vec::new(),
            shared: 0,
            grid: None,
            cell: None,
            tables: 0,
            task: None,
            after_rule: false,
            language: None,
            touching_start: 0,
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
            let mut context = self.context();
            if element.name.ns == ns!(mathml) && !context.in_math {
                context.in_math = true;
                self.formula(id);
            }
            self.contexts.push(context);
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
            Flow::Rule => {
                self.boundary(Gap::Paragraph);
                self.after_rule = true;
            }
            Flow::Skipped if *name == local_name!("script") => self.formula_script(id),
            Flow::Skipped => {}
        }
        context.start = self.out.text.len() as u32;
        context.hidden |= is_hidden(self.tree, id, name);
        self.contexts.push(context);
        match *name {
            local_name!("input") => self.input(id),
            local_name!("img") => self.image(id),
            _ => {}
        }
        flow != Flow::Skipped
    }

    fn leave(&mut self, id: NodeId) {
        let NodeData::Element(element) = self.tree.data(id) else {
            return;
        };
        let left = self.contexts.pop();
        self.shared = self.shared.min(self.contexts.len());
        let Some(name) = element.html_name() else {
            self.end_mark(id);
            return;
        };
        match flow(name) {
            Flow::Inline => {
                self.end_mark(id);
                self.touching = Some(id);
                self.touching_start = left.map_or(0, |context| context.start);
            }
            Flow::Block(..) if self.context().verbatim => self.end_mark(id),
            Flow::Block(gap, _) => {
                self.leave_block_element(id, name);
                // The end of a cell or row says nothing: the next one's beginning does.
                self.boundary(if gap == Gap::Cell { Gap::Space } else { gap });
                self.end_mark(id);
                if *name == local_name!("pre") {
                    self.language = None;
                }
            }
            _ => {}
        }
    }

    fn leave_block_element(&mut self, id: NodeId, name: &LocalName) {
        match *name {
            // An item without text starts nothing.
            local_name!("li") => (self.starts_item, self.task) = (None, None),
            local_name!("td") | local_name!("th") => self.cell = None,
            local_name!("table") if self.layout_tables.binary_search(&id).is_err() => self.grid = None,
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
            self.gutter(id, name);
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
            local_name!("tr") => {
                self.starts_row = true;
                if let (Some(grid), true) = (&mut self.grid, context.data_cell) {
                    grid.start_row();
                }
            }
            local_name!("table") => {
                context.data_cell = self.layout_tables.binary_search(&id).is_err();
                if context.data_cell {
                    self.grid = Some(Grid::new(self.tables, context.layout.list_depth));
                    self.tables += 1;
                }
            }
            local_name!("td") | local_name!("th") => {
                if *name == local_name!("th") {
                    context.layout.header_cell = context.data_cell;
                }
                let grid = self.grid.as_mut().filter(|_| context.data_cell);
                self.cell = grid.map(|grid| grid.place(self.tree, id));
            }
            local_name!("pre") | local_name!("listing") | local_name!("textarea") => {
                context.verbatim = true;
                self.language = code::language(self.tree, id);
                if code::is_in_gutter(self.tree, id) {
                    self.begin_mark(id, MarkData::Gutter);
                }
            }
            _ => {}
        }
    }

    /// In code: leaves out of it what is only shown beside it.
    fn gutter(&mut self, id: NodeId, name: &LocalName) {
        if code::is_gutter(self.tree, id, name)
            && !self.marks.iter().any(|open| open.mark == MarkData::Gutter)
        {
            self.begin_mark(id, MarkData::Gutter);
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
        (self.starts_item, self.task) = (Some(ordinal), None);
    }

    fn number(&self, id: NodeId, attribute: LocalName) -> Option<i32> {
        self.tree.attribute(id, &attribute)?.trim().parse().ok()
    }

    fn inline(&mut self, id: NodeId, name: &LocalName, context: &mut Context) {
        if context.verbatim {
            self.gutter(id, name);
            if *name == local_name!("code") && self.language.is_none() {
                self.language = code::language(self.tree, id);
            }
        }
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
        let target = self.push_target(target.trim());
        self.begin_mark(id, MarkData::Link(target));
    }

    /// Keeps the source of a formula for the text that shows it.
    fn formula(&mut self, math: NodeId) {
        let Some(formula) = math::formula(self.tree, math) else { return };
        let source = self.push_target(&formula.source);
        self.begin_mark(formula.element, MarkData::Math(source, formula.display));
    }

    /// The same where the source comes right behind the text.
    fn formula_script(&mut self, script: NodeId) {
        let is_behind = self.touching.is_some_and(|output| math::is_output(self.tree, output));
        let start = self.touching_start.max(self.open.as_ref().map_or(u32::MAX, |open| open.text.start));
        if !is_behind || start >= self.out.text.len() as u32 {
            return;
        }
        if let Some((source, display)) = math::script(self.tree, script) {
            let source = self.push_target(&source);
            self.push_span(MarkData::Math(source, display), start);
        }
    }

    fn push_target(&mut self, target: &str) -> Range<u32> {
        let start = self.out.targets.len() as u32;
        self.out.targets.push_str(target);
        start..self.out.targets.len() as u32
    }

    fn begin_mark(&mut self, element: NodeId, mark: MarkData) {
        // A mark begins with its first visible character, so white space before it stays outside.
        let start = u32::MAX;
        self.marks.push(OpenMark { element, mark, start });
    }

    fn end_mark(&mut self, element: NodeId) {
        while self.marks.last().is_some_and(|mark| mark.element == element) {
            let Some(OpenMark { mark, start, .. }) = self.marks.pop() else { return };
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

    /// `<input type="submit" value="Search">` shows its value, and a checkbox that begins an item makes it a task.
    fn input(&mut self, id: NodeId) {
        let kind = self.tree.attribute(id, &local_name!("type")).unwrap_or("");
        if kind.eq_ignore_ascii_case("checkbox") && self.starts_item.is_some() && self.open.is_none() {
            self.task = Some(self.tree.attribute(id, &local_name!("checked")).is_some());
        }
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

    /// Puts down what is known of the block that opens beyond its text.
    fn open_details(&mut self, context: &Context) {
        let block = self.out.blocks.len() as u32;
        if let Some(cell) = self.cell.filter(|_| context.data_cell) {
            self.out.details.cells.push((block, cell));
        }
        if !self.images.is_empty() {
            self.settle_images(Some(context.element));
        }
    }

    fn open_block(&mut self, context: &Context) {
        self.open_details(context);
        if !self.out.blocks.is_empty() {
            self.out.text.push(crate::page::BLOCK_SEPARATOR);
        }
        let start = self.out.text.len() as u32;
        let first_leaf = self.out.leaves.len() as u32;
        let first_span = self.out.spans.len() as u32;
        let mut layout = context.layout;
        if let Some(ordinal) = self.starts_item.take() {
            (layout.starts_item, layout.ordinal) = (true, ordinal);
            layout.task = self.task.take();
        }
        layout.after_rule = std::mem::take(&mut self.after_rule);
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
        if let Some(language) = self.language.filter(|_| block.role == Role::Code) {
            self.out.details.languages.push((self.out.blocks.len() as u32, language.to_owned()));
        }
        block.text.end = self.out.text.len() as u32;
        self.keep_images_inside(block.text.end - block.text.start);
        // White space that ended the block is gone: a span that stood in nothing else is, too.
        let mut spans = self.out.spans.split_off(block.spans.start as usize);
        for span in &mut spans {
            span.range.end = span.range.end.min(block.text.end);
        }
        spans.retain(|span| span.range.start < span.range.end);
        spans.sort_by_key(|span| (span.range.start, u32::MAX - span.range.end));
        if self.is_all_gutter(&block, &spans) {
            spans.retain(|span| span.mark != MarkData::Gutter);
        }
        self.out.spans.append(&mut spans);
        block.spans.end = self.out.spans.len() as u32;
        self.out.blocks.push(block);
    }

    /// Whether nothing but what stands beside code is left of a block that stands beside none: a lone button in a `<pre>` is a
    /// text like any other.
    fn is_all_gutter(&self, block: &Segment, spans: &[SpanData]) -> bool {
        let mut gutters = spans.iter().filter(|span| span.mark == MarkData::Gutter).peekable();
        let Place::Element { element, .. } = block.place else { return false };
        if gutters.peek().is_none() || code::is_in_gutter(self.tree, element) {
            return false;
        }
        let mut end = block.text.start as usize;
        let is_blank = |from: usize, to: usize| self.out.text[from..to.max(from)].trim().is_empty();
        for SpanData { range, .. } in gutters {
            if !is_blank(end, range.start as usize) {
                return false;
            }
            end = end.max(range.end as usize);
        }
        is_blank(end, block.text.end as usize)
    }

    fn finish(mut self) -> Segments {
        self.boundary(Gap::Paragraph);
        self.settle_images(None);
        self.out.details.notes = notes::notes(self.tree, &self.out);
        self.out
    }
}

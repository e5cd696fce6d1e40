//! Blocks put back into their lists, quotes and tables: a way through the document that opens and closes them.

use std::borrow::Cow;

use super::grid::{Slot, rows, table_run};
use super::notes::Notes;
use crate::page::{Block, Gap, ImageData, ImagePlace, Mark, Role};

/// Lists and quotes nest no deeper than this in what is written; those inside stand at the deepest level.
/// It bounds what is written before each line.
const MAX_DEPTH: u8 = 16;

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// A footnote, by its index.
    Note(usize),
    Quote,
    /// With the number of its first item, if it is ordered.
    List(Option<i32>),
    /// With its number, if its list is ordered.
    Item(Option<i32>),
    Table,
    Row,
    Cell {
        header: bool,
        /// Its column, if the page says so, and how many columns and rows it spans.
        column: Option<usize>,
        columns: usize,
        rows: usize,
    },
    /// A list of terms and their definitions.
    Glossary,
    Term,
    Definition,
    /// Images and their caption.
    Figure,
    Caption,
    Paragraph,
    Heading(u8),
    Code,
}

/// A step through a document. Text stands only inside cells, terms, definitions, captions, paragraphs, headings
/// and code, and nothing but text and breaks stands there, and images in cells.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'p> {
    Open(Part),
    Close(Part),
    Text(Block<'p>),
    /// Text without markup: a cell of a table drawn in plain text.
    Plain(&'p str),
    /// What stands between two texts of one part: a space or a line break.
    Break(Gap),
    /// An image that stands by itself; those inside of texts come with them.
    Image(&'p ImageData),
    /// The item that was opened right before is a task, done or not.
    Task(bool),
    /// A rule between paragraphs.
    Rule,
}

impl Part {
    fn cell(header: bool) -> Part {
        Part::Cell { header, column: None, columns: 1, rows: 1 }
    }
}

/// Goes through the document that the blocks make, step by step. Footnotes are set apart if they are among `notes`.
pub(super) fn outline<'p>(blocks: &[Block<'p>], notes: &Notes, mut visit: impl FnMut(Step<'p>)) {
    let mut outline = Outline {
        notes,
        note: None,
        steps: Vec::new(),
        outer: Vec::new(),
        inner: Vec::new(),
        previous: None,
    };
    let mut rest = blocks;
    while !rest.is_empty() {
        let (run, is_table) = table_run(rest);
        let (now, later) = rest.split_at(run.max(1));
        rest = later;
        if is_table {
            outline.add_table(now);
        } else {
            now.iter().for_each(|block| outline.add(*block));
        }
        outline.steps.drain(..).for_each(&mut visit);
    }
    outline.leave_inner(0);
    outline.leave_outer(0);
    outline.steps.drain(..).for_each(&mut visit);
}

/// The gap before a block, if `previous` is the one before it. Where blocks between them are left out, we
/// can't see their gaps, and the safe guess is the widest.
pub(super) fn gap_after(previous: &Block<'_>, block: &Block<'_>) -> Gap {
    if block.index() == previous.index() + 1 { block.gap() } else { Gap::Paragraph }
}

/// How many lists are around a block.
pub(super) fn list_depth(block: &Block<'_>) -> u8 {
    let in_list = block.role() == Role::ListItem;
    block.layout().list_depth.clamp(u8::from(in_list), MAX_DEPTH)
}

/// Whether a block is the first of an item, and of one that is in a list at all: after a list whose items
/// have no text, a block may say the one and not the other.
pub(super) fn starts_item(block: &Block<'_>) -> bool {
    block.layout().starts_item && list_depth(block) > 0
}

/// Whether a block, after another cell of the same row, goes on with that cell. A paragraph gap doesn't tell:
/// there the block most likely has the next cell for itself.
pub(super) fn continues_cell(block: &Block<'_>, gap: Gap) -> bool {
    !block.layout().starts_row && is_inline(gap)
}

fn quote_depth(block: &Block<'_>) -> u8 {
    let in_quote = block.role() == Role::Quote;
    block.layout().quote_depth.clamp(u8::from(in_quote), MAX_DEPTH)
}

/// Where a block stands among quotes and lists.
struct Place {
    quotes: usize,
    lists: usize,
    /// If it starts an item: its number, if it has one.
    item: Option<Option<i32>>,
    /// Depths don't say whether the quote is in the list or the list in the quote. The role does: it is that
    /// of the innermost.
    quote_inside: bool,
}

impl Place {
    fn of(block: &Block<'_>) -> Self {
        Place {
            quotes: quote_depth(block).into(),
            lists: list_depth(block).into(),
            item: starts_item(block).then_some(block.layout().ordinal),
            quote_inside: block.role() == Role::Quote,
        }
    }
}

struct Outline<'n, 'p> {
    notes: &'n Notes,
    /// The note that is open.
    note: Option<usize>,
    /// Those since the last block.
    steps: Vec<Step<'p>>,
    /// The quotes, lists and items that are open, outermost first. Right inside of a list is its item.
    outer: Vec<Part>,
    /// What is open inside of them: a table down to its cell, a glossary down to its entry, or another part
    /// that text stands in.
    inner: Vec<Part>,
    previous: Option<Block<'p>>,
}

impl<'p> Outline<'_, 'p> {
    fn add(&mut self, block: Block<'p>) {
        // An empty cell keeps those after it in their columns.
        let is_text = block.role() == Role::TableCell || shows_text(&block);
        let mut gap = self.previous.map_or(Gap::Paragraph, |previous| gap_after(&previous, &block));
        if !is_text {
            return;
        }
        let place = self.in_note(&block, Place::of(&block));
        self.rule_before(&place, &block);
        self.go_to_note(&block);
        self.previous = Some(block);
        self.go_to(&place);
        let images = block.image_data();
        let before = images.iter().take_while(|image| image.place == ImagePlace::Before).count();
        let inside = images[before..].iter().take_while(|image| image.place != ImagePlace::After).count();
        let (images_before, images_after) = (&images[..before], &images[before + inside..]);
        let is_cell = block.role() == Role::TableCell;
        let begins_item = place.item.is_some() && matches!(self.outer.last(), Some(Part::Item(_)));
        if let (Some(done), true, true) = (block.layout().task, begins_item, images_before.is_empty()) {
            self.steps.push(Step::Task(done));
        }
        if !is_cell && !images_before.is_empty() {
            gap = Gap::Paragraph;
            self.leave_inner(0);
            if block.role() == Role::Caption {
                self.open(Part::Figure);
            }
            self.add_images(images_before);
        }
        match block.role() {
            Role::TableCell => {
                self.add_cell(block, gap, images_before);
                return self.add_images(images_after);
            }
            Role::TableRow => self.add_row(block),
            Role::Term => self.add_entry(Part::Term, block, gap),
            Role::Definition => self.add_entry(Part::Definition, block, gap),
            Role::Title => self.add_text(Part::Heading(1), block, gap),
            Role::Heading(level) => self.add_text(Part::Heading(level.clamp(1, 6)), block, gap),
            Role::Code => self.add_text(Part::Code, block, gap),
            Role::Caption => self.add_caption(block, gap, !images_before.is_empty()),
            Role::Paragraph | Role::ListItem | Role::Quote | Role::Control | Role::Text => {
                self.add_text(Part::Paragraph, block, gap);
            }
        }
        // Code and drawn tables have none inside.
        let is_verbatim = matches!(block.role(), Role::Code | Role::TableRow);
        let images_after = if is_verbatim { &images[before..] } else { images_after };
        if !images_after.is_empty() {
            self.leave_inner(usize::from(block.role() == Role::Caption));
            self.add_images(images_after);
        }
    }

    fn add_images(&mut self, images: &'p [ImageData]) {
        self.steps.extend(images.iter().map(Step::Image));
    }

    /// The place of a block inside of its note, if it is of one: the list of the notes is none.
    fn in_note(&self, block: &Block<'p>, mut place: Place) -> Place {
        let note = block.note_data().filter(|_| self.notes.of_block(block).is_some());
        if let Some(note) = note {
            place.lists = place.lists.saturating_sub(note.list_depth.into());
            place.item = place.item.filter(|_| place.lists > 0);
        }
        place
    }

    /// Leaves the note that is open, or all that is, and opens that of the block.
    fn go_to_note(&mut self, block: &Block<'p>) {
        let note = self.notes.of_block(block);
        if note == self.note {
            return;
        }
        self.leave_inner(0);
        self.leave_outer(0);
        self.note = note;
        if let Some(note) = note {
            self.enter(Part::Note(note));
        }
    }

    /// Adds the rule before a block, in what it and the block before it are both inside of.
    fn rule_before(&mut self, place: &Place, block: &Block<'p>) {
        if !block.layout().after_rule || self.previous.is_none() {
            return;
        }
        self.leave_inner(0);
        let is_same_note = self.notes.of_block(block) == self.note;
        self.leave_outer(if is_same_note { self.shared(place) } else { 0 });
        if !is_same_note {
            self.note = None;
        }
        // Between the items of a list there is no place for one.
        if !matches!(self.outer.last(), Some(Part::List(_))) {
            self.steps.push(Step::Rule);
        }
    }

    /// Adds the blocks of a data table.
    fn add_table(&mut self, blocks: &[Block<'p>]) {
        let [first, .., last] = blocks else {
            return blocks.iter().for_each(|block| self.add(*block));
        };
        let lists = first.cell().map_or(0, |cell| cell.list_depth).min(MAX_DEPTH);
        let is_item = starts_item(first) && list_depth(first) == lists;
        let place = self.in_note(
            first,
            Place {
                quotes: blocks.iter().map(quote_depth).min().unwrap_or(0).into(),
                lists: lists.into(),
                item: is_item.then_some(first.layout().ordinal),
                quote_inside: false,
            },
        );
        self.rule_before(&place, first);
        self.go_to_note(first);
        self.go_to(&place);
        self.leave_inner(0);
        self.open(Part::Table);
        for row in rows(blocks) {
            self.open(Part::Row);
            row.iter().for_each(|slot| self.add_slot(slot));
            self.leave_inner(1);
        }
        self.leave_inner(0);
        self.previous = Some(*last);
    }

    fn add_slot(&mut self, slot: &Slot<'_, 'p>) {
        let &Slot { header, column, columns, rows, .. } = slot;
        self.open(Part::Cell { header, column: Some(column), columns, rows });
        let mut previous: Option<&Block<'p>> = None;
        let shown = |block: &&Block<'p>| block.role() == Role::TableCell || shows_text(block);
        for block in slot.blocks.iter().filter(shown) {
            if let Some(previous) = previous {
                let is_spaced = gap_after(previous, block) == Gap::Space && !block.layout().starts_item;
                self.steps.push(Step::Break(if is_spaced { Gap::Space } else { Gap::Line }));
            }
            previous = Some(block);
            let images = block.image_data();
            let before = images.iter().take_while(|image| image.place == ImagePlace::Before).count();
            self.add_images(&images[..before]);
            self.steps.push(Step::Text(*block));
            let after = images.partition_point(|image| image.place != ImagePlace::After);
            self.add_images(&images[after..]);
        }
        self.leave_inner(2);
    }

    /// Closes and opens quotes, lists and items until a block of that place can be added.
    fn go_to(&mut self, place: &Place) {
        let stays = place.item.is_none() && self.quotes() == place.quotes && self.lists() == place.lists;
        if stays {
            return;
        }
        self.leave_inner(0);
        self.leave_outer(self.shared(place));
        if let (Some(Part::List(_)), Some(number)) = (self.outer.last(), place.item) {
            self.enter(Part::Item(number));
        }
        if place.quote_inside {
            self.enter_lists(place);
            self.enter_quotes(place);
        } else {
            self.enter_quotes(place);
            self.enter_lists(place);
        }
    }

    /// How many of the open quotes, lists and items a place is inside of. The last of them is a list if the
    /// place needs a new item of it.
    fn shared(&self, place: &Place) -> usize {
        let (mut quotes, mut lists) = (0, 0);
        for (index, part) in self.outer.iter().enumerate() {
            match part {
                Part::Quote => quotes += 1,
                Part::List(_) => lists += 1,
                _ => continue,
            }
            if quotes > place.quotes || lists > place.lists {
                return index;
            }
            let is_its_list = lists == place.lists && *part != Part::Quote;
            if let (true, Some(number)) = (is_its_list, place.item) {
                let quote_is_outside = quotes < place.quotes && !place.quote_inside;
                let takes_it = !quote_is_outside && self.takes_item(index, number);
                return if takes_it { index + 1 } else { index };
            }
        }
        self.outer.len()
    }

    /// Whether the next item of an open list can have that number. Another one, and it is another list:
    /// Markdown has no other way to keep the number.
    fn takes_item(&self, list: usize, number: Option<i32>) -> bool {
        match (self.outer.get(list + 1), number) {
            (Some(Part::Item(Some(last))), Some(number)) => last.checked_add(1) == Some(number),
            (Some(Part::Item(None)), None) => true,
            _ => false,
        }
    }

    fn quotes(&self) -> usize {
        self.outer.iter().filter(|part| **part == Part::Quote).count()
    }

    fn lists(&self) -> usize {
        self.outer.iter().filter(|part| matches!(part, Part::List(_))).count()
    }

    fn enter_quotes(&mut self, place: &Place) {
        for _ in self.quotes()..place.quotes {
            self.enter(Part::Quote);
        }
    }

    fn enter_lists(&mut self, place: &Place) {
        for depth in self.lists() + 1..=place.lists {
            let number = if depth == place.lists { place.item.flatten() } else { None };
            self.enter(Part::List(number));
            self.enter(Part::Item(number));
        }
    }

    fn enter(&mut self, part: Part) {
        self.steps.push(Step::Open(part));
        self.outer.push(part);
    }

    fn leave_outer(&mut self, kept: usize) {
        let left = self.outer.drain(kept..).rev();
        self.steps.extend(left.map(Step::Close));
    }

    fn open(&mut self, part: Part) {
        self.steps.push(Step::Open(part));
        self.inner.push(part);
    }

    fn leave_inner(&mut self, kept: usize) {
        let kept = kept.min(self.inner.len());
        let left = self.inner.drain(kept..).rev();
        self.steps.extend(left.map(Step::Close));
    }

    fn add_text(&mut self, part: Part, block: Block<'p>, gap: Gap) {
        if self.inner == [part] && is_inline(gap) {
            self.steps.push(Step::Break(gap));
        } else {
            self.leave_inner(0);
            self.open(part);
        }
        self.steps.push(Step::Text(block));
    }

    fn add_caption(&mut self, block: Block<'p>, gap: Gap, is_in_figure: bool) {
        if self.inner == [Part::Figure, Part::Caption] && is_inline(gap) {
            self.steps.push(Step::Break(gap));
        } else {
            if !is_in_figure {
                self.leave_inner(0);
                self.open(Part::Figure);
            }
            self.open(Part::Caption);
        }
        self.steps.push(Step::Text(block));
    }

    fn add_entry(&mut self, part: Part, block: Block<'p>, gap: Gap) {
        if self.inner == [Part::Glossary, part] && is_inline(gap) {
            self.steps.push(Step::Break(gap));
        } else {
            self.stay_in(Part::Glossary);
            self.open(part);
        }
        self.steps.push(Step::Text(block));
    }

    fn add_cell(&mut self, block: Block<'p>, gap: Gap, images: &'p [ImageData]) {
        let cell = Part::cell(block.layout().header_cell);
        if continues_cell(&block, gap) && self.inner.last() == Some(&cell) {
            self.steps.push(Step::Break(gap));
        } else {
            self.start_cell(cell, block.layout().starts_row);
        }
        self.add_images(images);
        self.steps.push(Step::Text(block));
    }

    fn start_cell(&mut self, cell: Part, starts_row: bool) {
        if starts_row || self.inner.first() != Some(&Part::Table) {
            self.stay_in(Part::Table);
        }
        self.leave_inner(2);
        if self.inner.len() == 1 {
            self.open(Part::Row);
        }
        self.open(cell);
    }

    fn add_row(&mut self, block: Block<'p>) {
        self.stay_in(Part::Table);
        self.open(Part::Row);
        for text in block.text().split('\t') {
            self.open(Part::cell(block.layout().header_cell));
            self.steps.push(Step::Plain(text));
            self.leave_inner(2);
        }
    }

    /// Leaves all but the given part, or all to open it.
    fn stay_in(&mut self, part: Part) {
        if self.inner.first() == Some(&part) {
            self.leave_inner(1);
        } else {
            self.leave_inner(0);
            self.open(part);
        }
    }
}

fn is_inline(gap: Gap) -> bool {
    matches!(gap, Gap::Space | Gap::Line)
}

/// The text of a block without what is only shown beside it.
pub(super) fn shown_text<'p>(block: &Block<'p>) -> Cow<'p, str> {
    let text = block.text();
    let mut gutters = block.spans().filter(|span| span.mark == Mark::Gutter).peekable();
    if gutters.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for gutter in gutters {
        shown.push_str(text.get(end..gutter.start).unwrap_or(""));
        end = end.max(gutter.end);
    }
    shown.push_str(&text[end..]);
    Cow::Owned(shown)
}

/// Whether a block shows any text.
pub(super) fn shows_text(block: &Block<'_>) -> bool {
    match block.role() {
        Role::Code => !shown_text(block).trim().is_empty(),
        _ => !block.text().trim().is_empty(),
    }
}

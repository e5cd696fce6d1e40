//! Blocks put back into their lists, quotes and tables: a way through the document that opens and closes them.

use crate::page::{Block, Gap, Role};

/// Lists and quotes nest no deeper than this in what is written; those inside stand at the deepest level.
/// It bounds what is written before each line.
const MAX_DEPTH: u8 = 16;

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Quote,
    /// With the number of its first item, if it is ordered.
    List(Option<i32>),
    /// With its number, if its list is ordered.
    Item(Option<i32>),
    Table,
    Row,
    Cell {
        header: bool,
    },
    /// A list of terms and their definitions.
    Glossary,
    Term,
    Definition,
    Paragraph,
    Heading(u8),
    Code,
}

/// A step through a document. Text stands only inside cells, terms, definitions, paragraphs, headings and
/// code, and nothing but text and breaks stands there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'p> {
    Open(Part),
    Close(Part),
    Text(Block<'p>),
    /// Text without markup: a cell of a table drawn in plain text.
    Plain(&'p str),
    /// What stands between two texts of one part: a space or a line break.
    Break(Gap),
}

/// Goes through the document that the blocks make, step by step.
pub(super) fn outline<'p>(blocks: impl Iterator<Item = Block<'p>>, mut visit: impl FnMut(Step<'p>)) {
    let mut outline = Outline::default();
    for block in blocks {
        outline.add(block);
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

#[derive(Default)]
struct Outline<'p> {
    /// Those since the last block.
    steps: Vec<Step<'p>>,
    /// The quotes, lists and items that are open, outermost first. Right inside of a list is its item.
    outer: Vec<Part>,
    /// What is open inside of them: a table down to its cell, a glossary down to its entry, or another part
    /// that text stands in.
    inner: Vec<Part>,
    previous: Option<Block<'p>>,
}

impl<'p> Outline<'p> {
    fn add(&mut self, block: Block<'p>) {
        // An empty cell keeps those after it in their columns.
        if block.text().trim().is_empty() && block.role() != Role::TableCell {
            return;
        }
        let gap = self.previous.map_or(Gap::Paragraph, |previous| gap_after(&previous, &block));
        self.previous = Some(block);
        self.go_to(&Place::of(&block));
        match block.role() {
            Role::TableCell => self.add_cell(block, gap),
            Role::TableRow => self.add_row(block),
            Role::Term => self.add_entry(Part::Term, block, gap),
            Role::Definition => self.add_entry(Part::Definition, block, gap),
            Role::Title => self.add_text(Part::Heading(1), block, gap),
            Role::Heading(level) => self.add_text(Part::Heading(level.clamp(1, 6)), block, gap),
            Role::Code => self.add_text(Part::Code, block, gap),
            Role::Paragraph | Role::ListItem | Role::Quote | Role::Caption | Role::Control | Role::Text => {
                self.add_text(Part::Paragraph, block, gap);
            }
        }
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

    fn add_entry(&mut self, part: Part, block: Block<'p>, gap: Gap) {
        if self.inner == [Part::Glossary, part] && is_inline(gap) {
            self.steps.push(Step::Break(gap));
        } else {
            self.stay_in(Part::Glossary);
            self.open(part);
        }
        self.steps.push(Step::Text(block));
    }

    fn add_cell(&mut self, block: Block<'p>, gap: Gap) {
        let cell = Part::Cell { header: block.layout().header_cell };
        if continues_cell(&block, gap) && self.inner.last() == Some(&cell) {
            self.steps.push(Step::Break(gap));
        } else {
            self.start_cell(cell, block.layout().starts_row);
        }
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
            self.open(Part::Cell { header: block.layout().header_cell });
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

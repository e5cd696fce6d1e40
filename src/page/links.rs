//! Links, images and tables of a page as data.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::{Block, Gap, ImageData, ImagePlace, Label, Mark, Page, Role};
use crate::render::{Slot, table_rows};

/// A link of a page; see [`Page::links`].
#[derive(Clone, Copy)]
pub struct Link<'p> {
    pub(super) block: Block<'p>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) target: &'p str,
}

impl<'p> Link<'p> {
    /// The target as the page writes it.
    pub fn target(&self) -> &'p str {
        self.target
    }

    /// The target as it may be followed: absolute where it is known what it is relative to (see
    /// [`ExtractorBuilder::base_url`](crate::ExtractorBuilder::base_url)). `None` if it leads nowhere that is safe,
    /// such as `javascript:` and `data:`.
    pub fn url(&self) -> Option<Cow<'p, str>> {
        self.block.addresses().link(self.target)
    }

    /// The text that stands in it.
    pub fn text(&self) -> &'p str {
        &self.block.text()[self.start..self.end]
    }

    /// The bytes of its block's text that stand in it.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The block it stands in.
    pub fn block(&self) -> Block<'p> {
        self.block
    }

    /// What its region is.
    pub fn label(&self) -> Label {
        self.block.label()
    }
}

impl fmt::Debug for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Link");
        debug.field("text", &self.text()).field("target", &self.target).field("label", &self.label()).finish()
    }
}

/// An image of a page; see [`Page::images`].
#[derive(Clone, Copy)]
pub struct Image<'p> {
    pub(super) page: &'p Page,
    pub(super) data: &'p ImageData,
}

impl<'p> Image<'p> {
    /// Its address as the page writes it: where it is loaded late, the one that it is loaded from.
    pub fn source(&self) -> &'p str {
        &self.data.source
    }

    /// Its address, absolute where it is known what it is relative to. `None` if it is neither of the web nor
    /// relative.
    pub fn url(&self) -> Option<Cow<'p, str>> {
        self.page.addresses().image(&self.data.source)
    }

    /// What is shown instead where it can't be: its `alt`, empty if it has none.
    pub fn alt(&self) -> &'p str {
        &self.data.alt
    }

    /// Its width in pixels, if the page says it.
    pub fn width(&self) -> Option<u32> {
        self.data.width
    }

    /// Its height in pixels, if the page says it.
    pub fn height(&self) -> Option<u32> {
        self.data.height
    }

    /// The target of the link it stands in, as the page writes it.
    pub fn link(&self) -> Option<&'p str> {
        self.data.link.as_deref()
    }

    /// The block it belongs to: the one it stands in, or, between two, that which is nearer in the page's
    /// structure. `None` on a page without any text.
    pub fn block(&self) -> Option<Block<'p>> {
        self.page.block(self.data.block as usize)
    }

    /// Where in its block's text it stands, in bytes; `None` if it is before or behind it.
    pub fn offset(&self) -> Option<usize> {
        match self.data.place {
            ImagePlace::Inside(offset) => Some(offset as usize),
            _ => None,
        }
    }

    /// What its region is.
    pub fn label(&self) -> Option<Label> {
        self.block().map(|block| block.label())
    }
}

impl fmt::Debug for Image<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Image");
        debug.field("source", &self.source()).field("alt", &self.alt()).field("label", &self.label()).finish()
    }
}

/// A table of data of a page; see [`Page::tables`].
#[derive(Clone, Debug)]
pub struct Table<'p> {
    blocks: Vec<Block<'p>>,
}

/// A cell of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// Its text: that of its blocks, a line apart. Empty if nothing is in it.
    pub text: String,
    /// Whether it is a header.
    pub is_header: bool,
    /// How many columns it spans.
    pub columns: usize,
    /// How many rows it spans.
    pub rows: usize,
}

impl<'p> Table<'p> {
    /// The blocks in it.
    pub fn blocks(&self) -> &[Block<'p>] {
        &self.blocks
    }

    /// Its rows with their cells from left to right. A cell that spans several rows or columns stands in the first
    /// of them; rows and columns without any text are left out.
    pub fn rows(&self) -> Vec<Vec<TableCell>> {
        if self.blocks.iter().any(|block| block.cell().is_none()) {
            return self.blocks.iter().map(drawn_row).collect();
        }
        let cell = |slot: &Slot<'_, '_>| TableCell {
            text: slot.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n"),
            is_header: slot.header,
            columns: slot.columns,
            rows: slot.rows,
        };
        table_rows(&self.blocks).iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    /// What its region is: that of most of its blocks, the first of equals.
    pub fn label(&self) -> Label {
        let mut counts: Vec<(Label, usize)> = Vec::new();
        for block in &self.blocks {
            match counts.iter_mut().find(|(label, _)| *label == block.label()) {
                Some((_, count)) => *count += 1,
                None => counts.push((block.label(), 1)),
            }
        }
        let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
        best.map_or(Label::Content, |(label, _)| label)
    }
}

/// A row of a table that plain text draws.
fn drawn_row(block: &Block<'_>) -> Vec<TableCell> {
    let is_header = block.layout().header_cell;
    let cell = |text: &str| TableCell { text: text.to_owned(), is_header, columns: 1, rows: 1 };
    block.text().split('\t').map(cell).collect()
}

impl Page {
    /// The links of the [`content`](Page::content), in order. A link that goes on over several blocks is one for each.
    ///
    /// ```
    /// let page = tamis::extract("<article><p>Where the tide is highest it is used by <a href=/plants>power plants</a>, \
    ///     of which there are few, and the oldest stands at the mouth of the Rance.</p></article>")?;
    /// let link = page.links().next().unwrap();
    /// assert_eq!((link.text(), link.target()), ("power plants", "/plants"));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.all_links().filter(|link| link.block().is_kept())
    }

    /// The links of the whole page, in order.
    pub fn all_links(&self) -> impl Iterator<Item = Link<'_>> {
        self.blocks().flat_map(|block| {
            block.spans().filter_map(move |span| match span.mark {
                Mark::Link(target) => Some(Link { block, start: span.start, end: span.end, target }),
                _ => None,
            })
        })
    }

    /// The images of the [`content`](Page::content), in order, without those that only count readers or hold a place.
    ///
    /// ```
    /// let page = tamis::extract("<article><p>Twice a day the harbour falls dry, and the boats lie in the mud until \
    ///     the water comes back.</p><img src=mud.jpg alt='Boats in the mud'></article>")?;
    /// let image = page.images().next().unwrap();
    /// assert_eq!((image.source(), image.alt()), ("mud.jpg", "Boats in the mud"));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn images(&self) -> impl Iterator<Item = Image<'_>> {
        self.all_images().filter(|image| image.block().is_some_and(|block| block.is_kept()))
    }

    /// The images of the whole page, in order.
    pub fn all_images(&self) -> impl Iterator<Item = Image<'_>> {
        self.details.images.iter().map(move |data| Image { page: self, data })
    }

    /// The tables of data that stand in the [`content`](Page::content), in order, with those of their blocks that do. Tables that
    /// only lay out the page are none.
    ///
    /// ```
    /// let page = tamis::extract("<article><p>The tides of some bays, by how far they rise.</p>\
    ///     <table><tr><th>Bay<th>Metres<tr><td>Fundy<td>16<tr><td>Ungava<td>15</table></article>")?;
    /// let table = page.all_tables().next().unwrap();
    /// let rows: Vec<Vec<String>> =
    ///     table.rows().iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    /// assert_eq!(rows, [["Bay", "Metres"], ["Fundy", "16"], ["Ungava", "15"]]);
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn tables(&self) -> impl Iterator<Item = Table<'_>> {
        tables_of(self.content().blocks().collect()).into_iter()
    }

    /// The tables of data of the whole page, in order.
    pub fn all_tables(&self) -> impl Iterator<Item = Table<'_>> {
        tables_of(self.blocks().collect()).into_iter()
    }
}

fn tables_of(blocks: Vec<Block<'_>>) -> Vec<Table<'_>> {
    let is_same = |a: &Block<'_>, b: &Block<'_>| match (a.cell(), b.cell()) {
        (Some(a), Some(b)) => a.table == b.table,
        (None, None) => is_drawn(a) && is_drawn(b) && b.gap() != Gap::Paragraph,
        _ => false,
    };
    let runs = blocks.chunk_by(is_same);
    let tables =
        runs.filter(|run| run.first().is_some_and(|block| block.cell().is_some() || is_drawn(block)));
    tables.map(|run| Table { blocks: run.to_vec() }).collect()
}

fn is_drawn(block: &Block<'_>) -> bool {
    block.role() == Role::TableRow
}

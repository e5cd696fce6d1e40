//! What some blocks have besides their text: images, the cell of a table, the language of code.

use serde::{Deserialize, Serialize};

/// What is known of some blocks beyond their text. Each list is in the order of the blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Details {
    pub images: Vec<ImageData>,
    /// The cells of tables that blocks stand in, by the blocks' indexes.
    pub cells: Vec<(u32, Cell)>,
    /// The languages of code, by the blocks' indexes.
    pub languages: Vec<(u32, String)>,
    /// The notes that blocks are of, by the blocks' indexes.
    pub notes: Vec<(u32, NoteData)>,
}

impl Details {
    /// Leaves out what belongs to blocks behind the first `blocks`.
    pub fn truncate(&mut self, blocks: u32) {
        self.images.retain(|image| image.block < blocks);
        self.cells.retain(|(block, _)| *block < blocks);
        self.languages.retain(|(block, _)| *block < blocks);
        self.notes.retain(|(block, _)| *block < blocks);
    }
}

/// Where an image stands: before a block, at an offset of bytes in its text, or behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImagePlace {
    Before,
    Inside(u32),
    After,
}

/// An image as the page holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ImageData {
    /// The block it belongs to. On a page without blocks there is none of that number.
    pub block: u32,
    pub place: ImagePlace,
    /// Its address as the page writes it.
    pub source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The target of the link around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The cell of a data table that a block stands in. All numbers count from 0, without the header apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cell {
    /// Which of the page's data tables it is in.
    pub table: u32,
    /// Its row, the first of them if it spans several.
    pub row: u32,
    /// Its column, the first of them if it spans several.
    pub column: u32,
    /// How many rows it spans.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u32,
    /// How many columns it spans.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u32,
    /// How many lists are around the table.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub list_depth: u8,
}

/// The note that a block is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NoteData {
    /// The anchor that references to the note link to, without its `#`.
    pub anchor: String,
    /// How many lists are around what is in the note.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub list_depth: u8,
}

fn one() -> u32 {
    1
}

fn is_one(number: &u32) -> bool {
    *number == 1
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Details {
    /// The images of a block, in order.
    pub fn images_of(&self, block: usize) -> &[ImageData] {
        let start = self.images.partition_point(|image| (image.block as usize) < block);
        let count = self.images[start..].iter().take_while(|image| image.block as usize == block).count();
        &self.images[start..start + count]
    }

    pub fn cell_of(&self, block: usize) -> Option<Cell> {
        of_block(&self.cells, block).copied()
    }

    pub fn language_of(&self, block: usize) -> Option<&str> {
        of_block(&self.languages, block).map(String::as_str)
    }

    pub fn note_of(&self, block: usize) -> Option<&NoteData> {
        of_block(&self.notes, block)
    }
}

/// Whether a name can be that of a language of code; nothing else is written into a fence or a class.
pub(crate) fn is_language(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.'))
}

fn of_block<T>(sorted: &[(u32, T)], block: usize) -> Option<&T> {
    let index = sorted.binary_search_by_key(&block, |(block, _)| *block as usize).ok()?;
    Some(&sorted[index].1)
}

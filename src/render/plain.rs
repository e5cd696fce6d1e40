//! Content as plain text.

mod options;

use std::fmt;

pub use options::PlainText;

use super::outline::{continues_cell, gap_after, list_depth, starts_item};
use crate::page::{Block, Gap, Role};

/// Writes blocks as plain text: paragraphs a blank line apart, list items and table rows a line each, cells
/// of a row apart by a tab, code verbatim. No line but one of code ends in white space.
///
/// `text` gives the text of a block that is written.
pub(crate) fn plain<'p, T: AsRef<str>>(
    blocks: impl Iterator<Item = Block<'p>>,
    text: &mut impl FnMut(&Block<'p>) -> T,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let mut previous: Option<Block<'p>> = None;
    let mut space = Space::default();
    let mut is_empty = true;
    for block in blocks {
        if let Some(previous) = previous {
            space.widen(break_between(&previous, &block));
        }
        previous = Some(block);
        if block.text().trim().is_empty() {
            continue;
        }
        if !is_empty {
            space.write(out)?;
        }
        space = Space::default();
        is_empty = false;
        write_block(&block, text(&block).as_ref(), out)?;
    }
    Ok(())
}

/// What is written between two blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    #[default]
    Space,
    Tab,
    Line,
    BlankLine,
}

/// The breaks since the last text. They are written only when more text comes, so that nothing trails.
#[derive(Default)]
struct Space {
    widest: Break,
    /// Tabs after the last line break: more than one if cells are empty.
    tabs: usize,
}

impl Space {
    fn widen(&mut self, other: Break) {
        match other {
            Break::Space => {}
            Break::Tab => self.tabs += 1,
            Break::Line | Break::BlankLine => self.tabs = 0,
        }
        self.widest = self.widest.max(other);
    }

    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self.widest {
            Break::Space => out.write_char(' ')?,
            Break::Tab => {}
            Break::Line => out.write_char('\n')?,
            Break::BlankLine => out.write_str("\n\n")?,
        }
        (0..self.tabs).try_for_each(|_| out.write_char('\t'))
    }
}

fn break_between(previous: &Block<'_>, block: &Block<'_>) -> Break {
    let gap = gap_after(previous, block);
    if is_tabular(previous) && is_tabular(block) {
        return break_in_table(block, gap);
    }
    if list_depth(previous) > 0 && list_depth(block) > 0 {
        return break_in_list(block, gap);
    }
    match gap {
        Gap::Space | Gap::Cell if starts_item(block) => Break::Line,
        Gap::Space => Break::Space,
        Gap::Cell => Break::Tab,
        Gap::Line => Break::Line,
        Gap::Paragraph => Break::BlankLine,
    }
}

fn break_in_table(block: &Block<'_>, gap: Gap) -> Break {
    let starts_row = block.role() == Role::TableRow || block.layout().starts_row;
    if starts_row {
        return Break::Line;
    }
    // A line break inside of a cell would break its row.
    if continues_cell(block, gap) { Break::Space } else { Break::Tab }
}

fn break_in_list(block: &Block<'_>, gap: Gap) -> Break {
    match gap {
        _ if starts_item(block) => Break::Line,
        Gap::Space => Break::Space,
        Gap::Cell => Break::Tab,
        Gap::Line | Gap::Paragraph => Break::Line,
    }
}

fn is_tabular(block: &Block<'_>) -> bool {
    matches!(block.role(), Role::TableCell | Role::TableRow)
}

fn write_block(block: &Block<'_>, text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    if starts_item(block) {
        write_marker(block, out)?;
    }
    if block.role() == Role::Code {
        return out.write_str(text.trim_end().trim_start_matches(['\n', '\r']));
    }
    write_lines(text.trim(), out)
}

fn write_marker(block: &Block<'_>, out: &mut impl fmt::Write) -> fmt::Result {
    let depth: usize = list_depth(block).into();
    let indent = 2 * (depth - 1);
    match block.layout().ordinal {
        Some(number) => write!(out, "{:indent$}{number}. ", ""),
        None => write!(out, "{:indent$}- ", ""),
    }
}

/// Writes text without white space at the ends of its lines, and no two blank lines in a row.
fn write_lines(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let mut blank_lines = 0;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        blank_lines = if line.is_empty() { blank_lines + 1 } else { 0 };
        if blank_lines > 1 {
            continue;
        }
        if index > 0 {
            out.write_char('\n')?;
        }
        out.write_str(line)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::render::sample::{block, cell, item, paragraph, text_of};

    #[test]
    fn gaps_become_space_tab_line_and_blank_line() {
        let blocks = [
            paragraph("a"),
            paragraph("b").gap("space"),
            paragraph("c").gap("cell"),
            paragraph("d").gap("line"),
            paragraph("e").gap("paragraph"),
        ];
        assert_eq!(text_of(&blocks), "a b\tc\nd\n\ne");
    }

    #[test]
    fn items_stand_a_line_each_with_their_signs() {
        let blocks = [
            paragraph("Tools:"),
            item(1, "saw"),
            item(2, "blade"),
            block("list_item", "of steel").lists(2),
            block("list_item", "hammer").lists(1).number(7),
            paragraph("That's all."),
        ];
        let expected = "Tools:\n\n- saw\n  - blade\nof steel\n7. hammer\n\nThat's all.";
        assert_eq!(text_of(&blocks), expected);
    }

    #[test]
    fn a_block_outside_of_lists_starts_no_item() {
        assert_eq!(text_of(&[paragraph("a"), paragraph("b").item()]), "a\n\nb");
    }

    #[test]
    fn rows_stand_a_line_each_with_tabs_between_cells() {
        let blocks = [
            cell("Name").row().header(),
            cell("Length").header(),
            cell("Anna").row().gap("paragraph"),
            cell("9").gap("paragraph"),
            cell("m").gap("line"),
            block("table_row", "Berta\t12"),
        ];
        assert_eq!(text_of(&blocks), "Name\tLength\nAnna\t9 m\nBerta\t12");
    }

    #[test]
    fn empty_cells_keep_the_others_in_their_columns() {
        let blocks = [cell("a").row(), cell(""), cell("c"), cell(""), cell("d").row()];
        assert_eq!(text_of(&blocks), "a\t\tc\nd");
    }

    #[test]
    fn code_is_verbatim() {
        let blocks = [block("code", "\n  a  \n\n\n    b\n"), paragraph("c")];
        assert_eq!(text_of(&blocks), "  a  \n\n\n    b\n\nc");
    }

    #[test]
    fn lines_end_without_white_space_and_one_blank_line_is_the_most() {
        assert_eq!(text_of(&[paragraph(" a \n \n\n b ")]), "a\n\n b");
    }

    #[test]
    fn what_was_left_out_leaves_a_blank_line() {
        let blocks = [paragraph("a"), paragraph("ad").skipped(), paragraph("b").gap("space")];
        assert_eq!(text_of(&blocks), "a\n\nb");
    }

    #[test]
    fn items_and_cells_stay_together_over_what_was_left_out() {
        let items = [item(1, "a"), item(1, "ad").skipped(), item(1, "b")];
        assert_eq!(text_of(&items), "- a\n- b");
        let cells = [cell("a").row(), cell("ad").skipped(), cell("b")];
        assert_eq!(text_of(&cells), "a\tb");
    }

    #[test]
    fn no_content_is_no_text() {
        assert_eq!(text_of(&[]), "");
        assert_eq!(text_of(&[paragraph(" "), paragraph("a"), paragraph("")]), "a");
    }
}

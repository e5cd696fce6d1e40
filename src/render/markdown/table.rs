//! Tables as GFM writes them.

use super::inline::{Context, Inline};
use crate::render::grid::MOST_EMPTY;
use crate::render::outline::Part;

/// The rows of a table, kept until all are known: the header row says how many columns there are, and cells
/// beyond it would be lost.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    cells: Vec<Inline>,
    has_plain_cell: bool,
    /// Empty cells that spans left.
    empty: usize,
    /// Where the next cell would be, but for spans.
    next: usize,
}

impl Table {
    pub(super) fn open(&mut self, part: Part) {
        match (part, self.rows.last_mut()) {
            (Part::Cell { header, column, .. }, Some(row)) => {
                let column = column.unwrap_or(row.next);
                let skipped = column.saturating_sub(row.next).min(MOST_EMPTY - row.empty);
                row.cells.extend((0..skipped).map(|_| Inline::new(Context::Cell)));
                row.empty += skipped;
                row.next = column + 1;
                row.cells.push(Inline::new(Context::Cell));
                row.has_plain_cell |= !header;
            }
            _ => self.rows.push(Row::default()),
        }
    }

    /// The cell that was opened last.
    pub(super) fn cell(&mut self) -> &mut Inline {
        if self.rows.is_empty() {
            self.rows.push(Row::default());
        }
        let last = self.rows.len() - 1;
        let cells = &mut self.rows[last].cells;
        if cells.is_empty() {
            cells.push(Inline::new(Context::Cell));
        }
        let last = cells.len() - 1;
        &mut cells[last]
    }

    pub(super) fn finish(self) -> String {
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let mut rows = self.rows.into_iter().peekable();
        let header = rows.next_if(|row| !row.has_plain_cell);
        let mut header: Vec<String> = header.map_or(Vec::new(), Row::finish);
        // Cells may be missing at the end of any row but this.
        header.resize(columns, String::new());
        let mut out = String::new();
        write_row(&header, &mut out);
        out.push_str("\n|");
        out.push_str(&" --- |".repeat(columns));
        for row in rows {
            out.push('\n');
            write_row(&row.finish(), &mut out);
        }
        out
    }
}

impl Row {
    fn finish(self) -> Vec<String> {
        self.cells.into_iter().map(Inline::finish).collect()
    }
}

fn write_row(cells: &[String], out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(cell);
        if !cell.is_empty() {
            out.push(' ');
        }
        out.push('|');
    }
}

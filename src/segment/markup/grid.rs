//! Where the cells of a table stand, as the [HTML Standard] forms a table.
//!
//! [HTML Standard]: https://html.spec.whatwg.org/#forming-a-table

use html5ever::{LocalName, local_name};

use crate::page::Cell;
use crate::tree::{NodeId, Tree};

/// As many columns are kept track of; cells beyond them stand one behind the other.
const MOST_COLUMNS: u32 = 1_000;
const MOST_ROWS: u32 = 65_534;

/// A table that cells are put in, row by row.
pub(super) struct Grid {
    table: u32,
    list_depth: u8,
    /// Rows begun.
    rows: u32,
    /// The column after the last cell.
    column: u32,
    /// The row from which on each column is free of cells above.
    free_from: Vec<u32>,
}

impl Grid {
    pub(super) fn new(table: u32, list_depth: u8) -> Self {
        Grid { table, list_depth, rows: 0, column: 0, free_from: Vec::new() }
    }

    pub(super) fn start_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.column = 0;
    }

    /// The cell of a `<td>` or `<th>`: in the first free columns of the row.
    pub(super) fn place(&mut self, tree: &Tree, id: NodeId) -> Cell {
        let number =
            |name: LocalName| tree.attribute(id, &name).and_then(|value| value.trim().parse::<u32>().ok());
        let columns = number(local_name!("colspan")).unwrap_or(1).clamp(1, MOST_COLUMNS);
        let row = self.rows.saturating_sub(1);
        // 0 is for all rows that follow.
        let rows = match number(local_name!("rowspan")) {
            Some(0) => MOST_ROWS,
            rows => rows.unwrap_or(1).min(MOST_ROWS),
        };
        let taken = self.free_from.iter().skip(self.column as usize).take_while(|&&free| free > row).count();
        let column = self.column + taken as u32;
        self.column = column.saturating_add(columns);
        let last = self.column.min(MOST_COLUMNS) as usize;
        // Only spans downwards are in the way of later rows.
        if rows > 1 && (column as usize) < last {
            self.free_from.resize(self.free_from.len().max(last), 0);
            self.free_from[column as usize..last].fill(row.saturating_add(rows));
        }
        Cell { table: self.table, row, column, rows, columns, list_depth: self.list_depth }
    }
}

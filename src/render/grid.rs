//! The cells of a data table in their rows and columns, as far as they are kept.

use crate::page::{Block, Cell, Role};

/// A row is filled with no more empty cells than this, so that spans can't make a small page's tables huge.
pub(super) const MOST_EMPTY: usize = 100;

/// A place in a row: a cell and the blocks in it, or an empty one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'b, 'p> {
    pub blocks: &'b [Block<'p>],
    pub header: bool,
    /// Its column, the first of them if it spans several; columns in which no cell starts are not counted.
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

/// How many of the blocks, from the first on, are of one data table, and whether each of them can stand in a cell:
/// headings and code can't.
pub(super) fn table_run(blocks: &[Block<'_>]) -> (usize, bool) {
    let Some(first) = blocks.first().and_then(Block::cell) else { return (0, false) };
    let is_of_table = |block: &&Block<'_>| block.cell().is_some_and(|cell| cell.table == first.table);
    let run = blocks.iter().take_while(is_of_table).count();
    let fits = |block: &Block<'_>| !matches!(block.role(), Role::Code | Role::Heading(_) | Role::Title);
    (run, blocks[..run].iter().all(fits))
}

/// The rows of a data table, without those and the columns of which nothing is kept.
pub(crate) fn rows<'b, 'p>(blocks: &'b [Block<'p>]) -> Vec<Vec<Slot<'b, 'p>>> {
    let cells: Vec<(Cell, &[Block<'p>])> = blocks
        .chunk_by(|a, b| a.cell() == b.cell())
        .filter_map(|chunk| Some((chunk.first()?.cell()?, chunk)))
        .collect();
    let sorted = |number: fn(&Cell) -> u32| {
        let mut numbers: Vec<u32> = cells.iter().map(|(cell, _)| number(cell)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let (kept_rows, kept_columns) = (sorted(|cell| cell.row), sorted(|cell| cell.column));
    // The row from which on each column is free of cells above.
    let mut free_from = vec![0; kept_columns.len()];
    let mut rows = Vec::new();
    for (row, cells) in cells.chunk_by(|(a, _), (b, _)| a.row == b.row).enumerate() {
        let header = cells.iter().all(|(_, blocks)| is_header(blocks));
        let mut slots: Vec<Slot<'b, 'p>> = Vec::with_capacity(cells.len());
        let (mut next, mut empty) = (0, 0);
        for (cell, blocks) in cells {
            let column = kept_columns.partition_point(|&kept| kept < cell.column);
            for column in (next..column).take(MOST_EMPTY - empty).filter(|&column| free_from[column] <= row) {
                slots.push(Slot { blocks: &[], header, column, rows: 1, columns: 1 });
                empty += 1;
            }
            let columns = within(&kept_columns, cell.column, cell.columns);
            let rows = within(&kept_rows, cell.row, cell.rows);
            if rows > 1 {
                free_from[column..column + columns].fill(row + rows);
            }
            slots.push(Slot { blocks, header: is_header(blocks), column, rows, columns });
            next = next.max(column + columns);
        }
        rows.push(slots);
    }
    rows
}

fn is_header(blocks: &[Block<'_>]) -> bool {
    blocks.iter().all(|block| block.layout().header_cell)
}

/// How many of the sorted numbers are among the `count` from `first` on; at least one.
fn within(sorted: &[u32], first: u32, count: u32) -> usize {
    let start = sorted.partition_point(|&number| number < first);
    let end = sorted.partition_point(|&number| number < first.saturating_add(count));
    (end - start).max(1)
}

//! Numbers of blocks, as forests read them: the same measure of some blocks in a row, next to each other.

/// So many blocks stand together: a measure of all of them fills a line of the processor's cache.
pub(crate) const LANES: usize = 16;

/// A row of numbers for every block. Blocks are kept in groups of [`LANES`]; in a group, all blocks' first numbers
/// come first, then all second ones, and so on. What is left of the last group is 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    width: usize,
    rows: usize,
    values: Vec<f32>,
}

/// A row that is being written.
#[derive(Default)]
pub(crate) struct Row<'t> {
    /// The cells of the row's group.
    cells: &'t mut [f32],
    /// Where the next number goes.
    at: usize,
}

impl Row<'_> {
    /// Writes the next number; one behind the table's width does not count.
    pub fn put(&mut self, value: f32) {
        if let Some(cell) = self.cells.get_mut(self.at) {
            *cell = value;
        }
        self.at += LANES;
    }

    /// How many numbers were written to a row that has no table.
    pub fn written(&self) -> usize {
        self.at / LANES
    }
}

impl Table {
    pub fn new(width: usize, rows: usize) -> Table {
        Table { width, rows: 0, values: Vec::with_capacity(rows.div_ceil(LANES) * LANES * width) }
    }

    /// Numbers a row.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Appends a row of zeros, to be written number by number.
    pub fn add_row(&mut self) -> Row<'_> {
        let lane = self.rows % LANES;
        if lane == 0 {
            self.values.resize(self.values.len() + self.width * LANES, 0.0);
        }
        self.rows += 1;
        let group = self.values.len() - self.width * LANES;
        Row { cells: &mut self.values[group..], at: lane }
    }

    /// Appends a row; only the first [`width`](Self::width) of its numbers count.
    #[cfg(any(feature = "internals", test))]
    pub fn push(&mut self, row: &[f32]) {
        let mut own = self.add_row();
        row.iter().for_each(|&value| own.put(value));
    }

    /// The columns of a group of rows, [`LANES`] numbers each.
    pub fn group(&self, group: usize) -> &[f32] {
        let size = self.width * LANES;
        self.values.get(group * size..(group + 1) * size).unwrap_or_default()
    }

    /// Appends a row to `out`.
    pub fn copy_row(&self, row: usize, out: &mut Vec<f32>) {
        let columns = self.group(row / LANES).chunks_exact(LANES);
        out.extend(columns.map(|column| column[row % LANES]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let rows: Vec<[f32; 3]> = (0..LANES + 3).map(|n| [n as f32, 0.5, -(n as f32)]).collect();
        let mut table = Table::new(3, 4);
        rows.iter().for_each(|row| table.push(row));
        for (index, row) in rows.iter().enumerate() {
            let mut out = vec![7.0];
            table.copy_row(index, &mut out);
            assert_eq!(out, [&[7.0], &row[..]].concat());
        }
        assert_eq!(table.group(1)[LANES..][..4], [0.5, 0.5, 0.5, 0.0]);
    }
}

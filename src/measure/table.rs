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

    /// Appends a row; only the first [`width`](Self::width) of its numbers count.
    pub fn push(&mut self, row: &[f32]) {
        let lane = self.rows % LANES;
        if lane == 0 {
            self.values.resize(self.values.len() + self.width * LANES, 0.0);
        }
        let group = self.values.len() - self.width * LANES;
        for (column, &value) in self.values[group..].chunks_exact_mut(LANES).zip(row) {
            column[lane] = value;
        }
        self.rows += 1;
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

//! Numbers of blocks, as forests read them: the same measure of some blocks in a row, next to each other.
//!
//! A block has some hundred numbers: as they are, those of a page would take several times the room of the page. Most
//! are the same in blocks that stand together, or small and whole; they are kept as that, and are faster to compare so.

/// So many blocks stand together: as bytes, a measure of all of them fills a register of the processor.
pub(crate) const LANES: usize = 16;

/// A row of numbers for every block. Blocks are kept in groups of [`LANES`]; what is left of the last group is no
/// block's, and of no account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    width: usize,
    rows: usize,
    /// All columns of the first group, then those of the second, and so on.
    places: Vec<Place>,
    bytes: Vec<[u8; LANES]>,
    numbers: Vec<[f32; LANES]>,
}

/// Where a column of a group is kept: nowhere, if it has one number only, or where in one of the lists.
#[derive(Clone, Copy, Debug)]
enum Place {
    Same(f32),
    Bytes(u32),
    Numbers(u32),
}

/// One measure of the blocks of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Column<'t> {
    /// The same of all of them.
    Same(f32),
    /// Whole numbers from 0 to 255.
    Bytes(&'t [u8; LANES]),
    /// Any others.
    Numbers(&'t [f32; LANES]),
}

/// A row that is being written.
#[derive(Default)]
pub(crate) struct Row<'g> {
    /// The cells of the row's group.
    cells: &'g mut [f32],
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
    /// A table of so many rows of so many numbers each, which `fill` writes, row by row; after them, each row has the
    /// numbers of `common`.
    pub fn of(rows: usize, width: usize, common: &[f32], mut fill: impl FnMut(usize, &mut Row)) -> Table {
        let groups = rows.div_ceil(LANES);
        let mut table = Table { width: width + common.len(), rows, ..Table::default() };
        table.places.reserve_exact(groups * table.width);
        let mut cells = vec![0.0; width * LANES];
        for start in (0..rows).step_by(LANES) {
            for row in start..rows.min(start + LANES) {
                fill(row, &mut Row { cells: &mut cells, at: row - start });
            }
            let columns = cells.chunks_exact(LANES).filter_map(|column| column.first_chunk());
            columns.for_each(|column| table.push_column(column));
            table.places.extend(common.iter().map(|&number| Place::Same(number)));
        }
        table.bytes.shrink_to_fit();
        table.numbers.shrink_to_fit();
        table
    }

    /// A table of these rows, one after the other.
    #[cfg(any(feature = "internals", test))]
    pub fn of_rows(width: usize, numbers: &[f32]) -> Table {
        let rows: Vec<&[f32]> = numbers.chunks_exact(width.max(1)).collect();
        Table::of(rows.len(), width, &[], |index, row| rows[index].iter().for_each(|&value| row.put(value)))
    }

    fn push_column(&mut self, column: &[f32; LANES]) {
        let place = if column.iter().all(|value| value.to_bits() == column[0].to_bits()) {
            Place::Same(column[0])
        } else if let Some(bytes) = as_bytes(column) {
            self.bytes.push(bytes);
            Place::Bytes(self.bytes.len() as u32 - 1)
        } else {
            self.numbers.push(*column);
            Place::Numbers(self.numbers.len() as u32 - 1)
        };
        self.places.push(place);
    }

    /// Numbers a row.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns of a group of rows; none of a group that there is not.
    pub fn group(&self, group: usize) -> Group<'_> {
        let places = self.places.get(group * self.width..(group + 1) * self.width).unwrap_or_default();
        Group { table: self, places }
    }

    /// Appends a row to `out`.
    pub fn copy_row(&self, row: usize, out: &mut Vec<f32>) {
        let group = self.group(row / LANES);
        out.extend((0..self.width).filter_map(|column| Some(group.column(column)?.number(row % LANES))));
    }
}

/// The columns of a group of rows.
#[derive(Clone, Copy)]
pub(crate) struct Group<'t> {
    table: &'t Table,
    places: &'t [Place],
}

impl<'t> Group<'t> {
    pub fn column(&self, index: usize) -> Option<Column<'t>> {
        Some(match *self.places.get(index)? {
            Place::Same(number) => Column::Same(number),
            Place::Bytes(place) => Column::Bytes(self.table.bytes.get(place as usize)?),
            Place::Numbers(place) => Column::Numbers(self.table.numbers.get(place as usize)?),
        })
    }
}

impl Column<'_> {
    fn number(&self, lane: usize) -> f32 {
        match self {
            Column::Same(number) => *number,
            Column::Bytes(bytes) => f32::from(bytes[lane]),
            Column::Numbers(numbers) => numbers[lane],
        }
    }
}

/// Numbers as bytes, if each of them is the very number that a byte stands for.
fn as_bytes(column: &[f32; LANES]) -> Option<[u8; LANES]> {
    /// Added to a whole number from 0 to 255, it leaves that in the lowest byte.
    const SHIFT: f32 = 8_388_608.0;
    let bytes = column.map(|value| (value + SHIFT).to_bits() as u8);
    let differ = column
        .iter()
        .zip(bytes)
        .fold(0, |differ, (value, byte)| differ | (value.to_bits() ^ f32::from(byte).to_bits()));
    (differ == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let odd = [0.0, -0.0, 255.0, 256.0, -1.0, 0.5, f32::MAX, 1e-40, f32::NAN, f32::INFINITY];
        let rows: Vec<[f32; 4]> =
            (0..LANES * 2 + 3).map(|n| [n as f32, 0.5, -(n as f32), odd[n % odd.len()]]).collect();
        let table = Table::of_rows(4, &rows.concat());
        let common = Table::of(rows.len(), 4, &[7.5], |index, row| {
            rows[index].iter().for_each(|&value| row.put(value));
        });
        let bits = |row: &[f32]| row.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        for (index, row) in rows.iter().enumerate() {
            let mut out = vec![7.0];
            table.copy_row(index, &mut out);
            assert_eq!(bits(&out), bits(&[&[7.0], &row[..]].concat()));
            out.clear();
            common.copy_row(index, &mut out);
            assert_eq!(bits(&out), bits(&[&row[..], &[7.5]].concat()));
        }
    }

    #[test]
    fn each_column_takes_the_least_room() {
        let numbers: Vec<f32> = (0..LANES).flat_map(|n| [3.5, n as f32, n as f32 + 0.5]).collect();
        let table = Table::of_rows(3, &numbers);
        assert_eq!(table.group(0).column(0), Some(Column::Same(3.5)));
        assert!(matches!(table.group(0).column(1), Some(Column::Bytes(bytes)) if bytes[15] == 15));
        assert!(matches!(table.group(0).column(2), Some(Column::Numbers(numbers)) if numbers[15] == 15.5));
        assert_eq!(table.group(1).column(0), None);
    }
}

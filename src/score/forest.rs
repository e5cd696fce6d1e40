//! Symmetric decision trees over quantised measures: every level of a tree asks one question of all blocks,
//! so a tree is walked without a branch and the same way on every platform. (The shape is that of CatBoost's
//! oblivious trees, Prokhorenkova et al. 2018.) Leaves are integers, so sums don't depend on their order.

mod bytes;

use crate::measure::{Column, LANES, Table};

#[cfg(any(feature = "internals", test))]
pub use bytes::{TrainedForest, TrainedTree};

/// Leaf values are log-odds in units of one `UNIT`th.
pub(crate) const UNIT: f32 = 1024.0;

/// So many groups of rows go through the trees together: of more, the answers to all questions would not fit the nearest
/// cache.
const GROUPS: usize = 4;

/// Rows that go through the trees together.
const ROWS: usize = GROUPS * LANES;

/// Where a question's answer is yes: all bits of the byte of each row.
type Answers = [u8; ROWS];

/// The bit that the question of each level has in a leaf's number.
static LEVELS: [Answers; DEEPEST as usize] = {
    let mut levels = [[0; ROWS]; DEEPEST as usize];
    let mut level = 0;
    while level < levels.len() {
        levels[level] = [1 << level; ROWS];
        level += 1;
    }
    levels
};

/// Numbers of leaves are bytes.
const DEEPEST: u8 = 8;

/// Leaves are bytes shifted by this many bits at most, so that they fit sixteen.
const MOST_SHIFT: u8 = 8;

/// Most outputs a forest can have: those of a leaf are added at once.
const WIDE: usize = 16;

/// A forest of symmetric trees, with one output (main content or not) or several (one for each kind).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Forest {
    /// Where each output starts before any tree speaks.
    biases: Vec<i32>,
    /// How many measures the rows have that the forest was made for.
    width: usize,
    inputs: Vec<Input>,
    trees: Vec<Tree>,
    /// The places of the trees, those of one unit together: their leaves are summed as bytes are.
    by_unit: Vec<u16>,
    leaves: Leaves,
}

/// The leaves of all trees, one after the other.
#[derive(Clone, Debug, PartialEq)]
enum Leaves {
    /// Of one output.
    One(Vec<i8>),
    /// Of several; what is left of a leaf is 0.
    Several(Vec<[i8; WIDE]>),
}

/// A measure that the forest reads, and the values where its bins end.
#[derive(Clone, Debug, PartialEq)]
struct Input {
    measure: u16,
    borders: Vec<f32>,
    /// The same for values that are bytes.
    byte_borders: Vec<ByteBorder>,
    /// Which of all questions is the one after its lowest border; those after the others follow.
    first: usize,
}

/// The questions of a tree, the lowest bit of a leaf's number first.
#[derive(Clone, Debug, PartialEq)]
struct Tree {
    questions: Vec<Question>,
    /// The same by their places among all questions.
    asked: Vec<u16>,
    first_leaf: u32,
    /// By so many bits the leaves are shifted.
    shift: u8,
}

/// Is the bin of this input above this one?
#[derive(Clone, Copy, Debug, PartialEq)]
struct Question {
    input: u16,
    bin: u8,
}

impl Forest {
    /// How many measures a row must have.
    #[cfg(any(feature = "internals", test))]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many outputs a row gets.
    pub fn outputs(&self) -> usize {
        self.biases.len()
    }

    /// The log-odds of every row of tables that stand side by side, in units of one [`UNIT`]th; the outputs of a
    /// row follow each other. Together the tables must have `width` columns.
    pub fn score(&self, tables: &[&Table]) -> Vec<i32> {
        let rows = tables.first().map_or(0, |table| table.rows());
        let outputs = self.outputs();
        let mut scores = self.biases.repeat(rows);
        let questions = self.inputs.iter().map(|input| input.borders.len()).sum::<usize>() + 1;
        let mut answers = vec![[0; ROWS]; questions];
        for (round, scores) in scores.chunks_mut(ROWS * outputs).enumerate() {
            let groups = (scores.len() / outputs).div_ceil(LANES);
            for part in 0..groups {
                self.answer(tables, round * GROUPS + part, part, &mut answers);
            }
            match &self.leaves {
                Leaves::One(leaves) => self.add_one(leaves, &answers, scores),
                Leaves::Several(leaves) => self.add_several(leaves, &answers, scores),
            }
        }
        scores
    }

    /// Trees whose leaves have the same unit, and by how many bits these are shifted.
    fn units(&self) -> impl Iterator<Item = (&[u16], u8)> {
        let shift = |tree: &u16| self.trees[usize::from(*tree)].shift;
        self.by_unit.chunk_by(move |a, b| shift(a) == shift(b)).map(move |unit| (unit, shift(&unit[0])))
    }

    /// Adds the leaves that some rows fall into to their scores, a tree at a time.
    fn add_one(&self, leaves: &[i8], answers: &[Answers], scores: &mut [i32]) {
        for (trees, shift) in self.units() {
            let mut sums = [0; ROWS];
            for &tree in trees {
                let tree = &self.trees[usize::from(tree)];
                let numbers = tree.leaf_numbers(answers);
                let leaves = tree.leaves(leaves);
                // The number of leaves is a constant in each, so that no number can be beyond the last.
                match tree.questions.len() {
                    0 => add_leaves::<1>(leaves, &numbers, &mut sums),
                    1 => add_leaves::<2>(leaves, &numbers, &mut sums),
                    2 => add_leaves::<4>(leaves, &numbers, &mut sums),
                    3 => add_leaves::<8>(leaves, &numbers, &mut sums),
                    4 => add_leaves::<16>(leaves, &numbers, &mut sums),
                    5 => add_leaves::<32>(leaves, &numbers, &mut sums),
                    6 => add_leaves::<64>(leaves, &numbers, &mut sums),
                    7 => add_leaves::<128>(leaves, &numbers, &mut sums),
                    _ => add_leaves::<256>(leaves, &numbers, &mut sums),
                }
            }
            scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum << shift);
        }
    }

    /// The same for several outputs. Sums have sixteen bits, and so many leaves that they surely fit.
    fn add_several(&self, leaves: &[[i8; WIDE]], answers: &[Answers], scores: &mut [i32]) {
        const MOST: usize = 255;
        let outputs = self.outputs();
        let rows = (scores.len() / outputs).min(ROWS);
        for (trees, shift) in
            self.units().flat_map(|(unit, shift)| unit.chunks(MOST).map(move |part| (part, shift)))
        {
            let mut sums = [[0_i16; WIDE]; ROWS];
            for &tree in trees {
                let tree = &self.trees[usize::from(tree)];
                let numbers = tree.leaf_numbers(answers);
                let leaves = tree.leaves(leaves);
                for (sum, &number) in sums[..rows].iter_mut().zip(&numbers) {
                    let Some(leaf) = leaves.get(usize::from(number)) else { continue };
                    for (sum, &part) in sum.iter_mut().zip(leaf) {
                        *sum = sum.wrapping_add(i16::from(part));
                    }
                }
            }
            for (scores, sums) in scores.chunks_exact_mut(outputs).zip(sums) {
                for (score, sum) in scores.iter_mut().zip(sums) {
                    *score += i32::from(sum) << shift;
                }
            }
        }
    }

    /// Answers all questions for a group of rows; there may be no such group.
    fn answer(&self, tables: &[&Table], group: usize, part: usize, answers: &mut [Answers]) {
        // Inputs are sorted by measure, and so are the tables.
        let mut inputs = self.inputs.as_slice();
        let mut first = 0;
        for table in tables {
            let end = first + table.width();
            let (own, more) =
                inputs.split_at(inputs.partition_point(|input| usize::from(input.measure) < end));
            let columns = table.group(group);
            for input in own {
                let Some(column) = columns.column(usize::from(input.measure) - first) else { break };
                let answers = answers[input.first..][..input.borders.len()].iter_mut();
                let answers = answers.map(|answers| &mut answers[part * LANES..][..LANES]);
                match column {
                    Column::Same(number) => answers.zip(&input.borders).for_each(|(answers, &border)| {
                        answers.copy_from_slice(&[all_bits(number > border); LANES]);
                    }),
                    Column::Bytes(bytes) => answers.zip(&input.byte_borders).for_each(|(answers, border)| {
                        answers.copy_from_slice(&border.are_above(bytes));
                    }),
                    Column::Numbers(numbers) => answers.zip(&input.borders).for_each(|(answers, &border)| {
                        answers.copy_from_slice(&are_above(numbers, border));
                    }),
                }
            }
            (inputs, first) = (more, end);
        }
    }

    /// One output of the leaves of a tree.
    fn leaves_of(&self, tree: &Tree, output: usize) -> Vec<f32> {
        let value = |leaf: i8| f32::from(i16::from(leaf) << tree.shift);
        match &self.leaves {
            Leaves::One(leaves) => tree.leaves(leaves).iter().map(|&leaf| value(leaf)).collect(),
            Leaves::Several(leaves) => tree.leaves(leaves).iter().map(|leaf| value(leaf[output])).collect(),
        }
    }

    /// What each measure adds to one output of one row: at every question, how far its answer moves the mean
    /// of the leaves still in reach (Saabas 2014). With the means of all trees they add up to the score.
    pub fn contributions(&self, row: &[f32], output: usize) -> Vec<(u16, f32)> {
        let mut parts = vec![0.0; self.inputs.len()];
        for tree in &self.trees {
            let mut reach = self.leaves_of(tree, output);
            let mut mean = mean_of(&reach);
            // The last question is the highest bit of the leaf's number: it halves the leaves in reach.
            for question in tree.questions.iter().rev() {
                let input = &self.inputs[usize::from(question.input)];
                let value = row.get(usize::from(input.measure)).copied().unwrap_or_default();
                let high = reach.split_off(reach.len() / 2);
                if input.bin(value) > question.bin {
                    reach = high;
                }
                let now = mean_of(&reach);
                parts[usize::from(question.input)] += now - mean;
                mean = now;
            }
        }
        let inputs = self.inputs.iter().zip(parts);
        inputs.map(|(input, part)| (input.measure, part / UNIT)).collect()
    }
}

impl Leaves {
    fn len(&self) -> usize {
        match self {
            Leaves::One(leaves) => leaves.len(),
            Leaves::Several(leaves) => leaves.len(),
        }
    }

    fn push(&mut self, leaf: [i8; WIDE]) {
        match self {
            Leaves::One(leaves) => leaves.push(leaf[0]),
            Leaves::Several(leaves) => leaves.push(leaf),
        }
    }
}

/// Adds to the score of each row the leaf of its number, of a tree with `N` leaves, a power of two.
fn add_leaves<const N: usize>(leaves: &[i8], numbers: &[u8; ROWS], sums: &mut [i32; ROWS]) {
    let Some(leaves) = leaves.first_chunk::<N>() else { return };
    for (sum, &number) in sums.iter_mut().zip(numbers) {
        *sum += i32::from(leaves[usize::from(number) % N]);
    }
}

fn mean_of(leaves: &[f32]) -> f32 {
    leaves.iter().sum::<f32>() / leaves.len().max(1) as f32
}

impl Tree {
    /// The tree's own of the leaves of all trees.
    fn leaves<'l, T>(&self, all: &'l [T]) -> &'l [T] {
        &all[self.first_leaf as usize..][..1 << self.questions.len()]
    }

    /// The leaf that each row falls into.
    fn leaf_numbers(&self, answers: &[Answers]) -> Answers {
        let mut numbers = [0; ROWS];
        for (&question, bit) in self.asked.iter().zip(&LEVELS) {
            let answers = &answers[usize::from(question)];
            for ((number, answer), bit) in numbers.iter_mut().zip(answers).zip(bit) {
                *number |= answer & bit;
            }
        }
        numbers
    }
}

/// All bits for each value that is above a border.
fn are_above(column: &[f32; LANES], border: f32) -> [u8; LANES] {
    let mut above = [0; LANES];
    for (above, &value) in above.iter_mut().zip(column) {
        *above = all_bits(value > border);
    }
    above
}

/// All bits for yes, none for no.
fn all_bits(answer: bool) -> u8 {
    u8::from(answer).wrapping_neg()
}

/// A border as bytes are compared with it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct ByteBorder {
    /// Bytes that are more than this are above the border.
    most_below: u8,
    /// All bits if even 0 is above it.
    always: u8,
}

impl ByteBorder {
    fn of(border: f32) -> ByteBorder {
        // A cast of a float cuts off what follows the point, and saturates. No number is above what is none.
        let most_below = if border.is_nan() { u8::MAX } else { border as u8 };
        ByteBorder { most_below, always: all_bits(border < 0.0) }
    }

    /// All bits for each value that is above the border.
    fn are_above(self, column: &[u8; LANES]) -> [u8; LANES] {
        column.map(|value| all_bits(value > self.most_below) | self.always)
    }
}

impl Input {
    /// How many borders the value is above.
    fn bin(&self, value: f32) -> u8 {
        self.borders.iter().map(|&border| u8::from(value > border)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trained() -> TrainedForest {
        TrainedForest {
            biases: vec![-0.5],
            width: 3,
            trees: vec![
                TrainedTree { questions: vec![(0, 1.0), (2, 0.25)], leaves: vec![-1.0, 1.0, 0.5, 2.0] },
                TrainedTree { questions: vec![(2, 0.75)], leaves: vec![0.0, 3.0] },
            ],
        }
    }

    fn table(rows: &[[f32; 3]]) -> Table {
        Table::of_rows(3, &rows.concat())
    }

    #[test]
    fn a_written_forest_scores_as_its_trees_say() {
        let forest = Forest::read(&trained().write()).unwrap();
        let scores = forest.score(&[&table(&[[2.0, 0.0, 0.5], [0.0, 0.0, 0.0], [1.0, 9.0, 0.8]])]);
        // Above both borders: leaf 3; below both: leaf 0; on a border is not above it: leaf 2.
        assert_eq!(scores, [1.5, -1.5, 3.0].map(|odds: f32| (odds * UNIT) as i32));
    }

    #[test]
    fn contributions_add_up_to_the_score() {
        let forest = Forest::read(&trained().write()).unwrap();
        let row = [2.0, 0.0, 0.9];
        let parts: f32 = forest.contributions(&row, 0).iter().map(|(_, part)| part).sum();
        let means = (-1.0 + 1.0 + 0.5 + 2.0) / 4.0 + 3.0 / 2.0;
        let score = forest.score(&[&table(&[row])])[0] as f32 / UNIT;
        assert!((parts + means - 0.5 - score).abs() < 0.01);
    }

    #[test]
    fn bytes_are_above_the_borders_that_their_numbers_are_above() {
        let borders = [-1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 1.5, 254.5, 255.0, 255.5, 1e9, -1e9, f32::NAN];
        for border in borders {
            for byte in 0..=u8::MAX {
                let above = all_bits(f32::from(byte) > border);
                assert_eq!(
                    ByteBorder::of(border).are_above(&[byte; LANES]),
                    [above; LANES],
                    "{byte} {border}"
                );
            }
        }
    }

    #[test]
    fn broken_bytes_are_refused() {
        let bytes = trained().write();
        assert!(Forest::read(&bytes[..bytes.len() - 1]).is_err());
        assert!(Forest::read(&[bytes.as_slice(), &[0]].concat()).is_err());
        assert!(Forest::read(b"").is_err());
    }
}

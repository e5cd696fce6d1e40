//! Forests as bytes: the weights that ship, and how they are made of a trainer's trees.

#[cfg(any(feature = "internals", test))]
use super::UNIT;
use super::{ByteBorder, DEEPEST, Forest, Input, Leaves, MOST_SHIFT, Question, Tree, WIDE};

/// Most borders a measure can have: bins are bytes.
#[cfg(any(feature = "internals", test))]
const MOST_BORDERS: usize = 254;

/// Why bytes are no forest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a forest: {0}")]
pub struct BadForest(&'static str);

impl Forest {
    /// Reads what [`TrainedForest::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Forest, BadForest> {
        let mut reader = Reader { rest: bytes };
        let outputs = usize::from(reader.u8()?);
        if !(1..=WIDE).contains(&outputs) {
            return Err(BadForest("no outputs, or too many"));
        }
        let biases = (0..outputs).map(|_| reader.i32()).collect::<Result<Vec<_>, _>>()?;
        let width = usize::from(reader.u16()?);
        let input_count = reader.u16()?;
        let mut inputs = Vec::new();
        // The first is one that is never answered with yes.
        let mut question_count = 1;
        for _ in 0..input_count {
            let measure = reader.u16()?;
            let border_count = reader.u8()?;
            let borders = (0..border_count).map(|_| reader.f32()).collect::<Result<Vec<_>, _>>()?;
            if usize::from(measure) >= width {
                return Err(BadForest("a measure outside the row"));
            }
            if inputs.last().is_some_and(|last: &Input| last.measure >= measure) {
                return Err(BadForest("measures out of order"));
            }
            let first = question_count;
            question_count += borders.len();
            let byte_borders = borders.iter().map(|&border| ByteBorder::of(border)).collect();
            inputs.push(Input { measure, borders, byte_borders, first });
        }
        if question_count > usize::from(u16::MAX) {
            return Err(BadForest("too many borders"));
        }
        let tree_count = reader.u16()?;
        let mut trees = Vec::new();
        let mut leaves = if outputs == 1 { Leaves::One(Vec::new()) } else { Leaves::Several(Vec::new()) };
        for _ in 0..tree_count {
            let depth = reader.u8()?;
            if depth > DEEPEST {
                return Err(BadForest("a tree too deep"));
            }
            let mut questions = Vec::new();
            let mut asked = Vec::new();
            for _ in 0..depth {
                let question = Question { input: reader.u16()?, bin: reader.u8()? };
                let Some(input) = inputs.get(usize::from(question.input)) else {
                    return Err(BadForest("a question about no input"));
                };
                let is_beyond = usize::from(question.bin) >= input.borders.len();
                let place = if is_beyond { 0 } else { input.first + usize::from(question.bin) };
                asked.push(place as u16);
                questions.push(question);
            }
            let first_leaf = leaves.len() as u32;
            let shift = reader.u8()?;
            if shift > MOST_SHIFT {
                return Err(BadForest("leaves too large"));
            }
            for _ in 0..1 << depth {
                let mut leaf = [0; WIDE];
                for output in &mut leaf[..outputs] {
                    *output = reader.i8()?;
                }
                leaves.push(leaf);
            }
            trees.push(Tree { questions, asked, first_leaf, shift });
        }
        if !reader.rest.is_empty() {
            return Err(BadForest("bytes left over"));
        }
        let mut by_unit: Vec<u16> = (0..tree_count).collect();
        by_unit.sort_by_key(|&tree| trees[usize::from(tree)].shift);
        Ok(Forest { biases, width, inputs, trees, by_unit, leaves })
    }

    /// Reads weights that ship with the crate; a test holds that they can be read.
    pub fn shipped(bytes: &[u8]) -> Forest {
        Forest::read(bytes).unwrap_or_else(|_| Forest {
            biases: vec![0],
            width: 1,
            inputs: Vec::new(),
            trees: Vec::new(),
            by_unit: Vec::new(),
            leaves: Leaves::One(Vec::new()),
        })
    }
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadForest> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(BadForest("too short"))?;
        self.rest = rest;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8, BadForest> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Result<u16, BadForest> {
        self.take().map(u16::from_le_bytes)
    }

    fn i8(&mut self) -> Result<i8, BadForest> {
        self.take().map(i8::from_le_bytes)
    }

    fn i32(&mut self) -> Result<i32, BadForest> {
        self.take().map(i32::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, BadForest> {
        self.take().map(f32::from_le_bytes)
    }
}

/// A forest as a trainer gives it: questions by measure and border, leaves in log-odds.
#[cfg(any(feature = "internals", test))]
#[derive(Clone, Debug, Default)]
pub struct TrainedForest {
    /// Each output's log-odds before any tree speaks.
    pub biases: Vec<f32>,
    /// How many measures a row has.
    pub width: usize,
    /// The trees.
    pub trees: Vec<TrainedTree>,
}

/// A tree as a trainer gives it.
#[cfg(any(feature = "internals", test))]
#[derive(Clone, Debug, Default)]
pub struct TrainedTree {
    /// Is this measure above this border? The lowest bit of a leaf's number comes first.
    pub questions: Vec<(u16, f32)>,
    /// The outputs of every leaf, those of one leaf together.
    pub leaves: Vec<f32>,
}

#[cfg(any(feature = "internals", test))]
impl TrainedForest {
    /// The bytes that a forest is read from: borders sorted, leaves rounded to a byte each, in a unit of their tree's
    /// own: a power of two of [`UNIT`]ths.
    pub fn write(&self) -> Vec<u8> {
        let mut borders: std::collections::BTreeMap<u16, Vec<f32>> = Default::default();
        for &(measure, border) in self.trees.iter().flat_map(|tree| &tree.questions) {
            borders.entry(measure).or_default().push(border);
        }
        for list in borders.values_mut() {
            list.sort_by(f32::total_cmp);
            list.dedup();
            list.truncate(MOST_BORDERS);
        }
        let mut out = Vec::new();
        out.push(self.biases.len() as u8);
        out.extend(self.biases.iter().flat_map(|bias| ((bias * UNIT).round() as i32).to_le_bytes()));
        out.extend((self.width as u16).to_le_bytes());
        out.extend((borders.len() as u16).to_le_bytes());
        for (measure, list) in &borders {
            out.extend(measure.to_le_bytes());
            out.push(list.len() as u8);
            out.extend(list.iter().flat_map(|border| border.to_le_bytes()));
        }
        let inputs: Vec<u16> = borders.keys().copied().collect();
        out.extend((self.trees.len() as u16).to_le_bytes());
        for TrainedTree { questions, leaves } in &self.trees {
            out.push(questions.len() as u8);
            for (measure, border) in questions {
                let input = inputs.partition_point(|input| input < measure);
                let bin = borders[measure].partition_point(|other| other < border);
                out.extend((input as u16).to_le_bytes());
                out.push(bin as u8);
            }
            let largest = leaves.iter().fold(0.0, |largest: f32, leaf| largest.max(leaf.abs())) * UNIT;
            let fits = |shift: &u8| (largest / f32::from(1_u16 << shift)).round() <= f32::from(i8::MAX);
            let shift = (0..MOST_SHIFT).find(fits).unwrap_or(MOST_SHIFT);
            out.push(shift);
            let unit = UNIT / f32::from(1_u16 << shift);
            // A cast of a float saturates, so a leaf larger than any that can be kept becomes the largest.
            out.extend(leaves.iter().map(|leaf| ((leaf * unit).round() as i8).to_le_bytes()[0]));
        }
        out
    }
}

//! Text density, link density and the other measures of a block, its neighbours and its containers.
//!
//! Every measure is a plain number that counts or divides counts, so it comes out the same on every platform:
//! nothing here takes a logarithm or a root. Scores are made from measures in [`score`](crate::score).

mod alike;
mod blocks;
mod characters;
mod containers;
mod context;
mod elements;
mod page;
mod table;
mod text;
mod words;

use std::sync::Arc;

use crate::lexicon::LEXICON;
use crate::segment::Segments;
use crate::tree::Tree;

use alike::Alike;
pub(crate) use blocks::BlockFacts;
use containers::{Containers, LEVELS_OF_MARKUP, LEVELS_OF_TEXT};
use context::Surroundings;
use elements::Elements;
pub(crate) use page::PageFacts;
pub(crate) use table::{Column, LANES, Row, Table};
pub(crate) use words::words;

/// The measures of every block of a page, a row each.
#[derive(Clone, Debug)]
pub(crate) struct Measures {
    /// Shared with what explains the verdicts later.
    pub table: Arc<Table>,
    pub facts: Vec<BlockFacts>,
    /// For the second pass: which containers every block stands in.
    pub containers: Containers,
    pub alike: Alike,
}

/// Takes a measure: the group it belongs to, its name there, its value.
pub(crate) trait Put: FnMut(&'static str, &'static str, f32) {}
impl<F: FnMut(&'static str, &'static str, f32) + ?Sized> Put for F {}

impl Measures {
    /// Measures the blocks of a page with markup.
    pub fn of_markup(tree: &Tree, segments: &Segments, page: &PageFacts) -> Measures {
        let facts = BlockFacts::of(segments, page, &LEXICON);
        let elements = Elements::of(tree, segments, &LEXICON);
        let containers = Containers::of(&elements.ranges, &facts);
        let alike = Alike::of_elements(&elements, &facts);
        let surroundings = Surroundings::of(&facts);
        let page = page_values(page, &containers, &facts);
        let table = table_of(facts.len(), &page, |block, row| {
            let mut put = |_: &str, _: &str, value: f32| row.put(value);
            facts[block].put(&mut put);
            elements.put(block, &mut put);
            containers.put(block, LEVELS_OF_MARKUP, &mut put);
            elements.put_landmarks(block, &containers, &mut put);
            alike.put(block, &facts, &containers, &mut put);
            surroundings.put(block, &facts, &containers, &mut put);
            elements.put_neighbours(block, &mut put);
        });
        Measures { table: Arc::new(table), facts, containers, alike }
    }

    /// Measures the blocks of a plain text: what remains without markup.
    pub fn of_text(segments: &Segments, page: &PageFacts) -> Measures {
        let facts = BlockFacts::of(segments, page, &LEXICON);
        let containers = Containers::of_runs(&facts);
        let alike = Alike::of_shapes(&facts);
        let surroundings = Surroundings::of(&facts);
        let page = page_values(page, &containers, &facts);
        let table = table_of(facts.len(), &page, |block, row| {
            let mut put = |_: &str, _: &str, value: f32| row.put(value);
            facts[block].put(&mut put);
            containers.put(block, LEVELS_OF_TEXT, &mut put);
            alike.put(block, &facts, &containers, &mut put);
            surroundings.put(block, &facts, &containers, &mut put);
        });
        Measures { table: Arc::new(table), facts, containers, alike }
    }
}

/// What every row of the page has in common.
fn page_values(page: &PageFacts, containers: &Containers, facts: &[BlockFacts]) -> Vec<f32> {
    let mut values = Vec::new();
    page.put(containers, facts, &mut |_: &str, _: &str, value: f32| values.push(value));
    values
}

/// The rows of all blocks: `measure` writes what is one block's, and `page` is what all have in common.
fn table_of(blocks: usize, page: &[f32], measure: impl Fn(usize, &mut Row)) -> Table {
    if blocks == 0 {
        return Table::default();
    }
    // How many measures there are shows when a block is measured.
    let mut nowhere = Row::default();
    measure(0, &mut nowhere);
    Table::of(blocks, nowhere.written(), page, measure)
}

/// The names of the measures of pages with markup, in the order of [`Measures::row`].
pub(crate) fn markup_names() -> Vec<String> {
    let (elements, page) = (Elements::default(), PageFacts::default());
    names(|put| {
        let (facts, containers, alike, surroundings) = one_block();
        facts[0].put(put);
        elements.put(0, put);
        containers.put(0, LEVELS_OF_MARKUP, put);
        elements.put_landmarks(0, &containers, put);
        alike.put(0, &facts, &containers, put);
        surroundings.put(0, &facts, &containers, put);
        elements.put_neighbours(0, put);
        page.put(&containers, &facts, put);
    })
}

/// The names of the measures of plain text, in the order of [`Measures::row`].
pub(crate) fn text_names() -> Vec<String> {
    let page = PageFacts::default();
    names(|put| {
        let (facts, containers, alike, surroundings) = one_block();
        facts[0].put(put);
        containers.put(0, LEVELS_OF_TEXT, put);
        alike.put(0, &facts, &containers, put);
        surroundings.put(0, &facts, &containers, put);
        page.put(&containers, &facts, put);
    })
}

fn one_block() -> (Vec<BlockFacts>, Containers, Alike, Surroundings) {
    let facts = vec![BlockFacts::default()];
    let containers = Containers::of_runs(&facts);
    let alike = Alike::of_shapes(&facts);
    let surroundings = Surroundings::of(&facts);
    (facts, containers, alike, surroundings)
}

fn names(measure: impl FnOnce(&mut dyn FnMut(&'static str, &'static str, f32))) -> Vec<String> {
    let mut names = Vec::new();
    measure(&mut |group, name, _| names.push(format!("{group}.{name}")));
    names
}

/// `part / whole`, 0 of nothing.
fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

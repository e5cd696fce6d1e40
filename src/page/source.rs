//! Where a block comes from: a range of the input, or an element of the document.

use std::fmt;
use std::ops::Range;

use html5ever::LocalName;

/// Where a block comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source<'p> {
    /// Plain text: a range of bytes of the input. The ranges of all blocks follow each other and cover all
    /// its text.
    Input(Range<usize>),
    /// Markup: the innermost element around the block.
    Element(ElementPath<'p>),
    /// Text that the page carries outside its markup, used where it shows none of its own: the script, `<meta>`
    /// or other element that carries it.
    Embedded(ElementPath<'p>),
}

/// The way from the root of the document to an element; displays like an XPath, `/html/body/div[2]/p[1]`.
/// The number counts elements of that name among their siblings, from 1, and is left out where there is
/// only to be one (`html`, `head`, `body`).
#[derive(Clone, Copy)]
pub struct ElementPath<'p> {
    steps: &'p [PathStep],
    last: Option<u32>,
}

/// An element on the way to a block: the step before it, its name, its number among its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathStep {
    pub parent: Option<u32>,
    pub name: LocalName,
    pub number: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SourceData {
    Input(Range<u32>),
    /// The index of the element's step; none for text outside every element.
    Element(Option<u32>),
    /// The same, of the element that carries the text outside the markup.
    Embedded(Option<u32>),
}

impl SourceData {
    pub fn view<'p>(&self, steps: &'p [PathStep]) -> Source<'p> {
        match *self {
            SourceData::Input(Range { start, end }) => Source::Input(start as usize..end as usize),
            SourceData::Embedded(last) => Source::Embedded(ElementPath { steps, last }),
            SourceData::Element(last) => Source::Element(ElementPath { steps, last }),
        }
    }
}

impl<'p> ElementPath<'p> {
    /// The names and numbers of the elements, from the root down.
    pub fn steps(&self) -> Vec<(&'p str, u32)> {
        let parent = |step: &&PathStep| step.parent;
        let last = self.step(self.last);
        let mut up: Vec<_> = std::iter::successors(last, |step| self.step(parent(step)))
            .map(|step| (&*step.name, step.number))
            .collect();
        up.reverse();
        up
    }

    fn step(&self, index: Option<u32>) -> Option<&'p PathStep> {
        self.steps.get(index? as usize)
    }
}

impl fmt::Display for ElementPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.steps();
        if steps.is_empty() {
            return f.write_str("/");
        }
        steps.iter().try_for_each(|(name, number)| match *name {
            "html" | "head" | "body" => write!(f, "/{name}"),
            _ => write!(f, "/{name}[{number}]"),
        })
    }
}

impl fmt::Debug for ElementPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for ElementPath<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.steps() == other.steps()
    }
}

impl Eq for ElementPath<'_> {}

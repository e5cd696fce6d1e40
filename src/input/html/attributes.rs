//! The attributes of tags, where the page has them.

use std::ops::Range;

use html5ever::LocalName;

/// The attributes of a page's tags, as far as they are still needed.
pub(super) struct Attributes<'p> {
    page: &'p str,
    /// Values that had references in them.
    decoded: String,
    all: Vec<Attribute>,
    /// So many are kept for as long as the page is read.
    kept: usize,
}

/// Some attributes in a row: those of a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    end: u32,
}

#[derive(Clone, Debug)]
struct Attribute {
    name: LocalName,
    /// Whether a later stage reads it.
    is_read: bool,
    is_decoded: bool,
    /// Where the value stands, in the page or among the decoded ones.
    value: (u32, u32),
}

/// So few attributes are compared with each other to find repeated ones.
const FEW: usize = 24;

impl<'p> Attributes<'p> {
    pub fn new(page: &'p str) -> Attributes<'p> {
        Attributes { page, decoded: String::new(), all: Vec::new(), kept: 0 }
    }

    /// Where a text stands in the page, if it is a part of it.
    pub fn place_in_page(&self, text: &str) -> Option<Range<u32>> {
        let start = (text.as_ptr() as usize).checked_sub(self.page.as_ptr() as usize)?;
        let end = start + text.len();
        (end <= self.page.len()).then_some(start as u32..end as u32)
    }

    /// Forgets the attributes of the tag before, unless they were kept, and begins those of another.
    pub fn begin(&mut self) {
        self.all.truncate(self.kept);
    }

    /// How many the tag has so far.
    pub fn len(&self) -> usize {
        self.all.len() - self.kept
    }

    /// Adds one whose value stands at some bytes of the page.
    pub fn push(&mut self, name: LocalName, is_read: bool, start: usize, end: usize) {
        self.all.push(Attribute { name, is_read, is_decoded: false, value: (start as u32, end as u32) });
    }

    /// Adds one with another value than the page has.
    pub fn push_decoded(&mut self, name: LocalName, is_read: bool, value: &str) {
        let start = self.decoded.len() as u32;
        self.decoded.push_str(value);
        let value = (start, self.decoded.len() as u32);
        self.all.push(Attribute { name, is_read, is_decoded: true, value });
    }

    /// Ends the attributes of a tag: of those of one name the first counts.
    pub fn end(&mut self) -> Slice {
        let start = self.kept;
        if self.all.len() - start <= FEW {
            let mut count = start;
            for index in start..self.all.len() {
                if self.all[start..count].iter().all(|known| known.name != self.all[index].name) {
                    self.all.swap(count, index);
                    count += 1;
                }
            }
            self.all.truncate(count);
        } else {
            let mut seen = std::collections::HashSet::new();
            let own = self.all.split_off(start);
            self.all.extend(own.into_iter().filter(|attribute| seen.insert(attribute.name.clone())));
        }
        Slice { start: start as u32, end: self.all.len() as u32 }
    }

    /// Keeps the attributes of the present tag for good.
    pub fn keep(&mut self, slice: Slice) {
        self.kept = self.kept.max(slice.end as usize);
    }

    fn of(&self, slice: Slice) -> &[Attribute] {
        &self.all[slice.start as usize..slice.end as usize]
    }

    fn value(&self, attribute: &Attribute) -> &str {
        let value = attribute.value.0 as usize..attribute.value.1 as usize;
        if attribute.is_decoded { &self.decoded[value] } else { &self.page[value] }
    }

    /// Those that a later stage reads, with their values.
    pub fn read(&self, slice: Slice) -> impl Iterator<Item = (&LocalName, &str)> + Clone {
        let read = self.of(slice).iter().filter(|attribute| attribute.is_read);
        read.map(|attribute| (&attribute.name, self.value(attribute)))
    }

    pub fn value_of(&self, slice: Slice, name: &LocalName) -> Option<&str> {
        self.of(slice).iter().find(|attribute| attribute.name == *name).map(|attribute| self.value(attribute))
    }

    /// How long all values are together, in bytes.
    pub fn length_of_values(&self, slice: Slice) -> usize {
        self.of(slice).iter().map(|attribute| (attribute.value.1 - attribute.value.0) as usize).sum()
    }

    /// Whether two tags have the same attributes, in whatever order.
    pub fn are_same(&self, a: Slice, b: Slice) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        a.len() == b.len()
            && a.iter().all(|one| {
                b.iter().any(|other| one.name == other.name && self.value(one) == self.value(other))
            })
    }
}

impl Slice {
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The first `count` of them.
    pub fn first(self, count: usize) -> Slice {
        Slice { end: self.start + self.len().min(count) as u32, ..self }
    }
}

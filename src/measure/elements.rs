//! Measures of markup: the tag of a block, which elements are around it, what their class words hint at.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use html5ever::{LocalName, local_name};
use rustc_hash::{FxHashMap, FxHasher};

use super::containers::Containers;
use super::{Put, share};
use crate::lexicon::{HINT_KINDS, Lexicon, Meaning, STEMS};
use crate::segment::{Place, Segments, is_hidden_by, is_hidden_by_name};
use crate::tree::{NodeId, Step, Tree};

/// Distances are counted in elements; this is "nowhere above".
const NOWHERE: u8 = u8::MAX;

static ANCESTORS: [LocalName; ANCESTOR_NAMES.len()] = [
    local_name!("nav"),
    local_name!("footer"),
    local_name!("header"),
    local_name!("aside"),
    local_name!("main"),
    local_name!("article"),
    local_name!("form"),
    local_name!("table"),
    local_name!("ul"),
    local_name!("dl"),
    local_name!("li"),
    local_name!("figure"),
    local_name!("a"),
    local_name!("button"),
    local_name!("label"),
    local_name!("select"),
    local_name!("h1"),
    local_name!("p"),
];
const ANCESTOR_NAMES: [&str; 18] = [
    "nav", "footer", "header", "aside", "main", "article", "form", "table", "ul", "dl", "li", "figure", "a",
    "button", "label", "select", "h1", "p",
];

/// Elements that divide a page by meaning; the text of the innermost of each around a block is measured.
const LANDMARK_COUNT: usize = 2;
static LANDMARKS: [(LocalName, &str); LANDMARK_COUNT] =
    [(local_name!("article"), "in_article"), (local_name!("main"), "in_main")];

/// Tags in the order in which their text is more often main content.
static TAGS: [LocalName; 40] = [
    local_name!("option"),
    local_name!("select"),
    local_name!("button"),
    local_name!("label"),
    local_name!("legend"),
    local_name!("input"),
    local_name!("textarea"),
    local_name!("nav"),
    local_name!("form"),
    local_name!("footer"),
    local_name!("aside"),
    local_name!("noscript"),
    local_name!("address"),
    local_name!("header"),
    local_name!("ul"),
    local_name!("ol"),
    local_name!("li"),
    local_name!("dl"),
    local_name!("dt"),
    local_name!("dd"),
    local_name!("body"),
    local_name!("div"),
    local_name!("center"),
    local_name!("article"),
    local_name!("section"),
    local_name!("main"),
    local_name!("figure"),
    local_name!("figcaption"),
    local_name!("caption"),
    local_name!("summary"),
    local_name!("td"),
    local_name!("th"),
    local_name!("h6"),
    local_name!("h5"),
    local_name!("h4"),
    local_name!("h3"),
    local_name!("h2"),
    local_name!("h1"),
    local_name!("p"),
    local_name!("pre"),
];

/// What is measured of the elements around a block.
#[derive(Clone)]
struct Row {
    own: Inherited,
    /// Elements from here up to the nearest of each name, hint and stem.
    distances: [u8; MARKS],
}

/// What is looked for above a block: names of elements, hints and stems, in this order.
const MARKS: usize = ANCESTOR_NAMES.len() + HINT_KINDS.len() + STEMS.len();
const _: () = assert!(MARKS <= 256, "the log keeps marks as bytes");
const FIRST_HINT: usize = ANCESTOR_NAMES.len();
const FIRST_STEM: usize = FIRST_HINT + HINT_KINDS.len();

/// What an element passes on to those inside it.
#[derive(Clone, Copy, Default)]
struct Inherited {
    /// HTML elements around it, itself counted.
    depth: u32,
    tag: u8,
    parent_tag: u8,
    signature: u64,
    parent_signature: u64,
    landmarks: [Option<NodeId>; LANDMARK_COUNT],
    /// The depth of the nearest hidden element; 0 if there is none.
    hidden_at: u32,
}

impl Inherited {
    /// How many elements further up something is that was last met at a depth; depths begin at 1.
    fn distance(&self, met_at: u32) -> u8 {
        if met_at == 0 { NOWHERE } else { (self.depth - met_at).min(u32::from(NOWHERE)) as u8 }
    }
}

impl Default for Row {
    fn default() -> Self {
        Row { own: Inherited::default(), distances: [NOWHERE; MARKS] }
    }
}

/// The elements around every block.
#[derive(Default)]
pub(crate) struct Elements {
    /// The blocks that each element spans, inner elements first.
    pub ranges: Vec<Range<u32>>,
    /// What each block's element inherits.
    rows: Vec<Row>,
    row_of: Vec<u32>,
    /// The blocks each landmark spans, sorted by element.
    landmark_ranges: Vec<(NodeId, Range<u32>)>,
}

/// The places of a name in the lists above.
#[derive(Clone, Copy)]
struct Name {
    tag: u8,
    ancestor: Option<usize>,
    landmark: Option<usize>,
}

impl Name {
    fn of(name: &LocalName) -> Name {
        Name {
            tag: TAGS.iter().position(|tag| tag == name).map_or(0, |tag| tag as u8 + 1),
            ancestor: ANCESTORS.iter().position(|ancestor| ancestor == name),
            landmark: LANDMARKS.iter().position(|(landmark, _)| landmark == name),
        }
    }
}

/// An element whose end is still to come.
struct Open {
    id: NodeId,
    inherited: Inherited,
    first_block: u32,
    row: Option<u32>,
    /// How many entries the log had before the element was entered.
    logged: usize,
}

struct Reader<'a> {
    tree: &'a Tree,
    segments: &'a Segments,
    lexicon: &'a Lexicon,
    /// What was found out about names of elements, and about class words and the like: they come again and again.
    names: FxHashMap<&'a LocalName, Name>,
    values: FxHashMap<&'a str, u32>,
    /// Of every value, by its number.
    meanings: Vec<Range<u32>>,
    all_meanings: Vec<Meaning>,
    room: Vec<u8>,
    /// The next block whose first text is still to come.
    next_block: usize,
    stack: Vec<Open>,
    /// At which depth each mark was met last; 0 if none is open.
    met_at: [u32; MARKS],
    /// What `met_at` was before each change, for when the element that made it ends.
    log: Vec<(u8, u32)>,
    out: Elements,
}

impl Elements {
    pub fn of(tree: &Tree, segments: &Segments, lexicon: &Lexicon) -> Elements {
        let mut reader = Reader {
            tree,
            segments,
            lexicon,
            names: FxHashMap::default(),
            values: FxHashMap::default(),
            meanings: Vec::new(),
            all_meanings: Vec::new(),
            room: Vec::new(),
            next_block: 0,
            stack: vec![Open {
                id: NodeId::DOCUMENT,
                inherited: Inherited::default(),
                first_block: 0,
                row: None,
                logged: 0,
            }],
            met_at: [0; MARKS],
            log: Vec::new(),
            out: Elements::default(),
        };
        let blocks = segments.blocks.len();
        reader.out.row_of.reserve(blocks);
        reader.out.rows.reserve(blocks);
        for step in tree.walk(NodeId::DOCUMENT) {
            match step {
                Step::Enter(id) => reader.enter(id),
                Step::Leave(id) => reader.leave(id),
            }
        }
        let all = 0..segments.blocks.len() as u32;
        reader.out.ranges.push(all);
        reader.out.landmark_ranges.sort_by_key(|(id, _)| *id);
        reader.out
    }

    fn row(&self, block: usize) -> Option<&Row> {
        self.rows.get(*self.row_of.get(block)? as usize)
    }

    /// Equal for blocks whose element and its parent have the same tag and class.
    pub fn signature(&self, block: usize) -> (u64, u64) {
        self.row(block).map_or((0, 0), |row| (row.own.signature, row.own.parent_signature))
    }

    pub fn put(&self, block: usize, put: &mut (impl Put + ?Sized)) {
        let none = Row::default();
        let row = self.row(block).unwrap_or(&none);
        let own = &row.own;
        put("markup", "tag", f32::from(own.tag));
        put("markup", "parent_tag", f32::from(own.parent_tag));
        put("markup", "depth", own.depth.min(u32::from(u16::MAX)) as f32);
        put("markup", "hidden", f32::from(own.distance(own.hidden_at)));
        for (&name, &distance) in ANCESTOR_NAMES.iter().zip(&row.distances) {
            put("ancestor", name, f32::from(distance));
        }
        for (&name, &distance) in HINT_KINDS.iter().zip(&row.distances[FIRST_HINT..]) {
            put("hint", name, f32::from(distance));
        }
        for (&name, &distance) in STEMS.iter().zip(&row.distances[FIRST_STEM..]) {
            put("class", name, f32::from(distance));
        }
    }

    pub fn put_landmarks(&self, block: usize, containers: &Containers, put: &mut (impl Put + ?Sized)) {
        let page = containers.page();
        let row = self.row(block);
        for (index, (_, name)) in LANDMARKS.iter().enumerate() {
            let landmark = row.and_then(|row| row.own.landmarks[index]);
            let range = landmark.and_then(|id| self.landmark_range(id));
            let sums = range.map(|range| containers.sum(range));
            let of = |measure: &dyn Fn(super::containers::Sums) -> f32| sums.map_or(-1.0, measure);
            put(name, "share", of(&|sums| share(sums.weight, page.weight)));
            put(name, "prose_share", of(&|sums| sums.prose_share()));
            put(name, "link_density", of(&|sums| sums.link_density()));
            put(name, "blocks", of(&|sums| sums.blocks));
            put(name, "place", range.map_or(-1.0, |range| block as f32 - range.start as f32));
        }
    }

    fn landmark_range(&self, id: NodeId) -> Option<&Range<u32>> {
        let found = self.landmark_ranges.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&self.landmark_ranges[found].1)
    }

    /// How markup goes on from the block before and into the one after.
    pub fn put_neighbours(&self, block: usize, put: &mut (impl Put + ?Sized)) {
        let neighbours = [
            ("before1", block.checked_sub(1)),
            ("after1", block.checked_add(1)),
            ("before2", block.checked_sub(2)),
            ("after2", block.checked_add(2)),
        ];
        for (name, neighbour) in neighbours {
            let row = neighbour.and_then(|neighbour| self.row(neighbour));
            let is_alike = neighbour
                .is_some_and(|other| row.is_some() && self.signature(other) == self.signature(block));
            put(name, "alike", f32::from(is_alike));
            put(name, "tag", row.map_or(-1.0, |row| f32::from(row.own.tag)));
        }
    }
}

impl<'a> Reader<'a> {
    fn enter(&mut self, id: NodeId) {
        if self.tree.element(id).is_some() {
            let mut inherited = self.stack.last().map(|top| top.inherited).unwrap_or_default();
            let logged = self.log.len();
            self.inherit(id, &mut inherited);
            let first_block = self.next_block as u32;
            self.stack.push(Open { id, inherited, first_block, row: None, logged });
        }
        while self.first_leaf(self.next_block) == Some(id) {
            self.begin_block();
        }
    }

    fn first_leaf(&self, block: usize) -> Option<NodeId> {
        match &self.segments.blocks.get(block)?.place {
            Place::Element { leaves, .. } => self.segments.leaves.get(leaves.start as usize).copied(),
            Place::Input(_) => None,
        }
    }

    /// A block has begun: the text just met is its first. It is measured at its block-level element, or, if it
    /// is one run of text, at the innermost element around that.
    fn begin_block(&mut self) {
        let top = self.stack.len() - 1;
        let open = match &self.segments.blocks[self.next_block].place {
            Place::Element { element, leaves } if leaves.len() > 1 => {
                self.stack.iter().rposition(|open| open.id == *element).unwrap_or(top)
            }
            _ => top,
        };
        let row = self.row_at(open);
        self.out.row_of.push(row);
        self.next_block += 1;
    }

    /// The row of an open element, made when a block asks for it first.
    fn row_at(&mut self, open: usize) -> u32 {
        if let Some(row) = self.stack[open].row {
            return row;
        }
        // What elements inside it have met is not around it.
        let mut met_at = self.met_at;
        let inside = self.stack.get(open + 1).map_or(self.log.len(), |inner| inner.logged);
        for &(mark, before) in self.log[inside..].iter().rev() {
            met_at[usize::from(mark)] = before;
        }
        let own = self.stack[open].inherited;
        self.out.rows.push(Row { own, distances: met_at.map(|met_at| own.distance(met_at)) });
        let row = self.out.rows.len() as u32 - 1;
        self.stack[open].row = Some(row);
        row
    }

    fn leave(&mut self, id: NodeId) {
        if self.tree.element(id).is_none() {
            return;
        }
        let Some(open) = self.stack.pop() else { return };
        for (mark, before) in self.log.drain(open.logged..).rev() {
            self.met_at[usize::from(mark)] = before;
        }
        let blocks = open.first_block..self.next_block as u32;
        if blocks.is_empty() {
            return;
        }
        let is_landmark =
            self.tree.html_name(id).is_some_and(|name| LANDMARKS.iter().any(|(mark, _)| mark == name));
        if is_landmark {
            self.out.landmark_ranges.push((id, blocks.clone()));
        }
        self.out.ranges.push(blocks);
    }

    fn inherit(&mut self, id: NodeId, row: &mut Inherited) {
        let Some(name) = self.tree.html_name(id) else { return };
        row.depth += 1;
        (row.parent_tag, row.parent_signature) = (row.tag, row.signature);
        let places = *self.names.entry(name).or_insert_with(|| Name::of(name));
        row.tag = places.tag;
        if let Some(ancestor) = places.ancestor {
            self.meet(ancestor, row.depth);
        }
        if let Some(landmark) = places.landmark {
            row.landmarks[landmark] = Some(id);
        }
        let Some(element) = self.tree.element(id) else { return };
        let mut is_hidden = is_hidden_by_name(self.tree, id, name);
        let mut class = None;
        for (name, value) in self.tree.attributes(element) {
            match *name {
                local_name!("class") => class = Some(self.read_words(value, row.depth)),
                local_name!("id")
                | local_name!("role")
                | local_name!("itemprop")
                | local_name!("itemtype")
                | local_name!("aria-label") => {
                    self.read_words(value, row.depth);
                }
                _ => is_hidden = is_hidden || is_hidden_by(name, value),
            }
        }
        if is_hidden {
            row.hidden_at = row.depth;
        }
        let mut hasher = FxHasher::default();
        (name, class).hash(&mut hasher);
        row.signature = hasher.finish();
    }

    /// Meets what the words of a value stand for; gives the number of the value.
    fn read_words(&mut self, value: &'a str, depth: u32) -> u32 {
        let next = self.meanings.len() as u32;
        let number = *self.values.entry(value).or_insert(next);
        if number == next {
            let start = self.all_meanings.len() as u32;
            let found = |meaning| self.all_meanings.push(meaning);
            self.lexicon.hints.meanings(value, &mut self.room, found);
            self.meanings.push(start..self.all_meanings.len() as u32);
        }
        let Range { start, end } = self.meanings[number as usize];
        for index in start as usize..end as usize {
            match self.all_meanings[index] {
                Meaning::Kind(kind) => self.meet(FIRST_HINT + usize::from(kind), depth),
                Meaning::Stem(stem) => self.meet(FIRST_STEM + usize::from(stem), depth),
            }
        }
        number
    }

    fn meet(&mut self, mark: usize, depth: u32) {
        if self.met_at[mark] != depth {
            self.log.push((mark as u8, self.met_at[mark]));
            self.met_at[mark] = depth;
        }
    }
}

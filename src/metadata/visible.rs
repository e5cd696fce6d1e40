//! Bylines and dates that the page shows near its title and behind its text.

mod bylines;

use html5ever::{LocalName, local_name};

use super::dates;
use super::titles;
use super::words::WORDS;
use crate::beginning::beginning;
use crate::label::Verdict;
use crate::page::{BoilerplateKind, Label, Role};
use crate::segment::{Place, Segment};
use crate::squash::squash;
use crate::tree::{NodeId, Tree};
pub(super) use bylines::{Byline, Mark};

/// The blocks of a page, labelled.
#[derive(Clone, Copy)]
pub(super) struct Blocks<'p> {
    /// None of plain text.
    pub tree: Option<&'p Tree>,
    /// The texts of all blocks.
    pub text: &'p str,
    pub segments: &'p [Segment],
    /// The text nodes that blocks are made of.
    pub leaves: &'p [NodeId],
    pub verdicts: &'p [Verdict],
    pub title: Option<usize>,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Around the title and before the text is well under way.
    Head,
    /// Right behind the text.
    Foot,
}

/// A date that a block shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dateline {
    pub date: dates::Date,
    /// What it is in the other order of day and month.
    pub in_other_order: Option<dates::Date>,
    pub zone: Zone,
    /// The words before it say that it is that of a change, or of publication.
    pub of_change: Option<bool>,
    pub is_marked: bool,
    /// Little else stands in the block.
    pub is_alone: bool,
    pub block: usize,
}

/// Blocks of the head and of the foot, at most.
const LONGEST_HEAD: usize = 40;
const LONGEST_FOOT: usize = 12;
/// Blocks before the title or the text that may belong to the head, and those of them that may without being labelled as
/// [metadata](BoilerplateKind::Metadata).
const BEFORE: usize = 16;
const RIGHT_BEFORE: usize = 6;
/// A text that begins further before its title than this is something else.
const FURTHEST_BEGINNING: usize = 200;
/// Blocks labelled as metadata that are looked at behind the head, at most, and how far behind the text.
const MOST_BEHIND: usize = 48;
const FURTHEST_BEHIND: usize = 40;
/// Blocks behind the title that belong to it, whatever they look like.
const CLOSE: usize = 8;
/// Text of a head's paragraphs, in bytes, behind which the text is well under way.
const HEAD_TEXT: usize = 900;
/// A byline is no longer than this, in bytes; nor is what is marked as a name.
const LONGEST_BYLINE: usize = 260;
const LONGEST_NAME: usize = 120;
/// A heading of more pieces has no kicker.
const LONGEST_HEADING: usize = 24;
/// A dateline stands in the first bytes of its block.
const DATELINE: usize = 90;

impl<'p> Blocks<'p> {
    pub fn text(&self, block: usize) -> &'p str {
        self.text_of(&self.segments[block])
    }

    fn text_of(&self, segment: &Segment) -> &'p str {
        &self.text[segment.text.start as usize..segment.text.end as usize]
    }

    /// The text nodes that a block is made of; none in plain text.
    fn leaves_of(&self, segment: &Segment) -> &'p [NodeId] {
        let leaves = segment.place.leaves();
        &self.leaves[leaves.start as usize..leaves.end as usize]
    }

    fn is_content(&self, block: usize) -> bool {
        self.verdicts[block].label == Label::Content
    }

    /// The texts of the main content, or of all blocks if there is none.
    pub fn content(&self) -> impl Iterator<Item = &'p str> + '_ {
        let has_content = (0..self.verdicts.len()).any(|block| self.is_content(block));
        let blocks = (0..self.segments.len()).filter(move |&block| !has_content || self.is_content(block));
        blocks.map(|block| self.text(block))
    }

    /// The whole heading that a block is of: a line break in it makes blocks of its lines.
    pub fn heading(&self, block: usize) -> String {
        let element = |block: &Segment| match block.place {
            Place::Element { element, .. } => Some(element),
            Place::Input(_) => None,
        };
        let blocks = self.segments;
        let own = element(&blocks[block]);
        let is_same = |other: &usize| own.is_some() && element(&blocks[*other]) == own;
        let first = (block.saturating_sub(4)..block).rev().take_while(is_same).last().unwrap_or(block);
        let lines =
            (first..blocks.len().min(block + 5)).take_while(|other| *other == block || is_same(other));
        let lines: Vec<usize> = lines.collect();
        let without: Vec<String> = lines.iter().map(|line| self.text_without_kicker(*line)).collect();
        let texts: Vec<&str> = match without.iter().all(String::is_empty) {
            true => lines.iter().map(|line| self.text(*line)).collect(),
            false => without.iter().map(String::as_str).filter(|text| !text.is_empty()).collect(),
        };
        texts.join(" ")
    }

    /// The text of a heading without what stands above or below the title in it, by the name of its element.
    fn text_without_kicker(&self, block: usize) -> String {
        let segment = &self.segments[block];
        let (Some(tree), Place::Element { element, .. }) = (self.tree, &segment.place) else {
            return self.text(block).to_owned();
        };
        let leaves = self.leaves_of(segment);
        let is_kicker = |leaf: &NodeId| {
            let mut around = tree.ancestors(*leaf).skip(1).take(4).take_while(|id| id != element);
            around.any(|id| names_kicker(tree, id))
        };
        if leaves.len() > LONGEST_HEADING || !leaves.iter().any(is_kicker) {
            return self.text(block).to_owned();
        }
        let texts = leaves.iter().filter(|leaf| !is_kicker(leaf)).map(|leaf| tree.text(*leaf));
        let text = texts.collect::<String>().replace('\u{ad}', "");
        let text = squash(&text);
        // "Tides: how they come" with the first word as the kicker.
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '–' | '—' | '-')).to_owned()
    }

    /// The headings of level 1 that are no links.
    pub fn main_headings(&self) -> Vec<String> {
        const MOST: usize = 6;
        let is_main = |block: &usize| {
            let Segment { role, link_bytes, hidden, .. } = self.segments[*block];
            role == Role::Heading(1) && !hidden && link_bytes as usize * 2 <= self.text(*block).len()
        };
        let mut headings: Vec<String> = Vec::new();
        for block in (0..self.segments.len()).filter(is_main).take(MOST * 4) {
            let heading = self.heading(block);
            if !headings.contains(&heading) && headings.len() < MOST {
                headings.push(heading);
            }
        }
        headings
    }

    /// The [keys](titles::key) of headings of lower levels that are no links.
    pub fn lower_headings(&self) -> Vec<String> {
        const MOST: usize = 64;
        let is_lower = |block: &&Segment| {
            let is_lower = matches!(block.role, Role::Heading(2..)) && !block.hidden;
            is_lower && (block.link_bytes == 0 || self.links_to_itself(block))
        };
        let headings = self.segments.iter().filter(is_lower).take(MOST);
        headings.map(|block| titles::key(self.text_of(block))).collect()
    }

    /// Whether a heading's link leads to the heading, as in documentation.
    fn links_to_itself(&self, block: &Segment) -> bool {
        let (Some(tree), Some(&first)) = (self.tree, self.leaves_of(block).first()) else { return false };
        let link = tree.ancestors(first).take(4).find(|id| tree.html_name(*id) == Some(&local_name!("a")));
        let target = link.and_then(|link| tree.attribute(link, &local_name!("href")));
        target.is_some_and(|target| target.starts_with('#'))
    }

    /// The blocks that may say who wrote the text and when.
    pub fn near(&self) -> Vec<(usize, Zone)> {
        let contents = || (0..self.verdicts.len()).filter(|&block| self.is_content(block));
        let Some(anchor) = self.title.or_else(|| contents().next()) else { return Vec::new() };
        let last = contents().next_back().unwrap_or(anchor);
        // Where the title is found within the text, what stands before the text counts, too.
        let beginning = contents()
            .next()
            .filter(|first| (anchor.saturating_sub(FURTHEST_BEGINNING)..anchor).contains(first));
        let start = beginning.unwrap_or(anchor).saturating_sub(BEFORE);
        let window = start..self.verdicts.len().min(anchor + LONGEST_HEAD);
        let mut teasers = (anchor + 1..window.end).filter(|&block| self.is_teaser_heading(block));
        // Where several teasers follow the title, the page is a list of them: what stands from there on is not about the page.
        let list = teasers.next().filter(|_| teasers.next().is_some());
        let mut near = Vec::new();
        let (mut text, mut head_end) = (0, anchor);
        for block in window.start..list.unwrap_or(window.end) {
            if text > HEAD_TEXT {
                break;
            }
            let is_heading = matches!(self.segments[block].role, Role::Heading(_));
            if block > anchor && self.is_content(block) && !is_heading {
                text += self.text(block).len();
            }
            let is_close = block > anchor && block - anchor <= CLOSE;
            let is_far = block + RIGHT_BEFORE < anchor;
            if is_close || self.is_metadata(block) || !is_far && self.may_speak_of_page(block) {
                near.push((block, Zone::Head));
            }
            head_end = block;
        }
        if list.is_some_and(|first| first > head_end + 1) || list.is_none() {
            let (right_behind, behind) =
                (last.saturating_sub(3)..last + LONGEST_FOOT, last + FURTHEST_BEHIND);
            let foot = (head_end + 1..self.verdicts.len().min(behind)).filter(|block| {
                self.is_metadata(*block) || right_behind.contains(block) && self.may_speak_of_page(*block)
            });
            near.extend(foot.take(MOST_BEHIND).map(|block| (block, Zone::Foot)));
        }
        near
    }

    fn is_metadata(&self, block: usize) -> bool {
        self.verdicts[block].label == Label::Boilerplate(BoilerplateKind::Metadata)
    }

    /// A heading that leads elsewhere: what follows it is about the page it leads to. An author's name may stand as a heading, too.
    fn is_teaser_heading(&self, block: usize) -> bool {
        let Segment { role, link_bytes, .. } = self.segments[block];
        let is_linked = link_bytes as usize * 2 > self.text(block).len();
        let is_author = || self.is_metadata(block) && bylines::is_name_of_person(self.text(block));
        matches!(role, Role::Heading(_)) && is_linked && !is_author()
    }

    fn may_speak_of_page(&self, block: usize) -> bool {
        use BoilerplateKind as Kind;
        let is_of_other_things = matches!(
            self.verdicts[block].label,
            Label::Boilerplate(
                Kind::Comments | Kind::Related | Kind::SiteFooter | Kind::Advertisement | Kind::Subscription
            )
        );
        !is_of_other_things
    }

    /// The dates that blocks near the title or behind the text show.
    pub fn datelines(&self, near: &[(usize, Zone)], language: Option<&str>) -> Vec<Dateline> {
        near.iter().flat_map(|&(block, zone)| self.datelines_of(block, zone, language)).collect()
    }

    fn datelines_of(&self, block: usize, zone: Zone, language: Option<&str>) -> Vec<Dateline> {
        let text = self.text(block);
        let is_long = text.len() > LONGEST_BYLINE;
        let start = beginning(text, if is_long { DATELINE } else { LONGEST_BYLINE });
        if !start.chars().any(char::is_numeric) || Some(block) == self.title {
            return Vec::new();
        }
        let is_marked = !is_long && self.is_marked_as_date(block);
        let mut behind = 0;
        let found = dates::find_all(start, language);
        found
            .into_iter()
            .map(|found| {
                let before = &start[behind..found.range.start];
                behind = found.range.end;
                // What stands before it says what it is of; so may the block before, if this one is all date.
                let own = WORDS.is_of_change(before);
                let above =
                    || block.checked_sub(1).map(|above| self.text(above)).filter(|above| above.len() < 60);
                let is_alone = text.len() < found.range.len() + 40;
                let of_change =
                    own.or_else(|| above().filter(|_| is_alone).and_then(|above| WORDS.is_of_change(above)));
                Dateline {
                    date: found.date,
                    in_other_order: found.in_other_order,
                    zone,
                    of_change,
                    is_marked,
                    is_alone,
                    block,
                }
            })
            .collect()
    }

    fn is_marked_as_date(&self, block: usize) -> bool {
        let Some(tree) = self.tree else { return false };
        self.leaves_of(&self.segments[block])
            .iter()
            .take(12)
            .any(|&leaf| tree.ancestors(leaf).skip(1).take(3).any(|id| names_date(tree, id)))
    }

    /// The block that a text node belongs to, by its place among all of them.
    pub fn block_of_leaf(&self, leaf: u32) -> Option<usize> {
        let at = self.segments.partition_point(|block| block.place.leaves().start <= leaf);
        at.checked_sub(1)
    }
}

/// Class words of what shows a date.
const DATE_WORDS: [&str; 24] = [
    "date",
    "time",
    "datetime",
    "published",
    "publish",
    "publication",
    "pubdate",
    "timestamp",
    "posted",
    "datum",
    "fecha",
    "data",
    "updated",
    "modified",
    "created",
    "dateline",
    "postdate",
    "entrydate",
    "day",
    "when",
    "meta",
    "postmeta",
    "byline",
    "info",
];

/// Class words of what stands above or below a title in its heading.
const KICKER_WORDS: [&str; 18] = [
    "kicker",
    "roofline",
    "overline",
    "eyebrow",
    "dachzeile",
    "spitzmarke",
    "topline",
    "toptitle",
    "suptitle",
    "supertitle",
    "pretitle",
    "preline",
    "subtitle",
    "subtitulo",
    "subheadline",
    "subline",
    "untertitel",
    "tagline",
];

fn names_kicker(tree: &Tree, id: NodeId) -> bool {
    tree.html_name(id) == Some(&local_name!("small"))
        || has_word(tree, id, &[local_name!("class")], &KICKER_WORDS)
}

fn names_date(tree: &Tree, id: NodeId) -> bool {
    tree.html_name(id) == Some(&local_name!("time"))
        || has_word(tree, id, &[local_name!("class"), local_name!("id")], &DATE_WORDS)
}

/// Whether one of these attributes has one of these words.
fn has_word(tree: &Tree, id: NodeId, attributes: &[LocalName], words: &[&str]) -> bool {
    let mut has = false;
    for value in attributes.iter().filter_map(|name| tree.attribute(id, name)) {
        for_words(value, |word| has |= words.contains(&word));
    }
    has
}

/// The words of a class or an id, in lower case: divided by anything but letters, and by a capital after a small letter.
fn for_words(value: &str, mut each: impl FnMut(&str)) {
    // Longer values hold generated data, not names.
    const LONGEST: usize = 300;
    let mut word = String::new();
    let mut last = ' ';
    for c in value.chars().take(LONGEST).chain([' ']) {
        let divides = !c.is_ascii_alphabetic() || (last.is_ascii_lowercase() && c.is_ascii_uppercase());
        if divides && !word.is_empty() {
            each(&word);
            word.clear();
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        last = c;
    }
}

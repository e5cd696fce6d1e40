//! The measures of a block alone: its words, its links, its cues.

use rustc_hash::FxHashMap;

use super::page::PageFacts;
use super::text::{PageWords, Shape, TextCounts};
use super::{Put, share};
use crate::lexicon::{CUE_KINDS, KindSet, Lexicon, Spoken};
use crate::page::{Gap, Layout, MarkData, Role};
use crate::segment::{Segment, Segments};

/// Text this long (in [`TextCounts::weight`]), with few links, is taken for running text.
const PROSE_WEIGHT: f32 = 80.0;
const PROSE_LINK_DENSITY: f32 = 0.3;

/// What is known of a block by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct BlockFacts {
    pub counts: TextCounts,
    pub shape: Shape,
    pub spoken: Spoken,
    pub link_kinds: KindSet,
    pub link_density: f32,
    pub links: f32,
    pub bold: f32,
    pub role: Role,
    pub gap: Gap,
    pub layout: Layout,
    pub hidden: bool,
    /// How often the same text stands on the page.
    pub repeated: f32,
    /// Share of its words that the page's title has.
    pub in_title: f32,
    /// Share of the title's words that it has.
    pub of_title: f32,
    pub lines: f32,
}

impl BlockFacts {
    pub fn of(segments: &Segments, page: &PageFacts, lexicon: &Lexicon) -> Vec<BlockFacts> {
        let mut seen: FxHashMap<&str, f32> = FxHashMap::default();
        seen.reserve(segments.blocks.len());
        for block in &segments.blocks {
            *seen.entry(segments.block_text(block)).or_default() += 1.0;
        }
        let texts = segments.blocks.iter().map(|block| segments.block_text(block));
        let mut words = PageWords::of(texts, &lexicon.words);
        let (mut room, mut bytes) = (String::new(), Vec::new());
        let blocks = segments.blocks.iter().enumerate();
        blocks
            .map(|(index, block)| {
                let text = segments.block_text(block);
                let mut facts = BlockFacts::of_block(segments, block, lexicon, &mut bytes);
                let mut is_in_title = false;
                words.for_each(index, text, |word, word_use| {
                    facts.counts.count_word(word, word_use);
                    is_in_title = is_in_title || page.is_in_title(word, &mut room);
                });
                facts.repeated = seen.get(text).copied().unwrap_or(1.0);
                // Most blocks share nothing with the title, so that how many words they have does not matter.
                if is_in_title {
                    (facts.in_title, facts.of_title) = page.shared_with_title(text, &mut room);
                }
                facts
            })
            .collect()
    }

    fn of_block(segments: &Segments, block: &Segment, lexicon: &Lexicon, room: &mut Vec<u8>) -> BlockFacts {
        let text = segments.block_text(block);
        let bytes = text.len() as f32;
        let mut link_kinds = KindSet::default();
        for span in &segments.spans[block.spans.start as usize..block.spans.end as usize] {
            if let MarkData::Link(target) = &span.mark {
                let target = &segments.targets[target.start as usize..target.end as usize];
                link_kinds.0 |= lexicon.links.kinds(target, room).0;
            }
        }
        BlockFacts {
            counts: TextCounts::of(text),
            shape: Shape::of(text),
            spoken: lexicon.cues.spoken(text, room),
            link_kinds,
            link_density: share(block.link_bytes as f32, bytes).min(1.0),
            links: block.links as f32,
            bold: share(block.bold_bytes as f32, bytes).min(1.0),
            role: block.role,
            gap: block.gap,
            layout: block.layout,
            hidden: block.hidden,
            lines: text.bytes().filter(|&b| b == b'\n').count() as f32,
            ..BlockFacts::default()
        }
    }

    /// Whether it looks like running text: long, with few links.
    pub fn is_prose(&self) -> bool {
        self.counts.weight > PROSE_WEIGHT && self.link_density < PROSE_LINK_DENSITY
    }

    pub fn is_heading(&self) -> bool {
        matches!(self.role, Role::Heading(_) | Role::Title)
    }

    /// The number of its role in the order that roles come closer to running text.
    pub fn role_rank(&self) -> f32 {
        match self.role {
            Role::Control => 0.0,
            Role::Text => 1.0,
            Role::ListItem => 2.0,
            Role::TableCell => 3.0,
            Role::TableRow => 4.0,
            Role::Term => 5.0,
            Role::Caption => 6.0,
            Role::Heading(level) => 6.0 + f32::from(level.min(6)),
            Role::Title => 13.0,
            Role::Definition => 14.0,
            Role::Paragraph => 15.0,
            Role::Quote => 16.0,
            Role::Code => 17.0,
        }
    }

    pub fn put(&self, put: &mut (impl Put + ?Sized)) {
        let TextCounts { weight, words, .. } = self.counts;
        let per_word = |count| self.counts.per_word(count);
        put("own", "weight", weight);
        put("own", "words", words);
        put("own", "word_length", share(weight, words));
        put("own", "function_words", per_word(self.counts.function_words));
        put("own", "second_person", per_word(self.counts.second_person));
        put("own", "first_plural", per_word(self.counts.first_plural));
        put("own", "imperatives", per_word(self.counts.imperatives));
        put("own", "begins_with_imperative", f32::from(self.counts.begins_with_imperative));
        put("own", "sentence_ends", per_word(self.counts.sentence_ends));
        put("own", "clause_marks", per_word(self.counts.clause_marks));
        put("own", "digits", share(self.counts.digits, weight));
        put("own", "capitals", share(self.counts.capitals, self.counts.cased));
        put("own", "title_case", per_word(self.counts.title_case));
        put("own", "symbols", share(self.counts.symbols, weight));
        put("own", "questions", self.counts.questions);
        put("own", "exclamations", self.counts.exclamations);
        put("own", "lines", self.lines);
        put("own", "link_density", self.link_density);
        put("own", "links", self.links);
        put("own", "unlinked_weight", weight * (1.0 - self.link_density));
        put("own", "bold", self.bold);
        put("own", "role", self.role_rank());
        put("own", "gap", f32::from(self.gap as u8));
        put("own", "hidden", f32::from(self.hidden));
        put("own", "list_depth", f32::from(self.layout.list_depth));
        put("own", "quote_depth", f32::from(self.layout.quote_depth));
        put("own", "ordered", f32::from(self.layout.ordinal.is_some()));
        put("own", "repeated", self.repeated);
        put("own", "in_title", self.in_title);
        put("own", "of_title", self.of_title);
        self.put_shape(put);
        for (kind, name) in CUE_KINDS.into_iter().enumerate() {
            put("cue", name, f32::from(self.spoken.cues[kind]));
        }
        for (kind, name) in CUE_KINDS.into_iter().enumerate() {
            put("topic", name, f32::from(self.spoken.topics[kind]));
        }
        put("topic", "per_word", per_word(self.spoken.topics.iter().copied().map(f32::from).sum()));
        for (kind, name) in CUE_KINDS.into_iter().enumerate() {
            put("link", name, f32::from(self.link_kinds.contains(kind)));
        }
    }

    fn put_shape(&self, put: &mut (impl Put + ?Sized)) {
        let shape = &self.shape;
        put("shape", "ends_sentence", f32::from(shape.ends_sentence));
        put("shape", "ends_with_colon", f32::from(shape.ends_with_colon));
        put("shape", "ends_with_ellipsis", f32::from(shape.ends_with_ellipsis));
        put("shape", "starts_with_capital", f32::from(shape.starts_with_capital));
        put("shape", "starts_with_digit", f32::from(shape.starts_with_digit));
        put("shape", "copyright_mark", f32::from(shape.has_copyright_mark));
        put("shape", "separator", f32::from(shape.has_separator));
        put("shape", "price", f32::from(shape.has_price));
        put("shape", "year", f32::from(shape.has_year));
        put("shape", "clock_time", f32::from(shape.has_clock_time));
        put("shape", "mail_address", f32::from(shape.has_mail_address));
        put("shape", "number", f32::from(shape.is_number));
    }
}

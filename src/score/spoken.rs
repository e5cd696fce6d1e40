//! What a block's own words say against its being content: which things they name, whom they speak to, and under
//! what heading they stand.
//!
//! The labelled pages are mostly English, and so is what forests learn of words; the lexicon knows more words of more
//! languages. So words count besides what the forests make of them. Those of markup raise F1 on pages that the forests
//! had not seen; those of plain text cost a little of it on whole pages, and tell the prompts that stand behind an
//! article, as crawlers store it that have cleaned it halfway, from the article.

use std::ops::Range;

use super::{Form, UNIT};
use crate::measure::BlockFacts;
use crate::page::{Gap, Role};

/// The kinds whose cues content hardly ever uses, by their place among the kinds that have cues: related, comments,
/// social, subscription, advertisement, notice.
const TELLING: Range<usize> = 4..10;

/// Words of such a kind's topic that count, at most.
const MOST_TOPICS: u32 = 4;

/// A text speaks to its reader if this share of its words does.
const SPEAKS: f32 = 0.03;
/// A heading is taken to stand over this many short blocks at most.
const LONGEST_SCOPE: usize = 8;

/// What words take from a block's log-odds.
struct Weights {
    /// By the strength of the strongest cue: none, somewhere in the block, at its beginning, all of it.
    cue: [f32; 4],
    /// A word of a kind's topic.
    topic: f32,
    /// The block speaks to the reader or as the publisher, and the page's running text does not.
    address: f32,
    /// The block calls out, and the page's running text does not.
    call: f32,
    /// The block is short and stands under a heading that is nothing but a cue.
    heading: f32,
}

fn weights(form: Form, facts: &[BlockFacts]) -> Weights {
    if is_half_cleaned(form, facts) {
        // Nothing but words tells a prompt from a paragraph.
        return Weights { cue: [0.0, 1.0, 1.5, 2.0], topic: 0.25, address: 1.5, call: 1.9, heading: 2.0 };
    }
    Weights { cue: [0.0, 1.0, 1.5, 2.0], topic: 0.2, address: 0.0, call: 0.0, heading: 0.0 }
}

/// Whether a plain text is a page that somebody has cleaned halfway: it begins with running text, where a whole page
/// begins with its menus. (Of whole pages as plain text one in seven does, of pages cropped to what stands from their
/// content on more than half.) What is left behind the content of such a text are single prompts of many kinds.
pub(crate) fn is_half_cleaned(form: Form, facts: &[BlockFacts]) -> bool {
    const MOST_BEFORE: usize = 3;
    form == Form::Text && facts.iter().take(MOST_BEFORE + 1).any(BlockFacts::is_prose)
}

/// What the words of each block take from its log-odds, in units of one [`UNIT`]th.
pub(crate) fn against(facts: &[BlockFacts], form: Form) -> Vec<i32> {
    let weights = weights(form, facts);
    let is_silent = is_most_prose(facts, |block| speaking(block) == 0.0);
    let is_calm = is_most_prose(facts, |block| block.counts.exclamations == 0.0);
    let headings = under_cue(facts);
    let blocks = facts.iter().zip(headings).map(|(block, heading)| {
        let strongest = block.spoken.cues[TELLING].iter().copied().max().unwrap_or(0);
        let topics: u32 = block.spoken.topics[TELLING].iter().map(|&topics| u32::from(topics)).sum();
        let mut less =
            weights.cue[usize::from(strongest.min(3))] + weights.topic * topics.min(MOST_TOPICS) as f32;
        if is_silent && speaking(block) >= SPEAKS * block.counts.words {
            less += weights.address;
        }
        if is_calm && block.counts.exclamations > 0.0 {
            less += weights.call;
        }
        if heading.is_some() {
            less += weights.heading;
        }
        less
    });
    let less = share_in_lists(facts, blocks.collect());
    less.into_iter().map(|less| (less * UNIT) as i32).collect()
}

/// The kind whose cue each block stands under: a block that is nothing but a cue is taken for the heading of the
/// short ones that follow it, up to the next sentence.
pub(crate) fn under_cue(facts: &[BlockFacts]) -> Vec<Option<usize>> {
    let mut heading: Option<(usize, usize)> = None;
    let blocks = facts.iter().map(|block| {
        let own =
            TELLING.max_by_key(|&kind| block.spoken.cues[kind]).filter(|&kind| block.spoken.cues[kind] > 0);
        let is_heading = own.is_some_and(|kind| block.spoken.cues[kind] == 3);
        heading = match (own, heading) {
            (Some(kind), _) if is_heading => Some((kind, LONGEST_SCOPE)),
            (_, Some((kind, left))) if left > 0 && !block.shape.ends_sentence => Some((kind, left - 1)),
            _ => None,
        };
        heading.filter(|_| !is_heading).map(|(kind, _)| kind)
    });
    blocks.collect()
}

/// Whether most of the page's running text, by words, is like this.
fn is_most_prose(facts: &[BlockFacts], is_so: impl Fn(&BlockFacts) -> bool) -> bool {
    const MOST: f32 = 0.6;
    let prose = facts.iter().filter(|block| block.is_prose());
    let (mut so, mut all) = (0.0, 0.0);
    for block in prose {
        all += block.counts.words;
        so += if is_so(block) { block.counts.words } else { 0.0 };
    }
    so > MOST * all
}

/// The items of a list are of one kind: what speaks against some speaks against all.
fn share_in_lists(facts: &[BlockFacts], less: Vec<f32>) -> Vec<f32> {
    let mut shared = Vec::with_capacity(less.len());
    let runs = facts.chunk_by(|a, b| a.role == b.role && a.role == Role::ListItem && b.gap != Gap::Paragraph);
    for run in runs {
        let start = shared.len();
        let sum: f32 = less[start..start + run.len()].iter().sum();
        shared.extend(std::iter::repeat_n(sum / run.len() as f32, run.len()));
    }
    shared
}

/// The words of a block that speak to its reader, or as its publisher.
fn speaking(block: &BlockFacts) -> f32 {
    block.counts.second_person + block.counts.first_plural + block.counts.imperatives
}

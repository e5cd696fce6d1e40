//! The title of the page: the heading that says what `<title>` says, else `<title>` itself.

use crate::measure::{BlockFacts, PageFacts};
use crate::page::{Label, Role};

use super::Verdict;

/// The heading that says what the page calls itself: it is content whatever its score, since reference texts, which
/// the weights are made from, often begin below it.
///
/// The first heading of level 1 that has half the words of `<title>`, or else of level 2; none that is a link, as the
/// site's name on an inner page is.
pub(crate) fn main_heading(facts: &[BlockFacts]) -> Option<usize> {
    let names_page = |block: &BlockFacts| {
        block.of_title >= 0.5 && block.in_title >= 0.6 && block.link_density < 0.5 && !block.hidden
    };
    let of_level =
        |level: u8| facts.iter().position(|block| block.role == Role::Heading(level) && names_page(block));
    of_level(1).or_else(|| of_level(2))
}

/// The block that is the page's title, if one is.
///
/// Of the main headings among the content it is the first that shares half its words with what the page
/// calls itself; without such a one, the only heading of level 1.
pub(crate) fn find_title(facts: &[BlockFacts], verdicts: &[Verdict], page: &PageFacts) -> Option<usize> {
    let is_candidate = |block: &usize| {
        verdicts[*block].label == Label::Content
            && matches!(facts[*block].role, Role::Heading(1 | 2) | Role::Title)
    };
    let candidates: Vec<usize> = (0..facts.len()).filter(is_candidate).collect();
    let names_page = candidates
        .iter()
        .copied()
        .find(|&block| facts[block].in_title >= 0.5 && facts[block].of_title >= 0.3);
    if names_page.is_some() {
        return names_page;
    }
    let mut main = candidates.into_iter().filter(|&block| facts[block].role == Role::Heading(1));
    let only = main.next();
    // Several, and none says what the page calls itself: then none is its title.
    only.filter(|_| main.next().is_none() || page.title.is_none())
}

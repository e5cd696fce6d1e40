//! The worst pages, with what was missed and what was wrongly kept: the tool to look with.

use crate::folds::Prepared;
use crate::metrics::score_page;
use crate::report::Thought;

/// Blocks of a page shown at most, and characters of a block.
const MOST_BLOCKS: usize = 25;
const MOST_CHARS: usize = 110;

/// Prints the pages that fall furthest behind what the best choice of their blocks would give.
pub fn worst(count: usize, pages: &[Prepared], thought: Thought) {
    let mut behind: Vec<(f64, usize, f64)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (is_content, _) = thought.content(index, page, 1.0);
        let given = score_page(page, &|block| is_content[block]);
        let best = score_page(page, &|block| page.shares[block].is_some_and(|share| share >= 0.5));
        if let (Some(given), Some(best)) = (given, best) {
            behind.push((best.f1 - given.f1, index, given.f1));
        }
    }
    behind.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (gap, index, f1) in behind.into_iter().take(count) {
        let page = &pages[index];
        let kind = page.page.page_type.as_deref().unwrap_or("?");
        println!(
            "\n{} {} ({kind}, {}): F1 {f1:.3}, {gap:.3} behind its best blocks",
            page.page.corpus, page.page.id, page.page.host
        );
        show(page, &thought.scores[index], &thought.content(index, page, 1.0).0);
    }
}

fn show(page: &Prepared, scores: &[i32], is_content: &[bool]) {
    let texts = page.sample.texts();
    let is_wrong =
        |block: &usize| page.shares[*block].is_some_and(|share| (share >= 0.5) != is_content[*block]);
    for block in (0..texts.len()).filter(is_wrong).take(MOST_BLOCKS) {
        let what = if is_content[block] { "kept  " } else { "missed" };
        let text: String = texts[block].chars().take(MOST_CHARS).collect();
        println!("  {what} {:6.2}  {}", scores[block] as f32 / 1024.0, text.replace('\n', " "));
    }
}

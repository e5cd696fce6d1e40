//! The measures that figures are taken in: word F1 of main content, snippets, labels of blocks.

use std::collections::HashMap;

use crate::align::{squash, words};
use crate::corpus::Gold;
use crate::folds::Prepared;

/// The figures of one page with reference text.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageScore {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// The share of required snippets that are in the content.
    pub required: f64,
    /// The share of forbidden snippets that are in it.
    pub forbidden: f64,
}

/// Counts of snippets over pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct SnippetCounts {
    pub hit: usize,
    pub missed: usize,
    pub wrong: usize,
}

impl SnippetCounts {
    pub fn add(&mut self, other: SnippetCounts) {
        self.hit += other.hit;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    pub fn precision(&self) -> f64 {
        self.hit as f64 / (self.hit + self.wrong).max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.hit as f64 / (self.hit + self.missed).max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// Precision, recall and F1 of two texts as multisets of words.
pub fn overlap(predicted: &[String], reference: &[String]) -> (f64, f64, f64) {
    if reference.is_empty() || predicted.is_empty() {
        let both_empty = f64::from(u8::from(reference.is_empty() && predicted.is_empty()));
        return (both_empty, both_empty, both_empty);
    }
    let mut left: HashMap<&str, i64> = HashMap::new();
    for word in reference {
        *left.entry(word).or_default() += 1;
    }
    let mut both = 0;
    for word in predicted {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    let (p, r) = (f64::from(both) / predicted.len() as f64, f64::from(both) / reference.len() as f64);
    (p, r, if both > 0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// The texts of the kept blocks, a line each.
pub fn kept_text(page: &Prepared, keep: &dyn Fn(usize) -> bool) -> String {
    let texts = page.sample.texts();
    let kept: Vec<&str> =
        texts.into_iter().enumerate().filter(|(index, _)| keep(*index)).map(|(_, text)| text).collect();
    kept.join("\n")
}

/// The figures of a page of a corpus with reference texts.
pub fn score_page(page: &Prepared, keep: &dyn Fn(usize) -> bool) -> Option<PageScore> {
    let Gold::Text { text, with, without } = &page.page.gold else { return None };
    let content = kept_text(page, keep);
    let (precision, recall, f1) = overlap(&words(&content), &words(text));
    let flat = squash(&content).to_lowercase();
    let share = |snippets: &[String], of_none: f64| {
        let found = snippets.iter().filter(|snippet| flat.contains(&squash(snippet).to_lowercase())).count();
        if snippets.is_empty() { of_none } else { found as f64 / snippets.len() as f64 }
    };
    Some(PageScore { precision, recall, f1, required: share(with, 1.0), forbidden: share(without, 0.0) })
}

/// The figures of a page of a corpus with snippets alone.
pub fn score_snippets(page: &Prepared, keep: &dyn Fn(usize) -> bool) -> Option<SnippetCounts> {
    let Gold::Snippets { with, without } = &page.page.gold else { return None };
    let flat = squash(&kept_text(page, keep));
    let found =
        |snippets: &[String]| snippets.iter().filter(|snippet| flat.contains(&squash(snippet))).count();
    let hit = found(with);
    Some(SnippetCounts { hit, missed: with.len() - hit, wrong: found(without) })
}

pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    if count > 0 { sum / f64::from(count) } else { 0.0 }
}

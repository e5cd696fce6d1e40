//! The tables that the evaluation prints.

use std::collections::BTreeMap;

use tamis::internals::{self, KINDS};

use crate::folds::Prepared;
use crate::metrics::{PageScore, SnippetCounts, mean, score_page, score_snippets};

/// Languages of fewer pages than this say too little.
const LEAST_PAGES: usize = 8;

/// The operating points, by the beta of the F that each aims at.
pub const FOCUSES: [(&str, f32); 3] = [("balanced", 1.0), ("precision", 0.5), ("recall", 2.0)];

/// The log-odds from which on a page's blocks are kept, and the F expected of it.
pub fn cut(page: &Prepared, scores: &[i32], beta: f32) -> (i32, f32) {
    let words: Vec<f32> = page.sample.words().iter().map(|words| words.max(1.0)).collect();
    internals::cut(scores, &words, beta)
}

/// What the best choice of whole blocks would give.
pub fn best_possible(pages: &[Prepared]) {
    let mut rows: BTreeMap<String, Vec<PageScore>> = BTreeMap::new();
    for page in pages {
        let keep = |block: usize| page.shares[block].is_some_and(|share| share >= 0.5);
        collect(page, score_page(page, &keep), &mut rows);
    }
    println!("best choice of whole blocks");
    print_rows(&rows);
}

/// The label of what is no boilerplate.
pub const CONTENT: &str = "content";

/// What is thought of pages: a score for every block, and from the last pass on the log-odds of all kinds of boilerplate.
#[derive(Clone, Copy)]
pub struct Thought<'t> {
    pub scores: &'t [Vec<i32>],
    pub kinds: Option<&'t [Vec<i32>]>,
}

impl Thought<'_> {
    /// Which blocks of a page are kept as its content, for an F of this beta; and the F that is expected of it.
    pub fn content(&self, index: usize, page: &Prepared, beta: f32) -> (Vec<bool>, f32) {
        let (even, expected) = cut(page, &self.scores[index], beta);
        let content = match self.labels(index, page, even) {
            Some(labels) => labels.into_iter().map(|label| label == CONTENT).collect(),
            None => page.sample.content(&self.scores[index], even),
        };
        (content, expected)
    }

    /// The labels of a page's blocks, once kinds are known.
    pub fn labels(&self, index: usize, page: &Prepared, even: i32) -> Option<Vec<&'static str>> {
        let labels = page.sample.labels(&self.scores[index], &self.kinds?[index], even);
        Some(labels.into_iter().map(|label| KINDS.get(label).copied().unwrap_or(CONTENT)).collect())
    }
}

/// Main content, over all and by page type, snippets over all and by language.
pub fn content(name: &str, pages: &[Prepared], thought: Thought) {
    for (focus, beta) in FOCUSES {
        let mut rows: BTreeMap<String, Vec<PageScore>> = BTreeMap::new();
        let mut snippets: BTreeMap<String, (usize, SnippetCounts)> = BTreeMap::new();
        for (index, page) in pages.iter().enumerate() {
            let (content, _) = thought.content(index, page, beta);
            let keep = |block: usize| content[block];
            collect(page, score_page(page, &keep), &mut rows);
            if let Some(counts) = score_snippets(page, &keep) {
                for key in ["all".to_owned(), language(&page.page.html)] {
                    let (pages, sum) = snippets.entry(key).or_default();
                    *pages += 1;
                    sum.add(counts);
                }
            }
        }
        println!("\n{name}, {focus}");
        print_rows(&rows);
        for (key, (pages, counts)) in
            snippets.iter().filter(|(key, (pages, _))| *key == "all" || *pages >= LEAST_PAGES)
        {
            println!(
                "snippets {key:5} pages {pages:4}  P {:.4}  R {:.4}  F1 {:.4}",
                counts.precision(),
                counts.recall(),
                counts.f1()
            );
        }
    }
}

fn collect(page: &Prepared, score: Option<PageScore>, rows: &mut BTreeMap<String, Vec<PageScore>>) {
    let Some(score) = score else { return };
    rows.entry("all".to_owned()).or_default().push(score);
    rows.entry(page.page.page_type.clone().unwrap_or_else(|| "?".to_owned())).or_default().push(score);
}

fn print_rows(rows: &BTreeMap<String, Vec<PageScore>>) {
    for (key, rows) in rows {
        let of = |part: fn(&PageScore) -> f64| mean(rows.iter().map(part));
        println!(
            "{key:14} pages {:5}  P {:.4}  R {:.4}  F1 {:.4}  required {:.3}  forbidden {:.3}",
            rows.len(),
            of(|row| row.precision),
            of(|row| row.recall),
            of(|row| row.f1),
            of(|row| row.required),
            of(|row| row.forbidden)
        );
    }
}

/// What extractions of pages with reference text were expected to be, and the F1 they came to, least sure first.
fn expectations(pages: &[Prepared], thought: Thought) -> Vec<(f32, f64)> {
    let mut rows: Vec<(f32, f64)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (content, expected) = thought.content(index, page, 1.0);
        rows.extend(score_page(page, &|block| content[block]).map(|score| (expected, score.f1)));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows
}

/// The means of tenths of the pages, expected and come to, made to rise: a tenth that came to less than the one before
/// it is taken together with it (pool adjacent violators).
pub fn confidence_line(pages: &[Prepared], thought: Thought) -> Vec<(f64, f64)> {
    let rows = expectations(pages, thought);
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for tenth in rows.chunks(rows.len().div_ceil(10).max(1)) {
        let sum = |part: fn(&(f32, f64)) -> f64| tenth.iter().map(part).sum::<f64>();
        let mut pool = (sum(|row| f64::from(row.0)), sum(|row| row.1), tenth.len() as f64);
        while let Some(&last) = pools.last().filter(|last| last.1 / last.2 > pool.1 / pool.2) {
            pools.pop();
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
        }
        pools.push(pool);
    }
    pools.into_iter().map(|(expected, came, pages)| (expected / pages, came / pages)).collect()
}

/// How good extractions are, by the confidence the page gives: tenths of the pages with reference text, least
/// sure first.
pub fn reliability(pages: &[Prepared], thought: Thought, is_text: bool) {
    let rows = expectations(pages, thought);
    if rows.len() < 20 {
        return;
    }
    println!("\nconfidence and what came of it, by tenths of the pages");
    for tenth in rows.chunks(rows.len().div_ceil(10)) {
        let confidence = mean(tenth.iter().map(|row| f64::from(internals::confidence(row.0, is_text))));
        println!("confidence {confidence:.3}  F1 {:.3}", mean(tenth.iter().map(|row| row.1)));
    }
    let (low, high) = rows.split_at(rows.len() / 2);
    let f1 = |rows: &[(f32, f64)]| mean(rows.iter().map(|row| row.1));
    println!("lower half F1 {:.3}, upper half F1 {:.3}", f1(low), f1(high));
}

/// Labels of blocks against a reader's, as the scorer of regions counts them: by our blocks. Those of the corpora and
/// those given here, each for itself, and of plain text those of pages that begin with their content.
pub fn labels(name: &str, pages: &[Prepared], thought: Thought) {
    type IsOne = fn(&Prepared) -> bool;
    let groups: [(&str, IsOne); 3] = [
        ("labels of the corpora", |page| !page.page.is_crop && !page.page.is_labelled_here),
        ("labels given here", |page| !page.page.is_crop && page.page.is_labelled_here),
        ("pages cropped to begin with their content", |page| page.page.is_crop),
    ];
    for (whose, is_one) in groups {
        let is_one = |page: &Prepared| page.page.regions.is_some() && is_one(page);
        let labelled: Vec<usize> = (0..pages.len()).filter(|&index| is_one(&pages[index])).collect();
        labels_of(&format!("{name}: {whose}"), &labelled, pages, thought);
    }
}

fn labels_of(name: &str, labelled: &[usize], pages: &[Prepared], thought: Thought) {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut confusion: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let (mut right, mut total) = (0, 0);
    for &index in labelled {
        let page = &pages[index];
        let (even, _) = cut(page, &thought.scores[index], 1.0);
        let Some(decided) = thought.labels(index, page, even) else { continue };
        for (block, gold) in page.labels.iter().enumerate() {
            let Some(gold) = gold else { continue };
            let label = decided[block];
            total += 1;
            if gold.iter().any(|gold| gold == label) {
                right += 1;
                counts.entry(label).or_default()[0] += 1;
                continue;
            }
            counts.entry(label).or_default()[1] += 1;
            let first =
                std::iter::once(CONTENT).chain(KINDS).find(|kind| *kind == gold[0]).unwrap_or("other");
            counts.entry(first).or_default()[2] += 1;
            *confusion.entry((gold[0].clone(), label)).or_default() += 1;
        }
    }
    if total == 0 {
        return;
    }
    println!("\n{name}, {total} blocks");
    let f1 = |[tp, fp, missed]: [usize; 3]| 2.0 * tp as f64 / (2 * tp + fp + missed).max(1) as f64;
    for (label, row) in &counts {
        println!(
            "{label:14} right {:5}  wrongly so {:4}  missed {:4}  F1 {:.3}",
            row[0],
            row[1],
            row[2],
            f1(*row)
        );
    }
    let counted = std::iter::once(CONTENT).chain(KINDS).filter(|kind| !matches!(*kind, "legal" | "other"));
    let macro_f1 = mean(counted.map(|kind| f1(counts.get(kind).copied().unwrap_or_default())));
    let mut confused: Vec<_> = confusion.into_iter().collect();
    confused.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let confused: Vec<String> =
        confused.iter().take(12).map(|((gold, label), count)| format!("{gold}→{label} {count}")).collect();
    println!("most confused (gold, given): {}", confused.join(", "));
    println!("accuracy {:.4}  macro-F1 {macro_f1:.4}", right as f64 / total as f64);
}

/// The primary language that the page declares; `?` if none.
fn language(html: &str) -> String {
    let start = html.find("<html").unwrap_or(0);
    let tag = &html[start..];
    let tag = &tag[..tag.find('>').unwrap_or(0)];
    let value = tag.split("lang=").nth(1).unwrap_or("").trim_start_matches(['"', '\'']);
    let code: String = value.chars().take_while(char::is_ascii_alphabetic).collect();
    if code.is_empty() { "?".to_owned() } else { code.to_lowercase() }
}

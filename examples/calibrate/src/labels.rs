//! Reads the block labels that stand in `labels/` beside this crate: runs of symbols of a page's text, without the
//! text itself, so that they outlive a change of how pages are cut into blocks.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use tamis::internals::Sample;

use crate::corpus::{GoldBlock, LabelledPage};

/// So many symbols have the same labels.
type Run = (usize, Vec<String>);

/// Gives pages the labels that somebody gave them here. A page whose text is no longer as long as the labels say is left
/// without, and named on standard error.
pub fn add(pages: &mut [LabelledPage]) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("labels");
    let mut known: BTreeMap<String, BTreeMap<String, Vec<Run>>> = BTreeMap::new();
    for page in pages.iter_mut().filter(|page| page.regions.is_none()) {
        if !known.contains_key(&page.corpus) {
            known.insert(page.corpus.clone(), read(&folder.join(format!("{}.txt", page.corpus)))?);
        }
        let Some(runs) = known[&page.corpus].get(&page.id) else { continue };
        let Ok(sample) = Sample::html(&page.html) else { continue };
        let blocks = cut(&sample.texts(), runs);
        if blocks.is_none() {
            eprintln!("{} {}: the labels are of another text", page.corpus, page.id);
        }
        page.regions = blocks;
        page.is_labelled_here = page.regions.is_some();
    }
    Ok(())
}

/// The pages of a file of labels, by id; none if there is no such file.
fn read(file: &Path) -> io::Result<BTreeMap<String, Vec<Run>>> {
    let mut pages: BTreeMap<String, Vec<Run>> = BTreeMap::new();
    if !file.exists() {
        return Ok(pages);
    }
    let mut id = String::new();
    for line in fs::read_to_string(file)?.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let bad = || io::Error::other(format!("{}: {line}: neither a page nor a run", file.display()));
        let (first, rest) = line.split_once(' ').ok_or_else(bad)?;
        if first == "=" {
            id = rest.to_owned();
            continue;
        }
        let run = (first.parse().map_err(|_| bad())?, rest.split(',').map(str::to_owned).collect());
        pages.entry(id.clone()).or_default().push(run);
    }
    Ok(pages)
}

/// The blocks with the labels that most of their symbols have; `None` if blocks and runs are not equally long.
fn cut(texts: &[&str], runs: &[Run]) -> Option<Vec<GoldBlock>> {
    let symbols = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let length: usize = texts.iter().map(|text| symbols(text)).sum();
    if length != runs.iter().map(|run| run.0).sum::<usize>() {
        return None;
    }
    let mut runs = runs.iter();
    let mut run = runs.next()?;
    let mut left = run.0;
    let blocks = texts.iter().map(|text| {
        let mut needed = symbols(text);
        let mut most = (0, &run.1);
        while needed > 0 {
            if left == 0 {
                run = runs.next()?;
                left = run.0;
            }
            let taken = needed.min(left);
            if taken > most.0 {
                most = (taken, &run.1);
            }
            needed -= taken;
            left -= taken;
        }
        Some(GoldBlock { text: (*text).to_owned(), labels: most.1.clone() })
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(runs: &[(usize, &str)]) -> Vec<Run> {
        runs.iter().map(|(length, label)| (*length, vec![(*label).to_owned()])).collect()
    }

    #[test]
    fn a_block_has_the_label_of_most_of_its_symbols() {
        let runs = runs(&[(6, "navigation"), (7, "content")]);
        let labels = |texts: &[&str]| -> Option<Vec<String>> {
            Some(cut(texts, &runs)?.into_iter().map(|block| block.labels[0].clone()).collect())
        };
        assert_eq!(labels(&["Ho me", "ab", "1234567"]).unwrap(), ["navigation", "navigation", "content"]);
        assert_eq!(labels(&["Homeab12345", "67"]).unwrap(), ["navigation", "content"]);
        assert_eq!(labels(&["too short"]), None);
    }
}

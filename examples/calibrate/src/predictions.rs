//! Writes what forests thought of pages they had not seen in the form of the `extract` example, so that any scorer of
//! its output can judge them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::json;

use crate::folds::Prepared;
use crate::metrics::kept_text;
use crate::report::{CONTENT, Thought, cut};

/// Writes a file a corpus, `CORPUS.jsonl` or `CORPUS-text.jsonl`, and `regions.jsonl` or `regions-text.jsonl` for the
/// pages that the corpora label block by block; a page a line.
pub fn write(folder: &Path, pages: &[Prepared], thought: Thought, is_text: bool) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut files: BTreeMap<String, BufWriter<File>> = BTreeMap::new();
    for (index, page) in
        pages.iter().enumerate().filter(|(_, page)| !page.page.is_crop && !page.page.is_translated)
    {
        let (even, expected) = cut(page, &thought.scores[index], 1.0);
        let Some(labels) = thought.labels(index, page, even) else { continue };
        let texts = page.sample.texts();
        let blocks: Vec<_> =
            texts.iter().zip(&labels).map(|(text, label)| json!({"text": text, "label": label})).collect();
        let line = json!({
            "path": page.page.id,
            "content": kept_text(page, &|block| labels[block] == CONTENT),
            "confidence": expected,
            "blocks": blocks,
        });
        for name in names(page, is_text) {
            if !files.contains_key(&name) {
                let file = File::create(folder.join(format!("{name}.jsonl")))?;
                files.insert(name.clone(), BufWriter::new(file));
            }
            if let Some(file) = files.get_mut(&name) {
                writeln!(file, "{line}")?;
            }
        }
    }
    files.values_mut().try_for_each(|file| file.flush())
}

/// The files that a page belongs in.
fn names(page: &Prepared, is_text: bool) -> Vec<String> {
    let is_of_regions = page.page.regions.is_some() && !page.page.is_labelled_here;
    // As plain text, a page that was labelled block by block is one of its own: these blocks, a line each.
    let is_of_corpus = !is_text || (page.page.regions.is_none() && !page.is_judged());
    let form = if is_text { "-text" } else { "" };
    let corpus = is_of_corpus.then(|| format!("{}{form}", page.page.corpus));
    corpus.into_iter().chain(is_of_regions.then(|| format!("regions{form}"))).collect()
}

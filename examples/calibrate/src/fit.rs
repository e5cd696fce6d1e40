//! Runs the trainer and reads what it made.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use tamis::internals::{Scorer, TrainedForest, TrainedTree};

#[derive(Deserialize)]
struct ForestFile {
    biases: Vec<f32>,
    width: usize,
    trees: Vec<TreeFile>,
}

#[derive(Deserialize)]
struct TreeFile {
    questions: Vec<(u16, f32)>,
    leaves: Vec<f32>,
}

/// Fits the forests of every fold, and that of all pages, to the matrix in `folder`.
pub fn run(folder: &Path, only: &[String]) -> io::Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fit.py");
    let status = Command::new("python3").arg(script).arg(folder).args(only).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("the trainer ended with {status}"))) }
}

/// The bytes of the forest that was fitted with `fold` left out (or on `all`).
pub fn bytes(folder: &Path, fold: &str) -> io::Result<Vec<u8>> {
    let file: ForestFile = serde_json::from_slice(&fs::read(folder.join(format!("forest-{fold}.json")))?)?;
    let trained = TrainedForest {
        biases: file.biases,
        width: file.width,
        trees: file
            .trees
            .into_iter()
            .map(|tree| TrainedTree { questions: tree.questions, leaves: tree.leaves })
            .collect(),
    };
    Ok(trained.write())
}

pub fn scorer(folder: &Path, fold: &str) -> io::Result<Scorer> {
    Scorer::read(&bytes(folder, fold)?).map_err(io::Error::other)
}

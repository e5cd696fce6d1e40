//! The files that the trainer reads: rows, targets, weights, folds.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

/// How the forest is to be.
#[derive(Clone, Debug, Serialize)]
pub struct Shape {
    pub width: usize,
    pub names: Vec<String>,
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    pub l2: f32,
    pub rsm: f32,
    pub borders: usize,
    pub classes: usize,
}

/// Writes rows as they come.
pub struct MatrixWriter {
    folder: PathBuf,
    rows: BufWriter<File>,
    targets: Vec<f32>,
    weights: Vec<f32>,
    folds: Vec<i32>,
}

impl MatrixWriter {
    pub fn create(folder: &Path) -> io::Result<MatrixWriter> {
        fs::create_dir_all(folder)?;
        Ok(MatrixWriter {
            folder: folder.to_owned(),
            rows: BufWriter::new(File::create(folder.join("rows.f32"))?),
            targets: Vec::new(),
            weights: Vec::new(),
            folds: Vec::new(),
        })
    }

    pub fn push(&mut self, row: &[f32], target: f32, weight: f32, fold: usize) -> io::Result<()> {
        for value in row {
            self.rows.write_all(&value.to_le_bytes())?;
        }
        self.targets.push(target);
        self.weights.push(weight);
        self.folds.push(fold as i32);
        Ok(())
    }

    pub fn finish(mut self, shape: &Shape) -> io::Result<()> {
        self.rows.flush()?;
        let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
        fs::write(self.folder.join("targets.f32"), bytes(&self.targets))?;
        fs::write(self.folder.join("weights.f32"), bytes(&self.weights))?;
        let folds: Vec<u8> = self.folds.iter().flat_map(|fold| fold.to_le_bytes()).collect();
        fs::write(self.folder.join("folds.i32"), folds)?;
        fs::write(self.folder.join("shape.json"), serde_json::to_vec(shape)?)
    }
}

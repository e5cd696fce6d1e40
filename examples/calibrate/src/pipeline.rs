//! The engine's forests, fitted one after the other: each reads what the ones before it thought of pages they had
//! not seen.

use std::io;
use std::path::{Path, PathBuf};

use tamis::internals::{self, KINDS, Scorer};

use crate::fit;
use crate::folds::{FOLDS, Prepared};
use crate::matrix::{MatrixWriter, Shape};

/// Blocks that a page brings in at most.
const MOST_ROWS: usize = 300;

/// A forest of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    First,
    Second,
    Reader,
    Kinds,
}

/// Fits the forests of one form of input.
pub struct Pipeline<'p> {
    pub pages: &'p [Prepared],
    pub is_text: bool,
    /// Where matrices and forests are written.
    pub folder: PathBuf,
}

/// What forests thought of pages they had not seen, a page an entry.
pub struct OutOfFold {
    pub first: Vec<Vec<i32>>,
    pub second: Vec<Vec<i32>>,
    /// The second pass and what readers hold for content, together: what the engine decides by.
    pub last: Vec<Vec<i32>>,
    pub kinds: Vec<Vec<i32>>,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Stage::First => "first",
            Stage::Second => "second",
            Stage::Reader => "reader",
            Stage::Kinds => "kinds",
        }
    }

    fn shape(self, is_text: bool) -> Shape {
        let (mut names, more) = internals::names(is_text);
        if self != Stage::First {
            names.extend(more);
        }
        let (trees, depth, rate) = match self {
            Stage::First => (160, 6, 0.14),
            Stage::Second => (240, 6, 0.1),
            Stage::Reader => (260, 6, 0.1),
            Stage::Kinds => (140, 6, 0.2),
        };
        Shape {
            width: names.len(),
            names,
            trees,
            depth,
            rate,
            l2: 3.0,
            rsm: 0.12,
            borders: 48,
            classes: if self == Stage::Kinds { KINDS.len() } else { 2 },
        }
    }
}

impl Pipeline<'_> {
    fn stage_folder(&self, stage: Stage) -> PathBuf {
        let form = if self.is_text { "text" } else { "markup" };
        self.folder.join(format!("{form}-{}", stage.name()))
    }

    /// Fits all stages out of fold and judges every page by forests that saw none of its site. With `all`, fits also
    /// the forests that ship, on all pages.
    pub fn run(&self, all: bool) -> io::Result<OutOfFold> {
        let first = self.stage(Stage::First, all, &|page| self.pages[page].sample.first_rows())?;
        let rows = |page: usize| self.pages[page].sample.later_rows(&first[page]);
        let second = self.less_spoken(self.stage(Stage::Second, all, &rows)?);
        let rows = |page: usize| self.pages[page].sample.later_rows(&second[page]);
        let reader = self.stage(Stage::Reader, all, &rows)?;
        let kinds = self.stage(Stage::Kinds, all, &rows)?;
        let last = self.last(&second, &reader);
        Ok(OutOfFold { first, second, last, kinds })
    }

    /// What the forests that the last run left thought of these pages; every page is judged by those of its fold.
    pub fn fitted(&self) -> io::Result<OutOfFold> {
        let first = self.judge(Stage::First, &|page| self.pages[page].sample.first_rows())?;
        let rows = |page: usize| self.pages[page].sample.later_rows(&first[page]);
        let second = self.less_spoken(self.judge(Stage::Second, &rows)?);
        let rows = |page: usize| self.pages[page].sample.later_rows(&second[page]);
        let reader = self.judge(Stage::Reader, &rows)?;
        let kinds = self.judge(Stage::Kinds, &rows)?;
        let last = self.last(&second, &reader);
        Ok(OutOfFold { first, second, last, kinds })
    }

    fn last(&self, second: &[Vec<i32>], reader: &[Vec<i32>]) -> Vec<Vec<i32>> {
        let scores = self.pages.iter().zip(second).zip(reader);
        scores.map(|((page, second), reader)| page.sample.last_scores(second, reader)).collect()
    }

    fn less_spoken(&self, scores: Vec<Vec<i32>>) -> Vec<Vec<i32>> {
        self.pages.iter().zip(scores).map(|(page, scores)| page.sample.less_spoken(scores)).collect()
    }

    /// The bytes of the forest of a stage that was fitted on all pages.
    pub fn shipped(&self, stage: Stage) -> io::Result<Vec<u8>> {
        fit::bytes(&self.stage_folder(stage), "all")
    }

    fn stage(&self, stage: Stage, all: bool, rows: &dyn Fn(usize) -> Vec<f32>) -> io::Result<Vec<Vec<i32>>> {
        let folder = self.stage_folder(stage);
        eprintln!("{}", folder.display());
        let shape = stage.shape(self.is_text);
        self.write_matrix(stage, &folder, &shape, rows)?;
        let mut folds: Vec<String> = (0..FOLDS).map(|fold| fold.to_string()).collect();
        if all {
            folds.push("all".to_owned());
        }
        fit::run(&folder, &folds)?;
        self.judge(stage, rows)
    }

    fn judge(&self, stage: Stage, rows: &dyn Fn(usize) -> Vec<f32>) -> io::Result<Vec<Vec<i32>>> {
        let folder = self.stage_folder(stage);
        let scorers = (0..FOLDS)
            .map(|fold| fit::scorer(&folder, &fold.to_string()))
            .collect::<io::Result<Vec<Scorer>>>()?;
        Ok(self
            .pages
            .iter()
            .enumerate()
            .map(|(index, page)| scorers[page.fold].score(&rows(index)))
            .collect())
    }

    fn write_matrix(
        &self,
        stage: Stage,
        folder: &Path,
        shape: &Shape,
        rows: &dyn Fn(usize) -> Vec<f32>,
    ) -> io::Result<()> {
        let mut writer = MatrixWriter::create(folder)?;
        for (index, page) in self.pages.iter().enumerate() {
            let targets = targets(page, stage);
            let words = page.sample.words();
            // A page of thousands of blocks says no more than one of hundreds: every nth stands for its neighbours.
            let step = if matches!(stage, Stage::Reader | Stage::Kinds) {
                1
            } else {
                targets.len().div_ceil(MOST_ROWS).max(1)
            };
            let mass: f32 = targets
                .iter()
                .zip(&words)
                .step_by(step)
                .filter(|(target, _)| target.is_some())
                .map(|(_, words)| block_weight(*words, stage))
                .sum();
            if mass == 0.0 {
                continue;
            }
            let rows = rows(index);
            let page_weight = page_weight(page, stage);
            for (block, target) in targets.iter().enumerate().step_by(step) {
                let Some(target) = target.filter(|_| page_weight > 0.0) else { continue };
                let weight = page_weight * block_weight(words[block], stage) / mass;
                writer.push(
                    &rows[block * shape.width..(block + 1) * shape.width],
                    target,
                    weight,
                    page.fold,
                )?;
            }
        }
        writer.finish(shape)
    }
}

/// Every page counts the same, but for those of which only a few blocks are known, and those whose reference
/// text is not on the page: their labels would be chance.
fn page_weight(page: &Prepared, stage: Stage) -> f32 {
    if matches!(stage, Stage::First | Stage::Second) && !page.is_found() {
        return 0.0;
    }
    let of_copy = if page.page.is_translated { 0.5 } else { 1.0 };
    of_copy
        * match stage {
            _ if page.page.is_crop => 500.0,
            Stage::First | Stage::Second if page.is_sparse() => 250.0,
            Stage::Reader | Stage::Kinds => 100.0 * (page.labels.len() as f32).sqrt(),
            _ => 1000.0,
        }
}

/// A block counts by the root of its words.
fn block_weight(words: f32, stage: Stage) -> f32 {
    match stage {
        Stage::First | Stage::Second => (words + 1.0).sqrt(),
        Stage::Reader | Stage::Kinds => 1.0,
    }
}

/// What each block is to be, where that is known.
fn targets(page: &Prepared, stage: Stage) -> Vec<Option<f32>> {
    match stage {
        Stage::First | Stage::Second => {
            page.shares.iter().map(|share| share.map(|share| if share >= 0.5 { 1.0 } else { 0.0 })).collect()
        }
        Stage::Reader => page
            .labels
            .iter()
            .map(|labels| labels.as_ref().map(|labels| f32::from(u8::from(labels[0] == "content"))))
            .collect(),
        Stage::Kinds => page.labels.iter().map(|labels| kind(labels.as_deref()?)).collect(),
    }
}

/// The first acceptable label that is a kind of boilerplate, by its number; none for content.
fn kind(labels: &[String]) -> Option<f32> {
    let first = labels.first()?;
    KINDS.iter().position(|kind| kind == first).map(|kind| kind as f32)
}

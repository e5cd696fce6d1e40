//! Where pages come from: files, folders, standard input.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// The argument that means standard input.
pub const STDIN: &str = "-";

/// Files in a folder that are taken for pages.
const PAGE_EXTENSIONS: [&str; 4] = ["html", "htm", "xhtml", "txt"];

pub enum Source {
    Stdin,
    File(PathBuf),
}

/// An input that gave no page, and why.
pub struct Refusal {
    path: String,
    reason: String,
}

impl Refusal {
    pub fn new(path: &str, reason: impl fmt::Display) -> Self {
        Refusal { path: path.to_owned(), reason: reason.to_string() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// What the arguments name, in their order, folders by file names. What can't be listed keeps its place, so
/// that complaints come in order too.
pub fn list(paths: &[PathBuf]) -> Vec<Result<Source, Refusal>> {
    paths.iter().flat_map(|path| list_one(path)).collect()
}

fn list_one(path: &Path) -> Vec<Result<Source, Refusal>> {
    if path == Path::new(STDIN) {
        return vec![Ok(Source::Stdin)];
    }
    // A missing file is found out when it is read.
    if !path.is_dir() {
        return vec![Ok(Source::File(path.to_owned()))];
    }
    let entries = WalkDir::new(path).follow_links(true).sort_by_file_name();
    let found: Vec<_> = entries.into_iter().filter_map(|entry| page_in(path, entry)).collect();
    if found.is_empty() {
        return vec![Err(Refusal::new(&path.to_string_lossy(), "no page in this folder"))];
    }
    found
}

fn page_in(folder: &Path, entry: walkdir::Result<DirEntry>) -> Option<Result<Source, Refusal>> {
    match entry {
        Ok(entry) if entry.file_type().is_file() && is_page(entry.path()) => {
            Some(Ok(Source::File(entry.into_path())))
        }
        Ok(_) => None,
        // A link back to a folder above: what is in there is listed already.
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => Some(Err(not_listed(folder, &error))),
    }
}

fn not_listed(folder: &Path, error: &walkdir::Error) -> Refusal {
    let path = error.path().unwrap_or(folder).to_string_lossy();
    match error.io_error() {
        Some(reason) => Refusal::new(&path, reason),
        None => Refusal::new(&path, error),
    }
}

fn is_page(path: &Path) -> bool {
    PAGE_EXTENSIONS.iter().any(|extension| has_extension(path, extension))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

impl Source {
    /// How messages and output call it.
    pub fn name(&self) -> String {
        match self {
            Source::Stdin => STDIN.to_owned(),
            Source::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    pub fn is_text_by_name(&self) -> bool {
        matches!(self, Source::File(path) if has_extension(path, "txt"))
    }

    /// All of it, if that is no more than `limit` bytes; of more, no more than that is ever in memory.
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, Refusal> {
        let bytes = match self {
            Source::Stdin => read_bounded(io::stdin().lock(), limit),
            Source::File(path) => read_file(path, limit),
        };
        match bytes {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(Refusal::new(&self.name(), format_args!("over the limit of {limit} bytes"))),
            Err(error) => Err(Refusal::new(&self.name(), error)),
        }
    }
}

fn read_file(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    if fs::metadata(path)?.len() > limit {
        return Ok(None);
    }
    // Pipes don't know their length, and files grow.
    read_bounded(File::open(path)?, limit)
}

/// Nothing, if there is more than `limit`.
fn read_bounded(input: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

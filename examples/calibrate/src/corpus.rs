//! Reads labelled pages: folders of the layout `pages/ID.html.gz`, `text/ID.txt.gz`, `truth.jsonl.gz`, WCXB's published
//! layout `ground-truth/ID.json` beside `html/ID.html.gz`, and files of block labels (`regions-*.jsonl`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::align::squash;

/// A labelled page.
#[derive(Clone, Debug, Default)]
pub struct LabelledPage {
    pub id: String,
    pub corpus: String,
    pub host: String,
    pub page_type: Option<String>,
    pub html: String,
    /// The page as plain text, where the corpus has it.
    pub text: Option<String>,
    pub gold: Gold,
    /// Made from another page by leaving out most of what is not content; teaches, but nothing is judged by it.
    pub is_crop: bool,
    /// Made from another page by putting it into another language; teaches, but nothing is judged by it.
    pub is_translated: bool,
    /// The page's blocks with their acceptable labels, best first, where somebody labelled them.
    pub regions: Option<Vec<GoldBlock>>,
    /// The block labels stand in `labels/` beside this crate, not in the corpora.
    pub is_labelled_here: bool,
}

/// What the corpus says is main content.
#[derive(Clone, Debug)]
pub enum Gold {
    /// All of it.
    Text { text: String, with: Vec<String>, without: Vec<String> },
    /// What the engine itself took for it, from the page's markup and by forests that had not seen the site. It
    /// teaches the forests of plain text; nothing is judged by it.
    Judged { text: String },
    /// Snippets that are in it, and snippets that are not.
    Snippets { with: Vec<String>, without: Vec<String> },
}

impl Default for Gold {
    fn default() -> Self {
        Gold::Snippets { with: Vec::new(), without: Vec::new() }
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct GoldBlock {
    pub text: String,
    pub labels: Vec<String>,
}

#[derive(Deserialize)]
struct TruthLine {
    id: String,
    url: Option<String>,
    #[serde(rename = "type")]
    page_type: Option<String>,
    text: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

#[derive(Deserialize)]
struct RegionsLine {
    id: String,
    corpus: String,
    url: Option<String>,
    blocks: Vec<GoldBlock>,
}

/// WCXB's own ground truth.
#[derive(Deserialize)]
struct WcxbFile {
    url: Option<String>,
    #[serde(alias = "page_type")]
    page_type: Option<WcxbType>,
    ground_truth: WcxbTruth,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WcxbType {
    Name(String),
    Nested { primary: String },
}

#[derive(Deserialize)]
struct WcxbTruth {
    main_content: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// Reads a corpus folder of either layout.
pub fn read(folder: &Path) -> io::Result<Vec<LabelledPage>> {
    let mut pages =
        if folder.join("truth.jsonl.gz").exists() { read_truth(folder)? } else { read_wcxb(folder)? };
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(pages)
}

/// Adds the block labels of a file to the pages they belong to.
pub fn add_regions(pages: &mut [LabelledPage], file: &Path) -> io::Result<()> {
    let mut regions: BTreeMap<(String, String), Vec<GoldBlock>> = BTreeMap::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line: RegionsLine = serde_json::from_str(&line?)?;
        regions.insert((line.corpus, line.id), line.blocks);
    }
    for page in pages {
        page.regions = regions.remove(&(page.corpus.clone(), page.id.clone()));
    }
    Ok(())
}

/// The pages of a file of block labels alone, without their markup.
pub fn read_regions_text(file: &Path) -> io::Result<Vec<LabelledPage>> {
    let lines = BufReader::new(File::open(file)?).lines();
    lines
        .map(|line| {
            let line: RegionsLine = serde_json::from_str(&line?)?;
            let texts: Vec<&str> = line.blocks.iter().map(|block| block.text.as_str()).collect();
            Ok(LabelledPage {
                host: host(line.url.as_deref(), &line.id),
                text: Some(texts.join("\n") + "\n"),
                id: line.id,
                corpus: line.corpus,
                regions: Some(line.blocks),
                ..LabelledPage::default()
            })
        })
        .collect()
}

/// A page that was labelled block by block as plain text: these blocks, a line each.
pub fn as_text(page: LabelledPage) -> LabelledPage {
    let blocks = page.regions.unwrap_or_default();
    let blocks: Vec<GoldBlock> =
        blocks.into_iter().map(|block| GoldBlock { text: squash(&block.text), ..block }).collect();
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    LabelledPage {
        id: page.id,
        corpus: page.corpus,
        host: page.host,
        text: Some(texts.join("\n") + "\n"),
        regions: Some(blocks),
        is_labelled_here: true,
        ..LabelledPage::default()
    }
}

fn read_truth(folder: &Path) -> io::Result<Vec<LabelledPage>> {
    let corpus = name(folder);
    let lines = BufReader::new(GzDecoder::new(File::open(folder.join("truth.jsonl.gz"))?)).lines();
    lines
        .map(|line| {
            let line: TruthLine = serde_json::from_str(&line?)?;
            let text = folder.join("text").join(format!("{}.txt.gz", line.id));
            Ok(LabelledPage {
                host: host(line.url.as_deref(), &line.id),
                corpus: corpus.clone(),
                page_type: line.page_type,
                html: unzip(&folder.join("pages").join(format!("{}.html.gz", line.id)))?,
                text: if text.exists() { Some(unzip(&text)?) } else { None },
                gold: match line.text {
                    Some(text) => Gold::Text { text, with: line.with, without: line.without },
                    None => Gold::Snippets { with: line.with, without: line.without },
                },
                id: line.id,
                ..LabelledPage::default()
            })
        })
        .collect()
}

fn read_wcxb(folder: &Path) -> io::Result<Vec<LabelledPage>> {
    let corpus = name(folder);
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder.join("ground-truth"))? {
        let path = entry?.path();
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file: WcxbFile = serde_json::from_reader(BufReader::new(File::open(&path)?))?;
        let WcxbTruth { main_content, with, without } = file.ground_truth;
        pages.push(LabelledPage {
            host: host(file.url.as_deref(), &id),
            corpus: corpus.clone(),
            page_type: file.page_type.map(|page_type| match page_type {
                WcxbType::Name(name) | WcxbType::Nested { primary: name } => name,
            }),
            html: unzip(&folder.join("html").join(format!("{id}.html.gz")))?,
            text: None,
            gold: Gold::Text { text: main_content, with, without },
            id,
            ..LabelledPage::default()
        });
    }
    Ok(pages)
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn unzip(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path)?).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The site of a page: folds are split by it, so that no fold is judged on a site it has seen.
fn host(url: Option<&str>, id: &str) -> String {
    let host = url.and_then(|url| url.split('/').nth(2)).unwrap_or(id);
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}

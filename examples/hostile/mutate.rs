//! Real pages, damaged.

use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use tamis::{Error, Extractor, Page};

use crate::clock::busy;
use crate::grow::used;
use crate::random::Random;

/// A damaged page may take this many seconds, and as many more for every megabyte.
const SLOW: f64 = 0.5;

/// Whether no damaged page makes a panic or takes long. Every page is cut at twenty places first, then damaged in ways
/// drawn at random, until there are as many as asked for.
pub fn all(folders: &[PathBuf], pages: usize, seed: u64) -> io::Result<bool> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?);
    }
    files.sort();
    if files.is_empty() {
        return Err(io::Error::other("no pages to damage"));
    }
    let extractor = Extractor::new();
    // The first page of a process waits for the weights and word lists.
    let _ = extractor.html("<p>first");
    let mut random = Random::new(seed);
    let (mut count, mut harmful, mut refused) = (0, 0, 0);
    let mut slowest = (0.0, String::new());
    let rounds = pages.div_ceil(files.len());
    for file in &files {
        let whole = fs::read(file)?;
        for round in 0..rounds.min(pages - count) {
            let (name, bytes) = if round < 20 {
                (format!("cut {round}"), whole[..random.below(whole.len() + 1)].to_vec())
            } else {
                damaged(&whole, &mut random)
            };
            count += 1;
            let (seconds, outcome) =
                busy(|| panic::catch_unwind(AssertUnwindSafe(|| take_apart(&extractor, file, &bytes))));
            let label = format!("{} {name} ({} bytes)", file.display(), bytes.len());
            if seconds > slowest.0 {
                slowest = (seconds, label.clone());
            }
            match outcome {
                Err(_) => {
                    harmful += 1;
                    println!("{label}: a panic");
                }
                Ok(Err(_)) => refused += 1,
                Ok(Ok(())) => {}
            }
            if seconds > SLOW * (1.0 + bytes.len() as f64 / 1e6) {
                harmful += 1;
                println!("{label}: {seconds:.2} s");
            }
        }
        if count >= pages {
            break;
        }
    }
    println!(
        "{count} damaged pages of {} files, {harmful} do harm, {refused} are refused; slowest {:.2} s, {}",
        files.len(),
        slowest.0,
        slowest.1
    );
    Ok(harmful == 0)
}

fn take_apart(extractor: &Extractor, file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let is_text = file.extension().is_some_and(|ending| ending == "txt");
    let page = extractor.bytes(bytes, is_text.then_some("text/plain"))?;
    check(&page);
    Ok(())
}

/// Blocks cover the page in order, and everything can be written.
fn check(page: &Page) {
    let mut end = 0;
    for block in page.blocks() {
        let range = block.text_range();
        assert!(page.text()[end..range.start].trim().is_empty(), "text between blocks");
        assert!(!block.text().trim().is_empty(), "an empty block");
        end = range.end;
    }
    assert!(page.text()[end..].trim().is_empty(), "text after the last block");
    let covered: usize = page.regions().map(|region| region.block_range().len()).sum();
    assert_eq!(covered, page.blocks().len());
    assert!(used(page) < usize::MAX);
}

/// One to four changes.
fn damaged(whole: &[u8], random: &mut Random) -> (String, Vec<u8>) {
    let mut bytes = whole.to_vec();
    let mut name = Vec::new();
    for _ in 0..=random.below(4) {
        let way = random.pick(WAYS);
        name.push(way.0);
        (way.1)(&mut bytes, random);
    }
    (name.join(", "), bytes)
}

type Way = (&'static str, fn(&mut Vec<u8>, &mut Random));

const WAYS: &[Way] = &[
    ("bytes flipped", |bytes, random| {
        for _ in 0..1 + random.below(40) {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
    }),
    ("a part doubled", |bytes, random| {
        let part = part(bytes, random);
        let at = random.below(bytes.len() + 1);
        bytes.splice(at..at, part);
    }),
    ("a part gone", |bytes, random| {
        let length = random.below(bytes.len() / 4 + 1);
        let at = random.below(bytes.len() - length + 1);
        bytes.drain(at..at + length);
    }),
    ("end tags gone", |bytes, random| {
        let every = 1 + random.below(5);
        drop_tags(bytes, every, |rest| rest.starts_with(b"</"));
    }),
    ("start tags gone", |bytes, random| {
        let every = 1 + random.below(5);
        drop_tags(bytes, every, |rest| {
            rest.starts_with(b"<") && rest.get(1).is_some_and(u8::is_ascii_alphabetic)
        });
    }),
    ("greater signs gone", |bytes, random| {
        let every = 1 + random.below(50);
        let mut seen = 0;
        bytes.retain(|&byte| {
            seen += usize::from(byte == b'>');
            byte != b'>' || seen % every != 0
        });
    }),
    ("quotes gone", |bytes, random| {
        let every = 1 + random.below(50);
        let mut seen = 0;
        bytes.retain(|&byte| {
            seen += usize::from(byte == b'"');
            byte != b'"' || seen % every != 0
        });
    }),
    ("nulls put in", |bytes, random| {
        for _ in 0..1 + random.below(20) {
            let at = random.below(bytes.len() + 1);
            bytes.insert(at, 0);
        }
    }),
    ("odd characters put in", |bytes, random| {
        for _ in 0..1 + random.below(40) {
            let odd = *random.pick(&[
                "\u{202e}", "\u{200b}", "\u{301}", "\u{feff}", "<", "&", "<!--", "<table>", "</b>", "\u{ad}",
            ]);
            let at = random.below(bytes.len() + 1);
            bytes.splice(at..at, odd.bytes());
        }
    }),
    ("back to front by parts", |bytes, random| {
        let at = random.below(bytes.len() + 1);
        bytes.rotate_left(at);
    }),
];

fn part(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let length = random.below(bytes.len() / 3 + 1);
    let from = random.below(bytes.len() - length + 1);
    bytes[from..from + length].to_vec()
}

/// Takes out every so-many-th tag that is of the kind.
fn drop_tags(bytes: &mut Vec<u8>, every: usize, is_kind: fn(&[u8]) -> bool) {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut seen, mut rest) = (0, &bytes[..]);
    while let Some((&first, after)) = rest.split_first() {
        if is_kind(rest) {
            seen += 1;
            if seen % every == 0 {
                let end = rest.iter().position(|&byte| byte == b'>').map_or(rest.len(), |end| end + 1);
                rest = &rest[end..];
                continue;
            }
        }
        out.push(first);
        rest = after;
    }
    *bytes = out;
}

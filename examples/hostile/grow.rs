//! The search for input whose time grows faster than its length.
//!
//! Every pattern, and pairs and triples of fragments at random, are taken apart at one length and at eight times that
//! length. Eight times the time is linear; more than ten times, again and again, and in a process of its own, too, is
//! reported.

use std::env;
use std::io;
use std::process::Command;

use tamis::{Extractor, Page, PlainText};

use crate::clock::busy;
use crate::fragments::{
    FOREIGN, FORMATTING, JSON, LISTS, MARKUP, OF_METADATA, PLAIN, REFERENCES, SIGNS, TABLES,
};
use crate::patterns::{PATTERNS, Pattern};
use crate::random::Random;

/// How much longer the long input is, and how much more time it may take.
const LONGER: usize = 8;
const MOST: f64 = 10.0;
/// A measurement shorter than this, in seconds, is more of the machine than of the pattern.
const LEAST_TIME: f64 = 0.015;
/// Measurements before a pattern is reported.
const TRIES: usize = 5;

/// What is searched.
pub struct Search<'a> {
    /// Only patterns whose name holds this.
    pub only: &'a str,
    /// Combinations to try besides the patterns.
    pub pairs: u64,
    /// Length of the short input.
    pub bytes: usize,
    /// Whether `only` is one pattern's whole name and this process is there for it alone.
    pub is_alone: bool,
}

impl Search<'_> {
    /// Whether no input's time grows faster than its length.
    pub fn run(&self) -> io::Result<bool> {
        let extractor = Extractor::new();
        // What is built once, such as lists of words, is no input's.
        let _ = (extractor.html("<p>Words."), extractor.text("Words."));
        let (mut patterns, mut found) = (0, 0);
        let mut worst = (0.0, String::new());
        let mut check = |name: &str, is_text: bool, make: &dyn Fn(usize) -> String| -> io::Result<()> {
            if !self.is_asked_for(name) {
                return Ok(());
            }
            patterns += 1;
            let mut ratio = growth(&extractor, is_text, self.bytes, make);
            // What ran before has left memory in pieces, which long inputs pay for: a suspect is heard alone.
            if ratio > MOST && !self.is_alone {
                ratio = self.alone(name)?;
            }
            if ratio > worst.0 {
                worst = (ratio, name.to_owned());
            }
            if ratio > MOST {
                found += 1;
                eprintln!("{name}: {LONGER} times as long takes {ratio:.1} times as long");
            }
            Ok(())
        };
        for pattern in PATTERNS {
            check(pattern.name, pattern.is_text(), &|bytes| pattern.of_length(bytes))?;
        }
        for seed in 0..self.pairs {
            let combination = Combination::of(seed);
            check(&combination.name, combination.is_text, &|bytes| combination.of_length(bytes))?;
        }
        if self.is_alone {
            println!("{}", worst.0);
        } else {
            println!(
                "{patterns} patterns, {found} grow faster than their length; worst {:.1}, {}",
                worst.0, worst.1
            );
        }
        Ok(found == 0)
    }

    fn is_asked_for(&self, name: &str) -> bool {
        if self.is_alone { name == self.only } else { name.contains(self.only) }
    }

    /// A pattern's growth in a process of its own.
    fn alone(&self, name: &str) -> io::Result<f64> {
        let out = Command::new(env::current_exe()?)
            .args(["grow", "--alone", "--only", name])
            .args(["--pairs", &self.pairs.to_string(), "--bytes", &self.bytes.to_string()])
            .output()?;
        let said = String::from_utf8_lossy(&out.stdout);
        said.trim()
            .parse()
            .map_err(|_| io::Error::other(format!("{name}: no figure from the process of its own")))
    }
}

/// Fragments put together: they and their number are made of a seed alone.
struct Combination {
    name: String,
    is_text: bool,
    before: &'static str,
    unit: String,
    after: &'static str,
}

impl Combination {
    fn of(seed: u64) -> Combination {
        let mut random = Random::new(seed + 1);
        let (is_text, pools, before, after): (bool, &[&[&str]], &str, &str) = match seed % 8 {
            6 => (true, &[PLAIN, PLAIN, LISTS, SIGNS], "", ""),
            7 => (false, &[JSON], "<p>words<script type=application/ld+json>", "</script>"),
            _ => (false, &[MARKUP, TABLES, FORMATTING, FOREIGN, SIGNS, REFERENCES, OF_METADATA], "", ""),
        };
        let mut unit = String::new();
        for _ in 0..2 + random.below(4) {
            if random.below(8) == 0 {
                unit.extend(of_one_block(&mut random));
            } else {
                let pool = *random.pick(pools);
                unit.push_str(random.pick::<&str>(pool));
            }
        }
        // A pattern's own piece among them, now and then.
        if random.below(3) == 0 {
            let pattern: &Pattern = random.pick(PATTERNS);
            unit.push_str(pattern.unit);
        }
        // Nothing but characters that are none.
        if unit.is_empty() {
            unit.push('a');
        }
        Combination { name: format!("combination {seed} {unit:?}"), is_text, before, unit, after }
    }

    fn of_length(&self, bytes: usize) -> String {
        let mut out = self.before.to_owned();
        out.push_str(&self.unit.repeat(bytes / self.unit.len() + 1));
        out.push_str(self.after);
        out
    }
}

/// Some characters of a block of Unicode: of any script, marks, signs, private ones.
fn of_one_block(random: &mut Random) -> Vec<char> {
    // The planes between have no characters.
    let plane = *random.pick(&[0, 0, 0, 0, 1, 1, 2, 14, 16]);
    let start = plane * 0x1_0000 + random.below(0x200) as u32 * 0x80;
    let characters =
        (start..start + 0x80).filter_map(char::from_u32).filter(|c| *c != '\0').collect::<Vec<_>>();
    if characters.is_empty() {
        return Vec::new();
    }
    (0..1 + random.below(4)).map(|_| *random.pick(&characters)).collect()
}

/// How many times as long the long input takes: the least of some measurements, as other programs run, too.
fn growth(extractor: &Extractor, is_text: bool, bytes: usize, make: &dyn Fn(usize) -> String) -> f64 {
    let mut bytes = bytes;
    let mut short = make(bytes);
    let (mut best_short, mut best_long) = (seconds(extractor, is_text, &short), f64::MAX);
    // Fast ones are measured on more.
    while best_short < LEAST_TIME && bytes < 1 << 20 {
        bytes *= 2;
        short = make(bytes);
        best_short = seconds(extractor, is_text, &short);
    }
    let long = make(bytes * LONGER);
    for _ in 0..TRIES {
        best_long = best_long.min(seconds(extractor, is_text, &long));
        if best_long <= MOST * best_short {
            break;
        }
        best_short = best_short.max(seconds(extractor, is_text, &short));
    }
    // Times are in proportion to what was really made.
    best_long / best_short * (LONGER as f64 * short.len() as f64 / long.len() as f64)
}

fn seconds(extractor: &Extractor, is_text: bool, input: &str) -> f64 {
    let (seconds, written) = busy(|| {
        let page = if is_text { extractor.text(input) } else { extractor.html(input) };
        // Everything that a page can be asked for belongs to it.
        page.as_ref().map_or(0, used)
    });
    assert!(written < usize::MAX);
    seconds
}

/// Asks a page for everything that it can be asked for; the bytes of all of it.
pub fn used(page: &Page) -> usize {
    let regions: usize = page.regions().map(|region| region.text().len()).sum();
    let noted = page.content_text(PlainText { link_notes: true, line_per_block: false });
    let lines = page.content_text(PlainText { link_notes: false, line_per_block: true });
    let content = noted.len() + lines.len() + page.content().to_string().len();
    let marked = page.content_markdown().len() + page.content_html().len();
    let labelled = page.labelled_markdown(|_| true).len() + page.labelled_html(|_| true).len();
    let links: usize = page.all_links().map(|link| link.url().map_or(0, |url| url.len())).sum();
    let images: usize = page.all_images().map(|image| image.url().map_or(0, |url| url.len())).sum();
    let tables: usize = page.all_tables().map(|table| table.rows().len()).sum();
    // Where serde keeps what it writes is no concern of ours.
    let json = serde_json::to_string(page).map_or(0, |json| json.len());
    regions + content + marked + labelled + links + images + tables + json
}

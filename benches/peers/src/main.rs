//! Tamis beside other extractors, over the same pages, on one thread.
//!
//! ```text
//! cargo run --release -- FOLDER [EVERY] [ROUNDS] [TOOL…]   # .html files; NAME.txt beside NAME.html is its reference text
//! cargo run --release -- scale PAGE.html                   # how time and memory grow with the page
//! cargo run --release -- threads FOLDER [EVERY]            # how time falls with threads
//! cargo run --release -- serve                             # for `against_resiliparse.py`: paths in, seconds of Tamis out
//! ```
//!
//! Every page is given to all tools in turn, beginning with another one each time, before the next page: whatever
//! else the machine does, it does to all of them. Times are of the processor, not of the clock.

mod scale;
mod tools;

use std::collections::HashMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;

use tools::{TOOLS, Tool};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Some tools recurse as deep as pages nest.
const STACK: usize = 1 << 30;

/// Peak heap is told for pages at least this long.
const LONG: usize = 100_000;

struct Source {
    name: String,
    html: String,
    reference: Option<String>,
}

#[derive(Clone, Default)]
struct Figures {
    /// Seconds over all pages, by round.
    seconds: Vec<f64>,
    slowest: (f64, String),
    /// Peak heap a byte of long pages.
    heap: Vec<f64>,
    f1: Vec<f64>,
    failures: usize,
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || run(&arguments));
    worker.expect("a thread").join().expect("no panic but those of tools");
}

fn run(arguments: &[String]) {
    let argument = |index: usize| arguments.get(index).map(String::as_str);
    let number = |index: usize, default| argument(index).and_then(|text| text.parse().ok()).unwrap_or(default);
    match argument(0) {
        Some("scale") => scale::curve(&fs::read_to_string(argument(1).unwrap_or_default()).expect("a page")),
        Some("threads") => {
            let pages = read(Path::new(argument(1).unwrap_or_default()), number(2, 1));
            scale::threads(&pages.into_iter().map(|page| page.html).collect::<Vec<_>>());
        }
        Some("serve") => serve(),
        Some(folder) => {
            let wanted = arguments.get(3..).unwrap_or_default();
            let is_wanted = |tool: &&Tool| wanted.is_empty() || wanted.iter().any(|name| tool.name.contains(name.as_str()));
            let tools: Vec<&Tool> = TOOLS.iter().filter(is_wanted).collect();
            compare(&tools, &read(Path::new(folder), number(1, 1)), number(2, 5));
        }
        None => eprintln!("peers FOLDER [EVERY] [ROUNDS] [TOOL…] | scale PAGE | threads FOLDER [EVERY]"),
    }
}

/// Takes a page apart for every path that comes in, and says how many seconds that took.
fn serve() {
    for path in std::io::stdin().lines().map_while(Result::ok) {
        let html = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
        let start = ThreadTime::now();
        let text = (TOOLS[0].run)(&html);
        println!("{}", start.elapsed().as_secs_f64());
        drop(text);
    }
}

fn read(folder: &Path, every: usize) -> Vec<Source> {
    let entries = fs::read_dir(folder).expect("a folder of pages");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    paths.sort();
    let sources = paths.iter().step_by(every.max(1)).filter_map(|path| {
        Some(Source {
            name: path.file_name()?.to_string_lossy().into_owned(),
            html: String::from_utf8_lossy(&fs::read(path).ok()?).into_owned(),
            reference: fs::read_to_string(path.with_extension("txt")).ok(),
        })
    });
    sources.collect()
}

/// Pages that a tool takes before it is another's turn: enough that each finds its tables in the cache, as in a crawl, and few
/// enough that all meet the same moods of the machine.
const BATCH: usize = 16;

fn compare(tools: &[&Tool], pages: &[Source], rounds: usize) {
    let bytes: usize = pages.iter().map(|page| page.html.len()).sum();
    println!("{} pages, {:.1} MB, {rounds} rounds", pages.len(), bytes as f64 / 1e6);
    let mut all = vec![Figures::default(); tools.len()];
    // What is built once, such as lists of words, is no page's.
    for (tool, figures) in tools.iter().zip(&mut all) {
        let _ = catch_unwind(|| (tool.run)("<p>Nothing yet."));
        figures.seconds = vec![0.0; rounds];
    }
    for round in 0..rounds {
        for (number, batch) in pages.chunks(BATCH).enumerate() {
            for turn in 0..tools.len() {
                let index = (turn + number + round) % tools.len();
                for page in batch {
                    time(tools[index], page, round, &mut all[index]);
                }
            }
        }
    }
    for page in pages {
        for (tool, figures) in tools.iter().zip(&mut all) {
            judge(tool, page, figures);
        }
    }
    report(tools, &all, pages.len() as f64, bytes as f64);
}

fn time(tool: &Tool, page: &Source, round: usize, figures: &mut Figures) {
    let start = ThreadTime::now();
    let text = catch_unwind(|| (tool.run)(&page.html));
    let seconds = start.elapsed().as_secs_f64();
    drop(text);
    figures.seconds[round] += seconds;
    if seconds > figures.slowest.0 {
        figures.slowest = (seconds, page.name.clone());
    }
}

fn judge(tool: &Tool, page: &Source, figures: &mut Figures) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let text = catch_unwind(|| (tool.run)(&page.html));
    let peak = HEAP.peak_usage().saturating_sub(before);
    if page.html.len() >= LONG {
        figures.heap.push(peak as f64 / page.html.len() as f64);
    }
    figures.failures += usize::from(text.is_err());
    if let Some(reference) = &page.reference {
        figures.f1.push(word_f1(text.ok().flatten().as_deref().unwrap_or(""), reference));
    }
}

fn word_f1(text: &str, reference: &str) -> f64 {
    let words = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (ours, theirs) = (words(text), words(reference));
    let shared: usize = ours.iter().map(|(word, &count)| count.min(theirs.get(word).copied().unwrap_or(0))).sum();
    let total = ours.values().sum::<usize>() + theirs.values().sum::<usize>();
    if total == 0 { 1.0 } else { 2.0 * shared as f64 / total as f64 }
}

fn report(tools: &[&Tool], all: &[Figures], pages: f64, bytes: f64) {
    println!(
        "{:<28} {:>7} {:>8} {:>22} {:>16} {:>6} {:>6}  slowest page",
        "", "MB/s", "pages/s", "time, tamis = 1", "heap/byte (most)", "F1", "failed"
    );
    for (tool, figures) in tools.iter().zip(all) {
        let ratios: Vec<f64> =
            figures.seconds.iter().zip(&all[0].seconds).map(|(seconds, tamis)| seconds / tamis).collect();
        let seconds = median(&figures.seconds);
        let least = ratios.iter().copied().fold(f64::MAX, f64::min);
        let most = ratios.iter().copied().fold(0.0, f64::max);
        let f1 = match figures.f1.len() {
            0 => "-".to_owned(),
            count => format!("{:.3}", figures.f1.iter().sum::<f64>() / count as f64),
        };
        println!(
            "{:<28} {:>7.1} {:>8.0} {:>8.2} ({:.2} to {:.2}) {:>8.1} ({:.1}) {:>6} {:>6}  {:.0} ms {}",
            tool.name,
            bytes / 1e6 / seconds,
            pages / seconds,
            median(&ratios),
            least,
            most,
            median(&figures.heap),
            figures.heap.iter().copied().fold(0.0, f64::max),
            f1,
            figures.failures,
            figures.slowest.0 * 1e3,
            figures.slowest.1,
        );
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

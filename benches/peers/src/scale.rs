//! How time and memory grow: with the length of a page, and with threads.

use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use tamis::Extractor;

use crate::HEAP;

const SHORTEST: usize = 1 << 10;
const LONGEST: usize = 32 << 20;

/// Prints time and peak heap of one page repeated up to 32 MB, as HTML and as text.
pub fn curve(page: &str) {
    let limits = tamis::Limits { max_bytes: 2 * LONGEST, max_nodes: 1 << 26, ..tamis::Limits::default() };
    let extractor = Extractor::builder().limits(limits).build();
    let text = extractor.html(page).map(|page| page.text().to_owned()).unwrap_or_default();
    type Run<'e> = &'e dyn Fn(&str) -> Option<tamis::Page>;
    let html: Run = &|input| extractor.html(input).ok();
    let plain: Run = &|input| extractor.text(input).ok();
    for (form, seed, run) in [("html", page, html), ("text", text.as_str(), plain)] {
        println!("{form:>6} {:>10} {:>10} {:>8} {:>16} {:>14}", "bytes", "ms", "MB/s", "time per 10 times", "peak heap/byte");
        let mut before = None;
        let mut length = SHORTEST;
        while length <= LONGEST {
            let input = repeated(seed, length);
            let time = best_of(3, &|| drop(run(&input)));
            let start = HEAP.current_usage();
            HEAP.reset_peak_usage();
            let page = run(&input);
            let peak = HEAP.peak_usage().saturating_sub(start);
            drop(page);
            let growth = before.map_or(String::new(), |before: Duration| {
                // Lengths double; ten times as long is 3.32 doublings.
                let doubled = time.as_secs_f64() / before.as_secs_f64();
                format!("{:.1}", doubled.powf(10_f64.log2()))
            });
            println!(
                "{:>6} {:>10} {:>10.2} {:>8.1} {:>16} {:>14.1}",
                "",
                input.len(),
                time.as_secs_f64() * 1e3,
                input.len() as f64 / 1e6 / time.as_secs_f64(),
                growth,
                peak as f64 / input.len() as f64
            );
            before = Some(time);
            length *= 2;
        }
    }
}

/// Prints how many times faster several threads are than one over the same pages.
pub fn threads(pages: &[String]) {
    let extractor = Extractor::new();
    let most = thread::available_parallelism().map_or(1, |count| count.get());
    let work = |count: usize| {
        let start = Instant::now();
        thread::scope(|scope| {
            for first in 0..count {
                let extractor = &extractor;
                scope.spawn(move || {
                    for page in pages.iter().skip(first).step_by(count) {
                        let _ = extractor.html(page);
                    }
                });
            }
        });
        start.elapsed()
    };
    work(1);
    let one = (0..3).map(|_| work(1)).min().unwrap_or_default();
    for count in 2..=most {
        let many = (0..3).map(|_| work(count)).min().unwrap_or_default();
        println!("{count} threads: {:.2} times as fast as one", one.as_secs_f64() / many.as_secs_f64());
    }
}

/// About so many bytes: the page cut short, or as often as it takes.
fn repeated(seed: &str, length: usize) -> String {
    let mut all = seed.repeat(length / seed.len().max(1) + 1);
    let end = (0..=length).rev().find(|&end| all.is_char_boundary(end)).unwrap_or(0);
    all.truncate(end);
    all
}

fn best_of(times: usize, run: &dyn Fn()) -> Duration {
    let once = || {
        let start = ThreadTime::now();
        run();
        start.elapsed()
    };
    (0..times).map(|_| once()).min().unwrap_or_default()
}

//! Time that a thread has worked, so that other programs on the machine don't count.

use std::fs;
use std::time::Instant;

/// Seconds that `work` keeps this thread busy, and what comes of it.
pub fn busy<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (start, before) = (Instant::now(), on_processor());
    let made = work();
    let seconds = match (before, on_processor()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    (seconds, made)
}

/// Seconds that this thread has had a processor for; Linux tells.
fn on_processor() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

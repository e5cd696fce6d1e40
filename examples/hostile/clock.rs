//! Time that a thread has worked, so that other programs on the machine don't count.

/// Seconds that `work` keeps this thread busy, and what comes of it.
pub fn busy<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let before = on_processor();
    let made = work();
    (on_processor() - before, made)
}

/// Seconds that this thread has had a processor for.
#[cfg(unix)]
fn on_processor() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Seconds of the wall clock, where there is no such clock.
#[cfg(not(unix))]
fn on_processor() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_secs_f64()
}

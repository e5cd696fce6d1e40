//! Works on many things at once, and hands over what comes of them in the order they came in.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// An item, and where to send what becomes of it.
type Job<T, R> = (T, Sender<R>);

/// Calls `work` on every item, on `threads` threads, and `take` with every result, in the order of the items, on
/// the caller's thread. No more than two items a thread are under way or wait to be taken, so that memory
/// doesn't grow with the number of items, nor with the time the first of them takes.
///
/// # Errors
///
/// The first one of `take`; what is left of the items is dropped then.
pub fn in_order<T: Send, R: Send, E>(
    items: Vec<T>,
    threads: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.get().min(items.len());
    let (jobs, queue) = mpsc::channel::<Job<T, R>>();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| serve(&queue, &work));
        }
        // Dropped with this closure, however it ends: that is what sends the workers home.
        let jobs = jobs;
        let mut under_way = VecDeque::new();
        for item in items {
            if under_way.len() == 2 * threads {
                take_first(&mut under_way, &mut take)?;
            }
            let (sender, receiver) = mpsc::channel();
            jobs.send((item, sender)).expect("the queue outlives the scope");
            under_way.push_back(receiver);
        }
        while !under_way.is_empty() {
            take_first(&mut under_way, &mut take)?;
        }
        Ok(())
    })
}

fn take_first<R, E>(
    under_way: &mut VecDeque<Receiver<R>>,
    take: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    match under_way.pop_front() {
        Some(receiver) => take(receiver.recv().expect("a worker answers unless it panics")),
        None => Ok(()),
    }
}

fn serve<T, R>(queue: &Mutex<Receiver<Job<T, R>>>, work: &impl Fn(T) -> R) {
    loop {
        // The lock is held while waiting for a job, and let go before working on it.
        let job = queue.lock().expect("no worker panics while it waits").recv();
        let Ok((item, sender)) = job else { return };
        // Nobody listens any more once `take` has failed.
        let _ = sender.send(work(item));
    }
}

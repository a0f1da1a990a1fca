//! Work on many items at once, on every core of the machine.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The stack of a worker, as large as a main thread's: whatever is nested up to its limit fits.
const STACK: usize = 8 * 1024 * 1024;

/// `work` done on each item, on as many threads as the machine has cores; results in the order of the items. `first` is
/// done here while the other threads begin.
pub fn on_all_cores<I: Sync, T: Send>(items: &[I], first: impl FnOnce(), work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let take = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else {
                    return done;
                };
                done.push((at, work(item)));
            }
        };
        let workers: Vec<_> = (1..threads)
            // A thread that cannot be had is no trouble: this one goes on until all is done.
            .filter_map(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok())
            .collect();
        first();
        let mut results = take();
        for worker in workers {
            // Workers do not panic: the lints see to that.
            results.extend(worker.join().unwrap_or_default());
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

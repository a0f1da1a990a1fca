//! Speed, as ratios to a peer measured in the same run: `cargo bench`.
//!
//! A word behind `--` picks a part: `cargo bench -- evaluate`. Each figure is the least of several rounds, which is
//! the one least disturbed by what else the machine does.

mod check;
mod editor;
mod entries;
mod evaluate;
mod large;
mod read;

use std::time::{Duration, Instant};

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // `cargo test --benches` builds and starts this too; measuring is for `cargo bench`.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{}, {cores} cores, {}", jiff::Timestamp::now().strftime("%Y-%m-%d"), std::env::consts::ARCH);
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let all: [(&str, fn()); 6] = [
        ("editor", editor::run),
        ("check", check::run),
        ("evaluate", evaluate::run),
        ("entries", entries::run),
        ("read", read::run),
        ("large", large::run),
    ];
    for (name, run) in all {
        if parts.is_empty() || parts.iter().any(|part| part == name) {
            run();
        }
    }
}

/// The least time of `rounds` runs.
fn least(rounds: usize, mut work: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

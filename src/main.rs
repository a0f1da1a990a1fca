//! The `eligc` command.

use std::process::ExitCode;

/// Checking is many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    eligc::cli::run(std::env::args_os())
}

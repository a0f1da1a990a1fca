//! The `eligc` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    eligc::cli::run(std::env::args_os())
}

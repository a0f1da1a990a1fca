//! The command line: reads, calls the library, writes, and says by its exit code how it went.

mod args;
mod check;
mod checked;
mod compile;
mod edit_checks;
mod eval;
mod exit_code;
mod explain;
mod files;
mod findings;
mod fix;
mod fmt;
pub mod ids;
mod io;
mod levels;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
mod read;
mod status;
mod table;
mod test;
mod vocab;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
pub use exit_code::{CLEAN, COULD_NOT_RUN, FINDINGS};
use io::{Failure, Out};

/// Runs the command line; every outcome is an exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            // A closed pipe behind `--help` is no mistake.
            let _ = error.print();
            return ExitCode::from(if wrong { COULD_NOT_RUN } else { CLEAN });
        }
    };
    let mut out = Out::new(cli.color);
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &mut out),
        Command::Compile(args) => compile::run(args, &mut out),
        Command::Eval(args) => eval::run(args, &mut out),
        Command::Test(args) => test::run(args, &mut out),
        Command::Fmt(args) => fmt::run(args, &mut out),
        Command::New(args) => new::run(args, &mut out),
        Command::Status(args) => status::run(args, &mut out),
        Command::Read(args) => read::run(args, &mut out),
        Command::Vocab(args) => vocab::run(args, &mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(args),
        Command::Completions { shell } => completions(*shell, &mut out),
    };
    let result = result.and_then(|code| out.finish().map(|()| code));
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Failure(message)) => {
            io::complain(&message);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn completions(shell: clap_complete::Shell, out: &mut Out) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "eligc", &mut script);
    out.bytes(&script)?;
    Ok(CLEAN)
}

/// The command line as a whole, for the reference page and its test.
pub fn command() -> clap::Command {
    Cli::command()
}

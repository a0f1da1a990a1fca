//! The command line: reads, calls the library, writes, and says by its exit code how it went.

mod check;
mod compile;
mod eval;
mod explain;
mod files;
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
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use io::{Failure, Out};
use levels::Levels;

/// Nothing to complain of.
pub const CLEAN: u8 = 0;
/// The program has errors, an example failed, or a record could not be used.
pub const FINDINGS: u8 = 1;
/// A file cannot be read or written, or the command line is wrong.
pub const COULD_NOT_RUN: u8 = 2;

const EXIT_CODES: &str = "Exit codes:\n  0  clean\n  1  findings: an error in the program, a failed example, a record that could not be used\n  2  could not run: a wrong command line, a file that cannot be read or written\n\nThe exit code is the same when the reader of the output goes away (`| head`); `eval` then stops at the record it is at.\n\n`-` is standard input; a named pipe is given up when nothing writes to it for ten seconds. Colour is on only where output is a terminal; NO_COLOR turns it off, CLICOLOR_FORCE=1 turns it on everywhere.";

#[cfg(feature = "lsp")]
const LSP_HELP: &str = "An editor starts it for files that end in .elig, with the command `eligc lsp` and nothing else, and stops it when the last of them is closed. In Neovim:\n\n  vim.lsp.start({ name = 'eligc', cmd = { 'eligc', 'lsp' } })\n\nEverything else is settled between the two of them. docs/lsp.md says what the editor can ask for.\n\nExit codes:\n  0  the editor has ended the session in order\n  1  the editor went away without a word\n  2  could not run";

/// Compiles clinical-trial eligibility criteria and screens patients against them.
#[derive(Debug, Parser)]
#[command(name = "eligc", version, about, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto)]
    color: ColorWhen,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check trials and vocabularies for mistakes
    Check(CheckArgs),
    /// Compile a trial to its decision tree (JSON, format elig-tree/2)
    Compile(CompileArgs),
    /// Screen patients: verdicts with reasons
    Eval(EvalArgs),
    /// Run the `example` blocks of trials
    Test(TestArgs),
    /// Lay out trials and vocabularies in the one style
    Fmt(FmtArgs),
    /// Begin a trial: a starter file, or a draft from a registry record
    New(NewArgs),
    /// Say how many criteria are encoded, judged by a person, or still to do
    Status(StatusArgs),
    /// Read a trial back as plain English: what the compiler understood
    Read(ReadArgs),
    /// List, search and explain the names of the vocabulary
    Vocab(VocabArgs),
    /// Explain a diagnostic code
    Explain(ExplainArgs),
    #[cfg(feature = "lsp")]
    /// Serve an editor: the Language Server Protocol over standard input and output
    #[command(after_help = LSP_HELP)]
    Lsp(LspArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorWhen {
    /// On a terminal, unless NO_COLOR or CLICOLOR=0 is set; anywhere with CLICOLOR_FORCE=1
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Files, and folders whose .elig files are meant (ignore files are honoured); `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
    #[command(flatten)]
    levels: Levels,
    /// Make the edits that change no meaning; standard input is corrected to standard output
    #[arg(long)]
    fix: bool,
    /// Show the edits of --fix as a diff and write nothing
    #[arg(long)]
    diff: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// With the source, labels and help
    Human,
    /// One line each
    Short,
    /// One JSON document, elig-diagnostics/1
    Json,
    /// the standard SARIF 2.1.0, for code hosts and viewers
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Args)]
struct CompileArgs {
    /// The trial; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where the tree goes; standard output when left out
    #[arg(short, long, value_name = "TREE.json")]
    output: Option<PathBuf>,
    #[command(flatten)]
    levels: Levels,
}

#[derive(Debug, Args)]
struct EvalArgs {
    /// A trial (.elig) or a compiled tree (.json); `-` is standard input
    #[arg(value_name = "TREE-or-ELIG")]
    program: PathBuf,
    /// Patients: NDJSON, or a JSON array; `-` is standard input
    #[arg(value_name = "RECORDS")]
    records: PathBuf,
    /// How verdicts are printed
    #[arg(long, value_enum, default_value_t = EvalFormat::Human)]
    format: EvalFormat,
    /// Leave criteria of later stages than this anchor out
    #[arg(long, value_name = "ANCHOR")]
    stage: Option<String>,
    /// Kinds and groups of entry that an absent record key means none of (for records drawn from a complete source)
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    closed: Vec<String>,
    /// `canonical`: numbers without a unit are in the fact's canonical unit
    #[arg(long, value_enum)]
    units: Option<UnitsWhen>,
    /// Show every criterion of every patient with what decided it
    #[arg(long)]
    details: bool,
    #[command(flatten)]
    levels: Levels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitsWhen {
    /// The fact's canonical unit
    Canonical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EvalFormat {
    /// A table for people
    Human,
    /// One JSON object a line and patient
    Json,
}

#[derive(Debug, Args)]
struct TestArgs {
    /// The trials, and folders of them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Run only examples whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Name the examples that passed too
    #[arg(long)]
    verbose: bool,
    #[command(flatten)]
    levels: Levels,
}

/// Lay out trials and vocabularies in the one style
///
/// Files are rewritten in place; standard input goes to standard output. Comments stay where they are, and a
/// statement that holds an error is left as it is. The style is told in docs/fmt.md.
#[derive(Debug, Args)]
struct FmtArgs {
    /// Files, and folders whose .elig files are meant (ignore files are honoured); `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing; name the files that would change, and exit with 1 when there are any
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change as a diff, and exit with 1 when anything would
    #[arg(long)]
    diff: bool,
}

#[derive(Debug, Args)]
struct NewArgs {
    /// The file to write; standard output when left out or `-`
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// A registry record: text, JSON or XML of ClinicalTrials.gov, JSON of CTIS, XML of ICTRP. Each criterion becomes a
    /// `todo` with its number and words; `-` is standard input. The exit code is 1 when something is left for you to settle
    #[arg(long, value_name = "RECORD")]
    from: Option<PathBuf>,
    /// The study to take from a record file that holds several, by its number: NCT01234567
    #[arg(long, value_name = "NUMBER", requires = "from")]
    study: Option<String>,
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct StatusArgs {
    /// Trials, and folders whose .elig files are meant; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How the counts are printed
    #[arg(long, value_enum, default_value_t = StatusFormat::Human)]
    format: StatusFormat,
    #[command(flatten)]
    levels: Levels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusFormat {
    /// A table, and the list of what is to do
    Human,
    /// One JSON object
    Json,
}

#[derive(Debug, Args)]
struct ReadArgs {
    /// The trial; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How the reading is written
    #[arg(long, value_enum, default_value_t = ReadFormat::Text)]
    format: ReadFormat,
    /// Where it goes; standard output when left out
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Only the criterion or note of this number
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Draw the decisions of each criterion instead: Mermaid, DOT, or SVG (of several criteria, a page of them)
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "format")]
    tree: Option<TreeKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TreeKind {
    /// Mermaid flowcharts; of several criteria, in Markdown
    Mermaid,
    /// DOT graphs for Graphviz
    Dot,
    /// An image; of several criteria, one HTML page
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReadFormat {
    /// Plain text, wrapped to the terminal
    Text,
    /// Markdown
    Markdown,
    /// One HTML page that needs no other file
    Html,
}

#[derive(Debug, Args)]
struct VocabArgs {
    /// A name, a code or a word to search for; everything when left out
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// A trial or vocabulary whose own declarations are shown too
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
struct LspArgs {
    /// Accepted and without effect, for editors that pass it: standard input and output are what is used anyway
    #[arg(long)]
    stdio: bool,
    /// Keep a record of the session in this file
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// A code such as E0301, or its name such as wrong-dimension; all codes when left out
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command line; every outcome is an exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            // A closed pipe behind `--help` is nobody's mistake.
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

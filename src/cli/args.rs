//! What may be on the command line, and how it is told there.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::io::ColorWhen;
use super::levels::Levels;

const EXIT_CODES: &str = "Exit codes:\n  0  clean\n  1  findings: an error in the program, a failed example, a record that could not be used\n  2  could not run: a wrong command line, a file that cannot be read or written\n\nThe exit code is the same when the reader of the output goes away (`| head`); `eval` then stops at the record it is at.\n\n`-` is standard input; a named pipe is given up when nothing writes to it for ten seconds. Colour is on only where output is a terminal; NO_COLOR turns it off, CLICOLOR_FORCE=1 turns it on everywhere.";

#[cfg(feature = "lsp")]
const LSP_HELP: &str = "An editor starts it for files that end in .elig, with the command `eligc lsp` and nothing else, and stops it when the last of them is closed. In Neovim:\n\n  vim.lsp.start({ name = 'eligc', cmd = { 'eligc', 'lsp' } })\n\nEverything else is settled between the two of them. docs/lsp.md says what the editor can ask for.\n\nExit codes:\n  0  the editor has ended the session in order\n  1  the editor went away without a word\n  2  could not run";

/// Compiles clinical-trial eligibility criteria and screens patients against them.
#[derive(Debug, Parser)]
#[command(name = "eligc", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check trials and vocabularies for mistakes
    Check(CheckArgs),
    /// Compile a trial to its decision tree (JSON, format elig-tree/3)
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

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files, and folders whose .elig files are meant (ignore files are honoured); `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    #[command(flatten)]
    pub levels: Levels,
    /// Make the edits that change no meaning; standard input is corrected to standard output
    #[arg(long)]
    pub fix: bool,
    /// Show the edits of --fix as a diff and write nothing
    #[arg(long)]
    pub diff: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
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
pub(super) struct CompileArgs {
    /// The trial; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the tree goes; standard output when left out
    #[arg(short, long, value_name = "TREE.json")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub levels: Levels,
}

#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// A trial (.elig) or a compiled tree (.json); `-` is standard input
    #[arg(value_name = "TREE-or-ELIG")]
    pub program: PathBuf,
    /// Patients: NDJSON, or a JSON array; `-` is standard input
    #[arg(value_name = "RECORDS")]
    pub records: PathBuf,
    /// How verdicts are printed
    #[arg(long, value_enum, default_value_t = EvalFormat::Human)]
    pub format: EvalFormat,
    /// Leave criteria of later stages than this anchor out
    #[arg(long, value_name = "ANCHOR")]
    pub stage: Option<String>,
    /// Kinds and groups of entry that an absent record key means none of (for records drawn from a complete source)
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub closed: Vec<String>,
    /// `canonical`: numbers without a unit are in the fact's canonical unit
    #[arg(long, value_enum)]
    pub units: Option<UnitsWhen>,
    /// Show every criterion of every patient with what decided it
    #[arg(long)]
    pub details: bool,
    /// List what contradicts itself instead of verdicts: the edit checks that each record fails, with the values to query.
    /// All checks of a trial and its vocabulary are asked. The exit code is 1 when any fails
    #[arg(long, conflicts_with_all = ["stage", "details"])]
    pub edit_checks: bool,
    #[command(flatten)]
    pub levels: Levels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitsWhen {
    /// The fact's canonical unit
    Canonical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EvalFormat {
    /// A table for people
    Human,
    /// One JSON object a line and patient; with --edit-checks a line for each check that fails
    Json,
    /// With --edit-checks only: a header, and a row for each value to query
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// The trials, and folders of them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Run only examples whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// Name the examples that passed too
    #[arg(long)]
    pub verbose: bool,
    #[command(flatten)]
    pub levels: Levels,
}

/// Lay out trials and vocabularies in the one style
///
/// Files are rewritten in place; standard input goes to standard output. Comments stay where they are, and a
/// statement that holds an error is left as it is. The style is told in docs/fmt.md.
#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files, and folders whose .elig files are meant (ignore files are honoured); `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write nothing; name the files that would change, and exit with 1 when there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing; show what would change as a diff, and exit with 1 when anything would
    #[arg(long)]
    pub diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The file to write; standard output when left out or `-`
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// A registry record: text, JSON or XML of ClinicalTrials.gov, JSON of CTIS, XML of ICTRP. Each criterion becomes a
    /// `todo` with its number and words; `-` is standard input. The exit code is 1 when something is left for you to settle
    #[arg(long, value_name = "RECORD")]
    pub from: Option<PathBuf>,
    /// The study to take from a record file that holds several, by its number: NCT01234567
    #[arg(long, value_name = "NUMBER", requires = "from")]
    pub study: Option<String>,
    /// Write over a file that is there already
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct StatusArgs {
    /// Trials, and folders whose .elig files are meant; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How the counts are printed
    #[arg(long, value_enum, default_value_t = StatusFormat::Human)]
    pub format: StatusFormat,
    #[command(flatten)]
    pub levels: Levels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StatusFormat {
    /// A table, and the list of what is to do
    Human,
    /// One JSON object
    Json,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// The trial; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How the reading is written
    #[arg(long, value_enum, default_value_t = ReadFormat::Text)]
    pub format: ReadFormat,
    /// Where it goes; standard output when left out
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Only the criterion or note of this number
    #[arg(long, value_name = "ID")]
    pub only: Option<String>,
    /// Draw the decisions of each criterion instead: Mermaid, DOT, or SVG (of several criteria, a page of them)
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "format")]
    pub tree: Option<TreeKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TreeKind {
    /// Mermaid flowcharts; of several criteria, in Markdown
    Mermaid,
    /// DOT graphs for Graphviz
    Dot,
    /// An image; of several criteria, one HTML page
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReadFormat {
    /// Plain text, wrapped to the terminal
    Text,
    /// Markdown
    Markdown,
    /// One HTML page that needs no other file
    Html,
}

#[derive(Debug, Args)]
pub(super) struct VocabArgs {
    /// A name, a code or a word to search for; everything when left out
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// A trial or vocabulary whose own declarations are shown too
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// Accepted and without effect, for editors that pass it: standard input and output are what is used anyway
    #[arg(long)]
    pub stdio: bool,
    /// Keep a record of the session in this file
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A code such as E0301, or its name such as wrong-dimension; all codes when left out
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

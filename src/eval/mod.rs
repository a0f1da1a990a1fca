//! Decision tree x record = verdict, three-valued, with its reasons.
//!
//! ```text
//! bytes --split--> raw record --read--> Record --screen--> Verdict          (fast: stops at the first fail)
//!                                         |
//!                                         +------evaluate--> Evaluation     (everything: evidence, reasons, missing)
//! ```
//!
//! [`Program`] is a [`crate::tree::DecisionTree`] made ready to run. It is made once and shared between threads:
//!
//! ```
//! use eligc::eval::{EvalOptions, Program, ReadOptions, Record, Verdict};
//! use eligc::tree::DecisionTree;
//! # let source = "trial DEMO \"a demonstration\" { anchor screening }\nuse sle\nrequire [I1] sledai2k >= 8\n";
//! # let checked = eligc::check::check_text("demo.elig", source);
//! # let demo = eligc::tree::lower::lower(checked.program.as_ref().expect("sound"), &checked.sources);
//! # let json = demo.to_json();
//!
//! // What `eligc compile` writes.
//! let program = Program::new(DecisionTree::from_json(&json)?)?;
//! let lines = [
//!     r#"{"id": "P-1", "facts": {"sledai2k": 8}}"#,
//!     r#"{"id": "P-2", "facts": {"sledai2k": 7}}"#,
//!     r#"{"id": "P-3", "facts": {}}"#,
//! ];
//! let screen = |lines: &[&str]| {
//!     // One record's memory serves for all.
//!     let (mut record, options) = (Record::default(), ReadOptions::default());
//!     let mut verdict = |line: &&str| {
//!         program.read_into(line.as_bytes(), &options, &mut record)?;
//!         Ok(program.screen(&record))
//!     };
//!     lines.iter().map(|line| verdict(line)).collect::<Result<Vec<_>, eligc::eval::RecordError>>()
//! };
//! let (first, last) = std::thread::scope(|scope| {
//!     let other = scope.spawn(|| screen(&lines[2..]));
//!     (screen(&lines[..2]), other.join().expect("no panic"))
//! });
//! assert_eq!(first?, [Verdict::Eligible, Verdict::Ineligible]);
//! assert_eq!(last?, [Verdict::Undetermined]);
//!
//! // Everything there is to say of one record.
//! let record = program.read(lines[2].as_bytes(), &ReadOptions::default())?;
//! let evaluation = program.evaluate(&record, &EvalOptions::default());
//! assert_eq!(evaluation.missing[0].item, "sledai2k");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod age;
mod blanks;
mod choices;
mod completion;
mod derived;
mod display;
mod evaluate;
mod evidence;
mod examples;
mod fast_path;
mod fast_values;
mod interpreter;
mod items;
mod json;
mod kleene;
mod minimal_sets;
mod name_table;
mod partial_eval;
mod problem;
mod program;
mod quantity;
mod read;
mod record;
mod report;
mod satisfiable;
mod screen;
mod stream;
mod time;
mod units;
mod unknown;
mod uses;
mod values;
mod witness;

pub use crate::typed::{Outcome, Verdict};
pub use display::test as test_text;
pub use evaluate::EvalOptions;
pub use examples::unmet;
pub use problem::{RecordError, RecordErrorKind, RecordProblem};
pub use program::{Program, ProgramError};
pub use read::ReadOptions;
pub use record::{Record, RecordId};
pub use report::{
    CriterionResult, Decisive, Evaluation, Evidence, Found, Missing, Note, Reason, Shown, StageVerdict, Why, Window,
    outcome_word, verdict_word,
};
pub use stream::{Layout, MAX_RECORD, RawRecord, Records, SplitProblem};

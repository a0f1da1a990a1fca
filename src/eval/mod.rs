//! Decision tree x record = verdict, three-valued, with its reasons.
//!
//! ```text
//! bytes --split--> raw record --read--> Record --screen--> Verdict          (fast: stops at the first fail)
//!                                         |
//!                                         +------evaluate--> Evaluation     (everything: evidence, reasons, missing)
//! ```
//!
//! [`Evaluator`] is a [`crate::tree::DecisionTree`] made ready to run. It is made once and shared between threads:
//!
//! ```
//! use eligc::explain::EvalOptions;
//! use eligc::eval::Evaluator;
//! use eligc::ir::Verdict;
//! use eligc::record::{ReadOptions, Record};
//! use eligc::tree::DecisionTree;
//! # let source = "trial DEMO \"a demonstration\" { anchor screening }\nuse sle\nrequire [I1] sledai2k >= 8\n";
//! # let checked = eligc::driver::check_text("demo.elig", source);
//! # let demo = eligc::lower::lower(checked.program.as_ref().expect("sound"), &checked.sources);
//! # let json = demo.to_json();
//!
//! // What `eligc compile` writes.
//! let program = Evaluator::new(DecisionTree::from_json(&json)?)?;
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
//!     lines.iter().map(|line| verdict(line)).collect::<Result<Vec<_>, eligc::record::RecordError>>()
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

pub(crate) mod age;
pub(crate) mod code;
mod compile;
pub(crate) mod entries;
pub(crate) mod evaluator;
pub(crate) mod fast_path;
pub(crate) mod here;
pub(crate) mod interpreter;
pub(crate) mod quantity;
mod results;
pub(crate) mod screen;
pub(crate) mod time;
pub(crate) mod uses;

pub use compile::EvaluatorError;
pub use evaluator::Evaluator;

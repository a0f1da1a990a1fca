#![doc = include_str!("../README.md")]
//!
//! # In Rust
//!
//! ```
//! use eligc::{Evaluator, ReadOptions, Verdict, compile};
//!
//! let tree = compile("demo.elig", "require [I7] sledai2k >= 7\nexclude [E9] any car_t")?;
//! let evaluator = Evaluator::new(tree)?;
//! let record = br#"{"id": "P-001", "facts": {"sledai2k": 10, "car_t": []}}"#;
//! let record = evaluator.read(record, &ReadOptions::default())?;
//! assert_eq!(evaluator.screen(&record), Verdict::Eligible);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`compile`] gives the [`DecisionTree`], [`DecisionTree::to_json`] what `eligc compile` writes. [`check_text`] gives the
//! diagnostics, [`Evaluator::evaluate`] everything there is to say of a record, [`Records`] the records of a stream.
//!
//! What is named on this page is the crate's interface. The modules behind it are the compiler itself, for its tests, its
//! benches and its own binary; they change without notice.

// The parser that pest makes without its `std` feature, whose stack probe costs a tenth of the time, says `::alloc`.
// Nesting is bounded before pest runs: `syntax::MAX_DEPTH`.
extern crate alloc;

mod api;

pub use api::{CompileError, compile};
pub use diag::{Code, Diagnostic, Fix, Label, Safety, Severity};
pub use driver::{Checked, check_file, check_text};
pub use eval::{Outcome, Program as Evaluator, ProgramError as EvaluatorError, Verdict};
pub use explain::{
    CriterionResult, Decisive, EvalOptions, Evaluation, Evidence, Found, Missing, Note, Reason, Shown, StageVerdict,
    Why,
};
pub use record::{
    Layout, MAX_RECORD, RawRecord, ReadOptions, Record, RecordError, RecordErrorKind, RecordId, RecordProblem, Records,
};
pub use resolve::{Loader, NoFiles};
pub use source::{FileId, SourceMap, Span};
pub use tree::DecisionTree;
pub use tree::json::TreeError;

#[doc(hidden)]
pub mod calendar;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod diagram;
#[doc(hidden)]
pub mod driver;
#[doc(hidden)]
pub mod eval;
#[doc(hidden)]
pub mod explain;
#[doc(hidden)]
pub mod fmt;
#[doc(hidden)]
pub mod ide;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod kleene;
#[doc(hidden)]
pub mod legible;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod narrate;
#[doc(hidden)]
pub mod number;
#[doc(hidden)]
pub mod parallel;
#[doc(hidden)]
pub mod record;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod save;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod temporal;
#[doc(hidden)]
pub mod tree;
#[doc(hidden)]
pub mod typed;
#[doc(hidden)]
pub mod units;
#[doc(hidden)]
pub mod vocab;

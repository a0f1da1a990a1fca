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

#[cfg(feature = "compile")]
mod api;

#[cfg(feature = "compile")]
pub use api::{CompileError, compile};
pub use diag::{Code, Diagnostic, Fix, Label, Safety, Severity};
#[cfg(feature = "compile")]
pub use driver::{Checked, check_file, check_text};
#[cfg(feature = "eval")]
pub use eval::{Evaluator, EvaluatorError};
#[cfg(feature = "eval")]
pub use explain::{
    CriterionResult, Decisive, DisplayValue, EvalOptions, Evaluation, Evidence, EvidenceItem, Missing, Note, Reason,
    StageVerdict, UnknownCause,
};
pub use ir::{Outcome, Verdict};
#[cfg(feature = "eval")]
pub use record::{
    Layout, MAX_RECORD, RawRecord, ReadOptions, Record, RecordError, RecordErrorKind, RecordId, RecordProblem, Records,
};
#[cfg(feature = "compile")]
pub use resolve::{Loader, NoFiles};
pub use source::{FileId, SourceMap, Span};
#[cfg(feature = "eval")]
pub use tree::DecisionTree;
#[cfg(feature = "eval")]
pub use tree::json::{TreeError, TreeErrorKind};

#[doc(hidden)]
pub mod abbreviation;
#[doc(hidden)]
pub mod calendar;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod diag;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod diagram;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod driver;
#[cfg(feature = "eval")]
#[doc(hidden)]
pub mod eval;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod examples;
#[cfg(feature = "eval")]
#[doc(hidden)]
pub mod explain;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod fmt;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod ide;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod kleene;
#[doc(hidden)]
pub mod legible;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod lint;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod lower;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod narrate;
#[doc(hidden)]
pub mod number;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod parallel;
#[cfg(feature = "eval")]
#[doc(hidden)]
pub mod record;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod resolve;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod save;
#[doc(hidden)]
pub mod source;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod syntax;
#[cfg(feature = "eval")]
#[doc(hidden)]
pub mod tree;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod typed;
#[doc(hidden)]
pub mod units;
#[cfg(feature = "compile")]
#[doc(hidden)]
pub mod vocab;

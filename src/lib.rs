// The links of README.md as they lead from `target/doc/eligc/`: of two definitions of a link the first counts.
//! [architecture]: ../../../docs/architecture.md
//! [changelog]: ../../../docs/changelog.md
//! [cli]: ../../../docs/cli.md
//! [contributing]: ../../../docs/contributing.md
//! [diagnostics]: ../../../docs/diagnostics.md
//! [diagnostics index]: ../../../docs/errors/README.md
//! [diagnostics schema]: ../../../docs/diagnostics.schema.json
//! [editors]: ../../../docs/editors.md
//! [fmt]: ../../../docs/fmt.md
//! [language]: ../../../docs/language.md
//! [licence]: ../../../LICENSE
//! [lsp]: ../../../docs/lsp.md
//! [reading]: ../../../docs/reading.md
//! [records]: ../../../docs/records.md
//! [tree]: ../../../docs/tree.md
//! [tree schema]: ../../../docs/tree.schema.json
//! [trials]: ../../../docs/trials.md
//! [units]: ../../../docs/units.md
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
//! | from | to | with |
//! | --- | --- | --- |
//! | a text | its decision tree | [`compile`] |
//! | a text | what is wrong with it, each with its place and edits | [`check_text`]; [`check_file`] where it uses other files |
//! | diagnostics | text for people or programs | [`render`] |
//! | a tree | JSON (`elig-tree/3`), and back | [`DecisionTree::to_json`], [`DecisionTree::from_json`] |
//! | a tree | an evaluator, for any number of threads | [`Evaluator::new`] |
//! | a stream | its records, one at a time | [`Records`], [`Evaluator::read_raw`] |
//! | a record | its verdict | [`Evaluator::screen`] |
//! | a record | every outcome with evidence or reasons, and what is missing | [`Evaluator::evaluate`] |
//! | a record | the edit checks that it fails | [`Evaluator::failed_edit_checks`] |
//!
//! What a record has to look like is told in docs/records.md, what an [`Evaluation`] says, as data or as JSON, on its own page.
//! Numbers come in with their UCUM unit and go out in the canonical unit of their fact; dates are `2026-03-01`, or a month or a
//! year. Nothing here reads a file, writes to a stream or looks at a clock, and nothing panics on any text.
//!
//! # Features
//!
//! `eval` has trees, records and the evaluator; `compile` adds texts and diagnostics; `cli` and `lsp`, both on by default, the
//! command line and the language server. An embedder takes `default-features = false, features = ["compile"]`.
//!
//! # What may change
//!
//! What is named on this page is the crate's interface. The modules behind it are the compiler itself, for its tests, its
//! benches and its own binary; they change without notice, the typed program of docs/typed.md with the language.
//!
//! - Enums that may grow are `#[non_exhaustive]`: [`Code`], [`UnknownCause`] and every error. [`Verdict`], [`Outcome`],
//!   [`Severity`] and [`RecordId`] are whole, and a `match` on all their variants goes on compiling.
//! - Structs that are only read are `#[non_exhaustive]`; options are written with `..Default::default()`.
//! - An error is an enum, or has a `kind` that is one. Codes and kinds have ids that stay (`E0305`, `impossible-value`); the
//!   words of messages are for people and may change.
//! - Forms for other programs carry their version (`elig-tree/3`, `elig-diagnostics/1`); [`TreeErrorKind::Version`] is what
//!   meets one that this crate does not read.

// The parser that pest makes without its `std` feature, whose stack probe costs a tenth of the time, says `::alloc`.
// Nesting is bounded before pest runs: `syntax::MAX_DEPTH`.
extern crate alloc;

#[cfg(feature = "compile")]
mod api;

#[cfg(feature = "compile")]
pub use api::{CompileError, compile};
#[cfg(feature = "compile")]
pub use diag::render;
pub use diag::{Code, Diagnostic, Fix, Label, Safety, Severity};
#[cfg(feature = "compile")]
pub use driver::{Checked, check_file, check_text};
#[cfg(feature = "eval")]
pub use eval::{Evaluator, EvaluatorError};
#[cfg(feature = "eval")]
pub use explain::{
    Conflict, CriterionResult, Decisive, DisplayValue, EvalOptions, Evaluation, Evidence, EvidenceItem, Missing, Note,
    Reason, StageVerdict, UnknownCause, Window,
};
pub use ir::{Outcome, Verdict};
#[cfg(feature = "eval")]
pub use record::{
    Layout, RawRecord, ReadOptions, Record, RecordError, RecordErrorKind, RecordId, RecordProblem, Records,
};
#[cfg(feature = "compile")]
pub use resolve::Loader;
pub use source::{FileId, LineColumn, SourceFile, SourceMap, Span};
#[cfg(feature = "eval")]
pub use tree::json::{TreeError, TreeErrorKind};
#[cfg(feature = "eval")]
pub use tree::{AnchorId, DecisionTree, KindId};

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

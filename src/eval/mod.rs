//! Decision tree x record = verdict, three-valued, with its reasons.
//!
//! ```text
//! bytes --split--> raw record --read--> Record --screen--> Verdict          (fast: stops at the first fail)
//!                                         |
//!                                         +------evaluate--> Evaluation     (everything: evidence, reasons, missing)
//! ```
//!
//! [`Program`] is a [`crate::tree::DecisionTree`] made ready to run. It is made once and shared between threads.

mod decide;
mod evaluate;
mod evidence;
mod json;
mod names;
mod problem;
mod program;
mod quantity;
mod read;
mod reason;
mod record;
mod reduce;
mod report;
mod run;
mod screen;
mod show;
mod split;
mod time;
mod tri;

pub use crate::typed::{Outcome, Verdict};
pub use evaluate::EvalOptions;
pub use problem::{RecordError, RecordErrorKind, RecordProblem};
pub use program::{Program, ProgramError};
pub use read::ReadOptions;
pub use record::{Record, RecordId};
pub use report::{
    CriterionResult, Decisive, Evaluation, Evidence, Found, Missing, Reason, Shown, StageVerdict, Why, Window,
    outcome_word, verdict_word,
};
pub use show::test as test_text;
pub use split::{Layout, MAX_RECORD, RawRecord, Records, SplitProblem};

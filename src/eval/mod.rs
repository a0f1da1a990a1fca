//! Decision tree x record = verdict, three-valued, with its reasons.
//!
//! ```text
//! bytes --split--> raw record --read--> Record --screen--> Verdict          (fast: stops at the first fail)
//!                                         |
//!                                         +------evaluate--> Evaluation     (everything: evidence, reasons, missing)
//! ```

pub(crate) mod age;
pub(crate) mod age_span;
pub(crate) mod anchor_time;
pub(crate) mod code;
mod compile;
pub(crate) mod conflict;
pub(crate) mod count;
pub(crate) mod course;
pub(crate) mod dose;
pub(crate) mod edit_checks;
pub(crate) mod entries;
pub(crate) mod evaluator;
pub(crate) mod fast_path;
pub(crate) mod gather_unread;
mod gather_uses;
pub(crate) mod here;
pub(crate) mod interpreter;
pub(crate) mod moment;
pub(crate) mod quantity;
pub(crate) mod recorded_total;
mod results;
pub(crate) mod screen;
pub(crate) mod select;
pub(crate) mod share;
pub(crate) mod stretch;
pub(crate) mod time;
pub(crate) mod unread;
pub(crate) mod uses;

pub use compile::EvaluatorError;
pub use evaluator::Evaluator;

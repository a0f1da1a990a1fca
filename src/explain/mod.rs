//! Everything there is to say of an evaluated record: what decided, what is unknown and why, and which few missing items
//! could still decide.

mod blanks;
mod choices;
mod chosen;
mod completion;
mod conflict;
mod courses;
mod derived;
mod display;
mod dose;
mod evaluate;
mod evidence;
mod found;
mod items;
mod minimal_sets;
mod partial_eval;
mod report;
mod satisfiable;
mod ticks;
mod unknown;
mod unread;
mod values;
mod witness;

pub use display::test as test_text;
pub use evaluate::EvalOptions;
pub use found::found_text;
pub use report::{
    Conflict, CriterionResult, Decisive, DisplayValue, Evaluation, Evidence, EvidenceItem, Missing, NotRead, Note,
    Reason, StageVerdict, UnknownCause, Window,
};

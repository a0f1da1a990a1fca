//! Patient records: from JSON to memory, every problem told with its place.
//!
//! ```text
//! bytes --stream--> raw record --load--> Record
//! ```
//!
//! A record is read for one decision tree ([`Schema`]): names become slots, values are brought to canonical units.

mod events;
pub(crate) mod fast_values;
mod json;
mod load;
pub(crate) mod model;
pub(crate) mod name_table;
mod problem;
pub(crate) mod schema;
mod stream;
pub(crate) mod units;

pub use load::ReadOptions;
pub use model::{Record, RecordId};
pub use problem::{RecordError, RecordErrorKind, RecordProblem};
pub use schema::Schema;
pub use stream::{Layout, MAX_RECORD, RawRecord, Records, SplitProblem};

//! The shapes of `elig-tree/3`, one struct an object. They know JSON and no meaning: names are text, numbers are text.

mod document;
mod node;
mod operand;
mod record;
mod test;

pub(super) use document::*;
pub(super) use node::*;
pub(super) use operand::*;
pub(super) use record::*;
pub(super) use test::*;

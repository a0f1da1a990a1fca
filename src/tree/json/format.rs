//! The versions of the wire form, and the limit of what it may hold.

/// The version written.
pub const FORMAT: &str = "elig-tree/3";

/// The versions read.
pub const FORMATS_READ: &[&str] = &[FORMAT];

/// The largest exponent of an [`ir::OperandKind::Power`](crate::ir::OperandKind::Power), either sign.
pub const MAX_POWER: i64 = 100;

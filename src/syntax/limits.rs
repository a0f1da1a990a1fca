//! The largest text and the deepest nesting that are read.

/// The largest source file read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The deepest nesting of brackets and `if`s.
pub const MAX_DEPTH: usize = 64;

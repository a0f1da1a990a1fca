//! The exit codes.

/// Nothing to complain of.
pub const CLEAN: u8 = 0;

/// The program has errors, an example failed, or a record could not be used.
pub const FINDINGS: u8 = 1;

/// A file cannot be read or written, or the command line is wrong.
pub const COULD_NOT_RUN: u8 = 2;

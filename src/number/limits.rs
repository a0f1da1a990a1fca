//! How long a number may be as it is written.

/// The most digits a literal may have; more is an error, so no input makes arithmetic slow.
pub const MAX_DIGITS: usize = 1000;

/// The largest size of a literal's exponent: `1e400` is read, `1e401` is an error.
pub const MAX_EXPONENT: i64 = 400;

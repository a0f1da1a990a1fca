//! Exact numbers: decimal text in, [`Rational`] values, exact decimal or fraction text out.
//!
//! Every bound, conversion factor and result is a rational number, so `3.3 >= 3 x 1.1` holds.
//! [`Interval`] is the set of values a censored or partly known quantity may have.

mod bound;
mod comparison;
mod decimal;
mod error;
mod interval;
mod limits;
mod logarithm;
mod product;
mod rational;
mod size;

pub use bound::Bound;
pub use comparison::{Comparison, Direction};
pub use error::NumberError;
pub use interval::Interval;
pub use limits::{MAX_DIGITS, MAX_EXPONENT};
pub use rational::Rational;

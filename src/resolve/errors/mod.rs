//! What is wrong with files, declarations and units: the words of `resolve`.

mod declarations;
mod extensions;
mod files;
mod units;

pub(crate) use declarations::*;
pub(crate) use extensions::*;
pub(crate) use files::*;
pub(crate) use units::*;

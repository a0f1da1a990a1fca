//! What is wrong with files, declarations and units: the words of `resolve`.

mod bearings;
mod declarations;
mod extensions;
mod files;
mod units;

pub(crate) use bearings::*;
pub(crate) use declarations::*;
pub(crate) use extensions::*;
pub(crate) use files::*;
pub(crate) use units::*;

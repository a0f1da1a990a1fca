//! What holds of every list of a tree, and how a place in one is named.

use std::collections::HashSet;

use crate::ir::Id;
use crate::tree::json::TreeError;

/// Nothing, or the first invariant that does not hold.
pub(super) type Result<T = ()> = std::result::Result<T, TreeError>;

pub(super) fn at(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

pub(super) fn distinct<'a>(path: &str, names: impl Iterator<Item = &'a str>) -> Result {
    let mut seen = HashSet::new();
    for (index, name) in names.enumerate() {
        if name.is_empty() {
            return Err(TreeError::new(at(path, index), "an empty name"));
        }
        if !seen.insert(name) {
            return Err(TreeError::new(at(path, index), format!("`{name}` is listed twice")));
        }
    }
    Ok(())
}

pub(super) fn ascending<I: Id + Ord>(path: &str, ids: &[I]) -> Result {
    if ids.is_sorted_by(|a, b| a < b) {
        Ok(())
    } else {
        Err(TreeError::new(path, "each is listed once, in the order of the record's lists"))
    }
}

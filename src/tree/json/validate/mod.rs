//! The invariants of a [`DecisionTree`].
//!
//! Two kinds of walk. Links: nodes lead down, filters lead to earlier tests, nesting is bounded; index order makes
//! each a single pass. Scopes: what a root can reach is checked against where it stands (the record, an entry of some
//! kinds, a result of a fact), with one visit a node and scope.

mod declarations;
mod dose;
mod links;
mod lists;
mod names;
mod roots;
mod scope;
mod select;
mod test;

use super::TreeError;
use crate::ir::EntryKind;
use crate::tree::{DecisionTree, Kind};
use declarations::{attributes, declared_fact, positive};
use links::links;
use lists::Result;
use names::names;
use test::Declared;

/// Checks everything.
pub(super) fn tree(tree: &DecisionTree) -> Result {
    names(tree)?;
    for (index, fact) in tree.facts.iter().enumerate() {
        declared_fact(&format!("record.facts[{index}]"), fact)?;
    }
    for (index, kind) in tree.kinds.iter().enumerate() {
        let path = format!("record.kinds[{index}]");
        attributes(&path, &kind.attributes, &["start", "end", "planned"])?;
        if kind.half_life.as_ref().is_some_and(|days| !positive(days)) {
            return Err(TreeError::new(path, "a half-life is more than nothing"));
        }
        if let Some((factor, of)) = &kind.equivalent {
            let chained = |other: &Kind| other.name == *of && other.equivalent.is_some();
            if kind.word != EntryKind::Drug || !positive(factor) || *of == kind.name {
                return Err(TreeError::new(path, "a drug is as much as more than nothing of another one"));
            }
            if tree.kinds.iter().any(chained) {
                return Err(TreeError::new(path, format!("`{of}` is itself given as an equivalent")));
            }
        }
    }
    for (index, test) in tree.tests.iter().enumerate() {
        Declared { tree, path: format!("tests[{index}]") }.test(test)?;
    }
    links(tree)?;
    scope::check(tree)?;
    if tree.criteria.is_empty() {
        return Err(TreeError::new("criteria", "there is none: every patient would be eligible"));
    }
    Ok(())
}

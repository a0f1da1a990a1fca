//! The conditions that a test refers to, each with the scope it is in.

use crate::ir::Child;
use crate::tree::{Branch, FactId, KindId, Test, TreeStage};

/// A root that a test refers to, and the scope it is in; `None` is the test's own scope.
pub(super) type Root = (Branch, Option<Scope>);

/// Where a condition stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// The record as a whole.
    Record,
    /// One entry of one of these kinds.
    Entry(Vec<KindId>),
    /// One result of this fact.
    Result(FactId),
}

pub(super) fn roots(test: &Test) -> Vec<Root> {
    let mut roots = Vec::new();
    test.children(&mut |child| child_roots(child, &mut roots));
    roots
}

fn child_roots(child: Child<'_, TreeStage>, roots: &mut Vec<Root>) {
    match child {
        Child::Operand(operand) => operand.children(&mut |child| child_roots(child, roots)),
        Child::Read(read) => roots.push((read.filter, Some(Scope::Result(read.fact)))),
        Child::Condition(condition) => roots.push((*condition, None)),
        Child::Entries(kinds, filter) | Child::Among(kinds, filter) => {
            roots.push((*filter, Some(Scope::Entry(kinds.to_vec()))));
        }
    }
}

//! Edit checks made ready to run: all of them in a row, so that a record which fails none is told in a few steps.

use std::collections::HashMap;

use super::code::{CheckId, FactRead, Node, Operand, OperandKind, Subject, Target, Test, TimeOf, WindowAnchor};
use super::fast_path::Instr;
use crate::ir::{Quantifier, Relation, Table};
use crate::kleene::Tri;
use crate::number::Comparison;
use crate::record::name_table::small;

/// The edit checks of an evaluator.
#[derive(Debug)]
pub(crate) struct EditChecks {
    /// For each check, where it begins among the evaluator's nodes.
    pub(crate) roots: Vec<Target>,
    /// All checks in a row: what cannot fail any more goes on to the next, so that most are left after a step.
    pub(super) nodes: Vec<Node>,
    pub(super) steps: Vec<Instr>,
    /// Where those begin that any record may fail.
    pub(super) of_values: Target,
    /// Where those begin that only a record with a dated result or two anchors fails.
    pub(super) of_dates: Target,
    /// Where those begin that only a record with an entry fails.
    pub(super) of_entries: Target,
    /// Where those begin that only a record with an entry marked as planned fails.
    pub(super) of_planned: Target,
    /// The roots of these.
    pub(crate) planned_roots: Vec<Target>,
}

impl EditChecks {
    /// Checks that begin at `roots` among `nodes`; `step` is the short form of a node.
    pub(crate) fn new(
        nodes: &[Node],
        tests: &Table<CheckId, Test>,
        roots: Vec<Target>,
        step: impl Fn(&Node) -> Instr,
    ) -> EditChecks {
        let (planned_roots, others): (Vec<Target>, Vec<Target>) =
            roots.iter().copied().partition(|root| is_of_planned(nodes, tests, *root));
        let (entries, others): (Vec<Target>, Vec<Target>) =
            others.into_iter().partition(|root| fails_only_by(nodes, tests, *root, without_entries));
        let (dates, values): (Vec<Target>, Vec<Target>) =
            others.into_iter().partition(|root| fails_only_by(nodes, tests, *root, without_dates));
        let mut row = Row { all: nodes, nodes: Vec::new() };
        let mut in_a_row =
            |roots: &[Target]| roots.iter().rev().fold(Target::UNKNOWN, |next, root| row.before(*root, next));
        let (of_values, of_dates) = (in_a_row(&values), in_a_row(&dates));
        let (of_entries, of_planned) = (in_a_row(&entries), in_a_row(&planned_roots));
        let nodes = row.nodes;
        EditChecks {
            roots,
            steps: nodes.iter().map(step).collect(),
            nodes,
            of_values,
            of_dates,
            of_entries,
            of_planned,
            planned_roots,
        }
    }
}

/// Whether a check does not fail where records take only these branches of its nodes.
fn fails_only_by(
    nodes: &[Node],
    tests: &Table<CheckId, Test>,
    root: Target,
    branches: impl Fn(&Node, Option<&Test>) -> [Target; 3],
) -> bool {
    let (mut open, mut seen) = (vec![root], vec![root]);
    while let Some(at) = open.pop() {
        if at == Target::NO {
            return false;
        }
        let Some(node) = nodes.get(at.0 as usize) else {
            continue;
        };
        for branch in branches(node, tests.get(node.check)) {
            if !seen.contains(&branch) {
                seen.push(branch);
                open.push(branch);
            }
        }
    }
    true
}

/// The branches that a record without entries may take: none of its kinds has one that counts.
fn without_entries(node: &Node, test: Option<&Test>) -> [Target; 3] {
    match test {
        Some(
            Test::Entries { op: Comparison::Ge, count: 1.., .. } | Test::Course { op: Comparison::Ge, count: 1.., .. },
        ) => [node.no, node.no, node.unknown],
        _ => [node.yes, node.no, node.unknown],
    }
}

/// The branches that a record with one anchor and without dated results may take.
fn without_dates(node: &Node, test: Option<&Test>) -> [Target; 3] {
    let unknown = match test {
        Some(Test::Window { of: TimeOf::Anchor(of), anchor: WindowAnchor::Date(anchor), .. }) => of != anchor,
        Some(Test::IsOneOf { subject: Subject::Fact(read), .. }) => needs_a_date(read),
        Some(Test::Compare { left, right, .. }) => operand_needs_a_date(left) || operand_needs_a_date(right),
        _ => false,
    };
    if unknown { [node.unknown; 3] } else { [node.yes, node.no, node.unknown] }
}

/// Whether a result without a date is not known to count.
fn needs_a_date(read: &FactRead) -> bool {
    read.quantifier == Quantifier::Latest && read.filter.plain == Some(Tri::Unknown)
}

fn operand_needs_a_date(operand: &Operand) -> bool {
    match &operand.kind {
        OperandKind::Fact(read, _) => needs_a_date(read),
        OperandKind::Coalesce { read, otherwise } => needs_a_date(read) && operand_needs_a_date(otherwise),
        OperandKind::Add(left, right) | OperandKind::Subtract(left, right) => {
            operand_needs_a_date(left) || operand_needs_a_date(right)
        }
        _ => false,
    }
}

/// Whether a check is that no entry is planned and begins before an anchor: only one marked as planned can be both.
fn is_of_planned(nodes: &[Node], tests: &Table<CheckId, Test>, root: Target) -> bool {
    let node = |target: Target| nodes.get(target.0 as usize);
    let test = |target: Target| tests.get(node(target)?.check);
    let Some(Test::Entries { kinds, choice: None, planned: true, op: Comparison::Ge, count: 1, .. }) = test(root)
    else {
        return false;
    };
    // Both windows are of one anchor, and the second is asked where the first one holds.
    let both = |filter: Target| {
        let (first, second) = (node(filter), node(filter).and_then(|first| node(first.yes)));
        let tests =
            first.zip(second).and_then(|(first, second)| Some((tests.get(first.check)?, tests.get(second.check)?)));
        let Some((
            Test::Window { of: TimeOf::Entry, relation: Relation::Planned, anchor: planned, .. },
            Test::Window { of: TimeOf::Entry, relation: Relation::Before, anchor: before, .. },
        )) = tests
        else {
            return false;
        };
        planned == before && first.is_some_and(|first| first.no == Target::NO && first.unknown != Target::YES)
    };
    node(root).is_some_and(|root| root.no != Target::NO && root.unknown != Target::NO)
        && kinds.iter().all(|(_, filter)| both(*filter))
}

/// Checks being put in a row, from the last one back.
struct Row<'n> {
    all: &'n [Node],
    nodes: Vec<Node>,
}

impl Row<'_> {
    /// Where a check begins that goes on to `next` unless it fails.
    fn before(&mut self, root: Target, next: Target) -> Target {
        let mut reached = vec![root];
        let mut at = 0;
        while let Some(target) = reached.get(at).copied() {
            at += 1;
            if let Some(node) = self.all.get(target.0 as usize) {
                for branch in [node.yes, node.no, node.unknown] {
                    if !reached.contains(&branch) {
                        reached.push(branch);
                    }
                }
            }
        }
        // A branch leads to a node of lower index.
        reached.sort_unstable();
        let mut copies: HashMap<Target, Target> = HashMap::new();
        for target in reached {
            let copy = match self.all.get(target.0 as usize) {
                None if target == Target::NO => Target::NO,
                None => next,
                Some(node) => {
                    let copy = |branch: Target| match copies.get(&branch) {
                        Some(copy) => *copy,
                        None if branch == Target::NO => Target::NO,
                        None => next,
                    };
                    let (yes, no, unknown) = (copy(node.yes), copy(node.no), copy(node.unknown));
                    if yes == no && no == unknown {
                        yes
                    } else {
                        self.nodes.push(Node { check: node.check, yes, no, unknown });
                        Target(small(self.nodes.len() - 1))
                    }
                }
            };
            copies.insert(target, copy);
        }
        copies.get(&root).copied().unwrap_or(next)
    }
}

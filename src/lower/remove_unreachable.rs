//! Nodes and tests that no criterion and no edit check reaches leave the tree.

use crate::ir::{Id, Table};
use crate::tree::{Branch, DecisionTree, Node, NodeId, TestId};

/// Drops nodes and tests that no criterion and no edit check reaches, keeping the order of the rest.
pub(super) fn sweep(tree: &mut DecisionTree) {
    let mut live_nodes: Table<NodeId, bool> = tree.nodes.iter().map(|_| false).collect();
    let mut live_tests: Table<TestId, bool> = tree.tests.iter().map(|_| false).collect();
    let criteria = tree.criteria.iter().map(|criterion| criterion.root);
    let mut open: Vec<Branch> = criteria.chain(tree.checks.iter().map(|check| check.root)).collect();
    while let Some(next) = open.pop() {
        let Branch::Node(id) = next else { continue };
        let Some(live) = live_nodes.get_mut(id) else {
            continue;
        };
        if std::mem::replace(live, true) {
            continue;
        }
        let Some(node) = tree.nodes.get(id) else {
            continue;
        };
        open.extend([node.yes, node.no, node.unknown]);
        let Some(live) = live_tests.get_mut(node.test) else {
            continue;
        };
        if !std::mem::replace(live, true)
            && let Some(test) = tree.tests.get_mut(node.test)
        {
            test.conditions_mut(&mut |root| open.push(*root));
        }
    }
    let nodes = renumbered(&live_nodes);
    let tests = renumbered(&live_tests);
    let next = |next: Branch| match next {
        Branch::Node(id) => Branch::Node(nodes.get(id).copied().unwrap_or(id)),
        Branch::Leaf(leaf) => Branch::Leaf(leaf),
    };
    retain(&mut tree.nodes, &live_nodes);
    retain(&mut tree.tests, &live_tests);
    for node in &mut tree.nodes {
        *node = Node {
            test: tests.get(node.test).copied().unwrap_or(node.test),
            yes: next(node.yes),
            no: next(node.no),
            unknown: next(node.unknown),
        };
    }
    for test in &mut tree.tests {
        test.conditions_mut(&mut |root| *root = next(*root));
    }
    for criterion in &mut tree.criteria {
        criterion.root = next(criterion.root);
    }
    for check in &mut tree.checks {
        check.root = next(check.root);
    }
}

fn renumbered<I: Id>(live: &Table<I, bool>) -> Table<I, I> {
    live.iter()
        .scan(0, |count, live| {
            let id = I::new(*count);
            *count += usize::from(*live);
            Some(id)
        })
        .collect()
}

fn retain<I: Id, T>(list: &mut Table<I, T>, live: &Table<I, bool>) {
    let mut live = live.iter();
    list.retain(|_| live.next().copied().unwrap_or(false));
}

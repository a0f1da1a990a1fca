//! Nodes and tests that no criterion reaches leave the tree.

use crate::tree::{Branch, DecisionTree, Node};

/// Drops nodes and tests that no criterion reaches, keeping the order of the rest.
pub(super) fn sweep(tree: &mut DecisionTree) {
    let mut live_nodes = vec![false; tree.nodes.len()];
    let mut live_tests = vec![false; tree.tests.len()];
    let mut open: Vec<Branch> = tree.criteria.iter().map(|criterion| criterion.root).collect();
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
}

fn renumbered(live: &[bool]) -> Vec<usize> {
    live.iter()
        .scan(0, |count, live| {
            let id = *count;
            *count += usize::from(*live);
            Some(id)
        })
        .collect()
}

fn retain<T>(list: &mut Vec<T>, live: &[bool]) {
    let mut live = live.iter();
    list.retain(|_| live.next().copied().unwrap_or(false));
}

//! Links: nodes lead down, filters lead to earlier tests, nesting is bounded.

use super::lists::{Result, at};
use super::roots::roots;
use crate::ir::{Child, Id, MAX_NESTING, Table};
use crate::tree::json::TreeError;
use crate::tree::{Branch, DecisionTree, NodeId, Operand, Test, TestId};

/// Links go down, and nesting is bounded.
pub(super) fn links(tree: &DecisionTree) -> Result {
    // The highest test that each node can reach.
    let mut reach: Table<NodeId, TestId> = Table::default();
    for (index, node) in tree.nodes.iter().enumerate() {
        let path = || at("nodes", index);
        if tree.tests.get(node.test).is_none() {
            return Err(TreeError::new(path(), format!("no test {}", node.test.place())));
        }
        let mut highest = node.test;
        for next in [node.yes, node.no, node.unknown] {
            let Branch::Node(branch) = next else { continue };
            // `reach` holds the nodes below this one.
            match reach.get(branch) {
                Some(below) => highest = highest.max(*below),
                None => {
                    return Err(TreeError::new(
                        path(),
                        format!("branch {} does not lead to a lower node", branch.place()),
                    ));
                }
            }
        }
        reach.push(highest);
    }
    for (index, criterion) in tree.criteria.iter().enumerate() {
        if let Branch::Node(root) = criterion.root
            && tree.nodes.get(root).is_none()
        {
            return Err(TreeError::new(format!("criteria[{index}].root"), format!("no node {}", root.place())));
        }
    }

    for (index, check) in tree.checks.iter().enumerate() {
        if let Branch::Node(root) = check.root
            && tree.nodes.get(root).is_none()
        {
            return Err(TreeError::new(format!("checks[{index}].root"), format!("no node {}", root.place())));
        }
    }

    // Depths, tests ascending; a node's depth is known once the highest test it reaches has one.
    let mut order: Vec<NodeId> = tree.nodes.ids().collect();
    order.sort_by_key(|node| (reach.get(*node).copied(), *node));
    let mut order = order.into_iter().peekable();
    let mut node_depth: Table<NodeId, usize> = tree.nodes.iter().map(|_| 0).collect();
    let mut test_depth: Table<TestId, usize> = Table::default();
    for (id, test) in tree.tests.entries() {
        let path = at("tests", id.place());
        let mut below = 0;
        for (root, _) in roots(test) {
            let Branch::Node(node) = root else { continue };
            match reach.get(node) {
                None => return Err(TreeError::new(path, format!("no node {}", node.place()))),
                Some(highest) if *highest >= id => {
                    return Err(TreeError::new(
                        path,
                        format!("node {} leads to test {}, which is not lower", node.place(), highest.place()),
                    ));
                }
                Some(_) => below = below.max(node_depth.get(node).copied().unwrap_or_default()),
            }
        }
        let depth = 1 + below + operands_depth(test);
        if depth > MAX_NESTING {
            return Err(TreeError::new(path, format!("filters and operands are nested more than {MAX_NESTING} deep")));
        }
        test_depth.push(depth);
        while let Some(node) = order.next_if(|node| reach.get(*node) == Some(&id)) {
            let Some(&here) = tree.nodes.get(node) else {
                continue;
            };
            let mut deepest = test_depth.get(here.test).copied().unwrap_or_default();
            for next in [here.yes, here.no, here.unknown] {
                if let Branch::Node(branch) = next {
                    deepest = deepest.max(node_depth.get(branch).copied().unwrap_or_default());
                }
            }
            if let Some(place) = node_depth.get_mut(node) {
                *place = deepest;
            }
        }
    }
    Ok(())
}

fn operands_depth(test: &Test) -> usize {
    fn depth(operand: &Operand) -> usize {
        let mut below = 0;
        operand.operands(&mut |inner| below = below.max(depth(inner)));
        below + 1
    }
    let mut deepest = 0;
    test.children(&mut |child| {
        if let Child::Operand(operand) = child {
            deepest = deepest.max(depth(operand));
        }
    });
    deepest
}

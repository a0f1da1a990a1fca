//! Links: nodes lead down, filters lead to earlier tests, nesting is bounded.

use super::lists::{Result, at};
use super::roots::roots;
use crate::ir::Child;
use crate::tree::json::{MAX_NESTING, TreeError};
use crate::tree::{Branch, DecisionTree, NodeId, Operand, Test, TestId};

/// Links go down, and nesting is bounded.
pub(super) fn links(tree: &DecisionTree) -> Result {
    // The highest test that each node can reach.
    let mut reach: Vec<TestId> = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let path = || at("nodes", index);
        if node.test >= tree.tests.len() {
            return Err(TreeError::new(path(), format!("no test {}", node.test)));
        }
        let mut highest = node.test;
        for next in [node.yes, node.no, node.unknown] {
            let Branch::Node(branch) = next else { continue };
            // `reach` holds the nodes below this one.
            match reach.get(branch) {
                Some(below) => highest = highest.max(*below),
                None => {
                    return Err(TreeError::new(path(), format!("branch {branch} does not lead to a lower node")));
                }
            }
        }
        reach.push(highest);
    }
    for (index, criterion) in tree.criteria.iter().enumerate() {
        if let Branch::Node(root) = criterion.root
            && root >= tree.nodes.len()
        {
            return Err(TreeError::new(format!("criteria[{index}].root"), format!("no node {root}")));
        }
    }

    // Depths, tests ascending; a node's depth is known once the highest test it reaches has one.
    let mut order: Vec<NodeId> = (0..tree.nodes.len()).collect();
    order.sort_by_key(|node| (reach.get(*node).copied(), *node));
    let mut order = order.into_iter().peekable();
    let mut node_depth: Vec<usize> = vec![0; tree.nodes.len()];
    let mut test_depth: Vec<usize> = Vec::with_capacity(tree.tests.len());
    for (index, test) in tree.tests.iter().enumerate() {
        let path = at("tests", index);
        let mut below = 0;
        for (root, _) in roots(test) {
            let Branch::Node(node) = root else { continue };
            match reach.get(node) {
                None => return Err(TreeError::new(path, format!("no node {node}"))),
                Some(highest) if *highest >= index => {
                    return Err(TreeError::new(
                        path,
                        format!("node {node} leads to test {highest}, which is not lower"),
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
        while let Some(node) = order.next_if(|node| reach.get(*node) == Some(&index)) {
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

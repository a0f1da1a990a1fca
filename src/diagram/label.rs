//! A test in a few words, with what its results or entries must be.

use crate::explain::test_text;
use crate::tree::{Branch, DecisionTree, Leaf, OperandKind, Test, TimeOf};

/// `at least 1 heart_failure (nyha is III or IV, within 6 months before screening)`
pub(super) fn test(tree: &DecisionTree, test: &Test) -> String {
    let mut parts = Vec::new();
    for filter in filters(test) {
        for part in conditions(tree, filter) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    let text = test_text(tree, test);
    if parts.is_empty() { text } else { format!("{text} ({})", parts.join(", ")) }
}

/// The conditions that choose results or entries.
fn filters(test: &Test) -> Vec<Branch> {
    let mut found = Vec::new();
    test.reads(&mut |read| found.push(read.filter));
    if let Test::Entries { filter, choice, .. } = test {
        found.extend(choice.iter().map(|choice| choice.among));
        found.push(*filter);
    }
    test.operands(&mut |operand| {
        if let OperandKind::DailyDose(dose) = &operand.kind {
            found.push(dose.filter);
        }
    });
    found
}

/// The parts of a condition that all must hold; one line for a condition of another shape.
fn conditions(tree: &DecisionTree, root: Branch) -> Vec<String> {
    let mut parts = Vec::new();
    let mut at = root;
    // A chain in which one answer of each test leads to no is a list of what must hold.
    while let Branch::Node(id) = at {
        let Some((node, test)) = tree.nodes.get(id).and_then(|node| Some((node, tree.tests.get(node.test)?))) else {
            return parts;
        };
        let text = part(tree, test);
        if node.no == Branch::Leaf(Leaf::No) {
            parts.extend(text);
            at = node.yes;
        } else if node.yes == Branch::Leaf(Leaf::No) {
            parts.extend(text.map(|text| format!("not {text}")));
            at = node.no;
        } else {
            let mut all = Vec::new();
            inside(tree, at, &mut all, &mut Vec::new());
            parts.push(format!("decided by: {}", all.join("; ")));
            return parts;
        }
    }
    parts
}

/// Every test below a node, each once.
fn inside(tree: &DecisionTree, root: Branch, found: &mut Vec<String>, seen: &mut Vec<Branch>) {
    let mut waiting = vec![root];
    while let Some(next) = waiting.pop() {
        let Branch::Node(id) = next else {
            continue;
        };
        if seen.contains(&next) {
            continue;
        }
        seen.push(next);
        let Some(node) = tree.nodes.get(id) else {
            continue;
        };
        if let Some(text) = tree.tests.get(node.test).and_then(|test| part(tree, test))
            && !found.contains(&text)
        {
            found.push(text);
        }
        waiting.extend([node.unknown, node.no, node.yes]);
    }
}

/// One test of a filter; nothing for the rule that holds where no window is asked.
fn part(tree: &DecisionTree, of: &Test) -> Option<String> {
    if matches!(of, Test::Window { of: TimeOf::Result, undated: true, .. }) {
        return None;
    }
    let text = test(tree, of);
    let bare = text.strip_prefix("the entry ").or_else(|| text.strip_prefix("the result "));
    Some(bare.unwrap_or(&text).to_owned())
}

//! A criterion of a decision tree in, its picture out.

use std::collections::HashMap;

use super::label;
use super::picture::{Answer, Edge, Node, Picture, Role};
use crate::tree::{Branch, DecisionTree, Leaf};

/// The picture of each criterion, in source order.
pub fn criteria(tree: &DecisionTree) -> Vec<Picture> {
    tree.criteria
        .iter()
        .map(|criterion| {
            let mut drawing = Drawing { tree, nodes: Vec::new(), edges: Vec::new(), known: HashMap::new() };
            drawing.node(criterion.root);
            Picture { title: criterion.id.clone(), nodes: drawing.nodes, edges: drawing.edges }
        })
        .collect()
}

struct Drawing<'t> {
    tree: &'t DecisionTree,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    known: HashMap<Branch, usize>,
}

impl Drawing<'_> {
    /// The index of a node, with everything behind it drawn. Without recursion: trees may be deep.
    fn node(&mut self, root: Branch) {
        let mut waiting = vec![root];
        self.index(root);
        while let Some(next) = waiting.pop() {
            let Branch::Node(id) = next else {
                continue;
            };
            let (Some(node), Some(from)) = (self.tree.nodes.get(id), self.known.get(&next).copied()) else {
                continue;
            };
            let mut edges: Vec<Edge> = Vec::new();
            for (answer, target) in [(Answer::Yes, node.yes), (Answer::No, node.no), (Answer::Unknown, node.unknown)] {
                if !self.known.contains_key(&target) {
                    waiting.push(target);
                }
                let to = self.index(target);
                match edges.iter_mut().find(|edge| edge.to == to) {
                    Some(edge) => edge.answers.push(answer),
                    None => edges.push(Edge { from, to, answers: vec![answer] }),
                }
            }
            self.edges.append(&mut edges);
        }
    }

    fn index(&mut self, next: Branch) -> usize {
        if let Some(known) = self.known.get(&next) {
            return *known;
        }
        let (text, role) = match next {
            Branch::Node(id) => {
                let test = self.tree.nodes.get(id).and_then(|node| self.tree.tests.get(node.test));
                (test.map(|test| label::test(self.tree, test)).unwrap_or_default(), Role::Test)
            }
            Branch::Leaf(Leaf::Pass | Leaf::Yes) => ("pass".to_owned(), Role::Pass),
            Branch::Leaf(Leaf::Fail | Leaf::No) => ("fail".to_owned(), Role::Fail),
            Branch::Leaf(Leaf::Unknown) => ("unknown".to_owned(), Role::Unknown),
        };
        let index = self.nodes.len();
        self.nodes.push(Node { text, role });
        self.known.insert(next, index);
        index
    }
}

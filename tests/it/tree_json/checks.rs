//! Edit checks and what bears on what: refused where they name nothing that is there.

use eligc::ir::Id;
use eligc::tree::{Branch, DecisionTree, Node};

use super::trees::*;

fn with_check(change: impl FnOnce(&mut DecisionTree)) -> String {
    let mut tree = everything();
    let root = Branch::Node(tree.nodes.push(Node { test: at(8), yes: YES, no: NO, unknown: UNKNOWN }));
    tree.checks.push(check(root));
    assert_eq!(tree.validate(), Ok(()));
    change(&mut tree);
    tree.validate().unwrap_err().to_string()
}

fn at<I: Id>(index: usize) -> I {
    I::new(index)
}

#[test]
fn checks_must_fit() {
    type Change = fn(&mut DecisionTree);
    let cases: [(&str, Change); 8] = [
        ("checks[0]: each is listed once, in the order", |t| t.checks[0].facts.reverse()),
        ("checks[0]: it names what is not listed", |t| t.checks[0].kinds = vec![at(99)]),
        ("checks[0]: it names what is not listed", |t| t.checks[0].anchors = vec![at(99)]),
        ("checks[0]: a check names at least one", |t| {
            let check = &mut t.checks[0];
            (check.facts, check.kinds, check.anchors) = Default::default();
        }),
        ("checks[0].source: lines are counted from 1", |t| t.checks[0].source.1 = 0),
        ("checks[0].root: no node 999", |t| t.checks[0].root = Branch::Node(at(999))),
        ("checks[0]: a filter or condition ends in yes, no or unknown", |t| t.checks[0].root = PASS),
        ("checks[1]: `1` is listed twice", |t| t.checks.push(t.checks[0].clone())),
    ];
    for (expected, change) in cases {
        let error = with_check(change);
        assert!(error.starts_with(expected), "{expected} <> {error}");
    }
}

#[test]
fn what_is_borne_on_must_be_listed() {
    for (name, wrong) in [("ana", "ana"), ("ana", "nothing")] {
        let error = with_check(|tree| {
            let fact = tree.facts.iter_mut().find(|fact| fact.name == name).unwrap();
            fact.bears_on = vec![wrong.to_owned()];
        });
        assert_eq!(error, format!("`bears_on` of `{name}`: `{wrong}` is no other fact or kind of the tree"));
    }
}

//! Generated trees and mutated documents.

use eligc::ir::{AgeUnit, Id, Length, Limit, Polarity, Relation};
use eligc::number::{Comparison, Rational};
use eligc::tree::{
    Age, AnchorId, Branch, DecisionTree, FactId, KindId, Node, NodeId, Operand, OperandKind, QuestionId, Subject, Test,
    TestId, TimeOf, WindowAnchor,
};
use eligc::units::TimeUnit;
use proptest::prelude::*;

use super::forms::{any_number_of_several, any_test_that_adds_up, any_window_anchor, filtered};
use super::trees::*;

pub(super) fn any_number() -> impl Strategy<Value = Rational> {
    (-1_000_000i64..1_000_000, 1i64..1_000).prop_map(|(top, bottom)| Rational::from_ratio(top, bottom).unwrap())
}

pub(super) fn any_op() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Ge,
        Comparison::Gt,
        Comparison::Le,
        Comparison::Lt,
        Comparison::Eq,
        Comparison::Ne,
    ])
}

fn any_length() -> impl Strategy<Value = Length> {
    let unit =
        prop::sample::select(vec![TimeUnit::Hour, TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year]);
    (any::<u32>(), unit).prop_map(|(n, unit)| Length::Calendar(n, unit))
}

pub(super) fn any_relation(entry: bool) -> impl Strategy<Value = Relation> {
    let of_date = prop_oneof![
        (prop::option::of(any_length()), prop::option::of(any_length()))
            .prop_map(|(before, after)| Relation::Within { before, after }),
        Just(Relation::Before),
        Just(Relation::After),
        Just(Relation::At),
        Just(Relation::UpTo),
        (any::<bool>(), any_length()).prop_map(|(strict, length)| Relation::EarlierBy { strict, length }),
        (any::<bool>(), any_length()).prop_map(|(strict, length)| Relation::LaterBy { strict, length }),
    ];
    let of_entry = prop_oneof![
        Just(Relation::Current),
        Just(Relation::Planned),
        any_length().prop_map(|length| Relation::Throughout { length }),
        (any::<bool>(), any_length()).prop_map(|(strict, length)| Relation::Lasting { strict, length }),
    ];
    (any::<bool>(), of_date, of_entry)
        .prop_map(move |(first, date, of_entry)| if first || !entry { date } else { of_entry })
}

/// Formulas over the score and a constant. `roots` are condition roots that may stand here.
pub(super) fn any_operand() -> impl Strategy<Value = Operand> {
    let leaf = prop_oneof![
        any_number().prop_map(|part| OperandKind::Number(part).into()),
        any_number_of_several(),
        Just(Operand::from(OperandKind::Fact(latest(1), None))),
        Just(Operand::from(OperandKind::Fact(latest(0), Some(Limit::Lln)))),
        Just(Operand::from(OperandKind::Age(Box::new(Age {
            unit: AgeUnit::Week,
            recorded: None,
            scales: (),
            from: FactId::at(5),
            to: AnchorId::at(2)
        })))),
    ];
    leaf.prop_recursive(5, 30, 3, |inner| {
        let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            pair.clone().prop_map(|(a, b)| Operand::from(OperandKind::Add(a, b))),
            pair.clone().prop_map(|(a, b)| Operand::from(OperandKind::Subtract(a, b))),
            pair.clone().prop_map(|(a, b)| Operand::from(OperandKind::Multiply(a, b))),
            pair.clone().prop_map(|(a, b)| Operand::from(OperandKind::Divide(a, b))),
            pair.prop_map(|(a, b)| Operand::from(OperandKind::If { condition: YES, then: a, otherwise: b })),
            (inner.clone(), -9i64..9)
                .prop_map(|(a, n)| Operand::from(OperandKind::Power(Box::new(a), Rational::from_i64(n)))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|part| OperandKind::Min(part).into()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|part| OperandKind::Max(part).into()),
            inner.prop_map(|otherwise| Operand::from(OperandKind::Coalesce {
                read: latest(0),
                otherwise: Box::new(otherwise)
            })),
        ]
    })
}

fn any_record_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        7 => any_test_that_adds_up(),
        7 => any_plain_test(),
    ]
}

fn any_plain_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        (any_operand(), any_op(), any_operand()).prop_map(|(left, op, right)| Test::Compare { left, op, right }),
        Just(Test::IsOneOf { subject: Subject::Fact(latest(2)), values: vec!["negative".to_owned()] }),
        Just(Test::IsYes { subject: Subject::Fact(latest(4)) }),
        (any_relation(false), any_window_anchor()).prop_map(|(relation, anchor)| Test::Window {
            of: TimeOf::Fact(latest(5)),
            relation,
            anchor,
            undated: false
        }),
        (any_relation(false), 0..3u32, 0..3u32).prop_map(|(relation, of, anchor)| Test::Window {
            of: TimeOf::Anchor(AnchorId::at(of)),
            relation,
            anchor: WindowAnchor::Date(AnchorId::at(anchor)),
            undated: false
        }),
        "\\PC{0,12}".prop_map(|text| Test::Todo { text }),
        Just(Test::Judged { question: QuestionId::at(0) }),
    ]
}

fn any_entry_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        (any_relation(true), any_window_anchor()).prop_map(|(relation, anchor)| Test::Window {
            of: TimeOf::Entry,
            relation,
            anchor,
            undated: false
        }),
        (any_op(), any_number()).prop_map(|(op, bound)| Test::Compare {
            left: Operand::from(OperandKind::Attribute("dose".to_owned())),
            op,
            right: Operand::from(OperandKind::Number(bound))
        }),
    ]
}

pub(super) fn any_tree() -> impl Strategy<Value = DecisionTree> {
    let entry_tests = prop::collection::vec(any_entry_test(), 1..5);
    let record_tests = prop::collection::vec(any_record_test(), 1..8);
    let links = prop::collection::vec((any::<usize>(), any::<[usize; 3]>()), 1..40);
    (entry_tests, record_tests, links, any::<bool>(), 0u32..4).prop_map(
        |(entry_tests, record_tests, links, distinct, count)| {
            let mut tree = declarations();
            let leaf = |pick: usize, leaves: [Branch; 3]| leaves.into_iter().cycle().nth(pick % 3).unwrap();
            let step = |pick: usize, from: usize, to: usize, leaves: [Branch; 3]| {
                if pick.is_multiple_of(2) || from == to {
                    leaf(pick / 2, leaves)
                } else {
                    Branch::Node(NodeId::new(from + pick / 2 % (to - from)))
                }
            };
            // Nodes of a filter on entries, then nodes of criteria.
            let (in_entries, of_criteria) = links.split_at(links.len() / 2);
            let tests = entry_tests.len();
            tree.tests = entry_tests.into();
            for (test, [yes, no, unknown]) in in_entries {
                let branch = |pick: usize| step(pick, 0, tree.nodes.len(), [YES, NO, UNKNOWN]);
                let (yes, no, unknown) = (branch(*yes), branch(*no), branch(*unknown));
                tree.nodes.push(Node { test: TestId::new(test % tests), yes, no, unknown });
            }
            let filter = tree.nodes.len().checked_sub(1).map_or(YES, |last| Branch::Node(NodeId::new(last)));
            tree.tests.push(Test::Entries {
                kinds: vec![KindId::at(2), KindId::at(3)],
                filter,
                distinct,
                choice: None,
                planned: count % 2 == 1,
                op: Comparison::Le,
                count,
            });
            tree.tests.extend(record_tests);
            if count % 2 == 0 {
                tree.tests.iter_mut().skip(tests + 1).for_each(|test| filtered(test, filter));
            }
            let first = tree.nodes.len();
            for (test, [yes, no, unknown]) in of_criteria {
                let branch = |pick: usize| step(pick, first, tree.nodes.len(), [PASS, FAIL, UNKNOWN]);
                let (yes, no, unknown) = (branch(*yes), branch(*no), branch(*unknown));
                let test = TestId::new(tests + test % (tree.tests.len() - tests));
                tree.criteria.push(criterion(
                    &format!("C{}", tree.nodes.len()),
                    Polarity::Require,
                    Branch::Node(tree.nodes.next_id()),
                ));
                tree.nodes.push(Node { test, yes, no, unknown });
            }
            // Nodes of an edit check, which end in answers.
            if distinct {
                let test = TestId::new(tests + count as usize % (tree.tests.len() - tests));
                let root = Branch::Node(tree.nodes.push(Node { test, yes: YES, no: NO, unknown: UNKNOWN }));
                tree.checks.push(check(root));
                tree.facts[FactId::at(2)].bears_on = vec!["pregnant".to_owned()];
                tree.kinds[KindId::at(0)].bears_on = vec!["ana".to_owned(), "bleeding".to_owned()];
            }
            tree
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn generated_trees_are_read_back_the_same(tree in any_tree()) {
        tree.validate().unwrap();
        let text = tree.to_json();
        prop_assert_eq!(&DecisionTree::from_json(&text).unwrap(), &tree);
        assert_fits(&schema(), &text);
    }

    #[test]
    fn mutated_documents_never_panic(tree in any_tree(), edits in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)) {
        let mut bytes = tree.to_json().into_bytes();
        for (place, what, byte) in edits {
            let place = place % bytes.len();
            match what % 4 {
                0 => bytes[place] = byte,
                1 => { bytes.remove(place); }
                2 => bytes.insert(place, byte),
                _ => {
                    let end = (place + usize::from(byte)).min(bytes.len());
                    let copy = bytes[place..end].to_vec();
                    bytes.splice(place..place, copy);
                }
            }
        }
        if let Ok(tree) = DecisionTree::from_json(&String::from_utf8_lossy(&bytes)) {
            prop_assert_eq!(DecisionTree::from_json(&tree.to_json()).unwrap(), tree);
        }
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,60}") {
        let _ = DecisionTree::from_json(&text);
    }
}

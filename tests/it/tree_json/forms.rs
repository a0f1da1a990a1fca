//! Evidence that adds up, in random trees: each form occurs, is read back the same, and is refused where it does not fit.

use std::collections::BTreeMap;

use eligc::ir::{Length, Quantifier, Relation, Several, Spaced};
use eligc::number::Comparison;
use eligc::tree::{
    AnchorId, Branch, Choice, DailyDose, DecisionTree, DoseDay, EntryPoint, FactId, FactRead, KindId, Operand,
    OperandKind, Subject, Test, TimeOf, WindowAnchor,
};
use eligc::units::TimeUnit;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::generated::*;
use super::trees::*;

/// Drugs, which may all be asked for together.
fn any_drugs() -> impl Strategy<Value = Vec<KindId>> {
    select(vec![vec![2], vec![3], vec![2, 3]]).prop_map(|kinds| kinds.into_iter().map(KindId::at).collect())
}

fn any_anchor() -> impl Strategy<Value = AnchorId> {
    (0..3u32).prop_map(AnchorId::at)
}

fn any_calendar() -> impl Strategy<Value = Length> {
    (1..400u32, select(vec![TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year]))
        .prop_map(|(n, unit)| Length::Calendar(n, unit))
}

fn any_within() -> impl Strategy<Value = Relation> {
    (prop::option::of(any_calendar()), prop::option::of(any_calendar()))
        .prop_map(|(before, after)| Relation::Within { before, after })
}

/// What a stretch of days may stand in to an anchor.
fn any_relation_of_days() -> impl Strategy<Value = Relation> {
    prop_oneof![
        any_within(),
        Just(Relation::Before),
        Just(Relation::UpTo),
        Just(Relation::Current),
        any_calendar().prop_map(|length| Relation::Throughout { length }),
        (any::<bool>(), any_calendar()).prop_map(|(strict, length)| Relation::Lasting { strict, length }),
    ]
}

/// An anchor of the trial, or an entry.
pub(super) fn any_window_anchor() -> impl Strategy<Value = WindowAnchor> {
    let point = (any::<bool>(), any::<bool>(), any_drugs())
        .prop_map(|(last, ends, kinds)| WindowAnchor::Entry(Box::new(EntryPoint { last, ends, kinds, filter: YES })));
    prop_oneof![any_anchor().prop_map(WindowAnchor::Date), point]
}

pub(super) fn dose(kinds: Vec<KindId>, counted_as: bool, day: DoseDay) -> Operand {
    let reference = (counted_as || kinds.len() > 1).then(|| "prednisone".to_owned());
    Operand::from(OperandKind::DailyDose(Box::new(DailyDose { kinds, filter: YES, reference, day })))
}

/// A number that is not read from one result: a daily dose, or one of several results.
pub(super) fn any_number_of_several() -> impl Strategy<Value = Operand> {
    let day = prop_oneof![
        any_anchor().prop_map(DoseDay::At),
        (any_within(), any_anchor()).prop_map(|(within, anchor)| DoseDay::Highest(within, anchor)),
        (any_within(), any_anchor()).prop_map(|(within, anchor)| DoseDay::Lowest(within, anchor)),
    ];
    let fact = select(vec![0, 1, 6]);
    let which = select(vec![Quantifier::Latest, Quantifier::First, Quantifier::Highest, Quantifier::Lowest]);
    prop_oneof![
        (any_drugs(), any::<bool>(), day).prop_map(|(kinds, counted_as, day)| dose(kinds, counted_as, day)),
        (fact, which).prop_map(|(fact, quantifier)| {
            let read = FactRead { fact: FactId::at(fact), quantifier, filter: YES, by: None };
            Operand::from(OperandKind::Fact(read, None))
        }),
    ]
}

fn any_quantifier() -> impl Strategy<Value = Quantifier> {
    let unit = select(vec![TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year]);
    let spaced = prop_oneof![
        Just(Spaced::Free),
        Just(Spaced::Consecutive),
        (1..60u32, unit).prop_map(|(n, unit)| Spaced::Apart(n, unit)),
    ];
    prop_oneof![
        select(vec![Quantifier::First, Quantifier::Any, Quantifier::Every]),
        (1..5u32, spaced).prop_map(|(count, spaced)| Quantifier::Several(Several { at_most: false, count, spaced })),
        (0..5u32).prop_map(|count| Quantifier::Several(Several { at_most: true, count, spaced: Spaced::Free })),
    ]
}

/// Tests of the record in the new forms. Their filters let everything in, until a tree has one.
pub(super) fn any_test_that_adds_up() -> impl Strategy<Value = Test> {
    let read = |fact: u32| {
        any_quantifier().prop_map(move |quantifier| FactRead {
            fact: FactId::at(fact),
            quantifier,
            filter: YES,
            by: None,
        })
    };
    let by = (select(vec![Quantifier::Any, Quantifier::Every]), select(vec!["method", "room_air"])).prop_map(
        |(quantifier, by)| FactRead { fact: FactId::at(0), quantifier, filter: YES, by: Some(by.to_owned()) },
    );
    let number = prop_oneof![read(0), read(1), read(6), by];
    let counted = select(vec![Comparison::Ge, Comparison::Le]);
    let course = (any_drugs(), 0..40u32, any::<bool>(), counted.clone(), 0..4u32, any::<bool>());
    let windows = prop::collection::vec((any_relation(true), any_anchor()), 1..3);
    let of_days = prop::collection::vec((any_relation_of_days(), any_anchor()), 1..3);
    let each = || (any_drugs(), any::<bool>()).prop_map(|(kinds, counted_as)| dose(kinds, counted_as, DoseDay::Each));
    let side = prop_oneof![
        each(),
        (each(), any_operand()).prop_map(|(dose, other)| OperandKind::Divide(Box::new(dose), Box::new(other)).into()),
    ];
    let choice = (any::<bool>(), any::<bool>(), any::<bool>(), counted, 0..4u32);
    prop_oneof![
        (number, any_op(), any_number()).prop_map(|(read, op, bound)| Test::Compare {
            left: Operand::from(OperandKind::Fact(read, None)),
            op,
            right: Operand::from(OperandKind::Number(bound)),
        }),
        (any_number_of_several(), any_op(), any_operand()).prop_map(|(left, op, right)| Test::Compare {
            left,
            op,
            right
        }),
        read(2).prop_map(|read| Test::IsOneOf { subject: Subject::Fact(read), values: vec!["positive".to_owned()] }),
        read(4).prop_map(|read| Test::IsYes { subject: Subject::Fact(read) }),
        (course, windows).prop_map(|((kinds, gap, distinct, op, count, planned), windows)| {
            let (op, count) = if distinct { (op, count) } else { (Comparison::Ge, 1) };
            Test::Course { kinds, filter: YES, gap, distinct, planned, op, count, windows }
        }),
        (side, any_op(), any_operand(), any::<bool>(), of_days).prop_map(|(one, op, other, turned, windows)| {
            let (left, right) = if turned { (other, one) } else { (one, other) };
            Test::Stretch { left, op, right, windows }
        }),
        choice.prop_map(|(latest, by, planned, op, count)| Test::Entries {
            kinds: vec![KindId::at(2)],
            filter: YES,
            distinct: false,
            choice: Some(Box::new(Choice { latest: latest || !by, by: by.then(|| "stable".to_owned()), among: YES })),
            planned: planned && by && !latest,
            op,
            count,
        }),
        (any_relation(false), any_anchor(), any_window_anchor()).prop_map(|(relation, of, anchor)| Test::Window {
            of: TimeOf::Anchor(of),
            relation,
            anchor,
            undated: false
        }),
    ]
}

/// Puts a filter of entries into a test of the record, wherever it lets everything in.
pub(super) fn filtered(test: &mut Test, filter: Branch) {
    let in_operand = |operand: &mut Operand| {
        if let OperandKind::DailyDose(dose) = &mut operand.kind {
            dose.filter = filter;
        }
    };
    match test {
        Test::Course { filter: own, .. } => *own = filter,
        Test::Entries { filter: own, choice: Some(choice), .. } => {
            *own = filter;
            if choice.latest {
                choice.among = filter;
            }
        }
        Test::Window { anchor: WindowAnchor::Entry(point), .. } => point.filter = filter,
        Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
            in_operand(left);
            in_operand(right);
        }
        _ => {}
    }
}

/// The forms of a tree.
fn forms(tree: &DecisionTree) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut read = |read: &FactRead| {
        found.push(match read.quantifier {
            Quantifier::Latest => "latest",
            Quantifier::First => "first",
            Quantifier::Highest => "highest",
            Quantifier::Lowest => "lowest",
            Quantifier::Any => "any",
            Quantifier::Every => "every",
            Quantifier::Several(Several { at_most: true, .. }) => "at most",
            Quantifier::Several(Several { spaced: Spaced::Free, .. }) => "at least",
            Quantifier::Several(Several { spaced: Spaced::Consecutive, .. }) => "consecutive",
            Quantifier::Several(Several { spaced: Spaced::Apart(..), .. }) => "apart",
        });
        if read.by.is_some() {
            found.push("latest by, of results");
        }
        if read.fact == FactId::at(6) {
            found.push("titre");
        }
    };
    tree.tests.iter().for_each(|test| test.reads(&mut read));
    for test in &tree.tests {
        match test {
            Test::Course { gap, distinct, filter, .. } => {
                found.push("course");
                found.extend((*gap > 0).then_some("gap"));
                found.extend(distinct.then_some("distinct courses"));
                found.extend((*filter != YES).then_some("course with a filter"));
            }
            Test::Entries { choice: Some(choice), .. } => {
                found.push(match (choice.latest, choice.by.is_some()) {
                    (true, true) => "latest by",
                    (true, false) => "latest entry",
                    (false, _) => "by",
                });
                found.extend((choice.among != YES).then_some("among"));
            }
            Test::Window { anchor: WindowAnchor::Entry(point), .. } => {
                found.push(if point.last { "about the last" } else { "about the first" });
                found.extend(point.ends.then_some("about an end"));
            }
            Test::Stretch { .. } => found.push("stretch"),
            _ => {}
        }
        if let Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } = test {
            let mut dose = |part: &Operand| {
                if let OperandKind::DailyDose(dose) = &part.kind {
                    found.push(match dose.day {
                        DoseDay::At(_) => "daily dose",
                        DoseDay::Each => "daily dose of each day",
                        DoseDay::Highest(..) => "highest daily dose",
                        DoseDay::Lowest(..) => "lowest daily dose",
                    });
                    found.extend(dose.reference.as_ref().map(|_| "daily dose as another"));
                }
            };
            left.walk(&mut dose);
            right.walk(&mut dose);
        }
    }
    found.extend(tree.checks.iter().map(|_| "check"));
    found.extend(tree.facts.iter().filter(|fact| !fact.bears_on.is_empty()).map(|_| "a fact bears on"));
    found.extend(tree.kinds.iter().filter(|kind| !kind.bears_on.is_empty()).map(|_| "a kind bears on"));
    found
}

const FORMS: &[&str] = &[
    "course",
    "gap",
    "distinct courses",
    "course with a filter",
    "latest by",
    "latest entry",
    "by",
    "among",
    "about the last",
    "about the first",
    "about an end",
    "stretch",
    "daily dose",
    "daily dose of each day",
    "highest daily dose",
    "lowest daily dose",
    "daily dose as another",
    "first",
    "highest",
    "lowest",
    "at most",
    "at least",
    "consecutive",
    "apart",
    "latest by, of results",
    "titre",
    "check",
    "a fact bears on",
    "a kind bears on",
];

/// The same trees at every run.
pub(super) fn trees(count: usize) -> impl Iterator<Item = DecisionTree> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(move |_| any_tree().new_tree(&mut runner).unwrap().current())
}

#[test]
fn each_form_is_read_back_the_same() {
    let schema = schema();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tree in trees(800) {
        tree.validate().unwrap();
        let text = tree.to_json();
        assert_eq!(DecisionTree::from_json(&text).unwrap(), tree);
        assert_fits(&schema, &text);
        forms(&tree).into_iter().for_each(|form| *counts.entry(form).or_default() += 1);
    }
    for form in FORMS {
        assert!(counts.get(form).is_some_and(|count| *count >= 40), "{form}: {counts:#?}");
    }
}

//! Evidence that adds up, in random trees, is refused where it does not fit.

use eligc::ir::{Length, Quantifier, Relation, Several, Spaced};
use eligc::tree::{
    AnchorId, DailyDose, DecisionTree, DoseDay, FactRead, KindId, OperandKind, Subject, Test, WindowAnchor,
};

use super::forms::{dose, trees};
use super::trees::*;

/// A change that breaks a test; whether it is such a test.
type Break = fn(&mut Test) -> bool;

fn in_dose(test: &mut Test, change: impl Fn(&mut DailyDose) -> bool) -> bool {
    let (Test::Compare { left, right, .. } | Test::Stretch { left, right, .. }) = test else { return false };
    [left, right].into_iter().any(|side| match &mut side.kind {
        OperandKind::DailyDose(dose) => change(dose),
        _ => false,
    })
}

fn in_read(test: &mut Test, change: impl Fn(&mut FactRead) -> bool) -> bool {
    match test {
        Test::IsOneOf { subject: Subject::Fact(read), .. } | Test::IsYes { subject: Subject::Fact(read) } => {
            change(read)
        }
        Test::Compare { left, .. } => match &mut left.kind {
            OperandKind::Fact(read, _) => change(read),
            _ => false,
        },
        _ => false,
    }
}

const BREAKS: &[(&str, Break)] = &[
    ("no kind is listed", |test| match test {
        Test::Course { kinds, .. } => {
            kinds.clear();
            true
        }
        _ => false,
    }),
    ("a gap of more than 3660 days", |test| match test {
        Test::Course { gap, .. } => {
            *gap += 3661;
            true
        }
        _ => false,
    }),
    ("courses are not counted", |test| match test {
        Test::Course { distinct: false, count, .. } => {
            *count = 2;
            true
        }
        _ => false,
    }),
    ("a course has no half-life", |test| match test {
        Test::Course { windows, .. } => {
            windows[0].0 = Relation::Throughout { length: Length::HalfLives(2) };
            true
        }
        _ => false,
    }),
    ("a course has one window at least", |test| match test {
        Test::Course { windows, .. } => {
            windows.clear();
            true
        }
        _ => false,
    }),
    ("no such anchor", |test| match test {
        Test::Course { windows, .. } | Test::Stretch { windows, .. } => {
            windows[0].1 = AnchorId::at(9);
            true
        }
        _ => false,
    }),
    ("a stretch has a window", |test| match test {
        Test::Stretch { windows, .. } => {
            windows.clear();
            true
        }
        _ => false,
    }),
    ("no such relation of a stretch", |test| match test {
        Test::Stretch { windows, .. } => {
            windows[0].0 = Relation::After;
            true
        }
        _ => false,
    }),
    ("a stretch compares a daily dose without a day of its own", |test| match test {
        Test::Stretch { left, right, .. } => {
            (*left, *right) = (zero(), zero());
            true
        }
        _ => false,
    }),
    ("a daily dose without a day belongs to", |test| match test {
        Test::Compare { left, .. } => {
            *left = dose(vec![KindId::at(2)], false, DoseDay::Each);
            true
        }
        _ => false,
    }),
    ("no kind is listed", |test| {
        in_dose(test, |dose| {
            dose.kinds.clear();
            true
        })
    }),
    ("`malignancy` is no drug", |test| {
        in_dose(test, |dose| {
            dose.kinds.insert(0, KindId::at(0));
            true
        })
    }),
    ("the daily dose of several kinds is counted `as` one drug", |test| {
        in_dose(test, |dose| {
            dose.reference = None;
            dose.kinds.len() > 1
        })
    }),
    ("the highest or lowest is that of", |test| {
        in_dose(test, |dose| match &mut dose.day {
            DoseDay::Highest(relation, _) | DoseDay::Lowest(relation, _) => {
                *relation = Relation::Before;
                true
            }
            DoseDay::At(_) | DoseDay::Each => false,
        })
    }),
    ("no kind is listed", |test| match test {
        Test::Window { anchor: WindowAnchor::Entry(point), .. } => {
            point.kinds.clear();
            true
        }
        _ => false,
    }),
    ("no such kind", |test| match test {
        Test::Window { anchor: WindowAnchor::Entry(point), .. } => {
            point.kinds = vec![KindId::at(99)];
            true
        }
        _ => false,
    }),
    ("`distinct` is false", |test| match test {
        Test::Entries { choice: Some(_), distinct, .. } => {
            *distinct = true;
            true
        }
        _ => false,
    }),
    ("has no values that can be counted", |test| match test {
        Test::Entries { choice: Some(choice), .. } => {
            choice.by = Some("dose".to_owned());
            true
        }
        _ => false,
    }),
    ("what is `planned` has no `latest`", |test| match test {
        Test::Entries { choice: Some(choice), planned, .. } => {
            *planned = true;
            choice.latest
        }
        _ => false,
    }),
    ("`at_least` 0 asks nothing", |test| {
        in_read(test, |read| match &mut read.quantifier {
            Quantifier::Several(Several { at_most: false, count, .. }) => {
                *count = 0;
                true
            }
            _ => false,
        })
    }),
    ("results are `apart` by one day or more", |test| {
        in_read(test, |read| match &mut read.quantifier {
            Quantifier::Several(Several { spaced: Spaced::Apart(length, _), .. }) => {
                *length = 0;
                true
            }
            _ => false,
        })
    }),
    ("has no attribute `reader`", |test| {
        in_read(test, |read| {
            read.by = read.by.as_ref().map(|_| "reader".to_owned());
            read.by.is_some()
        })
    }),
    ("none is the highest or lowest", |test| {
        !matches!(test, Test::Compare { .. })
            && in_read(test, |read| {
                read.quantifier = Quantifier::Highest;
                true
            })
    }),
];

#[test]
fn each_form_is_refused_where_it_does_not_fit() {
    let mut counts = vec![0; BREAKS.len()];
    for tree in trees(300) {
        for (place, (expected, change)) in BREAKS.iter().enumerate() {
            let mut broken = tree.clone();
            if !broken.tests.iter_mut().any(change) {
                continue;
            }
            let error = broken.validate().unwrap_err().to_string();
            assert!(error.contains(expected), "{expected} <> {error}");
            DecisionTree::from_json(&broken.to_json()).unwrap_err();
            counts[place] += 1;
        }
    }
    for ((expected, _), count) in BREAKS.iter().zip(counts) {
        assert!(count >= 10, "{expected}: {count} times");
    }
}

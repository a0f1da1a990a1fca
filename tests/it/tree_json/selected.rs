//! A choice among results or entries is read back the same, and refused where it does not fit what it chooses among.

use eligc::ir::{Quantifier, Several, Spaced};
use eligc::number::Comparison;
use eligc::tree::{Choice, DecisionTree, FactRead, KindId, Operand, OperandKind, Subject, Test};
use eligc::units::TimeUnit;

use super::refused::at;
use super::trees::*;

#[test]
fn choices_fit_what_they_choose_among() {
    let read = |fact: usize, quantifier, by: Option<&str>| FactRead {
        fact: at(fact),
        quantifier,
        filter: YES,
        by: by.map(str::to_owned),
    };
    let several = |count, spaced| Quantifier::Several(Several { at_most: false, count, spaced });
    let fact = |read| Operand::from(OperandKind::Fact(read, None));
    let week = Spaced::Apart(1, TimeUnit::Week);
    let mut tree = everything();
    for good in [
        read(0, Quantifier::First, None),
        read(0, Quantifier::Highest, None),
        read(0, several(2, week), None),
        read(0, Quantifier::Every, Some("method")),
        read(0, Quantifier::Any, Some("room_air")),
    ] {
        tree.tests[at(6)] = compare(fact(good), zero());
        tree.validate().unwrap();
        assert_eq!(DecisionTree::from_json(&tree.to_json()).unwrap(), tree);
    }
    for (wrong, expected) in [
        (read(0, several(0, Spaced::Free), None), "tests[6]: `at_least` 0 asks nothing"),
        (
            read(0, several(2, Spaced::Apart(0, TimeUnit::Day)), None),
            "tests[6]: results are `apart` by one day or more",
        ),
        (
            read(0, several(2, Spaced::Apart(2, TimeUnit::Hour)), None),
            "tests[6]: results are `apart` by one day or more",
        ),
        (
            read(0, Quantifier::Any, Some("flow")),
            "tests[6]: the attribute `flow` of `lvef` has no values that can be counted",
        ),
        (read(0, Quantifier::Any, Some("none")), "tests[6]: `lvef` has no attribute `none`"),
    ] {
        assert_eq!(invalid(|tree| tree.tests[at(6)] = compare(fact(wrong), zero())), expected);
    }
    assert_eq!(
        invalid(|tree| tree.tests[at(6)] = Test::IsYes { subject: Subject::Fact(read(4, Quantifier::Lowest, None)) }),
        "tests[6]: `pregnant` is not a number: none is the highest or lowest"
    );
    let entries = |kinds: &[u32], distinct, planned, latest, by: Option<&str>| Test::Entries {
        kinds: kinds.iter().map(|kind| KindId::at(*kind)).collect(),
        filter: YES,
        distinct,
        choice: Some(Box::new(Choice { latest, by: by.map(str::to_owned), among: YES })),
        planned,
        op: Comparison::Ge,
        count: 1,
    };
    let mut tree = everything();
    for good in [
        entries(&[0], false, false, true, Some("site")),
        entries(&[0], false, true, false, Some("site")),
        entries(&[0, 1], false, false, true, None),
    ] {
        tree.tests[at(6)] = good;
        tree.validate().unwrap();
        assert_eq!(DecisionTree::from_json(&tree.to_json()).unwrap(), tree);
    }
    for (wrong, expected) in [
        (
            entries(&[0], true, false, true, None),
            "tests[6]: with `latest` or `by` no kinds are counted: `distinct` is false",
        ),
        (entries(&[0], false, true, true, None), "tests[6]: what is `planned` has no `latest`"),
        (entries(&[0, 1], false, false, true, Some("site")), "tests[6]: `bleeding` has no attribute `site`"),
        (
            entries(&[2], false, false, true, Some("dose")),
            "tests[6]: the attribute `dose` of `prednisone` has no values that can be counted",
        ),
    ] {
        assert_eq!(invalid(|tree| tree.tests[at(6)] = wrong), expected);
    }
}

#[test]
fn any_and_every_read_alone_and_on_the_left() {
    let several = || {
        Operand::from(OperandKind::Fact(
            FactRead { fact: at(1), quantifier: Quantifier::Every, filter: YES, by: None },
            None,
        ))
    };
    let one = || Operand::from(OperandKind::Fact(latest(1), None));
    let double = Operand::from(OperandKind::Multiply(
        Box::new(several()),
        Box::new(Operand::from(OperandKind::Number(number("2")))),
    ));
    let mut tree = everything();
    tree.tests[at(6)] = compare(double, zero());
    tree.validate().unwrap();
    for (left, right, expected) in [
        (one(), several(), "tests[6]: `any` and `every` belong on the left"),
        (several(), one(), "tests[6]: a comparison with `any` or `every` reads nothing else"),
        (
            Operand::from(OperandKind::Add(Box::new(several()), Box::new(several()))),
            zero(),
            "tests[6]: a comparison with `any` or `every` reads nothing else",
        ),
        (
            Operand::from(OperandKind::Coalesce {
                read: FactRead { fact: at(1), quantifier: Quantifier::Any, filter: YES, by: None },
                otherwise: Box::new(zero()),
            }),
            zero(),
            "tests[6]: `given` reads the latest result",
        ),
    ] {
        assert_eq!(invalid(|tree| tree.tests[at(6)] = compare(left, right)), expected);
    }
}

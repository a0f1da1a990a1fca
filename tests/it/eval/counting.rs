//! Entries: how many are sure, how many possible, and what the record says of a kind or a group as a whole.

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::ir::EntryKind;
use eligc::ir::Relation;
use eligc::number::Comparison::{self, Ge, Le};
use eligc::record::ReadOptions;
use eligc::tree::{Operand, OperandKind, Test};

/// `require at least/at most COUNT (distinct) {a, b} (grade B)`.
fn evaluator(distinct: bool, op: Comparison, count: u32) -> Evaluator {
    let mut trial = Trial::new();
    let attributes = || vec![attribute("score", ordinal(&["C", "B", "A"]))];
    let a = trial.kind("a", EntryKind::Event, attributes());
    let b = trial.kind("b", EntryKind::Event, attributes());
    trial.group("both", &[a, b], &["c"]);
    trial.tree.other_names = vec!["c".to_owned()];
    let filter = trial.filter(&attribute_among("score", &["B", "A"]));
    trial.require("I1", Test::Entries { kinds: vec![a, b], filter, distinct, choice: None, planned: false, op, count });
    trial.evaluator()
}

#[test]
fn sure_and_possible_entries_are_counted_both_ways() {
    let yes = "{'score':'A'}";
    let no = "{'score':'C'}";
    let open = "{}";
    for (a, b, entries, kinds) in [
        // what a and b give; at least 2 entries; at least 2 kinds
        (vec![], vec![], Fail, Fail),
        (vec![yes, yes], vec![], Pass, Fail),
        (vec![yes, no], vec![], Fail, Fail),
        (vec![yes, open], vec![], Unknown, Fail),
        (vec![yes], vec![yes], Pass, Pass),
        (vec![yes], vec![open], Unknown, Unknown),
        (vec![open, open], vec![open], Unknown, Unknown),
        (vec![open], vec![], Fail, Fail),
        (vec![yes, open], vec![open], Unknown, Unknown),
    ] {
        let facts = format!("{{'a':[{}],'b':[{}]}}", a.join(","), b.join(","));
        assert_eq!(outcome(&evaluator(false, Ge, 2), &facts), entries, "{facts}");
        assert_eq!(outcome(&evaluator(true, Ge, 2), &facts), kinds, "distinct {facts}");
        let opposite = |outcome| match outcome {
            Pass => Fail,
            Fail => Pass,
            Unknown => Unknown,
        };
        assert_eq!(outcome(&evaluator(false, Le, 1), &facts), opposite(entries), "at most {facts}");
        assert_eq!(outcome(&evaluator(true, Le, 1), &facts), opposite(kinds), "at most, distinct {facts}");
    }
}

#[test]
fn an_empty_record_proves_nothing_and_none_is_said_in_words() {
    let none = evaluator(false, Le, 0);
    outcomes(
        &none,
        &[
            ("{}", Unknown),
            ("{'a':null,'b':null}", Unknown),
            ("{'a':[]}", Unknown),
            ("{'a':[],'b':[]}", Pass),
            ("{'a':false,'b':[]}", Pass),
            ("{'a':true,'b':[]}", Unknown),
            ("{'a':[{'score':'A'}]}", Fail),
            ("{'a':[{'score':'C'}],'b':false}", Pass),
            ("{'a':{'score':'A'}}", Fail),
            ("{'both':[]}", Pass),
            ("{'both':false}", Pass),
            ("{'both':null}", Unknown),
            ("{'both':[{'kind':'a','score':'C'}]}", Pass),
            ("{'both':[{'drug':'b','score':'A'}]}", Fail),
            ("{'both':[{'drug':'c'}]}", Pass),
            ("{'both':[{'drug':'b'}]}", Unknown),
            ("{'both':[],'a':[]}", Pass),
            ("{'both':[{'kind':'a','score':'C'}],'b':[{'score':'A'}]}", Fail),
            ("{'both':false,'b':null}", Pass),
        ],
    );
    // A kind given as true has one entry, and who knows how many more.
    outcomes(&evaluator(false, Ge, 1), &[("{'a':true,'b':[]}", Unknown), ("{'a':true,'b':[{'score':'A'}]}", Pass)]);
    outcomes(&evaluator(false, Ge, 5), &[("{'a':true,'b':[]}", Unknown)]);
    outcomes(&evaluator(true, Ge, 2), &[("{'a':true,'b':[]}", Fail), ("{'a':true}", Unknown)]);
}

#[test]
fn any_entry_of_a_kind_given_as_true_is_sure() {
    let mut trial = Trial::new();
    let kind = trial.kind("car_t", EntryKind::Event, Vec::new());
    let cond = trial.at_least(1, &[kind], &always());
    trial.exclude("E1", cond);
    let twice = trial.at_least(2, &[kind], &always());
    trial.exclude("E2", twice);
    let prior = trial.at_least(1, &[kind], &entry(Relation::Before));
    trial.exclude("E3", prior);
    let evaluator = trial.evaluator();
    let found = |facts: &str| {
        let evaluation = evaluate(&evaluator, &record(facts));
        evaluation.criteria.iter().map(|criterion| criterion.outcome).collect::<Vec<_>>()
    };
    assert_eq!(found("{'car_t':true}"), [Fail, Unknown, Unknown]);
    assert_eq!(found("{'car_t':[{}]}"), [Fail, Pass, Unknown]);
    assert_eq!(found("{'car_t':[{'start':'2020'}]}"), [Fail, Pass, Fail]);
    assert_eq!(found("{'car_t':false}"), [Pass, Pass, Pass]);
    assert_eq!(found("{}"), [Unknown, Unknown, Unknown]);
}

#[test]
fn absent_kinds_may_be_declared_none() {
    let mut trial = Trial::new();
    let kind = trial.kind("car_t", EntryKind::Event, Vec::new());
    let other = trial.kind("transplant", EntryKind::Event, Vec::new());
    trial.group("cell_therapy", &[kind, other], &[]);
    trial.tree.kinds[other].absent_means_no = true;
    let cond = trial.at_least(1, &[kind], &always());
    trial.exclude("E1", cond);
    let cond = trial.at_least(1, &[other], &always());
    trial.exclude("E2", cond);
    let evaluator = trial.evaluator();
    let found = |closed: &[&str], facts: &str| {
        let closed = closed.iter().flat_map(|name| evaluator.kinds_named(name).expect("a name")).collect();
        let options = ReadOptions { canonical_units: false, closed };
        let record = evaluator.read(record(facts).as_bytes(), &options).expect("a sound record");
        let mut outcomes = Vec::new();
        evaluator.outcomes(&record, &mut outcomes);
        outcomes
    };
    assert_eq!(found(&[], "{}"), [Unknown, Pass]);
    assert_eq!(found(&["car_t"], "{}"), [Pass, Pass]);
    assert_eq!(found(&["cell_therapy"], "{}"), [Pass, Pass]);
    assert_eq!(found(&["cell_therapy"], "{'car_t':null}"), [Pass, Pass]);
    assert_eq!(found(&["cell_therapy"], "{'car_t':true,'transplant':[{}]}"), [Fail, Fail]);
    assert_eq!(found(&["cell_therapy"], "{'cell_therapy':[{'kind':'car_t'}]}"), [Fail, Pass]);
    assert!(evaluator.kinds_named("nothing").is_none());
}

#[test]
fn attributes_with_numbers() {
    let mut trial = Trial::new();
    let dose = vec![
        attribute("dose", quantity("mg/d", &[("g/d", "1000")])),
        attribute("cured", eligc::tree::ValueType::YesNo),
    ];
    let drug = trial.kind("steroid", EntryKind::Drug, dose);
    let at_least_ten = Cond::Test(Test::Compare {
        left: Operand::from(OperandKind::Attribute("dose".to_owned())),
        op: Ge,
        right: Operand::from(OperandKind::Number(rational("10"))),
    });
    let cond = trial.at_least(1, &[drug], &at_least_ten);
    trial.require("I1", cond);
    outcomes(
        &trial.evaluator(),
        &[
            ("{'steroid':[{'dose':{'value':10,'unit':'mg/d'}}]}", Pass),
            ("{'steroid':[{'dose':{'value':0.01,'unit':'g/d'}}]}", Pass),
            ("{'steroid':[{'dose':{'value':9.99,'unit':'mg/d'}}]}", Fail),
            ("{'steroid':[{'dose':{'value':10,'unit':'mg/d','comparator':'<'}}]}", Fail),
            ("{'steroid':[{'dose':{'value':11,'unit':'mg/d','comparator':'<'}}]}", Unknown),
            ("{'steroid':[{}]}", Unknown),
            ("{'steroid':[{'dose':null}]}", Unknown),
        ],
    );
}

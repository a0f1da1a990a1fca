//! Hostile input: nothing panics, and what is accepted is JSON.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::{AgeUnit, EntryKind, Length, Limit, Quantifier, Relation};
use eligc::number::Comparison::{Ge, Lt};
use eligc::record::{ReadOptions, Records};
use eligc::tree::{Age, Operand, OperandKind, Test, TimeOf, ValueType, WindowAnchor};
use eligc::units::TimeUnit::{Day, Hour, Month};

/// A trial with something of everything.
pub fn everything() -> Evaluator {
    let mut trial = Trial::new();
    let platelets = trial.fact("platelets", quantity("10*9/L", &[("/uL", "0.001")]));
    trial.possible(platelets, "0", "5000");
    let alt = trial.fact("alt", quantity("U/L", &[]));
    let points = trial.fact("points", score("0", "105", "1"));
    let ana = trial.fact("ana", coded(&["positive", "negative"]));
    let nyha = trial.fact("nyha", ordinal(&["I", "II", "III"]));
    let pregnant = trial.fact("pregnant", ValueType::YesNo);
    let born = trial.fact("birth_date", ValueType::Date);
    let lvef = trial.fact("lvef", quantity("%", &[]));
    trial.tree.facts[lvef].attributes = vec![attribute("method", coded(&["echo", "mri"]))].into();
    let attributes = || {
        vec![
            attribute("site", coded(&["skin", "lung"])),
            attribute("cured", ValueType::YesNo),
            attribute("dose", quantity("mg/d", &[])),
            attribute("since", ValueType::Date),
            attribute("half_life", quantity("d", &[])),
        ]
    };
    let malignancy = trial.kind("malignancy", EntryKind::Event, attributes());
    let steroid = trial.kind("steroid", EntryKind::Drug, attributes());
    let asthma = trial.kind("asthma", EntryKind::Condition, attributes());
    trial.group("drugs", &[malignancy, steroid], &["other_drug"]);
    trial.tree.other_names = vec!["weight".to_owned()];
    let question = trial.question("E9");

    let a = trial.compare(platelets, Ge, "20");
    let b = trial.times_limit(alt, Limit::Uln, Lt, "2.5");
    trial.require("I1", Cond::And(vec![a, b]));
    let a = trial.compare(points, Ge, "7");
    let b = trial.among(ana, &["positive"]);
    let c = trial.among(nyha, &["III"]);
    trial.require("I2", Cond::Or(vec![a, Cond::And(vec![b, not(c)])]));
    let pregnant = trial.is_yes(pregnant);
    trial.exclude("E1", pregnant);
    let age = Operand::from(OperandKind::Age(Box::new(Age {
        unit: AgeUnit::Month,
        recorded: None,
        scales: (),
        from: born,
        to: CONSENT,
    })));
    trial.require("I3", Test::Compare { left: age, op: Ge, right: Operand::from(OperandKind::Number(rational("18"))) });
    for (id, select) in [("I4", Quantifier::Any), ("I5", Quantifier::Every), ("I6", Quantifier::Latest)] {
        let read = trial.within(lvef, select, before(8, Day));
        let right = Operand::from(OperandKind::Number(rational("40")));
        trial.require(id, Test::Compare { left: Operand::from(OperandKind::Fact(read, None)), op: Ge, right });
    }
    let relations = [
        before(48, Hour),
        before(1, Month),
        Relation::Within { before: Some(Length::HalfLives(5)), after: Some(Length::HalfLives(1)) },
        Relation::Before,
        Relation::After,
        Relation::At,
        Relation::Current,
        Relation::Planned,
        Relation::EarlierBy { strict: true, length: calendar(3, Hour) },
        Relation::LaterBy { strict: false, length: calendar(2, Month) },
        Relation::Throughout { length: calendar(2, Month) },
        Relation::Lasting { strict: false, length: calendar(14, Day) },
        Relation::Lasting { strict: true, length: calendar(48, Hour) },
    ];
    for (index, relation) in relations.into_iter().enumerate() {
        let in_lungs = Cond::And(vec![entry(relation), not(attribute_among("site", &["lung"]))]);
        let cond = trial.at_least(1, &[malignancy, steroid, asthma], &in_lungs);
        trial.exclude(&format!("W{index}"), cond);
    }
    let since = Cond::Test(Test::Window {
        of: TimeOf::Attribute("since".to_owned()),
        relation: before(2, Month),
        anchor: WindowAnchor::Date(INFUSION),
        undated: false,
    });
    let filter = trial.filter(&since);
    let kinds = vec![steroid, asthma];
    let cond = Test::Entries { kinds, filter, distinct: true, choice: None, planned: false, op: Ge, count: 2 };
    trial.criterion("E2", eligc::ir::Polarity::Exclude, INFUSION, &cond.into());
    let (x, y) = (
        Operand::from(OperandKind::Fact(trial.latest(platelets), None)),
        Operand::from(OperandKind::Fact(trial.latest(points), None)),
    );
    let ratio = Operand::from(OperandKind::Divide(
        Box::new(x.clone()),
        Box::new(Operand::from(OperandKind::Subtract(Box::new(x), Box::new(y)))),
    ));
    trial
        .require("I7", Test::Compare { left: ratio, op: Ge, right: Operand::from(OperandKind::Number(rational("1"))) });
    trial.exclude("E9", Test::Judged { question });
    trial.evaluator()
}

/// Values that are often nearly right.
fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        (-5i32..200).prop_map(|number| number.to_string()),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| number.to_string()),
        prop_oneof![
            Just("positive"),
            Just("negative"),
            Just("III"),
            Just("echo"),
            Just("skin"),
            Just("lung"),
            Just("U/L"),
            Just("10*9/L"),
            Just("/uL"),
            Just("%"),
            Just("mg/d"),
            Just("d"),
            Just("<"),
            Just(">="),
            Just("2026"),
            Just("2026-02"),
            Just("2026-02-28"),
            Just("2026-02-28T23:30"),
            Just("2026-03-01T01:00+14:00"),
            Just("2200-12-31"),
            Just("1800"),
            Just("steroid"),
            Just("other_drug"),
            Just("canonical"),
        ]
        .prop_map(|text| format!("\"{text}\"")),
        "[a-z\\\\\"\u{0}-\u{1f}é]{0,4}".prop_map(|text| serde_json::to_string(&text).expect("a text")),
    ];
    scalar.prop_recursive(4, 48, 6, |inner| {
        let key = prop_oneof![
            Just("value"),
            Just("unit"),
            Just("at"),
            Just("comparator"),
            Just("uln"),
            Just("lln"),
            Just("method"),
            Just("site"),
            Just("cured"),
            Just("dose"),
            Just("since"),
            Just("half_life"),
            Just("start"),
            Just("end"),
            Just("planned"),
            Just("drug"),
            Just("kind"),
            Just("other"),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key, inner), 0..5).prop_map(|pairs| {
                let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                format!("{{{}}}", pairs.join(","))
            }),
        ]
    })
}

fn record_text() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("platelets"),
        Just("alt"),
        Just("points"),
        Just("ana"),
        Just("nyha"),
        Just("pregnant"),
        Just("birth_date"),
        Just("lvef"),
        Just("malignancy"),
        Just("steroid"),
        Just("asthma"),
        Just("drugs"),
        Just("weight"),
        Just("nothing"),
    ];
    let date = prop_oneof![
        Just("null"),
        Just("\"2026-03-01\""),
        Just("\"2026-03\""),
        Just("\"2026-03-01T10:00Z\""),
        Just("\"2026\""),
    ];
    (prop::collection::vec((name, json()), 0..4), date.clone(), date).prop_map(|(facts, screening, consent)| {
        let facts: Vec<String> = facts.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!(
            "{{\"id\":\"P\",\"units\":\"canonical\",\"anchors\":{{\"screening\":{screening},\"consent\":{consent}}},\
             \"facts\":{{{}}}}}",
            facts.join(",")
        )
    })
}

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

fn everything_of(evaluator: &Evaluator, text: &[u8]) -> bool {
    match evaluator.read(text, &ReadOptions::default()) {
        Ok(record) => {
            let evaluation = evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 300 });
            assert_eq!(evaluation.verdict, evaluator.screen(&record));
            serde_json::to_string(&evaluation).expect("plain data");
            for criterion in &evaluation.criteria {
                let known = criterion.outcome != Unknown;
                assert_eq!(criterion.reasons.is_empty(), known, "{criterion:?} {}", String::from_utf8_lossy(text));
            }
            true
        }
        Err(error) => {
            assert!(!error.problems.is_empty());
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// 2,000 random records, fixed seed.
#[test]
fn random_records_never_panic() {
    let evaluator = everything();
    let accepted = std::cell::Cell::new(0);
    runner(2_000)
        .run(&record_text(), |text| {
            accepted.set(accepted.get() + usize::from(everything_of(&evaluator, text.as_bytes())));
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            Ok(())
        })
        .expect("no failure");
    assert!(accepted.get() > 150, "only {} were accepted", accepted.get());
}

/// 4,000 records with bytes changed, dropped and doubled, fixed seed: what is read is JSON to serde_json too, and what
/// serde_json refuses is refused here.
#[test]
fn mutated_records_never_panic() {
    let evaluator = everything();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..4);
    runner(4_000)
        .run(&(record_text(), edits), |(text, edits)| {
            let mut bytes = text.into_bytes();
            for (at, byte, how) in edits {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, bytes[at]),
                }
            }
            let read = everything_of(&evaluator, &bytes);
            let plain = serde_json::from_slice::<serde_json::Value>(&bytes);
            prop_assert!(!read || plain.is_ok(), "{}", String::from_utf8_lossy(&bytes));
            let not_json = match evaluator.read(&bytes, &ReadOptions::default()) {
                Ok(_) => false,
                Err(error) => matches!(error.problems[0].kind.id(), "not-json" | "not-utf8"),
            };
            // serde_json refuses numbers beyond doubles, which are impossible values here.
            let beyond = plain.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
            prop_assert!(not_json == plain.is_err() || beyond, "{}", String::from_utf8_lossy(&bytes));
            let mut records = Records::new(&bytes[..]);
            while let Ok(Some(raw)) = records.next_record() {
                let _ = evaluator.read_raw(&raw, &ReadOptions::default());
            }
            Ok(())
        })
        .expect("no failure");
}

/// 3,000 numbers in every notation, fixed seed: read to the same double as serde_json and the standard library.
#[test]
fn numbers_are_read_to_the_nearest_double() {
    let mut trial = Trial::new();
    let x = trial.fact("x", quantity("kg", &[]));
    let cond = trial.compare(x, Ge, "0");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?";
    runner(3_000)
        .run(&number, |text| {
            let json = format!("{{\"id\":1,\"units\":\"canonical\",\"facts\":{{\"x\":{text}}}}}");
            let evaluation = evaluate(&evaluator, &json);
            let found = serde_json::to_value(&evaluation.criteria[0].evidence[0].found[0].value).expect("plain");
            prop_assert_eq!(found.as_f64(), text.parse::<f64>().ok(), "{}", text);
            Ok(())
        })
        .expect("no failure");
}

#[test]
fn deep_and_wide_values() {
    let evaluator = everything();
    let deep =
        |depth: usize| format!("{{\"id\":1,\"facts\":{{\"weight\":{}1{}}}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(everything_of(&evaluator, deep(62).as_bytes()));
    assert!(!everything_of(&evaluator, deep(63).as_bytes()));
    assert!(!everything_of(&evaluator, deep(1_000_000).as_bytes()));
    let wide = vec!["{\"value\":1,\"unit\":\"%\",\"at\":\"2026\"}"; 20_000].join(",");
    assert!(everything_of(&evaluator, format!("{{\"id\":1,\"facts\":{{\"lvef\":[{wide}]}}}}").as_bytes()));
    let wide = vec!["{\"start\":\"2026\"}"; 20_000].join(",");
    let text = format!("{{\"id\":1,\"anchors\":{{\"screening\":\"2026-03\"}},\"facts\":{{\"steroid\":[{wide}]}}}}");
    assert!(everything_of(&evaluator, text.as_bytes()));
}

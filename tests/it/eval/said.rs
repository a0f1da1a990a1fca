//! Ages in the units of their bounds, planned entries, and results of which any may be the latest: program text to
//! outcomes.

use eligc::diag::Severity;
use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use eligc::lower;
use eligc::record::ReadOptions;

/// The outcomes of a program's criteria, one letter each: `p`, `f` or `u`.
fn outcomes(evaluator: &str, facts: &str) -> String {
    outcomes_at(evaluator, r#""screening":"2026-03-01","infusion":"2026-04-01""#, facts)
}

fn outcomes_at(evaluator: &str, anchors: &str, facts: &str) -> String {
    let checked = check_text("trial.elig", evaluator);
    assert!(checked.diagnostics.iter().all(|found| found.severity == Severity::Warning), "{:?}", checked.diagnostics);
    let tree = lower::lower(checked.program.as_ref().expect("a program"), &checked.sources);
    let evaluator = Evaluator::new(tree).expect("a sound tree");
    let record = format!(r#"{{"id":1,"anchors":{{{anchors}}},"facts":{{{facts}}}}}"#);
    let record = evaluator.read(record.as_bytes(), &ReadOptions::default()).expect("a sound record");
    let found = evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 });
    found
        .criteria
        .iter()
        .map(|criterion| match criterion.outcome {
            Outcome::Pass => 'p',
            Outcome::Fail => 'f',
            Outcome::Unknown => 'u',
        })
        .collect()
}

const AGES: &str = "
    require [I1] age at screening >= 17.5 years
    require [I2] age at screening >= 210 months
    require [I3] age at screening < 18 months
    require [I4] age at screening between 6 and 14 weeks
    exclude [E1] age at screening > 70 years
    exclude [E2] 6600 days <= age
    define grown = age at screening
    require [I5] grown >= 6 months
    require [I6] (age in months) >= 6
    require [I7] (grown in weeks) - 2 >= 4";

#[test]
fn an_age_counts_the_units_of_its_bound() {
    for (born, expected) in [
        ("2008-09-01", "ppffppppp"),
        ("2008-09-02", "ffffppppp"),
        ("2008-02-05", "ppffppppp"),
        ("2008-02-04", "ppffpfppp"),
        // 70 and a half, and the first day of being 71.
        ("1955-09-01", "ppffpfppp"),
        ("1955-03-02", "ppffpfppp"),
        ("1955-03-01", "ppffffppp"),
        ("2025-09-01", "ffpfppppp"),
        ("2025-09-02", "ffpfppffp"),
        ("2026-01-18", "ffppppffp"),
        ("2026-01-19", "ffpfppfff"),
    ] {
        assert_eq!(outcomes(AGES, &format!(r#""birth_date":"{born}""#)), expected, "{born}");
    }
}

#[test]
fn a_recorded_age_answers_as_a_date_of_birth_would() {
    let between = "require age at screening between 18 and 70 years\nrequire age at screening >= 210 months";
    for (age, expected) in [
        (r#"{"value":70.5,"unit":"a"}"#, "pp"),
        (r#"{"value":846,"unit":"mo"}"#, "pp"),
        (r#"{"value":852,"unit":"mo"}"#, "fp"),
        (r#"{"value":6574,"unit":"d"}"#, "pp"),
        (r#"{"value":6573,"unit":"d"}"#, "fp"),
        (r#"{"value":17,"unit":"a"}"#, "fu"),
        (r#"{"value":17.5,"unit":"a"}"#, "fu"),
        (r#"{"value":17.9,"unit":"a"}"#, "fp"),
        (r#"{"value":18,"unit":"a"}"#, "pp"),
    ] {
        assert_eq!(outcomes(between, &format!(r#""age":{age}"#)), expected, "{age}");
    }
    // Years and months need no day of screening, days and months do.
    assert_eq!(outcomes_at(between, "", r#""age":{"value":17.9,"unit":"a"}"#), "fp");
    assert_eq!(outcomes_at(between, "", r#""age":{"value":6574,"unit":"d"}"#), "uu");
    // In a formula too.
    let formula =
        "require (140 - (age in years)) <= 70\nrequire any age >= 846 months\nrequire highest age <= 70 years";
    assert_eq!(outcomes(formula, r#""age":{"value":70.9,"unit":"a"}"#), "ppp");
    assert_eq!(outcomes(formula, r#""age":{"value":69.9,"unit":"a"}"#), "ffp");
    assert_eq!(outcomes(formula, r#""birth_date":"1955-09-01""#), "puu");
}

const PLANNED: &str = "
    exclude [E1] any car_t
    exclude [E2] car_t
    require [I1] no car_t
    exclude [E3] at least 1 distinct { car_t, stem_cell_transplant }
    exclude [E4] rituximab within 8 weeks before screening
    exclude [E5] rituximab after screening
    exclude [E6] planned rituximab
    exclude [E7] car_t (start after screening)
    exclude [E8] planned car_t at screening before infusion";

#[test]
fn what_is_marked_as_planned_answers_planned_and_nothing_else() {
    let rest = r#""stem_cell_transplant":[]"#;
    for (facts, expected) in [
        (r#""car_t":[{"start":"2026-03-15","planned":true}],"rituximab":[{"planned":true}]"#, "ppppppfpf"),
        (r#""car_t":[{"planned":true}],"rituximab":[{"start":"2026-02-01","planned":true}]"#, "ppppuuupu"),
        // Without the mark the dates speak, one after the anchor for both.
        (r#""car_t":[{"start":"2026-03-15"}],"rituximab":[{"start":"2026-03-02"}]"#, "ffffpffff"),
        (
            r#""car_t":[{"start":"2026-03-15","planned":false}],"rituximab":[{"start":"2026-03-02","planned":false}]"#,
            "ffffpfpfp",
        ),
        (r#""car_t":[],"rituximab":[{}]"#, "ppppuuupp"),
    ] {
        assert_eq!(outcomes(PLANNED, &format!("{facts},{rest}")), expected, "{facts}");
    }
}

#[test]
fn results_of_which_any_may_be_the_latest_answer_alike() {
    let evaluator = "
        fact nyha_now: class I < II < III < IV
        fact smear: one of { clean, mild, bad }
        require [I1] nyha_now <= class II
        require [I2] nyha_now is II
        exclude [E1] smear in { mild, bad }
        exclude [E2] smear is clean";
    assert_eq!(outcomes(evaluator, r#""nyha_now":["I","II"],"smear":["mild","bad"]"#), "pufp");
    assert_eq!(outcomes(evaluator, r#""nyha_now":["II","III"],"smear":["mild","clean"]"#), "uuuu");
    assert_eq!(outcomes(evaluator, r#""nyha_now":["I",{"value":null}],"smear":["mild",{"value":null}]"#), "uuuu");
}

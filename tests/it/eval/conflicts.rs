//! An edit check that fails and names an anchor takes it from every criterion, whatever form the criterion is of.

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use eligc::lower;
use eligc::record::ReadOptions;

const RECORD: &str = r#"{"id": 1, "anchors": {"consent": "2026-03-01", "screening": "2026-03-08"}, "facts": {
    "stroke": [],
    "birth_date": "1980-05-17",
    "prednisone": {"start": "2025-01-10", "end": null, "dose": {"value": 5, "unit": "mg/d"}},
    "glucocorticoid": null
}}"#;

#[test]
fn an_anchor_in_conflict_is_known_to_no_form() {
    for clause in [
        "prednisone within 30 days before consent",
        "prednisone for at least 30 days before consent",
        "current prednisone at consent",
        "daily dose of prednisone at consent > 2 mg/day",
        "any daily dose of prednisone > 2 mg/day within 30 days before consent",
        "every daily dose of prednisone > 2 mg/day within 30 days before consent",
        "daily dose of prednisone > 2 mg/day for at least 30 days before consent",
        "daily dose of prednisone > 2 mg/day lasting more than 30 days within 30 days before consent",
        "highest daily dose of prednisone within 30 days before consent >= 5 mg/day",
        "lowest daily dose of prednisone within 30 days before consent >= 5 mg/day",
        "age at consent >= 18 years",
        "consent within 28 days before screening",
        "birth_date before consent",
    ] {
        let outcome = |check: &str| {
            let text = format!("require [I1] {clause}\n{check}");
            let checked = check_text("trial.elig", &text);
            let typed = checked.program.as_ref().unwrap_or_else(|| panic!("{text}: {:#?}", checked.diagnostics));
            let evaluator = Evaluator::new(lower::lower(typed, &checked.sources)).expect("a sound tree");
            let record = evaluator.read(RECORD.as_bytes(), &ReadOptions::default()).expect("a sound record");
            let outcomes = evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 }).criteria;
            outcomes.iter().map(|criterion| criterion.outcome).collect::<Vec<_>>()
        };
        assert_eq!(outcome(""), [Outcome::Pass], "{clause}");
        assert_eq!(outcome("assert [C1] \"so\": any stroke before consent"), [Outcome::Unknown], "{clause}");
    }
}

//! A program means what its text says: outcomes are those that `text_oracle` works out from the words it writes.
//!
//! The other laws begin at the typed program, so that what the check makes of the words is held by this one.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use eligc::diag::{Code, Severity};
use eligc::driver::check_text;
use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use serde::Deserialize;
use serde_json::Value as Json;

use super::compile;

const PROGRAMS: &str = "400";
const RECORDS: &str = "8";

#[derive(Deserialize)]
struct Written {
    text: String,
    forms: BTreeMap<String, usize>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    record: Json,
    outcomes: Vec<String>,
    /// The outcomes were found by filling in what is not known, in many ways: less may be known, and nothing else.
    loose: bool,
    in_conflict: bool,
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unknown => "unknown",
    }
}

/// Windows that leave no day are refused, and there is nothing to compare.
fn leaves_no_day(text: &str) -> bool {
    let found = check_text("written.elig", text).diagnostics;
    let mut errors = found.iter().filter(|found| found.severity == Severity::Error).peekable();
    errors.peek().is_some() && errors.all(|error| error.code == Code::E0310)
}

/// What the programs must hold, each at least 20 times.
const FORMS: &[&str] = &[
    "course",
    "course with gaps",
    "daily dose: at",
    "daily dose: any",
    "daily dose: every",
    "daily dose: for",
    "daily dose: lasting",
    "daily dose: highest",
    "daily dose: lowest",
    "latest",
    "by",
    "latest by",
    "so many results",
    "consecutive",
    "apart",
    "first",
    "latest as a number",
    "first as a number",
    "highest as a number",
    "lowest as a number",
    "titre",
    "first of entries",
    "last of entries",
    "results count of a trial",
    "results count of a fact",
    "results count of a criterion",
    "edit check",
    "recorded total",
];

#[test]
fn a_program_means_what_its_text_says() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/laws/text_oracle");
    let Ok(output) = Command::new("python3").arg("-B").arg(script).args(["1", PROGRAMS, RECORDS]).output() else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    let (mut refused, mut known, mut unknown, mut less, mut in_conflict) = (0, 0, 0, 0, 0);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let written: Written = serde_json::from_str(line).unwrap();
        if leaves_no_day(&written.text) {
            refused += 1;
            continue;
        }
        let compiled = compile(written.text.clone()).unwrap_or_else(|why| panic!("{why}\n{}", written.text));
        for (form, count) in written.forms {
            *forms.entry(form).or_default() += count;
        }
        for case in &written.cases {
            let record = compiled.read(&case.record).unwrap();
            let evaluation = compiled.evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 });
            in_conflict += usize::from(case.in_conflict);
            assert_eq!(evaluation.criteria.len(), case.outcomes.len(), "{}", written.text);
            for (criterion, expected) in evaluation.criteria.iter().zip(&case.outcomes) {
                let found = word(criterion.outcome);
                if found == "unknown" && found != expected && case.loose {
                    less += 1;
                    continue;
                }
                let outcomes = &case.outcomes;
                assert_eq!(found, expected, "of {outcomes:?}\n{}\n{}", written.text, case.record);
                *(if found == "unknown" { &mut unknown } else { &mut known }) += 1;
            }
        }
    }
    let told = format!(
        "{refused} refused, {known} known, {unknown} unknown, {less} less known, {in_conflict} in conflict: {forms:#?}"
    );
    assert!(refused < 120 && known > 1_500 && unknown > 1_500 && less < 40 && in_conflict > 100, "{told}");
    for form in FORMS {
        assert!(forms.get(*form).is_some_and(|count| *count >= 20), "{form}: {told}");
    }
}

//! A program means what its text says: outcomes are those that `text_oracle.py` works out from the words it writes.
//!
//! The other laws begin at the typed program, so that what the check makes of the words is held by this one.

use std::path::Path;
use std::process::Command;

use eligc::diag::{Code, Severity};
use eligc::driver::check_text;
use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use serde::Deserialize;
use serde_json::Value as Json;

use super::compile;

const PROGRAMS: &str = "150";
const RECORDS: &str = "12";

#[derive(Deserialize)]
struct Written {
    text: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    record: Json,
    outcomes: Vec<String>,
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

#[test]
fn a_program_means_what_its_text_says() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/laws/text_oracle.py");
    let Ok(output) = Command::new("python3").arg(script).args(["1", PROGRAMS, RECORDS]).output() else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (mut refused, mut known, mut unknown) = (0, 0, 0);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let written: Written = serde_json::from_str(line).unwrap();
        if leaves_no_day(&written.text) {
            refused += 1;
            continue;
        }
        let compiled = compile(written.text.clone()).unwrap_or_else(|why| panic!("{why}\n{}", written.text));
        for case in &written.cases {
            let record = compiled.read(&case.record).unwrap();
            let evaluation = compiled.evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 });
            let found: Vec<&str> = evaluation.criteria.iter().map(|criterion| word(criterion.outcome)).collect();
            assert_eq!(found, case.outcomes, "{}\n{}", written.text, case.record);
            for outcome in found {
                *(if outcome == "unknown" { &mut unknown } else { &mut known }) += 1;
            }
        }
    }
    assert!(refused < 60 && known > 800 && unknown > 800, "{refused} refused, {known} known, {unknown} unknown");
}

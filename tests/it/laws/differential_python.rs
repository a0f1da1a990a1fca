//! The evaluator that was written from docs/tree.md alone, in Python, gives random trees and records the same outcomes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use eligc::ir::{Outcome, Verdict};

use super::generators::{Tape, record::record};
use super::reference_semantics::{THAT_ADD_UP, count_constructs};
use super::{law, random_program};

const PROGRAMS: u32 = 120;
const RECORDS: usize = 6;

fn line(verdict: Verdict, outcomes: &[Outcome]) -> String {
    let mut words = vec![match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined => "undetermined",
    }];
    words.extend(outcomes.iter().map(|outcome| match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unknown => "unknown",
    }));
    words.join(" ")
}

#[test]
fn the_evaluator_written_from_the_page_agrees_on_random_trees() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/evaluate.py");
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: there is no python3");
        return;
    }
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (tree, records) = (scratch.join("random.tree.json"), scratch.join("random.records.ndjson"));
    let constructs: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    let mut lengths = vec![2_000, 200];
    lengths.extend([1_500, 200].repeat(RECORDS));
    law("the second evaluator", PROGRAMS, &lengths, |tapes| {
        let compiled = random_program(&tapes[0], &tapes[1])?;
        count_constructs(&compiled, &mut constructs.borrow_mut());
        let questions = compiled.question_ids();
        let given: Vec<String> = tapes[2..]
            .chunks(2)
            .map(|tapes| record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &questions).to_string())
            .collect();
        std::fs::write(&tree, &compiled.json).unwrap();
        std::fs::write(&records, given.join("\n")).unwrap();
        let output = Command::new("python3").arg(&script).arg(&tree).arg(&records).output().unwrap();
        if !output.status.success() {
            return Err(format!("{}\n{}", String::from_utf8_lossy(&output.stderr), compiled.shown()));
        }
        let theirs = String::from_utf8(output.stdout).unwrap();
        let mut outcomes = Vec::new();
        for (json, theirs) in given.iter().zip(theirs.lines()) {
            let read = compiled.read(&serde_json::from_str(json).unwrap())?;
            let verdict = compiled.evaluator.outcomes(&read, &mut outcomes);
            let ours = line(verdict, &outcomes);
            if ours != theirs {
                return Err(format!("two answers\n{}\n{json}\nhere {ours}\nthere {theirs}", compiled.shown()));
            }
        }
        Ok(())
    });
    let constructs = constructs.into_inner();
    for name in THAT_ADD_UP.iter().chain(&["edit check"]) {
        assert!(constructs.get(name).is_some_and(|count| *count >= 5), "{name}: {constructs:#?}");
    }
}

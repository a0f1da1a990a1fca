//! The test vectors of `docs/tree.md`, run by the evaluator here and by the small one in Python.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::{Outcome, Verdict};
use eligc::record::ReadOptions;
use eligc::tree::DecisionTree;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    tree: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    record: Value,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    verdict: Option<String>,
    #[serde(default)]
    criteria: BTreeMap<String, String>,
    #[serde(default)]
    stages: BTreeMap<String, String>,
    pending: Option<Vec<String>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined => "undetermined",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unknown => "unknown",
    }
}

/// What `case` expects and the program does not give.
fn differences(evaluator: &Evaluator, case: &Case) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |what: String, wanted: &str, given: &str| {
        if wanted != given {
            found.push(format!("{what}: expected {wanted}, found {given}"));
        }
    };
    let json = case.record.to_string();
    let record = match evaluator.read(json.as_bytes(), &ReadOptions::default()) {
        Ok(record) => record,
        Err(error) => return vec![format!("the record is refused: {error}")],
    };
    let evaluation = evaluator.evaluate(&record, &EvalOptions::default());
    if let Some(wanted) = &case.expect.verdict {
        expect("verdict".to_owned(), wanted, verdict(evaluation.verdict));
        expect("verdict when screened".to_owned(), wanted, verdict(evaluator.screen(&record)));
    }
    let mut outcomes = Vec::new();
    evaluator.outcomes(&record, &mut outcomes);
    for (id, wanted) in &case.expect.criteria {
        let at = evaluation.criteria.iter().position(|criterion| criterion.id == *id).unwrap();
        let given = evaluation.criteria.get(at).unwrap().outcome;
        expect(id.clone(), wanted, outcome(given));
        expect(format!("{id} when screened"), wanted, outcome(*outcomes.get(at).unwrap()));
    }
    for (stage, wanted) in &case.expect.stages {
        let at = evaluator.anchor(stage).unwrap();
        expect(format!("verdict at {stage}"), wanted, verdict(evaluator.screen_at(&record, at)));
        if let Some(given) = evaluation.stages.iter().find(|given| given.stage == *stage) {
            expect(format!("evaluation at {stage}"), wanted, verdict(given.verdict));
        }
    }
    if let Some(wanted) = &case.expect.pending {
        let given: Vec<&str> = evaluation
            .criteria
            .iter()
            .filter(|criterion| criterion.pending)
            .map(|criterion| criterion.id.as_str())
            .collect();
        expect("pending".to_owned(), &wanted.join(" "), &given.join(" "));
    }
    found
}

#[test]
fn every_vector_holds() {
    let mut cases = 0;
    let mut wrong = String::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    for path in &files {
        let vector: Vector = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let tree = match DecisionTree::from_json(&vector.tree.to_string()) {
            Ok(tree) => tree,
            Err(error) => {
                wrong += &format!("{}: {error}\n", path.display());
                continue;
            }
        };
        let evaluator = Evaluator::new(tree).unwrap();
        for case in &vector.cases {
            cases += 1;
            for difference in differences(&evaluator, case) {
                wrong += &format!("{}, {}: {difference}\n", vector.name, case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(files.len() >= 20 && cases >= 250, "{cases} cases in {} files", files.len());
}

/// What trees of vectors must hold: a field with its value, or any value of it.
const FORMS: &[(&str, Option<&str>)] = &[
    ("test", Some("course")),
    ("gap", None),
    ("planned", Some("true")),
    ("distinct", Some("true")),
    ("test", Some("stretch")),
    ("daily_dose", None),
    ("as", Some("prednisone")),
    ("at", Some("screening")),
    ("highest", None),
    ("lowest", None),
    ("equivalent", None),
    ("latest", Some("true")),
    ("by", Some("organ")),
    ("by", Some("severe")),
    ("among", None),
    ("about", None),
    ("entry", Some("first")),
    ("entry", Some("last")),
    ("end", Some("true")),
    ("select", Some("first")),
    ("select", Some("highest")),
    ("select", Some("lowest")),
    ("at_least", None),
    ("at_most", None),
    ("consecutive", Some("true")),
    ("apart", None),
    ("any_latest_by", None),
    ("every_latest_by", None),
    ("is", Some("titre")),
    ("of_anchor", None),
    ("checks", None),
    ("bears_on", None),
];

/// Each field with its value, as text where it is no list and no object.
fn fields(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let text = inner.as_str().map_or_else(|| inner.to_string(), str::to_owned);
                found.push((key.clone(), text));
                fields(inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn each_form_in_which_evidence_adds_up_has_a_vector() {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let vector: Vector = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            fields(&vector.tree, &mut found);
        }
    }
    for (field, value) in FORMS {
        let fits = |(key, text): &&(String, String)| key == field && value.is_none_or(|value| value == text);
        assert!(found.iter().any(|each| fits(&each)), "no vector has a field {field} {value:?}");
    }
}

#[test]
fn every_vector_tree_fits_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/tree.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let vector: Vector = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let first = schema.iter_errors(&vector.tree).next().map(|error| error.to_string());
            assert_eq!(first, None, "{}", path.display());
        }
    }
}

#[test]
fn the_evaluator_written_from_the_page_agrees() {
    let script = folder().join("evaluate.py");
    let Ok(output) = Command::new("python3").arg(&script).output() else {
        println!("skipped: there is no python3");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.trim_end().ends_with(" 0 failed"), "{said}");
}

/// The output of a script in the folder of vectors; `None` where there is no Python.
fn python(script: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new("python3").arg(folder().join(script)).args(arguments).output().ok()?;
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn both_evaluators_agree_on_random_records_of_the_trials() {
    const RECORDS: &str = "25";
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let trials = Path::new(env!("CARGO_MANIFEST_DIR")).join("trials");
    for entry in std::fs::read_dir(trials).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "elig") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let checked = eligc::driver::check_text(&name, &text);
        let program = checked
            .program
            .as_ref()
            .unwrap_or_else(|| panic!("{name} does not compile: {:?}", checked.diagnostics.first()));
        let tree = eligc::lower::lower(program, &checked.sources);
        let json = tree.to_json();
        assert_eq!(DecisionTree::from_json(&json).unwrap(), tree, "{name}");

        let tree_path = scratch.join(format!("{name}.tree.json"));
        let records_path = scratch.join(format!("{name}.records.ndjson"));
        std::fs::write(&tree_path, &json).unwrap();
        let (tree_name, records_name) = (tree_path.to_str().unwrap(), records_path.to_str().unwrap());
        let Some(records) = python("records.py", &[tree_name, "1", RECORDS]) else {
            println!("skipped: there is no python3");
            return;
        };
        std::fs::write(&records_path, &records).unwrap();
        let theirs = python("evaluate.py", &[tree_name, records_name]).unwrap();

        let evaluator = Evaluator::new(tree).unwrap();
        let mut outcomes = Vec::new();
        for (line, theirs) in records.lines().zip(theirs.lines()) {
            let record = evaluator.read(line.as_bytes(), &ReadOptions::default()).unwrap();
            evaluator.outcomes(&record, &mut outcomes);
            let mut ours = verdict(evaluator.screen(&record)).to_owned();
            for each in &outcomes {
                ours.push(' ');
                ours.push_str(outcome(*each));
            }
            assert_eq!(ours, theirs, "{name}: {line}");
        }
    }
}

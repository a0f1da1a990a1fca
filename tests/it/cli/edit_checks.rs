//! `eligc eval --edit-checks`, and what reports say of conflicts and of evidence that was not read.

use serde_json::Value;

use super::{Folder, run, stderr, stdout};

const TRIAL: &str = "exclude [E1] pregnant\nrequire [I1] platelets >= 100 x10^9/L\n\
                     ## Not one of our laboratories reads them so.\n\
                     assert [C1] \"a man has no such count\": not (platelets > 400 x10^9/L and sex is male)\n";
const PATIENTS: &str = r#"{"id":"P-1","facts":{"sex":"male","pregnant":true,"platelets":{"value":150,"unit":"10*9/L"}}}
{"id":"P-2","facts":{"sex":"female","pregnant":false,"hcg_serum":{"value":"positive","at":"2026-01-27"},"platelets":{"value":300,"unit":"10*9/L"}},"anchors":{"screening":"2026-03-01"}}
{"id":"=P,3","facts":{"sex":"male","platelets":{"value":500000,"unit":"/uL","at":"2026-02-27"}},"anchors":{"screening":"2026-03-01"}}
"#;

fn eval(options: &[&str], exit: i32) -> String {
    let folder = Folder::new(&format!("edit-checks-{}", options.join("")));
    let trial = folder.file("trial.elig", TRIAL);
    let args: Vec<&str> = ["eval", trial.to_str().expect("a path"), "-"].iter().chain(options).copied().collect();
    let output = run(&args, PATIENTS);
    assert_eq!(output.status.code(), Some(exit), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn queries_are_listed_in_three_forms() {
    let table = eval(&["--edit-checks"], 1);
    let expected = "P-1\n    sle-12  a man is not pregnant\n        sex male\n        pregnant yes\n";
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let listed = sorted(&table);
    assert!(sorted(expected).iter().all(|line| listed.contains(line)), "{table}");
    assert!(table.contains("    C1  a man has no such count\n"), "{table}");
    assert!(table.contains("platelets 500000 /uL (500 10*9/L) at 2026-02-27"), "{table}");
    assert!(table.contains("Not one of our laboratories"), "{table}");
    assert!(table.contains("3 patients\n2 failed edit checks in 2 records\n"), "{table}");
    assert!(!table.contains("P-2"), "{table}");

    let lines: Vec<Value> = eval(&["--edit-checks", "--format", "json"], 1)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["record"], &lines[1]["id"]), (&Value::from("=P,3"), &Value::from("C1")));
    assert_eq!(lines[1]["items"], serde_json::json!(["platelets", "sex"]));

    let csv = eval(&["--edit-checks", "--format", "csv"], 1);
    let mut rows = csv.lines();
    assert_eq!(rows.next(), Some("record,check,text,item,value,unit,date,start,end"));
    // No spreadsheet runs an id.
    assert!(csv.contains("\"'=P,3\",C1,a man has no such count,platelets,500000 /uL,,2026-02-27,,\n"), "{csv}");
    assert_eq!(rows.count(), 4, "{csv}");
}

#[test]
fn verdicts_tell_conflicts_and_evidence_not_read() {
    let table = eval(&[], 0);
    assert!(table.contains("P-1  undetermined"), "{table}");
    assert!(table.contains("is in conflict: a man is not pregnant"), "{table}");
    assert!(table.contains("conflict sle-12, a man is not pregnant: "), "{table}");
    let not_read = "P-2  eligible\n    not read: hcg_serum positive at 2026-01-27; it bears on pregnant (E1)\n";
    assert!(table.contains(not_read), "{table}");
    assert!(table.contains("2 records in conflict with an edit check: `--edit-checks` lists them\n"), "{table}");
    assert!(table.contains("hcg_serum is recorded for 1 patient and not read; it bears on pregnant\n"), "{table}");

    let json: Vec<Value> =
        eval(&["--format", "json"], 0).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(json[0]["conflicts"][0]["criteria"], serde_json::json!(["E1"]));
    assert_eq!(json[0]["criteria"][0]["reasons"][0]["why"], "conflict");
    assert!(json[0]["decisive"].as_array().is_some_and(Vec::is_empty), "{}", json[0]);
    assert_eq!(json[1]["not_read"][0]["item"], "hcg_serum");
    assert!(json[1].get("conflicts").is_none());
    assert!(stdout_of_csv().contains("`--format csv` is a form of `--edit-checks`"));
}

fn stdout_of_csv() -> String {
    let folder = Folder::new("csv-alone");
    let trial = folder.file("trial.elig", TRIAL);
    let output = run(&["eval", trial.to_str().expect("a path"), "-", "--format", "csv"], PATIENTS);
    assert_eq!(output.status.code(), Some(2));
    stderr(&output)
}

#[test]
fn criteria_that_read_one_place_are_named_on_request() {
    let folder = Folder::new("one-place");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    assert!(!stderr(&run(&["check", trial], "")).contains("W0736"));
    let output = run(&["check", trial, "--warn", "one-place-of-two"], "");
    let told = format!("{}{}", stdout(&output), stderr(&output));
    assert!(told.contains("W0736") && told.contains("hcg_serum"), "{told}");
    assert_eq!(run(&["check", trial, "--deny", "W0736"], "").status.code(), Some(1));
    assert_eq!(run(&["check", trial, "--deny", "warnings"], "").status.code(), Some(0));
}

/// The check and the criteria share the anchor `enrollment` alone, each criterion by another form.
#[test]
fn an_anchor_in_conflict_is_unknown_to_every_form_about_it() {
    let criteria = [
        "exclude [E1] rituximab within 4 weeks before enrollment",
        "exclude [E1] daily dose of prednisone at enrollment >= 20 mg/day",
        "exclude [E1] daily dose of prednisone >= 20 mg/day for at least 2 weeks before enrollment",
        "exclude [E1] highest daily dose of prednisone within 2 weeks before enrollment >= 20 mg/day",
        "exclude [E1] prednisone for at least 2 weeks before enrollment",
        "exclude [E1] consent within 2 days before enrollment",
        "exclude [E1] age at enrollment >= 70 years",
    ];
    let record = r#"{"id":"P-1","facts":{"birth_date":"1990-01-01","rituximab":[{"start":"2025-01-10"}],
        "prednisone":[{"start":"2025-11-01","end":"2026-01-20","dose":{"value":30,"unit":"mg/d"}}]},
        "anchors":{"consent":"2026-01-01","screening":"2026-01-02","enrollment":"2026-03-02","infusion":"2026-03-01"}}"#;
    let record = record.replace('\n', "");
    for criterion in criteria {
        let folder = Folder::new("anchor-in-conflict");
        let check = "assert [C1] \"enrollment is not after infusion\": not (enrollment after infusion)";
        let trial = folder.file("trial.elig", &format!("{criterion}\n{check}\n"));
        let output = run(&["eval", trial.to_str().expect("a path"), "-", "--format", "json"], &record);
        assert_eq!(stderr(&output), "", "{criterion}");
        let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(report["verdict"], "undetermined", "{criterion}\n{report:#}");
        assert_eq!(report["conflicts"][0]["id"], "C1", "{criterion}\n{report:#}");
    }
}

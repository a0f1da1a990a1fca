//! Where no criterion is asked there is no verdict: it would be eligible, whoever is asked.

use eligc::tree::DecisionTree;

use super::eval;
use crate::cli::{Folder, run, stderr};

const PATIENT: &[u8] = br#"{"id":"p","anchors":{"consent":"2026-02-20","screening":"2026-03-01"}}"#;

#[test]
fn a_program_without_criteria_is_no_program_to_ask() {
    for program in ["vocabulary mine\nfact a: yes_no\n", "trial T { }\n", "note \"only this\"", ""] {
        let (out, error, code) = eval(program, PATIENT, &[]);
        assert_eq!((out.as_str(), code), ("", 2), "{program}");
        assert!(error.contains("has no criteria") && error.contains("every patient would be eligible"), "{error}");
        let compiled = run(&["compile", "-"], program);
        assert_eq!(compiled.status.code(), Some(2), "{program}");
        assert!(compiled.stdout.is_empty() && stderr(&compiled).contains("has no criteria"), "{program}");
    }
    // A vocabulary among the files of a folder has nothing to run, and that is no mistake.
    assert_eq!(run(&["test", "-"], "vocabulary mine\nfact a: yes_no\n").status.code(), Some(0));
}

#[test]
fn a_tree_without_criteria_is_refused() {
    let tree = run(&["compile", "-"], "require [I1] sledai2k >= 7");
    let mut tree: serde_json::Value = serde_json::from_slice(&tree.stdout).expect("a tree");
    for list in ["criteria", "checks", "tests", "nodes"] {
        tree[list] = serde_json::json!([]);
    }
    let error = DecisionTree::from_json(&tree.to_string()).expect_err("no tree to use");
    assert_eq!(error.to_string(), "criteria: there is none: every patient would be eligible");
    let folder = Folder::new("empty-tree");
    let path = folder.file("tree.json", &tree.to_string());
    let output = run(&["eval", path.to_str().expect("a path"), "-"], "{\"id\":1}");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && stderr(&output).contains("every patient would be eligible"));
}

#[test]
fn a_stage_before_every_criterion_is_refused() {
    let program = "require [I1] sledai2k >= 7";
    let (out, error, code) = eval(program, PATIENT, &["--stage", "consent"]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(error.contains("no criterion belongs to it") && error.contains("the first stage is screening"), "{error}");
    assert_eq!(eval(program, PATIENT, &["--stage", "screening"]).2, 0);
    assert_eq!(eval("require [I1] age at consent >= 18 years", PATIENT, &["--stage", "consent"]).2, 0);
}

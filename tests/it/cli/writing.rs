//! Commands that write a trial, its reading or its diagrams.

use super::*;
use std::fs;

#[test]
fn new_writes_a_trial_once() {
    let folder = Folder::new("new");
    let path = folder.0.join("trial.elig");
    let file = path.to_str().expect("a path");
    assert_eq!(run(&["new", file], "").status.code(), Some(0));
    assert_eq!(run(&["check", file, "--deny", "warnings"], "").status.code(), Some(0));
    assert_eq!(run(&["test", file], "").status.code(), Some(0));
    let again = run(&["new", file], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is there already; --force writes over it"), "{}", stderr(&again));
    assert_eq!(run(&["new", file, "--force"], "").status.code(), Some(0));
    assert_eq!(stdout(&run(&["new"], "")), fs::read_to_string(&path).expect("the file"));
}

#[test]
fn new_from_a_record_then_status() {
    let folder = Folder::new("draft");
    let path = folder.0.join("draft.elig");
    let file = path.to_str().expect("a path");
    let record = "Inclusion Criteria:\n1. Is old enough\nExclusion Criteria:\n1. Is ill\n";
    assert_eq!(run(&["new", "--from", "-", file], record).status.code(), Some(0));
    let status = run(&["status", file], "");
    assert_eq!(status.status.code(), Some(0));
    assert!(stdout(&status).contains("2 conditions to do:"), "{}", stdout(&status));
    assert!(stdout(&status).contains("E1  Is ill"), "{}", stdout(&status));
    assert_eq!(run(&["status", file, "--deny", "todo"], "").status.code(), Some(1));
    assert_eq!(run(&["status", "trials/zm001.elig", "--deny", "todo"], "").status.code(), Some(0));
    let json = stdout(&run(&["status", file, "trials/zm001.elig", "--format", "json"], ""));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["format"], "elig-status/1");
    assert_eq!(json["files"][0]["counts"]["todo"], 2);
    assert_eq!(json["files"][0]["todos"][1]["criterion"], "E1");
    assert_eq!(run(&["status", "-"], "require nothing_known").status.code(), Some(1));
    // What a person must settle first is named, with the exit code of findings; the draft is written all the same.
    let unsaid = codes(&["new", "--from", "-"], "Has lupus and may walk\nEligibility\n\nIs old enough\n", 1);
    assert!(stderr(&unsaid).contains("does not say for sure whether [U1] must hold"), "{}", stderr(&unsaid));
    assert!(stdout(&unsaid).contains("require [U1] todo \"Is old enough\""), "{}", stdout(&unsaid));
    let empty = codes(&["new", "--from", "-"], "A study of something with four words\n", 1);
    assert!(stderr(&empty).contains("no list of criteria was found"), "{}", stderr(&empty));
    let study = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000001"},"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria: Is it"}}}"#;
    let both = format!("[{study},{}]", study.replace("NCT00000001", "NCT00000002"));
    let several = codes(&["new", "--from", "-"], &both, 2);
    assert!(stderr(&several).contains("name one with --study: NCT00000001, NCT00000002"), "{}", stderr(&several));
    let named = codes(&["new", "--from", "-", "--study", "NCT00000002"], &both, 0);
    assert!(stdout(&named).contains("trial NCT00000002"), "{}", stdout(&named));
    assert_eq!(run(&["new", "--study", "NCT00000002"], "").status.code(), Some(2));
    assert_eq!(run(&["new", "--from", "-"], "").status.code(), Some(2));
    assert_eq!(run(&["new", "--from", "nowhere.txt"], "").status.code(), Some(2));
}

#[test]
fn read_in_each_format() {
    let folder = Folder::new("read");
    let page = folder.0.join("page.html");
    let file = page.to_str().expect("a path");
    assert_eq!(run(&["read", "trials/zm001.elig", "--format", "html", "-o", file], "").status.code(), Some(0));
    assert!(fs::read_to_string(&page).expect("the page").starts_with("<!doctype html>"));
    let stdin = run(&["read", "-", "--format", "markdown"], "exclude [E1] prior car_t");
    assert_eq!(stdin.status.code(), Some(0));
    assert!(
        stdout(&stdin).contains("A patient is kept out when there is at least one occurrence of CAR-T cell treatment")
    );
    let only = run(&["read", "trials/relma-cel.elig", "--only", "E7"], "");
    assert!(stdout(&only).contains("E7") && !stdout(&only).contains("E8"), "{}", stdout(&only));
    let unknown = run(&["read", "trials/relma-cel.elig", "--only", "E77"], "");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("no criterion or note of that number; did you mean"), "{}", stderr(&unknown));
    assert_eq!(run(&["read", "-"], "require nothing_known").status.code(), Some(1));
}

#[test]
fn draw_in_each_form() {
    let drawn = |args: &[&str]| {
        let output = run(&[&["read", "trials/relma-cel.elig", "--tree"], args].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    assert!(drawn(&["svg", "--only", "E7"]).starts_with("<svg "));
    assert!(drawn(&["svg"]).starts_with("<!doctype html>"));
    assert!(drawn(&["dot", "--only", "E7"]).starts_with("digraph \"E7\""));
    assert!(drawn(&["mermaid", "--only", "E7"]).starts_with("flowchart TD"));
    assert!(drawn(&["mermaid"]).starts_with("## I1\n\n```mermaid\n"));
}

#[test]
fn a_vocabulary_of_ones_own_is_used_by_path() {
    let folder = Folder::new("use");
    folder.file("site.elig", "vocabulary site\nfact flare_free: quantity [d] possible 0..10000\n");
    let trial =
        folder.file("trial.elig", "use sle\nuse \"./site.elig\"\nrequire flare_free >= 28 days and sledai2k >= 6\n");
    codes(&["check", trial.to_str().expect("a path")], "", 0);
    let trial = folder.file("lost.elig", "use \"./nowhere.elig\"\nrequire sledai2k >= 6\n");
    let output = codes(&["check", trial.to_str().expect("a path")], "", 1);
    assert!(stdout(&output).contains("E0205"), "{}", stdout(&output));
    folder.file("a.elig", "vocabulary a\nuse \"./b.elig\"\n");
    folder.file("b.elig", "vocabulary b\nuse \"./a.elig\"\n");
    let trial = folder.file("circle.elig", "use \"./a.elig\"\nrequire sledai2k >= 6\n");
    let output = codes(&["check", trial.to_str().expect("a path")], "", 1);
    assert!(stdout(&output).contains("uses itself"), "{}", stdout(&output));
}

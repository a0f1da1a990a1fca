//! A folder is the .elig files below it, on every command that takes several files.

use std::fs;

use crate::cli::{Folder, codes, eligc, stderr, stdout};

const WRONG: &str = "require [I1] sledia2k >= 8\n";
/// Not as `fmt` lays it out.
const RIGHT: &str = "require  [I1]   sledai2k>=8\nexample \"bound\" { sledai2k: 8 } expect I1 pass\n";

fn tree(name: &str, text: &str) -> Folder {
    let folder = Folder::new(name);
    for below in ["b", "a/deep", "ignored", ".hidden", "out"] {
        fs::create_dir_all(folder.0.join(below)).expect("a folder");
    }
    for path in ["z.elig", "b/one.elig", "a/deep/two.elig", "a/one.elig"] {
        folder.file(path, text);
    }
    for path in ["ignored/x.elig", ".hidden/x.elig", ".x.elig", "out/x.elig", "a/draft-1.elig"] {
        folder.file(path, "this is not checked\n");
    }
    folder.file("notes.txt", "this is not checked\n");
    folder.file(".gitignore", "ignored/\n");
    folder.file(".ignore", "/out\n");
    folder.file("a/.gitignore", "draft-*\n");
    folder
}

#[test]
fn check_finds_what_is_not_ignored_in_the_order_of_names() {
    let folder = tree("folder-check", WRONG);
    let output = eligc().args(["check", ".", "--format", "short"]).current_dir(&folder.0).output().expect("a run");
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    let files: Vec<&str> = text.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["a/deep/two.elig", "a/one.elig", "b/one.elig", "z.elig"]);
    let again = eligc().args(["check", ".", "--format", "short"]).current_dir(&folder.0).output().expect("a run");
    assert_eq!(stdout(&again), text);
    // A file that is named is checked, and one named twice is checked once.
    let output = eligc()
        .args(["check", "--format", "json", "z.elig", "a/draft-1.elig", ".", "z.elig"])
        .current_dir(&folder.0)
        .output()
        .expect("a run");
    let whole: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let files = serde_json::json!(["z.elig", "a/draft-1.elig", "a/deep/two.elig", "a/one.elig", "b/one.elig"]);
    assert_eq!(whole["files"], files);
}

#[test]
fn the_other_commands_take_the_same_files() {
    let folder = tree("folder-others", RIGHT);
    let path = folder.0.to_str().expect("a path");
    let output = codes(&["test", path], "", 0);
    assert_eq!(stdout(&output), "4 examples passed, 0 failed\n");
    let output = codes(&["status", path, "--format", "json"], "", 0);
    let whole: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(whole["files"].as_array().map(Vec::len), Some(4));
    let output = codes(&["fmt", "--check", path], "", 1);
    let told = format!("{}{}", stdout(&output), stderr(&output));
    let at: Vec<Option<usize>> =
        ["two.elig", "a/one.elig", "b/one.elig", "z.elig"].iter().map(|name| told.find(name)).collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{told}");
    assert!(!told.contains("x.elig") && !told.contains("draft"), "{told}");
}

#[test]
fn a_folder_without_a_trial_could_not_be_checked() {
    let folder = Folder::new("folder-empty");
    let path = folder.0.to_str().expect("a path");
    for command in [&["check", path][..], &["test", path], &["status", path], &["fmt", "--check", path]] {
        let output = codes(command, "", 2);
        assert!(stderr(&output).contains("no .elig file in"), "{}", stderr(&output));
    }
}

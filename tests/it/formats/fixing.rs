//! `eligc check --fix` and `--diff`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::corpus;
use crate::cli::{Folder, codes, stderr, stdout};
use crate::docs::root;

/// One edit that is safe, and one that a person must decide on.
const SLIPS: &str = "# kept: µ ≥ ⁹\nrequire [I1] sledai2k => 8\nrequire [I2] sledai2k >= .5\n";

fn name(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn safe_edits_are_made_where_the_file_stands() {
    let folder = Folder::new("fix");
    let path =
        folder.file("trial.elig", "# kept: µ ≥ ⁹\nrequire [I2] age at consent >= 17.5 years and sledai2k >= .5\n");
    let output = codes(&["check", "--fix", name(&path)], "", 0);
    assert_eq!(
        fs::read_to_string(&path).expect("the file"),
        "# kept: µ ≥ ⁹\nrequire [I2] age at consent >= 17.5 years and sledai2k >= 0.5\n"
    );
    assert!(stderr(&output).contains("corrected 1 problem"), "{}", stderr(&output));
    // Nothing else is left beside it.
    assert_eq!(fs::read_dir(&folder.0).expect("the folder").count(), 1);
    let output = codes(&["check", "--fix", name(&path)], "", 0);
    assert!(!stderr(&output).contains("corrected"), "{}", stderr(&output));
}

#[test]
fn edits_that_may_change_who_is_eligible_are_left_to_a_person() {
    let folder = Folder::new("fix-ask");
    let path = folder.file("trial.elig", SLIPS);
    codes(&["check", "--fix", name(&path)], "", 1);
    let text = fs::read_to_string(&path).expect("the file");
    assert_eq!(text, SLIPS.replace(" .5", " 0.5"));
}

#[test]
fn a_diff_writes_nothing() {
    let folder = Folder::new("diff");
    let path = folder.file("trial.elig", SLIPS);
    let output = codes(&["check", "--diff", name(&path)], "", 1);
    let text = stdout(&output);
    assert!(text.contains("-require [I2] sledai2k >= .5\n+require [I2] sledai2k >= 0.5\n"), "{text}");
    assert!(stderr(&output).contains("1 problem would be corrected; 1 error would be left"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).expect("the file"), SLIPS);
    let output = codes(&["check", "--diff", "-"], "require [I1] sledai2k >= 8\n", 0);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("nothing would be corrected"), "{}", stderr(&output));
}

#[test]
fn standard_input_is_corrected_to_standard_output() {
    let output = codes(&["check", "--fix", "-"], SLIPS, 1);
    assert_eq!(stdout(&output), SLIPS.replace(" .5", " 0.5"));
    assert!(stderr(&output).contains("E0106"), "{}", stderr(&output));
    let clean = "require [I1] sledai2k >= 8\r\n# no line end";
    assert_eq!(stdout(&codes(&["check", "--fix", "-"], clean, 0)), clean);
}

#[test]
#[cfg(unix)]
fn a_corrected_file_keeps_its_permissions_and_a_read_only_one_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("fix-mode");
    let path = folder.file("trial.elig", SLIPS);
    let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("permissions");
    set(0o640);
    codes(&["check", "--fix", name(&path)], "", 1);
    assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
    fs::write(&path, SLIPS).expect("the file");
    set(0o440);
    let output = codes(&["check", "--fix", name(&path)], "", 2);
    assert!(stderr(&output).contains("it is read-only"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).expect("the file"), SLIPS);
    // A diff needs no right to write.
    codes(&["check", "--diff", name(&path)], "", 1);
    // A link stays a link.
    set(0o640);
    let link = folder.0.join("link.elig");
    std::os::unix::fs::symlink("trial.elig", &link).expect("a link");
    codes(&["check", "--fix", name(&link)], "", 1);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_eq!(fs::read_to_string(&path).expect("the file"), SLIPS.replace(" .5", " 0.5"));
}

#[test]
fn an_unread_file_does_not_keep_the_others_from_being_corrected() {
    let folder = Folder::new("fix-some");
    let path = folder.file("trial.elig", SLIPS);
    codes(&["check", "--fix", "no/such/file.elig", name(&path)], "", 2);
    assert_eq!(fs::read_to_string(&path).expect("the file"), SLIPS.replace(" .5", " 0.5"));
}

/// The errors of each file below a folder.
fn errors(folder: &Folder) -> BTreeMap<String, usize> {
    let output = crate::cli::run(&["check", "--format", "json", name(&folder.0)], "");
    let whole: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let mut found = BTreeMap::new();
    for one in whole["diagnostics"].as_array().expect("a list") {
        if one["severity"] == "error" {
            *found.entry(one["primary"]["file"].as_str().expect("a file").to_owned()).or_default() += 1;
        }
    }
    found
}

#[test]
fn mending_every_mistake_of_the_corpus_brings_no_new_one() {
    let folder = Folder::new("fix-corpus");
    for (name, path) in corpus() {
        fs::copy(path, folder.0.join(name)).expect("a copy");
    }
    let before = errors(&folder);
    codes(&["check", "--fix", "--format", "short", name(&folder.0)], "", 1);
    let after = errors(&folder);
    assert!(after.values().sum::<usize>() < before.values().sum::<usize>());
    for (file, count) in &after {
        let had = before.get(file).copied().unwrap_or_default();
        assert!(*count <= had, "{file}: {had} errors, then {count}");
    }
    // What could be corrected is: another run finds nothing to do.
    let again = codes(&["check", "--diff", name(&folder.0)], "", 1);
    assert_eq!(stdout(&again), "", "{}", stderr(&again));
}

#[test]
fn trials_that_are_right_are_not_touched() {
    let folder = Folder::new("fix-trials");
    let mut trials = Vec::new();
    for entry in fs::read_dir(root().join("trials")).expect("the trials") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "elig") {
            let copy = folder.0.join(path.file_name().expect("a name"));
            fs::copy(&path, &copy).expect("a copy");
            trials.push((path, copy));
        }
    }
    assert!(trials.len() >= 5);
    codes(&["check", "--fix", name(&folder.0)], "", 0);
    for (path, copy) in trials {
        assert_eq!(fs::read(&path).expect("a trial"), fs::read(&copy).expect("a trial"), "{}", path.display());
    }
}

//! `--deny`, `--warn` and `--allow` on every command that checks.

use crate::cli::{Folder, codes, stderr, stdout};

const TODO: &str = "require [I1] todo \"later\"\nrequire [I2] sledai2k >= 8\n";

#[test]
fn the_last_that_names_a_code_decides() {
    let cases: [(&[&str], i32, &str); 9] = [
        (&[], 0, "warning[W0703]"),
        (&["--deny", "todo"], 1, "error[W0703]"),
        (&["--allow", "todo"], 0, ""),
        (&["--allow", "todo", "--deny", "todo"], 1, "error[W0703]"),
        (&["--deny", "todo", "--allow", "todo"], 0, ""),
        (&["--deny", "warnings", "--warn", "W0703"], 0, "warning[W0703]"),
        (&["--allow", "W0703", "--warn", "not-encoded"], 0, "warning[W0703]"),
        (&["--warn", "todo", "--deny", "warnings"], 1, "error[W0703]"),
        (&["--deny", "W0702,todo", "--allow", "W0702"], 1, "error[W0703]"),
    ];
    for (said, code, shown) in cases {
        let args: Vec<&str> = ["check", "-", "--format", "short"].iter().chain(said).copied().collect();
        let text = stdout(&codes(&args, TODO, code));
        assert!(text.contains(shown), "{said:?}: {text}");
        assert_eq!(text.is_empty(), shown.is_empty(), "{said:?}: {text}");
    }
}

#[test]
fn levels_hold_for_every_command_that_checks() {
    let folder = Folder::new("levels");
    let trial = folder.file("trial.elig", TODO);
    let trial = trial.to_str().expect("a path");
    let records = "{\"id\":\"a\",\"facts\":{\"sledai2k\":8}}\n";
    let commands: [&[&str]; 4] = [&["check", trial], &["compile", trial], &["eval", trial, "-"], &["test", trial]];
    for command in commands {
        let with = |more: &[&'static str]| -> Vec<String> {
            command.iter().chain(more).map(|word| (*word).to_owned()).collect()
        };
        for (said, code) in [(vec![], 0), (vec!["--deny", "todo"], 1), (vec!["--deny", "todo", "--allow", "todo"], 0)] {
            let args = with(&said);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = codes(&args, records, code);
            let told = format!("{}{}", stdout(&output), stderr(&output));
            // A warning is no matter of every command; an error is.
            match code {
                1 => assert!(told.contains("error[W0703]"), "{args:?}: {told}"),
                _ => assert!(!told.contains("error[W0703]"), "{args:?}: {told}"),
            }
        }
    }
}

#[test]
fn an_error_cannot_be_set_and_a_name_that_is_none_is_refused() {
    for option in ["--allow", "--warn"] {
        let output = codes(&["check", "-", option, "E0201"], TODO, 2);
        assert!(stderr(&output).contains("only warnings can be set"), "{}", stderr(&output));
    }
    codes(&["check", "-", "--deny", "E0201"], TODO, 0);
    // A retired code means those that it was split into.
    for retired in ["E0101", "syntax"] {
        let output = codes(&["check", "-", "--deny", retired], TODO, 0);
        assert!(stderr(&output).contains("note: E0101 is E0111 to E0122 now"), "{}", stderr(&output));
        let output = codes(&["check", "-", "--allow", retired], TODO, 2);
        assert!(stderr(&output).contains("E0101 is an error (E0101 is E0111 to E0122 now)"), "{}", stderr(&output));
    }
    let output = codes(&["check", "-", "--deny", "not-encodde"], TODO, 2);
    assert!(stderr(&output).contains("did you mean `not-encoded`"), "{}", stderr(&output));
    let output = codes(&["check", "-", "--deny", "everything"], TODO, 2);
    assert!(stderr(&output).contains("`eligc explain` lists all"), "{}", stderr(&output));
}

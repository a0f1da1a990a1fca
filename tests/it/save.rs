//! What becomes of files: nothing is written over that should stay, and nothing is left lying about.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use eligc::save::{SaveError, remove_leftovers, save};

use crate::cli::{Folder, codes, eligc, run, stderr, stdout};

const UGLY: &str = "exclude   prior car_t\n";
const NEAT: &str = "exclude prior car_t\n";

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

fn name(path: &Path) -> &str {
    path.to_str().expect("a path")
}

/// The names in a folder, in order.
fn names(folder: &Folder) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(&folder.0)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn an_output_never_takes_the_place_of_what_it_is_made_from() {
    let folder = Folder::new("save-output");
    let used = folder.file("site.elig", "fact ward: one of { a, b }\n");
    let trial = folder.file("trial.elig", "use \"./site.elig\"\nrequire [I1] ward is a\n");
    let roundabout = folder.0.join(".").join("trial.elig");
    for command in ["compile", "read"] {
        for output in [&trial, &used, &roundabout] {
            let output = codes(&[command, name(&trial), "-o", name(output)], "", 2);
            assert!(stderr(&output).contains("it is what the output is made from"), "{}", stderr(&output));
        }
    }
    let record = folder.file("record.txt", "Inclusion Criteria:\n1. Adults\n");
    codes(&["new", name(&record), "--from", name(&record), "--force"], "", 2);
    let output = codes(&["lsp", "--log", name(&trial)], "", 2);
    assert!(stderr(&output).contains("the log would overwrite a trial"), "{}", stderr(&output));
    assert!(text(&trial).starts_with("use \"./site.elig\""));
    assert!(text(&used).starts_with("fact ward"));
    assert!(text(&record).starts_with("Inclusion"));
    codes(&["compile", name(&trial), "-o", name(&folder.0.join("tree.json"))], "", 0);
}

#[cfg(unix)]
#[test]
fn an_output_does_not_reach_its_source_through_a_link() {
    let folder = Folder::new("save-link");
    let trial = folder.file("trial.elig", NEAT);
    let link = folder.0.join("tree.json");
    std::os::unix::fs::symlink(&trial, &link).expect("a link");
    codes(&["compile", name(&trial), "-o", name(&link)], "", 2);
    assert_eq!(text(&trial), NEAT);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is() {
    let folder = Folder::new("save-changed");
    let path = folder.file("a.elig", "# somebody else's work\n");
    let refused = save(&path, NEAT, Some(UGLY));
    assert!(matches!(refused, Err(SaveError::Changed)), "{refused:?}");
    assert_eq!(text(&path), "# somebody else's work\n");
    assert_eq!(names(&folder), ["a.elig"]);
    // Its other name changes nothing about it.
    fs::hard_link(&path, folder.0.join("b.elig")).expect("a second name");
    assert!(matches!(save(&path, NEAT, Some(UGLY)), Err(SaveError::Changed)));
    assert_eq!(names(&folder), ["a.elig", "b.elig"]);
    // Gone is changed too.
    fs::remove_file(&path).expect("a file");
    assert!(save(&path, NEAT, Some(UGLY)).is_err());
    assert_eq!(names(&folder), ["b.elig"]);
}

#[cfg(unix)]
#[test]
fn hard_links_and_owner_stay() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let folder = Folder::new("save-links");
    let path = folder.file("a.elig", UGLY);
    let other = folder.0.join("b.elig");
    fs::hard_link(&path, &other).expect("a second name");
    codes(&["fmt", name(&path)], "", 0);
    assert_eq!((text(&path).as_str(), text(&other).as_str()), (NEAT, NEAT));
    // A shorter text leaves nothing of the longer one.
    save(&path, "use sle\n", None).expect("saved");
    assert_eq!(text(&other), "use sle\n");
    assert_eq!(names(&folder), ["a.elig", "b.elig"]);
    // Only the super user may give a file away; others see their own owner stay.
    let alone = folder.file("c.elig", UGLY);
    let _ = chown(&alone, Some(65_534), Some(65_534));
    let before = fs::metadata(&alone).expect("a file");
    codes(&["fmt", name(&alone)], "", 0);
    let after = fs::metadata(&alone).expect("a file");
    assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
    assert_eq!(text(&alone), NEAT);
}

#[test]
fn an_earlier_write_that_was_cut_off_is_not_written_over() {
    let folder = Folder::new("save-torn");
    let path = folder.file("a.elig", "exclude   prior ca");
    fs::hard_link(&path, folder.0.join("b.elig")).expect("a second name");
    let kept = folder.file("a.elig.eligc-4711.old", UGLY);
    let refused = save(&path, NEAT, None);
    assert!(matches!(&refused, Err(SaveError::TornBefore(old)) if old.file_name() == kept.file_name()), "{refused:?}");
    assert_eq!(text(&kept), UGLY);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let folder = Folder::new("save-leftover");
    let path = folder.file("a.elig", NEAT);
    let left = folder.file("a.elig.eligc-4711.part", "exclude pri");
    let writing = folder.file("a.elig.eligc-4712.part", "exclude pri");
    let held = fs::File::open(&writing).expect("a file");
    held.lock().expect("a lock");
    for other in ["a.elig.4711.part", "b.elig.eligc-4711.part", "a.elig.eligc-x.part", "a.elig.eligc-4711.parts"] {
        folder.file(other, "not ours");
    }
    codes(&["fmt", name(&path)], "", 0);
    assert!(!left.exists());
    assert!(writing.exists(), "a part that is being written stays");
    assert_eq!(names(&folder).len(), 6, "{:?}", names(&folder));
    drop(held);
    codes(&["check", "--fix", name(&path)], "", 0);
    assert!(!writing.exists());
    remove_leftovers([Path::new("no/such/folder/a.elig"), Path::new("a.elig")]);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_keeps_nobody_waiting() {
    let folder = Folder::new("save-pipe");
    let pipe = folder.0.join("pipe.elig");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo");
        return;
    }
    let trial = folder.file("trial.elig", "use \"./pipe.elig\"\n");
    let output = codes(&["check", name(&trial)], "", 1);
    assert!(stdout(&output).contains("it is a pipe or a device, not a file"), "{}", stdout(&output));
    fs::write(&trial, NEAT).expect("a file");
    // Neither the pipe of a folder nor one that would be written again is opened.
    let output = codes(&["check", name(&folder.0)], "", 0);
    assert_eq!(stderr(&output), "1 file checked, no problems\n");
    codes(&["fmt", name(&pipe)], "", 2);
    codes(&["check", "--fix", name(&pipe)], "", 2);
    codes(&["check", "--watch", name(&pipe)], "", 2);
    // One that somebody writes to is read like any file.
    let writing = pipe.clone();
    let writer = std::thread::spawn(move || fs::write(writing, NEAT));
    codes(&["check", name(&pipe)], "", 0);
    writer.join().expect("the writer ends").expect("written");
    // So is one written to that somebody reads.
    let reading = pipe.clone();
    let reader = std::thread::spawn(move || fs::read_to_string(reading));
    codes(&["compile", name(&trial), "-o", name(&pipe)], "", 0);
    assert!(reader.join().expect("the reader ends").expect("a tree").contains("elig-tree"));
    let output = codes(&["check", name(&pipe)], "", 2);
    assert!(stderr(&output).contains("nothing has written to"), "{}", stderr(&output));
}

#[test]
fn a_reader_who_goes_away_does_not_turn_findings_into_none() {
    let folder = Folder::new("save-reader");
    let wrong: String = (0..20_000).map(|at| format!("require [I{at}] sledia2k >= 8\n")).collect();
    let trial = folder.file("trial.elig", &wrong);
    let mut child = eligc()
        .args(["check", "--format", "short", name(&trial)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("eligc starts");
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("eligc ends").code(), Some(1));
}

#[test]
fn names_of_any_length_are_told() {
    let long = "a".repeat(70_000);
    let folder = Folder::new("save-long");
    let trial = folder
        .file("trial.elig", &format!("fact {long}: yes_no\nrequire [{long}] {long}\nrequire [I2] age >= 18 years\n"));
    let vocabulary = run(&["vocab", "--file", name(&trial)], "");
    assert_eq!(vocabulary.status.code(), Some(0), "{}", stderr(&vocabulary));
    let record = format!("{{\"id\": 1, \"facts\": {{\"{long}\": false}}}}");
    let told = stdout(&codes(&["eval", name(&trial), "-", "--details"], &record, 0));
    // The long number pushes its own line only.
    assert!(told.lines().any(|line| line.starts_with("    I2  unknown  ")), "{}", told.len());
    for command in ["read", "status", "compile"] {
        codes(&[command, name(&trial)], "", 0);
    }
}

#[test]
fn a_tree_does_not_depend_on_how_the_path_was_typed() {
    let folder = Folder::new("save-path");
    let trial = folder.file("trial.elig", NEAT);
    fs::create_dir(folder.0.join("sub")).expect("a folder");
    let tree = |path: &str| {
        let output = eligc().current_dir(&folder.0).args(["compile", path]).output().expect("eligc runs");
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let plain = tree("trial.elig");
    assert!(plain.contains(r#""source":{"file":"trial.elig","line":1}"#), "{plain}");
    for path in ["./trial.elig", "sub/../trial.elig", name(&trial)] {
        assert_eq!(tree(path), plain, "{path}");
    }
}

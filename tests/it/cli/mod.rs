//! The command as people run it: output, exit codes, streams, and what happens when those fail.

#![expect(clippy::indexing_slicing, reason = "a failing test panics")]

mod edit_checks;
mod writing;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A scratch folder of this test's own, removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("eligc-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a scratch folder");
        Folder(path)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a scratch file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn eligc() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eligc"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
    command
}

#[track_caller]
pub fn run(args: &[&str], stdin: &str) -> Output {
    let mut child = eligc()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("eligc starts");
    let mut input = child.stdin.take().expect("a pipe");
    let text = stdin.to_owned();
    let writer = std::thread::spawn(move || {
        // The command may rightly stop reading before the end.
        let _ = input.write_all(text.as_bytes());
    });
    let output = child.wait_with_output().expect("eligc ends");
    writer.join().expect("the writer ends");
    output
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const TRIAL: &str = "require [I1] sledai2k >= 8\nexclude [E1] prior car_t\n";

#[track_caller]
pub fn codes(args: &[&str], stdin: &str, code: i32) -> Output {
    let output = run(args, stdin);
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{}\n{}", stdout(&output), stderr(&output));
    output
}

#[test]
fn check_says_by_its_exit_code_what_it_found() {
    codes(&["check", "-"], TRIAL, 0);
    codes(&["check", "-"], "require sledia2k >= 8", 1);
    codes(&["check", "no/such/file.elig"], "", 2);
    codes(&["check", "docs"], "", 2);
    codes(&["check"], "", 2);
    codes(&["chekc", "-"], "", 2);
    codes(&["check", "-", "--format", "short"], "require todo \"later\"", 0);
    codes(&["check", "-", "--deny", "todo"], "require todo \"later\"", 1);
    codes(&["check", "-", "--deny", "W0703"], "require todo \"later\"", 1);
    codes(&["check", "-", "--deny", "warnings"], "require todo \"later\"", 1);
    let output = codes(&["check", "-", "--deny", "W0730"], "", 2);
    assert!(stderr(&output).contains("W0703"), "{}", stderr(&output));
}

#[test]
fn diagnostics_in_short_form_are_one_line_each() {
    let output = codes(&["check", "-", "--format", "short"], "require sledia2k >= 8\nrequire age >= 18\n", 1);
    insta::assert_snapshot!(stdout(&output));
}

#[test]
fn a_file_that_is_not_text_is_refused_with_its_place() {
    let folder = Folder::new("bytes");
    let path = folder.0.join("bytes.elig");
    fs::write(&path, b"require sledai2k >= \xff 8").expect("a file");
    let output = codes(&["check", path.to_str().expect("a path")], "", 2);
    assert!(stderr(&output).contains("byte 20 is not UTF-8 text"), "{}", stderr(&output));
}

#[test]
fn a_hundred_megabytes_of_brackets_are_refused_in_words() {
    let brackets = "(".repeat(100 * 1024 * 1024);
    let output = codes(&["check", "-"], &brackets, 2);
    assert!(stderr(&output).contains("larger than 16 MiB"), "{}", stderr(&output));
    let output = codes(&["check", "-", "--format", "short"], &"(".repeat(1_000_000), 1);
    assert!(stdout(&output).contains("E0103"), "{}", stdout(&output));
    let record = format!("{{\"id\":1,\"facts\":{}", "[".repeat(1_000_000));
    let folder = Folder::new("brackets");
    let trial = folder.file("trial.elig", TRIAL);
    let output = codes(&["eval", trial.to_str().expect("a path"), "-"], &record, 1);
    assert!(stderr(&output).contains("line 1"), "{}", stderr(&output));
}

#[test]
fn compile_writes_the_same_tree_to_a_file_and_to_standard_output() {
    let folder = Folder::new("compile");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    let tree = folder.0.join("tree.json");
    codes(&["compile", trial, "-o", tree.to_str().expect("a path")], "", 0);
    let output = codes(&["compile", trial], "", 0);
    let written = fs::read_to_string(&tree).expect("the tree");
    assert_eq!(written, stdout(&output));
    assert!(written.contains("\"elig-tree/3\""));
    codes(&["compile", "-"], "require sledia2k >= 8", 1);
}

#[test]
fn an_output_file_that_cannot_be_written_keeps_what_it_had() {
    let folder = Folder::new("unwritable");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    codes(&["compile", trial, "-o", "no/such/folder/tree.json"], "", 2);
    if std::path::Path::new("/dev/full").exists() {
        let output = codes(&["compile", trial, "-o", "/dev/full"], "", 2);
        assert!(stderr(&output).contains("cannot write /dev/full"), "{}", stderr(&output));
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let status = eligc().args(["compile", trial]).stdout(full).stderr(Stdio::piped()).output().expect("eligc runs");
        assert_eq!(status.status.code(), Some(2));
        assert!(stderr(&status).contains("cannot write standard output"), "{}", stderr(&status));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child =
        eligc().args(["vocab"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("eligc starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("eligc ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

const RECORDS: &str = concat!(
    "{\"id\":\"P-1\",\"anchors\":{\"screening\":\"2026-03-01\"},\"facts\":{\"sledai2k\":10,\"car_t\":[]}}\n",
    "{\"id\":\"P-2\",\"anchors\":{\"screening\":\"2026-03-01\"},\"facts\":{\"sledai2k\":7,\"car_t\":[{\"start\":\"2020\"}]}}\n",
    "{\"id\":\"P-3\",\"anchors\":{\"screening\":\"2026-03-01\"},\"facts\":{\"sledai2k\":9}}\n",
);

#[test]
fn verdicts_for_people() {
    let folder = Folder::new("people");
    let trial = folder.file("trial.elig", TRIAL);
    let output = codes(&["eval", trial.to_str().expect("a path"), "-"], RECORDS, 0);
    insta::assert_snapshot!(stdout(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn verdicts_in_colour_when_asked_and_never_into_a_pipe() {
    let folder = Folder::new("colour");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    let plain = codes(&["eval", trial, "-"], RECORDS, 0);
    assert!(!stdout(&plain).contains('\u{1b}'));
    let colour = codes(&["eval", trial, "-", "--color", "always"], RECORDS, 0);
    assert!(stdout(&colour).contains("\u{1b}[32meligible\u{1b}[0m"), "{}", stdout(&colour));
    let output = codes(&["check", "-", "--color", "always"], "require sledia2k >= 8", 1);
    assert!(stdout(&output).contains('\u{1b}'));
    let output = codes(&["check", "-"], "require sledia2k >= 8", 1);
    assert!(!stdout(&output).contains('\u{1b}'));
}

#[test]
fn verdicts_for_programs_are_one_object_a_line() {
    let folder = Folder::new("json");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    let output = codes(&["eval", trial, "-", "--format", "json"], RECORDS, 0);
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let verdicts: Vec<&str> = lines.iter().filter_map(|line| line["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["eligible", "ineligible", "undetermined"]);
    assert_eq!(lines[2]["missing"][0]["item"], "car_t");
    assert!(lines[0].get("closed").is_none());
    let output = codes(&["eval", trial, "-", "--format", "json", "--closed", "car_t"], RECORDS, 0);
    let last: serde_json::Value = serde_json::from_str(stdout(&output).lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["verdict"], "eligible");
    assert_eq!(last["closed"][0], "car_t", "the assumption is stamped on the output");
    codes(&["eval", trial, "-", "--closed", "car_tt"], RECORDS, 2);
}

#[test]
fn a_compiled_tree_screens_as_its_trial_does() {
    let folder = Folder::new("tree");
    let trial = folder.file("trial.elig", TRIAL);
    let trial = trial.to_str().expect("a path");
    let tree = folder.0.join("tree.json");
    let tree = tree.to_str().expect("a path");
    codes(&["compile", trial, "-o", tree], "", 0);
    let from_trial = codes(&["eval", trial, "-"], RECORDS, 0);
    let from_tree = codes(&["eval", tree, "-"], RECORDS, 0);
    assert_eq!(stdout(&from_trial), stdout(&from_tree));
    let records = folder.file("records.ndjson", RECORDS);
    let piped = fs::read_to_string(tree).expect("the tree");
    let from_pipe = codes(&["eval", "-", records.to_str().expect("a path")], &piped, 0);
    assert_eq!(stdout(&from_trial), stdout(&from_pipe));
    let output = codes(&["eval", "-", records.to_str().expect("a path")], "{\"format\":\"elig-tree/9\"}", 2);
    assert!(stderr(&output).contains("elig-tree/3"), "{}", stderr(&output));
}

#[test]
fn a_bad_record_is_named_and_the_others_go_on() {
    let folder = Folder::new("bad");
    let trial = folder.file("trial.elig", TRIAL);
    let records = format!(
        "{}{}",
        concat!(
            "{\"id\":\"bad-1\",\"facts\":{\"sledia2k\":10}}\n",
            "not json\n",
            "{\"id\":\"bad-2\",\"facts\":{\"sledai2k\":1000}}\n",
            "{\"id\":\"bad-3\",\"facts\":{\"hemoglobin\":{\"value\":7,\"unit\":\"mg\"}}}\n",
        ),
        RECORDS
    );
    let output = codes(&["eval", trial.to_str().expect("a path"), "-"], &records, 1);
    let shown = stdout(&output);
    assert!(shown.contains("P-1") && shown.contains("P-2") && shown.contains("P-3"), "{shown}");
    insta::assert_snapshot!(stderr(&output));
}

#[test]
fn many_records_keep_their_order_and_their_lines() {
    let folder = Folder::new("many");
    let trial = folder.file("trial.elig", TRIAL);
    let records: String = (0..1500)
        .map(|number| match number % 100 {
            7 => "not json\n".to_owned(),
            _ => format!("{{\"id\":{number},\"facts\":{{\"sledai2k\":{}}}}}\n", number % 30),
        })
        .collect();
    let output = codes(&["eval", trial.to_str().expect("a path"), "-", "--format", "json"], &records, 1);
    let ids: Vec<i64> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_i64().expect("an id"))
        .collect();
    assert_eq!(ids, (0..1500).filter(|number| number % 100 != 7).collect::<Vec<i64>>());
    let bad: Vec<String> =
        stderr(&output).lines().map(|line| line.split(": ").nth(1).unwrap_or("").to_owned()).collect();
    let lines: Vec<String> = (0..15).map(|hundred| format!("line {}", hundred * 100 + 8)).collect();
    assert_eq!(bad[..15], lines, "{}", stderr(&output));
}

#[test]
fn a_short_answer_is_known_to_be_the_shortest() {
    let patients = ["trials/relma-cel.elig", "trials/relma-cel.patients.ndjson"];
    let output = codes(&["eval", patients[0], patients[1], "--format", "json"], "", 0);
    let first: serde_json::Value = serde_json::from_str(stdout(&output).lines().next().expect("P-001")).expect("JSON");
    let sets = first["decisive"].as_array().expect("sets");
    assert!(sets.iter().all(|set| set["smallest"] == true), "{sets:?}");
}

#[test]
fn a_repeated_id_gets_no_second_verdict() {
    let folder = Folder::new("repeat");
    let trial = folder.file("trial.elig", TRIAL);
    let records = format!("{RECORDS}{{\"id\":\"P-1\",\"facts\":{{\"sledai2k\":1}}}}\n");
    let output = codes(&["eval", trial.to_str().expect("a path"), "-"], &records, 1);
    assert!(stderr(&output).contains("line 4, record P-1: the id is already on line 1"), "{}", stderr(&output));
}

#[test]
fn a_stage_leaves_later_criteria_out() {
    let folder = Folder::new("stage");
    let trial = folder.file(
        "trial.elig",
        "require [I1] sledai2k >= 8\nrequire [I2] hcg_serum is negative within 48 hours before lymphodepletion\n",
    );
    let trial = trial.to_str().expect("a path");
    let record = "{\"id\":1,\"anchors\":{\"screening\":\"2026-03-01\"},\"facts\":{\"sledai2k\":9}}";
    let output = codes(&["eval", trial, "-"], record, 0);
    insta::assert_snapshot!(stdout(&output));
    let output = codes(&["eval", trial, "-", "--stage", "screening", "--format", "json"], record, 0);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(json["verdict"], "eligible");
    let output = codes(&["eval", trial, "-", "--stage", "screning"], record, 2);
    assert!(stderr(&output).contains("did you mean `screening`"), "{}", stderr(&output));
}

#[test]
fn both_inputs_cannot_be_standard_input() {
    codes(&["eval", "-", "-"], "", 2);
}

#[test]
fn examples_that_fail_say_what_came_instead() {
    let text = "require [I1] sledai2k >= 8\n\
                example \"on the bound\" { sledai2k: 8 } expect I1 pass\n\
                example \"wrong\" { sledai2k: 7 } expect I1 pass, verdict eligible\n";
    let output = codes(&["test", "-"], text, 1);
    insta::assert_snapshot!(stdout(&output));
    let output = codes(&["test", "-", "--only", "bound", "--verbose"], text, 0);
    assert!(stdout(&output).contains("1 example passed, 0 failed"), "{}", stdout(&output));
    codes(&["test", "-"], "require sledia2k >= 8", 1);
}

#[test]
fn the_vocabulary_is_listed_searched_and_explained() {
    let output = codes(&["vocab"], "", 0);
    assert!(stdout(&output).lines().count() > 150);
    let output = codes(&["vocab", "total_bilirubin"], "", 0);
    insta::assert_snapshot!(stdout(&output));
    let output = codes(&["vocab", "777-3"], "", 0);
    assert!(stdout(&output).starts_with("platelets:"), "{}", stdout(&output));
    let output = codes(&["vocab", "sledia2k"], "", 0);
    assert!(stdout(&output).contains("sledai2k"), "{}", stdout(&output));
    codes(&["vocab", "zzzzzzzz"], "", 1);
    let folder = Folder::new("vocab");
    let path = folder.file("site.elig", "## Days since the last flare.\nfact flare_free: quantity [d]\n");
    let output = codes(&["vocab", "flare_free", "--file", path.to_str().expect("a path")], "", 0);
    assert!(stdout(&output).contains("Days since the last flare."), "{}", stdout(&output));
}

#[test]
fn every_code_is_explained() {
    for code in eligc::diag::Code::ALL {
        let output = codes(&["explain", code.id()], "", 0);
        assert!(stdout(&output).starts_with(&format!("# {}", code.id())), "{}", stdout(&output));
    }
    codes(&["explain", "wrong-dimension"], "", 0);
    // The page of a code of earlier versions leads on.
    for retired in eligc::diag::Retired::ALL {
        for said in [retired.id, retired.name] {
            assert_eq!(stdout(&codes(&["explain", said], "", 0)), retired.page);
        }
    }
    codes(&["explain"], "", 0);
    let output = codes(&["explain", "E0310x"], "", 2);
    assert!(stderr(&output).contains("E0310"), "{}", stderr(&output));
}

#[test]
fn completions_are_made_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = codes(&["completions", shell], "", 0);
        assert!(stdout(&output).contains("eligc"), "{shell}");
    }
}

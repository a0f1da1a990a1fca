//! `eligc eval` on whole files of patients: what a report must hold beside the verdicts, which record is lost, and what
//! ids and texts of other people's making may do to the page.

#![expect(clippy::indexing_slicing, reason = "a failing test panics")]

mod ids;
mod incomplete;
mod legible;
mod lost;
mod nothing_asked;

use serde_json::Value as Json;

use crate::cli::{Folder, run, stderr, stdout};

/// What `eligc eval` says of some patients by a program: standard output, standard error, exit code.
pub fn eval(program: &str, records: &[u8], more: &[&str]) -> (String, String, i32) {
    let folder = Folder::new(&format!("screening-{:?}", std::thread::current().id()));
    let program = folder.file("trial.elig", program);
    let patients = folder.0.join("patients.ndjson");
    std::fs::write(&patients, records).expect("a file of patients");
    let mut args = vec!["eval", program.to_str().expect("a path"), patients.to_str().expect("a path")];
    args.extend(more);
    let output = run(&args, "");
    let folder = folder.0.to_string_lossy().into_owned() + "/";
    (stdout(&output), stderr(&output).replace(&folder, ""), output.status.code().expect("an exit code"))
}

/// The evaluations of some patients.
pub fn evaluations(program: &str, records: &[u8]) -> Vec<Json> {
    let (out, _, _) = eval(program, records, &["--format", "json"]);
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

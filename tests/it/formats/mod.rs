//! Diagnostics through the command: every form in which they are printed, levels, fixes, folders, watching and colour.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

mod fixing;
mod folders;
mod levels;
mod looks;
mod programs;
mod watching;

use std::fs;
use std::path::PathBuf;

use crate::docs::root;

/// Every program of the corpus of mistakes, with its name.
fn corpus() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for phase in fs::read_dir(root().join("tests/it/errors")).expect("the corpus") {
        let phase = phase.expect("an entry");
        if !phase.path().is_dir() {
            continue;
        }
        for entry in fs::read_dir(phase.path()).expect("a folder of the corpus") {
            let entry = entry.expect("a file");
            let [phase, name] = [phase.file_name(), entry.file_name()].map(|name| name.into_string().expect("a name"));
            found.push((format!("{phase}-{name}"), entry.path()));
        }
    }
    found.sort();
    assert!(found.len() > 200);
    found
}

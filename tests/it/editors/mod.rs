//! What editors are given: word lists and highlighting made from the grammar, a tree-sitter grammar that agrees with
//! the compiler, settings that work as pasted, and real editors at the real server.
//!
//! A test that needs a tool says so in one line when the tool is missing and passes; with `ELIGC_EDITORS=required`,
//! as the gate sets it, a missing tool fails.

mod files;
mod settings;
mod suites;
mod tree_sitter;
mod words;

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Whether every one of `tools` runs; if not, says which one was missing.
fn have(what: &str, tools: &[&str]) -> bool {
    let missing: Vec<&str> = tools.iter().copied().filter(|tool| !runs(tool)).collect();
    if !missing.is_empty() {
        skipped(&format!("{what} ({} not found)", missing.join(", ")));
    }
    missing.is_empty()
}

/// Says that a suite does not run; where it must run, that is a failure.
fn skipped(why: &str) {
    let line = format!("skipped: {why}");
    assert!(std::env::var_os("ELIGC_EDITORS").is_none_or(|how| how != "required"), "{line}");
    // Written past the capture of a test that passes.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes());
}

fn runs(tool: &str) -> bool {
    let mut tried = Command::new(tool);
    tried.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    tried.status().is_ok_and(|status| status.success())
}

/// A folder of its own for one test.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("editors").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

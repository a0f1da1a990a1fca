//! The tree-sitter grammar reads what the compiler reads, and stumbles where the compiler reports syntax.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use eligc::diag::Code;
use eligc::source::SourceMap;

use super::{have, scratch};
use crate::docs::{blocks, pages, root};

/// A copy of the grammar with its parser made, so that no generated file stands among the sources.
fn parser() -> PathBuf {
    let folder = scratch("tree-sitter").join("tree-sitter-elig");
    copy(&root().join("editors/tree-sitter-elig"), &folder);
    run(&folder, &["generate"]);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (name, path) = (entry.file_name(), entry.path());
        if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        } else if name == "queries" || name == "test" || name == "corpus" {
            copy(&path, &to.join(name));
        }
    }
}

/// What `tree-sitter` prints; it keeps what it builds inside `folder`.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let (success, text) = try_run(folder, arguments);
    assert!(success, "tree-sitter {arguments:?}:\n{text}");
    text
}

fn try_run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let home = folder.parent().unwrap();
    let output = Command::new("tree-sitter")
        .args(arguments)
        .current_dir(folder)
        .envs([("XDG_CACHE_HOME", home.join("cache")), ("XDG_CONFIG_HOME", home.join("config"))])
        .env("TREE_SITTER_LIBDIR", home.join("lib"))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

/// Every program of the project by the place it comes from: trials, the shipped vocabulary, blocks of pages.
fn programs() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut files: Vec<PathBuf> = vec![root().join("src/vocab/sle.elig")];
    for entry in fs::read_dir(root().join("trials")).unwrap() {
        files.push(entry.unwrap().path());
    }
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "elig")) {
        found.insert(path.file_name().unwrap().display().to_string(), fs::read_to_string(path).unwrap());
    }
    let errors = Code::ALL.iter().map(|code| root().join(format!("docs/errors/{code}.md")));
    for page in pages().into_iter().chain(errors) {
        for block in blocks(&page).into_iter().filter(|block| block.tag.starts_with("elig")) {
            found.insert(block.place.replace(['/', ':'], "-"), block.text);
        }
    }
    found
}

/// The codes that `text` gets for its syntax alone.
fn syntax_codes(text: &str) -> Vec<Code> {
    let mut sources = SourceMap::new();
    let file = sources.add("page.elig", text.to_owned());
    eligc::syntax::parse(file, text).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn the_corpus_and_the_compiler_agree() {
    if !have("the tree-sitter grammar", &["tree-sitter", "cc"]) {
        return;
    }
    let folder = parser();
    run(&folder, &["test"]);

    let cases = folder.join("cases");
    fs::create_dir_all(&cases).unwrap();
    let programs = programs();
    assert!(programs.len() > 90, "{} programs", programs.len());
    let mut list = String::new();
    for (name, text) in &programs {
        fs::write(cases.join(format!("{name}.elig")), text).unwrap();
        list += &format!("cases/{name}.elig\n");
    }
    fs::write(folder.join("list"), list).unwrap();
    let (_, said) = try_run(&folder, &["parse", "--quiet", "--paths", "list"]);
    let mut wrong = String::new();
    let mut stumbled = 0;
    for (name, text) in &programs {
        let line = said.lines().find(|line| line.split_whitespace().next() == Some(&format!("cases/{name}.elig")));
        let codes = syntax_codes(text);
        // Nesting past the limit, a hidden character, a number that lost its superscript and a part that stands twice are
        // fine for an editor.
        let fine = |code: &Code| matches!(code, Code::E0103 | Code::E0108 | Code::E0109 | Code::E0121);
        let expected = !codes.iter().all(fine);
        match line {
            Some(line) if !expected => wrong += &format!("the compiler reads it: {line}\n"),
            None if expected => wrong += &format!("{name}: the compiler says {codes:?}, tree-sitter nothing\n"),
            _ => stumbled += usize::from(expected),
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n{said}");
    assert!(stumbled >= 5, "only {stumbled} programs with a mistake of syntax");
    for query in ["highlights", "folds", "indents", "locals"] {
        let found = run(&folder, &["query", &format!("queries/{query}.scm"), "cases/sle.elig.elig"]);
        assert!(found.contains("capture"), "{query}.scm finds nothing in the vocabulary:\n{found}");
    }
}

//! A name on the crate's first page is no other public type's, but for those named here with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::all_sources;
use crate::docs::root;

/// Names of the interface that a public type of the compiler itself has too, and why.
const SHARED: &[(&str, &str)] = &[
    ("AnchorId", "an anchor of a decision tree; `vocab` counts those of a vocabulary"),
    ("Code", "a code of a diagnostic; in a vocabulary and in a tree the code that a terminology gives a concept"),
    ("KindId", "a kind of entry of a decision tree; `vocab` counts those of a vocabulary"),
    ("Note", "an instruction that bars nobody, in the program, in its tree and in an evaluation"),
    ("Record", "a patient; `typed` has the one that an example gives, `import` what a registry has of a trial"),
    ("Window", "what a test looked through; `syntax::ast` has it as written, `ir` as what it means"),
];

/// The names that `src/lib.rs` passes on.
fn interface() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lists = text.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = lists.flat_map(|list| list.rsplit("::").next().unwrap_or(list).split(['{', '}', ',']));
    names.map(|name| name.trim().to_owned()).filter(|name| name.starts_with(|c: char| c.is_uppercase())).collect()
}

/// The files that declare a public type of each name.
fn public_types() -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in all_sources() {
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        let mut declares_ids = false;
        for line in fs::read_to_string(&path).unwrap().lines() {
            declares_ids = line.ends_with("ids! {") || declares_ids && line != "}";
            let line = line.trim_start();
            let kinds = ["pub struct ", "pub enum ", "pub trait ", "pub type "];
            let declared = kinds.iter().find_map(|kind| line.strip_prefix(kind));
            // Ids are declared by a macro, each on a line of its own.
            let id = line.strip_suffix(',').filter(|name| declares_ids && name.ends_with("Id"));
            if let Some(rest) = declared.or(id) {
                let name: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
                found.entry(name).or_default().push(shown.clone());
            }
        }
    }
    found
}

#[test]
fn a_name_of_the_interface_has_one_meaning() {
    let types = public_types();
    let mut wrong = String::new();
    for name in interface() {
        let files = types.get(&name).map_or(&[][..], Vec::as_slice);
        assert!(!files.is_empty(), "`{name}` is declared nowhere");
        let listed = SHARED.iter().any(|(shared, _)| *shared == name);
        if listed != (files.len() > 1) {
            wrong += &format!("`{name}`: {files:?}\n");
        }
    }
    let interface = interface();
    assert!(SHARED.iter().all(|(name, _)| interface.contains(*name)), "no longer on the first page");
    assert!(wrong.is_empty(), "give the type behind the interface another name, or say why both have it:\n{wrong}");
}

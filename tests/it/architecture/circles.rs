//! No circle of files but those named here with a reason.
//!
//! A file *needs* another when its code names something declared there: by a `use` or by a path, behind as many doors as
//! there are. A `pub use` is a door and no need, unless the file's own code says the name, too; so a `mod.rs` may lead to
//! children that build on its types, but one that calls its children while they take its types is in a circle with them.
//! The types then go to a file of their own. Methods are not followed: whoever calls one has the type, and an `impl` may
//! be in another file.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::source::{File, Files};

/// The circles that stay: their files, in order, and why.
const CIRCLES: &[(&[&str], &str)] = &[];

/// Files that need each other, directly or by others; each circle in order.
fn circles(files: &Files) -> Vec<Vec<usize>> {
    let edges = files.edges();
    let reached: Vec<BTreeSet<usize>> = (0..files.files.len())
        .map(|from| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(at) = next.pop() {
                next.extend(edges[&at].keys().filter(|to| seen.insert(**to)));
            }
            seen
        })
        .collect();
    let mut found: Vec<Vec<usize>> = (0..reached.len())
        .filter(|at| reached[*at].contains(at))
        .map(|at| reached[at].iter().copied().filter(|to| reached[*to].contains(&at)).collect())
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_circle_of_files_but_those_with_a_reason() {
    let files = Files::read();
    let edges = files.edges();
    let path = |at: &usize| files.files[*at].path.as_str();
    let found = circles(&files);
    let named: Vec<Vec<&str>> = found.iter().map(|circle| circle.iter().map(path).collect()).collect();
    let mut wrong = String::new();
    for (circle, names) in found.iter().zip(&named) {
        if CIRCLES.iter().any(|(listed, _)| listed == names) {
            continue;
        }
        writeln!(wrong, "a circle of {}:", names.len()).unwrap();
        for from in circle {
            for (to, names) in edges[from].iter().filter(|(to, _)| circle.contains(to)) {
                writeln!(wrong, "    {} -> {} {names:?}", path(from), path(to)).unwrap();
            }
        }
    }
    for (listed, reason) in CIRCLES {
        assert!(reason.len() > 40 && listed.is_sorted(), "{listed:?}: {reason}");
        if !named.iter().any(|names| names == listed) {
            writeln!(wrong, "no such circle any more: {listed:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "files that need each other:\n{wrong}");
}

fn shown(sources: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut files: Vec<File> = sources.iter().map(|(path, text)| File::new((*path).to_owned(), text)).collect();
    files.push(File::new("src/lib.rs".to_owned(), "mod a;"));
    let files = Files::new(files);
    let path = |at: &usize| files.files[*at].path.clone();
    circles(&files).iter().map(|circle| circle.iter().map(path).collect()).collect()
}

#[test]
fn circles_are_seen() {
    let child = ("src/a/b.rs", "use super::Base; pub struct Whole(Base); pub fn whole() {}");
    let both = vec![vec!["src/a/b.rs".to_owned(), "src/a/mod.rs".to_owned()]];
    for needs in [
        "mod b; use b::Whole; pub struct Base;",
        "mod b; pub use b::Whole; pub struct Base; fn x(_: &Whole) {}",
        "mod b; pub struct Base; fn x() { b::whole() }",
        "mod b; pub struct Base; fn x() { crate::a::b::whole() }",
        "mod b; pub struct Base; fn x() { use self::b as c; c::whole() }",
        "mod b; use b::*; pub struct Base; fn x() { whole() }",
        "mod b; use {std::fmt, b::{Whole as W}}; pub struct Base;",
    ] {
        assert_eq!(shown(&[child, ("src/a/mod.rs", needs)]), both, "{needs}");
    }
    for fine in [
        "mod b; pub use b::Whole; pub struct Base;",
        "mod b; pub use b::*; pub struct Base; // Whole",
        "mod b; pub struct Base; /* b::whole() */ const X: &str = \"b::whole()\";",
        "mod b; pub struct Base; #[cfg(test)] mod tests { fn x() { super::b::whole() } }",
        "mod b; pub struct Base; impl Base { fn x<'b>(&'b self) -> char { 'b' } pub(in crate::a) fn whole() {} }",
    ] {
        assert_eq!(shown(&[child, ("src/a/mod.rs", fine)]), Vec::<Vec<String>>::new(), "{fine}");
    }
    // A door of the parent leads to where the name is declared.
    let parent = ("src/a/mod.rs", "mod b; mod c; pub use c::Base; fn x() { b::whole() }");
    assert_eq!(shown(&[child, ("src/a/c.rs", "pub struct Base;"), parent]), Vec::<Vec<String>>::new());
    let back = ("src/a/c.rs", "pub struct Base; impl Base { fn x() { super::b::whole() } }");
    assert_eq!(shown(&[child, back, parent]).len(), 1);
}

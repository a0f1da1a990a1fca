//! The order of the modules and files, the names of the interface, and that every diagnostic code is proved.

#![expect(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a failing test panics")]

mod circles;
mod names;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use eligc::diag::{Code, Retired};

use crate::docs::root;

/// From the bottom up: a module imports only from rows above its own, and what [`WITHIN`] allows in its row.
/// docs/architecture.md shows the same order.
const ORDER: &[&[&str]] = &[
    &["source", "number", "parallel", "save", "legible", "kleene", "abbreviation"],
    &["diag", "units"],
    &["calendar"],
    &["ir"],
    &["tree"],
    &["record"],
    &["eval"],
    &["explain"],
    &["syntax"],
    &["vocab"],
    &["typed"],
    &["resolve", "fmt", "lower", "narrate"],
    &["check"],
    &["lint"],
    &["driver"],
    &["ide", "import"],
    &["api", "diagram", "examples"],
    &["lsp"],
    &["cli"],
];

/// Imports between modules of one row: none today.
const WITHIN: &[(&str, &str)] = &[];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    found
}

/// The sources, tests, benches and examples.
fn all_rust() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["src", "tests/it", "benches", "docs/examples"] {
        sources(&root().join(folder), &mut found);
    }
    found.sort();
    found
}

/// The module of a file: `src/check/time.rs` belongs to `check`.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a text names behind `crate::`, comments left out, braces of `use crate::{..}` opened.
fn imported(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let word = |text: &str| -> String {
            text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
        };
        match rest.strip_prefix('{') {
            Some(list) => {
                let (mut depth, mut start) = (0, true);
                for (at, letter) in list.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        letter if start && !letter.is_whitespace() => {
                            found.push(word(list.get(at..).unwrap_or_default()));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => found.push(word(rest)),
        }
    }
    found
}

#[test]
fn imports_go_downward() {
    let mut place = BTreeMap::new();
    for (row, modules) in ORDER.iter().enumerate() {
        for module in *modules {
            place.insert((*module).to_owned(), row);
        }
    }
    let mut wrong = String::new();
    for path in all_sources() {
        let from = module(&path);
        if from == "lib" || from == "main" {
            continue;
        }
        let Some(row) = place.get(&from) else {
            wrong += &format!("{}: `{from}` has no place in the order\n", path.display());
            continue;
        };
        for to in imported(&fs::read_to_string(&path).unwrap()) {
            let Some(other) = place.get(&to) else {
                wrong += &format!("{}: `crate::{to}` is no module\n", path.display());
                continue;
            };
            let within = WITHIN.contains(&(from.as_str(), to.as_str()));
            if from != to && other >= row && !within {
                wrong += &format!("{}: `{from}` imports `{to}`\n", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "imports that do not go downward:\n{wrong}");
}

/// The page shows the order that the test above keeps.
#[test]
fn the_order_is_written_down() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    for row in ORDER {
        for module in *row {
            assert!(page.contains(&format!("`{module}`")), "docs/architecture.md lacks `{module}`");
        }
    }
    let lines: Vec<String> = ORDER.iter().rev().map(|row| row.join("  ")).collect();
    let picture = lines.join("\n");
    assert!(page.contains(&picture), "docs/architecture.md should show:\n{picture}");
}

#[test]
fn every_code_has_a_page_and_a_use() {
    let registry = root().join("src/diag/code.rs");
    let code: String =
        all_sources().iter().filter(|path| **path != registry).map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut wrong = String::new();
    for known in Code::ALL {
        let page = root().join(format!("docs/errors/{known}.md"));
        if !page.exists() {
            wrong += &format!("{known} has no page\n");
        }
        if !code.contains(&format!("Code::{known}")) {
            wrong += &format!("{known} is reported nowhere\n");
        }
    }
    let pages = fs::read_dir(root().join("docs/errors")).unwrap().count();
    for retired in Retired::ALL {
        assert!(Code::ALL.iter().all(|code| code.id() != retired.id), "{} is used again", retired.id);
        for code in retired.now {
            let link = format!("({code}.md)");
            if !retired.page.contains(&link) {
                wrong += &format!("the page of {} does not lead to {code}\n", retired.id);
            }
        }
    }
    // The index stands beside them.
    assert_eq!(pages, Code::ALL.len() + Retired::ALL.len() + 1, "a page without a code");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Where message text is asked something, in code without comments and blanks: `found.title.starts_with(..)`,
/// `found.title == ..`, `.. == found.title`, `known.get(&found.title)`, and the same of labels, notes and helps.
fn asks_of_words(code: &str) -> Vec<&str> {
    const WORDS: &[&str] = &[".title", ".primary.text", ".helps", ".notes"];
    const ASKED: &[&str] = &[
        "==",
        "!=",
        ".starts_with(",
        ".ends_with(",
        ".contains(",
        ".find(",
        ".strip_prefix(",
        ".strip_suffix(",
        ".split",
        ".cmp(",
        ".eq(",
        ".as_str()",
        ".iter().any(",
        ".iter().all(",
        ".iter().find(",
        ".iter().position(",
    ];
    const LOOKED_UP: &[&str] =
        &[".get(", ".contains(", ".contains_key(", ".entry(", ".insert(", ".remove(", "matches!("];
    let mut found = Vec::new();
    for word in WORDS {
        for (at, _) in code.match_indices(word) {
            let behind = &code[at + word.len()..];
            let before = code[..at].trim_end_matches(|letter: char| {
                letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '&' | '*')
            });
            let looked_up =
                before.ends_with("==") || before.ends_with("!=") || LOOKED_UP.iter().any(|call| before.ends_with(call));
            if looked_up || ASKED.iter().any(|asked| behind.starts_with(asked)) {
                found.push(code.get(before.len()..at + word.len() + 24).unwrap_or(&code[before.len()..]));
            }
        }
    }
    found
}

/// What a diagnostic is, its code, its kind and its spans say; its words are for people. Only the renderers compare
/// texts, so as not to print one twice.
#[test]
fn nothing_is_looked_up_by_the_words_of_a_message() {
    // A picture is named by its criterion's number.
    let allowed = [("src/cli/read.rs", "picture.title==only")];
    let mut wrong = String::new();
    for path in all_sources() {
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        if shown.starts_with("src/diag/render/") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: String = lines.flat_map(|line| line.chars().filter(|letter| !letter.is_whitespace())).collect();
        for asked in asks_of_words(&code) {
            if !allowed.iter().any(|(file, words)| *file == shown && asked.contains(words)) {
                wrong += &format!("{shown}: {asked}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "decide by code, kind and spans, not by words:\n{wrong}");
}

#[test]
fn questions_about_words_are_seen() {
    for asked in [
        "found.title.starts_with(\"a\")",
        "one.title==other.title",
        "\"a\"==found.title",
        "matchfound.title.as_str(){",
        "found.primary.text.ends_with(\"a\")",
        "found.helps.iter().any(|help|true)",
        "(one.code,one.title.as_str())",
        "a.title.cmp(&b.title)",
        "seen.insert(&found.title)",
        "known.get(found.title.as_ref())",
        "matches!(found.title.as_ref(),\"a\")",
    ] {
        assert!(!asks_of_words(asked).is_empty(), "{asked}");
    }
    for fine in ["found.title.clone()", "title:title.into()", "title==1", "format!(\"{title}\")"] {
        assert_eq!(asks_of_words(fine), Vec::<&str>::new(), "{fine}");
    }
}

/// A width of more than 65,535 makes `format!` panic, so none comes from a text: `source::padded` takes any.
#[test]
fn no_text_sets_the_width_of_a_format() {
    let allowed = ["src/lsp/requests/completion.rs", "src/calendar/mod.rs", "src/cli/status.rs"];
    for path in all_sources() {
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        let wide = fs::read_to_string(&path).unwrap().lines().any(|line| {
            // A constant is a width that is known.
            let mut widths = line.split('{').skip(1).filter_map(|hole| hole.split('}').next()?.strip_suffix('$'));
            widths.any(|width| width.contains(':') && width.ends_with(char::is_lowercase))
        });
        assert!(!wide || allowed.contains(&shown.as_str()), "{shown}: pad with `source::padded`");
    }
}

/// A module with parts of its own is `x/mod.rs`, never `x.rs` beside a folder `x`.
#[test]
fn modules_with_parts_are_folders() {
    let files = all_rust();
    let beside: Vec<&PathBuf> = files.iter().filter(|path| path.with_extension("").is_dir()).collect();
    assert!(beside.is_empty(), "move each into its folder, as mod.rs: {beside:?}");
}

/// The most lines of a file.
const MAX_LINES: usize = 450;

/// A file has one subject, and can be read in a sitting.
#[test]
fn files_are_of_a_size() {
    let long: Vec<String> = all_rust()
        .iter()
        .filter_map(|path| {
            let lines = fs::read_to_string(path).unwrap().lines().count();
            (lines > MAX_LINES).then(|| format!("{}: {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "split by subject: {long:?}");
}

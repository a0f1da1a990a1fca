//! Plain words: what people read has none of those that docs/architecture.md lists as not used.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::docs::root;

/// Each denied word or phrase with what is written instead, from the table of docs/architecture.md.
fn denied() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let table = text.split_once("| not used | instead |").unwrap().1;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut found = Vec::new();
    for row in rows {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (words, instead) = (cells.next().unwrap(), cells.next().unwrap());
        found.extend(words.split(',').map(|word| (word.trim().trim_matches('`').to_owned(), instead.to_owned())));
    }
    found
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
}

/// The words in small letters with one blank about each; a sign is a word of its own, so that no phrase reaches over it.
fn spaced(text: &str) -> String {
    let mut signs = String::new();
    for letter in text.chars() {
        match letter {
            _ if letter.is_alphanumeric() || "-'".contains(letter) => signs.extend(letter.to_lowercase()),
            _ if letter.is_whitespace() => signs.push(' '),
            _ => signs.push_str(" . "),
        }
    }
    let words: Vec<&str> = signs.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// The prose of a page: no code in backticks.
fn prose(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split('`').step_by(2).collect::<Vec<_>>().join(" . ")
}

/// The text for people and the comments of a program.
fn comments(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(str::trim_start).filter(|line| line.starts_with('#'));
    lines.flat_map(|line| [line.trim_start_matches('#'), "\n"]).collect()
}

/// The string literals of a Rust source, without its comments and the names in braces; one a paragraph.
fn literals(source: &str) -> String {
    let mut found = String::new();
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        if rest.starts_with("//") {
            taken = rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("'\"'") {
            taken = 3;
        } else if rest.starts_with("'\\\"'") {
            taken = 4;
        } else if let Some(hashes) = raw(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let text = rest.get(hashes + 2..).unwrap();
            let length = text.find(&end).unwrap_or(text.len());
            found += text.get(..length).unwrap();
            found += " .\n";
            taken = (hashes + 2 + length + end.len()).min(rest.len());
        } else if letter == '"' {
            let text = rest.get(1..).unwrap();
            let mut escaped = false;
            let end = text.find(|letter| {
                let ends = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                ends
            });
            let length = end.unwrap_or(text.len());
            found += &text.get(..length).unwrap().replace("\\n", " ").replace("\\\n", " ");
            found += " .\n";
            taken = (length + 2).min(rest.len());
        }
        rest = rest.get(taken..).unwrap();
    }
    let mut shown = String::new();
    for part in found.split('{') {
        let named = part.split_once('}').filter(|(name, _)| !name.contains(char::is_whitespace));
        shown += named.map_or(part, |(_, behind)| behind);
        shown += " . ";
    }
    shown
}

/// How many `#` a raw string that begins here has.
fn raw(text: &str) -> Option<usize> {
    let behind = text.strip_prefix('r')?;
    let hashes = behind.len() - behind.trim_start_matches('#').len();
    behind.get(hashes..)?.starts_with('"').then_some(hashes)
}

/// What is wrong with a text: each denied word, what is before and behind it, and what to write.
fn wrong(shown: &str, text: &str, denied: &[(String, String)]) -> String {
    let text = spaced(text);
    let mut wrong = String::new();
    for (word, instead) in denied {
        let phrase = format!(" {word} ");
        let mut parts = text.split(&phrase).peekable();
        while let Some(before) = parts.next() {
            let Some(behind) = parts.peek() else { break };
            let before: Vec<&str> = before.split(' ').rev().take(4).collect();
            let before: Vec<&str> = before.into_iter().rev().collect();
            let behind: Vec<&str> = behind.split(' ').take(4).collect();
            wrong += &format!("{shown}: .. {} `{word}` {} ..: write: {instead}\n", before.join(" "), behind.join(" "));
        }
    }
    wrong
}

#[test]
fn what_people_read_is_in_plain_words() {
    let denied = denied();
    let (mut pages, mut programs, mut sources) = (vec![root().join("README.md")], Vec::new(), Vec::new());
    files(&root().join("docs"), "md", &mut pages);
    for folder in ["trials", "src"] {
        files(&root().join(folder), "elig", &mut programs);
    }
    files(&root().join("src"), "rs", &mut sources);
    let mut found = String::new();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string();
    for path in &pages {
        found += &wrong(&name(path), &prose(path), &denied);
    }
    for path in &programs {
        found += &wrong(&name(path), &comments(path), &denied);
    }
    for path in &sources {
        found += &wrong(&name(path), &literals(&fs::read_to_string(path).unwrap()), &denied);
    }
    assert!(found.is_empty(), "words of docs/architecture.md that are not used:\n{found}");
}

#[test]
fn a_denied_word_is_found() {
    let denied = denied();
    assert!(denied.len() > 15, "{denied:?}");
    for text in ["it stands there", "Nobody\nknows", "asked\nof the patient", "all but for two"] {
        assert!(!wrong("page", text, &denied).is_empty(), "{text}");
    }
    for fine in ["a stand-alone page", "asked; of the patient", "the standard", "all but two for one"] {
        assert_eq!(wrong("page", fine, &denied), "", "{fine}");
    }
    let source = "// \"nobody\"\nlet a = '\"'; f(\"it \\\"stands\\\" \\\n  here\", r#\"a \"mend\" b\"#); // \"anew\"";
    let read = literals(source);
    assert!(read.contains("stands") && read.contains("mend"), "{read}");
    assert!(!literals("f(\"a{beside}b\")").contains("beside"));
    assert!(!read.contains("nobody") && !read.contains("anew"), "{read}");
}

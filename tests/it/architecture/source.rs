//! What the files of src/ declare and what they name of each other, read from their words: comments, texts and what is
//! built for tests alone are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::all_sources;
use crate::docs::root;

/// A file of src/.
#[derive(Debug)]
pub(super) struct File {
    /// `src/units/unit.rs`.
    pub(super) path: String,
    /// `units::unit`, in parts; none of lib.rs.
    pub(super) module: Vec<String>,
    /// Its words and signs, in order.
    pub(super) tokens: Vec<String>,
    /// What it declares outside of any braces.
    declared: BTreeSet<String>,
    /// What it brings in of this crate.
    uses: Vec<Use>,
    /// The paths it writes elsewhere: `crate::x::y`, `x::y`.
    paths: Vec<Vec<String>>,
    /// The words outside of its `use` declarations that no `.` is before.
    words: BTreeSet<String>,
}

/// One name of a `use` declaration.
#[derive(Debug, Clone)]
struct Use {
    /// As written: `super`, `unit`, `Unit`.
    path: Vec<String>,
    /// What it is called from here on; `*` for all names of a module.
    name: String,
    /// Whether others may take it from here.
    is_door: bool,
}

/// The words and signs of a text; `::` is one.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let letter = |at: usize| letters.get(at).copied().unwrap_or('\n');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        match letter(at) {
            '/' if letter(at + 1) == '/' => {
                while at < letters.len() && letter(at) != '\n' {
                    at += 1;
                }
            }
            '/' if letter(at + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (letter(at), letter(at + 1)) {
                        ('/', '*') => (depth, at) = (depth + 1, at + 2),
                        ('*', '/') => (depth, at) = (depth - 1, at + 2),
                        _ => at += 1,
                    }
                    if depth == 0 || at >= letters.len() {
                        break;
                    }
                }
            }
            '"' => {
                at += 1;
                while at < letters.len() && letter(at) != '"' {
                    at += if letter(at) == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            // A letter in quotes, or the name of a lifetime.
            '\'' if letter(at + 1) == '\\' => {
                at += 3;
                while at < letters.len() && letter(at) != '\'' {
                    at += 1;
                }
                at += 1;
            }
            '\'' if letter(at + 2) == '\'' => at += 3,
            '\'' => {
                at += 1;
                while is_word(letter(at)) {
                    at += 1;
                }
            }
            c if is_word(c) => {
                let start = at;
                while is_word(letter(at)) {
                    at += 1;
                }
                let word: String = letters[start..at].iter().collect();
                let marks = letters[at..].iter().take_while(|c| **c == '#').count();
                if matches!(word.as_str(), "r" | "br") && letter(at + marks) == '"' {
                    let end: String = format!("\"{}", "#".repeat(marks));
                    let rest: String = letters[at + marks + 1..].iter().collect();
                    let inside = rest.find(&end).map_or(rest.chars().count(), |found| rest[..found].chars().count());
                    at += marks + 1 + inside + 1 + marks;
                } else if word != "b" || !matches!(letter(at), '"' | '\'') {
                    found.push(word);
                }
            }
            ':' if letter(at + 1) == ':' => {
                found.push("::".to_owned());
                at += 2;
            }
            c => {
                if !c.is_whitespace() {
                    found.push(c.to_string());
                }
                at += 1;
            }
        }
    }
    without_tests(&found)
}

/// Leaves out each item behind `#[cfg(test)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].iter().take(mark.len()).eq(mark.iter()) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += mark.len();
        let mut depth = 0;
        while at < tokens.len() {
            let token = tokens[at].as_str();
            at += 1;
            depth += i32::from(token == "{") - i32::from(token == "}");
            if depth == 0 && matches!(token, ";" | "}") {
                break;
            }
        }
    }
    kept
}

/// The end of a `use` tree that begins at `at`; its names go to `found`.
fn use_tree(tokens: &[String], mut at: usize, prefix: &[String], is_door: bool, found: &mut Vec<Use>) -> usize {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = use_tree(tokens, at, &path, is_door, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            "," | ";" | "}" => break,
            "as" => {
                let name = tokens.get(at + 1).cloned().unwrap_or_default();
                found.push(Use { path, name, is_door });
                return at + 2;
            }
            "self" if !path.is_empty() => at += 1,
            "*" => {
                found.push(Use { path, name: "*".to_owned(), is_door });
                return at + 1;
            }
            word => {
                path.push(word.to_owned());
                at += 1;
            }
        }
    }
    let name = path.last().cloned().unwrap_or_default();
    found.push(Use { path, name, is_door });
    at
}

/// The words joined by `::` that begin at `at`.
fn path_at(tokens: &[String], mut at: usize) -> Vec<String> {
    let word = |at: usize| tokens.get(at).filter(|token| token.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let mut path: Vec<String> = word(at).into_iter().cloned().collect();
    while !path.is_empty() && tokens.get(at + 1).is_some_and(|token| token == "::") {
        let Some(next) = word(at + 2) else { break };
        path.push(next.clone());
        at += 2;
    }
    path
}

impl File {
    /// Reads the text of a file.
    pub(super) fn new(path: String, text: &str) -> File {
        let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module = inside.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect();
        let tokens = tokens(text);
        let mut file = File {
            path,
            module,
            tokens: Vec::new(),
            declared: BTreeSet::new(),
            uses: Vec::new(),
            paths: Vec::new(),
            words: BTreeSet::new(),
        };
        let (mut at, mut depth) = (0, 0);
        while let Some(token) = tokens.get(at) {
            let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", String::as_str);
            let behind = |on: usize| tokens.get(at + on).map_or("", String::as_str);
            match token.as_str() {
                "use" if behind(1) != "<" => {
                    let is_door = before(1) == "pub" || before(1) == ")";
                    at = use_tree(&tokens, at + 1, &[], is_door, &mut file.uses);
                    continue;
                }
                // `pub(in crate::units)` says who may see, not what is used.
                "in" if before(2) == "pub" => {
                    while tokens.get(at).is_some_and(|token| token != ")") {
                        at += 1;
                    }
                    continue;
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union" if depth == 0 => {
                    file.declared.insert(behind(1).to_owned());
                }
                "macro_rules" => {
                    file.declared.insert(behind(2).to_owned());
                }
                "{" => depth += 1,
                "}" => depth -= 1,
                _ if before(1) != "::" => {
                    let path = path_at(&tokens, at);
                    if let [word] = path.as_slice()
                        && !matches!(before(1), "." | "mod" | "type" | "fn" | "const" | "let")
                    {
                        file.words.insert(word.clone());
                    }
                    if path.len() > 1 {
                        at += 2 * path.len() - 2;
                        file.paths.push(path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        file.tokens = tokens;
        file
    }
}

/// The files of src/ and what each names of the others.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) files: Vec<File>,
    by_module: BTreeMap<Vec<String>, usize>,
}

impl Files {
    /// Reads src/, the binary's main.rs left out: it is a crate of its own.
    pub(super) fn read() -> Files {
        let relative = |path: &std::path::PathBuf| path.strip_prefix(root()).unwrap().display().to_string();
        let all = all_sources();
        let library = all.iter().filter(|path| !path.ends_with("src/main.rs"));
        Files::new(library.map(|path| File::new(relative(path), &fs::read_to_string(path).unwrap())).collect())
    }

    pub(super) fn new(files: Vec<File>) -> Files {
        let by_module = files.iter().enumerate().map(|(at, file)| (file.module.clone(), at)).collect();
        Files { files, by_module }
    }

    /// A path as `file` writes it, from the root of the crate on; `None` for another crate's, and for a word that is no
    /// name here.
    fn absolute(&self, file: &File, path: &[String], depth: usize) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let supers = path.iter().take_while(|part| *part == "super").count();
        let base = match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "self" => return self.absolute(file, rest, depth).or_else(|| Some([&file.module, rest].concat())),
            "super" => {
                let kept = file.module.len().checked_sub(supers)?;
                return Some([&file.module[..kept], &path[supers..]].concat());
            }
            _ => [&file.module, std::slice::from_ref(first)].concat(),
        };
        if self.by_module.contains_key(&base) {
            return Some([&base, rest].concat());
        }
        let alias = file.uses.iter().find(|one| one.name == *first && one.path != path)?;
        let brought = if depth < 8 { self.absolute(file, &alias.path, depth + 1)? } else { return None };
        Some([brought.as_slice(), rest].concat())
    }

    /// The file that declares what a path from the root of the crate names; `None` for a module itself.
    fn declares(&self, path: &[String], depth: usize) -> Option<usize> {
        let known = (0..=path.len()).rev().find(|end| self.by_module.contains_key(&path[..*end]))?;
        let at = *self.by_module.get(&path[..known])?;
        let (name, rest) = path[known..].split_first()?;
        let file = &self.files[at];
        if file.declared.contains(name) || depth > 8 {
            return Some(at);
        }
        for one in &file.uses {
            if one.name == *name
                && let Some(from) = self.absolute(file, &one.path, 0)
            {
                return self.declares(&[from.as_slice(), rest].concat(), depth + 1);
            }
            if one.name == "*"
                && let Some(from) = self.absolute(file, &one.path, 0)
                && let Some(found) = self.declares(&[from, vec![name.clone()]].concat(), depth + 1)
                && self.files[found].declared.contains(name)
            {
                return Some(found);
            }
        }
        Some(at)
    }

    /// For each file the other files of which it names something, with the names.
    pub(super) fn edges(&self) -> BTreeMap<usize, BTreeMap<usize, BTreeSet<String>>> {
        let mut edges: BTreeMap<usize, BTreeMap<usize, BTreeSet<String>>> = BTreeMap::new();
        for (at, file) in self.files.iter().enumerate() {
            let own = edges.entry(at).or_default();
            let mut name = |path: &[String]| {
                let found = self.absolute(file, path, 0).and_then(|path| self.declares(&path, 0));
                if let Some(other) = found.filter(|other| *other != at) {
                    own.entry(other).or_default().extend(path.last().cloned());
                }
            };
            for one in &file.uses {
                if one.name == "*" {
                    for word in &file.words {
                        let path = [one.path.as_slice(), std::slice::from_ref(word)].concat();
                        let declares = self.absolute(file, &path, 0).and_then(|path| self.declares(&path, 0));
                        if declares.is_some_and(|other| self.files[other].declared.contains(word)) {
                            name(&path);
                        }
                    }
                } else if !one.is_door || file.words.contains(&one.name) {
                    name(&one.path);
                }
            }
            file.paths.iter().for_each(|path| name(path));
        }
        edges
    }
}

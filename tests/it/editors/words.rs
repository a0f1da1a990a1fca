//! The words of the language, read from the grammar.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeSet;
use std::fs;

use crate::docs::root;

/// The words of `grammar/elig.pest`, each list in the order of the grammar.
pub struct Words {
    /// They begin a statement.
    pub statement: Vec<String>,
    /// They are inside a statement and are never names.
    pub reserved: Vec<String>,
    /// They mean something in one place and may be names elsewhere.
    pub elsewhere: Vec<String>,
    /// They are never coded values; statement words are among them.
    pub connective: Vec<String>,
}

/// Reads the lists.
pub fn words() -> Words {
    let grammar = fs::read_to_string(root().join("grammar/elig.pest")).unwrap();
    let (first, second) = grammar.split_once("// Words that mean something in one place only").unwrap();
    let statement = literals_of(&grammar, "statement_word");
    let (begin, inside): (Vec<String>, Vec<String>) = keywords(first).partition(|word| statement.contains(word));
    let words = Words {
        statement: begin,
        reserved: inside,
        elsewhere: keywords(second).collect(),
        connective: keywords(first).filter(|word| eligc::syntax::is_connective(word)).collect(),
    };
    assert_eq!(words.statement.len(), statement.len(), "a statement word without a rule `kw_*`");
    assert!(words.reserved.len() > 35 && words.elsewhere.len() > 20 && words.connective.len() > 30);
    words
}

fn keywords(part: &str) -> impl Iterator<Item = String> {
    part.lines().filter(|line| line.starts_with("kw_")).map(|line| line.split('"').nth(1).unwrap().to_owned())
}

fn literals_of(grammar: &str, rule: &str) -> Vec<String> {
    let (_, rest) = grammar.split_once(&format!("\n{rule} = _{{")).unwrap();
    let (body, _) = rest.split_once("\n}").unwrap();
    body.split('"').skip(1).step_by(2).filter(|word| *word != ":").map(ToOwned::to_owned).collect()
}

impl Words {
    /// Every word of the language.
    pub fn all(&self) -> BTreeSet<&str> {
        self.statement.iter().chain(&self.reserved).chain(&self.elsewhere).map(String::as_str).collect()
    }
}

/// The lists of `src/syntax/lexer/keywords.rs` and the rules of the grammar are one language.
#[test]
fn the_compiler_and_the_grammar_have_the_same_statements() {
    let ours: BTreeSet<&str> = eligc::syntax::STATEMENT_WORDS.iter().copied().collect();
    let words = words();
    assert_eq!(ours, words.statement.iter().map(String::as_str).collect());
}

/// Each word of the language has a colour in every editor whose word list is written by hand.
#[test]
fn hand_written_lists_are_whole() {
    let words = words();
    for path in ["editors/tree-sitter-elig/queries/highlights.scm", "editors/emacs/elig-mode.el"] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let missing: Vec<&str> = words
            .all()
            .into_iter()
            // Words that are a whole rule are nodes there.
            .filter(|word| !text.contains(&format!("\"{word}\"")) && !text.contains(&format!("({word})")))
            .filter(|word| *word != "date" || !text.contains("(date_type)"))
            .collect();
        assert!(missing.is_empty(), "{path} does not know {missing:?}");
    }
}

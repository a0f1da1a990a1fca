//! Files of editors made from the grammar's own words. `ELIGC_UPDATE=1 cargo test editors` writes them anew.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::words::{Words, words};
use crate::generated::current;

const NUMBER: &str = r"\b(?:1:)?[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][-+]?[0-9]+)?";
const DATE: &str = r"\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:T[0-9:]+(?:Z|[-+][0-9]{2}:?[0-9]{2})?)?\b";
const OPERATOR: &str = r"[<>]=?|==|!=|[≥≤≠]|\.\.|[-+*/^=×÷]";
/// `mg/dL`, `/uL`, `x10^9/L`, `mL/min/{1.73_m2}`, `[IU]/mL`, `%`
const UNIT: &str = concat!(
    r"(?:[x×]\s*)?10(?:[\^*][-+]?[0-9]+|[²³¹⁰⁴-⁹⁻]+)(?:[/.·][A-Za-z0-9%µμ°{}\[\]_.^*/²³]+)?",
    r"|/?(?:[A-Za-z%µμ°]|\{[^{}:, ]+\}|\[[^\[\] ]+\])(?:[A-Za-z0-9%µμ°²³_'/.·^]|\{[^{}:, ]+\}|\[[^\[\] ]+\])*"
);

fn alternatives<'w>(list: impl IntoIterator<Item = &'w String>) -> String {
    list.into_iter().map(String::as_str).collect::<Vec<_>>().join("|")
}

/// The words that have a rule of their own in the highlighting.
const PLACED: &[&str] = &["min", "max", "class", "grade"];

/// What is highlighted, in order: the name that editors give it, and its pattern; a name with blanks names the groups.
fn rules(words: &Words) -> Vec<(&'static str, String)> {
    let elsewhere = words.elsewhere.iter().filter(|word| !PLACED.contains(&word.as_str()));
    let never = alternatives(words.statement.iter().chain(&words.reserved));
    vec![
        ("comment.line.documentation", r"##.*$".to_owned()),
        // The second question of a criterion, `E14#2`, is no comment.
        ("keyword.other entity.name.tag", r"\b(judged)\s+([A-Za-z0-9][A-Za-z0-9_.-]*(?:#[0-9]+)?)(?=\s*:)".to_owned()),
        ("comment.line.number-sign", r"#.*$".to_owned()),
        (
            "keyword.control punctuation.definition.tag entity.name.tag punctuation.definition.tag",
            r"\b(require|exclude|note)\s+(\[)\s*([^\]\s]+)\s*(\])".to_owned(),
        ),
        (
            "keyword.control entity.name.type",
            r"\b(fact|event|condition|drug|(?:extend\s+)?group|extend|anchor|define|vocabulary|use)\s+(?!\s*:)([A-Za-z][A-Za-z0-9_]*)\b"
                .to_owned(),
        ),
        (
            "keyword.other punctuation.section.brackets storage.type.unit punctuation.section.brackets",
            r"\b(quantity|equates|scale)\s*(\[)((?:[^\[\]]|\[[^\[\]]*\])+)(\])".to_owned(),
        ),
        ("variable.other.property", r"\b[A-Za-z][A-Za-z0-9_]*(?=\s*:)".to_owned()),
        ("keyword.control", format!(r"\b(?:{})\b", alternatives(&words.statement))),
        ("constant.numeric.date", DATE.to_owned()),
        ("constant.numeric keyword.operator constant.language", format!(r"({NUMBER})\s*([x×])\s*(ULN|LLN|uln|lln)\b")),
        ("constant.numeric storage.type.unit", format!(r"({NUMBER})[ ]*(?!(?:{never}|x|to)\b)({UNIT})")),
        ("constant.numeric", NUMBER.to_owned()),
        ("support.function", r"\b(?:min|max|completed_years)(?=\s*\()".to_owned()),
        ("storage.type constant.other", r"\b(class|grade)\s+(?!(?:in|is|not|and|or)\b)([A-Za-z0-9_]+)\b".to_owned()),
        ("constant.other", r"(?<=\bis )(?!not\b|class\b|grade\b)[A-Za-z0-9_]+\b".to_owned()),
        ("keyword.operator.word", format!(r"\b(?:{})\b", alternatives(&words.reserved))),
        ("keyword.other", format!(r"\b(?:{})\b", alternatives(elsewhere))),
        ("keyword.operator", OPERATOR.to_owned()),
        ("punctuation.separator", r"[,:]".to_owned()),
    ]
}

fn text_mate(words: &Words) -> String {
    let mut patterns: Vec<Value> = vec![json!({
        "name": "string.quoted.double.elig", "begin": "\"", "end": "\"",
        "patterns": [{"name": "constant.character.escape.elig", "match": r"\\."}],
    })];
    for (name, pattern) in rules(words) {
        let names: Vec<&str> = name.split(' ').collect();
        patterns.push(if let [name] = names.as_slice() {
            json!({"name": format!("{name}.elig"), "match": pattern})
        } else {
            let captures: serde_json::Map<String, Value> =
                (1..).zip(&names).map(|(at, name)| (at.to_string(), json!({"name": format!("{name}.elig")}))).collect();
            json!({"match": pattern, "captures": captures})
        });
    }
    let grammar = json!({
        "information_for_contributors":
            ["Made from grammar/elig.pest; `ELIGC_UPDATE=1 cargo test editors` writes it anew."],
        "name": "elig",
        "scopeName": "source.elig",
        "fileTypes": ["elig"],
        "patterns": patterns,
    });
    format!("{grammar:#}\n")
}

fn sublime(words: &Words) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut page =
        "%YAML 1.2\n---\n# Made from grammar/elig.pest; `ELIGC_UPDATE=1 cargo test editors` writes it anew.\n\
        name: elig\nfile_extensions: [elig]\nscope: source.elig\n\ncontexts:\n  main:\n    - match: '\"'\n      scope: \
        punctuation.definition.string.begin.elig\n      push: text\n"
            .to_owned();
    for (name, pattern) in rules(words) {
        let _ = writeln!(page, "    - match: {}", quoted(&pattern));
        let names: Vec<&str> = name.split(' ').collect();
        if let [name] = names.as_slice() {
            let _ = writeln!(page, "      scope: {name}.elig");
        } else {
            page.push_str("      captures:\n");
            for (at, name) in (1..).zip(&names) {
                let _ = writeln!(page, "        {at}: {name}.elig");
            }
        }
    }
    page.push_str(
        "  text:\n    - meta_scope: string.quoted.double.elig\n    - match: '\\\\.'\n      scope: \
         constant.character.escape.elig\n    - match: '\"'\n      pop: true\n",
    );
    page
}

#[test]
fn words_for_tree_sitter() {
    let words = words();
    let lists = json!({
        "statement": words.statement, "reserved": words.reserved,
        "elsewhere": words.elsewhere, "connective": words.connective,
    });
    current("editors/tree-sitter-elig/keywords.json", &format!("{lists:#}\n"));
}

#[test]
fn highlighting_for_vscode() {
    current("editors/vscode/syntaxes/elig.tmLanguage.json", &text_mate(&words()));
}

#[test]
fn highlighting_for_sublime() {
    current("editors/sublime/elig.sublime-syntax", &sublime(&words()));
}

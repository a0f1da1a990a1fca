//! A mistake in a statement says nothing of the rest of it: what no right program holds is found in none.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a failing test panics")]

use std::fs;

use eligc::syntax::ast::StatementKind;

use super::{findings, parsed};
use crate::docs::{blocks, is_elig, pages, root};

/// Every right text of the project.
fn texts() -> Vec<String> {
    let folder = fs::read_dir(root().join("trials")).unwrap().map(|entry| entry.unwrap().path());
    let files = folder.chain([root().join("src/vocab/sle.elig")]);
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "elig"));
    let blocks = pages().into_iter().flat_map(|page| blocks(&page)).filter(is_elig).map(|block| block.text);
    files.map(|path| fs::read_to_string(path).unwrap()).chain(blocks).filter(|text| findings(text).is_empty()).collect()
}

/// Phrases that protocols have, and what is wrong with each.
const PHRASES: [(&str, &str); 3] = [
    ("history of stroke", "E0117 history of"),
    ("weight is at least 40 kg", "E0115 is at least"),
    ("stroke in the last 3 months", "E0122 in the last 3 months"),
];

#[test]
fn a_phrase_behind_a_right_statement_is_all_that_is_wrong() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for text in texts() {
        for statement in parsed(&text).file.statements {
            if !matches!(statement.kind, StatementKind::Criterion { .. } | StatementKind::Define { .. }) {
                continue;
            }
            // Nothing is joined to what comes behind the condition.
            if text[statement.span.range()].contains("results count") {
                continue;
            }
            for (phrase, finding) in PHRASES {
                let torn = format!("{} and {phrase}", &text[statement.span.range()]);
                let found = findings(&torn);
                if found != [finding] {
                    wrong.push((torn, found));
                }
            }
            seen += 1;
        }
    }
    assert!(seen > 250, "{seen} statements");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_difference_of_two_weights_is_no_range() {
    assert!(findings("require [I1] weight == 30 kg - 10 kg").is_empty());
    assert!(findings("require [I1] (100 - 40) * 1 kg <= weight").is_empty());
}

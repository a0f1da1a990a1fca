//! The five trials: every clause of the registry entries is accounted for, every criterion is shown both ways.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use eligc::driver::{Checked, check_text};
use eligc::ir::{Outcome, Verdict};
use eligc::typed::{ExpectationKind, Program};

use crate::docs::{failures, root};

/// The trials and how many atomic clauses each registry entry has.
const TRIALS: [(&str, usize); 5] = [("relma-cel", 54), ("eque-cel", 51), ("kn5501", 10), ("zm001", 59), ("hn2301", 25)];

fn checked(trial: &str) -> Checked {
    let name = format!("trials/{trial}.elig");
    check_text(&name, &fs::read_to_string(root().join(&name)).unwrap())
}

fn program(checked: &Checked) -> &Program {
    checked.program.as_ref().unwrap()
}

fn page(trial: &str) -> String {
    fs::read_to_string(root().join(format!("docs/trials/{trial}.md"))).unwrap()
}

/// Trial and number of every clause.
fn clauses() -> Vec<(&'static str, &'static str)> {
    include_str!("clauses.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap())
        .collect()
}

/// The rows of a page's table: the clause, and what is under "criterion".
fn rows(page: &str) -> Vec<(String, String)> {
    page.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
            let (clause, criterion) = (cells.next()?, cells.next()?);
            (clause != "clause" && !clause.starts_with('-')).then(|| (clause.to_owned(), criterion.to_owned()))
        })
        .collect()
}

/// The words of a text that may be numbers of criteria: they begin with a capital.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.' && letter != '_')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_uppercase()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn clause_list_is_whole() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (trial, _) in clauses() {
        *counts.entry(trial).or_default() += 1;
    }
    assert_eq!(counts, TRIALS.into_iter().collect());
    let all = clauses();
    let different: BTreeSet<_> = all.iter().collect();
    assert_eq!(all.len(), different.len());
}

#[test]
fn every_clause_has_one_row() {
    let mut wrong = String::new();
    for (trial, _) in TRIALS {
        let page = page(trial);
        let rows = rows(&page);
        for (_, clause) in clauses().iter().filter(|(of, _)| *of == trial) {
            let count = rows.iter().filter(|(own, _)| own == clause).count();
            if count != 1 {
                wrong += &format!("{trial}: clause {clause} has {count} rows\n");
            }
        }
        for (clause, _) in &rows {
            if !clauses().contains(&(trial, clause)) {
                wrong += &format!("{trial}: {clause} is no clause\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn rows_and_criteria_name_each_other() {
    let mut wrong = String::new();
    for (trial, _) in TRIALS {
        let checked = checked(trial);
        let program = program(&checked);
        let page = page(trial);
        let criteria: BTreeSet<String> = program.criteria.iter().map(|criterion| criterion.id.clone()).collect();
        let notes: BTreeSet<String> = program.notes.iter().filter_map(|note| note.id.clone()).collect();
        let mut named = BTreeSet::new();
        for (clause, cell) in rows(&page) {
            let own = numbers(&cell);
            if own.is_empty() && !cell.contains("note") {
                wrong += &format!("{trial}: the row of {clause} names no criterion\n");
            }
            for id in &own {
                if !criteria.contains(id) && !notes.contains(id) {
                    wrong += &format!("{trial}: the row of {clause} names {id}, which is not in the trial\n");
                }
            }
            named.extend(own);
        }
        for id in criteria.difference(&named) {
            wrong += &format!("{trial}: no row names criterion {id}\n");
        }
        // A note on the entry as a whole belongs to no clause; the page says so in its text.
        for id in notes.difference(&named) {
            let said = page.contains(&format!("note {id}")) || page.contains(&format!("note `{id}`"));
            if !said {
                wrong += &format!("{trial}: nothing names note {id}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn trials_check_without_a_word() {
    let mut wrong = String::new();
    for (trial, _) in TRIALS {
        for diagnostic in checked(trial).diagnostics {
            wrong += &format!("{trial}: {}: {}\n", diagnostic.code, diagnostic.title);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn examples_of_trials_pass() {
    let mut wrong = String::new();
    for (trial, _) in TRIALS {
        let checked = checked(trial);
        for line in failures(&checked) {
            wrong += &format!("{trial}: {line}\n");
        }
        let incomplete = checked.program.as_ref().is_some_and(|program| program.trial.incomplete.is_some());
        let examples = checked.program.map_or(Vec::new(), |program| program.examples);
        if examples.len() < 20 {
            wrong += &format!("{trial}: only {} examples\n", examples.len());
        }
        let eligible = examples
            .iter()
            .flat_map(|example| &example.expectations)
            .any(|expectation| matches!(expectation.kind, ExpectationKind::Verdict { verdict: Verdict::Eligible, .. }));
        if eligible == incomplete {
            wrong += &format!("{trial}: somebody is eligible in an example, or the trial is incomplete\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every criterion is expected to pass by one example and to fail by another.
#[test]
fn every_criterion_is_shown_both_ways() {
    let mut wrong = String::new();
    for (trial, _) in TRIALS {
        let checked = checked(trial);
        let program = program(&checked);
        let mut shown: BTreeSet<(&str, &str)> = BTreeSet::new();
        for expectation in program.examples.iter().flat_map(|example| &example.expectations) {
            if let ExpectationKind::Criterion { id, outcome } = &expectation.kind {
                let word = match outcome {
                    Outcome::Pass => "pass",
                    Outcome::Fail => "fail",
                    Outcome::Unknown => "unknown",
                };
                shown.insert((id, word));
            }
        }
        for criterion in &program.criteria {
            for word in ["pass", "fail"] {
                if !shown.contains(&(criterion.id.as_str(), word)) {
                    wrong += &format!("{trial}: no example expects {} {word}\n", criterion.id);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

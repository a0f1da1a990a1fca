//! Trees grow with the program, not with the number of ways through it.

use std::fmt::Write;

use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use serde_json::{Map, Value as Json, json};

use super::reference::{Answer, or};
use super::{Compiled, compile, law};

/// `quantifier` of `size` yes/no questions, each a fact of its own.
fn counting(quantifier: &str, size: usize) -> Compiled {
    let mut text = String::new();
    for at in 0..size {
        writeln!(text, "fact flag_{at}: yes_no timeless").unwrap();
    }
    let items: Vec<String> = (0..size).map(|at| format!("flag_{at}")).collect();
    writeln!(text, "require [I1] {quantifier} of {{ {} }}", items.join(", ")).unwrap();
    compile(text).unwrap()
}

fn nodes(compiled: &Compiled) -> usize {
    compiled.evaluator.tree().nodes.len()
}

/// A record of yes, no and unknown flags.
fn flags(answers: &[Answer]) -> Json {
    let facts: Map<String, Json> =
        answers.iter().enumerate().filter_map(|(at, answer)| Some((format!("flag_{at}"), json!((*answer)?)))).collect();
    json!({ "id": "r", "facts": facts })
}

fn outcome(compiled: &Compiled, record: &Json) -> Outcome {
    let record = compiled.read(record).unwrap();
    compiled.evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 }).criteria[0].outcome
}

const QUANTIFIERS: [&str; 3] = ["at least", "at most", "exactly"];

#[test]
fn counting_takes_at_most_cubic_trees() {
    for word in QUANTIFIERS {
        let size_of = |size: usize| nodes(&counting(&format!("{word} {}", size / 2), size));
        for size in [4, 8, 16, 30, 32, 60, 64] {
            let count = size_of(size);
            assert!(count <= size.pow(3), "{word} {} of {size} takes {count} nodes", size / 2);
        }
        for size in [8, 15, 16, 30, 32] {
            let (one, two) = (size_of(size), size_of(2 * size));
            assert!(two <= 9 * one, "{word}: {one} nodes for {size}, {two} for twice as many");
        }
    }
}

#[test]
fn counting_agrees_with_counting() {
    // Brute force: every completion of a vector of yes, no and unknown is counted.
    for word in QUANTIFIERS {
        for size in 1..=7_u32 {
            for n in 0..=size {
                if (word == "at least" && n == 0) || (word == "at most" && n == size) {
                    continue;
                }
                let compiled = counting(&format!("{word} {n}"), size as usize);
                for vector in 0..3_u32.pow(size) {
                    let answers: Vec<Answer> = (0..size)
                        .map(|at| [None, Some(true), Some(false)][(vector / 3_u32.pow(at) % 3) as usize])
                        .collect();
                    assert_eq!(
                        outcome(&compiled, &flags(&answers)),
                        by_completions(word, n, &answers),
                        "{word} {n} of {answers:?}"
                    );
                }
            }
        }
    }
}

fn holds(word: &str, n: u32, count: u32) -> bool {
    match word {
        "at least" => count >= n,
        "at most" => count <= n,
        _ => count == n,
    }
}

/// Pass when every way to fill the unknowns in holds, fail when none does.
fn by_completions(word: &str, n: u32, answers: &[Answer]) -> Outcome {
    let sure = answers.iter().filter(|answer| **answer == Some(true)).count() as u32;
    let open = answers.iter().filter(|answer| answer.is_none()).count() as u32;
    let ways: Vec<bool> = (sure..=sure + open).map(|count| holds(word, n, count)).collect();
    match (ways.iter().all(|way| *way), ways.iter().any(|way| *way)) {
        (true, _) => Outcome::Pass,
        (_, false) => Outcome::Fail,
        _ => Outcome::Unknown,
    }
}

#[test]
fn counting_thirty_agrees_with_counting() {
    for word in QUANTIFIERS {
        let compiled = counting(&format!("{word} 15"), 30);
        // 500 vectors, few or many of each answer.
        law(&format!("{word} 15 of 30"), 500, &[64], |tapes| {
            let mut tape = super::Tape::new(&tapes[0]);
            let share = [20, 50, 80][tape.below(3)];
            let open = [0, 10, 40][tape.below(3)];
            let answers: Vec<Answer> =
                (0..30).map(|_| if tape.chance(open) { None } else { Some(tape.chance(share)) }).collect();
            let (found, expected) = (outcome(&compiled, &flags(&answers)), by_completions(word, 15, &answers));
            if found == expected { Ok(()) } else { Err(format!("{answers:?}: {found:?}, not {expected:?}")) }
        });
    }
}

/// `((f0 and f1) or f2) and f3 ..`, so deep, with other names at every level.
fn alternating(depth: usize) -> Compiled {
    let mut text = String::new();
    let mut condition = "flag_0".to_owned();
    writeln!(text, "fact flag_0: yes_no timeless").unwrap();
    for at in 1..=depth {
        writeln!(text, "fact flag_{at}: yes_no timeless").unwrap();
        let word = if at % 2 == 0 { "or" } else { "and" };
        condition = if at % 3 == 0 {
            format!("not ({condition}) {word} flag_{at}")
        } else {
            format!("({condition}) {word} flag_{at}")
        };
    }
    writeln!(text, "require [I1] {condition}").unwrap();
    compile(text).unwrap()
}

#[test]
fn deep_alternation_stays_linear() {
    for depth in [10, 20, 40] {
        let count = nodes(&alternating(depth));
        assert!(count <= 6 * depth, "{count} nodes at depth {depth}");
    }
    let compiled = alternating(40);
    law("deep alternation", 500, &[64], |tapes| {
        let mut tape = super::Tape::new(&tapes[0]);
        let answers: Vec<Answer> = (0..=40).map(|_| [None, Some(true), Some(false)][tape.below(3)]).collect();
        let mut expected = answers[0];
        for (at, answer) in answers.iter().copied().enumerate().skip(1) {
            let inner = if at % 3 == 0 { expected.map(|yes| !yes) } else { expected };
            expected = if at % 2 == 0 { or([inner, answer]) } else { super::reference::and([inner, answer]) };
        }
        let expected = match expected {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Unknown,
        };
        let found = outcome(&compiled, &flags(&answers));
        if found == expected { Ok(()) } else { Err(format!("{answers:?}: {found:?}, not {expected:?}")) }
    });
}

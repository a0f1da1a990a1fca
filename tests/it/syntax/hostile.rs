//! Nothing makes the parser panic, hang or overflow its stack.

use std::time::Instant;

use eligc::syntax::{MAX_BYTES, MAX_DEPTH};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{findings, parsed};

/// How many inputs each property is tried on.
const CASES: u32 = 1_000;

const SAMPLE: &str = "trial NCT06297408 \"T\" { sponsor \"S\" phase 1 source \"C\" as of 2024-03 anchor screening }
use sle
## Aged 18 to 70.
require [I2] age at consent between 18 and 70 years # both included
require [I12] alt <= 2.5 x ULN and not (ast > 2.5 × ULN or x in {a, b})
require [I13] total_bilirubin < 2.0 mg/dL, or < 3.0 mg/dL when gilbert_syndrome
exclude [E7] any of { heart_failure (nyha >= class III) within 6 months before screening, stroke, }
exclude [E8] at least 2 distinct prior {m, n} (dose >= 5 mg/day) except (site in {skin})
define crcl = (140 - (age in a)) * weight / (72 * creatinine) * if sex is female then 0.85 else min(1, 2)
fact lvef: quantity [%] possible 0..100 { method: one of {echo, muga} } loinc \"10230-1\" source \"s\"
example \"e\" like \"o\" { platelets: 150 ×10⁹/L at 2026-02-27 judged E14#2: no m: [{ start: 2024-06 }] } expect I7 pass
";

fn runner() -> TestRunner {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

/// Parses, and checks that every span lies in the text on whole characters.
fn survives(text: &str) {
    let parsed = parsed(text);
    for diagnostic in &parsed.diagnostics {
        assert!(text.get(diagnostic.primary.span.range()).is_some(), "{diagnostic:?}");
        for label in &diagnostic.secondary {
            assert!(text.get(label.span.range()).is_some(), "{diagnostic:?}");
        }
        for fix in &diagnostic.fixes {
            assert!(text.get(fix.span.range()).is_some(), "{diagnostic:?}");
        }
    }
    for statement in &parsed.file.statements {
        assert!(text.get(statement.span.range()).is_some(), "{statement:?}");
    }
}

#[test]
fn random_text() {
    let strategy = proptest::collection::vec(any::<char>(), 0..200);
    let result = runner().run(&strategy, |chars| {
        survives(&chars.into_iter().collect::<String>());
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn random_bytes() {
    let strategy = proptest::collection::vec(any::<u8>(), 0..200);
    let result = runner().run(&strategy, |bytes| {
        survives(&String::from_utf8_lossy(&bytes));
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn random_tokens() {
    let tokens: Vec<&str> = SAMPLE
        .split_inclusive([' ', '\n', '(', ')', '{', '}', '[', ']', ','])
        .chain(["“", "”", "（", "，", "\"", "\\", "#", "##", "if ", "else ", "not ", "-", "20,000 ", "AND ", "requre "])
        .collect();
    let count = tokens.len();
    let strategy = proptest::collection::vec(0..count, 0..80);
    let result = runner().run(&strategy, |picks| {
        survives(&picks.into_iter().filter_map(|pick| tokens.get(pick).copied()).collect::<String>());
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn mutated_source() {
    let chars: Vec<char> = SAMPLE.chars().collect();
    let count = chars.len();
    let edits = proptest::collection::vec((0..count, 0..4u8, any::<char>(), 0..count), 1..6);
    let result = runner().run(&edits, |edits| {
        let mut text = chars.clone();
        for (at, what, c, other) in edits {
            let Some(last) = text.len().checked_sub(1) else {
                break;
            };
            let at = at.min(last);
            match what {
                0 => drop(text.remove(at)),
                1 => text.insert(at, c),
                2 => text.truncate(at.max(1)),
                _ => {
                    let other = other.min(last);
                    text.swap(at, other);
                }
            }
        }
        survives(&text.into_iter().collect::<String>());
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn sample_is_sound() {
    assert!(findings(SAMPLE).is_empty());
}

#[test]
fn every_cut_of_the_sample() {
    for (at, _) in SAMPLE.char_indices().step_by(3) {
        survives(SAMPLE.get(..at).unwrap_or_default());
        survives(SAMPLE.get(at..).unwrap_or_default());
    }
}

#[test]
fn nesting_up_to_the_limit_parses() {
    for (open, close) in [("(", ")"), ("any of {", "}"), ("k (", ")"), ("if a then 1 else ", ""), ("min(", ")")] {
        let depth = MAX_DEPTH;
        let text = format!("require {}a{}", open.repeat(depth), close.repeat(depth));
        assert!(findings(&text).is_empty(), "{open}");
    }
}

#[test]
fn nesting_past_the_limit_is_one_error_and_the_rest_parses() {
    for open in ["(", "any of {", "[", "{", "not (", "if ", "if a then b else "] {
        let text = format!("require a\nrequire {}\nrequire =", open.repeat(100_000));
        let found = findings(&text);
        assert_eq!(found.len(), 3, "{open} {found:?}");
        assert!(found.first().is_some_and(|one| one.starts_with("E0103")), "{open} {found:?}");
    }
}

#[test]
fn long_chains_neither_overflow_nor_hang() {
    for piece in [
        "not ",
        "-",
        "a + ",
        "a ^ ",
        "a and ",
        "a or ",
        "no ",
        "a, ",
        "a ",
        "( ",
        ") ",
        "\" ",
        "! ",
        "x10^9",
        "at least 2 ",
    ] {
        let start = Instant::now();
        survives(&format!("require {}a", piece.repeat(10_000)));
        assert!(start.elapsed().as_secs() < 20, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn a_file_past_the_limit_is_one_error() {
    let start = Instant::now();
    let text = "(".repeat(100 * 1024 * 1024);
    let found = parsed(&text).diagnostics;
    assert_eq!(found.iter().map(|one| one.code.id()).collect::<Vec<_>>(), ["E0104"]);
    let text = "(".repeat(MAX_BYTES / 16);
    assert_eq!(findings(&text).len(), 1);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn time_is_linear_in_the_length() {
    let time = |count: usize| {
        let text = SAMPLE.repeat(count);
        let start = Instant::now();
        let statements = parsed(&text).file.statements.len();
        assert_eq!(statements, 10 * count);
        start.elapsed()
    };
    time(10);
    let (short, long) = (time(20), time(160));
    assert!(long < short * 40, "{short:?} for 20, {long:?} for 160");
}

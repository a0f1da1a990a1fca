//! Ids: none forges or repaints a report, none is met twice without a word, and what is no id is said without
//! contradiction.

use std::collections::HashMap;

use eligc::cli::ids::{Ids, MAX_IDS, Repeats};
use eligc::legible;
use eligc::record::RecordId;

use super::eval;
use crate::cli::Folder;

const PROGRAM: &str = "require [I1] sledai2k >= 7";

fn record(id: &str) -> String {
    format!("{{\"id\":{id},\"anchors\":{{\"screening\":\"2026-03-01\"}},\"facts\":{{\"sledai2k\":2}}}}\n")
}

#[test]
fn an_id_stays_in_its_place() {
    let cases = [
        (r#""a\nb  eligible\nc""#, r#""a\nb  eligible\nc""#),
        (r#""a\u001b[2J""#, r"a\u{1b}[2J"),
        (r#""a\u009b31m""#, r"a\u{9b}31m"),
        (r#""\u202eelbigile""#, r"\u{202e}elbigile"),
        (r#""a\u200bb""#, r"a\u{200b}b"),
        (r#""a\u2028b""#, r#""a\u{2028}b""#),
        (r#""a\rb""#, r#""a\rb""#),
        (r#""a  eligible""#, r#""a  eligible""#),
        (r#""a\\nb""#, r"a\\nb"),
        (r#""患者-7""#, "患者-7"),
        ("17", "17"),
    ];
    for (written, shown) in cases {
        let (out, _, code) = eval(PROGRAM, record(written).as_bytes(), &[]);
        assert_eq!(code, 0);
        assert!(out.starts_with(&format!("{shown}  ineligible\n")), "{out:?}");
        assert!(!out.contains(|letter| letter != '\n' && legible::hidden(letter)), "{out:?}");
        assert_eq!(out.lines().filter(|line| line.trim_end().ends_with("eligible")).count(), 2, "{out}");
        // A problem of it and a repeat of it are told the same way.
        let twice = record(written) + &record(written) + &record(written).replace("sledai2k", "sledai3k");
        let (_, error, code) = eval(PROGRAM, twice.as_bytes(), &[]);
        assert_eq!(code, 1);
        assert!(error.contains(&format!("line 2, record {shown}: the id is already on line 1\n")), "{error:?}");
        assert!(error.contains(&format!("line 3, record {shown}: facts.sledai3k: ")), "{error:?}");
        assert!(!error.contains(|letter| letter != '\n' && legible::hidden(letter)), "{error:?}");
    }
}

#[test]
fn names_of_a_record_stay_in_their_place_too() {
    let record = "{\"id\":1,\"x\\n2  eligible\":1,\"facts\":{\"a\\u001b[31m\":1,\"ana\":\"pos\\u202eitive\"}}";
    let (_, error, _) = eval("require [I1] ana is positive", record.as_bytes(), &[]);
    assert!(!error.contains(|letter| letter != '\n' && legible::hidden(letter)), "{error:?}");
    assert_eq!(error.lines().count(), 3, "{error}");
    assert!(error.contains(r"x\n2  eligible") && error.contains(r"pos\u{202e}itive"), "{error}");
}

#[test]
fn what_is_no_id() {
    let said = |id: &str| {
        let (_, error, code) = eval(PROGRAM, record(id).as_bytes(), &[]);
        assert_eq!(code, 1);
        error
    };
    assert!(said("\"\"").contains("id: the id is empty: it could not be said whose verdict it is\n"));
    assert!(said("\" \\u200b\"").contains("id: the id has nothing in it that can be seen"));
    let long = said("12345678901234567890");
    assert!(
        long.contains(
            "id: a number of 20 digits is too long for an id, programs would round it; write it as a text, in quotes\n"
        ),
        "{long}"
    );
    assert!(said("1.5").contains("id: an id that is a number is whole and written with digits alone"));
    assert!(said("1e3").contains("digits alone"));
    assert!(said("true").contains("id: expected a text or a whole number, found true\n"));
    let (out, _, code) = eval(PROGRAM, record("\"12345678901234567890\"").as_bytes(), &[]);
    assert!(out.starts_with("12345678901234567890  ineligible") && code == 0);
}

#[test]
fn a_number_and_its_text_are_one_id() {
    let (_, error, _) = eval(PROGRAM, (record("17") + &record("\"17\"")).as_bytes(), &[]);
    assert!(error.contains("line 2, record 17: the id is already on line 1"), "{error}");
}

/// Against a plain map, with so little memory that most is merged from the file.
#[test]
fn every_repeat_is_found_whatever_is_held() {
    let folder = Folder::new("ids");
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for (most, count, of) in [(1, 50, 30), (3, 200, 90), (10, 2000, 1200), (64, 5000, 100_000), (1000, 900, 500)] {
        let mut ids = Ids::new(most, &folder.0);
        let mut plain: HashMap<u64, u64> = HashMap::new();
        let (mut expected, mut at_once) = (Vec::new(), Vec::new());
        for line in 1..=count {
            let number = random(of);
            let id = RecordId::Text(number.to_string());
            if plain.insert(number, line).is_some() {
                expected.push(line);
            }
            if ids.met(&id, line).expect("a scratch file").is_some() {
                at_once.push(line);
            }
        }
        let Repeats { lines, others } = ids.repeats().expect("a scratch file");
        let mut found: Vec<u64> = lines
            .iter()
            .map(|(line, before)| {
                assert!(before < line);
                *line
            })
            .chain(at_once)
            .collect();
        found.sort_unstable();
        let told = found.len() as u64 + others;
        assert_eq!(told, expected.len() as u64, "{most} held of {count}");
        if others == 0 {
            assert_eq!(found, expected, "{most} held of {count}");
        }
    }
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 0, "a scratch file is left");
    const { assert!(MAX_IDS > 1_000_000) };
    // A folder that takes no file is an error, not silence.
    let mut ids = Ids::new(1, &folder.0.join("missing"));
    ids.met(&RecordId::Number(1), 1).expect("held");
    ids.met(&RecordId::Number(2), 2).expect_err("no folder");
}

//! What is said to decide a patient does decide them, and nothing smaller does: every way to give the missing items of
//! small records is tried.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write;

use eligc::eval::{EvalOptions, Verdict};
use serde_json::{Map, Value as Json, json};

use super::make::Tape;
use super::{Compiled, compile, law};

const PROGRAMS: u32 = 300;

/// The most items that a record may lack: every way to give them is tried.
const MOST_MISSING: usize = 4;

const DECLARATIONS: &str = "
fact flag_a: yes_no timeless
fact flag_b: yes_no timeless
fact word: one of { red, blue, green } timeless
fact points: score 0..3 timeless
event fall
condition gout
";

/// Items by name, each with its values; where they stand in a record.
fn items() -> Vec<(&'static str, Vec<Json>)> {
    let entries = |count: usize| Json::Array(vec![json!({ "start": "2025-01-01" }); count]);
    vec![
        ("flag_a", vec![json!(true), json!(false)]),
        ("flag_b", vec![json!(true), json!(false)]),
        ("word", vec![json!("red"), json!("blue"), json!("green")]),
        ("points", (0..=3).map(|points| json!(points)).collect()),
        ("fall", (0..=2).map(entries).collect()),
        ("gout", (0..=2).map(entries).collect()),
    ]
}

fn leaf(tape: &mut Tape, fall: &str, gout: &str) -> String {
    let op = |tape: &mut Tape| tape.word(&[">=", "<=", ">", "<", "==", "!="]).to_owned();
    match tape.below(9) {
        0 => "flag_a".to_owned(),
        1 => "flag_b".to_owned(),
        2 | 3 => format!("word {} {}", tape.word(&["is", "is not"]), tape.word(&["red", "blue", "green"])),
        4 | 5 => format!("points {} {}", op(tape), tape.below(4)),
        6 => fall.to_owned(),
        7 => gout.to_owned(),
        _ => format!("judged \"question {}\"", tape.below(2)),
    }
}

fn condition(tape: &mut Tape, kinds: (&str, &str), depth: usize) -> String {
    if depth == 0 || tape.chance(25) {
        return leaf(tape, kinds.0, kinds.1);
    }
    let several = |tape: &mut Tape| -> Vec<String> {
        (0..2 + tape.below(2)).map(|_| format!("({})", condition(tape, kinds, depth - 1))).collect()
    };
    match tape.below(5) {
        0 | 1 => several(tape).join(" and "),
        2 | 3 => several(tape).join(" or "),
        _ => format!("not ({})", condition(tape, kinds, depth - 1)),
    }
}

fn program(tape: &mut Tape) -> String {
    let mut text = DECLARATIONS.to_owned();
    // One question of each kind: whether two on one kind go together is not looked at.
    let fall = *tape.pick(&["fall", "at least 2 fall", "at most 1 fall", "no fall"]);
    let gout = *tape.pick(&["gout", "at least 2 gout", "at most 1 gout", "no gout"]);
    for _ in 0..=tape.below(3) {
        writeln!(text, "{} {}", tape.word(&["require", "exclude"]), condition(tape, (fall, gout), 2)).unwrap();
    }
    text
}

/// A record of the items given.
fn record(given: &BTreeMap<String, Json>) -> Json {
    let (mut facts, mut judgements) = (Map::new(), Map::new());
    for (name, value) in given {
        match name.strip_prefix("judgement ") {
            Some(question) => judgements.insert(question.to_owned(), value.clone()),
            None => facts.insert(name.clone(), value.clone()),
        };
    }
    json!({ "id": 1, "facts": facts, "judgements": judgements })
}

/// The fewest of the missing items that reach each verdict, and the sets of them that do, as bits.
fn reached(
    compiled: &Compiled,
    given: &BTreeMap<String, Json>,
    missing: &[(String, Vec<Json>)],
) -> Result<BTreeMap<Ordered, Vec<usize>>, String> {
    let mut found: BTreeMap<Ordered, Vec<usize>> = BTreeMap::new();
    let ways: usize = missing.iter().map(|(_, values)| values.len() + 1).product();
    for way in 0..ways {
        let (mut rest, mut set, mut all) = (way, 0, given.clone());
        for (at, (name, values)) in missing.iter().enumerate() {
            let choice = rest % (values.len() + 1);
            rest /= values.len() + 1;
            if choice > 0 {
                set |= 1 << at;
                all.insert(name.clone(), values[choice - 1].clone());
            }
        }
        let verdict = compiled.program.screen(&compiled.read(&record(&all))?);
        found.entry(order(verdict)).or_default().push(set);
    }
    Ok(found)
}

/// A verdict with an order.
type Ordered = u8;

fn order(verdict: Verdict) -> Ordered {
    match verdict {
        Verdict::Eligible => 0,
        Verdict::Ineligible => 1,
        Verdict::Undetermined => 2,
    }
}

#[test]
fn what_is_said_to_decide_decides_and_nothing_smaller_does() {
    let sets = Cell::new(0);
    law("decisive sets against every way", PROGRAMS, &[200, 60], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]));
        let compiled = compile(text.clone()).map_err(|why| format!("{why}\n{text}"))?;
        let mut tape = Tape::new(&tapes[1]);
        let mut all: Vec<(String, Vec<Json>)> =
            items().into_iter().map(|(name, values)| (name.to_owned(), values)).collect();
        all.extend(
            compiled
                .question_ids()
                .into_iter()
                .map(|question| (format!("judgement {question}"), vec![json!(true), json!(false)])),
        );
        let (mut given, mut missing) = (BTreeMap::new(), Vec::new());
        for (name, values) in all {
            if missing.len() < MOST_MISSING && tape.chance(55) {
                missing.push((name, values));
            } else {
                given.insert(name, tape.pick(&values).clone());
            }
        }
        let told = |what: String| {
            let missing: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
            Err(format!("{what}\n{}\n{}\nmissing {missing:?}", compiled.shown(), record(&given)))
        };
        let evaluation = compiled
            .program
            .evaluate(&compiled.read(&record(&given))?, &EvalOptions { stage: None, budget: 1_000_000 });
        if evaluation.verdict != Verdict::Undetermined {
            return Ok(());
        }
        let reached = reached(&compiled, &given, &missing)?;
        for verdict in [Verdict::Eligible, Verdict::Ineligible] {
            let ways = reached.get(&order(verdict)).cloned().unwrap_or_default();
            let fewest = ways.iter().map(|set| set.count_ones()).min();
            let said = evaluation.decisive.iter().find(|set| set.verdict == verdict);
            match (said, fewest) {
                (None, None) => {}
                (None, Some(_)) => return told(format!("nothing said: {verdict:?} can be reached")),
                (Some(said), None) => return told(format!("never reached: {verdict:?} by {:?}", said.items)),
                (Some(said), Some(fewest)) => {
                    sets.set(sets.get() + 1);
                    let place = |item: &String| missing.iter().position(|(name, _)| name == item);
                    let Some(places) = said.items.iter().map(place).collect::<Option<Vec<usize>>>() else {
                        return told(format!("not missing: one of {:?}", said.items));
                    };
                    let set = places.iter().fold(0, |set, place| set | 1 << place);
                    if !ways.contains(&set) {
                        return told(format!("not enough: {:?} for {verdict:?}", said.items));
                    }
                    if said.smallest && places.len() > fewest as usize {
                        return told(format!("not the fewest: {:?} for {verdict:?}", said.items));
                    }
                    if !said.smallest {
                        return told(format!("not searched through: {:?} for {verdict:?}", said.items));
                    }
                }
            }
        }
        Ok(())
    });
    assert!(sets.get() > 100, "{}", sets.get());
}

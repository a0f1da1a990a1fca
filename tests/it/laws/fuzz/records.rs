//! Records and trees with a few parts changed.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::Instant;

use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::record::ReadOptions;
use eligc::tree::DecisionTree;
use serde_json::{Value as Json, json};

use super::PATIENCE;
use crate::laws::generators::{Tape, program::program, record::record};
use crate::laws::{Compiled, compile, law};

/// Reads and screens; gives whether the record was right.
fn screened(compiled: &Compiled, bytes: &[u8]) -> Result<bool, String> {
    let begun = Instant::now();
    let read = compiled.evaluator.read(bytes, &ReadOptions::default());
    if let Ok(record) = &read {
        let found = compiled.evaluator.evaluate(record, &EvalOptions::default());
        assert_eq!(found.verdict, compiled.evaluator.screen(record));
    }
    let took = begun.elapsed();
    if took > PATIENCE {
        return Err(format!("takes {took:?}\n{}\n{}", compiled.shown(), String::from_utf8_lossy(bytes)));
    }
    Ok(read.is_ok())
}

/// Some programs that read a good deal, made once.
fn programs() -> &'static [Compiled] {
    static PROGRAMS: OnceLock<Vec<Compiled>> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        (0..20_u32)
            .map(|seed| {
                // Any fixed numbers do.
                let numbers = |salt: u32| -> Vec<u32> {
                    (0..2_000_u32)
                        .map(|at| (at + 1).wrapping_mul(2_654_435_761).rotate_left(seed + salt) ^ (seed * 97 + at))
                        .collect()
                };
                compile(program(&mut Tape::new(&numbers(1)), &mut Tape::new(&numbers(5)))).unwrap()
            })
            .collect()
    })
}

/// A JSON value of any shape.
fn any_json(tape: &mut Tape, depth: usize) -> Json {
    let word = |tape: &mut Tape| {
        let names = [
            "id",
            "facts",
            "anchors",
            "judgements",
            "units",
            "canonical",
            "screening",
            "lab_mass",
            "lab_count",
            "zap",
            "mabs",
            "drugs",
            "betamab",
            "value",
            "unit",
            "at",
            "comparator",
            "uln",
            "start",
            "end",
            "planned",
            "drug",
            "kind",
            "mg/dL",
            "2026-03-01",
            "2026-02-30",
            "<",
            "positive",
            "severity",
            "dose",
            "born_on",
            "told",
            "assay",
            "I0.1",
            "",
            "é",
        ];
        (*tape.pick(&names)).to_owned()
    };
    match tape.below(if depth == 0 { 9 } else { 12 }) {
        0 => Json::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(tape.below(10)),
        4 => json!(-1),
        5 => {
            serde_json::from_str(tape.word(&["1e308", "-0.0", "0.1", "1e-300", "99999999999999999999", "2.5"])).unwrap()
        }
        6..=8 => json!(word(tape)),
        9 => (0..tape.below(4)).map(|_| any_json(tape, depth - 1)).collect(),
        _ => Json::Object((0..tape.below(5)).map(|_| (word(tape), any_json(tape, depth - 1))).collect()),
    }
}

/// A place somewhere inside, replaced, taken out or doubled.
fn spoil_json(tape: &mut Tape, json: &mut Json) {
    let inner = match json {
        Json::Array(list) if !list.is_empty() => {
            let at = tape.below(list.len());
            if tape.chance(10) {
                let again = list[at].clone();
                list.push(again);
                return;
            }
            &mut list[at]
        }
        Json::Object(object) if !object.is_empty() => {
            let at = tape.below(object.len());
            let key = object.keys().nth(at).unwrap().clone();
            if tape.chance(8) {
                object.remove(&key);
                return;
            }
            if tape.chance(8) {
                let inner = any_json(tape, 1);
                object.insert((*tape.pick(&["value", "unit", "at", "end", "drug", "x"])).to_owned(), inner);
                return;
            }
            &mut object[&key]
        }
        other => {
            *other = any_json(tape, 2);
            return;
        }
    };
    if tape.chance(15) { *inner = any_json(tape, 2) } else { spoil_json(tape, inner) }
}

#[test]
fn random_records_are_refused_in_peace() {
    law("random records", 5_000, &[150], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let compiled = tape.pick(programs());
        let mut json = any_json(&mut tape, 4);
        if tape.chance(70) {
            json = json!({ "id": 1, "facts": json });
        }
        screened(compiled, json.to_string().as_bytes()).map(drop)
    });
}

#[test]
fn spoilt_records_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt records", 5_000, &[1_500, 200, 60], |tapes| {
        let mut tape = Tape::new(&tapes[2]);
        let compiled = tape.pick(programs());
        let mut json = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &compiled.question_ids());
        for _ in 0..tape.below(4) {
            spoil_json(&mut tape, &mut json);
        }
        let mut bytes = json.to_string().into_bytes();
        if tape.chance(30) {
            for _ in 0..=tape.below(3) {
                let at = tape.below(bytes.len());
                bytes[at] = u8::try_from(tape.below(256)).unwrap();
            }
        }
        right.set(right.get() + usize::from(screened(compiled, &bytes)?));
        Ok(())
    });
    assert!(right.get() > 300, "only {} records were right", right.get());
}

#[test]
fn spoilt_trees_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt trees", 5_000, &[60], |tapes| {
        let begun = Instant::now();
        let mut tape = Tape::new(&tapes[0]);
        let compiled = tape.pick(programs());
        let text = if tape.chance(50) {
            let mut json: Json = serde_json::from_str(&compiled.json).unwrap();
            for _ in 0..=tape.below(3) {
                spoil_json(&mut tape, &mut json);
            }
            json.to_string()
        } else {
            let mut bytes = compiled.json.clone().into_bytes();
            for _ in 0..=tape.below(3) {
                let at = tape.below(bytes.len());
                bytes[at] = *tape.pick(b"0123456789\"{}[],:-eyn");
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        if let Ok(tree) = DecisionTree::from_json(&text)
            && let Ok(evaluator) = Evaluator::new(tree)
            && let Ok(record) = evaluator.read(b"{\"id\":1}", &ReadOptions::default())
        {
            right.set(right.get() + 1);
            evaluator.evaluate(&record, &EvalOptions::default());
        }
        let took = begun.elapsed();
        if took > PATIENCE { Err(format!("takes {took:?}\n{text}")) } else { Ok(()) }
    });
    assert!(right.get() > 20, "only {} trees were right", right.get());
}

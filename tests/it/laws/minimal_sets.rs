//! What is said to decide a patient does decide them, and nothing smaller does: every way to give the missing items of
//! small records is tried.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write;

use eligc::explain::EvalOptions;
use eligc::ir::Verdict;
use serde_json::{Value as Json, json};

use super::generators::Tape;
use super::{Compiled, compile, law};

const PROGRAMS: u32 = 10_500;

/// So many verdicts at least are looked through.
const CASES: usize = 5000;

/// The most ways to give what a record lacks: every one is tried.
const MAX_WAYS: usize = 500;

const DECLARATIONS: &str = "
fact flag_a: yes_no timeless
fact flag_b: yes_no timeless
fact word: one of { red, blue, green } timeless
fact points: score 0..3 timeless
fact gravid: one of { negative, positive }
fact enzyme: quantity [U/L] possible 0..100000 uln timeless
fact oxygen: quantity [%] possible 0..100 timeless { room_air: yes_no }
event fall
condition gout
event growth { site: one of { lung, skin }, treated: yes_no }
";

/// Items by name, each with its values; where they are in a record.
fn items() -> Vec<(&'static str, Vec<Json>)> {
    let entries = |count: usize| Json::Array(vec![json!({ "start": "2025-01-01" }); count]);
    vec![
        ("flag_a", vec![json!(true), json!(false)]),
        ("flag_b", vec![json!(true), json!(false)]),
        ("word", vec![json!("red"), json!("blue"), json!("green")]),
        ("points", (0..=3).map(|points| json!(points)).collect()),
        ("fall", (0..=2).map(entries).collect()),
        ("gout", (0..=2).map(entries).collect()),
        ("anchor infusion", ["2026-01-03", "2026-04-01", "2026-07-01"].map(|day| json!(day)).to_vec()),
        ("gravid", gravid()),
        ("enzyme", vec![enzyme(30, Some(40)), enzyme(300, Some(40)), enzyme(300, None)]),
        ("enzyme.uln", vec![json!(4), json!(400)]),
        ("oxygen", vec![oxygen(95, Some(true)), oxygen(85, Some(true)), oxygen(95, Some(false)), oxygen(95, None)]),
        ("oxygen.room_air", vec![json!(true), json!(false)]),
        ("growth", growths()),
        ("growth.start", vec![json!("2025-06-01"), json!("2010-01-01")]),
        ("growth.site", vec![json!("lung"), json!("skin")]),
        ("growth.treated", vec![json!(true), json!(false)]),
    ]
}

fn gravid() -> Vec<Json> {
    let results = ["2026-03-30", "2026-06-28", "2026-01-01"]
        .map(|at| ["negative", "positive"].map(|value| json!({ "value": value, "at": at })));
    results.concat()
}

fn enzyme(value: u32, uln: Option<u32>) -> Json {
    json!({ "value": value, "unit": "U/L", "uln": uln })
}

fn oxygen(value: u32, room_air: Option<bool>) -> Json {
    json!({ "value": value, "unit": "%", "room_air": room_air })
}

fn growths() -> Vec<Json> {
    let mut all = vec![json!([]), json!([{}])];
    for start in ["2025-06-01", "2010-01-01"] {
        for site in ["lung", "skin"] {
            all.extend([true, false].map(|treated| json!([{ "start": start, "site": site, "treated": treated }])));
        }
    }
    all
}

/// One question of each kind: whether two on one kind go together is not looked at.
type Kinds = [&'static str; 3];

fn leaf(tape: &mut Tape, [fall, gout, growth]: Kinds) -> String {
    let op = |tape: &mut Tape| tape.word(&[">=", "<=", ">", "<", "==", "!="]).to_owned();
    match tape.below(14) {
        0 => "flag_a".to_owned(),
        1 => "flag_b".to_owned(),
        2 | 3 => format!("word {} {}", tape.word(&["is", "is not"]), tape.word(&["red", "blue", "green"])),
        4 | 5 => format!("points {} {}", op(tape), tape.below(4)),
        6 => fall.to_owned(),
        7 => gout.to_owned(),
        8 => format!("gravid is {} within 7 days before infusion", tape.word(&["negative", "positive"])),
        9 => format!("enzyme {} 2.5 x ULN", tape.word(&["<=", ">"])),
        10 => format!("oxygen (room_air) {} 92 %", tape.word(&[">=", "<"])),
        11 | 12 => growth.to_owned(),
        _ => format!("judged \"question {}\"", tape.below(2)),
    }
}

fn condition(tape: &mut Tape, kinds: Kinds, depth: usize) -> String {
    if depth == 0 || tape.chance(25) {
        return leaf(tape, kinds);
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
    let fall = *tape.pick(&["fall", "at least 2 fall", "at most 1 fall", "no fall"]);
    let gout = *tape.pick(&["gout", "at least 2 gout", "at most 1 gout", "no gout"]);
    let growth = *tape.pick(&[
        "any growth",
        "growth (site is lung)",
        "growth (site is skin and treated)",
        "growth within 2 years before screening except (site is skin and treated)",
        "growth (treated) within 2 years before screening",
    ]);
    for _ in 0..=tape.below(3) {
        writeln!(text, "{} {}", tape.word(&["require", "exclude"]), condition(tape, [fall, gout, growth], 2)).unwrap();
    }
    text
}

/// A record of the items given; a part of a result or entry is behind it in their order.
fn record(given: &BTreeMap<String, Json>) -> Json {
    let mut whole = json!({ "id": 1, "anchors": { "screening": "2026-03-01" }, "facts": {}, "judgements": {} });
    for (name, value) in given {
        if let Some(question) = name.strip_prefix("judgement ") {
            whole["judgements"][question] = value.clone();
        } else if let Some(anchor) = name.strip_prefix("anchor ") {
            whole["anchors"][anchor] = value.clone();
        } else if let Some((of, part)) = name.split_once('.') {
            match whole["facts"].get_mut(of) {
                Some(Json::Array(entries)) => entries.iter_mut().for_each(|entry| entry[part] = value.clone()),
                Some(result) => result[part] = value.clone(),
                None => {}
            }
        } else {
            whole["facts"][name] = value.clone();
        }
    }
    whole
}

/// The parts of a result or an entry that are items of their own once it is given without them.
const PARTS: [(&str, &[&str]); 3] =
    [("enzyme", &["uln"]), ("oxygen", &["room_air"]), ("growth", &["start", "site", "treated"])];

/// The fewest of the missing items that reach each verdict, and the sets of them that do, as bits.
fn reached(
    compiled: &Compiled,
    given: &BTreeMap<String, Json>,
    missing: &[(String, Vec<Json>)],
    staged: bool,
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
        let read = compiled.read(&record(&all))?;
        let mut verdict = compiled.evaluator.screen(&read);
        let screening = compiled.evaluator.anchor("screening").unwrap();
        if staged && verdict == Verdict::Undetermined {
            verdict = compiled.evaluator.screen_at(&read, screening);
        }
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
    law("decisive sets against every way", PROGRAMS, &[200, 90], |tapes| {
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
        let (mut given, mut missing, ways) = (BTreeMap::new(), Vec::new(), Cell::new(1));
        let lacks = |tape: &mut Tape, name: &str, values: &[Json], missing: &mut Vec<(String, Vec<Json>)>| {
            let lacks = tape.chance(55) && ways.get() * (values.len() + 1) <= MAX_WAYS;
            if lacks {
                ways.set(ways.get() * (values.len() + 1));
                missing.push((name.to_owned(), values.to_vec()));
            }
            lacks
        };
        for (name, values) in all.iter().filter(|(name, _)| !name.contains('.')) {
            if lacks(&mut tape, name, values, &mut missing) {
                continue;
            }
            let mut value = tape.pick(values).clone();
            for (_, parts) in PARTS.iter().filter(|(of, _)| of == name) {
                for part in *parts {
                    let key = format!("{name}.{part}");
                    let place = if value.is_array() { value.get_mut(0) } else { Some(&mut value) };
                    let Some(place) = place else { continue };
                    let values = &all.iter().find(|(name, _)| *name == key).unwrap().1;
                    if place.get(*part).is_none_or(Json::is_null) || lacks(&mut tape, &key, values, &mut missing) {
                        if missing.iter().all(|(name, _)| *name != key) {
                            // What is not there is missing, or there after all.
                            if ways.get() * (values.len() + 1) > MAX_WAYS {
                                place[*part] = values[0].clone();
                                continue;
                            }
                            ways.set(ways.get() * (values.len() + 1));
                            missing.push((key, values.clone()));
                        }
                        place.as_object_mut().unwrap().remove(*part);
                    }
                }
            }
            given.insert(name.clone(), value);
        }
        let told = |what: String| {
            let missing: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
            Err(format!("{what}\n{}\n{}\nmissing {missing:?}", compiled.shown(), record(&given)))
        };
        let evaluation = compiled
            .evaluator
            .evaluate(&compiled.read(&record(&given))?, &EvalOptions { stage: None, budget: 1_000_000 });
        if evaluation.verdict != Verdict::Undetermined {
            return Ok(());
        }
        // A result that does not count may be joined by another one: such ways are not among those tried here.
        let tried = |item: &String| missing.iter().any(|(name, _)| name == item);
        if !evaluation.missing.iter().all(|missing| tried(&missing.item)) {
            return Ok(());
        }
        // What waits for the infusion is left open while something else is.
        let unknown = |criterion: &&eligc::explain::CriterionResult| criterion.outcome == eligc::ir::Outcome::Unknown;
        let (pending, now): (Vec<_>, Vec<_>) =
            evaluation.criteria.iter().filter(unknown).partition(|criterion| criterion.pending);
        let staged = !pending.is_empty() && !now.is_empty();
        let reached = reached(&compiled, &given, &missing, staged)?;
        for verdict in [Verdict::Eligible, Verdict::Ineligible] {
            let ways = reached.get(&order(verdict)).cloned().unwrap_or_default();
            let fewest = ways.iter().map(|set| set.count_ones()).min();
            let said = evaluation.decisive.iter().find(|set| set.verdict == verdict);
            match (said, fewest) {
                (None, None) => sets.set(sets.get() + 1),
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
    println!("{} verdicts were looked through", sets.get());
    assert!(sets.get() >= CASES, "{}", sets.get());
}

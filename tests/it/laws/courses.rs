//! Courses: entries that touch are one, however they are charted.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use eligc::ir::Outcome;
use serde_json::{Map, Value as Json, json};

use super::generators::Tape;
use super::generators::record::text_of_day;
use super::reference_semantics::agree;
use super::{Compiled, compile, law};

/// 1 March 2026.
const SCREENING: i32 = 20_513;
const KINDS: &[&str] = &["prednisone", "methylprednisolone", "hydroxychloroquine", "stroke", "copd"];
const SUBJECTS: &[(&str, &[usize])] = &[
    ("prednisone", &[0]),
    ("{prednisone, methylprednisolone}", &[0, 1]),
    ("{prednisone, methylprednisolone, hydroxychloroquine}", &[0, 1, 2]),
    ("stroke", &[3]),
    ("copd", &[4]),
];

/// A length of a course, in days; `throughout` is up to screening.
#[derive(Clone, Copy)]
struct Asked {
    throughout: bool,
    strict: bool,
    days: i32,
}

/// A condition on courses, and what the days of a record say of it.
struct Form {
    text: String,
    kinds: &'static [usize],
    filtered: bool,
    distinct: bool,
    gap: i32,
    length: Asked,
    window: usize,
    prefix: &'static str,
}

const WINDOWS: &[&str] =
    &["", " within 10 days before screening", " at least 5 days before screening", " after screening"];

fn form(tape: &mut Tape) -> Form {
    let (name, kinds) = *tape.pick(SUBJECTS);
    let event = kinds == [3];
    let length = Asked {
        throughout: !event && tape.chance(40),
        strict: tape.chance(30),
        days: *tape.pick(&[5, 3, 7, 10, 1, 14]),
    };
    let filtered = kinds.iter().all(|kind| *kind < 3) && tape.chance(40);
    let distinct = kinds.len() > 1 && tape.chance(30);
    let gap = *tape.pick(&[0, 0, 0, 1, 2, 7]);
    let window = if length.throughout { 0 } else { tape.below(WINDOWS.len()) };
    let prefix = match tape.below(6) {
        4 => "prior ",
        5 if !event && !length.throughout => "current ",
        _ => "",
    };
    let count = match (distinct, tape.below(4)) {
        (true, 0) => "at most 1 distinct ",
        (true, 1) => "exactly 1 distinct ",
        (true, _) => "at least 2 distinct ",
        (false, 0) => "no ",
        _ => "",
    };
    let filter = if filtered { " (dose >= 10 mg/day)" } else { "" };
    let long = match length {
        Asked { throughout: true, days, .. } => format!(" for at least {days} days before screening"),
        Asked { strict: true, days, .. } => format!(" lasting more than {days} days"),
        Asked { days, .. } => format!(" lasting at least {days} days"),
    };
    let gaps = if gap > 0 { format!(" with gaps of up to {gap} days") } else { String::new() };
    let text = format!("require [I1] {count}{prefix}{name}{filter}{long}{}{gaps}", WINDOWS[window]);
    Form { text, kinds, filtered, distinct, gap, length, window, prefix }
}

/// An entry by its days; a running one has no last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Entry {
    kind: usize,
    first: i32,
    last: Option<i32>,
    high: bool,
}

fn entries(tape: &mut Tape) -> Vec<Entry> {
    (0..tape.below(7))
        .map(|_| {
            let first = SCREENING - 24 + i32::try_from(tape.below(32)).unwrap();
            let kind = *tape.pick(&[0, 0, 1, 1, 2, 3, 4]);
            let last = first + *tape.pick(&[0, 1, 2, 3, 5, 8]);
            Entry { kind, first, last: Some(last).filter(|_| !tape.chance(10)), high: tape.chance(70) }
        })
        .collect()
}

fn record(entries: &[Entry]) -> Json {
    let mut facts = Map::new();
    for (at, name) in KINDS.iter().enumerate() {
        let list = entries.iter().filter(|entry| entry.kind == at).map(|entry| {
            let mut json = json!({ "start": text_of_day(entry.first), "end": entry.last.map(text_of_day) });
            if at < 3 {
                json["dose"] = json!({ "value": if entry.high { 20 } else { 5 }, "unit": "mg/d" });
            }
            json
        });
        facts.insert((*name).to_owned(), Json::Array(list.collect()));
    }
    json!({ "id": "r", "anchors": { "screening": text_of_day(SCREENING) }, "facts": facts, "judgements": {} })
}

/// What the days say: which days each course covers, one by one.
fn by_days(form: &Form, entries: &[Entry]) -> bool {
    let course = |kinds: &[usize]| {
        let counted: Vec<&Entry> =
            entries.iter().filter(|entry| kinds.contains(&entry.kind) && (!form.filtered || entry.high)).collect();
        const FAR: i32 = SCREENING + 400;
        let mut covered: BTreeSet<i32> = BTreeSet::new();
        for entry in &counted {
            covered.extend(entry.first..=entry.last.unwrap_or(FAR));
        }
        // Days run on where no more than the gap is left out.
        let mut courses: Vec<(i32, i32)> = Vec::new();
        for day in covered {
            match courses.last_mut() {
                Some(course) if day - course.1 - 1 <= form.gap => course.1 = day,
                _ => courses.push((day, day)),
            }
        }
        courses.into_iter().any(|(first, last)| {
            let running = last == FAR;
            let known = counted
                .iter()
                .filter(|entry| (first..=last).contains(&entry.first))
                .map(|entry| entry.last.unwrap_or(entry.first))
                .max();
            // What runs has lasted up to screening, or to a later start or end of another entry of it.
            let until = if running { known.unwrap_or(SCREENING).max(SCREENING) } else { last };
            let long = if form.length.throughout {
                first <= SCREENING - form.length.days && last >= SCREENING
            } else if form.length.strict {
                first + form.length.days < until
            } else {
                first + form.length.days <= until
            };
            let stands = match form.window {
                1 => first <= SCREENING && last >= SCREENING - 10,
                2 => first <= SCREENING - 5,
                3 => first > SCREENING,
                _ => true,
            };
            let prefixed = match form.prefix {
                "prior " => first < SCREENING,
                "current " => first <= SCREENING && last >= SCREENING,
                _ => true,
            };
            long && stands && prefixed
        })
    };
    let text = form.text.as_str();
    if form.distinct {
        let count = form.kinds.iter().filter(|kind| course(&[**kind])).count();
        return match text {
            text if text.contains("at most 1 distinct") => count <= 1,
            text if text.contains("exactly 1 distinct") => count == 1,
            _ => count >= 2,
        };
    }
    course(form.kinds) != text.contains("] no ")
}

fn outcome(compiled: &Compiled, record: &Json) -> Result<Outcome, String> {
    Ok(agree(compiled, record)?[0])
}

fn shown(form: &Form, entries: &[Entry]) -> String {
    format!("{}\n{}", form.text, serde_json::to_string(&record(entries)["facts"]).unwrap())
}

/// Exact records: the compiled tree, the reference and the days agree.
#[test]
fn a_course_is_the_days_it_covers() {
    let outcomes: RefCell<BTreeMap<String, usize>> = RefCell::default();
    law("courses by days", 500, &[60, 2_000], |tapes| {
        let form = form(&mut Tape::new(&tapes[0]));
        let compiled = match compile(form.text.clone()) {
            Ok(compiled) => compiled,
            // `prior` and `after screening` leave no day.
            Err(why) if why.contains("begins after") || why.contains("leaves no day") || why.contains("no day is") => {
                return Ok(());
            }
            Err(why) => return Err(why),
        };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..24 {
            let entries = entries(&mut tape);
            let found = outcome(&compiled, &record(&entries))?;
            let expected = if by_days(&form, &entries) { Outcome::Pass } else { Outcome::Fail };
            if found != expected {
                return Err(format!("by days {expected:?}, found {found:?}: {}", shown(&form, &entries)));
            }
            *outcomes.borrow_mut().entry(format!("{found:?}")).or_default() += 1;
        }
        Ok(())
    });
    let outcomes = outcomes.into_inner();
    assert!(outcomes["Pass"] > 2_000 && outcomes["Fail"] > 2_000, "{outcomes:?}");
}

/// Charted as two entries that touch, or of which one day is of both, a course answers the same.
#[test]
fn splitting_an_entry_changes_no_answer() {
    let changed: RefCell<usize> = RefCell::default();
    law("courses split", 350, &[60, 2_000], |tapes| {
        let form = form(&mut Tape::new(&tapes[0]));
        let Ok(compiled) = compile(form.text.clone()) else { return Ok(()) };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..10 {
            let entries = entries(&mut tape);
            let before = outcome(&compiled, &record(&entries))?;
            for at in 0..entries.len() {
                let entry = entries[at];
                // What runs has lasted up to screening: charted as ended on a later day, it has lasted longer.
                let last = entry.last.unwrap_or(SCREENING);
                // An event of one day has no length to be split.
                if last <= entry.first {
                    continue;
                }
                let cut =
                    entry.first + i32::try_from(tape.below(usize::try_from(last - entry.first).unwrap())).unwrap();
                for next in [cut + 1, cut] {
                    let mut split = entries.clone();
                    split[at].last = Some(cut);
                    split.push(Entry { first: next, ..entry });
                    let after = outcome(&compiled, &record(&split))?;
                    if after != before {
                        return Err(format!("{before:?} and, split, {after:?}: {}", shown(&form, &split)));
                    }
                    *changed.borrow_mut() += 1;
                }
            }
        }
        Ok(())
    });
    assert!(changed.into_inner() > 10_000);
}

/// A text of a day that may say less than the day.
fn vague(tape: &mut Tape, day: i32) -> Json {
    let text = text_of_day(day);
    match tape.below(8) {
        5 => json!(text[..7]),
        6 => json!(format!("{text}T{}:00", tape.pick(&["00", "08", "23"]))),
        7 => json!(text[..4]),
        _ => json!(text),
    }
}

/// A record that leaves dates, doses, marks or whole lists open, and one of those it may be.
fn open_record(tape: &mut Tape, entries: &[Entry]) -> Json {
    let mut open = record(entries);
    for (at, name) in KINDS.iter().enumerate() {
        let mut list = Vec::new();
        for entry in entries.iter().filter(|entry| entry.kind == at) {
            let mut json = json!({ "start": vague(tape, entry.first) });
            match tape.below(8) {
                7 => {}
                6 => {
                    json.as_object_mut().unwrap().remove("start");
                    json["end"] = json!(entry.last.map(text_of_day));
                }
                _ => json["end"] = entry.last.map_or(Json::Null, |last| vague(tape, last)),
            }
            if at < 3 && !tape.chance(15) {
                json["dose"] = json!({ "value": if entry.high { 20 } else { 5 }, "unit": "mg/d" });
            }
            list.push(json);
        }
        open["facts"][*name] = Json::Array(list);
    }
    for name in KINDS {
        match tape.below(30) {
            0 => drop(open["facts"].as_object_mut().unwrap().remove(*name)),
            1 if !entries.is_empty() => open["facts"][*name] = json!(true),
            _ => {}
        }
    }
    if tape.chance(10) {
        open["anchors"]["screening"] = json!("2026-03");
    }
    open
}

/// What is known of a vague record is true of the record behind it, and the reference says of it what the tree does.
#[test]
fn what_is_known_of_courses_stays_so() {
    let outcomes: RefCell<BTreeMap<String, usize>> = RefCell::default();
    law("courses known", 700, &[60, 4_000], |tapes| {
        let form = form(&mut Tape::new(&tapes[0]));
        let Ok(compiled) = compile(form.text.clone()) else { return Ok(()) };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..24 {
            let entries = entries(&mut tape);
            let open = open_record(&mut tape, &entries);
            // What is charted so may be no record at all.
            if compiled.read(&open).is_err() {
                continue;
            }
            let found = outcome(&compiled, &open)?;
            *outcomes.borrow_mut().entry(format!("{found:?}")).or_default() += 1;
            // A stroke without an end is one of that moment.
            let charted_so = open["facts"]["stroke"] == record(&entries)["facts"]["stroke"];
            let truth = if by_days(&form, &entries) { Outcome::Pass } else { Outcome::Fail };
            let moved = form.kinds.contains(&3) && !charted_so;
            if found != Outcome::Unknown && found != truth && !moved {
                return Err(format!("{truth:?} and, vague, {found:?}: {}\n{open}", shown(&form, &entries)));
            }
        }
        Ok(())
    });
    let outcomes = outcomes.into_inner();
    for word in ["Pass", "Fail", "Unknown"] {
        assert!(outcomes[word] > 1_500, "{outcomes:?}");
    }
}

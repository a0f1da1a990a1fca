//! How courses are charted says nothing: split or merged, in whatever order, under whichever name, with a course of dose 0.

use std::cell::RefCell;
use std::collections::BTreeMap;

use eligc::calendar::PartialDateTime;
use eligc::ir::Outcome;
use serde_json::{Map, Value as Json, json};

use super::generators::Tape;
use super::generators::record::text_of_day;
use super::reference_semantics::agree;
use super::{Compiled, compile, law};

/// 1 March 2026.
const SCREENING: i32 = 20_513;
const DRUGS: &[&str] = &["prednisone", "methylprednisolone"];
const SUBJECTS: &[&str] = &["prednisone", "methylprednisolone", "{prednisone, methylprednisolone}"];
const FILTERS: &[&str] = &["", " (dose >= 10 mg/day)", " (route is oral)", " (prednisone_dose >= 5 mg/day)"];
const CRITERIA: usize = 4;

fn number(tape: &mut Tape, list: &[u32]) -> u32 {
    *tape.pick(list)
}

fn length(tape: &mut Tape) -> String {
    let days = number(tape, &[5, 3, 7, 10, 1, 14]);
    format!("{days} day{}", if days == 1 { "" } else { "s" })
}

/// A condition on a course; `dosed`: of which dose it is decides.
fn course(tape: &mut Tape, dosed: bool) -> String {
    let subject = *tape.pick(SUBJECTS);
    let filter = if dosed { FILTERS[1] } else { *tape.pick(FILTERS) };
    let distinct = subject.starts_with('{') && tape.chance(30);
    let words = match (distinct, tape.below(4)) {
        (true, 0) => "at most 1 distinct ",
        (true, _) => "at least 2 distinct ",
        (false, 0) => "no ",
        (false, _) => "",
    };
    let time = *tape.pick(&["", "", "prior ", "current "]);
    let long = match tape.below(3) {
        0 => format!(" for at least {} before screening", length(tape)),
        1 => format!(" lasting more than {}", length(tape)),
        _ => format!(" lasting at least {}", length(tape)),
    };
    let window = match tape.below(5) {
        0 => format!(" within {} before screening", length(tape)),
        1 => format!(" at least {} before screening", length(tape)),
        2 => " after screening".to_owned(),
        _ => String::new(),
    };
    let gaps = if tape.chance(30) { format!(" with gaps of up to {}", length(tape)) } else { String::new() };
    format!("{words}{time}{subject}{filter}{long}{window}{gaps}")
}

fn daily_dose(tape: &mut Tape) -> String {
    let (subject, filter) = (*tape.pick(SUBJECTS), *tape.pick(FILTERS));
    let reference = if subject == "methylprednisolone" && tape.chance(50) { " as prednisone" } else { "" };
    let dose = format!("daily dose of {subject}{filter}{reference}");
    let bound =
        format!("{} {} mg/day", tape.pick(&[">=", "<=", ">", "<", "=="]), number(tape, &[10, 5, 20, 25, 45, 0]));
    let within = format!("within {} {} screening", length(tape), tape.pick(&["before", "after", "of"]));
    match tape.below(8) {
        0 => format!("{dose} {bound}"),
        1 => format!("{dose} at screening {bound}"),
        2 => format!("any {dose} {bound} {within}"),
        3 => format!("every {dose} {bound} {within}"),
        4 => format!("{dose} {bound} for at least {} before screening", length(tape)),
        5 => format!("{dose} {bound} lasting more than {} {within}", length(tape)),
        6 => format!("highest {dose} {within} {bound}"),
        _ => format!("lowest {dose} {within} {bound}"),
    }
}

/// How often each form is in the programs of a law, and how often each outcome was compared.
type Counts = RefCell<BTreeMap<String, usize>>;

fn count(counts: &Counts, what: &str) {
    *counts.borrow_mut().entry(what.to_owned()).or_default() += 1;
}

fn enough(counts: Counts, least: &[(&str, usize)]) {
    let counts = counts.into_inner();
    for (what, least) in least {
        assert!(counts.get(*what).is_some_and(|count| count >= least), "{what}: {counts:#?}");
    }
}

const FORMS: &[&str] = &[
    "lasting",
    "for at least",
    "gaps",
    "distinct",
    "daily dose",
    "any",
    "every",
    "highest",
    "lowest",
    "as prednisone",
];

/// Some criteria, those of them that leave a day.
fn program(tape: &mut Tape, counts: &Counts, each: impl Fn(&mut Tape) -> String) -> Option<Compiled> {
    let conditions: Vec<String> = (0..CRITERIA).map(|_| each(tape)).collect();
    let right = |condition: &&String| compile(format!("require [I1] {condition}")).is_ok();
    let right: Vec<&String> = conditions.iter().filter(right).collect();
    let text: String = right.iter().enumerate().map(|(at, text)| format!("require [I{at}] {text}\n")).collect();
    for form in FORMS {
        if right.iter().any(|condition| condition.contains(form)) {
            count(counts, form);
        }
    }
    if right.is_empty() { None } else { Some(compile(text).unwrap()) }
}

/// A day as text, which may say less than the day.
fn vague(tape: &mut Tape, day: i32) -> Json {
    let text = text_of_day(day);
    json!(match tape.below(12) {
        10 => &text[..7],
        11 => &text[..4],
        _ => &text[..],
    })
}

fn entry(tape: &mut Tape) -> Json {
    let first = SCREENING - 24 + i32::try_from(tape.below(32)).unwrap();
    let mut entry = json!({ "drug": tape.pick(DRUGS) });
    if !tape.chance(6) {
        entry["start"] = vague(tape, first);
    }
    let last = first + *tape.pick(&[3, 1, 2, 5, 8, 0]);
    match tape.below(10) {
        8 => entry["end"] = Json::Null,
        9 => {}
        _ => entry["end"] = vague(tape, last),
    }
    if !tape.chance(8) {
        entry["dose"] = json!({ "value": tape.pick(&[20, 5, 10, 40]), "unit": "mg/d" });
    }
    if tape.chance(10) {
        entry["prednisone_dose"] = json!({ "value": tape.pick(&[5, 25]), "unit": "mg/d" });
    }
    if !tape.chance(10) {
        entry["route"] = json!(tape.pick(&["oral", "oral", "iv"]));
    }
    if tape.chance(12) {
        let changed = first + *tape.pick(&[0, 2, -3]);
        entry["dose_since"] = vague(tape, changed);
    }
    if tape.chance(10) {
        entry["stable"] = json!(tape.chance(50));
    }
    entry
}

fn entries(tape: &mut Tape) -> Vec<Json> {
    (0..1 + tape.below(4)).map(|_| entry(tape)).collect()
}

fn record(anchor: &Json, entries: &[Json]) -> Json {
    json!({
        "id": "r", "anchors": { "screening": anchor }, "judgements": {},
        "facts": { "glucocorticoid": entries },
    })
}

fn anchor(tape: &mut Tape) -> Json {
    json!(if tape.chance(8) { "2026-03" } else { "2026-03-01" })
}

/// The outcomes; none where the record may not be one, or contradicts itself.
fn outcomes(compiled: &Compiled, record: &Json) -> Result<Option<Vec<Outcome>>, String> {
    if compiled.read(record).is_err() || compiled.contradicts_itself(record)? {
        return Ok(None);
    }
    agree(compiled, record).map(Some)
}

/// First and last day of a date of an entry.
fn days(entry: &Json, key: &str) -> Option<(i32, i32)> {
    let date = PartialDateTime::parse(entry.get(key)?.as_str()?).unwrap();
    Some((date.first_day(), date.last_day()))
}

/// The entry as two that touch, the first of them up to some day of it.
fn split(tape: &mut Tape, entry: &Json) -> Option<[Json; 2]> {
    let (_, started) = days(entry, "start")?;
    let running = entry.get("end")?.is_null();
    // What runs has lasted up to screening: charted as ended on a later day, it has lasted longer.
    let ended = if running { SCREENING } else { days(entry, "end")?.0 };
    if started >= ended {
        return None;
    }
    let cut = started + i32::try_from(tape.below(usize::try_from(ended - started).unwrap())).unwrap();
    let (mut one, mut other) = (entry.clone(), entry.clone());
    one["end"] = json!(text_of_day(cut));
    other["start"] = json!(text_of_day(cut + 1));
    Some([one, other])
}

/// Whether filters on it are decided, so that both parts are surely of the course or surely not.
fn is_told(entry: &Json) -> bool {
    ["dose", "route", "prednisone_dose"].iter().all(|key| entry.get(key).is_some())
}

fn two_answers(compiled: &Compiled, before: (&Json, &[Outcome]), after: (&Json, &[Outcome])) -> String {
    format!("two answers\n{}\n{:?} of {}\n{:?} of {}", compiled.text, before.1, before.0, after.1, after.0)
}

#[test]
fn split_or_merged_a_course_answers_the_same() {
    let counts = Counts::default();
    law("charted in two", 450, &[160, 3_000], |tapes| {
        let each = |tape: &mut Tape| if tape.chance(50) { course(tape, false) } else { daily_dose(tape) };
        let Some(compiled) = program(&mut Tape::new(&tapes[0]), &counts, each) else { return Ok(()) };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..12 {
            let (anchor, mut whole) = (anchor(&mut tape), entries(&mut tape));
            if tape.chance(60) {
                // All that is asked of the first is known.
                let first = &mut whole[0];
                first["prednisone_dose"] = json!({ "value": 5, "unit": "mg/d" });
                first["route"] = json!("oral");
                first["dose"] = json!({ "value": tape.pick(&[20, 5]), "unit": "mg/d" });
            }
            let before = record(&anchor, &whole);
            let Some(known) = outcomes(&compiled, &before)? else { continue };
            for (at, entry) in whole.iter().enumerate() {
                let Some([one, other]) = split(&mut tape, entry) else { continue };
                let mut parts = whole.clone();
                parts[at] = one;
                parts.push(other.clone());
                // Once more, so that what is merged again is a part itself.
                if let Some([one, other]) = split(&mut tape, &other) {
                    *parts.last_mut().unwrap() = one;
                    parts.push(other);
                }
                let after = record(&anchor, &parts);
                let Some(found) = outcomes(&compiled, &after)? else { continue };
                for (criterion, (known, found)) in known.iter().zip(&found).enumerate() {
                    let of_days = compiled.text.lines().nth(criterion).unwrap().contains("daily dose");
                    count(&counts, &format!("{} {known:?}", if of_days { "doses" } else { "courses" }));
                    // Where it is not known whether an entry counts, it is not known of each part by itself.
                    let less = !of_days && !is_told(entry) && [*known, *found].contains(&Outcome::Unknown);
                    if known != found && !less {
                        return Err(two_answers(&compiled, (&before, &[*known]), (&after, &[*found])));
                    }
                }
            }
        }
        Ok(())
    });
    let of_each = ["courses Pass", "courses Fail", "courses Unknown", "doses Pass", "doses Fail", "doses Unknown"];
    let mut least: Vec<(&str, usize)> = of_each.map(|what| (what, 1_000)).to_vec();
    least.extend(FORMS.iter().map(|form| (*form, 40)));
    enough(counts, &least);
}

#[test]
fn a_course_of_dose_nothing_changes_nothing() {
    let counts = Counts::default();
    law("a course of dose 0", 350, &[160, 3_000], |tapes| {
        let each = |tape: &mut Tape| match tape.below(4) {
            0 => course(tape, true),
            1 => format!(
                "prednisone_equivalent {} {} mg/day",
                tape.pick(&[">=", "<=", "<"]),
                tape.pick(&[10, 5, 20, 25])
            ),
            _ => daily_dose(tape),
        };
        let Some(compiled) = program(&mut Tape::new(&tapes[0]), &counts, each) else { return Ok(()) };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..12 {
            let (anchor, mut charted) = (anchor(&mut tape), entries(&mut tape));
            if tape.chance(15) {
                charted.clear();
            }
            let mut before = record(&anchor, &charted);
            if tape.chance(40) {
                // A total of a day, or of any.
                let at = if tape.chance(70) { json!(text_of_day(SCREENING - 5)) } else { Json::Null };
                before["facts"]["prednisone_equivalent"] =
                    json!({ "value": tape.pick(&[10, 20]), "unit": "mg/d", "at": at });
            }
            let Some(known) = outcomes(&compiled, &before)? else { continue };
            let mut nothing = entry(&mut tape);
            for key in ["prednisone_dose", "dose_since", "stable"] {
                nothing.as_object_mut().unwrap().remove(key);
            }
            nothing["dose"] = json!({ "value": 0, "unit": "mg/d" });
            let mut after = before.clone();
            let list = after["facts"]["glucocorticoid"].as_array_mut().unwrap();
            let at = tape.below(list.len() + 1);
            list.insert(at, nothing);
            let Some(found) = outcomes(&compiled, &after)? else { continue };
            known.iter().for_each(|outcome| count(&counts, &format!("{outcome:?}")));
            let total = compiled.text.contains("prednisone_equivalent");
            if total && before["facts"].get("prednisone_equivalent").is_some() {
                count(&counts, "recorded totals");
            }
            if known != found {
                return Err(two_answers(&compiled, (&before, &known), (&after, &found)));
            }
        }
        Ok(())
    });
    enough(counts, &[("Pass", 1_000), ("Fail", 1_000), ("Unknown", 1_000), ("recorded totals", 300)]);
}

#[test]
fn a_sum_is_free_of_order() {
    let counts = Counts::default();
    law("the order of doses", 250, &[160, 3_000], |tapes| {
        let each = |tape: &mut Tape| if tape.chance(30) { course(tape, false) } else { daily_dose(tape) };
        let Some(compiled) = program(&mut Tape::new(&tapes[0]), &counts, each) else { return Ok(()) };
        let mut tape = Tape::new(&tapes[1]);
        for _ in 0..12 {
            let (anchor, charted) = (anchor(&mut tape), entries(&mut tape));
            let before = record(&anchor, &charted);
            let Some(known) = outcomes(&compiled, &before)? else { continue };
            let mut turned = charted.clone();
            turned.reverse();
            turned.rotate_left(tape.below(charted.len()));
            // By the group, and each drug under its own name.
            let mut own = record(&anchor, &[]);
            own["facts"] = Json::Object(
                DRUGS
                    .iter()
                    .map(|drug| {
                        let list = turned.iter().filter(|entry| entry["drug"] == *drug).map(|entry| {
                            let own: Map<String, Json> = entry.as_object().unwrap().clone();
                            Json::Object(own.into_iter().filter(|(key, _)| key != "drug").collect())
                        });
                        ((*drug).to_owned(), Json::Array(list.collect()))
                    })
                    .collect(),
            );
            for after in [record(&anchor, &turned), own] {
                let found = agree(&compiled, &after)?;
                known.iter().for_each(|outcome| count(&counts, &format!("{outcome:?}")));
                if known != found {
                    return Err(two_answers(&compiled, (&before, &known), (&after, &found)));
                }
            }
        }
        Ok(())
    });
    enough(counts, &[("Pass", 1_000), ("Fail", 1_000), ("Unknown", 1_000)]);
}

//! What once took out of proportion: a group of very many members, very many `or`s, a value worked out by a formula.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::{Outcome, Verdict};
use eligc::lower::lower;
use eligc::record::{ReadOptions, Record};

use crate::least;

pub fn run() {
    for (part, done) in [("distinct", distinct()), ("or", ors()), ("worked out", worked_out())] {
        if done.is_none() {
            println!("large, {part}: the bench's own program or record is not read");
        }
    }
}

fn compiled(text: &str) -> Option<Evaluator> {
    let checked = check_text("large.elig", text);
    let program = checked.program.as_ref().filter(|_| !checked.has_errors())?;
    Evaluator::new(lower(program, &checked.sources)).ok()
}

fn read(evaluator: &Evaluator, record: &str) -> Option<Record> {
    evaluator.read(record.as_bytes(), &ReadOptions::default()).ok()
}

/// Three kinds of a group of 1,600: of a patient who has had every one, one whose every entry may be what is asked for,
/// and one of whom nothing is recorded.
fn distinct() -> Option<()> {
    const MEMBERS: usize = 1_600;
    let names: Vec<String> = (0..MEMBERS).map(|at| format!("own_{at}")).collect();
    let mut text = "trial LARGE \"a large group\" { anchor screening }\nuse sle\n".to_owned();
    for name in &names {
        let _ = writeln!(text, "drug {name}");
    }
    let _ = writeln!(text, "group large_group {{ {} }}", names.join(", "));
    text.push_str("require [I1] at least 3 distinct prior large_group (dose >= 5 mg/day)\n");
    let evaluator = compiled(&text)?;
    let record = |entry: &str| {
        let facts: Vec<String> = names.iter().map(|name| format!("\"{name}\":[{entry}]")).collect();
        let facts = if entry.is_empty() { String::new() } else { facts.join(",") };
        read(&evaluator, &format!(r#"{{"id":1,"anchors":{{"screening":"2026-03-01"}},"facts":{{{facts}}}}}"#))
    };
    let taken = r#"{"start":"2024-01-01","end":"2024-06-01","dose":{"value":10,"unit":"mg/d"}}"#;
    let open = r#"{"start":"2024-01-01","end":"2024-06-01"}"#;
    let mut times = Vec::new();
    for (entry, outcome) in [(taken, Outcome::Pass), (open, Outcome::Unknown), ("", Outcome::Unknown)] {
        let record = record(entry)?;
        let options = EvalOptions::default();
        let time = least(3, || {
            let evaluation = evaluator.evaluate(black_box(&record), &options);
            assert_eq!(evaluation.criteria.first().map(|criterion| criterion.outcome), Some(outcome));
        });
        times.push(time.as_secs_f64());
    }
    println!(
        "at least 3 distinct of a group of {MEMBERS}, seconds a patient with the whole report: all taken {:.4}, all of unknown dose {:.4}, nothing recorded {:.4}",
        times.first().copied().unwrap_or_default(),
        times.get(1).copied().unwrap_or_default(),
        times.get(2).copied().unwrap_or_default()
    );
    Some(())
}

/// One criterion of 20,000 conditions: until it is checked and compiled, or refused.
fn ors() -> Option<()> {
    const CONDITIONS: usize = 20_000;
    let conditions: Vec<String> = (0..CONDITIONS).map(|at| format!("hemoglobin >= {} g/L", at + 1)).collect();
    let questions: Vec<String> = (0..CONDITIONS).map(|at| format!("judged \"question {at}\"")).collect();
    for (of, conditions) in [("bounds", conditions), ("questions", questions)] {
        let text = format!(
            "trial LARGE \"many conditions\" {{ anchor screening }}\nuse sle\nrequire [I1] {}\n",
            conditions.join(" or ")
        );
        let mut refused = false;
        let time = least(3, || {
            let checked = check_text("large.elig", black_box(&text));
            refused = checked.has_errors();
            let program = checked.program.as_ref().filter(|_| !refused);
            black_box(program.map(|program| lower(program, &checked.sources)));
        });
        let how = if refused { "refused" } else { "checked and compiled" };
        println!("{CONDITIONS} {of} joined by `or`, until {how}: {time:.1?}");
    }
    Some(())
}

/// The filtration rate worked out from creatinine, age and sex, against the same criterion on a rate that is given. The
/// goal is at most four times.
fn worked_out() -> Option<()> {
    const PATIENTS: usize = 1_000;
    let text = "trial RATE \"a rate\" { anchor screening }\nuse sle\nrequire [I1] egfr >= 60 mL/min/{1.73_m2}\n";
    let evaluator = compiled(text)?;
    let records = |facts: &dyn Fn(usize) -> String| -> Option<Vec<Record>> {
        (0..PATIENTS)
            .map(|at| {
                let anchors = r#"{"consent":"2026-02-20","screening":"2026-03-01"}"#;
                read(&evaluator, &format!(r#"{{"id":{at},"anchors":{anchors},"facts":{{{}}}}}"#, facts(at)))
            })
            .collect()
    };
    let given = records(&|at| format!(r#""egfr":{{"value":{},"unit":"mL/min/{{1.73_m2}}"}}"#, 30 + at % 90))?;
    let worked = records(&|at| {
        let sex = if at % 2 == 0 { "female" } else { "male" };
        let (year, creatinine) = (1940 + at % 60, 40 + at % 110);
        format!(r#""birth_date":"{year}-05-17","sex":"{sex}","creatinine":{{"value":{creatinine},"unit":"umol/L"}}"#)
    })?;
    let options = EvalOptions::default();
    let screened = |records: &[Record]| {
        let known = records.iter().filter(|record| evaluator.screen(record) != Verdict::Undetermined).count();
        assert_eq!(known, PATIENTS, "every rate is known");
        let work = |one: &dyn Fn(&Record)| least(9, || records.iter().for_each(one));
        (
            work(&|record| {
                black_box(evaluator.screen(black_box(record)));
            }),
            work(&|record| {
                black_box(evaluator.evaluate(black_box(record), &options));
            }),
        )
    };
    let ((given, given_told), (worked, worked_told)) = (screened(&given), screened(&worked));
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!(
        "a worked-out eGFR against a given one, {PATIENTS} patients: verdict {worked:.1?} against {given:.1?}, ratio {:.1}; whole report {worked_told:.1?} against {given_told:.1?}, ratio {:.1} (goal: at most 4)",
        ratio(worked, given),
        ratio(worked_told, given_told)
    );
    Some(())
}

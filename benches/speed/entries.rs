//! Records of 200 entries over 20 kinds, against 20 criteria: with courses, daily doses, the latest by attribute, windows
//! about entries and results that age, as a ratio to as many criteria of the plain forms about the same kinds.

use std::fmt::Write as _;
use std::hint::black_box;

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::lower::lower;
use eligc::record::{ReadOptions, Record};

use super::evaluate::Numbers;
use super::least;

const KINDS: usize = 20;
const ENTRIES: usize = 10;
const RECORDS: usize = 500;

/// 10 drugs, 5 conditions and 5 events.
fn declarations() -> String {
    let mut text = "trial \"BENCH\" { anchor screening }\n".to_owned();
    for kind in 0..KINDS {
        let _ = match kind {
            0 => writeln!(text, "drug d0 {{ site: one of {{ a, b, c, d }} }}"),
            1..10 => writeln!(
                text,
                "drug d{kind} equivalent {kind} x d0 source \"the bench\" {{ site: one of {{ a, b, c, d }} }}"
            ),
            10..15 => writeln!(text, "condition c{kind} {{ site: one of {{ a, b, c, d }} }}"),
            _ => writeln!(text, "event e{kind} {{ site: one of {{ a, b, c, d }} }}"),
        };
    }
    text
}

fn name(kind: usize) -> String {
    let word = match kind {
        0..10 => 'd',
        10..15 => 'c',
        _ => 'e',
    };
    format!("{word}{kind}")
}

/// A criterion about each kind.
fn plain() -> String {
    let criterion = |kind: usize| {
        let name = name(kind);
        match kind % 4 {
            0 => format!("exclude any {name} (site is a) within 8 weeks before"),
            1 => format!("exclude at least 3 {name} within 6 months before"),
            2 => format!("require any {name} within 2 years before"),
            _ => format!("exclude {name} (site in {{ b, c }}) within 3 months before"),
        }
    };
    (0..KINDS).map(|kind| criterion(kind) + "\n").collect()
}

/// As many, of evidence that adds up.
fn adding_up() -> String {
    let criterion = |kind: usize| {
        let name = name(kind);
        match (kind, kind % 5) {
            (0..10, 0) => format!("exclude daily dose of {name} >= 40 mg/day"),
            (0..10, 1) => format!("require {name} for at least 8 weeks before with gaps of up to 7 days"),
            (0..10, 2) => format!(
                "exclude daily dose of {{ d0, {name} }} >= 60 mg/day lasting at least 14 days within 2 months before"
            ),
            (0..10, 3) => format!("exclude highest daily dose of {name} within 3 months before >= 80 mg/day"),
            (0..10, _) => format!("require every daily dose of {name} <= 60 mg/day within 4 weeks before"),
            (10..15, _) => format!("require {name} lasting at least 6 months within 2 years before"),
            (_, 0) => format!("exclude latest {name} by site (site is a)"),
            (_, 1) => format!("exclude at least 2 distinct {name} by site"),
            (_, 2) => format!("exclude any {name} after last e15"),
            _ => format!("exclude at least 2 distinct latest {name} by site (site in {{ a, b }})"),
        }
    };
    (0..KINDS).map(|kind| criterion(kind) + "\n").collect()
}

fn record(numbers: &mut Numbers, id: usize) -> String {
    let mut text = format!(
        "{{\"id\":{id},\"anchors\":{{\"screening\":\"2026-03-01\"}},\"facts\":{{\"weight\":{{\"value\":70,\"unit\":\"kg\"}}"
    );
    for kind in 0..KINDS {
        let _ = write!(text, ",\"{}\":[", name(kind));
        // In order of time, without a day in common.
        let (mut month, mut year) = (numbers.next(6) + 1, 2024);
        for entry in 0..ENTRIES {
            let comma = if entry == 0 { "" } else { "," };
            let day = numbers.next(14) + 1;
            let _ = write!(text, "{comma}{{\"start\":\"{year}-{month:02}-{day:02}\"");
            if kind < 15 {
                let _ = write!(text, ",\"end\":\"{year}-{month:02}-{:02}\"", day + 13);
            }
            if kind < 10 {
                let _ = write!(text, ",\"dose\":{{\"value\":{},\"unit\":\"mg/d\"}}", 5 * (1 + numbers.next(8)));
            }
            let site = ["a", "b", "c", "d"].get(numbers.next(4) as usize).copied().unwrap_or("a");
            let _ = write!(text, ",\"site\":\"{site}\"}}");
            month += 1 + numbers.next(2);
            if month > 12 {
                (month, year) = (month - 12, year + 1);
            }
        }
        text.push(']');
    }
    text + "}}"
}

fn evaluator(criteria: &str) -> Option<Evaluator> {
    let checked = check_text("bench.elig", &(declarations() + criteria));
    for found in checked.diagnostics.iter().filter(|found| found.severity == eligc::diag::Severity::Error) {
        println!("entries: {}", found.title);
    }
    Evaluator::new(lower(checked.program.as_ref()?, &checked.sources)).ok()
}

pub fn run() {
    let (Some(plain), Some(adding)) = (evaluator(&plain()), evaluator(&adding_up())) else {
        println!("entries: the bench's own criteria do not compile");
        return;
    };
    let mut numbers = Numbers(20_261_130);
    let texts: Vec<String> = (0..RECORDS).map(|id| record(&mut numbers, id)).collect();
    let read = |evaluator: &Evaluator| -> Vec<Record> {
        let records = texts.iter().filter_map(|text| evaluator.read(text.as_bytes(), &ReadOptions::default()).ok());
        records.collect()
    };
    let (plain_records, adding_records) = (read(&plain), read(&adding));
    assert_eq!((plain_records.len(), adding_records.len()), (RECORDS, RECORDS), "every record is read");
    let mut outcomes = Vec::new();
    let mut time = |evaluator: &Evaluator, records: &[Record]| {
        let least = least(15, || {
            for record in records {
                black_box(evaluator.outcomes(black_box(record), &mut outcomes));
            }
        });
        least.as_secs_f64() * 1e6 / RECORDS as f64
    };
    let (by_plain, by_adding) = (time(&plain, &plain_records), time(&adding, &adding_records));
    println!(
        "entries, a patient of {} entries of {KINDS} kinds against {KINDS} criteria: plain forms {by_plain:.1} us, courses, doses and latest {by_adding:.1} us, ratio {:.1}",
        KINDS * ENTRIES,
        by_adding / by_plain
    );
}

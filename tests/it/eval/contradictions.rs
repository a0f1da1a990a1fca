//! Windows that the check refuses, or warns of, are those that no record meets: held to the evaluator, day by day.

use eligc::diag::Code;
use eligc::driver::{Checked, check_text};
use eligc::eval::Evaluator;
use eligc::ir::Verdict;
use eligc::lower;
use eligc::record::ReadOptions;

const ANCHORS: [&str; 2] = ["consent", "screening"];

/// What can be said about one anchor; `A` means its name.
const WINDOWS: [&str; 22] = [
    "before A",
    "after A",
    "at A",
    "within 0 days before A",
    "within 3 days before A",
    "within 1 month before A",
    "within 31 days before A",
    "within 3 days after A",
    "within 1 month after A",
    "within 2 weeks of A",
    "more than 0 days before A",
    "more than 3 days before A",
    "at least 3 days before A",
    "at least 30 days before A",
    "more than 1 month before A",
    "at least 0 days after A",
    "more than 3 days after A",
    "at least 4 days after A",
    "at least 28 days after A",
    "at least 1 month after A",
    "more than 30 days after A",
    "within 36 hours before A",
];

/// What is asked, the values that a record may give, and whether one of them lasts.
struct Subject {
    evaluator: &'static str,
    ask: &'static str,
    value: fn(&str) -> Vec<String>,
}

const ENTRY: Subject = Subject {
    evaluator: "condition illness\n",
    ask: "illness",
    value: |day| {
        let ends = ["2024-02-20", "2024-03-31"].iter().filter(|end| **end >= day).map(|end| format!(r#""{end}""#));
        let ends: Vec<String> = ends.chain([format!(r#""{day}""#), "null".to_owned()]).collect();
        ends.iter().map(|end| format!(r#"{{"illness":[{{"start":"{day}","end":{end}}}]}}"#)).collect()
    },
};

const DATE: Subject =
    Subject { evaluator: "fact visit: date\n", ask: "visit", value: |day| vec![format!(r#"{{"visit":"{day}"}}"#)] };

const RESULT: Subject = Subject {
    evaluator: "fact swab: one of { clean, other }\n",
    ask: "any swab is clean",
    value: |day| vec![format!(r#"{{"swab":[{{"value":"clean","at":"{day}"}}]}}"#)],
};

const DAYS: [&str; 15] = [
    "2024-01-20",
    "2024-01-30",
    "2024-01-31",
    "2024-02-01",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2024-03-02",
    "2024-03-04",
    "2024-03-08",
    "2024-03-30",
    "2024-03-31",
    "2024-04-01",
    "2024-05-01",
    "2024-06-15",
];

fn checked(subject: &Subject, windows: &str) -> Checked {
    check_text("trial.elig", &format!("{}require [I1] {} {windows}\n", subject.evaluator, subject.ask))
}

/// Whether each record meets a window by itself.
fn met(subject: &Subject, window: &str, records: &[String]) -> Vec<bool> {
    let checked = checked(subject, window);
    let typed = checked.program.as_ref().unwrap_or_else(|| panic!("{window}: {:#?}", checked.diagnostics));
    let evaluator = Evaluator::new(lower::lower(typed, &checked.sources)).expect("a sound tree");
    let meets = |record: &String| {
        let record = evaluator.read(record.as_bytes(), &ReadOptions::default()).expect("a sound record");
        evaluator.screen(&record) == Verdict::Eligible
    };
    records.iter().map(meets).collect()
}

fn refused_windows_are_met_by_no_record(subject: &Subject) {
    let windows: Vec<(usize, String)> =
        WINDOWS.iter().flat_map(|window| (0..2).map(|anchor| (anchor, window.replace('A', ANCHORS[anchor])))).collect();
    // The first anchor, the second, and whether they come in their order.
    let mut records = Vec::new();
    let mut in_order = Vec::new();
    for day in DAYS {
        for consent in ["2024-01-31", "2024-02-29", "2024-03-01", "2024-03-04"] {
            for screening in ["2024-01-31", "2024-02-29", "2024-03-01", "2024-03-04", "2024-06-15"] {
                for facts in (subject.value)(day) {
                    records.push(format!(
                        r#"{{"id":1,"anchors":{{"consent":"{consent}","screening":"{screening}"}},"facts":{facts}}}"#
                    ));
                    in_order.push(consent <= screening);
                }
            }
        }
    }
    let met: Vec<Vec<bool>> = windows.iter().map(|(_, window)| met(subject, window, &records)).collect();
    let mut missed = Vec::new();
    for (one, first) in windows.iter().zip(&met) {
        for (other, second) in windows.iter().zip(&met) {
            let said = checked(subject, &format!("{} {}", one.1, other.1)).diagnostics;
            let refused = said.iter().any(|found| found.code == Code::E0310);
            let warned = said.iter().any(|found| found.code == Code::W0707);
            assert!(!(refused && warned), "{} {}", one.1, other.1);
            let both = |records: &dyn Fn(usize) -> bool| {
                (0..first.len()).any(|record| first[record] && second[record] && records(record))
            };
            let what = format!("{} {} {}", subject.ask, one.1, other.1);
            if refused {
                assert!(!both(&|_| true), "refused, and a record meets it: {what}");
            }
            if warned {
                assert!(!both(&|record| in_order[record]), "warned of, and a record meets it: {what}");
            }
            // Hours compare moments, which these records do not give.
            let by_the_clock = one.1.contains("hours") || other.1.contains("hours");
            if !refused && !warned && !by_the_clock && !both(&|record| in_order[record]) {
                missed.push(what);
            }
        }
    }
    // Days and months are told apart only where no month could make them meet.
    assert!(missed.iter().all(|what| what.contains("month")), "{missed:#?}");
}

#[test]
fn of_an_entry() {
    refused_windows_are_met_by_no_record(&ENTRY);
}

#[test]
fn of_a_date() {
    refused_windows_are_met_by_no_record(&DATE);
}

#[test]
fn of_a_result() {
    refused_windows_are_met_by_no_record(&RESULT);
}

/// Windows that look far apart and can be met all the same.
#[test]
fn windows_that_leave_a_day_are_not_spoken_of() {
    for clause in [
        "stroke after consent before screening",
        "stroke at consent at screening",
        "stroke within 4 weeks after infusion before screening",
        "hydroxychloroquine within 2 weeks after infusion at least 1 year before consent",
        "prior stroke within 4 weeks after infusion",
        "current copd at least 0 days after screening",
        "current copd at screening within 4 weeks after infusion",
        "ana is positive within 28 days before screening after consent",
        "ana is positive within 1 month before screening at least 28 days before screening",
        "ana is positive within 31 days after screening at least 1 month after screening",
        "investigational_drug within 5 half_lives before infusion at least 2 years before screening",
        "planned major_surgery within 4 weeks before enrollment",
        "planned major_surgery at screening before infusion",
        "planned major_surgery after screening before infusion",
    ] {
        let said = check_text("trial.elig", &format!("exclude [E1] {clause}\n")).diagnostics;
        assert!(said.is_empty(), "{clause}\n{said:#?}");
    }
}

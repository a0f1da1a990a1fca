//! Windows: month ends, leap days, partial dates, instants, and every relation against each concrete day.

use super::builder::*;
use eligc::calendar;
use eligc::eval::Evaluator;
use eligc::ir::{EntryKind, Length, Outcome, Quantifier, Relation};
use eligc::number::Comparison::Ge;
use eligc::tree::{FactRead, Operand, OperandKind, Subject, Test, TimeOf, ValueType, WindowAnchor};
use eligc::units::TimeUnit::{Day, Hour, Month, Week, Year};

/// `require any event RELATION screening`, with the anchor given.
fn relation(word: EntryKind, relation: Relation) -> Evaluator {
    let mut trial = Trial::new();
    let kind = trial.kind("event", word, Vec::new());
    let cond = trial.at_least(1, &[kind], &entry(relation));
    trial.require("I1", cond);
    trial.evaluator()
}

#[track_caller]
fn at(evaluator: &Evaluator, anchor: &str, entry: &str) -> Outcome {
    let json = format!(
        r#"{{"id":1,"anchors":{{"screening":"{anchor}"}},"facts":{{"event":[{}]}}}}"#,
        entry.replace('\'', "\"")
    );
    evaluate(evaluator, &json).criteria[0].outcome
}

#[test]
fn both_ends_of_a_window_count_and_months_are_calendar_months() {
    let within = |count, unit| relation(EntryKind::Event, before(count, unit));
    for (evaluator, anchor, start, expected) in [
        (within(28, Day), "2026-03-01", "2026-02-01", Pass),
        (within(28, Day), "2026-03-01", "2026-01-31", Fail),
        (within(28, Day), "2026-03-01", "2026-03-01", Pass),
        (within(28, Day), "2026-03-01", "2026-03-02", Fail),
        (within(8, Week), "2026-03-01", "2026-01-04", Pass),
        (within(8, Week), "2026-03-01", "2026-01-03", Fail),
        // 31 March less 1 month is the last of February.
        (within(1, Month), "2026-03-31", "2026-02-28", Pass),
        (within(1, Month), "2026-03-31", "2026-02-27", Fail),
        (within(1, Month), "2024-03-31", "2024-02-29", Pass),
        (within(1, Month), "2024-03-31", "2024-02-28", Fail),
        (within(6, Month), "2026-08-31", "2026-02-28", Pass),
        (within(6, Month), "2026-08-31", "2026-02-27", Fail),
        // 29 February less a year is 28 February.
        (within(1, Year), "2024-02-29", "2023-02-28", Pass),
        (within(1, Year), "2024-02-29", "2023-02-27", Fail),
        (within(4, Year), "2024-02-29", "2020-02-29", Pass),
        (within(4, Year), "2024-02-29", "2020-02-28", Fail),
        // A time of day does not matter in days.
        (within(28, Day), "2026-03-01T08:00", "2026-02-01T07:00", Pass),
        (within(28, Day), "2026-03-01T08:00", "2026-03-01T12:00", Pass),
    ] {
        assert_eq!(at(&evaluator, anchor, &format!("{{'start':'{start}'}}")), expected, "{start} {anchor}");
    }
}

#[test]
fn a_partial_date_is_every_day_it_may_be() {
    let evaluator = relation(EntryKind::Event, before(2, Year));
    // 2024-03-01 .. 2026-03-01.
    for (start, expected) in [
        ("2024", Unknown),
        ("2025", Pass),
        ("2026", Unknown),
        ("2023", Fail),
        ("2027", Fail),
        ("2024-02", Fail),
        ("2024-03", Pass),
        ("2024-03-01", Pass),
        ("2024-02-29", Fail),
        ("2026-02", Pass),
        ("2026-03", Unknown),
        ("2026-04", Fail),
        ("2026-03-01T23:59:59", Pass),
    ] {
        assert_eq!(at(&evaluator, "2026-03-01", &format!("{{'start':'{start}'}}")), expected, "{start}");
    }
    for entry in ["{}", "{'start':null}", "{'end':null}", "{'planned':false}"] {
        assert_eq!(at(&evaluator, "2026-03-01", entry), Unknown, "{entry}");
    }
    // The end bounds an unknown start.
    assert_eq!(at(&evaluator, "2026-03-01", "{'end':'2023-05'}"), Fail);
    assert_eq!(at(&evaluator, "2026-03-01", "{'end':'2025-05'}"), Pass);
}

#[test]
fn instants_are_compared_in_hours() {
    let evaluator = relation(EntryKind::Event, before(48, Hour));
    for (anchor, start, expected) in [
        ("2026-03-03T09:00", "2026-03-01T09:00", Pass),
        ("2026-03-03T09:00", "2026-03-01T08:59", Fail),
        ("2026-03-03T09:00", "2026-03-01T08:59:59", Fail),
        ("2026-03-03T09:00", "2026-03-03T09:00", Pass),
        ("2026-03-03T09:00", "2026-03-03T09:00:01", Fail),
        ("2026-03-03T09:00", "2026-03-02", Pass),
        ("2026-03-03T09:00", "2026-03-01", Unknown),
        ("2026-03-03T09:00", "2026-03-03", Unknown),
        ("2026-03-03T09:00", "2026-02-28", Fail),
        ("2026-03-03", "2026-03-02T09:00", Pass),
        ("2026-03-03", "2026-03-01T09:00", Unknown),
        ("2026-03-03", "2026-03-03T09:00", Unknown),
        // Offsets, on both sides and on one.
        ("2026-03-03T09:00Z", "2026-03-01T17:00+08:00", Pass),
        ("2026-03-03T09:00Z", "2026-03-01T16:59+08:00", Fail),
        ("2026-03-03T09:00Z", "2026-03-02T09:00", Pass),
        ("2026-03-03T09:00Z", "2026-03-01T20:00", Unknown),
        ("2026-03-03T09:00Z", "2026-03-01T23:00", Pass),
        ("2026-03-03T09:00", "2026-02-28T18:00Z", Fail),
    ] {
        assert_eq!(at(&evaluator, anchor, &format!("{{'start':'{start}'}}")), expected, "{start} before {anchor}");
    }
}

#[test]
fn what_an_absent_end_means_depends_on_the_kind() {
    let cases = [
        // entry, event, condition
        ("{'start':'2020-05-01'}", Fail, Unknown),
        ("{'start':'2020-05-01','end':null}", Pass, Pass),
        ("{'start':'2020-05-01','end':'2026-03-01'}", Pass, Pass),
        ("{'start':'2020-05-01','end':'2026-02-28'}", Fail, Fail),
        ("{'start':'2020-05-01','end':'2026-03'}", Pass, Pass),
        ("{'start':'2020-05-01','end':'2026'}", Unknown, Unknown),
        ("{'start':'2026-03-01'}", Pass, Pass),
        ("{'start':'2026-03-02'}", Fail, Fail),
        ("{'start':'2020-05-01','end':null,'planned':true}", Fail, Fail),
        ("{'end':null}", Unknown, Unknown),
    ];
    for (entry, event, condition) in cases {
        assert_eq!(at(&relation(EntryKind::Event, Relation::Current), "2026-03-01", entry), event, "event {entry}");
        for word in [EntryKind::Condition, EntryKind::Drug] {
            let found = at(&relation(word, Relation::Current), "2026-03-01", entry);
            assert_eq!(found, condition, "{word:?} {entry}");
        }
    }
}

#[test]
fn prior_planned_and_the_points_in_time() {
    for (how, entry, expected) in [
        (Relation::Before, "{'start':'2026-02-28'}", Pass),
        (Relation::Before, "{'start':'2026-03-01'}", Fail),
        (Relation::Before, "{'start':'2026-02-28','planned':true}", Fail),
        (Relation::Before, "{'planned':true}", Fail),
        (Relation::After, "{'start':'2026-03-02'}", Pass),
        (Relation::After, "{'start':'2026-03-01'}", Fail),
        (Relation::At, "{'start':'2026-03-01T13:00'}", Pass),
        (Relation::At, "{'start':'2026-03'}", Unknown),
        (Relation::At, "{'start':'2026-02'}", Fail),
        (Relation::UpTo, "{'start':'2026-03-01'}", Pass),
        (Relation::UpTo, "{'start':'2026-03-02'}", Fail),
        (Relation::Planned, "{'planned':true}", Pass),
        (Relation::Planned, "{'planned':false,'start':'2026-04'}", Fail),
        (Relation::Planned, "{'start':'2026-04'}", Pass),
        (Relation::Planned, "{'start':'2026-02'}", Fail),
        (Relation::Planned, "{}", Unknown),
        (
            Relation::Within { before: None, after: Some(calendar(12, Week)) },
            "{'planned':true,'start':'2026-04'}",
            Fail,
        ),
        (before(8, Week), "{'planned':true}", Fail),
        (Relation::After, "{'planned':true,'start':'2026-04'}", Fail),
        (Relation::After, "{'start':'2026-04'}", Pass),
        (Relation::EarlierBy { strict: true, length: calendar(6, Month) }, "{'start':'2025-09-01'}", Fail),
        (Relation::EarlierBy { strict: true, length: calendar(6, Month) }, "{'start':'2025-08-31'}", Pass),
        (Relation::EarlierBy { strict: false, length: calendar(6, Month) }, "{'start':'2025-09-01'}", Pass),
        (Relation::EarlierBy { strict: false, length: calendar(6, Month) }, "{'start':'2025-09'}", Unknown),
        (Relation::LaterBy { strict: true, length: calendar(1, Month) }, "{'start':'2026-04-01'}", Fail),
        (Relation::LaterBy { strict: false, length: calendar(1, Month) }, "{'start':'2026-04-01'}", Pass),
        (Relation::Throughout { length: calendar(2, Month) }, "{'start':'2026-01-01','end':null}", Pass),
        (Relation::Throughout { length: calendar(2, Month) }, "{'start':'2026-01-02','end':null}", Fail),
        (Relation::Throughout { length: calendar(2, Month) }, "{'start':'2026-01-01','end':'2026-02-28'}", Fail),
        (Relation::Throughout { length: calendar(2, Month) }, "{'start':'2026-01-01'}", Fail),
        (
            Relation::Lasting { strict: false, length: calendar(14, Day) },
            "{'start':'2026-01-01','end':'2026-01-15'}",
            Pass,
        ),
        (
            Relation::Lasting { strict: true, length: calendar(14, Day) },
            "{'start':'2026-01-01','end':'2026-01-15'}",
            Fail,
        ),
        (Relation::Lasting { strict: false, length: calendar(14, Day) }, "{'start':'2026-02-15','end':null}", Pass),
        (Relation::Lasting { strict: false, length: calendar(14, Day) }, "{'start':'2026-02-16','end':null}", Fail),
        (Relation::Lasting { strict: false, length: calendar(14, Day) }, "{'start':'2026-01-01'}", Fail),
    ] {
        let found = at(&relation(EntryKind::Event, how.clone()), "2026-03-01", entry);
        assert_eq!(found, expected, "{how:?} {entry}");
    }
}

#[test]
fn half_lives_are_the_entrys_own_or_the_kinds() {
    let evaluator = |of_kind: Option<&str>| {
        let mut trial = Trial::new();
        let drug = trial.kind("drug", EntryKind::Drug, vec![attribute("half_life", quantity("d", &[("h", "1/24")]))]);
        trial.tree.kinds[drug].half_life = of_kind.map(rational);
        let cond =
            trial.at_least(1, &[drug], &entry(Relation::Within { before: Some(Length::HalfLives(5)), after: None }));
        trial.require("I1", cond);
        trial.evaluator()
    };
    let json = |entry: &str| {
        format!(
            r#"{{"id":1,"anchors":{{"screening":"2026-03-31"}},"facts":{{"drug":[{{"start":"2026-01-01",{}}}]}}}}"#,
            entry.replace('\'', "\"")
        )
    };
    for (of_kind, entry, expected) in [
        (Some("2"), "'end':'2026-03-21'", Pass),
        (Some("2"), "'end':'2026-03-20'", Fail),
        (Some("0.5"), "'end':'2026-03-29'", Pass),
        (Some("0.5"), "'end':'2026-03-28'", Fail),
        (Some("2"), "'end':'2026-03-20','half_life':{'value':11,'unit':'d'}", Pass),
        (Some("2"), "'end':'2026-03-20','half_life':{'value':60,'unit':'h'}", Pass),
        (Some("2"), "'end':'2026-03-18','half_life':{'value':60,'unit':'h'}", Fail),
        (Some("2"), "'end':'2026-03-20','half_life':{'value':3,'unit':'d','comparator':'>'}", Pass),
        (Some("2"), "'end':'2026-03-10','half_life':{'value':3,'unit':'d','comparator':'>'}", Unknown),
        (Some("2"), "'end':'2026-03-10','half_life':{'value':3,'unit':'d','comparator':'<'}", Fail),
        (None, "'end':'2026-03-20'", Unknown),
        (None, "'end':'2026-03-20','half_life':{'value':11,'unit':'d'}", Pass),
        (None, "'end':null", Unknown),
    ] {
        let found = evaluate(&evaluator(of_kind), &json(entry)).criteria[0].outcome;
        assert_eq!(found, expected, "{of_kind:?} {entry}");
    }
}

#[test]
fn windows_on_date_facts_and_date_attributes() {
    let mut trial = Trial::new();
    let dose = trial.kind("steroid", EntryKind::Drug, vec![attribute("dose_since", ValueType::Date)]);
    let diagnosed = trial.fact("diagnosis_date", ValueType::Date);
    let stable = Cond::Test(Test::Window {
        of: TimeOf::Attribute("dose_since".to_owned()),
        relation: Relation::EarlierBy { strict: false, length: calendar(2, Week) },
        anchor: WindowAnchor::Date(SCREENING),
        undated: false,
    });
    let cond = trial.at_least(1, &[dose], &stable);
    trial.require("I1", cond);
    let filter = trial.filter(&always());
    trial.require(
        "I2",
        Test::Window {
            of: TimeOf::Fact(FactRead { fact: diagnosed, quantifier: Quantifier::Latest, filter, by: None }),
            relation: Relation::EarlierBy { strict: false, length: calendar(6, Month) },
            anchor: WindowAnchor::Date(SCREENING),
            undated: false,
        },
    );
    let evaluator = trial.evaluator();
    for (facts, first, second) in [
        ("{'steroid':[{'dose_since':'2026-02-15'}],'diagnosis_date':'2025-09-01'}", Pass, Pass),
        ("{'steroid':[{'dose_since':'2026-02-16'}],'diagnosis_date':'2025-09-02'}", Fail, Fail),
        ("{'steroid':[{}],'diagnosis_date':'2025-09'}", Unknown, Unknown),
        ("{'steroid':[{'dose_since':'2025'}],'diagnosis_date':'2024'}", Pass, Pass),
        ("{'steroid':[{'dose_since':null}],'diagnosis_date':null}", Unknown, Unknown),
        ("{'steroid':[],'diagnosis_date':['2025-01-01','2025-02-01']}", Fail, Pass),
        ("{'steroid':false,'diagnosis_date':['2025-01-01','2026-02-01']}", Fail, Unknown),
    ] {
        let evaluation = evaluate(&evaluator, &record(facts));
        let found: Vec<_> = evaluation.criteria.iter().map(|criterion| criterion.outcome).collect();
        assert_eq!(found, [first, second], "{facts}");
    }
}

#[test]
fn an_absent_anchor_is_unknown() {
    let mut trial = Trial::new();
    let kind = trial.kind("event", EntryKind::Event, Vec::new());
    let infusion = |relation| {
        Cond::Test(Test::Window { of: TimeOf::Entry, relation, anchor: WindowAnchor::Date(INFUSION), undated: false })
    };
    let cond = trial.at_least(1, &[kind], &infusion(before(28, Day)));
    trial.criterion("I1", eligc::ir::Polarity::Require, INFUSION, &cond);
    let evaluation = evaluate(&trial.evaluator(), &record("{'event':[{'start':'2026-02-15'}]}"));
    assert_eq!(evaluation.criteria[0].outcome, Unknown);
    assert!(evaluation.criteria[0].pending);
    assert_eq!(evaluation.criteria[0].reasons[0].item, "anchor infusion");
}

/// A small deterministic generator: the cases are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A date text around New Year 2024, and the days it may be.
fn date(dice: &mut Dice) -> (String, Vec<i32>) {
    let day = 19_700 + i32::try_from(dice.roll(100)).expect("small");
    let text = calendar::PartialDateTime::from_day(day).expect("in range").to_string();
    let text = match dice.roll(4) {
        0 => text[..7].to_owned(),
        _ => text,
    };
    let stretch = calendar::PartialDateTime::parse(&text).expect("a date");
    (text, (stretch.first_day()..=stretch.last_day()).collect())
}

/// Whether the relation holds for concrete days, straight from its definition.
fn holds(relation: &Relation, start: i32, end: i32, anchor: i32) -> bool {
    let back = |length: &Length| shifted(anchor, length, -1);
    let on = |length: &Length| shifted(anchor, length, 1);
    match relation {
        Relation::Within { before, after } => {
            start <= after.as_ref().map_or(anchor, on) && end >= before.as_ref().map_or(anchor, back)
        }
        Relation::Before => start < anchor,
        Relation::After => start > anchor,
        Relation::At => start == anchor,
        Relation::UpTo => start <= anchor,
        Relation::Current => start <= anchor && end >= anchor,
        Relation::Planned => start > anchor,
        Relation::EarlierBy { strict: true, length } => start < back(length),
        Relation::EarlierBy { strict: false, length } => start <= back(length),
        Relation::LaterBy { strict: true, length } => start > on(length),
        Relation::LaterBy { strict: false, length } => start >= on(length),
        Relation::Throughout { length } => start <= back(length) && end >= anchor,
        Relation::Lasting { strict: true, length } => shifted(start, length, 1) < end,
        Relation::Lasting { strict: false, length } => shifted(start, length, 1) <= end,
    }
}

fn shifted(day: i32, length: &Length, sign: i64) -> i32 {
    match length {
        Length::Calendar(count, unit) => calendar::add(day, sign * i64::from(*count), *unit).expect("in range"),
        Length::HalfLives(_) => panic!("no half-lives here"),
    }
}

/// 6,000 random cases, seed 20_260_301: every relation answers yes just when all concrete days do, no just when none.
#[test]
fn three_values_are_exactly_those_of_the_concrete_days() {
    let mut dice = Dice(20_260_301);
    let mut seen = [0; 3];
    for _ in 0..6_000 {
        let unit = [Day, Week, Month][usize::try_from(dice.roll(3)).expect("small")];
        let most = if unit == Day { 40 } else { 3 };
        let length = calendar(u32::try_from(dice.roll(most)).expect("small") + 1, unit);
        let strict = dice.roll(2) == 0;
        let how = match dice.roll(13) {
            0 => Relation::Within { before: Some(length), after: None },
            1 => Relation::Within { before: None, after: Some(length) },
            2 => Relation::Within { before: Some(length.clone()), after: Some(length) },
            3 => Relation::Before,
            4 => Relation::After,
            5 => Relation::At,
            6 => Relation::UpTo,
            7 => Relation::Current,
            8 => Relation::Planned,
            9 => Relation::EarlierBy { strict, length },
            10 => Relation::LaterBy { strict, length },
            11 => Relation::Throughout { length },
            _ => Relation::Lasting { strict, length },
        };
        let (anchor_text, anchors) = date(&mut dice);
        let (start_text, starts) = date(&mut dice);
        let (end_text, ends) = date(&mut dice);
        let shape = dice.roll(3);
        let mut answers = Vec::new();
        for anchor in &anchors {
            for start in &starts {
                match shape {
                    0 => answers.push(holds(&how, *start, *start, *anchor)),
                    1 if matches!(how, Relation::Lasting { .. }) => answers.push(holds(&how, *start, *anchor, *anchor)),
                    1 => answers.push(holds(&how, *start, i32::MAX, *anchor)),
                    _ => {
                        let ends = ends.iter().filter(|end| *end >= start);
                        answers.extend(ends.map(|end| holds(&how, *start, *end, *anchor)));
                    }
                }
            }
        }
        if answers.is_empty() {
            continue;
        }
        let expected = match (answers.contains(&true), answers.contains(&false)) {
            (true, false) => Pass,
            (false, true) => Fail,
            _ => Unknown,
        };
        let end = match shape {
            0 => String::new(),
            1 => ",'end':null".to_owned(),
            _ => format!(",'end':'{end_text}'"),
        };
        let entry = format!("{{'start':'{start_text}'{end}}}");
        let found = at(&relation(EntryKind::Event, how.clone()), &anchor_text, &entry);
        assert_eq!(found, expected, "{how:?} {entry} {anchor_text}");
        seen[match found {
            Pass => 0,
            Fail => 1,
            Unknown => 2,
        }] += 1;
    }
    assert!(seen.iter().all(|count| *count > 300), "{seen:?}");
}

#[test]
fn a_result_with_a_time_on_the_anchors_day() {
    let mut trial = Trial::new();
    let fact = trial.fact("hcg", coded(&["negative", "positive"]));
    let read = trial.within(fact, Quantifier::Latest, before(48, Hour));
    let cond = Test::IsOneOf { subject: Subject::Fact(read), values: vec!["negative".to_owned()] };
    trial.require("I1", cond);
    let spo2 = trial.fact("spo2", quantity("%", &[]));
    let read = trial.within(spo2, Quantifier::Latest, before(1, Day));
    let right = Operand::from(OperandKind::Number(rational("92")));
    trial.require("I2", Test::Compare { left: Operand::from(OperandKind::Fact(read, None)), op: Ge, right });
    let evaluator = trial.evaluator();
    let json = r#"{"id":1,"anchors":{"screening":"2026-03-03T12:00"},"facts":{
        "hcg":{"value":"negative","at":"2026-03-01T12:00"},"spo2":{"value":95,"unit":"%","at":"2026-03-03T18:00"}}}"#;
    let outcomes: Vec<_> = evaluate(&evaluator, json).criteria.iter().map(|criterion| criterion.outcome).collect();
    assert_eq!(outcomes, [Pass, Pass]);
}

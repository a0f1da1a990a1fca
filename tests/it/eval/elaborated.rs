//! A relation as data says what the evaluator answers: on known days the same, on vague ones never the contrary.

#![expect(clippy::unwrap_used, clippy::unreachable, reason = "a failing test panics")]

use eligc::calendar;
use eligc::ir::{EntryKind, Holds, Length, Moved, Order, Outcome, Point, Relation, Running, Side};
use eligc::units::TimeUnit;
use proptest::prelude::*;

use super::builder::*;

/// An entry on known days.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: i32,
    /// None where it is running.
    end: Option<i32>,
    /// It has no length.
    point: bool,
    planned: Option<bool>,
}

/// What the relation's own data say, with nothing else known of relations.
fn holds(relation: &Relation, entry: Entry, anchor: i32) -> bool {
    let window = relation.elaborate();
    if entry.point && window.spans.is_some_and(|length| !length.is_nothing()) {
        return false;
    }
    let end = entry.end.unwrap_or(match window.running {
        Running::Open => i32::MAX,
        Running::AtAnchor => anchor,
    });
    let place = |Moved { point, by }: Moved<'_>| {
        let from = match point {
            Point::Start => entry.start,
            Point::End => end,
            Point::Anchor => anchor,
        };
        match by {
            None => from,
            Some((side, Length::Calendar(count, unit))) => {
                let count = i64::from(*count);
                calendar::add(from, if side == Side::Before { -count } else { count }, *unit).unwrap()
            }
            Some((_, Length::HalfLives(_))) => unreachable!("none is made"),
        }
    };
    let order = |Order { earlier, later, strict }: Order<'_>| {
        let (earlier, later) = (place(earlier), place(later));
        if strict { earlier < later } else { earlier <= later }
    };
    match window.holds {
        Holds::One(one) => order(one),
        Holds::Both(one, other) => order(one) && order(other),
        Holds::MarkedOr(one) => entry.planned.unwrap_or_else(|| order(one)),
    }
}

fn relations() -> impl Strategy<Value = Relation> {
    let units = prop::sample::select(vec![TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year]);
    let length = (0u32..4, units).prop_map(|(count, unit)| Length::Calendar(count, unit)).boxed();
    let maybe = prop::option::of(length.clone());
    prop_oneof![
        (maybe.clone(), maybe).prop_map(|(before, after)| Relation::Within { before, after }),
        prop::sample::select(vec![
            Relation::Before,
            Relation::After,
            Relation::At,
            Relation::UpTo,
            Relation::Current,
            Relation::Planned,
        ]),
        (any::<bool>(), length.clone()).prop_map(|(strict, length)| Relation::EarlierBy { strict, length }),
        (any::<bool>(), length.clone()).prop_map(|(strict, length)| Relation::LaterBy { strict, length }),
        length.clone().prop_map(|length| Relation::Throughout { length }),
        (any::<bool>(), length).prop_map(|(strict, length)| Relation::Lasting { strict, length }),
    ]
}

/// 2024-01-01.
const FIRST: i32 = 19_723;

fn entries() -> impl Strategy<Value = Entry> {
    let days = prop_oneof![0i32..3, 0i32..800];
    (0i32..800, prop::option::of(days), any::<bool>(), prop::option::of(any::<bool>())).prop_map(
        |(start, length, point, planned)| {
            let start = FIRST + start;
            let end = if point { Some(start) } else { length.map(|length| start + length) };
            Entry { start, end, point, planned }
        },
    )
}

fn answer(relation: &Relation, word: EntryKind, entry: &str, anchor: &str) -> Outcome {
    let mut trial = Trial::new();
    let kind = trial.kind("event", word, Vec::new());
    let cond = trial.at_least(1, &[kind], &super::builder::entry(relation.clone()));
    trial.require("I1", cond);
    let json = format!(r#"{{"id":1,"anchors":{{"screening":"{anchor}"}},"facts":{{"event":[{entry}]}}}}"#);
    evaluate(&trial.evaluator(), &json).criteria[0].outcome
}

fn written(entry: Entry, start: &str) -> String {
    let end = match entry.end {
        _ if entry.point => String::new(),
        None => r#","end":null"#.to_owned(),
        Some(end) => format!(r#","end":"{}""#, day(end)),
    };
    let planned = entry.planned.map_or_else(String::new, |planned| format!(r#","planned":{planned}"#));
    format!(r#"{{"start":"{start}"{end}{planned}}}"#)
}

fn day(day: i32) -> String {
    calendar::PartialDateTime::from_day(day).unwrap().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn the_data_of_a_relation_say_what_the_evaluator_answers(
        relation in relations(),
        entry in entries(),
        anchor in 0i32..800,
    ) {
        let anchor = FIRST + anchor;
        // What is marked as planned counts only where it is asked for.
        let entry = if relation == Relation::Planned { entry } else { Entry { planned: None, ..entry } };
        let word = if entry.point { EntryKind::Event } else { EntryKind::Drug };
        let expected = holds(&relation, entry, anchor);
        let found = answer(&relation, word, &written(entry, &day(entry.start)), &day(anchor));
        prop_assert_eq!(found, if expected { Outcome::Pass } else { Outcome::Fail });
        // Of the month alone less is known, and nothing else.
        let month: String = day(entry.start).chars().take(7).collect();
        let found = answer(&relation, word, &written(entry, &month), &day(anchor));
        prop_assert_ne!(found, if expected { Outcome::Fail } else { Outcome::Pass });
    }
}

//! Dates: every written form, month ends, leap days, and three-valued order.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use eligc::calendar::{
    AgeScale, AgeUnit, DateError, DayRange, InstantRange, PartialDateTime, Precision, RecordedAge, add, age_range,
    completed,
};
use eligc::number::Rational;
use eligc::units::TimeUnit;
use jiff::civil::Date;
use proptest::prelude::*;

fn stretch(text: &str) -> PartialDateTime {
    PartialDateTime::parse(text).unwrap()
}

fn day(text: &str) -> i32 {
    let stretch = stretch(text);
    assert_eq!(stretch.precision(), Precision::Day);
    stretch.first_day()
}

fn show(day: i32) -> String {
    PartialDateTime::from_day(day).unwrap().to_string()
}

#[track_caller]
fn steps(from: &str, n: i64, unit: TimeUnit, to: &str) {
    assert_eq!(add(day(from), n, unit).map(show).as_deref(), Some(to));
}

#[test]
fn every_precision_reads_and_prints() {
    for (text, precision, first, last) in [
        ("2026", Precision::Year, "2026-01-01", "2026-12-31"),
        ("2024-02", Precision::Month, "2024-02-01", "2024-02-29"),
        ("1900-02", Precision::Month, "1900-02-01", "1900-02-28"),
        ("2026-03-01", Precision::Day, "2026-03-01", "2026-03-01"),
        ("2026-03-01T09:00", Precision::Minute, "2026-03-01", "2026-03-01"),
        ("2026-03-01T23:59:59", Precision::Second, "2026-03-01", "2026-03-01"),
        ("2026-03-01T09:00:30.250", Precision::Second, "2026-03-01", "2026-03-01"),
        ("2026-03-01T09:00:30.000000001", Precision::Second, "2026-03-01", "2026-03-01"),
        ("2026-03-01T09:00Z", Precision::Minute, "2026-03-01", "2026-03-01"),
        ("2026-03-01T09:00+00:00", Precision::Minute, "2026-03-01", "2026-03-01"),
        ("2026-03-01T01:00:00+08:00", Precision::Second, "2026-03-01", "2026-03-01"),
        ("2026-03-01T01:00-03:30", Precision::Minute, "2026-03-01", "2026-03-01"),
        ("1800-01-01", Precision::Day, "1800-01-01", "1800-01-01"),
        ("2200-12-31", Precision::Day, "2200-12-31", "2200-12-31"),
    ] {
        let stretch = stretch(text);
        assert_eq!(stretch.precision(), precision, "{text}");
        assert_eq!(stretch.to_string(), text);
        assert_eq!((stretch.first_day(), stretch.last_day()), (day(first), day(last)), "{text}");
        assert_eq!(stretch.has_time(), text.contains('T'));
    }
    assert!(stretch("2026-03-01T09:00-03:30").has_offset());
    assert!(stretch("2026-03-01T09:00Z").has_offset());
    assert!(!stretch("2026-03-01T09:00").has_offset());
    assert_eq!(PartialDateTime::whole_line().to_string(), "unknown");
    assert_eq!(PartialDateTime::whole_line().days(), DayRange::everything());
    assert_eq!(PartialDateTime::whole_line().instants(), InstantRange::everything());
    assert_eq!(day("1970-01-01"), 0);
    assert_eq!(day("1969-12-31"), -1);
    assert_eq!(day("2000-03-01"), 11_017);
}

#[test]
fn what_is_no_date() {
    let error = |text: &str| PartialDateTime::parse(text).unwrap_err();
    for (text, at) in [
        ("", 0),
        ("26", 2),
        ("2026-", 5),
        ("2026-3-1", 6),
        ("2026/03/01", 4),
        ("20260301", 4),
        ("01.03.2026", 2),
        ("2026-03-01 09:00", 10),
        ("2026-03-01T", 11),
        ("2026-03-01T9:00", 12),
        ("2026-03-01T09", 13),
        ("2026-03-01T09:00:", 17),
        ("2026-03-01T09:00:00.", 20),
        ("2026-03-01T09:00:00.1234567890", 29),
        ("2026-03-01T09:00z", 16),
        ("2026-03-01T09:00+0800", 19),
        ("2026-03-01T09:00Z ", 17),
        (" 2026", 0),
        ("-2026", 0),
        ("２０２６", 0),
    ] {
        assert_eq!(error(text), DateError::Shape { at }, "{text}");
    }
    assert_eq!(error("2026-02-30"), DateError::NoSuchDay { year: 2026, month: 2, day: 30, last: 28 });
    assert_eq!(error("2026-02-30").to_string(), "2026-02 has 28 days, so there is no day 30");
    assert_eq!(error("1900-02-29"), DateError::NoSuchDay { year: 1900, month: 2, day: 29, last: 28 });
    assert_eq!(error("2026-04-00"), DateError::NoSuchDay { year: 2026, month: 4, day: 0, last: 30 });
    assert_eq!(error("2026-13"), DateError::NoSuchMonth { month: 13 });
    assert_eq!(error("2026-00-01"), DateError::NoSuchMonth { month: 0 });
    assert_eq!(error("1799"), DateError::YearOutOfRange { year: 1799 });
    assert_eq!(error("2201-01-01"), DateError::YearOutOfRange { year: 2201 });
    assert_eq!(error("2026-03-01T24:00"), DateError::NoSuchTime { at: 11 });
    assert_eq!(error("2026-03-01T09:60"), DateError::NoSuchTime { at: 14 });
    assert_eq!(error("2026-03-01T09:00:60"), DateError::NoSuchTime { at: 17 });
    assert_eq!(error("2026-03-01T09:00+14:01"), DateError::NoSuchOffset { at: 16 });
    assert_eq!(error("2026-03-01T09:00-08:60"), DateError::NoSuchOffset { at: 16 });
}

#[test]
fn steps_keep_the_day_or_take_the_last_of_the_month() {
    use TimeUnit::{Day, Hour, Month, Week, Year};
    steps("2026-03-31", -1, Month, "2026-02-28");
    steps("2024-03-31", -1, Month, "2024-02-29");
    steps("2024-01-31", 1, Month, "2024-02-29");
    steps("2024-01-31", 2, Month, "2024-03-31");
    steps("2026-08-31", -6, Month, "2026-02-28");
    steps("2024-02-29", 1, Year, "2025-02-28");
    steps("2024-02-29", 4, Year, "2028-02-29");
    steps("2024-02-29", -12, Month, "2023-02-28");
    steps("2026-03-01", -1, Day, "2026-02-28");
    steps("2026-03-01", -8, Week, "2026-01-04");
    steps("2026-12-31", 1, Month, "2027-01-31");
    steps("2026-03-01", 0, Month, "2026-03-01");
    assert_eq!(add(0, 1, Hour), None);
    assert_eq!(add(0, i64::MAX, Week), None);
    assert_eq!(add(0, i64::MAX, Year), None);
    assert_eq!(add(0, 100_000, Year), None);
    assert_eq!(add(i32::MAX, 1, Day), None);
}

#[test]
fn ranges_shift_and_keep_missing_ends() {
    let march = stretch("2026-03").days();
    let february = DayRange { first: day("2026-02-01"), last: day("2026-02-28") };
    assert_eq!(march.shift(-1, TimeUnit::Month), february);
    let since = DayRange { first: day("2026-03-31"), last: i32::MAX };
    let earlier = DayRange { first: day("2026-02-28"), last: i32::MAX };
    assert_eq!(since.shift(-1, TimeUnit::Month), earlier);
    assert_eq!(DayRange::everything().shift(5, TimeUnit::Year), DayRange::everything());
    assert_eq!(DayRange::of(0).shift(-1_000_000, TimeUnit::Year), DayRange::of(i32::MIN));
    assert_eq!(DayRange::of(0).shift(1, TimeUnit::Hour), DayRange::everything());
    assert_eq!(InstantRange::of(0).shift_units(48, TimeUnit::Hour), InstantRange::of(172_800));
    assert_eq!(InstantRange::everything().shift(5), InstantRange::everything());
}

#[test]
fn order_is_known_when_every_pair_agrees() {
    let before = |a: &str, b: &str| PartialDateTime::day_before(&stretch(a), &stretch(b));
    assert_eq!(before("2025", "2026-01-01"), Some(true));
    assert_eq!(before("2026", "2026-06-01"), None);
    assert_eq!(before("2026-06-01", "2026-06-01"), Some(false));
    assert_eq!(before("2026-06", "2026-06-01"), Some(false));
    assert_eq!(before("2026-05", "2026-06"), Some(true));
    assert_eq!(before("2026-06-01T09:00", "2026-06-01T10:00"), Some(false));
    assert_eq!(PartialDateTime::day_before(&PartialDateTime::whole_line(), &stretch("2026")), None);
    let days = |text: &str| stretch(text).days();
    assert_eq!(days("2026-06").same(days("2026-06")), None);
    assert_eq!(days("2026-06-01").same(days("2026-06-01")), Some(true));
    assert_eq!(days("2026-06-01").same(days("2026-07")), Some(false));
    assert_eq!(days("2026-06").at_or_after(days("2026-06-01")), Some(true));
    assert_eq!(days("2026-06").at_or_before(days("2026-06-30")), Some(true));
    assert_eq!(days("2026-06").at_or_before(days("2026-06-29")), None);
    assert_eq!(days("2026-06").after(days("2026-05-31")), Some(true));
}

#[test]
fn instants_know_offsets() {
    let before = |a: &str, b: &str| PartialDateTime::instant_before(&stretch(a), &stretch(b));
    assert_eq!(stretch("1970-01-01T08:00+08:00").instants(), InstantRange::of(0));
    assert_eq!(stretch("1970-01-01T00:01:30.9").instants(), InstantRange::of(90));
    assert_eq!(stretch("1970-01-02").instants(), InstantRange { first: 86_400, last: 172_799 });
    assert_eq!(before("2026-03-01T09:00+08:00", "2026-03-01T02:00Z"), Some(true));
    assert_eq!(before("2026-03-01T09:00", "2026-03-01T09:01"), Some(true));
    // A bare reading may be 14 hours off.
    assert_eq!(before("2026-03-01T09:00", "2026-03-01T22:59Z"), None);
    assert_eq!(before("2026-03-01T09:00", "2026-03-01T23:01Z"), Some(true));
    assert_eq!(before("2026-03-01T23:00Z", "2026-03-01T09:00"), Some(false));
    assert_eq!(before("2026-03-01", "2026-03-02T00:00"), Some(true));
    assert_eq!(before("2026-03-01", "2026-03-01T12:00"), None);
}

#[test]
fn ages_complete_on_the_birthday() {
    let age = |birth: &str, on: &str| completed(day(birth), day(on), AgeUnit::Year);
    assert_eq!(age("1990-05-17", "2026-05-16"), 35);
    assert_eq!(age("1990-05-17", "2026-05-17"), 36);
    assert_eq!(age("2004-02-29", "2022-02-28"), 17);
    assert_eq!(age("2004-02-29", "2022-03-01"), 18);
    assert_eq!(age("2004-02-29", "2024-02-28"), 19);
    assert_eq!(age("2004-02-29", "2024-02-29"), 20);
    assert_eq!(age("2026-03-01", "2026-03-01"), 0);
    assert_eq!(age("2026-03-02", "2026-03-01"), -1);
    let range = |birth: &str, on: &str| age_range(stretch(birth).days(), stretch(on).days(), AgeUnit::Year);
    assert_eq!(range("2008", "2026-03-01"), (Some(17), Some(18)));
    assert_eq!(range("2008-03", "2026-03"), (Some(17), Some(18)));
    let unknown = DayRange::everything();
    assert_eq!(age_range(unknown, DayRange::of(0), AgeUnit::Day), (None, None));
    assert_eq!(age_range(DayRange::of(0), unknown, AgeUnit::Month), (None, None));
}

/// Any day of the years a record may name.
fn any_day() -> impl Strategy<Value = Date> {
    (1800i16..=2200, 1i8..=12, 1i8..=31)
        .prop_filter_map("a real day", |(year, month, day)| Date::new(year, month, day).ok())
}

#[test]
fn months_complete_on_the_day_of_the_month() {
    let age = |birth: &str, on: &str, unit| completed(day(birth), day(on), unit);
    assert_eq!(age("2025-08-01", "2026-02-28", AgeUnit::Month), 6);
    assert_eq!(age("2025-09-01", "2026-02-28", AgeUnit::Month), 5);
    assert_eq!(age("2025-08-31", "2026-02-28", AgeUnit::Month), 5);
    assert_eq!(age("2025-08-31", "2026-03-01", AgeUnit::Month), 6);
    assert_eq!(age("2026-01-18", "2026-03-01", AgeUnit::Week), 6);
    assert_eq!(age("2026-01-19", "2026-03-01", AgeUnit::Week), 5);
    assert_eq!(age("2008-01-28", "2026-03-01", AgeUnit::Day), 6607);
    assert_eq!(age("2026-03-02", "2026-03-01", AgeUnit::Month), -1);
}

/// A recorded age, whole or a decimal, against every birth that it can stand for.
#[test]
fn a_recorded_age_is_every_birth_it_can_stand_for() {
    let unit = |code: &str| AgeUnit::from_code(code).unwrap();
    let said = |value: &str, of: &str, asked: &str, on: &str| {
        let value = Rational::parse(value).unwrap();
        let recorded = RecordedAge::new(&value, None, &AgeScale::of(&unit(of).days())).unwrap();
        let (low, high) = recorded.completed(unit(asked), None, Some(stretch(on).days())).unwrap();
        (low, high.unwrap())
    };
    assert_eq!(said("70.5", "a", "a", "2026-03-01"), (70, 70));
    assert_eq!(said("70.9", "a", "a", "2026-03-01"), (70, 70));
    assert_eq!(said("846", "mo", "a", "2026-03-01"), (70, 70));
    assert_eq!(said("6574", "d", "a", "2026-03-01"), (18, 18));
    assert_eq!(said("6573", "d", "a", "2026-03-01"), (17, 17));
    // The year 2023 has no 29 February: 6,574 days are 18 years on one day and not on the other.
    assert_eq!(said("6574", "d", "a", "2026"), (17, 18));
    assert_eq!(said("17", "a", "mo", "2026-03-01"), (204, 215));
    assert_eq!(said("17.5", "a", "mo", "2026-03-01"), (209, 211));
    assert_eq!(said("8", "wk", "d", "2026-03-01"), (56, 62));
    assert_eq!(said("8.5", "wk", "wk", "2026-03-01"), (8, 8));
    assert_eq!(said("2", "mo", "d", "2026-03-01"), (59, 89));
    let unknown = RecordedAge::new(&Rational::from_i64(20_000), None, &AgeScale::of(&unit("d").days())).unwrap();
    assert_eq!(unknown.completed(unit("a"), None, None), None);
    assert_eq!(unknown.completed(unit("wk"), None, None), Some((2857, Some(2857))));
    // An age of another day is every birth it can have meant then, as it is now.
    let then = |value: i64, of: &str, counted: &str, asked: &str, on: &str| {
        let recorded = RecordedAge::new(&Rational::from_i64(value), None, &AgeScale::of(&unit(of).days())).unwrap();
        recorded.completed(unit(asked), Some(stretch(counted).days()), Some(stretch(on).days()))
    };
    assert_eq!(then(70, "a", "2025-03-01", "a", "2026-03-01"), Some((71, Some(71))));
    assert_eq!(then(70, "a", "2025-03-02", "a", "2026-03-01"), Some((70, Some(71))));
    assert_eq!(then(18, "a", "2026-04-10", "a", "2026-03-01"), Some((17, Some(18))));
    assert_eq!(then(70, "a", "2024", "a", "2026-03-01"), Some((71, Some(73))));
    assert_eq!(then(44, "d", "2026-02-01", "d", "2026-03-01"), Some((72, Some(72))));
    let recorded = RecordedAge::new(&Rational::from_i64(70), None, &AgeScale::of(&unit("a").days())).unwrap();
    assert_eq!(recorded.completed(unit("a"), Some(stretch("2025").days()), None), None);
    for birth in (day("1990-01-01")..=day("1993-01-01")).step_by(7) {
        for counted in (day("2008-01-01")..=day("2012-03-01")).step_by(61) {
            for of in AgeUnit::ALL {
                let value = Rational::from_i64(completed(birth, counted, of));
                let recorded = RecordedAge::new(&value, None, &AgeScale::of(&of.days())).unwrap();
                for asked in AgeUnit::ALL {
                    for on in [counted - 400, counted, counted + 1, counted + 5_000] {
                        let (low, high) =
                            recorded.completed(asked, Some(DayRange::of(counted)), Some(DayRange::of(on))).unwrap();
                        let truth = completed(birth, on, asked);
                        assert!(low <= truth && truth <= high.unwrap(), "{birth} {counted} {of:?} {asked:?} {on}");
                    }
                }
            }
        }
    }
    // Each birth of twelve years, and its age in every unit as recorded: the answer holds the true one.
    let on = day("2026-03-31");
    for birth in day("2014-01-01")..=on {
        for of in AgeUnit::ALL {
            let value = Rational::from_i64(completed(birth, on, of));
            let recorded = RecordedAge::new(&value, None, &AgeScale::of(&of.days())).unwrap();
            for asked in AgeUnit::ALL {
                let (low, high) = recorded.completed(asked, None, Some(DayRange::of(on))).unwrap();
                let truth = completed(birth, on, asked);
                assert!(low <= truth && truth <= high.unwrap(), "{birth} {of:?} {asked:?}");
                if of == AgeUnit::Day || of == asked {
                    assert_eq!((low, high), (truth, Some(truth)));
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn days_agree_with_the_calendar(date in any_day()) {
        let number = day(&date.to_string());
        prop_assert_eq!(show(number), date.to_string());
        let tomorrow = date.tomorrow().unwrap();
        if tomorrow.year() <= 2200 {
            prop_assert_eq!(show(number + 1), tomorrow.to_string());
        }
    }

    #[test]
    fn steps_are_monotone(a in any_day(), b in any_day(), n in -600i64..600) {
        let (a, b) = (day(&a.to_string()), day(&b.to_string()));
        let (earlier, later) = (a.min(b), a.max(b));
        for unit in [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year] {
            prop_assert!(add(earlier, n, unit).unwrap() <= add(later, n, unit).unwrap());
            // Neighbours, where a clamp could turn the order.
            prop_assert!(add(a, n, unit).unwrap() <= add(a + 1, n, unit).unwrap());
            prop_assert!(add(a, n, unit).unwrap() <= add(a, n + 1, unit).unwrap());
        }
    }

    #[test]
    fn ages_grow_by_one_a_year(birth in any_day(), on in any_day()) {
        let (birth, on) = (day(&birth.to_string()), day(&on.to_string()));
        for unit in AgeUnit::ALL {
            let age = completed(birth, on, unit);
            let next = completed(birth, on + 1, unit);
            prop_assert!(next == age || next == age + 1);
            // The day an age is complete lies that many units after the birth, or on the next day where a month is short.
            let birthday = add(birth, age, unit.time()).unwrap();
            prop_assert!(birthday <= on);
            prop_assert!(add(birth, age + 1, unit.time()).unwrap() >= on);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.+Z-]{0,15})?)?)?") {
        if let Ok(read) = PartialDateTime::parse(&text) {
            prop_assert_eq!(read.to_string(), text);
            prop_assert!(read.first_day() <= read.last_day());
            prop_assert!(read.first_instant() <= read.last_instant());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in ".{0,24}") {
        let _ = PartialDateTime::parse(&text);
    }
}

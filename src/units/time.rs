//! Units of time as windows use them: `months` in, [`TimeUnit::Month`] out.

use std::fmt;

/// A unit of time of a window or a calendar step.
///
/// Months and years here are calendar months and years. As a [`super::Unit`], `mo` and `a` follow
/// UCUM's mean lengths instead (a year of 365.25 days), which serve only to compare durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// A second.
    Second,
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// A calendar day.
    Day,
    /// Seven calendar days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Every spelling of a unit of time, by unit; the UCUM code first, the plain word last.
pub(super) const SPELLINGS: &[(TimeUnit, &[&str])] = &[
    (TimeUnit::Second, &["s", "sec", "secs", "seconds", "second"]),
    (TimeUnit::Minute, &["min", "mins", "minutes", "minute"]),
    (TimeUnit::Hour, &["h", "hr", "hrs", "hours", "hour"]),
    (TimeUnit::Day, &["d", "days", "day"]),
    (TimeUnit::Week, &["wk", "wks", "weeks", "week"]),
    (TimeUnit::Month, &["mo", "mos", "months", "month"]),
    (TimeUnit::Year, &["a", "yr", "yrs", "years", "year"]),
];

impl TimeUnit {
    /// The unit a word names: a UCUM code (`mo`) as it is, a word (`Months`) in either case.
    pub fn parse(text: &str) -> Option<TimeUnit> {
        let text = text.trim();
        SPELLINGS
            .iter()
            .find(|(_, spellings)| {
                spellings
                    .iter()
                    .any(|spelling| *spelling == text || (spelling.len() > 1 && spelling.eq_ignore_ascii_case(text)))
            })
            .map(|(unit, _)| *unit)
    }

    /// The unit of a UCUM code, and of nothing else.
    pub(super) fn from_code(code: &str) -> Option<TimeUnit> {
        SPELLINGS.iter().map(|(unit, _)| *unit).find(|unit| unit.code() == code)
    }

    /// The UCUM code: `mo` for a month.
    pub fn code(self) -> &'static str {
        match self {
            TimeUnit::Second => "s",
            TimeUnit::Minute => "min",
            TimeUnit::Hour => "h",
            TimeUnit::Day => "d",
            TimeUnit::Week => "wk",
            TimeUnit::Month => "mo",
            TimeUnit::Year => "a",
        }
    }

    /// The word in the singular: `month`.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        }
    }

    /// Whether steps of this unit count calendar days rather than instants.
    pub fn is_calendar(self) -> bool {
        match self {
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => true,
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => false,
        }
    }

    /// The length in seconds of a unit that counts instants; `None` for days and longer.
    pub fn seconds(self) -> Option<i64> {
        match self {
            TimeUnit::Second => Some(1),
            TimeUnit::Minute => Some(60),
            TimeUnit::Hour => Some(3600),
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => None,
        }
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

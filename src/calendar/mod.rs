//! Dates as records write them: partial date text in, ranges of days and of seconds out, with
//! calendar arithmetic and three-valued comparison on those ranges.
//!
//! A day is a count of days since 1970-01-01, an instant a count of seconds since that day began.
//! The ends of the integer types mean "no end on this side".

mod age;
mod range;
mod step;

use std::fmt;

use jiff::civil::Date;

pub use age::{AgeScale, AgeUnit, RecordedAge, age_range, completed};
pub use range::{DayRange, InstantRange};
pub use step::add;

use step::{SECONDS_PER_DAY, date_of, day_number};

/// The years a record or a program may name.
pub const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// How far a bare local time may lie from the same clock reading in UTC.
const WIDEST_OFFSET_SECONDS: i64 = 14 * 3600;

/// Why a text is not a date. Byte positions count from the start of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// The text does not have the shape of a date: `2026-3-1`, `01/03/2026`.
    Shape {
        /// The first byte that does not fit; the text's length when it ends too early.
        at: usize,
    },
    /// A year outside [`YEARS`].
    YearOutOfRange {
        /// The year as written.
        year: i16,
    },
    /// A month outside 1 to 12.
    NoSuchMonth {
        /// The month as written.
        month: i8,
    },
    /// A day the month does not have: 2026-02-30.
    NoSuchDay {
        /// The year as written.
        year: i16,
        /// The month as written.
        month: i8,
        /// The day as written.
        day: i8,
        /// The last day of that month.
        last: i8,
    },
    /// An hour beyond 23, or a minute or second beyond 59.
    NoSuchTime {
        /// The first byte of the part that is too large.
        at: usize,
    },
    /// An offset from UTC of more than 14 hours.
    NoSuchOffset {
        /// The byte of the offset's sign.
        at: usize,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Shape { .. } => {
                write!(f, "not a date of the form 2026, 2026-03, 2026-03-01 or 2026-03-01T09:00")
            }
            DateError::YearOutOfRange { year } => {
                write!(f, "year {year} is outside {} to {}", YEARS.start(), YEARS.end())
            }
            DateError::NoSuchMonth { month } => write!(f, "there is no month {month}"),
            DateError::NoSuchDay { year, month, day, last } => {
                write!(f, "{year:04}-{month:02} has {last} days, so there is no day {day}")
            }
            DateError::NoSuchTime { .. } => write!(f, "a time of day ends at 23:59:59"),
            DateError::NoSuchOffset { .. } => {
                write!(f, "an offset from UTC is at most 14:00 either way")
            }
        }
    }
}

impl std::error::Error for DateError {}

/// How exactly a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// Nothing is known: the date of an entry that is only known to exist.
    Unknown,
    /// `2026`
    Year,
    /// `2026-03`
    Month,
    /// `2026-03-01`
    Day,
    /// `2026-03-01T09:00`
    Minute,
    /// `2026-03-01T09:00:30`
    Second,
}

/// A date as precise as it was written: it means every day, and every instant, it may be.
///
/// A clock time is taken as the reading it is: `09:00` is the instant 09:00:00, and a fraction of a
/// second is kept for display only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDateTime {
    precision: Precision,
    days: DayRange,
    /// Seconds since the day began, for [`Precision::Minute`] and finer.
    time: u32,
    /// Digits behind the second, as a number and how many there are.
    fraction: (u32, u8),
    /// Minutes east of UTC; `None` when the text gives none.
    offset: Option<i16>,
    /// Whether a zero offset was written `Z`.
    zulu: bool,
}

impl PartialDateTime {
    /// An unknown date: it means every day there is.
    pub fn whole_line() -> PartialDateTime {
        PartialDateTime::of_days(Precision::Unknown, DayRange::everything())
    }

    /// A day given by its number; `None` outside [`YEARS`].
    pub fn from_day(day: i32) -> Option<PartialDateTime> {
        let date = date_of(day).filter(|date| YEARS.contains(&date.year()))?;
        Some(PartialDateTime::of_days(Precision::Day, DayRange::of(day_number(date))))
    }

    /// Reads `2026`, `2026-03`, `2026-03-01` or `2026-03-01T09:00`, the last with optional
    /// seconds (`:30`), fraction (`.250`, up to nine digits) and offset (`Z`, `+08:00`).
    ///
    /// # Errors
    /// Any other text, and days that no calendar has.
    pub fn parse(text: &str) -> Result<PartialDateTime, DateError> {
        let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
        let year = reader.number(4)?;
        if reader.at_end() {
            let first = civil(year, 1, 1)?;
            let last = civil(year, 12, 31)?;
            return Ok(PartialDateTime::between(Precision::Year, first, last));
        }
        reader.byte(b'-')?;
        let month = reader.small(2)?;
        if reader.at_end() {
            let first = civil(year, month, 1)?;
            return Ok(PartialDateTime::between(Precision::Month, first, first.last_of_month()));
        }
        reader.byte(b'-')?;
        let date = civil(year, month, reader.small(2)?)?;
        let mut stretch = PartialDateTime::between(Precision::Day, date, date);
        if reader.at_end() {
            return Ok(stretch);
        }
        reader.byte(b'T')?;
        let hours = reader.clock(24)?;
        reader.byte(b':')?;
        let minutes = reader.clock(60)?;
        stretch.precision = Precision::Minute;
        stretch.time = hours * 3600 + minutes * 60;
        if reader.optional(b':') {
            stretch.time += reader.clock(60)?;
            stretch.precision = Precision::Second;
            if reader.optional(b'.') {
                stretch.fraction = reader.fraction()?;
            }
        }
        if reader.optional(b'Z') {
            stretch.offset = Some(0);
            stretch.zulu = true;
        } else if !reader.at_end() {
            stretch.offset = Some(reader.offset()?);
        }
        if reader.at_end() { Ok(stretch) } else { Err(DateError::Shape { at: reader.at }) }
    }

    fn of_days(precision: Precision, days: DayRange) -> PartialDateTime {
        PartialDateTime { precision, days, time: 0, fraction: (0, 0), offset: None, zulu: false }
    }

    fn between(precision: Precision, first: Date, last: Date) -> PartialDateTime {
        let days = DayRange { first: day_number(first), last: day_number(last) };
        PartialDateTime::of_days(precision, days)
    }

    /// How exactly the date is written.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether a time of day is given.
    pub fn has_time(&self) -> bool {
        self.precision >= Precision::Minute
    }

    /// Whether an offset from UTC is given.
    pub fn has_offset(&self) -> bool {
        self.offset.is_some()
    }

    /// The calendar days it may be, in days since 1970-01-01, as written: an offset does not move
    /// the day.
    pub fn days(&self) -> DayRange {
        self.days
    }

    /// The first day it may be; `i32::MIN` when unknown.
    pub fn first_day(&self) -> i32 {
        self.days.first
    }

    /// The last day it may be; `i32::MAX` when unknown.
    pub fn last_day(&self) -> i32 {
        self.days.last
    }

    /// The instants it may be, in seconds since 1970-01-01T00:00: in UTC when an offset is given,
    /// on the unnamed local clock otherwise. A day means each of its 86,400 seconds.
    pub fn instants(&self) -> InstantRange {
        if self.has_time() {
            let midnight = i64::from(self.days.first) * SECONDS_PER_DAY;
            let east = i64::from(self.offset.unwrap_or(0)) * 60;
            return InstantRange::of(midnight + i64::from(self.time) - east);
        }
        self.days.instants()
    }

    /// The first instant it may be; `i64::MIN` when unknown.
    pub fn first_instant(&self) -> i64 {
        self.instants().first
    }

    /// The last instant it may be; `i64::MAX` when unknown.
    pub fn last_instant(&self) -> i64 {
        self.instants().last
    }

    /// The instants of two dates on one clock: when just one has an offset, the other is a reading
    /// of an unknown local clock and is widened by 14 hours both ways.
    pub fn comparable_instants(a: &PartialDateTime, b: &PartialDateTime) -> (InstantRange, InstantRange) {
        let widened = |stretch: &PartialDateTime, other: &PartialDateTime| {
            if other.has_offset() && !stretch.has_offset() {
                stretch.instants().widened(WIDEST_OFFSET_SECONDS)
            } else {
                stretch.instants()
            }
        };
        (widened(a, b), widened(b, a))
    }

    /// Whether `a`'s day comes before `b`'s; `None` when that depends on days not written.
    pub fn day_before(a: &PartialDateTime, b: &PartialDateTime) -> Option<bool> {
        a.days.before(b.days)
    }

    /// Whether `a`'s instant comes before `b`'s; `None` when that depends on what is not written.
    pub fn instant_before(a: &PartialDateTime, b: &PartialDateTime) -> Option<bool> {
        let (a, b) = PartialDateTime::comparable_instants(a, b);
        a.before(b)
    }
}

impl fmt::Display for PartialDateTime {
    /// The date as it was written; `unknown` for [`PartialDateTime::whole_line`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(date) = date_of(self.days.first) else {
            return f.write_str("unknown");
        };
        match self.precision {
            Precision::Unknown => return f.write_str("unknown"),
            Precision::Year => return write!(f, "{:04}", date.year()),
            Precision::Month => return write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day | Precision::Minute | Precision::Second => write!(f, "{date}")?,
        }
        if self.precision >= Precision::Minute {
            write!(f, "T{:02}:{:02}", self.time / 3600, self.time / 60 % 60)?;
        }
        if self.precision == Precision::Second {
            write!(f, ":{:02}", self.time % 60)?;
            if let (value, width @ 1..) = self.fraction {
                write!(f, ".{value:0width$}", width = usize::from(width))?;
            }
        }
        match self.offset {
            None => Ok(()),
            Some(_) if self.zulu => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// The bytes of a date, read from the left.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn digit(&mut self) -> Result<u8, DateError> {
        match self.bytes.get(self.at) {
            Some(byte @ b'0'..=b'9') => {
                self.at += 1;
                Ok(byte - b'0')
            }
            _ => Err(DateError::Shape { at: self.at }),
        }
    }

    fn byte(&mut self, wanted: u8) -> Result<(), DateError> {
        if self.optional(wanted) { Ok(()) } else { Err(DateError::Shape { at: self.at }) }
    }

    fn optional(&mut self, wanted: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    /// Exactly `width` digits, at most four.
    fn number(&mut self, width: u8) -> Result<i16, DateError> {
        let mut sum = 0;
        for _ in 0..width {
            sum = sum * 10 + i16::from(self.digit()?);
        }
        Ok(sum)
    }

    /// Exactly `width` digits, at most two.
    fn small(&mut self, width: u8) -> Result<i8, DateError> {
        let start = self.at;
        i8::try_from(self.number(width)?).map_err(|_| DateError::Shape { at: start })
    }

    /// Two digits of a clock, below `limit`.
    fn clock(&mut self, limit: u32) -> Result<u32, DateError> {
        let start = self.at;
        let value = u32::from(self.small(2)?.unsigned_abs());
        if value < limit { Ok(value) } else { Err(DateError::NoSuchTime { at: start }) }
    }

    /// One to nine digits.
    fn fraction(&mut self) -> Result<(u32, u8), DateError> {
        let mut value = u32::from(self.digit()?);
        let mut width = 1;
        while let (Some(b'0'..=b'9'), ..9) = (self.bytes.get(self.at), width) {
            value = value * 10 + u32::from(self.digit()?);
            width += 1;
        }
        Ok((value, width))
    }

    /// `+08:00`, in minutes.
    fn offset(&mut self) -> Result<i16, DateError> {
        let start = self.at;
        let west = self.optional(b'-');
        if !west {
            self.byte(b'+')?;
        }
        let hours = self.number(2)?;
        self.byte(b':')?;
        let minutes = self.number(2)?;
        let east = hours * 60 + minutes;
        if minutes > 59 || east > 14 * 60 {
            return Err(DateError::NoSuchOffset { at: start });
        }
        Ok(if west { -east } else { east })
    }
}

/// A day of the calendar, or why it is none.
fn civil(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    if !YEARS.contains(&year) {
        return Err(DateError::YearOutOfRange { year });
    }
    let Ok(first) = Date::new(year, month, 1) else {
        return Err(DateError::NoSuchMonth { month });
    };
    Date::new(year, month, day).map_err(|_| DateError::NoSuchDay { year, month, day, last: first.days_in_month() })
}

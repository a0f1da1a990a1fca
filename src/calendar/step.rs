//! Days as numbers, and steps of days, months and years between them.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::units::TimeUnit;

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i32 {
    let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
}

/// The calendar day of a day number; `None` outside the years -9999 to 9999.
pub(super) fn date_of(day: i32) -> Option<Date> {
    let since = SignedDuration::from_hours(i64::from(day) * 24);
    Date::constant(1970, 1, 1).checked_add(since).ok()
}

/// The day `n` units from `day`, in one step: months and years keep the day of the month, or take
/// the month's last day when it has no such day (31 March less 1 month is the last of February).
///
/// `None` for units shorter than a day, and outside the years -9999 to 9999. For a fixed `n` a later
/// `day` never gives an earlier result.
pub fn add(day: i32, n: i64, unit: TimeUnit) -> Option<i32> {
    let months = match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
        TimeUnit::Day => return add_days(day, n),
        TimeUnit::Week => return add_days(day, n.checked_mul(7)?),
        TimeUnit::Month => n,
        TimeUnit::Year => n.checked_mul(12)?,
    };
    let span = jiff::Span::new().try_months(months).ok()?;
    date_of(day)?.checked_add(span).ok().map(day_number)
}

fn add_days(day: i32, n: i64) -> Option<i32> {
    let sum = i32::try_from(i64::from(day).checked_add(n)?).ok()?;
    date_of(sum).map(|_| sum)
}

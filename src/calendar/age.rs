//! Ages in completed units: counted from a date of birth, and from an age that was recorded.

use super::range::DayRange;
use super::step::{add, date_of};
use crate::number::{Comparison, Rational};
use crate::units::TimeUnit;

/// A unit that ages are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeUnit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl AgeUnit {
    /// Every one, the shortest first.
    pub const ALL: [AgeUnit; 4] = [AgeUnit::Day, AgeUnit::Week, AgeUnit::Month, AgeUnit::Year];

    /// The unit of time it is.
    pub fn time(self) -> TimeUnit {
        match self {
            AgeUnit::Day => TimeUnit::Day,
            AgeUnit::Week => TimeUnit::Week,
            AgeUnit::Month => TimeUnit::Month,
            AgeUnit::Year => TimeUnit::Year,
        }
    }

    /// The one that a unit of time is; ages are not counted in hours or less.
    pub fn of(unit: TimeUnit) -> Option<AgeUnit> {
        AgeUnit::ALL.into_iter().find(|age| age.time() == unit)
    }

    /// The one of a UCUM code.
    pub fn from_code(code: &str) -> Option<AgeUnit> {
        AgeUnit::ALL.into_iter().find(|age| age.time().code() == code)
    }

    /// Its word in the plural: `months`.
    pub fn plural(self) -> &'static str {
        match self {
            AgeUnit::Day => "days",
            AgeUnit::Week => "weeks",
            AgeUnit::Month => "months",
            AgeUnit::Year => "years",
        }
    }

    /// Its size in days by UCUM, which has a year of 365.25 days.
    pub fn days(self) -> Rational {
        let (over, under) = match self {
            AgeUnit::Day => (1, 1),
            AgeUnit::Week => (7, 1),
            AgeUnit::Month => (487, 16),
            AgeUnit::Year => (1461, 4),
        };
        Rational::from_ratio(over, under).unwrap_or_else(Rational::one)
    }
}

/// The units completed on `on_day` by someone born on `birth_day`; negative before birth.
///
/// A month is complete on the day of the month of birth, or on the first day of the next month where there is no such
/// day; a year is twelve months. So one born on 29 February completes a year on 1 March of a common year. Days outside
/// the years -9999 to 9999 count as the nearest day inside.
pub fn completed(birth_day: i32, on_day: i32, unit: AgeUnit) -> i64 {
    let days = i64::from(on_day) - i64::from(birth_day);
    match unit {
        AgeUnit::Day => days,
        AgeUnit::Week => days.div_euclid(7),
        AgeUnit::Month => months(birth_day, on_day),
        AgeUnit::Year => months(birth_day, on_day).div_euclid(12),
    }
}

fn months(birth_day: i32, on_day: i32) -> i64 {
    use jiff::civil::Date;
    let clamped = |day: i32| date_of(day).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX });
    let (birth, on) = (clamped(birth_day), clamped(on_day));
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    months(on) - months(birth) - i64::from(on.day() < birth.day())
}

/// The fewest and the most units completed on a day of `on` by someone born on a day of `birth`; `None` where a missing
/// end leaves no limit.
pub fn age_range(birth: DayRange, on: DayRange, unit: AgeUnit) -> (Option<i64>, Option<i64>) {
    let limit = |birth: i32, on: i32| {
        let known = |day: i32| day != i32::MIN && day != i32::MAX;
        (known(birth) && known(on)).then(|| completed(birth, on, unit))
    };
    (limit(birth.last, on.first), limit(birth.first, on.last))
}

/// How a recorded age is counted: in months, when its unit is the month or the year, else in days.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AgeScale {
    in_months: bool,
    /// How many of these one of its units is.
    per: Rational,
}

impl AgeScale {
    /// Of a unit of so many days.
    pub fn of(days: &Rational) -> AgeScale {
        let months = days.div(&AgeUnit::Month.days()).filter(|months| {
            [AgeUnit::Month, AgeUnit::Year].iter().any(|unit| unit.days() == *days) && months.is_integer()
        });
        AgeScale { in_months: months.is_some(), per: months.unwrap_or_else(|| days.clone()) }
    }
}

/// An age as a record gives it: so many completed months, or so many completed days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedAge {
    in_months: bool,
    low: i64,
    /// `None`: any number.
    high: Option<i64>,
}

impl RecordedAge {
    /// A whole number is so many completed units. A decimal is an age that was cut or rounded to its last digit: from
    /// half of that digit below it to one above. `None` where a number is out of reach.
    pub fn new(value: &Rational, comparator: Option<Comparison>, scale: &AgeScale) -> Option<RecordedAge> {
        let (from, to) = if value.is_integer() {
            (value.clone(), value.add(&Rational::one()))
        } else {
            let digit = Rational::power_of_ten(-i32::try_from(value.decimal_places()?).ok()?)?;
            (value.sub(&digit.mul(&Rational::from_ratio(1, 2)?)), value.add(&digit))
        };
        let at_least = |from: &Rational| from.mul(&scale.per).floor();
        let below = |to: &Rational| Some(to.mul(&scale.per).ceil()? - 1);
        let (low, high) = match comparator {
            None | Some(Comparison::Eq | Comparison::Ne) => (at_least(&from)?, Some(below(&to)?)),
            Some(Comparison::Lt) => (0, Some(below(value)?)),
            Some(Comparison::Le) => (0, Some(below(&to)?)),
            Some(Comparison::Ge | Comparison::Gt) => (at_least(&from)?, None),
        };
        Some(RecordedAge { in_months: scale.in_months, low, high })
    }

    /// The fewest and the most completed units on the day of `on`, no most where there is none. `counted` is the day that
    /// the age is of; without it the age is that of the day of `on`. `None` where `on` is needed and not known: when the
    /// age is of another day, or days and months have to be held against each other.
    pub fn completed(
        self,
        unit: AgeUnit,
        counted: Option<DayRange>,
        on: Option<DayRange>,
    ) -> Option<(i64, Option<i64>)> {
        if let Some(counted) = counted.filter(|counted| counted.is_bounded()) {
            let on = on.filter(|on| on.is_bounded())?;
            let (earliest, latest) = (self.births(counted.first)?.0, self.births(counted.last)?.1);
            return Some((completed(latest, on.first, unit), earliest.map(|day| completed(day, on.last, unit))));
        }
        let by = |size: i64| (self.low.div_euclid(size), self.high.map(|high| high.div_euclid(size)));
        match (self.in_months, unit) {
            (true, AgeUnit::Month) | (false, AgeUnit::Day) => Some(by(1)),
            (true, AgeUnit::Year) => Some(by(12)),
            (false, AgeUnit::Week) => Some(by(7)),
            (true, AgeUnit::Day | AgeUnit::Week) | (false, AgeUnit::Month | AgeUnit::Year) => {
                let on = on.filter(|on| on.is_bounded())?;
                (on.first..=on.last)
                    .map(|day| self.completed_on(unit, day))
                    .reduce(|one, other| {
                        let ((low, high), (other_low, other_high)) = (one?, other?);
                        let high = high.zip(other_high).map(|(high, other)| high.max(other));
                        Some((low.min(other_low), high))
                    })
                    .flatten()
            }
        }
    }

    /// By the days on which someone of that age can have been born.
    fn completed_on(self, unit: AgeUnit, day: i32) -> Option<(i64, Option<i64>)> {
        let (earliest, latest) = self.births(day)?;
        Some((completed(latest, day, unit), earliest.map(|earliest| completed(earliest, day, unit))))
    }

    /// The first and the last day on which someone of that age on `day` can have been born, no first where the age has no
    /// most.
    fn births(self, day: i32) -> Option<(Option<i32>, i32)> {
        let back = |count: i64| add(day, -count, if self.in_months { TimeUnit::Month } else { TimeUnit::Day });
        let earliest = match self.high {
            None => None,
            Some(high) => Some(back(high.checked_add(1)?)?.checked_add(1)?),
        };
        Some((earliest, back(self.low)?))
    }
}

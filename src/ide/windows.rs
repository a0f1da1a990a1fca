//! The days that a window covers, by the dates of an example.

use std::collections::HashMap;

use super::token::Kind;
use super::view::View;
use crate::calendar::{self, PartialDateTime};
use crate::ir::{Bound, Length, Relation, Side};
use crate::units::TimeUnit;
use crate::vocab::Symbol;

/// The day an example gives an anchor.
struct Dated<'v> {
    day: i32,
    /// The example's name, in its quotes.
    example: &'v str,
}

/// The days of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// One past the last byte of the window.
    pub end: usize,
    /// `2025-09-01 .. 2026-03-01`
    pub text: String,
    /// Which example the anchor's date is of.
    pub example: String,
}

impl<'v> View<'v> {
    /// The days of each window in days, weeks, months or years that begins at one of the words, by the first example
    /// that gives its anchor a day.
    pub(super) fn windows(&self, words: std::ops::Range<usize>) -> Vec<Days> {
        let windows: Vec<usize> =
            words.filter(|at| self.said(*at) == "within" || self.said(*at) == "for" && self.of_results(*at)).collect();
        if windows.is_empty() {
            return Vec::new();
        }
        let dated = self.dated();
        windows.into_iter().filter_map(|at| self.window(at, &dated)).collect()
    }

    /// Whether a `for` is that of `results count for 28 days`.
    fn of_results(&self, at: usize) -> bool {
        matches!((self.before(at, 2), self.before(at, 1)), ("results", "count"))
    }

    /// The default anchor, as the trial's braces name it.
    fn default_anchor(&self) -> &'v str {
        let trial = (0..self.tokens.len()).find(|at| self.said(*at) == "trial" && self.statement(*at) == Some(*at));
        let named = trial.and_then(|trial| {
            let mut words = trial..self.tokens.len();
            words.find(|at| {
                self.said(*at) == "anchor" && self.opener(*at).is_some() && self.statement(*at) == Some(trial)
            })
        });
        named.map_or("screening", |at| self.said(at + 1))
    }

    fn window(&self, at: usize, dated: &HashMap<&str, Dated<'v>>) -> Option<Days> {
        let count: u32 = self.said(at + 1).replace('_', "").parse().ok()?;
        let unit = TimeUnit::parse(self.said(at + 2))?;
        let length = || Some(Length::Calendar(count, unit));
        let of_results = self.said(at) == "for";
        let (anchor, final_word) =
            if of_results { (self.default_anchor(), at + 2) } else { (self.said(at + 4), at + 4) };
        let Dated { day, example } = dated.get(anchor)?;
        let relation = match self.said(at + 3) {
            _ if of_results => Relation::Within { before: length(), after: None },
            "before" => Relation::Within { before: length(), after: None },
            "after" => Relation::Within { before: None, after: length() },
            "of" => Relation::Within { before: length(), after: length() },
            _ => return None,
        };
        let (Some(from), Some(to)) = relation.elaborate().bounds() else {
            return None;
        };
        let (first, last) = (day_of(from, *day)?, day_of(to, *day)?);
        Some(Days {
            end: self.tokens.get(final_word)?.end,
            text: format!("{first} .. {last}"),
            example: (*example).to_owned(),
        })
    }

    /// The anchors that an example of this text gives a whole day, each by the first that does.
    fn dated(&self) -> HashMap<&'v str, Dated<'v>> {
        let mut found = HashMap::new();
        for at in 0..self.tokens.len() {
            let is_date = self.tokens.get(at + 2).is_some_and(|token| token.kind == Kind::Date);
            if !is_date || self.said(at + 1) != ":" || !self.in_example(at) {
                continue;
            }
            let name = self.said(at);
            let (Some(Symbol::Anchor(_)), Ok(date)) = (self.symbol(name), PartialDateTime::parse(self.said(at + 2)))
            else {
                continue;
            };
            if date.first_day() == date.last_day() {
                let example = self.statement(at).map_or("", |example| self.said(example + 1));
                found.entry(name).or_insert(Dated { day: date.first_day(), example });
            }
        }
        found
    }
}

/// The day of one end of a window, by its anchor's; `None` where it is not counted by the calendar.
fn day_of(bound: Bound<'_>, anchor: i32) -> Option<PartialDateTime> {
    let day = match bound.by {
        None => anchor,
        Some((_, Length::HalfLives(_))) => return None,
        Some((Side::Before, Length::Calendar(count, unit))) => calendar::add(anchor, -i64::from(*count), *unit)?,
        Some((Side::After, Length::Calendar(count, unit))) => calendar::add(anchor, i64::from(*count), *unit)?,
    };
    PartialDateTime::from_day(day)
}

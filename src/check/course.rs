//! Whether a condition on entries is about courses of them, and what may be asked of those.

use super::entries::Prefixes;
use super::term::Suffixes;
use super::{Checker, errors};
use crate::ir::{Length, MAX_GAP, Relation};
use crate::source::Span;
use crate::syntax::ast::{self, PrefixKind, TailKind, Term, Window};
use crate::typed::WindowAnchor;
use crate::units::TimeUnit;

impl Checker<'_> {
    /// How many days may lie between two entries that touch, where a length is asked of courses; nothing where each entry
    /// is asked by itself. `None` where what is written does not fit, which is reported.
    pub(super) fn course_gap(&mut self, tails: &Suffixes<'_>) -> Option<Option<u32>> {
        let throughout = tails.windows.iter().any(|(window, _)| matches!(window, Window::Throughout { .. }));
        let asks_length = throughout || !tails.lasting.is_empty();
        match tails.course.as_slice() {
            [] => Some(asks_length.then_some(0)),
            [tail, ..] if !asks_length => {
                self.report(errors::no_course_asked(tail.span, self.as_written(tail.span)));
                None
            }
            [tail] => match &tail.kind {
                TailKind::Gaps(length) => self.gap(length).map(Some),
                _ => Some(None),
            },
            [first, second, ..] => {
                let words = (self.as_written(first.span), self.as_written(second.span));
                self.report(errors::course_words_clash((first.span, second.span), words));
                None
            }
        }
    }

    fn gap(&mut self, length: &ast::Length) -> Option<u32> {
        let Some(unit) = &length.unit else {
            self.report(errors::length_without_unit(length));
            return None;
        };
        let Ok(number) = length.number.text.parse::<u32>() else {
            self.report(errors::length_not_whole(length));
            return None;
        };
        let days = match TimeUnit::parse(&unit.text) {
            Some(TimeUnit::Day) => number,
            Some(TimeUnit::Week) => number.saturating_mul(7),
            Some(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Month | TimeUnit::Year) => {
                self.report(errors::gap_not_in_days(length.span, self.as_written(length.span)));
                return None;
            }
            None => {
                self.report(errors::not_a_time_unit(unit));
                return None;
            }
        };
        if days > MAX_GAP {
            self.report(errors::gap_too_long(length.span, MAX_GAP));
            return None;
        }
        Some(days)
    }

    /// Whether what is asked can be asked of a course.
    pub(super) fn course_right(
        &mut self,
        span: Span,
        term: &Term,
        prefixes: &Prefixes,
        times: &[(Span, Relation, WindowAnchor)],
    ) -> bool {
        let mut right = true;
        let half_lives = |relation: &Relation| relation.lengths().any(|length| matches!(length, Length::HalfLives(_)));
        for (place, ..) in times.iter().filter(|(_, relation, _)| half_lives(relation)) {
            self.report(errors::course_in_half_lives(*place, self.as_written(*place), span));
            right = false;
        }
        let counts = match prefixes.count {
            Some((PrefixKind::AtLeast(count), _)) => count > 1,
            Some((PrefixKind::AtMost(count) | PrefixKind::Exactly(count), _)) => count > 0,
            _ => false,
        };
        if counts && prefixes.distinct.is_none() {
            let count = term.prefixes.iter().find(|prefix| {
                matches!(prefix.kind, PrefixKind::AtLeast(_) | PrefixKind::AtMost(_) | PrefixKind::Exactly(_))
            });
            let place = count.map_or(span, |prefix| prefix.span);
            self.report(errors::courses_counted(place, self.as_written(place), span));
            right = false;
        }
        right
    }
}

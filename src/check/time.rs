//! Windows: from words to a relation to an anchor.

use std::sync::Arc;

use super::limits::MAX_YEARS;
use super::{Checker, errors};
use crate::ir::{Length, Relation, ResultAge};
use crate::source::Span;
use crate::syntax::ast::{self, Name, ResultsCount, Side, Window};
use crate::units::TimeUnit;
use crate::vocab::{AnchorId, Kind, KindId, Symbol};

/// What a window is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target<'k> {
    /// A date: a result's `at`, a date fact, or a date attribute of entries of these kinds.
    Date(&'k [KindId]),
    /// Entries of these kinds.
    Entry(&'k [KindId]),
}

impl Checker<'_> {
    /// The anchor of a name; reported when there is none.
    pub(super) fn anchor(&mut self, name: &Name) -> Option<AnchorId> {
        match self.vocabulary.symbols.get(&name.text) {
            Some(Symbol::Anchor(id)) => Some(*id),
            // Its declaration was reported.
            None if self.broken.contains(&name.text) => None,
            _ => {
                let diagnostic = errors::unknown_anchor(&self.vocabulary, name);
                self.report(diagnostic);
                None
            }
        }
    }

    fn anchor_or_default(&mut self, name: Option<&Name>) -> Option<AnchorId> {
        match name {
            Some(name) => self.anchor(name),
            None => Some(self.default_anchor),
        }
    }

    /// The name of the anchor that is meant where none is named.
    pub(super) fn default_anchor_name(&self) -> String {
        self.vocabulary.anchors.get(self.default_anchor).map(|anchor| anchor.name.clone()).unwrap_or_default()
    }

    /// The anchor a window names or means, without a word on its length.
    pub(super) fn window_anchor(&mut self, window: &Window) -> Option<AnchorId> {
        match window {
            Window::Before(name) | Window::After(name) | Window::At(name) => self.anchor(name),
            Window::Within { anchor, .. } | Window::Beyond { anchor, .. } | Window::Throughout { anchor, .. } => {
                self.anchor_or_default(anchor.as_ref())
            }
        }
    }

    pub(super) fn window(&mut self, window: &Window, span: Span, target: Target<'_>) -> Option<(Relation, AnchorId)> {
        Some(match window {
            Window::Within { length, side, anchor } => {
                let Some(side) = side else {
                    let written = self.as_written(length.span).to_owned();
                    let default = self.default_anchor_name();
                    self.report(errors::no_direction(span, &written, &default));
                    return None;
                };
                let anchor = self.anchor_or_default(anchor.as_ref());
                let length = self.length(length, target);
                let (anchor, length) = (anchor?, length?);
                let (before, after) = match side {
                    Side::Before => (Some(length), None),
                    Side::After => (None, Some(length)),
                    Side::Of => (Some(length.clone()), Some(length)),
                };
                (Relation::Within { before, after }, anchor)
            }
            Window::Before(name) => (Relation::Before, self.anchor(name)?),
            Window::After(name) => (Relation::After, self.anchor(name)?),
            Window::At(name) => (Relation::At, self.anchor(name)?),
            Window::Beyond { strict, length, side, anchor } => {
                let anchor = self.anchor_or_default(anchor.as_ref());
                let length = self.length(length, target);
                let (anchor, length) = (anchor?, length?);
                match side {
                    Side::After => (Relation::LaterBy { strict: *strict, length }, anchor),
                    Side::Before | Side::Of => (Relation::EarlierBy { strict: *strict, length }, anchor),
                }
            }
            Window::Throughout { length, anchor } => {
                let anchor = self.anchor_or_default(anchor.as_ref());
                let length = self.length(length, target);
                if matches!(target, Target::Date(_)) {
                    self.report(errors::throughout_of_point(span, self.as_written(span)));
                    return None;
                }
                (Relation::Throughout { length: length? }, anchor?)
            }
        })
    }

    /// `count for 28 days`, `count at any age`
    pub(super) fn age_of_results(&mut self, results: &ResultsCount) -> Option<ResultAge> {
        match &results.length {
            None => Some(ResultAge::Any),
            Some(length) => self.length(length, Target::Date(&[])).map(ResultAge::Within),
        }
    }

    pub(super) fn length(&mut self, length: &ast::Length, target: Target<'_>) -> Option<Length> {
        let Some(unit) = &length.unit else {
            self.report(errors::length_without_unit(length));
            return None;
        };
        let Some(number) = length.number.text.parse::<u32>().ok() else {
            self.report(errors::length_not_whole(length));
            return None;
        };
        if matches!(unit.text.as_str(), "half_lives" | "half_life") {
            let (Target::Date(kinds) | Target::Entry(kinds)) = target;
            let kinds: Vec<&Kind> =
                kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind).map(Arc::as_ref)).collect();
            let mut lacking: Vec<&Kind> = kinds.iter().filter(|kind| !kind.has_half_life()).copied().collect();
            if lacking.len() < kinds.len() {
                // Where one drug has one, that of another may be known from its entries.
                lacking.retain(|kind| kind.word != crate::ir::EntryKind::Drug);
            }
            if kinds.is_empty() || !lacking.is_empty() {
                let diagnostic = errors::no_half_life(length.span, &lacking, kinds.len());
                self.report(diagnostic);
                return None;
            }
            return Some(Length::HalfLives(number));
        }
        let Some(time) = TimeUnit::parse(&unit.text) else {
            self.report(errors::not_a_time_unit(unit));
            return None;
        };
        let most = match time {
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => u32::MAX,
            TimeUnit::Day => MAX_YEARS * 366,
            TimeUnit::Week => MAX_YEARS * 53,
            TimeUnit::Month => MAX_YEARS * 12,
            TimeUnit::Year => MAX_YEARS,
        };
        if number > most {
            self.report(errors::length_too_long(length.span, MAX_YEARS));
            return None;
        }
        Some(Length::Calendar(number, time))
    }
}

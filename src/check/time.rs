//! Windows: from words to a relation to an anchor.

use std::sync::Arc;

use super::env::{Env, Scope};
use super::limits::MAX_YEARS;
use super::term::{all, test};
use super::{Checker, errors};
use crate::ir::{Length, Relation, ResultAge};
use crate::source::Span;
use crate::syntax::ast::{self, Name, ResultsCount, Side, Window};
use crate::typed::{EntryPoint, Test, TimeOf, WindowAnchor};
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

    fn anchor_or_default(&mut self, env: Env<'_>, anchor: Option<&ast::WindowAnchor>) -> Option<WindowAnchor> {
        match anchor {
            Some(anchor) => self.about(env, anchor),
            None => Some(WindowAnchor::Date(self.default_anchor)),
        }
    }

    /// What a window is about.
    fn about(&mut self, env: Env<'_>, anchor: &ast::WindowAnchor) -> Option<WindowAnchor> {
        match anchor {
            ast::WindowAnchor::Name(name) => self.anchor(name).map(WindowAnchor::Date),
            ast::WindowAnchor::Entry(point) => self.entry_point(env, point),
        }
    }

    /// `last lupus_flare (grade >= 2)`: of the last one only what has begun by the default anchor's day counts.
    fn entry_point(&mut self, env: Env<'_>, point: &ast::EntryPoint) -> Option<WindowAnchor> {
        let env = self.deeper(env, point.span)?;
        let kinds = self.kinds(env, &point.of.subjects)?;
        let mut parts = Vec::new();
        if let Some(filter) = &point.of.filter {
            // It is about these entries, and not about what the window is written behind.
            parts.push(self.filter(env.outside_filters(), Scope::Entry(&kinds), filter, false, None)?);
        }
        if point.last {
            let anchor = WindowAnchor::Date(self.default_anchor);
            let begun = Test::Window { of: TimeOf::Entry, relation: Relation::UpTo, anchor, undated: false };
            parts.push(test(point.span, begun));
        }
        let filter = all(point.span, parts).map(Box::new);
        Some(WindowAnchor::Entry(Box::new(EntryPoint { last: point.last, ends: point.ends, kinds, filter })))
    }

    /// What a window is about, in words.
    pub(super) fn about_in_words(&self, anchor: &WindowAnchor) -> String {
        match anchor {
            WindowAnchor::Date(anchor) => {
                self.vocabulary.anchors.get(*anchor).map_or("", |anchor| &anchor.name).to_owned()
            }
            WindowAnchor::Entry(point) => {
                let kinds = point.kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind));
                let names: Vec<&str> = kinds.map(|kind| kind.name.as_str()).collect();
                format!("the {} {}", if point.last { "last" } else { "first" }, names.join(" or "))
            }
        }
    }

    /// The name of the anchor that is meant where none is named.
    pub(super) fn default_anchor_name(&self) -> String {
        self.vocabulary.anchors.get(self.default_anchor).map(|anchor| anchor.name.clone()).unwrap_or_default()
    }

    /// What a window is about, without a word on its length. What is wrong with an entry is said of the window itself.
    pub(super) fn window_anchor(&mut self, env: Env<'_>, window: &Window) -> Option<WindowAnchor> {
        let said = self.diagnostics.len();
        let anchor = self.anchor_or_default(env, window.anchor());
        // Where it has a meaning it is typed once more, with what there is to say of it.
        if anchor.is_some() && window.anchor().is_some_and(|anchor| anchor.name().is_none()) {
            self.diagnostics.truncate(said);
        }
        anchor
    }

    pub(super) fn window(
        &mut self,
        env: Env<'_>,
        window: &Window,
        span: Span,
        target: Target<'_>,
    ) -> Option<(Relation, WindowAnchor)> {
        Some(match window {
            Window::Within { length, side, anchor } => {
                let Some(side) = side else {
                    let written = self.as_written(length.span).to_owned();
                    let default = self.default_anchor_name();
                    self.report(errors::no_direction(span, &written, &default));
                    return None;
                };
                let anchor = self.anchor_or_default(env, anchor.as_ref());
                let length = self.length(length, target);
                let (anchor, length) = (anchor?, length?);
                let (before, after) = match side {
                    Side::Before => (Some(length), None),
                    Side::After => (None, Some(length)),
                    Side::Of => (Some(length.clone()), Some(length)),
                };
                (Relation::Within { before, after }, anchor)
            }
            Window::Before(anchor) => (Relation::Before, self.about(env, anchor)?),
            Window::After(anchor) => (Relation::After, self.about(env, anchor)?),
            Window::At(anchor) => (Relation::At, self.about(env, anchor)?),
            Window::Beyond { strict, length, side, anchor } => {
                let anchor = self.anchor_or_default(env, anchor.as_ref());
                let length = self.length(length, target);
                let (anchor, length) = (anchor?, length?);
                match side {
                    Side::After => (Relation::LaterBy { strict: *strict, length }, anchor),
                    Side::Before | Side::Of => (Relation::EarlierBy { strict: *strict, length }, anchor),
                }
            }
            Window::Throughout { length, anchor } => {
                let anchor = self.anchor_or_default(env, anchor.as_ref());
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

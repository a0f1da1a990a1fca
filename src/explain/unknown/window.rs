//! Why a window is unknown: dates that are missing, or too coarse to tell.

use super::date::{is_coarse, why_coarse};
use super::reasons::Reasons;
use crate::calendar::PartialDateTime;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::code::{Date, Subject, TimeOf, WindowAnchor};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::moment::{SpanEnd, TimeSpan};
use crate::eval::time::{self, part_of};
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::ir::Relation;
use crate::kleene::Tri;
use crate::record::model::Value;

impl<'a> Run<'a> {
    pub(super) fn why_window(
        self,
        of: &'a TimeOf,
        relation: &Relation,
        anchor: &WindowAnchor,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        let instants = time::compares_instants(relation);
        match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Nothing | EvalScope::Day(_) => {}
                EvalScope::Observation(_, observation) => match &observation.at {
                    None => {
                        let item = self.item(here, "at");
                        let text = format!(
                            "a result of `{}` has no date",
                            display::scope_name(&self.evaluator.schema.tree, here.scope())
                        );
                        reasons.add(item, UnknownCause::NoDate, text);
                    }
                    Some(at) => {
                        self.why_about(anchor, reasons);
                        if reasons.list.is_empty() {
                            let item = self.item(here, "at");
                            why_coarse(item, at, instants, reasons);
                            self.why_coarse_about(anchor, instants, reasons);
                        }
                    }
                },
                EvalScope::Entry(kind, entry) => {
                    if time::needs_half_life(relation) && self.half_life(here).is_none() {
                        let item = self.item(here, "half_life");
                        let text = format!(
                            "no half-life is known for `{}`",
                            display::scope_name(&self.evaluator.schema.tree, here.scope())
                        );
                        reasons.add(item, UnknownCause::NoHalfLife, text);
                        self.why_about(anchor, reasons);
                        return;
                    }
                    let moment = part_of(self.moment(kind, entry), of);
                    self.why_moment(&moment, entry.start.is_none(), relation, anchor, here, reasons);
                }
            },
            TimeOf::Anchor(other) => {
                self.why_anchor(*other, reasons);
                self.why_about(anchor, reasons);
                if reasons.list.is_empty() {
                    self.why_coarse_anchor(*other, instants, reasons);
                    self.why_coarse_about(anchor, instants, reasons);
                }
            }
            TimeOf::Attribute(Date::Own(_)) | TimeOf::Fact(_) => {
                let Some(place) = of.value() else { return };
                self.why_about(anchor, reasons);
                let given = self.anchor_time(anchor);
                let mut dates = Reasons::default();
                let item = match &place {
                    Subject::Fact(read) => display::fact_name(&self.evaluator.schema.tree, read.fact).to_owned(),
                    Subject::Attribute(index) => self.attribute_item(*index, here),
                };
                self.why_place(&place, here, &mut dates, |value, dates| {
                    if let Value::Date(date) = value
                        && time::stands(&TimeSpan::point(*date), relation, &given, None) == Tri::Unknown
                    {
                        why_coarse(item.clone(), date, instants, dates);
                    }
                });
                reasons.extend(dates);
                if reasons.list.is_empty() {
                    self.why_coarse_about(anchor, instants, reasons);
                }
            }
        }
    }

    /// What is left when every date is precise: a half-life that is a limit, or clocks that cannot be compared.
    pub(super) fn why_scale(
        self,
        about: &str,
        of: &'a TimeOf,
        relation: &Relation,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        let tree = &self.evaluator.schema.tree;
        if time::needs_half_life(relation) {
            let item = self.item(here, "half_life");
            let text = format!("`{item}` is given only as a limit");
            reasons.add(item, UnknownCause::Censored, text);
            return;
        }
        let item = match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Entry(..) => self.item(here, "start"),
                EvalScope::Nothing | EvalScope::Day(_) | EvalScope::Observation(..) => self.item(here, "at"),
            },
            TimeOf::Fact(read) => display::fact_name(tree, read.fact).to_owned(),
            TimeOf::Attribute(Date::Own(index)) => self.attribute_item(*index, here),
            TimeOf::Anchor(other) => format!("anchor {}", display::anchor_name(tree, *other)),
        };
        let text = format!("of `{item}` and {about} one has an offset from UTC and the other has none");
        reasons.add(item, UnknownCause::DateTooCoarse, text);
    }

    /// Which of an entry's start and end, and of the anchor, keeps a window from being answered: those that answer
    /// it, or change how, once they are taken as one of the days they may be; all that are vague when no single one
    /// does.
    pub(super) fn why_moment(
        self,
        moment: &TimeSpan,
        undated: bool,
        relation: &Relation,
        anchor: &WindowAnchor,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        let instants = time::compares_instants(relation);
        let time = self.anchor_time(anchor);
        let given = match &time {
            AnchorTime::Date(given) => *given,
            // Some day of those that it may be; where there may be no such entry, that has to be told first.
            AnchorTime::Entry(_) if time.is_there() == Tri::Yes => {
                let all = time.ticks(&PartialDateTime::whole_line(), false).into_iter();
                let mut days =
                    all.flat_map(|ticks| [ticks.first, ticks.last]).filter_map(|day| i32::try_from(day).ok());
                days.find_map(PartialDateTime::from_day).or(Some(PartialDateTime::whole_line()))
            }
            AnchorTime::Entry(_) => None,
        };
        let Some(given) = given else {
            self.why_about(anchor, reasons);
            // Dates that leave more than a day open may have to be told too.
            let item = self.item(here, "start");
            if undated {
                let text = format!(
                    "an entry of `{}` has no start",
                    display::scope_name(&self.evaluator.schema.tree, here.scope())
                );
                reasons.add(item, UnknownCause::NoDate, text);
            } else {
                why_coarse(item, &moment.start, false, reasons);
            }
            return;
        };
        let half_life = self.half_life(here);
        let settles = |moment: &TimeSpan| time::stands(moment, relation, &time, half_life.as_ref()) != Tri::Unknown;
        let starts = vague_days(&moment.start, &given, instants);
        let start_settles = starts.iter().any(|start| settles(&TimeSpan { start: *start, ..*moment }));
        let end_is_vague = match &moment.end {
            SpanEnd::Unknown => true,
            SpanEnd::At(end) => is_coarse(end, instants),
            SpanEnd::Point | SpanEnd::Running => false,
        };
        let ends: Vec<SpanEnd> = match &moment.end {
            SpanEnd::Unknown => vec![SpanEnd::Running, SpanEnd::At(moment.start)],
            SpanEnd::At(end) => vague_days(end, &given, instants).into_iter().map(SpanEnd::At).collect(),
            SpanEnd::Point | SpanEnd::Running => Vec::new(),
        };
        let end_settles = ends.iter().any(|end| settles(&TimeSpan { end: *end, ..*moment }));
        let none_settles = !start_settles && !end_settles;
        if !starts.is_empty() && (start_settles || none_settles) {
            let item = self.item(here, "start");
            if undated {
                let text = format!(
                    "an entry of `{}` has no start",
                    display::scope_name(&self.evaluator.schema.tree, here.scope())
                );
                reasons.add(item, UnknownCause::NoDate, text);
            } else {
                why_coarse(item, &moment.start, instants, reasons);
            }
        }
        if end_is_vague && (end_settles || none_settles) {
            let item = self.item(here, "end");
            match &moment.end {
                SpanEnd::At(end) => why_coarse(item, end, instants, reasons),
                _ => {
                    let name = display::scope_name(&self.evaluator.schema.tree, here.scope());
                    let text = format!("an entry of `{name}` has no end, and is not said to be running");
                    reasons.add(item, UnknownCause::NoDate, text);
                }
            }
        }
        if reasons.list.is_empty() || none_settles {
            self.why_coarse_about(anchor, instants, reasons);
        }
    }
}

/// Some of the days that a vague date may be: its first and last, and the anchor's where they have no end.
pub(super) fn vague_days(date: &PartialDateTime, anchor: &PartialDateTime, instants: bool) -> Vec<PartialDateTime> {
    if !is_coarse(date, instants) {
        return Vec::new();
    }
    let days = date.days();
    let around = [days.first, days.last, anchor.first_day(), anchor.first_day().saturating_sub(36_500)];
    around
        .into_iter()
        .filter(|day| (days.first..=days.last).contains(day))
        .filter_map(PartialDateTime::from_day)
        .collect()
}

//! Dates that are known too coarsely, and anchors without one.

use super::reasons::Reasons;
use crate::calendar::PartialDateTime;
use crate::eval::code::{Target, Test, WindowAnchor};
use crate::eval::interpreter::Run;
use crate::eval::moment::ends_as_it_starts;
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::kleene::Tri;
use crate::record::model::End;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, KindId};

impl<'a> Run<'a> {
    pub(super) fn why_anchor(self, anchor: AnchorId, reasons: &mut Reasons) {
        if self.record.anchor(anchor).is_none() {
            let name = display::anchor_name(&self.evaluator.schema.tree, anchor);
            let text = format!("the date of {name} is not given");
            reasons.add(format!("anchor {name}"), UnknownCause::NoAnchor, text);
        }
    }

    /// Why it is not known when that is which a window is about: an anchor without a date, entries that are not known.
    pub(super) fn why_about(self, anchor: &WindowAnchor, reasons: &mut Reasons) {
        match anchor {
            WindowAnchor::Date(anchor) => self.why_anchor(*anchor, reasons),
            WindowAnchor::Entry(point) => self.why_counts(&point.kinds, false, reasons),
        }
    }

    /// Why that which a window is about is known too coarsely.
    pub(super) fn why_coarse_about(self, anchor: &WindowAnchor, instants: bool, reasons: &mut Reasons) {
        let point = match anchor {
            WindowAnchor::Date(anchor) => return self.why_coarse_anchor(*anchor, instants, reasons),
            WindowAnchor::Entry(point) => point,
        };
        for (kind, filter) in &point.kinds {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            let name = display::scope_name(&self.evaluator.schema.tree, Scope::Kind(*kind));
            for entry in self.record.entries(slot) {
                if self.counts(*kind, entry, *filter, false) == Tri::No {
                    continue;
                }
                let (part, date) = match (&entry.end, point.ends) {
                    (End::At(end), true) => ("end", Some(*end)),
                    (End::Absent, true) => ("end", entry.start.filter(|_| self.is_event(*kind))),
                    (End::Running, true) => continue,
                    (_, false) => ("start", entry.start),
                };
                match date {
                    Some(date) => why_coarse(format!("{name}.{part}"), &date, instants, reasons),
                    None => {
                        let text = format!("an entry of `{name}` has no {part}");
                        reasons.add(format!("{name}.{part}"), UnknownCause::NoDate, text);
                    }
                }
            }
        }
    }

    fn is_event(self, kind: KindId) -> bool {
        let kind = self.evaluator.schema.tree.kinds.get(kind);
        kind.is_some_and(|kind| ends_as_it_starts(kind.word))
    }

    pub(super) fn why_coarse_anchor(self, anchor: AnchorId, instants: bool, reasons: &mut Reasons) {
        if let Some(given) = self.record.anchor(anchor)
            && is_coarse(&given, instants)
        {
            let name = display::anchor_name(&self.evaluator.schema.tree, anchor);
            let text = format!("the date of {name} is known only as {given}");
            reasons.add(format!("anchor {name}"), UnknownCause::DateTooCoarse, text);
        }
    }

    /// The anchors without a date that a filter asks for: what is given later has to stand to them.
    pub(super) fn why_filter_anchors(self, filter: Target, reasons: &mut Reasons) {
        for at in self.reachable(filter) {
            let general =
                self.evaluator.nodes.get(at.0 as usize).and_then(|node| self.evaluator.generals.get(node.check));
            if let Some(Test::Window { anchor, undated: false, .. }) = general {
                self.why_about(anchor, reasons);
            }
        }
    }
}

pub(super) fn is_coarse(date: &PartialDateTime, instants: bool) -> bool {
    if instants { !date.has_time() } else { date.days().as_day().is_none() }
}

pub(super) fn why_coarse(item: String, date: &PartialDateTime, instants: bool, reasons: &mut Reasons) {
    if is_coarse(date, instants) {
        let text = format!("`{item}` is known only as {date}");
        reasons.add(item, UnknownCause::DateTooCoarse, text);
    }
}

//! Dates that are known too coarsely, and anchors without one.

use super::reasons::Reasons;
use crate::calendar::PartialDateTime;
use crate::eval::code::{Target, Test};
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::tree::AnchorId;

impl<'a> Run<'a> {
    pub(super) fn why_anchor(self, anchor: AnchorId, reasons: &mut Reasons) {
        if self.record.anchor(anchor).is_none() {
            let name = display::anchor_name(&self.evaluator.schema.tree, anchor);
            let text = format!("the date of {name} is not given");
            reasons.add(format!("anchor {name}"), UnknownCause::NoAnchor, text);
        }
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
                self.why_anchor(*anchor, reasons);
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

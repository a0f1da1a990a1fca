//! Dates that are known too coarsely, and anchors without one.

use super::reasons::Reasons;
use crate::calendar::PartialDateTime;
use crate::eval::code::{Target, Test};
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::explain::report::UnknownCause;

impl<'a> Run<'a> {
    pub(super) fn why_anchor(self, anchor: u32, reasons: &mut Reasons) {
        if self.record.anchor(anchor).is_none() {
            let name = display::anchor_name(&self.program.schema.tree, anchor as usize);
            let text = format!("the date of {name} is not given");
            reasons.add(format!("anchor {name}"), UnknownCause::NoAnchor, text);
        }
    }

    pub(super) fn why_coarse_anchor(self, anchor: u32, instants: bool, reasons: &mut Reasons) {
        if let Some(given) = self.record.anchor(anchor)
            && is_coarse(&given, instants)
        {
            let name = display::anchor_name(&self.program.schema.tree, anchor as usize);
            let text = format!("the date of {name} is known only as {given}");
            reasons.add(format!("anchor {name}"), UnknownCause::DateTooCoarse, text);
        }
    }

    /// The anchors without a date that a filter asks for: what is given later has to stand to them.
    pub(super) fn why_filter_anchors(self, filter: Target, reasons: &mut Reasons) {
        for index in self.reachable(filter) {
            let check = self.program.nodes.get(index as usize).map_or(u32::MAX, |node| node.check);
            if let Some(Test::Window { anchor, undated: false, .. }) = self.program.generals.get(check as usize) {
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

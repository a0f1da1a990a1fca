//! Why a count of entries is unknown: the lists that are not said to be complete.

use std::collections::{HashMap, HashSet};

use super::reasons::Reasons;
use crate::eval::code::{Choice, Target};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::kleene::Tri;
use crate::record::model::KindSlot;
use crate::record::schema::Scope;
use crate::tree::KindId;

impl<'a> Run<'a> {
    /// Kinds whose entries are not known. Where a record gives them under the key of a group, that is named.
    pub(super) fn why_counts(self, kinds: &[(KindId, Target)], planned: bool, reasons: &mut Reasons) {
        let slot = |kind: KindId| self.record.kinds.get(kind).copied().unwrap_or_default();
        let asked: HashMap<KindId, Target> = kinds.iter().copied().collect();
        let mut covered: HashSet<KindId> = HashSet::new();
        let mut groups: Vec<_> = self.evaluator.schema.tree.groups.iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.members.len()));
        for group in groups {
            let members = || group.members.iter().copied();
            // One with entries of its own would contradict a group that says none.
            let fits = members().all(|kind| asked.contains_key(&kind) && slot(kind).count == 0);
            let open = members().filter(|kind| !slot(*kind).complete && !covered.contains(kind)).count();
            if fits && open > 1 {
                let name = &group.name;
                let text = format!("`{name}` is not given, and not said to be none");
                reasons.add(name, UnknownCause::OpenList, text);
                covered.extend(members());
            }
        }
        let mut anchors: HashSet<Target> = HashSet::new();
        for (kind, filter) in kinds {
            if !covered.contains(kind) {
                self.why_count(*kind, *filter, planned, reasons);
            }
            if !slot(*kind).complete {
                anchors.insert(*filter);
            }
        }
        let mut anchors: Vec<Target> = anchors.into_iter().collect();
        anchors.sort_unstable_by_key(|target| target.0);
        // The same filter is compiled for each kind: those of the first few name every anchor there is.
        for filter in anchors.into_iter().take(8) {
            self.why_filter_anchors(filter, reasons);
        }
    }

    /// What keeps one entry from being told to be the latest, or to be of one value.
    pub(super) fn why_chosen(self, kinds: &[(KindId, Target)], choice: &Choice, planned: bool, reasons: &mut Reasons) {
        let (candidates, _) = self.candidates_of(kinds, choice, planned);
        for (at, (kind, _)) in kinds.iter().enumerate() {
            let among = choice.among.get(at).copied().unwrap_or(Target::UNKNOWN);
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            let by = choice.by.as_ref().and_then(|by| by.get(at).copied().flatten());
            for entry in self.record.entries(slot) {
                let here = EvalScope::Entry(*kind, entry);
                match self.counts(*kind, entry, among, planned) {
                    Tri::No => continue,
                    Tri::Unknown => reasons.extend(self.why_unknown(among, here)),
                    Tri::Yes => {}
                }
                if by.is_some() {
                    self.why_attribute(by, here, reasons);
                }
                let name = display::scope_name(&self.evaluator.schema.tree, Scope::Kind(*kind));
                if choice.latest && entry.start.is_none() {
                    let text = format!("an entry of `{name}` has no start: it may be the latest");
                    reasons.add(format!("{name}.start"), UnknownCause::DateTooCoarse, text);
                }
            }
        }
        if choice.latest && reasons.list.is_empty() && candidates.len() > 1 {
            let name = kinds
                .first()
                .map_or("", |(kind, _)| display::scope_name(&self.evaluator.schema.tree, Scope::Kind(*kind)));
            let text = format!("entries of `{name}` differ, and it is not told which is the latest");
            reasons.add(name, UnknownCause::ConflictingResults, text);
        }
    }

    pub(super) fn why_count(self, kind: KindId, filter: Target, planned: bool, reasons: &mut Reasons) {
        let name = display::scope_name(&self.evaluator.schema.tree, Scope::Kind(kind));
        let slot = self.record.kinds.get(kind).copied().unwrap_or_default();
        if !slot.complete {
            let text = if is_bare_true(slot) {
                format!("`{name}` is given as true: not which, when or how many")
            } else {
                format!("`{name}` is not given, and not said to be none")
            };
            reasons.add(name, UnknownCause::OpenList, text);
            return;
        }
        for entry in self.record.entries(slot) {
            if self.counts(kind, entry, filter, planned) == Tri::Unknown {
                reasons.extend(self.why_unknown(filter, EvalScope::Entry(kind, entry)));
            }
        }
    }
}

/// A kind given as `true`.
fn is_bare_true(slot: KindSlot) -> bool {
    slot.given && !slot.complete
}

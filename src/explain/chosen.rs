//! Evidence of entries that stand for others: the latest of each value, or one of each.

use super::report::Evidence;
use super::{display, found};
use crate::eval::code::{Choice, Target};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::select;
use crate::kleene::Tri;
use crate::number::Comparison;
use crate::record::schema::Scope;
use crate::tree::KindId;

impl<'a> Run<'a> {
    /// The entries that count, or those that might and do not, each with why; those that a later one hides are named so.
    pub(super) fn chosen_evidence(
        self,
        evidence: &mut Evidence,
        kinds: &[(KindId, Target)],
        choice: &Choice,
        planned: bool,
        op: Comparison,
    ) {
        let counting = evidence.answer == (op == Comparison::Ge);
        let (candidates, _) = self.candidates_of(kinds, choice, planned);
        let held = select::held(&candidates, choice.by.is_some(), choice.latest);
        let mut texts = Vec::new();
        let mut at = 0;
        for (place, (kind, filter)) in kinds.iter().enumerate() {
            let name = display::scope_name(&self.evaluator.schema.tree, Scope::Kind(*kind));
            if evidence.item.is_empty() {
                name.clone_into(&mut evidence.item);
            }
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            let among = choice.among.get(place).copied().unwrap_or(Target::UNKNOWN);
            for entry in self.record.entries(slot) {
                let candidate = candidates.get(at);
                let counts = held.sure.get(at).copied().unwrap_or(false);
                let may = held.possible.get(at).copied().unwrap_or(false);
                at += 1;
                let (Some(candidate), true) = (candidate, if counting { counts } else { !may }) else { continue };
                let here = EvalScope::Entry(*kind, entry);
                let mut reasons = Vec::new();
                let asked = if candidate.among == Tri::No { among } else { *filter };
                if !planned && entry.planned == Some(true) {
                    reasons.push("only planned".to_owned());
                } else if candidate.among != Tri::No && candidate.meets != Tri::No && !counting {
                    reasons.push("not the latest".to_owned());
                } else {
                    for inner in self.evidence(asked, here, "") {
                        reasons.push(inner.text);
                        for window in inner.windows {
                            if !evidence.windows.contains(&window) {
                                evidence.windows.push(window);
                            }
                        }
                    }
                }
                let shown = self.found_entry(*kind, entry);
                let head = found::found_text(&shown);
                texts.push(if reasons.is_empty() { head } else { format!("{head}: {}", reasons.join(" and ")) });
                evidence.found.push(shown);
            }
        }
        let not = if evidence.answer { "" } else { "not " };
        texts.push(format!("{not}{}", evidence.test));
        evidence.text = texts.join("; ");
    }
}

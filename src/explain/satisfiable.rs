//! A cheap look ahead: whether what may still be given could turn a criterion at all.

use std::collections::HashMap;

use super::blanks::Site;
use super::completion::Completion;
use super::items::{self, Item, Items};
use super::witness::{End, Want, Witness};
use crate::eval::code::{CheckId, FactRead, Operand, OperandKind, Target, Test};
use crate::eval::count::Counting;
use crate::eval::interpreter::Run;
use crate::kleene::Tri;
use crate::number::Comparison;
use crate::record::model::Slot;
use crate::tree::{FactId, KindId};

impl Witness<'_> {
    /// False where no values of the freed items could end a criterion as wanted.
    pub(crate) fn may_end(&mut self, at: &Completion, end: &End, freed: &Items) -> bool {
        let want = match end.want {
            Want::Pass => Tri::Yes,
            Want::Fail => Tri::No,
            Want::NoFail => return true,
        };
        self.may_reach(at, end.root, Site::Nothing, want, freed)
    }

    /// False where what begins at `root` cannot come to this answer.
    fn may_reach(&mut self, at: &Completion, root: Target, site: Site, want: Tri, freed: &Items) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut known: HashMap<CheckId, (bool, bool, bool)> = HashMap::new();
        let mut open = vec![root];
        while let Some(target) = open.pop() {
            let Some(node) = self.evaluator.nodes.get(target.0 as usize).copied() else {
                if target.answer() == want {
                    return true;
                }
                continue;
            };
            if !seen.insert(target) {
                continue;
            }
            let (yes, no, unknown) = match known.get(&node.check) {
                Some(known) => *known,
                None => {
                    let may = self.may_answer(at, node.check, site, freed);
                    known.insert(node.check, may);
                    may
                }
            };
            for (may, next) in [(yes, node.yes), (no, node.no), (unknown, node.unknown)] {
                if may {
                    open.push(next);
                }
            }
        }
        false
    }

    /// Whether a test may answer yes, no, and nothing.
    fn may_answer(&mut self, at: &Completion, check: CheckId, site: Site, freed: &Items) -> (bool, bool, bool) {
        if !self.spend(self.weight) {
            return (true, true, true);
        }
        let run = Run { evaluator: self.evaluator, record: &at.record };
        match run.at_site(site, |run, here| run.check(check, here)) {
            Some(Tri::Yes) => return (true, false, false),
            Some(Tri::No) => return (false, true, false),
            _ => {}
        }
        let (yes, no) = match self.evaluator.generals.get(check) {
            // Which entry is the latest may change with any of them: they are asked as any other test.
            Some(Test::Entries { kinds, filter: (), distinct, choice: None, planned, op, count }) => {
                let wanted = u64::from(*count);
                let enough = if *op == Comparison::Ge { wanted } else { wanted + 1 };
                let (reaches, falls_short) =
                    self.may_count(at, kinds, Counting { distinct: *distinct, planned: *planned }, enough, freed);
                if *op == Comparison::Ge { (reaches, falls_short) } else { (falls_short, reaches) }
            }
            Some(Test::Todo { .. }) | None => (false, false),
            Some(general) => {
                let blocked = match general {
                    Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
                        self.is_blocked(at, left, freed) || self.is_blocked(at, right, freed)
                    }
                    _ => false,
                };
                let mut blanks = Vec::new();
                run.blanks(check, site, &mut blanks);
                let open = !blocked && blanks.iter().any(|blank| self.item_of(at, *blank, freed).is_some());
                (open, open)
            }
        };
        (yes, no, true)
    }

    /// Whether a count may reach so many, and whether it may fall short of them.
    fn may_count(
        &mut self,
        at: &Completion,
        kinds: &[(KindId, Target)],
        Counting { distinct, planned }: Counting,
        enough: u64,
        freed: &Items,
    ) -> (bool, bool) {
        let mut could_count = Some(0u64);
        let mut could_stay = Some(0u64);
        let mut passes: HashMap<Target, bool> = HashMap::new();
        for (kind, filter) in kinds {
            if !self.spend(1) {
                return (true, true);
            }
            if !items::is_complete(&at.record, *kind) {
                if self.universe.giver(*kind, freed).is_some() {
                    let pass = *passes.entry(*filter).or_insert_with(|| self.may_pass(at, *filter, freed));
                    if pass {
                        could_count = if distinct { could_count.map(|count| count + 1) } else { None };
                    }
                } else {
                    could_stay = if distinct { could_stay.map(|count| count + 1) } else { None };
                }
                continue;
            }
            let slot = at.record.kinds.get(*kind).copied().unwrap_or_default();
            let (mut counts, mut stays) = (0u64, 0u64);
            for (index, entry) in at.record.entries(slot).iter().enumerate() {
                let run = Run { evaluator: self.evaluator, record: &at.record };
                let (count, stay) = match run.counts(*kind, entry, *filter, planned) {
                    Tri::Yes => (true, true),
                    Tri::No => (false, false),
                    Tri::Unknown => {
                        let site = Site::Entry(*kind, index);
                        let count = self.may_reach(at, *filter, site, Tri::Yes, freed);
                        (count, !self.may_reach(at, *filter, site, Tri::No, freed))
                    }
                };
                counts += u64::from(count);
                stays += u64::from(stay);
            }
            if distinct {
                (counts, stays) = (counts.min(1), stays.min(1));
            }
            could_count = could_count.map(|count| count + counts);
            could_stay = could_stay.map(|count| count + stays);
        }
        (could_count.is_none_or(|count| count >= enough), could_stay.is_some_and(|count| count < enough))
    }

    /// Whether something new may pass a filter: not where it asks for an anchor that is not given.
    fn may_pass(&self, at: &Completion, filter: Target, freed: &Items) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut open = vec![filter];
        while let Some(target) = open.pop() {
            let Some(node) = self.evaluator.nodes.get(target.0 as usize) else {
                if target.answer() == Tri::Yes {
                    return true;
                }
                continue;
            };
            if !seen.insert(target) {
                continue;
            }
            open.push(node.unknown);
            let stuck = match self.evaluator.generals.get(node.check) {
                Some(Test::Window { relation, anchor, undated: false, .. }) => {
                    let window = relation.elaborate();
                    let free = window.of_itself() || window.of_a_mark();
                    let missing = anchor.date().is_some_and(|anchor| {
                        let freed = self.universe.index(Item::Anchor(anchor)).is_some_and(|item| freed.contains(item));
                        at.record.anchor(anchor).is_none() && !freed
                    });
                    !free && missing
                }
                _ => false,
            };
            if !stuck {
                open.extend([node.yes, node.no]);
            }
        }
        false
    }

    /// Whether a quantity has no value whatever the freed items are.
    fn is_blocked(&self, at: &Completion, quantity: &Operand, freed: &Items) -> bool {
        let free = |item: Item| self.universe.index(item).is_some_and(|item| freed.contains(item));
        let absent = |fact: FactId| at.record.slot(fact) == Slot::Absent;
        match &quantity.kind {
            // A dose that is not known is anything from nothing up: it always has a value.
            OperandKind::Number(_) | OperandKind::Attribute(_) | OperandKind::DailyDose(_) => false,
            OperandKind::Fact(read, _) => {
                absent(read.fact) && (!free(Item::Fact(read.fact)) || !self.may_pass(at, read.filter.root, freed))
            }
            OperandKind::Coalesce { read, otherwise } => {
                absent(read.fact) && !free(Item::Fact(read.fact)) && self.is_blocked(at, otherwise, freed)
            }
            OperandKind::Age(age) => {
                let given = |read: &FactRead| !absent(read.fact) || free(Item::Fact(read.fact));
                let born = (!absent(age.from) || free(Item::Fact(age.from)))
                    && (at.record.anchor(age.to).is_some() || free(Item::Anchor(age.to)));
                !born && !age.recorded.as_ref().is_some_and(given)
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => {
                let mut blocked = false;
                quantity.operands(&mut |inner| blocked = blocked || self.is_blocked(at, inner, freed));
                blocked
            }
            OperandKind::If { condition: _, then, otherwise } => {
                self.is_blocked(at, then, freed) && self.is_blocked(at, otherwise, freed)
            }
        }
    }
}

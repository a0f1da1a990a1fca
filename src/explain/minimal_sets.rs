//! Which few missing items could still decide the verdict.
//!
//! An item is what a [`super::Reason`] names. A set of items decides when some values of them, and of nothing else, do:
//! [`Witness`] looks for such values. Sets are tried by size, under a budget of steps, and a set is called a smallest
//! one only where every smaller one was looked through.

use super::items::{Items, Universe};
use super::report::{Decisive, Reason};
use super::witness::{End, SearchResult, Want, Witness};
use crate::eval::Evaluator;
use crate::eval::code::Target;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::uses::Uses;
use crate::ir::Verdict;
use crate::kleene::Tri;
use crate::record::model::Record;

/// An unknown criterion.
pub(crate) struct OpenCriterion {
    pub(crate) id: String,
    /// Its place among the evaluator's.
    pub(crate) place: usize,
    pub(crate) root: Target,
    /// It waits for a later anchor.
    pub(crate) pending: bool,
    pub(crate) reasons: Vec<Reason>,
}

/// What is asked.
pub(crate) struct Question<'a> {
    pub(crate) evaluator: &'a Evaluator,
    pub(crate) record: &'a Record,
    /// In source order.
    pub(crate) open: &'a [OpenCriterion],
    /// The criteria that pass already, by place and root.
    pub(crate) passing: &'a [(usize, Target)],
    /// The stage of which the patient would be eligible while pending criteria still wait.
    pub(crate) stage: Option<String>,
    pub(crate) budget: u32,
}

/// The part of the budget that one set may take, and that one look for an item without which nothing decides may.
const SETS: u32 = 8;
const LOOKS: u32 = 64;

struct Search<'a> {
    witness: Witness<'a>,
    /// Edit checks that what is given may make fail: then it would decide nothing.
    edits: Vec<End>,
    universe: &'a Universe,
    budget: u32,
    /// Some set could not be looked through.
    unsure: bool,
}

/// A criterion, with the items that its reasons name.
struct Asked {
    id: String,
    pending: bool,
    own: Items,
    all: Items,
    root: Target,
    place: usize,
}

impl Asked {
    fn end(&self, want: Want) -> End {
        End { root: self.root, want, criterion: self.place, items: self.all.clone() }
    }
}

/// Smallest sets that could end the criteria in a fail of one, or a pass of all.
pub(crate) fn decisive(question: &Question<'_>) -> Vec<Decisive> {
    if question.open.is_empty() || question.budget == 0 {
        return Vec::new();
    }
    let evaluator = question.evaluator;
    let uses = evaluator.uses.get_or_init(|| Uses::of(evaluator));
    let mut universe = Universe::default();
    let owns: Vec<Items> =
        question.open.iter().map(|open| universe.place(evaluator, question.record, &open.reasons)).collect();
    let about = |place: usize| uses.criteria.get(place).map(|all| universe.about(all, evaluator)).unwrap_or_default();
    let asked: Vec<Asked> = question
        .open
        .iter()
        .zip(owns)
        .map(|(open, own)| Asked {
            id: open.id.clone(),
            pending: open.pending,
            own,
            all: about(open.place),
            root: open.root,
            place: open.place,
        })
        .collect();
    // A further result, or the date of one, may change what passes now.
    let guards: Vec<End> = question
        .passing
        .iter()
        .map(|(place, root)| End { root: *root, want: Want::Pass, criterion: *place, items: about(*place) })
        .filter(|end| end.items.iter().any(|item| universe.may_turn(item)))
        .collect();
    let witness = Witness::new(evaluator, question.record, uses, &universe, question.budget);
    let run = Run { evaluator, record: question.record };
    let edits = evaluator.edits.roots.iter().enumerate().filter_map(|(at, root)| {
        let criterion = evaluator.roots.len() + at;
        let end = End { root: *root, want: Want::NoFail, criterion, items: about(criterion) };
        let may_fail = match run.follow(*root, EvalScope::Nothing) {
            Tri::Unknown => end.items.len() > 0,
            Tri::Yes => end.items.iter().any(|item| universe.may_turn(item)),
            Tri::No => false,
        };
        may_fail.then_some(end)
    });
    let edits = edits.collect();
    let mut search = Search { edits, witness, universe: &universe, budget: question.budget, unsure: false };
    let mut found: Vec<Decisive> = search.failing(&asked).into_iter().collect();
    search.witness.steps = question.budget;
    search.unsure = false;
    found.extend(search.passing(&asked, guards, question.stage.as_ref()));
    found.sort_by_key(|set| set.items.len());
    found
}

impl Search<'_> {
    /// Whether the ends can be reached; what cannot be told counts as no, and is kept in mind.
    fn can_end(&mut self, ends: &[End], freed: &Items) -> Option<Items> {
        let most = (self.budget / SETS).saturating_mul(1 + u32::try_from(ends.len()).unwrap_or(u32::MAX) / 8);
        match self.look(ends, freed, most) {
            SearchResult::Yes(used) => Some(used),
            SearchResult::No => None,
            SearchResult::Unsure => {
                self.unsure = true;
                None
            }
        }
    }

    fn exhausted(&self) -> bool {
        self.witness.steps == 0
    }

    /// Whether the ends can be reached, looked at within a part of the budget.
    fn look(&mut self, ends: &[End], freed: &Items, most: u32) -> SearchResult {
        let most = most.min(self.witness.steps);
        let kept = self.witness.steps - most;
        self.witness.steps = most;
        let found = if self.edits.iter().any(|end| end.items.meets(freed)) {
            let edits = self.edits.iter().filter(|end| end.items.meets(freed));
            let ends: Vec<End> = ends.iter().chain(edits).cloned().collect();
            self.witness.solve(&ends, freed)
        } else {
            self.witness.solve(ends, freed)
        };
        self.witness.steps += kept;
        found
    }

    /// What belongs to every set out of `items` that reaches the ends, since not even everything else makes up for it;
    /// `None` where no set was seen to reach them.
    fn needed(&mut self, ends: &[End], items: &Items) -> Option<Items> {
        self.can_end(ends, items)?;
        let mut needed = Items::default();
        for item in items.iter() {
            let mut others = items.clone();
            others.remove(item);
            if self.look(ends, &others, self.budget / LOOKS) == SearchResult::No {
                needed.insert(item);
            }
        }
        Some(needed)
    }

    /// The smallest set that makes some criterion fail. What is open now is named before what waits.
    fn failing(&mut self, asked: &[Asked]) -> Option<Decisive> {
        let mut searches = Vec::new();
        for pending in [false, true] {
            for criterion in asked.iter().filter(|criterion| criterion.pending == pending) {
                let ends = [criterion.end(Want::Fail)];
                if let Some(needed) = self.needed(&ends, &criterion.own) {
                    searches.push((criterion, ends, needed));
                }
            }
        }
        let most = searches.iter().map(|(criterion, ..)| criterion.own.len()).max().unwrap_or(0);
        for size in 1..=most {
            for (criterion, ends, needed) in &searches {
                if let Some(set) = self.set_of(size, &criterion.own, needed, ends) {
                    return Some(Decisive {
                        verdict: Verdict::Ineligible,
                        stage: None,
                        items: self.universe.named(&set),
                        criteria: vec![criterion.id.clone()],
                        // No item at all decides nothing.
                        smallest: size == 1 || !self.unsure,
                    });
                }
                if self.exhausted() {
                    return None;
                }
            }
        }
        None
    }

    /// A set of just `size` of the items that can reach the ends and has all of `needed`, the first in order.
    fn set_of(&mut self, size: usize, items: &Items, needed: &Items, ends: &[End]) -> Option<Items> {
        let rest: Vec<usize> = self.universe.sorted(items).into_iter().filter(|item| !needed.contains(*item)).collect();
        let size = size.checked_sub(needed.len())?;
        if size > rest.len() {
            return None;
        }
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let mut set = needed.clone();
            chosen.iter().filter_map(|index| rest.get(*index)).for_each(|item| set.insert(*item));
            if let Some(used) = self.can_end(ends, &set) {
                return Some(used);
            }
            if self.exhausted() {
                return None;
            }
            // The next combination in order.
            let mut place = size;
            loop {
                if place == 0 {
                    return None;
                }
                place -= 1;
                let value = chosen.get(place).copied()?;
                if value < rest.len() - (size - place) {
                    for (offset, later) in chosen.iter_mut().skip(place).enumerate() {
                        *later = value + 1 + offset;
                    }
                    break;
                }
            }
        }
    }

    /// A set that makes every criterion pass: the smallest sets of each joined, and where those cannot all be had at
    /// once, everything; then whatever can be spared is left out, and where that may not be the smallest yet, it is
    /// looked for. Where a stage is named, what is pending has only not to fail.
    fn passing(&mut self, asked: &[Asked], guards: Vec<End>, stage: Option<&String>) -> Option<Decisive> {
        let waits = |criterion: &&Asked| criterion.pending && stage.is_some();
        let now: Vec<&Asked> = asked.iter().filter(|criterion| !waits(criterion)).collect();
        let mut union = Items::default();
        let mut universe = Items::default();
        // What one criterion cannot do without, all of them cannot.
        let mut required = Items::default();
        let mut total = 0;
        for criterion in &now {
            universe.extend(&criterion.own);
            total += criterion.own.len();
            let ends = [criterion.end(Want::Pass)];
            let needed = self.needed(&ends, &criterion.own)?;
            required.extend(&needed);
            let mut found = None;
            for size in 1..=criterion.own.len() {
                found = self.set_of(size, &criterion.own, &needed, &ends);
                if found.is_some() || self.exhausted() {
                    break;
                }
            }
            union.extend(&found?);
        }
        // Sets that share nothing cannot be bettered together, nor can one item a criterion when one does for all.
        let apart = total == universe.len();
        let mut ends: Vec<End> = now.iter().map(|criterion| criterion.end(Want::Pass)).collect();
        ends.extend(asked.iter().filter(waits).map(|criterion| criterion.end(Want::NoFail)));
        ends.extend(guards);
        let mut set = union;
        let whole = |set: &Items| set.iter().all(|item| required.contains(item));
        let mut exact = apart || whole(&set) || (set.len() == 1) || (now.len() == 1);
        match self.can_end(&ends, &set) {
            Some(used) => set = used,
            None => {
                set = self.can_end(&ends, &universe)?;
                exact = whole(&set);
            }
        }
        if !exact {
            for item in self.universe.sorted(&set).into_iter().filter(|item| !required.contains(*item)) {
                let mut fewer = set.clone();
                fewer.remove(item);
                if set.contains(item)
                    && let Some(used) = self.can_end(&ends, &fewer)
                {
                    set = used;
                }
            }
            // What failed above was only not to be spared.
            self.unsure = false;
            (set, exact) = self.fewest(&ends, &universe, required, set);
        }
        Some(Decisive {
            verdict: Verdict::Eligible,
            stage: stage.cloned(),
            items: self.universe.named(&set),
            criteria: now.iter().map(|criterion| criterion.id.clone()).collect(),
            smallest: set.len() == 1 || (exact && !self.unsure),
        })
    }

    /// A smallest set that reaches the ends, given one that does, and whether it is surely a smallest.
    fn fewest(&mut self, ends: &[End], universe: &Items, needed: Items, set: Items) -> (Items, bool) {
        let rest = universe.len() - needed.len();
        for size in needed.len().max(1)..set.len() {
            // Every set costs a step a criterion at least, so that more of them than this could not all be tried.
            if combinations(rest, size - needed.len()).saturating_mul(ends.len()) > self.witness.steps as usize {
                return (set, false);
            }
            if let Some(found) = self.set_of(size, universe, &needed, ends) {
                return (found, true);
            }
            if self.exhausted() {
                return (set, false);
            }
        }
        (set, true)
    }
}

/// How many sets of `size` out of `count` there are.
fn combinations(count: usize, size: usize) -> usize {
    (0..size).fold(1usize, |sets, taken| sets.saturating_mul(count.saturating_sub(taken)) / (taken + 1))
}

//! Whether some values of just a few missing items end criteria as wanted: looked for, value by value, in a copy of the
//! record, so that what is found is a patient and not a guess.
//!
//! Every test is asked again after each value. A way is left as soon as a criterion has ended otherwise, or as none of
//! what may still be given could turn it; and a value that had no part in a failure is not tried another way.

use super::blanks::Site;
use super::choices::{Choices, Chooser};
use super::completion::{self, Blank, Completion};
use super::items::{self, Item, Items, Universe};
use super::report::UnknownCause;
use crate::eval::Evaluator;
use crate::eval::code::{CheckId, Target};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::uses::Uses;
use crate::kleene::Tri;
use crate::record::model::Record;
use crate::tree::{FactId, KindId};

/// Values on one way more than this end the search as the budget does.
const MAX_DEPTH: u32 = 400;

/// A blank costs so many steps: the record is copied for each of its values, and the tests are asked again.
const NODE: usize = 16;

/// A criterion and how it is to end.
#[derive(Debug, Clone)]
pub(crate) struct End {
    pub(crate) root: Target,
    pub(crate) want: Want,
    /// By its place among the evaluator's.
    pub(crate) criterion: usize,
    /// Every item that it could depend on.
    pub(crate) items: Items,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Pass,
    Fail,
    /// Anything but a fail.
    NoFail,
}

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SearchResult {
    /// With values of these.
    Yes(Items),
    No,
    /// Not everything could be tried.
    Unsure,
}

pub(crate) struct Witness<'a> {
    pub(crate) evaluator: &'a Evaluator,
    pub(crate) record: &'a Record,
    pub(crate) uses: &'a Uses,
    pub(crate) universe: &'a Universe,
    /// Of one search, in steps.
    pub(crate) steps: u32,
    cut: bool,
    /// What one look at the record costs.
    pub(crate) weight: usize,
}

/// So many results and entries cost a step.
const ROWS: usize = 16;

impl<'a> Witness<'a> {
    pub(crate) fn new(
        evaluator: &'a Evaluator,
        record: &'a Record,
        uses: &'a Uses,
        universe: &'a Universe,
        steps: u32,
    ) -> Witness<'a> {
        let weight = 1 + (record.observations.len() + record.entries.len()) / ROWS;
        Witness { evaluator, record, uses, universe, steps, cut: false, weight }
    }

    pub(crate) fn spend(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                true
            }
            None => {
                self.steps = 0;
                self.cut = true;
                false
            }
        }
    }

    /// Whether some values of the freed items make all the criteria end so.
    pub(crate) fn solve(&mut self, ends: &[End], freed: &Items) -> SearchResult {
        self.cut = false;
        let base = Completion { record: self.record.clone(), used: Items::default(), added: Vec::new() };
        for end in ends {
            if !self.may_end(&base, end, freed) {
                return if self.cut { SearchResult::Unsure } else { SearchResult::No };
            }
        }
        let mut used = Items::default();
        for mut part in parts(ends, freed) {
            // What hangs on few items leaves the least choice: it comes first.
            part.sort_by_key(|end| end.items.len());
            match self.descend(&base, &part, freed, 0) {
                Ok(items) => used.extend(&items),
                Err(_) if self.cut => return SearchResult::Unsure,
                Err(_) => return SearchResult::No,
            }
        }
        SearchResult::Yes(used)
    }

    /// Fills one blank after another; the items used, or those that a failure is due to.
    fn descend(&mut self, at: &Completion, ends: &[&End], freed: &Items, depth: u32) -> Result<Items, Items> {
        if depth > MAX_DEPTH || !self.spend(NODE * self.weight + ends.len() / 4) {
            self.cut = true;
            return Err(Items::default());
        }
        let run = Run { evaluator: self.evaluator, record: &at.record };
        let mut current = None;
        for end in ends {
            let answer = run.follow(end.root, EvalScope::Nothing);
            match (end.want, answer) {
                (Want::Pass, Tri::No) | (Want::NoFail, Tri::No) | (Want::Fail, Tri::Yes) => {
                    return Err(end.items.clone());
                }
                (Want::Pass | Want::Fail, Tri::Unknown) if current.is_none() => current = Some(*end),
                _ => {}
            }
        }
        let Some(end) = current else {
            return Ok(at.used.clone());
        };
        if depth > 0 && !self.may_end(at, end, freed) {
            return Err(end.items.clone());
        }
        let checks = run.unknown_checks(end.root, EvalScope::Nothing);
        self.spend(checks.len());
        let Some((blank, item)) = self.next_blank(at, &checks, freed) else {
            return Err(end.items.clone());
        };
        let subjects = |subject: &crate::eval::uses::Dependency| {
            ends.iter().any(|end| self.uses.criteria.get(end.criterion).is_some_and(|all| all.contains(subject)))
        };
        let chooser = Chooser {
            evaluator: self.evaluator,
            uses: self.uses,
            subjects: &subjects,
            checks: &checks,
            group: self.universe.group(item),
        };
        let Choices { fills, all } = chooser.choices(at, blank);
        let mut conflict = end.items.clone();
        for fill in &fills {
            let next = at.with(self.evaluator, blank, fill, item);
            match self.descend(&next, ends, freed, depth + 1) {
                Ok(used) => return Ok(used),
                Err(_) if self.cut && self.steps == 0 => return Err(Items::default()),
                Err(items) if !items.contains(item) => return Err(items),
                Err(items) => conflict.extend(&items),
            }
        }
        self.cut |= !all;
        Err(conflict)
    }

    /// The next blank to fill: of the first test that waits for one.
    fn next_blank(&self, at: &Completion, checks: &[CheckId], freed: &Items) -> Option<(Blank, usize)> {
        let run = Run { evaluator: self.evaluator, record: &at.record };
        checks.iter().find_map(|check| {
            let mut blanks = Vec::new();
            run.blanks(*check, Site::Nothing, &mut blanks);
            blanks.sort_unstable();
            blanks.into_iter().find_map(|blank| Some((blank, self.item_of(at, blank, freed)?)))
        })
    }

    /// The freed item that gives a blank.
    pub(crate) fn item_of(&self, at: &Completion, blank: Blank, freed: &Items) -> Option<usize> {
        let universe = self.universe;
        let item = |item: Item| universe.index(item).filter(|item| freed.contains(*item));
        // What is new in the completion comes whole with its fact or kind.
        let fresh = |fact: FactId, index: usize| index >= items::results(self.record, fact);
        let of_entry = |kind: KindId, own: Item| {
            if items::is_complete(self.record, kind) { item(own) } else { universe.giver(kind, freed) }
        };
        match blank {
            Blank::Anchor(anchor) => {
                let known = at.record.anchor(anchor);
                // One that has been given is not given again.
                if known != self.record.anchor(anchor) { None } else { item(Item::Anchor(anchor)) }
            }
            Blank::Question(question) => item(Item::Question(question)),
            Blank::Kind(kind) => universe.giver(kind, freed),
            Blank::Result(fact) => {
                let more = [UnknownCause::NoRecord, UnknownCause::NoResultInWindow, UnknownCause::ConflictingResults];
                let may = universe.gives(Item::Fact(fact), &more) && !at.added.contains(&fact);
                item(Item::Fact(fact)).filter(|_| may)
            }
            Blank::Start(kind, index) => {
                let start = completion::entry(&at.record, kind, index).and_then(|entry| entry.start);
                let open = start.is_none_or(|start| super::blanks::is_coarse(&start, true));
                if open { of_entry(kind, Item::Start(kind)) } else { None }
                    .filter(|_| self.unchanged_start(at, kind, index))
            }
            Blank::End(kind, index) => {
                let entry = completion::entry(&at.record, kind, index)?;
                let open = match entry.end {
                    crate::record::model::End::Absent => {
                        let word = self.evaluator.schema.tree.kinds.get(kind)?.word;
                        !crate::eval::moment::ends_as_it_starts(word)
                    }
                    crate::record::model::End::Running => false,
                    crate::record::model::End::At(end) => super::blanks::is_coarse(&end, true),
                };
                let same = completion::entry(self.record, kind, index).is_none_or(|before| before.end == entry.end)
                    || entry.end == crate::record::model::End::Absent;
                if open && same { of_entry(kind, Item::End(kind)) } else { None }
            }
            Blank::At(fact, index) => {
                // Of what is new it was said at once.
                let before = completion::result(self.record, fact, index)?;
                let now = completion::result(&at.record, fact, index)?;
                if fresh(fact, index) || before.at != now.at { None } else { item(Item::At(fact)) }
            }
            Blank::EntryAttribute(kind, index, attribute) => {
                let given = |record: &Record| {
                    let entry = completion::entry(record, kind, index)?;
                    record.attribute(entry.attributes, attribute)
                };
                let before = if items::is_complete(self.record, kind) { given(self.record) } else { None };
                let own = of_entry(kind, Item::Attribute(crate::record::schema::Scope::Kind(kind), attribute));
                own.filter(|_| given(&at.record) == before)
            }
            Blank::ResultAttribute(fact, index, attribute) => {
                let given =
                    |record: &Record| record.attribute(completion::result(record, fact, index)?.attributes, attribute);
                let before = if fresh(fact, index) { None } else { given(self.record) };
                let own = Item::Attribute(crate::record::schema::Scope::Fact(fact), attribute);
                let own = if fresh(fact, index) { item(Item::Fact(fact)) } else { item(own) };
                own.filter(|_| given(&at.record) == before)
            }
            Blank::Value(fact, index) => {
                let vague = [UnknownCause::NoValue, UnknownCause::Censored, UnknownCause::DateTooCoarse];
                let may = fresh(fact, index) || universe.gives(Item::Fact(fact), &vague);
                let before = completion::result(self.record, fact, index).map(|observation| observation.value);
                let now = completion::result(&at.record, fact, index).map(|observation| observation.value);
                let untouched =
                    fresh(fact, index) && now == Some(crate::record::model::Value::Unknown) || before == now;
                item(Item::Fact(fact)).filter(|_| may && untouched)
            }
            Blank::Uln(fact, index) => {
                if fresh(fact, index) {
                    item(Item::Fact(fact))
                } else {
                    item(Item::Limit(fact, crate::ir::Limit::Uln))
                }
            }
            Blank::Lln(fact, index) => {
                if fresh(fact, index) {
                    item(Item::Fact(fact))
                } else {
                    item(Item::Limit(fact, crate::ir::Limit::Lln))
                }
            }
        }
    }

    /// Whether an entry's start is as the record gives it, so that it may still be given.
    fn unchanged_start(&self, at: &Completion, kind: KindId, index: usize) -> bool {
        let now = completion::entry(&at.record, kind, index).and_then(|entry| entry.start);
        if !items::is_complete(self.record, kind) {
            return now.is_none();
        }
        completion::entry(self.record, kind, index).and_then(|entry| entry.start) == now
    }
}

/// The criteria in parts that share no freed item.
fn parts<'e>(ends: &'e [End], freed: &Items) -> Vec<Vec<&'e End>> {
    let mut parts: Vec<(Items, Vec<&End>)> = Vec::new();
    for end in ends {
        let mut items = Items::default();
        end.items.iter().filter(|item| freed.contains(*item)).for_each(|item| items.insert(item));
        let mut together = (items, vec![end]);
        let (joined, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(other, _)| other.meets(&together.0));
        parts = apart;
        for (items, ends) in joined {
            together.0.extend(&items);
            together.1.splice(0..0, ends);
        }
        parts.push(together);
    }
    parts.into_iter().map(|(_, ends)| ends).collect()
}

//! Which few missing items could still decide the verdict.
//!
//! An item is what a [`super::Reason`] names. To *free* a set of items is to let every test that is unknown for want
//! of nothing outside the set answer yes or no, one way throughout, and bounds on one fact only as some value could
//! answer them all. A set decides a criterion one way when some such answers end it so, whatever is still unknown.
//! Sets are tried by size, under a budget of steps.

use std::collections::HashMap;

use crate::number::Comparison;
use crate::tree::Select;

use super::demand::{self, Demand};
use super::program::{General, Place, Quantity, Scope, Target};
use super::record::Slot;
use super::report::{Decisive, Reason, Why};
use super::run::{Counting, Here, Run};
use super::tri::Tri;
use super::{Verdict, show};

/// Free tests on one way deeper than this end the search as the budget does.
const MAX_DEPTH: u32 = 500;

/// An unknown criterion.
pub(super) struct OpenCriterion {
    pub(super) id: String,
    pub(super) root: Target,
    /// The tests to blame.
    pub(super) checks: Vec<u32>,
}

/// A set of items, by their index in [`Search::names`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Items(Vec<u64>);

impl Items {
    fn insert(&mut self, item: usize) {
        if self.0.len() <= item / 64 {
            self.0.resize(item / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(item / 64) {
            *word |= 1 << (item % 64);
        }
    }

    fn remove(&mut self, item: usize) {
        if let Some(word) = self.0.get_mut(item / 64) {
            *word &= !(1 << (item % 64));
        }
    }

    fn extend(&mut self, other: &Items) {
        other.iter().for_each(|item| self.insert(item));
    }

    fn contains(&self, item: usize) -> bool {
        self.0.get(item / 64).is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    fn is_subset(&self, other: &Items) -> bool {
        self.0.iter().enumerate().all(|(at, word)| word & !other.0.get(at).copied().unwrap_or(0) == 0)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |(at, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

/// The part of the budget that one look ahead may take.
const LOOKS: u32 = 64;

/// What an unknown test waits for.
enum Wait {
    /// All of these.
    All(Items),
    /// Entries: how many are sure, what each further one waits for (`None`: for nothing that a record could give),
    /// and whether that may be any number of them.
    Count { sure: u64, more: Vec<(Option<Items>, bool)>, op: Comparison, wanted: u64 },
    /// Nothing that a record could give.
    Never,
}

struct Search<'a> {
    run: Run<'a>,
    /// The items, in the order they were met, and where each stands.
    names: Vec<String>,
    places: HashMap<String, usize>,
    waits: HashMap<u32, Wait>,
    /// The plain fact that a test looks at alone, and how.
    subjects: HashMap<u32, (u32, Target)>,
    answers: HashMap<u32, Tri>,
    /// Of one search, in steps; and what is left of it.
    budget: u32,
    steps: u32,
    exhausted: bool,
}

/// One attempt: what is freed, and how the free tests are answered so far.
struct Attempt<'s> {
    freed: &'s Items,
    chosen: Vec<(u32, bool)>,
}

/// Smallest sets that could end the criteria in a fail of one, or a pass of all.
pub(super) fn decisive(run: Run<'_>, open: &[OpenCriterion], budget: u32) -> Vec<Decisive> {
    if open.is_empty() || budget == 0 {
        return Vec::new();
    }
    let mut search = Search {
        run,
        names: Vec::new(),
        places: HashMap::new(),
        budget,
        waits: HashMap::new(),
        subjects: HashMap::new(),
        answers: HashMap::new(),
        steps: budget,
        exhausted: false,
    };
    for check in open.iter().flat_map(|criterion| &criterion.checks) {
        search.prepare(*check);
    }
    let mut found: Vec<Decisive> = search.failing(open).into_iter().collect();
    search.steps = budget;
    search.exhausted = false;
    found.extend(search.passing(open));
    found.sort_by_key(|set| set.items.len());
    found
}

impl<'a> Search<'a> {
    fn prepare(&mut self, check: u32) {
        if self.waits.contains_key(&check) {
            return;
        }
        let wait = self.wait(check);
        self.waits.insert(check, wait);
        let subject = match self.run.program.generals.get(check as usize) {
            Some(General::Compare { left: Quantity::Fact(read, None), right: Quantity::Number(..), .. }) => Some(read),
            Some(General::Among { place: Place::Fact(read), .. }) => Some(read),
            _ => None,
        };
        if let Some(read) = subject
            && read.select == Select::Latest
            && self.run.record.slot(read.fact) == Slot::Absent
        {
            self.subjects.insert(check, (read.fact, read.filter));
        }
    }

    fn wait(&mut self, check: u32) -> Wait {
        let run = self.run;
        if let Some(General::Entries { kinds, distinct, planned, op, count }) = run.program.generals.get(check as usize)
        {
            let mut more = Vec::new();
            for (kind, filter) in kinds {
                let slot = run.record.kinds.get(*kind as usize).copied().unwrap_or_default();
                if !slot.complete {
                    let name = show::scope_name(&run.program.tree, Scope::Kind(*kind)).to_owned();
                    let mut items = Items::default();
                    items.insert(self.place(name));
                    more.push((Some(items), !distinct));
                    continue;
                }
                let entries = || run.record.entries(slot).iter();
                if *distinct && entries().any(|entry| run.counts(*kind, entry, *filter, *planned) == Tri::Yes) {
                    continue;
                }
                let unsure: Vec<Option<Items>> = entries()
                    .filter(|entry| run.counts(*kind, entry, *filter, *planned) == Tri::Unknown)
                    .map(|entry| self.givable(&run.why_unknown(*filter, Here::Entry(*kind, entry)).list))
                    .collect();
                if *distinct && !unsure.is_empty() {
                    // The kind counts once, and is settled for sure when every entry of it is.
                    let all = unsure
                        .into_iter()
                        .reduce(|a, b| {
                            let mut both = a?;
                            both.extend(&b?);
                            Some(both)
                        })
                        .flatten();
                    more.push((all, false));
                } else {
                    more.extend(unsure.into_iter().map(|items| (items, false)));
                }
            }
            let sure = run.count(kinds, Counting { distinct: *distinct, planned: *planned }, u64::MAX).sure;
            return Wait::Count { sure, more, op: *op, wanted: u64::from(*count) };
        }
        match self.givable(&run.why(check, Here::Nothing).list) {
            Some(items) => Wait::All(items),
            None => Wait::Never,
        }
    }

    /// Every item that some test of a criterion waits for.
    fn items(&self, criterion: &OpenCriterion) -> Items {
        let mut items = Items::default();
        for check in &criterion.checks {
            match self.waits.get(check) {
                Some(Wait::All(all)) => items.extend(all),
                Some(Wait::Count { more, .. }) => {
                    more.iter().filter_map(|(items, _)| items.as_ref()).for_each(|more| items.extend(more));
                }
                Some(Wait::Never) | None => {}
            }
        }
        items
    }

    /// The index of an item.
    fn place(&mut self, name: String) -> usize {
        let next = self.names.len();
        *self.places.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        })
    }

    /// The items of reasons that a record could mend; `None` when one of them it cannot.
    fn givable(&mut self, reasons: &[Reason]) -> Option<Items> {
        let mut items = Items::default();
        for reason in reasons {
            match reason.why {
                Why::NotEncoded | Why::UndefinedArithmetic => return None,
                _ => items.insert(self.place(reason.item.clone())),
            };
        }
        if items.len() == 0 { None } else { Some(items) }
    }

    /// The items in alphabetical order.
    fn sorted(&self, items: &Items) -> Vec<usize> {
        let mut list: Vec<usize> = items.iter().collect();
        list.sort_by_key(|item| self.names.get(*item));
        list
    }

    fn named(&self, items: &Items) -> Vec<String> {
        self.sorted(items).into_iter().filter_map(|item| self.names.get(item).cloned()).collect()
    }

    /// Whether the ends can be reached, looked at within a part of the budget; `None` where that is not enough.
    fn look(&mut self, ends: &[(Target, Tri)], freed: &Items) -> Option<bool> {
        let most = (self.budget / LOOKS).min(self.steps);
        let kept = self.steps - most;
        self.steps = most;
        let found = self.can_end(ends, freed);
        let cut = std::mem::replace(&mut self.exhausted, false);
        self.steps += kept;
        if cut { None } else { Some(found) }
    }

    /// What belongs to every set out of `items` that reaches the ends, since not even everything else makes up for it;
    /// `None` where no set reaches them. To give more never closes an end.
    fn needed(&mut self, ends: &[(Target, Tri)], items: &Items) -> Option<Items> {
        if self.look(ends, items) == Some(false) {
            return None;
        }
        let mut needed = Items::default();
        for item in items.iter() {
            let mut others = items.clone();
            others.remove(item);
            if self.look(ends, &others) == Some(false) {
                needed.insert(item);
            }
        }
        Some(needed)
    }

    /// The smallest set that makes some criterion fail.
    fn failing(&mut self, open: &[OpenCriterion]) -> Option<Decisive> {
        let mut searches = Vec::new();
        for criterion in open {
            let items = self.items(criterion);
            if let Some(needed) = self.needed(&[(criterion.root, Tri::No)], &items) {
                searches.push((criterion, items, needed));
            }
        }
        let most = searches.iter().map(|(_, items, _)| items.len()).max().unwrap_or(0);
        for size in 1..=most {
            for (criterion, items, needed) in &searches {
                if let Some(set) = self.set_of(size, items, needed, &[(criterion.root, Tri::No)]) {
                    return Some(Decisive {
                        verdict: Verdict::Ineligible,
                        items: self.named(&set),
                        criteria: vec![criterion.id.clone()],
                        smallest: !self.exhausted,
                    });
                }
                if self.exhausted {
                    return None;
                }
            }
        }
        None
    }

    /// A set of just `size` of the items that can reach the ends and has all of `needed`, the first in order.
    fn set_of(&mut self, size: usize, items: &Items, needed: &Items, ends: &[(Target, Tri)]) -> Option<Items> {
        let rest: Vec<usize> = self.sorted(items).into_iter().filter(|item| !needed.contains(*item)).collect();
        let size = size.checked_sub(needed.len())?;
        if size > rest.len() {
            return None;
        }
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let mut set = needed.clone();
            chosen.iter().filter_map(|index| rest.get(*index)).for_each(|item| set.insert(*item));
            if self.can_end(ends, &set) {
                return Some(set);
            }
            if self.exhausted {
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
    /// looked for.
    fn passing(&mut self, open: &[OpenCriterion]) -> Option<Decisive> {
        let mut union = Items::default();
        let mut universe = Items::default();
        let mut total = 0;
        for criterion in open {
            let items = self.items(criterion);
            universe.extend(&items);
            total += items.len();
            let ends = [(criterion.root, Tri::Yes)];
            let needed = self.needed(&ends, &items)?;
            let mut found = None;
            for size in 1..=items.len() {
                found = self.set_of(size, &items, &needed, &ends);
                if found.is_some() || self.exhausted {
                    break;
                }
            }
            union.extend(&found?);
        }
        // Sets that share nothing cannot be bettered together, nor can one item a criterion when one does for all.
        let apart = total == universe.len();
        let ends: Vec<(Target, Tri)> = open.iter().map(|criterion| (criterion.root, Tri::Yes)).collect();
        let mut set = union;
        let mut exact = apart || (set.len() == 1) || (open.len() == 1);
        if !self.can_end(&ends, &set) {
            if self.exhausted || !self.can_end(&ends, &universe) {
                return None;
            }
            set = universe.clone();
            exact = false;
        }
        if !exact {
            for item in self.sorted(&set) {
                let mut fewer = set.clone();
                fewer.remove(item);
                if self.can_end(&ends, &fewer) {
                    set = fewer;
                }
            }
            (set, exact) = self.fewest(&ends, &universe, set);
        }
        Some(Decisive {
            verdict: Verdict::Eligible,
            items: self.named(&set),
            criteria: open.iter().map(|criterion| criterion.id.clone()).collect(),
            smallest: exact && !self.exhausted,
        })
    }

    /// A smallest set that reaches the ends, given one that does, and whether it is surely a smallest.
    fn fewest(&mut self, ends: &[(Target, Tri)], universe: &Items, set: Items) -> (Items, bool) {
        let Some(needed) = self.needed(ends, universe) else {
            return (set, false);
        };
        let rest = universe.len() - needed.len();
        for size in needed.len().max(1)..set.len() {
            // Every set costs a step a criterion at least, so that more of them than this could not all be tried.
            if combinations(rest, size - needed.len()).saturating_mul(ends.len()) > self.steps as usize {
                return (set, false);
            }
            if let Some(found) = self.set_of(size, universe, &needed, ends) {
                return (found, true);
            }
            if self.exhausted {
                return (set, false);
            }
        }
        (set, true)
    }

    /// Whether all of `ends` can be reached at once when `freed` is.
    fn can_end(&mut self, ends: &[(Target, Tri)], freed: &Items) -> bool {
        let mut attempt = Attempt { freed, chosen: Vec::new() };
        self.reach(ends, None, &mut attempt, 0)
    }

    /// Follows the first of `ends` from `at` (its beginning when `None`), then the others.
    fn reach(&mut self, ends: &[(Target, Tri)], at: Option<Target>, attempt: &mut Attempt<'_>, depth: u32) -> bool {
        let Some(((root, end), rest)) = ends.split_first() else {
            return true;
        };
        let mut at = at.unwrap_or(*root);
        loop {
            let Some(node) = self.run.program.nodes.get(at.0 as usize).copied() else {
                return at.answer() == *end && self.reach(rest, None, attempt, depth);
            };
            if self.steps == 0 || depth > MAX_DEPTH {
                self.exhausted = true;
                return false;
            }
            self.steps -= 1;
            let run = self.run;
            let known = *self.answers.entry(node.check).or_insert_with(|| run.check(node.check, Here::Nothing));
            let chosen = attempt.chosen.iter().find(|(check, _)| *check == node.check).map(|(_, answer)| *answer);
            at = match chosen.or(known.known()) {
                Some(true) => node.yes,
                Some(false) => node.no,
                None => {
                    let (can_yes, can_no) = self.freedom(node.check, attempt.freed);
                    for (can, answer, next) in [(can_yes, true, node.yes), (can_no, false, node.no)] {
                        if !can || !self.consistent(node.check, answer, attempt) {
                            continue;
                        }
                        attempt.chosen.push((node.check, answer));
                        if self.reach(ends, Some(next), attempt, depth + 1) {
                            return true;
                        }
                        attempt.chosen.pop();
                    }
                    if can_yes && can_no {
                        return false;
                    }
                    node.unknown
                }
            };
        }
    }

    /// Whether an unknown test can be made to answer yes, and no.
    fn freedom(&mut self, check: u32, freed: &Items) -> (bool, bool) {
        self.prepare(check);
        match self.waits.get(&check) {
            None | Some(Wait::Never) => (false, false),
            Some(Wait::All(items)) => {
                let all = items.is_subset(freed);
                (all, all)
            }
            Some(Wait::Count { sure, more, op, wanted }) => {
                let enough = if *op == Comparison::Ge { *wanted } else { wanted + 1 };
                let mut could_count = Some(*sure);
                let mut could_stay = Some(*sure);
                for (items, unbounded) in more {
                    let free = items.as_ref().is_some_and(|items| items.is_subset(freed));
                    let side = if free { &mut could_count } else { &mut could_stay };
                    *side = if *unbounded { None } else { side.map(|count| count + 1) };
                }
                let reaches = could_count.is_none_or(|count| count >= enough);
                let falls_short = could_stay.is_some_and(|count| count < enough);
                if *op == Comparison::Ge { (reaches, falls_short) } else { (falls_short, reaches) }
            }
        }
    }

    /// Whether some value of the fact that a test looks at gives this answer and those chosen before.
    fn consistent(&self, check: u32, answer: bool, attempt: &Attempt<'_>) -> bool {
        let Some(subject) = self.subjects.get(&check) else {
            return true;
        };
        let others = attempt.chosen.iter().filter(|(other, _)| self.subjects.get(other) == Some(subject));
        let demands: Vec<Demand> =
            others.copied().chain([(check, answer)]).filter_map(|(check, answer)| self.demand(check, answer)).collect();
        let fact = self.run.program.tree.facts.get(subject.0 as usize);
        fact.is_none_or(|fact| demand::meets_all(&demands, &fact.ty, fact.possible.as_ref()))
    }

    fn demand(&self, check: u32, answer: bool) -> Option<Demand> {
        match self.run.program.generals.get(check as usize)? {
            General::Compare { op, right: Quantity::Number(_, bound), .. } => {
                Some(Demand::Number(*op, bound.clone(), answer))
            }
            General::Among { values, .. } => Some(Demand::Words(values.clone(), answer)),
            _ => None,
        }
    }
}

/// How many sets of `size` out of `count` there are.
fn combinations(count: usize, size: usize) -> usize {
    (0..size).fold(1usize, |sets, taken| sets.saturating_mul(count.saturating_sub(taken)) / (taken + 1))
}

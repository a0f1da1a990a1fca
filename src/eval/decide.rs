//! Which few missing items could still decide the verdict.
//!
//! An item is what a [`super::Reason`] names. To *free* a set of items is to let every test that is unknown for want
//! of nothing outside the set answer yes or no, one way throughout, and bounds on one fact only as some value could
//! answer them all. A set decides a criterion one way when some such answers end it so, whatever is still unknown.
//! Sets are tried by size, under a budget of steps.

use std::collections::{BTreeSet, HashMap};

use crate::number::{Bound, Comparison, Interval, Rational};
use crate::tree::Select;

use super::program::{General, Place, Quantity, Scope, Target};
use super::record::Slot;
use super::report::{Decisive, Reason, Why};
use super::run::{Here, Run};
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

type Items = BTreeSet<String>;

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

/// What a value of a plain fact has to answer.
#[derive(Clone)]
enum Demand {
    Number(Comparison, Rational, bool),
    Words(Vec<u64>, bool),
}

struct Search<'a> {
    run: Run<'a>,
    waits: HashMap<u32, Wait>,
    /// The plain fact that a test looks at alone, and how.
    subjects: HashMap<u32, (u32, Target)>,
    answers: HashMap<u32, Tri>,
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

    fn wait(&self, check: u32) -> Wait {
        let run = self.run;
        if let Some(General::Entries { kinds, distinct, op, count }) = run.program.generals.get(check as usize) {
            let mut more = Vec::new();
            for (kind, filter) in kinds {
                let slot = run.record.kinds.get(*kind as usize).copied().unwrap_or_default();
                if !slot.complete {
                    let name = show::scope_name(&run.program.tree, Scope::Kind(*kind)).to_owned();
                    more.push((Some(Items::from([name])), !distinct));
                    continue;
                }
                let entries = || run.record.entries(slot).iter().map(|entry| Here::Entry(*kind, entry));
                if *distinct && entries().any(|here| run.follow(*filter, here) == Tri::Yes) {
                    continue;
                }
                let unsure: Vec<Option<Items>> = entries()
                    .filter(|here| run.follow(*filter, *here) == Tri::Unknown)
                    .map(|here| givable(&run.why_unknown(*filter, here).list))
                    .collect();
                if *distinct && !unsure.is_empty() {
                    // The kind counts once, and is settled for sure when every entry of it is.
                    let all = unsure.into_iter().reduce(|a, b| Some(&a? | &b?)).flatten();
                    more.push((all, false));
                } else {
                    more.extend(unsure.into_iter().map(|items| (items, false)));
                }
            }
            let sure = run.count(kinds, *distinct, u64::MAX).sure;
            return Wait::Count { sure, more, op: *op, wanted: u64::from(*count) };
        }
        match givable(&run.why(check, Here::Nothing).list) {
            Some(items) => Wait::All(items),
            None => Wait::Never,
        }
    }

    /// Every item that some test of a criterion waits for.
    fn items(&self, criterion: &OpenCriterion) -> Vec<String> {
        let mut items = Items::new();
        for check in &criterion.checks {
            match self.waits.get(check) {
                Some(Wait::All(all)) => items.extend(all.iter().cloned()),
                Some(Wait::Count { more, .. }) => {
                    items.extend(more.iter().filter_map(|(items, _)| items.as_ref()).flatten().cloned());
                }
                Some(Wait::Never) | None => {}
            }
        }
        items.into_iter().collect()
    }

    /// The smallest set that makes some criterion fail.
    fn failing(&mut self, open: &[OpenCriterion]) -> Option<Decisive> {
        let items: Vec<Vec<String>> = open.iter().map(|criterion| self.items(criterion)).collect();
        let most = items.iter().map(Vec::len).max().unwrap_or(0);
        for size in 1..=most {
            for (criterion, items) in open.iter().zip(&items) {
                if let Some(set) = self.smallest_of(criterion, items, size, Tri::No) {
                    return Some(Decisive {
                        verdict: Verdict::Ineligible,
                        items: set.into_iter().collect(),
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

    /// A set of just `size` of the items that can end the criterion so, the first in order.
    fn smallest_of(&mut self, criterion: &OpenCriterion, items: &[String], size: usize, end: Tri) -> Option<Items> {
        let mut chosen: Vec<usize> = (0..size).collect();
        if size > items.len() {
            return None;
        }
        loop {
            let set: Items = chosen.iter().filter_map(|index| items.get(*index).cloned()).collect();
            if self.can_end(&[(criterion.root, end)], &set) {
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
                if value < items.len() - (size - place) {
                    for (offset, later) in chosen.iter_mut().skip(place).enumerate() {
                        *later = value + 1 + offset;
                    }
                    break;
                }
            }
        }
    }

    /// A set that makes every criterion pass: the smallest sets of each joined, and where those cannot all be had at
    /// once, everything; then whatever can be spared is left out.
    fn passing(&mut self, open: &[OpenCriterion]) -> Option<Decisive> {
        let mut union = Items::new();
        let mut universe = Items::new();
        let mut total = 0;
        for criterion in open {
            let items = self.items(criterion);
            universe.extend(items.iter().cloned());
            total += items.len();
            let set = (1..=items.len()).find_map(|size| {
                if self.exhausted { None } else { self.smallest_of(criterion, &items, size, Tri::Yes) }
            })?;
            union.extend(set);
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
            set = universe;
            exact = false;
        }
        if !exact {
            for item in set.clone() {
                let mut fewer = set.clone();
                fewer.remove(&item);
                if self.can_end(&ends, &fewer) {
                    set = fewer;
                }
            }
            exact = set.len() == 1;
        }
        Some(Decisive {
            verdict: Verdict::Eligible,
            items: set.into_iter().collect(),
            criteria: open.iter().map(|criterion| criterion.id.clone()).collect(),
            smallest: exact && !self.exhausted,
        })
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
        if demands.len() < 2 && !matches!(demands.first(), Some(Demand::Number(..))) {
            return true;
        }
        let fact = self.run.program.tree.facts.get(subject.0 as usize);
        let limits = fact.and_then(|fact| match &fact.ty {
            crate::tree::ValueType::Score { low, high, .. } => Some((low.clone(), high.clone())),
            _ => fact.possible.clone(),
        });
        meets_all(&demands, limits)
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

/// The items of reasons that a record could mend; `None` when one of them it cannot.
fn givable(reasons: &[Reason]) -> Option<Items> {
    let mut items = Items::new();
    for reason in reasons {
        match reason.why {
            Why::NotEncoded | Why::UndefinedArithmetic => return None,
            _ => items.insert(reason.item.clone()),
        };
    }
    if items.is_empty() { None } else { Some(items) }
}

/// Whether one value meets every demand.
fn meets_all(demands: &[Demand], possible: Option<(Rational, Rational)>) -> bool {
    let mut left = match possible {
        Some((low, high)) => match Interval::closed(low, high) {
            Some(left) => left,
            None => return false,
        },
        None => Interval::everything(),
    };
    let mut holes: Vec<&Rational> = Vec::new();
    let mut words: Option<Vec<u64>> = None;
    for demand in demands {
        match demand {
            Demand::Number(op, bound, answer) => {
                let op = if *answer { *op } else { opposite(*op) };
                if op == Comparison::Ne {
                    holes.push(bound);
                    continue;
                }
                let Some(rest) = left.intersect(&Interval::from_comparison(op, bound.clone())) else {
                    return false;
                };
                left = rest;
            }
            Demand::Words(values, answer) => {
                let next: Vec<u64> = values.iter().map(|word| if *answer { *word } else { !word }).collect();
                words = Some(match words {
                    None => next,
                    Some(words) => words.iter().zip(&next).map(|(a, b)| a & b).collect(),
                });
            }
        }
    }
    let pinned = match (&left.low, &left.high) {
        (Bound::Closed(low), Bound::Closed(high)) if low == high => holes.contains(&low),
        _ => false,
    };
    !pinned && words.is_none_or(|words| words.iter().any(|word| *word != 0))
}

fn opposite(op: Comparison) -> Comparison {
    match op {
        Comparison::Ge => Comparison::Lt,
        Comparison::Gt => Comparison::Le,
        Comparison::Le => Comparison::Gt,
        Comparison::Lt => Comparison::Ge,
        Comparison::Eq => Comparison::Ne,
        Comparison::Ne => Comparison::Eq,
    }
}

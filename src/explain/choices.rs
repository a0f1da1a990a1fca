//! What a blank may be filled with: of all that it could be, enough that every way the tests can answer is among them.
//!
//! A number is tried on both sides of each bound it meets and on the bound; a date on the first and last day of each
//! window and on the days before and after them; a word in each of its values. Where a formula, not the value, meets the bound,
//! the place where the answer turns is looked for by halving.

use super::completion::{self, Blank, Completion, Fill};
use super::items;
use super::ticks::{Ticks, shifted};
use crate::calendar::{self, PartialDateTime};
use crate::eval::Evaluator;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::code::{CheckId, WindowAnchor};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::moment::{SpanEnd, TimeSpan};
use crate::eval::time;
use crate::eval::uses::{Dependency, Spot, Uses};
use crate::ir::{Length, Relation};
use crate::number::Interval;
use crate::record::model::{End, Record, Value};
use crate::record::name_table::small;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, FactId, GroupId, KindId};
use crate::units::TimeUnit;

/// More dates than this are not tried.
const MAX_DATES: usize = 160;
/// Results and entries of one kind that are tried at a time.
const MAX_RESULTS: usize = 2;
const MAX_ENTRIES: u32 = 4;

/// What a blank may be filled with, and whether nothing else could make a difference.
pub(crate) struct Choices {
    pub(crate) fills: Vec<Fill>,
    pub(crate) all: bool,
}

/// The makers of choices, for one search.
pub(crate) struct Chooser<'a> {
    pub(crate) evaluator: &'a Evaluator,
    pub(crate) uses: &'a Uses,
    /// What the criteria that are looked at depend on.
    pub(crate) subjects: &'a dyn Fn(&Dependency) -> bool,
    /// The tests whose answers may turn with a value that is in a formula.
    pub(crate) checks: &'a [CheckId],
    /// The group under whose key a kind's entries are given.
    pub(crate) group: Option<GroupId>,
}

impl Chooser<'_> {
    pub(crate) fn choices(&self, at: &Completion, blank: Blank) -> Choices {
        let mut choices = self.of_blank(at, blank);
        // Where a dose that adds up turns is looked for and not worked out.
        choices.all &= !self.adds_up(blank);
        choices
    }

    /// Whether a blank is of an entry that adds to a daily dose, or of an anchor while there is one.
    fn adds_up(&self, blank: Blank) -> bool {
        match blank {
            Blank::Kind(kind) | Blank::Start(kind, _) | Blank::End(kind, _) | Blank::EntryAttribute(kind, ..) => {
                self.uses.dosed.contains(&kind)
            }
            Blank::Anchor(_) => !self.uses.dosed.is_empty(),
            Blank::Question(_)
            | Blank::Result(_)
            | Blank::At(..)
            | Blank::Value(..)
            | Blank::ResultAttribute(..)
            | Blank::Uln(..)
            | Blank::Lln(..) => false,
        }
    }

    fn of_blank(&self, at: &Completion, blank: Blank) -> Choices {
        let record = &at.record;
        let all = |fills: Vec<Fill>| Choices { fills, all: true };
        match blank {
            Blank::Question(_) => all(vec![Fill::Answer(true), Fill::Answer(false)]),
            Blank::Anchor(anchor) => self.anchor(record, anchor),
            Blank::Kind(kind) => self.entries(record, kind),
            Blank::Result(fact) => self.results(record, fact),
            Blank::Start(kind, index) => self.start(record, kind, index),
            Blank::End(kind, index) => self.end(record, kind, index),
            Blank::At(fact, index) => {
                let within = completion::result(record, fact, index).and_then(|observation| observation.at);
                let windows = self.windows(Scope::Fact(fact));
                let mut ticks = self.ticks(record, &windows, None);
                for other in 0..items::results(record, fact) {
                    if let Some(at) = completion::result(record, fact, other).and_then(|observation| observation.at) {
                        ticks.given(&at, true);
                    }
                }
                all(dates(ticks, within))
            }
            Blank::Value(fact, index) => {
                let scope = Scope::Fact(fact);
                let known = completion::result(record, fact, index).map(|observation| observation.value);
                let Some(declared) = self.evaluator.schema.tree.facts.get(fact) else {
                    return all(Vec::new());
                };
                self.values(at, blank, Spot::Fact(fact), (&declared.ty, declared.possible.as_ref()), known, scope)
            }
            Blank::EntryAttribute(kind, index, attribute) => {
                let of = completion::entry(record, kind, index).map(|entry| entry.attributes);
                let known = of.and_then(|of| record.attribute(of, attribute));
                self.attribute(at, blank, Scope::Kind(kind), attribute, known)
            }
            Blank::ResultAttribute(fact, index, attribute) => {
                let of = completion::result(record, fact, index).map(|observation| observation.attributes);
                let known = of.and_then(|of| record.attribute(of, attribute));
                self.attribute(at, blank, Scope::Fact(fact), attribute, known)
            }
            Blank::Uln(fact, index) | Blank::Lln(fact, index) => self.limits(record, blank, fact, index),
        }
    }

    fn windows(&self, scope: Scope) -> Vec<(Relation, WindowAnchor)> {
        self.uses.windows.get(&scope).cloned().unwrap_or_default()
    }

    /// The ends of some windows whose anchors are known.
    pub(crate) fn ticks(
        &self,
        record: &Record,
        windows: &[(Relation, WindowAnchor)],
        half_life: Option<&Interval>,
    ) -> Ticks {
        let mut ticks = Ticks::default();
        for (relation, anchor) in windows {
            let instants = time::compares_instants(relation);
            for given in self.anchor_dates(record, anchor) {
                ticks.given(&given, instants);
                for on_scale in AnchorTime::Date(Some(given)).ticks(&PartialDateTime::whole_line(), instants) {
                    let (from, to) = time::ends(relation, on_scale, half_life);
                    for end in [from, to].into_iter().flatten() {
                        ticks.around(end.first, instants);
                        ticks.around(end.last, instants);
                    }
                }
            }
        }
        ticks
    }

    /// The dates that are known of that which a window is about: of an entry those of each that it may be.
    fn anchor_dates(&self, record: &Record, anchor: &WindowAnchor) -> Vec<PartialDateTime> {
        let run = Run { evaluator: self.evaluator, record };
        match run.anchor_time(anchor) {
            AnchorTime::Date(date) => date.into_iter().collect(),
            AnchorTime::Entry(point) => {
                let of = |span: &TimeSpan| match span.end {
                    SpanEnd::At(end) => [Some(span.start), Some(end)],
                    SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown => [Some(span.start), None],
                };
                let dates = point.entries.iter().flat_map(|(_, span)| of(span)).flatten();
                dates.filter(|date| *date != PartialDateTime::whole_line()).collect()
            }
        }
    }

    /// Adds to the days of an entry those that make another date be on an end of a window about the entry.
    fn anchoring(&self, record: &Record, kind: KindId, ticks: &mut Ticks) {
        if !self.uses.anchoring.contains(&kind) {
            return;
        }
        for (scope, windows) in &self.uses.windows {
            let lengths: Vec<Length> = windows.iter().flat_map(|(relation, _)| relation.lengths().cloned()).collect();
            for date in known_dates(record, *scope) {
                shifted(ticks, &date, &lengths);
                ticks.given(&date, true);
            }
        }
        for date in record.anchors.iter().flatten() {
            ticks.given(date, true);
        }
    }

    pub(crate) fn half_life(&self, record: &Record, kind: KindId, index: usize) -> Option<Interval> {
        let entry = completion::entry(record, kind, index)?;
        Run { evaluator: self.evaluator, record }.half_life(EvalScope::Entry(kind, entry))
    }

    fn start(&self, record: &Record, kind: KindId, index: usize) -> Choices {
        let entry = completion::entry(record, kind, index);
        let half_life = self.half_life(record, kind, index);
        let mut ticks = self.ticks(record, &self.windows(Scope::Kind(kind)), half_life.as_ref());
        let end = entry.and_then(|entry| match entry.end {
            End::At(end) => Some(end),
            End::Absent | End::Running => None,
        });
        let lengths = self.lengths(Scope::Kind(kind));
        if let Some(end) = &end {
            shifted(&mut ticks, end, &lengths);
        }
        for (_, anchor) in self.windows(Scope::Kind(kind)) {
            for given in self.anchor_dates(record, &anchor) {
                shifted(&mut ticks, &given, &lengths);
            }
        }
        self.touching(record, kind, &mut ticks);
        self.anchoring(record, kind, &mut ticks);
        let mut found = ticks.dates(entry.and_then(|entry| entry.start));
        if let Some(end) = &end {
            found.retain(|start| start.first_day() <= end.last_day());
        }
        let all = found.len() <= MAX_DATES && !self.uses.anchoring.contains(&kind);
        Choices { all, fills: found.into_iter().take(MAX_DATES).map(Fill::Date).collect() }
    }

    fn end(&self, record: &Record, kind: KindId, index: usize) -> Choices {
        let entry = completion::entry(record, kind, index);
        let half_life = self.half_life(record, kind, index);
        let mut ticks = self.ticks(record, &self.windows(Scope::Kind(kind)), half_life.as_ref());
        let start = entry.and_then(|entry| entry.start);
        if let Some(start) = &start {
            ticks.given(start, true);
            shifted(&mut ticks, start, &self.lengths(Scope::Kind(kind)));
        }
        self.anchoring(record, kind, &mut ticks);
        let within = entry.and_then(|entry| match entry.end {
            End::At(end) => Some(end),
            End::Absent | End::Running => None,
        });
        self.touching(record, kind, &mut ticks);
        let mut found = ticks.dates(within);
        if let Some(start) = &start {
            found.retain(|end| end.last_day() >= start.first_day() && end.first_day() >= start.first_day());
        }
        let mut fills: Vec<Fill> = found.into_iter().map(Fill::Date).collect();
        if within.is_none() {
            fills.insert(0, Fill::Running);
        }
        Choices { fills, all: !self.uses.anchoring.contains(&kind) }
    }

    /// The days on which an entry of this kind would just touch another of its courses.
    fn touching(&self, record: &Record, kind: KindId, ticks: &mut Ticks) {
        for (gap, kinds) in self.uses.courses.get(&kind).into_iter().flatten() {
            for date in kinds.iter().flat_map(|kind| known_dates(record, Scope::Kind(*kind))) {
                let days = date.days();
                for (day, by) in [(days.first, -1), (days.last, 1)] {
                    ticks.around(i64::from(day) + by * (i64::from(*gap) + 1), false);
                }
            }
        }
    }

    /// The lengths of the windows of a scope.
    fn lengths(&self, scope: Scope) -> Vec<Length> {
        self.uses
            .windows
            .get(&scope)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .flat_map(|(relation, _)| relation.lengths().cloned())
            .collect()
    }

    /// An anchor: where the known dates, and the other anchors, are on an end of one of its windows.
    fn anchor(&self, record: &Record, anchor: AnchorId) -> Choices {
        let mut ticks = Ticks::default();
        let here = |windows: &[(Relation, WindowAnchor)]| -> Vec<Length> {
            windows
                .iter()
                .filter(|(_, of)| of.date() == Some(anchor))
                .flat_map(|(relation, _)| relation.lengths().cloned())
                .collect()
        };
        for (scope, windows) in &self.uses.windows {
            let subject = match scope {
                Scope::Fact(fact) => Dependency::Fact(*fact),
                Scope::Kind(kind) => Dependency::Kind(*kind),
                Scope::Nothing => continue,
            };
            if !(self.subjects)(&subject) || !windows.iter().any(|(_, of)| of.date() == Some(anchor)) {
                continue;
            }
            let own = here(windows);
            for date in known_dates(record, *scope) {
                shifted(&mut ticks, &date, &own);
                ticks.given(&date, own.iter().any(Length::on_clock));
            }
            // A date that is free between two anchors ties them together.
            for (_, other) in windows.iter().filter(|(_, other)| other.date() != Some(anchor)) {
                for given in self.anchor_dates(record, other) {
                    let both: Vec<Length> =
                        windows.iter().flat_map(|(relation, _)| relation.lengths().cloned()).collect();
                    shifted(&mut ticks, &given, &both);
                }
            }
        }
        for (spot, windows) in &self.uses.dates {
            let Spot::Fact(fact) = spot else { continue };
            if !(self.subjects)(&Dependency::Fact(*fact)) {
                continue;
            }
            for index in 0..items::results(record, *fact) {
                if let Some(Value::Date(date)) =
                    completion::result(record, *fact, index).map(|observation| observation.value)
                {
                    shifted(&mut ticks, &date, &here(windows));
                    ticks.given(&date, true);
                }
            }
        }
        for (fact, ages) in &self.uses.ages {
            for index in 0..items::results(record, *fact) {
                if let Some(Value::Date(born)) =
                    completion::result(record, *fact, index).map(|observation| observation.value)
                {
                    for years in ages.iter().filter(|(of, _)| *of == anchor).filter_map(|(_, age)| age.floor()) {
                        for day in [born.first_day(), born.last_day()] {
                            for years in [years, years + 1] {
                                if let Some(day) = calendar::add(day, years, TimeUnit::Year) {
                                    ticks.around(i64::from(day), false);
                                }
                            }
                        }
                    }
                }
            }
        }
        for other in record.anchors.iter().flatten() {
            ticks.given(other, true);
        }
        all_dates(ticks.dates(record.anchor(anchor)))
    }

    fn entries(&self, record: &Record, kind: KindId) -> Choices {
        let scope = Scope::Kind(kind);
        let windows = self.windows(scope);
        let event = self
            .evaluator
            .schema
            .tree
            .kinds
            .get(kind)
            .is_some_and(|kind| crate::eval::moment::ends_as_it_starts(kind.word));
        let stretches = windows.iter().any(|(relation, _)| relation.goes_on());
        let planned = windows.iter().any(|(relation, _)| relation.elaborate().of_a_mark());
        let mut forms = vec![(None, End::Absent)];
        if event && stretches {
            forms.push((None, End::Running));
        }
        if planned {
            forms.push((Some(true), End::Absent));
        }
        let counted = self.uses.counted.get(&kind).copied().unwrap_or(1);
        let filters = self.uses.filters.get(&scope).map_or(1, std::collections::HashSet::len);
        let wanted = counted.max(small(filters));
        let most = wanted.min(MAX_ENTRIES);
        // A bare `true` is at least one.
        let least = u32::from(record.kinds.get(kind).is_some_and(|slot| slot.given && slot.count > 0));
        let mut fills = Vec::new();
        let mut all = wanted <= MAX_ENTRIES && !self.uses.anchoring.contains(&kind);
        if let Some(group) = self.group {
            for count in 0..=counted.min(64) as usize {
                fills.push(Fill::Members { group, count });
            }
        }
        for count in least..=most {
            // All of one form, and one of each other form as well.
            fills.push(Fill::Entries(vec![(None, End::Absent); count as usize]));
            for form in forms.iter().skip(1).filter(|_| count > 0) {
                let mut entries = vec![(None, End::Absent); count as usize - 1];
                entries.push(*form);
                fills.push(Fill::Entries(entries));
                all &= count < 2;
            }
        }
        Choices { fills, all }
    }

    fn results(&self, record: &Record, fact: FactId) -> Choices {
        let windows = self.windows(Scope::Fact(fact));
        let instants = windows.iter().any(|(relation, _)| time::compares_instants(relation));
        let mut ticks = self.ticks(record, &windows, None);
        for index in 0..items::results(record, fact) {
            if let Some(at) = completion::result(record, fact, index).and_then(|observation| observation.at) {
                ticks.given(&at, instants);
            }
        }
        let dated: Vec<Option<PartialDateTime>> = if windows.is_empty() {
            vec![None]
        } else {
            std::iter::once(None).chain(ticks.dates(None).into_iter().map(Some)).collect()
        };
        let mut fills: Vec<Fill> = dated.iter().map(|date| Fill::Results(vec![*date])).collect();
        let filters = self.uses.filters.get(&Scope::Fact(fact)).map_or(1, std::collections::HashSet::len);
        let several = self.uses.several.contains(&fact);
        let wanted = if several { filters + 1 } else { filters };
        if wanted > 1 {
            for (at, first) in dated.iter().enumerate() {
                fills.extend(dated.iter().skip(at).map(|second| Fill::Results(vec![*first, *second])));
            }
        }
        Choices { fills, all: wanted <= MAX_RESULTS }
    }
}

fn all_dates(found: Vec<PartialDateTime>) -> Choices {
    Choices { all: found.len() <= MAX_DATES, fills: found.into_iter().take(MAX_DATES).map(Fill::Date).collect() }
}

fn dates(ticks: Ticks, within: Option<PartialDateTime>) -> Vec<Fill> {
    ticks.dates(within).into_iter().map(Fill::Date).collect()
}

/// The dates that a record gives of a scope.
fn known_dates(record: &Record, scope: Scope) -> Vec<PartialDateTime> {
    match scope {
        Scope::Nothing => Vec::new(),
        Scope::Fact(fact) => {
            (0..items::results(record, fact)).filter_map(|index| completion::result(record, fact, index)?.at).collect()
        }
        Scope::Kind(kind) => {
            let slot = record.kinds.get(kind).copied().unwrap_or_default();
            let ends = |end: End| match end {
                End::At(end) => Some(end),
                End::Absent | End::Running => None,
            };
            record.entries(slot).iter().flat_map(|entry| [entry.start, ends(entry.end)]).flatten().collect()
        }
    }
}

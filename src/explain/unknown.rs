//! Why a test is unknown: what the record would have to give, or give more precisely.

use std::collections::{HashMap, HashSet};

use crate::calendar::PartialDateTime;
use crate::ir::{Limit, Quantifier, Relation};
use crate::tree;

use super::report::{Reason, UnknownCause};
use crate::eval::code::{Age, Date, FactRead, Operand, OperandKind, Subject, Target, Test, TimeOf};
use crate::eval::interpreter::{EvalScope, Run, part_of};
use crate::eval::time::{self, SpanEnd, TimeSpan};
use crate::explain::display;
use crate::kleene::Tri;
use crate::record::model::{KindSlot, Observation, Slot, Value};
use crate::record::schema::{Scope, small};

/// Reasons found so far, each once.
#[derive(Debug, Default)]
pub(crate) struct Reasons {
    pub(crate) list: Vec<Reason>,
    seen: HashSet<(String, UnknownCause)>,
}

impl Reasons {
    fn add(&mut self, item: impl Into<String>, why: UnknownCause, text: impl Into<String>) {
        self.push(Reason { item: item.into(), why, text: text.into() });
    }

    fn push(&mut self, reason: Reason) {
        // A long list is looked through once a reason of the same item is there, and no sooner.
        let new = self.seen.insert((reason.item.clone(), reason.why));
        if new || !self.list.contains(&reason) {
            self.list.push(reason);
        }
    }

    fn extend(&mut self, other: Reasons) {
        other.list.into_iter().for_each(|reason| self.push(reason));
    }
}

impl<'a> Run<'a> {
    /// Why what begins at `root` is unknown.
    pub(crate) fn why_unknown(self, root: Target, here: EvalScope<'a>) -> Reasons {
        let mut reasons = Reasons::default();
        for check in self.unknown_checks(root, here) {
            reasons.extend(self.why(check, here));
        }
        reasons
    }

    /// The unknown tests to blame for an unknown end.
    pub(crate) fn unknown_checks(self, root: Target, here: EvalScope<'a>) -> Vec<u32> {
        let open = self.open_checks(root, here);
        if !open.is_empty() {
            return open;
        }
        self.path(root, here)
            .into_iter()
            .filter(|(_, answer)| *answer == Tri::Unknown)
            .map(|(check, _)| check)
            .collect()
    }

    /// Why a test is unknown.
    pub(crate) fn why(self, check: u32, here: EvalScope<'a>) -> Reasons {
        let mut reasons = Reasons::default();
        let Some(general) = self.program.generals.get(check as usize) else {
            return reasons;
        };
        let tree = &self.program.schema.tree;
        match general {
            Test::Compare { left, right, .. } => self.why_compare(check, left, right, here, &mut reasons),
            Test::IsOneOf { subject: place, .. } | Test::IsYes { subject: place } => {
                self.why_place(place, here, &mut reasons, |_, _| {});
            }
            Test::Entries { kinds, planned, .. } => {
                self.why_counts(kinds, *planned, &mut reasons);
            }
            Test::Window { of, relation, anchor, .. } => {
                self.why_window(of, relation, *anchor, here, &mut reasons);
                if reasons.list.is_empty() {
                    self.why_scale(of, relation, *anchor, here, &mut reasons);
                }
            }
            Test::Judged { question } => {
                if let Some(question) = tree.questions.get(*question as usize) {
                    let text = format!("the {} has not answered: {}", question.by, question.text);
                    reasons.add(format!("judgement {}", question.id), UnknownCause::NoJudgement, text);
                }
            }
            Test::Todo { .. } => {
                if let Some(tree::Test::Todo { text }) = self.test_of(check) {
                    reasons.add("todo", UnknownCause::NotEncoded, format!("not encoded yet: {text}"));
                }
            }
        }
        reasons
    }

    pub(crate) fn test_of(self, check: u32) -> Option<&'a tree::Test> {
        let (test, _) = self.program.origins.get(check as usize)?;
        self.program.schema.tree.tests.get(*test)
    }

    /// What an item that belongs to the result or entry in scope is called.
    fn item(self, here: EvalScope<'a>, part: &str) -> String {
        format!("{}.{part}", display::scope_name(&self.program.schema.tree, here.scope()))
    }

    fn why_compare(
        self,
        check: u32,
        left: &'a Operand,
        right: &'a Operand,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        for side in [left, right] {
            self.why_absent(side, here, reasons);
        }
        if reasons.list.is_empty() {
            for side in [left, right] {
                self.why_vague(side, here, reasons);
            }
        }
        if reasons.list.is_empty() {
            let test =
                self.test_of(check).map(|test| display::test(&self.program.schema.tree, test)).unwrap_or_default();
            reasons.add("arithmetic", UnknownCause::UndefinedArithmetic, format!("has no value here: {test}"));
        }
    }

    /// What keeps a quantity from having any value.
    fn why_absent(self, quantity: &'a Operand, here: EvalScope<'a>, reasons: &mut Reasons) {
        let tree = &self.program.schema.tree;
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, limit) => self.why_fact(read, *limit, reasons),
            OperandKind::Attribute(index) => self.why_attribute(*index, here, reasons),
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.why_absent(otherwise, here, reasons),
                _ => self.why_fact(read, None, reasons),
            },
            OperandKind::Age(age) => {
                if let Some(read) = self.recorded_age(age) {
                    self.why_fact(read, None, reasons);
                    return;
                }
                let name = display::fact_name(tree, age.from as usize);
                if self.record.slot(age.from) == Slot::Absent {
                    reasons.add(name, UnknownCause::NoRecord, format!("`{name}` is not given"));
                } else {
                    self.observations(age.from, |observation| {
                        if observation.value == Value::Unknown {
                            reasons.add(name, UnknownCause::NoValue, format!("`{name}` has no value"));
                        }
                    });
                }
                self.why_anchor(age.to, reasons);
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.why_absent(inner, here, reasons)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.follow(*condition, here);
                if answer != Tri::No {
                    self.why_absent(then, here, reasons);
                }
                if answer != Tri::Yes {
                    self.why_absent(otherwise, here, reasons);
                }
            }
        }
    }

    /// What keeps a quantity that has values from having one.
    fn why_vague(self, quantity: &'a Operand, here: EvalScope<'a>, reasons: &mut Reasons) {
        let tree = &self.program.schema.tree;
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, _) => self.why_vague_fact(read, reasons),
            OperandKind::Attribute(index) => {
                if let Some(Value::Number(number)) = self.attribute(*index, here)
                    && number.comparator.is_some()
                {
                    let item = self.attribute_item(*index, here);
                    let text = format!("`{item}` is given only as a limit");
                    reasons.add(item, UnknownCause::Censored, text);
                }
            }
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.why_vague(otherwise, here, reasons),
                _ => self.why_vague_fact(read, reasons),
            },
            OperandKind::Age(age) => {
                if let Some(read) = self.recorded_age(age) {
                    self.why_vague_age(age, read, reasons);
                    return;
                }
                let name = display::fact_name(tree, age.from as usize);
                self.observations(age.from, |observation| {
                    if let Value::Date(date) = observation.value
                        && date.days().as_day().is_none()
                    {
                        let text = format!("`{name}` is known only as {date}");
                        reasons.add(name, UnknownCause::DateTooCoarse, text);
                    }
                });
                self.why_coarse_anchor(age.to, false, reasons);
                if let Slot::Observations { count: 2.., .. } = self.record.slot(age.from) {
                    reasons.add(name, UnknownCause::ConflictingResults, format!("`{name}` is given more than once"));
                }
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.why_vague(inner, here, reasons)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.follow(*condition, here);
                if answer == Tri::Unknown {
                    reasons.extend(self.why_unknown(*condition, here));
                }
                if answer != Tri::No {
                    self.why_vague(then, here, reasons);
                }
                if answer != Tri::Yes {
                    self.why_vague(otherwise, here, reasons);
                }
            }
        }
    }

    /// The read of a recorded age, where the record gives one.
    fn recorded_age(self, age: &'a Age) -> Option<&'a FactRead> {
        age.recorded.as_ref().filter(|read| match read.quantifier {
            Quantifier::Latest => self.record.slot(read.fact) != Slot::Absent,
            // Of any or every recorded age there is no other.
            Quantifier::Any | Quantifier::Every => true,
        })
    }

    /// What keeps a recorded age from saying how many units are completed.
    fn why_vague_age(self, age: &'a Age, read: &'a FactRead, reasons: &mut Reasons) {
        self.why_vague_fact(read, reasons);
        if !reasons.list.is_empty() {
            return;
        }
        let name = display::fact_name(&self.program.schema.tree, read.fact as usize);
        let (mut without_day, mut coarse) = (false, false);
        self.observations(read.fact, |observation| match self.completed_of(age, observation) {
            None => without_day = true,
            Some(span) => coarse |= span.high != Some(span.low),
        });
        if without_day {
            self.why_anchor(age.to, reasons);
        }
        if coarse || reasons.list.is_empty() {
            let unit = age.unit.plural();
            let text = format!("`{name}` is given too coarsely to tell the completed {unit}");
            reasons.add(name, UnknownCause::DateTooCoarse, text);
        }
    }

    /// What keeps a fact from being read at all.
    fn why_fact(self, read: &FactRead, limit: Option<Limit>, reasons: &mut Reasons) {
        let name = display::fact_name(&self.program.schema.tree, read.fact as usize);
        if self.record.slot(read.fact) == Slot::Absent {
            reasons.add(name, UnknownCause::NoRecord, format!("`{name}` is not given"));
            self.why_filter_anchors(read.filter.root, reasons);
            return;
        }
        let mut definite = false;
        let mut undecided = Reasons::default();
        self.observations(read.fact, |observation| match self.member(read, observation) {
            Tri::No => {}
            Tri::Yes => {
                definite = true;
                self.why_lab(name, observation, limit, reasons);
            }
            Tri::Unknown => {
                let run = Run { program: self.program, record: self.record };
                undecided.extend(Run::why_unknown(
                    run,
                    read.filter.root,
                    EvalScope::Observation(read.fact, observation),
                ));
            }
        });
        if !definite && undecided.list.is_empty() {
            let text = format!("no result of `{name}` counts here{}", self.passed_over(read, ": "));
            reasons.add(name, UnknownCause::NoResultInWindow, text);
            self.why_filter_anchors(read.filter.root, reasons);
        } else if !definite {
            reasons.extend(undecided);
        }
    }

    fn why_lab(self, name: &str, observation: &Observation, limit: Option<Limit>, reasons: &mut Reasons) {
        if observation.value == Value::Unknown {
            reasons.add(name, UnknownCause::NoValue, format!("a result of `{name}` has no value"));
            return;
        }
        let (given, part, words) = match limit {
            None => return,
            Some(Limit::Uln) => (observation.uln, "uln", "upper"),
            Some(Limit::Lln) => (observation.lln, "lln", "lower"),
        };
        if given.is_none() {
            let text = format!("a result of `{name}` has no {words} limit of normal");
            reasons.add(format!("{name}.{part}"), UnknownCause::NoReferenceLimit, text);
        }
    }

    /// What keeps the results of a fact from settling a comparison.
    fn why_vague_fact(self, read: &FactRead, reasons: &mut Reasons) {
        let name = display::fact_name(&self.program.schema.tree, read.fact as usize);
        let mut values: Vec<Observation> = Vec::new();
        let mut undecided = Reasons::default();
        let mut look = |observation: &Observation| {
            values.push(*observation);
            if let Value::Number(number) = observation.value
                && number.comparator.is_some()
            {
                let text = format!("a result of `{name}` is given only as a limit");
                reasons.add(name, UnknownCause::Censored, text);
            }
            if let Value::Date(date) = observation.value
                && date.days().as_day().is_none()
            {
                reasons.add(name, UnknownCause::DateTooCoarse, format!("`{name}` is known only as {date}"));
            }
            if self.member(read, observation) == Tri::Unknown {
                let run = Run { program: self.program, record: self.record };
                undecided.extend(Run::why_unknown(
                    run,
                    read.filter.root,
                    EvalScope::Observation(read.fact, observation),
                ));
            }
        };
        match read.quantifier {
            Quantifier::Latest => {
                self.latest(read, look);
            }
            Quantifier::Any | Quantifier::Every => self.observations(read.fact, &mut look),
        }
        reasons.extend(undecided);
        let differ = match read.quantifier {
            Quantifier::Latest => values.windows(2).any(|pair| match pair {
                [a, b] => a.value != b.value,
                _ => false,
            }),
            // Each of them is asked.
            Quantifier::Any | Quantifier::Every => false,
        };
        if differ {
            let text = format!("results of `{name}` differ, and it is not told which is the latest");
            reasons.add(name, UnknownCause::ConflictingResults, text);
        }
    }

    fn attribute_item(self, index: Option<u32>, here: EvalScope<'a>) -> String {
        let scope = here.scope();
        let name = index
            .and_then(|index| self.program.schema.attributes(scope).get(index as usize))
            .map_or("attribute", |attribute| attribute.name.as_str());
        self.item(here, name)
    }

    fn why_attribute(self, index: Option<u32>, here: EvalScope<'a>, reasons: &mut Reasons) {
        if self.attribute(index, here).is_none() {
            let item = self.attribute_item(index, here);
            let text = format!("`{item}` is not given");
            reasons.add(item, UnknownCause::AttributeMissing, text);
        }
    }

    /// Why a coded, yes/no or date place is unknown; `vague` is asked of the values that are there.
    fn why_place(
        self,
        place: &Subject,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
        vague: impl Fn(&Value, &mut Reasons),
    ) {
        match place {
            Subject::Attribute(index) => {
                self.why_attribute(*index, here, reasons);
                if let Some(value) = self.attribute(*index, here) {
                    vague(&value, reasons);
                }
            }
            Subject::Fact(read) => {
                self.why_fact(read, None, reasons);
                if reasons.list.is_empty() {
                    self.observations(read.fact, |observation| vague(&observation.value, reasons));
                }
                if reasons.list.is_empty() {
                    self.why_vague_fact(read, reasons);
                }
            }
        }
    }

    fn why_anchor(self, anchor: u32, reasons: &mut Reasons) {
        if self.record.anchor(anchor).is_none() {
            let name = display::anchor_name(&self.program.schema.tree, anchor as usize);
            let text = format!("the date of {name} is not given");
            reasons.add(format!("anchor {name}"), UnknownCause::NoAnchor, text);
        }
    }

    fn why_coarse_anchor(self, anchor: u32, instants: bool, reasons: &mut Reasons) {
        if let Some(given) = self.record.anchor(anchor)
            && is_coarse(&given, instants)
        {
            let name = display::anchor_name(&self.program.schema.tree, anchor as usize);
            let text = format!("the date of {name} is known only as {given}");
            reasons.add(format!("anchor {name}"), UnknownCause::DateTooCoarse, text);
        }
    }

    /// The anchors without a date that a filter asks for: what is given later has to stand to them.
    fn why_filter_anchors(self, filter: Target, reasons: &mut Reasons) {
        for index in self.reachable(filter) {
            let check = self.program.nodes.get(index as usize).map_or(u32::MAX, |node| node.check);
            if let Some(Test::Window { anchor, undated: false, .. }) = self.program.generals.get(check as usize) {
                self.why_anchor(*anchor, reasons);
            }
        }
    }

    /// Kinds whose entries are not known. Where a record gives them under the key of a group, that is named.
    fn why_counts(self, kinds: &[(u32, Target)], planned: bool, reasons: &mut Reasons) {
        let slot = |kind: u32| self.record.kinds.get(kind as usize).copied().unwrap_or_default();
        let asked: HashMap<u32, Target> = kinds.iter().copied().collect();
        let mut covered: HashSet<u32> = HashSet::new();
        let mut groups: Vec<_> = self.program.schema.tree.groups.iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.members.len()));
        for group in groups {
            let members = || group.members.iter().map(|member| small(*member));
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

    fn why_count(self, kind: u32, filter: Target, planned: bool, reasons: &mut Reasons) {
        let name = display::scope_name(&self.program.schema.tree, Scope::Kind(kind));
        let slot = self.record.kinds.get(kind as usize).copied().unwrap_or_default();
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

    fn why_window(self, of: &'a TimeOf, relation: &Relation, anchor: u32, here: EvalScope<'a>, reasons: &mut Reasons) {
        let instants = time::compares_instants(relation);
        match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Nothing => {}
                EvalScope::Observation(_, observation) => match &observation.at {
                    None => {
                        let item = self.item(here, "at");
                        let text = format!(
                            "a result of `{}` has no date",
                            display::scope_name(&self.program.schema.tree, here.scope())
                        );
                        reasons.add(item, UnknownCause::NoDate, text);
                    }
                    Some(at) => {
                        self.why_anchor(anchor, reasons);
                        if reasons.list.is_empty() {
                            let item = self.item(here, "at");
                            why_coarse(item, at, instants, reasons);
                            self.why_coarse_anchor(anchor, instants, reasons);
                        }
                    }
                },
                EvalScope::Entry(kind, entry) => {
                    if time::needs_half_life(relation) && self.half_life(here).is_none() {
                        let item = self.item(here, "half_life");
                        let text = format!(
                            "no half-life is known for `{}`",
                            display::scope_name(&self.program.schema.tree, here.scope())
                        );
                        reasons.add(item, UnknownCause::NoHalfLife, text);
                        self.why_anchor(anchor, reasons);
                        return;
                    }
                    let moment = part_of(self.moment(kind, entry), of);
                    self.why_moment(&moment, entry.start.is_none(), relation, anchor, here, reasons);
                }
            },
            TimeOf::Attribute(Date::Own(_)) | TimeOf::Fact(_) => {
                let Some(place) = of.value() else { return };
                self.why_anchor(anchor, reasons);
                let given = self.record.anchor(anchor);
                let mut dates = Reasons::default();
                let item = match &place {
                    Subject::Fact(read) => display::fact_name(&self.program.schema.tree, read.fact as usize).to_owned(),
                    Subject::Attribute(index) => self.attribute_item(*index, here),
                };
                self.why_place(&place, here, &mut dates, |value, dates| {
                    if let Value::Date(date) = value
                        && time::stands(&TimeSpan::point(*date), relation, given.as_ref(), None) == Tri::Unknown
                    {
                        why_coarse(item.clone(), date, instants, dates);
                    }
                });
                reasons.extend(dates);
                if reasons.list.is_empty() {
                    self.why_coarse_anchor(anchor, instants, reasons);
                }
            }
        }
    }

    /// What is left when every date is precise: a half-life that is a limit, or clocks that cannot be compared.
    fn why_scale(self, of: &'a TimeOf, relation: &Relation, anchor: u32, here: EvalScope<'a>, reasons: &mut Reasons) {
        let tree = &self.program.schema.tree;
        if time::needs_half_life(relation) {
            let item = self.item(here, "half_life");
            let text = format!("`{item}` is given only as a limit");
            reasons.add(item, UnknownCause::Censored, text);
            return;
        }
        let item = match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Entry(..) => self.item(here, "start"),
                EvalScope::Nothing | EvalScope::Observation(..) => self.item(here, "at"),
            },
            TimeOf::Fact(read) => display::fact_name(tree, read.fact as usize).to_owned(),
            TimeOf::Attribute(Date::Own(index)) => self.attribute_item(*index, here),
        };
        let anchor = display::anchor_name(tree, anchor as usize);
        let text = format!("of `{item}` and {anchor} one has an offset from UTC and the other has none");
        reasons.add(item, UnknownCause::DateTooCoarse, text);
    }

    /// Which of an entry's start and end, and of the anchor, keeps a window from being answered: those that answer
    /// it, or change how, once they are taken as one of the days they may be; all that are vague when no single one
    /// does.
    fn why_moment(
        self,
        moment: &TimeSpan,
        undated: bool,
        relation: &Relation,
        anchor: u32,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        let instants = time::compares_instants(relation);
        let Some(given) = self.record.anchor(anchor) else {
            self.why_anchor(anchor, reasons);
            // Dates that leave more than a day open may have to be told too.
            let item = self.item(here, "start");
            if undated {
                let text = format!(
                    "an entry of `{}` has no start",
                    display::scope_name(&self.program.schema.tree, here.scope())
                );
                reasons.add(item, UnknownCause::NoDate, text);
            } else {
                why_coarse(item, &moment.start, false, reasons);
            }
            return;
        };
        let half_life = self.half_life(here);
        let settles = |moment: &TimeSpan, anchor: &PartialDateTime| {
            time::stands(moment, relation, Some(anchor), half_life.as_ref()) != Tri::Unknown
        };
        let starts = vague_days(&moment.start, &given, instants);
        let start_settles = starts.iter().any(|start| settles(&TimeSpan { start: *start, ..*moment }, &given));
        let end_is_vague = match &moment.end {
            SpanEnd::Unknown => true,
            SpanEnd::At(end) => is_coarse(end, instants),
            SpanEnd::Point | SpanEnd::Running => false,
        };
        let ends: Vec<SpanEnd> = match &moment.end {
            SpanEnd::Unknown => vec![SpanEnd::Running, SpanEnd::At(moment.start)],
            SpanEnd::At(end) => vague_days(end, &given, instants).into_iter().map(SpanEnd::At).collect(),
            SpanEnd::Point | SpanEnd::Running => Vec::new(),
        };
        let end_settles = ends.iter().any(|end| settles(&TimeSpan { end: *end, ..*moment }, &given));
        let none_settles = !start_settles && !end_settles;
        if !starts.is_empty() && (start_settles || none_settles) {
            let item = self.item(here, "start");
            if undated {
                let text = format!(
                    "an entry of `{}` has no start",
                    display::scope_name(&self.program.schema.tree, here.scope())
                );
                reasons.add(item, UnknownCause::NoDate, text);
            } else {
                why_coarse(item, &moment.start, instants, reasons);
            }
        }
        if end_is_vague && (end_settles || none_settles) {
            let item = self.item(here, "end");
            match &moment.end {
                SpanEnd::At(end) => why_coarse(item, end, instants, reasons),
                _ => {
                    let name = display::scope_name(&self.program.schema.tree, here.scope());
                    let text = format!("an entry of `{name}` has no end, and is not said to be running");
                    reasons.add(item, UnknownCause::NoDate, text);
                }
            }
        }
        if reasons.list.is_empty() || none_settles {
            self.why_coarse_anchor(anchor, instants, reasons);
        }
    }
}

/// A kind given as `true`.
fn is_bare_true(slot: KindSlot) -> bool {
    slot.given && !slot.complete
}

fn is_coarse(date: &PartialDateTime, instants: bool) -> bool {
    if instants { !date.has_time() } else { date.days().as_day().is_none() }
}

fn why_coarse(item: String, date: &PartialDateTime, instants: bool, reasons: &mut Reasons) {
    if is_coarse(date, instants) {
        let text = format!("`{item}` is known only as {date}");
        reasons.add(item, UnknownCause::DateTooCoarse, text);
    }
}

/// Some of the days that a vague date may be: its first and last, and the anchor's where they have no end.
fn vague_days(date: &PartialDateTime, anchor: &PartialDateTime, instants: bool) -> Vec<PartialDateTime> {
    if !is_coarse(date, instants) {
        return Vec::new();
    }
    let days = date.days();
    let around = [days.first, days.last, anchor.first_day(), anchor.first_day().saturating_sub(36_500)];
    around
        .into_iter()
        .filter(|day| (days.first..=days.last).contains(day))
        .filter_map(PartialDateTime::from_day)
        .collect()
}

//! What an unknown test waits for: the blanks of a record that it looks at.

use super::completion::{self, Blank};
use super::items;
use crate::calendar::PartialDateTime;
use crate::eval::code::{
    CheckId, Choice, DailyDose, EntryPoint, FactRead, Operand, OperandKind, Subject, Target, Test, TimeOf, WindowAnchor,
};
use crate::eval::course::Asked;
use crate::eval::dose::Places;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::recorded_total::worked_out_from;
use crate::eval::time;
use crate::ir::Limit;
use crate::kleene::Tri;
use crate::record::model::{Observation, Slot, Value};
use crate::tree::{AnchorId, AttributeId, FactId, KindId};

/// The result or entry that a filter applies to, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Site {
    Nothing,
    Result(FactId, usize),
    Entry(KindId, usize),
}

impl<'a> Run<'a> {
    /// The blanks that the unknown tests below `root` look at.
    pub(crate) fn blanks_below(self, root: Target, site: Site, blanks: &mut Vec<Blank>) {
        self.at_site(site, |run, here| {
            for check in run.unknown_checks(root, here) {
                run.blanks(check, site, blanks);
            }
        });
    }

    /// Calls with what is at a site.
    pub(crate) fn at_site<T>(self, site: Site, then: impl FnOnce(Run<'_>, EvalScope<'_>) -> T) -> Option<T> {
        match site {
            Site::Nothing => Some(then(self, EvalScope::Nothing)),
            Site::Result(fact, index) => {
                let observation = completion::result(self.record, fact, index)?;
                Some(then(self, EvalScope::Observation(fact, &observation)))
            }
            Site::Entry(kind, index) => {
                let entry = completion::entry(self.record, kind, index)?;
                Some(then(self, EvalScope::Entry(kind, entry)))
            }
        }
    }

    /// The blanks that an unknown test looks at.
    pub(crate) fn blanks(self, check: CheckId, site: Site, blanks: &mut Vec<Blank>) {
        let Some(general) = self.evaluator.generals.get(check) else {
            return;
        };
        match general {
            Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
                self.quantity_blanks(left, site, blanks);
                self.quantity_blanks(right, site, blanks);
                if let Test::Stretch { windows, .. } = general {
                    for (_, anchor) in windows {
                        self.coarse_anchor(*anchor, blanks);
                    }
                }
            }
            Test::IsOneOf { subject: place, .. } | Test::IsYes { subject: place } => {
                self.place_blanks(place, site, blanks)
            }
            Test::Entries { kinds, choice, planned, .. } => {
                if let Some(choice) = choice {
                    self.choice_blanks(kinds, choice, *planned, blanks);
                    return;
                }
                for (kind, filter) in kinds {
                    if !items::is_complete(self.record, *kind) {
                        blanks.push(Blank::Kind(*kind));
                        continue;
                    }
                    let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
                    for (index, entry) in self.record.entries(slot).iter().enumerate() {
                        if self.counts(*kind, entry, *filter, *planned) == Tri::Unknown {
                            self.blanks_below(*filter, Site::Entry(*kind, index), blanks);
                        }
                    }
                }
            }
            Test::Course { kinds, filter: (), gap, distinct, planned, windows, .. } => {
                let asked = Asked { gap: *gap, windows, record: self.record };
                self.course_blanks(kinds, (*distinct, *planned), asked, blanks);
            }
            Test::Window { of, relation, anchor, .. } => {
                match anchor {
                    WindowAnchor::Date(anchor) => {
                        let coarse = match self.record.anchor(*anchor) {
                            None => true,
                            Some(given) => is_coarse(&given, time::compares_instants(relation)),
                        };
                        if coarse {
                            blanks.push(Blank::Anchor(*anchor));
                        }
                    }
                    WindowAnchor::Entry(point) => self.point_blanks(point, blanks),
                }
                if let TimeOf::Anchor(other) = of {
                    let given = self.record.anchor(*other);
                    if given.is_none_or(|given| is_coarse(&given, time::compares_instants(relation))) {
                        blanks.push(Blank::Anchor(*other));
                    }
                    return;
                }
                match (of.value(), site) {
                    (Some(place), _) => self.place_blanks(&place, site, blanks),
                    (None, Site::Result(fact, index)) => blanks.push(Blank::At(fact, index)),
                    (None, Site::Entry(kind, index)) => {
                        blanks.extend([Blank::Start(kind, index), Blank::End(kind, index)]);
                        if time::needs_half_life(relation)
                            && let Some(Some(attribute)) = self.evaluator.half_lives.get(kind)
                        {
                            self.attribute_blanks(*attribute, site, blanks);
                        }
                    }
                    (None, Site::Nothing) => {}
                }
            }
            Test::Judged { question } => blanks.push(Blank::Question(*question)),
            Test::Todo { .. } => {}
        }
    }

    fn course_blanks(
        self,
        kinds: &[(KindId, Target)],
        (distinct, planned): (bool, bool),
        asked: Asked<'_>,
        blanks: &mut Vec<Blank>,
    ) {
        let open = |kind: KindId| !items::is_complete(self.record, kind);
        blanks.extend(kinds.iter().filter(|(kind, _)| open(*kind)).map(|(kind, _)| Blank::Kind(*kind)));
        for (relation, anchor) in asked.windows {
            let given = self.record.anchor(*anchor);
            if given.is_none_or(|given| is_coarse(&given, time::compares_instants(relation))) {
                blanks.push(Blank::Anchor(*anchor));
            }
        }
        for parts in self.course_parts(kinds, distinct, planned) {
            let courses = parts.courses(asked);
            let undecided = courses.iter().filter(|course| course.answer == Tri::Unknown);
            for (part, stretch) in undecided.flat_map(|course| &course.parts).filter(|(part, _)| !open(part.kind)) {
                if !stretch.sure {
                    self.blanks_below(part.filter, Site::Entry(part.kind, part.index), blanks);
                }
                blanks.extend([Blank::Start(part.kind, part.index), Blank::End(part.kind, part.index)]);
            }
        }
    }

    /// The blanks of the entries of which one is what a window is about.
    fn point_blanks(self, point: &EntryPoint, blanks: &mut Vec<Blank>) {
        for (kind, filter) in &point.kinds {
            if !items::is_complete(self.record, *kind) {
                blanks.push(Blank::Kind(*kind));
                continue;
            }
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            for (index, entry) in self.record.entries(slot).iter().enumerate() {
                match self.counts(*kind, entry, *filter, false) {
                    Tri::No => continue,
                    Tri::Unknown => self.blanks_below(*filter, Site::Entry(*kind, index), blanks),
                    Tri::Yes => {}
                }
                blanks.extend([Blank::Start(*kind, index), Blank::End(*kind, index)]);
            }
        }
    }

    /// Of entries that represent others also what tells which is the latest, and of which value each is.
    fn choice_blanks(self, kinds: &[(KindId, Target)], choice: &Choice, planned: bool, blanks: &mut Vec<Blank>) {
        for (at, (kind, filter)) in kinds.iter().enumerate() {
            if !items::is_complete(self.record, *kind) {
                blanks.push(Blank::Kind(*kind));
                continue;
            }
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            let among = choice.among.get(at).copied().unwrap_or(Target::UNKNOWN);
            for (index, entry) in self.record.entries(slot).iter().enumerate() {
                let site = Site::Entry(*kind, index);
                let looked_at = self.counts(*kind, entry, among, planned);
                if looked_at == Tri::No {
                    continue;
                }
                for target in [among, *filter] {
                    if self.counts(*kind, entry, target, planned) == Tri::Unknown {
                        self.blanks_below(target, site, blanks);
                    }
                }
                if choice.latest && entry.start.is_none_or(|start| is_coarse(&start, false)) {
                    blanks.push(Blank::Start(*kind, index));
                }
                if let Some(Some(by)) = choice.by.as_ref().and_then(|by| by.get(at)) {
                    self.attribute_blanks(*by, site, blanks);
                }
            }
        }
    }

    fn place_blanks(self, place: &Subject, site: Site, blanks: &mut Vec<Blank>) {
        match place {
            Subject::Fact(read) => self.read_blanks(read, None, blanks),
            Subject::Attribute(Some(index)) => self.attribute_blanks(*index, site, blanks),
            Subject::Attribute(None) => {}
        }
    }

    fn attribute_blanks(self, attribute: AttributeId, site: Site, blanks: &mut Vec<Blank>) {
        let given = self.at_site(site, |run, here| run.attribute(Some(attribute), here)).flatten();
        if given.is_some_and(|value| !is_vague(&value)) {
            return;
        }
        match site {
            Site::Nothing => {}
            Site::Result(fact, index) => blanks.push(Blank::ResultAttribute(fact, index, attribute)),
            Site::Entry(kind, index) => blanks.push(Blank::EntryAttribute(kind, index, attribute)),
        }
    }

    fn read_blanks(self, read: &FactRead, limit: Option<Limit>, blanks: &mut Vec<Blank>) {
        for index in 0..items::results(self.record, read.fact) {
            let Some(observation) = completion::result(self.record, read.fact, index) else {
                continue;
            };
            let member = self.member(read, &observation);
            if member == Tri::No {
                continue;
            }
            if member == Tri::Unknown {
                self.blanks_below(read.filter.root, Site::Result(read.fact, index), blanks);
            }
            self.lab_blanks(read.fact, index, &observation, limit, blanks);
        }
        blanks.push(Blank::Result(read.fact));
    }

    fn lab_blanks(
        self,
        fact: FactId,
        index: usize,
        observation: &Observation,
        limit: Option<Limit>,
        blanks: &mut Vec<Blank>,
    ) {
        if is_vague(&observation.value) {
            blanks.push(Blank::Value(fact, index));
        }
        let missing = match limit {
            None => false,
            Some(Limit::Uln) => observation.uln.is_none(),
            Some(Limit::Lln) => observation.lln.is_none(),
        };
        if let (Some(limit), true) = (limit, missing) {
            blanks.push(completion::limit(fact, index, limit));
        }
        // Which of several is the latest may hang on a date that no window asks for.
        if observation.at.is_none_or(|at| is_coarse(&at, true)) {
            blanks.push(Blank::At(fact, index));
        }
    }

    fn quantity_blanks(self, quantity: &Operand, site: Site, blanks: &mut Vec<Blank>) {
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, limit) => self.read_blanks(read, *limit, blanks),
            OperandKind::Attribute(Some(index)) => self.attribute_blanks(*index, site, blanks),
            OperandKind::Attribute(None) => {}
            OperandKind::Coalesce { read, otherwise } => {
                self.read_blanks(read, None, blanks);
                // A total may be in conflict with what it would be worked out from.
                if self.record.slot(read.fact) == Slot::Absent || worked_out_from(otherwise).is_some() {
                    self.quantity_blanks(otherwise, site, blanks);
                }
            }
            OperandKind::DailyDose(dose) => self.dose_blanks(dose, blanks),
            OperandKind::Age(age) => {
                if let Some(read) = &age.recorded {
                    self.read_blanks(read, None, blanks);
                }
                self.coarse_anchor(age.to, blanks);
                for index in 0..items::results(self.record, age.from) {
                    if completion::result(self.record, age.from, index)
                        .is_some_and(|observation| is_vague(&observation.value))
                    {
                        blanks.push(Blank::Value(age.from, index));
                    }
                }
                blanks.push(Blank::Result(age.from));
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.quantity_blanks(inner, site, blanks)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.at_site(site, |run, here| run.follow(*condition, here)).unwrap_or(Tri::Unknown);
                if answer == Tri::Unknown {
                    self.blanks_below(*condition, site, blanks);
                }
                if answer != Tri::No {
                    self.quantity_blanks(then, site, blanks);
                }
                if answer != Tri::Yes {
                    self.quantity_blanks(otherwise, site, blanks);
                }
            }
        }
    }

    fn coarse_anchor(self, anchor: AnchorId, blanks: &mut Vec<Blank>) {
        if self.record.anchor(anchor).is_none_or(|given| is_coarse(&given, false)) {
            blanks.push(Blank::Anchor(anchor));
        }
    }

    /// What a daily dose waits for: entries that may not be listed, and what is not said of those that are.
    fn dose_blanks(self, dose: &DailyDose, blanks: &mut Vec<Blank>) {
        if let Some(anchor) = dose.day.anchor() {
            self.coarse_anchor(anchor, blanks);
        }
        for (kind, filter) in &dose.kinds {
            if !items::is_complete(self.record, *kind) {
                blanks.push(Blank::Kind(*kind));
                continue;
            }
            let Some(declared) = self.evaluator.schema.tree.kinds.get(*kind) else { continue };
            let places = Places::of(declared, dose.reference.as_deref());
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            for (index, entry) in self.record.entries(slot).iter().enumerate() {
                let site = Site::Entry(*kind, index);
                match self.counts(*kind, entry, *filter, false) {
                    Tri::No => continue,
                    Tri::Unknown => self.blanks_below(*filter, site, blanks),
                    Tri::Yes => {}
                }
                blanks.extend([Blank::Start(*kind, index), Blank::End(*kind, index)]);
                let own = if places.dose_factor.is_some() { places.dose } else { None };
                for place in [own, places.recorded, places.stable, places.since].into_iter().flatten() {
                    self.attribute_blanks(place, site, blanks);
                }
            }
        }
    }
}

/// Known to less than a day, or to an instant where those are compared.
pub(crate) fn is_coarse(date: &PartialDateTime, instants: bool) -> bool {
    if instants { !date.has_time() } else { date.days().as_day().is_none() }
}

/// Whether a value may still be given more exactly.
pub(crate) fn is_vague(value: &Value) -> bool {
    match value {
        Value::Unknown => true,
        Value::Number(number) => number.comparator.is_some(),
        Value::Date(date) => is_coarse(date, true),
        Value::Code(_) | Value::Flag(_) => false,
    }
}

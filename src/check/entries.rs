//! Conditions on entries: which kinds, which of their entries count, and how many there must be.

use std::sync::Arc;

use super::env::{Env, Scope};
use super::infeasible_windows::{Dated, TimeConstraint};
use super::term::Suffixes;
use super::term::{all, negate, test};
use super::time::Target;
use super::{Checker, errors};
use crate::ir::{EntryKind, Relation};
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Name, PrefixKind, Tail, TailKind, Term, Window};
use crate::typed::{Choice, Condition, ConditionKind, Test, TimeOf, WindowAnchor};
use crate::vocab::{Attribute, Kind, KindId, Symbol, Type};

/// What the prefixes of a term on entries say.
#[derive(Default)]
pub(super) struct Prefixes {
    latest: Option<Span>,
    /// Prior, current, planned.
    times: Vec<(Relation, Span)>,
    no: bool,
    pub(super) distinct: Option<Span>,
    pub(super) count: Option<(PrefixKind, u32)>,
}

impl Checker<'_> {
    /// A name (or several in braces) of kinds or groups, with prefixes, filter and tails, as a condition.
    pub(super) fn entries(&mut self, env: Env<'_>, span: Span, term: &Term, tails: &Suffixes<'_>) -> Option<Condition> {
        if !matches!(env.scope(), Scope::Record) {
            self.report(errors::entries_in_filter(span));
            return None;
        }
        let kinds = self.kinds(env, &term.subjects)?;
        if let Some(predicate) = tails.predicates.first() {
            let subject = self.written_before(span, predicate.span);
            let name = term.subjects.first().map_or("", |name| name.text.as_str());
            let attribute = term.filter.is_none().then(|| self.asked_of_entries(&kinds, predicate)).flatten();
            if let Some(length) = self.time_compared(predicate) {
                let window = tails.windows.first().map(|(_, place)| self.as_written(*place).to_owned());
                let window = window.unwrap_or_else(|| format!("before {}", self.default_anchor_name()));
                let diagnostic = errors::entries_compared_with_time(predicate, span, subject, name, length, &window);
                self.report(diagnostic);
                return None;
            }
            let written = self.as_written(predicate.span);
            let lasting = self.none_is_an_event(&kinds);
            let subject = errors::Compared { whole: span, bare: subject, name, several: lasting };
            self.report(errors::entries_compared(predicate, &subject, attribute.as_deref(), written));
            return None;
        }
        if let Some(tail) = tails.in_unit.first() {
            self.report(errors::condition_as_quantity(tail.span));
            return None;
        }
        self.no_apart(tails)?;
        let prefixes = self.entry_prefixes(term)?;
        let by = match &term.by {
            Some(by) => Some(self.told_apart_by(env, Scope::Entry(&kinds), by)?),
            None => None,
        };
        self.choice_makes_sense(span, term, &prefixes, by.as_ref().map(|(_, values)| *values))?;
        if let Some(latest) = prefixes.latest
            && term.filter.is_none()
            && tails.excepts.is_empty()
        {
            let kinds = term.subjects.last().map_or(span, |name| latest.merge(name.span));
            self.report(errors::latest_asks_nothing(latest, self.as_written(kinds)));
        }
        let anchor = self.entry_anchor(env, tails)?;
        let asked = self.around_filter(term, tails, &prefixes);
        let mut gap = self.course_gap(tails);
        let mut right = gap.is_some();
        // One entry is the latest: a length is asked of it alone.
        if by.is_some() || prefixes.latest.is_some() {
            if let Some(tail) = tails.course.iter().find(|tail| matches!(tail.kind, TailKind::Gaps(_))) {
                self.report(errors::latest_course(tail.span));
                return None;
            }
            gap = gap.map(|_| None);
        }
        let mut parts = Vec::new();
        // Windows and the like, which the latest is among.
        let mut times: Vec<(Span, Relation, WindowAnchor)> = Vec::new();
        let mut said = Vec::new();
        if let Some(filter) = &term.filter {
            match self.filter(env, Scope::Entry(&kinds), filter, false, asked.as_ref()) {
                Some(condition) => {
                    Self::said_by_filter(&condition, &mut said);
                    parts.push(condition);
                }
                None => right = false,
            }
        }
        for except in &tails.excepts {
            match self.filter(env, Scope::Entry(&kinds), except, true, asked.as_ref()) {
                Some(condition) => parts.push(negate(condition)),
                None => right = false,
            }
        }
        for (relation, place) in &prefixes.times {
            if *relation == Relation::Current
                && let Some(kind) = self.first_event(&kinds)
            {
                self.report(errors::current_event(*place, &kind, &self.default_anchor_name()));
                right = false;
            }
            said.extend(TimeConstraint::of(Dated::Entry, relation, &anchor, *place));
            times.push((*place, relation.clone(), anchor.clone()));
        }
        for (index, (window, place)) in tails.windows.iter().enumerate() {
            // `current K at infusion` names the day that `current` is about.
            if let (Some((_, word)), Window::At(_)) = (prefixes.times.first(), window) {
                if index > 0 {
                    let about = self.about_in_words(&anchor);
                    let (window, word) = (self.as_written(*place), self.as_written(*word));
                    self.report(errors::second_at(*place, window, word, &about));
                    right = false;
                }
                continue;
            }
            match self.window(env, window, *place, Target::Entry(&kinds)) {
                Some((relation, to)) => {
                    if let Some((Relation::Planned, word)) = prefixes.times.first()
                        && relation == Relation::Before
                        && to == anchor
                    {
                        let about = self.about_in_words(&anchor);
                        let subject = self.written_before(span, *place).trim().to_owned();
                        let asked = (index == 0 && anchor.date() != Some(self.default_anchor)).then(|| {
                            format!("{subject} at {} {}", self.default_anchor_name(), self.as_written(*place))
                        });
                        self.report(errors::planned_before(*place, *word, &about, asked.as_deref()));
                        right = false;
                    }
                    if matches!(relation, Relation::Throughout { .. })
                        && let Some(kind) = self.first_event(&kinds)
                    {
                        let window = self.as_written(*place);
                        self.report(errors::throughout_event(*place, &kind, window, prefixes.no));
                        right = false;
                    }
                    said.extend(TimeConstraint::of(Dated::Entry, &relation, &to, *place));
                    times.push((*place, relation, to));
                }
                None => right = false,
            }
        }
        if self.check_windows_feasible(&said).is_none() {
            right = false;
        }
        for tail in &tails.lasting {
            match self.lasting(tail, &kinds) {
                Some(relation) => times.push((tail.span, relation, anchor.clone())),
                None => right = false,
            }
        }
        let gap = gap.filter(|_| right)?;
        if gap.is_some() && !self.course_right(span, term, &prefixes, &times) {
            return None;
        }
        let latest = prefixes.latest.is_some();
        // As of results: without a window those up to the default anchor.
        if latest && times.is_empty() {
            times.push((span, Relation::UpTo, WindowAnchor::Date(self.default_anchor)));
        }
        let mut among = None;
        let windows = match gap {
            Some(_) => {
                let mut windows = Vec::new();
                for (place, relation, anchor) in times {
                    let Some(anchor) = anchor.date() else {
                        self.report(errors::course_about_entry(place, &self.about_in_words(&anchor)));
                        return None;
                    };
                    windows.push((relation, anchor));
                }
                windows
            }
            None => {
                let windows = times.into_iter().map(|(place, relation, anchor)| {
                    test(place, Test::Window { of: TimeOf::Entry, relation, anchor, undated: false })
                });
                if latest {
                    among = all(span, windows.collect()).map(Box::new);
                } else {
                    parts.extend(windows);
                }
                Vec::new()
            }
        };
        let filter = all(span, parts).map(Box::new);
        let choice = (latest || by.is_some())
            .then(|| Box::new(Choice { latest, by: by.as_ref().map(|(by, _)| by.clone()), among: among.clone() }));
        let distinct = prefixes.distinct.is_some() && choice.is_none();
        if distinct && let Some((word, count)) = prefixes.count {
            let size = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
            let reached = match word {
                PrefixKind::AtMost(_) => count < size,
                _ => count <= size,
            };
            if !reached {
                self.report(errors::distinct_out_of_reach(span, size));
                return None;
            }
        }
        let planned = matches!(prefixes.times.first(), Some((Relation::Planned, _)));
        let counted = |op: Comparison, count: u32| {
            let (kinds, filter, choice) = (kinds.clone(), filter.clone(), choice.clone());
            test(
                span,
                match gap {
                    None => Test::Entries { kinds, filter, distinct, choice, planned, op, count },
                    Some(gap) => {
                        let windows = windows.clone();
                        Test::Course { kinds, filter, gap, distinct, planned, op, count, windows }
                    }
                },
            )
        };
        Some(match prefixes.count {
            // Without `distinct` there is a course, or none.
            Some((PrefixKind::AtMost(0) | PrefixKind::Exactly(0), _)) if gap.is_some() && !distinct => {
                negate(counted(Comparison::Ge, 1))
            }
            None if prefixes.no => negate(counted(Comparison::Ge, 1)),
            None => counted(Comparison::Ge, 1),
            Some((PrefixKind::AtMost(_), count)) => counted(Comparison::Le, count),
            Some((PrefixKind::Exactly(_), count)) => Condition {
                span,
                kind: ConditionKind::And(vec![counted(Comparison::Ge, count), counted(Comparison::Le, count)]),
            },
            Some((_, count)) => counted(Comparison::Ge, count),
        })
    }

    /// What stands around the one filter or exception of a term.
    fn around_filter(&self, term: &Term, tails: &Suffixes<'_>, prefixes: &Prefixes) -> Option<errors::Asked> {
        if usize::from(term.filter.is_some()) + tails.excepts.len() != 1 {
            return None;
        }
        let count = match prefixes.count {
            Some((count, _)) if prefixes.distinct.is_some() => errors::Count::Kinds(count),
            Some((count, _)) => errors::Count::Entries(count),
            None if prefixes.no => errors::Count::No,
            None => errors::Count::Some,
        };
        let mut places: Vec<Span> = tails.windows.iter().map(|(_, place)| *place).collect();
        places.extend(tails.lasting.iter().map(|tail| tail.span));
        places.sort_by_key(|place| place.range().start);
        let tails = places.into_iter().flat_map(|place| self.as_written(place).split_whitespace());
        Some(errors::Asked {
            count,
            time: prefixes.times.first().map_or("", |(_, place)| self.as_written(*place)).to_owned(),
            tails: tails.collect::<Vec<_>>().join(" "),
        })
    }

    /// The length of time, as written, that entries are compared with.
    fn time_compared(&self, predicate: &Tail) -> Option<&str> {
        let TailKind::Compare { right, .. } = &predicate.kind else {
            return None;
        };
        let ExprKind::Literal { unit: Some(unit), .. } = &right.kind else {
            return None;
        };
        let time = crate::units::TimeUnit::parse(&unit.text).is_some() || unit.text.starts_with("half_li");
        time.then(|| self.as_written(right.span))
    }

    /// An attribute that every kind has alike and that a predicate of this form fits.
    fn asked_of_entries(&self, kinds: &[KindId], predicate: &Tail) -> Option<String> {
        let fits = |ty: &Type| match ty {
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } => {
                matches!(predicate.kind, TailKind::Compare { .. } | TailKind::Between { .. })
            }
            Type::Ordinal { .. } => true,
            Type::Coded(_) => matches!(predicate.kind, TailKind::Is { .. } | TailKind::InSet { .. }),
            Type::YesNo | Type::Date => false,
        };
        // One dose of several drugs is not one dose; that of glucocorticoids is told as prednisone.
        let glucocorticoids = match self.vocabulary.symbols.get("glucocorticoid") {
            Some(Symbol::Group(id)) => self.vocabulary.groups.get(*id).map_or(&[][..], |group| &group.members),
            _ => &[],
        };
        let as_prednisone = kinds.iter().all(|kind| glucocorticoids.contains(kind));
        let several = kinds.len() > 1;
        let mut kinds = kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind).map(Arc::as_ref));
        let first = kinds.next()?;
        let built_in = |attribute: &&Attribute| match attribute.name.as_str() {
            "dose" => !several || first.word != EntryKind::Drug,
            "prednisone_dose" => as_prednisone,
            "half_life" => first.word != EntryKind::Drug,
            _ => true,
        };
        let common: Vec<&Kind> = kinds.collect();
        let shared = |attribute: &&Attribute| {
            fits(&attribute.ty)
                && common
                    .iter()
                    .all(|kind| kind.attribute(&attribute.name).is_some_and(|other| other.ty == attribute.ty))
        };
        first.attributes.iter().filter(built_in).find(shared).map(|attribute| attribute.name.clone())
    }

    fn lasting(&mut self, tail: &Tail, kinds: &[KindId]) -> Option<Relation> {
        let TailKind::Lasting { strict, length } = &tail.kind else {
            return None;
        };
        let length = self.length(length, Target::Entry(kinds))?;
        Some(Relation::Lasting { strict: *strict, length })
    }

    /// Whether they are several, of each of which two entries may be one course that was broken off.
    fn none_is_an_event(&self, kinds: &[KindId]) -> bool {
        kinds.len() > 1 && self.first_event(kinds).is_none()
    }

    /// The name of the first kind that is an event, which has no stretch unless an entry gives an end.
    fn first_event(&self, kinds: &[KindId]) -> Option<String> {
        let mut kinds = kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind));
        kinds.find(|kind| kind.word == EntryKind::Event).map(|kind| kind.name.clone())
    }

    /// `prior`, `current` and `planned` are about the anchor of the term's first window, or the default one.
    fn entry_anchor(&mut self, env: Env<'_>, tails: &Suffixes<'_>) -> Option<WindowAnchor> {
        match tails.windows.first() {
            Some((window, _)) => self.window_anchor(env, window),
            None => Some(WindowAnchor::Date(self.default_anchor)),
        }
    }

    fn entry_prefixes(&mut self, term: &Term) -> Option<Prefixes> {
        let mut said = Prefixes::default();
        let mut any = None;
        for prefix in &term.prefixes {
            let time = |said: &mut Prefixes, relation| said.times.push((relation, prefix.span));
            match prefix.kind {
                PrefixKind::Prior => time(&mut said, Relation::Before),
                PrefixKind::Current => time(&mut said, Relation::Current),
                PrefixKind::Planned => time(&mut said, Relation::Planned),
                PrefixKind::No | PrefixKind::Any if said.no || any.is_some() => {
                    self.report(errors::prefixes_clash(prefix.span));
                    return None;
                }
                PrefixKind::No => said.no = true,
                PrefixKind::Any => any = Some(prefix.span),
                PrefixKind::Distinct => said.distinct = Some(prefix.span),
                PrefixKind::AtLeast(n) | PrefixKind::AtMost(n) | PrefixKind::Exactly(n) => {
                    if said.count.is_some() {
                        self.report(errors::prefixes_clash(prefix.span));
                        return None;
                    }
                    if matches!(prefix.kind, PrefixKind::AtLeast(0)) {
                        self.report(errors::at_least_none(prefix.span));
                        return None;
                    }
                    said.count = Some((prefix.kind, n));
                }
                PrefixKind::Latest if said.latest.is_some() => {
                    self.report(errors::prefixes_clash(prefix.span));
                    return None;
                }
                PrefixKind::Latest => said.latest = Some(prefix.span),
                PrefixKind::Highest
                | PrefixKind::Lowest
                | PrefixKind::Every
                | PrefixKind::First
                | PrefixKind::Consecutive => {
                    self.report(errors::prefix_on_entries(prefix.span));
                    return None;
                }
            }
        }
        if said.times.len() > 1 || ((said.no || any.is_some()) && said.count.is_some()) {
            let place = term.prefixes.last().map(|prefix| prefix.span)?;
            self.report(errors::prefixes_clash(place));
            return None;
        }
        if let Some(place) = said.distinct
            && said.count.is_none()
        {
            self.report(errors::distinct_without_count(place));
            return None;
        }
        Some(said)
    }

    /// `latest`, `distinct` and `by` fit together, and to the count; `by` has so many values.
    fn choice_makes_sense(
        &mut self,
        span: Span,
        term: &Term,
        prefixes: &Prefixes,
        values: Option<usize>,
    ) -> Option<()> {
        let planned = prefixes.times.iter().find(|(relation, _)| *relation == Relation::Planned);
        let diagnostic = match (&term.by, prefixes.latest, prefixes.distinct) {
            (Some(by), None, None) => errors::by_of_entries(by.span, &by.text),
            (None, Some(_), Some(distinct)) => errors::distinct_latest(distinct),
            (_, Some(_), _) if planned.is_some() => errors::latest_planned(planned.map_or(span, |(_, place)| *place)),
            (by, latest, _) if by.is_some() || latest.is_some() => {
                let most = values.map_or(1, |values| u32::try_from(values).unwrap_or(u32::MAX));
                let reached = match prefixes.count {
                    Some((PrefixKind::AtMost(_), count)) => count < most,
                    Some((_, count)) => count <= most,
                    None => true,
                };
                if reached {
                    return Some(());
                }
                errors::values_out_of_reach(span, most, term.by.as_ref().map(|by| by.text.as_str()))
            }
            _ => return Some(()),
        };
        self.report(diagnostic);
        None
    }

    /// The kinds that some names mean, groups opened, ascending.
    pub(super) fn kinds(&mut self, env: Env<'_>, names: &[Name]) -> Option<Vec<KindId>> {
        let mut kinds = Vec::new();
        let mut right = true;
        for name in names {
            match self.vocabulary.symbols.get(&name.text).copied() {
                Some(Symbol::Kind(id)) => kinds.push(id),
                Some(Symbol::Group(id)) => {
                    kinds.extend(self.vocabulary.groups.get(id).into_iter().flat_map(|group| group.members.iter()));
                }
                Some(Symbol::Fact(_) | Symbol::Anchor(_) | Symbol::Definition(_)) => {
                    self.report(errors::not_a_kind(name));
                    right = false;
                }
                None => {
                    self.report_unknown(env, name);
                    right = false;
                }
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.is_empty() && right {
            // A group whose members were all reported: nothing more to say.
            return None;
        }
        right.then_some(kinds)
    }
}

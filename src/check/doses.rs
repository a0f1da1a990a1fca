//! Daily doses: which drugs, in whose equivalents, on which day or days, and conditions on stretches of days.

use super::env::{DoseDays, Env, Scope};
use super::term::{Suffixes, Typed, negate, test};
use super::time::Target;
use super::{Checker, errors};
use crate::ir::{EntryKind, Relation};
use crate::source::Span;
use crate::syntax::ast::{DailyDose, Expr, ExprKind, PrefixKind, Tail, TailKind, Window};
use crate::typed::{self, Condition, ConditionKind, DoseDay, OperandKind, Test};
use crate::units::Unit;
use crate::vocab::{AnchorId, Kind, KindId, Symbol, Type};

impl Checker<'_> {
    /// `daily dose of glucocorticoid (route is oral) at screening` as a quantity.
    pub(super) fn daily_dose(&mut self, env: Env<'_>, span: Span, dose: &DailyDose) -> Option<Typed> {
        if !matches!(env.scope(), Scope::Record) {
            self.report(errors::entries_in_filter(span));
            return None;
        }
        let kinds = self.kinds(env, &dose.subjects)?;
        let (unit, reference) = self.measured_by(span, dose, &kinds)?;
        let filter = match &dose.filter {
            Some(filter) => Some(Box::new(self.filter(env, Scope::Entry(&kinds), filter, false, None)?)),
            None => None,
        };
        let day = self.dose_day(env, span, dose)?;
        let dose = typed::DailyDose { kinds, filter, reference, day };
        Some(Typed::formula(OperandKind::DailyDose(Box::new(dose)), unit, span))
    }

    /// The unit of the doses, and the drug in whose equivalents they are counted.
    fn measured_by(&mut self, span: Span, dose: &DailyDose, kinds: &[KindId]) -> Option<(Unit, Option<String>)> {
        let vocabulary = self.vocabulary.clone();
        let all: Vec<&Kind> = kinds.iter().filter_map(|kind| vocabulary.kinds.get(*kind)).map(AsRef::as_ref).collect();
        if let Some(other) = all.iter().find(|kind| kind.word != EntryKind::Drug) {
            self.report(errors::dose_of_no_drug(span, &other.name));
            return None;
        }
        let unit = |kind: &Kind| match kind.attribute("dose").map(|dose| &dose.ty) {
            Some(Type::Quantity(unit)) => Some((**unit).clone()),
            _ => None,
        };
        let first = all.first()?;
        let Some(first_unit) = unit(first) else {
            self.report(errors::dose_without_quantity(span, &first.name));
            return None;
        };
        for kind in &all {
            match unit(kind) {
                None => {
                    self.report(errors::dose_without_quantity(span, &kind.name));
                    return None;
                }
                Some(other) if other.ucum() != first_unit.ucum() => {
                    self.report(errors::doses_in_units(span, (&first.name, &first_unit), (&kind.name, &other)));
                    return None;
                }
                Some(_) => {}
            }
        }
        let mut references: Vec<&str> =
            all.iter().filter_map(|kind| kind.equivalent.as_ref()).map(|one| one.reference.as_str()).collect();
        references.sort_unstable();
        references.dedup();
        let reference = match (&dose.reference, &references[..]) {
            (Some(wanted), _) => {
                let leads = |kind: &&Kind| {
                    kind.name == wanted.text || kind.equivalent.as_ref().is_some_and(|one| one.reference == wanted.text)
                };
                if !matches!(self.vocabulary.symbols.get(&wanted.text), Some(Symbol::Kind(_))) || !all.iter().any(leads)
                {
                    self.report(errors::not_measured_by(wanted.span, &wanted.text, &references));
                    return None;
                }
                Some(wanted.text.clone())
            }
            (None, _) if all.len() == 1 => None,
            (None, [one]) => Some((*one).to_owned()),
            (None, references) => {
                let names: Vec<&str> = all.iter().map(|kind| kind.name.as_str()).collect();
                self.report(errors::no_common_measure(span, &names, references));
                return None;
            }
        };
        Some((first_unit, reference))
    }

    fn dose_day(&mut self, env: Env<'_>, span: Span, dose: &DailyDose) -> Option<DoseDay> {
        let extreme = match dose.prefix.as_ref().map(|prefix| prefix.kind) {
            Some(PrefixKind::Highest) => Some(true),
            Some(PrefixKind::Lowest) => Some(false),
            _ => None,
        };
        if let Some(highest) = extreme {
            let own = dose.window.as_ref().map(|(window, place)| (window, *place));
            let window = match (own, env.doses) {
                (Some(own), _) => own,
                (None, DoseDays::Window(window, place)) => (window, place),
                (None, DoseDays::Default | DoseDays::At(_) | DoseDays::Each) => {
                    let anchor = self.default_anchor_name();
                    self.report(errors::extreme_of_which_days(span, self.as_written(span), &anchor));
                    return None;
                }
            };
            let (relation, anchor) = self.dated_window(env, window, Target::Date(&[]))?;
            if !relation.has_days() {
                self.report(errors::dose_window(window.1, self.as_written(window.1)));
                return None;
            }
            let day = if highest { DoseDay::Highest } else { DoseDay::Lowest };
            return Some(day(relation, anchor));
        }
        match (&dose.window, env.doses) {
            (_, DoseDays::Each) => Some(DoseDay::Each),
            (Some((window @ Window::At(_), place)), _) => Some(DoseDay::At(self.dated_anchor(env, window, *place)?)),
            (Some((_, place)), _) => {
                self.report(errors::any_or_every(*place, self.as_written(*place)));
                None
            }
            (None, _) if dose.prefix.is_some() => {
                let anchor = self.default_anchor_name();
                self.report(errors::extreme_of_which_days(span, self.as_written(span), &anchor));
                None
            }
            (None, DoseDays::At(anchor)) => Some(DoseDay::At(anchor)),
            (None, DoseDays::Default | DoseDays::Window(..)) => {
                let inherited = match (env.computed_at, env.inherited.first()) {
                    (Some(anchor), _) => anchor,
                    (None, Some((window, place))) => self.dated_anchor(env, window, *place)?,
                    (None, None) => self.default_anchor,
                };
                Some(DoseDay::At(inherited))
            }
        }
    }

    /// A comparison with daily doses behind which windows stand, or before which `any` or `every` does: nothing where
    /// neither is so, and it is a comparison as any other.
    pub(super) fn dose_days(
        &mut self,
        env: Env<'_>,
        span: Span,
        subject: &Expr,
        tails: &Suffixes<'_>,
    ) -> Option<Option<Condition>> {
        let mut doses = Vec::new();
        daily_doses(subject, &mut doses);
        for tail in &tails.predicates {
            if let TailKind::Compare { right, .. } = &tail.kind {
                daily_doses(right, &mut doses);
            }
        }
        if doses.is_empty() || !tails.in_unit.is_empty() {
            return None;
        }
        let choice = doses.iter().find_map(|dose| {
            dose.prefix.as_ref().filter(|prefix| matches!(prefix.kind, PrefixKind::Any | PrefixKind::Every))
        });
        let mut windows: Vec<(&Window, Span)> = tails.windows.clone();
        if choice.is_some() || !tails.lasting.is_empty() {
            let own = doses.iter().filter(|dose| !is_extreme(dose)).filter_map(|dose| dose.window.as_ref());
            windows.extend(own.map(|(window, place)| (window, *place)));
        }
        if let Some(tail) = tails.course.first() {
            self.report(errors::dose_window(tail.span, self.as_written(tail.span)));
            return Some(None);
        }
        let every = choice.is_some_and(|prefix| prefix.kind == PrefixKind::Every);
        if choice.is_none() && tails.lasting.is_empty() {
            let extremes = doses.iter().any(|dose| is_extreme(dose) && dose.window.is_none());
            return match windows.as_slice() {
                [] => None,
                [(window @ Window::At(_), place)] if !extremes => {
                    Some(self.dated_anchor(env, window, *place).and_then(|anchor| {
                        self.dose_comparison(env.of_doses(DoseDays::At(anchor)), span, subject, tails)
                    }))
                }
                [(window, place)] if extremes => {
                    let env = env.of_doses(DoseDays::Window(window, *place));
                    Some(self.dose_comparison(env, span, subject, tails))
                }
                _ if windows.iter().any(|(window, _)| matches!(window, Window::Throughout { .. })) => {
                    Some(self.stretch(env, span, subject, tails, &windows, false))
                }
                [(_, place), ..] => {
                    self.report(errors::any_or_every(*place, self.as_written(*place)));
                    Some(None)
                }
            };
        }
        if every && let Some(tail) = tails.lasting.first() {
            self.report(errors::every_lasting(tail.span));
            return Some(None);
        }
        Some(self.stretch(env, span, subject, tails, &windows, every))
    }

    fn dose_comparison(&mut self, env: Env<'_>, span: Span, subject: &Expr, tails: &Suffixes<'_>) -> Option<Condition> {
        if let Some(except) = tails.excepts.first() {
            self.report(errors::tail_on_formula(except.span));
            return None;
        }
        let left = self.quantity(env, subject);
        let predicate: &Tail = self.one_predicate(span, tails, None)?;
        self.compare(env, span, &left?, predicate)
    }

    fn stretch(
        &mut self,
        env: Env<'_>,
        span: Span,
        subject: &Expr,
        tails: &Suffixes<'_>,
        windows: &[(&Window, Span)],
        every: bool,
    ) -> Option<Condition> {
        let condition = self.dose_comparison(env.of_doses(DoseDays::Each), span, subject, tails);
        let relations = self.stretch_windows(env, span, tails, windows);
        let (condition, relations) = (condition?, relations?);
        let one = |part: Condition| -> Option<Condition> {
            let ConditionKind::Test(Test::Compare { left, op, right }) = part.kind else {
                return None;
            };
            let windows = relations.clone();
            let stretch = |op| test(span, Test::Stretch { left, op, right, windows });
            Some(if every { negate(stretch(op.negated())) } else { stretch(op) })
        };
        match condition.kind {
            ConditionKind::And(parts) if every => {
                let parts = parts.into_iter().map(one).collect::<Option<_>>()?;
                Some(Condition { span, kind: ConditionKind::And(parts) })
            }
            ConditionKind::And(_) => {
                self.report(errors::days_between(span));
                None
            }
            kind => one(Condition { span, kind }),
        }
    }

    /// A window about an anchor; what is about an entry says no days of a dose.
    fn dated_window(
        &mut self,
        env: Env<'_>,
        (window, place): (&Window, Span),
        target: Target<'_>,
    ) -> Option<(Relation, AnchorId)> {
        let (relation, anchor) = self.window(env, window, place, target)?;
        Some((relation, self.dated(anchor.date(), place)?))
    }

    fn dated_anchor(&mut self, env: Env<'_>, window: &Window, place: Span) -> Option<AnchorId> {
        let anchor = self.window_anchor(env, window)?;
        self.dated(anchor.date(), place)
    }

    fn dated(&mut self, anchor: Option<AnchorId>, place: Span) -> Option<AnchorId> {
        if anchor.is_none() {
            self.report(errors::dose_window(place, self.as_written(place)));
        }
        anchor
    }

    fn stretch_windows(
        &mut self,
        env: Env<'_>,
        span: Span,
        tails: &Suffixes<'_>,
        windows: &[(&Window, Span)],
    ) -> Option<Vec<(Relation, AnchorId)>> {
        let mut relations = Vec::new();
        for (window, place) in windows {
            let (relation, anchor) = self.dated_window(env, (window, *place), Target::Entry(&[]))?;
            // The day of the anchor is one of the stretch.
            let relation = if relation == Relation::At { Relation::Current } else { relation };
            if !relation.of_a_stretch() {
                self.report(errors::dose_window(*place, self.as_written(*place)));
                return None;
            }
            relations.push((relation, anchor));
        }
        let anchor = relations.first().map_or(self.default_anchor, |(_, anchor)| *anchor);
        for tail in &tails.lasting {
            if let TailKind::Lasting { strict, length } = &tail.kind {
                let length = self.length(length, Target::Entry(&[]))?;
                let relation = Relation::Lasting { strict: *strict, length };
                if !relation.of_a_stretch() {
                    self.report(errors::dose_window(tail.span, self.as_written(tail.span)));
                    return None;
                }
                relations.push((relation, anchor));
            }
        }
        if relations.is_empty() {
            let anchor = self.default_anchor_name();
            self.report(errors::extreme_of_which_days(span, self.as_written(span), &anchor));
            return None;
        }
        Some(relations)
    }
}

fn is_extreme(dose: &DailyDose) -> bool {
    dose.prefix.as_ref().is_some_and(|prefix| matches!(prefix.kind, PrefixKind::Highest | PrefixKind::Lowest))
}

/// The daily doses that a formula is made of, as written.
fn daily_doses<'e>(expr: &'e Expr, found: &mut Vec<&'e DailyDose>) {
    match &expr.kind {
        ExprKind::DailyDose(dose) => found.push(dose),
        ExprKind::Arithmetic { left, right, .. } => {
            daily_doses(left, found);
            daily_doses(right, found);
        }
        ExprKind::Negate(inner) | ExprKind::Tailed { subject: inner, .. } => daily_doses(inner, found),
        ExprKind::Call { arguments, .. } => arguments.iter().for_each(|argument| daily_doses(argument, found)),
        ExprKind::If { then, otherwise, .. } => {
            daily_doses(then, found);
            daily_doses(otherwise, found);
        }
        ExprKind::Or(_)
        | ExprKind::And(_)
        | ExprKind::Not(_)
        | ExprKind::Block { .. }
        | ExprKind::Literal { .. }
        | ExprKind::TimesLimit { .. }
        | ExprKind::Level { .. }
        | ExprKind::Term(_)
        | ExprKind::Elided
        | ExprKind::Judged { .. }
        | ExprKind::Todo(_)
        | ExprKind::Broken => {}
    }
}

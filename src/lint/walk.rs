//! One walk over all that an expression holds, with which way a yes of each part leads.

use super::asked::{Asked, asked};
use crate::ir::Polarity;
use crate::syntax::ast::{
    BlockQuantifier, Clause, Expr, ExprKind, Name, PrefixKind, Tail, TailKind, Term, WindowAnchor,
};

/// Which way a yes leads: it helps a patient in, keeps one out, or either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides {
    pub lets_in: bool,
    pub keeps_out: bool,
}

impl Sides {
    const IN: Sides = Sides { lets_in: true, keeps_out: false };
    const OUT: Sides = Sides { lets_in: false, keeps_out: true };
    pub(super) const BOTH: Sides = Sides { lets_in: true, keeps_out: true };

    /// Those of what is denied.
    pub(super) fn denied(self) -> Sides {
        Sides { lets_in: self.keeps_out, keeps_out: self.lets_in }
    }

    /// Those of either place.
    pub(super) fn and(self, other: Sides) -> Sides {
        Sides { lets_in: self.lets_in || other.lets_in, keeps_out: self.keeps_out || other.keeps_out }
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'e> {
    pub sides: Sides,
    /// The names whose entries or results a filter around it is about.
    pub filter: Option<&'e [Name]>,
}

/// The parts of a clause.
pub(super) fn clause_parts(polarity: Polarity, clause: &Clause) -> Vec<(&Expr, Sides)> {
    let main = match polarity {
        Polarity::Require => Sides::IN,
        Polarity::Exclude => Sides::OUT,
    };
    let mut parts = vec![(&clause.main, main)];
    for alternative in &clause.alternatives {
        parts.push((&alternative.body, main));
        parts.push((&alternative.when, main));
    }
    // `unless` lets in under either word, `when` makes either ask something.
    parts.extend(clause.guard.iter().map(|guard| {
        let sides = if guard.unless { Sides::IN } else { Sides::OUT };
        (&guard.condition, sides)
    }));
    parts
}

/// Shows an expression and what it holds, in the order in which it is said. A name with something behind it is shown
/// once, as a whole.
pub(super) fn expression<'e>(expr: &'e Expr, place: Place<'e>, show: &mut impl FnMut(&'e Expr, Place<'e>)) {
    show(expr, place);
    parts(expr, place, show);
}

fn parts<'e>(expr: &'e Expr, place: Place<'e>, show: &mut impl FnMut(&'e Expr, Place<'e>)) {
    let with = |sides: Sides| Place { sides, ..place };
    match &expr.kind {
        ExprKind::Or(items) | ExprKind::And(items) => {
            for item in items {
                expression(item, place, show);
            }
        }
        ExprKind::Not(inner) => expression(inner, with(place.sides.denied()), show),
        ExprKind::Block { quantifier, items } => {
            let sides = match quantifier {
                BlockQuantifier::Any | BlockQuantifier::All | BlockQuantifier::AtLeast(_) => place.sides,
                BlockQuantifier::None | BlockQuantifier::AtMost(_) => place.sides.denied(),
                BlockQuantifier::Exactly(_) => Sides::BOTH,
            };
            for item in items {
                expression(item, with(sides), show);
            }
        }
        ExprKind::Term(term) => filter(term, &[], place, show),
        // A dose that more entries add to may meet a bound or no longer do so.
        ExprKind::DailyDose(dose) => {
            if let Some(filter) = &dose.filter {
                expression(filter, Place { sides: Sides::BOTH, filter: Some(&dose.subjects) }, show);
            }
        }
        ExprKind::Tailed { subject, tails } => {
            match &subject.kind {
                ExprKind::Term(term) => filter(term, tails, place, show),
                _ => expression(subject, with(Sides::BOTH), show),
            }
            for tail in tails {
                match &tail.kind {
                    TailKind::Window(window) => {
                        if let Some(WindowAnchor::Entry(point)) = window.anchor() {
                            filter(&point.of, &[], with(Sides::BOTH), show);
                        }
                    }
                    TailKind::Compare { right, .. } => expression(right, with(Sides::BOTH), show),
                    TailKind::Between { low, high } => {
                        expression(low, with(Sides::BOTH), show);
                        expression(high, with(Sides::BOTH), show);
                    }
                    TailKind::Is { .. }
                    | TailKind::InSet { .. }
                    | TailKind::InUnit(_)
                    | TailKind::Lasting { .. }
                    | TailKind::Gaps(_)
                    | TailKind::OneEntry
                    | TailKind::Apart(_)
                    | TailKind::Except(_) => {}
                }
            }
        }
        ExprKind::Arithmetic { left, right, .. } => {
            expression(left, with(Sides::BOTH), show);
            expression(right, with(Sides::BOTH), show);
        }
        ExprKind::Negate(inner) => expression(inner, with(Sides::BOTH), show),
        ExprKind::Call { arguments, .. } => {
            for argument in arguments {
                expression(argument, with(Sides::BOTH), show);
            }
        }
        ExprKind::If { condition, then, otherwise } => {
            for part in [condition, then, otherwise] {
                expression(part, with(Sides::BOTH), show);
            }
        }
        ExprKind::Literal { .. }
        | ExprKind::TimesLimit { .. }
        | ExprKind::Level { .. }
        | ExprKind::Elided
        | ExprKind::Judged { .. }
        | ExprKind::Todo(_)
        | ExprKind::Broken => {}
    }
}

/// What a name is filtered by.
fn filter<'e>(term: &'e Term, tails: &'e [Tail], place: Place<'e>, show: &mut impl FnMut(&'e Expr, Place<'e>)) {
    let mut sides = place.sides;
    for prefix in &term.prefixes {
        match prefix.kind {
            PrefixKind::No | PrefixKind::AtMost(_) => sides = sides.denied(),
            PrefixKind::Exactly(_) => sides = Sides::BOTH,
            _ => {}
        }
    }
    let inside = |sides| Place { sides, filter: Some(&term.subjects) };
    if let Some(filter) = &term.filter {
        expression(filter, inside(sides), show);
    }
    for tail in tails {
        if let TailKind::Except(filter) = &tail.kind {
            expression(filter, inside(sides.denied()), show);
        }
    }
}

/// Every name that something is said of.
pub(super) fn names<'e>(expr: &'e Expr, found: &mut Vec<&'e Name>) {
    let place = Place { sides: Sides::BOTH, filter: None };
    expression(expr, place, &mut |part, _| {
        if let Some(asked) = asked(part) {
            found.extend(&asked.term.subjects);
        }
    });
}

impl<'e> Asked<'e> {
    /// The names tested in the filter and the exceptions.
    pub(super) fn names_in_filters(&self) -> Vec<&'e Name> {
        let mut found = Vec::new();
        for filter in self.filters() {
            names(filter, &mut found);
        }
        found
    }
}

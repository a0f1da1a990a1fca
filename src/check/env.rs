//! Where an expression stands: the filters around it, what applies to the fact that it is part of, and how deep it is.
//!
//! Each step of typing hands the environment down to the next. It is a few words that are copied, so what is changed for
//! one expression is as it was for its neighbour.

use std::cell::Cell;

use super::errors;
use crate::ir::ResultAge;
use crate::source::Span;
use crate::syntax::ast::Window;
use crate::vocab::{AnchorId, FactId, KindId};

/// What names mean where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'e> {
    /// In a criterion or definition.
    Record,
    /// In the filter of entries of these kinds.
    Entry(&'e [KindId]),
    /// In the filter of results of this fact.
    Result(FactId),
}

/// A filter being typed, within those around it.
#[derive(Debug)]
pub(super) struct Filter<'e> {
    /// Of what.
    pub(super) scope: Scope<'e>,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it is an `except`.
    pub(super) excepts: bool,
    /// What stands around it, for a message that writes it anew.
    pub(super) asked: Option<&'e errors::Asked>,
    /// Whether it asked something of the entry or result so far.
    pub(super) asks: Cell<bool>,
    /// The next one out.
    pub(super) outer: Option<&'e Filter<'e>>,
}

/// A fact whose `else` is being typed, as part of the `else` of others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Derived<'e> {
    fact: FactId,
    outer: Option<&'e Derived<'e>>,
}

/// How old results may be that are read without a window, as far as what is around says it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ages<'e> {
    /// As the criterion says: before what a fact is declared with.
    pub(super) criterion: Option<&'e ResultAge>,
    /// As the fact is declared with whose `else` this is part of.
    pub(super) derived: Option<&'e ResultAge>,
}

/// Which days the daily doses of an expression are about, where they do not say so themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum DoseDays<'e> {
    /// The day of the default anchor.
    #[default]
    Default,
    /// The day of an anchor.
    At(AnchorId),
    /// Each day.
    Each,
    /// Those of a window, of `highest` and `lowest`.
    Window(&'e Window, Span),
}

/// Where an expression stands; [`Env::default`] is at the top of a criterion.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Env<'e> {
    /// The innermost filter around.
    filter: Option<&'e Filter<'e>>,
    /// The innermost fact whose `else` this is part of.
    derived: Option<&'e Derived<'e>>,
    /// The anchor that `age at consent` names, in the `else` of `age`.
    pub(super) computed_at: Option<AnchorId>,
    /// The windows of a computed fact, which its inputs take over; none for none.
    pub(super) inherited: &'e [(&'e Window, Span)],
    /// How old results may be that are read without a window.
    pub(super) ages: Ages<'e>,
    /// Which days its daily doses are about.
    pub(super) doses: DoseDays<'e>,
    /// How many expressions this one is nested in, definitions put in.
    pub(super) depth: usize,
}

impl<'e> Env<'e> {
    /// What names mean here.
    pub(super) fn scope(self) -> Scope<'e> {
        self.filter.map_or(Scope::Record, |filter| filter.scope)
    }

    /// The filters around, the innermost first.
    pub(super) fn filters(self) -> impl Iterator<Item = &'e Filter<'e>> {
        std::iter::successors(self.filter, |filter| filter.outer)
    }

    /// Notes that the filter here asks something of the entry or result.
    pub(super) fn filter_asks(self) {
        if let Some(filter) = self.filter {
            filter.asks.set(true);
        }
    }

    /// A filter that stands here.
    pub(super) fn filter(
        self,
        scope: Scope<'e>,
        span: Span,
        excepts: bool,
        asked: Option<&'e errors::Asked>,
    ) -> Filter<'e> {
        Filter { scope, span, excepts, asked, asks: Cell::new(false), outer: self.filter }
    }

    /// Within a filter.
    pub(super) fn within(self, filter: &'e Filter<'e>) -> Env<'e> {
        Env { filter: Some(filter), ..self }
    }

    /// Of something that no filter and no days of doses around it are about: what a name means where it is part of a fact's `else`.
    pub(super) fn outside_filters(self) -> Env<'e> {
        Env { filter: None, doses: DoseDays::Default, ..self }
    }

    /// In a definition: nothing around its name is about it.
    pub(super) fn of_definition(self) -> Env<'e> {
        Env { derived: self.derived, depth: self.depth, ..Env::default() }
    }

    /// Whether this is part of the `else` of a fact.
    pub(super) fn derives(self, fact: FactId) -> bool {
        std::iter::successors(self.derived, |derived| derived.outer).any(|derived| derived.fact == fact)
    }

    /// A fact whose `else` is typed from here.
    pub(super) fn derived(self, fact: FactId) -> Derived<'e> {
        Derived { fact, outer: self.derived }
    }

    /// In the `else` of a fact of which this anchor and these windows are asked, and whose results count so long.
    pub(super) fn of_else(
        self,
        derived: &'e Derived<'e>,
        computed_at: Option<AnchorId>,
        inherited: &'e [(&'e Window, Span)],
        results: Option<&'e ResultAge>,
    ) -> Env<'e> {
        let ages = Ages { derived: results.or(self.ages.derived), ..self.ages };
        Env { derived: Some(derived), computed_at, inherited, ages, depth: self.depth, ..Env::default() }
    }

    /// In a criterion that says how old results may be.
    pub(super) fn of_criterion(results: Option<&'e ResultAge>) -> Env<'e> {
        Env { ages: Ages { criterion: results, derived: None }, ..Env::default() }
    }

    /// Whether a definition here means something else than elsewhere: an anchor, windows or an age of results apply to
    /// what is around it.
    pub(super) fn is_asked(self) -> bool {
        let Ages { criterion, derived } = self.ages;
        self.computed_at.is_some() || !self.inherited.is_empty() || criterion.is_some() || derived.is_some()
    }

    /// Where daily doses are about these days.
    pub(super) fn of_doses(self, doses: DoseDays<'e>) -> Env<'e> {
        Env { doses, ..self }
    }

    /// In a part of the expression.
    pub(super) fn deeper(self) -> Env<'e> {
        Env { depth: self.depth + 1, ..self }
    }
}

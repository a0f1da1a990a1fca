//! What a name means in a filter: an attribute of the entry or result first, and else what it means outside.

use std::sync::Arc;

use super::env::{Env, Scope};
use super::{Checker, errors};
use crate::ir::Table;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Expr, Name};
use crate::typed::{AttributeRead, Condition, Owner};
use crate::vocab::{Attribute, AttributeId, Kind, KindId, Type, Vocabulary};

/// Least and greatest.
type Range = (Rational, Rational);

/// What a name in a filter names.
pub(super) enum Named {
    /// An attribute of everything in scope.
    Attribute(Box<Attribute>),
    /// No attribute of anything in scope: a fact or definition, if it is declared.
    Other,
    /// An attribute of which it cannot be said whose: reported.
    Wrong,
}

impl Checker<'_> {
    /// An attribute of what is in scope, with its place among those of its owner.
    pub(super) fn attribute_read(&self, env: Env<'_>, name: &str) -> AttributeRead {
        let place = |attributes: &Table<AttributeId, Attribute>| attributes.find(|attribute| attribute.name == name);
        let owner = match env.scope() {
            // Of nothing in scope no attribute is read.
            Scope::Record => Owner::Entry(Vec::new()),
            Scope::Result(fact) => {
                let declared = self.vocabulary.facts.get(fact);
                Owner::Result(fact, declared.and_then(|fact| place(&fact.attributes)).unwrap_or_default())
            }
            Scope::Entry(kinds) => {
                let of =
                    |kind: &KindId| (*kind, self.vocabulary.kinds.get(*kind).and_then(|kind| place(&kind.attributes)));
                Owner::Entry(kinds.iter().map(of).collect())
            }
        };
        AttributeRead { name: name.to_owned(), owner }
    }

    /// Types the filter of entries or results; one that asks nothing of them is warned of.
    pub(super) fn filter(
        &mut self,
        env: Env<'_>,
        scope: Scope<'_>,
        filter: &Expr,
        excepts: bool,
        asked: Option<&errors::Asked>,
    ) -> Option<Condition> {
        let around = env.filter(scope, filter.span, excepts, asked);
        let typed = self.condition(env.within(&around), filter);
        if typed.is_some() && !around.asks.get() {
            let owner = owner(&self.vocabulary, scope);
            self.report(errors::filter_asks_nothing(filter.span, self.as_written(filter.span), excepts, &owner));
        }
        typed
    }

    /// What a name means here. An attribute that only some of the kinds have, in which they differ, or which belongs to
    /// a filter further out, is reported: no other meaning is taken for it.
    pub(super) fn attribute_in_scope(&mut self, env: Env<'_>, name: &Name) -> Named {
        let named = match env.scope() {
            Scope::Record => return Named::Other,
            Scope::Result(fact) => match self.vocabulary.facts.get(fact).and_then(|fact| fact.attribute(&name.text)) {
                Some(attribute) => Named::Attribute(Box::new(attribute.clone())),
                None => Named::Other,
            },
            Scope::Entry(kinds) => self.attribute_of_kinds(env, kinds, name),
        };
        match named {
            Named::Attribute(_) => env.filter_asks(),
            Named::Wrong => {}
            Named::Other => {
                let outer = env.filters().skip(1).map(|filter| filter.scope);
                let mut owners = outer.filter_map(|scope| has_attribute(&self.vocabulary, scope, &name.text));
                if let Some(owner) = owners.next().cloned() {
                    self.report(errors::attribute_of_outer(name, &owner));
                    return Named::Wrong;
                }
            }
        }
        named
    }

    fn attribute_of_kinds(&mut self, env: Env<'_>, kinds: &[KindId], name: &Name) -> Named {
        let kinds: Vec<&Kind> =
            kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind).map(Arc::as_ref)).collect();
        if matches!(name.text.as_str(), "start" | "end") {
            let span = kinds.first().map_or(name.span, |kind| kind.span);
            return Named::Attribute(Box::new(date_of_entry(&name.text, span)));
        }
        let (having, lacking): (Vec<&Kind>, Vec<&Kind>) =
            kinds.iter().partition(|kind| kind.attribute(&name.text).is_some());
        let mut found: Option<(&Kind, Attribute)> = None;
        for kind in &having {
            let Some(attribute) = kind.attribute(&name.text) else {
                continue;
            };
            match &mut found {
                None => found = Some((kind, attribute.clone())),
                Some((first, before)) if before.ty != attribute.ty => {
                    let diagnostic = errors::attribute_differs(name, (first, before), (kind, attribute));
                    self.report(diagnostic);
                    return Named::Wrong;
                }
                Some((_, before)) => {
                    let possible = narrower(before.possible.clone(), attribute.possible.as_ref());
                    if possible != before.possible {
                        before.span = attribute.span;
                        before.possible = possible;
                    }
                    before.plausible = narrower(before.plausible.take(), attribute.plausible.as_ref());
                }
            }
        }
        let Some((_, attribute)) = found else {
            return Named::Other;
        };
        if lacking.is_empty() {
            return Named::Attribute(Box::new(attribute));
        }
        let filter = env.filters().next();
        let written = filter.map_or("..", |filter| self.as_written(filter.span));
        let excepts = filter.is_some_and(|filter| filter.excepts);
        let diagnostic = errors::attribute_of_some(&errors::Partly {
            name,
            attribute: &attribute,
            having: &having.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>(),
            lacking: &lacking.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>(),
            filter: written,
            excepts,
            asked: filter.and_then(|filter| filter.asked),
            fact: self.vocabulary.symbols.contains_key(&name.text),
        });
        self.report(diagnostic);
        Named::Wrong
    }
}

/// `start` and `end` of every entry.
fn date_of_entry(name: &str, span: Span) -> Attribute {
    Attribute { name: name.to_owned(), text: None, span, ty: Type::Date, possible: None, plausible: None }
}

/// The narrower of two ranges: a bound is judged by every kind that it applies to.
fn narrower(one: Option<Range>, other: Option<&Range>) -> Option<Range> {
    match (one, other.cloned()) {
        (Some((low, high)), Some((other_low, other_high))) => Some((low.max(other_low), high.min(other_high))),
        (one, other) => one.or(other),
    }
}

/// The fact or kind of a scope that has an attribute of that name.
fn has_attribute<'v>(vocabulary: &'v Vocabulary, scope: Scope<'_>, name: &str) -> Option<&'v String> {
    match scope {
        Scope::Record => None,
        Scope::Result(fact) => {
            let fact = vocabulary.facts.get(fact)?;
            fact.attribute(name).map(|_| &fact.name)
        }
        Scope::Entry(kinds) => {
            let mut kinds = kinds.iter().filter_map(|kind| vocabulary.kinds.get(*kind));
            kinds.find(|kind| kind.attribute(name).is_some()).map(|kind| &kind.name)
        }
    }
}

/// "the entries of `stroke`"
fn owner(vocabulary: &Vocabulary, scope: Scope<'_>) -> String {
    match scope {
        Scope::Record => "the patient".to_owned(),
        Scope::Result(fact) => {
            format!("the results of `{}`", vocabulary.facts.get(fact).map_or("", |fact| &fact.name))
        }
        Scope::Entry(kinds) => match kinds {
            [kind] => format!("the entries of `{}`", vocabulary.kinds.get(*kind).map_or("", |kind| &kind.name)),
            _ => "the entries".to_owned(),
        },
    }
}

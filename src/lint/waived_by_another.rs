//! W0716: `exclude K .. unless K (filter)`, where any entry that meets the filter lets in, also where there is another that does
//! not.

use super::context::Context;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::Polarity;
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{Clause, ExprKind};
use crate::typed::{Condition, ConditionKind, Test};
use crate::vocab::KindId;

pub(super) fn look(at: &Context<'_>, polarity: Polarity, clause: &Clause, condition: &Condition) -> Option<Diagnostic> {
    // What keeps out: of an `exclude` the condition, of a `require` its denial.
    let mut bars = Vec::new();
    conjuncts(condition, polarity == Polarity::Require, 0, &mut bars);
    let mut waivers = Vec::new();
    let mut left = MAX_PARTS;
    for (part, denied) in &bars {
        entries_denied(at, part, *denied, &mut left, &mut waivers);
    }
    let barring = bars.iter().filter(|(_, denied)| !denied).filter_map(|(part, _)| Some((part.span, some(part)?)));
    for (bar, (kinds, _)) in barring {
        for (waiver, (of, filtered)) in &waivers {
            if let (Some(kind), true) = (of.iter().find(|kind| kinds.contains(kind)), *filtered) {
                let kind = at.vocabulary.kinds.get(*kind).map_or("", |kind| &kind.name);
                return Some(said(at, clause, (bar, *waiver), kind));
            }
        }
    }
    None
}

/// The kinds of a test for at least one entry, and whether it has a filter or a window.
fn some(condition: &Condition) -> Option<(&[KindId], bool)> {
    match &condition.kind {
        ConditionKind::Test(Test::Entries { kinds, filter, choice: None, op: Comparison::Ge, count: 1, .. }) => {
            Some((kinds, filter.is_some()))
        }
        ConditionKind::Test(Test::Course { kinds, distinct: false, .. }) => Some((kinds, true)),
        _ => None,
    }
}

/// More than this deep nothing is looked for.
const MAX_DEPTH: u8 = 40;

/// The conditions that all have to hold; with each, whether it is denied.
fn conjuncts<'c>(condition: &'c Condition, denied: bool, depth: u8, found: &mut Vec<(&'c Condition, bool)>) {
    if depth > MAX_DEPTH {
        return;
    }
    match &condition.kind {
        ConditionKind::And(items) if !denied => {
            items.iter().for_each(|item| conjuncts(item, denied, depth + 1, found));
        }
        ConditionKind::Or(items) if denied => {
            items.iter().for_each(|item| conjuncts(item, denied, depth + 1, found));
        }
        ConditionKind::Not(inner) => conjuncts(inner, !denied, depth + 1, found),
        _ => found.push((condition, denied)),
    }
}

/// More parts than this, definitions opened, are not looked through.
const MAX_PARTS: u16 = 1000;

/// The tests for an entry a yes of which takes the bar away.
fn entries_denied<'c>(
    at: &Context<'c>,
    condition: &'c Condition,
    denied: bool,
    left: &mut u16,
    found: &mut Vec<(Span, (&'c [KindId], bool))>,
) {
    let Some(rest) = left.checked_sub(1) else {
        return;
    };
    *left = rest;
    match &condition.kind {
        ConditionKind::And(items) | ConditionKind::Or(items) => {
            items.iter().for_each(|item| entries_denied(at, item, denied, left, found));
        }
        ConditionKind::Not(inner) => entries_denied(at, inner, !denied, left, found),
        ConditionKind::Defined(id) => {
            if let Some(definition) = at.definitions.get(*id) {
                let from = found.len();
                entries_denied(at, &definition.condition, denied, left, found);
                // It is told where the definition is named.
                found.iter_mut().skip(from).for_each(|(span, _)| *span = condition.span);
            }
        }
        ConditionKind::Test(_) if denied => found.extend(some(condition).map(|entries| (condition.span, entries))),
        ConditionKind::Test(_)
        | ConditionKind::AtLeast(..)
        | ConditionKind::AtMost(..)
        | ConditionKind::Exactly(..) => {}
    }
}

fn said(at: &Context<'_>, clause: &Clause, (bar, waiver): (Span, Span), kind: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::W0716, waiver, format!("one `{kind}` lets in a patient whom another bars"))
        .label("any such entry")
        .also(bar, "any such entry bars")
        .note("the two may be two entries, and an old one that is harmless takes the bar of a new one away");
    let simple = simple(at, clause);
    let diagnostic = match &simple {
        Some((_, text)) => diagnostic.help(format!("write `{text}` for it: it leaves such entries out, and no others")),
        None => diagnostic.help(format!(
            "leave such entries out of those that bar: `{kind} .. except (..)`; no other entry is let in by them"
        )),
    };
    match simple {
        Some((place, text)) => diagnostic.fix(format!("write `{text}`"), place, text, Safety::Ask),
        None => diagnostic,
    }
}

/// `unless K (filter)` behind one condition on K, as `except (filter)`.
fn simple(at: &Context<'_>, clause: &Clause) -> Option<(Span, String)> {
    let guard = clause.guard.as_ref().filter(|guard| guard.unless && clause.alternatives.is_empty())?;
    let asked = super::asked::asked(&clause.main).filter(|_| !at.in_parentheses(&clause.main))?;
    let ExprKind::Term(waiver) = &guard.condition.kind else { return None };
    let same = |name: &crate::syntax::ast::Name| asked.term.subjects.iter().any(|other| other.text == name.text);
    if !waiver.prefixes.is_empty()
        || waiver.subjects.len() != asked.term.subjects.len()
        || !waiver.subjects.iter().all(same)
    {
        return None;
    }
    let filter = at.short(waiver.filter.as_ref()?.span)?;
    let filter = if filter.starts_with('(') { filter } else { format!("({filter})") };
    Some((guard.word.merge(guard.condition.span), format!("except {filter}")))
}

//! Exclusions that let an entry of the anchor's own day through: `prior` ends the day before it.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::context::Context;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::{Length, Polarity, Relation, Table};
use crate::number::Comparison;
use crate::source::{Span, one_line};
use crate::syntax::ast::StatementKind;
use crate::typed::{Condition, ConditionKind, Definition, DefinitionId, Test, TimeOf, WindowAnchor};
use crate::vocab::{AnchorId, KindId, Symbol};

/// Entries of which one is enough to keep a patient out.
struct Barring<'c> {
    kinds: &'c [KindId],
    /// What is said of their time.
    times: Vec<(&'c Relation, AnchorId, Span)>,
    /// What else is said of them.
    others: Vec<Span>,
    span: Span,
}

/// Warns of `exclude prior K` where nothing in the trial bars for a K on the very day that `prior` is about.
pub(super) fn look(at: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // A scratch program that does not say which trial it is is not nagged about it.
    if !at.file.statements.iter().any(|statement| matches!(statement.kind, StatementKind::Trial(_))) {
        return;
    }
    // On the later days the study itself gives what an exclusion may name.
    if let Some(Symbol::Anchor(enrollment)) = at.vocabulary.symbols.get("enrollment").copied()
        && at.default_anchor > enrollment
    {
        return;
    }
    let mut barring = Vec::new();
    for criterion in &at.program.criteria {
        let bars = criterion.polarity == Polarity::Exclude;
        collect(&criterion.condition, bars, at.definitions, &mut barring);
    }
    let about = |(relation, anchor, span): &&(&Relation, AnchorId, Span)| {
        **relation == Relation::Before && *anchor == at.default_anchor && at.written(*span) == "prior"
    };
    if !barring.iter().any(|entries| entries.times.iter().any(|time| about(&time))) {
        return;
    }
    let taken_in = taken_in(at, &barring);
    for prior in &barring {
        let Some((_, anchor, word)) = prior.times.iter().find(about) else {
            continue;
        };
        let (anchor, word) = (*anchor, *word);
        let rest = || prior.times.iter().filter(|(.., span)| *span != word);
        if !rest().all(|(relation, of, _)| takes_in_day(relation, *of, anchor)) {
            continue;
        }
        let asked: Vec<&str> = prior.others.iter().map(|span| at.written(*span)).collect();
        let covered = |kind: &KindId| {
            let others = taken_in.get(kind).into_iter().flatten();
            others.into_iter().any(|other| other.iter().all(|one| asked.contains(one)))
        };
        let lost: Vec<&str> = prior
            .kinds
            .iter()
            .filter(|kind| !covered(kind))
            .filter_map(|kind| at.vocabulary.kinds.get(*kind))
            .map(|kind| kind.name.as_str())
            .collect();
        let Some(first) = lost.first() else {
            continue;
        };
        let before = at.written_before(prior.span, word).trim();
        let behind = Span::new(word.file, word.range().end..prior.span.range().end);
        let asked = one_line(at.written(behind).trim());
        let shape = if rest().next().is_some() {
            Lost::WithWindow
        } else if before.is_empty() {
            Lost::Alone
        } else {
            Lost::Denied
        };
        let anchor = at.anchor_name(None);
        found.push(lost_day(word, first, &asked, anchor, shape));
    }
}

/// For each kind what else is asked, in the author's words, where the day of the default anchor is taken in: each list once,
/// for long programs ask the same of many.
fn taken_in<'a>(at: &Context<'a>, barring: &[Barring<'_>]) -> HashMap<KindId, HashSet<Vec<&'a str>>> {
    let mut found: HashMap<KindId, HashSet<Vec<&str>>> = HashMap::new();
    for entries in barring {
        if !entries.times.iter().all(|(relation, of, _)| takes_in_day(relation, *of, at.default_anchor)) {
            continue;
        }
        let asked: Vec<&str> = entries.others.iter().map(|span| at.written(*span)).collect();
        for kind in entries.kinds {
            found.entry(*kind).or_default().insert(asked.clone());
        }
    }
    found
}

/// How `prior` is in an exclusion that loses the anchor's own day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Behind no other word and before no window.
    Alone,
    /// Next to a window that takes the day in by itself.
    WithWindow,
    /// Behind `no`, or a count.
    Denied,
}

/// `exclude prior K`, where nothing bars for a K of the anchor's own day; `asked` is what is behind `prior`.
fn lost_day(word: Span, kind: &str, asked: &str, anchor: &str, shape: Lost) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::W0712,
        word,
        format!("`{kind}` on the very day of {anchor} is let through, since `prior` ends before it"),
    )
    .label("ends the day before")
    .note("`prior` is before the day of the anchor; `within .. before` takes that day in");
    match shape {
        Lost::Alone => diagnostic
            .help(format!(
                "write `any {asked}` where one at any time bars, or `{asked} at least 0 days before {anchor}` where a later one does not"
            ))
            .fix("write `any`", word, "any", Safety::Ask),
        Lost::WithWindow => diagnostic.help(format!("leave `prior` out: `{asked}`")),
        Lost::Denied => diagnostic.help(format!("add the day: `.. and no {asked} at {anchor}`")),
    }
}

/// The entries of which one keeps the patient out when the condition, or where `bars` is false its opposite, does.
fn collect<'c>(
    condition: &'c Condition,
    bars: bool,
    definitions: &'c Table<DefinitionId, Definition>,
    found: &mut Vec<Barring<'c>>,
) {
    match &condition.kind {
        ConditionKind::And(items) | ConditionKind::Or(items) | ConditionKind::AtLeast(_, items) => {
            items.iter().for_each(|item| collect(item, bars, definitions, found));
        }
        ConditionKind::AtMost(_, items) => items.iter().for_each(|item| collect(item, !bars, definitions, found)),
        ConditionKind::Not(inner) => collect(inner, !bars, definitions, found),
        ConditionKind::Defined(id) => {
            if let Some(definition) = definitions.get(*id) {
                collect(&definition.condition, bars, definitions, found);
            }
        }
        ConditionKind::Test(Test::Entries { kinds, filter, choice: None, planned: false, op, count, .. }) => {
            let one_is_enough = match op {
                Comparison::Ge => bars && *count == 1,
                Comparison::Gt | Comparison::Le | Comparison::Lt | Comparison::Eq | Comparison::Ne => {
                    !bars && *count == 0
                }
            };
            if one_is_enough {
                found.push(barring(kinds, filter.as_deref(), condition.span));
            }
        }
        ConditionKind::Exactly(..) | ConditionKind::Test(_) => {}
    }
}

fn barring<'c>(kinds: &'c [KindId], filter: Option<&'c Condition>, span: Span) -> Barring<'c> {
    let parts = match filter {
        None => &[],
        Some(Condition { kind: ConditionKind::And(items), .. }) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let mut barring = Barring { kinds, times: Vec::new(), others: Vec::new(), span };
    for part in parts {
        match &part.kind {
            ConditionKind::Test(Test::Window {
                of: TimeOf::Entry,
                relation,
                anchor: WindowAnchor::Date(anchor),
                ..
            }) if !relation.elaborate().of_itself() => {
                barring.times.push((relation, *anchor, part.span));
            }
            _ => barring.others.push(part.span),
        }
    }
    barring
}

/// Whether a window takes in an entry that starts on the day of an anchor.
fn takes_in_day(relation: &Relation, of: AnchorId, anchor: AnchorId) -> bool {
    let nothing = |length: &Length| matches!(length, Length::Calendar(0, _) | Length::HalfLives(0));
    match relation {
        Relation::Within { before, .. } => of == anchor || of > anchor && before.is_some(),
        Relation::At | Relation::UpTo | Relation::Current => of == anchor,
        Relation::Before => of > anchor,
        Relation::EarlierBy { strict, length } | Relation::LaterBy { strict, length } => {
            of == anchor && !strict && nothing(length)
        }
        Relation::After | Relation::Planned | Relation::Throughout { .. } | Relation::Lasting { .. } => false,
    }
}

//! Exclusions that let an entry of the anchor's own day through: `prior` ends the day before it.

use super::{Checker, errors};
use crate::ir::{Length, Relation};
use crate::ir::{Polarity, Table};
use crate::number::Comparison;
use crate::source::Span;
use crate::typed::{Condition, ConditionKind, Criterion, Definition, DefinitionId, Test, TimeOf};
use crate::vocab::{AnchorId, KindId, Symbol};

/// Entries of which one is enough to keep a patient out.
struct Barring<'c> {
    kinds: &'c [KindId],
    /// What is said of their time.
    times: Vec<(&'c Relation, AnchorId, Span)>,
    /// What else is asked of them.
    others: Vec<Span>,
    span: Span,
}

impl Checker<'_> {
    /// Warns of `exclude prior K` where nothing in the trial bars for a K on the very day that `prior` is about.
    pub(super) fn lost_days(&mut self, criteria: &[Criterion]) {
        // On the later days the study itself gives what an exclusion may name.
        if let Some(Symbol::Anchor(enrollment)) = self.vocabulary.symbols.get("enrollment").copied()
            && self.default_anchor > enrollment
        {
            return;
        }
        let mut barring = Vec::new();
        for criterion in criteria {
            let bars = criterion.polarity == Polarity::Exclude;
            collect(&criterion.condition, bars, &self.definitions, &mut barring);
        }
        let mut found = Vec::new();
        for prior in &barring {
            let about = |(relation, anchor, span): &&(&Relation, AnchorId, Span)| {
                **relation == Relation::Before && *anchor == self.default_anchor && self.as_written(*span) == "prior"
            };
            let Some((_, anchor, word)) = prior.times.iter().find(about) else {
                continue;
            };
            let (anchor, word) = (*anchor, *word);
            let rest = || prior.times.iter().filter(|(.., span)| *span != word);
            if !rest().all(|(relation, of, _)| takes_in_day(relation, *of, anchor)) {
                continue;
            }
            let covered = |kind: &KindId| {
                barring.iter().any(|other| {
                    other.kinds.contains(kind)
                        && other.times.iter().all(|(relation, of, _)| takes_in_day(relation, *of, anchor))
                        && self.asks_no_more(&other.others, &prior.others)
                })
            };
            let lost: Vec<&str> = prior
                .kinds
                .iter()
                .filter(|kind| !covered(kind))
                .filter_map(|kind| self.vocabulary.kinds.get(*kind))
                .map(|kind| kind.name.as_str())
                .collect();
            let Some(first) = lost.first() else {
                continue;
            };
            let before = self.written_before(prior.span, word).trim();
            let behind = Span::new(word.file, word.range().end..prior.span.range().end);
            let asked = crate::source::one_line(self.as_written(behind).trim());
            let shape = if rest().next().is_some() {
                errors::Lost::WithWindow
            } else if before.is_empty() {
                errors::Lost::Alone
            } else {
                errors::Lost::Denied
            };
            let anchor = self.default_anchor_name();
            found.push(errors::lost_day(word, first, &asked, &anchor, shape));
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// Whether each thing asked of some entries is asked, in the same words, of the others too.
    fn asks_no_more(&self, asked: &[Span], of_others: &[Span]) -> bool {
        asked.iter().all(|one| of_others.iter().any(|other| self.as_written(*one) == self.as_written(*other)))
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
        ConditionKind::Test(Test::Entries { kinds, filter, planned: false, op, count, .. }) => {
            let one_is_enough = match op {
                Comparison::Ge => bars && *count == 1,
                _ => !bars && *count == 0,
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
            ConditionKind::Test(Test::Window { of: TimeOf::Entry, relation, anchor, .. })
                if !matches!(relation, Relation::Lasting { .. }) =>
            {
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

//! The names that criteria use, each explained once.

use std::collections::BTreeSet;

use super::reading::section;
use super::words::{self, Words, spaced};
use super::{Entry, Item, Section};
use crate::ir::EntryKind;
use crate::source::one_line;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{FactRead, Operand, OperandKind, Test};
use crate::vocab::{AnchorId, FactId, KindId, Type};

struct Used<'w, 'p> {
    words: &'w Words<'p>,
    definitions: Definitions<'p>,
    facts: BTreeSet<FactId>,
    kinds: BTreeSet<KindId>,
    /// Names of groups that are in a sentence.
    groups: BTreeSet<String>,
    anchors: BTreeSet<AnchorId>,
}

fn used<'w, 'p>(words: &'w Words<'p>) -> Used<'w, 'p> {
    let definitions = Definitions::new(&words.program.definitions);
    let (facts, kinds, anchors) = Default::default();
    let mut used = Used { words, definitions, facts, kinds, groups: BTreeSet::new(), anchors };
    for criterion in &words.program.criteria {
        used.anchors.insert(criterion.stage);
        used.condition(&criterion.condition);
    }
    used
}

impl<'p> Visit<'p> for Used<'_, 'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        match test {
            Test::Entries { kinds, .. } => {
                self.groups.extend(self.words.cover(kinds).0.into_iter().map(str::to_owned));
                self.kinds.extend(kinds);
            }
            Test::Course { kinds, windows, .. } => {
                self.groups.extend(self.words.cover(kinds).0.into_iter().map(str::to_owned));
                self.kinds.extend(kinds);
                self.anchors.extend(windows.iter().map(|(_, anchor)| *anchor));
            }
            Test::Window { anchor, .. } => {
                self.anchors.extend(anchor.date());
                if let Some(point) = anchor.entry() {
                    self.groups.extend(self.words.cover(&point.kinds).0.into_iter().map(str::to_owned));
                    self.kinds.extend(&point.kinds);
                }
            }
            Test::Stretch { windows, .. } => self.anchors.extend(windows.iter().map(|(_, anchor)| *anchor)),
            Test::Compare { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Judged { .. }
            | Test::Todo { .. } => {}
        }
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        if let OperandKind::Age(age) = &operand.kind {
            self.facts.insert(age.from);
            self.anchors.insert(age.to);
        }
        if let OperandKind::DailyDose(dose) = &operand.kind {
            self.groups.extend(self.words.cover(&dose.kinds).0.into_iter().map(str::to_owned));
            self.kinds.extend(&dose.kinds);
            self.anchors.extend(dose.day.anchor());
        }
        visit::walk_operand(self, operand);
    }

    fn read(&mut self, read: &'p FactRead) {
        self.facts.insert(read.fact);
        visit::walk_read(self, read);
    }
}

/// Values, entries and dates, in the order in which they are declared.
pub(super) fn sections(words: &Words<'_>) -> Vec<Section> {
    let used = used(words);
    let vocabulary = &words.program.vocabulary;
    let facts = used.facts.iter().filter_map(|id| vocabulary.facts.get(*id)).map(|fact| {
        let mut remarks = vec![("Recorded as".to_owned(), recorded(&fact.ty))];
        if let Some((low, high)) = &fact.possible {
            let unit = fact.unit();
            remarks.push((
                "Possible".to_owned(),
                format!("{} to {}", words::quantity(low, None), words::quantity(high, unit)),
            ));
        }
        entry(&fact.name, fact.text.as_deref(), remarks)
    });
    let groups = vocabulary.groups.iter().filter(|group| used.groups.contains(&group.name)).map(|group| {
        let members: Vec<String> =
            group.members.iter().filter_map(|id| vocabulary.kinds.get(*id)).map(|kind| spaced(&kind.name)).collect();
        entry(&group.name, group.text.as_deref(), vec![("Any of".to_owned(), members.join(", "))])
    });
    let kinds = used.kinds.iter().filter_map(|id| vocabulary.kinds.get(*id)).map(|kind| {
        let word = match kind.word {
            EntryKind::Event => "an event",
            EntryKind::Condition => "a condition",
            EntryKind::Drug => "a drug",
        };
        let mut remarks = vec![("Recorded as".to_owned(), format!("{word}, with the day it began and maybe ended"))];
        if let Some(days) = &kind.half_life {
            remarks.push((
                "Half-life".to_owned(),
                format!("{} days, where its entry gives no other", words::number(days)),
            ));
        }
        entry(&kind.name, kind.text.as_deref(), remarks)
    });
    let anchors = used
        .anchors
        .iter()
        .filter_map(|id| vocabulary.anchors.get(*id))
        .map(|anchor| entry(&anchor.name, anchor.text.as_deref(), Vec::new()));
    vec![
        section("Dates", "The days that periods are counted from, in order of time.", anchors.collect()),
        section("Values", "What the criteria read of a patient.", facts.collect()),
        section("Entries", "What a record lists: events, conditions and drugs.", groups.chain(kinds).collect()),
    ]
}

fn recorded(ty: &Type) -> String {
    match ty {
        Type::Quantity(unit) => match words::unit(unit) {
            unit if unit.is_empty() => "a plain number".to_owned(),
            unit => format!("a number in {unit}, or in a unit that converts into it"),
        },
        Type::Score { low, high, .. } => format!("a score from {low} to {high}"),
        Type::Titre { low, high } => format!("a titre from 1:{low} to 1:{high}"),
        Type::Ordinal { scale, levels } => {
            let scale = if scale == "ordinal" { "level" } else { scale };
            format!("a {scale}, from the lowest: {}", levels.join(", "))
        }
        Type::Coded(values) => {
            let values: Vec<String> = values.iter().map(|value| spaced(value)).collect();
            format!("one of: {}", values.join(", "))
        }
        Type::YesNo => "yes or no".to_owned(),
        Type::Date => "a date".to_owned(),
    }
}

fn entry(name: &str, text: Option<&str>, remarks: Vec<(String, String)>) -> Entry {
    let text = text.map_or_else(|| "declared without a description".to_owned(), one_line);
    Entry { label: spaced(name), items: vec![Item::new(text)], remarks, ..Entry::default() }
}

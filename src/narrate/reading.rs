//! A reading as data: sections of numbered entries, each a few sentences with lists.

use super::words::spaced;
use crate::ir::Polarity;

/// A whole trial as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `NCT06297408`, or the file's name.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// What else the trial says of itself.
    pub details: Vec<(String, String)>,
    /// Why no patient is eligible by these criteria alone.
    pub incomplete: Option<String>,
    /// What holds for every criterion.
    pub rules: Vec<String>,
    /// Inclusion, exclusion, notes and what they refer to; none is empty.
    pub sections: Vec<Section>,
}

/// Entries under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What the section holds, in a sentence.
    pub about: String,
    /// In source order.
    pub entries: Vec<Entry>,
}

/// One numbered criterion, or one definition, question or name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The protocol's number, or the name defined.
    pub label: String,
    /// A criterion that is not encoded, or only in part.
    pub todo: bool,
    /// What the program asks.
    pub items: Vec<Item>,
    /// What unknown does, at which stage it is asked, and so on: a title and a sentence.
    pub remarks: Vec<(String, String)>,
}

/// A sentence, and the list that hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Without a full stop; ends in a colon's place when it has children.
    pub text: String,
    /// The list.
    pub children: Vec<Item>,
    /// What it is besides a sentence.
    pub mark: Mark,
}

/// What an item is besides a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    Plain,
    /// It speaks of this definition.
    Definition(String),
    /// Not encoded yet.
    Todo,
    /// A person answers it.
    Question,
}

impl Item {
    pub(crate) fn new(text: impl Into<String>) -> Item {
        Item { text: text.into(), ..Item::default() }
    }

    /// Whether it, or an item under it, is not encoded yet.
    pub(super) fn has_todo(&self) -> bool {
        self.mark == Mark::Todo || self.children.iter().any(Item::has_todo)
    }
}

impl Reading {
    /// Only the criterion or note of a number, with the definitions it speaks of; nothing where there is none.
    pub fn only(&self, id: &str) -> Option<Reading> {
        let mut sections = self.sections.clone();
        let mut wanted: Vec<String> = Vec::new();
        sections.retain_mut(|section| {
            section.entries.retain(|entry| entry.label == id);
            NUMBERED.contains(&section.heading.as_str()) && !section.entries.is_empty()
        });
        if sections.is_empty() {
            return None;
        }
        let own = sections.iter().flat_map(|section| &section.entries).flat_map(|entry| &entry.items);
        named(own, &mut wanted);
        if let Some(all) = self.sections.iter().find(|section| section.heading == DEFINITIONS) {
            let mut kept = all.clone();
            // A definition is behind those it uses.
            let mut place = kept.entries.len();
            while place > 0 {
                place -= 1;
                if let Some(entry) = kept.entries.get(place)
                    && wanted.contains(&entry.label)
                {
                    named(entry.items.iter(), &mut wanted);
                }
            }
            kept.entries.retain(|entry| wanted.contains(&entry.label));
            sections.extend((!kept.entries.is_empty()).then_some(kept));
        }
        Some(Reading { details: Vec::new(), rules: Vec::new(), sections, ..self.clone() })
    }

    /// The numbers of criteria and notes.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        let numbered = self.sections.iter().filter(|section| NUMBERED.contains(&section.heading.as_str()));
        numbered.flat_map(|section| section.entries.iter().map(|entry| entry.label.as_str()))
    }
}

/// The heading of the definitions.
pub(super) const DEFINITIONS: &str = "Definitions";

/// The headings of what has a number of the protocol.
const NUMBERED: [&str; 3] = ["Inclusion criteria", "Exclusion criteria", "Notes"];

/// The labels of the definitions that some items speak of.
pub(super) fn named<'i>(items: impl Iterator<Item = &'i Item>, found: &mut Vec<String>) {
    for item in items {
        if let Mark::Definition(name) = &item.mark {
            found.push(spaced(name));
        }
        named(item.children.iter(), found);
    }
}

/// The heading a criterion is under.
pub fn heading(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Require => "Inclusion criteria",
        Polarity::Exclude => "Exclusion criteria",
    }
}

pub(super) fn section(heading: &str, about: &str, entries: Vec<Entry>) -> Section {
    Section { heading: heading.to_owned(), about: about.to_owned(), entries }
}

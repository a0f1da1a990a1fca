//! A file and its statements.

use super::declaration::{Modifier, Type};
use super::example::Example;
use super::expression::{Clause, Expr};
use super::literal::{Comment, DateText, Name, Number, Text, Unit};
use super::window::ResultsCount;
use crate::ir::{EntryKind, Polarity};
use crate::source::Span;

/// A parsed file. Statements that did not parse are absent here and present as diagnostics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// In source order.
    pub statements: Vec<Statement>,
    /// Every comment, `##` texts too, in source order.
    pub comments: Vec<Comment>,
    /// Names whose declarations, or attributes whose types, did not parse: reported here, so their uses are not
    /// reported as unknown.
    pub broken: Vec<Name>,
}

/// A statement with its `##` text.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The `##` lines right before it, marks stripped, joined by line ends.
    pub doc: Option<String>,
    /// From the statement word to the last token.
    pub span: Span,
    /// The statement word alone.
    pub word: Span,
    /// What it is.
    pub kind: StatementKind,
}

/// The statements.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `trial NCT06297408 "title" { .. }`
    Trial(Trial),
    /// `vocabulary sle "title"`
    Vocabulary {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `use sle`, `use "./site.elig"`
    Use(UseTarget),
    /// `anchor infusion "text" after lymphodepletion`
    Anchor {
        /// Its name.
        name: Name,
        /// A line for people.
        text: Option<Text>,
        /// The anchor it follows in time.
        after: Option<Name>,
    },
    /// `fact platelets: quantity [10*9/L] possible 0..5000`
    Fact {
        /// Its name.
        name: Name,
        /// Its type.
        ty: Type,
        /// Everything behind the type.
        modifiers: Vec<Modifier>,
    },
    /// `event`, `condition` or `drug`
    Kind {
        /// Which of the three words.
        word: EntryKind,
        /// Its name.
        name: Name,
        /// Codes, attributes and the rest.
        modifiers: Vec<Modifier>,
    },
    /// `group immunosuppressant { mycophenolate, .. }`
    Group {
        /// Its name.
        name: Name,
        /// Codes and the rest.
        modifiers: Vec<Modifier>,
        /// Its members.
        members: Vec<Name>,
    },
    /// `extend growth_factor { long_acting: yes_no }`, `extend ana one of { borderline }`
    Extend {
        /// The fact or kind.
        name: Name,
        /// `one of { .. }`: values added to a coded fact.
        values: Vec<Type>,
        /// Attributes and codes added.
        modifiers: Vec<Modifier>,
    },
    /// `extend group immunosuppressant { voclosporin }`
    ExtendGroup {
        /// The group.
        name: Name,
        /// Codes added.
        modifiers: Vec<Modifier>,
        /// Members added.
        members: Vec<Name>,
    },
    /// `unit "cells/mcL" = /uL`
    Unit {
        /// The spelling added.
        spelling: Text,
        /// The unit it means.
        unit: Unit,
    },
    /// `define bmi = weight / height^2`
    Define {
        /// Its name.
        name: Name,
        /// What it means.
        body: Expr,
    },
    /// `require` or `exclude`
    Criterion {
        /// Which of the two.
        polarity: Polarity,
        /// The protocol's number.
        id: Option<Name>,
        /// What is asked.
        clause: Clause,
    },
    /// `note [E7.1] "text"`
    Note {
        /// The protocol's number.
        id: Option<Name>,
        /// The instruction.
        text: Text,
    },
    /// `assert [C1] "a man is not pregnant": not (sex is male and pregnant)`
    Assert {
        /// Its number.
        id: Option<Name>,
        /// What is surely so.
        text: Text,
        /// The condition that says it.
        body: Expr,
    },
    /// `example "name" like "other" { .. } expect ..`
    Example(Example),
}

/// The trial's own block.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// `NCT06297408`
    pub id: Option<Name>,
    /// The title.
    pub title: Option<Text>,
    /// The entries of the block, in order.
    pub entries: Vec<TrialEntry>,
}

/// `sponsor "..."`, `phase 1`, `source "..." as of 2024-03`, `anchor screening`
#[derive(Debug, Clone, PartialEq)]
pub struct TrialEntry {
    /// The key.
    pub key: Name,
    /// The value.
    pub value: TrialValue,
    /// `as of DATE`.
    pub as_of: Option<DateText>,
}

/// A value in the trial block.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialValue {
    /// In quotes.
    Text(Text),
    /// A number.
    Number(Number),
    /// A bare name.
    Name(Name),
    /// A date.
    Date(DateText),
    /// `count for 28 days`, behind the key `results`.
    Results(ResultsCount),
}

/// What `use` names.
#[derive(Debug, Clone, PartialEq)]
pub enum UseTarget {
    /// A shipped vocabulary.
    Shipped(Name),
    /// A file, relative to the one that uses it.
    Path(Text),
}

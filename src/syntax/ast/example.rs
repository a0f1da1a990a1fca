//! Example records and what is expected of them.

use super::expression::CodeWord;
use super::literal::{DateText, Name, Number, Text, Unit};
use crate::ir::Comparison;
use crate::source::Span;

/// An example record and what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: Text,
    /// The example whose fields it starts from.
    pub like: Option<Text>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What is expected.
    pub expectations: Vec<Expectation>,
}

/// `sledai2k: 7`, `judged E18: no`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub key: Name,
    /// `judged` was written before the key.
    pub judged: bool,
    /// The value.
    pub value: Value,
}

/// A value of an example record.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
    /// What is said of it behind it, when anything is.
    pub details: Option<Box<ValueDetails>>,
}

/// What is said of a value behind it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ValueDetails {
    /// `at 2026-02-27`
    pub at: Option<DateText>,
    /// `uln 40`
    pub uln: Option<Number>,
    /// `lln 10`
    pub lln: Option<Number>,
    /// `(method: echo)`
    pub attributes: Vec<Field>,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// `150 x10^9/L`, `< 9 mg/dL`, `7`
    Number {
        /// A censored result.
        comparator: Option<Comparison>,
        /// The number.
        number: Number,
        /// The unit.
        unit: Option<Unit>,
    },
    /// `positive`, `yes`, `no`, `none`, `unknown`, `running`, `class III`
    Word(CodeWord),
    /// `2026-02-27`
    Date(DateText),
    /// `{ start: 2024-06 }`
    Object(Vec<Field>),
    /// `[ .. ]`
    List(Vec<Value>),
}

/// `I7 pass`, `verdict eligible at screening`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Its place.
    pub span: Span,
    /// What is expected of what.
    pub kind: ExpectationKind,
}

/// The kinds of expectation.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectationKind {
    /// `verdict eligible at screening`
    Verdict {
        /// `eligible`, `ineligible` or `undetermined`.
        verdict: Name,
        /// The stage; the last one when unsaid.
        at: Option<Name>,
    },
    /// `I7 pass`
    Criterion {
        /// The criterion's id.
        id: Name,
        /// `pass`, `fail` or `unknown`.
        outcome: Name,
    },
}

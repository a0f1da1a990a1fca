//! What can be wrong with a record, as data.

use std::fmt;

use serde::Serialize;

use super::stream::SplitProblem;
use crate::legible;

/// What can be wrong with a record. Each has an id that stays: [`RecordErrorKind::id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RecordErrorKind {
    /// The text is not one JSON value.
    NotJson,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The value is not an object.
    NotAnObject,
    /// The record is over 16 MiB.
    TooLarge,
    /// There is no `id`.
    MissingId,
    /// A key of the record itself that means nothing.
    UnknownKey,
    /// A name under `facts` that the trial's vocabulary does not have.
    UnknownFact,
    /// A name under `anchors` that the trial does not have.
    UnknownAnchor,
    /// A key under `judgements` that is no question of the trial.
    UnknownJudgement,
    /// A key of a result or an entry that it does not have.
    UnknownAttribute,
    /// A word that a coded or ordinal value cannot be.
    UnknownValue,
    /// A member that a group does not have.
    UnknownMember,
    /// A key is given twice.
    DuplicateKey,
    /// A value of another JSON type than the one needed.
    WrongType,
    /// A quantity without a unit.
    MissingUnit,
    /// A unit that the quantity is not given in, or a unit where none belongs.
    WrongUnit,
    /// A value outside what it can be.
    ImpossibleValue,
    /// A score between two of its steps.
    OffStep,
    /// A comparator other than `<`, `<=`, `>`, `>=`, `=`, or one where none belongs.
    BadComparator,
    /// A limit of normal that is not above zero.
    BadLimit,
    /// A result without a `value`.
    MissingValue,
    /// An entry of a group that does not say which member it is.
    MissingMember,
    /// A text that is no date.
    BadDate,
    /// An entry that ends before it starts.
    EndBeforeStart,
    /// A group says none where a member has entries, or both list them.
    GroupContradiction,
    /// The stream breaks off, or is broken between records.
    BrokenStream,
}

impl RecordErrorKind {
    /// Every kind.
    pub const ALL: &'static [RecordErrorKind] = &[
        RecordErrorKind::NotJson,
        RecordErrorKind::NotUtf8,
        RecordErrorKind::NotAnObject,
        RecordErrorKind::TooLarge,
        RecordErrorKind::MissingId,
        RecordErrorKind::UnknownKey,
        RecordErrorKind::UnknownFact,
        RecordErrorKind::UnknownAnchor,
        RecordErrorKind::UnknownJudgement,
        RecordErrorKind::UnknownAttribute,
        RecordErrorKind::UnknownValue,
        RecordErrorKind::UnknownMember,
        RecordErrorKind::DuplicateKey,
        RecordErrorKind::WrongType,
        RecordErrorKind::MissingUnit,
        RecordErrorKind::WrongUnit,
        RecordErrorKind::ImpossibleValue,
        RecordErrorKind::OffStep,
        RecordErrorKind::BadComparator,
        RecordErrorKind::BadLimit,
        RecordErrorKind::MissingValue,
        RecordErrorKind::MissingMember,
        RecordErrorKind::BadDate,
        RecordErrorKind::EndBeforeStart,
        RecordErrorKind::GroupContradiction,
        RecordErrorKind::BrokenStream,
    ];

    /// The stable id, as serialised: `impossible-value`.
    pub fn id(self) -> &'static str {
        match self {
            RecordErrorKind::NotJson => "not-json",
            RecordErrorKind::NotUtf8 => "not-utf8",
            RecordErrorKind::NotAnObject => "not-an-object",
            RecordErrorKind::TooLarge => "too-large",
            RecordErrorKind::MissingId => "missing-id",
            RecordErrorKind::UnknownKey => "unknown-key",
            RecordErrorKind::UnknownFact => "unknown-fact",
            RecordErrorKind::UnknownAnchor => "unknown-anchor",
            RecordErrorKind::UnknownJudgement => "unknown-judgement",
            RecordErrorKind::UnknownAttribute => "unknown-attribute",
            RecordErrorKind::UnknownValue => "unknown-value",
            RecordErrorKind::UnknownMember => "unknown-member",
            RecordErrorKind::DuplicateKey => "duplicate-key",
            RecordErrorKind::WrongType => "wrong-type",
            RecordErrorKind::MissingUnit => "missing-unit",
            RecordErrorKind::WrongUnit => "wrong-unit",
            RecordErrorKind::ImpossibleValue => "impossible-value",
            RecordErrorKind::OffStep => "off-step",
            RecordErrorKind::BadComparator => "bad-comparator",
            RecordErrorKind::BadLimit => "bad-limit",
            RecordErrorKind::MissingValue => "missing-value",
            RecordErrorKind::MissingMember => "missing-member",
            RecordErrorKind::BadDate => "bad-date",
            RecordErrorKind::EndBeforeStart => "end-before-start",
            RecordErrorKind::GroupContradiction => "group-contradiction",
            RecordErrorKind::BrokenStream => "broken-stream",
        }
    }
}

impl fmt::Display for RecordErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One problem of a record, to be matched by its [`RecordProblem::kind`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordProblem {
    /// Its kind.
    pub kind: RecordErrorKind,
    /// Where: `facts.platelets[0].unit`; empty for the record as a whole.
    pub path: String,
    /// What is wrong; names in backticks, no value of the patient but a word that is not known.
    pub message: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl fmt::Display for RecordProblem {
    /// `facts.platelets.unit: ..; ..`: the place, what is wrong, what to write instead.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", legible::line(&self.path))?;
        }
        f.write_str(&legible::line(&self.message))?;
        match &self.help {
            Some(help) => write!(f, "; {}", legible::line(help)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for RecordProblem {}

/// Why a record cannot be screened: every problem it has, in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordError {
    /// The line of the stream that its first byte is on, from 1; 1 of a record that was read by itself.
    pub line: u64,
    /// Its id, when that could be read.
    pub id: Option<super::RecordId>,
    /// In the order of the text.
    pub problems: Vec<RecordProblem>,
}

impl RecordError {
    /// A record with one problem as a whole.
    pub fn whole(line: u64, kind: RecordErrorKind, message: impl Into<String>) -> RecordError {
        let problem = RecordProblem { kind, path: String::new(), message: message.into(), help: None };
        RecordError { line, id: None, problems: vec![problem] }
    }

    /// The same on another line.
    #[must_use]
    pub fn at_line(self, line: u64) -> RecordError {
        RecordError { line, ..self }
    }
}

impl fmt::Display for RecordError {
    /// A line for each problem: `line 3, record P-001: facts.platelets.unit: ..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "line {}", self.line)?;
            if let Some(id) = &self.id {
                write!(f, ", record {}", id.shown())?;
            }
            write!(f, ": {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RecordError {}

impl SplitProblem {
    /// The problem as that of a record.
    pub fn into_error(self, line: u64) -> RecordError {
        match self {
            SplitProblem::TooLarge => RecordError::whole(line, RecordErrorKind::TooLarge, "the record is over 16 MiB"),
            SplitProblem::UnclosedArray => {
                RecordError::whole(line, RecordErrorKind::BrokenStream, "the array of records is never closed")
            }
            SplitProblem::BehindArray => {
                let message = "there is more after the array of records; reading goes on from here";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Rest => {
                let message = "text behind the array of records; nothing is read from here on";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Stray => {
                let message = "a comma or a closing bracket that belongs to no record";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Comma => RecordError::whole(
                line,
                RecordErrorKind::BrokenStream,
                "records of an array are not separated by one comma each",
            ),
        }
    }
}

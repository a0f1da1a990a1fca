//! What an evaluation says, as data. The serialised form of these structs is the evaluator's JSON output.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::ir::{Outcome, Verdict};
use crate::record::RecordId;

/// Everything there is to say of one record, as data; serialised, it is what `eligc eval --format json` writes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// The record's id.
    pub id: RecordId,
    /// Over every criterion evaluated.
    pub verdict: Verdict,
    /// The verdict at each anchor that is the stage of some criterion, in time order.
    pub stages: Vec<StageVerdict>,
    /// In source order.
    pub criteria: Vec<CriterionResult>,
    /// Instructions of the protocol that no criterion asks, in source order: they bind whoever reads the verdict.
    pub notes: Vec<Note>,
    /// What the record would have to give, sorted by item.
    pub missing: Vec<Missing>,
    /// Smallest sets of missing items that could still decide the verdict, smallest first; empty unless it is
    /// undetermined.
    pub decisive: Vec<Decisive>,
    /// Edit checks that the record fails: no verdict rests on what they name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// What is recorded, bears on what criteria read, and is read by none of their side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<NotRead>,
}

/// An edit check that a record fails.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Conflict {
    /// The check's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the check says is so.
    pub check: String,
    /// Why nothing else can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What is in conflict: `sex`, `pregnant`, `anchor infusion`.
    pub items: Vec<String>,
    /// What the record gives of it.
    pub found: Vec<EvidenceItem>,
    /// The criteria that are unknown because of it, in source order.
    pub criteria: Vec<String>,
}

/// Recorded evidence that no criterion read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NotRead {
    /// The fact or kind: `hcg_serum`.
    pub item: String,
    /// What the record gives of it.
    pub found: Vec<EvidenceItem>,
    /// What it bears on: `pregnant`.
    pub bears_on: Vec<String>,
    /// The criteria that read that, and not this, in source order.
    pub criteria: Vec<String>,
}

/// The verdict over the criteria of one stage and those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StageVerdict {
    /// The anchor's name.
    pub stage: String,
    /// Whether the record gives the anchor.
    pub reached: bool,
    /// The verdict.
    pub verdict: Verdict,
}

/// What came of one criterion, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CriterionResult {
    /// The protocol's number.
    pub id: String,
    /// Pass, fail or unknown.
    pub outcome: Outcome,
    /// Unknown, and its stage is an anchor later than the default one that the record does not give yet.
    pub pending: bool,
    /// The latest anchor it depends on.
    pub stage: String,
    /// Of an unknown outcome: why.
    pub reasons: Vec<Reason>,
    /// Of a known outcome: tests that are enough to decide it, none of which can be left out.
    pub evidence: Vec<Evidence>,
}

/// An instruction of the protocol that no criterion asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The protocol's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The instruction.
    pub text: String,
}

/// Why something is unknown. Each has an id that stays: [`UnknownCause::id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnknownCause {
    /// The record does not give the fact.
    NoRecord,
    /// The record neither lists every entry of the kind nor says there are no others.
    OpenList,
    /// No result lies in the window, or passes the filter, for sure.
    NoResultInWindow,
    /// The record does not give the anchor.
    NoAnchor,
    /// A person has not answered yet.
    NoJudgement,
    /// A result or entry has no date.
    NoDate,
    /// A date is known only to the month or the year.
    DateTooCoarse,
    /// The result has no limit of normal.
    NoReferenceLimit,
    /// A result is known only as above or below a number.
    Censored,
    /// Several results could be meant, and they do not agree.
    ConflictingResults,
    /// The record gives the fact, but not its value.
    NoValue,
    /// An entry or result lacks an attribute.
    AttributeMissing,
    /// Neither the entry nor its kind has a half-life.
    NoHalfLife,
    /// A formula divides by what may be zero, or leaves the numbers.
    UndefinedArithmetic,
    /// The criterion is not encoded yet.
    NotEncoded,
    /// An edit check says that the record contradicts itself there.
    Conflict,
}

impl UnknownCause {
    /// Every reason.
    pub const ALL: &'static [UnknownCause] = &[
        UnknownCause::NoRecord,
        UnknownCause::OpenList,
        UnknownCause::NoResultInWindow,
        UnknownCause::NoAnchor,
        UnknownCause::NoJudgement,
        UnknownCause::NoDate,
        UnknownCause::DateTooCoarse,
        UnknownCause::NoReferenceLimit,
        UnknownCause::Censored,
        UnknownCause::ConflictingResults,
        UnknownCause::NoValue,
        UnknownCause::AttributeMissing,
        UnknownCause::NoHalfLife,
        UnknownCause::UndefinedArithmetic,
        UnknownCause::NotEncoded,
        UnknownCause::Conflict,
    ];

    /// The stable id, as serialised: `date-too-coarse`.
    pub fn id(self) -> &'static str {
        match self {
            UnknownCause::NoRecord => "no-record",
            UnknownCause::OpenList => "open-list",
            UnknownCause::NoResultInWindow => "no-result-in-window",
            UnknownCause::NoAnchor => "no-anchor",
            UnknownCause::NoJudgement => "no-judgement",
            UnknownCause::NoDate => "no-date",
            UnknownCause::DateTooCoarse => "date-too-coarse",
            UnknownCause::NoReferenceLimit => "no-reference-limit",
            UnknownCause::Censored => "censored",
            UnknownCause::ConflictingResults => "conflicting-results",
            UnknownCause::NoValue => "no-value",
            UnknownCause::AttributeMissing => "attribute-missing",
            UnknownCause::NoHalfLife => "no-half-life",
            UnknownCause::UndefinedArithmetic => "undefined-arithmetic",
            UnknownCause::NotEncoded => "not-encoded",
            UnknownCause::Conflict => "conflict",
        }
    }
}

impl fmt::Display for UnknownCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One reason of an unknown outcome: the item, and the cause.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// What is missing or too vague: `creatinine`, `malignancy.site`, `anchor infusion`, `judgement E18`.
    pub item: String,
    /// Why.
    pub why: UnknownCause,
    /// One line for people.
    pub text: String,
}

/// One test that decided a known outcome, with what it looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The fact, kind or question: `sledai2k`, `judgement E18`.
    pub item: String,
    /// What was asked, in canonical units: `sledai2k >= 7`.
    pub test: String,
    /// How it was answered.
    pub answer: bool,
    /// The results or entries that were looked at.
    pub found: Vec<EvidenceItem>,
    /// The windows that were looked through.
    pub windows: Vec<Window>,
    /// One line for people.
    pub text: String,
}

/// A result or an entry as evidence. Values are in the canonical unit of their fact, dates as the record gave them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct EvidenceItem {
    /// The fact or kind.
    pub name: String,
    /// The value, in the canonical unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<DisplayValue>,
    /// The canonical unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The value as it was given, with its unit, where that is another one: `150000 /uL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charted: Option<String>,
    /// When the result was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The upper limit of normal, in the canonical unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uln: Option<DisplayValue>,
    /// The lower limit of normal, in the canonical unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lln: Option<DisplayValue>,
    /// When the entry starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// When it ends: a date, or `running`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Attributes that are given.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, DisplayValue>,
}

/// A value as evidence shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum DisplayValue {
    /// A number, to the nearest double.
    Number(f64),
    /// A yes/no.
    Flag(bool),
    /// A word, a date, or a censored number (`< 9`).
    Text(String),
}

impl fmt::Display for DisplayValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DisplayValue::Number(number) => write!(f, "{number}"),
            DisplayValue::Flag(true) => f.write_str("yes"),
            DisplayValue::Flag(false) => f.write_str("no"),
            DisplayValue::Text(text) => f.write_str(text),
        }
    }
}

/// A window of time that a test looked through, both its ends worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Window {
    /// The anchor.
    pub anchor: String,
    /// As written: `within 2 years before`.
    pub relation: String,
    /// The first day or instant; open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day or instant; open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// An item that a record would have to give, and the criteria that ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Missing {
    /// What: `creatinine`, `malignancy.site`, `anchor infusion`, `judgement E18`.
    pub item: String,
    /// Why it is missing or does not do.
    pub why: UnknownCause,
    /// The criteria that ask for it, in source order.
    pub criteria: Vec<String>,
}

/// A set of missing items of which some values decide the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decisive {
    /// The verdict it could reach.
    pub verdict: Verdict,
    /// Of `eligible` while criteria still wait for a later anchor: the stage it is the verdict of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The items, sorted.
    pub items: Vec<String>,
    /// The criterion that would fail; for `eligible`, those that would pass.
    pub criteria: Vec<String>,
    /// No smaller set would do. False when the search ended by its budget.
    pub smallest: bool,
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

//! The checked program: names resolved, quantities in canonical units, windows with their anchor, spans kept.
//!
//! It no longer knows spellings, units as written, or which sugar (`unless`, `, or .. when`, `no`, `highest`) was used.
//! Definitions are kept as references, so that a condition named once is held once.

pub mod places;
mod questions;
pub mod visit;

pub use questions::{Question, questions};

use std::sync::Arc;

use crate::ir::{self, Outcome, Polarity, ResultAge, Stage, Table, Verdict};
use crate::number::Rational;
use crate::source::Span;
use crate::units::Unit;
use crate::vocab::{AttributeId, FactId, KindId, Vocabulary};

/// Index into [`Vocabulary::anchors`].
pub use crate::vocab::AnchorId;

ir::ids! {
    /// A definition of a program.
    DefinitionId,
}

/// A checked trial.
#[derive(Debug, Clone)]
pub struct Program {
    /// What the trial says of itself.
    pub trial: TrialInfo,
    /// Every name it may use.
    pub vocabulary: Arc<Vocabulary>,
    /// The anchor that a window means when it names none.
    pub default_anchor: AnchorId,
    /// Named conditions that are used, each after those it uses.
    pub definitions: Table<DefinitionId, Definition>,
    /// Criteria in source order.
    pub criteria: Vec<Criterion>,
    /// Notes in source order.
    pub notes: Vec<Note>,
    /// What is so in every record: the vocabulary's checks and the trial's own, in the order of the files.
    pub assertions: Vec<Assertion>,
    /// Examples in source order.
    pub examples: Vec<Example>,
    /// The records of the examples.
    pub records: Vec<Record>,
}

/// What the trial says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrialInfo {
    /// `NCT06297408`, or the file's name.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// The other entries of the trial block, in order.
    pub details: Vec<(String, String)>,
    /// How old results may be that are read without a window. The windows of reads say it too.
    pub results: Option<ResultAge>,
    /// Why no patient is eligible by these criteria alone: some of the protocol's are not among them.
    pub incomplete: Option<Incomplete>,
}

/// `incomplete "why"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// Why, in the author's words.
    pub why: String,
    /// Where it is written.
    pub span: Span,
}

/// A named condition.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// What it means.
    pub condition: Condition,
}

/// `require` or `exclude`, its clause made one condition.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// The protocol's number, or `R1`, `X1`, .. where none is given.
    pub id: String,
    /// A true `require` passes; a true `exclude` fails.
    pub polarity: Polarity,
    /// Its `##` text.
    pub text: Option<String>,
    /// The statement as written, white space folded.
    pub statement: String,
    /// What is asked.
    pub condition: Condition,
    /// How old results may be that it reads without a window, where it says so itself. The windows of its reads say it too.
    pub results: Option<ResultAge>,
    /// The latest anchor it depends on.
    pub stage: AnchorId,
    /// The whole statement.
    pub span: Span,
}

/// An instruction that excludes no patient.
#[derive(Debug, Clone)]
pub struct Note {
    /// The protocol's number.
    pub id: Option<String>,
    /// The instruction.
    pub text: String,
    /// The whole statement.
    pub span: Span,
}

/// An edit check: a condition that holds in every record which does not contradict itself.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// Its number.
    pub id: Option<String>,
    /// What is so.
    pub text: String,
    /// Its `##` text: why nothing else can be.
    pub why: Option<String>,
    /// The condition.
    pub condition: Condition,
    /// The facts, kinds and anchors that are in conflict where it is surely false: those it names, ascending. The
    /// default anchor is one of them only where the check itself names it.
    pub facts: Vec<FactId>,
    /// See `facts`.
    pub kinds: Vec<KindId>,
    /// See `facts`.
    pub anchors: Vec<AnchorId>,
    /// The whole statement.
    pub span: Span,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Where it is written.
    pub span: Span,
    /// What it asks.
    pub kind: ConditionKind,
}

/// The conditions, in Kleene's three-valued logic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// All of them.
    And(Vec<Condition>),
    /// Any of them.
    Or(Vec<Condition>),
    /// Not it.
    Not(Box<Condition>),
    /// At least so many of them.
    AtLeast(u32, Vec<Condition>),
    /// At most so many of them.
    AtMost(u32, Vec<Condition>),
    /// Just so many of them.
    Exactly(u32, Vec<Condition>),
    /// A named one.
    Defined(DefinitionId),
    /// One test.
    Test(Test),
}

/// Tests of a typed program: conditions inside are conditions, names are the vocabulary's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypedStage {}

impl Stage for TypedStage {
    type Fact = FactId;
    type Kind = KindId;
    type Anchor = AnchorId;
    type Question = Judgement;
    type Attribute = AttributeRead;
    type Date = AttributeRead;
    /// By name.
    type Values = Vec<String>;
    type Number = Rational;
    type Text = String;
    type Condition = Box<Condition>;
    /// Every result where there is none.
    type Filter = Option<Box<Condition>>;
    type ResultAttribute = Box<AttributeRead>;
    /// Every entry where there is none.
    type EntryFilter = Option<Box<Condition>>;
    /// Every entry where there is none.
    type Among = Option<Box<Condition>>;
    type EntryAttribute = AttributeRead;
    type AgeScales = ();
    type Note = Measure;
}

/// A value fact as read; its filter applies to one result.
pub type FactRead = ir::FactRead<TypedStage>;
/// What a coded or yes/no test looks at.
pub type Subject = ir::Subject<TypedStage>;
/// Whose time a window looks at.
pub type TimeOf = ir::TimeOf<TypedStage>;
/// A question answered yes, no or unknown. Its place is that of the condition it is.
pub type Test = ir::Test<TypedStage>;
/// A number: right of a comparison in the left side's unit.
pub type Operand = ir::Operand<TypedStage>;
/// What numbers are made of.
pub type OperandKind = ir::OperandKind<TypedStage>;
/// An age in completed units.
pub type Age = ir::Age<TypedStage>;
/// Which of the entries that there are stand for the others.
pub type Choice = ir::Choice<TypedStage>;
/// What a window is about.
pub type WindowAnchor = ir::WindowAnchor<TypedStage>;
/// The first or last of some entries.
pub type EntryPoint = ir::EntryPoint<TypedStage>;
/// What all courses of some drugs that run on a day come to.
pub type DailyDose = ir::DailyDose<TypedStage>;
/// The day, or days, of a daily dose.
pub type DoseDay = ir::DoseDay<TypedStage>;
/// A part directly inside another.
pub type Child<'p> = ir::Child<'p, TypedStage>;

/// What is known of an operand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The unit it is in: of a fact or an attribute the canonical one, of a formula what its parts come to. None of a
    /// plain number, which `weight in kg` is.
    pub unit: Unit,
    /// Where it is written.
    pub span: Span,
}

/// An attribute of the entry or result in scope.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttributeRead {
    /// Its name, the same for every owner.
    pub name: String,
    /// Whose it is.
    pub owner: Owner,
}

/// Whose an attribute is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A result of a fact: the attribute's place among those of the fact.
    Result(FactId, AttributeId),
    /// An entry of one of some kinds: of each its place among those of the kind. None for `start` and `end`, which every
    /// entry has.
    Entry(Vec<(KindId, Option<AttributeId>)>),
}

/// What a person is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// The question.
    pub text: String,
    /// `investigator` or `sponsor`.
    pub by: String,
}

/// An example: a record and what is expected of it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// The whole statement.
    pub span: Span,
    /// Its record, an index into [`Program::records`].
    pub record: usize,
    /// What is expected.
    pub expectations: Vec<Expectation>,
}

/// One key of an example's record.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamplePart {
    /// Where it stands.
    pub section: Section,
    /// The anchor, fact, kind, group or question.
    pub key: String,
    /// Its value, as records are written in JSON.
    pub value: serde_json::Value,
}

/// The parts of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `anchors`
    Anchors,
    /// `facts`
    Facts,
    /// `judgements`
    Judgements,
}

/// The record of an example: what it gives over the record of the example it is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The index in [`Program::records`] of the one it is on, which is smaller than its own.
    pub base: Option<usize>,
    /// What it gives itself.
    pub parts: Vec<ExamplePart>,
}

impl Program {
    /// The record of an example, as records are written in JSON; its id is the example's name.
    pub fn record(&self, example: &Example) -> serde_json::Value {
        let mut sections = [(); 3].map(|()| serde_json::Map::new());
        let mut next = Some(example.record);
        while let Some(record) = next.and_then(|at| self.records.get(at)) {
            let [anchors, facts, judgements] = &mut sections;
            for part in &record.parts {
                let section = match part.section {
                    Section::Anchors => &mut *anchors,
                    Section::Facts => &mut *facts,
                    Section::Judgements => &mut *judgements,
                };
                // What was given nearer to the example stands.
                section.entry(&part.key).or_insert_with(|| part.value.clone());
            }
            next = record.base;
        }
        let [anchors, facts, judgements] = sections;
        serde_json::json!({ "id": example.name, "anchors": anchors, "facts": facts, "judgements": judgements })
    }
}

/// What an example expects.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Where it is written.
    pub span: Span,
    /// What.
    pub kind: ExpectationKind,
}

/// The kinds of expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectationKind {
    /// A verdict, of the last stage or of the one named.
    Verdict {
        /// What.
        verdict: Verdict,
        /// At which stage.
        at: Option<AnchorId>,
    },
    /// One criterion's outcome.
    Criterion {
        /// Its id.
        id: String,
        /// What.
        outcome: Outcome,
    },
}

//! The decision tree: every criterion as one ternary decision DAG over shared tests.
//!
//! It knows no sugar, no definitions, no spellings of units: conditions have become branches, quantities are in their
//! fact's canonical unit, names are those a record uses. [`json`] owns its wire form `elig-tree/3`.

pub mod json;

use crate::ir::{self, AgeUnit, EntryKind, INCOMPLETE, Polarity, Stage, Table};
use crate::number::Rational;
use crate::units::Conversion;

crate::ir::ids! {
    /// Index into [`DecisionTree::anchors`], in time order.
    AnchorId,
    /// Index into [`DecisionTree::facts`].
    FactId,
    /// Index into [`DecisionTree::kinds`].
    KindId,
    /// Index into [`DecisionTree::groups`].
    GroupId,
    /// Index into the attributes of a fact or kind.
    AttributeId,
    /// Index into [`DecisionTree::questions`].
    QuestionId,
    /// Index into [`DecisionTree::tests`].
    TestId,
    /// Index into [`DecisionTree::nodes`].
    NodeId,
}

/// A compiled trial, read with [`DecisionTree::from_json`] or made by `compile`, and run by [`Evaluator`](crate::Evaluator).
///
/// Its JSON (`elig-tree/3`, docs/tree.md and docs/tree.schema.json) is what other programs read. Its fields are the compiler's
/// own and may change.
///
/// ```
/// use eligc::{DecisionTree, TreeErrorKind, compile};
///
/// let tree = compile("demo.elig", "require [I7] sledai2k >= 7")?;
/// assert_eq!(DecisionTree::from_json(&tree.to_json())?, tree);
///
/// let error = DecisionTree::from_json(r#"{"format": "elig-tree/9"}"#).expect_err("no such version");
/// assert_eq!(error.kind, TreeErrorKind::Version { found: Some("elig-tree/9".to_owned()) });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Invariants, checked on reading: a node's branches lead to nodes of lower index or to leaves; a test's `filter` and
/// `condition` roots lead only to tests of lower index; every index is in range.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionTree {
    /// What the trial says of itself.
    #[doc(hidden)]
    pub trial: TrialInfo,
    /// Anchors in time order.
    #[doc(hidden)]
    pub anchors: Table<AnchorId, Anchor>,
    /// The anchor that a window means when it names none.
    #[doc(hidden)]
    pub default_anchor: AnchorId,
    /// The value facts the tests read.
    #[doc(hidden)]
    pub facts: Table<FactId, Fact>,
    /// The kinds of entry the tests read.
    #[doc(hidden)]
    pub kinds: Table<KindId, Kind>,
    /// Names that mean several kinds at once; only groups with a member in `kinds`.
    #[doc(hidden)]
    pub groups: Table<GroupId, Group>,
    /// Names a record may also carry, which no test reads; sorted.
    #[doc(hidden)]
    pub other_names: Vec<String>,
    /// What only a person can answer.
    #[doc(hidden)]
    pub questions: Table<QuestionId, Question>,
    /// Shared tests.
    #[doc(hidden)]
    pub tests: Table<TestId, Test>,
    /// Shared nodes.
    #[doc(hidden)]
    pub nodes: Table<NodeId, Node>,
    /// Criteria in source order.
    #[doc(hidden)]
    pub criteria: Vec<Criterion>,
    /// Edit checks that share a name with the criteria.
    #[doc(hidden)]
    pub checks: Vec<Check>,
    /// Instructions that exclude no patient, in source order.
    #[doc(hidden)]
    pub notes: Vec<Note>,
}

impl DecisionTree {
    /// Why no patient is eligible by the criteria alone, where the trial says that they are incomplete: the criterion
    /// [`INCOMPLETE`], always unknown.
    pub fn incomplete(&self) -> Option<&str> {
        let criterion = self.criteria.iter().find(|criterion| criterion.id == INCOMPLETE)?;
        let Branch::Node(root) = criterion.root else {
            return None;
        };
        match self.tests.get(self.nodes.get(root)?.test)? {
            Test::Todo { text } => Some(text),
            _ => None,
        }
    }
}

/// What the trial says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrialInfo {
    /// `NCT06297408`, or the file's name.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// `sponsor`, `phase`, `source` (with its `as of`) and the rest, in source order.
    pub details: Vec<(String, String)>,
}

/// A date that records carry and windows are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueType {
    /// A number with a unit; values are held in `unit`.
    Quantity {
        /// The canonical UCUM unit.
        unit: String,
        /// Spellings that records use and how a value in each becomes one in `unit`; the canonical one first, unchanged.
        units: Vec<(String, Conversion)>,
    },
    /// A plain number from `low` to `high` in steps of `step`.
    Score {
        /// Least.
        low: Rational,
        /// Most.
        high: Rational,
        /// Smallest difference.
        step: Rational,
    },
    /// A titre, held as its dilution: 80 of 1:80.
    Titre,
    /// One of `levels`, ascending. A record may give a level as its name, or as a JSON number when the name is one.
    Ordinal {
        /// `class`, `grade`, `ordinal`.
        scale: String,
        /// Ascending.
        levels: Vec<String>,
    },
    /// One of `values`.
    Coded {
        /// The values.
        values: Vec<String>,
    },
    /// true or false.
    YesNo,
    /// A calendar date, maybe partial.
    Date,
}

/// A value fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its name in records.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Its type.
    pub ty: ValueType,
    /// What the value can be at all, in the canonical unit, both ends included.
    pub possible: Option<(Rational, Rational)>,
    /// Results carry an upper limit of normal.
    pub uln: bool,
    /// Results carry a lower limit of normal.
    pub lln: bool,
    /// Absent means no (yes/no facts only).
    pub absent_means_no: bool,
    /// Attributes of a result, in addition to `value`, `unit`, `at`, `comparator`, `uln`, `lln`.
    pub attributes: Table<AttributeId, Attribute>,
    /// Codes of terminologies.
    pub codes: Vec<Code>,
    /// The facts and kinds of the tree, by name, that it is evidence for or against.
    pub bears_on: Vec<String>,
}

impl Fact {
    /// The unit of a fact that can be an age.
    pub fn age_unit(&self) -> Option<AgeUnit> {
        match &self.ty {
            ValueType::Quantity { unit, .. } => AgeUnit::from_code(unit),
            ValueType::Score { .. }
            | ValueType::Titre
            | ValueType::Ordinal { .. }
            | ValueType::Coded { .. }
            | ValueType::YesNo
            | ValueType::Date => None,
        }
    }
}

/// An attribute of an entry or of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: ValueType,
    /// What it can be at all, in the canonical unit, both ends included.
    pub possible: Option<(Rational, Rational)>,
}

/// A code and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// `loinc`, `snomed`, `rxnorm`, `atc`, `omop`, ..
    pub system: String,
    /// The code.
    pub code: String,
    /// Where it was read.
    pub source: Option<String>,
}

/// A kind of entry. Besides `attributes` an entry has `start`, `end` and `planned`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Its name in records.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// What an absent `end` means: [`EntryKind::Event`] ends as it starts, the end of the others is unknown.
    pub word: EntryKind,
    /// An absent kind is an empty list.
    pub absent_means_no: bool,
    /// Days, where the kind itself has one; an entry's own `half_life` attribute goes before it.
    pub half_life: Option<Rational>,
    /// Of a drug: how many milligrams of another one are as much as a milligram of it, and the name of that one.
    pub equivalent: Option<(Rational, String)>,
    /// Attributes.
    pub attributes: Table<AttributeId, Attribute>,
    /// Codes of terminologies.
    pub codes: Vec<Code>,
    /// The facts and kinds of the tree, by name, that its entries are evidence for or against.
    pub bears_on: Vec<String>,
}

/// A name for several kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name in records.
    pub name: String,
    /// The kinds it means, ascending (nested groups opened), those in [`DecisionTree::kinds`] only.
    pub members: Vec<KindId>,
    /// Members that no test reads; a record may still list them under the group.
    pub other_members: Vec<String>,
}

/// What only a person can answer, yes or no.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The key in a record's `judgements`: the criterion's id, with `#2` for its second question.
    pub id: String,
    /// The question.
    pub text: String,
    /// `investigator` or `sponsor`.
    pub by: String,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// The protocol's number.
    pub id: String,
    /// Whether it must hold or must not; the leaves already say `pass` and `fail`.
    pub polarity: Polarity,
    /// Its `##` text.
    pub text: Option<String>,
    /// The statement as written, white space folded.
    pub statement: String,
    /// The latest anchor it depends on.
    pub stage: AnchorId,
    /// Where it begins.
    pub root: Branch,
    /// The file's name and the line, from 1.
    pub source: (String, u32),
}

/// An edit check: what is so in every record that does not contradict itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its number.
    pub id: Option<String>,
    /// What is so.
    pub text: String,
    /// Why nothing else can be.
    pub why: Option<String>,
    /// Where its condition begins.
    pub root: Branch,
    /// The facts that are in conflict where the condition is surely false, ascending.
    pub facts: Vec<FactId>,
    /// The kinds.
    pub kinds: Vec<KindId>,
    /// The anchors.
    pub anchors: Vec<AnchorId>,
    /// The file's name and the line, from 1.
    pub source: (String, u32),
}

/// An instruction that excludes no patient.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The protocol's number.
    pub id: Option<String>,
    /// The instruction.
    pub text: String,
    /// The file's name and the line, from 1.
    pub source: (String, u32),
}

/// One decision: a test and where each of its three answers leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    /// The test.
    pub test: TestId,
    /// On yes.
    pub yes: Branch,
    /// On no.
    pub no: Branch,
    /// On unknown.
    pub unknown: Branch,
}

/// Where a branch leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Branch {
    /// To a node.
    Node(NodeId),
    /// To an answer.
    Leaf(Leaf),
}

/// Answers. A criterion ends in `Pass`, `Fail` or `Unknown`; a filter or an inner condition in `Yes`, `No` or `Unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leaf {
    /// The criterion does not keep the patient out.
    Pass,
    /// It does.
    Fail,
    /// The condition holds.
    Yes,
    /// It does not.
    No,
    /// Not known.
    Unknown,
}

/// Tests of a decision tree: conditions are nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TreeStage {}

impl Stage for TreeStage {
    type Fact = FactId;
    type Kind = KindId;
    type Anchor = AnchorId;
    type Question = QuestionId;
    /// By name.
    type Attribute = String;
    /// By name; of an entry also `start` and `end`.
    type Date = String;
    /// By name.
    type Values = Vec<String>;
    type Number = Rational;
    type Text = String;
    type Condition = Branch;
    type Filter = Branch;
    type ResultAttribute = String;
    type EntryFilter = Branch;
    type Among = Branch;
    type EntryAttribute = String;
    type AgeScales = ();
    type Note = ();
}

/// A value fact as a test reads it; its filter applies to one result.
pub type FactRead = ir::FactRead<TreeStage>;
/// Which of the entries that there are stand for the others.
pub type Choice = ir::Choice<TreeStage>;
/// What a coded or yes/no test looks at.
pub type Subject = ir::Subject<TreeStage>;
/// Whose time a window looks at.
pub type TimeOf = ir::TimeOf<TreeStage>;
/// A question about a record, or about one entry or result of it.
pub type Test = ir::Test<TreeStage>;
/// What a window is about.
pub type WindowAnchor = ir::WindowAnchor<TreeStage>;
/// The first or last of some entries.
pub type EntryPoint = ir::EntryPoint<TreeStage>;
/// A number.
pub type Operand = ir::Operand<TreeStage>;
/// What numbers are made of.
pub type OperandKind = ir::OperandKind<TreeStage>;
/// What all courses of some drugs that run on a day come to.
pub type DailyDose = ir::DailyDose<TreeStage>;
/// The day, or days, of a daily dose.
pub type DoseDay = ir::DoseDay<TreeStage>;
/// An age in completed units.
pub type Age = ir::Age<TreeStage>;

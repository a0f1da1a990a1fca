//! The shapes of `elig-tree/2`, one struct an object. They know JSON and no meaning: names are text, numbers are text.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The document.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub format: String,
    pub trial: Trial,
    pub anchors: Vec<Anchor>,
    pub default_anchor: String,
    pub record: Record,
    pub questions: Vec<Question>,
    pub tests: Vec<Test>,
    pub nodes: Vec<Node>,
    pub criteria: Vec<Criterion>,
    pub notes: Vec<Note>,
}

/// Just the version; every other field is passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub format: Option<serde_json::Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trial {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Detail {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Anchor {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What a record may carry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub facts: Vec<Fact>,
    pub kinds: Vec<Kind>,
    pub groups: Vec<Group>,
    pub other_names: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: Type,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub uln: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub lln: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub absent_means_no: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Type {
    Quantity { unit: String, units: Units },
    Score { low: String, high: String, step: String },
    Ordinal { scale: String, levels: Vec<String> },
    Coded { values: Vec<String> },
    YesNo {},
    Date {},
}

/// Spellings and how they convert, in the document's order.
#[derive(Debug)]
pub(super) struct Units(pub Vec<(String, Conversion)>);

/// `"10"`, or `{"factor": "5/9", "offset": "-160/9"}`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Conversion {
    Factor(String),
    Affine(Affine),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Affine {
    pub factor: String,
    pub offset: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: Type,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    pub system: String,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub name: String,
    pub word: Word,
    #[serde(default, skip_serializing_if = "is_false")]
    pub absent_means_no: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    Event,
    Condition,
    Drug,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub name: String,
    pub members: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_members: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub id: String,
    pub text: String,
    pub by: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Criterion {
    pub id: String,
    pub kind: Polarity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub statement: String,
    pub stage: String,
    pub root: Branch,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Polarity {
    Require,
    Exclude,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub text: String,
    pub source: Source,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub file: String,
    pub line: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node {
    pub test: usize,
    pub yes: Branch,
    pub no: Branch,
    pub unknown: Branch,
}

/// A node's index, or an answer's word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Branch {
    Node(usize),
    Leaf(Leaf),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf {
    Pass,
    Fail,
    Yes,
    No,
    Unknown,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "test", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Test {
    Compare {
        left: Box<Operand>,
        op: Op,
        right: Box<Operand>,
    },
    Among {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        select: Option<Quantifier>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribute: Option<String>,
        values: Vec<String>,
    },
    IsYes {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        select: Option<Quantifier>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribute: Option<String>,
    },
    Entries {
        kinds: Vec<String>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "is_false")]
        distinct: bool,
        #[serde(default, skip_serializing_if = "is_false")]
        planned: bool,
        op: Op,
        count: u32,
    },
    Window {
        of: Of,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        select: Option<Quantifier>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribute: Option<String>,
        is: Relation,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Length>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Length>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<Length>,
        #[serde(default, skip_serializing_if = "is_false")]
        strict: bool,
        anchor: String,
        #[serde(default, skip_serializing_if = "is_false")]
        undated: bool,
    },
    Judged {
        question: String,
    },
    Todo {
        text: String,
    },
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Of {
    Entry,
    Result,
    Attribute,
    Fact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Relation {
    Within,
    Before,
    After,
    At,
    UpTo,
    Current,
    Planned,
    EarlierBy,
    LaterBy,
    Throughout,
    Lasting,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {
    pub n: u32,
    pub unit: LengthUnit,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LengthUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    HalfLife,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Quantifier {
    Latest,
    Any,
    Every,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Limit {
    Uln,
    Lln,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Op {
    #[serde(rename = ">=")]
    Ge,
    #[serde(rename = ">")]
    Gt,
    #[serde(rename = "<=")]
    Le,
    #[serde(rename = "<")]
    Lt,
    #[serde(rename = "==")]
    Eq,
    #[serde(rename = "!=")]
    Ne,
}

/// An operand: the field that leads says which, the others belong to it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operand {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<Box<Completed>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<Vec<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtract: Option<Vec<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiply: Option<Vec<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divide: Option<Vec<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<Box<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Vec<Operand>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Vec<Operand>>,
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Branch>,
    // Companions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<Quantifier>,
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Branch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Limit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exponent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Box<Operand>>,
    #[serde(default, rename = "else", skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Box<Operand>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Completed {
    pub unit: AgeUnit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<Quantifier>,
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Branch>,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AgeUnit {
    Day,
    Week,
    Month,
    Year,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (unit, factor) in &self.0 {
            map.serialize_entry(unit, factor)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Units, D::Error> {
        deserializer.deserialize_map(UnitsVisitor)
    }
}

struct UnitsVisitor;

impl<'de> Visitor<'de> for UnitsVisitor {
    type Value = Units;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of unit spellings and factors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Units, A::Error> {
        let mut units = Vec::new();
        while let Some(pair) = map.next_entry()? {
            units.push(pair);
        }
        Ok(Units(units))
    }
}

impl Leaf {
    const ALL: [(&'static str, Leaf); 5] =
        [("pass", Leaf::Pass), ("fail", Leaf::Fail), ("yes", Leaf::Yes), ("no", Leaf::No), ("unknown", Leaf::Unknown)];

    fn word(self) -> &'static str {
        match self {
            Leaf::Pass => "pass",
            Leaf::Fail => "fail",
            Leaf::Yes => "yes",
            Leaf::No => "no",
            Leaf::Unknown => "unknown",
        }
    }
}

impl Serialize for Branch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Branch::Node(index) => serializer.serialize_u64(*index as u64),
            Branch::Leaf(leaf) => serializer.serialize_str(leaf.word()),
        }
    }
}

impl<'de> Deserialize<'de> for Branch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Branch, D::Error> {
        deserializer.deserialize_any(NextVisitor)
    }
}

struct NextVisitor;

impl Visitor<'_> for NextVisitor {
    type Value = Branch;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node's index or one of `pass`, `fail`, `yes`, `no`, `unknown`")
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<Branch, E> {
        usize::try_from(index).map(Branch::Node).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(index), &self))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Branch, E> {
        Leaf::ALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, leaf)| Branch::Leaf(*leaf))
            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(word), &self))
    }
}

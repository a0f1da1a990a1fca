//! What a comparison compares.

use super::node::Branch;
use crate::tree::json::select::Select;
use crate::tree::json::window::{Length, Relation};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum Limit {
    Uln,
    Lln,
}

/// An operand: the field that leads says which, the others belong to it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Operand {
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
    pub daily_dose: Option<Box<DailyDose>>,
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
    pub select: Option<Select>,
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
pub(in crate::tree::json) struct Completed {
    pub unit: AgeUnit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<Select>,
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Branch>,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct DailyDose {
    pub kinds: Vec<String>,
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Branch>,
    /// The drug in whose equivalents it is counted.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The anchor on whose day; without it and without a window, the day that the test asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Window>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Window>,
}

/// How a course or a stretch of days stands to an anchor.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Window {
    pub is: Relation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    pub anchor: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum AgeUnit {
    Day,
    Week,
    Month,
    Year,
}

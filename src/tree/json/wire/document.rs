//! The document: the trial, its criteria and notes.

use super::node::{Branch, Node};
use super::record::Record;
use super::test::Test;
use serde::{Deserialize, Serialize};

/// The document.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Document {
    pub format: String,
    pub trial: Trial,
    pub anchors: Vec<Anchor>,
    pub default_anchor: String,
    pub record: Record,
    pub questions: Vec<Question>,
    pub tests: Vec<Test>,
    pub nodes: Vec<Node>,
    pub criteria: Vec<Criterion>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    pub notes: Vec<Note>,
}

/// Just the version; every other field is passed over.
#[derive(Debug, Deserialize)]
pub(in crate::tree::json) struct Head {
    pub format: Option<serde_json::Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Trial {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Detail {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Anchor {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Question {
    pub id: String,
    pub text: String,
    pub by: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Criterion {
    pub id: String,
    pub kind: Polarity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub statement: String,
    pub stage: String,
    pub root: Branch,
    pub source: Source,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Check {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    pub root: Branch,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<String>,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum Polarity {
    Require,
    Exclude,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Note {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub text: String,
    pub source: Source,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Source {
    pub file: String,
    pub line: u32,
}

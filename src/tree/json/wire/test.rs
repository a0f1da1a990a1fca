//! The tests.

use super::node::Branch;
use super::operand::Operand;
use crate::tree::json::window::{Length, Relation};
use crate::tree::json::words::{Op, Quantifier};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "test", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::tree::json) enum Test {
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
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        distinct: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        strict: bool,
        anchor: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
pub(in crate::tree::json) enum Of {
    Entry,
    Result,
    Attribute,
    Fact,
}

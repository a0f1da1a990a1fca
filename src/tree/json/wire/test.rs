//! The tests.

use super::node::Branch;
use super::operand::{Operand, Window};
use crate::tree::json::select::Select;
use crate::tree::json::window::{Length, Relation};
use crate::tree::json::words::Op;
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
        select: Option<Select>,
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
        select: Option<Select>,
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
        latest: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        among: Option<Branch>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        planned: bool,
        op: Op,
        count: u32,
    },
    Course {
        kinds: Vec<String>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "is_zero")]
        gap: u32,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        distinct: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        planned: bool,
        op: Op,
        count: u32,
        windows: Vec<Window>,
    },
    Window {
        of: Of,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        select: Option<Select>,
        #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
        filter: Option<Branch>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribute: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of_anchor: Option<String>,
        is: Relation,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Length>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Length>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<Length>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        strict: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anchor: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<About>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        undated: bool,
    },
    Stretch {
        left: Box<Operand>,
        op: Op,
        right: Box<Operand>,
        windows: Vec<Window>,
    },
    Judged {
        question: String,
    },
    Todo {
        text: String,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The first or last of some entries.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct About {
    pub entry: Which,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end: bool,
    pub kinds: Vec<String>,
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Branch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum Which {
    First,
    Last,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum Of {
    Entry,
    Result,
    Attribute,
    Fact,
    Anchor,
}

//! Nodes, and where their branches lead.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Node {
    pub test: u32,
    pub yes: Branch,
    pub no: Branch,
    pub unknown: Branch,
}

/// A node's index, or an answer's word.
#[derive(Debug, Clone, Copy)]
pub(in crate::tree::json) enum Branch {
    Node(u32),
    Leaf(Leaf),
}

#[derive(Debug, Clone, Copy)]
pub(in crate::tree::json) enum Leaf {
    Pass,
    Fail,
    Yes,
    No,
    Unknown,
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
            Branch::Node(index) => serializer.serialize_u32(*index),
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
        u32::try_from(index).map(Branch::Node).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(index), &self))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Branch, E> {
        Leaf::ALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, leaf)| Branch::Leaf(*leaf))
            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(word), &self))
    }
}

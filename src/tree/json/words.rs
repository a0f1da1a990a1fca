//! Words with one meaning each, both ways.

use serde::{Deserialize, Serialize};

use crate::number::Comparison;

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

impl From<Comparison> for Op {
    fn from(op: Comparison) -> Op {
        match op {
            Comparison::Ge => Op::Ge,
            Comparison::Gt => Op::Gt,
            Comparison::Le => Op::Le,
            Comparison::Lt => Op::Lt,
            Comparison::Eq => Op::Eq,
            Comparison::Ne => Op::Ne,
        }
    }
}

impl From<Op> for Comparison {
    fn from(op: Op) -> Comparison {
        match op {
            Op::Ge => Comparison::Ge,
            Op::Gt => Comparison::Gt,
            Op::Le => Comparison::Le,
            Op::Lt => Comparison::Lt,
            Op::Eq => Comparison::Eq,
            Op::Ne => Comparison::Ne,
        }
    }
}

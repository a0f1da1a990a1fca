//! Walks over a record, an operand and a window.

use eligc::ir::{Length, Relation};
use eligc::tree::{Operand, OperandKind};
use eligc::units::TimeUnit;
use serde_json::Value as Json;

pub(super) fn strings(json: &Json, each: &mut impl FnMut(&str)) {
    match json {
        Json::String(text) => each(text),
        Json::Array(list) => list.iter().for_each(|one| strings(one, each)),
        Json::Object(map) => map.values().for_each(|one| strings(one, each)),
        _ => {}
    }
}

pub(super) fn leaves<'o>(operand: &'o Operand, each: &mut impl FnMut(&'o Operand)) {
    each(operand);
    match &operand.kind {
        OperandKind::Coalesce { otherwise: inner, .. } | OperandKind::Power(inner, _) => leaves(inner, each),
        OperandKind::Add(a, b)
        | OperandKind::Subtract(a, b)
        | OperandKind::Multiply(a, b)
        | OperandKind::Divide(a, b) => {
            leaves(a, each);
            leaves(b, each);
        }
        OperandKind::If { then, otherwise, .. } => {
            leaves(then, each);
            leaves(otherwise, each);
        }
        OperandKind::Min(all) | OperandKind::Max(all) => all.iter().for_each(|one| leaves(one, each)),
        _ => {}
    }
}

pub(super) fn lengths(relation: &Relation) -> Vec<(u32, TimeUnit)> {
    let lengths: Vec<&Length> = match relation {
        Relation::Within { before, after } => before.iter().chain(after).collect(),
        Relation::EarlierBy { length, .. }
        | Relation::LaterBy { length, .. }
        | Relation::Throughout { length }
        | Relation::Lasting { length, .. } => vec![length],
        _ => Vec::new(),
    };
    let calendar = |length: &&Length| match length {
        Length::Calendar(count, unit) => Some((*count, *unit)),
        Length::HalfLives(_) => None,
    };
    lengths.iter().filter_map(calendar).collect()
}

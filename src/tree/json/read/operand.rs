//! Operands: the field that leads says which one it is, companions must belong to it, and nesting is bounded.

use super::{Names, Result, find, next, number};
use crate::ir::MAX_NESTING;
use crate::ir::{AgeUnit, Limit};
use crate::tree::json::{TreeError, wire};
use crate::tree::{Age, DailyDose, DoseDay, Operand, OperandKind};

impl Names {
    /// `depth` more levels may follow.
    pub(super) fn operand(&self, path: &str, operand: wire::Operand, depth: usize) -> Result<Operand> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(TreeError::new(path, format!("operands are nested more than {MAX_NESTING} deep")));
        };
        let inner = |part: wire::Operand| self.operand(path, part, depth).map(Box::new);
        let list = |parts: Vec<wire::Operand>| -> Result<Vec<Operand>> {
            if parts.is_empty() {
                return Err(TreeError::new(path, "an empty list of operands"));
            }
            parts.into_iter().map(|part| self.operand(path, part, depth)).collect()
        };
        let chain = |parts: Vec<wire::Operand>, join: fn(Box<Operand>, Box<Operand>) -> OperandKind| {
            // The first of n operands ends up n - 1 levels down.
            let spine = parts.len().saturating_sub(1);
            let Some(depth) = (depth + 1).checked_sub(spine) else {
                return Err(TreeError::new(path, format!("more than {MAX_NESTING} operands in one list")));
            };
            let mut parts = parts.into_iter();
            let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
                return Err(TreeError::new(path, "needs two operands or more"));
            };
            let mut whole =
                join(Box::new(self.operand(path, first, depth)?), Box::new(self.operand(path, second, depth)?));
            for part in parts {
                whole = join(whole.into(), Box::new(self.operand(path, part, depth)?));
            }
            Ok(whole)
        };

        let lead = lead(path, &operand)?;
        companions(path, lead, &operand)?;
        let wire::Operand { select, filter, .. } = operand;
        let missing = |field: &str| TreeError::new(path, format!("`{field}` is missing"));
        let kind = match operand {
            wire::Operand { number: Some(text), .. } => number(path, &text).map(OperandKind::Number),
            wire::Operand { fact: Some(fact), over, .. } => {
                let over = over.map(|limit| match limit {
                    wire::Limit::Uln => Limit::Uln,
                    wire::Limit::Lln => Limit::Lln,
                });
                Ok(OperandKind::Fact(self.read(path, &fact, select, filter)?, over))
            }
            wire::Operand { attribute: Some(name), .. } => Ok(OperandKind::Attribute(name)),
            wire::Operand { given: Some(given), otherwise, .. } => Ok(OperandKind::Coalesce {
                read: self.read(path, &given, select, filter)?,
                otherwise: inner(*otherwise.ok_or_else(|| missing("else"))?)?,
            }),
            wire::Operand { completed: Some(completed), .. } => self.completed(path, *completed),
            wire::Operand { daily_dose: Some(dose), .. } => self.daily_dose(path, *dose),
            wire::Operand { add: Some(parts), .. } => chain(parts, OperandKind::Add),
            wire::Operand { subtract: Some(parts), .. } => chain(parts, OperandKind::Subtract),
            wire::Operand { multiply: Some(parts), .. } => chain(parts, OperandKind::Multiply),
            wire::Operand { divide: Some(parts), .. } => chain(parts, OperandKind::Divide),
            wire::Operand { power: Some(base), exponent, .. } => {
                let exponent = exponent.ok_or_else(|| missing("exponent"))?;
                Ok(OperandKind::Power(inner(*base)?, number(path, &exponent)?))
            }
            wire::Operand { min: Some(parts), .. } => list(parts).map(OperandKind::Min),
            wire::Operand { max: Some(parts), .. } => list(parts).map(OperandKind::Max),
            wire::Operand { condition: Some(condition), then, otherwise, .. } => Ok(OperandKind::If {
                condition: next(condition),
                then: inner(*then.ok_or_else(|| missing("then"))?)?,
                otherwise: inner(*otherwise.ok_or_else(|| missing("else"))?)?,
            }),
            _ => Err(no_lead(path)),
        };
        kind.map(Operand::from)
    }
}

impl Names {
    fn daily_dose(&self, path: &str, dose: wire::DailyDose) -> Result<OperandKind> {
        let wire::DailyDose { kinds, filter, reference, at, highest, lowest } = dose;
        let day = match (at, highest, lowest) {
            (None, None, None) => DoseDay::Each,
            (Some(anchor), None, None) => DoseDay::At(self.anchor(path, &anchor)?),
            (None, Some(window), None) => {
                let (relation, anchor) = self.window(path, window)?;
                DoseDay::Highest(relation, anchor)
            }
            (None, None, Some(window)) => {
                let (relation, anchor) = self.window(path, window)?;
                DoseDay::Lowest(relation, anchor)
            }
            _ => return Err(TreeError::new(path, "a daily dose has at most one of `at`, `highest`, `lowest`")),
        };
        Ok(OperandKind::DailyDose(Box::new(DailyDose {
            kinds: self.kind_list(path, &kinds)?,
            filter: super::filter(filter),
            reference,
            day,
        })))
    }

    fn completed(&self, path: &str, completed: wire::Completed) -> Result<OperandKind> {
        let wire::Completed { unit, given, select, filter, from, to } = completed;
        let recorded = match given {
            Some(given) => Some(self.read(path, &given, select, filter)?),
            None if select.is_some() || filter.is_some() => {
                return Err(TreeError::new(path, "`select` and `where` are of `given`, which is missing"));
            }
            None => None,
        };
        Ok(OperandKind::Age(Box::new(Age {
            unit: match unit {
                wire::AgeUnit::Day => AgeUnit::Day,
                wire::AgeUnit::Week => AgeUnit::Week,
                wire::AgeUnit::Month => AgeUnit::Month,
                wire::AgeUnit::Year => AgeUnit::Year,
            },
            recorded,
            scales: (),
            from: find(&self.facts, "fact", path, &from)?,
            to: self.anchor(path, &to)?,
        })))
    }
}

const LEADS: &str =
    "number, fact, attribute, given, completed, daily_dose, add, subtract, multiply, divide, power, min, max, if";

fn no_lead(path: &str) -> TreeError {
    TreeError::new(path, format!("an operand has exactly one of {LEADS}"))
}

/// The field that says which operand this is.
fn lead(path: &str, operand: &wire::Operand) -> Result<&'static str> {
    let present = [
        ("number", operand.number.is_some()),
        ("fact", operand.fact.is_some()),
        ("attribute", operand.attribute.is_some()),
        ("given", operand.given.is_some()),
        ("completed", operand.completed.is_some()),
        ("daily_dose", operand.daily_dose.is_some()),
        ("add", operand.add.is_some()),
        ("subtract", operand.subtract.is_some()),
        ("multiply", operand.multiply.is_some()),
        ("divide", operand.divide.is_some()),
        ("power", operand.power.is_some()),
        ("min", operand.min.is_some()),
        ("max", operand.max.is_some()),
        ("if", operand.condition.is_some()),
    ];
    let mut leads = present.iter().filter(|(_, here)| *here).map(|(name, _)| *name);
    match (leads.next(), leads.next()) {
        (Some(lead), None) => Ok(lead),
        _ => Err(no_lead(path)),
    }
}

/// Refuses a companion field that does not belong to the lead.
fn companions(path: &str, lead: &str, operand: &wire::Operand) -> Result<()> {
    let present = [
        ("select", operand.select.is_some(), matches!(lead, "fact" | "given")),
        ("where", operand.filter.is_some(), matches!(lead, "fact" | "given")),
        ("over", operand.over.is_some(), lead == "fact"),
        ("exponent", operand.exponent.is_some(), lead == "power"),
        ("then", operand.then.is_some(), lead == "if"),
        ("else", operand.otherwise.is_some(), matches!(lead, "given" | "if")),
    ];
    match present.iter().find(|(_, here, belongs)| *here && !*belongs) {
        Some((name, ..)) => Err(TreeError::new(path, format!("`{name}` does not belong to `{lead}`"))),
        None => Ok(()),
    }
}

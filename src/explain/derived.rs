//! What a worked-out value is called, and in which unit it is shown: as the statement says, where that is sure.

use crate::number::{Comparison, Rational};
use crate::tree::{DecisionTree, Operand, OperandKind};
use crate::units::Unit;

use crate::explain::display;

/// A name for a formula, a unit for its value, and what the value is multiplied by to be in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FormulaDisplay {
    pub(crate) words: String,
    pub(crate) unit: Option<String>,
    pub(crate) factor: Rational,
}

/// How a formula that is compared with a number is shown.
///
/// A tree holds no unit of a formula. The statement names one; it is taken where it has the formula's own dimension, and
/// the number that is with it comes to just the bound that the tree holds.
pub(crate) fn shown(
    tree: &DecisionTree,
    left: &Operand,
    op: Comparison,
    bound: &Rational,
    statement: &str,
) -> FormulaDisplay {
    if let OperandKind::Coalesce { read, .. } = &left.kind {
        let unit = tree.facts.get(read.fact).and_then(|fact| display::unit_of(&fact.ty)).map(str::to_owned);
        return FormulaDisplay { words: display::operand(tree, left), unit, factor: Rational::one() };
    }
    if let OperandKind::DailyDose(dose) = &left.kind {
        let unit = display::dose_unit(tree, &dose.kinds).map(str::to_owned);
        return FormulaDisplay { words: display::operand(tree, left), unit, factor: Rational::one() };
    }
    let plain = || FormulaDisplay { words: display::operand(tree, left), unit: None, factor: Rational::one() };
    let Some(own) = unit_of(tree, left) else {
        return plain();
    };
    let words: Vec<&str> = statement.split_whitespace().collect();
    let same = |symbol: &str| match symbol {
        "\u{2265}" => op == Comparison::Ge,
        "\u{2264}" => op == Comparison::Le,
        "between" => matches!(op, Comparison::Ge | Comparison::Le),
        symbol => symbol == op.symbol(),
    };
    for (at, _) in words.iter().enumerate().filter(|(_, word)| same(word)) {
        let between = words.get(at) == Some(&"between");
        let numbers: &[usize] = if between { &[1, 3] } else { &[1] };
        let unit = words.get(at + if between { 4 } else { 2 }).map(|unit| unit.trim_end_matches([',', ')', '}']));
        let Some((text, Ok(unit))) = unit.map(|text| (text, Unit::parse(text))) else {
            continue;
        };
        let Some(factor) = own.factor_to(&unit) else {
            continue;
        };
        let comes_to = |ahead: &usize| {
            let number = words.get(at + ahead).and_then(|number| Rational::parse(&number.replace('_', "")).ok());
            number.is_some_and(|number| bound.mul(&factor) == number)
        };
        if !numbers.iter().any(comes_to) {
            continue;
        }
        let name = at.checked_sub(1).and_then(|before| words.get(before)).filter(|name| is_name(name));
        let before = at.checked_sub(2).and_then(|before| words.get(before));
        // Behind an operator the word is only the last part of the formula.
        let whole = before.is_none_or(|before| !["+", "-", "*", "/", "^"].contains(before));
        let known = name.is_some_and(|name| tree.facts.iter().any(|fact| fact.name == **name));
        let words = match name {
            Some(name) if whole && !known => (*name).to_owned(),
            _ => display::operand(tree, left),
        };
        return FormulaDisplay { words, unit: Some(text.to_owned()), factor };
    }
    plain()
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The unit of a formula of facts; `None` where it has none to tell by. Numbers in it are without a unit here, which the
/// bound shows where it is not so.
fn unit_of(tree: &DecisionTree, operand: &Operand) -> Option<Unit> {
    match &operand.kind {
        OperandKind::Number(_) => Unit::parse("1").ok(),
        OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. } => {
            Unit::parse(display::unit_of(&tree.facts.get(read.fact)?.ty).unwrap_or("1")).ok()
        }
        OperandKind::Add(left, _) | OperandKind::Subtract(left, _) => unit_of(tree, left),
        OperandKind::Multiply(left, right) => Some(unit_of(tree, left)?.multiply(&unit_of(tree, right)?)),
        OperandKind::Divide(left, right) => Some(unit_of(tree, left)?.divide(&unit_of(tree, right)?)),
        OperandKind::Power(base, exponent) => unit_of(tree, base)?.powi(i32::try_from(exponent.to_i64()?).ok()?),
        OperandKind::Min(all) | OperandKind::Max(all) => unit_of(tree, all.first()?),
        OperandKind::If { then, .. } => unit_of(tree, then),
        OperandKind::DailyDose(dose) => Unit::parse(display::dose_unit(tree, &dose.kinds)?).ok(),
        OperandKind::Fact(_, Some(_)) | OperandKind::Attribute(_) | OperandKind::Age(_) => None,
    }
}

//! Units and bounds that the grammar reads as divisions: `2 mg / dL`, `160/100 mm Hg`.

use super::term::{Origin, Typed};
use super::{Checker, errors};
use crate::diag::Diagnostic;
use crate::source::{Span, one_line};
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind};
use crate::units::Unit;

impl Checker<'_> {
    /// `2 mg / dL`, where `dL` is no name and all of it is a unit.
    pub(super) fn blank_in_unit(
        &self,
        expr: &Expr,
        first: &Expr,
        steps: &[(Span, ArithmeticOp, Span, &Expr)],
    ) -> Option<Diagnostic> {
        let is_literal = matches!(first.kind, ExprKind::Literal { .. });
        let no_name = |right: &Expr| match &right.kind {
            ExprKind::Term(term) if term.prefixes.is_empty() && term.filter.is_none() => {
                term.subjects.iter().all(|name| !self.vocabulary.symbols.contains_key(&name.text))
            }
            _ => false,
        };
        if !is_literal || !steps.iter().any(|(_, op, _, right)| *op == ArithmeticOp::Divide && no_name(right)) {
            return None;
        }
        let text = one_line(self.as_written(expr.span));
        let number = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_'))?;
        let (number, written) = text.split_at(number);
        let unit = written.trim().replace(" / ", "/").replace("/ ", "/").replace(" /", "/");
        let unit = unit.replace("x 10", "x10");
        Unit::parse(&unit).ok()?;
        Some(errors::blank_in_unit(expr.span, written.trim(), &unit, &format!("{number} {unit}")))
    }

    /// `systolic_bp > 160/100 mm Hg`
    pub(super) fn pair_of_bounds(&self, left: &Typed, right: &Expr) -> Option<Diagnostic> {
        let ExprKind::Arithmetic { op: ArithmeticOp::Divide, left: first, right: second, .. } = &right.kind else {
            return None;
        };
        let (ExprKind::Literal { number, unit: None }, ExprKind::Literal { number: other, unit: Some(unit) }) =
            (&first.kind, &second.kind)
        else {
            return None;
        };
        let parsed = Unit::parse(&unit.text).ok()?;
        let pressure = parsed.dimension().name() == "pressure" && parsed.factor_to(left.unit()).is_some();
        let (one, other) = (format!("{} {}", number.text, unit.text), format!("{} {}", other.text, unit.text));
        let written = self.as_written(right.span);
        let name = match &left.from {
            Origin::Fact(id, _) => self.vocabulary.facts.get(*id).map_or("this", |fact| fact.name.as_str()),
            Origin::Attribute(_) | Origin::Literal(..) | Origin::Formula => "this",
        };
        pressure.then(|| errors::pair_of_bounds(right.span, written, name, (&one, &other)))
    }
}

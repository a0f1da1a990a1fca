//! A definition that nothing names.

use foldhash::HashSet;

use super::context::Context;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{self, Expr, ExprKind, Name, StatementKind, TailKind};

/// A definition of the main file that nothing names.
pub(super) fn look(at: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut names: Vec<&str> = Vec::new();
    for statement in &at.file.statements {
        match &statement.kind {
            StatementKind::Criterion { clause, .. } => {
                names_in(&clause.main, &mut names);
                for alternative in &clause.alternatives {
                    names_in(&alternative.body, &mut names);
                    names_in(&alternative.when, &mut names);
                }
                if let Some(guard) = &clause.guard {
                    names_in(&guard.condition, &mut names);
                }
            }
            StatementKind::Define { body, .. } | StatementKind::Assert { body, .. } => names_in(body, &mut names),
            StatementKind::Fact { modifiers, .. } => {
                for modifier in modifiers {
                    if let ast::ModifierKind::Else(body) = &modifier.kind {
                        names_in(body, &mut names);
                    }
                }
            }
            _ => {}
        }
    }
    let names: HashSet<&str> = names.into_iter().collect();
    let is_vocabulary =
        at.file.statements.iter().any(|statement| matches!(statement.kind, StatementKind::Vocabulary { .. }));
    for statement in &at.file.statements {
        if let StatementKind::Define { name, .. } = &statement.kind
            && !is_vocabulary
            && !names.contains(name.text.as_str())
        {
            found.push(message(name));
        }
    }
}

/// Every subject named in an expression.
fn names_in<'e>(expr: &'e Expr, names: &mut Vec<&'e str>) {
    match &expr.kind {
        ExprKind::Or(items) | ExprKind::And(items) | ExprKind::Block { items, .. } => {
            for item in items {
                names_in(item, names);
            }
        }
        ExprKind::Call { arguments, .. } => {
            for argument in arguments {
                names_in(argument, names);
            }
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) => names_in(inner, names),
        ExprKind::Tailed { subject, tails } => {
            names_in(subject, names);
            for tail in tails {
                match &tail.kind {
                    TailKind::Compare { right, .. } => names_in(right, names),
                    TailKind::Between { low, high } => {
                        names_in(low, names);
                        names_in(high, names);
                    }
                    TailKind::Except(filter) => names_in(filter, names),
                    TailKind::Is { .. }
                    | TailKind::InSet { .. }
                    | TailKind::InUnit(_)
                    | TailKind::Window(_)
                    | TailKind::Lasting { .. }
                    | TailKind::Gaps(_)
                    | TailKind::Apart(_)
                    | TailKind::OneEntry => {}
                }
            }
        }
        ExprKind::Arithmetic { left, right, .. } => {
            names_in(left, names);
            names_in(right, names);
        }
        ExprKind::If { condition, then, otherwise } => {
            names_in(condition, names);
            names_in(then, names);
            names_in(otherwise, names);
        }
        ExprKind::Term(term) => {
            names.extend(term.subjects.iter().map(|name| name.text.as_str()));
            if let Some(filter) = &term.filter {
                names_in(filter, names);
            }
        }
        ExprKind::DailyDose(dose) => {
            names.extend(dose.subjects.iter().map(|name| name.text.as_str()));
            if let Some(filter) = &dose.filter {
                names_in(filter, names);
            }
        }
        ExprKind::Literal { .. }
        | ExprKind::TimesLimit { .. }
        | ExprKind::Level { .. }
        | ExprKind::Elided
        | ExprKind::Judged { .. }
        | ExprKind::Todo(_)
        | ExprKind::Broken => {}
    }
}

fn message(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::W0704, name.span, format!("`{}` is defined and never used", name.text))
        .label("used nowhere")
        .help("use it in a criterion, or remove it")
}

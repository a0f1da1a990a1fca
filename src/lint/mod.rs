//! Sentences that check and mean something else than a reader takes from them. A lint is a file of its own: one function,
//! `look`, and its words. Lints run on what was typed, and on the syntax that it was typed from.

mod and_before_or;
mod asked;
mod both_at_once;
mod context;
mod contradictory_bounds;
mod count_of_courses;
mod dangling_window;
mod dangling_word;
mod dose_of_several;
mod double_negative;
mod either_absence;
mod either_bound;
mod either_result;
mod health;
mod looks_both_ways;
mod lost_day;
mod no_for_at_least;
mod not_of_first;
mod of_any_time;
mod one_place;
mod result_of_any_age;
mod stable_since_start;
mod unused_definition;
mod waived_by_another;
mod walk;

use crate::diag::{Code, Diagnostic, Severity};
use crate::ir::Polarity;
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::ast::{self, Clause, Expr, ExprKind, ModifierKind, StatementKind};
use crate::typed::{Condition, Program};

use self::context::{Context, for_criteria};
use self::walk::{Place, Sides, clause_parts};

/// Looks at one expression, and says what is wrong with it.
type OfExpression = fn(&Context<'_>, &Expr, Place<'_>) -> Option<Diagnostic>;

/// Looks at what `or` (`true`) or `and` joins.
type OfJoined = fn(&Context<'_>, &[Expr], bool, &mut Vec<Diagnostic>);

/// Looks at a whole criterion: its clause, and the condition that it was typed as.
type OfCriterion = fn(&Context<'_>, Polarity, &Clause, &Condition) -> Option<Diagnostic>;

/// Looks at the whole program.
type OfProgram = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// The lints of one expression; not applied to a statement that has an error.
const OF_EXPRESSION: &[OfExpression] = &[
    no_for_at_least::look,
    not_of_first::look,
    count_of_courses::look,
    stable_since_start::look,
    of_any_time::look,
    looks_both_ways::look,
    dose_of_several::look,
    and_before_or::look,
    either_bound::look,
    either_absence::look,
    both_at_once::look,
    either_result::look,
];

/// The lints of what `or` or `and` joins.
const OF_JOINED: &[OfJoined] = &[dangling_window::look, dangling_word::look];

/// The lints of a whole criterion.
const OF_CRITERION: &[OfCriterion] = &[waived_by_another::look, double_negative::look];

/// The lints of the whole program.
const OF_PROGRAM: &[OfProgram] =
    &[contradictory_bounds::look, lost_day::look, unused_definition::look, result_of_any_age::look];

/// Runs every lint on a program; `diagnostics` are those of the passes before, and what is found is added to them.
pub fn check(resolved: &Resolved, program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let empty = ast::File::default();
    let at = Context {
        sources: &resolved.sources,
        file: resolved.main_file().unwrap_or(&empty),
        program,
        vocabulary: &resolved.vocabulary,
        definitions: &program.definitions,
        default_anchor: program.default_anchor,
    };
    let wrong = errors(diagnostics);
    for look in OF_PROGRAM {
        look(&at, diagnostics);
    }
    for_criteria(&at, |polarity, clause, condition| {
        diagnostics.extend(OF_CRITERION.iter().filter_map(|look| look(&at, polarity, clause, condition)));
    });
    joined(&at, resolved, diagnostics);
    expressions(&at, resolved, &wrong, diagnostics);
}

/// What is said of a program only where it is asked for by its code.
pub fn on_request(program: &Program) -> Vec<Diagnostic> {
    one_place::look(program)
}

/// The places of errors, in order.
fn errors(diagnostics: &[Diagnostic]) -> Vec<Span> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut places: Vec<Span> = errors.map(|diagnostic| diagnostic.primary.span).collect();
    places.sort_unstable();
    places
}

/// The criteria of the file checked and the definitions of all files.
fn statements(resolved: &Resolved) -> Vec<&ast::Statement> {
    resolved
        .files
        .iter()
        .flat_map(|(id, file)| file.statements.iter().map(move |statement| (*id, statement)))
        .filter(|(id, statement)| match statement.kind {
            StatementKind::Criterion { .. } => *id == resolved.main,
            StatementKind::Define { .. } | StatementKind::Fact { .. } => true,
            _ => false,
        })
        .map(|(_, statement)| statement)
        .collect()
}

/// Looks at all that is joined, also where there are errors.
fn joined(at: &Context<'_>, resolved: &Resolved, found: &mut Vec<Diagnostic>) {
    let mut look_at = |expr: &Expr| {
        walk::expression(expr, Place { sides: Sides::default(), filter: None }, &mut |expr, _| {
            let (items, either) = match &expr.kind {
                ExprKind::Or(items) => (items, true),
                ExprKind::And(items) => (items, false),
                _ => return,
            };
            for look in OF_JOINED {
                look(at, items, either, found);
            }
        });
    };
    for statement in statements(resolved) {
        match &statement.kind {
            StatementKind::Criterion { polarity, clause, .. } => {
                clause_parts(*polarity, clause).into_iter().for_each(|(part, _)| look_at(part));
            }
            StatementKind::Define { body, .. } => look_at(body),
            StatementKind::Fact { modifiers, .. } => {
                for modifier in modifiers {
                    if let ModifierKind::Else(body) = &modifier.kind {
                        look_at(body);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Looks at every expression of the statements that have no error.
fn expressions(at: &Context<'_>, resolved: &Resolved, wrong: &[Span], diagnostics: &mut Vec<Diagnostic>) {
    // Names that another finding about words and their reach has told of.
    let mut told: Vec<Span> = diagnostics
        .iter()
        .filter(|diagnostic| matches!(diagnostic.code, Code::W0708 | Code::W0710))
        .flat_map(|diagnostic| diagnostic.secondary.iter().map(|label| label.span))
        .collect();
    let is_wrong = |span: Span| {
        let from = wrong.partition_point(|other| (other.file, other.start) < (span.file, span.start));
        wrong.get(from).is_some_and(|other| other.file == span.file && other.start <= span.end)
    };
    let statements = statements(resolved);
    let sides = at.sides_of_definitions(&statements);
    let mut found: Vec<Diagnostic> = Vec::new();
    // What is in parentheses next to an `or` is said to belong together.
    let mut together: Vec<Span> = Vec::new();
    let mut look_at = |expr: &Expr, sides: Sides| {
        walk::expression(expr, Place { sides, filter: None }, &mut |expr, place| {
            if let ExprKind::Or(items) = &expr.kind {
                together.extend(items.iter().filter(|item| at.in_parentheses(item)).map(|item| item.span));
            }
            for look in OF_EXPRESSION {
                found.extend(look(at, expr, place));
            }
        });
    };
    for statement in statements.into_iter().filter(|statement| !is_wrong(statement.span)) {
        match &statement.kind {
            StatementKind::Criterion { polarity, clause, .. } => {
                for (part, sides) in clause_parts(*polarity, clause) {
                    look_at(part, sides);
                }
            }
            StatementKind::Define { name, body } => {
                look_at(body, sides.get(name.text.as_str()).copied().unwrap_or_default());
            }
            _ => {}
        }
    }
    told.extend(
        found
            .iter()
            .filter(|diagnostic| diagnostic.code == Code::W0715)
            .flat_map(|diagnostic| diagnostic.secondary.iter().map(|label| label.span)),
    );
    // Bounds joined by both words are told of once.
    let mixed: Vec<Span> = found.iter().filter(|diagnostic| diagnostic.code == Code::W0722).map(reach).collect();
    found.retain(|diagnostic| {
        let mut told = mixed.iter().chain(&together);
        diagnostic.code != Code::W0723 || !told.any(|place| holds(*place, diagnostic.primary.span))
    });
    let is_told = |span: Span| told.iter().any(|other| holds(*other, span) || holds(span, *other));
    found.retain(|diagnostic| diagnostic.code != Code::W0719 || !is_told(diagnostic.primary.span));
    diagnostics.extend(found);
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// From the first to the last place that a diagnostic points at.
fn reach(diagnostic: &Diagnostic) -> Span {
    diagnostic.secondary.iter().fold(diagnostic.primary.span, |span, label| span.merge(label.span))
}

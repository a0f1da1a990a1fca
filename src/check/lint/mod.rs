//! Sentences that check and mean something else than a reader takes from them. A lint is a file of its own: one function
//! over a part of the syntax tree that was typed without an error, and its words.

mod and_before_or;
mod both_at_once;
mod count_of_courses;
mod dose_of_several;
mod either_absence;
mod either_bound;
mod either_result;
mod health;
mod looks_both_ways;
mod no_for_at_least;
mod not_of_first;
mod of_any_time;
mod stable_since_start;
mod waived_by_another;
mod walk;

use foldhash::{HashMap, HashMapExt};

use super::Checker;
use crate::diag::{Code, Diagnostic, Severity};
use crate::ir::{Polarity, Table};
use crate::source::{FileId, SourceMap, Span, one_line};
use crate::syntax::ast::{self, Clause, Expr, ExprKind, Name, PrefixKind, StatementKind, Tail, TailKind, Term, Window};
use crate::typed::{self, Condition};
use crate::vocab::{AnchorId, Attribute, Kind, Symbol, Type, Vocabulary};

use self::walk::{Place, Sides, clause_parts};

/// Looks at one expression, and says what is wrong with it.
type OfExpression = fn(&Context<'_>, &Expr, Place<'_>) -> Option<Diagnostic>;

/// Looks at a whole criterion: its clause, and the condition that it was typed as.
type OfCriterion = fn(&Context<'_>, Polarity, &Clause, &Condition) -> Option<Diagnostic>;

/// The lints of one expression.
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

/// The lints of a whole criterion.
const OF_CRITERION: &[OfCriterion] = &[waived_by_another::look];

/// What a lint may look up.
struct Context<'a> {
    vocabulary: &'a Vocabulary,
    sources: &'a SourceMap,
    definitions: &'a Table<typed::DefinitionId, typed::Definition>,
    default_anchor: AnchorId,
}

impl Checker<'_> {
    /// Looks at one criterion as a whole; `condition` is what it was typed as.
    pub(super) fn lint_criterion(&mut self, polarity: Polarity, clause: &Clause, condition: &Condition) {
        let context = self.context();
        let found: Vec<Diagnostic> =
            OF_CRITERION.iter().filter_map(|look| look(&context, polarity, clause, condition)).collect();
        self.diagnostics.extend(found);
    }

    /// Looks at every expression of the criteria of the main file and of the definitions of all, unless its statement
    /// has an error.
    pub(super) fn lint_statements(&mut self, main: FileId, files: &[(FileId, ast::File)]) {
        let mut wrong: Vec<Span> = Vec::new();
        // Names that another finding about words and their reach has told of.
        let mut told: Vec<Span> = Vec::new();
        for diagnostic in &self.diagnostics {
            match diagnostic.code {
                _ if diagnostic.severity == Severity::Error => wrong.push(diagnostic.primary.span),
                Code::W0708 | Code::W0710 => told.extend(diagnostic.secondary.iter().map(|label| label.span)),
                _ => {}
            }
        }
        wrong.sort_unstable();
        let is_wrong = |span: Span| {
            let from = wrong.partition_point(|other| (other.file, other.start) < (span.file, span.start));
            wrong.get(from).is_some_and(|other| other.file == span.file && other.start <= span.end)
        };
        let context = self.context();
        let statements: Vec<&ast::Statement> = files
            .iter()
            .flat_map(|(id, file)| file.statements.iter().map(move |statement| (*id, statement)))
            .filter(|(id, statement)| match statement.kind {
                StatementKind::Criterion { .. } => *id == main,
                StatementKind::Define { .. } => true,
                _ => false,
            })
            .map(|(_, statement)| statement)
            .collect();
        let sides = context.sides_of_definitions(&statements);
        let mut found: Vec<Diagnostic> = Vec::new();
        // What stands in parentheses beside an `or` is said to belong together.
        let mut together: Vec<Span> = Vec::new();
        let mut look_at = |expr: &Expr, sides: Sides| {
            walk::expression(expr, Place { sides, filter: None }, &mut |expr, place| {
                if let ExprKind::Or(items) = &expr.kind {
                    together.extend(items.iter().filter(|item| context.in_parentheses(item)).map(|item| item.span));
                }
                for look in OF_EXPRESSION {
                    found.extend(look(&context, expr, place));
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
        self.diagnostics.extend(found);
    }

    fn context(&self) -> Context<'_> {
        Context {
            vocabulary: &self.vocabulary,
            sources: self.sources,
            definitions: &self.definitions,
            default_anchor: self.default_anchor,
        }
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// From the first to the last place that a diagnostic points at.
fn reach(diagnostic: &Diagnostic) -> Span {
    diagnostic.secondary.iter().fold(diagnostic.primary.span, |span, label| span.merge(label.span))
}

/// What is asked of a name, or of several in braces: the term and what stands behind it.
struct Asked<'e> {
    term: &'e Term,
    tails: &'e [Tail],
}

/// A name with or without something behind it; nothing else.
fn asked(expr: &Expr) -> Option<Asked<'_>> {
    match &expr.kind {
        ExprKind::Term(term) => Some(Asked { term, tails: &[] }),
        ExprKind::Tailed { subject, tails } => match &subject.kind {
            ExprKind::Term(term) => Some(Asked { term, tails }),
            _ => None,
        },
        _ => None,
    }
}

impl<'e> Asked<'e> {
    fn has(&self, wanted: impl Fn(PrefixKind) -> bool) -> bool {
        self.term.prefixes.iter().any(|prefix| wanted(prefix.kind))
    }

    fn windows(&self) -> impl Iterator<Item = (&'e Window, Span)> + use<'e> {
        self.tails.iter().filter_map(|tail| match &tail.kind {
            TailKind::Window(window) => Some((window, tail.span)),
            _ => None,
        })
    }

    /// The filter and the exceptions.
    fn filters(&self) -> impl Iterator<Item = &'e Expr> + use<'e> {
        let excepts = self.tails.iter().filter_map(|tail| match &tail.kind {
            TailKind::Except(filter) => Some(&**filter),
            _ => None,
        });
        self.term.filter.as_deref().into_iter().chain(excepts)
    }

    /// The names asked of in the filter and the exceptions.
    fn names_in_filters(&self) -> Vec<&'e Name> {
        let mut names = Vec::new();
        for filter in self.filters() {
            walk::names(filter, &mut names);
        }
        names
    }
}

/// Whether a name speaks of something that a protocol wishes for: consent, an agreement, what is adequate.
fn wanted(name: &str) -> bool {
    const STEMS: &[&str] = &[
        "agree",
        "consent",
        "willing",
        "able",
        "adequate",
        "access",
        "sterile",
        "postmenopausal",
        "contracept",
        "resect",
        "measurable",
        "confirmed",
        "controlled",
        "stable",
        "treated",
        "cured",
        "signed",
        "comply",
        "complian",
    ];
    name.split('_').any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// What a name that stands alone is as a condition, or is compared as.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sort {
    /// A yes/no, or a defined condition.
    Truth,
    /// Entries.
    Entries,
    /// A coded or ordinal value of these words.
    Words(Vec<String>),
    /// A number in this dimension.
    Number(String),
}

impl<'a> Context<'a> {
    fn written(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// As written, on one line; nothing where it would not fit into a help or an edit.
    fn short(&self, span: Span) -> Option<String> {
        let text = one_line(self.written(span));
        (text.len() <= 100 && !text.contains(['#', '`'])).then_some(text)
    }

    /// Whether one pair of parentheses holds all of it.
    fn in_parentheses(&self, expr: &Expr) -> bool {
        let text = self.written(expr.span);
        if !text.starts_with('(') {
            return false;
        }
        let (mut depth, mut quoted) = (0_usize, false);
        for (at, letter) in text.char_indices() {
            match letter {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1 == text.len();
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn anchor(&self, name: Option<&Name>) -> Option<AnchorId> {
        match name {
            None => Some(self.default_anchor),
            Some(name) => match self.vocabulary.symbols.get(&name.text) {
                Some(Symbol::Anchor(id)) => Some(*id),
                _ => None,
            },
        }
    }

    fn anchor_name(&self, name: Option<&Name>) -> &str {
        self.anchor(name).and_then(|id| self.vocabulary.anchors.get(id)).map_or("", |anchor| &anchor.name)
    }

    /// The kinds that names stand for, groups opened; nothing when one of them is no kind.
    fn kinds(&self, names: &[Name]) -> Option<Vec<&'a Kind>> {
        let mut ids = Vec::new();
        for name in names {
            match self.vocabulary.symbols.get(&name.text)? {
                Symbol::Kind(id) => ids.push(*id),
                Symbol::Group(id) => ids.extend(&self.vocabulary.groups.get(*id)?.members),
                Symbol::Fact(_) | Symbol::Anchor(_) | Symbol::Definition(_) => return None,
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Some(ids.into_iter().filter_map(|id| self.vocabulary.kinds.get(id)).collect())
    }

    /// An attribute of what is in scope.
    fn attribute(&self, place: Place<'_>, name: &str) -> Option<&'a Attribute> {
        let subjects = place.filter?;
        if let Some(kinds) = self.kinds(subjects) {
            return kinds.into_iter().find_map(|kind| kind.attribute(name));
        }
        match self.vocabulary.symbols.get(&subjects.first()?.text)? {
            Symbol::Fact(id) => self.vocabulary.facts.get(*id)?.attribute(name),
            _ => None,
        }
    }

    fn sort(&self, name: &Name, place: Place<'_>) -> Option<Sort> {
        let ty = match self.attribute(place, &name.text) {
            Some(attribute) => &attribute.ty,
            None => match self.vocabulary.symbols.get(&name.text)? {
                Symbol::Kind(_) | Symbol::Group(_) => return Some(Sort::Entries),
                Symbol::Definition(_) => return Some(Sort::Truth),
                Symbol::Fact(id) => &self.vocabulary.facts.get(*id)?.ty,
                Symbol::Anchor(_) => return None,
            },
        };
        match ty {
            Type::YesNo => Some(Sort::Truth),
            Type::Coded(words) | Type::Ordinal { levels: words, .. } => Some(Sort::Words(words.clone())),
            Type::Quantity(unit) => Some(Sort::Number(unit.dimension().name())),
            Type::Score { .. } => Some(Sort::Number("score".to_owned())),
            Type::Date => None,
        }
    }

    /// What is asked of a name, the name left out: two conditions of one form ask the same of two names.
    fn form(&self, expr: &Expr, place: Place<'_>) -> Option<(Sort, String)> {
        let asked = asked(expr)?;
        let sort = self.sort(asked.term.subjects.first()?, place)?;
        let tails = match (asked.tails.first(), asked.tails.last()) {
            (Some(first), Some(last)) => one_line(self.written(first.span.merge(last.span))),
            _ => String::new(),
        };
        let compares = |tail: &Tail| {
            matches!(
                tail.kind,
                TailKind::Compare { .. } | TailKind::Between { .. } | TailKind::Is { .. } | TailKind::InSet { .. }
            )
        };
        let compared = asked.tails.iter().any(compares);
        let asks = matches!(sort, Sort::Words(_) | Sort::Number(_));
        (compared == asks).then_some((sort, tails))
    }

    /// Which way a yes of each definition leads, over all that names it.
    fn sides_of_definitions<'e>(&self, statements: &[&'e ast::Statement]) -> HashMap<&'e str, Sides> {
        let mut bodies: HashMap<&str, &'e Expr> = HashMap::new();
        let mut open: Vec<(&'e Expr, Sides)> = Vec::new();
        for statement in statements {
            match &statement.kind {
                StatementKind::Define { name, body } => {
                    bodies.insert(&name.text, body);
                }
                StatementKind::Criterion { polarity, clause, .. } => open.extend(clause_parts(*polarity, clause)),
                _ => {}
            }
        }
        let mut sides: HashMap<&'e str, Sides> = HashMap::new();
        while let Some((expr, around)) = open.pop() {
            walk::expression(expr, Place { sides: around, filter: None }, &mut |part: &'e Expr, place| {
                let Some(asked) = asked(part) else { return };
                for name in &asked.term.subjects {
                    let Some(body) = bodies.get(name.text.as_str()) else { continue };
                    let before = sides.entry(name.text.as_str()).or_default();
                    let now = before.and(place.sides);
                    if now != *before {
                        *before = now;
                        open.push((*body, now));
                    }
                }
            });
        }
        sides
    }
}

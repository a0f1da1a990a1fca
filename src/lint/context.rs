//! What a lint may look at, and look up of names and of the text.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::asked::asked;
use super::walk::{self, Place, Sides, clause_parts};
use crate::ir::{Polarity, Table};
use crate::source::{SourceMap, Span, one_line};
use crate::syntax::ast::{self, Clause, Expr, Name, StatementKind, Tail, TailKind, Term, WindowAnchor};
use crate::typed::{self, Condition, Program};
use crate::vocab::{AnchorId, Attribute, Kind, KindId, Symbol, Type, Vocabulary};

/// What a lint may look up.
pub(super) struct Context<'a> {
    pub(super) sources: &'a SourceMap,
    /// The file checked.
    pub(super) file: &'a ast::File,
    /// What was understood of it.
    pub(super) program: &'a Program,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) definitions: &'a Table<typed::DefinitionId, typed::Definition>,
    pub(super) default_anchor: AnchorId,
}

/// What a name that is alone is as a condition, or is compared as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
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
    pub(super) fn written(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// What is in `span` before `part` of it.
    pub(super) fn written_before(&self, span: Span, part: Span) -> &'a str {
        let start = span.range().start;
        self.written(Span::new(span.file, start..part.range().start.max(start)))
    }

    /// As written, on one line; nothing where it would not fit into a help or an edit.
    pub(super) fn short(&self, span: Span) -> Option<String> {
        let text = one_line(self.written(span));
        (text.len() <= 100 && !text.contains(['#', '`'])).then_some(text)
    }

    /// Whether one pair of parentheses holds all of it.
    pub(super) fn in_parentheses(&self, expr: &Expr) -> bool {
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

    /// The anchor of the trial that a window is about; none where it is about an entry.
    pub(super) fn anchor(&self, anchor: Option<&WindowAnchor>) -> Option<AnchorId> {
        match anchor {
            None => Some(self.default_anchor),
            Some(WindowAnchor::Entry(_)) => None,
            Some(WindowAnchor::Name(name)) => match self.vocabulary.symbols.get(&name.text) {
                Some(Symbol::Anchor(id)) => Some(*id),
                _ => None,
            },
        }
    }

    pub(super) fn anchor_name(&self, anchor: Option<&WindowAnchor>) -> &str {
        if let Some(WindowAnchor::Entry(point)) = anchor {
            return self.written(point.span);
        }
        self.anchor(anchor).and_then(|id| self.vocabulary.anchors.get(id)).map_or("", |anchor| &anchor.name)
    }

    /// The kinds that names mean, groups opened; nothing when one of them is no kind.
    pub(super) fn kinds(&self, names: &[Name]) -> Option<Vec<&'a Kind>> {
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
        Some(ids.into_iter().filter_map(|id| self.vocabulary.kinds.get(id).map(Arc::as_ref)).collect())
    }

    /// An attribute of what is in scope.
    pub(super) fn attribute(&self, place: Place<'_>, name: &str) -> Option<&'a Attribute> {
        let subjects = place.filter?;
        let of_kind = |id: &KindId| self.vocabulary.kinds.get(*id)?.attribute(name);
        match self.vocabulary.symbols.get(&subjects.first()?.text)? {
            Symbol::Fact(id) => self.vocabulary.facts.get(*id)?.attribute(name),
            Symbol::Kind(id) if subjects.len() == 1 => of_kind(id),
            Symbol::Group(id) if subjects.len() == 1 => {
                self.vocabulary.groups.get(*id)?.members.iter().find_map(of_kind)
            }
            _ => self.kinds(subjects)?.into_iter().find_map(|kind| kind.attribute(name)),
        }
    }

    pub(super) fn sort(&self, name: &Name, place: Place<'_>) -> Option<Sort> {
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
            Type::Titre { .. } => Some(Sort::Number("titre".to_owned())),
            Type::Date => None,
        }
    }

    /// What is said of a name, the name left out: two conditions of one form ask the same of two names.
    pub(super) fn form(&self, expr: &Expr, place: Place<'_>) -> Option<(Sort, String)> {
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
    pub(super) fn sides_of_definitions<'e>(&self, statements: &[&'e ast::Statement]) -> HashMap<&'e str, Sides> {
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

/// What a window is about, as far as W0708 cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timed {
    /// Entries, of any time without one.
    Entries,
    /// The answers of a yes/no, of which the latest counts without one.
    Answers,
}

pub(super) fn timed_term(at: &Context<'_>, term: &Term) -> Option<Timed> {
    let timed = what_window_dates(at, term.subjects.first()?)?;
    if term.subjects.iter().any(|name| what_window_dates(at, name) != Some(timed)) {
        return None;
    }
    // `prior` is said of entries, and what a yes/no is filtered by are its results.
    (timed == Timed::Entries || term.filter.is_none()).then_some(timed)
}

/// What a window behind the name is about: entries, or the answers of a yes/no that has a date.
pub(super) fn what_window_dates(at: &Context<'_>, name: &Name) -> Option<Timed> {
    match at.vocabulary.symbols.get(&name.text)? {
        Symbol::Kind(_) | Symbol::Group(_) => Some(Timed::Entries),
        Symbol::Fact(id) => {
            let fact = at.vocabulary.facts.get(*id)?;
            (fact.ty == Type::YesNo && !fact.timeless).then_some(Timed::Answers)
        }
        Symbol::Anchor(_) | Symbol::Definition(_) => None,
    }
}

/// Shows each criterion that has a meaning: its clause, and what that was typed as.
pub(super) fn for_criteria<'a>(at: &Context<'a>, mut show: impl FnMut(Polarity, &'a Clause, &'a Condition)) {
    let mut typed = at.program.criteria.iter().peekable();
    for statement in &at.file.statements {
        if let StatementKind::Criterion { polarity, clause, .. } = &statement.kind
            && let Some(criterion) = typed.next_if(|criterion| criterion.span == statement.span)
        {
            show(*polarity, clause, &criterion.condition);
        }
    }
}

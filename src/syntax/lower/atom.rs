//! Atoms: literals, terms, blocks, calls, judgements.

use super::clause::Separator;
use super::expression::{Grown, Subject};
use super::{Lower, Node, Nodes};
use crate::ir::Limit;
use crate::source::Span;
use crate::syntax::ast::{
    BlockQuantifier, DailyDose, Expr, ExprKind, Name, Number, Prefix, PrefixKind, Tail, TailKind, Term,
};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

impl Lower<'_> {
    /// An atom, or the report that one is missing.
    pub(super) fn atom(&mut self, node: Node<'_>) -> Grown {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::term => {
                let mut nodes = node.into_inner();
                let Some(name) = nodes.next() else {
                    return self.broken(span);
                };
                let subject = self.name(&name);
                self.term(span, Vec::new(), vec![subject], false, nodes)
            }
            Rule::literal => self.literal(node, span),
            Rule::counted => self.counted(node, span),
            Rule::daily_dose => self.daily_dose(node, span),
            Rule::name_set_term => {
                let mut nodes = node.into_inner();
                let names = nodes.next().map(|set| self.name_set(set)).unwrap_or_default();
                self.term(span, Vec::new(), names, true, nodes)
            }
            Rule::group => {
                let mut grown = self.part(|this| this.parenthesis(node));
                // The parentheses belong to the place of what they hold.
                grown.expr.span = span;
                grown
            }
            Rule::call => self.part(|this| this.call(node, span)),
            Rule::level => {
                let mut names = node.into_inner().map(|child| self.name(&child));
                match (names.next(), names.next()) {
                    (Some(scale), Some(level)) => self.grow(span, 0, ExprKind::Level { scale, level }),
                    _ => self.broken(span),
                }
            }
            Rule::block => self.block(node, span),
            Rule::judged => self.judged(node, span),
            Rule::todo => match node.into_inner().next() {
                // A sentence of the protocol is read so: it is told by itself.
                Some(text) if text.as_rule() == Rule::text && self.retrying && text.as_str() == "\"\"" => {
                    self.broken(span)
                }
                Some(text) if text.as_rule() == Rule::text => {
                    let text = self.text(&text);
                    self.grow(span, 0, ExprKind::Todo(text))
                }
                Some(missing) => {
                    self.wanted(&missing);
                    self.broken(span)
                }
                None => self.broken(span),
            },
            Rule::conditional => self.part(|this| this.conditional(node, span)),
            _ => {
                self.wanted(&node);
                self.broken(span)
            }
        }
    }

    /// Reads what may be part of a formula, where a number or a formula that is alone is not odd.
    fn part(&mut self, read: impl FnOnce(&mut Self) -> Grown) -> Grown {
        let odd = self.odd;
        let grown = read(self);
        self.odd = odd;
        grown
    }

    fn literal(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut number = Number { text: String::new(), span };
        let mut unit = None;
        let mut limit = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::number | Rule::titre => number = self.number(&child),
                Rule::unit => unit = Some(self.unit(&child)),
                _ => {
                    let written = child.as_str().trim_end().to_ascii_uppercase();
                    limit = Some(if written.ends_with("LLN") { Limit::Lln } else { Limit::Uln });
                }
            }
        }
        let kind = match limit {
            Some(limit) => ExprKind::TimesLimit { factor: number, limit },
            None => ExprKind::Literal { number, unit },
        };
        self.grow(span, 0, kind)
    }

    fn term(
        &mut self,
        span: Span,
        prefixes: Vec<Prefix>,
        subjects: Vec<Name>,
        braced: bool,
        nodes: Nodes<'_>,
    ) -> Grown {
        let mut height = 0;
        let mut filter = None;
        let mut by = None;
        let mut broken = false;
        for node in nodes {
            match node.as_rule() {
                Rule::filter => {
                    let grown = self.parenthesis(node);
                    height = grown.height;
                    filter = Some(Box::new(grown.expr));
                }
                Rule::by_attribute => {
                    by = self.by_attribute(node);
                    broken |= by.is_none();
                }
                _ => {}
            }
        }
        if subjects.is_empty() || broken {
            return self.broken(span);
        }
        self.grow(span, height, ExprKind::Term(Term { prefixes, subjects, braced, by, filter }))
    }

    fn counted(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut prefixes = Vec::new();
        let mut subjects = Vec::new();
        let mut braced = false;
        let mut broken = false;
        let mut filter = None;
        let mut by = None;
        let mut height = 0;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::by_attribute => {
                    by = self.by_attribute(child);
                    broken |= by.is_none();
                }
                Rule::prefix => match self.prefix(child) {
                    Some(prefix) => prefixes.push(prefix),
                    None => broken = true,
                },
                Rule::name => subjects.push(self.name(&child)),
                Rule::name_set => {
                    braced = true;
                    subjects = self.name_set(child);
                }
                Rule::filter => {
                    let grown = self.parenthesis(child);
                    height = grown.height;
                    filter = Some(Box::new(grown.expr));
                }
                _ => broken |= self.wanted(&child),
            }
        }
        if broken || subjects.is_empty() {
            return self.broken(span);
        }
        self.grow(span, height, ExprKind::Term(Term { prefixes, subjects, braced, by, filter }))
    }

    /// The name in `by organ`; `None` when it is missing, which is reported.
    fn by_attribute(&mut self, node: Node<'_>) -> Option<Name> {
        let mut by = None;
        for child in node.into_inner() {
            if child.as_rule() == Rule::name {
                by = Some(self.name(&child));
            } else {
                self.wanted(&child);
            }
        }
        by
    }

    fn daily_dose(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut dose = DailyDose {
            prefix: None,
            subjects: Vec::new(),
            braced: false,
            filter: None,
            reference: None,
            window: None,
        };
        let (mut broken, mut height) = (false, 0);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::dose_prefix => dose.prefix = self.prefix(child),
                Rule::name => dose.subjects.push(self.name(&child)),
                Rule::name_set => {
                    dose.braced = true;
                    dose.subjects = self.name_set(child);
                }
                Rule::filter => {
                    let grown = self.parenthesis(child);
                    height = grown.height;
                    dose.filter = Some(Box::new(grown.expr));
                }
                Rule::dose_reference => {
                    for part in child.into_inner() {
                        if part.as_rule() == Rule::name {
                            dose.reference = Some(self.name(&part));
                        } else {
                            broken |= self.wanted(&part);
                        }
                    }
                }
                Rule::point | Rule::within => match self.tail(child).0 {
                    Some(Tail { span, kind: TailKind::Window(window) }) => dose.window = Some((window, span)),
                    _ => broken = true,
                },
                _ => broken |= self.wanted(&child),
            }
        }
        if broken || dose.subjects.is_empty() {
            return self.broken(span);
        }
        self.grow(span, height, ExprKind::DailyDose(Box::new(dose)))
    }

    fn prefix(&mut self, node: Node<'_>) -> Option<Prefix> {
        let span = self.span(&node);
        let (first, second) = two_words(node.as_str());
        let mut count = None;
        for child in node.clone().into_inner() {
            if child.as_rule() == Rule::number {
                count = self.count(&child);
            } else {
                self.wanted(&child);
            }
        }
        let kind = match (first, second) {
            ("prior", _) => PrefixKind::Prior,
            ("current", _) => PrefixKind::Current,
            ("planned", _) => PrefixKind::Planned,
            ("no", _) => PrefixKind::No,
            ("any", _) => PrefixKind::Any,
            ("latest", _) => PrefixKind::Latest,
            ("highest", _) => PrefixKind::Highest,
            ("lowest", _) => PrefixKind::Lowest,
            ("every", _) => PrefixKind::Every,
            ("first", _) => PrefixKind::First,
            ("consecutive", _) => PrefixKind::Consecutive,
            ("distinct", _) => PrefixKind::Distinct,
            ("exactly", _) => PrefixKind::Exactly(count?),
            (_, "most") => PrefixKind::AtMost(count?),
            _ => PrefixKind::AtLeast(count?),
        };
        Some(Prefix { span, kind })
    }

    /// The names of `{a, b}`.
    pub(super) fn name_set(&mut self, node: Node<'_>) -> Vec<Name> {
        let mut names = Vec::new();
        let opener = self.start(&node);
        let mut separator = Separator::new(opener + 1);
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::name => {
                    self.separate(&mut separator, span);
                    names.push(self.name(&child));
                }
                Rule::comma => self.comma(&mut separator, span),
                Rule::no_close => self.unclosed(opener, &child),
                _ => self.stray(&mut separator, &child),
            }
        }
        names
    }

    fn call(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut function = Name { text: String::new(), span };
        let opener = self.next_token(self.start(&node) + 3).start;
        let mut rest = Vec::new();
        for child in node.into_inner() {
            if child.as_rule() == Rule::call_name {
                function = self.name(&child);
            } else {
                rest.push(child);
            }
        }
        let arguments = self.items(rest.into_iter(), opener);
        let height = arguments.iter().map(|grown| grown.height).max().unwrap_or(0);
        let arguments: Vec<Expr> = arguments.into_iter().map(|grown| grown.expr).collect();
        if arguments.is_empty() {
            self.diagnostics.push(errors::empty_call(span, &function.text));
            return self.broken(span);
        }
        self.grow(span, height, ExprKind::Call { function, arguments })
    }

    fn block(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut quantifier = None;
        let mut items = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::quantifier | Rule::whole_quantifier => quantifier = self.quantifier(child),
                Rule::items => {
                    let opener = self.start(&child);
                    items = self.items(child.into_inner(), opener);
                    if items.is_empty() {
                        let place = self.span_of(opener..opener + 1);
                        self.diagnostics.push(errors::empty_block(place));
                    }
                }
                _ => {
                    self.wanted(&child);
                }
            }
        }
        let height = items.iter().map(|grown| grown.height).max().unwrap_or(0);
        let items: Vec<Expr> = items.into_iter().map(|grown| grown.expr).collect();
        match quantifier {
            Some(quantifier) if !items.is_empty() => self.grow(span, height, ExprKind::Block { quantifier, items }),
            _ => self.broken(span),
        }
    }

    fn quantifier(&mut self, node: Node<'_>) -> Option<BlockQuantifier> {
        let (first, second) = two_words(node.as_str());
        let mut count = None;
        for child in node.clone().into_inner() {
            if child.as_rule() == Rule::number {
                count = self.count(&child);
            } else {
                self.wanted(&child);
            }
        }
        Some(match (first, second) {
            ("any", _) => BlockQuantifier::Any,
            ("all", _) => BlockQuantifier::All,
            ("none", _) => BlockQuantifier::None,
            ("exactly", _) => BlockQuantifier::Exactly(count?),
            (_, "most") => BlockQuantifier::AtMost(count?),
            _ => BlockQuantifier::AtLeast(count?),
        })
    }

    fn judged(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut text = None;
        let mut by = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::text => text = Some(self.text(&child)),
                Rule::name => by = Some(self.name(&child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        match text {
            Some(text) => self.grow(span, 0, ExprKind::Judged { text, by }),
            None => self.broken(span),
        }
    }

    fn conditional(&mut self, node: Node<'_>, span: Span) -> Grown {
        let mut parts = Vec::new();
        for child in node.into_inner() {
            if child.as_rule() == Rule::expression {
                parts.push(self.expression(child, Subject::Needed));
                continue;
            }
            let is_part = matches!(child.as_rule(), Rule::want_condition | Rule::want_value | Rule::want_else);
            self.wanted(&child);
            if is_part {
                let place = self.leaf(&child);
                parts.push(self.broken(place));
            }
        }
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0);
        let mut parts = parts.into_iter().map(|part| Box::new(part.expr));
        match (parts.next(), parts.next(), parts.next()) {
            (Some(condition), Some(then), Some(otherwise)) => {
                self.grow(span, height, ExprKind::If { condition, then, otherwise })
            }
            _ => self.broken(span),
        }
    }
}

/// The first two words of `text`.
fn two_words(text: &str) -> (&str, &str) {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

//! Pairs to tree: every node of the grammar becomes what [`ast`](super::ast) has for it; empty `want_*` nodes and
//! `unparsed*` nodes become diagnostics.

mod atom;
mod clause;
mod declaration;
mod example;
mod expression;
mod factors;
mod nearby;
mod phrases;
mod recovery;
mod statement;
mod tail;
mod token;
mod value_type;

use std::ops::Range;
use std::rc::Rc;

use pest::iterators::{Pair, Pairs};

use super::ast::{Name, Statement};
use super::errors;
use super::fold::Folded;
use super::grammar::Rule;
use super::lexer::{Lexed, Token, is_reserved, is_statement_word};
use crate::diag::Diagnostic;
use crate::source::{FileId, Span};

pub(super) use nearby::doc;

/// A node of the grammar.
pub(super) type Node<'p> = Pair<'p, Rule>;
/// The nodes inside one.
pub(super) type Nodes<'p> = Pairs<'p, Rule>;

/// The state of lowering one stretch.
pub(super) struct Lower<'a> {
    pub(super) file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    folded: Rc<Folded>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) broken: Vec<Name>,
    /// A token already named in an error: not to be reported again.
    quiet: Option<usize>,
    /// Whether the statement's height has been reported.
    tall: bool,
    /// Whether this is another reading of a statement with errors.
    retrying: bool,
    /// Whether a statement was read again.
    pub(super) reread: bool,
    /// How much was read that parses and is right nowhere, such as a level that is alone: what it is, the check says,
    /// unless it is something said in other words.
    odd: usize,
}

impl<'a> Lower<'a> {
    /// Nothing lowered yet.
    pub(super) fn new(source: &Lexed<'a>, folded: Rc<Folded>) -> Lower<'a> {
        Lower {
            file: source.file,
            text: source.text,
            tokens: source.tokens,
            folded,
            diagnostics: Vec::new(),
            broken: Vec::new(),
            quiet: None,
            tall: false,
            retrying: false,
            reread: false,
            odd: 0,
        }
    }

    /// The statements of a `file` node.
    pub(super) fn file(&mut self, node: Node<'_>) -> Vec<Statement> {
        let children = node.into_inner();
        let mut statements = Vec::with_capacity(children.len());
        for child in children {
            match child.as_rule() {
                Rule::EOI => {}
                Rule::preamble => self.preamble(&child),
                _ => statements.extend(self.statement(child)),
            }
        }
        statements
    }

    /// The place in the file of a place in the parsed stretch.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.folded.place(at).min(self.text.len())
    }

    fn start(&self, node: &Node<'_>) -> usize {
        self.offset(node.as_span().start())
    }

    /// A span of whole characters: a look-alike read as ASCII may have been cut.
    fn span_of(&self, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        Span::new(self.file, start..self.text.ceil_char_boundary(range.end).max(start))
    }

    /// The span of a token, which has no blanks in it.
    fn leaf(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        self.placed(span.start(), span.end())
    }

    /// The span of what is between two places of the parsed stretch.
    fn placed(&self, start: usize, end: usize) -> Span {
        if self.folded.is_exact {
            return Span { file: self.file, start: self.folded.placed(start), end: self.folded.placed(end) };
        }
        self.span_of(self.offset(start)..self.offset(end))
    }

    /// The span of a node without the blanks and comments behind it.
    fn span(&self, node: &Node<'_>) -> Span {
        self.written(node.as_span())
    }

    /// `span` without the blanks and comments at its end.
    fn written(&self, span: pest::Span<'_>) -> Span {
        self.without_blanks(span.start(), span.end())
    }

    /// The span between two places of the parsed stretch, without the blanks and comments at its end.
    fn without_blanks(&self, start: usize, mut end: usize) -> Span {
        // The blank that means a run is where the run begins.
        while end > start && self.folded.is_blank(end - 1) {
            end -= 1;
        }
        self.placed(start, end)
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Reports an empty `want_*` node; nothing for other nodes. Returns whether it was one.
    fn wanted(&mut self, node: &Node<'_>) -> bool {
        let Some(wanted) = errors::wanted(node.as_rule()) else {
            return false;
        };
        let at = self.start(node);
        if self.quiet == Some(self.next_token(at).start) {
            return true;
        }
        let previous = self.previous_token(at);
        let found = self.next_token(at);
        self.quiet = Some(found.start);
        if self.slice(found.clone()) == "." {
            // A number without its first digit, or a full stop: told by itself.
            self.unexpected(found.start, at);
            return true;
        }
        if node.as_rule() == Rule::want_name && is_statement_word(self.slice(previous.clone())) {
            // `investigational drug within 30 days before screening`
            let first = self.previous_token(previous.start);
            let word = self.slice(first.clone());
            if !word.is_empty()
                && !is_reserved(word)
                && self.slice(first.end..previous.start) == " "
                && word.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                let whole = self.span_of(first.start..previous.end);
                self.diagnostics.push(errors::name_of_two_words(whole, word, self.slice(previous)));
                return true;
            }
        }
        let near = !self.slice(previous.end..found.start).contains('\n');
        let found_text = self.slice(found.clone());
        let names_found = near && !found_text.is_empty() && !errors::ends_something(found_text);
        let diagnostic = errors::expected(
            &wanted,
            (self.span_of(previous.clone()), self.slice(previous)),
            (self.span_of(found), found_text),
            names_found,
        );
        self.diagnostics.push(diagnostic);
        true
    }

    /// Reports a bracket that is never closed: `opener` is its place, `node` the empty node where it should be.
    fn unclosed(&mut self, opener: usize, node: &Node<'_>) {
        let found = self.next_token(self.start(node));
        let opener_span = self.span_of(opener..opener + 1);
        let found_text = self.slice(found.clone());
        let sign = self.slice(opener..opener + 1);
        // Several that are left open at one place are one mistake: that of the innermost, which was met first.
        let place = self.span_of(found.clone());
        if let Some(last) = self.diagnostics.last_mut()
            && errors::unclosed_too(last, opener_span, sign, place)
        {
            return;
        }
        let diagnostic = errors::unclosed(opener_span, sign, place, found_text);
        self.diagnostics.push(diagnostic);
    }
}

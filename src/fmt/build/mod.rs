//! A statement in, its document out. Every token and comment of the statement is written once and in order; the tree
//! only says where lines may end.

mod declaration;
mod example;
mod expression;

use std::ops::Range;

use super::doc::{Block, Doc, Side};
use super::token::{Remark, Token, has_empty_line, tokens};
use crate::syntax::ast::{Clause, ExprKind, Statement, StatementKind};
use crate::syntax::lexer::{self, is_blank};

/// The document of a statement that holds no error. `lexed` are the tokens of the file, `remarks` the comments among them.
pub(super) fn statement(statement: &Statement, text: &str, lexed: &[lexer::Token], remarks: &[Remark]) -> Block {
    let range = statement.span.range();
    let tokens = tokens(statement, text, lexed);
    let first = remarks.partition_point(|remark| remark.range.start < range.start);
    let end = remarks.partition_point(|remark| remark.range.start < range.end);
    let partners = partners(&tokens);
    let mut builder = Builder {
        text,
        tokens,
        partners,
        next: 0,
        remarks: remarks.get(first..end).unwrap_or_default(),
        seen: 0,
        blocks: vec![Block::default()],
    };
    builder.statement(&statement.kind);
    builder.until(builder.tokens.len());
    builder.remarks_before(usize::MAX);
    builder.blocks.pop().unwrap_or_default()
}

/// For each opening bracket the index of the one that closes it.
fn partners(tokens: &[Token]) -> Vec<usize> {
    let mut partners = vec![usize::MAX; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => open.push(index),
            ")" | "]" | "}" => {
                if let Some(partner) = open.pop().and_then(|opener: usize| partners.get_mut(opener)) {
                    *partner = index;
                }
            }
            _ => {}
        }
    }
    partners
}

/// How the items of a list stand when they do not fit on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Items {
    /// Each on its own line.
    Apart,
    /// As many on a line as fit.
    Filled,
    /// As many on a line as fit, and line ends of the author's are kept.
    Kept,
}

struct Builder<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    partners: Vec<usize>,
    /// The token to be written next.
    next: usize,
    /// The statement's own comments.
    remarks: &'t [Remark],
    /// How many of them are written.
    seen: usize,
    /// The documents being written, the innermost last.
    blocks: Vec<Block>,
}

impl Builder<'_> {
    // ------------------------------------------------------------------------------ documents

    fn push(&mut self, doc: Doc) {
        if let Some(block) = self.blocks.last_mut() {
            block.push(doc);
        }
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) -> Block {
        self.blocks.push(Block::default());
        write(self);
        self.blocks.pop().unwrap_or_default()
    }

    fn group(&mut self, write: impl FnOnce(&mut Self)) {
        let block = self.inside(write);
        self.push(Doc::Group(block));
    }

    fn nest(&mut self, write: impl FnOnce(&mut Self)) {
        let block = self.inside(write);
        self.push(Doc::Nest(block));
    }

    /// Ends the line if the group is broken; a comment at the end of the line before comes first.
    fn line(&mut self) {
        self.end_of_line();
        self.push(Doc::Line(1));
    }

    /// Ends the line in any case, and keeps an empty line of the author's.
    fn hard_line(&mut self) {
        self.end_of_line();
        let blank = self.empty_line_ahead();
        self.push(Doc::Hard { blank });
    }

    /// Ends the line between two items of a list, where an empty line of the author's is kept.
    fn item_line(&mut self) {
        self.end_of_line();
        if self.empty_line_ahead() { self.push(Doc::Hard { blank: true }) } else { self.push(Doc::Line(1)) }
    }

    // --------------------------------------------------------------------------------- tokens

    fn peek(&self) -> &str {
        self.peek_at(self.next)
    }

    fn peek_at(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.text.as_str())
    }

    /// Where a token begins; the end of everything behind the last.
    fn start_of(&self, index: usize) -> usize {
        self.tokens.get(index).map_or(usize::MAX, |token| token.range.start)
    }

    /// The first token at or behind `offset`.
    fn index_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.range.start < offset)
    }

    /// Where the bracket that the next token opens is closed.
    fn partner(&self) -> usize {
        let partner = self.partners.get(self.next).copied().unwrap_or(usize::MAX);
        partner.min(self.tokens.len())
    }

    /// Writes the comments before the next token, then the token.
    fn token(&mut self) {
        self.token_as(None, None, None);
    }

    /// Writes the next token, maybe in another spelling or closer to its neighbours.
    fn token_as(&mut self, spelling: Option<&str>, left: Option<Side>, right: Option<Side>) {
        let Some(token) = self.tokens.get(self.next).cloned() else {
            return;
        };
        self.remarks_before(token.range.start);
        self.next += 1;
        let text = spelling.map_or(token.text, str::to_owned);
        let many_lines = text.contains('\n');
        self.push(Doc::Text { text, left: left.unwrap_or(token.left), right: right.unwrap_or(token.right) });
        // What follows a text of several lines on its last line could be read as a part of it.
        if many_lines && !matches!(self.peek(), "" | "," | ")" | "]" | "}") {
            self.nest(|b| b.hard_line());
        }
    }

    /// Writes every token before the one at `index`.
    fn until(&mut self, index: usize) {
        while self.next < index.min(self.tokens.len()) {
            self.token();
        }
    }

    /// Writes every token that begins before `offset`.
    fn before(&mut self, offset: usize) {
        self.until(self.index_at(offset));
    }

    /// Leaves the next token out if it is `text`.
    fn skip(&mut self, text: &str) -> bool {
        let found = self.peek() == text;
        self.next += usize::from(found);
        found
    }

    // ------------------------------------------------------------------------------- comments

    /// Where what is written next begins: a comment or a token.
    fn ahead(&self) -> Option<Range<usize>> {
        let token = self.tokens.get(self.next).map(|token| token.range.clone());
        let remark = self.remarks.get(self.seen).map(|remark| remark.range.clone());
        match (token, remark) {
            (Some(token), Some(remark)) => Some(if remark.start < token.start { remark } else { token }),
            (token, remark) => token.or(remark),
        }
    }

    /// Whether the author left an empty line before what comes next.
    fn empty_line_ahead(&self) -> bool {
        let Some(ahead) = self.ahead() else {
            return false;
        };
        let before = self.text.get(..ahead.start).unwrap_or_default();
        let blanks = before.get(before.trim_end_matches(is_blank).len()..).unwrap_or_default();
        has_empty_line(blanks)
    }

    /// Writes the comment that is behind the last token on its line.
    fn end_of_line(&mut self) {
        let until = self.start_of(self.next);
        while let Some(remark) = self.remarks.get(self.seen)
            && !remark.own_line
            && remark.range.start < until
        {
            self.remark(remark, false);
        }
    }

    fn remarks_before(&mut self, offset: usize) {
        while let Some(remark) = self.remarks.get(self.seen)
            && remark.range.start < offset
        {
            let blank = remark.own_line && self.empty_line_ahead();
            self.remark(remark, blank);
        }
        // An empty line below a comment is kept like one above it.
        if self.seen > 0
            && self.remarks.get(self.seen - 1).is_some_and(|last| self.last_written_is(last))
            && self.empty_line_ahead()
        {
            self.push(Doc::Empty);
        }
    }

    fn remark(&mut self, remark: &Remark, blank: bool) {
        self.seen += 1;
        self.push(Doc::Comment { text: remark.text.clone(), own_line: remark.own_line, blank });
    }

    /// Whether nothing but blanks is between a comment and what comes next.
    fn last_written_is(&self, remark: &Remark) -> bool {
        let Some(ahead) = self.ahead() else {
            return false;
        };
        self.text.get(remark.range.end..ahead.start).is_some_and(|between| between.chars().all(is_blank))
    }

    /// Writes the comments before a closing bracket.
    fn comments_inside(&mut self, close: usize) {
        self.end_of_line();
        if self.ahead().is_some_and(|ahead| ahead.start < self.start_of(close)) {
            self.hard_line();
            self.remarks_before(self.start_of(close));
        }
    }

    // ---------------------------------------------------------------------------------- lists

    /// A list in brackets: one line, or one level in with a comma behind the last item. A comma that the author wrote
    /// behind the last item keeps it open.
    fn list<T>(&mut self, items: &[T], how: Items, mut each: impl FnMut(&mut Self, &T)) {
        let close = self.partner();
        if items.is_empty() {
            if self.next + 1 == close {
                self.token_as(None, None, Some(Side::Tight));
            }
            self.until(close.saturating_add(1));
            return;
        }
        let open = self.inside(|b| {
            b.token();
            if close > 0 && b.peek_at(close - 1) == "," {
                b.push(Doc::Expand);
            }
            b.nest(|b| {
                let mut ended = 0;
                for (index, item) in items.iter().enumerate() {
                    let last = index + 1 == items.len();
                    match (index, how) {
                        (0, _) => {
                            b.line();
                            each(b, item);
                        }
                        (_, Items::Apart) => {
                            b.item_line();
                            each(b, item);
                        }
                        (_, Items::Kept) if b.line_end_before_next(ended) => {
                            b.hard_line();
                            each(b, item);
                        }
                        (_, Items::Filled | Items::Kept) => b.group(|b| {
                            b.item_line();
                            each(b, item);
                        }),
                    }
                    ended = b.end_of_last();
                    b.comma(last);
                }
                b.comments_inside(close);
            });
            b.until(close);
            b.line();
            b.token();
        });
        self.push(Doc::Group(open));
    }

    /// Where the last token written ends.
    fn end_of_last(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |last| last.range.end)
    }

    /// Whether the author ended the line between `offset` and the next token.
    fn line_end_before_next(&self, offset: usize) -> bool {
        let next = self.start_of(self.next).min(self.text.len());
        self.text.get(offset..next).is_some_and(|between| between.contains('\n'))
    }

    /// The comma behind an item.
    fn comma(&mut self, last: bool) {
        // A `##` line before the comma would become the text of the next item.
        if self.peek() == ","
            && let Some(remark) = self.remarks.get(self.seen)
            && remark.own_line
            && remark.text.starts_with("##")
            && remark.range.start < self.start_of(self.next)
            && !last
        {
            self.token();
            return;
        }
        self.skip(",");
        self.push(if last {
            Doc::LastComma
        } else {
            Doc::Text { text: ",".to_owned(), left: Side::Tight, right: Side::Blank }
        });
    }

    // ----------------------------------------------------------------------------- statements

    fn statement(&mut self, kind: &StatementKind) {
        match kind {
            StatementKind::Trial(trial) => self.trial(trial),
            StatementKind::Fact { ty, modifiers, .. } => {
                self.group(|b| {
                    b.value_type(ty);
                    b.modifiers(modifiers);
                });
            }
            StatementKind::Kind { modifiers, .. } => self.group(|b| {
                b.until(2);
                b.modifiers(modifiers);
            }),
            StatementKind::Group { modifiers, members, .. } => self.name_group(2, modifiers, members),
            StatementKind::ExtendGroup { modifiers, members, .. } => self.name_group(3, modifiers, members),
            StatementKind::Extend { values, modifiers, .. } => self.group(|b| {
                b.until(2);
                values.iter().for_each(|values| b.value_type(values));
                b.modifiers(modifiers);
            }),
            StatementKind::Define { body, .. } => self.define(body),
            StatementKind::Unit { .. } => {
                self.until(2);
                self.token_as(Some("="), Some(Side::Blank), Some(Side::Blank));
            }
            StatementKind::Criterion { clause, .. } => self.criterion(clause),
            StatementKind::Example(example) => self.example(example),
            StatementKind::Note { text, .. } => {
                self.before(text.span.range().start);
                self.on_this_line_or_the_next(Self::token);
            }
            StatementKind::Assert { body, .. } => self.assertion(body),
            StatementKind::Vocabulary { .. } | StatementKind::Use(_) | StatementKind::Anchor { .. } => {}
        }
    }

    fn criterion(&mut self, clause: &Clause) {
        self.before(clause.main.span.range().start);
        if matches!(clause.main.kind, ExprKind::Block { .. }) {
            self.expr(&clause.main);
            self.group(|b| b.nest(|b| b.conditions(clause)));
        } else {
            self.group(|b| {
                b.expr(&clause.main);
                b.nest(|b| b.conditions(clause));
            });
        }
    }

    /// `, or .. when ..`, `, results count ..`, `unless ..` and `when ..`
    fn conditions(&mut self, clause: &Clause) {
        let mut alternatives = clause.alternatives.iter();
        while self.next < self.tokens.len() {
            let before = self.next;
            if self.peek() == ","
                && let Some(results) = &clause.results
                && self.start_of(self.next + 2) == results.span.range().start
            {
                self.token();
                self.line();
                self.before(results.span.range().end);
            } else if self.peek() == ","
                && let Some(alternative) = alternatives.next()
            {
                self.token();
                self.line();
                self.before(alternative.body.span.range().start);
                self.group(|b| {
                    b.expr(&alternative.body);
                    b.nest(|b| {
                        b.line();
                        b.before(alternative.when.span.range().start);
                        b.expr(&alternative.when);
                    });
                });
            } else if let Some(guard) = &clause.guard
                && self.start_of(self.next) == guard.word.range().start
            {
                self.line();
                self.token();
                self.expr(&guard.condition);
            }
            if self.next == before {
                self.token();
            }
        }
    }
}

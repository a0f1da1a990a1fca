//! How a text is laid out: what colour each word has, what folds, what a selection grows to.

use std::ops::Range;

use super::references::Target;
use super::token::Kind;
use super::view::View;
use crate::syntax::MAX_DEPTH;
use crate::vocab::Symbol;

/// What a word is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// A word of the language.
    Keyword,
    /// A fact.
    Fact,
    /// A kind of entry or a group.
    Kind,
    /// An anchor.
    Anchor,
    /// A definition.
    Definition,
    /// An attribute.
    Attribute,
    /// A coded value or a level.
    Value,
    /// A criterion's number.
    Criterion,
    /// A number or a date.
    Number,
    /// A unit.
    Unit,
    /// A text.
    Text,
    /// A comment.
    Comment,
    /// An operator.
    Operator,
}

/// What can be folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it is a run of comments.
    pub comment: bool,
}

/// What of a range is in each line, blanks around it left out: a client may know no word of several lines.
fn lines_of(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text.get(range).unwrap_or_default().split_inclusive(['\n', '\r']).filter_map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let words = line.trim();
        (!words.is_empty()).then(|| start..start + words.len())
    })
}

impl View<'_> {
    /// The colour of each word that has one and meets `within`.
    pub fn colours(&self, within: Range<usize>) -> Vec<(Range<usize>, Colour)> {
        let first = self.tokens.partition_point(|token| token.end <= within.start);
        let last = self.tokens.partition_point(|token| token.start < within.end);
        let mut colours = Vec::with_capacity(last.saturating_sub(first));
        for at in first..last {
            let (Some(token), Some(colour)) = (self.tokens.get(at), self.colour(at)) else {
                continue;
            };
            if colour == Colour::Text {
                colours.extend(lines_of(self.text, token.range()).map(|line| (line, colour)));
            } else {
                colours.push((token.range(), colour));
            }
        }
        colours
    }

    fn colour(&self, at: usize) -> Option<Colour> {
        Some(match self.tokens.get(at)?.kind {
            Kind::Statement | Kind::Word => Colour::Keyword,
            Kind::Number | Kind::Date => Colour::Number,
            Kind::Unit => Colour::Unit,
            Kind::Text => Colour::Text,
            Kind::Comment | Kind::Doc => Colour::Comment,
            Kind::Id => Colour::Criterion,
            Kind::Operator => Colour::Operator,
            Kind::Mark => return None,
            Kind::Name if matches!(self.said(at), "class" | "grade") && self.symbol(self.said(at)).is_none() => {
                Colour::Keyword
            }
            Kind::Name => match self.meaning(at)?.target {
                Target::Symbol(Symbol::Fact(_)) => Colour::Fact,
                Target::Symbol(Symbol::Kind(_) | Symbol::Group(_)) => Colour::Kind,
                Target::Symbol(Symbol::Anchor(_)) => Colour::Anchor,
                Target::Symbol(Symbol::Definition(_)) => Colour::Definition,
                Target::Attribute(..) => Colour::Attribute,
                Target::Value(_) => Colour::Value,
                Target::Criterion(_) => Colour::Criterion,
                Target::Example(_) | Target::Unit(_) | Target::Word(_) => return None,
            },
        })
    }

    /// What folds: statements and blocks of several lines, runs of comments.
    pub fn folds(&self) -> Vec<Fold> {
        let lines = |range: &Range<usize>| self.text.get(range.clone()).is_some_and(|text| text.contains(['\n', '\r']));
        let mut folds: Vec<Fold> = self
            .outline()
            .into_iter()
            .map(|entry| Fold { range: entry.range, comment: false })
            .filter(|fold| lines(&fold.range))
            .collect();
        let mut open = Vec::new();
        let mut run: Option<Range<usize>> = None;
        for at in 0..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            if matches!(token.kind, Kind::Comment | Kind::Doc) {
                let alone = self
                    .text
                    .get(..token.start)
                    .is_some_and(|text| text.rsplit(['\n', '\r']).next().is_some_and(|line| line.trim().is_empty()));
                match &mut run {
                    Some(run)
                        if alone
                            && self
                                .text
                                .get(run.end..token.start)
                                .is_some_and(|gap| gap.matches('\n').count() == 1) =>
                    {
                        run.end = token.end;
                    }
                    _ => {
                        folds.extend(run.take().map(|range| Fold { range, comment: true }));
                        run = alone.then(|| token.range());
                    }
                }
                continue;
            }
            if token.kind != Kind::Mark {
                continue;
            }
            match self.said(at) {
                "{" | "(" => open.push(token.start),
                "}" | ")" => {
                    if let Some(start) = open.pop() {
                        folds.push(Fold { range: start..token.end, comment: false });
                    }
                }
                _ => {}
            }
        }
        folds.extend(run.map(|range| Fold { range, comment: true }));
        folds.retain(|fold| lines(&fold.range));
        folds.sort_by_key(|fold| (fold.range.start, fold.range.end));
        // A block that ends with its statement folds with it.
        folds.dedup_by(|block, outer| {
            outer.range.end == block.range.end
                && !self.text.get(outer.range.start..block.range.start).is_some_and(|gap| gap.contains(['\n', '\r']))
        });
        folds
    }

    /// What the selection at a byte grows to, the smallest first: the word, the brackets around it, the statement,
    /// the file.
    pub fn selections(&self, offset: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if let Some(at) = self.at(offset) {
            found.extend(self.tokens.get(at).map(|token| token.range()));
            let mut inner = at;
            for _ in 0..MAX_DEPTH {
                let Some(open) = self.opener(inner) else {
                    break;
                };
                if let Some(close) = self.closer(open) {
                    let (open, close) = (self.tokens.get(open), self.tokens.get(close));
                    if let (Some(open), Some(close)) = (open, close) {
                        found.push(open.end..close.start);
                        found.push(open.start..close.end);
                    }
                }
                inner = open;
            }
            found.extend(self.statement(at).map(|start| self.extent(start)));
        }
        found.push(0..self.text.len());
        // Each holds the one before.
        let mut grown: Vec<Range<usize>> = Vec::new();
        for range in found {
            let holds =
                grown.last().is_none_or(|last| range.start <= last.start && last.end <= range.end && *last != range);
            if holds && range.start <= offset && offset <= range.end {
                grown.push(range);
            }
        }
        grown
    }

    /// The bracket that closes the one at an index.
    pub(super) fn closer(&self, open: usize) -> Option<usize> {
        let mut depth = 0_u32;
        (open..self.tokens.len()).find(|at| {
            let mark = self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Mark);
            match self.said(*at) {
                "(" | "[" | "{" if mark => depth += 1,
                ")" | "]" | "}" if mark => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
    }
}

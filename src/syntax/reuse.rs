//! Statements of an earlier reading of a file, taken over where the text is the same: what a keystroke leaves alone is not
//! parsed again.

use std::ops::Range;

use super::ast::Statement;
use super::lexer::{Lexed, Token};
use super::lower::doc;
use super::scan::Segment;
use super::visit_mut::move_places;

/// A stretch of a text that was parsed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    range: Range<usize>,
    statements: usize,
    /// Whether nothing was wrong in it, so that nothing but its own bytes and tokens told how it is read.
    is_clean: bool,
}

impl Stretch {
    pub(super) fn new(range: Range<usize>, statements: usize, is_clean: bool) -> Stretch {
        Stretch { range, statements, is_clean }
    }
}

/// An earlier reading of a file.
#[derive(Debug)]
pub struct Earlier {
    /// Its text, lines ended as the lexer ends them.
    pub text: String,
    /// The tokens of the text.
    pub tokens: Vec<Token>,
    /// The stretches it was parsed in.
    pub stretches: Vec<Stretch>,
    /// Their statements.
    pub statements: Vec<Statement>,
}

impl Earlier {
    /// For each segment the statements of the same bytes, where nothing was wrong with them, at their new places.
    pub(super) fn take_over(self, source: &Lexed<'_>, segments: &[Segment]) -> Vec<Option<Vec<Statement>>> {
        let Earlier { text, tokens, stretches, statements } = self;
        let (front, back) = same_ends(text.as_bytes(), source.text.as_bytes());
        let mut statements = statements.into_iter();
        let mut earlier: Vec<(Stretch, Vec<Statement>)> = stretches
            .into_iter()
            .map(|stretch| {
                let own = statements.by_ref().take(stretch.statements).collect();
                (stretch, own)
            })
            .collect();
        let mut take = |range: &Range<usize>| {
            let start = if range.end <= front {
                range.start
            } else if range.start + back >= source.text.len() {
                (range.start + text.len()).checked_sub(source.text.len())?
            } else {
                return None;
            };
            let at = earlier.binary_search_by_key(&start, |(stretch, _)| stretch.range.start).ok()?;
            let (stretch, statements) = earlier.get_mut(at)?;
            let same = stretch.is_clean
                && stretch.range.len() == range.len()
                && within(&tokens, &stretch.range)
                    .iter()
                    .map(|token| token.moved_between(start, range.start))
                    .eq(within(source.tokens, range).iter().copied());
            if !same {
                return None;
            }
            let mut statements = std::mem::take(statements);
            if start != range.start {
                statements.iter_mut().for_each(|statement| move_places(statement, start, range.start));
            }
            // The text for people is before its statement, and so maybe before the stretch.
            if let Some(first) = statements.first_mut() {
                first.doc = doc(source, first.span.range().start);
            }
            Some(statements)
        };
        segments.iter().map(|segment| segment.meant.is_none().then(|| take(&segment.range)).flatten()).collect()
    }
}

/// The tokens of a range.
fn within<'t>(tokens: &'t [Token], range: &Range<usize>) -> &'t [Token] {
    let first = tokens.partition_point(|token| token.start() < range.start);
    let end = tokens.partition_point(|token| token.start() < range.end);
    tokens.get(first..end).unwrap_or_default()
}

/// How many bytes at the front and at the end of two texts are the same; none is counted twice.
fn same_ends(one: &[u8], other: &[u8]) -> (usize, usize) {
    /// Compared at once.
    const MANY: usize = 64;
    let many = one.chunks_exact(MANY).zip(other.chunks_exact(MANY)).take_while(|(a, b)| a == b).count() * MANY;
    let (one, other) = (one.get(many..).unwrap_or_default(), other.get(many..).unwrap_or_default());
    let more = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(more..).unwrap_or_default(), other.get(more..).unwrap_or_default());
    let last = one.rchunks_exact(MANY).zip(other.rchunks_exact(MANY)).take_while(|(a, b)| a == b).count() * MANY;
    let rest = |text: &[u8]| text.len() - last;
    let (one, other) = (one.get(..rest(one)).unwrap_or_default(), other.get(..rest(other)).unwrap_or_default());
    let first = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (many + more, last + first)
}

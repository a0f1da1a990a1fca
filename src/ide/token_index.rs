//! The words of a text with what each is in, and how an edit changes them: only around the edit are they read
//! again.

use std::ops::Range;

use super::token::{Kind, Reader, Token};
use crate::syntax::lexer::{self, Relexed, lex, relex};

/// The words of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// In the order of the text.
    pub tokens: Vec<Token>,
    /// For each what it is in, and one more for what is typed at the end.
    pub(super) around: Vec<Around>,
    /// The tokens that they are made of.
    lexed: Vec<lexer::Token>,
}

/// What a word is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Around {
    /// The word its statement begins with: itself, where it does.
    statement: u32,
    /// The innermost bracket open before it.
    opener: u32,
}

/// Stands for no word; no text has so many.
const NONE: u32 = u32::MAX;

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

fn known(at: u32) -> Option<usize> {
    (at != NONE).then_some(at as usize)
}

impl Around {
    pub(super) fn statement(self) -> Option<usize> {
        known(self.statement)
    }

    pub(super) fn opener(self) -> Option<usize> {
        known(self.opener)
    }

    /// The same statement, with another bracket open.
    pub(super) fn within(self, opener: Option<usize>) -> Around {
        Around { opener: opener.map_or(NONE, index), ..self }
    }

    /// The same where `from` words have become `to` words before it.
    fn shifted(self, from: usize, to: usize) -> Around {
        let shift = |at: u32| known(at).map_or(NONE, |at| index(at + to - from));
        Around { statement: shift(self.statement), opener: shift(self.opener) }
    }
}

impl Words {
    /// The words of `text`, blanks left out. It takes any text.
    pub fn new(text: &str) -> Words {
        let lexed = lex(text);
        let mut tokens = Vec::with_capacity(lexed.len());
        let mut reader = Reader::new(text, &lexed, 0);
        while let Some(token) = reader.next(&tokens) {
            tokens.push(token);
        }
        let mut around = Vec::with_capacity(tokens.len() + 1);
        Nesting::default().read(text, &tokens, &mut around, |_| false);
        Words { tokens, around, lexed }
    }

    /// The words of `text`, which is the text of these with `inserted` bytes in the place of the bytes `replaced`.
    #[must_use]
    pub fn edited(&self, text: &str, replaced: Range<usize>, inserted: usize) -> Words {
        let relexed = relex(&self.lexed, text, &replaced, inserted);
        let (kept, tokens, tail) = self.tokens_edited(text, &relexed, replaced.end, replaced.start + inserted);
        // A statement clears all that is open: what is in the one around the edit is found from its word on, up to
        // the first word behind the edit that surely begins another.
        let from = kept.checked_sub(1).and_then(|at| self.around.get(at)?.statement()).unwrap_or(0);
        let behind = tokens.len() - tail;
        let mut around = Vec::with_capacity(tokens.len() + 1);
        around.extend_from_slice(self.around.get(..from).unwrap_or_default());
        let stopped = Nesting::default().read(text, &tokens, &mut around, |at| at >= behind);
        if let Some(at) = stopped {
            let old = at + self.tokens.len() - tokens.len();
            let rest = self.around.get(old..).unwrap_or_default();
            around.extend(rest.iter().map(|around| around.shifted(old, at)));
        }
        Words { tokens, around, lexed: relexed.tokens }
    }

    /// How many words stand unread again before the edit, all words, and how many at their end are those of before. What
    /// stood at `from` is at `to`.
    fn tokens_edited(&self, text: &str, relexed: &Relexed, from: usize, to: usize) -> (usize, Vec<Token>, usize) {
        let Relexed { tokens: lexed, kept, tail } = relexed;
        // Where tokens are read anew, and where they are those of before again: each begins with a statement.
        let first = if *kept == 0 { 0 } else { lexed.get(*kept).map_or(text.len(), lexer::Token::start) };
        let again = lexed.len().checked_sub(tail + 1).and_then(|at| lexed.get(at)).filter(|_| *tail > 0);
        let again = again.map_or(text.len(), lexer::Token::start);
        let words = self.tokens.partition_point(|token| token.start < first);
        let mut tokens = Vec::with_capacity(self.tokens.len() + 16);
        tokens.extend_from_slice(self.tokens.get(..words).unwrap_or_default());
        let mut reader = Reader::new(text, lexed, *kept);
        while let Some(token) = reader.next(&tokens).filter(|token| token.start < again) {
            tokens.push(token);
        }
        let moved = |at: usize| at + to - from;
        let old = self.tokens.partition_point(|token| token.start < from || moved(token.start) < again);
        let rest = self.tokens.get(old..).unwrap_or_default();
        tokens.extend(rest.iter().map(|token| Token { start: moved(token.start), end: moved(token.end), ..*token }));
        (words, tokens, rest.len())
    }
}

/// The brackets open while a text is read, and the statement they are in.
#[derive(Debug, Default)]
struct Nesting {
    open: Vec<u32>,
    statement: Option<u32>,
    in_trial: bool,
}

impl Nesting {
    /// Finds what each word is in, from the first that `around` has nothing of, where a statement begins. Stops in
    /// front of a word that surely begins one, where it `may`, and says which that was.
    fn read(
        mut self,
        text: &str,
        tokens: &[Token],
        around: &mut Vec<Around>,
        may: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        for (at, token) in tokens.iter().enumerate().skip(around.len()) {
            if token.kind == Kind::Statement {
                let anchor = token.of(text) == "anchor";
                // `extend group` is one statement.
                let extended = token.of(text) == "group"
                    && at
                        .checked_sub(1)
                        .and_then(|at| tokens.get(at))
                        .is_some_and(|before| before.of(text) == "extend");
                if !anchor && !extended && may(at) {
                    return Some(at);
                }
                // `anchor` in the trial's block names one; no other statement word is in brackets.
                if !(extended || anchor && self.in_trial && !self.open.is_empty()) {
                    self.open.clear();
                    self.statement = Some(index(at));
                    self.in_trial = token.of(text) == "trial";
                }
            }
            around.push(self.here());
            if token.kind == Kind::Mark {
                match token.of(text) {
                    "(" | "[" | "{" => self.open.push(index(at)),
                    ")" | "]" | "}" => {
                        self.open.pop();
                    }
                    _ => {}
                }
            }
        }
        // What is typed at the end is in what is open there.
        around.push(self.here());
        None
    }

    fn here(&self) -> Around {
        Around { statement: self.statement.unwrap_or(NONE), opener: self.open.last().copied().unwrap_or(NONE) }
    }
}

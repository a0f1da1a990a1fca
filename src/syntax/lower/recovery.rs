//! A statement with errors is read again, with its keywords in lower case and with what protocols say in other words as
//! the language says it, and the better reading kept.

use std::rc::Rc;

use super::phrases::{Edit, PhraseMatch, Sentence};
use super::{Lower, Node};
use crate::diag::Diagnostic;
use crate::syntax::ast::Statement;
use crate::syntax::grammar::Rule;
use crate::syntax::lexer::{TokenKind, is_reserved, is_statement_word, lex_repaired};
use crate::syntax::{errors, parse};

/// The most that is said in other words of one statement; each costs some readings of it.
const MAX_PHRASE_MATCHES: usize = 8;

/// A statement was so read, and so much was left to say of it.
struct Reading {
    statement: Option<Statement>,
    diagnostics: Vec<Diagnostic>,
    broken: Vec<super::Name>,
    /// How much is wrong or odd in it.
    wrong: usize,
}

impl Lower<'_> {
    /// Chooses between a first reading with errors from `before` on and others.
    pub(super) fn read_again(
        &mut self,
        node: &Node<'_>,
        first: Option<Statement>,
        before: usize,
        broken: usize,
    ) -> Option<Statement> {
        let span = self.span(node);
        let written = node.as_str();
        let shouted = shouted_words(written);
        let lowered: Vec<Edit> =
            shouted.iter().map(|(at, word)| (*at..*at + word.len(), word.to_ascii_lowercase())).collect();
        let phrase_matches = match node.as_rule() {
            Rule::criterion | Rule::define => self.phrase_matches(node, &lowered),
            _ => Vec::new(),
        };
        if shouted.is_empty() && phrase_matches.is_empty() {
            return first;
        }
        let diagnostics = self.diagnostics.split_off(before);
        let wrong = diagnostics.len() + self.odd;
        let mut best = Reading { statement: first, diagnostics, broken: self.broken.split_off(broken), wrong };
        let mut tries: Vec<(bool, Vec<PhraseMatch>)> = Vec::new();
        if !shouted.is_empty() {
            tries.push((true, Vec::new()));
        }
        if !phrase_matches.is_empty() {
            tries.push((!shouted.is_empty(), phrase_matches));
        }
        for (lower_case, mut phrase_matches) in tries {
            let capitals: &[Edit] = if lower_case { &lowered } else { &[] };
            let Some(mut next) = self.parse_repaired(node, &mut phrase_matches, capitals, before, broken) else {
                continue;
            };
            if next.wrong >= best.wrong {
                continue;
            }
            if lower_case {
                for (at, word) in &shouted {
                    let start = node.as_span().start() + at;
                    let place = self.offset(start);
                    let place = self.span_of(place..place + word.len());
                    next.diagnostics.push(errors::upper_case_keyword(place, word));
                }
            }
            next.diagnostics.extend(phrase_matches.into_iter().map(|phrase_match| phrase_match.diagnostic));
            best = next;
        }
        self.diagnostics.extend(best.diagnostics);
        self.broken.extend(best.broken);
        best.statement.map(|statement| Statement { span, ..statement })
    }

    /// The statement with these slips corrected. A slip that it reads as well without is taken out of them: that part is right
    /// as it is written.
    fn parse_repaired(
        &mut self,
        node: &Node<'_>,
        phrase_matches: &mut Vec<PhraseMatch>,
        capitals: &[Edit],
        before: usize,
        broken: usize,
    ) -> Option<Reading> {
        let mut best = self.read_with(node, &edits(phrase_matches.iter(), capitals), before, broken);
        while phrase_matches.len() > 1 {
            let mut least: Option<(usize, Reading)> = None;
            for left_out in 0..phrase_matches.len() {
                let rest = phrase_matches
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != left_out)
                    .map(|(_, phrase_match)| phrase_match);
                if let Some(without) = self.read_with(node, &edits(rest, capitals), before, broken)
                    && best.as_ref().is_none_or(|with| without.wrong <= with.wrong)
                    && least.as_ref().is_none_or(|(_, least)| without.wrong < least.wrong)
                {
                    least = Some((left_out, without));
                }
            }
            let Some((left_out, without)) = least else { break };
            phrase_matches.remove(left_out);
            best = Some(without);
        }
        best
    }

    /// What is said in other words in a statement, its keywords in capitals read as `lowered` has them.
    fn phrase_matches(&self, node: &Node<'_>, lowered: &[Edit]) -> Vec<PhraseMatch> {
        let mut text = node.as_str().to_owned();
        for (range, word) in lowered {
            text.replace_range(range.clone(), word);
        }
        let mut phrase_matches = Sentence::new(self, node.as_span().start(), &text).phrase_matches();
        phrase_matches.truncate(MAX_PHRASE_MATCHES);
        phrase_matches
    }

    /// The statement as it reads with these edits; `None` when it is no longer one.
    fn read_with(&mut self, node: &Node<'_>, edits: &[Edit], before: usize, broken: usize) -> Option<Reading> {
        let again = Rc::new(self.folded.again(node.as_str(), node.as_span().start(), edits));
        let folded = std::mem::replace(&mut self.folded, Rc::clone(&again));
        self.retrying = true;
        self.odd = 0;
        let mut statements = parse::read_slice(self, &again.text);
        self.retrying = false;
        self.folded = folded;
        let (diagnostics, broken) = (self.diagnostics.split_off(before), self.broken.split_off(broken));
        let statement = statements.pop();
        let wrong = diagnostics.len() + self.odd;
        statements.is_empty().then_some(Reading { statement, diagnostics, broken, wrong })
    }
}

/// The edits of slips, and of words in capitals outside them, in the order of the text.
fn edits<'s>(phrase_matches: impl Iterator<Item = &'s PhraseMatch>, capitals: &[Edit]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = phrase_matches.flat_map(|phrase_match| phrase_match.edits.iter().cloned()).collect();
    let free = |edit: &&Edit| edits.iter().all(|other| edit.0.end <= other.0.start || other.0.end <= edit.0.start);
    let others: Vec<Edit> = capitals.iter().filter(free).cloned().collect();
    edits.extend(others);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits
}

/// The words of `text`, outside texts, that are keywords but for their case.
fn shouted_words(text: &str) -> Vec<(usize, &str)> {
    let names = lex_repaired(text).into_iter().filter(|token| token.kind == TokenKind::Name);
    names
        .map(|token| (token.start(), token.of(text)))
        .filter(|(_, word)| {
            word.bytes().any(|byte| byte.is_ascii_uppercase()) && {
                let lower = word.to_ascii_lowercase();
                is_reserved(&lower) && !is_statement_word(&lower)
            }
        })
        .collect()
}

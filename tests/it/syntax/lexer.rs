//! The lexer loses nothing, and who reads a text by its tokens agrees on comments, texts, words and line ends.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

use std::collections::BTreeSet;

use eligc::fmt;
use eligc::ide::{Kind, Words};
use eligc::source::{hides, with_line_ends};
use eligc::syntax::lexer::{COMPARISONS, Token, TokenKind, lex, relex};
use eligc::syntax::visit_mut::{Leaf, leaves};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::parsed;
use crate::laws::generators::{Tape, program::program};

/// Whatever begins, ends or hides a token, and words that are read otherwise behind others.
const PIECES: [&str; 62] = [
    "require",
    "exclude",
    "trial",
    "anchor",
    "example",
    "judged",
    "fact",
    "use",
    "in",
    "and",
    "x",
    "I1",
    "E14#2",
    "#",
    "##",
    "# note",
    "\"",
    "\"text\"",
    "\\",
    "\\\"",
    "“",
    "”",
    "„",
    "＂",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "{#}",
    "/{1.73_m2}",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{A0}",
    "\u{2028}",
    "\u{FEFF}",
    ">=",
    "<",
    "=",
    "≥",
    "＞",
    "＝",
    "＃",
    "ａ",
    "–",
    "..",
    "**",
    "-",
    "20",
    "2.5",
    "1e6",
    "2026-03",
    "T09:00Z",
    "µ",
    "é",
    "年𝛼",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..most).prop_map(|pieces| pieces.concat())
}

/// The trials, the cases of errors and the fields.
fn corpus() -> Vec<(String, String)> {
    let cases = crate::errors::cases().into_iter().map(|case| (case.path.display().to_string(), case.text));
    crate::laws::trials().into_iter().chain(cases).collect()
}

/// A blank is white space, or a character that is not shown or turns what is.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}') || hides(c).is_some()
}

/// Nothing is lost: tokens and the blanks between them are the text. A line end between two tokens is known.
fn lossless(text: &str) -> Result<(), String> {
    let mut joined = String::new();
    let mut at = 0;
    for token in lex(text) {
        let gap =
            text.get(at..token.start()).ok_or_else(|| format!("{token:?} begins in the token before: {text:?}"))?;
        let said = token.of(text);
        if said.is_empty() || !gap.chars().all(is_blank) {
            return Err(format!("{token:?} behind {gap:?}: {text:?}"));
        }
        if token.first_on_line != (at == 0 || gap.contains(['\n', '\r'])) {
            return Err(format!("{token:?} behind {gap:?} knows otherwise of its line: {text:?}"));
        }
        if !token.kind.is_text() && said.contains(['\n', '\r']) {
            return Err(format!("{token:?} goes over a line end: {text:?}"));
        }
        joined += gap;
        joined += said;
        at = token.end();
    }
    joined += text.get(at..).unwrap_or_default();
    (joined == text).then_some(()).ok_or_else(|| format!("{joined:?} is left of {text:?}"))
}

fn comments_of(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    tokens.iter().filter(|token| token.kind == TokenKind::Comment).map(Token::range).collect()
}

/// The comments of the syntax tree, of the editor and of the formatter are those of the lexer.
fn same_comments(text: &str) -> Result<(), String> {
    let tokens = lex(text);
    let comments = comments_of(&tokens);
    let parsed = parsed(text);
    if parsed.tokens != tokens {
        return Err(format!("parsed from other tokens: {text:?}"));
    }
    let of_tree: Vec<_> = parsed.file.comments.iter().map(|comment| comment.span.range()).collect();
    if of_tree != comments {
        return Err(format!("comments {of_tree:?} in the tree, {comments:?} of the lexer: {text:?}"));
    }
    let words = Words::new(text).tokens;
    let is_comment = |kind| matches!(kind, Kind::Comment | Kind::Doc);
    let of_editor: Vec<_> = words.iter().filter(|word| is_comment(word.kind)).map(eligc::ide::Token::range).collect();
    if of_editor != comments {
        return Err(format!("comments {of_editor:?} in the editor, {comments:?} of the lexer: {text:?}"));
    }
    let texts =
        |tokens: &[Token]| tokens.iter().filter(|token| token.kind.is_text()).map(Token::range).collect::<Vec<_>>();
    let of_editor: Vec<_> = words.iter().filter(|word| word.kind == Kind::Text).map(eligc::ide::Token::range).collect();
    if of_editor != texts(&tokens) {
        return Err(format!("texts {of_editor:?} in the editor, {:?} of the lexer: {text:?}", texts(&tokens)));
    }
    if let Ok(laid_out) = fmt::format(text) {
        let said = |text: &str| {
            let text = &*with_line_ends(text);
            comments_of(&lex(text)).into_iter().map(|range| text[range].trim_end().to_owned()).collect::<Vec<_>>()
        };
        if said(&laid_out.text) != said(text) {
            return Err(format!("laid out, it has other comments: {text:?}"));
        }
    }
    Ok(())
}

/// However lines end, the tokens are the same.
fn same_lines(text: &str) -> Result<(), String> {
    let said = |text: &str| {
        lex(text).iter().map(|token| (token.kind, token.first_on_line, token.of(text).to_owned())).collect::<Vec<_>>()
    };
    let plain = said(text);
    for end in ["\r", "\r\n"] {
        let other: Vec<_> = said(&text.replace('\n', end))
            .into_iter()
            .map(|(kind, first, said)| (kind, first, said.replace(end, "\n")))
            .collect();
        if plain != other {
            return Err(format!("with {end:?} other tokens: {text:?}"));
        }
    }
    Ok(())
}

#[test]
fn nothing_is_lost_and_comments_are_the_same_everywhere() {
    for (name, text) in corpus() {
        for law in [lossless, same_comments] {
            law(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
        if !text.contains('\r') {
            same_lines(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }
}

#[test]
fn generated_programs_are_read_whole() {
    crate::laws::law("tokens of programs", 100, &[2_000, 200], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        lossless(&text)?;
        same_lines(&text)?;
        agrees_with_the_tree(&text)
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(51), ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_whole(text in pieces(60)) {
        lossless(&text).map_err(TestCaseError::fail)?;
        same_comments(&text).map_err(TestCaseError::fail)?;
        if !text.contains('\r') {
            same_lines(&text).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn random_bytes_are_read_whole(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        lossless(&String::from_utf8_lossy(&bytes)).map_err(TestCaseError::fail)?;
    }

    /// Read again around an edit, the tokens are those of the whole text.
    #[test]
    fn tokens_follow_edits(text in pieces(80), at in any::<u16>(), length in 0usize..40, piece in pieces(4)) {
        let start = text.floor_char_boundary(usize::from(at) % (text.len() + 1));
        let end = text.ceil_char_boundary((start + length).min(text.len()));
        let mut edited = text.clone();
        edited.replace_range(start..end, &piece);
        let relexed = relex(&lex(&text), &edited, &(start..end), piece.len());
        prop_assert_eq!(&relexed.tokens, &lex(&edited), "{:?} with {:?} at {}..{}", text, piece, start, end);
    }
}

/// What the grammar takes for a text, a number, a date or a name is one token, or is made of several.
fn agrees_with_the_tree(text: &str) -> Result<(), String> {
    let parsed = parsed(text);
    let mut wrong = None;
    for statement in &parsed.file.statements {
        leaves(&mut statement.clone(), &mut |leaf| {
            let (range, kinds): (_, &[TokenKind]) = match leaf {
                Leaf::Text(text) => (text.span.range(), &[TokenKind::Text]),
                Leaf::Date(date) => (date.span.range(), &[TokenKind::Date, TokenKind::Number]),
                Leaf::Number(number) => (number.span.range(), &[TokenKind::Number, TokenKind::Sign]),
                _ => return,
            };
            if range.is_empty() {
                return;
            }
            let first = parsed.tokens.partition_point(|token| token.start() < range.start);
            let token = parsed.tokens.get(first);
            if !token.is_some_and(|token| token.start() == range.start && kinds.contains(&token.kind)) {
                wrong.get_or_insert(format!("{:?} is {token:?}: {text}", &text[range]));
            }
        });
    }
    wrong.map_or(Ok(()), Err)
}

#[test]
fn the_grammar_and_the_lexer_agree_on_the_trials() {
    for (name, text) in crate::laws::trials() {
        agrees_with_the_tree(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

/// The table of comparisons and the grammar have the same signs.
#[test]
fn the_grammar_and_the_table_have_the_same_comparisons() {
    let grammar = include_str!("../../../grammar/elig.pest");
    let (_, rest) = grammar.split_once("\ncompare_op = { (").unwrap();
    let body = rest.split(") ~ \"=\"?").next().unwrap();
    let of_grammar: BTreeSet<&str> = body.split('"').skip(1).step_by(2).collect();
    let of_table: BTreeSet<&str> = COMPARISONS.iter().map(|comparison| comparison.sign).collect();
    assert_eq!(of_grammar, of_table);
    for comparison in COMPARISONS {
        let parsed = parsed(&format!("require [I1] x {} 2", comparison.sign));
        assert_eq!(parsed.diagnostics.is_empty(), comparison.accepted, "{}", comparison.sign);
        let [token] = lex(comparison.sign).try_into().unwrap();
        assert_eq!((token.kind, token.of(comparison.sign)), (TokenKind::Sign, comparison.sign));
    }
}

#[test]
fn what_holds_a_number_sign_is_told_apart() {
    let kinds = |text: &str| lex(text).iter().map(|token| (token.kind, token.of(text).to_owned())).collect::<Vec<_>>();
    let own = |kind: TokenKind, text: &str| (kind, text.to_owned());
    assert_eq!(
        kinds("judged E14#2 # two").get(1..).unwrap(),
        [own(TokenKind::Question, "E14#2"), own(TokenKind::Comment, "# two")]
    );
    assert_eq!(kinds("E14#2"), [own(TokenKind::Name, "E14"), own(TokenKind::Comment, "#2")]);
    assert_eq!(
        kinds("{#}/L"),
        [own(TokenKind::Annotation, "{#}"), own(TokenKind::Sign, "/"), own(TokenKind::Name, "L")]
    );
    assert_eq!(kinds("\"a # b\"#c"), [own(TokenKind::Text, "\"a # b\""), own(TokenKind::Comment, "#c")]);
    assert_eq!(kinds("“a # b”"), [own(TokenKind::CurlyText, "“a # b”")]);
    assert_eq!(kinds("\"two\n# lines\""), [own(TokenKind::Text, "\"two\n# lines\"")]);
}

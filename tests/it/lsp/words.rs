//! The words of a text, kept up with edits, are those that its text has when read from its beginning.

use eligc::ide::Words;
use eligc::lsp::{Encoding, Text};
use lsp_types::{Range, TextDocumentContentChangeEvent};
use proptest::prelude::*;

use crate::docs::root;

const TRIALS: [&str; 3] = ["relma-cel.elig", "kn5501.elig", "hn2301.elig"];

/// Whatever makes one word depend on its neighbours: units behind numbers, `:` behind units, brackets, comments, texts,
/// statement words, blanks of several lines.
const PIECES: [&str; 42] = [
    "require", "exclude", "trial", "anchor", "example", "define", "unit", " ", "  ", "\n", "\n\n", "\r\n", "\r", "[",
    "]", "{", "}", "(", ")", ":", "=", "in", "20", "2.5", "1e", "-3", "2026-03", "/uL", "x10^9/L", "{copies}",
    "months", "least", "I1", "I1.2#", "lvef", "µ", "年𝛼", "\"", "\\", "#", "##", "quantity",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..most).prop_map(|pieces| pieces.concat())
}

/// The nearest boundary of characters at or before `wish`.
fn boundary(text: &str, wish: usize) -> usize {
    text.floor_char_boundary(wish % (text.len() + 1))
}

/// Puts `piece` in place of what is between two places, and compares.
fn edit(text: &Text, one: usize, other: usize, piece: &str) -> Result<Text, TestCaseError> {
    let (one, other) = (boundary(&text.text, one), boundary(&text.text, other));
    let position = |at| text.lines.position(&text.text, at, Encoding::Utf8);
    let range = Range::new(position(one.min(other)), position(one.max(other)));
    // Words are kept up only when they were asked for.
    text.words();
    let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: piece.to_owned() };
    let changed = text.changed(vec![change], Encoding::Utf8);
    prop_assert_eq!(changed.words(), &Words::new(&changed.text), "{:?} between {} and {}", piece, one, other);
    Ok(changed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(41), ..ProptestConfig::default() })]

    #[test]
    fn words_follow_edits_of_any_text(
        start in pieces(60),
        edits in proptest::collection::vec((any::<u16>(), 0usize..30, pieces(4)), 1..8),
    ) {
        let mut text = Text::new(&start);
        for (at, length, piece) in edits {
            let at = usize::from(at) % (text.text.len() + 1);
            text = edit(&text, at, (at + length).min(text.text.len()), &piece)?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(42), ..ProptestConfig::default() })]

    #[test]
    fn words_follow_edits_of_a_trial(
        which in proptest::sample::select(&TRIALS[..]),
        edits in proptest::collection::vec((any::<u32>(), 0usize..80, pieces(4)), 1..8),
    ) {
        let mut text = Text::new(&std::fs::read_to_string(root().join("trials").join(which)).unwrap());
        for (at, length, piece) in edits {
            let at = at as usize % (text.text.len() + 1);
            text = edit(&text, at, (at + length).min(text.text.len()), &piece)?;
        }
    }
}

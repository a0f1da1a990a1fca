//! Edits as they come, counted in whatever the client counts, and the text they leave.

use eligc::lsp::{Encoding, Lines, Text};
use lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use proptest::prelude::*;
use serde_json::json;

use super::client::Client;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn edit(range: Range, text: &str) -> TextDocumentContentChangeEvent {
    TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
}

/// Letters of one to four bytes and every kind of line end.
fn letters() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("a"),
            Just(" "),
            Just("µ"),
            Just("≥"),
            Just("⁹"),
            Just("年"),
            Just("𝛼"),
            Just("\n"),
            Just("\r\n"),
            Just("\r")
        ],
        0..40,
    )
    .prop_map(|letters| letters.concat())
}

/// A byte offset at or before `wish` where a position can point: not in a character, nor in `\r\n`.
fn place(text: &str, wish: usize) -> usize {
    let mut at = wish % (text.len() + 1);
    while !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n') {
        at -= 1;
    }
    at
}

/// The position of a byte, counted the slow way.
fn slowly(text: &str, at: usize, encoding: Encoding) -> Position {
    let before = text[..at].replace("\r\n", "\n\u{0}").replace('\r', "\n");
    let line = before.matches('\n').count();
    let last = before.rsplit('\n').next().unwrap().trim_start_matches('\u{0}');
    let character = match encoding {
        Encoding::Utf8 => last.len(),
        Encoding::Utf16 => last.encode_utf16().count(),
        Encoding::Utf32 => last.chars().count(),
    };
    Position::new(u32::try_from(line).unwrap(), u32::try_from(character).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(25), ..ProptestConfig::default() })]

    #[test]
    fn edits_leave_the_text_they_describe(
        start in letters(),
        edits in proptest::collection::vec((0usize..500, 0usize..500, letters()), 0..6),
    ) {
        for encoding in ENCODINGS {
            let mut expected = start.clone();
            let mut changes = Vec::new();
            for (one, other, text) in &edits {
                let (one, other) = (place(&expected, *one), place(&expected, *other));
                let (from, to) = (one.min(other), one.max(other));
                let range = Range::new(slowly(&expected, from, encoding), slowly(&expected, to, encoding));
                changes.push(edit(range, text));
                expected.replace_range(from..to, text);
            }
            let at_once = Text::new(&start).changed(changes.clone(), encoding);
            prop_assert_eq!(&*at_once.text, expected.as_str());
            let one_by_one = changes.into_iter().fold(Text::new(&start), |text, change| text.changed(vec![change], encoding));
            prop_assert_eq!(&one_by_one, &Text::new(&expected));
            prop_assert_eq!(at_once, one_by_one);
        }
    }

    #[test]
    fn positions_and_offsets_are_the_same_places(text in letters(), wish in 0usize..500) {
        let lines = Lines::new(&text);
        for encoding in ENCODINGS {
            let at = place(&text, wish);
            let position = lines.position(&text, at, encoding);
            prop_assert_eq!(position, slowly(&text, at, encoding));
            prop_assert_eq!(lines.offset(&text, position, encoding), at);
        }
    }

    #[test]
    fn a_wrong_range_is_clamped(
        text in letters(), start in any::<(u32, u32)>(), end in any::<(u32, u32)>(), near in any::<(u8, u8, u8, u8)>(),
    ) {
        for encoding in ENCODINGS {
            for (start, end) in [
                (start, end),
                ((u32::from(near.0 % 8), u32::from(near.1 % 20)), (u32::from(near.2 % 8), u32::from(near.3 % 20))),
            ] {
                let range = Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1));
                let bytes = Lines::new(&text).bytes(&text, range, encoding);
                prop_assert!(text.get(bytes).is_some());
                let changed = Text::new(&text).changed(vec![edit(range, "x")], encoding);
                prop_assert!(changed.text.contains('x'));
            }
        }
    }
}

#[test]
fn what_stands_before_the_cursor_is_counted_right() {
    // An astral letter is two units of UTF-16, four bytes and one code point.
    let text = "## 𝛼 年 µ ≥ 10⁹\nrequire [I1] lvef ≥ 400 %\n";
    for (encoding, character) in [("utf-8", 22), ("utf-16", 20), ("utf-32", 20)] {
        let mut client = Client::with(json!({"general": {"positionEncodings": [encoding]}}));
        let uri = "file:///x.elig";
        client.open(uri, text);
        let found = client.diagnostics(uri);
        assert_eq!(found[0]["range"]["start"], json!({"line": 1, "character": character}));
        // A digit goes, wherever the client counts it to be.
        let at = character + 1;
        let changes = json!([{"range": {"start": {"line": 1, "character": at}, "end": {"line": 1, "character": at + 1}}, "text": ""}]);
        client.change(uri, 2, changes);
        assert_eq!(client.diagnostics_of(uri, 2).len(), 0, "{encoding}");
        client.end();
    }
}

#[test]
fn a_client_may_send_the_whole_text() {
    let mut client = Client::new();
    let uri = "untitled:Untitled-1";
    client.open(uri, "require [I1] lvef >= 400 %\n");
    assert_eq!(client.diagnostics(uri).len(), 1);
    client.change(uri, 2, json!([{"text": "require [I1] lvef >= 40 %\n"}]));
    assert_eq!(client.diagnostics_of(uri, 2).len(), 0);
    client.change(uri, 3, json!([{"text": "use \"./site.elig\"\nrequire [I1] lvef >= 40 %\n"}]));
    let found = client.diagnostics_of(uri, 3);
    assert_eq!(found[0]["code"], "E0205");
    assert!(found[0]["message"].as_str().unwrap().contains("not saved"), "{}", found[0]["message"]);
    client.end();
}

#[test]
fn an_edit_of_nothing_and_of_what_is_not_open() {
    let mut client = Client::new();
    let uri = "file:///x.elig";
    client.change(uri, 2, json!([{"text": "require"}]));
    client.open(uri, "");
    assert_eq!(client.diagnostics(uri)[0]["code"], "W0705");
    client.change(uri, 2, json!([]));
    assert_eq!(client.diagnostics_of(uri, 2)[0]["code"], "W0705");
    client.change(uri, 3, json!([{"range": {"start": {"line": 9, "character": 9}, "end": {"line": 3, "character": 1}}, "text": "require [I1] lvef >= 40 %"}]));
    assert_eq!(client.diagnostics_of(uri, 3).len(), 0);
    client.end();
}

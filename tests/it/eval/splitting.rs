//! Streams of records: lines, an array, objects; and that what is broken stays where it is.

use std::io::{BufReader, Read};

use eligc::record::{Layout, MAX_RECORD, Records, SplitProblem};

pub type Piece = (u64, String, Option<SplitProblem>);

/// Splits with buffers of several sizes, which must not matter.
#[track_caller]
pub fn split(text: &[u8]) -> (Option<Layout>, Vec<Piece>) {
    let mut results = [1, 2, 7, 64, 8192].map(|size| {
        let mut records = Records::new(BufReader::with_capacity(size, text));
        let mut pieces = Vec::new();
        while let Some(raw) = records.next_record().expect("no trouble in memory") {
            pieces.push((raw.line, String::from_utf8_lossy(raw.bytes).into_owned(), raw.problem));
        }
        assert!(records.next_record().expect("no trouble in memory").is_none());
        (records.layout(), pieces)
    });
    results.sort_by_key(|result| result.1.len());
    let [first, .., last] = &results;
    assert_eq!(first, last);
    first.clone()
}

fn piece(line: u64, text: &str) -> Piece {
    (line, text.to_owned(), None)
}

#[test]
fn nothing() {
    for text in ["", "\n", " \r\n\t\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(split(text.as_bytes()), (None, vec![]), "{text:?}");
    }
}

#[test]
fn lines() {
    let (layout, pieces) = split(b"\xef\xbb\xbf\n{\"id\":1}\r\n\n  {\"id\":\"a}{\"}  \n{\"id\":3}");
    assert_eq!(layout, Some(Layout::Lines));
    assert_eq!(pieces, [piece(2, r#"{"id":1}"#), piece(4, r#"{"id":"a}{"}"#), piece(5, r#"{"id":3}"#)]);
}

#[test]
fn a_broken_line_never_eats_the_next() {
    for broken in [r#"{"id":1"#, r#"{"id":"1}"#, "{", "}", "nonsense", r#"{"id":1}}"#, r#"{"id":1} x"#, "[[[", r#""a"#]
    {
        for (before, after) in [("", "{\"id\":2}\n{\"id\":3}"), ("{\"id\":2}\n", "{\"id\":3}")] {
            if before.is_empty() && broken.starts_with('[') {
                continue;
            }
            let (layout, pieces) = split(format!("{before}{broken}\n{after}\n").as_bytes());
            assert_eq!(layout, Some(Layout::Lines), "{broken}");
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.1.as_str()).collect();
            assert_eq!(texts.len(), 3, "{broken}");
            assert!(texts.contains(&broken) && texts.contains(&r#"{"id":2}"#) && texts.contains(&r#"{"id":3}"#));
        }
    }
}

#[test]
fn several_on_one_line() {
    let (_, pieces) = split(b"{\"id\":1}{\"id\":2} {\"id\":3}\n{\"id\":4}\n");
    let expected = [(1, 1), (1, 2), (1, 3), (2, 4)].map(|(line, id)| piece(line, &format!("{{\"id\":{id}}}")));
    assert_eq!(pieces, expected);
}

#[test]
fn an_array() {
    for text in ["[{\"id\":1},{\"id\":\"],\"}]", "  [\n{\"id\":1}\n,\n{\"id\":\"],\"}\n]\n"] {
        let (layout, pieces) = split(text.as_bytes());
        assert_eq!(layout, Some(Layout::Array));
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.1.as_str()).collect();
        assert_eq!(texts, [r#"{"id":1}"#, r#"{"id":"],"}"#], "{text}");
    }
    assert_eq!(split(b"[]").1, []);
    assert_eq!(split(b"[\n{\"id\":1},\n{\"id\":2}\n]").1, [piece(2, "{\"id\":1}"), piece(3, "{\"id\":2}")]);
    // Elements that are no objects are records too, and refused as such.
    assert_eq!(split(b"[1, nul ,{}]").1, [piece(1, "1"), piece(1, "nul"), piece(1, "{}")]);
    let problems = |text: &[u8]| split(text).1.into_iter().filter_map(|piece| piece.2).collect::<Vec<_>>();
    assert_eq!(problems(b"[{}"), [SplitProblem::UnclosedArray]);
    assert_eq!(problems(b"["), [SplitProblem::UnclosedArray]);
    assert_eq!(problems(b"[{}] {}"), [SplitProblem::BehindArray]);
    assert_eq!(problems(b"[{} {}]"), [SplitProblem::Comma]);
    assert_eq!(problems(b"[{},,{}]"), [SplitProblem::Comma]);
    assert_eq!(split(b"[{} {}]").1.len(), 3);
    // A string that is never closed ends with its line.
    let (_, pieces) = split(b"[{\"id\":\"1},\n{\"id\":2}\n,{\"id\":3}]");
    assert!(!pieces.is_empty());
}

#[test]
fn objects_over_many_lines() {
    let text = b"{\n  \"id\": 1,\n  \"facts\": {\n    \"a\": []\n  }\n}\n{\n  \"id\": 2\n}\n";
    let (layout, pieces) = split(text);
    assert_eq!(layout, Some(Layout::Objects));
    assert_eq!(pieces.iter().map(|piece| piece.0).collect::<Vec<_>>(), [1, 7]);
    // The first is never closed: the second is found all the same.
    let text = b"{\n  \"id\": 1,\n  \"facts\": {\n    \"a\": []\n}\n{\n  \"id\": 2\n}\n{\n  \"id\": 3\n}";
    let (_, pieces) = split(text);
    assert_eq!(pieces.iter().map(|piece| piece.0).collect::<Vec<_>>(), [1, 6, 9]);
    assert_eq!(split(b"{\n\"id\":1,\n\"facts\":{\n\"a\":[\n{\n}]}}\n{\"id\":2}").1.len(), 2);
}

#[test]
fn a_record_over_the_limit_is_named_and_passed_over() {
    let long = MAX_RECORD;
    // Lines: one just fits, one does not.
    for (fill, fits) in [(long - 9, true), (long - 8, false)] {
        let big = format!("{{\"id\":\"{}\"}}", "x".repeat(fill));
        assert_eq!(big.len() <= long, fits);
        for text in [format!("{big}\n{{\"id\":2}}\n"), format!("{{\"id\":2}}\n{big}\n{{\"id\":3}}")] {
            let mut records = Records::new(BufReader::new(text.as_bytes()));
            let mut found = Vec::new();
            while let Some(raw) = records.next_record().expect("no trouble") {
                found.push((raw.line, raw.bytes.len(), raw.problem));
            }
            let expected = if fits { None } else { Some(SplitProblem::TooLarge) };
            let at = found.iter().find(|piece| piece.1 != 8).expect("the big one");
            assert_eq!(at.2, expected);
            assert!(found.iter().filter(|piece| piece.1 == 8).count() == found.len() - 1);
        }
    }
    // An array of one endless element, never held.
    let input =
        b"[{\"id\":1},{\"id\":\"".chain(std::io::repeat(b'x').take(3 * long as u64)).chain(&b"\"},{\"id\":3}]"[..]);
    let mut records = Records::new(BufReader::new(input));
    let mut found = Vec::new();
    while let Some(raw) = records.next_record().expect("no trouble") {
        found.push((raw.bytes.len(), raw.problem));
    }
    assert_eq!(found, [(8, None), (0, Some(SplitProblem::TooLarge)), (8, None)]);
}

//! The counts of a run: each record that is in the file is screened, or is counted as one without a verdict.

use super::eval;

const PROGRAM: &str = "require [I1] sledai2k >= 7";

fn good(id: usize) -> String {
    format!("{{\"id\":\"p{id}\",\"anchors\":{{\"screening\":\"2026-03-01\"}},\"facts\":{{\"sledai2k\":2}}}}")
}

#[test]
fn two_broken_lines_before_a_thousand() {
    let mut lines = vec!["{\"id\":\"x\",\"facts\":{".to_owned(), "{\"id\":\"y\",\"facts\":{\"sledai2k\":".to_owned()];
    lines.extend((0..1000).map(good));
    let (out, error, code) = eval(PROGRAM, lines.join("\n").as_bytes(), &[]);
    assert_eq!(code, 1);
    assert!(
        out.contains("1000 patients: 1000 ineligible\n2 records without a verdict: "),
        "{}",
        out.get(out.len() - 300..).unwrap_or_default()
    );
    assert!(error.contains("line 1, record x: not JSON") && error.contains("line 2, record y: not JSON"), "{error}");
}

#[test]
fn an_object_of_an_array_that_is_never_closed() {
    let mut records: Vec<String> = (0..20).map(good).collect();
    records.insert(3, "{\"id\":\"x\",\"facts\":{\"sledai2k\":[".to_owned());
    for (comma, line) in [(",\n", 4), (",", 1)] {
        let text = format!("[{}]", records.join(comma));
        let (out, error, code) = eval(PROGRAM, text.as_bytes(), &[]);
        assert_eq!(code, 1);
        assert!(out.contains("20 patients: 20 ineligible\n1 record without a verdict"), "{out}");
        assert!(error.contains(&format!("line {line}, record x: not JSON")), "{error}");
        let (out, error, _) = eval(PROGRAM, text.as_bytes(), &["--format", "json"]);
        assert_eq!(out.lines().count(), 20);
        assert!(error.contains("1 record without a verdict"), "{error}");
    }
}

#[test]
fn a_break_between_records_is_no_record() {
    let (out, error, code) = eval(PROGRAM, format!("[{} {}]", good(1), good(2)).as_bytes(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("2 patients: 2 ineligible\nthe stream is broken between records in 1 place\n"), "{out}");
    assert!(!out.contains("without a verdict") && error.contains("not separated by one comma each"), "{out}{error}");
    let (out, error, code) = eval(PROGRAM, format!("[{}] tail", good(1)).as_bytes(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("1 patient: 1 ineligible") && error.contains("nothing is read from here on"), "{out}{error}");
}

#[test]
fn files_put_together_with_their_byte_order_marks() {
    let text = format!("\u{feff}{}\n\u{feff}{}\n", good(1), good(2));
    let (out, error, code) = eval(PROGRAM, text.as_bytes(), &[]);
    assert_eq!((error.as_str(), code), ("", 0));
    assert!(out.contains("2 patients: 2 ineligible"), "{out}");
}

//! What an editor asks: few edits, and only where it asked.

use eligc::fmt::{Edit, Refused, edits, format, format_range};
use eligc::syntax::MAX_BYTES;

#[test]
fn what_is_laid_out_needs_no_edit() {
    for (name, text) in crate::laws::trials() {
        assert_eq!(edits(&text), Ok(Vec::new()), "{name}");
    }
}

#[test]
fn only_the_line_that_differs_is_edited() {
    let text = "require [I1] any of {\n  ana is positive,\n  anc>=1.5   ×10⁹/L,\n  pregnant,\n}\n\nexclude pregnant\n";
    let at = text.find("  anc").unwrap();
    let end = text.find("\n  pregnant").unwrap();
    let expected = Edit { range: at..end, replacement: "  anc >= 1.5 x10^9/L,".to_owned() };
    assert_eq!(edits(text), Ok(vec![expected]));
}

#[test]
fn a_range_formats_the_statements_it_touches() {
    let text = "require   pregnant\nexclude   pregnant\nexclude   ecog>=grade 2\n";
    let at = text.find("exclude").unwrap();
    let found = format_range(text, at + 3..at + 4).unwrap();
    let expected = Edit { range: at..at + 18, replacement: "exclude pregnant".to_owned() };
    assert_eq!(found, vec![expected]);
    // A cursor right behind a statement touches it.
    assert_eq!(format_range(text, at + 18..at + 18).unwrap().len(), 1);
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let text = format!("#{}\n", " ".repeat(MAX_BYTES));
    assert_eq!(format(&text), Err(Refused::TooLarge));
    assert_eq!(edits(&text), Err(Refused::TooLarge));
}

#[test]
fn the_ends_of_files() {
    let formatted = |text: &str| format(text).unwrap().text;
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n \t\n"), "");
    assert_eq!(formatted("\u{feff}"), "\u{feff}");
    assert_eq!(formatted("\n\n# only\n\n\n\n# comments  "), "# only\n\n# comments\n");
    assert_eq!(formatted("exclude pregnant"), "exclude pregnant\n");
    assert_eq!(formatted("exclude pregnant # why\n\n\n"), "exclude pregnant  # why\n");
    assert_eq!(formatted("\u{feff}exclude   pregnant"), "\u{feff}exclude pregnant\n");
}

/// A file keeps the line end of its first line, in texts and in statements left alone their own.
#[test]
fn line_ends_stay() {
    let text = "use sle\r\nexclude any of {\r\n pregnant,\r\n }\r\nnote \"a\r\n b\"\r\n";
    let expected = "use sle\r\nexclude any of {\r\n  pregnant,\r\n}\r\nnote \"a\r\n b\"\r\n";
    assert_eq!(format(text).unwrap().text, expected);
    assert_eq!(format("use sle\nexclude\r\npregnant\r\n").unwrap().text, "use sle\nexclude pregnant\n");
}

#[test]
fn a_statement_with_an_error_is_left_alone() {
    let text = "require   pregnant\n\n\nexclude   platelets >=\n   20,000 /uL  # a comma\nexclude  pregnant\n";
    let formatted = format(text).unwrap();
    let expected = "require pregnant\n\nexclude   platelets >=\n   20,000 /uL  # a comma\nexclude pregnant\n";
    assert_eq!((formatted.text.as_str(), formatted.left_alone), (expected, 1));
}

//! A text read again with what an earlier reading left: the same comes out as of a first reading.

use std::ops::Range;

use eligc::driver::{Checked, check_again, check_text};
use eligc::resolve::NoFiles;
use eligc::source::{FileId, with_line_ends};
use eligc::syntax::ast::{Name, Statement, StatementKind};
use eligc::syntax::{Earlier, Parsed, parse, parse_again};
use proptest::prelude::*;

const FILE: FileId = FileId(0);

/// What is put in: single signs that open, end and join, words, whole statements, and what is wrong.
const PIECES: &[&str] = &[
    "",
    "1",
    " ",
    "\n",
    "\"",
    "{",
    "}",
    "(",
    ")",
    "[",
    "#",
    "## doc\n",
    ",",
    ".",
    "-",
    "–",
    "“",
    "\t",
    "\r\n",
    "\r",
    "é",
    "require",
    "\nrequire [X1] hemoglobin >= 9 g/dL\n",
    "\nexclude [X2] prior stroke\n",
    "\nrequire [X3 platelets > 5\n",
    "\nrequired pregnant\n",
    " or ",
    "not ",
    "x10⁹/L",
    "if ",
    "\nexample \"e\" { ana: positive }\n",
    "reqire",
    "\nfact own: yes_no\n",
    "within 6 months before ",
    "if",
];

const KN5501: &str = include_str!("../../../trials/kn5501.elig");
const HN2301: &str = include_str!("../../../trials/hn2301.elig");
const VOCABULARY: &str = include_str!("../../../src/vocab/sle.elig");

fn left(text: &str, parsed: Parsed) -> Earlier {
    let Parsed { file, tokens, stretches, .. } = parsed;
    let text = with_line_ends(text).into_owned();
    Earlier { text, tokens, stretches, statements: file.statements }
}

/// A place and so many bytes from there on, of whole characters.
fn place(text: &str, at: usize, length: usize) -> Range<usize> {
    let start = text.floor_char_boundary(at % (text.len() + 1));
    start..text.ceil_char_boundary((start + length).min(text.len()))
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let length = prop_oneof![4 => 0..3_usize, 1 => 0..120_usize, 1 => 0..3_000_usize];
    proptest::collection::vec((any::<usize>(), length, proptest::sample::select(PIECES)), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_edited_text_is_read_as_if_new(trial in proptest::sample::select(vec![KN5501, HN2301, VOCABULARY]), edits in edits()) {
        let mut text = trial.to_owned();
        let mut before = parse(FILE, &text);
        for (at, length, piece) in edits {
            let earlier = left(&text, before);
            text.replace_range(place(&text, at, length), piece);
            before = parse_again(FILE, &text, Some(earlier));
            prop_assert_eq!(&before, &parse(FILE, &text));
        }
    }
}

fn same(again: &Checked, first: &Checked) -> bool {
    again.diagnostics == first.diagnostics
        && format!("{:?}{:?}", again.program, again.understood) == format!("{:?}{:?}", first.program, first.understood)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn an_edited_text_is_checked_as_if_new(edits in edits()) {
        let mut text = KN5501.to_owned();
        let mut earlier = None;
        check_again("trial.elig", &text, &NoFiles, &mut earlier);
        for (at, length, piece) in edits {
            text.replace_range(place(&text, at, length), piece);
            let again = check_again("trial.elig", &text, &NoFiles, &mut earlier);
            prop_assert!(same(&again, &check_text("trial.elig", &text)), "{}", text);
        }
    }
}

#[test]
fn a_keystroke_leaves_most_of_a_text_unread() {
    let text = HN2301;
    let before = parse(FILE, text);
    let count = before.stretches.len();
    let edited = text.replacen("require", "require ", 1);
    let mut earlier = left(text, before);
    // What is taken over is told by a mark that parsing would not leave.
    for statement in &mut earlier.statements {
        statement.kind =
            StatementKind::Vocabulary { name: Name { text: "kept".to_owned(), span: statement.word }, title: None };
    }
    let again = parse_again(FILE, &edited, Some(earlier));
    let kept = |statement: &&Statement| matches!(&statement.kind, StatementKind::Vocabulary { name, .. } if name.text == "kept");
    let (all, kept) = (again.file.statements.len(), again.file.statements.iter().filter(kept).count());
    assert!(count > 20 && kept * 20 > all * 17, "{kept} of {all} statements");
}

#[test]
fn the_text_for_people_before_what_has_not_changed_is_read_anew() {
    let text = HN2301;
    for statement in parse(FILE, text).file.statements.iter().step_by(3) {
        let mut edited = text.to_owned();
        edited.insert_str(statement.span.range().start, "## of this\n");
        let again = parse_again(FILE, &edited, Some(left(text, parse(FILE, text))));
        assert_eq!(again, parse(FILE, &edited));
        let back = parse_again(FILE, text, Some(left(&edited, again)));
        assert_eq!(back, parse(FILE, text));
    }
}

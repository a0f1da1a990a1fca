//! Random programs, their blanks changed and comments put between their words.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]
#![expect(clippy::indexing_slicing, reason = "a failing test panics")]
#![expect(clippy::string_slice, reason = "a failing test panics")]

use std::cell::Cell;
use std::ops::Range;

use eligc::driver::check_text;
use eligc::fmt::{Edit, edits, format, format_range};
use eligc::lower::lower;
use eligc::source::FileId;
use eligc::syntax;
use serde_json::Value as Json;

use super::lawful;
use crate::laws::generators::{Tape, program::program};
use crate::laws::{law, shown};

const PROGRAMS: u32 = 150;

/// `text` with each run of blanks between words put by `blank`, which is told whether a line may end here: texts and
/// comments stay whole.
pub fn respaced(text: &str, mut blank: impl FnMut(bool) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let mut escaped = false;
                let inside = rest[1..].find(|c: char| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                inside.map_or(rest.len(), |end| end + 2)
            }
            // `E14#2` is no comment, and a comment takes its line end along.
            '#' if !out.ends_with(|c: char| c.is_alphanumeric()) => rest.find('\n').map_or(rest.len(), |end| end + 1),
            c if c.is_whitespace() => {
                let run = rest.len() - rest.trim_start().len();
                out.push_str(&blank(rest[..run].contains('\n')));
                rest = &rest[run..];
                continue;
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

fn mangled(text: &str, tape: &mut Tape) -> String {
    let mut count = 0;
    respaced(text, |was_line| {
        count += 1;
        let usual = if was_line { "\n" } else { " " };
        match tape.below(24) {
            0..=9 => usual.to_owned(),
            10 | 11 => " ".to_owned(),
            12 | 13 => "\n".to_owned(),
            14 => "\n\n\n".to_owned(),
            15 => "\t\u{a0} ".to_owned(),
            16 => "\r\n  ".to_owned(),
            17 | 18 => format!(" # behind {count}\n"),
            19 => format!("\n# own {count}, with a \"quote\n"),
            20 => format!("\n\n   ## text {count}   \n"),
            21 => format!(" ## behind {count} {{\n\n"),
            22 => format!("\n# one {count}\n\n# two\n"),
            _ => usual.to_owned(),
        }
    })
}

#[test]
fn random_programs_keep_the_laws() {
    law("formatted, the same program", PROGRAMS, &[750, 100], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        lawful(shown(&text).as_str()).map(|_| ())
    });
}

#[test]
fn blanks_and_comments_anywhere_keep_the_laws() {
    let remarks = Cell::new(0);
    law("formatted, comments anywhere", PROGRAMS, &[500, 100, 600], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        let text = mangled(&shown(&text), &mut Tape::new(&tapes[2]));
        remarks.set(remarks.get() + text.matches('#').count());
        lawful(&text).map(|_| ())
    });
    assert!(remarks.get() > 2_000, "only {} comments", remarks.get());
}

/// What the trials hold that random programs do not: examples, declarations, texts. A few statements at a time.
#[test]
fn trials_with_comments_anywhere_keep_the_laws() {
    let mut all = crate::laws::trials();
    all.push(("sle.elig".to_owned(), include_str!("../../../src/vocab/sle.elig").to_owned()));
    let places: Vec<Vec<Range<usize>>> = all
        .iter()
        .map(|(_, text)| syntax::parse(FileId(0), text).file.statements)
        .map(|statements| statements.iter().map(|statement| statement.span.range()).collect())
        .collect();
    law("trials, comments anywhere", 2 * PROGRAMS, &[600], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let which = tape.below(all.len());
        let first = tape.below(places[which].len());
        let last = (first + tape.below(4)).min(places[which].len() - 1);
        let text = &all[which].1[places[which][first].start..places[which][last].end];
        lawful(&mangled(text, &mut tape)).map(|_| ()).map_err(|why| format!("{why}\n{}", all[which].0))
    });
}

/// What a program compiles to, without lines and without the statement's own text.
fn compiled(text: &str) -> Option<Json> {
    let checked = check_text("one.elig", text);
    let program = checked.program?;
    let mut json = serde_json::from_str(&lower(&program, &checked.sources).to_json()).unwrap();
    unplaced(&mut json);
    Some(json)
}

fn unplaced(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields.retain(|key, _| key != "line" && key != "statement");
            fields.values_mut().for_each(unplaced);
        }
        Json::Array(items) => items.iter_mut().for_each(unplaced),
        _ => {}
    }
}

#[test]
fn the_compiled_tree_is_the_same() {
    law("formatted, the same tree", PROGRAMS / 5, &[800, 200], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        let spread = respaced(&text, |_| "\n".to_owned());
        // A word below a number may be the unit of it or begin what comes next.
        let is_same = crate::syntax::dump(&spread) == crate::syntax::dump(&text);
        let other = if is_same { spread } else { respaced(&text, |_| "\t ".to_owned()) };
        let other = format(&other).map_err(|why| why.to_string())?.text;
        match (compiled(&text), compiled(&other)) {
            (Some(one), Some(two)) if one == two => Ok(()),
            (one, two) => Err(format!("another tree\n{other}\n{one:?}\n{two:?}")),
        }
    });
    for (name, text) in crate::laws::trials() {
        let other = format(&respaced(&text, |_| "\n".to_owned())).unwrap().text;
        let one = compiled(&text);
        assert!(one.is_some() && one == compiled(&other), "{name}");
    }
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.range.clone(), &edit.replacement);
    }
    out
}

#[test]
fn edits_make_the_formatted_text() {
    law("edits", PROGRAMS, &[400, 100, 500], |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        let text = mangled(&shown(&text), &mut Tape::new(&tapes[2]));
        let formatted = format(&text).map_err(|why| why.to_string())?.text;
        let all = edits(&text).map_err(|why| why.to_string())?;
        if applied(&text, &all) != formatted {
            return Err(format!("other edits\n{text}\n{formatted}\n{all:?}"));
        }
        let ranged = applied(&text, &format_range(&text, 0..text.len()).map_err(|why| why.to_string())?);
        let again = format(&ranged).map_err(|why| why.to_string())?.text;
        // The first line end, which all follow, may have stood inside a statement.
        if again.replace("\r\n", "\n") != formatted.replace("\r\n", "\n") {
            return Err(format!("another text after a range\n{text}\n{ranged}"));
        }
        Ok(())
    });
}

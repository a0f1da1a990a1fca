//! The corpus of mistakes, one program a file in a folder a phase. Its first line says what is expected, a snapshot pins
//! the message as people read it, and laws hold for every edit that is offered.

#![expect(clippy::string_slice, reason = "a failing test panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use eligc::diag::{Code, Diagnostic, Fix, Safety, Severity, fix, render};
use eligc::driver::{Checked, check_text};

use crate::docs::root;

/// A program of the corpus.
pub struct Case {
    pub path: PathBuf,
    /// `E0302 @ 2, E0107 @ 3`
    expected: String,
    pub text: String,
}

pub fn cases() -> Vec<Case> {
    let mut found = Vec::new();
    for phase in fs::read_dir(root().join("tests/it/errors")).expect("the corpus") {
        let phase = phase.expect("an entry").path();
        if !phase.is_dir() {
            continue;
        }
        for entry in fs::read_dir(phase).expect("a folder of the corpus") {
            found.push(case(&entry.expect("a file").path()));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 200, "{}", found.len());
    found
}

fn case(path: &Path) -> Case {
    let text = fs::read_to_string(path).expect("a case");
    let first = text.lines().next().unwrap_or_default();
    let expected = first.strip_prefix("# expect: ").expect("the first line says what is expected").to_owned();
    Case { path: path.to_owned(), expected, text }
}

fn checked(case: &Case) -> Checked {
    let mut checked = check_text("trial.elig", &case.text);
    let name = case.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.split('_').next().and_then(|code| code.parse().ok()).is_some_and(Code::is_on_request) {
        let asked = checked.on_request();
        checked.diagnostics.extend(asked);
    }
    checked
}

/// How often a diagnostic of this code and headline is found.
fn times(checked: &Checked, wanted: &Diagnostic) -> usize {
    checked.diagnostics.iter().filter(|found| found.code == wanted.code && found.title == wanted.title).count()
}

fn errors(checked: &Checked) -> usize {
    checked.diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
}

#[test]
fn each_case_gives_what_its_first_line_says() {
    for case in cases() {
        let checked = checked(&case);
        let found: Vec<String> = checked
            .diagnostics
            .iter()
            .map(|found| format!("{} @ {}", found.code, checked.sources.line_column(found.primary.span).line))
            .collect();
        assert_eq!(found.join(", "), case.expected, "{}", case.path.display());
        let name = case.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let code: Code = name.split('_').next().unwrap_or_default().parse().expect("the name begins with the code");
        assert!(checked.diagnostics.iter().any(|found| found.code == code), "{name}");
    }
}

#[test]
fn messages() {
    insta::glob!("*/*.elig", |path| {
        let case = case(path);
        let checked = checked(&case);
        let program: String = case.text.lines().skip(1).map(|line| format!("{}\n", shortened(line))).collect();
        let human = render::human(&checked.diagnostics, &checked.sources, false);
        let human: String = human.lines().map(|line| format!("{}\n", shortened(line))).collect();
        let fixes: String = checked
            .diagnostics
            .iter()
            .flat_map(|found| &found.fixes)
            .map(|fix| {
                let safety = if fix.safety == Safety::Safe { "safe" } else { "ask" };
                format!("{safety}: {}\n", fix.title)
            })
            .collect();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots/errors" }, {
            insta::assert_snapshot!("error", format!("{program}\n{human}{fixes}"));
        });
    });
}

/// A line that would fill a page is shown by its beginning.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(180) {
        Some((at, _)) => format!("{}..", &line[..at]),
        None => line.trim_end().to_owned(),
    }
}

#[test]
fn every_code_has_a_case() {
    let seen: BTreeSet<Code> = cases()
        .iter()
        .flat_map(|case| checked(case).diagnostics.into_iter().map(|found| found.code).collect::<Vec<Code>>())
        .collect();
    // A file of more than 16 MiB is made in `syntax::hostile`.
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !seen.contains(code) && **code != Code::E0104).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The text up to the parenthesis that closes a call.
fn arguments(text: &str) -> &str {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &text[..at];
        }
    }
    text
}

/// The fixed parts of the headlines that are in a wording file, `{..}` left out.
fn headlines(source: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let short = source.split(" error(").chain(source.split("(error(")).filter(|part| part.starts_with("span,"));
    for part in source.split("Diagnostic::new(").skip(1).chain(short) {
        let call = arguments(part);
        let Some(open) = call.find('"') else { continue };
        let mut literal = String::new();
        let mut escaped = false;
        for c in call[open + 1..].chars() {
            match c {
                '"' if !escaped => break,
                '\\' if !escaped => escaped = true,
                c => {
                    literal.push(c);
                    escaped = false;
                }
            }
        }
        let pieces = literal.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
            Some((_, rest)) if at > 0 => rest.to_owned(),
            _ => piece.to_owned(),
        });
        found.push(pieces.filter(|piece| !piece.is_empty()).collect());
    }
    found
}

#[test]
fn every_headline_has_a_case() {
    let titles: Vec<String> = cases()
        .iter()
        .flat_map(|case| checked(case).diagnostics.into_iter().map(|found| found.title).collect::<Vec<String>>())
        .collect();
    // Said of several files at once, of files that are no case, or a net under the grammar that nothing known falls into.
    let elsewhere = [
        "` uses itself",
        "` both declare `",
        "no anchor is declared",
        "more than the",
        "this is not understood",
        "the braces hold no condition",
        "the comparison has nothing to compare",
        "one value has two comparisons",
        "there is no function `",
        "conditions are counted",
        "not every kind named here",
    ];
    let mut missing = Vec::new();
    let mut files: Vec<PathBuf> = [
        "syntax/errors/mod.rs",
        "syntax/errors/form.rs",
        "syntax/errors/phrases.rs",
        "syntax/errors/prose.rs",
        "syntax/errors/scan.rs",
        "resolve/errors/declarations.rs",
        "resolve/errors/extensions.rs",
        "resolve/errors/files.rs",
        "resolve/errors/units.rs",
        "check/errors/names.rs",
        "check/errors/asked.rs",
        "check/errors/types.rs",
        "check/errors/units.rs",
        "check/errors/time.rs",
        "check/errors/examples.rs",
    ]
    .iter()
    .map(|file| root().join("src").join(file))
    .collect();
    let lints = fs::read_dir(root().join("src/lint")).expect("the lints");
    files.extend(lints.map(|entry| entry.expect("a file").path()));
    for file in files {
        let source = fs::read_to_string(&file).expect("a wording file");
        let file = file.display();
        for pieces in headlines(&source) {
            let whole = pieces.join("..");
            let shown = titles.iter().any(|title| {
                let mut rest = title.as_str();
                pieces.iter().all(|piece| match rest.find(piece.as_str()) {
                    Some(at) => {
                        rest = &rest[at + piece.len()..];
                        true
                    }
                    None => false,
                })
            });
            if !shown && !elsewhere.iter().any(|part| whole.contains(part)) {
                missing.push(format!("{file}: {whole}"));
            }
        }
    }
    assert!(missing.is_empty(), "no case shows:\n{}", missing.join("\n"));
}

#[test]
fn headlines_stand_alone() {
    for case in cases() {
        for found in checked(&case).diagnostics {
            let title = &found.title;
            let place = case.path.display();
            assert!(title.chars().count() <= 100, "{place}: {title}");
            assert!(!title.ends_with('.') || title.ends_with(".."), "{place}: {title}");
            assert!(!title.starts_with(char::is_uppercase), "{place}: {title}");
            let act = !found.helps.is_empty() || !found.fixes.is_empty() || !found.notes.is_empty();
            assert!(act, "{place}: nothing says what to do: {title}");
            assert!(found.primary.text.split(' ').count() <= 9, "{place}: {}", found.primary.text);
        }
    }
}

fn repaired(case: &Case, fix: &Fix) -> (String, Checked) {
    let text = fix::apply(&case.text, std::slice::from_ref(fix));
    let checked = check_text("trial.elig", &text);
    (text, checked)
}

/// Each edit makes its own diagnostic go away; a safe one brings none in its place.
#[test]
fn every_edit_mends() {
    let mut wrong = String::new();
    for case in cases() {
        let before = checked(&case);
        for found in &before.diagnostics {
            for fix in &found.fixes {
                let (text, after) = repaired(&case, fix);
                let place = case.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if times(&after, found) >= times(&before, found) {
                    wrong += &format!("{place}: {}: still there: {}\n{text}\n", fix.title, found.title);
                }
                if fix.safety == Safety::Safe && errors(&after) > errors(&before) {
                    wrong += &format!("{place}: {} is safe and brings errors\n{text}\n", fix.title);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Where a filter fits some of the kinds only, the conditions to write instead check without a word.
#[test]
fn conditions_offered_for_a_filter_that_fits_some_kinds_check() {
    let mut tried = 0;
    for case in cases() {
        for found in checked(&case).diagnostics.iter().filter(|found| found.code == Code::E0211) {
            for help in found.helps.iter().filter_map(|help| help.strip_prefix("write ")) {
                let conditions = help.split('`').skip(1).step_by(2).filter(|text| text.contains('('));
                for condition in conditions.filter(|text| !text.contains("..")) {
                    tried += 1;
                    let mut said = check_text("trial.elig", &format!("require [I1] {condition}\n")).diagnostics;
                    // What the author has left open is left open.
                    said.retain(|found| found.code != Code::W0719);
                    assert!(said.is_empty(), "{}: {condition}\n{said:#?}", case.path.display());
                }
            }
        }
    }
    assert!(tried >= 15, "{tried}");
}

/// A program that compiled before its safe edits compiles to the same tree behind them.
#[test]
fn safe_edits_change_no_tree() {
    for case in cases() {
        let before = checked(&case);
        let safe = fix::safe(&before.diagnostics, before.main);
        let (Some(program), false) = (&before.program, safe.is_empty()) else { continue };
        let after = check_text("trial.elig", &fix::apply(&case.text, &safe));
        let tree = |program, checked: &Checked| eligc::lower::lower(program, &checked.sources).to_json();
        let again = after.program.as_ref().expect("it still compiles");
        assert_eq!(tree(program, &before), tree(again, &after), "{}", case.path.display());
    }
}

/// What `check` accepts, `eval` takes.
#[test]
fn a_program_that_checks_has_a_tree_that_is_taken() {
    let mut tried = 0;
    for case in cases() {
        let checked = checked(&case);
        // Without a criterion there is nothing to evaluate, of which W0705 warns.
        if let Some(program) = checked.program.as_ref().filter(|program| !program.criteria.is_empty()) {
            let tree = eligc::lower::lower(program, &checked.sources);
            assert_eq!(tree.validate().err().map(|error| error.to_string()), None, "{}", case.path.display());
            tried += 1;
        }
    }
    assert!(tried >= 10, "{tried}");
}

#[test]
fn edits_that_overlap_or_do_not_fit_are_left_out() {
    use eligc::source::{FileId, Span};
    let edit = |range: std::ops::Range<usize>, replacement: &str| -> Fix {
        let span = Span::new(FileId(0), range);
        let found = eligc::diag::Diagnostic::new(eligc::diag::Code::E0111, span, "");
        found.fix("", span, replacement, Safety::Safe).fixes.remove(0)
    };
    let text = "a ≥ b";
    assert_eq!(fix::apply(text, &[edit(6..7, "c"), edit(0..1, "x")]), "x ≥ c");
    assert_eq!(fix::apply(text, &[edit(0..5, ""), edit(2..5, ">=")]), " b");
    assert_eq!(fix::apply(text, &[edit(1..1, "!"), edit(1..1, "!")]), "a! ≥ b");
    assert_eq!(fix::apply(text, &[edit(3..4, "?"), edit(7..99, "?")]), text);
}

/// The same program always gives the same text.
#[test]
fn messages_are_the_same_on_every_run() {
    for case in cases() {
        let (one, two) = (checked(&case), checked(&case));
        assert_eq!(
            render::human(&one.diagnostics, &one.sources, true),
            render::human(&two.diagnostics, &two.sources, true)
        );
    }
}

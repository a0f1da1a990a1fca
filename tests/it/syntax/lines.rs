//! Where lines end, what hides them, and what of a statement the tree keeps.

use std::collections::HashMap;
use std::fs;

use eligc::diag::{Code, fix};
use eligc::driver::{Checked, check_file, check_text};
use eligc::fmt;
use eligc::lower::lower;
use eligc::lsp::{Encoding, Lines};
use eligc::resolve::Loader;
use eligc::source::{FileId, SourceFile};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::findings;
use crate::docs::root;

/// The tree of a program without errors.
fn tree(checked: &Checked) -> Option<String> {
    checked.program.as_ref().map(|program| lower(program, &checked.sources).to_json())
}

/// Each diagnostic with its place for people.
fn told(checked: &Checked) -> Vec<String> {
    let place = |span| checked.sources.line_column(span);
    checked.diagnostics.iter().map(|one| format!("{:?} {} {}", place(one.primary.span), one.code, one.title)).collect()
}

fn corpus() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> =
        crate::errors::cases().into_iter().map(|case| (case.path.display().to_string(), case.text)).collect();
    for entry in fs::read_dir(root().join("trials")).expect("the trials") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "elig") {
            found.push((path.display().to_string(), fs::read_to_string(&path).expect("a trial")));
        }
    }
    found
}

#[test]
fn a_line_ends_with_either_sign_or_both() {
    for (name, text) in corpus() {
        let read = check_text("trial.elig", &text);
        for end in ["\r", "\r\n"] {
            let other = check_text("trial.elig", &text.replace('\n', end));
            assert_eq!(told(&read), told(&other), "{name} with {end:?}");
            assert_eq!(tree(&read), tree(&other), "{name} with {end:?}");
        }
    }
}

#[test]
fn a_criterion_behind_a_carriage_return_is_no_part_of_the_comment() {
    let text = "require [I1] platelets >= 100 x10^9/L  # counted at the site\rexclude [E1] stroke\n\nexample \"x\" {\n  \
                screening: 2026-03-01\n  platelets: 150 x10^9/L at 2026-02-27\n  stroke: { start: 2025-01-01 }\n} \
                expect verdict ineligible\n";
    let checked = check_text("trial.elig", text);
    let plain = check_text("trial.elig", &text.replace('\r', "\n"));
    assert_eq!(checked.program.as_ref().map(|program| program.criteria.len()), Some(2));
    assert_eq!(tree(&checked), tree(&plain));
}

struct Beside(HashMap<&'static str, &'static str>);

impl Loader for Beside {
    fn load(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        self.0.get(path).map(|text| (path.to_owned(), (*text).to_owned())).ok_or_else(|| "not there".to_owned())
    }
}

#[test]
fn a_used_file_has_the_same_lines() {
    let files = HashMap::from([("./site.elig", "fact foo: yes_no # site note\rfact bar: yes_no absent means no\n")]);
    let main = "use \"./site.elig\"\nexclude [E1] bar\n";
    let checked = check_file("main.elig", main, &Beside(files));
    assert_eq!(told(&checked), Vec::<String>::new());
    let files =
        HashMap::from([("./site.elig", "fact foo: yes_no # site note\u{2028}fact bar: yes_no absent means no\n")]);
    let checked = check_file("main.elig", main, &Beside(files));
    assert!(checked.program.is_none());
    assert!(checked.diagnostics.iter().any(|one| one.code == Code::E0108));
}

#[test]
fn a_file_with_characters_that_hide_others_is_refused_wherever_they_stand() {
    let mut tried = 0;
    for c in ('\0'..='\u{FFFF}').filter(|c| {
        let named = matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        named || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
    }) {
        for text in [
            format!("require [I1] pregnant # a comment{c}exclude [E1] stroke\n"),
            format!("## Text{c} for people.\nrequire [I1] pregnant\n"),
            format!("require [I1] pregnant{c}\n"),
            format!("{c}require [I1] pregnant\n"),
            format!("require [I1] pregnant\nnote \"call {c}it\"\n"),
        ] {
            tried += 1;
            let checked = check_text("trial.elig", &text);
            assert!(checked.program.is_none(), "{text:?}");
            let named = format!("U+{:04X}", u32::from(c));
            let [one] = checked.diagnostics.as_slice() else { panic!("{text:?}: {:#?}", checked.diagnostics) };
            assert!(one.code == Code::E0108 && one.title.contains(&named), "{text:?}: {}", one.title);
            for edit in &one.fixes {
                let repaired = fix::apply(&text, std::slice::from_ref(edit));
                let left = check_text("trial.elig", &repaired).diagnostics;
                assert!(left.iter().all(|one| one.code != Code::E0108), "{repaired:?}");
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn letters_of_every_writing_and_wide_blanks_hide_nothing() {
    for c in [
        'é', '血', 'ע', 'ع', '\u{200E}', '\u{200F}', '\u{200B}', '\u{3000}', '\u{A0}', '\u{AD}', '\u{FEFF}', '🩸', '\t',
    ] {
        let text = format!("require [I1] pregnant # {c}{c}\nnote \"{c}\"\n");
        assert_eq!(findings(&text), Vec::<String>::new(), "{c:?}");
    }
}

#[test]
fn a_diagnostic_shows_no_character_that_a_terminal_obeys() {
    let checked = check_text("trial.elig", "require [I1] \x1b[2Kpregnnt \u{85}\u{202E}\x07 # \x1b[1A\n");
    let shown = eligc::diag::render::human(&checked.diagnostics, &checked.sources, false);
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202E}'), "{shown:?}");
}

/// The lines that diagnostics, the tree and editors count are the same.
#[test]
fn lines_are_counted_alike_everywhere() {
    let piece = prop_oneof![
        Just("\n"),
        Just("\r"),
        Just("\r\n"),
        Just("a"),
        Just("µ"),
        Just("血"),
        Just("# "),
        Just("require [I1] pregnant "),
    ];
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]));
    let result = runner.run(&proptest::collection::vec(piece, 0..30), |pieces| {
        let text = pieces.concat();
        let file = SourceFile::new("text.elig", text.clone());
        let lines = Lines::new(&text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            if text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\r') && text.as_bytes().get(at) == Some(&b'\n') {
                continue;
            }
            let place = file.line_column(u32::try_from(at).expect("a short text"));
            let position = lines.position(&text, at, Encoding::Utf32);
            prop_assert_eq!(
                (place.line - 1, place.column - 1),
                (position.line, position.character),
                "{} of {:?}",
                at,
                text
            );
        }
        for statement in eligc::syntax::parse(FileId(0), &text).file.statements {
            let position = lines.position(&text, statement.span.range().start, Encoding::Utf32);
            prop_assert_eq!(file.line_column(statement.span.start).line, position.line + 1);
        }
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn lines_that_end_with_carriage_returns_are_laid_out_as_others() {
    for (name, text) in corpus() {
        let returns = text.replace('\n', "\r");
        let (Ok(plain), Ok(laid_out)) = (fmt::format(&text), fmt::format(&returns)) else { continue };
        // What holds an error is left as it is written.
        if plain.left_alone == 0 {
            assert_eq!(plain.text, laid_out.text, "{name}");
            let edits = fmt::edits(&returns).expect("edits");
            let mut edited = returns.clone();
            for edit in edits.iter().rev() {
                edited.replace_range(edit.range.clone(), &edit.replacement);
            }
            assert_eq!(plain.text, edited, "{name}");
        }
    }
}

#[test]
fn a_statement_is_kept_whole_and_without_its_comments() {
    let cases = [
        ("require [I1] judged \"grade #3 or less\" # a comment", "require [I1] judged \"grade #3 or less\""),
        (
            "exclude [I1] judged \"say \\\"# 2\\\" aloud\"\n  # \"why\n  or pregnant",
            "exclude [I1] judged \"say \\\"# 2\\\" aloud\" or pregnant",
        ),
        (
            "exclude [I1] judged \"over\n two # lines\" or pregnant # it is open",
            "exclude [I1] judged \"over two # lines\" or pregnant",
        ),
        ("exclude [I1] pregnant# close\n or judged \"#\"", "exclude [I1] pregnant or judged \"#\""),
        ("exclude [I1] pregnant # one\r or lactating # two\r\n", "exclude [I1] pregnant or lactating"),
    ];
    for (text, statement) in cases {
        let checked = check_text("trial.elig", text);
        let criterion = checked.program.as_ref().and_then(|program| program.criteria.first());
        assert_eq!(criterion.map(|one| one.statement.as_str()), Some(statement), "{text}\n{:#?}", checked.diagnostics);
    }
}

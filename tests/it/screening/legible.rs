//! What cannot be seen, or moves the text around it, reaches no page and no terminal.

use eligc::diag::render;
use eligc::diagram::criteria;
use eligc::driver::check_text;
use eligc::legible;
use eligc::lower::lower;
use eligc::narrate::{render as pages, trial};

use super::eval;
use crate::cli::{run, stderr, stdout};

/// ESC, C1, marks of direction, a separator of lines, signs without width; none ends a line of a program.
const HIDDEN: &str = "\u{1b}[31m\u{9b}\u{202e}\u{2066}\u{200f}\u{200b}\u{feff}\u{ad}\u{e0041}";

#[track_caller]
fn clean(text: &str) {
    let found: Vec<char> = text.chars().filter(|letter| *letter != '\n' && legible::hidden(*letter)).collect();
    assert!(found.is_empty(), "{found:?} in {text:?}");
}

#[test]
fn letters_are_written_out() {
    assert_eq!(legible::line("a\nb\tc\u{1b}\u{202e}"), "a\\nb\\tc\\u{1b}\\u{202e}");
    assert_eq!(legible::lines("a\nb\r\u{85}"), "a\nb\\r\\u{85}");
    assert_eq!(legible::line("µ ≥ 患者 é \\"), "µ ≥ 患者 é \\");
    assert_eq!(legible::id("P-001"), "P-001");
    assert_eq!(legible::id(""), "\"\"");
    assert_eq!(legible::id("a b\"c"), "\"a b\\\"c\"");
    assert_eq!(legible::id("a\u{a0}b\u{200d}"), "\"a\\u{a0}b\\u{200d}\"");
    assert!(legible::is_blank(" \u{200b}\u{3000}\u{3164}") && !legible::is_blank(" x"));
    let text = "a\u{1b}\u{9b}\u{202e}\u{e0041}\r\n\rb\tc";
    let covered = legible::covered(text);
    assert_eq!(covered, "a?\u{bf}\u{fffd}\u{fffd}?\r\n?b\tc");
    assert_eq!(covered.len(), text.len());
}

/// All pairs of ids that differ are shown differently.
#[test]
fn no_two_ids_look_alike() {
    let parts = ["", "a", " ", "\\", "\"", "\n", "n", "\u{200b}", "u{200b}", "\t", "\u{a0}"];
    let mut seen = std::collections::HashMap::new();
    for first in parts {
        for second in parts {
            for third in parts {
                let id = format!("{first}{second}{third}");
                if let Some(other) = seen.insert(legible::id(&id).into_owned(), id.clone()) {
                    assert_eq!(other, id);
                }
            }
        }
    }
}

/// Of those, what a program may hold: the others are refused there.
const UNSEEN: &str = "\u{200f}\u{200b}\u{feff}\u{ad}\u{e0041}";

#[test]
fn nothing_hidden_reaches_a_page() {
    let program = format!(
        "trial T \"t{UNSEEN}\" {{ sponsor \"s{UNSEEN}\" incomplete \"w{UNSEEN}\" }}\n## text {UNSEEN}\n\
         require [I1] judged \"q{UNSEEN}\" or todo \"d{UNSEEN}\"\nnote [N] \"n{UNSEEN}\"\n"
    );
    let checked = check_text("t.elig", &program);
    clean(&render::human(&checked.diagnostics, &checked.sources, false));
    clean(&render::short(&checked.diagnostics, &checked.sources));
    let typed = checked.program.expect("right");
    let reading = trial(&typed);
    clean(&pages::text::trial(&reading, 100));
    clean(&pages::markdown::trial(&reading));
    clean(&pages::html::trial(&reading));
    for picture in criteria(&lower(&typed, &checked.sources)) {
        clean(&picture.dot());
        clean(&picture.mermaid());
        clean(&picture.svg());
    }
    clean(&stdout(&run(&["status", "-"], &program)));
    for more in [&[][..], &["--details"]] {
        let (out, error, _) = eval(&program, b"{\"id\":1,\"anchors\":{\"screening\":\"2026-03-01\"}}", more);
        clean(&out);
        clean(&error);
    }
}

#[test]
fn nothing_hidden_reaches_a_message() {
    let wrong = format!(
        "require [I1] sledai3k >= 7 # {HIDDEN}\nexclude [E1] todo \"{HIDDEN}\" prior \"{HIDDEN}\"\nuse \"./{HIDDEN}\"\n\
         example \"e{HIDDEN}\" like \"f{HIDDEN}\" {{ }} expect I1 pass\n"
    );
    let checked = check_text("t\u{202e}.elig", &wrong);
    assert!(checked.diagnostics.len() > 2, "{:#?}", checked.diagnostics);
    for text in [
        render::human(&checked.diagnostics, &checked.sources, false),
        render::short(&checked.diagnostics, &checked.sources),
        render::github(&checked.diagnostics, &checked.sources),
    ] {
        clean(&text);
    }
    // Where it is marked, the marks are under the same words.
    let marked = check_text("t.elig", "require [I1] judged \"a\u{1b}\u{202e}b\" and sledai3k >= 7");
    let shown = render::human(&marked.diagnostics, &marked.sources, false);
    assert!(shown.contains("sledai3k") && shown.contains("^^^^^^^^"), "{shown}");
    let output = run(&["check", &format!("no/such{HIDDEN}.elig")], "");
    clean(&stderr(&output));
    let failing = format!("require [I1] sledai2k >= 7\nexample \"e{HIDDEN}\" {{ }} expect I1 pass\n");
    clean(&stdout(&run(&["test", "-"], &failing)));
}

//! The form for people: where colour goes, and what wide signs, tabs and very long lines look like.

use eligc::diag::render;
use eligc::driver::check_text;

use crate::cli::{eligc, stdout};

const WRONG: &str = "require [I1] sledia2k >= 8\n";

/// Options, what is set, and whether colour comes.
type Case = (&'static [&'static str], &'static [(&'static str, &'static str)], bool);

fn is_coloured(args: &[&str], set: &[(&str, &str)]) -> bool {
    let folder = crate::cli::Folder::new(&format!("looks-{}", args.join("") + &format!("{set:?}").len().to_string()));
    let path = folder.file("wrong.elig", WRONG);
    let mut command = eligc();
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command.arg("check").arg(path).args(args).envs(set.iter().copied()).output().expect("a run");
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("E0201"), "{text}");
    text.contains('\u{1b}')
}

#[test]
fn a_pipe_gets_colour_only_when_that_is_asked() {
    let cases: [Case; 12] = [
        (&[], &[], false),
        (&["--color", "auto"], &[], false),
        (&["--color", "never"], &[], false),
        (&["--color", "always"], &[], true),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&[], &[("CLICOLOR", "1")], false),
        (&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[], &[("NO_COLOR", ""), ("CLICOLOR_FORCE", "1")], true),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color", "always", "--format", "json"], &[], false),
    ];
    for (args, set, coloured) in cases {
        assert_eq!(is_coloured(args, set), coloured, "{args:?} {set:?}");
    }
}

fn human(text: &str) -> String {
    let checked = check_text("trial.elig", text);
    render::human(&checked.diagnostics, &checked.sources, false)
}

#[test]
fn marks_stand_under_their_word() {
    insta::assert_snapshot!(human(concat!(
        "require [I1] judged \"µg ≥ 10⁹\" and sledia2k >= 8\n",
        "require [I2] judged \"血小板\" and sledia2l >= 8\n",
        "require [I3]\tjudged \"a\"\tand\tsledia2m >= 8\n",
    )));
}

#[test]
fn a_very_long_line_is_shown_around_the_mark() {
    let filler = "sledai2k >= 8 and ".repeat(3000);
    let text = format!("require [I1] {filler}judged \"血\" and sledia2k >= 8 and {filler}sledai2k >= 8\n");
    let shown = human(&text);
    assert!(shown.len() < 1500, "{shown}");
    insta::assert_snapshot!(shown);
}

/// A mistake at either end of a long line, over several lines, and twice on one.
#[test]
fn long_lines_are_cut_wherever_the_mark_stands() {
    let filler = "sledai2k >= 8 and ".repeat(600);
    for text in [
        format!("require [I1] sledia2k >= 8 and {filler}sledai2k >= 8\n"),
        format!("require [I1] {filler}sledia2k"),
        format!("require [I1] {filler}sledai2k >=\r\n"),
        format!("require [I1] ({filler}sledai2k >= 8"),
        format!("require [I1] {filler}sledai2k >= 8\nrequire [I1] {filler}sledai2k >= 8\n"),
        format!("require [I1] judged \"{filler}\n\n\n\n{filler}\n"),
        format!("{filler}\n{filler}\n{filler}\n"),
        "µ".repeat(10_000),
        format!("require [{}] sledia2k >= 8\n", "I".repeat(10_000)),
    ] {
        let shown = human(&text);
        assert!(shown.contains("trial.elig:"), "no place is shown of {text:.60}:\n{shown}");
        for line in shown.lines().filter(|line| line.contains(" │ ")) {
            assert!(line.chars().count() < 500, "{line}");
        }
    }
}

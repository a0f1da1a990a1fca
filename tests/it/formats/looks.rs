//! The form for people: where colour goes, and what wide signs, tabs and very long lines look like.

use eligc::check::check_text;
use eligc::diag::render;

use crate::cli::{eligc, stdout};

const WRONG: &str = "require [I1] sledia2k >= 8\n";

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
    let cases: [(&[&str], &[(&str, &str)], bool); 12] = [
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

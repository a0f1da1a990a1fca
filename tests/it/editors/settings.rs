//! Settings of docs/editors.md, and the Emacs mode, as far as a parser is at hand.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::fs;
use std::process::Command;

use super::{runs, scratch};
use crate::docs::{blocks, root};

#[test]
fn blocks_are_what_they_are_said_to_be() {
    let page = blocks(&root().join("docs/editors.md"));
    let tags = |tag: &str| page.iter().filter(|block| block.tag == tag).count();
    assert!(tags("lua") >= 5 && tags("json") >= 4 && tags("toml") >= 4 && tags("elisp") >= 3);
    for block in &page {
        let place = &block.place;
        match block.tag.as_str() {
            "json" => {
                let parsed = serde_json::from_str::<serde_json::Value>(&block.text);
                assert!(parsed.is_ok(), "{place}: {parsed:?}");
            }
            // Lua is run by Neovim (`suites`), the shell's lines are for people.
            "lua" | "sh" => {}
            "toml" => {
                parses(place, &block.text, "python3", "import tomllib, sys; tomllib.load(open(sys.argv[1], 'rb'))")
            }
            "elisp" => balanced(place, &block.text),
            other => panic!("{place}: {other}"),
        }
    }
}

/// Holds where the tool and its parser are there.
fn parses(place: &str, text: &str, tool: &str, program: &str) {
    let ready = Command::new(tool).args(["-c", "import tomllib"]).output().is_ok_and(|output| output.status.success());
    if !ready {
        return;
    }
    let file = scratch("settings").join("block");
    fs::write(&file, text).unwrap();
    let output = Command::new(tool).args(["-c", program]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{place}: {}", String::from_utf8_lossy(&output.stderr));
}

fn balanced(place: &str, text: &str) {
    let count = |sign: char| text.chars().filter(|letter| *letter == sign).count();
    assert_eq!(count('('), count(')'), "{place}");
    assert_eq!(count('"') % 2, 0, "{place}");
}

/// Emacs compiles the mode without a warning, colours a trial with it and leaves its indentation alone.
#[test]
fn emacs() {
    if !runs("emacs") {
        return;
    }
    let folder = scratch("emacs");
    fs::copy(root().join("editors/emacs/elig-mode.el"), folder.join("elig-mode.el")).unwrap();
    fs::write(
        folder.join("trial.elig"),
        "## Adults.\nrequire [I1] any of {\n  age at consent >= 18 years,\n  judged \"Adult\",\n}\n",
    )
    .unwrap();
    let program = r#"(progn
        (setq byte-compile-error-on-warn t)
        (unless (byte-compile-file "elig-mode.el") (kill-emacs 1))
        (load (expand-file-name "elig-mode.elc") nil t)
        (find-file "trial.elig")
        (unless (eq major-mode 'elig-mode) (kill-emacs 2))
        (font-lock-ensure)
        (search-forward "require")
        (unless (memq (get-text-property (1- (point)) 'face) '(font-lock-keyword-face)) (kill-emacs 3))
        (search-forward "I1")
        (unless (eq (get-text-property (1- (point)) 'face) 'font-lock-constant-face) (kill-emacs 4))
        (let ((before (buffer-string)))
          (indent-region (point-min) (point-max))
          (unless (equal before (buffer-string)) (kill-emacs 5))))"#;
    let output =
        Command::new("emacs").args(["-Q", "--batch", "--eval", program]).current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{:?}: {}", output.status.code(), String::from_utf8_lossy(&output.stderr));
}

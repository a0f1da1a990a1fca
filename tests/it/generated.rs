//! Files made from the code: the pages of the command line and the index of diagnostics, and the shipped vocabularies as
//! parsed. `ELIGC_UPDATE=1 cargo test` writes them anew; without it a stale file fails.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::fmt::Write as _;
use std::fs;

use clap::{Arg, ArgAction, Command};
use eligc::diag::{Code, Retired, Severity};
use eligc::source::FileId;
use eligc::syntax::ast::File;
use eligc::syntax::packed::{pack, unpack};
use eligc::vocab::SHIPPED;

use crate::docs::root;

/// Compares a file with what it should be, or writes it.
#[track_caller]
pub fn current(path: &str, content: &(impl AsRef<[u8]> + ?Sized)) {
    let path = root().join(path);
    if std::env::var_os("ELIGC_UPDATE").is_some() {
        fs::write(path, content).unwrap();
        return;
    }
    let found = fs::read(&path).unwrap_or_default();
    assert!(found == content.as_ref(), "{} is stale: run this test once more with `ELIGC_UPDATE=1`", path.display());
}

#[test]
fn command_line_page() {
    let mut command = eligc::cli::command();
    command.build();
    let mut page = "# The command line\n\n<!-- Made from the program's own help; ELIGC_UPDATE=1 cargo test writes it again. -->\n\n"
        .to_owned();
    let _ = writeln!(page, "{}\n", command.get_about().unwrap());
    for line in command.get_after_help().unwrap().to_string().lines() {
        // Two blanks are the help's way to set off a list.
        match line.strip_prefix("  ") {
            Some(item) => {
                let (code, meaning) = item.split_once("  ").unwrap();
                let _ = writeln!(page, "- `{code}`: {meaning}");
            }
            None if line.ends_with(':') => {
                let _ = writeln!(page, "{line}\n");
            }
            None => {
                let _ = writeln!(page, "{line}");
            }
        }
    }
    page.push_str("\n| command | |\n| --- | --- |\n");
    let listed = |command: &&Command| command.get_name() != "help";
    for sub in command.get_subcommands().filter(listed) {
        let name = sub.get_name();
        let _ = writeln!(page, "| [`{name}`](#eligc-{name}) | {} |", sub.get_about().unwrap());
    }
    for sub in command.get_subcommands().filter(listed) {
        let usage = sub.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        let _ = write!(
            page,
            "\n## eligc {}\n\n{}.\n\n```text\n{usage}\n```\n\n| | |\n| --- | --- |\n",
            sub.get_name(),
            sub.get_about().unwrap()
        );
        let own = |arg: &&Arg| !arg.is_global_set() && !is_help(arg);
        for arg in sub.get_arguments().filter(own) {
            let _ = writeln!(page, "| {} | {} |", spelling(arg), meaning(arg));
        }
    }
    page.push_str("\n## Every command\n\n| | |\n| --- | --- |\n");
    for arg in command.get_arguments() {
        let _ = writeln!(page, "| {} | {} |", spelling(arg), meaning(arg));
    }
    current("docs/cli.md", &page);
}

fn is_help(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong)
}

/// `-o`, `--output TREE.json`
fn spelling(arg: &Arg) -> String {
    let takes_value = !is_help(arg) && !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Version);
    let value = arg.get_value_names().and_then(|names| names.first()).filter(|_| takes_value).map(ToString::to_string);
    let mut forms = Vec::new();
    forms.extend(arg.get_short().map(|short| format!("`-{short}`")));
    forms.extend(arg.get_long().map(|long| match &value {
        Some(value) => format!("`--{long} {value}`"),
        None => format!("`--{long}`"),
    }));
    if forms.is_empty() {
        forms.extend(value.map(|value| format!("`{value}`")));
    }
    forms.join(", ")
}

fn meaning(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    // `see more with '--help'` is said of the short form alone.
    let mut text = help.split(" (see more").next().unwrap().replace('|', "\\|");
    let values = arg.get_possible_values();
    if !values.is_empty() && !matches!(arg.get_action(), ArgAction::SetTrue) {
        let list: Vec<String> = values
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help() {
                Some(help) if !help.to_string().eq_ignore_ascii_case(value.get_name()) => {
                    format!("`{}` ({})", value.get_name(), small(&help.to_string()))
                }
                _ => format!("`{}`", value.get_name()),
            })
            .collect();
        let _ = write!(text, ": {}", list.join(", "));
    }
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !defaults.is_empty() && !matches!(arg.get_action(), ArgAction::SetTrue) {
        let _ = write!(text, "; when left out, `{}`", defaults.join(", "));
    }
    text
}

/// The same words, to be inside a sentence.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().to_string() + letters.as_str())
}

#[test]
fn index_of_diagnostics() {
    let mut page = "# Diagnostics\n\n<!-- Made from the table of codes; ELIGC_UPDATE=1 cargo test writes it again. -->\n\n\
        `eligc explain CODE` prints the same pages. A code never changes its meaning and is never used again. Warnings\n\
        become errors with `--deny CODE`, `--deny todo` or `--deny warnings`. Programs read them as\n\
        JSON, SARIF, annotations or single lines: [the forms](../diagnostics.md).\n"
        .to_owned();
    let group = |code: &Code| match code.id().get(..3) {
        Some("E01") => "Syntax",
        Some("E02") => "Names",
        Some("E03") => "Types and units",
        Some("E04") => "Time",
        Some("E05") => "Examples",
        _ => "Warnings",
    };
    let mut last = "";
    for code in Code::ALL {
        let group = group(code);
        assert_eq!(group == "Warnings", code.severity() == Severity::Warning, "{code}");
        if group != last {
            let _ = write!(page, "\n## {group}\n\n| code | name | |\n| --- | --- | --- |\n");
            last = group;
        }
        let _ = writeln!(page, "| [{code}]({code}.md) | {} | {} |", code.name(), code.summary());
    }
    page.push_str("\n## Retired\n\n| code | name | |\n| --- | --- | --- |\n");
    for retired in Retired::ALL {
        let _ = writeln!(page, "| [{0}]({0}.md) | {1} | {2} |", retired.id, retired.name, retired.leads_on());
    }
    current("docs/errors/README.md", &page);
}

/// The transcripts of README.md: its files are written as shown, its commands run, their output compared.
#[test]
fn transcripts_of_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&folder).unwrap();
    let mut page = String::new();
    let mut lines = readme.lines().peekable();
    let mut named = String::new();
    while let Some(line) = lines.next() {
        let _ = writeln!(page, "{line}");
        if line.ends_with("`:") {
            named = line.rsplit('`').nth(1).unwrap_or_default().to_owned();
        }
        if !line.starts_with("```") {
            continue;
        }
        let mut block: Vec<&str> = Vec::new();
        for inside in lines.by_ref().take_while(|line| *line != "```") {
            block.push(inside);
        }
        if line == "```text" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let _ = writeln!(page, "$ {command}\n{}", transcript(&folder, command).trim_end());
            }
        } else {
            for inside in &block {
                let _ = writeln!(page, "{inside}");
            }
            if !named.is_empty() {
                fs::write(folder.join(&named), block.join("\n") + "\n").unwrap();
                named.clear();
            }
        }
        page.push_str("```\n");
    }
    current("README.md", &page);
}

/// What a command prints, standard error behind standard output.
fn transcript(folder: &std::path::Path, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_eligc")).args(words).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn parsed_vocabularies() {
    for (name, text) in SHIPPED {
        let parsed = eligc::syntax::parse(FileId(7), text);
        assert!(parsed.diagnostics.is_empty(), "{name}");
        let packed = pack(text, &parsed.file).unwrap();
        current(&format!("src/vocab/{name}.parsed"), &packed);
        let without_comments = File { comments: Vec::new(), ..parsed.file };
        assert!(unpack(&packed, text, FileId(7)) == Some(without_comments), "{name} is not what was packed");
        // A text that has changed is parsed, and so is one whose bytes are not whole.
        assert_eq!(unpack(&packed, &text.replacen("screening", "screening ", 1), FileId(7)), None);
        assert_eq!(unpack(&packed, &text.replacen("screening", "Screening", 1), FileId(7)), None);
        assert_eq!(unpack(packed.split_last().unwrap().1, text, FileId(7)), None);
    }
}

//! `eligc status FILE..`

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::json;

use super::args::{StatusArgs, StatusFormat};
use super::checked::checked;
use super::files;
use super::io::{self, Failure, Out};
use super::table::MAX_COLUMN;
use super::{CLEAN, FINDINGS};
use crate::diag::wording::plural;
use crate::diag::{Code, level};
use crate::driver::Checked;
use crate::legible;
use crate::narrate::{self, Progress, State};
use crate::source::{column_width, padded};

/// One file: its name and how far it is, or nothing where it has errors.
type Told = (String, Checked, Option<Progress>);

pub(super) fn run(args: &StatusArgs, out: &mut Out) -> Result<u8, Failure> {
    let mut all: Vec<Told> = Vec::new();
    for path in &files::expand(&args.files)? {
        // What is left to do is counted, not warned of; whether it fails the run is asked at the end.
        let checked = checked(path, &level::Levels::default())?;
        let told = checked.program.as_ref().map(narrate::progress);
        if told.is_none() {
            let text = io::rendered(&checked, out.error_color);
            out.error(&text)?;
        }
        all.push((io::shown(path), checked, told));
    }
    let text = match args.format {
        StatusFormat::Human => human(&all),
        StatusFormat::Json => as_json(&all),
    };
    out.text(&text)?;
    let broken = all.iter().any(|(_, _, told)| told.is_none());
    let left = all.iter().filter_map(|(_, _, told)| told.as_ref()).any(|told| !told.todos.is_empty());
    Ok(if broken || (left && args.levels.0.denies(Code::W0703)) { FINDINGS } else { CLEAN })
}

fn line_of(checked: &Checked, todo: &narrate::Todo) -> u32 {
    checked.sources.line_column(todo.span).line
}

fn human(all: &[Told]) -> String {
    let mut out = String::new();
    let names: Vec<Cow<'_, str>> = all.iter().map(|(name, _, _)| legible::line(name)).collect();
    let widest = column_width(names.iter().map(AsRef::as_ref).chain(["total"]), MAX_COLUMN);
    let mut head = format!("{}  criteria", padded("", widest));
    for state in State::ALL {
        let _ = write!(head, "  {}", state.word());
    }
    let _ = writeln!(out, "{head}");
    let mut totals = Progress::default();
    for (name, (_, _, told)) in names.iter().zip(all) {
        match told {
            Some(told) => {
                let _ = writeln!(out, "{}", row(name, widest, told));
                totals.criteria.extend(told.criteria.iter().cloned());
            }
            None => {
                let _ = writeln!(out, "{}  has errors", padded(name, widest));
            }
        }
    }
    if all.len() > 1 {
        let _ = writeln!(out, "{}", row("total", widest, &totals));
    }
    for (name, (_, _, told)) in names.iter().zip(all) {
        if let Some(why) = told.as_ref().and_then(|told| told.incomplete.as_deref()) {
            let _ = writeln!(out, "\n{name}  incomplete: {}", legible::line(why));
        }
    }
    let todos: usize = all.iter().filter_map(|(_, _, told)| told.as_ref()).map(|told| told.todos.len()).sum();
    if todos > 0 {
        let _ = writeln!(out, "\n{} to do:", plural(todos, "condition"));
    }
    for (name, (_, checked, told)) in names.iter().zip(all) {
        for todo in told.iter().flat_map(|told| &told.todos) {
            let _ = writeln!(out, "{name}:{}  {}  {}", line_of(checked, todo), todo.id, legible::line(&todo.text));
        }
    }
    out
}

fn row(name: &str, widest: usize, told: &Progress) -> String {
    let mut line = format!("{}  {:>8}", padded(name, widest), told.criteria.len());
    for state in State::ALL {
        let _ = write!(line, "  {:>width$}", told.count(state), width = state.word().len());
    }
    line
}

fn as_json(all: &[Told]) -> String {
    let counts = |told: &[&Progress]| {
        let count = |state: State| told.iter().map(|told| told.count(state)).sum::<usize>();
        json!({
            "criteria": told.iter().map(|told| told.criteria.len()).sum::<usize>(),
            "encoded": count(State::Encoded),
            "partly_judged": count(State::PartlyJudged),
            "judged": count(State::Judged),
            "partly_todo": count(State::PartlyTodo),
            "todo": count(State::Todo),
            "notes": told.iter().map(|told| told.notes).sum::<usize>(),
        })
    };
    let files: Vec<serde_json::Value> = all
        .iter()
        .map(|(name, checked, told)| match told {
            None => json!({ "file": name, "errors": true }),
            Some(told) => {
                let mut file = json!({
                    "file": name,
                    "errors": false,
                    "counts": counts(&[told]),
                    "todos": told.todos.iter().map(|todo| json!({
                        "criterion": todo.id, "line": line_of(checked, todo), "text": todo.text,
                    })).collect::<Vec<_>>(),
                });
                if let (Some(why), Some(fields)) = (&told.incomplete, file.as_object_mut()) {
                    fields.insert("incomplete".to_owned(), json!(why));
                }
                file
            }
        })
        .collect();
    let told: Vec<&Progress> = all.iter().filter_map(|(_, _, told)| told.as_ref()).collect();
    let whole = json!({ "format": "elig-status/1", "files": files, "total": counts(&told) });
    format!("{}\n", serde_json::to_string_pretty(&whole).unwrap_or_default())
}

//! `eligc eval TREE-or-ELIG RECORDS`

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::check::{checked, checked_text};
use super::io::{self, Failure, Out};
use super::table::{self, Paint, Summary};
use super::{CLEAN, EvalArgs, EvalFormat, FINDINGS};
use crate::diag::level::Levels;
use crate::diag::suggest::{did_you_mean, nearest};
use crate::eval::{EvalOptions, Program, ReadOptions, RecordId, Records};
use crate::tree::DecisionTree;
use crate::tree::lower::lower;

/// A tree is text of the compiler's own making; a larger one is not ours.
const MOST_TREE: u64 = 256 * 1024 * 1024;

/// Past this many ids, repeats are no longer looked for: memory stays bounded.
const MOST_IDS: usize = 1_000_000;

pub(super) fn run(args: &EvalArgs, out: &mut Out) -> Result<u8, Failure> {
    if io::is_stdin(&args.program) && io::is_stdin(&args.records) {
        return Err(Failure::Message("the program and the records cannot both be standard input".to_owned()));
    }
    let Some(program) = load(&args.program, &args.levels.0, out)? else {
        return Ok(FINDINGS);
    };
    let options = EvalOptions { stage: stage(&program, args.stage.as_deref())?, ..EvalOptions::default() };
    let reading = ReadOptions { canonical_units: args.units.is_some(), closed: closed(&program, &args.closed)? };
    if io::is_stdin(&args.records) {
        return screen(&program, std::io::stdin().lock(), &reading, &options, args, out);
    }
    let name = io::shown(&args.records);
    let failed = |error: std::io::Error| Failure::Message(format!("cannot read {name}: {error}"));
    let file = File::open(&args.records).map_err(failed)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::Message(format!("cannot read {name}: it is a folder")));
    }
    screen(&program, BufReader::with_capacity(256 * 1024, file), &reading, &options, args, out)
}

/// A compiled tree, or a trial compiled here; `None` when the trial has errors, which are then on standard error.
fn load(path: &Path, levels: &Levels, out: &mut Out) -> Result<Option<Program>, Failure> {
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let tree = if json {
        Some(io::read_text(path, MOST_TREE)?)
    } else if io::is_stdin(path) {
        let text = io::read_text(path, MOST_TREE)?;
        if !text.trim_start().starts_with('{') {
            let checked = checked_text("<stdin>", &text, &io::Files, levels);
            return compiled(&checked, out);
        }
        Some(text)
    } else {
        None
    };
    match tree {
        Some(text) => {
            let tree = DecisionTree::from_json(&text).map_err(|error| {
                Failure::Message(format!("{} is not a tree that can be used: {error}", io::shown(path)))
            })?;
            ready(tree).map(Some)
        }
        None => compiled(&checked(path, levels)?, out),
    }
}

fn compiled(checked: &crate::check::Checked, out: &mut Out) -> Result<Option<Program>, Failure> {
    let text = io::rendered(checked, out.error_color);
    out.error(&text)?;
    match &checked.program {
        Some(program) => ready(lower(program, &checked.sources)).map(Some),
        None => Ok(None),
    }
}

fn ready(tree: DecisionTree) -> Result<Program, Failure> {
    Program::new(tree).map_err(|error| Failure::Message(format!("the tree cannot be used: {error}")))
}

fn stage(program: &Program, wanted: Option<&str>) -> Result<Option<usize>, Failure> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    if let Some(anchor) = program.anchor(wanted) {
        return Ok(Some(anchor));
    }
    let names = program.tree().anchors.iter().map(|anchor| anchor.name.as_str());
    let near = nearest(wanted, names, 2);
    let all: Vec<&str> = program.tree().anchors.iter().map(|anchor| anchor.name.as_str()).collect();
    let hint = did_you_mean(&near).unwrap_or_else(|| format!("the anchors are {}", all.join(", ")));
    Err(Failure::Message(format!("`--stage {wanted}`: no such anchor; {hint}")))
}

fn closed(program: &Program, names: &[String]) -> Result<Vec<usize>, Failure> {
    let mut kinds = Vec::new();
    for name in names {
        if let Some(named) = program.kinds_named(name) {
            kinds.extend(named);
            continue;
        }
        if program.tree().other_names.contains(name) {
            // A kind that this trial does not ask about.
            continue;
        }
        let tree = program.tree();
        let known =
            tree.kinds.iter().map(|kind| kind.name.as_str()).chain(tree.groups.iter().map(|group| group.name.as_str()));
        let near = nearest(name, known, 2);
        let hint = did_you_mean(&near).map_or(String::new(), |hint| format!("; {hint}"));
        return Err(Failure::Message(format!("`--closed {name}`: no kind or group of that name{hint}")));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

fn screen(
    program: &Program,
    input: impl BufRead,
    reading: &ReadOptions,
    options: &EvalOptions,
    args: &EvalArgs,
    out: &mut Out,
) -> Result<u8, Failure> {
    let name = io::shown(&args.records);
    let paint = Paint::new(out.color);
    let mut records = Records::new(input);
    let mut summary = Summary::default();
    let mut ids: HashMap<RecordId, u64> = HashMap::new();
    loop {
        let raw = records.next_record().map_err(|error| Failure::Message(format!("cannot read {name}: {error}")))?;
        let Some(raw) = raw else { break };
        let line = raw.line;
        let record = match program.read_raw(&raw, reading) {
            Ok(record) => record,
            Err(error) => {
                summary.unusable += 1;
                let mut text = String::new();
                for message in error.to_string().lines() {
                    text.push_str(&format!("{name}: {message}\n"));
                }
                out.error(&text)?;
                continue;
            }
        };
        if let Some(before) = ids.get(record.id()) {
            summary.unusable += 1;
            out.error(&format!(
                "{name}: line {line}, record {}: the id stands on line {before} already\n",
                record.id()
            ))?;
            continue;
        }
        if ids.len() < MOST_IDS {
            ids.insert(record.id().clone(), line);
        }
        let evaluation = program.evaluate(&record, options);
        summary.add(&evaluation);
        match args.format {
            EvalFormat::Human => out.text(&table::patient(&evaluation, args.details, paint))?,
            EvalFormat::Json => {
                let mut json = stamped(&evaluation, args)?;
                json.push('\n');
                out.text(&json)?;
            }
        }
    }
    if args.format == EvalFormat::Human {
        if summary.patients + summary.unusable == 0 {
            out.error(&format!("{name}: no records\n"))?;
        } else {
            let closed = if args.closed.is_empty() {
                String::new()
            } else {
                format!("absent means none for: {}\n", args.closed.join(", "))
            };
            out.text(&format!("\n{closed}{}", summary.text(paint)))?;
        }
    } else if summary.unusable > 0 {
        out.error(&format!("{} without a verdict\n", super::check::plural(summary.unusable, "record")))?;
    }
    Ok(if summary.unusable > 0 { FINDINGS } else { CLEAN })
}

/// An evaluation as JSON, with the assumptions it was made under.
fn stamped(evaluation: &crate::eval::Evaluation, args: &EvalArgs) -> Result<String, Failure> {
    #[derive(serde::Serialize)]
    struct Stamped<'a> {
        #[serde(flatten)]
        evaluation: &'a crate::eval::Evaluation,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        closed: &'a [String],
    }
    serde_json::to_string(&Stamped { evaluation, closed: &args.closed })
        .map_err(|error| Failure::Message(format!("cannot write an evaluation as JSON: {error}")))
}

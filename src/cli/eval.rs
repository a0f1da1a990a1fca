//! `eligc eval TREE-or-ELIG RECORDS`

use std::io::{BufRead, BufReader};
use std::path::Path;

use super::args::{EvalArgs, EvalFormat};
use super::checked::{checked, checked_text};
use super::ids::{Ids, MAX_IDS};
use super::io::{self, Failure, Out};
use super::table::{self, Paint, Summary};
use super::{CLEAN, FINDINGS, edit_checks};
use crate::diag::level::Levels;
use crate::diag::suggest::{did_you_mean, nearest, nearest_names};
use crate::eval::Evaluator;
use crate::explain::{EvalOptions, Evaluation};
use crate::legible;
use crate::lower::{WhichChecks, lower_with};
use crate::parallel::on_all_cores;
use crate::record::{RawRecord, ReadOptions, RecordError, RecordId, Records, SplitProblem};
use crate::tree::{AnchorId, DecisionTree, KindId};

/// A tree is text of the compiler's own making; a larger one is not ours.
const MAX_TREE: u64 = 256 * 1024 * 1024;

/// How many records are in memory at a time, and the bytes past which there are fewer.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 4 << 20;

pub(super) fn run(args: &EvalArgs, out: &mut Out) -> Result<u8, Failure> {
    if io::is_stdin(&args.program) && io::is_stdin(&args.records) {
        return Err(Failure("the program and the records cannot both be standard input".to_owned()));
    }
    if args.format == EvalFormat::Csv && !args.edit_checks {
        return Err(Failure("`--format csv` is a form of `--edit-checks`; verdicts are printed as json".to_owned()));
    }
    let which = if args.edit_checks { WhichChecks::All } else { WhichChecks::OfCriteria };
    let Some(evaluator) = load(&args.program, which, &args.levels.0, out)? else {
        return Ok(FINDINGS);
    };
    let options = EvalOptions { stage: stage(&evaluator, args.stage.as_deref())?, ..EvalOptions::default() };
    let reading = ReadOptions { canonical_units: args.units.is_some(), closed: closed(&evaluator, &args.closed)? };
    let paint = Paint::new(out.color);
    let job = Job { evaluator: &evaluator, reading: &reading, options: &options, args, paint };
    if io::is_stdin(&args.records) {
        return screen(&job, std::io::stdin().lock(), out);
    }
    screen(&job, BufReader::with_capacity(256 * 1024, io::open(&args.records)?), out)
}

/// A compiled tree, or a trial compiled here; `None` when the trial has errors, which are then on standard error.
fn load(path: &Path, which: WhichChecks, levels: &Levels, out: &mut Out) -> Result<Option<Evaluator>, Failure> {
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let tree = if json {
        Some(io::read_text(path, MAX_TREE)?)
    } else if io::is_stdin(path) {
        let text = io::read_text(path, MAX_TREE)?;
        if !text.trim_start().starts_with('{') {
            let checked = checked_text("<stdin>", text, &io::Files, levels);
            return compiled(path, &checked, which, out);
        }
        Some(text)
    } else {
        None
    };
    match tree {
        Some(text) => {
            let tree = DecisionTree::from_json(&text)
                .map_err(|error| Failure(format!("{} is not a tree that can be used: {error}", io::shown(path))))?;
            ready(tree).map(Some)
        }
        None => compiled(path, &checked(path, levels)?, which, out),
    }
}

fn compiled(
    path: &Path,
    checked: &crate::driver::Checked,
    which: WhichChecks,
    out: &mut Out,
) -> Result<Option<Evaluator>, Failure> {
    let text = io::rendered(checked, out.error_color);
    out.error(&text)?;
    let Some(program) = &checked.program else {
        return Ok(None);
    };
    let tree = lower_with(program, &checked.sources, which);
    if tree.criteria.is_empty() {
        return Err(io::no_criteria(path, "evaluated"));
    }
    ready(tree).map(Some)
}

fn ready(tree: DecisionTree) -> Result<Evaluator, Failure> {
    Evaluator::new(tree).map_err(|error| Failure(format!("the tree cannot be used: {error}")))
}

fn stage(evaluator: &Evaluator, wanted: Option<&str>) -> Result<Option<AnchorId>, Failure> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    if let Some(anchor) = evaluator.anchor(wanted) {
        let first = evaluator.tree().criteria.iter().map(|criterion| criterion.stage).min().unwrap_or_default();
        if first > anchor {
            let first = evaluator.tree().anchors.get(first).map_or("", |anchor| anchor.name.as_str());
            return Err(Failure(format!(
                "`--stage {wanted}`: no criterion belongs to it or to an anchor before it, so everybody would be \
                 eligible; the first stage is {first}"
            )));
        }
        return Ok(Some(anchor));
    }
    let names = evaluator.tree().anchors.iter().map(|anchor| anchor.name.as_str());
    let near = nearest(wanted, names, 2);
    let all: Vec<&str> = evaluator.tree().anchors.iter().map(|anchor| anchor.name.as_str()).collect();
    let hint = did_you_mean(&near).unwrap_or_else(|| format!("the anchors are {}", all.join(", ")));
    Err(Failure(format!("`--stage {wanted}`: no such anchor; {hint}")))
}

fn closed(evaluator: &Evaluator, names: &[String]) -> Result<Vec<KindId>, Failure> {
    let mut kinds = Vec::new();
    for name in names {
        if let Some(named) = evaluator.kinds_named(name) {
            kinds.extend(named);
            continue;
        }
        if evaluator.tree().other_names.contains(name) {
            // A kind that this trial does not ask about.
            continue;
        }
        let tree = evaluator.tree();
        let known =
            tree.kinds.iter().map(|kind| kind.name.as_str()).chain(tree.groups.iter().map(|group| group.name.as_str()));
        let near = nearest_names(name, known, 2);
        let hint = did_you_mean(&near).map_or(String::new(), |hint| format!("; {hint}"));
        return Err(Failure(format!("`--closed {name}`: no kind or group of that name{hint}")));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

/// What is done with every record.
struct Job<'a> {
    evaluator: &'a Evaluator,
    reading: &'a ReadOptions,
    options: &'a EvalOptions,
    args: &'a EvalArgs,
    paint: Paint,
}

/// A record's bytes, waiting.
struct Waiting {
    line: u64,
    bytes: Vec<u8>,
    problem: Option<SplitProblem>,
}

/// What came of a record, and what is printed of it, or its problems.
type Done = Result<(RecordId, Outcome, Result<String, Failure>), RecordError>;

/// What came of a record.
enum Outcome {
    Evaluated(Box<Evaluation>),
    /// Only its edit checks were asked: so many fail.
    Queried(usize),
}

impl Job<'_> {
    fn done(&self, waiting: &Waiting) -> Done {
        let raw = RawRecord { line: waiting.line, bytes: &waiting.bytes, problem: waiting.problem };
        let record = self.evaluator.read_raw(&raw, self.reading)?;
        let id = record.id().clone();
        if self.args.edit_checks {
            let failed = self.evaluator.failed_edit_checks(&record);
            let text = edit_checks::queries(&id, &failed, self.args.format, self.paint);
            return Ok((id, Outcome::Queried(failed.len()), text));
        }
        let evaluation = self.evaluator.evaluate(&record, self.options);
        let text = match self.args.format {
            EvalFormat::Human => Ok(table::patient(&evaluation, self.args.details, self.paint)),
            EvalFormat::Json | EvalFormat::Csv => stamped(&evaluation, self.args).map(|json| json + "\n"),
        };
        Ok((id, Outcome::Evaluated(Box::new(evaluation)), text))
    }

    /// The records of a batch on as many threads as the machine has cores, in their order.
    fn all_done(&self, batch: &[Waiting]) -> Vec<Done> {
        on_all_cores(batch, || (), |waiting| self.done(waiting))
    }
}

/// The next records, up to [`BATCH`] and [`BATCH_BYTES`]; an error of the stream is behind those before it.
fn next_batch<R: BufRead>(records: &mut Records<R>, batch: &mut Vec<Waiting>) -> std::io::Result<()> {
    batch.clear();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(raw) = records.next_record()? else {
            break;
        };
        bytes += raw.bytes.len();
        batch.push(Waiting { line: raw.line, bytes: raw.bytes.to_vec(), problem: raw.problem });
    }
    Ok(())
}

fn screen(job: &Job<'_>, input: impl BufRead, out: &mut Out) -> Result<u8, Failure> {
    let args = job.args;
    let name = io::shown(&args.records);
    let name = legible::line(&name);
    let mut records = Records::new(input);
    let mut summary = Summary::new(job.evaluator.tree());
    let mut ids = Ids::new(MAX_IDS, &std::env::temp_dir());
    let scratch = |error: std::io::Error| {
        Failure(format!("cannot look for repeated ids, their scratch file cannot be used: {error}"))
    };
    if args.format == EvalFormat::Csv {
        out.text(edit_checks::HEADER)?;
    }
    let mut batch = Vec::new();
    let mut last = 0;
    loop {
        let read = next_batch(&mut records, &mut batch);
        for (waiting, done) in batch.iter().zip(job.all_done(&batch)) {
            last = waiting.line;
            let (id, outcome, text) = match done {
                Ok(done) => done,
                Err(error) => {
                    summary.without(&error);
                    let mut text = String::new();
                    for message in error.to_string().lines() {
                        text.push_str(&format!("{name}: {message}\n"));
                    }
                    out.error(&text)?;
                    continue;
                }
            };
            if let Some(before) = ids.met(&id, waiting.line).map_err(scratch)? {
                summary.unusable += 1;
                let (line, id) = (waiting.line, id.shown());
                out.error(&format!("{name}: line {line}, record {id}: the id is already on line {before}\n"))?;
                continue;
            }
            match &outcome {
                Outcome::Evaluated(evaluation) => summary.add(evaluation),
                Outcome::Queried(failed) => summary.query(*failed),
            }
            out.text(&text?)?;
        }
        read.map_err(|error| Failure(format!("cannot read {name} behind line {last}: {error}")))?;
        // Nobody reads on: what was found until now decides the exit code.
        if batch.is_empty() || out.closed {
            break;
        }
    }
    let repeats = ids.repeats().map_err(scratch)?;
    for (line, before) in &repeats.lines {
        out.error(&format!("{name}: line {line}: its id is already on line {before}; both have a verdict\n"))?;
    }
    if repeats.others > 0 {
        out.error(&format!("{name}: and {} more such lines\n", repeats.others))?;
    }
    summary.repeated = u64::try_from(repeats.lines.len()).unwrap_or(u64::MAX).saturating_add(repeats.others);
    if args.format == EvalFormat::Human {
        if summary.is_empty() {
            out.error(&format!("{name}: no records\n"))?;
        } else {
            let closed = if args.closed.is_empty() {
                String::new()
            } else {
                format!("absent means none for: {}\n", legible::line(&args.closed.join(", ")))
            };
            out.text(&format!("\n{closed}{}", summary.text(job.paint)))?;
        }
    } else {
        for line in summary.troubles() {
            out.error(&format!("{line}\n"))?;
        }
    }
    Ok(if summary.troubles().is_empty() && summary.queries() == 0 { CLEAN } else { FINDINGS })
}

/// An evaluation as JSON, with the assumptions it was made under.
fn stamped(evaluation: &crate::explain::Evaluation, args: &EvalArgs) -> Result<String, Failure> {
    #[derive(serde::Serialize)]
    struct Stamped<'a> {
        #[serde(flatten)]
        evaluation: &'a crate::explain::Evaluation,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        closed: &'a [String],
    }
    serde_json::to_string(&Stamped { evaluation, closed: &args.closed })
        .map_err(|error| Failure(format!("cannot write an evaluation as JSON: {error}")))
}

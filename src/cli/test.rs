//! `eligc test FILE..`: the examples of trials.

use std::fmt::Write as _;

use super::check::{checked, plural};
use super::io::{self, Failure, Out};
use super::table::Paint;
use super::{CLEAN, FINDINGS, TestArgs, files};
use crate::check::Checked;
use crate::eval::{EvalOptions, Evaluation, Program, ReadOptions, outcome_word, verdict_word};
use crate::tree::lower::lower;
use crate::typed::{self, Example, ExpectationKind};

pub(super) fn run(args: &TestArgs, out: &mut Out) -> Result<u8, Failure> {
    let paint = Paint::new(out.color);
    let (mut passed, mut failed, mut broken) = (0, 0, 0);
    for path in &files::expand(&args.files)? {
        let checked = checked(path, &args.levels.0)?;
        let Some(program) = &checked.program else {
            broken += 1;
            let text = io::rendered(&checked, out.error_color);
            out.error(&text)?;
            continue;
        };
        let runner = Program::new(lower(program, &checked.sources))
            .map_err(|error| Failure::Message(format!("{}: {error}", io::shown(path))))?;
        for example in &program.examples {
            if args.only.as_ref().is_some_and(|only| !example.name.contains(only.as_str())) {
                continue;
            }
            let wrong = wrong(&runner, program, &checked, example);
            if wrong.is_empty() {
                passed += 1;
                if args.verbose {
                    out.text(&format!("{}  {}: {}\n", paint.good("pass"), io::shown(path), example.name))?;
                }
                continue;
            }
            failed += 1;
            let mut text = format!("{}  {}: {}\n", paint.bad("FAIL"), io::shown(path), paint.strong(&example.name));
            for line in wrong {
                let _ = writeln!(text, "    {line}");
            }
            out.text(&text)?;
        }
    }
    let mut summary = format!("{} passed, {failed} failed", plural(passed, "example"));
    if broken > 0 {
        let _ = write!(summary, "; {} with errors not run", plural(broken, "file"));
    }
    let summary = if failed + broken > 0 { paint.bad(&summary) } else { paint.good(&summary) };
    out.text(&format!("{summary}\n"))?;
    Ok(if failed + broken > 0 { FINDINGS } else { CLEAN })
}

/// What an example expected and did not get, a line each.
pub fn wrong(runner: &Program, program: &typed::Program, checked: &Checked, example: &Example) -> Vec<String> {
    let place = |span| {
        let name = checked.sources.get(checked.main).map_or("", |file| file.name.as_str());
        format!("{name}:{}", checked.sources.line_column(span).line)
    };
    let json = example.record().to_string();
    let record = match runner.read(json.as_bytes(), &ReadOptions::default()) {
        Ok(record) => record,
        Err(error) => {
            return error
                .problems
                .iter()
                .map(|problem| format!("{}: {}: {}", place(example.span), problem.path, problem.message))
                .collect();
        }
    };
    let evaluation = runner.evaluate(&record, &EvalOptions::default());
    let mut lines = Vec::new();
    for expectation in &example.expectations {
        match &expectation.kind {
            ExpectationKind::Verdict { verdict, at } => {
                let found = match at {
                    Some(stage) => runner.screen_at(&record, *stage),
                    None => evaluation.verdict,
                };
                if found != *verdict {
                    let at = at
                        .and_then(|stage| program.vocabulary.anchors.get(stage))
                        .map_or(String::new(), |anchor| format!(" at {}", anchor.name));
                    lines.push(format!(
                        "{}: expected {}{at}, got {}{}",
                        place(expectation.span),
                        verdict_word(*verdict),
                        verdict_word(found),
                        because(&evaluation)
                    ));
                }
            }
            ExpectationKind::Criterion { id, outcome } => {
                let Some(found) = evaluation.criteria.iter().find(|criterion| criterion.id == *id) else {
                    lines.push(format!("{}: {id} is a note and has no outcome", place(expectation.span)));
                    continue;
                };
                if found.outcome != *outcome {
                    let why: Vec<&str> = found
                        .reasons
                        .iter()
                        .map(|reason| reason.text.as_str())
                        .chain(found.evidence.iter().map(|evidence| evidence.text.as_str()))
                        .collect();
                    lines.push(format!(
                        "{}: expected {id} {}, got {}: {}",
                        place(expectation.span),
                        outcome_word(*outcome),
                        outcome_word(found.outcome),
                        why.join("; ")
                    ));
                }
            }
        }
    }
    lines
}

/// The criteria that stand behind a verdict that was not expected.
fn because(evaluation: &Evaluation) -> String {
    let named = |outcome: typed::Outcome| -> Vec<&str> {
        evaluation
            .criteria
            .iter()
            .filter(|criterion| criterion.outcome == outcome)
            .map(|criterion| criterion.id.as_str())
            .collect()
    };
    let failed = named(typed::Outcome::Fail);
    let unknown = named(typed::Outcome::Unknown);
    let mut parts = Vec::new();
    if !failed.is_empty() {
        parts.push(format!("fail: {}", failed.join(", ")));
    }
    if !unknown.is_empty() {
        parts.push(format!("unknown: {}", unknown.join(", ")));
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

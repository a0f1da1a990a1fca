//! An example of a program run: what it expected and did not get.

use crate::eval::Evaluator;
use crate::explain::{EvalOptions, Evaluation};
use crate::ir::Outcome;
use crate::lower;
use crate::record::ReadOptions;
use crate::source::{FileId, SourceMap};
use crate::typed::{self, Example, ExpectationKind};

/// What an example expected and did not get, a line each.
pub fn unmet(
    evaluator: &Evaluator,
    program: &typed::Program,
    sources: &SourceMap,
    main: FileId,
    example: &Example,
) -> Vec<String> {
    let place = |span| {
        let name = sources.get(main).map_or("", |file| file.name.as_str());
        format!("{name}:{}", sources.line_column(span).line)
    };
    let json = program.record(example).to_string();
    let record = match evaluator.read(json.as_bytes(), &ReadOptions::default()) {
        Ok(record) => record,
        Err(error) => {
            return error
                .problems
                .iter()
                .map(|problem| format!("{}: {}: {}", place(example.span), problem.path, problem.message))
                .collect();
        }
    };
    let evaluation = evaluator.evaluate(&record, &EvalOptions::default());
    let mut lines = Vec::new();
    for expectation in &example.expectations {
        match &expectation.kind {
            ExpectationKind::Verdict { verdict, at } => {
                let found = match at {
                    Some(stage) => evaluator.screen_at(&record, lower::anchor(*stage)),
                    None => evaluation.verdict,
                };
                if found != *verdict {
                    let at = at
                        .and_then(|stage| program.vocabulary.anchors.get(stage))
                        .map_or(String::new(), |anchor| format!(" at {}", anchor.name));
                    lines.push(format!(
                        "{}: expected {}{at}, got {}{}",
                        place(expectation.span),
                        verdict.word(),
                        found.word(),
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
                        outcome.word(),
                        found.outcome.word(),
                        why.join("; ")
                    ));
                }
            }
        }
    }
    lines
}

/// The criteria that are behind a verdict that was not expected.
fn because(evaluation: &Evaluation) -> String {
    let named = |outcome: Outcome| -> Vec<&str> {
        evaluation
            .criteria
            .iter()
            .filter(|criterion| criterion.outcome == outcome)
            .map(|criterion| criterion.id.as_str())
            .collect()
    };
    let failed = named(Outcome::Fail);
    let unknown = named(Outcome::Unknown);
    let mut parts = Vec::new();
    if !failed.is_empty() {
        parts.push(format!("fail: {}", failed.join(", ")));
    }
    if !unknown.is_empty() {
        parts.push(format!("unknown: {}", unknown.join(", ")));
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

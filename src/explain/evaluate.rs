//! Everything there is to say of a record.

use std::collections::BTreeMap;

use super::minimal_sets::{self, OpenCriterion, Question};
use super::report::{CriterionResult, Evaluation, Missing, Note, Reason, StageVerdict, UnknownCause};
use crate::eval::Evaluator;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::screen;
use crate::explain::display;
use crate::ir::{INCOMPLETE, Outcome, Verdict};
use crate::record::model::Record;

/// What is evaluated and how hard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalOptions {
    /// Leave out criteria whose stage is later than this anchor.
    pub stage: Option<usize>,
    /// How many steps each search for decisive items may take; 0 leaves them out.
    pub budget: u32,
}

impl Default for EvalOptions {
    fn default() -> EvalOptions {
        EvalOptions { stage: None, budget: 100_000 }
    }
}

impl Evaluator {
    /// Every criterion's outcome with its evidence or reasons, the verdict at each stage, and what is missing.
    pub fn evaluate(&self, record: &Record, options: &EvalOptions) -> Evaluation {
        let run = Run { program: self, record };
        let incomplete = self.schema.tree.incomplete();
        let mut criteria = Vec::new();
        let mut stages = Vec::new();
        let mut open = Vec::new();
        let mut passing = Vec::new();
        for (place, (criterion, root)) in self.schema.tree.criteria.iter().zip(&self.roots).enumerate() {
            if options.stage.is_some_and(|stage| criterion.stage > stage) {
                continue;
            }
            let outcome = screen::outcome(run.follow(*root, EvalScope::Nothing));
            let later = criterion.stage > self.schema.tree.default_anchor;
            let reached = record.anchors.get(criterion.stage).is_some_and(Option::is_some);
            let pending = outcome == Outcome::Unknown && later && !reached;
            let mut reasons = Vec::new();
            let mut evidence = Vec::new();
            if outcome == Outcome::Unknown {
                reasons = run.why_unknown(*root, EvalScope::Nothing).list;
                if let Some(why) = incomplete.filter(|_| criterion.id == INCOMPLETE) {
                    let text = format!("not every criterion of the protocol is here: {why}");
                    reasons = vec![Reason { item: INCOMPLETE.to_owned(), why: UnknownCause::NotEncoded, text }];
                }
                let (id, reasons) = (criterion.id.clone(), reasons.clone());
                open.push(OpenCriterion { id, place, root: *root, pending, reasons });
            } else {
                if outcome == Outcome::Pass {
                    passing.push((place, *root));
                }
                evidence = run.evidence(*root, EvalScope::Nothing, &criterion.statement);
            }
            stages.push((criterion.stage, outcome));
            criteria.push(CriterionResult {
                id: criterion.id.clone(),
                outcome,
                pending,
                stage: display::anchor_name(&self.schema.tree, criterion.stage).to_owned(),
                reasons,
                evidence,
            });
        }
        let verdict = screen::verdict(criteria.iter().map(|criterion| criterion.outcome));
        let missing = missing(&criteria);
        let decisive = if verdict == Verdict::Undetermined {
            let stage = self.stage_before_pending(&stages, &open);
            let (open, passing, budget) = (&open, &passing, options.budget);
            minimal_sets::decisive(&Question { program: self, record, open, passing, stage, budget })
        } else {
            Vec::new()
        };
        let stages = self.stage_verdicts(record, &stages);
        let notes =
            self.schema.tree.notes.iter().map(|note| Note { id: note.id.clone(), text: note.text.clone() }).collect();
        Evaluation { id: record.id.clone(), verdict, stages, criteria, notes, missing, decisive }
    }

    /// The last stage before every pending criterion's, where something else is open too.
    fn stage_before_pending(&self, stages: &[(usize, Outcome)], open: &[OpenCriterion]) -> Option<String> {
        let pending = open.iter().filter(|open| open.pending);
        let first = pending
            .filter_map(|open| self.schema.tree.criteria.get(open.place))
            .map(|criterion| criterion.stage)
            .min()?;
        if open.iter().all(|open| open.pending) {
            return None;
        }
        let before = stages.iter().map(|(stage, _)| *stage).filter(|stage| *stage < first).max()?;
        Some(display::anchor_name(&self.schema.tree, before).to_owned())
    }

    fn stage_verdicts(&self, record: &Record, outcomes: &[(usize, Outcome)]) -> Vec<StageVerdict> {
        let mut anchors: Vec<usize> = outcomes.iter().map(|(stage, _)| *stage).collect();
        anchors.sort_unstable();
        anchors.dedup();
        let up_to = |anchor: usize| outcomes.iter().filter(move |(stage, _)| *stage <= anchor);
        anchors
            .into_iter()
            .map(|anchor| StageVerdict {
                stage: display::anchor_name(&self.schema.tree, anchor).to_owned(),
                reached: record.anchors.get(anchor).is_some_and(Option::is_some),
                verdict: screen::verdict(up_to(anchor).map(|(_, outcome)| *outcome)),
            })
            .collect()
    }
}

/// Every reason that a record could mend, with the criteria that give it.
fn missing(criteria: &[CriterionResult]) -> Vec<Missing> {
    let mut found: BTreeMap<(&str, UnknownCause), Vec<String>> = BTreeMap::new();
    for criterion in criteria {
        for Reason { item, why, .. } in &criterion.reasons {
            if matches!(why, UnknownCause::NotEncoded | UnknownCause::UndefinedArithmetic) {
                continue;
            }
            let ids = found.entry((item, *why)).or_default();
            if ids.last() != Some(&criterion.id) {
                ids.push(criterion.id.clone());
            }
        }
    }
    found.into_iter().map(|((item, why), criteria)| Missing { item: item.to_owned(), why, criteria }).collect()
}

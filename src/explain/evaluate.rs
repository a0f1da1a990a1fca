//! Everything there is to say of a record.

use std::collections::BTreeMap;

use super::minimal_sets::{self, OpenCriterion, Question};
use super::report::{CriterionResult, Evaluation, Missing, Note, Reason, StageVerdict, UnknownCause};
use crate::eval::Evaluator;
use crate::eval::conflict::as_read;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::screen;
use crate::explain::display;
use crate::ir::{INCOMPLETE, Outcome, Verdict};
use crate::record::model::Record;
use crate::tree::AnchorId;

/// What is evaluated and how hard. Fields may be added: write `EvalOptions { budget: 0, ..EvalOptions::default() }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalOptions {
    /// Leave out criteria whose stage is later than this anchor, as [`Evaluator::anchor`] gives it.
    pub stage: Option<AnchorId>,
    /// How many steps each search for decisive items may take; 0 leaves them out.
    pub budget: u32,
}

impl Default for EvalOptions {
    fn default() -> EvalOptions {
        EvalOptions { stage: None, budget: 100_000 }
    }
}

impl Evaluator {
    /// Everything there is to say of a record: every criterion's outcome with its evidence or reasons, the verdict at each
    /// stage, what is missing, and which of that could still decide. Values are in each fact's canonical unit.
    ///
    /// ```
    /// use eligc::{EvalOptions, Evaluator, Outcome, ReadOptions, UnknownCause, Verdict, compile};
    ///
    /// let evaluator = Evaluator::new(compile("demo.elig", "require [I7] sledai2k >= 7\nexclude [E9] any car_t")?)?;
    /// let record = evaluator.read(br#"{"id": "P-001", "facts": {"sledai2k": 10}}"#, &ReadOptions::default())?;
    /// let evaluation = evaluator.evaluate(&record, &EvalOptions::default());
    /// assert_eq!(evaluation.verdict, Verdict::Undetermined);
    /// let [severe, cells] = &evaluation.criteria[..] else { panic!("two criteria") };
    /// assert_eq!((severe.id.as_str(), severe.outcome), ("I7", Outcome::Pass));
    /// assert_eq!(severe.evidence[0].test, "sledai2k >= 7");
    /// assert_eq!((cells.id.as_str(), cells.outcome), ("E9", Outcome::Unknown));
    /// assert_eq!((cells.reasons[0].item.as_str(), cells.reasons[0].why), ("car_t", UnknownCause::OpenList));
    /// // The same as JSON, as `eligc eval --format json` writes it.
    /// let json = serde_json::to_value(&evaluation)?;
    /// assert_eq!(json["verdict"], "undetermined");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluate(&self, record: &Record, options: &EvalOptions) -> Evaluation {
        let masked = self.masked(record);
        let masked = masked.as_deref();
        let run = Run { evaluator: self, record: as_read(record, masked) };
        let incomplete = self.schema.tree.incomplete();
        let mut criteria = Vec::new();
        let mut stages = Vec::new();
        let mut open = Vec::new();
        let mut passing = Vec::new();
        for (place, (criterion, root)) in self.schema.tree.criteria.iter().zip(&self.roots).enumerate() {
            if options.stage.is_some_and(|stage| criterion.stage > stage) {
                continue;
            }
            let path = run.path(*root, EvalScope::Nothing);
            let outcome = screen::outcome(path.end);
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
                if let Some(masked) = masked {
                    reasons = self.in_conflict(masked, reasons);
                }
                let (id, reasons) = (criterion.id.clone(), reasons.clone());
                open.push(OpenCriterion { id, place, root: *root, pending, reasons });
            } else {
                if outcome == Outcome::Pass {
                    passing.push((place, *root));
                }
                evidence = run.evidence_of_path(path, EvalScope::Nothing, &criterion.statement);
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
            minimal_sets::decisive(&Question { evaluator: self, record: run.record, open, passing, stage, budget })
        } else {
            Vec::new()
        };
        let stages = self.stage_verdicts(record, &stages);
        let notes =
            self.schema.tree.notes.iter().map(|note| Note { id: note.id.clone(), text: note.text.clone() }).collect();
        let conflicts = self.conflicts_of(record, masked, &criteria);
        let not_read = self.not_read(record, options.stage);
        Evaluation { id: record.id.clone(), verdict, stages, criteria, notes, missing, decisive, conflicts, not_read }
    }

    /// The last stage before every pending criterion's, where something else is open too.
    fn stage_before_pending(&self, stages: &[(AnchorId, Outcome)], open: &[OpenCriterion]) -> Option<String> {
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

    fn stage_verdicts(&self, record: &Record, outcomes: &[(AnchorId, Outcome)]) -> Vec<StageVerdict> {
        let mut anchors: Vec<AnchorId> = outcomes.iter().map(|(stage, _)| *stage).collect();
        anchors.sort_unstable();
        anchors.dedup();
        let up_to = |anchor: AnchorId| outcomes.iter().filter(move |(stage, _)| *stage <= anchor);
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

/// Every reason that more on record could remove, with the criteria that give it.
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

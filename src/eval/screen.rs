//! The fast path: a verdict and nothing else.

use super::conflict::as_read;
use super::here::EvalScope;
use super::interpreter::Run;
use crate::eval::Evaluator;
use crate::ir::{Outcome, Verdict};
use crate::kleene::Tri;
use crate::record::model::Record;
use crate::tree::AnchorId;

impl Evaluator {
    /// The verdict over every criterion, and nothing else: it stops at the first that fails.
    ///
    /// ```
    /// use eligc::{Evaluator, ReadOptions, Verdict, compile};
    ///
    /// let evaluator = Evaluator::new(compile("demo.elig", "require [I11] platelets >= 20000 /uL")?)?;
    /// let record = br#"{"id": 1, "facts": {"platelets": {"value": 150, "unit": "10*9/L"}}}"#;
    /// let record = evaluator.read(record, &ReadOptions::default())?;
    /// assert_eq!(evaluator.screen(&record), Verdict::Eligible);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn screen(&self, record: &Record) -> Verdict {
        let masked = self.masked(record);
        let run = Run { evaluator: self, record: as_read(record, masked.as_deref()) };
        let mut verdict = Verdict::Eligible;
        for root in &self.roots {
            match run.follow(*root, EvalScope::Nothing) {
                Tri::Yes => {}
                Tri::No => return Verdict::Ineligible,
                Tri::Unknown => verdict = Verdict::Undetermined,
            }
        }
        verdict
    }

    /// The verdict over the criteria whose stage is the anchor `stage`, as [`Evaluator::anchor`] gives it, or an earlier one.
    pub fn screen_at(&self, record: &Record, stage: AnchorId) -> Verdict {
        let masked = self.masked(record);
        let run = Run { evaluator: self, record: as_read(record, masked.as_deref()) };
        let mut verdict = Verdict::Eligible;
        for (root, criterion) in self.roots.iter().zip(&self.schema.tree.criteria) {
            if criterion.stage > stage {
                continue;
            }
            match run.follow(*root, EvalScope::Nothing) {
                Tri::Yes => {}
                Tri::No => return Verdict::Ineligible,
                Tri::Unknown => verdict = Verdict::Undetermined,
            }
        }
        verdict
    }

    /// Every criterion's outcome, in order, into `outcomes`, and the verdict they add up to.
    pub fn outcomes(&self, record: &Record, outcomes: &mut Vec<Outcome>) -> Verdict {
        let masked = self.masked(record);
        let run = Run { evaluator: self, record: as_read(record, masked.as_deref()) };
        let mut verdict = Verdict::Eligible;
        outcomes.clear();
        outcomes.resize(self.roots.len(), Outcome::Pass);
        for (root, outcome) in self.roots.iter().zip(outcomes) {
            match run.follow(*root, EvalScope::Nothing) {
                Tri::Yes => {}
                Tri::No => {
                    *outcome = Outcome::Fail;
                    verdict = Verdict::Ineligible;
                }
                Tri::Unknown => {
                    *outcome = Outcome::Unknown;
                    if verdict == Verdict::Eligible {
                        verdict = Verdict::Undetermined;
                    }
                }
            }
        }
        verdict
    }
}

pub(crate) fn outcome(answer: Tri) -> Outcome {
    match answer {
        Tri::Yes => Outcome::Pass,
        Tri::No => Outcome::Fail,
        Tri::Unknown => Outcome::Unknown,
    }
}

/// The verdict that outcomes add up to.
pub(crate) fn verdict(outcomes: impl IntoIterator<Item = Outcome>) -> Verdict {
    outcomes.into_iter().fold(Verdict::Eligible, |verdict, outcome| match (verdict, outcome) {
        (Verdict::Ineligible, _) | (_, Outcome::Fail) => Verdict::Ineligible,
        (Verdict::Undetermined, _) | (_, Outcome::Unknown) => Verdict::Undetermined,
        (Verdict::Eligible, Outcome::Pass) => Verdict::Eligible,
    })
}

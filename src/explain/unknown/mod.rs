//! Why a test is unknown: what the record would have to give, or give more precisely.

mod course;
mod date;
mod dose;
mod entries;
mod fact;
mod operand;
mod reasons;
mod window;

pub(crate) use dose::adding;
pub(crate) use reasons::Reasons;

use super::report::UnknownCause;
use crate::eval::code::{CheckId, Target, Test};
use crate::eval::course::Asked;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::kleene::Tri;
use crate::tree;

impl<'a> Run<'a> {
    /// Why what begins at `root` is unknown.
    pub(crate) fn why_unknown(self, root: Target, here: EvalScope<'a>) -> Reasons {
        let mut reasons = Reasons::default();
        for check in self.unknown_checks(root, here) {
            reasons.extend(self.why(check, here));
        }
        reasons
    }

    /// The unknown tests to blame for an unknown end.
    pub(crate) fn unknown_checks(self, root: Target, here: EvalScope<'a>) -> Vec<CheckId> {
        let open = self.open_checks(root, here);
        if !open.is_empty() {
            return open;
        }
        self.path(root, here)
            .checks
            .into_iter()
            .filter(|(_, answer)| *answer == Tri::Unknown)
            .map(|(check, _)| check)
            .collect()
    }

    /// Why a test is unknown.
    pub(crate) fn why(self, check: CheckId, here: EvalScope<'a>) -> Reasons {
        let mut reasons = Reasons::default();
        let Some(general) = self.evaluator.generals.get(check) else {
            return reasons;
        };
        let tree = &self.evaluator.schema.tree;
        match general {
            Test::Compare { left, right, .. } => self.why_compare(check, left, right, here, &mut reasons),
            Test::Stretch { left, right, windows, .. } => {
                for (_, anchor) in windows {
                    self.why_anchor(*anchor, &mut reasons);
                }
                self.why_compare(check, left, right, here, &mut reasons);
                if reasons.list.is_empty() {
                    for (_, anchor) in windows {
                        self.why_coarse_anchor(*anchor, false, &mut reasons);
                    }
                }
            }
            Test::IsOneOf { subject: place, .. } | Test::IsYes { subject: place } => {
                self.why_place(place, here, &mut reasons, |_, _| {});
            }
            Test::Entries { kinds, choice, planned, .. } => {
                self.why_counts(kinds, *planned, &mut reasons);
                if let Some(choice) = choice {
                    self.why_chosen(kinds, choice, *planned, &mut reasons);
                }
            }
            Test::Course { kinds, filter: (), gap, distinct, planned, windows, .. } => {
                let asked = Asked { gap: *gap, windows, record: self.record };
                self.why_course(kinds, (*distinct, *planned), asked, &mut reasons);
            }
            Test::Window { of, relation, anchor, .. } => {
                self.why_window(of, relation, anchor, here, &mut reasons);
                if reasons.list.is_empty() {
                    let about = match self.test_of(check) {
                        Some(tree::Test::Window { anchor, .. }) => display::about(tree, anchor),
                        _ => String::new(),
                    };
                    self.why_scale(&about, of, relation, here, &mut reasons);
                }
            }
            Test::Judged { question } => {
                if let Some(question) = tree.questions.get(*question) {
                    let text = format!("the {} has not answered: {}", question.by, question.text);
                    reasons.add(format!("judgement {}", question.id), UnknownCause::NoJudgement, text);
                }
            }
            Test::Todo { .. } => {
                if let Some(tree::Test::Todo { text }) = self.test_of(check) {
                    reasons.add("todo", UnknownCause::NotEncoded, format!("not encoded yet: {text}"));
                }
            }
        }
        reasons
    }

    pub(crate) fn test_of(self, check: CheckId) -> Option<&'a tree::Test> {
        let (test, _) = self.evaluator.origins.get(check)?;
        self.evaluator.schema.tree.tests.get(*test)
    }

    /// What an item that belongs to the result or entry in scope is called.
    pub(super) fn item(self, here: EvalScope<'a>, part: &str) -> String {
        format!("{}.{part}", display::scope_name(&self.evaluator.schema.tree, here.scope()))
    }
}

//! Why a test of a fact's results, or of an attribute, is unknown.

use super::reasons::Reasons;
use crate::eval::code::{FactRead, Subject};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::ir::{Limit, Quantifier, Several, Spaced};
use crate::kleene::Tri;
use crate::record::model::{Observation, Slot, Value};
use crate::record::schema::Scope;
use crate::tree::AttributeId;

impl<'a> Run<'a> {
    /// What keeps a fact from being read at all.
    pub(super) fn why_fact(self, read: &FactRead, limit: Option<Limit>, reasons: &mut Reasons) {
        let name = display::fact_name(&self.evaluator.schema.tree, read.fact);
        if self.record.slot(read.fact) == Slot::Absent {
            reasons.add(name, UnknownCause::NoRecord, format!("`{name}` is not given"));
            self.why_filter_anchors(read.filter.root, reasons);
            return;
        }
        let mut definite = false;
        let mut undecided = Reasons::default();
        self.observations(read.fact, |observation| match self.member(read, observation) {
            Tri::No => {}
            Tri::Yes => {
                definite = true;
                self.why_lab(name, observation, limit, reasons);
            }
            Tri::Unknown => {
                let run = Run { evaluator: self.evaluator, record: self.record };
                undecided.extend(Run::why_unknown(
                    run,
                    read.filter.root,
                    EvalScope::Observation(read.fact, observation),
                ));
            }
        });
        if !definite && undecided.list.is_empty() {
            let text = format!("no result of `{name}` counts here{}", self.passed_over(read, ": "));
            reasons.add(name, UnknownCause::NoResultInWindow, text);
            self.why_filter_anchors(read.filter.root, reasons);
        } else if !definite {
            reasons.extend(undecided);
        }
    }

    pub(super) fn why_lab(self, name: &str, observation: &Observation, limit: Option<Limit>, reasons: &mut Reasons) {
        if observation.value == Value::Unknown {
            reasons.add(name, UnknownCause::NoValue, format!("a result of `{name}` has no value"));
            return;
        }
        let (given, part, words) = match limit {
            None => return,
            Some(Limit::Uln) => (observation.uln, "uln", "upper"),
            Some(Limit::Lln) => (observation.lln, "lln", "lower"),
        };
        if given.is_none() {
            let text = format!("a result of `{name}` has no {words} limit of normal");
            reasons.add(format!("{name}.{part}"), UnknownCause::NoReferenceLimit, text);
        }
    }

    /// What keeps the results of a fact from settling a comparison.
    pub(super) fn why_vague_fact(self, read: &FactRead, reasons: &mut Reasons) {
        let name = display::fact_name(&self.evaluator.schema.tree, read.fact);
        let mut values: Vec<Observation> = Vec::new();
        let mut undecided = Reasons::default();
        let mut look = |observation: &Observation| {
            values.push(*observation);
            if let Value::Number(number) = observation.value
                && number.comparator.is_some()
            {
                let text = format!("a result of `{name}` is given only as a limit");
                reasons.add(name, UnknownCause::Censored, text);
            }
            if let Value::Date(date) = observation.value
                && date.days().as_day().is_none()
            {
                reasons.add(name, UnknownCause::DateTooCoarse, format!("`{name}` is known only as {date}"));
            }
            if self.member(read, observation) == Tri::Unknown {
                let run = Run { evaluator: self.evaluator, record: self.record };
                undecided.extend(Run::why_unknown(
                    run,
                    read.filter.root,
                    EvalScope::Observation(read.fact, observation),
                ));
            }
        };
        if read.quantifier.reads_all() {
            self.observations(read.fact, &mut look);
        } else {
            self.latest(read, look);
        }
        reasons.extend(undecided);
        self.why_order(read, name, reasons);
        let differ = !read.quantifier.reads_all()
            && values.windows(2).any(|pair| match pair {
                [a, b] => a.value != b.value,
                _ => false,
            });
        if differ {
            let which = if read.quantifier == Quantifier::First { "first" } else { "latest" };
            let text = format!("results of `{name}` differ, and it is not told which is the {which}");
            reasons.add(name, UnknownCause::ConflictingResults, text);
        }
    }

    /// What keeps the order of results from being told, where it is asked, or of which value each is.
    fn why_order(self, read: &FactRead, name: &str, reasons: &mut Reasons) {
        let spaced = match read.quantifier {
            Quantifier::Several(Several { spaced, .. }) => spaced != Spaced::Free,
            Quantifier::Latest
            | Quantifier::First
            | Quantifier::Highest
            | Quantifier::Lowest
            | Quantifier::Any
            | Quantifier::Every => false,
        };
        if !spaced && read.by.is_none() {
            return;
        }
        let (mut undated, mut coarse) = (false, false);
        let mut unnamed = None;
        self.observations(read.fact, |observation| {
            if self.member(read, observation) == Tri::No {
                return;
            }
            undated |= observation.at.is_none();
            coarse |= observation.at.is_some_and(|at| at.days().as_day().is_none());
            if let Some(Some(by)) = read.by
                && self.record.attribute(observation.attributes, by).is_none()
            {
                unnamed = self.evaluator.schema.attribute(Scope::Fact(read.fact), by).map(|by| by.name.clone());
            }
        });
        if undated {
            reasons.add(format!("{name}.at"), UnknownCause::DateTooCoarse, format!("a result of `{name}` has no date"));
        } else if coarse {
            let text = format!("a result of `{name}` is dated by its month or year only");
            reasons.add(format!("{name}.at"), UnknownCause::DateTooCoarse, text);
        }
        if let Some(by) = unnamed {
            let item = format!("{name}.{by}");
            let text = format!("`{item}` is not given");
            reasons.add(item, UnknownCause::AttributeMissing, text);
        }
        if reasons.list.is_empty() {
            let text = format!("results of `{name}` differ, and their order is not told");
            reasons.add(name, UnknownCause::ConflictingResults, text);
        }
    }

    pub(super) fn attribute_item(self, index: Option<AttributeId>, here: EvalScope<'a>) -> String {
        let scope = here.scope();
        let name = index
            .and_then(|index| self.evaluator.schema.attribute(scope, index))
            .map_or("attribute", |attribute| attribute.name.as_str());
        self.item(here, name)
    }

    pub(super) fn why_attribute(self, index: Option<AttributeId>, here: EvalScope<'a>, reasons: &mut Reasons) {
        if self.attribute(index, here).is_none() {
            let item = self.attribute_item(index, here);
            let text = format!("`{item}` is not given");
            reasons.add(item, UnknownCause::AttributeMissing, text);
        }
    }

    /// Why a coded, yes/no or date place is unknown; `vague` is tested on the values that are there.
    pub(super) fn why_place(
        self,
        place: &Subject,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
        vague: impl Fn(&Value, &mut Reasons),
    ) {
        match place {
            Subject::Attribute(index) => {
                self.why_attribute(*index, here, reasons);
                if let Some(value) = self.attribute(*index, here) {
                    vague(&value, reasons);
                }
            }
            Subject::Fact(read) => {
                self.why_fact(read, None, reasons);
                if reasons.list.is_empty() {
                    self.observations(read.fact, |observation| vague(&observation.value, reasons));
                }
                if reasons.list.is_empty() {
                    self.why_vague_fact(read, reasons);
                }
            }
        }
    }
}

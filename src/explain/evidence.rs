//! What decided a known outcome, in words and as data.

use super::derived;
use super::partial_eval::Path;
use super::report::{Evidence, EvidenceItem};
use crate::eval::code::{CheckId, Constant, FactRead, Operand, OperandKind, Subject, Target, Test, TimeOf};
use crate::eval::course::Asked;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::quantity::Bounds;
use crate::eval::recorded_total::worked_out_from;
use crate::eval::time;
use crate::explain::{display, found};
use crate::ir::Quantifier;
use crate::kleene::Tri;
use crate::number::{Comparison, Interval, Rational};
use crate::record::model::{Observation, Slot};
use crate::tree;
use crate::tree::{AttributeId, KindId};

/// So many results that do not count are named.
const MAX_PASSED_OVER: usize = 3;

impl<'a> Run<'a> {
    /// Evidence of a known end: the tests that are enough for it.
    ///
    /// The criterion's statement tells how a worked-out value is called.
    pub(crate) fn evidence(self, root: Target, here: EvalScope<'a>, statement: &str) -> Vec<Evidence> {
        self.evidence_of_path(self.path(root, here), here, statement)
    }

    /// The same where the path to the end is known already.
    pub(crate) fn evidence_of_path(self, path: Path, here: EvalScope<'a>, statement: &str) -> Vec<Evidence> {
        self.sufficient(path)
            .into_iter()
            .filter_map(|(check, answer)| self.evidence_of(check, answer, here, statement))
            .collect()
    }

    fn evidence_of(self, check: CheckId, answer: bool, here: EvalScope<'a>, statement: &str) -> Option<Evidence> {
        let general = self.evaluator.generals.get(check)?;
        let test = self.test_of(check)?;
        let tree = &self.evaluator.schema.tree;
        let mut evidence = Evidence {
            item: String::new(),
            test: display::test(tree, test),
            answer,
            found: Vec::new(),
            windows: Vec::new(),
            text: String::new(),
        };
        match general {
            Test::Compare { left, op, right } => {
                self.collect(left, here, &mut evidence.found);
                self.collect(right, here, &mut evidence.found);
                evidence.item = evidence.found.first().map_or_else(String::new, |found| found.name.clone());
                self.compare_text(&mut evidence, test, (left, *op, right), here, statement);
                self.add_passed_over(left, &mut evidence.text);
                self.add_passed_over(right, &mut evidence.text);
            }
            Test::IsOneOf { subject: place, .. } => {
                evidence.item = self.place_name(place, here);
                self.collect_place(place, here, &mut evidence.found);
                let found = found_texts(&evidence.found, " is ");
                let wanted = match test {
                    tree::Test::IsOneOf { values, .. } => values.join(" or "),
                    _ => String::new(),
                };
                let chosen = matches!(place, Subject::Fact(read) if chooses(read));
                evidence.text = match (chosen, answer) {
                    (true, true) => format!("{found}: {}", evidence.test),
                    (true, false) => format!("{found}: not {}", evidence.test),
                    (false, true) => found,
                    (false, false) => format!("{found}, not {wanted}"),
                };
                self.add_passed_over_place(place, &mut evidence.text);
            }
            Test::IsYes { subject: place } => {
                evidence.item = self.place_name(place, here);
                self.collect_place(place, here, &mut evidence.found);
                evidence.text = if evidence.found.is_empty() {
                    format!("{} is not given, which means no", evidence.item)
                } else {
                    found_texts(&evidence.found, " is ")
                };
                self.add_passed_over_place(place, &mut evidence.text);
            }
            Test::Entries { kinds, choice: Some(choice), planned, op, .. } => {
                self.chosen_evidence(&mut evidence, kinds, choice, *planned, *op);
            }
            Test::Entries { kinds, choice: None, planned, op, count, .. } => {
                self.entries_evidence(&mut evidence, kinds, *planned, (*op, *count), statement);
            }
            Test::Course { kinds, filter: (), gap, distinct, planned, op, count: _, windows } => {
                let asked = Asked { gap: *gap, windows, record: self.record };
                let counting = answer == (*op == Comparison::Ge);
                self.course_evidence(&mut evidence, kinds, (*distinct, *planned, counting), asked, statement);
            }
            Test::Window { of, relation, anchor, .. } => {
                let half_life = if time::needs_half_life(relation) { self.half_life(here) } else { None };
                let given = self.anchor_time(anchor);
                let tree::Test::Window { anchor: words, .. } = test else { return None };
                let window = display::window(tree, relation, words, &given, half_life.as_ref());
                let not = if answer { "" } else { "not " };
                let words = display::window_text(&window);
                match of.value() {
                    None if matches!(of, TimeOf::Anchor(_)) => {
                        let TimeOf::Anchor(other) = of else { return None };
                        let name = format!("anchor {}", display::anchor_name(tree, *other));
                        let at = self.record.anchor(*other).map(|date| date.to_string());
                        evidence.text = format!("{name} on {}: {not}{words}", at.as_deref().unwrap_or_default());
                        evidence.item.clone_from(&name);
                        evidence.found.push(EvidenceItem { name, at, ..EvidenceItem::default() });
                    }
                    None => {
                        evidence.item = display::scope_name(tree, here.scope()).to_owned();
                        evidence.text = format!("{not}{words}");
                    }
                    Some(place) => {
                        evidence.item = self.place_name(&place, here);
                        self.collect_place(&place, here, &mut evidence.found);
                        evidence.text = format!("{}: {not}{words}", found_texts(&evidence.found, " "));
                    }
                }
                evidence.windows.push(window);
            }
            Test::Stretch { left, op, right, windows } => {
                self.collect_days(left, right, &mut evidence.found);
                self.collect(left, here, &mut evidence.found);
                self.collect(right, here, &mut evidence.found);
                self.stretch_evidence(&mut evidence, (left, *op, right), windows);
            }
            Test::Judged { question } => {
                let question = tree.questions.get(*question)?;
                evidence.item = format!("judgement {}", question.id);
                let word = if answer { "yes" } else { "no" };
                evidence.text = format!("the {} answered {word}: {}", question.by, question.text);
            }
            Test::Todo { .. } => return None,
        }
        Some(evidence)
    }

    fn place_name(self, place: &Subject, here: EvalScope<'a>) -> String {
        let tree = &self.evaluator.schema.tree;
        match place {
            Subject::Fact(read) => display::fact_name(tree, read.fact).to_owned(),
            Subject::Attribute(index) => index
                .and_then(|index| self.evaluator.schema.attribute(here.scope(), index))
                .map(|attribute| attribute.name.clone())
                .unwrap_or_default(),
        }
    }

    fn collect_place(self, place: &Subject, here: EvalScope<'a>, found: &mut Vec<EvidenceItem>) {
        match place {
            Subject::Fact(read) => self.collect_fact(read, found),
            Subject::Attribute(index) => self.collect_attribute(*index, here, found),
        }
    }

    fn collect_attribute(self, index: Option<AttributeId>, here: EvalScope<'a>, found: &mut Vec<EvidenceItem>) {
        let Some(value) = self.attribute(index, here) else {
            return;
        };
        let name = self.place_name(&Subject::Attribute(index), here);
        let unit = found::value_type(self.evaluator, here.scope(), index).and_then(display::unit_of).map(str::to_owned);
        let charted = self.charted(&value, here.scope(), index);
        let value = self.shown(&value, here.scope(), index);
        let attribute = EvidenceItem { name, value, unit, charted, ..EvidenceItem::default() };
        if !found.contains(&attribute) {
            found.push(attribute);
        }
    }

    fn collect_fact(self, read: &FactRead, found: &mut Vec<EvidenceItem>) {
        // A formula may read a fact twice; its results are listed once.
        let name = display::fact_name(&self.evaluator.schema.tree, read.fact);
        let again = found.iter().any(|found| found.name == name);
        let mut add = |observation: &Observation| {
            let observation = self.found_lab(read.fact, observation);
            if !again || !found.contains(&observation) {
                found.push(observation);
            }
        };
        if read.quantifier.reads_all() {
            self.observations(read.fact, |observation| {
                if self.member(read, observation) != Tri::No {
                    add(observation);
                }
            });
        } else {
            self.latest(read, add);
        }
    }

    /// The results and attributes that a quantity is made of.
    fn collect(self, quantity: &'a Operand, here: EvalScope<'a>, found: &mut Vec<EvidenceItem>) {
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, _) => self.collect_fact(read, found),
            OperandKind::Attribute(index) => self.collect_attribute(*index, here, found),
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.collect(otherwise, here, found),
                _ => {
                    self.collect_fact(read, found);
                    if worked_out_from(otherwise).is_some_and(|dose| self.outdated(read, dose).is_some()) {
                        self.collect(otherwise, here, found);
                    }
                }
            },
            OperandKind::DailyDose(dose) => self.collect_dose(dose, found),
            OperandKind::Age(age) => match &age.recorded {
                Some(read) if self.record.slot(read.fact) != Slot::Absent => self.collect_fact(read, found),
                _ => self.observations(age.from, |observation| {
                    let observation = self.found_lab(age.from, observation);
                    if !found.contains(&observation) {
                        found.push(observation);
                    }
                }),
            },
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.collect(inner, here, found)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.follow(*condition, here);
                if answer != Tri::No {
                    self.collect(then, here, found);
                }
                if answer != Tri::Yes {
                    self.collect(otherwise, here, found);
                }
            }
        }
    }

    /// `platelets 150 10*9/L at 2026-02-27 is >= 20 10*9/L`; of a formula also what it comes to.
    fn compare_text(
        self,
        evidence: &mut Evidence,
        test: &tree::Test,
        (left, op, right): (&'a Operand, Comparison, &'a Operand),
        here: EvalScope<'a>,
        statement: &str,
    ) {
        let tree = &self.evaluator.schema.tree;
        let tree::Test::Compare { left: left_words, .. } = test else {
            return;
        };
        let found: Vec<String> = evidence.found.iter().map(found::found_text).collect();
        let found = found.join(", ");
        let is = if evidence.answer { "is" } else { "is not" };
        let bound = || {
            let text = evidence.test.split_once(&format!(" {} ", op.symbol()));
            format!("{} {}", op.symbol(), text.map_or("", |(_, bound)| bound))
        };
        let given = match &left.kind {
            OperandKind::Fact(_, None) => true,
            OperandKind::Coalesce { read, .. } => self.record.slot(read.fact) != Slot::Absent,
            _ => false,
        };
        if let OperandKind::Fact(read, _) = &left.kind
            && chooses(read)
        {
            // Which of them it is true of is told by the test.
            let not = if evidence.answer { "" } else { "not " };
            evidence.text = format!("{found}: {not}{}", evidence.test);
            return;
        }
        evidence.text = match (&left.kind, &right.kind) {
            (_, OperandKind::Number(_)) if given => format!("{found} {is} {}", bound()),
            (OperandKind::Fact(_, Some(_)), OperandKind::Number(_)) => {
                let limit = |found: &EvidenceItem| match (&found.uln, &found.lln) {
                    (Some(uln), _) if evidence.test.ends_with("ULN") => {
                        format!(" (ULN {})", found::limit_text(uln, found))
                    }
                    (_, Some(lln)) if evidence.test.ends_with("LLN") => {
                        format!(" (LLN {})", found::limit_text(lln, found))
                    }
                    _ => String::new(),
                };
                let found: Vec<String> =
                    evidence.found.iter().map(|one| format!("{}{}", found::found_text(one), limit(one))).collect();
                format!("{} {is} {}", found.join(", "), bound())
            }
            (OperandKind::Attribute(_), OperandKind::Number(_)) => format!("{found} {is} {}", bound()),
            _ => {
                let worked = match &right.kind {
                    OperandKind::Number(Constant { exact: bound, .. }) => {
                        derived::shown(tree, left_words, op, bound, statement)
                    }
                    _ => derived::FormulaDisplay {
                        words: display::operand(tree, left_words),
                        unit: None,
                        factor: Rational::one(),
                    },
                };
                let unit = worked.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
                let comes_to = |side: &'a Operand| self.comes_to(side, here, &worked.factor);
                let right_text = match &right.kind {
                    OperandKind::Number(_) => comes_to(right),
                    _ => format!("{} ({})", comes_to(right), bound_words(test, tree)),
                };
                // Both sides of an age are in its completed units.
                let unit = match &left_words.kind {
                    tree::OperandKind::Age(age) => format!(" {}", age.unit.plural()),
                    _ => unit,
                };
                let from = if found.is_empty() { String::new() } else { format!(" ({found})") };
                let words = &worked.words;
                format!("{words} {}{unit}{from} {is} {} {right_text}{unit}", comes_to(left), op.symbol())
            }
        };
    }

    /// What a quantity comes to, times a factor: in doubles where these show all the digits that are shown.
    fn comes_to(self, quantity: &'a Operand, here: EvalScope<'a>, factor: &Rational) -> String {
        if let Some(middle) = self.approx(quantity, here).and_then(Bounds::middle) {
            return display::rounded(middle * factor.to_f64());
        }
        let times = |value: Interval| value.mul(&Interval::point(factor.clone()));
        self.exact(quantity, here).map_or_else(|| "unknown".to_owned(), |value| display::range(&times(value)))
    }

    fn add_passed_over_place(self, place: &Subject, text: &mut String) {
        if let Subject::Fact(read) = place {
            text.push_str(&self.passed_over(read, "; passed over: "));
        }
    }

    fn add_passed_over(self, quantity: &Operand, text: &mut String) {
        if let OperandKind::Fact(read, _) = &quantity.kind {
            text.push_str(&self.passed_over(read, "; passed over: "));
        }
    }

    /// The results that do not count, each with why; nothing where all do.
    pub(crate) fn passed_over(self, read: &FactRead, before: &str) -> String {
        let mut over: Vec<Observation> = Vec::new();
        self.observations(read.fact, |observation| {
            if self.member(read, observation) == Tri::No {
                over.push(*observation);
            }
        });
        // The newest first: of those it is asked.
        over.sort_by_key(|observation| std::cmp::Reverse(observation.at.map_or(i64::MIN, |at| at.last_instant())));
        let more = over.len().saturating_sub(MAX_PASSED_OVER);
        let mut texts: Vec<String> = Vec::new();
        for observation in over.iter().take(MAX_PASSED_OVER) {
            let run = Run { evaluator: self.evaluator, record: self.record };
            let why = Run::evidence(run, read.filter.root, EvalScope::Observation(read.fact, observation), "");
            let why: Vec<&str> = why.iter().map(|why| why.text.as_str()).collect();
            let head = found::found_text(&self.found_lab(read.fact, observation));
            texts.push(if why.is_empty() { head } else { format!("{head}: {}", why.join(" and ")) });
        }
        if more > 0 {
            texts.push(format!("and {more} more"));
        }
        if texts.is_empty() { String::new() } else { format!("{before}{}", texts.join("; ")) }
    }

    /// Entries that count, or why those there are do not.
    fn entries_evidence(
        self,
        evidence: &mut Evidence,
        kinds: &[(KindId, Target)],
        planned: bool,
        (op, count): (Comparison, u32),
        statement: &str,
    ) {
        let tree = &self.evaluator.schema.tree;
        // `at least` answered yes, or `at most` answered no, rests on entries that count; else on those that do not.
        let counting = evidence.answer == (op == Comparison::Ge);
        let mut texts = Vec::new();
        let mut empty = Vec::new();
        for (kind, filter) in kinds {
            let name = display::scope_name(tree, crate::record::schema::Scope::Kind(*kind));
            if evidence.item.is_empty() {
                name.clone_into(&mut evidence.item);
            }
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            if slot.count == 0 {
                empty.push(name);
            }
            for entry in self.record.entries(slot) {
                let here = EvalScope::Entry(*kind, entry);
                let answer = self.counts(*kind, entry, *filter, planned);
                if (answer == Tri::Yes) != counting || answer == Tri::Unknown {
                    continue;
                }
                let found = self.found_entry(*kind, entry);
                let passed_over = !planned && entry.planned == Some(true);
                let inner = if passed_over { Vec::new() } else { self.evidence(*filter, here, statement) };
                let mut reasons: Vec<&str> = inner.iter().map(|inner| inner.text.as_str()).collect();
                if passed_over {
                    reasons.push("only planned");
                }
                let head = found::found_text(&found);
                texts.push(if reasons.is_empty() { head } else { format!("{head}: {}", reasons.join(" and ")) });
                for window in inner.into_iter().flat_map(|inner| inner.windows) {
                    if !evidence.windows.contains(&window) {
                        evidence.windows.push(window);
                    }
                }
                evidence.found.push(found);
            }
        }
        if !counting && !empty.is_empty() {
            texts.push(format!("none recorded: {}", found::shortened(&empty)));
        }
        if count > 1 || texts.is_empty() {
            let not = if evidence.answer { "" } else { "not " };
            texts.push(format!("{not}{}", evidence.test));
        }
        evidence.text = texts.join("; ");
    }
}

/// Whether results are counted, or the latest of each value is meant: not all that are found have a part in the answer.
fn chooses(read: &FactRead) -> bool {
    read.by.is_some() || matches!(read.quantifier, Quantifier::Several(_))
}

/// The right side of a comparison in words.
fn bound_words(test: &tree::Test, tree: &tree::DecisionTree) -> String {
    match test {
        tree::Test::Compare { right, .. } => display::operand(tree, right),
        _ => String::new(),
    }
}

/// `ana is negative, ana is positive`.
fn found_texts(found: &[EvidenceItem], verb: &str) -> String {
    let texts: Vec<String> = found
        .iter()
        .map(|found| {
            let value = found.value.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
            let at = found.at.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
            format!("{}{verb}{value}{at}", found.name)
        })
        .collect();
    texts.join(", ")
}

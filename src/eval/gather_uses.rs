//! What the tests of a program look at, gathered.

use std::collections::HashSet;

use super::code::{
    CheckId, CodeStage, Constant, Date, FactRead, Operand, OperandKind, Target, Test, TimeOf, WindowAnchor,
};
use super::dose::Places;
use super::evaluator::Evaluator;
use super::uses::{Dependency, Spot, Uses};
use crate::ir::{Child, DoseDay, Id, Relation};
use crate::number::Comparison;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, DecisionTree, KindId};

impl Uses {
    pub(crate) fn of(evaluator: &Evaluator) -> Uses {
        let mut uses = Uses::default();
        let mut asked = HashSet::new();
        for root in evaluator.roots.iter().chain(&evaluator.edits.roots) {
            let (mut subjects, mut reached) = (HashSet::new(), HashSet::new());
            Walk { evaluator, seen: HashSet::new(), subjects: &mut subjects, reached: &mut reached }.target(*root);
            uses.criteria.push(subjects);
            // Where a planned entry has begun, nothing is decided, so that no way to a verdict leads over it.
            if !evaluator.edits.planned_roots.contains(root) {
                asked.extend(reached.iter().map(|check| check.place()));
            }
        }
        for (place, (general, (_, scope))) in evaluator.generals.iter().zip(&evaluator.origins).enumerate() {
            if asked.contains(&place) {
                uses.see(general, *scope, &evaluator.schema.tree);
            }
        }
        uses
    }

    fn see(&mut self, general: &Test, scope: Scope, tree: &DecisionTree) {
        match general {
            Test::Compare { left, op, right } => {
                self.compare(left, *op, right, scope);
                self.doses(left, right, &[], tree);
            }
            Test::Stretch { left, op, right, windows } => {
                self.compare(left, *op, right, scope);
                self.doses(left, right, windows, tree);
            }
            Test::Entries { kinds, count, choice, .. } => {
                let among = choice.iter().flat_map(|choice| kinds.iter().zip(&choice.among));
                for ((kind, _), target) in among {
                    self.filters.entry(Scope::Kind(*kind)).or_default().insert(*target);
                }
                for (kind, filter) in kinds {
                    let most = self.counted.entry(*kind).or_default();
                    *most = (*most).max(count.saturating_add(1));
                    self.filters.entry(Scope::Kind(*kind)).or_default().insert(*filter);
                }
            }
            Test::Course { kinds, gap, windows, .. } => {
                let dated: Vec<_> =
                    windows.iter().map(|(relation, anchor)| (relation.clone(), WindowAnchor::Date(*anchor))).collect();
                let together: Vec<KindId> = kinds.iter().map(|(kind, _)| *kind).collect();
                for (kind, filter) in kinds {
                    self.windows.entry(Scope::Kind(*kind)).or_default().extend(dated.clone());
                    self.filters.entry(Scope::Kind(*kind)).or_default().insert(*filter);
                    // Two that touch may be what is asked for.
                    let most = self.counted.entry(*kind).or_default();
                    *most = (*most).max(2);
                    self.courses.entry(*kind).or_default().push((*gap, together.clone()));
                }
            }
            Test::Window { of, relation, anchor, .. } => {
                let window = (relation.clone(), anchor.clone());
                for (kind, filter) in anchor.entry().iter().flat_map(|point| &point.kinds) {
                    self.anchoring.insert(*kind);
                    self.filters.entry(Scope::Kind(*kind)).or_default().insert(*filter);
                }
                match of {
                    TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => {
                        self.windows.entry(scope).or_default().push(window);
                    }
                    TimeOf::Fact(read) => self.dates.entry(Spot::Fact(read.fact)).or_default().push(window),
                    TimeOf::Attribute(Date::Own(Some(index))) => {
                        self.dates.entry(Spot::Attribute(scope, *index)).or_default().push(window);
                    }
                    TimeOf::Attribute(Date::Own(None)) | TimeOf::Anchor(_) => {}
                }
            }
            Test::IsOneOf { .. } | Test::IsYes { .. } | Test::Judged { .. } | Test::Todo { .. } => {}
        }
        general.reads(&mut |read| self.read(read));
    }

    /// What the daily doses in a comparison look at: the entries, when they are, and what they say of their dose.
    fn doses(&mut self, left: &Operand, right: &Operand, windows: &[(Relation, AnchorId)], tree: &DecisionTree) {
        let mut numbers = Vec::new();
        for side in [left, right] {
            side.walk(&mut |part| {
                if let OperandKind::Number(Constant { exact, .. }) = &part.kind {
                    numbers.push(exact.clone());
                }
            });
        }
        for side in [left, right] {
            side.walk(&mut |part| {
                let OperandKind::DailyDose(dose) = &part.kind else { return };
                for (kind, filter) in &dose.kinds {
                    let scope = Scope::Kind(*kind);
                    let most = self.counted.entry(*kind).or_default();
                    *most = (*most).max(1);
                    self.filters.entry(scope).or_default().insert(*filter);
                    self.dosed.insert(*kind);
                    if let Some(declared) = tree.kinds.get(*kind) {
                        let places = Places::of(declared, dose.reference.as_deref());
                        for place in [places.dose, places.recorded].into_iter().flatten() {
                            let spot = Spot::Attribute(scope, place);
                            self.numbers.entry(spot).or_default().extend(numbers.iter().cloned());
                            self.formulas.insert(spot);
                        }
                        let since = places.since.map(|since| Spot::Attribute(scope, since));
                        for (spot, anchor) in since.into_iter().zip(dose.day.anchor()) {
                            self.dates.entry(spot).or_default().push((Relation::UpTo, WindowAnchor::Date(anchor)));
                        }
                    }
                    let here = self.windows.entry(scope).or_default();
                    match &dose.day {
                        DoseDay::At(anchor) => here.push((Relation::Current, WindowAnchor::Date(*anchor))),
                        DoseDay::Highest(relation, anchor) | DoseDay::Lowest(relation, anchor) => {
                            here.push((relation.clone(), WindowAnchor::Date(*anchor)));
                        }
                        DoseDay::Each => {
                            here.extend(windows.iter().map(|(how, anchor)| (how.clone(), WindowAnchor::Date(*anchor))));
                        }
                    }
                }
            });
        }
    }

    fn read(&mut self, read: &FactRead) {
        self.filters.entry(Scope::Fact(read.fact)).or_default().insert(read.filter.root);
        if read.quantifier.reads_all() {
            self.several.insert(read.fact);
        }
    }

    fn compare(&mut self, left: &Operand, op: Comparison, right: &Operand, scope: Scope) {
        let mut numbers = Vec::new();
        for side in [left, right] {
            side.walk(&mut |part| {
                if let OperandKind::Number(Constant { exact, .. }) = &part.kind {
                    numbers.push(exact.clone());
                }
            });
        }
        if let OperandKind::Number(Constant { exact, .. }) = &right.kind {
            numbers.extend(op.turns(exact).into_iter().filter(|number| number != exact));
        }
        let plain = matches!(left.kind, OperandKind::Fact(..) | OperandKind::Attribute(_))
            && matches!(right.kind, OperandKind::Number(_));
        for side in [left, right] {
            side.walk(&mut |part| {
                let spot = match &part.kind {
                    OperandKind::Fact(read, Some(_)) => {
                        self.ratios.entry(read.fact).or_default().extend(numbers.iter().cloned());
                        if plain {
                            return;
                        }
                        Spot::Fact(read.fact)
                    }
                    OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. } => Spot::Fact(read.fact),
                    OperandKind::Attribute(Some(index)) => Spot::Attribute(scope, *index),
                    OperandKind::Age(age) => {
                        let ages = self.ages.entry(age.from).or_default();
                        ages.extend(numbers.iter().map(|number| (age.to, number.clone())));
                        let Some(read) = &age.recorded else { return };
                        // The bound is in the unit that is asked for, the recorded age in its own.
                        Spot::Fact(read.fact)
                    }
                    OperandKind::Number(_)
                    | OperandKind::DailyDose(_)
                    | OperandKind::Attribute(None)
                    | OperandKind::Add(..)
                    | OperandKind::Subtract(..)
                    | OperandKind::Multiply(..)
                    | OperandKind::Divide(..)
                    | OperandKind::Power(..)
                    | OperandKind::Min(_)
                    | OperandKind::Max(_)
                    | OperandKind::If { .. } => return,
                };
                self.numbers.entry(spot).or_default().extend(numbers.iter().cloned());
                if !plain {
                    self.formulas.insert(spot);
                }
            });
        }
    }
}

/// Everything behind a node.
struct Walk<'p, 's> {
    evaluator: &'p Evaluator,
    seen: HashSet<Target>,
    subjects: &'s mut HashSet<Dependency>,
    reached: &'s mut HashSet<CheckId>,
}

impl Walk<'_, '_> {
    fn target(&mut self, root: Target) {
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            let Some(node) = self.evaluator.nodes.get(at.0 as usize) else {
                continue;
            };
            if self.seen.insert(at) {
                self.reached.insert(node.check);
                open.extend([node.yes, node.no, node.unknown]);
                self.check(node.check);
            }
        }
    }

    fn check(&mut self, check: CheckId) {
        let Some(test) = self.evaluator.generals.get(check) else {
            return;
        };
        match test {
            Test::Window { of, anchor, .. } => {
                if let TimeOf::Anchor(other) = of {
                    self.subjects.insert(Dependency::Anchor(*other));
                }
                self.subjects.extend(anchor.date().map(Dependency::Anchor));
            }
            Test::Course { windows, .. } | Test::Stretch { windows, .. } => {
                self.subjects.extend(windows.iter().map(|(_, anchor)| Dependency::Anchor(*anchor)));
            }
            Test::Judged { question } => {
                self.subjects.insert(Dependency::Question(*question));
            }
            Test::Compare { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Entries { .. }
            | Test::Todo { .. } => {}
        }
        test.children(&mut |child| self.child(child));
    }

    fn child(&mut self, child: Child<'_, CodeStage>) {
        match child {
            Child::Operand(operand) => {
                if let OperandKind::Age(age) = &operand.kind {
                    self.subjects.insert(Dependency::Fact(age.from));
                    self.subjects.insert(Dependency::Anchor(age.to));
                }
                if let OperandKind::DailyDose(dose) = &operand.kind {
                    self.subjects.extend(dose.day.anchor().map(Dependency::Anchor));
                }
                operand.children(&mut |child| self.child(child));
            }
            Child::Read(read) => {
                self.subjects.insert(Dependency::Fact(read.fact));
                self.target(read.filter.root);
            }
            Child::Condition(condition) => self.target(*condition),
            Child::Among(_, targets) => targets.iter().for_each(|target| self.target(*target)),
            Child::Entries(kinds, ()) => {
                for (kind, filter) in kinds {
                    self.subjects.insert(Dependency::Kind(*kind));
                    self.target(*filter);
                }
            }
        }
    }
}

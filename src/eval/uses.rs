//! What the tests of a program look at: for each value the bounds it meets, for each date the windows it stands in,
//! for each criterion all that it could depend on.

use std::collections::{HashMap, HashSet};

use crate::ir::{Quantifier, Relation};
use crate::number::Rational;

use super::code::{General, Place, Quantity, Read, Target, WindowOf};
use crate::eval::Program;
use crate::record::schema::Scope;

/// A value: of a fact, or of an attribute of its results or of a kind's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Spot {
    Fact(u32),
    Attribute(Scope, u32),
}

/// Something a criterion depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Fact(u32),
    Kind(u32),
    Anchor(u32),
    Question(u32),
}

/// What the tests look at.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// The numbers that a value is compared with, or with which it stands in one formula.
    pub(crate) numbers: HashMap<Spot, Vec<Rational>>,
    /// The values that stand in a formula.
    pub(crate) formulas: HashSet<Spot>,
    /// The multiples of a limit of normal that a fact is compared with.
    pub(crate) ratios: HashMap<u32, Vec<Rational>>,
    /// The windows of a fact's results, or of a kind's entries.
    pub(crate) windows: HashMap<Scope, Vec<(Relation, u32)>>,
    /// The windows of date facts and date attributes.
    pub(crate) dates: HashMap<Spot, Vec<(Relation, u32)>>,
    /// Date facts that ages are counted from, each with its anchor and a number of the comparison.
    pub(crate) ages: HashMap<u32, Vec<(u32, Rational)>>,
    /// The most entries of a kind that some test counts up to.
    pub(crate) counted: HashMap<u32, u32>,
    /// The filters that are asked of a fact's results, or of a kind's entries.
    pub(crate) filters: HashMap<Scope, HashSet<Target>>,
    /// The facts that `any` or `every` is asked of.
    pub(crate) several: HashSet<u32>,
    /// For each criterion, what it depends on.
    pub(crate) criteria: Vec<HashSet<Subject>>,
}

impl Uses {
    pub(crate) fn of(program: &Program) -> Uses {
        let mut uses = Uses::default();
        for (general, (_, scope)) in program.generals.iter().zip(&program.origins) {
            uses.see(general, *scope);
        }
        for root in &program.roots {
            let mut subjects = HashSet::new();
            Walk { program, seen: HashSet::new(), subjects: &mut subjects }.target(*root);
            uses.criteria.push(subjects);
        }
        uses
    }

    fn see(&mut self, general: &General, scope: Scope) {
        match general {
            General::Compare { left, right, .. } => self.compare(left, right, scope),
            General::Among { place, .. } | General::IsYes { place } => self.place(place),
            General::Entries { kinds, count, .. } => {
                for (kind, filter) in kinds {
                    let most = self.counted.entry(*kind).or_default();
                    *most = (*most).max(count.saturating_add(1));
                    self.filters.entry(Scope::Kind(*kind)).or_default().insert(*filter);
                }
            }
            General::Window { of, relation, anchor, .. } => {
                let window = (relation.clone(), *anchor);
                match of {
                    WindowOf::Here | WindowOf::Start | WindowOf::End => {
                        self.windows.entry(scope).or_default().push(window);
                    }
                    WindowOf::Place(Place::Fact(read)) => {
                        self.read(read);
                        self.dates.entry(Spot::Fact(read.fact)).or_default().push(window);
                    }
                    WindowOf::Place(Place::Attribute(Some(index))) => {
                        self.dates.entry(Spot::Attribute(scope, *index)).or_default().push(window);
                    }
                    WindowOf::Place(Place::Attribute(None)) => {}
                }
            }
            General::Judged { .. } | General::Todo => {}
        }
    }

    fn place(&mut self, place: &Place) {
        if let Place::Fact(read) = place {
            self.read(read);
        }
    }

    fn read(&mut self, read: &Read) {
        self.filters.entry(Scope::Fact(read.fact)).or_default().insert(read.filter);
        if read.select != Quantifier::Latest {
            self.several.insert(read.fact);
        }
    }

    fn compare(&mut self, left: &Quantity, right: &Quantity, scope: Scope) {
        let mut numbers = Vec::new();
        for side in [left, right] {
            each_leaf(side, &mut |leaf| {
                if let Quantity::Number(_, number) = leaf {
                    numbers.push(number.clone());
                }
            });
        }
        let plain =
            matches!(left, Quantity::Fact(..) | Quantity::Attribute(_)) && matches!(right, Quantity::Number(..));
        for side in [left, right] {
            each_leaf(side, &mut |leaf| {
                let spot = match leaf {
                    Quantity::Fact(read, Some(_)) => {
                        self.read(read);
                        self.ratios.entry(read.fact).or_default().extend(numbers.iter().cloned());
                        if plain {
                            return;
                        }
                        Spot::Fact(read.fact)
                    }
                    Quantity::Fact(read, None) | Quantity::Given(read, _) => {
                        self.read(read);
                        Spot::Fact(read.fact)
                    }
                    Quantity::Attribute(Some(index)) => Spot::Attribute(scope, *index),
                    Quantity::Completed(age) => {
                        let ages = self.ages.entry(age.from).or_default();
                        ages.extend(numbers.iter().map(|number| (age.to, number.clone())));
                        let Some(read) = &age.given else { return };
                        self.read(read);
                        // The bound is in the unit that is asked for, the recorded age in its own.
                        Spot::Fact(read.fact)
                    }
                    _ => return,
                };
                self.numbers.entry(spot).or_default().extend(numbers.iter().cloned());
                if !plain {
                    self.formulas.insert(spot);
                }
            });
        }
    }
}

/// Calls `each` with every part of a quantity.
fn each_leaf<'q>(quantity: &'q Quantity, each: &mut impl FnMut(&'q Quantity)) {
    each(quantity);
    match quantity {
        Quantity::Number(..) | Quantity::Fact(..) | Quantity::Attribute(_) | Quantity::Completed(_) => {}
        Quantity::Given(_, inner) | Quantity::Power(inner, _) => each_leaf(inner, each),
        Quantity::Add(left, right)
        | Quantity::Subtract(left, right)
        | Quantity::Multiply(left, right)
        | Quantity::Divide(left, right)
        | Quantity::If(_, left, right) => {
            each_leaf(left, each);
            each_leaf(right, each);
        }
        Quantity::Min(all) | Quantity::Max(all) => all.iter().for_each(|one| each_leaf(one, each)),
    }
}

/// Everything behind a node.
struct Walk<'p, 's> {
    program: &'p Program,
    seen: HashSet<Target>,
    subjects: &'s mut HashSet<Subject>,
}

impl Walk<'_, '_> {
    fn target(&mut self, root: Target) {
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            let Some(node) = self.program.nodes.get(at.0 as usize) else {
                continue;
            };
            if self.seen.insert(at) {
                open.extend([node.yes, node.no, node.unknown]);
                self.check(node.check);
            }
        }
    }

    fn check(&mut self, check: u32) {
        let program = self.program;
        match program.generals.get(check as usize) {
            Some(General::Compare { left, right, .. }) => {
                self.quantity(left);
                self.quantity(right);
            }
            Some(General::Among { place, .. } | General::IsYes { place }) => self.place(place),
            Some(General::Entries { kinds, .. }) => {
                for (kind, filter) in kinds {
                    self.subjects.insert(Subject::Kind(*kind));
                    self.target(*filter);
                }
            }
            Some(General::Window { of, anchor, .. }) => {
                self.subjects.insert(Subject::Anchor(*anchor));
                if let WindowOf::Place(place) = of {
                    self.place(place);
                }
            }
            Some(General::Judged { question }) => {
                self.subjects.insert(Subject::Question(*question));
            }
            Some(General::Todo) | None => {}
        }
    }

    fn place(&mut self, place: &Place) {
        if let Place::Fact(read) = place {
            self.read(read);
        }
    }

    fn read(&mut self, read: &Read) {
        self.subjects.insert(Subject::Fact(read.fact));
        self.target(read.filter);
    }

    fn quantity(&mut self, quantity: &Quantity) {
        each_leaf(quantity, &mut |leaf| match leaf {
            Quantity::Fact(read, _) | Quantity::Given(read, _) => self.read(read),
            Quantity::Completed(age) => {
                self.subjects.insert(Subject::Fact(age.from));
                self.subjects.insert(Subject::Anchor(age.to));
                if let Some(read) = &age.given {
                    self.read(read);
                }
            }
            Quantity::If(condition, ..) => self.target(*condition),
            _ => {}
        });
    }
}

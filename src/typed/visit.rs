//! One walk over everything inside a condition, each definition opened where it is first named, in the order in which
//! it is said.

use foldhash::{HashSet, HashSetExt};

use super::{Condition, ConditionKind, Definition, DefinitionId, FactRead, Quantity, Subject, Test, TimeOf};

/// Definitions, and which of them a walk has opened. Definitions that each name the one before twice stand for more
/// conditions than can be walked: what a definition holds is shown once.
#[derive(Debug, Clone)]
pub struct Definitions<'p> {
    all: &'p [Definition],
    opened: HashSet<DefinitionId>,
}

impl<'p> Definitions<'p> {
    /// None of them opened.
    pub fn new(all: &'p [Definition]) -> Self {
        Definitions { all, opened: HashSet::new() }
    }

    fn open(&mut self, id: DefinitionId) -> Option<&'p Definition> {
        self.all.get(id).filter(|_| self.opened.insert(id))
    }
}

/// What is done at each part of a condition. A method that is not written goes on to what the part holds; one that is
/// written does so itself by the `walk_` function of its name, or leaves the inner parts out.
pub trait Visit<'p> {
    /// The definitions that conditions name.
    fn definitions(&mut self) -> &mut Definitions<'p>;

    /// A condition.
    fn condition(&mut self, condition: &'p Condition) {
        walk_condition(self, condition);
    }

    /// A test; its condition has been shown.
    fn test(&mut self, test: &'p Test) {
        walk_test(self, test);
    }

    /// A quantity.
    fn quantity(&mut self, quantity: &'p Quantity) {
        walk_quantity(self, quantity);
    }

    /// A value fact as read.
    fn read(&mut self, read: &'p FactRead) {
        walk_read(self, read);
    }
}

/// Shows what a condition holds.
pub fn walk_condition<'p, V: Visit<'p> + ?Sized>(visit: &mut V, condition: &'p Condition) {
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => {
            for item in items {
                visit.condition(item);
            }
        }
        ConditionKind::Not(inner) => visit.condition(inner),
        ConditionKind::Defined(id) => {
            if let Some(definition) = visit.definitions().open(*id) {
                visit.condition(&definition.condition);
            }
        }
        ConditionKind::Test(test) => visit.test(test),
    }
}

/// Shows what a test holds.
pub fn walk_test<'p, V: Visit<'p> + ?Sized>(visit: &mut V, test: &'p Test) {
    match test {
        Test::Compare { left, right, .. } => {
            visit.quantity(left);
            visit.quantity(right);
        }
        Test::Among { subject: Subject::Fact(read), .. }
        | Test::IsYes(Subject::Fact(read))
        | Test::Window { of: TimeOf::Fact(read), .. } => visit.read(read),
        Test::Entries { filter: Some(filter), .. } => visit.condition(filter),
        Test::Entries { filter: None, .. }
        | Test::Among { subject: Subject::Attribute(_), .. }
        | Test::IsYes(Subject::Attribute(_))
        | Test::Window { of: TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(_), .. }
        | Test::Judged { .. }
        | Test::Todo(_) => {}
    }
}

/// Shows what a quantity holds.
pub fn walk_quantity<'p, V: Visit<'p> + ?Sized>(visit: &mut V, quantity: &'p Quantity) {
    match quantity {
        Quantity::Number(_) | Quantity::Attribute(_) => {}
        Quantity::Age(age) => age.recorded.iter().for_each(|read| visit.read(read)),
        Quantity::Fact(read, _) => visit.read(read),
        Quantity::Given(read, otherwise) => {
            visit.read(read);
            visit.quantity(otherwise);
        }
        Quantity::Power(base, _) => visit.quantity(base),
        Quantity::Add(a, b) | Quantity::Subtract(a, b) | Quantity::Multiply(a, b) | Quantity::Divide(a, b) => {
            visit.quantity(a);
            visit.quantity(b);
        }
        Quantity::Min(list) | Quantity::Max(list) => {
            for item in list {
                visit.quantity(item);
            }
        }
        Quantity::If(condition, then, otherwise) => {
            visit.condition(condition);
            visit.quantity(then);
            visit.quantity(otherwise);
        }
    }
}

/// Shows which results of a fact count.
pub fn walk_read<'p, V: Visit<'p> + ?Sized>(visit: &mut V, read: &'p FactRead) {
    if let Some(filter) = &read.filter {
        visit.condition(filter);
    }
}

/// How many tests `condition` stands for, filters included, where `of_definitions` are those of each definition that it
/// may name; saturating.
pub fn tests(condition: &Condition, of_definitions: &[u64]) -> u64 {
    let mut count = Count { definitions: Definitions::new(&[]), of_definitions, tests: 0 };
    count.condition(condition);
    count.tests
}

struct Count<'p> {
    /// None: their tests are known.
    definitions: Definitions<'p>,
    of_definitions: &'p [u64],
    tests: u64,
}

impl<'p> Visit<'p> for Count<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn condition(&mut self, condition: &'p Condition) {
        if let ConditionKind::Defined(id) = &condition.kind {
            self.tests = self.tests.saturating_add(self.of_definitions.get(*id).copied().unwrap_or(0));
        }
        walk_condition(self, condition);
    }

    fn test(&mut self, test: &'p Test) {
        self.tests = self.tests.saturating_add(1);
        walk_test(self, test);
    }
}

/// How many parts a formula has, those of the conditions in it included.
pub fn parts(quantity: &Quantity) -> usize {
    let mut count = Parts { definitions: Definitions::new(&[]), parts: 0 };
    count.quantity(quantity);
    count.parts
}

/// How many parts the formulas in a condition have; what it names as a definition is not put in.
pub fn parts_of_condition(condition: &Condition) -> usize {
    let mut count = Parts { definitions: Definitions::new(&[]), parts: 0 };
    count.condition(condition);
    count.parts
}

struct Parts<'p> {
    definitions: Definitions<'p>,
    parts: usize,
}

impl<'p> Visit<'p> for Parts<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn quantity(&mut self, quantity: &'p Quantity) {
        self.parts = self.parts.saturating_add(1);
        walk_quantity(self, quantity);
    }
}

/// How deep the tests of `condition` are nested, as a tree counts it: a test, the filters and conditions in it, and its
/// formula. `of_definitions` are the depths of the definitions that it may name.
pub fn depth(condition: &Condition, of_definitions: &[usize]) -> usize {
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => items.iter().map(|item| depth(item, of_definitions)).max().unwrap_or(0),
        ConditionKind::Not(inner) => depth(inner, of_definitions),
        ConditionKind::Defined(id) => of_definitions.get(*id).copied().unwrap_or(0),
        ConditionKind::Test(test) => {
            let filter =
                |filter: &Option<Box<Condition>>| filter.as_ref().map_or(0, |filter| depth(filter, of_definitions));
            1 + match test {
                Test::Compare { left, right, .. } => {
                    let (left, right) = (nesting(left, of_definitions), nesting(right, of_definitions));
                    left.0.max(right.0) + left.1.max(right.1)
                }
                Test::Among { subject: Subject::Fact(read), .. }
                | Test::IsYes(Subject::Fact(read))
                | Test::Window { of: TimeOf::Fact(read), .. } => filter(&read.filter),
                Test::Entries { filter: inner, .. } => filter(inner),
                Test::Among { subject: Subject::Attribute(_), .. }
                | Test::IsYes(Subject::Attribute(_))
                | Test::Window { of: TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(_), .. }
                | Test::Judged { .. }
                | Test::Todo(_) => 0,
            }
        }
    }
}

/// How many operations of a formula stand inside one another.
pub fn operations(quantity: &Quantity) -> usize {
    // A lone operand is no operation.
    nesting(quantity, &[]).0 - 1
}

/// How many levels the operands of a formula stand on, and how deep the conditions in it are nested.
fn nesting(quantity: &Quantity, of_definitions: &[usize]) -> (usize, usize) {
    let read = |read: &FactRead| read.filter.as_ref().map_or(0, |filter| depth(filter, of_definitions));
    let (operations, inner) = match quantity {
        Quantity::Number(_) | Quantity::Attribute(_) => (0, 0),
        Quantity::Age(age) => (0, age.recorded.as_ref().map_or(0, read)),
        Quantity::Fact(fact, _) => (0, read(fact)),
        Quantity::Given(fact, otherwise) => {
            let (operations, inner) = nesting(otherwise, of_definitions);
            (operations, inner.max(read(fact)))
        }
        Quantity::Power(base, _) => nesting(base, of_definitions),
        Quantity::Add(a, b) | Quantity::Subtract(a, b) | Quantity::Multiply(a, b) | Quantity::Divide(a, b) => {
            let (a, b) = (nesting(a, of_definitions), nesting(b, of_definitions));
            (a.0.max(b.0), a.1.max(b.1))
        }
        Quantity::Min(list) | Quantity::Max(list) => {
            list.iter().map(|item| nesting(item, of_definitions)).fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)))
        }
        Quantity::If(condition, a, b) => {
            let inner = depth(condition, of_definitions);
            let (a, b) = (nesting(a, of_definitions), nesting(b, of_definitions));
            (a.0.max(b.0), a.1.max(b.1).max(inner))
        }
    };
    (operations + 1, inner)
}

//! One walk over everything inside a condition, each definition opened where it is first named, in the order in which
//! it is said.

use foldhash::{HashSet, HashSetExt};

use crate::ir::Table;

use super::{Child, Condition, ConditionKind, Definition, DefinitionId, FactRead, Operand, Test};

/// Definitions, and which of them a walk has opened. Definitions that each name the one before twice mean more
/// conditions than can be walked: what a definition holds is shown once.
#[derive(Debug, Clone)]
pub struct Definitions<'p> {
    /// None where a walk opens no definition.
    all: Option<&'p Table<DefinitionId, Definition>>,
    opened: HashSet<DefinitionId>,
}

impl<'p> Definitions<'p> {
    /// None of them opened.
    pub fn new(all: &'p Table<DefinitionId, Definition>) -> Self {
        Definitions { all: Some(all), opened: HashSet::new() }
    }

    /// No definition is opened.
    pub fn closed() -> Self {
        Definitions { all: None, opened: HashSet::new() }
    }

    fn open(&mut self, id: DefinitionId) -> Option<&'p Definition> {
        self.all?.get(id).filter(|_| self.opened.insert(id))
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

    /// An operand.
    fn operand(&mut self, operand: &'p Operand) {
        walk_operand(self, operand);
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
    test.children(&mut |child| walk_child(visit, child));
}

/// Shows what an operand holds.
pub fn walk_operand<'p, V: Visit<'p> + ?Sized>(visit: &mut V, operand: &'p Operand) {
    operand.children(&mut |child| walk_child(visit, child));
}

fn walk_child<'p, V: Visit<'p> + ?Sized>(visit: &mut V, child: Child<'p>) {
    match child {
        Child::Operand(operand) => visit.operand(operand),
        Child::Read(read) => visit.read(read),
        Child::Condition(condition) => visit.condition(condition),
        Child::Entries(_, filter) | Child::Among(_, filter) => {
            filter.iter().for_each(|filter| visit.condition(filter));
        }
    }
}

/// Shows which results of a fact count.
pub fn walk_read<'p, V: Visit<'p> + ?Sized>(visit: &mut V, read: &'p FactRead) {
    if let Some(filter) = &read.filter {
        visit.condition(filter);
    }
}

/// How many tests `condition` means, filters included, where `of_definitions` are those of each definition that it
/// may name; saturating.
pub fn tests(condition: &Condition, of_definitions: &Table<DefinitionId, u64>) -> u64 {
    let mut count = Count { definitions: Definitions::closed(), of_definitions, tests: 0 };
    count.condition(condition);
    count.tests
}

struct Count<'p> {
    /// None: their tests are known.
    definitions: Definitions<'p>,
    of_definitions: &'p Table<DefinitionId, u64>,
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
pub fn parts(operand: &Operand) -> usize {
    let mut count = Parts { definitions: Definitions::closed(), parts: 0 };
    count.operand(operand);
    count.parts
}

/// How many parts the formulas in a condition have; what it names as a definition is not put in.
pub fn parts_of_condition(condition: &Condition) -> usize {
    let mut count = Parts { definitions: Definitions::closed(), parts: 0 };
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

    fn operand(&mut self, operand: &'p Operand) {
        self.parts = self.parts.saturating_add(1);
        walk_operand(self, operand);
    }
}

/// How deep the tests of `condition` are nested, as a tree counts it: a test, the filters and conditions in it, and its
/// formula. `of_definitions` are the depths of the definitions that it may name.
pub fn depth(condition: &Condition, of_definitions: &Table<DefinitionId, usize>) -> usize {
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => items.iter().map(|item| depth(item, of_definitions)).max().unwrap_or(0),
        ConditionKind::Not(inner) => depth(inner, of_definitions),
        ConditionKind::Defined(id) => of_definitions.get(*id).copied().unwrap_or(0),
        ConditionKind::Test(test) => {
            let (mut operations, mut inner) = (0, 0);
            test.children(&mut |child| {
                let below = nesting_of(child, of_definitions);
                (operations, inner) = (operations.max(below.0), inner.max(below.1));
            });
            1 + operations + inner
        }
    }
}

/// How many operations of a formula are inside one another.
pub fn operations(operand: &Operand) -> usize {
    // A lone operand is no operation.
    nesting(operand, &Table::default()).0 - 1
}

/// How many levels the operands of a formula are on, and how deep the conditions in it are nested.
fn nesting(operand: &Operand, of_definitions: &Table<DefinitionId, usize>) -> (usize, usize) {
    let (mut operations, mut inner) = (0, 0);
    operand.children(&mut |child| {
        let below = nesting_of(child, of_definitions);
        (operations, inner) = (operations.max(below.0), inner.max(below.1));
    });
    (operations + 1, inner)
}

fn nesting_of(child: Child<'_>, of_definitions: &Table<DefinitionId, usize>) -> (usize, usize) {
    let filter = |filter: &Option<Box<Condition>>| filter.as_ref().map_or(0, |filter| depth(filter, of_definitions));
    match child {
        Child::Operand(operand) => nesting(operand, of_definitions),
        Child::Read(read) => (0, filter(&read.filter)),
        Child::Condition(condition) => (0, depth(condition, of_definitions)),
        Child::Entries(_, entries) | Child::Among(_, entries) => (0, filter(entries)),
    }
}

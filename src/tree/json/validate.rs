//! The invariants of a [`DecisionTree`].
//!
//! Two kinds of walk. Links: nodes lead down, filters lead to earlier tests, nesting is bounded; index order makes
//! each a single pass. Scopes: what a root can reach is checked against where it stands (the record, an entry of some
//! kinds, a result of a fact), with one visit a node and scope.

mod scope;

use std::collections::{BTreeMap, HashSet};

use super::{MAX_NESTING, MAX_POWER, TreeError};
use crate::ir::{Child, Limit, Quantifier, Relation};
use crate::number::{Comparison, Rational};
use crate::tree::{
    Attribute, Branch, DecisionTree, Fact, FactId, FactRead, KindId, NodeId, Operand, OperandKind, Subject, Test,
    TestId, TimeOf, TreeStage, ValueType,
};

type Result<T = ()> = std::result::Result<T, TreeError>;

/// Checks everything.
pub(super) fn tree(tree: &DecisionTree) -> Result {
    names(tree)?;
    for (index, fact) in tree.facts.iter().enumerate() {
        declared_fact(&format!("record.facts[{index}]"), fact)?;
    }
    for (index, kind) in tree.kinds.iter().enumerate() {
        let path = format!("record.kinds[{index}]");
        attributes(&path, &kind.attributes, &["start", "end", "planned"])?;
        if kind.half_life.as_ref().is_some_and(|days| !positive(days)) {
            return Err(TreeError::new(path, "a half-life is more than nothing"));
        }
    }
    for (index, test) in tree.tests.iter().enumerate() {
        Declared { tree, path: format!("tests[{index}]") }.test(test)?;
    }
    links(tree)?;
    scope::check(tree)?;
    if tree.criteria.is_empty() {
        return Err(TreeError::new("criteria", "there is none: every patient would be eligible"));
    }
    Ok(())
}

fn positive(value: &Rational) -> bool {
    *value > Rational::zero()
}

fn at(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

fn distinct<'a>(path: &str, names: impl Iterator<Item = &'a str>) -> Result {
    let mut seen = HashSet::new();
    for (index, name) in names.enumerate() {
        if name.is_empty() {
            return Err(TreeError::new(at(path, index), "an empty name"));
        }
        if !seen.insert(name) {
            return Err(TreeError::new(at(path, index), format!("`{name}` is listed twice")));
        }
    }
    Ok(())
}

fn ascending(path: &str, ids: &[usize]) -> Result {
    if ids.is_sorted_by(|a, b| a < b) {
        Ok(())
    } else {
        Err(TreeError::new(path, "each is listed once, in the order of the record's lists"))
    }
}

fn names(tree: &DecisionTree) -> Result {
    distinct("anchors", tree.anchors.iter().map(|anchor| anchor.name.as_str()))?;
    distinct("questions", tree.questions.iter().map(|question| question.id.as_str()))?;
    distinct("criteria", tree.criteria.iter().map(|criterion| criterion.id.as_str()))?;
    let lists: [(&str, Vec<&str>); 4] = [
        ("record.facts", tree.facts.iter().map(|fact| fact.name.as_str()).collect()),
        ("record.kinds", tree.kinds.iter().map(|kind| kind.name.as_str()).collect()),
        ("record.groups", tree.groups.iter().map(|group| group.name.as_str()).collect()),
        ("record.other_names", tree.other_names.iter().map(String::as_str).collect()),
    ];
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, list) in &lists {
        distinct(path, list.iter().copied())?;
        for (index, name) in list.iter().enumerate() {
            if let Some(other) = taken.insert(name, path) {
                return Err(TreeError::new(at(path, index), format!("`{name}` is listed in {other} too")));
            }
        }
    }
    if tree.anchors.get(tree.default_anchor).is_none() {
        return Err(TreeError::new("default_anchor", "no such anchor"));
    }
    if !tree.other_names.is_sorted() {
        return Err(TreeError::new("record.other_names", "not sorted"));
    }
    for (index, question) in tree.questions.iter().enumerate() {
        if !matches!(question.by.as_str(), "investigator" | "sponsor") {
            return Err(TreeError::new(at("questions", index), "`by` is \"investigator\" or \"sponsor\""));
        }
    }
    groups(tree)?;
    for (index, criterion) in tree.criteria.iter().enumerate() {
        if tree.anchors.get(criterion.stage).is_none() {
            return Err(TreeError::new(at("criteria", index), "`stage` is no anchor"));
        }
        line(&at("criteria", index), criterion.source.1)?;
    }
    for (index, note) in tree.notes.iter().enumerate() {
        line(&at("notes", index), note.source.1)?;
    }
    Ok(())
}

fn line(path: &str, line: u32) -> Result {
    if line == 0 { Err(TreeError::new(format!("{path}.source"), "lines are counted from 1")) } else { Ok(()) }
}

fn groups(tree: &DecisionTree) -> Result {
    for (index, group) in tree.groups.iter().enumerate() {
        let path = at("record.groups", index);
        if group.members.is_empty() {
            return Err(TreeError::new(path, "a group without members"));
        }
        ascending(&path, &group.members)?;
        let mut all = Vec::new();
        for id in &group.members {
            let kind = tree.kinds.get(*id).ok_or_else(|| TreeError::new(path.as_str(), "no such kind"))?;
            all.push(kind.name.as_str());
        }
        all.extend(group.other_members.iter().map(String::as_str));
        distinct(&path, all.into_iter())?;
    }
    Ok(())
}

fn declared_fact(path: &str, fact: &Fact) -> Result {
    value_type(path, &fact.ty)?;
    let is_number = matches!(fact.ty, ValueType::Quantity { .. } | ValueType::Score { .. });
    possible(path, &fact.ty, fact.possible.as_ref())?;
    if (fact.uln || fact.lln) && !is_number {
        return Err(TreeError::new(path, "only a quantity or score has limits of normal"));
    }
    if fact.absent_means_no && fact.ty != ValueType::YesNo {
        return Err(TreeError::new(path, "`absent_means_no` is for yes/no facts and kinds"));
    }
    attributes(path, &fact.attributes, &["value", "unit", "at", "comparator", "uln", "lln"])
}

fn possible(path: &str, ty: &ValueType, range: Option<&(Rational, Rational)>) -> Result {
    let Some((low, high)) = range else {
        return Ok(());
    };
    if !matches!(ty, ValueType::Quantity { .. } | ValueType::Score { .. }) {
        return Err(TreeError::new(path, "only a quantity or score has a `possible` range"));
    }
    if low > high { Err(TreeError::new(path, "the `possible` range is empty")) } else { Ok(()) }
}

fn attributes(path: &str, list: &[Attribute], reserved: &[&str]) -> Result {
    let path = format!("{path}.attributes");
    distinct(&path, list.iter().map(|attribute| attribute.name.as_str()))?;
    for (index, attribute) in list.iter().enumerate() {
        let path = at(&path, index);
        if reserved.contains(&attribute.name.as_str()) {
            return Err(TreeError::new(path, format!("`{}` is a field of its own", attribute.name)));
        }
        value_type(&path, &attribute.ty)?;
        possible(&path, &attribute.ty, attribute.possible.as_ref())?;
    }
    Ok(())
}

fn value_type(path: &str, ty: &ValueType) -> Result {
    let path = format!("{path}.type");
    match ty {
        ValueType::Quantity { unit, units } => {
            distinct(&path, units.iter().map(|(name, _)| name.as_str()))?;
            if units.first().is_none_or(|(first, way)| first != unit || !way.is_identity()) {
                return Err(TreeError::new(path, format!("the canonical unit `{unit}` comes first, with factor 1")));
            }
            match units.iter().find(|(_, way)| !positive(&way.factor)) {
                Some((name, _)) => Err(TreeError::new(path, format!("the factor of `{name}` is not above zero"))),
                None => Ok(()),
            }
        }
        ValueType::Score { low, high, step } => {
            if low > high || !positive(step) {
                return Err(TreeError::new(path, "a score runs from its least to its most in steps above zero"));
            }
            Ok(())
        }
        ValueType::Ordinal { levels: values, .. } | ValueType::Coded { values } => {
            if values.is_empty() {
                return Err(TreeError::new(path, "no value is listed"));
            }
            distinct(&path, values.iter().map(String::as_str))
        }
        ValueType::YesNo | ValueType::Date => Ok(()),
    }
}

/// What a test needs of the declarations, apart from the scope it stands in.
struct Declared<'a> {
    tree: &'a DecisionTree,
    path: String,
}

impl Declared<'_> {
    fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(TreeError::new(self.path.as_str(), message))
    }

    fn fact(&self, id: FactId) -> Result<&Fact> {
        self.tree.facts.get(id).ok_or_else(|| TreeError::new(self.path.as_str(), "no such fact"))
    }

    fn anchor(&self, id: usize) -> Result {
        if self.tree.anchors.get(id).is_none() { self.error("no such anchor") } else { Ok(()) }
    }

    fn test(&self, test: &Test) -> Result {
        match test {
            Test::Compare { left, right, .. } => {
                self.operand(left)?;
                self.operand(right)?;
                self.one_read(left, right)
            }
            Test::IsOneOf { subject: Subject::Fact(read), values } => {
                let fact = self.fact(read.fact)?;
                self.among(&fact.name, &fact.ty, values)
            }
            Test::IsYes { subject: Subject::Fact(read) } => {
                let fact = self.fact(read.fact)?;
                if fact.ty == ValueType::YesNo {
                    Ok(())
                } else {
                    self.error(format!("`{}` is not a yes/no fact", fact.name))
                }
            }
            Test::IsOneOf { subject: Subject::Attribute(_), .. } | Test::IsYes { subject: Subject::Attribute(_) } => {
                Ok(())
            }
            Test::Entries { kinds, op, .. } => {
                if kinds.is_empty() {
                    return self.error("no kind is listed");
                }
                ascending(&format!("{}.kinds", self.path), kinds)?;
                if kinds.iter().any(|id| self.tree.kinds.get(*id).is_none()) {
                    return self.error("no such kind");
                }
                if matches!(op, Comparison::Ge | Comparison::Le) {
                    Ok(())
                } else {
                    self.error("a count compares with `>=` or `<=`")
                }
            }
            Test::Window { of, relation, anchor, undated } => self.window(of, relation, *anchor, *undated),
            Test::Judged { question } => {
                if self.tree.questions.get(*question).is_none() {
                    self.error("no such question")
                } else {
                    Ok(())
                }
            }
            Test::Todo { .. } => Ok(()),
        }
    }

    fn among(&self, name: &str, ty: &ValueType, values: &[String]) -> Result {
        let (ValueType::Ordinal { levels: declared, .. } | ValueType::Coded { values: declared }) = ty else {
            return self.error(format!("`{name}` is neither coded nor ordinal"));
        };
        let mut last = None;
        for value in values {
            let Some(place) = declared.iter().position(|each| each == value) else {
                return self.error(format!("`{name}` has no value `{value}`"));
            };
            if last.is_some_and(|last| last >= place) {
                return self.error(format!("the values of `{name}` are given once each, in declared order"));
            }
            last = Some(place);
        }
        Ok(())
    }

    fn window(&self, of: &TimeOf, relation: &Relation, anchor: usize, undated: bool) -> Result {
        self.anchor(anchor)?;
        if let TimeOf::Fact(read) = of {
            let fact = self.fact(read.fact)?;
            if fact.ty != ValueType::Date {
                return self.error(format!("`{}` is not a date", fact.name));
            }
        }
        if undated && *of != TimeOf::Result {
            return self.error("`undated` is for \"of\":\"result\" only");
        }
        let entry_only = matches!(
            relation,
            Relation::Current | Relation::Planned | Relation::Throughout { .. } | Relation::Lasting { .. }
        );
        if entry_only && *of != TimeOf::Entry {
            self.error("this relation is for \"of\":\"entry\" only")
        } else {
            Ok(())
        }
    }

    fn operand(&self, operand: &Operand) -> Result {
        match &operand.kind {
            OperandKind::Number(_) | OperandKind::Attribute(_) => Ok(()),
            OperandKind::Fact(read, over) => {
                let fact = self.number_fact(read)?;
                match over {
                    Some(Limit::Uln) if !fact.uln => self.error(format!("`{}` has no upper limit", fact.name)),
                    Some(Limit::Lln) if !fact.lln => self.error(format!("`{}` has no lower limit", fact.name)),
                    _ => Ok(()),
                }
            }
            OperandKind::Coalesce { read, otherwise } => {
                if of_several(read.quantifier) {
                    return self.error("`given` reads the latest result");
                }
                self.number_fact(read)?;
                self.operand(otherwise)
            }
            OperandKind::Age(age) => {
                self.anchor(age.to)?;
                if let Some(recorded) = &age.recorded {
                    let fact = self.fact(recorded.fact)?;
                    if fact.age_unit().is_none() {
                        return self.error(format!("`{}` is not a number of years, months, weeks or days", fact.name));
                    }
                }
                let fact = self.fact(age.from)?;
                if fact.ty == ValueType::Date { Ok(()) } else { self.error(format!("`{}` is not a date", fact.name)) }
            }
            OperandKind::Add(left, right)
            | OperandKind::Subtract(left, right)
            | OperandKind::Multiply(left, right)
            | OperandKind::Divide(left, right) => {
                self.operand(left)?;
                self.operand(right)
            }
            OperandKind::Power(base, exponent) => {
                let most = Rational::from_i64(MAX_POWER);
                if exponent.abs() > most {
                    return self.error(format!("an exponent beyond {MAX_POWER}"));
                }
                self.operand(base)
            }
            OperandKind::Min(items) | OperandKind::Max(items) => {
                if items.is_empty() {
                    return self.error("an empty list of operands");
                }
                items.iter().try_for_each(|item| self.operand(item))
            }
            OperandKind::If { then, otherwise, .. } => {
                self.operand(then)?;
                self.operand(otherwise)
            }
        }
    }

    fn number_fact(&self, read: &FactRead) -> Result<&Fact> {
        let fact = self.fact(read.fact)?;
        match fact.ty {
            ValueType::Quantity { .. } | ValueType::Score { .. } => Ok(fact),
            _ => self.error(format!("`{}` is not a number", fact.name)),
        }
    }

    /// An `any` or `every` read is the only one of its comparison, and on the left.
    fn one_read(&self, left: &Operand, right: &Operand) -> Result {
        let (mut on_left, mut on_right) = (Reads::default(), Reads::default());
        on_left.count(left);
        on_right.count(right);
        if on_right.several > 0 {
            return self.error("`any` and `every` belong on the left");
        }
        if on_left.several > 0 && on_left.all + on_right.all > 1 {
            return self.error("a comparison with `any` or `every` reads nothing else");
        }
        Ok(())
    }
}

#[derive(Default)]
struct Reads {
    /// Facts and conditions.
    all: usize,
    /// Facts read by `any` or `every`.
    several: usize,
}

impl Reads {
    fn count(&mut self, operand: &Operand) {
        operand.walk(&mut |each| match &each.kind {
            OperandKind::Fact(read, _) | OperandKind::Coalesce { read, .. } => self.read(read),
            OperandKind::Age(age) => match &age.recorded {
                Some(read) => self.read(read),
                None => self.all += 1,
            },
            OperandKind::If { .. } => self.all += 1,
            OperandKind::Number(_)
            | OperandKind::Attribute(_)
            | OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => {}
        });
    }

    fn read(&mut self, read: &FactRead) {
        self.all += 1;
        self.several += usize::from(of_several(read.quantifier));
    }
}

/// Whether a read may have several values.
fn of_several(quantifier: Quantifier) -> bool {
    match quantifier {
        Quantifier::Latest => false,
        Quantifier::Any | Quantifier::Every => true,
    }
}

/// A root that a test refers to, and the scope it stands in; `None` is the test's own scope.
type Root = (Branch, Option<Scope>);

/// Where a condition stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// The record as a whole.
    Record,
    /// One entry of one of these kinds.
    Entry(Vec<KindId>),
    /// One result of this fact.
    Result(FactId),
}

fn roots(test: &Test) -> Vec<Root> {
    let mut roots = Vec::new();
    test.children(&mut |child| child_roots(child, &mut roots));
    roots
}

fn child_roots(child: Child<'_, TreeStage>, roots: &mut Vec<Root>) {
    match child {
        Child::Operand(operand) => operand.children(&mut |child| child_roots(child, roots)),
        Child::Read(read) => roots.push((read.filter, Some(Scope::Result(read.fact)))),
        Child::Condition(condition) => roots.push((*condition, None)),
        Child::Entries(kinds, filter) => roots.push((*filter, Some(Scope::Entry(kinds.to_vec())))),
    }
}

/// Links go down, and nesting is bounded.
fn links(tree: &DecisionTree) -> Result {
    // The highest test that each node can reach.
    let mut reach: Vec<TestId> = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let path = || at("nodes", index);
        if node.test >= tree.tests.len() {
            return Err(TreeError::new(path(), format!("no test {}", node.test)));
        }
        let mut highest = node.test;
        for next in [node.yes, node.no, node.unknown] {
            let Branch::Node(branch) = next else { continue };
            // `reach` holds the nodes below this one.
            match reach.get(branch) {
                Some(below) => highest = highest.max(*below),
                None => {
                    return Err(TreeError::new(path(), format!("branch {branch} does not lead to a lower node")));
                }
            }
        }
        reach.push(highest);
    }
    for (index, criterion) in tree.criteria.iter().enumerate() {
        if let Branch::Node(root) = criterion.root
            && root >= tree.nodes.len()
        {
            return Err(TreeError::new(format!("criteria[{index}].root"), format!("no node {root}")));
        }
    }

    // Depths, tests ascending; a node's depth is known once the highest test it reaches has one.
    let mut order: Vec<NodeId> = (0..tree.nodes.len()).collect();
    order.sort_by_key(|node| (reach.get(*node).copied(), *node));
    let mut order = order.into_iter().peekable();
    let mut node_depth: Vec<usize> = vec![0; tree.nodes.len()];
    let mut test_depth: Vec<usize> = Vec::with_capacity(tree.tests.len());
    for (index, test) in tree.tests.iter().enumerate() {
        let path = at("tests", index);
        let mut below = 0;
        for (root, _) in roots(test) {
            let Branch::Node(node) = root else { continue };
            match reach.get(node) {
                None => return Err(TreeError::new(path, format!("no node {node}"))),
                Some(highest) if *highest >= index => {
                    return Err(TreeError::new(
                        path,
                        format!("node {node} leads to test {highest}, which is not lower"),
                    ));
                }
                Some(_) => below = below.max(node_depth.get(node).copied().unwrap_or_default()),
            }
        }
        let depth = 1 + below + operands_depth(test);
        if depth > MAX_NESTING {
            return Err(TreeError::new(path, format!("filters and operands are nested more than {MAX_NESTING} deep")));
        }
        test_depth.push(depth);
        while let Some(node) = order.next_if(|node| reach.get(*node) == Some(&index)) {
            let Some(&here) = tree.nodes.get(node) else {
                continue;
            };
            let mut deepest = test_depth.get(here.test).copied().unwrap_or_default();
            for next in [here.yes, here.no, here.unknown] {
                if let Branch::Node(branch) = next {
                    deepest = deepest.max(node_depth.get(branch).copied().unwrap_or_default());
                }
            }
            if let Some(place) = node_depth.get_mut(node) {
                *place = deepest;
            }
        }
    }
    Ok(())
}

fn operands_depth(test: &Test) -> usize {
    fn depth(operand: &Operand) -> usize {
        let mut below = 0;
        operand.operands(&mut |inner| below = below.max(depth(inner)));
        below + 1
    }
    let mut deepest = 0;
    test.children(&mut |child| {
        if let Child::Operand(operand) = child {
            deepest = deepest.max(depth(operand));
        }
    });
    deepest
}

//! From the tree to its wire form.

use serde::Serialize;

use super::select::Select;
use super::window::WindowFields;
use super::wire;
use super::write_record::{fact, kind};
use crate::ir::{AgeUnit, Id, Limit, Polarity, Relation};
use crate::tree::{
    Anchor, AnchorId, Branch, Check, Criterion, DailyDose, DecisionTree, DoseDay, FactId, FactRead, Group, KindId,
    Leaf, Node, Note, Operand, OperandKind, Question, Subject, Test, TimeOf, TrialInfo, WindowAnchor,
};

/// The document's text.
pub(super) fn document(tree: &DecisionTree) -> String {
    let mut out = String::from("{\n");
    field(&mut out, 1, "format", &super::FORMAT);
    field(&mut out, 1, "trial", &trial(&tree.trial));
    list(&mut out, 1, "anchors", tree.anchors.iter().map(anchor), ",");
    field(&mut out, 1, "default_anchor", &anchor_name(tree, tree.default_anchor));
    out.push_str("  \"record\": {\n");
    list(&mut out, 2, "facts", tree.facts.iter().map(fact), ",");
    list(&mut out, 2, "kinds", tree.kinds.iter().map(kind), ",");
    list(&mut out, 2, "groups", tree.groups.iter().map(|each| group(tree, each)), ",");
    list(&mut out, 2, "other_names", tree.other_names.iter(), "");
    out.push_str("  },\n");
    list(&mut out, 1, "questions", tree.questions.iter().map(question), ",");
    list(&mut out, 1, "tests", tree.tests.iter().map(|each| test(tree, each)), ",");
    list(&mut out, 1, "nodes", tree.nodes.iter().map(node), ",");
    list(&mut out, 1, "criteria", tree.criteria.iter().map(|each| criterion(tree, each)), ",");
    if !tree.checks.is_empty() {
        list(&mut out, 1, "checks", tree.checks.iter().map(|each| check(tree, each)), ",");
    }
    list(&mut out, 1, "notes", tree.notes.iter().map(note), "");
    out.push_str("}\n");
    out
}

/// JSON on one line. These structs hold text, numbers and lists under text keys, which serde_json writes without fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn key(out: &mut String, depth: usize, name: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push('"');
    out.push_str(name);
    out.push_str("\": ");
}

fn field(out: &mut String, depth: usize, name: &str, value: &impl Serialize) {
    key(out, depth, name);
    out.push_str(&json(value));
    out.push_str(",\n");
}

fn list<T: Serialize>(out: &mut String, depth: usize, name: &str, items: impl Iterator<Item = T>, end: &str) {
    key(out, depth, name);
    out.push('[');
    let mut first = true;
    for item in items {
        out.push_str(if first { "\n" } else { ",\n" });
        first = false;
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&json(&item));
    }
    if !first {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(']');
    out.push_str(end);
    out.push('\n');
}

// A name that is out of range is written as an empty one, which no reader takes.

fn anchor_name(tree: &DecisionTree, id: AnchorId) -> String {
    tree.anchors.get(id).map(|anchor| anchor.name.clone()).unwrap_or_default()
}

fn fact_name(tree: &DecisionTree, id: FactId) -> String {
    tree.facts.get(id).map(|fact| fact.name.clone()).unwrap_or_default()
}

fn kind_names(tree: &DecisionTree, ids: &[KindId]) -> Vec<String> {
    ids.iter().map(|id| tree.kinds.get(*id).map(|kind| kind.name.clone()).unwrap_or_default()).collect()
}

fn trial(trial: &TrialInfo) -> wire::Trial {
    let detail = |(name, value): &(String, String)| wire::Detail { name: name.clone(), value: value.clone() };
    wire::Trial {
        id: trial.id.clone(),
        title: trial.title.clone(),
        details: trial.details.iter().map(detail).collect(),
    }
}

fn anchor(anchor: &Anchor) -> wire::Anchor {
    wire::Anchor { name: anchor.name.clone(), text: anchor.text.clone() }
}

fn group(tree: &DecisionTree, group: &Group) -> wire::Group {
    wire::Group {
        name: group.name.clone(),
        members: kind_names(tree, &group.members),
        other_members: group.other_members.clone(),
    }
}

fn question(question: &Question) -> wire::Question {
    wire::Question { id: question.id.clone(), text: question.text.clone(), by: question.by.clone() }
}

fn source((file, line): &(String, u32)) -> wire::Source {
    wire::Source { file: file.clone(), line: *line }
}

fn check(tree: &DecisionTree, check: &Check) -> wire::Check {
    wire::Check {
        id: check.id.clone(),
        text: check.text.clone(),
        why: check.why.clone(),
        root: next(check.root),
        facts: check.facts.iter().map(|id| fact_name(tree, *id)).collect(),
        kinds: kind_names(tree, &check.kinds),
        anchors: check.anchors.iter().map(|id| anchor_name(tree, *id)).collect(),
        source: wire::Source { file: check.source.0.clone(), line: check.source.1 },
    }
}

fn criterion(tree: &DecisionTree, criterion: &Criterion) -> wire::Criterion {
    wire::Criterion {
        id: criterion.id.clone(),
        kind: match criterion.polarity {
            Polarity::Require => wire::Polarity::Require,
            Polarity::Exclude => wire::Polarity::Exclude,
        },
        text: criterion.text.clone(),
        statement: criterion.statement.clone(),
        stage: anchor_name(tree, criterion.stage),
        root: next(criterion.root),
        source: source(&criterion.source),
    }
}

fn note(note: &Note) -> wire::Note {
    wire::Note { id: note.id.clone(), text: note.text.clone(), source: source(&note.source) }
}

fn node(node: &Node) -> wire::Node {
    wire::Node { test: node.test.index(), yes: next(node.yes), no: next(node.no), unknown: next(node.unknown) }
}

fn next(next: Branch) -> wire::Branch {
    match next {
        Branch::Node(id) => wire::Branch::Node(id.index()),
        Branch::Leaf(leaf) => wire::Branch::Leaf(match leaf {
            Leaf::Pass => wire::Leaf::Pass,
            Leaf::Fail => wire::Leaf::Fail,
            Leaf::Yes => wire::Leaf::Yes,
            Leaf::No => wire::Leaf::No,
            Leaf::Unknown => wire::Leaf::Unknown,
        }),
    }
}

/// `yes` lets everything in and is left out.
fn filter(root: Branch) -> Option<wire::Branch> {
    (root != Branch::Leaf(Leaf::Yes)).then(|| next(root))
}

/// The fields that name what a test looks at.
#[derive(Default)]
struct Looked {
    fact: Option<String>,
    select: Option<Select>,
    filter: Option<wire::Branch>,
    attribute: Option<String>,
}

fn looked_at_fact(tree: &DecisionTree, read: &FactRead) -> Looked {
    Looked {
        fact: Some(fact_name(tree, read.fact)),
        select: Select::written(read.quantifier, read.by.as_ref()),
        filter: filter(read.filter),
        attribute: None,
    }
}

fn looked_at(tree: &DecisionTree, subject: &Subject) -> Looked {
    match subject {
        Subject::Fact(read) => looked_at_fact(tree, read),
        Subject::Attribute(name) => Looked { attribute: Some(name.clone()), ..Looked::default() },
    }
}

fn test(tree: &DecisionTree, test: &Test) -> wire::Test {
    match test {
        Test::Compare { left, op: how, right } => wire::Test::Compare {
            left: Box::new(operand(tree, left)),
            op: (*how).into(),
            right: Box::new(operand(tree, right)),
        },
        Test::IsOneOf { subject, values } => {
            let Looked { fact, select, filter, attribute } = looked_at(tree, subject);
            wire::Test::Among { fact, select, filter, attribute, values: values.clone() }
        }
        Test::IsYes { subject } => {
            let Looked { fact, select, filter, attribute } = looked_at(tree, subject);
            wire::Test::IsYes { fact, select, filter, attribute }
        }
        Test::Entries { kinds, filter: root, distinct, choice, planned, op: how, count } => wire::Test::Entries {
            kinds: kind_names(tree, kinds),
            filter: filter(*root),
            distinct: *distinct,
            latest: choice.as_ref().is_some_and(|choice| choice.latest),
            by: choice.as_ref().and_then(|choice| choice.by.clone()),
            among: choice.as_ref().and_then(|choice| filter(choice.among)),
            planned: *planned,
            op: (*how).into(),
            count: *count,
        },
        Test::Course { kinds, filter: root, gap, distinct, planned, op: how, count, windows } => wire::Test::Course {
            kinds: kind_names(tree, kinds),
            filter: filter(*root),
            gap: *gap,
            distinct: *distinct,
            planned: *planned,
            op: (*how).into(),
            count: *count,
            windows: windows.iter().map(|(relation, anchor)| course_window(tree, relation, *anchor)).collect(),
        },
        Test::Window { of, relation, anchor, undated } => window(tree, of, relation, anchor, *undated),
        Test::Stretch { left, op: how, right, windows } => wire::Test::Stretch {
            left: Box::new(operand(tree, left)),
            op: (*how).into(),
            right: Box::new(operand(tree, right)),
            windows: windows.iter().map(|(relation, anchor)| course_window(tree, relation, *anchor)).collect(),
        },
        Test::Judged { question } => wire::Test::Judged {
            question: tree.questions.get(*question).map(|question| question.id.clone()).unwrap_or_default(),
        },
        Test::Todo { text } => wire::Test::Todo { text: text.clone() },
    }
}

fn course_window(tree: &DecisionTree, relation: &Relation, anchor: AnchorId) -> wire::Window {
    let WindowFields { is, before, after, length, strict } = WindowFields::of(relation);
    wire::Window { is, before, after, length, strict, anchor: anchor_name(tree, anchor) }
}

fn window(tree: &DecisionTree, of: &TimeOf, relation: &Relation, anchor: &WindowAnchor, undated: bool) -> wire::Test {
    let time_of = of;
    let (of, looked) = match of {
        TimeOf::Entry => (wire::Of::Entry, Looked::default()),
        TimeOf::Result => (wire::Of::Result, Looked::default()),
        TimeOf::Attribute(name) => (wire::Of::Attribute, Looked { attribute: Some(name.clone()), ..Looked::default() }),
        TimeOf::Fact(read) => (wire::Of::Fact, looked_at_fact(tree, read)),
        TimeOf::Anchor(_) => (wire::Of::Anchor, Looked::default()),
    };
    let of_anchor = match time_of {
        TimeOf::Anchor(id) => Some(anchor_name(tree, *id)),
        TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(_) | TimeOf::Fact(_) => None,
    };
    let Looked { fact, select, filter, attribute } = looked;
    let WindowFields { is, before, after, length, strict } = WindowFields::of(relation);
    let about = anchor.entry().map(|point| wire::About {
        entry: if point.last { wire::Which::Last } else { wire::Which::First },
        end: point.ends,
        kinds: kind_names(tree, &point.kinds),
        filter: self::filter(point.filter),
    });
    wire::Test::Window {
        of,
        fact,
        select,
        filter,
        attribute,
        of_anchor,
        is,
        before,
        after,
        length,
        strict,
        anchor: anchor.date().map(|anchor| anchor_name(tree, anchor)),
        about,
        undated,
    }
}

fn daily_dose(tree: &DecisionTree, dose: &DailyDose) -> wire::DailyDose {
    let window = |relation, anchor: &AnchorId| Some(course_window(tree, relation, *anchor));
    let (at, highest, lowest) = match &dose.day {
        DoseDay::At(anchor) => (Some(anchor_name(tree, *anchor)), None, None),
        DoseDay::Each => (None, None, None),
        DoseDay::Highest(relation, anchor) => (None, window(relation, anchor), None),
        DoseDay::Lowest(relation, anchor) => (None, None, window(relation, anchor)),
    };
    wire::DailyDose {
        kinds: kind_names(tree, &dose.kinds),
        filter: filter(dose.filter),
        reference: dose.reference.clone(),
        at,
        highest,
        lowest,
    }
}

fn operand(tree: &DecisionTree, operand: &Operand) -> wire::Operand {
    let blank = wire::Operand::default();
    let boxed = |inner: &Operand| Some(Box::new(self::operand(tree, inner)));
    match &operand.kind {
        OperandKind::Number(number) => wire::Operand { number: Some(number.to_string()), ..blank },
        OperandKind::Fact(read, over) => {
            let Looked { fact, select, filter, .. } = looked_at_fact(tree, read);
            let over = over.map(|limit| match limit {
                Limit::Uln => wire::Limit::Uln,
                Limit::Lln => wire::Limit::Lln,
            });
            wire::Operand { fact, select, filter, over, ..blank }
        }
        OperandKind::Attribute(name) => wire::Operand { attribute: Some(name.clone()), ..blank },
        OperandKind::Coalesce { read, otherwise } => {
            let Looked { fact, select, filter, .. } = looked_at_fact(tree, read);
            wire::Operand { given: fact, select, filter, otherwise: boxed(otherwise), ..blank }
        }
        OperandKind::Age(age) => {
            let Looked { fact, select, filter, .. } =
                age.recorded.as_ref().map(|read| looked_at_fact(tree, read)).unwrap_or_default();
            let unit = match age.unit {
                AgeUnit::Day => wire::AgeUnit::Day,
                AgeUnit::Week => wire::AgeUnit::Week,
                AgeUnit::Month => wire::AgeUnit::Month,
                AgeUnit::Year => wire::AgeUnit::Year,
            };
            let (from, to) = (fact_name(tree, age.from), anchor_name(tree, age.to));
            let completed = wire::Completed { unit, given: fact, select, filter, from, to };
            wire::Operand { completed: Some(Box::new(completed)), ..blank }
        }
        OperandKind::DailyDose(dose) => wire::Operand { daily_dose: Some(Box::new(daily_dose(tree, dose))), ..blank },
        OperandKind::Add(..) => wire::Operand { add: Some(chain(tree, operand)), ..blank },
        OperandKind::Subtract(..) => wire::Operand { subtract: Some(chain(tree, operand)), ..blank },
        OperandKind::Multiply(..) => wire::Operand { multiply: Some(chain(tree, operand)), ..blank },
        OperandKind::Divide(..) => wire::Operand { divide: Some(chain(tree, operand)), ..blank },
        OperandKind::Power(base, exponent) => {
            wire::Operand { power: boxed(base), exponent: Some(exponent.to_string()), ..blank }
        }
        OperandKind::Min(items) => {
            wire::Operand { min: Some(items.iter().map(|item| self::operand(tree, item)).collect()), ..blank }
        }
        OperandKind::Max(items) => {
            wire::Operand { max: Some(items.iter().map(|item| self::operand(tree, item)).collect()), ..blank }
        }
        OperandKind::If { condition, then, otherwise } => {
            wire::Operand { condition: Some(next(*condition)), then: boxed(then), otherwise: boxed(otherwise), ..blank }
        }
    }
}

/// `a + b + c` as one list: the left spine of equal operators, opened.
fn chain(tree: &DecisionTree, operand: &Operand) -> Vec<wire::Operand> {
    let mut items = Vec::new();
    let mut rest = operand;
    loop {
        let (left, right) = match &rest.kind {
            OperandKind::Add(left, right)
            | OperandKind::Subtract(left, right)
            | OperandKind::Multiply(left, right)
            | OperandKind::Divide(left, right)
                if std::mem::discriminant(&rest.kind) == std::mem::discriminant(&operand.kind) =>
            {
                (left, right)
            }
            _ => break,
        };
        items.push(self::operand(tree, right));
        rest = left;
    }
    items.push(self::operand(tree, rest));
    items.reverse();
    items
}

//! Decision trees by hand, in few words.

use std::collections::HashMap;

use eligc::eval::Evaluator;
use eligc::explain::{EvalOptions, Evaluation};
use eligc::ir::{EntryKind, Length, Limit, Outcome, Polarity, Quantifier, Relation, Table, Verdict};
use eligc::number::{Comparison, Rational};
use eligc::record::{ReadOptions, Record, RecordError};
use eligc::tree::{
    Anchor, AnchorId, Attribute, Branch, Criterion, DecisionTree, Fact, FactId, FactRead, Group, Kind, KindId, Leaf,
    Node, NodeId, Operand, OperandKind, Question, QuestionId, Subject, Test, TestId, TimeOf, TrialInfo, ValueType,
    WindowAnchor,
};
use eligc::units::{Conversion, TimeUnit};

pub const CONSENT: AnchorId = AnchorId::at(0);
pub const SCREENING: AnchorId = AnchorId::at(1);
pub const INFUSION: AnchorId = AnchorId::at(2);

pub fn rational(text: &str) -> Rational {
    Rational::parse(text).expect("a number")
}

/// A condition, to be compiled under its three continuations.
#[derive(Clone)]
pub enum Cond {
    Test(Test),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    Not(Box<Cond>),
}

/// Whether a filter says `planned`, so that marked entries are asked too.
fn asks_for_planned(cond: &Cond) -> bool {
    match cond {
        Cond::Test(test) => matches!(test, Test::Window { relation: Relation::Planned, .. }),
        Cond::And(items) | Cond::Or(items) => items.iter().any(asks_for_planned),
        Cond::Not(inner) => asks_for_planned(inner),
    }
}

pub fn not(cond: Cond) -> Cond {
    Cond::Not(Box::new(cond))
}

/// A tree under construction.
pub struct Trial {
    pub tree: DecisionTree,
    nodes: HashMap<Node, NodeId>,
    tests: HashMap<Test, TestId>,
}

pub fn quantity(unit: &str, others: &[(&str, &str)]) -> ValueType {
    let mut units = vec![(unit.to_owned(), Conversion::by(Rational::one()))];
    units.extend(others.iter().map(|(unit, factor)| ((*unit).to_owned(), Conversion::by(rational(factor)))));
    ValueType::Quantity { unit: unit.to_owned(), units }
}

pub fn score(low: &str, high: &str, step: &str) -> ValueType {
    ValueType::Score { low: rational(low), high: rational(high), step: rational(step) }
}

pub fn coded(values: &[&str]) -> ValueType {
    ValueType::Coded { values: values.iter().map(|value| (*value).to_owned()).collect() }
}

pub fn ordinal(levels: &[&str]) -> ValueType {
    let levels = levels.iter().map(|level| (*level).to_owned()).collect();
    ValueType::Ordinal { scale: "class".to_owned(), levels }
}

pub fn attribute(name: &str, ty: ValueType) -> Attribute {
    Attribute { name: name.to_owned(), ty, possible: None }
}

impl Trial {
    pub fn new() -> Trial {
        let anchor = |name: &str| Anchor { name: name.to_owned(), text: None };
        Trial {
            tree: DecisionTree {
                trial: TrialInfo { id: "T".to_owned(), title: None, details: Vec::new() },
                anchors: ["consent", "screening", "infusion"].into_iter().map(anchor).collect(),
                default_anchor: SCREENING,
                facts: Table::default(),
                kinds: Table::default(),
                groups: Table::default(),
                other_names: Vec::new(),
                questions: Table::default(),
                tests: Table::default(),
                nodes: Table::default(),
                criteria: Vec::new(),
                checks: Vec::new(),
                notes: Vec::new(),
            },
            nodes: HashMap::new(),
            tests: HashMap::new(),
        }
    }

    pub fn fact(&mut self, name: &str, ty: ValueType) -> FactId {
        let numeric = matches!(ty, ValueType::Quantity { .. } | ValueType::Score { .. });
        self.tree.facts.push(Fact {
            name: name.to_owned(),
            text: None,
            ty,
            possible: None,
            uln: numeric,
            lln: numeric,
            absent_means_no: false,
            attributes: Table::default(),
            codes: Vec::new(),
            bears_on: Vec::new(),
        })
    }

    pub fn possible(&mut self, fact: FactId, low: &str, high: &str) {
        self.tree.facts[fact].possible = Some((rational(low), rational(high)));
    }

    pub fn kind(&mut self, name: &str, word: EntryKind, attributes: Vec<Attribute>) -> KindId {
        self.tree.kinds.push(Kind {
            name: name.to_owned(),
            text: None,
            word,
            absent_means_no: false,
            half_life: None,
            equivalent: None,
            attributes: attributes.into(),
            codes: Vec::new(),
            bears_on: Vec::new(),
        })
    }

    pub fn group(&mut self, name: &str, members: &[KindId], others: &[&str]) {
        self.tree.groups.push(Group {
            name: name.to_owned(),
            members: members.to_vec(),
            other_members: others.iter().map(|name| (*name).to_owned()).collect(),
        });
    }

    pub fn question(&mut self, id: &str) -> QuestionId {
        self.tree.questions.push(Question {
            id: id.to_owned(),
            text: "Able to follow the protocol".to_owned(),
            by: "investigator".to_owned(),
        })
    }

    fn test(&mut self, test: Test) -> TestId {
        let tests = &mut self.tree.tests;
        *self.tests.entry(test.clone()).or_insert_with(|| tests.push(test))
    }

    fn node(&mut self, node: Node) -> Branch {
        if node.yes == node.no && node.no == node.unknown {
            return node.yes;
        }
        let nodes = &mut self.tree.nodes;
        Branch::Node(*self.nodes.entry(node).or_insert_with(|| nodes.push(node)))
    }

    /// Compiles a condition under its three continuations.
    pub fn compile(&mut self, cond: &Cond, yes: Branch, no: Branch, unknown: Branch) -> Branch {
        match cond {
            Cond::Test(test) => {
                let test = self.test(test.clone());
                self.node(Node { test, yes, no, unknown })
            }
            Cond::Not(inner) => self.compile(inner, no, yes, unknown),
            Cond::And(all) => match all.split_first() {
                None => yes,
                Some((first, rest)) => {
                    let rest = Cond::And(rest.to_vec());
                    let on_yes = self.compile(&rest, yes, no, unknown);
                    let on_unknown = self.compile(&rest, unknown, no, unknown);
                    self.compile(first, on_yes, no, on_unknown)
                }
            },
            Cond::Or(all) => {
                let all = all.iter().cloned().map(not).collect();
                self.compile(&Cond::And(all), no, yes, unknown)
            }
        }
    }

    pub fn filter(&mut self, cond: &Cond) -> Branch {
        self.compile(cond, Branch::Leaf(Leaf::Yes), Branch::Leaf(Leaf::No), Branch::Leaf(Leaf::Unknown))
    }

    pub fn criterion(&mut self, id: &str, polarity: Polarity, stage: AnchorId, cond: &Cond) {
        let (yes, no) = match polarity {
            Polarity::Require => (Leaf::Pass, Leaf::Fail),
            Polarity::Exclude => (Leaf::Fail, Leaf::Pass),
        };
        let root = self.compile(cond, Branch::Leaf(yes), Branch::Leaf(no), Branch::Leaf(Leaf::Unknown));
        let line = u32::try_from(self.tree.criteria.len() + 1).expect("few criteria");
        self.tree.criteria.push(Criterion {
            id: id.to_owned(),
            polarity,
            text: None,
            statement: String::new(),
            stage,
            root,
            source: ("t.elig".to_owned(), line),
        });
    }

    pub fn require(&mut self, id: &str, cond: impl Into<Cond>) {
        self.criterion(id, Polarity::Require, SCREENING, &cond.into());
    }

    pub fn exclude(&mut self, id: &str, cond: impl Into<Cond>) {
        self.criterion(id, Polarity::Exclude, SCREENING, &cond.into());
    }

    /// The latest result at or before screening.
    pub fn latest(&mut self, fact: FactId) -> FactRead {
        let filter = self.filter(&Cond::Test(Test::Window {
            of: TimeOf::Result,
            relation: Relation::UpTo,
            anchor: WindowAnchor::Date(SCREENING),
            undated: true,
        }));
        FactRead { fact, quantifier: Quantifier::Latest, filter, by: None }
    }

    /// Results in a window, undated ones unknown.
    pub fn within(&mut self, fact: FactId, quantifier: Quantifier, relation: Relation) -> FactRead {
        let filter = self.filter(&Cond::Test(Test::Window {
            of: TimeOf::Result,
            relation,
            anchor: WindowAnchor::Date(SCREENING),
            undated: false,
        }));
        FactRead { fact, quantifier, filter, by: None }
    }

    pub fn compare(&mut self, fact: FactId, op: Comparison, bound: &str) -> Cond {
        let left = Operand::from(OperandKind::Fact(self.latest(fact), None));
        Cond::Test(Test::Compare { left, op, right: Operand::from(OperandKind::Number(rational(bound))) })
    }

    pub fn times_limit(&mut self, fact: FactId, limit: Limit, op: Comparison, bound: &str) -> Cond {
        let left = Operand::from(OperandKind::Fact(self.latest(fact), Some(limit)));
        Cond::Test(Test::Compare { left, op, right: Operand::from(OperandKind::Number(rational(bound))) })
    }

    pub fn among(&mut self, fact: FactId, values: &[&str]) -> Cond {
        let subject = Subject::Fact(self.latest(fact));
        Cond::Test(Test::IsOneOf { subject, values: values.iter().map(|value| (*value).to_owned()).collect() })
    }

    pub fn is_yes(&mut self, fact: FactId) -> Cond {
        let subject = Subject::Fact(self.latest(fact));
        Cond::Test(Test::IsYes { subject })
    }

    pub fn at_least(&mut self, count: u32, kinds: &[KindId], filter: &Cond) -> Cond {
        let planned = asks_for_planned(filter);
        let filter = self.filter(filter);
        Cond::Test(Test::Entries {
            kinds: kinds.to_vec(),
            filter,
            distinct: false,
            choice: None,
            planned,
            op: Comparison::Ge,
            count,
        })
    }

    pub fn evaluator(mut self) -> Evaluator {
        if self.tree.criteria.is_empty() {
            // There is no tree that asks nothing; where only reading is looked at, this is asked.
            self.require("R", Test::Todo { text: "nothing".to_owned() });
        }
        Evaluator::new(self.tree).expect("a sound tree")
    }
}

impl From<Test> for Cond {
    fn from(test: Test) -> Cond {
        Cond::Test(test)
    }
}

pub fn entry(relation: Relation) -> Cond {
    Cond::Test(Test::Window { of: TimeOf::Entry, relation, anchor: WindowAnchor::Date(SCREENING), undated: false })
}

pub fn attribute_among(name: &str, values: &[&str]) -> Cond {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Cond::Test(Test::IsOneOf { subject: Subject::Attribute(name.to_owned()), values })
}

pub fn always() -> Cond {
    Cond::And(Vec::new())
}

pub fn calendar(count: u32, unit: TimeUnit) -> Length {
    Length::Calendar(count, unit)
}

pub fn before(count: u32, unit: TimeUnit) -> Relation {
    Relation::Within { before: Some(calendar(count, unit)), after: None }
}

/// Facts in single quotes, at screening on 1 March 2026.
pub fn record(facts: &str) -> String {
    format!(r#"{{"id":"P-1","anchors":{{"screening":"2026-03-01"}},"facts":{}}}"#, facts.replace('\'', "\""))
}

pub fn read(evaluator: &Evaluator, json: &str) -> Result<Record, RecordError> {
    evaluator.read(json.as_bytes(), &ReadOptions::default())
}

#[track_caller]
pub fn evaluate(evaluator: &Evaluator, json: &str) -> Evaluation {
    let record = read(evaluator, json).unwrap_or_else(|error| panic!("{json}\n{error}"));
    let evaluation = evaluator.evaluate(&record, &EvalOptions::default());
    // Every way to a verdict gives the same one.
    assert_eq!(evaluation.verdict, evaluator.screen(&record), "{json}");
    let mut outcomes = Vec::new();
    evaluator.outcomes(&record, &mut outcomes);
    assert_eq!(outcomes, evaluation.criteria.iter().map(|criterion| criterion.outcome).collect::<Vec<_>>());
    for criterion in &evaluation.criteria {
        assert_eq!(criterion.reasons.is_empty(), criterion.outcome != Outcome::Unknown, "{json} {criterion:?}");
    }
    assert!(evaluation.verdict == Verdict::Undetermined || evaluation.decisive.is_empty());
    evaluation
}

/// The outcome of the only criterion, on facts in single quotes.
#[track_caller]
pub fn outcome(evaluator: &Evaluator, facts: &str) -> Outcome {
    let evaluation = evaluate(evaluator, &record(facts));
    evaluation.criteria.first().expect("a criterion").outcome
}

/// Checks one outcome a line: facts, then `pass`, `fail` or `unknown`.
#[track_caller]
pub fn outcomes(evaluator: &Evaluator, cases: &[(&str, Outcome)]) {
    for (facts, expected) in cases {
        assert_eq!(outcome(evaluator, facts), *expected, "{facts}");
    }
}

pub use Outcome::{Fail, Pass, Unknown};

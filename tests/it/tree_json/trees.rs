//! Trees to write, and the schema.

use eligc::ir::{AgeUnit, EntryKind, Length, Limit, Polarity, Quantifier, Relation, Table};
use eligc::number::{Comparison, Rational};
use eligc::tree::{
    Age, Anchor, AnchorId, Attribute, Branch, Check, Code, Criterion, DecisionTree, Fact, FactId, FactRead, Group,
    Kind, KindId, Leaf, Node, NodeId, Note, Operand, OperandKind, Question, QuestionId, Subject, Test, TestId, TimeOf,
    TrialInfo, ValueType, WindowAnchor,
};
use eligc::units::{Conversion, TimeUnit};
use serde_json::Value;

pub(super) const YES: Branch = Branch::Leaf(Leaf::Yes);
pub(super) const NO: Branch = Branch::Leaf(Leaf::No);
pub(super) const UNKNOWN: Branch = Branch::Leaf(Leaf::Unknown);
pub(super) const PASS: Branch = Branch::Leaf(Leaf::Pass);
pub(super) const FAIL: Branch = Branch::Leaf(Leaf::Fail);

pub(super) fn number(text: &str) -> Rational {
    Rational::parse(text).unwrap()
}

pub(super) fn quantity(unit: &str, others: &[(&str, &str)]) -> ValueType {
    let mut units = vec![(unit.to_owned(), Conversion::by(number("1")))];
    units.extend(others.iter().map(|(unit, factor)| ((*unit).to_owned(), Conversion::by(number(factor)))));
    ValueType::Quantity { unit: unit.to_owned(), units }
}

pub(super) fn coded(values: &[&str]) -> ValueType {
    ValueType::Coded { values: values.iter().map(|value| (*value).to_owned()).collect() }
}

pub(super) fn attribute(name: &str, ty: ValueType) -> Attribute {
    Attribute { name: name.to_owned(), ty, possible: None }
}

pub(super) fn fact(name: &str, ty: ValueType) -> Fact {
    Fact {
        name: name.to_owned(),
        text: None,
        ty,
        possible: None,
        uln: false,
        lln: false,
        absent_means_no: false,
        attributes: Table::default(),
        codes: Vec::new(),
        bears_on: Vec::new(),
    }
}

pub(super) fn kind(name: &str, word: EntryKind, attributes: Vec<Attribute>) -> Kind {
    Kind {
        name: name.to_owned(),
        text: None,
        word,
        absent_means_no: false,
        half_life: None,
        equivalent: None,
        attributes: attributes.into(),
        codes: Vec::new(),
        bears_on: Vec::new(),
    }
}

/// Declarations of every sort, and no test yet.
pub(super) fn declarations() -> DecisionTree {
    let lvef = Fact {
        text: Some("Left ventricular ejection fraction.".to_owned()),
        possible: Some((number("0"), number("100"))),
        uln: true,
        lln: true,
        attributes: vec![
            attribute("method", coded(&["echo", "muga", "mri"])),
            attribute("room_air", ValueType::YesNo),
            attribute("read_on", ValueType::Date),
            Attribute { possible: Some((number("0"), number("10"))), ..attribute("flow", quantity("L/min", &[])) },
        ]
        .into(),
        codes: vec![
            Code { system: "loinc".to_owned(), code: "10230-1".to_owned(), source: Some("a list".to_owned()) },
            Code { system: "omop".to_owned(), code: "3027172".to_owned(), source: None },
        ],
        ..fact("lvef", quantity("%", &[("1", "100"), ("[ppth]", "1/10")]))
    };
    let grades =
        ValueType::Ordinal { scale: "grade".to_owned(), levels: ["0", "1", "2", "3"].map(str::to_owned).to_vec() };
    DecisionTree {
        trial: TrialInfo {
            id: "NCT00000001".to_owned(),
            title: Some("A \"quoted\" title, with µ and ≥".to_owned()),
            details: vec![("sponsor".to_owned(), "Nobody".to_owned()), ("phase".to_owned(), "1".to_owned())],
        },
        anchors: vec![
            Anchor { name: "consent".to_owned(), text: None },
            Anchor { name: "screening".to_owned(), text: Some("The screening visit.".to_owned()) },
            Anchor { name: "infusion".to_owned(), text: None },
        ]
        .into(),
        default_anchor: AnchorId::at(1),
        facts: vec![
            lvef,
            fact("sledai2k", ValueType::Score { low: number("0"), high: number("105"), step: number("1") }),
            fact("ana", coded(&["positive", "negative"])),
            fact("dyspnea", grades.clone()),
            Fact { absent_means_no: true, ..fact("pregnant", ValueType::YesNo) },
            fact("birth_date", ValueType::Date),
            Fact { possible: Some((number("10"), number("1280"))), ..fact("ana_titre", ValueType::Titre) },
        ]
        .into(),
        kinds: vec![
            kind("malignancy", EntryKind::Event, vec![attribute("site", coded(&["skin", "cervix"]))]),
            kind("bleeding", EntryKind::Condition, vec![attribute("grade", grades)]),
            Kind {
                half_life: Some(number("0.5")),
                absent_means_no: true,
                text: Some("A corticosteroid.".to_owned()),
                ..kind(
                    "prednisone",
                    EntryKind::Drug,
                    vec![
                        attribute("dose", quantity("mg/d", &[("g/d", "1000")])),
                        attribute("stable", ValueType::YesNo),
                        attribute("dose_since", ValueType::Date),
                    ],
                )
            },
            Kind {
                equivalent: Some((number("4/5"), "prednisone".to_owned())),
                ..kind("methotrexate", EntryKind::Drug, vec![attribute("dose", quantity("mg/d", &[("ug/d", "0.001")]))])
            },
        ]
        .into(),
        groups: vec![Group {
            name: "immunosuppressant".to_owned(),
            members: vec![KindId::at(2), KindId::at(3)],
            other_members: vec!["azathioprine".to_owned()],
        }]
        .into(),
        other_names: vec!["albumin".to_owned(), "stroke".to_owned()],
        questions: vec![Question {
            id: "E18".to_owned(),
            text: "Poor compliance?".to_owned(),
            by: "investigator".to_owned(),
        }]
        .into(),
        tests: Table::default(),
        nodes: Table::default(),
        criteria: Vec::new(),
        checks: Vec::new(),
        notes: vec![Note { id: None, text: "Taper slowly.".to_owned(), source: ("a.elig".to_owned(), 9) }],
    }
}

pub(super) fn latest(fact: u32) -> FactRead {
    FactRead { fact: FactId::at(fact), quantifier: Quantifier::Latest, filter: YES, by: None }
}

pub(super) fn node(test: u32, yes: Branch, no: Branch) -> Node {
    Node { test: TestId::at(test), yes, no, unknown: UNKNOWN }
}

pub(super) fn criterion(id: &str, polarity: Polarity, root: Branch) -> Criterion {
    Criterion {
        id: id.to_owned(),
        polarity,
        text: None,
        statement: format!("require [{id}] .."),
        stage: AnchorId::at(1),
        root,
        source: ("a.elig".to_owned(), 3),
    }
}

/// A tree with every test, subject and operand.
pub(super) fn everything() -> DecisionTree {
    let days = |n| Length::Calendar(n, TimeUnit::Day);
    let window =
        |of, relation| Test::Window { of, relation, anchor: WindowAnchor::Date(AnchorId::at(1)), undated: false };
    let boxed = |operand| Box::new(operand);
    let number_of = |text: &str| Operand::from(OperandKind::Number(number(text)));
    let mut tree = declarations();
    tree.tests = vec![
        // 0..2: in the filter of results of lvef
        Test::IsOneOf {
            subject: Subject::Attribute("method".to_owned()),
            values: vec!["echo".to_owned(), "muga".to_owned()],
        },
        Test::Window {
            of: TimeOf::Result,
            relation: Relation::Within { before: Some(Length::Calendar(8, TimeUnit::Week)), after: None },
            anchor: WindowAnchor::Date(AnchorId::at(1)),
            undated: true,
        },
        // 2..5: in the filter of prednisone
        Test::IsYes { subject: Subject::Attribute("stable".to_owned()) },
        window(
            TimeOf::Attribute("dose_since".to_owned()),
            Relation::EarlierBy { strict: false, length: Length::Calendar(2, TimeUnit::Week) },
        ),
        window(TimeOf::Entry, Relation::Within { before: Some(Length::HalfLives(5)), after: Some(days(1)) }),
        // 5: in the filter of the two drugs
        Test::Compare {
            left: Operand::from(OperandKind::Attribute("dose".to_owned())),
            op: Comparison::Ge,
            right: number_of("7.5"),
        },
        // 6..
        Test::Compare {
            left: Operand::from(OperandKind::Fact(
                FactRead {
                    fact: FactId::at(0),
                    quantifier: Quantifier::Any,
                    filter: Branch::Node(NodeId::at(1)),
                    by: None,
                },
                Some(Limit::Uln),
            )),
            op: Comparison::Le,
            right: number_of("855/292331"),
        },
        Test::IsOneOf { subject: Subject::Fact(latest(3)), values: vec!["0".to_owned(), "1".to_owned()] },
        Test::IsYes { subject: Subject::Fact(latest(4)) },
        Test::Entries {
            kinds: vec![KindId::at(2)],
            filter: Branch::Node(NodeId::at(4)),
            distinct: false,
            choice: None,
            planned: true,
            op: Comparison::Ge,
            count: 1,
        },
        Test::Entries {
            kinds: vec![KindId::at(2), KindId::at(3)],
            filter: Branch::Node(NodeId::at(5)),
            distinct: true,
            choice: None,
            planned: false,
            op: Comparison::Le,
            count: 2,
        },
        window(TimeOf::Fact(latest(5)), Relation::Before),
        Test::Judged { question: QuestionId::at(0) },
        Test::Todo { text: "organ function".to_owned() },
        Test::Compare {
            left: Operand::from(OperandKind::Coalesce {
                read: latest(0),
                otherwise: boxed(Operand::from(OperandKind::If {
                    condition: Branch::Node(NodeId::at(6)),
                    then: boxed(Operand::from(OperandKind::Add(
                        boxed(Operand::from(OperandKind::Add(
                            boxed(number_of("1")),
                            boxed(Operand::from(OperandKind::Fact(latest(1), None))),
                        ))),
                        boxed(Operand::from(OperandKind::Add(boxed(number_of("2")), boxed(number_of("-0.001"))))),
                    ))),
                    otherwise: boxed(Operand::from(OperandKind::Power(
                        boxed(Operand::from(OperandKind::Min(vec![
                            Operand::from(OperandKind::Divide(
                                boxed(Operand::from(OperandKind::Age(Box::new(Age {
                                    unit: AgeUnit::Month,
                                    recorded: None,
                                    scales: (),
                                    from: FactId::at(5),
                                    to: AnchorId::at(0),
                                })))),
                                boxed(Operand::from(OperandKind::Subtract(
                                    boxed(number_of("3")),
                                    boxed(number_of("1")),
                                ))),
                            )),
                            Operand::from(OperandKind::Max(vec![number_of("4")])),
                        ]))),
                        number("-0.302"),
                    ))),
                })),
            }),
            op: Comparison::Ne,
            right: Operand::from(OperandKind::Multiply(boxed(number_of("2")), boxed(number_of("3")))),
        },
    ]
    .into();
    let relations = [
        Relation::Within { before: None, after: Some(days(3)) },
        Relation::Before,
        Relation::After,
        Relation::At,
        Relation::UpTo,
        Relation::Current,
        Relation::Planned,
        Relation::EarlierBy { strict: true, length: days(4) },
        Relation::LaterBy { strict: true, length: Length::Calendar(48, TimeUnit::Hour) },
        Relation::LaterBy { strict: false, length: Length::Calendar(1, TimeUnit::Year) },
        Relation::Throughout { length: Length::Calendar(2, TimeUnit::Month) },
        Relation::Lasting { strict: true, length: days(14) },
        Relation::Lasting { strict: false, length: days(14) },
    ];
    tree.nodes = vec![
        node(0, YES, NO),
        node(1, Branch::Node(NodeId::at(0)), NO),
        node(2, YES, NO),
        node(3, Branch::Node(NodeId::at(2)), NO),
        node(4, Branch::Node(NodeId::at(3)), NO),
        node(5, YES, NO),
        node(8, YES, NO),
    ]
    .into();
    for (place, test) in tree.tests.ids().enumerate().skip(6) {
        let id = format!("I{place}");
        tree.criteria.push(criterion(&id, Polarity::Require, Branch::Node(tree.nodes.next_id())));
        tree.nodes.push(Node { test, yes: PASS, no: FAIL, unknown: UNKNOWN });
    }
    for (index, relation) in relations.into_iter().enumerate() {
        let inner = tree.tests.push(window(TimeOf::Entry, relation));
        let outer = tree.tests.push(Test::Entries {
            kinds: vec![KindId::at(0), KindId::at(1)],
            filter: Branch::Node(tree.nodes.next_id()),
            distinct: false,
            choice: None,
            planned: false,
            op: Comparison::Ge,
            count: 1,
        });
        tree.nodes.push(Node { test: inner, yes: YES, no: NO, unknown: UNKNOWN });
        tree.criteria.push(Criterion {
            text: Some("For people.".to_owned()),
            ..criterion(&format!("E{index}"), Polarity::Exclude, Branch::Node(tree.nodes.next_id()))
        });
        tree.nodes.push(Node { test: outer, yes: FAIL, no: PASS, unknown: UNKNOWN });
    }
    tree.criteria.push(criterion("always", Polarity::Require, PASS));
    tree
}

pub(super) fn schema() -> jsonschema::Validator {
    let text = include_str!("../../../docs/tree.schema.json");
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

pub(super) fn assert_fits(schema: &jsonschema::Validator, text: &str) {
    let value: Value = serde_json::from_str(text).unwrap();
    if let Some(error) = schema.iter_errors(&value).next() {
        panic!("{error} at {}\n{text}", error.instance_path());
    }
}

/// The error of `everything()` after `change`, which edits its JSON.
pub(super) fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(&everything().to_json()).unwrap();
    change(&mut value);
    match DecisionTree::from_json(&value.to_string()) {
        Ok(_) => panic!("was accepted"),
        Err(error) => error.to_string(),
    }
}

/// The error of `everything()` after `change`, which edits the tree itself.
pub(super) fn invalid(change: impl FnOnce(&mut DecisionTree)) -> String {
    let mut tree = everything();
    change(&mut tree);
    let direct = tree.validate().unwrap_err().to_string();
    // The written form is refused as well, maybe for an earlier reason.
    DecisionTree::from_json(&tree.to_json()).unwrap_err();
    direct
}

pub(super) fn zero() -> Operand {
    Operand::from(OperandKind::Number(number("0")))
}

pub(super) fn compare(left: Operand, right: Operand) -> Test {
    Test::Compare { left, op: Comparison::Ge, right }
}

pub(super) fn entries(kinds: &[u32], op: Comparison) -> Test {
    let kinds = kinds.iter().map(|kind| KindId::at(*kind)).collect();
    Test::Entries { kinds, filter: YES, distinct: false, choice: None, planned: false, op, count: 1 }
}

/// A course at an anchor.
pub(super) fn course(kinds: &[u32], gap: u32, count: u32, windows: &[Relation]) -> Test {
    let kinds = kinds.iter().map(|kind| KindId::at(*kind)).collect();
    let windows = windows.iter().map(|relation| (relation.clone(), AnchorId::at(1))).collect();
    Test::Course { kinds, filter: YES, gap, distinct: false, planned: false, op: Comparison::Ge, count, windows }
}

/// An edit check that names one of each.
pub(super) fn check(root: Branch) -> Check {
    Check {
        id: Some("1".to_owned()),
        text: "what is so".to_owned(),
        why: None,
        root,
        facts: vec![FactId::at(2), FactId::at(4)],
        kinds: vec![KindId::at(0)],
        anchors: vec![AnchorId::at(1)],
        source: ("checks.elig".to_owned(), 3),
    }
}

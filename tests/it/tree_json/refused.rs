//! Each way in which a document can be broken is refused with a reason that names the place.

use eligc::ir::{AgeUnit, Id, Length, Limit, Polarity, Quantifier, Relation};
use eligc::number::Comparison;
use eligc::tree::{
    Age, AnchorId, Branch, DecisionTree, FactId, FactRead, NodeId, Operand, OperandKind, Subject, Test, TimeOf,
    ValueType, WindowAnchor,
};
use eligc::units::Conversion;
use serde_json::{Value, json};

use super::trees::*;

/// The id of a place.
fn of_date(fact: u32, relation: Relation, anchor: usize, undated: bool) -> Test {
    Test::Window { of: TimeOf::Fact(latest(fact)), relation, anchor: date(anchor), undated }
}

fn date(anchor: usize) -> WindowAnchor {
    WindowAnchor::Date(at(anchor))
}

pub(super) fn at<I: Id>(place: usize) -> I {
    I::new(place)
}

#[test]
fn names_and_indices_must_be_declared() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 16] = [
        ("tests[7]: no fact `nobody` is listed", |v| v["tests"][7]["fact"] = json!("nobody")),
        ("tests[6].left: no fact `nobody` is listed", |v| v["tests"][6]["left"]["fact"] = json!("nobody")),
        ("tests[9]: no kind `nobody` is listed", |v| v["tests"][9]["kinds"] = json!(["nobody"])),
        ("tests[11]: no anchor `nobody` is listed", |v| v["tests"][11]["anchor"] = json!("nobody")),
        ("tests[12]: no question `nobody` is listed", |v| v["tests"][12]["question"] = json!("nobody")),
        ("default_anchor: no anchor `nobody` is listed", |v| v["default_anchor"] = json!("nobody")),
        ("criteria[0].stage: no anchor `nobody` is listed", |v| v["criteria"][0]["stage"] = json!("nobody")),
        ("record.groups[0]: no kind `nobody` is listed", |v| v["record"]["groups"][0]["members"] = json!(["nobody"])),
        ("anchors[1]: `consent` is listed twice", |v| v["anchors"][1]["name"] = json!("consent")),
        ("record.facts[1]: `lvef` is listed twice", |v| v["record"]["facts"][1]["name"] = json!("lvef")),
        ("record.kinds[1]: `malignancy` is listed twice", |v| v["record"]["kinds"][1]["name"] = json!("malignancy")),
        ("criteria[1]: `I6` is listed twice", |v| v["criteria"][1]["id"] = json!("I6")),
        ("criteria[0].root: no node 999", |v| v["criteria"][0]["root"] = json!(999)),
        ("nodes[0]: no test 999", |v| v["nodes"][0]["test"] = json!(999)),
        ("tests[9]: no node 999", |v| v["tests"][9]["where"] = json!(999)),
        ("record.facts[0].type.units: the canonical unit `mm` is not among them", |v| {
            v["record"]["facts"][0]["type"]["unit"] = json!("mm")
        }),
    ];
    for (expected, change) in cases {
        assert_eq!(refused(change), expected);
    }
}

#[test]
fn fields_of_a_test_must_agree() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 16] = [
        ("needs either a `fact`", |v| v["tests"][7]["attribute"] = json!("method")),
        ("needs either a `fact`", |v| v["tests"][0]["select"] = json!("any")),
        ("`of` and the other fields disagree", |v| v["tests"][4]["fact"] = json!("birth_date")),
        ("`of` and the other fields disagree", |v| v["tests"][11]["of"] = json!("attribute")),
        ("belong to \"is\":\"within\" only", |v| v["tests"][4]["is"] = json!("before")),
        ("takes no `length`", |v| v["tests"][11]["length"] = json!({"n": 1, "unit": "day"})),
        ("needs a `length`", |v| v["tests"][11]["is"] = json!("earlier_by")),
        ("never `strict`", |v| v["tests"][11]["strict"] = json!(true)),
        ("an operand has exactly one of", |v| v["tests"][6]["right"]["fact"] = json!("lvef")),
        ("an operand has exactly one of", |v| v["tests"][6]["right"] = json!({})),
        ("`over` does not belong to `number`", |v| v["tests"][6]["right"]["over"] = json!("uln")),
        ("`else` is missing", |v| v["tests"][6]["right"] = json!({"given": "sledai2k"})),
        ("`exponent` is missing", |v| v["tests"][6]["right"] = json!({"power": {"number": "2"}})),
        ("`then` is missing", |v| v["tests"][6]["right"] = json!({"if": "yes", "else": {"number": "2"}})),
        ("needs two operands or more", |v| v["tests"][6]["right"] = json!({"add": [{"number": "2"}]})),
        ("an empty list of operands", |v| v["tests"][6]["right"] = json!({"min": []})),
    ];
    for (expected, change) in cases {
        let error = refused(change);
        assert!(error.contains(expected), "{expected} <> {error}");
    }
}

#[test]
fn numbers_are_exact_texts() {
    for text in ["", "1.", ".5", "1e9", "+1", "1/0", "NaN", "1,5", " 1", "1/2/3"] {
        let error = refused(|value| value["tests"][6]["right"]["number"] = json!(text));
        assert!(error.starts_with("tests[6].right: `"), "{text}: {error}");
    }
    let error = refused(|value| value["tests"][6]["right"]["number"] = json!(7));
    assert!(error.contains("expected a string"), "{error}");
}

#[test]
fn declarations_must_make_sense() {
    type Change = fn(&mut DecisionTree);
    let cases: [(&str, Change); 24] = [
        ("record.kinds[0]: `lvef` is listed in record.facts too", |t| t.kinds[at(0)].name = "lvef".to_owned()),
        ("record.other_names[1]: `stroke` is listed in record.groups too", |t| {
            t.groups[at(0)].name = "stroke".to_owned();
        }),
        ("record.facts[1]: an empty name", |t| t.facts[at(1)].name = String::new()),
        ("record.other_names: not sorted", |t| t.other_names.reverse()),
        ("default_anchor: no such anchor", |t| t.default_anchor = at(3)),
        ("questions[0]: `by` is", |t| t.questions[at(0)].by = "nurse".to_owned()),
        ("criteria[0]: `stage` is no anchor", |t| t.criteria[0].stage = at(3)),
        ("criteria[0].source: lines are counted from 1", |t| t.criteria[0].source.1 = 0),
        ("notes[0].source: lines are counted from 1", |t| t.notes[0].source.1 = 0),
        ("record.groups[0]: a group without members", |t| t.groups[at(0)].members.clear()),
        ("record.groups[0]: each is listed once, in the order", |t| t.groups[at(0)].members.reverse()),
        ("record.groups[0][2]: `prednisone` is listed twice", |t| {
            t.groups[at(0)].other_members = vec!["prednisone".to_owned()];
        }),
        ("record.kinds[2]: a half-life is more than nothing", |t| t.kinds[at(2)].half_life = Some(number("0"))),
        ("record.facts[0].type: the factor of `1` is not above zero", |t| {
            t.facts[at(0)].ty = quantity("%", &[("1", "-100")]);
        }),
        ("record.facts[0].type: the canonical unit `%` comes first, with factor 1", |t| {
            t.facts[at(0)].ty = ValueType::Quantity {
                unit: "%".to_owned(),
                units: vec![("%".to_owned(), Conversion::by(number("2")))],
            };
        }),
        ("record.facts[1].type: a score runs", |t| {
            t.facts[at(1)].ty = ValueType::Score { low: number("0"), high: number("1"), step: number("0") };
        }),
        ("record.facts[2].type: no value is listed", |t| t.facts[at(2)].ty = coded(&[])),
        ("record.facts[2].type[1]: `a` is listed twice", |t| t.facts[at(2)].ty = coded(&["a", "a"])),
        ("record.facts[2]: only a quantity or score has limits", |t| t.facts[at(2)].uln = true),
        ("record.facts[2]: only a quantity, score or titre has a `possible` range", |t| {
            t.facts[at(2)].possible = Some((number("0"), number("1")));
        }),
        ("record.facts[0]: the `possible` range is empty", |t| {
            t.facts[at(0)].possible = Some((number("2"), number("1")));
        }),
        ("record.facts[2]: `absent_means_no` is for", |t| t.facts[at(2)].absent_means_no = true),
        ("record.facts[0].attributes[0]: `unit` is a field of its own", |t| {
            t.facts[at(0)].attributes[at(0)].name = "unit".to_owned();
        }),
        ("record.kinds[2].attributes[1]: `dose` is listed twice", |t| {
            t.kinds[at(2)].attributes[at(1)].name = "dose".to_owned();
        }),
    ];
    for (expected, change) in cases {
        let error = invalid(change);
        assert!(error.starts_with(expected), "{expected} <> {error}");
    }
}

#[test]
fn tests_must_fit_their_facts() {
    fn of_fact(fact: u32) -> Subject {
        Subject::Fact(latest(fact))
    }
    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }
    type Change = fn(&mut DecisionTree);
    let cases: [(&str, Change); 22] = [
        ("tests[7]: `ana` has no value `maybe`", |t| {
            t.tests[at(7)] = Test::IsOneOf { subject: of_fact(2), values: words(&["maybe"]) };
        }),
        ("tests[7]: the values of `ana` are given once each, in declared order", |t| {
            t.tests[at(7)] = Test::IsOneOf { subject: of_fact(2), values: words(&["negative", "positive"]) };
        }),
        ("tests[7]: `lvef` is neither coded nor ordinal", |t| {
            t.tests[at(7)] = Test::IsOneOf { subject: of_fact(0), values: Vec::new() };
        }),
        ("tests[8]: `lvef` is not a yes/no fact", |t| t.tests[at(8)] = Test::IsYes { subject: of_fact(0) }),
        ("tests[8]: no such fact", |t| t.tests[at(8)] = Test::IsYes { subject: of_fact(99) }),
        ("tests[11]: `lvef` is not a date", |t| {
            t.tests[at(11)] = of_date(0, Relation::Before, 1, false);
        }),
        ("tests[11]: no such anchor", |t| {
            t.tests[at(11)] = of_date(5, Relation::Before, 9, false);
        }),
        ("tests[11]: this relation is for \"of\":\"entry\" only", |t| {
            t.tests[at(11)] = of_date(5, Relation::Planned, 1, false);
        }),
        ("tests[11]: `undated` is for \"of\":\"result\" only", |t| {
            t.tests[at(11)] = of_date(5, Relation::At, 1, true);
        }),
        ("tests[12]: no such question", |t| t.tests[at(12)] = Test::Judged { question: at(1) }),
        ("tests[9]: no kind is listed", |t| t.tests[at(9)] = entries(&[], Comparison::Ge)),
        ("tests[9]: no such kind", |t| t.tests[at(9)] = entries(&[99], Comparison::Ge)),
        ("tests[9].kinds: each is listed once, in the order", |t| t.tests[at(9)] = entries(&[2, 2], Comparison::Ge)),
        ("tests[9]: a count compares with", |t| t.tests[at(9)] = entries(&[2], Comparison::Eq)),
        ("tests[9]: courses are not counted", |t| t.tests[at(9)] = course(&[2], 0, 2, &[Relation::At])),
        ("tests[9]: a gap of more than 3660 days", |t| t.tests[at(9)] = course(&[2], 3661, 1, &[Relation::At])),
        ("tests[9]: a course has one window at least", |t| t.tests[at(9)] = course(&[2], 0, 1, &[])),
        ("tests[6]: `sledai2k` has no upper limit", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Fact(latest(1), Some(Limit::Uln))), zero());
        }),
        ("tests[6]: `ana` is not a number", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Fact(latest(2), None)), zero())
        }),
        ("tests[6]: `lvef` is not a date", |t| {
            t.tests[at(6)] = compare(
                Operand::from(OperandKind::Age(Box::new(Age {
                    unit: AgeUnit::Year,
                    recorded: None,
                    scales: (),
                    from: at(0),
                    to: at(0),
                }))),
                zero(),
            );
        }),
        ("tests[6]: an exponent beyond 100", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Power(Box::new(zero()), number("101"))), zero());
        }),
        ("tests[6]: an empty list of operands", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Min(Vec::new())), zero())
        }),
    ];
    for (expected, change) in cases {
        let error = invalid(change);
        assert!(error.starts_with(expected), "{expected} <> {error}");
    }
}

#[test]
fn links_lead_down() {
    assert_eq!(
        invalid(|t| t.nodes[at(3)].yes = Branch::Node(at(3))),
        "nodes[3]: branch 3 does not lead to a lower node"
    );
    assert_eq!(
        invalid(|t| t.nodes[at(3)].no = Branch::Node(at(4))),
        "nodes[3]: branch 4 does not lead to a lower node"
    );
    assert_eq!(
        invalid(|t| {
            // Node 2 is in the filter of test 9; test 9 itself asks for a stable dose.
            t.nodes[at(2)].test = at(9);
        }),
        "tests[9]: node 4 leads to test 9, which is not lower",
    );
}

#[test]
fn leaves_fit_their_place() {
    assert_eq!(invalid(|t| t.criteria[0].root = YES), "criteria[0]: a criterion ends in pass, fail or unknown");
    assert_eq!(invalid(|t| t.nodes[at(7)].yes = NO), "criteria[0]: a criterion ends in pass, fail or unknown");
    assert_eq!(invalid(|t| t.nodes[at(0)].yes = PASS), "tests[6]: a filter or condition ends in yes, no or unknown");
    // The condition of an `if` inside a criterion.
    assert_eq!(invalid(|t| t.nodes[at(6)].yes = FAIL), "criteria[8]: a filter or condition ends in yes, no or unknown");
}

#[test]
fn attributes_and_windows_stand_in_their_scope() {
    type Change = fn(&mut DecisionTree);
    fn named(name: &str) -> Subject {
        Subject::Attribute(name.to_owned())
    }
    fn entry_window(relation: Relation) -> Test {
        Test::Window { of: TimeOf::Entry, relation, anchor: date(1), undated: false }
    }
    let cases: [(&str, Change); 16] = [
        ("tests[0]: the attribute `method` is outside a filter (reached from criteria[0])", |t| {
            t.criteria[0].root = Branch::Node(at(7));
            t.nodes[at(7)].test = at(0);
        }),
        ("tests[0]: `lvef` has no attribute `nothing` (reached from tests[6])", |t| {
            t.tests[at(0)] = Test::IsYes { subject: named("nothing") };
        }),
        ("tests[0]: the attribute `method` is not yes/no", |t| {
            t.tests[at(0)] = Test::IsYes { subject: named("method") }
        }),
        ("tests[0]: `method` has no value `xray`", |t| {
            t.tests[at(0)] = Test::IsOneOf { subject: named("method"), values: vec!["xray".to_owned()] };
        }),
        ("tests[0]: `room_air` is neither coded nor ordinal", |t| {
            t.tests[at(0)] = Test::IsOneOf { subject: named("room_air"), values: Vec::new() };
        }),
        ("tests[0]: the attribute `method` is not a number", |t| {
            t.tests[at(0)] = compare(Operand::from(OperandKind::Attribute("method".to_owned())), zero());
        }),
        ("tests[0]: \"of\":\"entry\" is outside the filter of entries", |t| {
            t.tests[at(0)] = entry_window(Relation::At);
        }),
        ("tests[4]: \"of\":\"result\" is outside the filter of a fact", |t| {
            t.tests[at(4)] =
                Test::Window { of: TimeOf::Result, relation: Relation::At, anchor: date(1), undated: false };
        }),
        ("tests[11]: \"of\":\"entry\" is outside the filter of entries", |t| {
            t.tests[at(11)] = entry_window(Relation::At);
        }),
        ("tests[3]: the attribute `stable` is not a date", |t| {
            t.tests[at(3)] = Test::Window {
                of: TimeOf::Attribute("stable".to_owned()),
                relation: Relation::At,
                anchor: date(1),
                undated: false,
            };
        }),
        ("tests[5]: `methotrexate` has no attribute `stable`", |t| {
            t.tests[at(5)] = Test::IsYes { subject: named("stable") };
        }),
        ("tests[5]: the attribute `dose` has different units in these kinds", |t| {
            t.kinds[at(3)].attributes[at(0)].ty = quantity("g/d", &[]);
        }),
        ("tests[1]: half-lives are counted for entries only", |t| {
            t.tests[at(1)] = Test::Window {
                of: TimeOf::Result,
                relation: Relation::Within { before: Some(Length::HalfLives(1)), after: None },
                anchor: date(1),
                undated: false,
            };
        }),
        ("tests[4]: `prednisone` has no half-life", |t| t.kinds[at(2)].half_life = None),
        ("tests[4]: the attribute `half_life` of `prednisone` is not in d", |t| {
            t.kinds[at(2)].attributes.push(attribute("half_life", quantity("h", &[])));
        }),
        ("tests[0]: the attribute `method` is outside a filter (reached from criteria[8])", |t| {
            // By way of the condition of an `if`.
            t.nodes[at(6)].test = at(0);
        }),
    ];
    for (expected, change) in cases {
        let error = invalid(change);
        assert!(error.starts_with(expected), "{expected} <> {error}");
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    // Deep JSON.
    let deep = format!("{}{}", r#"{"add":["#.repeat(100_000), "]}".repeat(100_000));
    let text = everything().to_json().replace(r#"{"number":"855/292331"}"#, &deep);
    let error = DecisionTree::from_json(&text).unwrap_err().to_string();
    assert!(error.starts_with("operands are nested too deep"), "{error}");
    // A flat list that would be a deep tree.
    let wide = format!(r#"{{"add":[{}]}}"#, vec![r#"{"number":"1"}"#; 200_000].join(","));
    let text = everything().to_json().replace(r#"{"number":"855/292331"}"#, &wide);
    let error = DecisionTree::from_json(&text).unwrap_err().to_string();
    assert_eq!(error, "tests[6].right: more than 64 operands in one list");
    // A long chain of filters in filters.
    let mut tree = declarations();
    tree.tests.push(Test::IsYes { subject: Subject::Fact(latest(4)) });
    for index in 0..5_000 {
        tree.nodes.push(node(index, YES, NO));
        let filter = Branch::Node(NodeId::at(index));
        tree.tests.push(Test::IsYes {
            subject: Subject::Fact(FactRead { fact: at(4), quantifier: Quantifier::Latest, filter, by: None }),
        });
    }
    let error = DecisionTree::from_json(&tree.to_json()).unwrap_err().to_string();
    assert_eq!(error, "tests[64]: filters and operands are nested more than 64 deep");
    // A long chain of nodes is no nesting at all.
    let mut tree = declarations();
    tree.tests.push(Test::IsYes { subject: Subject::Fact(latest(4)) });
    tree.nodes.push(node(0, PASS, FAIL));
    for index in 0..100_000 {
        tree.nodes.push(node(0, Branch::Node(NodeId::at(index)), FAIL));
    }
    tree.criteria.push(criterion("long", Polarity::Require, Branch::Node(at(100_000))));
    assert_eq!(DecisionTree::from_json(&tree.to_json()).unwrap(), tree);
}

#[test]
fn a_formula_of_the_longest_list_is_read_back() {
    let mut sum = zero();
    for _ in 0..60 {
        sum = Operand::from(OperandKind::Add(Box::new(sum), Box::new(zero())));
    }
    let mut tree = everything();
    tree.tests[at(6)] = compare(sum, zero());
    assert_eq!(DecisionTree::from_json(&tree.to_json()).unwrap(), tree);
}

/// The refusals that the other tests meet only under another name, or when a document is read.
#[test]
fn each_place_has_its_own_refusal() {
    type Change = fn(&mut DecisionTree);
    fn completed(given: Option<FactRead>, from: u32, to: u32) -> Operand {
        let (from, to) = (FactId::at(from), AnchorId::at(to));
        Operand::from(OperandKind::Age(Box::new(Age { unit: AgeUnit::Year, recorded: given, scales: (), from, to })))
    }
    let cases: [(&str, Change); 16] = [
        ("record.groups[0]: no such kind", |t| t.groups[at(0)].members = vec![at(99)]),
        ("anchors[0]: an empty name", |t| t.anchors[at(0)].name = String::new()),
        ("questions[0]: an empty name", |t| t.questions[at(0)].id = String::new()),
        ("record.kinds[2].attributes[0]: `start` is a field of its own", |t| {
            t.kinds[at(2)].attributes[at(0)].name = "start".to_owned();
        }),
        ("record.facts[0].attributes[0]: only a quantity, score or titre has a `possible` range", |t| {
            t.facts[at(0)].attributes[at(0)].possible = Some((number("0"), number("1")));
        }),
        ("record.facts[1].type: a score runs", |t| {
            t.facts[at(1)].ty = ValueType::Score { low: number("2"), high: number("1"), step: number("1") };
        }),
        ("tests[6]: `sledai2k` has no lower limit", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Fact(latest(1), Some(Limit::Lln))), zero());
        }),
        ("tests[6]: no such fact", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Fact(latest(99), None)), zero())
        }),
        ("tests[6]: no such fact", |t| t.tests[at(6)] = compare(completed(None, 99, 0), zero())),
        ("tests[6]: no such anchor", |t| t.tests[at(6)] = compare(completed(None, 5, 9), zero())),
        ("tests[6]: `sledai2k` is not a number of years, months, weeks or days", |t| {
            t.tests[at(6)] = compare(completed(Some(latest(1)), 5, 0), zero());
        }),
        ("tests[6]: an empty list of operands", |t| {
            t.tests[at(6)] = compare(Operand::from(OperandKind::Max(Vec::new())), zero())
        }),
        ("nodes[3]: branch 999 does not lead to a lower node", |t| t.nodes[at(3)].unknown = Branch::Node(at(999))),
        ("nodes[3]: no test 999", |t| t.nodes[at(3)].test = at(999)),
        ("criteria[0].root: no node 999", |t| t.criteria[0].root = Branch::Node(at(999))),
        ("criteria: there is none", |t| t.criteria.clear()),
    ];
    for (expected, change) in cases {
        let error = invalid(change);
        assert!(error.starts_with(expected), "{expected} <> {error}");
    }
    let completed = json!({"completed": {"unit": "year", "select": "any", "from": "birth_date", "to": "consent"}});
    let error = refused(move |value| value["tests"][6]["right"] = completed.clone());
    assert!(error.contains("`select` and `where` are of `given`"), "{error}");
}

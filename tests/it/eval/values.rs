//! Value facts: comparison, units, censoring, limits of normal, which result is meant.

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::ir::{Limit, Quantifier};
use eligc::number::Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
use eligc::number::{Comparison, Rational};
use eligc::tree::{Operand, OperandKind, Subject, Test, ValueType};
use eligc::units::TimeUnit;

fn platelets(op: Comparison, bound: &str) -> Evaluator {
    let mut trial = Trial::new();
    let fact = trial.fact("platelets", quantity("10*9/L", &[("/uL", "0.001"), ("x10^9/L", "1")]));
    trial.possible(fact, "0", "5000");
    let cond = trial.compare(fact, op, bound);
    trial.require("I1", cond);
    trial.evaluator()
}

#[test]
fn a_bound_belongs_to_ge_and_le_and_not_to_gt_and_lt() {
    let at = |op| outcome(&platelets(op, "20"), "{'platelets':{'value':20000,'unit':'/uL'}}");
    assert_eq!([Ge, Gt, Le, Lt, Eq, Ne].map(at), [Pass, Fail, Pass, Fail, Pass, Fail]);
    let above = |op| outcome(&platelets(op, "20"), "{'platelets':{'value':20001,'unit':'/uL'}}");
    assert_eq!([Ge, Gt, Le, Lt, Eq, Ne].map(above), [Pass, Pass, Fail, Fail, Fail, Pass]);
    let absent = |op| outcome(&platelets(op, "20"), "{}");
    assert_eq!([Ge, Gt, Le, Lt, Eq, Ne].map(absent), [Unknown; 6]);
}

#[test]
fn units_convert_exactly() {
    // 3.3 is 3 x 1.1, which it is not in doubles; 34.2 umol/L x 584.66 g/mol is 2 mg/dL less a trace.
    let mut trial = Trial::new();
    let factor = Rational::parse("584.66").expect("a number").div(&rational("10000")).expect("not zero");
    let bilirubin = trial.fact("bilirubin", quantity("mg/dL", &[("umol/L", &factor.to_string()), ("third", "1.1")]));
    let cond = trial.compare(bilirubin, Ge, "3.3");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    outcomes(
        &evaluator,
        &[
            ("{'bilirubin':{'value':3,'unit':'third'}}", Pass),
            ("{'bilirubin':{'value':2.9999999999,'unit':'third'}}", Fail),
            ("{'bilirubin':{'value':3.3,'unit':'mg/dL'}}", Pass),
            ("{'bilirubin':{'value':3.2999999999999998,'unit':'mg/dL'}}", Pass),
            ("{'bilirubin':{'value':3.29999999999999,'unit':'mg/dL'}}", Fail),
            ("{'bilirubin':{'value':56.443061,'unit':'umol/L'}}", Pass),
            ("{'bilirubin':{'value':56.4430608,'unit':'umol/L'}}", Fail),
        ],
    );
}

#[test]
fn a_censored_result_is_every_number_on_its_side() {
    let evaluator = platelets(Ge, "9");
    let with = |comparator: &str, value: &str| {
        format!("{{'platelets':{{'value':{value},'comparator':'{comparator}','unit':'10*9/L'}}}}")
    };
    for (comparator, value, expected) in [
        ("<", "9", Fail),
        ("<=", "9", Unknown),
        ("<", "10", Unknown),
        (">", "9", Pass),
        (">=", "9", Pass),
        (">", "8", Unknown),
        ("=", "9", Pass),
    ] {
        assert_eq!(outcome(&evaluator, &with(comparator, value)), expected, "{comparator} {value}");
    }
    // Floored at what is possible: `< 9` is no less than 0, so more than -1 for sure.
    assert_eq!(outcome(&platelets(Gt, "-1"), &with("<", "9")), Pass);
    assert_eq!(outcome(&platelets(Le, "5000"), &with(">", "9")), Pass);
}

#[test]
fn a_limit_of_normal_is_the_results_own() {
    let mut trial = Trial::new();
    let alt = trial.fact("alt", quantity("U/L", &[("kU/L", "1000")]));
    let cond = trial.times_limit(alt, Limit::Uln, Le, "2.5");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    outcomes(
        &evaluator,
        &[
            ("{'alt':{'value':100,'unit':'U/L','uln':40}}", Pass),
            ("{'alt':{'value':100.1,'unit':'U/L','uln':40}}", Fail),
            ("{'alt':{'value':0.1,'unit':'kU/L','uln':0.04}}", Pass),
            ("{'alt':{'value':2.75,'unit':'U/L','uln':1.1}}", Pass),
            ("{'alt':{'value':100,'unit':'U/L'}}", Unknown),
            ("{'alt':{'value':100,'unit':'U/L','lln':3}}", Unknown),
            ("{'alt':{'value':100,'comparator':'<','unit':'U/L','uln':40}}", Pass),
            ("{'alt':{'value':100,'comparator':'>','unit':'U/L','uln':40}}", Fail),
            ("{'alt':{'value':90,'comparator':'>','unit':'U/L','uln':40}}", Unknown),
            (
                "{'alt':[{'value':30,'unit':'U/L','uln':40,'at':'2026-02'},{'value':30,'unit':'U/L','at':'2026-02'}]}",
                Unknown,
            ),
            ("{}", Unknown),
        ],
    );
}

#[test]
fn the_latest_result_at_or_before_the_anchor_counts() {
    let evaluator = platelets(Ge, "100");
    let list = |items: &[(&str, &str)]| {
        let items: Vec<String> = items
            .iter()
            .map(|(value, at)| {
                let at = if at.is_empty() { String::new() } else { format!(",'at':'{at}'") };
                format!("{{'value':{value},'unit':'10*9/L'{at}}}")
            })
            .collect();
        format!("{{'platelets':[{}]}}", items.join(","))
    };
    for (items, expected) in [
        (vec![("50", "2026-01-01"), ("150", "2026-02-01")], Pass),
        (vec![("150", "2026-01-01"), ("50", "2026-02-01")], Fail),
        // Behind the anchor: not meant.
        (vec![("150", "2026-01-01"), ("50", "2026-03-02")], Pass),
        (vec![("50", "2026-03-02")], Unknown),
        // On the anchor's day, at any hour.
        (vec![("150", "2026-03-01T23:59")], Pass),
        (vec![("150", "2026-03-01")], Pass),
        // Undated ones count, and nothing is surely later or earlier than they.
        (vec![("150", "")], Pass),
        (vec![("150", ""), ("160", "2026-02-01")], Pass),
        (vec![("50", ""), ("160", "2026-02-01")], Unknown),
        // The same day: neither is surely later.
        (vec![("50", "2026-02-01"), ("160", "2026-02-01")], Unknown),
        (vec![("50", "2026-02-01T08:00"), ("160", "2026-02-01T09:00")], Pass),
        (vec![("50", "2026-02-01T08:00"), ("160", "2026-02-01")], Unknown),
        (vec![("120", "2026-02-01"), ("160", "2026-02-01")], Pass),
        // A month that may lie on either side of the other date.
        (vec![("50", "2026-02"), ("160", "2026-02-10")], Unknown),
        (vec![("50", "2026-01"), ("160", "2026-02-10")], Pass),
        // A month that may reach past the anchor may give no result at all.
        (vec![("150", "2026-03")], Unknown),
        (vec![("150", "2026-03"), ("150", "2026-02")], Pass),
        (vec![("50", "2026-03"), ("150", "2026-02")], Unknown),
        // An offset against none: up to 14 hours apart.
        (vec![("50", "2026-02-01T08:00Z"), ("160", "2026-02-01T21:00")], Unknown),
        (vec![("50", "2026-02-01T08:00Z"), ("160", "2026-02-01T23:00")], Pass),
        (vec![("50", "2026-02-01T08:00+08:00"), ("160", "2026-02-01T01:00Z")], Pass),
        (vec![], Unknown),
    ] {
        assert_eq!(outcome(&evaluator, &list(&items)), expected, "{items:?}");
    }
    // A value that is not known, of a result that is.
    assert_eq!(outcome(&evaluator, "{'platelets':{'value':null,'unit':'10*9/L'}}"), Unknown);
    assert_eq!(outcome(&evaluator, "{'platelets':null}"), Unknown);
    // Without the anchor a dated result may lie behind it.
    let dated = r#"{"id":1,"facts":{"platelets":{"value":150,"unit":"10*9/L","at":"2026-02-01"}}}"#;
    assert_eq!(evaluate(&evaluator, dated).criteria[0].outcome, Unknown);
    let undated = r#"{"id":1,"facts":{"platelets":{"value":150,"unit":"10*9/L"}}}"#;
    assert_eq!(evaluate(&evaluator, undated).criteria[0].outcome, Pass);
}

fn in_window(select: Quantifier) -> Evaluator {
    let mut trial = Trial::new();
    let fact = trial.fact("qtc", quantity("ms", &[]));
    let read = trial.within(fact, select, before(28, TimeUnit::Day));
    let cond = Test::Compare {
        left: Operand::from(OperandKind::Fact(read, None)),
        op: Gt,
        right: Operand::from(OperandKind::Number(rational("470"))),
    };
    trial.require("I1", cond);
    trial.evaluator()
}

#[test]
fn any_and_every_take_each_result_in_the_window() {
    let list = |items: &[(u32, &str)]| {
        let items: Vec<String> =
            items.iter().map(|(value, at)| format!("{{'value':{value},'unit':'ms','at':'{at}'}}")).collect();
        format!("{{'qtc':[{}]}}", items.join(","))
    };
    // At or after 1 February is inside, January outside, 2026 either.
    for (items, any, every) in [
        (vec![], Unknown, Unknown),
        (vec![(480, "2026-01-01")], Unknown, Unknown),
        (vec![(480, "2026-02-01")], Pass, Pass),
        (vec![(460, "2026-02-01")], Fail, Fail),
        (vec![(480, "2026-02-01"), (460, "2026-02-10")], Pass, Fail),
        (vec![(460, "2026-02-01"), (480, "2026-01-10")], Fail, Fail),
        (vec![(480, "2026-02-01"), (460, "2026-01-10")], Pass, Pass),
        (vec![(480, "2026")], Unknown, Unknown),
        (vec![(460, "2026")], Unknown, Unknown),
        (vec![(480, "2026-02-01"), (480, "2026")], Pass, Pass),
        (vec![(480, "2026-02-01"), (460, "2026")], Pass, Unknown),
        (vec![(460, "2026-02-01"), (480, "2026")], Unknown, Fail),
        (vec![(460, "2026-02-01"), (460, "2026")], Fail, Fail),
    ] {
        assert_eq!(outcome(&in_window(Quantifier::Any), &list(&items)), any, "any {items:?}");
        assert_eq!(outcome(&in_window(Quantifier::Every), &list(&items)), every, "every {items:?}");
    }
    // In a window an undated result may be in or out.
    assert_eq!(outcome(&in_window(Quantifier::Any), "{'qtc':{'value':480,'unit':'ms'}}"), Unknown);
    assert_eq!(outcome(&in_window(Quantifier::Latest), "{'qtc':{'value':480,'unit':'ms'}}"), Unknown);
}

#[test]
fn codes_levels_and_flags() {
    let mut trial = Trial::new();
    let ana = trial.fact("ana", coded(&["positive", "negative"]));
    let cond = trial.among(ana, &["positive"]);
    trial.require("I1", cond);
    outcomes(
        &trial.evaluator(),
        &[
            ("{'ana':'positive'}", Pass),
            ("{'ana':'negative'}", Fail),
            ("{'ana':null}", Unknown),
            ("{}", Unknown),
            ("{'ana':[{'value':'negative','at':'2026-01-01'},{'value':'positive','at':'2026-02-01'}]}", Pass),
            ("{'ana':['positive','positive']}", Pass),
            ("{'ana':['positive','negative']}", Unknown),
        ],
    );
    let mut trial = Trial::new();
    let nyha = trial.fact("nyha", ordinal(&["I", "II", "III", "IV"]));
    let grade = trial.fact("grade", ordinal(&["0", "1", "2"]));
    let high = trial.among(nyha, &["III", "IV"]);
    let low = trial.among(grade, &["0", "1"]);
    trial.require("I1", Cond::And(vec![not(high), low]));
    outcomes(
        &trial.evaluator(),
        &[
            ("{'nyha':'II','grade':1}", Pass),
            ("{'nyha':'III','grade':1}", Fail),
            ("{'nyha':'II','grade':'2'}", Fail),
            ("{'nyha':'II'}", Unknown),
            ("{'nyha':'IV'}", Fail),
        ],
    );
    let mut trial = Trial::new();
    let flag = trial.fact("gilbert_syndrome", ValueType::YesNo);
    let pregnant = trial.fact("pregnant", ValueType::YesNo);
    trial.tree.facts[flag].absent_means_no = true;
    let (flag, pregnant) = (trial.is_yes(flag), trial.is_yes(pregnant));
    trial.exclude("E1", Cond::Or(vec![flag, pregnant]));
    outcomes(
        &trial.evaluator(),
        &[
            ("{}", Unknown),
            ("{'pregnant':false}", Pass),
            ("{'pregnant':true}", Fail),
            ("{'gilbert_syndrome':true}", Fail),
            ("{'gilbert_syndrome':null,'pregnant':false}", Pass),
            ("{'gilbert_syndrome':false,'pregnant':null}", Unknown),
        ],
    );
}

#[test]
fn more_words_than_a_machine_word_has_bits() {
    let words: Vec<String> = (0..150).map(|index| format!("w{index}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut trial = Trial::new();
    let fact = trial.fact("site", coded(&words));
    let cond = trial.among(fact, &["w3", "w64", "w149"]);
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    for (index, word) in words.iter().enumerate() {
        let expected = if [3, 64, 149].contains(&index) { Pass } else { Fail };
        assert_eq!(outcome(&evaluator, &format!("{{'site':'{word}'}}")), expected, "{word}");
    }
}

#[test]
fn filters_on_results_read_their_attributes() {
    let mut trial = Trial::new();
    let lvef = trial.fact("lvef", quantity("%", &[]));
    trial.tree.facts[lvef].attributes = vec![attribute("method", coded(&["echo", "muga", "mri"]))].into();
    let filter = trial.filter(&attribute_among("method", &["echo", "muga"]));
    let left = Operand::from(OperandKind::Fact(
        eligc::tree::FactRead { fact: lvef, quantifier: Quantifier::Latest, filter, by: None },
        None,
    ));
    trial.require("I1", Test::Compare { left, op: Ge, right: Operand::from(OperandKind::Number(rational("40"))) });
    outcomes(
        &trial.evaluator(),
        &[
            ("{'lvef':{'value':55,'unit':'%','method':'echo'}}", Pass),
            ("{'lvef':{'value':35,'unit':'%','method':'muga'}}", Fail),
            ("{'lvef':{'value':55,'unit':'%','method':'mri'}}", Unknown),
            ("{'lvef':{'value':55,'unit':'%'}}", Unknown),
            // The newer one is not meant.
            (
                "{'lvef':[{'value':55,'unit':'%','method':'echo','at':'2026-01'},{'value':30,'unit':'%','method':'mri','at':'2026-02'}]}",
                Pass,
            ),
            // The newer one may be meant.
            (
                "{'lvef':[{'value':55,'unit':'%','method':'echo','at':'2026-01'},{'value':30,'unit':'%','at':'2026-02'}]}",
                Unknown,
            ),
            (
                "{'lvef':[{'value':55,'unit':'%','method':'echo','at':'2026-01'},{'value':45,'unit':'%','at':'2026-02'}]}",
                Pass,
            ),
        ],
    );
}

#[test]
fn connectives_are_kleene() {
    // Each of two flags yes, no or unknown, under every connective.
    let mut trial = Trial::new();
    let (a, b) = (trial.fact("a", ValueType::YesNo), trial.fact("b", ValueType::YesNo));
    let (a, b) = (trial.is_yes(a), trial.is_yes(b));
    trial.require("and", Cond::And(vec![a.clone(), b.clone()]));
    trial.require("or", Cond::Or(vec![a.clone(), b.clone()]));
    trial.require("not", not(a.clone()));
    trial.require("implies", Cond::Or(vec![not(a), b]));
    let evaluator = trial.evaluator();
    let rank = |value: &str| match value {
        "false" => 0,
        "null" => 1,
        _ => 2,
    };
    let back = |rank: i32| [Fail, Unknown, Pass][usize::try_from(rank).expect("0 to 2")];
    for a in ["true", "false", "null"] {
        for b in ["true", "false", "null"] {
            let evaluation = evaluate(&evaluator, &record(&format!("{{'a':{a},'b':{b}}}")));
            let found: Vec<_> = evaluation.criteria.iter().map(|criterion| criterion.outcome).collect();
            let (x, y) = (rank(a), rank(b));
            let expected = vec![back(x.min(y)), back(x.max(y)), back(2 - x), back((2 - x).max(y))];
            assert_eq!(found, expected, "{a} {b}");
        }
    }
}

#[test]
fn judgements_and_what_is_not_encoded() {
    let mut trial = Trial::new();
    let question = trial.question("E18");
    trial.exclude("E18", Test::Judged { question });
    trial.exclude("E19", Test::Todo { text: "later".to_owned() });
    let evaluator = trial.evaluator();
    let with = |judgements: &str| {
        let evaluation = evaluate(&evaluator, &format!(r#"{{"id":1,"judgements":{judgements}}}"#));
        evaluation.criteria.iter().map(|criterion| criterion.outcome).collect::<Vec<_>>()
    };
    assert_eq!(with("{}"), [Unknown, Unknown]);
    assert_eq!(with(r#"{"E18":null}"#), [Unknown, Unknown]);
    assert_eq!(with(r#"{"E18":false}"#), [Pass, Unknown]);
    assert_eq!(with(r#"{"E18":true}"#), [Fail, Unknown]);
}

#[test]
fn a_coded_subject_among_nothing_is_no() {
    let mut trial = Trial::new();
    let fact = trial.fact("ana", coded(&["positive"]));
    let subject = Subject::Fact(trial.latest(fact));
    trial.require("I1", Test::IsOneOf { subject, values: Vec::new() });
    outcomes(&trial.evaluator(), &[("{'ana':'positive'}", Fail), ("{}", Unknown)]);
}

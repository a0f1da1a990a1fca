//! Evidence, reasons, what is missing, what could decide.

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::explain::{EvalOptions, Evaluation, UnknownCause};
use eligc::ir::{AgeUnit, EntryKind, Length, Limit, Polarity, Relation, Verdict};
use eligc::number::Comparison::{Ge, Gt, Le, Lt};
use eligc::tree::{Age, Operand, OperandKind, Subject, Test, TimeOf, ValueType, WindowAnchor};
use eligc::units::TimeUnit::{Day, Hour, Month, Year};

/// The evidence of the only criterion: outcome and one line each.
#[track_caller]
fn evidence(evaluator: &Evaluator, facts: &str) -> Vec<String> {
    let evaluation = evaluate(evaluator, &record(facts));
    evaluation.criteria[0].evidence.iter().map(|evidence| evidence.text.clone()).collect()
}

/// The reasons of the only criterion.
#[track_caller]
fn reasons(evaluator: &Evaluator, facts: &str) -> Vec<(String, UnknownCause)> {
    let evaluation = evaluate(evaluator, &record(facts));
    evaluation.criteria[0].reasons.iter().map(|reason| (reason.item.clone(), reason.why)).collect()
}

#[track_caller]
fn one_reason(evaluator: &Evaluator, facts: &str, item: &str, why: UnknownCause) {
    assert_eq!(reasons(evaluator, facts), [(item.to_owned(), why)], "{facts}");
}

fn flags(cond: impl Fn(&[Cond]) -> Cond) -> Evaluator {
    let mut trial = Trial::new();
    let flags: Vec<Cond> = ["a", "b", "c"]
        .map(|name| {
            let fact = trial.fact(name, ValueType::YesNo);
            trial.is_yes(fact)
        })
        .to_vec();
    trial.require("I1", cond(&flags));
    trial.evaluator()
}

#[test]
fn evidence_is_enough_and_no_more() {
    let and = flags(|flags| Cond::And(flags.to_vec()));
    assert_eq!(evidence(&and, "{'a':true,'b':true,'c':true}"), ["a is yes", "b is yes", "c is yes"]);
    assert_eq!(evidence(&and, "{'a':true,'b':true,'c':false}"), ["c is no"]);
    assert_eq!(evidence(&and, "{'b':false}"), ["b is no"]);
    let or = flags(|flags| Cond::Or(flags.to_vec()));
    assert_eq!(evidence(&or, "{'a':false,'b':true,'c':true}"), ["b is yes"]);
    assert_eq!(evidence(&or, "{'a':false,'b':false,'c':false}"), ["a is no", "b is no", "c is no"]);
    let mixed = flags(|flags| Cond::Or(vec![Cond::And(flags[..2].to_vec()), flags[2].clone()]));
    assert_eq!(evidence(&mixed, "{'a':true,'b':false,'c':true}"), ["c is yes"]);
    assert_eq!(evidence(&mixed, "{'a':true,'b':false,'c':false}"), ["b is no", "c is no"]);
}

#[test]
fn reasons_are_those_that_still_matter() {
    let mixed = flags(|flags| Cond::Or(vec![Cond::And(flags[..2].to_vec()), flags[2].clone()]));
    // Whatever `a` is, `b` has settled its half.
    one_reason(&mixed, "{'b':false}", "c", UnknownCause::NoRecord);
    let both = [("a".to_owned(), UnknownCause::NoRecord), ("c".to_owned(), UnknownCause::NoRecord)];
    assert_eq!(reasons(&mixed, "{'b':true}"), both);
    // Either way of answering leads to the same end: the reason is given all the same.
    let tautology = flags(|flags| Cond::Or(vec![flags[0].clone(), not(flags[0].clone())]));
    one_reason(&tautology, "{}", "a", UnknownCause::NoRecord);
}

#[test]
fn lines_of_evidence() {
    let mut trial = Trial::new();
    let score_fact = trial.fact("sledai2k", score("0", "105", "1"));
    let cond = trial.compare(score_fact, Ge, "7");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    assert_eq!(evidence(&evaluator, "{'sledai2k':6}"), ["sledai2k 6 is not >= 7"]);
    assert_eq!(evidence(&evaluator, "{'sledai2k':{'value':7,'at':'2026-02'}}"), ["sledai2k 7 at 2026-02 is >= 7"]);

    let mut trial = Trial::new();
    let platelets = trial.fact("platelets", quantity("10*9/L", &[("/uL", "0.001")]));
    let cond = trial.compare(platelets, Ge, "20");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    let text = evidence(&evaluator, "{'platelets':{'value':150000,'unit':'/uL','at':'2026-02-27'}}");
    assert_eq!(text, ["platelets 150000 /uL (150 10*9/L) at 2026-02-27 is >= 20 10*9/L"]);
    let text = evidence(&evaluator, "{'platelets':{'value':9,'unit':'10*9/L','comparator':'<'}}");
    assert_eq!(text, ["platelets < 9 10*9/L is not >= 20 10*9/L"]);

    let mut trial = Trial::new();
    let alt = trial.fact("alt", quantity("U/L", &[]));
    let cond = trial.times_limit(alt, Limit::Uln, Le, "2.5");
    trial.require("I1", cond);
    let text = evidence(&trial.evaluator(), "{'alt':{'value':120,'unit':'U/L','uln':40}}");
    assert_eq!(text, ["alt 120 U/L (ULN 40) is not <= 2.5 x ULN"]);

    let mut trial = Trial::new();
    let ana = trial.fact("ana", coded(&["positive", "negative"]));
    let cond = trial.among(ana, &["positive"]);
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    assert_eq!(evidence(&evaluator, "{'ana':'positive'}"), ["ana is positive"]);
    assert_eq!(evidence(&evaluator, "{'ana':'negative'}"), ["ana is negative, not positive"]);

    let mut trial = Trial::new();
    let weight = trial.fact("weight", quantity("kg", &[]));
    let height = trial.fact("height", quantity("m", &[]));
    let (weight, height) = (trial.latest(weight), trial.latest(height));
    let square =
        Operand::from(OperandKind::Power(Box::new(Operand::from(OperandKind::Fact(height, None))), rational("2")));
    let bmi =
        Operand::from(OperandKind::Divide(Box::new(Operand::from(OperandKind::Fact(weight, None))), Box::new(square)));
    trial.require("I1", Test::Compare { left: bmi, op: Lt, right: Operand::from(OperandKind::Number(rational("30"))) });
    let text = evidence(&trial.evaluator(), "{'weight':{'value':70,'unit':'kg'},'height':{'value':1.75,'unit':'m'}}");
    assert_eq!(text, ["weight / height ^ 2 22.857143 (weight 70 kg, height 1.75 m) is < 30"]);
}

fn malignancy() -> Evaluator {
    let mut trial = Trial::new();
    let site = vec![attribute("site", coded(&["skin", "lung"]))];
    let kind = trial.kind("malignancy", EntryKind::Event, site);
    let cond = Cond::And(vec![entry(before(2, Year)), not(attribute_among("site", &["skin"]))]);
    let cond = trial.at_least(1, &[kind], &cond);
    trial.exclude("E16", cond);
    trial.evaluator()
}

#[test]
fn entries_and_windows_as_evidence() {
    let evaluator = malignancy();
    let facts = "{'malignancy':[{'start':'2024-06','site':'lung'},{'start':'2001','site':'lung'}]}";
    let evaluation = evaluate(&evaluator, &record(facts));
    let evidence_found = &evaluation.criteria[0].evidence[0];
    assert_eq!(
        evidence_found.text,
        "malignancy from 2024-06: within 2 years before screening (2024-03-01 .. 2026-03-01) and site is lung, not skin"
    );
    assert_eq!(evidence_found.item, "malignancy");
    let json = serde_json::to_value(evidence_found).expect("plain data");
    assert_eq!(json["windows"][0]["from"], "2024-03-01");
    assert_eq!(json["windows"][0]["to"], "2026-03-01");
    assert_eq!(json["found"][0]["start"], "2024-06");
    assert_eq!(json["found"][0]["attributes"]["site"], "lung");
    assert_eq!(json["answer"], true);
    assert_eq!(evidence(&evaluator, "{'malignancy':[]}"), ["none recorded: malignancy"]);
    assert_eq!(
        evidence(&evaluator, "{'malignancy':[{'start':'2001'},{'start':'2025','site':'skin'}]}"),
        ["malignancy from 2001: not within 2 years before screening (2024-03-01 .. 2026-03-01); \
             malignancy from 2025: site is skin"]
    );
}

#[test]
fn reasons_of_entries() {
    let evaluator = malignancy();
    one_reason(&evaluator, "{}", "malignancy", UnknownCause::OpenList);
    one_reason(&evaluator, "{'malignancy':true}", "malignancy", UnknownCause::OpenList);
    one_reason(&evaluator, "{'malignancy':[{'start':'2025'}]}", "malignancy.site", UnknownCause::AttributeMissing);
    one_reason(&evaluator, "{'malignancy':[{'site':'lung'}]}", "malignancy.start", UnknownCause::NoDate);
    one_reason(
        &evaluator,
        "{'malignancy':[{'start':'2024','site':'lung'}]}",
        "malignancy.start",
        UnknownCause::DateTooCoarse,
    );
    one_reason(
        &evaluator,
        "{'malignancy':[{'start':'2020-01-01','end':'2024','site':'lung'}]}",
        "malignancy.end",
        UnknownCause::DateTooCoarse,
    );
    let mut trial = Trial::new();
    let drug = trial.kind("steroid", EntryKind::Drug, vec![attribute("half_life", quantity("d", &[]))]);
    let current = trial.at_least(1, &[drug], &entry(Relation::Current));
    trial.exclude("E1", current);
    let current = trial.evaluator();
    one_reason(&current, "{'steroid':[{'start':'2025'}]}", "steroid.end", UnknownCause::NoDate);
    one_reason(&current, "{'steroid':[{'start':'2026','end':null}]}", "steroid.start", UnknownCause::DateTooCoarse);
    let mut trial = Trial::new();
    let drug = trial.kind("steroid", EntryKind::Drug, vec![attribute("half_life", quantity("d", &[]))]);
    let washed = Relation::Within { before: Some(Length::HalfLives(5)), after: None };
    let cond = trial.at_least(1, &[drug], &entry(washed));
    trial.exclude("E1", cond);
    one_reason(
        &trial.evaluator(),
        "{'steroid':[{'start':'2025','end':'2026-01'}]}",
        "steroid.half_life",
        UnknownCause::NoHalfLife,
    );
}

#[test]
fn reasons_of_values() {
    let mut trial = Trial::new();
    let alt = trial.fact("alt", quantity("U/L", &[]));
    let cond = trial.times_limit(alt, Limit::Uln, Le, "2.5");
    trial.require("I1", cond);
    let evaluator = trial.evaluator();
    one_reason(&evaluator, "{}", "alt", UnknownCause::NoRecord);
    one_reason(&evaluator, "{'alt':{'value':null}}", "alt", UnknownCause::NoValue);
    one_reason(&evaluator, "{'alt':{'value':30,'unit':'U/L'}}", "alt.uln", UnknownCause::NoReferenceLimit);
    one_reason(
        &evaluator,
        "{'alt':{'value':90,'unit':'U/L','uln':40,'comparator':'>'}}",
        "alt",
        UnknownCause::Censored,
    );
    one_reason(
        &evaluator,
        "{'alt':{'value':30,'unit':'U/L','uln':40,'at':'2027'}}",
        "alt",
        UnknownCause::NoResultInWindow,
    );
    one_reason(
        &evaluator,
        "{'alt':{'value':30,'unit':'U/L','uln':40,'at':'2026'}}",
        "alt.at",
        UnknownCause::DateTooCoarse,
    );
    let two = "{'alt':[{'value':30,'unit':'U/L','uln':40,'at':'2026-02'},{'value':300,'unit':'U/L','uln':40,'at':'2026-02'}]}";
    one_reason(&evaluator, two, "alt", UnknownCause::ConflictingResults);
    let mut trial = Trial::new();
    let x = trial.fact("x", quantity("kg", &[]));
    let x = Operand::from(OperandKind::Fact(trial.latest(x), None));
    let left =
        Operand::from(OperandKind::Divide(Box::new(Operand::from(OperandKind::Number(rational("1")))), Box::new(x)));
    trial.require("I1", Test::Compare { left, op: Gt, right: Operand::from(OperandKind::Number(rational("1"))) });
    let evaluator = trial.evaluator();
    one_reason(&evaluator, "{'x':{'value':0,'unit':'kg'}}", "arithmetic", UnknownCause::UndefinedArithmetic);
    assert!(evaluate(&evaluator, &record("{'x':{'value':0,'unit':'kg'}}")).missing.is_empty());
    let mut trial = Trial::new();
    let hcg = trial.fact("hcg", coded(&["negative", "positive"]));
    let read = trial.within(hcg, eligc::ir::Quantifier::Latest, before(48, Hour));
    let values = vec!["negative".to_owned()];
    trial.require("I1", Test::IsOneOf { subject: Subject::Fact(read), values });
    let evaluator = trial.evaluator();
    one_reason(&evaluator, "{'hcg':'negative'}", "hcg.at", UnknownCause::NoDate);
    let facts = "{'hcg':{'value':'negative','at':'2026-02-27'}}";
    assert!(reasons(&evaluator, facts).contains(&("hcg.at".to_owned(), UnknownCause::DateTooCoarse)));
    let mut trial = Trial::new();
    let born = trial.fact("birth_date", ValueType::Date);
    let age = Operand::from(OperandKind::Age(Box::new(Age {
        unit: AgeUnit::Year,
        recorded: None,
        scales: (),
        from: born,
        to: SCREENING,
    })));
    trial.require("I1", Test::Compare { left: age, op: Ge, right: Operand::from(OperandKind::Number(rational("18"))) });
    one_reason(&trial.evaluator(), "{'birth_date':'2008'}", "birth_date", UnknownCause::DateTooCoarse);
}

/// Two criteria now, two at infusion.
fn staged() -> Evaluator {
    let mut trial = Trial::new();
    let score_fact = trial.fact("sledai2k", score("0", "105", "1"));
    let car_t = trial.kind("car_t", EntryKind::Event, Vec::new());
    let infection = trial.kind("infection", EntryKind::Event, Vec::new());
    let question = trial.question("E18");
    let cond = trial.compare(score_fact, Ge, "7");
    trial.require("I7", cond);
    let cond = trial.at_least(1, &[car_t], &entry(Relation::Before));
    trial.exclude("E9", cond);
    let late = Test::Window {
        of: TimeOf::Entry,
        relation: before(14, Day),
        anchor: WindowAnchor::Date(INFUSION),
        undated: false,
    };
    let cond = trial.at_least(1, &[infection], &late.into());
    trial.criterion("E11", Polarity::Exclude, INFUSION, &cond);
    trial.exclude("E18", Test::Judged { question });
    trial.evaluator()
}

fn items(evaluation: &Evaluation) -> Vec<(Verdict, Vec<&str>)> {
    let items = |decisive: &eligc::explain::Decisive| decisive.items.clone();
    evaluation
        .decisive
        .iter()
        .map(|decisive| {
            assert_eq!(items(decisive), decisive.items);
            (decisive.verdict, decisive.items.iter().map(String::as_str).collect())
        })
        .collect()
}

#[test]
fn stages_and_pending_criteria() {
    let evaluator = staged();
    let json = r#"{"id":1,"anchors":{"screening":"2026-03-01"},"judgements":{"E18":false},
        "facts":{"sledai2k":8,"car_t":[],"infection":[{"start":"2026-04"}]}}"#;
    let evaluation = evaluate(&evaluator, json);
    assert_eq!(evaluation.verdict, Verdict::Undetermined);
    let stages: Vec<(&str, bool, Verdict)> =
        evaluation.stages.iter().map(|stage| (stage.stage.as_str(), stage.reached, stage.verdict)).collect();
    assert_eq!(stages, [("screening", true, Verdict::Eligible), ("infusion", false, Verdict::Undetermined)]);
    let pending: Vec<bool> = evaluation.criteria.iter().map(|criterion| criterion.pending).collect();
    assert_eq!(pending, [false, false, true, false]);
    // Nothing but what is pending is open, so that is what could decide. A month lies outside some fourteen days as a
    // whole, and inside none.
    assert_eq!(
        items(&evaluation),
        [
            (Verdict::Eligible, vec!["anchor infusion"]),
            (Verdict::Ineligible, vec!["anchor infusion", "infection.start"]),
        ]
    );
    let record = read(&evaluator, json).expect("sound");
    let options = EvalOptions { stage: evaluator.anchor("screening"), ..EvalOptions::default() };
    let at_screening = evaluator.evaluate(&record, &options);
    assert_eq!(at_screening.verdict, Verdict::Eligible);
    assert_eq!(at_screening.criteria.len(), 3);
    assert_eq!(evaluator.screen_at(&record, SCREENING), Verdict::Eligible);
    assert_eq!(evaluator.screen_at(&record, INFUSION), Verdict::Undetermined);
}

#[test]
fn what_is_missing_and_what_could_decide() {
    let evaluator = staged();
    let evaluation = evaluate(&evaluator, r#"{"id":1,"anchors":{"screening":"2026-03-01"},"facts":{}}"#);
    let missing: Vec<(&str, &str)> =
        evaluation.missing.iter().map(|missing| (missing.item.as_str(), missing.why.id())).collect();
    assert_eq!(
        missing,
        [
            ("anchor infusion", "no-anchor"),
            ("car_t", "open-list"),
            ("infection", "open-list"),
            ("judgement E18", "no-judgement"),
            ("sledai2k", "no-record"),
        ]
    );
    // One item could bar; all three that are open now are needed to pass. What is pending is left out.
    assert_eq!(
        items(&evaluation),
        [(Verdict::Ineligible, vec!["sledai2k"]), (Verdict::Eligible, vec!["car_t", "judgement E18", "sledai2k"]),]
    );
    assert!(evaluation.decisive.iter().all(|decisive| decisive.smallest));
    assert_eq!(evaluation.decisive[0].criteria, ["I7"]);
}

#[test]
fn bounds_on_one_fact_are_answered_by_one_value() {
    // Both between 7 and 60 and not between 7 and 60: no value passes, every value fails one.
    let mut trial = Trial::new();
    let x = trial.fact("x", score("0", "100", "1"));
    let (low, high) = (trial.compare(x, Ge, "7"), trial.compare(x, Le, "60"));
    let between = Cond::And(vec![low, high]);
    trial.require("I1", between.clone());
    trial.exclude("E1", between);
    let evaluation = evaluate(&trial.evaluator(), &record("{}"));
    assert_eq!(items(&evaluation), [(Verdict::Ineligible, vec!["x"])]);
    // More than 100 is not possible: it cannot pass.
    let mut trial = Trial::new();
    let x = trial.fact("x", score("0", "100", "1"));
    let cond = trial.compare(x, Gt, "100");
    trial.require("I1", cond);
    assert_eq!(items(&evaluate(&trial.evaluator(), &record("{}"))), [(Verdict::Ineligible, vec!["x"])]);
    // Positive and negative at once.
    let mut trial = Trial::new();
    let ana = trial.fact("ana", coded(&["positive", "negative"]));
    let (positive, negative) = (trial.among(ana, &["positive"]), trial.among(ana, &["negative"]));
    trial.exclude("E1", Cond::And(vec![positive, negative]));
    assert_eq!(items(&evaluate(&trial.evaluator(), &record("{}"))), [(Verdict::Eligible, vec!["ana"])]);
}

#[test]
fn two_items_where_one_does_not_do() {
    let and = flags(|flags| not(Cond::And(flags[..2].to_vec())));
    let evaluation = evaluate(&and, &record("{}"));
    assert_eq!(items(&evaluation), [(Verdict::Eligible, vec!["a"]), (Verdict::Ineligible, vec!["a", "b"])]);
    // A sum waits for both of its parts.
    let mut trial = Trial::new();
    let (a, b) = (trial.fact("a", quantity("kg", &[])), trial.fact("b", quantity("kg", &[])));
    let (a, b) = (
        Operand::from(OperandKind::Fact(trial.latest(a), None)),
        Operand::from(OperandKind::Fact(trial.latest(b), None)),
    );
    let left = Operand::from(OperandKind::Add(Box::new(a), Box::new(b)));
    trial.require("I1", Test::Compare { left, op: Ge, right: Operand::from(OperandKind::Number(rational("7"))) });
    let evaluation = evaluate(&trial.evaluator(), &record("{}"));
    assert!(evaluation.decisive.iter().all(|decisive| decisive.items == ["a", "b"]));
    // One entry bars; that there is none of any member takes them all.
    let mut trial = Trial::new();
    let kinds = ["azathioprine", "methotrexate"].map(|name| trial.kind(name, EntryKind::Drug, Vec::new()));
    let cond = trial.at_least(1, &kinds, &entry(before(3, Month)));
    trial.exclude("E1", cond);
    assert_eq!(
        items(&evaluate(&trial.evaluator(), &record("{}"))),
        [(Verdict::Ineligible, vec!["azathioprine"]), (Verdict::Eligible, vec!["azathioprine", "methotrexate"]),]
    );
}

#[test]
fn a_todo_cannot_be_decided_and_a_budget_is_owned_up_to() {
    let mut trial = Trial::new();
    trial.exclude("E1", Test::Todo { text: "later".to_owned() });
    let evaluation = evaluate(&trial.evaluator(), &record("{}"));
    assert!(evaluation.missing.is_empty() && evaluation.decisive.is_empty());
    assert_eq!(evaluation.criteria[0].reasons[0].why, UnknownCause::NotEncoded);
    let evaluator = staged();
    let record = read(&evaluator, &record("{}")).expect("sound");
    let none = evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 });
    assert!(none.decisive.is_empty());
    let few = evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 2 });
    assert!(few.decisive.iter().all(|decisive| decisive.items.len() == 1 || !decisive.smallest));
}

#[test]
fn the_json_of_an_evaluation() {
    let evaluator = staged();
    let evaluation = evaluate(
        &evaluator,
        r#"{"id":"P-1","anchors":{"screening":"2026-03-01"},"judgements":{"E18":true},"facts":{"sledai2k":8}}"#,
    );
    let json = serde_json::to_value(&evaluation).expect("plain data");
    assert_eq!(json["id"], "P-1");
    assert_eq!(json["verdict"], "ineligible");
    assert_eq!(json["criteria"][0]["outcome"], "pass");
    assert_eq!(json["criteria"][1]["reasons"][0]["why"], "open-list");
    assert_eq!(json["criteria"][3]["evidence"][0]["item"], "judgement E18");
    assert_eq!(json["stages"][0], serde_json::json!({"stage": "screening", "reached": true, "verdict": "ineligible"}));
    assert_eq!(json["missing"][1], serde_json::json!({"item": "car_t", "why": "open-list", "criteria": ["E9"]}));
    assert_eq!(json["decisive"], serde_json::json!([]));
    for why in UnknownCause::ALL {
        assert_eq!(serde_json::to_value(why).expect("a word"), why.id());
    }
}

#[test]
fn a_small_set_is_known_to_be_the_smallest_where_criteria_share_items() {
    // `a` is in both criteria, so that the smallest sets of the two overlap.
    let mut trial = Trial::new();
    let [a, b, c] = ["a", "b", "c"].map(|name| {
        let fact = trial.fact(name, ValueType::YesNo);
        trial.is_yes(fact)
    });
    trial.require("I1", Cond::And(vec![a.clone(), b]));
    trial.require("I2", Cond::Or(vec![a, c]));
    let evaluation = evaluate(&trial.evaluator(), &record("{}"));
    let eligible = evaluation.decisive.iter().find(|set| set.verdict == Verdict::Eligible).expect("a set");
    assert_eq!((&eligible.items[..], eligible.smallest), (&["a".to_owned(), "b".to_owned()][..], true));
}

//! Records: what is refused, under which name and where; and what is accepted.

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::ir::EntryKind;
use eligc::record::{ReadOptions, RecordErrorKind, RecordId};
use eligc::tree::ValueType;

fn evaluator() -> Evaluator {
    let mut trial = Trial::new();
    let platelets = trial.fact("platelets", quantity("10*9/L", &[("/uL", "0.001")]));
    trial.possible(platelets, "0", "5000");
    trial.fact("sledai2k", score("0", "105", "1"));
    trial.fact("pain", score("0", "10", "0.5"));
    trial.fact("inr", quantity("1", &[]));
    trial.fact("ana", coded(&["positive", "negative"]));
    trial.fact("nyha", ordinal(&["I", "II", "III", "IV"]));
    trial.fact("grade", ordinal(&["0", "1", "2"]));
    trial.fact("pregnant", ValueType::YesNo);
    trial.fact("birth_date", ValueType::Date);
    let lvef = trial.fact("lvef", quantity("%", &[]));
    trial.tree.facts[lvef].attributes = vec![attribute("method", coded(&["echo", "muga"]))].into();
    let site = || vec![attribute("site", coded(&["skin", "lung"])), attribute("dose", quantity("mg/d", &[]))];
    let malignancy = trial.kind("malignancy", EntryKind::Event, site());
    let stroke = trial.kind("stroke", EntryKind::Event, site());
    trial.kind("steroid", EntryKind::Drug, vec![attribute("half_life", quantity("d", &[]))]);
    trial.group("history", &[malignancy, stroke], &["gout"]);
    trial.group("vessels", &[stroke], &[]);
    trial.tree.other_names = vec!["gout".to_owned(), "weight".to_owned()];
    trial.question("E18");
    trial.evaluator()
}

#[track_caller]
fn problems(json: &str, expected: &[(&str, &str)]) {
    let json = json.replace('\'', "\"");
    let error = match read(&evaluator(), &json) {
        Ok(_) => panic!("accepted {json}"),
        Err(error) => error,
    };
    let found: Vec<(&str, &str)> =
        error.problems.iter().map(|problem| (problem.kind.id(), problem.path.as_str())).collect();
    assert_eq!(found, expected, "{json}\n{error}");
}

#[track_caller]
fn accepted(json: &str) {
    let json = json.replace('\'', "\"");
    if let Err(error) = read(&evaluator(), &json) {
        panic!("{json}\n{error}");
    }
}

#[track_caller]
fn in_facts(facts: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(&str, String)> = expected.iter().map(|(kind, path)| (*kind, format!("facts.{path}"))).collect();
    let expected: Vec<(&str, &str)> = expected.iter().map(|(kind, path)| (*kind, path.as_str())).collect();
    problems(&format!("{{'id':'P-1','facts':{facts}}}"), &expected);
}

#[test]
fn what_is_not_a_record() {
    for json in [
        "",
        "{",
        "{'id':1",
        "{'id':1}}",
        "{'id':1} x",
        "{'id':1,}",
        "{id:1}",
        "{'id':01}",
        "nul",
        "{'id':1,'facts':{'ana':'\u{1}'}}",
    ] {
        problems(json, &[("not-json", "")]);
    }
    for json in ["[]", "1", "'x'", "null", "true"] {
        problems(json, &[("not-an-object", "")]);
    }
    problems("{}", &[("missing-id", "id")]);
    problems("{'id':null}", &[("wrong-type", "id")]);
    problems("{'id':''}", &[("missing-id", "id")]);
    problems("{'id':12345678901234567890}", &[("wrong-type", "id")]);
    problems("{'id':1.5}", &[("wrong-type", "id")]);
    problems("{'id':1,'id':2}", &[("duplicate-key", "id")]);
    problems("{'id':1,'patient':2}", &[("unknown-key", "patient")]);
    problems("{'id':1,'units':'si'}", &[("wrong-type", "units")]);
    problems("{'id':1,'facts':[]}", &[("wrong-type", "facts")]);
    problems("{'id':1,'facts':{},'facts':{}}", &[("duplicate-key", "facts")]);
    accepted("{'id':1}");
    accepted("{'id':-7,'units':null,'anchors':null,'facts':null,'judgements':null}");
    let error = evaluator().read(b"{\"id\":\"\xff\"}", &ReadOptions::default()).expect_err("not UTF-8");
    assert_eq!(error.problems[0].kind, RecordErrorKind::NotUtf8);
    assert_eq!(read(&evaluator(), r#"{"id":"P-1"}"#).expect("sound").id(), &RecordId::Text("P-1".to_owned()));
    assert_eq!(read(&evaluator(), r#"{"id":12}"#).expect("sound").id(), &RecordId::Number(12));
}

#[test]
fn anchors_and_judgements() {
    problems("{'id':1,'anchors':{'screning':'2026'}}", &[("unknown-anchor", "anchors.screning")]);
    problems("{'id':1,'anchors':{'screening':'2026-02-30'}}", &[("bad-date", "anchors.screening")]);
    problems("{'id':1,'anchors':{'screening':20260301}}", &[("wrong-type", "anchors.screening")]);
    problems("{'id':1,'anchors':{'screening':null,'screening':null}}", &[("duplicate-key", "anchors.screening")]);
    problems("{'id':1,'judgements':{'E17':true}}", &[("unknown-judgement", "judgements.E17")]);
    problems("{'id':1,'judgements':{'E18':'yes'}}", &[("wrong-type", "judgements.E18")]);
    problems("{'id':1,'judgements':{'E18':true,'E18':true}}", &[("duplicate-key", "judgements.E18")]);
    accepted("{'id':1,'anchors':{'screening':'2026-03','infusion':null},'judgements':{'E18':null}}");
}

#[test]
fn names_and_types() {
    in_facts("{'platelet':1}", &[("unknown-fact", "platelet")]);
    in_facts("{'ana':'pos'}", &[("unknown-value", "ana")]);
    in_facts("{'ana':true}", &[("wrong-type", "ana")]);
    in_facts("{'ana':'positive','ana':'positive'}", &[("duplicate-key", "ana")]);
    in_facts("{'ana':{'value':'positive','unit':'g'}}", &[("wrong-unit", "ana.unit")]);
    in_facts("{'ana':{'value':'positive','comparator':'<'}}", &[("bad-comparator", "ana")]);
    in_facts("{'ana':{'value':'positive','uln':3}}", &[("unknown-attribute", "ana.uln")]);
    in_facts("{'nyha':'V'}", &[("unknown-value", "nyha")]);
    in_facts("{'nyha':3}", &[("unknown-value", "nyha")]);
    in_facts("{'nyha':true}", &[("wrong-type", "nyha")]);
    in_facts("{'grade':7}", &[("unknown-value", "grade")]);
    in_facts("{'pregnant':'no'}", &[("wrong-type", "pregnant")]);
    in_facts("{'birth_date':'17.05.1990'}", &[("bad-date", "birth_date")]);
    in_facts("{'birth_date':'1990-02-29'}", &[("bad-date", "birth_date")]);
    in_facts("{'birth_date':1990}", &[("wrong-type", "birth_date")]);
    in_facts("{'sledai2k':'7'}", &[("wrong-type", "sledai2k")]);
    in_facts("{'sledai2k':{}}", &[("missing-value", "sledai2k")]);
    in_facts("{'sledai2k':[7,null]}", &[("wrong-type", "sledai2k[1]")]);
    in_facts("{'sledai2k':[[7]]}", &[("wrong-type", "sledai2k[0]")]);
    accepted("{'id':1,'facts':{'nyha':'III','grade':1,'grade':2}}".replace(",'grade':2", "").as_str());
    accepted("{'id':1,'facts':{'grade':2.0,'weight':{'anything':[1,2]},'gout':true,'sledai2k':[],'ana':null}}");
}

#[test]
fn numbers_units_and_limits() {
    in_facts("{'platelets':150}", &[("missing-unit", "platelets")]);
    in_facts("{'platelets':{'value':150}}", &[("missing-unit", "platelets")]);
    in_facts("{'platelets':{'value':150,'unit':'g/L'}}", &[("wrong-unit", "platelets.unit")]);
    in_facts(
        "{'platelets':{'value':150,'unit':7}}",
        &[("wrong-type", "platelets.unit"), ("missing-unit", "platelets")],
    );
    in_facts("{'platelets':[{'value':-1,'unit':'10*9/L'}]}", &[("impossible-value", "platelets[0]")]);
    in_facts("{'platelets':{'value':5000.001,'unit':'10*9/L'}}", &[("impossible-value", "platelets")]);
    in_facts("{'platelets':{'value':5000001,'unit':'/uL'}}", &[("impossible-value", "platelets")]);
    in_facts("{'platelets':{'value':1e999,'unit':'/uL'}}", &[("impossible-value", "platelets")]);
    in_facts("{'platelets':{'value':0,'unit':'/uL','comparator':'<'}}", &[("impossible-value", "platelets")]);
    in_facts("{'platelets':{'value':1,'unit':'/uL','comparator':'~'}}", &[("bad-comparator", "platelets.comparator")]);
    in_facts("{'platelets':{'value':1,'unit':'/uL','uln':0}}", &[("bad-limit", "platelets.uln")]);
    in_facts("{'platelets':{'value':1,'unit':'/uL','uln':3,'lln':4}}", &[("bad-limit", "platelets.lln")]);
    in_facts("{'platelets':{'value':1,'unit':'10*9/L','uln':5001}}", &[("bad-limit", "platelets.uln")]);
    in_facts("{'platelets':{'value':1,'unit':'/uL','lln':5000001}}", &[("bad-limit", "platelets.lln")]);
    in_facts("{'inr':{'value':40,'unit':'%'}}", &[("wrong-unit", "inr.unit")]);
    in_facts("{'inr':{'value':1200,'unit':'10*-3'}}", &[("wrong-unit", "inr.unit")]);
    for half_life in ["0", "-1", "{'value':0,'unit':'d','comparator':'<='}", "{'value':0,'unit':'h'}"] {
        let entry = format!("{{'steroid':[{{'half_life':{half_life}}}]}}");
        let canonical = format!("{{'id':1,'units':'canonical','facts':{entry}}}");
        problems(&canonical, &[("impossible-value", "facts.steroid[0].half_life")]);
    }
    in_facts("{'platelets':{'value':1,'unit':'/uL','uln':'4'}}", &[("wrong-type", "platelets.uln")]);
    in_facts("{'platelets':{'value':1,'unit':'/uL','at':'2026-13'}}", &[("bad-date", "platelets.at")]);
    in_facts("{'platelets':{'value':1,'value':2,'unit':'/uL'}}", &[("duplicate-key", "platelets.value")]);
    in_facts("{'sledai2k':106}", &[("impossible-value", "sledai2k")]);
    in_facts("{'sledai2k':7.5}", &[("off-step", "sledai2k")]);
    in_facts("{'pain':3.25}", &[("off-step", "pain")]);
    in_facts("{'sledai2k':{'value':7,'unit':'1'}}", &[("wrong-unit", "sledai2k.unit")]);
    in_facts("{'lvef':{'value':50,'unit':'%','methd':'echo'}}", &[("unknown-attribute", "lvef.methd")]);
    in_facts("{'lvef':{'value':50,'unit':'%','method':'echo','method':'echo'}}", &[("duplicate-key", "lvef.method")]);
    in_facts("{'lvef':{'value':50,'unit':'%','method':'ct'}}", &[("unknown-value", "lvef.method")]);
    for facts in [
        "{'platelets':{'value':5000000,'unit':'/uL'}}",
        "{'platelets':{'value':0,'unit':'/uL','comparator':'<='}}",
        "{'platelets':{'value':1,'unit':'/uL','comparator':'=','uln':null}}",
        "{'platelets':{'value':1,'unit':'10*9/L','uln':5000}}",
        "{'steroid':[{'half_life':{'value':0,'unit':'d','comparator':'>'}}]}",
        "{'inr':{'value':1.2,'unit':'{INR}'},'lvef':{'value':0.5,'unit':'{fraction}'}}",
        "{'inr':1.2,'pain':3.5,'sledai2k':105}",
        "{'lvef':{'value':50,'unit':'%','method':null}}",
    ] {
        accepted(&format!("{{'id':1,'facts':{facts}}}"));
    }
    // The record may say so before its facts or behind them.
    accepted("{'id':1,'units':'canonical','facts':{'platelets':150}}");
    accepted(
        "{'id':1,'facts':{'platelets':[150,{'value':2,'at':'2026'}],'malignancy':[{'dose':2}]},'units':'canonical'}",
    );
    problems("{'id':1,'facts':{'platelets':150,'ana':'x'},'units':'canonical'}", &[("unknown-value", "facts.ana")]);
    let options = ReadOptions { canonical_units: true, closed: Vec::new() };
    assert!(evaluator().read(br#"{"id":1,"facts":{"platelets":150}}"#, &options).is_ok());
}

#[test]
fn entries_and_groups() {
    in_facts("{'malignancy':'yes'}", &[("wrong-type", "malignancy")]);
    in_facts("{'malignancy':['2024']}", &[("wrong-type", "malignancy[0]")]);
    in_facts("{'malignancy':[{'stat':'2024'}]}", &[("unknown-attribute", "malignancy[0].stat")]);
    in_facts("{'malignancy':[{'start':'2024','start':'2025'}]}", &[("duplicate-key", "malignancy[0].start")]);
    in_facts("{'malignancy':[{'start':'2024-06','end':'2024-05'}]}", &[("end-before-start", "malignancy[0].end")]);
    in_facts(
        "{'malignancy':[{'start':'2024-06-02T10:00','end':'2024-06-02T09:00'}]}",
        &[("end-before-start", "malignancy[0].end")],
    );
    in_facts("{'malignancy':[{'planned':'yes'}]}", &[("wrong-type", "malignancy[0].planned")]);
    in_facts("{'malignancy':[{'dose':3}]}", &[("missing-unit", "malignancy[0].dose")]);
    in_facts(
        "{'malignancy':[{'dose':{'value':3,'at':'2024'}}]}",
        &[("unknown-attribute", "malignancy[0].dose.at"), ("missing-unit", "malignancy[0].dose")],
    );
    in_facts("{'history':true}", &[("wrong-type", "history")]);
    in_facts("{'history':3}", &[("wrong-type", "history")]);
    in_facts("{'history':[{'start':'2024'}]}", &[("missing-member", "history[0]")]);
    in_facts("{'history':[{'kind':'strok'}]}", &[("unknown-member", "history[0]")]);
    in_facts("{'history':[{'kind':7}]}", &[("wrong-type", "history[0].kind"), ("missing-member", "history[0]")]);
    in_facts("{'history':[{'kind':'stroke','drug':'stroke'}]}", &[("unknown-attribute", "history[0].kind")]);
    in_facts("{'history':[{'kind':'stroke','sit':'lung'}]}", &[("unknown-attribute", "history[0].sit")]);
    in_facts("{'history':[],'stroke':[{}]}", &[("group-contradiction", "history")]);
    in_facts("{'stroke':true,'history':false}", &[("group-contradiction", "history")]);
    in_facts("{'stroke':[],'history':[{'kind':'stroke'}]}", &[("group-contradiction", "stroke")]);
    in_facts("{'vessels':[{'kind':'stroke'}],'history':[{'kind':'stroke'}]}", &[("group-contradiction", "stroke")]);
    for facts in [
        "{'malignancy':[{'start':'2024-06','end':'2024'}]}",
        "{'malignancy':{'start':'2024-06-02T10:00','end':'2024-06-02'}}",
        "{'history':[{'site':'lung','kind':'stroke','start':'2024'},{'drug':'gout','severity':3}]}",
        "{'history':[],'stroke':false}",
        "{'history':[{'kind':'malignancy'}],'vessels':[{'kind':'stroke'}]}",
        "{'history':[{'kind':'stroke'},{'kind':'stroke'}]}",
        "{'history':null,'stroke':true}",
    ] {
        accepted(&format!("{{'id':1,'facts':{facts}}}"));
    }
}

/// What is near by its letters only is not offered.
#[test]
fn a_record_is_offered_no_name_that_means_another_thing() {
    let evaluator = evaluator();
    let said = |facts: &str| {
        let error = read(&evaluator, &format!(r#"{{"id":1,"facts":{{{facts}}}}}"#)).expect_err("a problem").at_line(1);
        error.to_string().split_once(": ").map(|(_, said)| said.to_owned()).unwrap_or_default()
    };
    assert_eq!(
        said(r#""PLT":1"#),
        "facts.PLT: the trial's vocabulary has no `PLT`; `PLT` is the platelet count: `platelets`"
    );
    assert_eq!(said(r#""cd4":1"#), "facts.cd4: the trial's vocabulary has no `cd4`");
}

#[test]
fn every_problem_is_reported_at_once_with_id_and_help() {
    let json =
        r#"{"facts":{"platelet":1,"ana":"positiv","sledai2k":7.5,"lvef":{"value":50,"unit":"mg/g"}},"id":"P-9"}"#;
    let error = read(&evaluator(), json).expect_err("four problems").at_line(12);
    assert_eq!(error.id, Some(RecordId::Text("P-9".to_owned())));
    assert_eq!(
        error.to_string(),
        "line 12, record P-9: facts.platelet: the trial's vocabulary has no `platelet`; did you mean `platelets`?\n\
         line 12, record P-9: facts.ana: `ana` cannot be `positiv`; it is one of `positive`, `negative`; \
         did you mean `positive`?\n\
         line 12, record P-9: facts.sledai2k: `sledai2k` goes in steps of 1 from 0\n\
         line 12, record P-9: facts.lvef.unit: `lvef` is not given in `mg/g`; that is a ratio of masses, not a plain number; it is given in `%`"
    );
    let json = serde_json::to_value(&error).expect("plain data");
    assert_eq!(json["problems"][1]["kind"], "unknown-value");
    assert_eq!(json["id"], "P-9");
    for kind in RecordErrorKind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("a word"), kind.id());
    }
}

#[test]
fn a_record_can_be_read_over_another() {
    let evaluator = evaluator();
    let options = ReadOptions::default();
    let mut record = eligc::record::Record::default();
    let first = br#"{"id":1,"anchors":{"screening":"2026"},"facts":{"ana":"positive","malignancy":[{"site":"lung"}]}}"#;
    let second = br#"{"id":2,"facts":{"sledai2k":7}}"#;
    evaluator.read_into(first, &options, &mut record).expect("sound");
    evaluator.read_into(second, &options, &mut record).expect("sound");
    assert_eq!(record, evaluator.read(second, &options).expect("sound"));
}

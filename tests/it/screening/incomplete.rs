//! Notes are in every report, and a trial that is incomplete calls nobody eligible.

use eligc::diag::Severity;
use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::ir::Verdict;
use eligc::lower::lower;
use eligc::narrate::{progress, render, trial};
use eligc::record::ReadOptions;
use eligc::tree::DecisionTree;

use super::{eval, evaluations};
use crate::cli::{run, stdout};

const PASSES: &[u8] =
    br#"{"id":"p","anchors":{"consent":"2026-02-20","screening":"2026-03-01"},"facts":{"sledai2k":9}}"#;
const FAILS: &[u8] = br#"{"id":"f","anchors":{"screening":"2026-03-01"},"facts":{"sledai2k":2}}"#;

const NOTES: &str =
    "require [I1] sledai2k >= 7\nnote [N1] \"Ask the sponsor\nfor a slot\"\nnote \"Keep the consent form\"\n";
const INCOMPLETE: &str = "trial T \"part\" { anchor screening  incomplete \"the exclusions are not public\" }\n\
                          require [I1] sledai2k >= 7\n";

#[test]
fn notes_stand_in_every_report() {
    let (short, _, code) = eval(NOTES, PASSES, &[]);
    assert_eq!(code, 0);
    assert!(short.contains("not asked here, see the notes at the end: N1, 1 without a number"), "{short}");
    assert!(short.contains("note N1: Ask the sponsor for a slot\n") && short.contains("note: Keep the consent form\n"));
    let (details, _, _) = eval(NOTES, PASSES, &["--details"]);
    assert!(details.contains("    note N1: Ask the sponsor for a slot\n"), "{details}");
    let (failing, _, _) = eval(NOTES, FAILS, &[]);
    // What keeps a patient out needs no note; the notes themselves are told once.
    assert!(!failing.contains("not asked here") && failing.contains("note N1: "), "{failing}");
    let evaluation = &evaluations(NOTES, PASSES)[0];
    assert_eq!(evaluation["notes"][0]["id"], "N1");
    assert_eq!(evaluation["notes"][0]["text"], "Ask the sponsor for a slot");
    assert_eq!(evaluation["notes"][1], serde_json::json!({ "text": "Keep the consent form" }));
    let (out, _, _) = eval("require [I1] sledai2k >= 7", PASSES, &[]);
    assert!(!out.contains("note"), "{out}");
}

#[test]
fn nobody_is_eligible_by_an_incomplete_trial() {
    for more in [&[][..], &["--details"], &["--stage", "consent"], &["--stage", "screening"], &["--stage", "infusion"]]
    {
        let (out, _, _) = eval(INCOMPLETE, PASSES, more);
        assert!(out.starts_with("p  undetermined\n"), "{out}");
        assert!(out.contains("incomplete  unknown  "), "{out}");
        assert!(!out.contains("could become eligible"), "{out}");
        // The patient's lines and the summary both give the reason; none says eligible.
        assert_eq!(out.matches("the exclusions are not public").count(), 2, "{out}");
        assert!(!out.lines().any(|line| line.contains(" eligible") && !line.starts_with("no patient is")), "{out}");
    }
    let (out, _, _) = eval(INCOMPLETE, FAILS, &[]);
    assert!(out.starts_with("f  ineligible\n") && out.contains("the exclusions are not public"), "{out}");
    let evaluation = &evaluations(INCOMPLETE, PASSES)[0];
    assert_eq!(evaluation["verdict"], "undetermined");
    for stage in evaluation["stages"].as_array().expect("stages") {
        assert_eq!(stage["verdict"], "undetermined", "{stage}");
    }
    let first = &evaluation["criteria"][0];
    assert_eq!(
        (&first["id"], &first["outcome"], &first["pending"]),
        (&"incomplete".into(), &"unknown".into(), &false.into())
    );
    assert_eq!(first["reasons"][0]["why"], "not-encoded");
    assert!(first["reasons"][0]["text"].as_str().expect("a text").contains("the exclusions are not public"));
    assert_eq!(evaluation["missing"], serde_json::json!([]));
}

#[test]
fn a_tree_says_so_to_every_evaluator() {
    let checked = check_text("t.elig", INCOMPLETE);
    let tree = lower(checked.program.as_ref().expect("right"), &checked.sources);
    assert_eq!(tree.incomplete(), Some("the exclusions are not public"));
    let json = tree.to_json();
    // No field that an evaluator of before would not know: one more criterion, always unknown, of the first stage.
    let written: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(written["criteria"][0]["id"], "incomplete");
    assert_eq!(written["criteria"][0]["stage"], written["anchors"][0]["name"]);
    assert_eq!(written["criteria"][0]["statement"], "incomplete \"the exclusions are not public\"");
    assert_eq!(written["trial"].as_object().expect("an object").len(), 2);
    let evaluator = Evaluator::new(DecisionTree::from_json(&json).expect("read again")).expect("a tree that runs");
    let record = evaluator.read(PASSES, &ReadOptions::default()).expect("a record");
    assert_eq!(evaluator.screen(&record), Verdict::Undetermined);
    for stage in evaluator.tree().anchors.ids() {
        assert_eq!(evaluator.screen_at(&record, stage), Verdict::Undetermined);
    }
}

/// However it is written; and a trial of nothing else is one too.
#[test]
fn every_way_of_writing_it() {
    for program in [
        "trial T { incomplete \"x\" }",
        "trial T { incomplete: \"x\", anchor consent }\nrequire [I1] sledai2k >= 7",
        "require [I1] sledai2k >= 7\ntrial { phase 1 incomplete \"x\" as of 2026-03 }",
        "trial T { incomplete \"say \\\"no\\\" \\\\ \" }\nrequire sledai2k >= 7",
    ] {
        let evaluation = &evaluations(program, PASSES)[0];
        assert_eq!(evaluation["verdict"], "undetermined", "{program}");
    }
    // A name of the author's own elsewhere.
    let free = "fact incomplete: yes_no\nrequire [I1] incomplete";
    assert_eq!(evaluations(free, br#"{"id":1,"facts":{"incomplete":true}}"#)[0]["verdict"], "eligible");
    for wrong in [
        "trial T { incomplete yes }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplete \" \" }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplete 2026-03 }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplete \"a\" incomplete \"b\" }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplete }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplet \"a\" }\nrequire [I1] sledai2k >= 7",
        "trial T { Incomplete \"a\" }\nrequire [I1] sledai2k >= 7",
        "trial T { in_complete \"a\" }\nrequire [I1] sledai2k >= 7",
        "trial T { incomplete \"a\" }\nrequire [incomplete] sledai2k >= 7",
        "trial T { incomplete \"a\" }\nnote [incomplete] \"b\"",
    ] {
        let found = check_text("t.elig", wrong).diagnostics;
        assert!(found.iter().any(|one| one.severity == Severity::Error), "{wrong}: {found:#?}");
    }
    let fine = check_text("t.elig", "trial T { phase 1 sponsor \"x\" completion \"2027\" }\nrequire [I1] pregnant");
    assert!(fine.diagnostics.is_empty(), "{:#?}", fine.diagnostics);
}

#[test]
fn readings_and_status_say_it_too() {
    let checked = check_text("t.elig", INCOMPLETE);
    let program = checked.program.expect("right");
    let reading = trial(&program);
    for text in [render::text::trial(&reading, 100), render::markdown::trial(&reading), render::html::trial(&reading)] {
        assert!(
            eligc::source::one_line(&text).contains("no patient is eligible by these alone: the exclusions are not"),
            "{text}"
        );
    }
    assert_eq!(progress(&program).incomplete.as_deref(), Some("the exclusions are not public"));
    let status = stdout(&run(&["status", "-"], INCOMPLETE));
    assert!(status.contains("incomplete: the exclusions are not public"), "{status}");
    let json = stdout(&run(&["status", "-", "--format", "json"], INCOMPLETE));
    assert!(json.contains("\"incomplete\": \"the exclusions are not public\""), "{json}");
}

#[test]
fn an_example_can_name_it() {
    let text = format!(
        "{INCOMPLETE}example \"e\" {{ screening: 2026-03-01  sledai2k: 9 }} expect incomplete unknown, I1 pass, verdict undetermined\n"
    );
    let output = run(&["test", "-"], &text);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = run(&["test", "-"], &text.replace("verdict undetermined", "verdict eligible"));
    assert!(
        stdout(&output).contains("expected eligible, got undetermined (unknown: incomplete)"),
        "{}",
        stdout(&output)
    );
}

/// The two trials whose exclusions are not public.
#[test]
fn kn5501_and_hn2301_call_nobody_eligible() {
    for name in ["kn5501", "hn2301"] {
        let text = std::fs::read_to_string(crate::docs::root().join(format!("trials/{name}.elig"))).expect("a trial");
        let program = check_text(name, &text).program.expect("right");
        assert!(program.trial.incomplete.is_some(), "{name}");
    }
}

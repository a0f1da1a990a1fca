//! What a report says of a patient, from the text of a trial.

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::{EvalOptions, Evaluation};
use eligc::lower::lower;
use eligc::record::ReadOptions;

fn evaluated(text: &str, facts: &str) -> Evaluation {
    let checked = check_text("trial.elig", text);
    let typed = checked.program.as_ref().expect("a right program");
    let evaluator = Evaluator::new(lower(typed, &checked.sources)).expect("a sound tree");
    let record = format!(r#"{{"id":1,"anchors":{{"screening":"2026-03-01"}},"facts":{{{facts}}}}}"#);
    let record = evaluator.read(record.as_bytes(), &ReadOptions::default()).expect("a sound record");
    evaluator.evaluate(&record, &EvalOptions::default())
}

/// The one line of the only criterion.
fn line(text: &str, facts: &str) -> String {
    let evaluation = evaluated(text, facts);
    let criterion = &evaluation.criteria[0];
    let evidence = criterion.evidence.iter().map(|evidence| evidence.text.clone());
    evidence.chain(criterion.reasons.iter().map(|reason| reason.text.clone())).collect::<Vec<_>>().join(" | ")
}

/// `ineligible: malignancy.site`, a line for each set.
fn sets(text: &str, facts: &str) -> Vec<String> {
    let evaluation = evaluated(text, facts);
    let told = |set: &eligc::explain::Decisive| {
        assert!(set.smallest, "{set:?}");
        let at = set.stage.as_ref().map_or(String::new(), |stage| format!(" at {stage}"));
        format!("{}{at}: {}", set.verdict.word(), set.items.join(", "))
    };
    evaluation.decisive.iter().map(told).collect()
}

#[test]
fn a_worked_out_value_has_its_name_and_unit_and_each_input_once() {
    let body = r#""weight":{"value":80,"unit":"kg"},"height":{"value":160,"unit":"cm"}"#;
    assert_eq!(
        line("require bmi >= 18.5 kg/m2\n", body),
        "bmi 31.25 kg/m2 (weight 80 kg, height 160 cm) is >= 18.5 kg/m2"
    );
    assert_eq!(
        line("require weight / height ^ 2 between 18.5 and 30 kg/m2\n", body),
        "weight / height ^ 2 31.25 kg/m2 (weight 80 kg, height 160 cm) is not <= 30 kg/m2"
    );
    let filtration = r#""birth_date":"1980-05-17","sex":"female","creatinine":{"value":80,"unit":"umol/L"}"#;
    assert_eq!(
        line("require egfr >= 60 mL/min/{1.73_m2}\n", filtration),
        "egfr 79.817018 mL/min/{1.73_m2} (creatinine 80 umol/L (0.904943 mg/dL), birth_date 1980-05-17) is >= 60 \
         mL/min/{1.73_m2}"
    );
    assert_eq!(
        line("require egfr >= 60 mL/min/{1.73_m2}\n", r#""egfr":{"value":70,"unit":"mL/min/{1.73_m2}"}"#),
        "egfr 70 mL/min/{1.73_m2} is >= 60 mL/min/{1.73_m2}"
    );
}

#[test]
fn what_is_passed_over_is_named_with_its_date_and_why() {
    let text = "require platelets >= 100 x10^9/L within 28 days before screening\n";
    let old = r#"{"value":90000,"unit":"/uL","at":"2025-02-20"}"#;
    assert_eq!(
        line(text, &format!(r#""platelets":[{{"value":150000,"unit":"/uL","at":"2026-02-20"}},{old}]"#)),
        "platelets 150000 /uL (150 10*9/L) at 2026-02-20 is >= 100 10*9/L; passed over: platelets 90000 /uL (90 10*9/L) at \
         2025-02-20: not within 28 days before screening (2026-02-01 .. 2026-03-01)"
    );
    assert_eq!(
        line(text, &format!(r#""platelets":{old}"#)),
        "no result of `platelets` counts here: platelets 90000 /uL (90 10*9/L) at 2025-02-20: not within 28 days before \
         screening (2026-02-01 .. 2026-03-01)"
    );
}

#[test]
fn a_strict_window_ends_on_the_last_day_that_counts() {
    let stroke = r#""stroke":[{"start":"2025-12-01"}]"#;
    assert_eq!(line("exclude prior stroke\n", stroke), "stroke from 2025-12-01: before screening (.. 2026-02-28)");
    assert_eq!(
        line("exclude stroke more than 2 months before screening\n", stroke),
        "stroke from 2025-12-01: more than 2 months before screening (.. 2025-12-31)"
    );
    assert_eq!(
        line("exclude stroke after screening\n", r#""stroke":[{"start":"2026-03-02"}]"#),
        "stroke from 2026-03-02: after screening (2026-03-02 ..)"
    );
}

#[test]
fn sets_are_few_possible_and_whole() {
    // An attribute is an item of its own, both ways.
    let text =
        "exclude malignancy within 5 years before screening except (site is cervix_in_situ and treated_radically)\n";
    let unknown_site = r#""malignancy":[{"start":"2024","treated_radically":true}]"#;
    assert_eq!(sets(text, unknown_site), ["ineligible: malignancy.site", "eligible: malignancy.site"]);
    // On air or not: 95 % does not fail, and with oxygen nothing is known.
    assert_eq!(
        sets("require spo2 (room_air) >= 92 %\n", r#""spo2":{"value":95,"unit":"%"}"#),
        ["eligible: spo2.room_air"]
    );
    // The anchor of a window belongs to the set.
    let late = "require [I1] hcg_serum is negative within 48 hours before lymphodepletion\n";
    let both = ["anchor lymphodepletion, hcg_serum"]
        .map(|items| [format!("ineligible: {items}"), format!("eligible: {items}")]);
    assert_eq!(sets(late, ""), both.concat());
    // While it waits, eligible is meant of the stage before.
    let now = format!("{late}exclude [E1] prior car_t\n");
    assert_eq!(sets(&now, ""), ["ineligible: car_t", "eligible at screening: car_t"]);
    // A group is given under its key.
    assert_eq!(
        sets("exclude [E1] current immunosuppressant\n", ""),
        ["ineligible: immunosuppressant", "eligible: immunosuppressant"]
    );
}

/// Whatever the cause of a seizure is, one of the two bars: no answer to it lets the patient in.
#[test]
fn a_seizure_never_could_become_eligible_when_both_of_its_causes_bar() {
    let known = "exclude [E9] pregnant\n";
    let unknown_cause = r#""seizure":[{"start":"2024-03-01"}],"pregnant":false"#;
    for text in [
        "exclude [E1] any seizure (due_to_lupus)\nexclude [E2] any seizure (not due_to_lupus)\n",
        "exclude [E1] any seizure (due_to_lupus) or any seizure (not due_to_lupus)\n",
        "require [I1] no seizure (due_to_lupus)\nrequire [I2] no seizure (not due_to_lupus)\n",
        "exclude [E1] prior seizure (due_to_lupus)\nexclude [E2] seizure (not due_to_lupus) within 5 years before screening\n",
        "define of_lupus = any seizure (due_to_lupus)\nexclude [E1] of_lupus\nexclude [E2] any seizure (not due_to_lupus)\n",
    ] {
        let text = &format!("{text}{known}");
        let evaluation = evaluated(text, unknown_cause);
        assert_ne!(evaluation.verdict, eligc::ir::Verdict::Eligible, "{text}");
        let sets = sets(text, unknown_cause);
        assert!(sets.iter().all(|set| !set.starts_with("eligible")), "{sets:?}\n{text}");
        // Nor where more is not known beside it.
        let more = evaluated(text, &unknown_cause.replace(r#","pregnant":false"#, "")).decisive;
        assert!(more.iter().all(|set| set.verdict != eligc::ir::Verdict::Eligible), "{more:?}\n{text}");
        // Each cause, once it is known, bars.
        for cause in ["true", "false"] {
            let facts = unknown_cause.replace("}]", &format!(r#","due_to_lupus":{cause}}}]"#));
            assert_eq!(evaluated(text, &facts).verdict, eligc::ir::Verdict::Ineligible, "{cause}\n{text}");
        }
    }
    let both = "exclude [E1] any seizure (due_to_lupus)\nexclude [E2] any seizure (not due_to_lupus)\n";
    assert_eq!(sets(both, unknown_cause), ["ineligible: seizure.due_to_lupus"]);
    // Where one cause alone bars, the cause can let the patient in; so it can where the seizure itself is not known.
    assert_eq!(
        sets("exclude [E1] any seizure (due_to_lupus)\n", unknown_cause),
        ["ineligible: seizure.due_to_lupus", "eligible: seizure.due_to_lupus"]
    );
    assert_eq!(sets(both, ""), ["ineligible: seizure", "eligible: seizure"]);
}

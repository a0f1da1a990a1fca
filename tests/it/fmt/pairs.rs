//! Before and after, as people see them.

use std::fmt::Write as _;

use super::lawful;

/// What each shows, and a text that is not laid out.
const BEFORE: [(&str, &str); 12] = [
    ("signs and blanks", "require [I1]   sledai2k≥8\nexclude not(pregnant)\n"),
    ("spellings of units", "require anc >= 1.5 ×10⁹/L and creatinine<=2 x  ULN and weight >= 40kg\n"),
    ("a short list on one line", "exclude any of {\n pregnant, lactating\n}\n"),
    ("a comma behind the last keeps a list open", "exclude any of { pregnant, lactating, }\n"),
    (
        "a long chain",
        "require [I2] hemoglobin >= 80 g/L and platelets >= 50 x10^9/L and anc >= 1 x10^9/L and alt <= 3 x ULN\n",
    ),
    (
        "windows on the next line",
        "exclude [E3] any prior live_vaccine (severity >= grade 3 and start after enrollment) within 6 weeks before leukapheresis\n",
    ),
    (
        "exceptions and guards",
        "exclude [E4] prior malignancy within 5 years before screening except (site is skin and cured) unless age >= 65 a\n",
    ),
    (
        "a definition",
        "define adequate_marrow=hemoglobin>=80 g/L and platelets >= 50 x10^9/L and anc >= 1 x10^9/L and pregnant\n",
    ),
    ("the trial's block", "trial T1 \"A trial\" { phase: 1, anchor: leukapheresis }\n"),
    (
        "declarations",
        "fact ferritin: quantity [ug/L] possible 0..100000 plausible 5..5000 loinc \"2276-4\" source \"a list\" { fasting: yes_no }\n",
    ),
    ("an example", "example \"ok\" {\n  age: 30 a, sledai2k: 10\n  pregnant: no\n} expect I1 pass, I2:fail\n"),
    (
        "comments",
        "## Why it is asked.\nexclude any of { # one of these\n pregnant, # now\n\n\n  # and\n lactating # or soon\n }# end\n",
    ),
];

#[test]
fn before_and_after() {
    let mut page = String::new();
    for (what, before) in BEFORE {
        let after = lawful(before).unwrap();
        assert_ne!(after, before, "{what}: {:?}", eligc::syntax::parse(eligc::source::FileId(0), before).diagnostics);
        assert_eq!(eligc::fmt::format(before).unwrap().left_alone, 0, "{what}");
        let _ = write!(page, "# {what}\n\n{before}\n-->\n\n{after}\n\n");
    }
    insta::assert_snapshot!(page);
}

/// Words glued to an error stay as they are: a file with errors is laid out around them.
#[test]
fn what_is_glued_to_an_error_stays() {
    let parts = ["require", "note", "5", "age", ">=", "\"x\"", ")", "[I1]", ".", "fact", "exclude", "{", "}", "years"];
    for one in parts {
        for other in parts {
            for last in parts {
                for text in [
                    format!("require {one}{other}{last}\n"),
                    format!("{one}{other} {last}\nrequire [I2] age >= 18 years\n"),
                ] {
                    let laid_out = eligc::fmt::format(&text).unwrap_or_else(|why| panic!("{text}: {why}")).text;
                    assert_eq!(eligc::fmt::format(&laid_out).unwrap().text, laid_out, "{text}");
                }
            }
        }
    }
    assert_eq!(eligc::fmt::format("require 5note\n").unwrap().text, "require 5note\n");
}

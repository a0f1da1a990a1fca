//! Twenty mistakes that newcomers make, each with the program and what they are told.

use eligc::diag::render;
use eligc::driver::check_text;

/// What the author meant, and what was typed.
const MISTAKES: [(&str, &str); 20] = [
    ("A name is misspelt", "require [I7] sledia2k >= 8"),
    ("A bound is past the end of the scale", "require [I7] sledai2k >= 108"),
    ("A laboratory value has no unit", "require [I11] hemoglobin >= 60"),
    ("The unit is of another kind", "require [I2] age >= 18 mg"),
    ("The exponent is counted twice", "require [I11] platelets >= 20000 x10^9/L"),
    ("The unit is ten times too small", "require [I13] total_bilirubin < 2.0 mg/L"),
    ("A decimal comma", "require [I13] total_bilirubin < 2,0 mg/dL"),
    ("Earlier treatments are counted with a comparison", "require [E5] prior car_t >= 2"),
    ("A result in words is compared like a number", "require [I6] ana = positive"),
    ("The result stands beside its test", "exclude [E12] hcg_serum positive"),
    ("A window does not say from when", "exclude [E9] stroke within 6 month"),
    ("A window counts back from a date nobody declared", "exclude [E9] stroke within 6 months before dosing"),
    ("A window on a fact that has no date", "require [I2] sex is female within 2 months before screening"),
    ("A fact is named and nothing is asked of it", "require [I7] sledai2k"),
    ("The number of the criterion has no brackets", "exclude E2 pregnant"),
    ("Two criteria carry one number", "require [I7] sledai2k >= 8\nrequire [I7] pga >= 1"),
    ("The ends of a range are one chain", "require [I2] 18 years <= age <= 70 years"),
    ("A sign is spelt out", "require [I7] sledai2k greater than 8"),
    ("A brace is missing", "exclude [E7] any of {\n  stroke,\n  tia\n\nrequire [I7] sledai2k >= 8"),
    ("A list item has no comma behind it", "exclude [E7] any of {\n  stroke\n  tia,\n}"),
];

#[test]
fn newcomer_lesson() {
    let mut lesson = String::from("Twenty mistakes, and what is said of each.\n");
    for ((title, program), number) in MISTAKES.iter().zip(1..) {
        let checked = check_text("trial.elig", &format!("{program}\n"));
        let said = render::human(&checked.diagnostics, &checked.sources, false);
        assert_eq!(checked.diagnostics.len(), 1, "one mistake, one message: {title}\n{said}");
        let said: String = said.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        lesson += &format!("\n{number}. {title}\n\n{program}\n\n{said}");
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("newcomer_lesson", lesson);
    });
}

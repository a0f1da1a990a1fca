//! `eligc check` as a process, and how checking grows with the program.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use eligc::driver::check_text;
use eligc::lower::lower;

use crate::least;

const TRIALS: [&str; 5] =
    ["trials/relma-cel.elig", "trials/eque-cel.elig", "trials/kn5501.elig", "trials/zm001.elig", "trials/hn2301.elig"];

pub fn run() {
    let time = least(40, || {
        let status = Command::new(env!("CARGO_BIN_EXE_eligc"))
            .arg("check")
            .args(TRIALS)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "the trials check clean");
    });
    let empty = least(40, || {
        let status = Command::new(env!("CARGO_BIN_EXE_eligc")).arg("--version").stdout(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()));
    });
    println!("check, five trials, whole process: {time:.1?} (a process that does nothing: {empty:.1?})");

    let two_thousand = program(2_000);
    let typed = least(10, || assert!(!check_text("generated.elig", &two_thousand).has_errors()));
    println!("check alone, generated, one thread, as at each keystroke: 2,000 criteria {typed:.1?}");

    for (of, program) in [("generated", program as fn(usize) -> String), ("with names of their own", declaring)] {
        let thousand = program(1_000);
        let ten_thousand = program(10_000);
        let small = least(5, || work(&thousand));
        let large = least(5, || work(&ten_thousand));
        println!(
            "check and compile, {of}: 1,000 criteria {small:.1?}, 10,000 criteria {large:.1?}, {:.1} x the time for 10 x the criteria",
            large.as_secs_f64() / small.as_secs_f64()
        );
    }
}

fn work(text: &str) {
    let checked = check_text("generated.elig", text);
    assert!(!checked.has_errors(), "the generated program is right");
    let program = checked.program.as_ref().map(|program| lower(program, &checked.sources));
    assert!(program.is_some_and(|tree| !tree.criteria.is_empty()));
}

/// So many criteria of the forms that trials use.
pub fn program(criteria: usize) -> String {
    let mut text = String::from("trial GENERATED \"generated\" { anchor screening }\nuse sle\n");
    for number in 0..criteria {
        let bound = number % 40 + 1;
        let _ = match number % 6 {
            0 => {
                writeln!(text, "require [I{number}] hemoglobin >= {} g/L and platelets >= {bound} x10^9/L", bound + 30)
            }
            1 => writeln!(
                text,
                "exclude [E{number}] malignancy within {bound} months before consent except (site in {{skin_nonmelanoma}})"
            ),
            2 => writeln!(text, "require [I{number}] alt <= {bound} x ULN and ast <= {bound} x ULN"),
            3 => writeln!(
                text,
                "exclude [E{number}] any of {{ any car_t, stroke within {bound} weeks before screening, not pregnant }}"
            ),
            4 => {
                writeln!(text, "require [I{number}] total_bilirubin < 2.0 mg/dL, or < 3.0 mg/dL when gilbert_syndrome")
            }
            _ => writeln!(text, "require [I{number}] sledai2k >= {bound} unless current immunosuppressant"),
        };
    }
    text
}

/// So many criteria, each on facts, kinds, groups, definitions or questions of its own.
fn declaring(criteria: usize) -> String {
    let mut text = String::from("trial GENERATED \"generated\" { anchor screening }\nuse sle\n");
    for number in 0..criteria {
        let bound = number % 40 + 1;
        let _ = match number % 4 {
            0 => writeln!(text, "fact own_{number}: score 0..100\nrequire [I{number}] own_{number} >= {bound}"),
            1 => writeln!(
                text,
                "drug own_{number}\ngroup group_{number} {{ own_{number}, rituximab }}\nexclude [E{number}] prior group_{number}"
            ),
            2 => {
                writeln!(text, "exclude [E{number}] prior stroke and judged \"severe, as in {number}\" by investigator")
            }
            _ => writeln!(
                text,
                "define named_{number} = hemoglobin >= {} g/L\nrequire [I{number}] named_{number}",
                bound + 30
            ),
        };
    }
    text
}

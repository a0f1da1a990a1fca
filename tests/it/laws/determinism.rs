//! The same source gives the same bytes.

use super::{law, random_program};

const PROGRAMS: u32 = 200;

#[test]
fn compiling_twice_gives_the_same_bytes() {
    law("the same source, the same bytes", PROGRAMS, &[2_000, 200], |tapes| {
        let (one, two) = (random_program(&tapes[0], &tapes[1])?, random_program(&tapes[0], &tapes[1])?);
        if one.json == two.json {
            Ok(())
        } else {
            Err(format!("two trees\n{}\n{}\n{}", one.shown(), one.json, two.json))
        }
    });
}

#[test]
fn trials_compile_to_the_same_bytes() {
    for (name, text) in super::trials() {
        let compile = || {
            let checked = eligc::driver::check_text(&name, &text);
            let program = checked.program.unwrap_or_else(|| panic!("{name}: {:#?}", checked.diagnostics));
            eligc::lower::lower(&program, &checked.sources).to_json()
        };
        assert_eq!(compile(), compile(), "{name}");
    }
}

//! The typed program as a backend reads it, and the page that says what it may rely on.

#![expect(clippy::indexing_slicing, clippy::string_slice, clippy::unwrap_used, reason = "a failing test panics")]

mod count_tests;

use std::fs;

use eligc::driver::check_text;
use eligc::typed::places::{Leads, PathStep, Scope, tests};
use eligc::typed::{Operand, OperandKind, Owner, Program, Test, TimeOf};

use crate::docs::root;

const TRIAL: &str = "\
trial DEMO \"a demonstration\" { anchor screening }
use sle
define active = sledai2k >= 8
require [I1] platelets >= 20000 /uL within 14 days before screening
require [I2] active or not any asthma
exclude [E1] any current prednisone (dose > 10 mg/d)
exclude [E2] weight / height ^ 2 >= 35 kg/m2
";

fn program() -> Program {
    let checked = check_text("demo.elig", TRIAL);
    checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

#[test]
fn the_page_shows_the_backend_that_is_compiled() {
    let page = fs::read_to_string(root().join("docs/typed.md")).unwrap();
    let shown = page.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let compiled = fs::read_to_string(root().join("tests/it/typed/count_tests.rs")).unwrap();
    assert_eq!(shown, compiled);
}

#[test]
fn the_backend_counts_the_tests_of_a_trial() {
    insta::assert_snapshot!(count_tests::count_tests(&program()).join("\n"));
}

#[test]
fn tests_are_shown_with_their_place() {
    let program = program();
    let mut seen = Vec::new();
    tests(&program, &mut |place, test| {
        let text = &TRIAL[place.span.range()];
        let scope = match place.scope {
            Scope::Record => "record",
            Scope::Entry(_) => "entry",
            Scope::Result(_) => "result",
        };
        seen.push((place.criterion.id.clone(), text.to_owned(), scope, place.leads, place.path.to_vec()));
        if let Test::Window { of: TimeOf::Attribute(date), .. } = test {
            assert!(matches!(date.owner, Owner::Entry(_)));
        }
    });
    let found = |id: &str, part: &str| {
        seen.iter().find(|(own, text, ..)| own == id && text.starts_with(part)).unwrap_or_else(|| panic!("{seen:#?}"))
    };
    assert_eq!(found("I1", "within 14 days before screening").2, "result");
    assert_eq!(found("I2", "sledai2k").3, Leads::In);
    assert!(found("I2", "sledai2k").4.iter().any(|step| matches!(step, PathStep::Definition(_))));
    assert_eq!(found("I2", "any asthma").3, Leads::Out);
    assert_eq!((found("E1", "dose").2, found("E1", "dose").3), ("entry", Leads::Out));
}

/// Each operand of a trial says its unit and where it is written, and both sides of a comparison are in one unit.
#[test]
fn operands_carry_their_unit_and_place() {
    for trial in ["eque-cel", "hn2301", "kn5501", "relma-cel", "zm001"] {
        let text = fs::read_to_string(root().join(format!("trials/{trial}.elig"))).unwrap();
        let checked = check_text(&format!("{trial}.elig"), &text);
        let program = checked.program.unwrap();
        let mut compared = 0;
        tests(&program, &mut |_, test| {
            let Test::Compare { left, right, .. } = test else { return };
            compared += 1;
            assert_eq!(left.note.unit.factor_to(&right.note.unit), Some(1.into()), "{left:?}\n{right:?}");
            test.operands(&mut |operand: &Operand| {
                assert!(checked.sources.get(operand.note.span.file).is_some());
                if let OperandKind::Fact(read, None) = &operand.kind {
                    let fact = &program.vocabulary.facts[read.fact];
                    // `weight in kg` is its plain number.
                    let plain = operand.note.unit.is_plain();
                    assert!(plain || fact.unit() == Some(&operand.note.unit), "{}", fact.name);
                }
            });
        });
        assert!(compared > 0, "{trial}");
    }
}

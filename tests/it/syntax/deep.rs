//! However a program is nested, checking it fits the stack of a small thread.

use std::thread;

use eligc::diag::Code;
use eligc::driver::check_text;

/// What a thread gets where nobody asks for more.
const STACK: usize = 2 * 1024 * 1024;

/// `define d0 ..`, each of the others made of the one below it; read from the top so that all stand open at once.
fn ladder(foot: &str, step: &str, top: &str) -> String {
    let steps: String =
        (1..300).rev().map(|at| format!("define d{at} = {}\n", step.replace('@', &format!("d{}", at - 1)))).collect();
    format!("{steps}define d0 = {foot}\nrequire [I1] {}\n", top.replace('@', "d299"))
}

fn nested(open: &str, inner: &str, close: &str, times: usize, tail: &str) -> String {
    format!("require [I1] {}{inner}{}{tail}\n", open.repeat(times), close.repeat(times))
}

#[test]
fn no_nesting_overflows_the_stack() {
    let programs = [
        nested("age + ", "age", "", 390, " >= 8 years"),
        nested("age + ", "age", "", 10_000, " >= 8 years"),
        nested("1 ^ ", "2", "", 390, " >= 8"),
        nested("-", "age", "", 390, " >= 8 years"),
        nested("not ", "pregnant", "", 390, ""),
        nested("1 + 2 * -(", "sledai2k", ")", 63, " >= 8"),
        nested("min(1, ", "sledai2k", ")", 63, " >= 8"),
        nested("if pregnant then 1 else ", "1", "", 63, " >= 8"),
        nested("any of { ", "pregnant", " }", 63, ""),
        nested("not (not not pregnant and not not ", "pregnant", ")", 63, ""),
        nested("stroke (", "pregnant", ")", 63, ""),
        ladder("pregnant", "not @", "@"),
        ladder("pregnant", "any of { @, not (pregnant and not @) }", "@"),
        ladder("age", "@ + 1 year", "@ >= 8 years"),
        ladder("age", "if age >= 18 years then min(@, 1 year + -(2 * @)) else @", "@ >= 18 years"),
        ladder("pregnant", "any of { none of { not (pregnant and (pregnant or @)) } }", "@"),
    ];
    for program in programs {
        let name: String = program.chars().take(60).collect();
        let text = format!("use sle\n{program}");
        let work = thread::Builder::new().name(name).stack_size(STACK).spawn(move || check_text("trial.elig", &text));
        let checked = work.expect("a thread").join().expect("the check ends");
        let tall = checked.diagnostics.iter().filter(|found| found.code == Code::E0103).count();
        assert!(tall <= 1, "{tall}");
    }
}

#[test]
fn a_score_of_many_parts_is_typed() {
    let sum = vec!["(if pregnant then 1 else 0)"; 40].join(" + ");
    let checked = check_text("trial.elig", &format!("use sle\nrequire [I1] {sum} >= 8\n"));
    assert!(checked.program.is_some(), "{:?}", checked.diagnostics);
}

//! Formulas, fallbacks, branches, roots and ages.

use super::builder::*;
use eligc::ir::AgeUnit;
use eligc::number::Comparison::{Eq, Ge, Le};
use eligc::tree::{Age, Operand, OperandKind, Test, ValueType};

#[test]
fn formulas_are_interval_arithmetic() {
    let mut trial = Trial::new();
    let weight = trial.fact("weight", quantity("kg", &[]));
    let height = trial.fact("height", quantity("m", &[]));
    let (weight, height) = (trial.latest(weight), trial.latest(height));
    let bmi = Operand::from(OperandKind::Divide(
        Box::new(Operand::from(OperandKind::Fact(weight, None))),
        Box::new(Operand::from(OperandKind::Power(
            Box::new(Operand::from(OperandKind::Fact(height, None))),
            rational("2"),
        ))),
    ));
    trial.require("I1", Test::Compare { left: bmi, op: Ge, right: Operand::from(OperandKind::Number(rational("25"))) });
    outcomes(
        &trial.evaluator(),
        &[
            ("{'weight':{'value':100,'unit':'kg'},'height':{'value':2,'unit':'m'}}", Pass),
            ("{'weight':{'value':99.9999999999999,'unit':'kg'},'height':{'value':2,'unit':'m'}}", Fail),
            ("{'weight':{'value':72.25,'unit':'kg'},'height':{'value':1.7,'unit':'m'}}", Pass),
            ("{'weight':{'value':99,'unit':'kg','comparator':'>'},'height':{'value':2,'unit':'m'}}", Unknown),
            ("{'weight':{'value':100,'unit':'kg','comparator':'>'},'height':{'value':2,'unit':'m'}}", Pass),
            ("{'weight':{'value':100,'unit':'kg'},'height':{'value':2,'unit':'m','comparator':'>'}}", Fail),
            ("{'weight':{'value':100,'unit':'kg'},'height':{'value':2,'unit':'m','comparator':'>='}}", Unknown),
            ("{'weight':{'value':100,'unit':'kg'},'height':{'value':2,'unit':'m','comparator':'<='}}", Unknown),
            ("{'weight':{'value':99,'unit':'kg'},'height':{'value':2,'unit':'m','comparator':'>='}}", Fail),
            ("{'weight':{'value':100,'unit':'kg'}}", Unknown),
            ("{'weight':{'value':100,'unit':'kg'},'height':{'value':0,'unit':'m'}}", Unknown),
        ],
    );
}

#[test]
fn fallbacks_branches_and_extremes() {
    let number = |text: &str| Operand::from(OperandKind::Number(rational(text)));
    let mut trial = Trial::new();
    let grade = trial.fact("points", score("0", "10", "0.5"));
    let read = trial.latest(grade);
    let left = Operand::from(OperandKind::Coalesce { read, otherwise: Box::new(number("3")) });
    trial.require("I1", Test::Compare { left, op: Le, right: number("3") });
    outcomes(
        &trial.evaluator(),
        &[
            ("{}", Pass),
            ("{'points':null}", Pass),
            ("{'points':3.5}", Fail),
            ("{'points':2.5}", Pass),
            ("{'points':{'value':null}}", Unknown),
        ],
    );
    let mut trial = Trial::new();
    let sex = trial.fact("sex", coded(&["female", "male"]));
    let a = trial.fact("a", quantity("kg", &[]));
    let b = trial.fact("b", quantity("kg", &[]));
    let female = trial.among(sex, &["female"]);
    let condition = trial.filter(&female);
    let (a, b) = (
        Operand::from(OperandKind::Fact(trial.latest(a), None)),
        Operand::from(OperandKind::Fact(trial.latest(b), None)),
    );
    let chosen = Operand::from(OperandKind::If {
        condition,
        then: Box::new(Operand::from(OperandKind::Min(vec![a.clone(), b.clone()]))),
        otherwise: Box::new(Operand::from(OperandKind::Max(vec![a, b]))),
    });
    trial.require("I1", Test::Compare { left: chosen, op: Ge, right: number("10") });
    let ab = |sex: &str, a: &str, b: &str| {
        format!("{{{sex}'a':{{'value':{a},'unit':'kg'}},'b':{{'value':{b},'unit':'kg'}}}}")
    };
    let evaluator = trial.evaluator();
    for (sex, a, b, expected) in [
        ("'sex':'female',", "9", "11", Fail),
        ("'sex':'male',", "9", "11", Pass),
        ("", "9", "11", Unknown),
        ("", "10", "11", Pass),
        ("", "8", "9", Fail),
    ] {
        assert_eq!(outcome(&evaluator, &ab(sex, a, b)), expected, "{sex} {a} {b}");
    }
}

#[test]
fn roots_and_sums() {
    let number = |text: &str| Operand::from(OperandKind::Number(rational(text)));
    let mut trial = Trial::new();
    let x = trial.fact("x", quantity("kg", &[]));
    let x = Operand::from(OperandKind::Fact(trial.latest(x), None));
    let root = Operand::from(OperandKind::Power(Box::new(x.clone()), rational("0.5")));
    let sum = Operand::from(OperandKind::Subtract(
        Box::new(Operand::from(OperandKind::Add(Box::new(root), Box::new(number("0.1"))))),
        Box::new(Operand::from(OperandKind::Multiply(Box::new(x), Box::new(number("0"))))),
    ));
    trial.require("I1", Test::Compare { left: sum, op: Eq, right: number("3.1") });
    outcomes(
        &trial.evaluator(),
        &[
            ("{'x':{'value':9,'unit':'kg'}}", Pass),
            ("{'x':{'value':9.0001,'unit':'kg'}}", Fail),
            ("{'x':{'value':-9,'unit':'kg'}}", Unknown),
        ],
    );
}

#[test]
fn completed_years() {
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
    let evaluator = trial.evaluator();
    let at = |anchor: &str, born: &str| {
        let json = format!(r#"{{"id":1,"anchors":{{"screening":{anchor}}},"facts":{{"birth_date":{born}}}}}"#);
        evaluate(&evaluator, &json).criteria[0].outcome
    };
    for (anchor, born, expected) in [
        ("\"2026-03-01\"", "\"2008-03-01\"", Pass),
        ("\"2026-03-01\"", "\"2008-03-02\"", Fail),
        ("\"2026-03-01\"", "\"2008-03\"", Unknown),
        ("\"2026-03-31\"", "\"2008-03\"", Pass),
        ("\"2026-03-01\"", "\"2008\"", Unknown),
        ("\"2026-12-31\"", "\"2008\"", Pass),
        ("\"2026-03-01\"", "\"2007\"", Pass),
        ("\"2026-03-01\"", "\"2009\"", Fail),
        // Born on 29 February: complete on 1 March of a common year.
        ("\"2026-02-28\"", "\"2008-02-29\"", Fail),
        ("\"2026-03-01\"", "\"2008-02-29\"", Pass),
        ("\"2028-02-29\"", "\"2010-02-28\"", Pass),
        ("\"2026-03\"", "\"2008-03-01\"", Pass),
        ("\"2026-03\"", "\"2008-03-02\"", Unknown),
        ("null", "\"1950-03-02\"", Unknown),
        ("\"2026-03-01\"", "null", Unknown),
        ("\"2026-03-01T10:00\"", "\"2008-03-01T23:00\"", Pass),
    ] {
        assert_eq!(at(anchor, born), expected, "{anchor} {born}");
    }
}

//! docs/records.md: every block on it is read, and its tables list what there is.

use super::builder::*;
use eligc::eval::Evaluator;
use eligc::explain::UnknownCause;
use eligc::ir::EntryKind;
use eligc::record::RecordErrorKind;
use eligc::tree::ValueType;

const PAGE: &str = include_str!("../../../docs/records.md");

/// The vocabulary of the page.
fn evaluator() -> Evaluator {
    let mut trial = Trial::new();
    let platelets = trial.fact("platelets", quantity("10*9/L", &[("/uL", "0.001")]));
    trial.possible(platelets, "0", "5000");
    trial.fact("alt", quantity("U/L", &[]));
    let lvef = trial.fact("lvef", quantity("%", &[]));
    trial.tree.facts[lvef].attributes = vec![attribute("method", coded(&["echo", "muga"]))].into();
    trial.fact("sledai2k", score("0", "105", "1"));
    trial.fact("ana_titre", ValueType::Titre);
    trial.fact("ana", coded(&["positive", "negative"]));
    trial.fact("sex", coded(&["female", "male"]));
    trial.fact("nyha", ordinal(&["I", "II", "III", "IV"]));
    trial.fact("upcr", quantity("mg/g", &[]));
    trial.fact("inr", quantity("1", &[]));
    trial.fact("gilbert_syndrome", ValueType::YesNo);
    trial.fact("birth_date", ValueType::Date);
    let site = coded(&["skin_nonmelanoma", "cervix_in_situ", "lung"]);
    let attributes = vec![attribute("site", site), attribute("treated_radically", ValueType::YesNo)];
    trial.kind("malignancy", EntryKind::Event, attributes);
    trial.kind("car_t", EntryKind::Event, Vec::new());
    trial.kind("asthma", EntryKind::Condition, Vec::new());
    let routes = attribute("route", coded(&["oral", "intravenous"]));
    let dose = attribute("dose", quantity("mg/d", &[]));
    let prednisone = trial.kind("prednisone", EntryKind::Drug, vec![dose, routes]);
    trial.group("glucocorticoid", &[prednisone], &[]);
    trial.kind("voclosporin", EntryKind::Drug, vec![attribute("half_life", quantity("d", &[]))]);
    let mycophenolate = trial.kind("mycophenolate", EntryKind::Drug, Vec::new());
    trial.group("immunosuppressant", &[mycophenolate], &["azathioprine"]);
    trial.question("E18");
    trial.evaluator()
}

#[test]
fn every_block_is_what_it_says() {
    let evaluator = evaluator();
    let mut blocks = 0;
    for block in PAGE.split("```json ").skip(1) {
        let (head, rest) = block.split_once('\n').expect("a line of what it is");
        let (text, _) = rest.split_once("```").expect("an end");
        let found: Vec<&str> = match read(&evaluator, text) {
            Ok(_) => vec!["record"],
            Err(error) => error.problems.iter().map(|problem| problem.kind.id()).collect(),
        };
        let expected: Vec<&str> = head.split(' ').filter(|word| *word != "problem").collect();
        assert_eq!(found, expected, "{text}");
        blocks += 1;
    }
    assert_eq!(blocks, PAGE.matches("```").count() / 2);
}

#[test]
fn every_problem_and_reason_is_listed() {
    let listed = |heading: &str| -> Vec<&str> {
        let (_, behind) = PAGE.split_once(heading).expect("the heading");
        let section = behind.split("\n## ").next().expect("a section");
        section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect()
    };
    let problems: Vec<&str> = RecordErrorKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(listed("## Problems"), problems);
    let reasons: Vec<&str> = UnknownCause::ALL.iter().map(|why| why.id()).collect();
    assert_eq!(listed("## Why something is unknown"), reasons);
}

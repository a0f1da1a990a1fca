//! Pictures of decisions: every way drawn once, text inside its box.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]
#![expect(clippy::indexing_slicing, reason = "a failing test panics")]

mod parsers;

use eligc::diagram::{self, Picture, Role};
use eligc::driver::check_text;
use eligc::lower::lower;

fn pictures(text: &str) -> Vec<Picture> {
    let checked = check_text("t.elig", text);
    let program = checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    diagram::criteria(&lower(&program, &checked.sources))
}

fn trials() -> Vec<Picture> {
    let folder = std::fs::read_dir(crate::docs::root().join("trials")).unwrap();
    let paths =
        folder.map(|path| path.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "elig"));
    paths.flat_map(|path| pictures(&std::fs::read_to_string(path).unwrap())).collect()
}

const SMALL: &str = "exclude [E7] any of { heart_failure (nyha >= class III) within 6 months before screening, judged \"<Another> \\\"one\\\" [x] {y}\" }";

#[test]
fn mermaid() {
    insta::assert_snapshot!(pictures(SMALL)[0].mermaid());
}

#[test]
fn a_chart_past_what_mermaid_draws_unasked_says_so() {
    let many: Vec<String> = (0..30).map(|organ| format!("sledai2k >= {organ}")).collect();
    let mut all = trials();
    all.extend(pictures(&format!("require [I1] at least 10 of {{ {} }}", many.join(", "))));
    assert!(all.iter().any(|picture| picture.edges.len() >= 500));
    for picture in all {
        let (chart, edges) = (picture.mermaid(), picture.edges.len());
        assert_eq!(chart.contains(&format!("maxEdges: {}", edges + 1)), edges >= 500, "{}", picture.title);
    }
}

#[test]
fn dot() {
    insta::assert_snapshot!(pictures(SMALL)[0].dot());
}

#[test]
fn each_test_leads_on_by_each_answer_and_answers_stand_once() {
    for picture in trials() {
        for (at, node) in picture.nodes.iter().enumerate() {
            let ways: usize = picture.edges.iter().filter(|edge| edge.from == at).map(|edge| edge.answers.len()).sum();
            assert_eq!(ways, if node.role == Role::Test { 3 } else { 0 }, "{} {}", picture.title, node.text);
        }
        for role in [Role::Pass, Role::Fail, Role::Unknown] {
            assert!(picture.nodes.iter().filter(|node| node.role == role).count() <= 1);
        }
    }
}

#[test]
fn svg_is_well_formed_and_its_text_fits() {
    for picture in trials().iter().chain(&pictures(SMALL)) {
        let svg = picture.svg();
        crate::reading::balanced(&svg);
        let number = |text: &str, name: &str| -> f64 {
            let rest = text.split(&format!("{name}=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        let width = number(&svg, " width");
        let mut boxes: Vec<(f64, f64, f64, f64)> = Vec::new();
        for group in svg.split("<g>").skip(1) {
            let own = group.split("</g>").next().unwrap();
            let (left, top, wide, high) =
                (number(own, " x"), number(own, " y"), number(own, " width"), number(own, " height"));
            assert!(left >= 0.0 && left + wide <= width, "{}: out of the picture", picture.title);
            for line in own.split("<text ").skip(1) {
                let shown = line.split('>').nth(1).unwrap().split('<').next().unwrap();
                let shown =
                    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
                let columns = f64::from(u32::try_from(shown.chars().count()).unwrap());
                assert!(columns * 7.3 <= wide, "{}: `{shown}` is wider than its box", picture.title);
                assert!(number(line, "y") <= top + high, "{}: `{shown}` is below its box", picture.title);
            }
            boxes.push((left, top, wide, high));
        }
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[at + 1..] {
                let apart = one.0 + one.2 <= other.0
                    || other.0 + other.2 <= one.0
                    || one.1 + one.3 <= other.1
                    || other.1 + other.3 <= one.1;
                assert!(apart, "{}: two boxes overlap", picture.title);
            }
        }
    }
}

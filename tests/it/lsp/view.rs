//! The five trials and the shipped vocabulary as an editor sees them: every word means something, and every place
//! can be asked.

use std::collections::BTreeSet;
use std::fs;

use eligc::driver::{Checked, check_text};
use eligc::ide::{Kind, View};

use crate::docs::root;

pub fn programs() -> Vec<(String, String, Checked)> {
    let mut paths: Vec<_> = fs::read_dir(root().join("trials"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "elig"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 5);
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let checked = check_text(&name, &text);
            (name, text, checked)
        })
        .collect()
}

#[test]
fn every_name_and_unit_of_the_trials_means_something() {
    // Keys of a trial's block, the language's own words of levels, limits, time and entries.
    let free = [
        "class",
        "grade",
        "x",
        "ULN",
        "LLN",
        "verdict",
        "pass",
        "fail",
        "unknown",
        "eligible",
        "ineligible",
        "undetermined",
        "start",
        "end",
        "value",
        "uln",
        "lln",
        "drug",
        "min",
        "max",
        "completed_years",
        "half_lives",
        "kind",
        "sle",
        "sponsor",
    ];
    let mut lost = BTreeSet::new();
    for (name, text, checked) in programs() {
        let view = View::new(&text, &checked.vocabulary);
        let trial = view.tokens.iter().position(|token| token.of(&text) == "}").unwrap_or(0);
        for at in trial..view.tokens.len() {
            let said = view.said(at);
            let asked = matches!(view.tokens[at].kind, Kind::Name | Kind::Unit | Kind::Id) && !free.contains(&said);
            if asked && view.meaning(at).is_none() {
                let line = text[..view.tokens[at].start].matches('\n').count() + 1;
                lost.insert(format!("{name}:{line}: {said}"));
            }
            if view.tokens[at].kind == Kind::Unit
                && view.hover(view.tokens[at].start).is_none()
                && !free.contains(&said)
            {
                lost.insert(format!("{name}: the unit {said}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_place_of_the_trials_can_be_asked() {
    for (_, text, checked) in programs() {
        // Cut anywhere, as a text is while it is typed.
        for cut in (0..text.len()).step_by(997).filter(|cut| text.is_char_boundary(*cut)) {
            let view = View::new(&text[..cut], &checked.vocabulary);
            assert!(view.tokens.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let (range, _) = view.complete(cut);
            assert!(range.end == cut && text.is_char_boundary(range.start));
            view.hover(cut);
            view.form(cut);
            assert_eq!(view.selections(cut).last(), Some(&(0..cut)));
        }
        let view = View::new(&text, &checked.vocabulary);
        let whole = 0..text.len();
        assert!(!view.outline().is_empty() && !view.colours(whole.clone()).is_empty());
        view.hints(whole);
        for offset in (0..text.len()).step_by(13) {
            view.complete(offset);
            if let Some((range, shown)) = view.hover(offset) {
                // A text is hovered at its quotes too.
                assert!(range.start <= offset + 1 && offset <= range.end + 1 && !shown.is_empty());
            }
        }
    }
}

/// No answer looks at the whole text for each word of it: a long text without a statement is as quick as any.
#[test]
fn a_long_text_of_nothing_is_no_trouble() {
    let checked = check_text("empty", "");
    for word in [
        "platelets is positive ( ",
        "stroke ",
        "exclude stroke ",
        "require [I1] todo \"\" ",
        "example { ",
        "} ",
        "1 ",
        "anchor ",
        "( ",
        "{ nyha ",
    ] {
        let text = word.repeat(60_000);
        let view = View::new(&text, &checked.vocabulary);
        assert_eq!(view.tokens.len() % 60_000, 0);
        assert!(view.colours(0..text.len()).len() <= view.tokens.len());
        view.hints(0..text.len());
        view.outline();
        view.folds();
        view.complete(text.len());
        view.hover(text.len() / 2);
        view.selections(text.len() / 2);
        view.rewrites(text.len() / 2..text.len() / 2);
    }
}

//! Several vocabularies used together, and what extends them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a failing test panics")]

use eligc::diag::Code;
use eligc::driver::{Checked, check_text, check_with};
use eligc::ide::View;
use eligc::resolve::{Library, NoFiles};
use eligc::vocab::{SHIPPED, Symbol, Type};

/// Shares its anchors with `sle`, and has names of its own.
const CARDIOLOGY: &str = r#"vocabulary cardiology "what another field names"

anchor consent "signature of the consent form"
anchor screening "screening visit"

## A fact of this vocabulary.
fact troponin_t: quantity [ng/L] possible 0..100000 plausible 3..1000
condition takotsubo
drug levosimendan
group inotrope { levosimendan }
"#;

fn library(second: &'static str) -> Library {
    Library::new(&[SHIPPED[0], ("cardiology", second)])
}

fn checked(library: &Library, text: &str) -> Checked {
    check_with(library, "trial.elig", text, &NoFiles)
}

fn said(checked: &Checked) -> Vec<String> {
    checked.diagnostics.iter().map(|found| format!("{}: {}", found.code, found.title)).collect()
}

#[test]
fn names_of_both_are_known() {
    let library = library(CARDIOLOGY);
    let text = "use sle\nuse cardiology\nexclude [E1] troponin_t > 14 ng/L or platelets < 50 x 10^9/L\n\
                exclude [E2] current { inotrope, rituximab } or any takotsubo\n";
    let both = checked(&library, text);
    assert_eq!(said(&both), Vec::<String>::new());
    let turned = text.replace("use sle\nuse cardiology", "use cardiology\nuse sle");
    assert_eq!(said(&checked(&library, &turned)), Vec::<String>::new());
    // Each alone has its own names only.
    let alone = checked(&library, "use cardiology\nexclude [E1] troponin_t > 14 ng/L\n");
    assert_eq!(said(&alone), Vec::<String>::new());
    assert!(!alone.vocabulary.symbols.contains_key("platelets"));
    // Without a word on vocabularies the first one serves.
    let first = checked(&library, "exclude [E1] platelets < 50 x 10^9/L\n");
    assert_eq!(said(&first), Vec::<String>::new());
    assert!(!first.vocabulary.symbols.contains_key("troponin_t"));
    // Places in every vocabulary are in files of the run.
    for symbol in both.vocabulary.symbols.values() {
        let span = both.vocabulary.span(*symbol).unwrap();
        assert!(!both.sources.slice(span).is_empty(), "{symbol:?}");
    }
}

#[test]
fn a_name_that_two_declare_otherwise_is_one_error_with_both_places() {
    let library = library(
        "vocabulary cardiology\nanchor screening\nfact platelets: quantity [10*9/L] possible 0..10\nfact troponin_t: quantity [ng/L]\n",
    );
    let both = checked(&library, "use sle\nuse cardiology\nexclude [E1] platelets < 50 x 10^9/L\n");
    let clashes: Vec<_> = both.diagnostics.iter().filter(|found| found.title.contains("`platelets`")).collect();
    let [clash] = clashes.as_slice() else { panic!("{:?}", said(&both)) };
    assert_eq!(clash.code, Code::E0202);
    assert_eq!(both.sources.slice(clash.primary.span), "cardiology");
    let files: Vec<u32> = clash.secondary.iter().map(|label| label.span.file.0).collect();
    assert_eq!(files, [0, 1]);
    assert!(clash.secondary.iter().all(|label| both.sources.slice(label.span) == "platelets"));
}

#[test]
fn an_unknown_vocabulary_is_told_which_there_are() {
    let library = library(CARDIOLOGY);
    let missing = checked(&library, "use cardiologie\nexclude [E1] platelets < 50 x 10^9/L\n");
    assert!(missing.diagnostics.iter().any(
        |found| found.code == Code::E0205 && found.notes.iter().any(|note| note.contains("`sle` or `cardiology`"))
    ));
}

#[test]
fn members_count_wherever_the_group_is_named() {
    let checked = check_text(
        "trial.elig",
        "drug inner_drug\ngroup inner { rituximab }\ngroup outer { inner }\nextend group inner { inner_drug }\n\
         exclude [E1] current outer\n",
    );
    assert_eq!(said(&checked), Vec::<String>::new());
    let vocabulary = &checked.vocabulary;
    let Some(Symbol::Kind(drug)) = vocabulary.symbols.get("inner_drug").copied() else { panic!("no drug") };
    for name in ["inner", "outer"] {
        let Some(Symbol::Group(group)) = vocabulary.symbols.get(name).copied() else { panic!("no group") };
        assert!(vocabulary.groups[group].members.contains(&drug), "{name}");
    }
}

#[test]
fn what_is_extended_elsewhere_is_as_it_was() {
    let plain = check_text("trial.elig", "exclude [E1] ana is positive or current immunosuppressant\n");
    let text = "extend ana one of { borderline } { assay: yes_no }\nexclude [E1] ana is positive or current immunosuppressant\n";
    let extended = check_text("trial.elig", text);
    let tree = |checked: &Checked| eligc::lower::lower(checked.program.as_ref().unwrap(), &checked.sources);
    // The fact has one value more; the rest of the tree is the same.
    let words = |checked: &Checked| match checked.vocabulary.symbols.get("ana").copied() {
        Some(Symbol::Fact(id)) => match &checked.vocabulary.facts[id].ty {
            Type::Coded(values) => values.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(words(&extended), [words(&plain), vec!["borderline".to_owned()]].concat());
    assert_eq!(tree(&plain).nodes.len(), tree(&extended).nodes.len());
}

#[test]
fn an_attribute_declared_again_in_the_same_way_is_one() {
    let text = "extend growth_factor { long_acting: yes_no }\nextend growth_factor { long_acting: yes_no }\n\
                exclude [E1] growth_factor (long_acting) within 14 days before screening\n";
    assert_eq!(said(&check_text("trial.elig", text)), Vec::<String>::new());
}

#[test]
fn an_editor_offers_what_can_be_extended() {
    let offered = |text: &str| -> Vec<String> {
        let checked = check_text("trial.elig", "use sle\n");
        let view = View::new(text, &checked.vocabulary);
        view.complete(text.len()).1.into_iter().map(|item| item.label).collect()
    };
    let has = |text: &str, wanted: &str| offered(text).iter().any(|label| label == wanted);
    assert!(has("exte", "extend"));
    assert!(has("extend ", "group") && has("extend ", "growth_factor") && has("extend ", "ana"));
    assert!(has("extend group ", "immunosuppressant") && !has("extend group ", "ana"));
    assert!(has("extend group biologic { ", "rituximab") && !has("extend group biologic { ", "ana"));
    assert!(has("extend ana { assay: ", "yes_no"));
    let text = "extend group biologic { rituximab }\nextend ana { assay: yes_no }\n";
    let checked = check_text("trial.elig", text);
    let view = View::new(text, &checked.vocabulary);
    let entries: Vec<String> = view.outline().into_iter().map(|entry| entry.name).collect();
    assert_eq!(entries, ["biologic", "ana"]);
    assert!(view.hover(text.find("biologic").unwrap()).is_some());
    assert!(view.hover(text.find("assay").unwrap()).is_some());
}

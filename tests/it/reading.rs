//! The plain reading: every form said, no two alike, and each way of writing it well formed.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]
#![expect(clippy::indexing_slicing, reason = "a failing test panics")]
#![expect(clippy::string_slice, reason = "a failing test panics")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use eligc::driver::check_text;
use eligc::narrate::{self, Progress, State, render};
use eligc::typed::Program;

pub fn program(text: &str) -> Program {
    let checked = check_text("t.elig", text);
    checked.program.unwrap_or_else(|| panic!("{text}\n{:#?}", checked.diagnostics))
}

/// Every form of docs/language.md, once.
const FORMS: &[&str] = &[
    "require platelets >= 20000 /uL",
    "require platelets > 20 x10^9/L",
    "require platelets <= 20 x10^9/L within 28 days before screening",
    "require platelets < 20 x10^9/L within 4 weeks before screening",
    "require sledai2k == 8",
    "require sledai2k != 8",
    "require age at consent between 18 and 70 years",
    "require alt <= 2.5 x ULN",
    "require c3 < 1 x LLN",
    "require creatinine <= 132.6 umol/L",
    "require any qtc within 6 months before screening > 480 ms",
    "require every qtc within 6 months before screening > 480 ms",
    "require highest qtc within 6 months before screening <= 480 ms",
    "require lvef (method in { echo, muga }) >= 40 % within 8 weeks before screening",
    "require ana is positive",
    "require ana is not positive",
    "require sex is female",
    "require nyha >= class III",
    "require dyspnea <= grade 1",
    "require dyspnea >= grade 2",
    "require pregnant",
    "require not pregnant",
    "require ana is positive and anti_sm is positive",
    "require ana is positive or anti_sm is positive",
    "require not (ana is positive and anti_sm is positive)",
    "require none of { ana is positive, anti_sm is positive }",
    "require at least 2 of { ana is positive, anti_sm is positive, anti_dsdna is positive }",
    "require at most 2 of { ana is positive, anti_sm is positive, anti_dsdna is positive }",
    "require exactly 2 of { ana is positive, anti_sm is positive, anti_dsdna is positive }",
    "require hcg_serum is negative when childbearing_potential",
    "require prednisone_equivalent >= 7.5 mg/day unless current immunosuppressant",
    "require total_bilirubin < 2.0 mg/dL, or < 3.0 mg/dL when gilbert_syndrome",
    "exclude malignancy unless judged \"The cancer is cured\"",
    "exclude pregnant when sex is female",
    "exclude judged \"It is unsafe\" by sponsor",
    "exclude not judged \"It is safe\"",
    "exclude stroke",
    "exclude no stroke",
    "exclude prior stroke",
    "exclude current heart_failure",
    "exclude planned major_surgery",
    "exclude { stroke, tia }",
    "exclude at least 2 stroke",
    "exclude at most 2 stroke",
    "exclude exactly 2 stroke",
    "exclude at least 2 distinct prior immunosuppressant",
    "exclude heart_failure (nyha >= class III) within 6 months before screening",
    "exclude malignancy except (site is cervix_in_situ and treated_radically)",
    "exclude stroke within 6 months before screening",
    "exclude stroke within 180 days before screening",
    "exclude stroke within 6 months after screening",
    "exclude stroke within 6 months of screening",
    "exclude stroke within 48 hours before screening",
    "exclude stroke before infusion",
    "exclude stroke after screening",
    "exclude stroke at screening",
    "exclude stroke more than 6 months before screening",
    "exclude stroke at least 6 months before screening",
    "exclude stroke more than 6 months after screening",
    "exclude stroke at least 6 months after screening",
    "exclude rituximab (dose_since within 13 days before screening)",
    "exclude hydroxychloroquine for at least 8 weeks before screening",
    "exclude prednisone (prednisone_dose >= 100 mg/day) lasting more than 14 days within 2 months before screening",
    "exclude prednisone lasting at least 14 days",
    "exclude prednisone lasting at least 14 days in one entry",
    "exclude prednisone lasting at least 14 days with gaps of up to 7 days",
    "exclude no prednisone lasting at least 14 days with gaps of up to 1 day",
    "require at least 2 distinct immunosuppressant for at least 3 months before screening",
    "exclude investigational_drug within 5 half_lives before infusion",
    "exclude birth_date before consent",
    "exclude weight / height ^ 2 >= 30 kg/m2",
    "exclude systolic_bp - diastolic_bp > 80 mm[Hg]",
    "exclude min(c3, c4) < 10 mg/dL",
    "exclude (weight in kg) * (if sex is female then 0.85 else 1) < 40",
    "exclude creatinine_clearance < 40 mL/min",
    "exclude doris_2021",
    "exclude todo \"the sponsor is asked\"",
];

fn sentence(statement: &str) -> String {
    let program = program(statement);
    let reading = narrate::trial(&program);
    let mut only = reading.clone();
    only.rules.clear();
    only.sections.truncate(1);
    only.sections[0].entries[0].remarks.retain(|(title, _)| title == "If unknown" || title == "Stage");
    let text = render::text::trial(&only, 100);
    let (_, body) = text.split_once("undetermined.\n\n").unwrap();
    body.to_owned()
}

#[test]
fn how_long_results_count_is_said_once_and_where_it_differs() {
    let text = "trial T \"t\" { results count for 28 days }\nrequire [I1] sledai2k >= 8\n\
                require [I2] ana is positive, results count at any age\n";
    let said = render::text::trial(&narrate::trial(&program(text)), 1000);
    assert!(said.contains("Results count for 28 days: where the protocol requires no other period"), "{said}");
    assert!(
        said.contains("sledai2k) dated from the day 28 days before screening through the day of screening"),
        "{said}"
    );
    assert_eq!(said.matches("Results: results count at any age here").count(), 1, "{said}");
}

#[test]
fn every_form() {
    let mut page = String::new();
    for statement in FORMS {
        let _ = writeln!(page, "{statement}\n{}", sentence(statement));
    }
    insta::assert_snapshot!(page);
}

#[test]
fn no_two_forms_read_alike() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for statement in FORMS {
        let reading = narrate::trial(&program(statement));
        let items = format!("{:?}", reading.sections[0].entries[0].items);
        if let Some(other) = seen.insert(items, statement) {
            panic!("`{other}` and `{statement}` read alike");
        }
    }
}

#[test]
fn no_two_windows_read_alike() {
    let lengths =
        ["1 day", "7 days", "1 week", "1 month", "30 days", "12 months", "1 year", "24 hours", "2 half_lives"];
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |window: String| {
        let items = sentence(&format!("exclude investigational_drug {window}"));
        let items = items.split("If unknown").next().unwrap().to_owned();
        if let Some(other) = seen.insert(items, window.clone()) {
            panic!("`{other}` and `{window}` read alike");
        }
    };
    for anchor in ["screening", "infusion"] {
        for word in ["before", "after", "at"] {
            add(format!("{word} {anchor}"));
        }
        for length in lengths {
            for side in ["before", "after", "of"] {
                add(format!("within {length} {side} {anchor}"));
            }
            for side in ["before", "after"] {
                for least in ["more than", "at least"] {
                    add(format!("{least} {length} {side} {anchor}"));
                }
            }
            add(format!("for at least {length} before {anchor} in one entry"));
        }
    }
    for length in lengths {
        add(format!("lasting at least {length} in one entry"));
        add(format!("lasting more than {length} in one entry"));
    }
    for length in lengths.into_iter().filter(|length| !length.contains("half_lives")) {
        for gaps in ["", " with gaps of up to 1 day", " with gaps of up to 7 days"] {
            add(format!("for at least {length} before screening{gaps}"));
            add(format!("lasting at least {length}{gaps}"));
            add(format!("lasting more than {length}{gaps}"));
        }
    }
}

#[test]
fn both_ends_and_the_written_unit_are_said() {
    let said = sentence("require platelets >= 20000 /uL within 6 months before screening").replace("\n   ", "");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "from the day 6 calendar months before screening through the day of screening, both days included"
        ),
        "{said}"
    );
    assert!(said.contains("at least 20 x10^9/L (20000 /uL as written)"), "{said}");
    assert!(said.contains("the criterion stays open"), "{said}");
    let said = sentence("require creatinine <= 132.6 umol/L");
    assert!(said.contains("(132.6 umol/L as written)"), "{said}");
}

#[test]
fn the_words_that_invert_verdicts_are_nowhere() {
    for path in std::fs::read_dir(crate::docs::root().join("trials")).unwrap() {
        let path = path.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "elig") {
            let mut reading = narrate::trial(&program(&std::fs::read_to_string(path).unwrap()));
            // The vocabulary explains its names in its own words.
            reading.sections.retain(|section| !["Values", "Entries"].contains(&section.heading.as_str()));
            for entry in reading.sections.iter_mut().flat_map(|section| &mut section.entries) {
                entry.remarks.retain(|(title, _)| title != "In the author's words");
            }
            let text = render::text::trial(&reading, 100);
            assert!(!text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "met"));
        }
    }
}

#[test]
fn a_criterion_for_an_editor() {
    let program = program("## Enough platelets.\nrequire [I1_a] platelets >= 20000 /uL or todo \"or <so>\"");
    insta::assert_snapshot!(narrate::criterion(&program, &program.criteria[0]));
}

/// A program whose every text is hostile.
const HOSTILE: &str = r##"
trial NCT1 "</title><script>alert('1')</script> & \"x\"" { sponsor "<b onload=x>" }
## <script>alert(2)</script> *bold* _it_ [a](javascript:x) | `code` # no
require [I1] judged "</li><script>alert(3)</script> & 'so'"
define any_two = ana is positive and pregnant
require [I2] any_two
exclude [E1] todo "<img src=x onerror=y> ## heading"
note [N1] "1. not a list <!-- no comment --> &amp;"
"##;

#[test]
fn html_is_well_formed_and_shows_hostile_text_as_text() {
    for html in [render::html::trial(&narrate::trial(&program(HOSTILE)))]
        .into_iter()
        .chain(trials().into_iter().map(|text| render::html::trial(&narrate::trial(&program(&text)))))
    {
        balanced(&html);
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("onload=x>"), "{html}");
        assert!(
            !html.contains("http://") && !html.contains("https://") && !html.contains("url("),
            "needs another file"
        );
        let ids: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
        for target in html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(ids.contains(&target), "nothing has the id {target}");
        }
        for part in ["<html lang=\"en\">", "<nav ", "<main>", "<h1>", "prefers-color-scheme: dark", "@media print"] {
            assert!(html.contains(part), "{part}");
        }
    }
}

/// The contrast of two colours `#rrggbb`, as the Web Content Accessibility Guidelines have it: 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let light = |colour: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_stands_out_on_light_pages_and_on_dark_ones() {
    let html = render::html::trial(&narrate::trial(&program("require [I1] pregnant")));
    let themes: Vec<BTreeMap<&str, &str>> = html
        .lines()
        .filter(|line| line.contains("--ink:") && line.contains("--page: #ffffff") || line.contains("--page: #14181c"))
        .map(|line| line.split("--").skip(1).filter_map(|part| part.split(';').next()?.split_once(": ")).collect())
        .collect();
    assert_eq!(themes.len(), 2, "a light and a dark one");
    for theme in themes {
        for (text, ground) in [
            ("ink", "page"),
            ("ink", "tint"),
            ("soft", "page"),
            ("soft", "tint"),
            ("link", "page"),
            ("loud", "loud-tint"),
        ] {
            let found = contrast(theme[text], theme[ground]);
            assert!(found >= 4.5, "{text} on {ground}: {found:.2}");
        }
    }
}

fn trials() -> Vec<String> {
    let mut paths: Vec<_> =
        std::fs::read_dir(crate::docs::root().join("trials")).unwrap().map(|path| path.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "elig"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Every tag that opens is closed, in order; every `<` and `&` is one of the page's own.
pub fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        if open.last() != Some(&"style") {
            for entity in text.split('&').skip(1) {
                let name = entity.split(';').next().unwrap();
                assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name}");
            }
        }
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        if tag.starts_with('!') || name == "meta" || tag.ends_with('/') {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}>");
        } else {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn markdown_shows_hostile_text_as_text() {
    let text = render::markdown::trial(&narrate::trial(&program(HOSTILE)));
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("<b "), "{text}");
    assert!(text.contains(r"\*bold\* \_it\_ \[a\](javascript:x) \| \`code\` \# no"), "{text}");
    assert!(text.contains("1\\. not a list"), "{text}");
}

#[test]
fn a_todo_is_loud_in_every_form() {
    let reading = narrate::trial(&program(HOSTILE));
    assert!(render::text::trial(&reading, 80).contains("*** NOT ENCODED AS A WHOLE"));
    assert!(render::markdown::trial(&reading).contains("> **NOT ENCODED AS A WHOLE:**"));
    assert!(render::html::trial(&reading).contains("<p class=\"loud\">Not encoded as a whole"));
}

#[test]
fn text_keeps_to_the_width() {
    for text in trials() {
        let page = render::text::trial(&narrate::trial(&program(&text)), 60);
        for line in page.lines() {
            assert!(line.chars().count() <= 60 || !line.trim().contains(' '), "{line}");
        }
    }
}

#[test]
fn progress_tells_data_people_and_todo_apart() {
    let program = program(
        "define asked = judged \"a\"\nrequire [A] sledai2k >= 7\nrequire [B] judged \"b\"\nrequire [C] asked and sledai2k >= 7\nrequire [D] todo \"d\" or sledai2k >= 7\nexclude [E] todo \"e\"\nnote \"n\"",
    );
    let progress: Progress = narrate::progress(&program);
    let states: Vec<State> = progress.criteria.iter().map(|(_, _, state)| *state).collect();
    assert_eq!(states, [State::Encoded, State::Judged, State::PartlyJudged, State::PartlyTodo, State::Todo]);
    assert_eq!(progress.todos.iter().map(|todo| todo.text.as_str()).collect::<Vec<_>>(), ["d", "e"]);
    assert_eq!(progress.notes, 1);
}

#[test]
fn one_criterion_brings_the_definitions_it_speaks_of() {
    let text =
        "define a = pregnant\ndefine b = a or lactating\ndefine c = venous_access\nrequire [I1] b\nrequire [I2] c";
    let only = narrate::trial(&program(text)).only("I1").unwrap();
    let labels: Vec<&str> = only.sections.iter().flat_map(|own| &own.entries).map(|own| own.label.as_str()).collect();
    assert_eq!(labels, ["I1", "a", "b"]);
    assert!(narrate::trial(&program(text)).only("I3").is_none());
    let program = program(text);
    let hover = narrate::criterion(&program, &program.criteria[0]);
    assert!(hover.contains("**a**") && hover.contains("**b**") && !hover.contains("**c**"), "{hover}");
}

#[test]
fn the_page_shows_what_is_said() {
    let page = std::fs::read_to_string(crate::docs::root().join("docs/reading.md")).unwrap();
    let block = page.split("`demo.elig`:\n\n```elig\n").nth(1).unwrap().split("```").next().unwrap();
    let program = check_text("demo.elig", block).program.unwrap();
    let said = render::text::trial(&narrate::trial(&program).only("I7").unwrap(), 100);
    assert!(page.contains(&said), "{said}");
}

/// Each definition names the one before twice: opened at each use, they would be read for ever.
#[test]
fn definitions_that_double_are_walked_once() {
    let mut text = "define d0 = pregnant or todo \"later\" or judged \"fit\"\n".to_owned();
    // As often as a criterion may.
    for at in 1..12 {
        writeln!(text, "define d{at} = d{} and not d{}", at - 1, at - 1).unwrap();
    }
    text += "exclude [E1] d11\n";
    let program = program(&text);
    let progress = narrate::progress(&program);
    assert_eq!(progress.criteria[0].2, State::PartlyTodo);
    assert_eq!(progress.todos.len(), 1, "{:#?}", progress.todos);
    assert_eq!(eligc::typed::questions(&program.criteria, &program.definitions).len(), 1);
    assert!(!narrate::trial(&program).sections.is_empty());
}

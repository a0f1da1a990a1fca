//! What the word at `$0` explains of itself.

use super::features::ask;

fn hover(text: &str) -> String {
    ask(text, "textDocument/hover")["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
}

#[test]
fn hover_explains_each_word() {
    let texts = [
        "require [I1] plate$0lets >= 20000 /uL",
        "require [I1] platelets >= 20000 /u$0L",
        "require [I1] creatinine <= 132.6 $0µmol/L",
        "exclude [E1] heart_failure (ny$0ha >= class III) within 6 months before screening",
        "exclude [E1] heart_failure (nyha >= class $0III)",
        "exclude [E1] prior car_$0t",
        "exclude [E1] stroke wit$0hin 6 months before screening",
        "exclude [E1] stroke within 6 months before scr$0eening",
        "## Aged 18 to 70.\nrequire [I$01] age at consent between 18 and 70 years",
        "define refractory = prior car_t\nrequire [I1] refr$0actory",
        "require [I1] nons$0ense >= 3",
        "require [I1] platelets >= 20 $0",
    ];
    insta::assert_snapshot!("lsp_hovers", hovers(&texts));
}

#[test]
fn hover_of_a_name_that_is_not_declared_gives_the_nearest_ones() {
    let texts = [
        "require [I1] plat$0lets >= 20000 /uL",
        "exclude [E1] prior strokes and current stro$0kes",
        "exclude [E1] stroke within 6 months before screeni$0g",
        "exclude [E1] stroke within 6 months before plate$0lets",
        "exclude [E1] heart_failure (nhy$0a >= class III)",
        "exclude [E1] heart_failure (siz$0e >= 3)",
        "require [I1] sex is femal$0",
        "group mine { prednison$0 }\nexclude [E1] prior mine",
        "require [I1] pregnant\nexample \"a\" { platlet$0s: 18000 /uL } expect I1 unknown",
        "require [I1] nothing_like_a$0ny >= 3",
        // Said of the place alone where the check saw no name.
        "trial NCT1 \"a\" { spon$0sor \"b\" }\nrequire [I1] pregnant",
    ];
    insta::assert_snapshot!("lsp_undeclared", hovers(&texts));
}

/// What is shown at each text's mark, one below the other.
fn hovers(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("{text}\n\n{}\n", hover(text))).collect::<Vec<_>>().join("\n----\n\n")
}

#[test]
fn signs_limits_and_lengths_of_time_explain_themselves() {
    let texts = [
        "require [I1] age >$0= 18 years",
        "require [I1] ag$0e >= 18 years",
        "require [I1] age >= 18 yea$0rs",
        "exclude [E1] stroke within 4 wee$0ks before screening",
        "require [I1] c3 < 1 x LL$0N",
        "require [I1] alt <= 2.5 x UL$0N",
        "exclude [E1] prior car_t\nexample \"a\" { biologic: [{ ki$0nd: rituximab }] } expect E1 unknown",
        "fact ULN: yes_no\nrequire [I1] ULN$0",
    ];
    insta::assert_snapshot!("lsp_signs", hovers(&texts));
}

#[test]
fn a_word_that_may_be_a_name_is_explained_where_it_is_none() {
    let texts = [
        "fact own: quan$0tity [mg/dL] possible 0..9\nrequire [I1] own >= 3 mg/dL",
        "require [I1] m$0ax(lvef, 3 %) >= 40 %",
        "fact min: yes_no\nrequire [I1] m$0in",
        "use s$0le\nrequire [I1] pregnant",
    ];
    insta::assert_snapshot!("lsp_words", hovers(&texts));
}

#[test]
fn the_words_of_an_example_are_explained() {
    let rest = "\nrequire [I1] pregnant";
    let texts = [
        "example \"a$0\" {\n  pregnant: yes\n} expect I1 pass",
        "example \"a\" { pregnant: yes } expect I1 pass\nexample \"b\" like \"$0a\" { } expect I1 pass",
        "example \"a\" { pregnant: ye$0s } expect I1 pass",
        "example \"a\" { pregnant: unkn$0own } expect I1 unknown",
        "example \"a\" { stroke: { sta$0rt: 2025, end: running } } expect I1 unknown",
        "example \"a\" { stroke: { start: 2025, end: runn$0ing } } expect I1 unknown",
        "example \"a\" { } expect I1 pas$0s",
        "example \"a\" { } expect verdict undeter$0mined",
    ];
    let texts = texts.map(|text| format!("{text}{rest}"));
    insta::assert_snapshot!("lsp_examples", hovers(&texts.each_ref().map(String::as_str)));
}

#[test]
fn hover_of_a_unit_says_what_it_measures_and_how_large_it_is_for_the_fact() {
    let texts = [
        // With a fact: behind a bound, both bounds of a range, an example's value, of a result, `in`, an attribute.
        "require [I1] platelets >= 20 x10^9$0/L",
        "require [I1] platelets between 20000 and 50000 $0cells/mcL",
        "require [I1] creatinine <= 1.5 m$0g/dL and weight >= 40 kg",
        "require [I1] total_bilirubin <= 34 $0µmol/L",
        "require [I1] alt <= 40 IU$0/L",
        "require [I1] height in $0m >= 1.5",
        "require [I1] pregnant\nexample \"a\" { platelets: 18000 $0/uL at 2026-03-01 } expect I1 unknown",
        "exclude [E1] prior prednisone (dose >= 0.0075 $0g/day)",
        // At its declaration.
        "fact ferritin2: quantity [$0ug/L] possible 0..9\nrequire [I1] pregnant",
        "fact oxalate: quantity [$0umol/L] molar 90.03 g/mol\nrequire [I1] pregnant",
        "fact oxalate: quantity [umol/L] molar 90.03 $0g/mol\nrequire [I1] pregnant",
        "fact own: quantity [U/L] equates [[iU]/$0L]\nrequire [I1] pregnant",
        "event burn { area: quantity [$0cm2] }\nrequire [I1] no burn",
        "unit \"per microlitre\" = $0/uL\nrequire [I1] pregnant",
        // Of another quantity than the fact before it, and of a definition.
        "require [I1] weight / height ^ 2 >= 18 $0kg/m2",
        "define dose = 2 * weight\nrequire [I1] height >= 150 cm and dose >= 80000 $0g",
        // Times: a fact's, and lengths of windows.
        "require [I1] age >= 216 $0months",
        "require [I1] life_expectancy >= 12 weeks within 6 $0weeks before screening",
        "exclude [E1] stroke within 6 mo$0nths before screening",
        "exclude [E1] prior rituximab within 5 half_li$0ves before screening",
        // No unit at all.
        "require [I1] creatinine <= 1.5 mgg/d$0L",
    ];
    insta::assert_snapshot!("lsp_units", hovers(&texts));
}

#[test]
fn hover_of_a_second_scale_and_of_a_unit_with_blanks_or_parentheses() {
    let scale = "fact hba1c: quantity [mmol/mol]\n  scale [%] = 0.09148 x [mmol/mol] + 2.152 source \"NGSP\"\n";
    let texts = [
        &format!("{scale}require [I1] hba1c <= 8 $0%"),
        &format!("{scale}require [I1] hb$0a1c <= 8 %"),
        &scale.replace("[%]", "[$0%]"),
        &scale.replace("x [mmol", "x [$0mmol"),
        "fact rate: quantity [ug/(kg.min)]\nrequire [I1] rate <= 0.1 ug/(kg.$0min)",
        "require [I1] systolic_bp <= 140 mm H$0g and not pregnant",
        "fact load: quantity [{copies}/mL]\nrequire [I1] load <= 1 x10^3 $0copies/mL",
        "fact load: quantity [{copies}/mL]\nrequire [I1] load <= 3.5 $0log10 copies/mL",
    ];
    insta::assert_snapshot!("lsp_scales", hovers(&texts));
}

#[test]
fn a_criterion_is_read_back_where_the_file_checks() {
    let number = "exclude [E$01] stroke within 6 months before screening";
    let word = "excl$0ude [E1] stroke within 6 months before screening";
    let broken = "exclude [E$01] stroke within 6 months before screening and";
    insta::assert_snapshot!(
        "lsp_reading",
        [number, word, broken].map(|text| format!("{text}\n\n{}\n", hover(text))).join("\n----\n\n")
    );
}

//! What is offered at `$0`, and in which form.

use serde_json::{Value, json};

use super::client::{Client, editor};
use super::features::{URI, ask, marked};

fn completions(text: &str) -> Vec<String> {
    let items = ask(text, "textDocument/completion")["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn offers(text: &str, wanted: &[&str], unwanted: &[&str]) {
    let labels = completions(text);
    for word in wanted {
        assert!(labels.iter().any(|label| label == word), "{text}: no {word} in {labels:?}");
    }
    for word in unwanted {
        assert!(labels.iter().all(|label| label != word), "{text}: {word} in {labels:?}");
    }
}

#[test]
fn completion_knows_what_fits() {
    offers("$0", &["require", "exclude", "define", "example"], &["platelets", "within"]);
    offers("require [I1] $0", &["platelets", "car_t", "not", "any of {", "judged \"..\""], &["screening"]);
    offers("require [I1] plat$0", &["platelets"], &["screening"]);
    offers("require [I1] prior $0", &["car_t", "immunosuppressant"], &["platelets", "screening"]);
    offers("require [I1] highest $0", &["qtc"], &["car_t"]);
    offers("require [I1] platelets $0", &[">=", "between", "within .. before .."], &["is", "platelets"]);
    offers("require [I1] sex $0", &["is", "is not", "in"], &[">="]);
    offers("require [I1] platelets >= 20 $0", &["x10^9/L", "/uL"], &["mg/dL", "days", "x ULN"]);
    offers("require [I1] alt <= 2.5 $0", &["U/L", "x ULN"], &["/uL", "x LLN"]);
    offers("require [I1] platelets >= 20 /u$0", &["x10^9/L", "/uL"], &["mg/dL"]);
    offers("exclude [E1] stroke within 6 $0", &["months", "days", "half_lives"], &["mg/dL"]);
    offers("exclude [E1] stroke within 6 months before $0", &["screening", "consent"], &["platelets"]);
    offers("exclude [E1] stroke within 6 months of $0", &["screening"], &["platelets"]);
    offers("require [I1] sex is $0", &["female", "male", "not"], &["positive", "platelets"]);
    offers("require [I1] sex is not $0", &["female"], &["not", "platelets"]);
    offers("require [I1] hbsag in { $0", &["positive", "negative"], &["female"]);
    offers("exclude [E1] heart_failure ($0", &["nyha"], &["platelets"]);
    offers("exclude [E1] heart_failure (nyha >= class $0", &["I", "II", "III", "IV"], &["platelets"]);
    offers("use $0", &["sle"], &["platelets"]);
    offers("require [I1] platelets >= 20 /uL\nex$0", &["exclude", "example"], &[]);
}

/// The first of what is offered, in the order it is shown in.
#[track_caller]
fn first(text: &str, wanted: &[&str]) {
    let labels = completions(text);
    assert!(labels.iter().take(wanted.len()).eq(wanted), "{text}: {labels:?}");
}

/// All that is offered.
#[track_caller]
fn only(text: &str, wanted: &[&str]) {
    assert_eq!(completions(text), wanted, "{text}");
}

#[test]
fn a_new_line_begins_a_statement() {
    for before in ["require [I1] pregnant\n", "require [I1] age >= 18 years\n\n## A text.\n", "require [I1]\n"] {
        first(&format!("{before}$0"), &["require", "exclude", "define", "note", "example"]);
        first(&format!("{before}req$0\n\nrequire [I2] pregnant\n"), &["require", "exclude"]);
    }
    let example = "require [I1] pregnant\nexample \"a\" { pregnant: yes }";
    first(&format!("{example}\n$0"), &["expect", "require"]);
    first(&format!("{example} expect I1 pass\n$0"), &["require", "exclude"]);
    // Indented, the criterion above goes on; so does a block that is open.
    first("require [I1] platelets >= 20 /uL\n  $0", &["within .. before .."]);
    offers("require [I1] any of {\n$0", &["platelets"], &["require", "example"]);
}

#[test]
fn nothing_is_offered_where_a_name_or_a_number_of_the_authors_own_stands() {
    for text in [
        "define $0",
        "fact $0",
        "drug $0",
        "group $0",
        "anchor $0",
        "note $0",
        "note [$0",
        "example $0",
        "require [I1] judged $0",
        "require [I1] stroke within $0",
        "require [I1] stroke more than $0",
        "require [I1] stroke at least $0",
        "require [I1] at least $0",
        "example \"a\" { alt: 25 U/L at $0",
        "example \"a\" { alt: 25 U/L uln $0",
        "require [I1] alt >= 3 U/L\nexample \"a\" { } expect I1 pass $0",
    ] {
        only(text, &[]);
        only(&format!("{text}\n\nrequire [I9] pregnant"), &[]);
    }
}

#[test]
fn the_next_number_of_its_series_stands_in_brackets() {
    only("require [I1] pregnant\nexclude [E7] pregnant\nrequire [$0", &["I2"]);
    only("require [I1] pregnant\nexclude [E7] pregnant\nexclude [E$0]", &["E8"]);
    only("require [$0", &["I1"]);
}

#[test]
fn what_is_compared_decides_what_follows_the_sign() {
    offers("require [I1] platelets >= $0", &["anc", "alc"], &["platelets", "pregnant", "hemoglobin", "any of {"]);
    offers("require [I1] sledai2k >= $0", &["sledai2k_clinical"], &["age", "stroke"]);
    offers("require [I1] age between 18 and $0", &[], &["pregnant", "platelets", "not"]);
    offers("define floor = 2 * 3\ndefine well = not pregnant\nrequire [I1] sledai2k >= $0", &["floor"], &["well"]);
    only("require [I1] dyspnea <= $0", &["grade 0", "grade 1", "grade 2", "grade 3", "grade 4", "grade 5"]);
    only("require [I1] heart_failure (nyha <= $0", &["class I", "class II", "class III", "class IV"]);
    offers("define d = $0", &["age", "not"], &[]);
    offers("require [I1] min($0", &["age"], &["pregnant", "stroke"]);
    offers("require [I1] min(age, $0", &["age"], &["pregnant", "stroke"]);
    offers("require [I1] highest $0", &["qtc", "dyspnea"], &["pregnant", "sex"]);
    offers("require [I1] latest $0", &["qtc", "ana", "stroke"], &["sex"]);
    offers("require [I1] any $0", &["of", "stroke", "prior"], &["platelets"]);
    offers("require [I1] no $0", &["stroke", "prior", "current"], &["platelets"]);
    offers("require [I1] prior { $0", &["stroke"], &["platelets"]);
    only("require [I1] all $0", &["of"]);
}

#[test]
fn units_are_few_and_as_one_writes_them() {
    first("require [I1] platelets >= 20 $0", &["x10^9/L"]);
    first("require [I1] hemoglobin >= 9 $0", &["g/L", "g/dL", "mg/dL"]);
    first("require [I1] age >= 18 $0", &["years", "months", "weeks", "days"]);
    first("require [I1] alt <= 2.5 $0", &["U/L", "x ULN"]);
    only("require [I1] alt <= 2.5 x $0", &["ULN"]);
    offers("require [I1] platelets >= 20 $0", &[], &["10*9/L", "K/uL", "{cells}/uL", "×10⁹/L"]);
    // The other spellings are there for those who begin them.
    offers("require [I1] platelets >= 20 K$0", &["K/uL", "x10^9/L"], &["10*9/L"]);
    offers("require [I1] platelets >= 20 10$0", &["10*9/L", "10^9/L"], &["K/uL"]);
    offers("example \"a\" { alt: 25 $0", &["U/L", "at", "uln"], &["x ULN", "lln"]);
}

#[test]
fn behind_a_length_stands_from_when_on() {
    only("exclude [E1] stroke within 6 months $0", &["before", "after", "of"]);
    only("exclude [E1] stroke more than 6 months $0", &["before", "after"]);
    only("exclude [E1] copd for at least 6 months $0", &["before"]);
    only("exclude [E1] stroke at least 6 $0", &["days", "weeks", "months", "years", "hours"]);
    offers("exclude [E1] at least 2 $0", &["of", "distinct", "stroke"], &["days"]);
    only("require [I1] judged \"well\" $0", &["by", "and", "or", "unless", "when"]);
    only("require [I1] judged \"well\" by $0", &["sponsor"]);
}

#[test]
fn a_filter_offers_what_fits_its_attribute() {
    only("exclude [E1] prednisone (route $0", &["is", "in", "is not", "and", "or"]);
    offers("exclude [E1] prednisone (dose $0", &[">=", "between"], &["is", "within .. before ..", "unless"]);
    offers("exclude [E1] prednisone (start $0", &["within .. before .."], &["is", "unless", "lasting"]);
}

#[test]
fn an_example_offers_what_its_field_takes() {
    offers("example \"a\" { glucocorticoid: $0", &["none", "unknown"], &["running"]);
    offers("example \"a\" { glucocorticoid: { end: $0", &["running"], &["none"]);
    offers("example \"a\" { glucocorticoid: { $0", &["kind", "start", "dose"], &["platelets"]);
    offers("example \"a\" { glucocorticoid: { kind: $0", &["prednisone"], &["none", "running", "stroke"]);
    offers("example \"a\" { prednisone: { $0", &["start", "dose"], &["kind"]);
    offers("example \"a\" { dyspnea: $0", &["grade 0", "unknown"], &["0"]);
    only("example \"a\" { dyspnea: grade $0", &["0", "1", "2", "3", "4", "5"]);
    first("example \"a\" { alt: 25 U/L $0", &["at", "uln"]);
    first("example \"a\" { alt: 25 U/L at 2026-02-01 $0", &["uln"]);
    let asks = "require [I1] judged \"well\"\nrequire [I2] pregnant\n";
    only(&format!("{asks}example \"a\" {{ judged $0"), &["I1"]);
    // What the criteria read comes first, what is given already not again.
    let (text, read) = ("require [I1] sex is female\nexample \"a\" {\n  ", completions);
    let place = |labels: &[String], name: &str| labels.iter().position(|label| label == name);
    let labels = read(&format!("{text}$0"));
    assert!(place(&labels, "sex").unwrap() < place(&labels, "age").unwrap(), "{labels:?}");
    assert_eq!(place(&read(&format!("{text}sex: female\n  $0\n}}")), "sex"), None);
}

#[test]
fn the_examples_that_most_are_like_come_first() {
    let example = |name: &str, like: &str| format!("example \"{name}\" like \"{like}\" {{ }}\n");
    let text = ["a", "whole", "b", "c"].map(|name| example(name, "whole")).concat();
    only(&format!("{text}example \"d\" like $0"), &["\"whole\"", "\"a\"", "\"b\"", "\"c\""]);
}

#[test]
fn a_declaration_offers_types_and_what_follows_them() {
    offers("fact x: $0", &["yes_no", "quantity [..]"], &["platelets"]);
    offers("fact x: yes_no $0", &["timeless", "absent"], &["platelets", "and"]);
    offers("drug x $0", &["half_life", "rxnorm"], &["platelets", "and"]);
    offers("drug x\ngroup y { $0", &["x", "stroke"], &["platelets"]);
    offers("anchor x after $0", &["screening"], &["platelets"]);
}

#[test]
fn what_stands_behind_the_cursor_changes_nothing() {
    for behind in ["\nrequire [I9] pregnant", "\nexample \"z\" { sex: female } expect I1 pass", "\n}\n"] {
        let behind = |text: &str| format!("{text}{behind}");
        offers(&behind("exclude [E1] heart_failure ($0"), &["nyha"], &["platelets"]);
        offers(&behind("require [I1] hbsag in { $0"), &["positive"], &["female"]);
        offers(&behind("require [I1] platelets >= 20 $0"), &["/uL"], &["pass"]);
        offers(&behind("require [I1] $0"), &["platelets", "latest", "any of {"], &["pass", "screening"]);
        offers(&behind("example \"a\" { sex: $0"), &["female", "unknown"], &["platelets"]);
        offers(&behind("example \"a\" { } expect $0"), &["verdict"], &["platelets"]);
        let help = ask(&behind("require [I1] max(lvef, $0"), "textDocument/signatureHelp");
        assert_eq!(help["activeParameter"], 1);
    }
}

#[test]
fn a_word_that_would_run_into_a_number_is_not_offered() {
    assert_eq!(completions("require [I1] platelets >= 20$0"), Vec::<String>::new());
    assert_eq!(completions("example \"a\" { screening: 2026-03$0 }"), Vec::<String>::new());
}

#[test]
fn a_trial_has_keys() {
    offers("trial NCT1 \"a\" { $0 }", &["anchor", "source"], &["screening"]);
    offers("trial NCT1 \"a\" { anchor $0 }", &["screening"], &["source"]);
}

#[test]
fn completion_in_an_example() {
    let text = "require [I1] sex is female\nrequire [I2] no heart_failure\nexample \"one\" {\n  ";
    offers(&format!("{text}$0"), &["sex", "screening", "heart_failure"], &["I1"]);
    offers(&format!("{text}sex: $0"), &["female", "male", "unknown"], &["platelets"]);
    offers(&format!("{text}heart_failure: {{ $0"), &["start", "end", "nyha"], &["platelets"]);
    offers(&format!("{text}judged I1: $0"), &["yes", "no", "unknown"], &["none", "platelets"]);
    offers("example \"one\" $0", &["like"], &["sex"]);
    offers("example \"one\" { } $0", &["expect"], &["sex"]);
    offers(&format!("{text}sex: female }} expect $0"), &["I1", "I2", "verdict"], &["platelets"]);
    offers(&format!("{text}sex: female }} expect I1 $0"), &["pass", "fail", "unknown"], &["I2"]);
    offers(&format!("{text}sex: female }} expect verdict $0"), &["eligible", "undetermined"], &["I2"]);
}

#[test]
fn nothing_is_offered_in_a_comment_or_a_text() {
    assert_eq!(completions("# pla$0"), Vec::<String>::new());
    assert_eq!(completions("## $0\nrequire [I1] pregnant"), Vec::<String>::new());
    assert_eq!(completions("require [I1] judged \"is pla$0telets\""), Vec::<String>::new());
    assert_eq!(completions("require [I1] judged \"is pla$0"), Vec::<String>::new());
    assert_eq!(completions("example \"of $0\nrequire [I1] pregnant"), Vec::<String>::new());
}

#[test]
fn completion_is_there_before_the_check() {
    let mut client = Client::new();
    client.open(URI, "require [I1] \n");
    client.diagnostics(URI);
    client.change(URI, 2, json!([{"range": {"start": {"line": 0, "character": 13}, "end": {"line": 0, "character": 13}}, "text": "µ ≥ 年 𝛼 or pla"}]));
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 28}});
    let answer = client.ask("textDocument/completion", params).unwrap();
    let items = answer["items"].as_array().unwrap();
    let platelets = items.iter().find(|item| item["label"] == "platelets").unwrap();
    assert_eq!(
        platelets["textEdit"]["range"],
        json!({"start": {"line": 0, "character": 25}, "end": {"line": 0, "character": 28}})
    );
    assert!(platelets["documentation"]["value"].as_str().is_some());
    client.end();
}

/// What an item puts in, and where, as the client makes it of the item and its list.
fn put_in(list: &Value, item: &Value) -> (Value, Value) {
    match item.get("textEdit") {
        Some(edit) => (edit["newText"].clone(), edit["range"].clone()),
        None => {
            let text = item.get("textEditText").unwrap_or(&item["label"]);
            (text.clone(), list["itemDefaults"]["editRange"].clone())
        }
    }
}

#[test]
fn a_list_says_once_what_all_its_items_replace() {
    let (text, position) = marked("require [I1] 年 plat$0");
    let asked = |capabilities: Value| {
        let mut client = Client::with(capabilities);
        client.open(URI, &text);
        let params = json!({"textDocument": {"uri": URI}, "position": position});
        let list = client.ask("textDocument/completion", params).unwrap();
        client.end();
        let items = list["items"].as_array().unwrap().iter();
        (items.map(|item| put_in(&list, item)).collect::<Vec<_>>(), list.to_string().len())
    };
    let mut short = editor();
    short["textDocument"]["completion"]["completionList"] = json!({"itemDefaults": ["data", "editRange"]});
    let ((long, long_length), (short, short_length)) = (asked(editor()), asked(short));
    assert_eq!(long, short);
    assert!(short.iter().any(|(text, _)| text.as_str().unwrap().contains("${1:")), "patterns are among them");
    assert!(short_length < long_length);
}

#[test]
fn what_is_known_of_an_item_may_be_asked_for_when_it_is_shown() {
    let (text, position) = marked("require [I1] $0\nrequire [I2] platelets >= 20 x10^9/L");
    let mut lazy = editor();
    lazy["textDocument"]["completion"]["completionItem"]["resolveSupport"] =
        json!({"properties": ["detail", "documentation", "additionalTextEdits"]});
    lazy["textDocument"]["completion"]["completionItem"]["labelDetailsSupport"] = true.into();
    let mut client = Client::with(lazy);
    client.open(URI, &text);
    let params = json!({"textDocument": {"uri": URI}, "position": position});
    let list = client.ask("textDocument/completion", params).unwrap();
    let item = |label: &str| {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|item| item["label"] == label).unwrap().clone()
    };
    let short = item("platelets");
    assert!(short.get("documentation").is_none() && short.get("detail").is_none());
    assert_eq!(short["labelDetails"]["description"], "quantity in x10^9/L");
    let platelets = client.ask("completionItem/resolve", short.clone()).unwrap();
    assert_eq!(platelets["detail"], "quantity in x10^9/L");
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 1, "character": 15}});
    let hover = client.ask("textDocument/hover", hover).unwrap();
    assert_eq!(platelets["documentation"], hover["contents"]);
    assert_eq!(platelets["textEdit"], short["textEdit"]);
    let word = client.ask("completionItem/resolve", item("highest")).unwrap();
    assert!(word["documentation"]["value"].as_str().unwrap().len() > 20);
    let pattern = item("any of {");
    assert_eq!(client.ask("completionItem/resolve", pattern.clone()).unwrap(), pattern);
    client.end();
}

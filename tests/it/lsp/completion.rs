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
    offers("require [I1] platelets >= 20 $0", &["10*9/L", "/uL"], &["mg/dL", "days", "x ULN"]);
    offers("require [I1] alt <= 2.5 $0", &["U/L", "x ULN"], &["/uL", "x LLN"]);
    offers("require [I1] platelets >= 20 /u$0", &["10*9/L", "/uL"], &["mg/dL"]);
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
    assert_eq!(short["labelDetails"]["description"], "quantity in 10*9/L");
    let platelets = client.ask("completionItem/resolve", short.clone()).unwrap();
    assert_eq!(platelets["detail"], "quantity in 10*9/L");
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

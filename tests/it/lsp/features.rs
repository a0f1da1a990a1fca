//! Text in, text out: `$0` is the cursor.

use serde_json::{Value, json};

use super::client::tempfolder::Folder;
use super::client::{Client, Refusal, editor};

pub const URI: &str = "file:///trial.elig";

/// A text without its mark, and the position of that in UTF-16.
pub fn marked(text: &str) -> (String, Value) {
    let at = text.find("$0").expect("a cursor");
    let before = &text[..at];
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (text.replacen("$0", "", 1), json!({"line": before.matches('\n').count(), "character": column}))
}

/// Opens the text and asks at its mark.
fn at(text: &str, method: &str, more: Value) -> Result<Value, Refusal> {
    let (text, position) = marked(text);
    let mut client = Client::new();
    client.open(URI, &text);
    let mut params = json!({"textDocument": {"uri": URI}, "position": position});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = client.ask(method, params);
    client.end();
    answer
}

pub fn ask(text: &str, method: &str) -> Value {
    at(text, method, json!({})).unwrap()
}

#[test]
fn a_client_without_markdown_gets_plain_text() {
    let (text, position) = marked("require [I1] sex is fe$0male");
    let mut client = Client::with(json!({}));
    client.open(URI, &text);
    let answer = client.ask("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": position})).unwrap();
    assert_eq!(answer["contents"]["kind"], "plaintext");
    let value = answer["contents"]["value"].as_str().unwrap();
    assert!(value.starts_with("female: a value of sex") && !value.contains(['*', '`']), "{value}");
    let answer = client
        .ask("textDocument/completion", json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 13}}))
        .unwrap();
    assert!(answer["items"].as_array().unwrap().iter().all(|item| item.get("insertTextFormat").is_none()));
    let symbols = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).unwrap();
    assert_eq!(symbols[0]["location"]["uri"], URI);
    let actions = client.ask("textDocument/codeAction", json!({"textDocument": {"uri": URI}, "range": {"start": position, "end": position}, "context": {"diagnostics": []}})).unwrap();
    assert_eq!(actions, json!([]));
    client.end();
}

#[test]
fn the_form_of_a_window_is_shown_while_it_is_written() {
    let active = |text: &str| {
        let help = ask(text, "textDocument/signatureHelp");
        let label = help["signatures"][0]["label"].as_str().unwrap_or("nothing").to_owned();
        (label, help["activeParameter"].as_u64().unwrap_or(99))
    };
    assert_eq!(active("exclude [E1] stroke within $0"), ("within LENGTH before ANCHOR".to_owned(), 0));
    assert_eq!(active("exclude [E1] stroke within 6 months $0"), ("within LENGTH before ANCHOR".to_owned(), 1));
    assert_eq!(active("exclude [E1] stroke within 6 months before $0"), ("within LENGTH before ANCHOR".to_owned(), 2));
    assert_eq!(active("require [I1] age between 18 and $0"), ("between LOW and HIGH UNIT".to_owned(), 1));
    assert_eq!(active("require [I1] max(lvef, $0"), ("max(A, B, ..)".to_owned(), 1));
    assert_eq!(active("require [I1] $0"), ("nothing".to_owned(), 99));
}

/// The places an answer names, drawn into the text as `«..»`.
fn drawn(text: &str, ranges: &[&Value]) -> String {
    let mut lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let mut marks: Vec<(usize, usize, u16)> = ranges
        .iter()
        .flat_map(|range| {
            [("start", '«'), ("end", '»')]
                .map(|(end, mark)| (number(&range[end]["line"]), number(&range[end]["character"]), mark as u16))
        })
        .collect();
    marks.sort_unstable();
    for (line, column, mark) in marks.into_iter().rev() {
        lines[line].insert(column, mark);
    }
    lines.iter().map(|line| String::from_utf16(line).unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_name_is_lit_wherever_it_stands() {
    let lit = |text: &str| {
        let answer = ask(text, "textDocument/documentHighlight");
        let ranges: Vec<&Value> = answer.as_array().unwrap().iter().map(|item| &item["range"]).collect();
        drawn(&marked(text).0, &ranges)
    };
    assert_eq!(
        lit("define bmi = weight / height ^ 2\nrequire [I1] b$0mi >= 18 kg/m2 # bmi\nrequire [I2] judged \"bmi\""),
        "define «bmi» = weight / height ^ 2\nrequire [I1] «bmi» >= 18 kg/m2 # bmi\nrequire [I2] judged \"bmi\""
    );
    assert_eq!(
        lit(
            "require [I$01] judged \"年𝛼\"\nrequire [I10] pregnant\nexample \"a\" { judged I1: yes } expect I1 pass, I10 fail"
        ),
        "require [«I1»] judged \"年𝛼\"\nrequire [I10] pregnant\nexample \"a\" { judged «I1»: yes } expect «I1» pass, I10 fail"
    );
    assert_eq!(
        lit(
            "example \"a$0\" { } expect verdict undetermined\nexample \"b\" like \"a\" { } expect verdict undetermined"
        ),
        "example \"«a»\" { } expect verdict undetermined\nexample \"b\" like \"«a»\" { } expect verdict undetermined"
    );
    assert_eq!(
        lit(
            "exclude [E1] heart_failure (nyh$0a >= class III)\nexample \"a\" { heart_failure: { start: 2020, nyha: II } } expect E1 pass"
        ),
        "exclude [E1] heart_failure («nyha» >= class III)\nexample \"a\" { heart_failure: { start: 2020, «nyha»: II } } expect E1 pass"
    );
}

#[test]
fn a_definition_is_in_this_file_or_in_a_file_that_can_be_read() {
    let here = ask("define refractory = prior car_t\nrequire [I1] refr$0actory", "textDocument/definition");
    assert_eq!(
        here,
        json!({"uri": URI, "range": {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 17}}})
    );
    let (text, position) = marked("require [I1] plate$0lets >= 20000 /uL");
    let mut client = Client::new();
    client.open(URI, &text);
    let there =
        client.ask("textDocument/definition", json!({"textDocument": {"uri": URI}, "position": position})).unwrap();
    let path = there["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    let shipped = std::fs::read_to_string(path).unwrap();
    let line = usize::try_from(there["range"]["start"]["line"].as_u64().unwrap()).unwrap();
    assert!(shipped.lines().nth(line).unwrap().starts_with("fact platelets:"));
    // An editor opens it: it is a text like any other, but for reading.
    let uri = there["uri"].as_str().unwrap().to_owned();
    client.open(&uri, &shipped);
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
    let rename = json!({"textDocument": {"uri": uri}, "position": there["range"]["start"], "newName": "plates"});
    let refusal = client.ask("textDocument/rename", rename).unwrap_err();
    assert_eq!((refusal.code, refusal.message.as_str()), (-32803, "this file is for reading"));
    client.end();
    assert_eq!(ask("require [I1] nons$0ense >= 3", "textDocument/definition"), Value::Null);
    let example = ask(
        "example \"a\" { } expect verdict undetermined\nexample \"b\" like \"$0a\" { } expect I1 pass\nrequire [I1] pregnant",
        "textDocument/definition",
    );
    assert_eq!(example["range"]["start"], json!({"line": 0, "character": 9}));
}

#[test]
fn a_new_name_goes_everywhere() {
    let folder = Folder::new();
    let site = folder.write(
        "site.elig",
        "vocabulary site \"Our own\"\n\nfact frailty: score 0..9 { by: one of { nurse, doctor } }\n",
    );
    let closed = folder.write("closed.elig", "use sle\nuse \"./site.elig\"\nrequire [I1] frailty <= 3\n");
    folder.write("other.elig", "fact frailty: yes_no\nrequire [I1] frailty\n");
    let mut client = Client::begun(json!({"rootUri": folder.uri(""), "capabilities": editor()}));
    let open = folder.uri("open.elig");
    let text = "use sle\nuse \"./site.elig\"\n# frailty\nrequire [I1] frailty (by in { nurse }) <= 5 and pregnant\n";
    client.open(&open, text);
    let at = json!({"textDocument": {"uri": open}, "position": {"line": 3, "character": 15}});
    let prepared = client.ask("textDocument/prepareRename", at.clone()).unwrap();
    assert_eq!(prepared["placeholder"], "frailty");
    let mut params = at.clone();
    params["newName"] = "frail".into();
    let edit = client.ask("textDocument/rename", params.clone()).unwrap();
    let files: Vec<(&str, usize)> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["textDocument"]["uri"].as_str().unwrap(), file["edits"].as_array().unwrap().len()))
        .collect();
    assert_eq!(files, [(closed.as_str(), 1), (open.as_str(), 1), (site.as_str(), 1)]);
    let mut wanted = at.clone();
    wanted["context"] = json!({"includeDeclaration": true});
    assert_eq!(client.ask("textDocument/references", wanted.clone()).unwrap().as_array().unwrap().len(), 3);
    wanted["context"] = json!({"includeDeclaration": false});
    assert_eq!(client.ask("textDocument/references", wanted).unwrap().as_array().unwrap().len(), 2);
    let refused = |name: &str| {
        params["newName"] = name.into();
        let refusal = client.ask("textDocument/rename", params.clone()).unwrap_err();
        assert_eq!(refusal.code, -32803);
        refusal.message
    };
    insta::assert_snapshot!(
        "lsp_rename_refusals",
        ["platelets", "Frail", "within", "by the nurse", ""].map(refused).join("\n")
    );
    let symbols = client.ask("workspace/symbol", json!({"query": "FRAIL"})).unwrap();
    let containers: Vec<&str> =
        symbols.as_array().unwrap().iter().map(|symbol| symbol["containerName"].as_str().unwrap()).collect();
    assert_eq!(containers, ["closed.elig", "open.elig", "other.elig", "other.elig", "site.elig"]);
    client.end();
}

#[test]
fn what_is_not_ones_own_keeps_its_name() {
    let refused = |text: &str| {
        let refusal = at(text, "textDocument/rename", json!({"newName": "other"})).unwrap_err();
        assert_eq!(refusal.code, -32803);
        assert_eq!(at(text, "textDocument/prepareRename", json!({})).unwrap_err().message, refusal.message);
        refusal.message
    };
    let texts = [
        "require [I1] plate$0lets >= 20000 /uL",
        "require [I1] sex is fem$0ale",
        "require [I1] platelets >= 20000 /$0uL",
        "requ$0ire [I1] pregnant",
        "require [I1] pregnant $0",
        "drug our_own\nexclude [E1] prior our_own (rou$0te is oral)",
    ];
    insta::assert_snapshot!("lsp_not_ones_own", texts.map(refused).join("\n"));
}

#[test]
fn the_outline_and_what_folds() {
    let text = "# one\n# two\ntrial NCT1 \"Title\" {\n  anchor screening\n}\n\n## Why.\nrequire [I1] any of {\n  pregnant,\n  lactating\n}\nexclude prior car_t\ndefine a = pregnant\nnote [N1] \"said\"\nfact f: yes_no\nexample \"one\" {\n} expect I1 fail\n";
    let mut client = Client::new();
    client.open(URI, text);
    let document = json!({"textDocument": {"uri": URI}});
    let symbols = client.ask("textDocument/documentSymbol", document.clone()).unwrap();
    let names: Vec<String> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|symbol| {
            format!(
                "{} | {} | {}",
                symbol["range"]["start"]["line"],
                symbol["name"].as_str().unwrap(),
                symbol["detail"].as_str().unwrap()
            )
        })
        .collect();
    let folds = client.ask("textDocument/foldingRange", document).unwrap();
    let folds: Vec<String> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| format!("{}..{} {}", fold["startLine"], fold["endLine"], fold["kind"].as_str().unwrap_or("region")))
        .collect();
    insta::assert_snapshot!("lsp_outline", format!("{}\n\n{}", names.join("\n"), folds.join("\n")));
    client.end();
}

#[test]
fn a_selection_grows_from_the_word_to_the_file() {
    let (text, position) = marked("require [I1] any of { preg$0nant, lactating }\nexclude [E1] stroke");
    let mut client = Client::new();
    client.open(URI, &text);
    let answer = client
        .ask("textDocument/selectionRange", json!({"textDocument": {"uri": URI}, "positions": [position]}))
        .unwrap();
    let mut ranges = Vec::new();
    let mut next = &answer[0];
    while next.is_object() {
        ranges.push(drawn(&text, &[&next["range"]]));
        next = &next["parent"];
    }
    insta::assert_snapshot!("lsp_selection", ranges.join("\n\n"));
    client.end();
}

#[test]
fn each_word_has_its_colour() {
    let text = "## µ年\nrequire [I1] heart_failure (nyha >= class III) within 6 months before screening\ndefine a = sex is female\nrequire [I2] \"𝛼\" platelets ≥ 20 x10^9/L and a\n";
    let mut client = Client::new();
    client.open(URI, text);
    let legend = client.capabilities["semanticTokensProvider"]["legend"]["tokenTypes"].as_array().unwrap().clone();
    let answer = client.ask("textDocument/semanticTokens/full", json!({"textDocument": {"uri": URI}})).unwrap();
    let numbers: Vec<usize> = answer["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|number| usize::try_from(number.as_u64().unwrap()).unwrap())
        .collect();
    let lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
    let (mut line, mut column, mut shown) = (0, 0, Vec::new());
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let word = String::from_utf16(&lines[line][column..column + token[2]]).unwrap();
        shown.push(format!("{word}: {}", legend[token[3]].as_str().unwrap()));
    }
    insta::assert_snapshot!("lsp_colours", shown.join("\n"));
    // A word goes and another comes: the change is told, and what it leaves is what all would be told as.
    let named = |answer: &Value| json!({"textDocument": {"uri": URI}, "previousResultId": answer["resultId"]});
    let edit = json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 6}});
    client.change(URI, 2, json!([{"range": edit, "text": "\n# µ\ndefine"}]));
    let delta = client.ask("textDocument/semanticTokens/full/delta", named(&answer)).unwrap();
    let mut patched = answer["data"].as_array().unwrap().clone();
    let edits = delta["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    let number = |name: &str| usize::try_from(edits[0][name].as_u64().unwrap()).unwrap();
    let put_in = edits[0]["data"].as_array().unwrap().clone();
    assert!(put_in.len() <= 10, "only what changed: {put_in:?}");
    patched.splice(number("start")..number("start") + number("deleteCount"), put_in);
    let nothing = client.ask("textDocument/semanticTokens/full/delta", named(&delta)).unwrap();
    assert_eq!(nothing["edits"], json!([]));
    // What was told before the last time is known no more: all is told.
    let all = client.ask("textDocument/semanticTokens/full/delta", named(&delta)).unwrap();
    assert_eq!(all["data"], json!(patched));
    client.change(URI, 3, json!([{"text": text}]));
    let range = json!({"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}});
    let part =
        client.ask("textDocument/semanticTokens/range", json!({"textDocument": {"uri": URI}, "range": range})).unwrap();
    assert_eq!(part["data"].as_array().unwrap().len(), 6 * 5);
    client.end();
}

#[test]
fn the_days_of_a_window_are_hinted_by_the_first_example_that_dates_its_anchor() {
    let text = "exclude [E1] stroke within 6 months before screening # µ ≥\nexclude [E2] tia within 2 weeks of consent\nexclude [E3] live_vaccine within 1 month after infusion\nexclude [E4] car_t within 48 hours before screening\nexample \"no day\" { screening: 2026-03 }\nexample \"end of a month\" { screening: 2026-08-31  consent: 2026-08-20 }\nexample \"another\" { screening: 2026-01-01 }\n";
    let mut client = Client::new();
    client.open(URI, text);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let answer = client.ask("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": range})).unwrap();
    let shown: Vec<(u64, u64, &str)> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| {
            let place = &hint["position"];
            let (line, column) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
            (line, column, hint["label"].as_str().unwrap())
        })
        .collect();
    // Six months before the last day of August is the last day of February.
    assert_eq!(shown, [(0, 52, "2026-02-28 .. 2026-08-31"), (1, 42, "2026-08-06 .. 2026-09-03")]);
    assert_eq!(answer[0]["tooltip"], "the days of this window in the example \"end of a month\", both ends included");
    client.end();
}

#[test]
fn quantities_are_hinted_in_the_unit_of_the_fact() {
    let text = "require [I1] platelets >= 20000 /uL and alt <= 2.5 x ULN and creatinine <= 132.6 µmol/L\nrequire [I2] platelets >= 20 x10^9/L within 6 weeks before screening\n";
    let hints = |client: &mut Client| {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let answer =
            client.ask("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": range})).unwrap();
        answer
            .as_array()
            .unwrap()
            .iter()
            .map(|hint| (hint["position"]["character"].as_u64().unwrap(), hint["label"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let mut client = Client::new();
    client.open(URI, text);
    let shown = hints(&mut client);
    assert_eq!(shown[0], (35, "= 20 x10^9/L".to_owned()));
    assert!(shown[1].1.ends_with("mg/dL"), "{shown:?}");
    assert_eq!(shown.len(), 2, "{shown:?}");
    client.tell("workspace/didChangeConfiguration", json!({"settings": {"eligc": {"inlayHints": false}}}));
    assert_eq!(hints(&mut client), []);
    client.end();
}

//! The wire form `elig-tree/3`: what is written is read back the same and fits the schema; what is broken is refused.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test panics")]

mod broken;
mod checks;
mod forms;
mod generated;
mod refused;
mod selected;
mod trees;

use eligc::ir::Polarity;
use eligc::ir::Table;
use eligc::tree::DecisionTree;
use eligc::tree::json::FORMAT;
use serde_json::{Value, json};

use trees::*;

#[test]
fn everything_is_read_back_the_same() {
    let tree = everything();
    tree.validate().unwrap();
    let text = tree.to_json();
    assert_eq!(DecisionTree::from_json(&text).unwrap(), tree);
    assert_eq!(text, tree.to_json());
    assert!(text.ends_with("}\n"));
    assert_fits(&schema(), &text);
}

#[test]
fn a_tree_that_asks_nothing_is_read_back_and_one_without_criteria_is_refused() {
    let mut tree = DecisionTree { questions: Table::default(), notes: Vec::new(), ..declarations() };
    let error = DecisionTree::from_json(&tree.to_json()).unwrap_err();
    assert_eq!(error.to_string(), "criteria: there is none: every patient would be eligible");
    assert!(!schema().is_valid(&serde_json::from_str(&tree.to_json()).unwrap()));
    tree.criteria.push(criterion("always", Polarity::Require, PASS));
    let text = tree.to_json();
    assert_eq!(DecisionTree::from_json(&text).unwrap(), tree);
    assert_fits(&schema(), &text);
}

#[test]
fn one_test_is_one_line() {
    let text = everything().to_json();
    for line in [
        r#"    {"test":"among","attribute":"method","values":["echo","muga"]},"#,
        r#"    {"test":"compare","left":{"fact":"lvef","select":"any","where":1,"over":"uln"},"op":"<=","right":{"number":"855/292331"}},"#,
        r#"    {"test":"is_yes","fact":"pregnant"},"#,
        r#"    {"test":"entries","kinds":["prednisone"],"where":4,"planned":true,"op":">=","count":1},"#,
        r#"    {"test":"window","of":"entry","is":"within","before":{"n":5,"unit":"half_life"},"after":{"n":1,"unit":"day"},"anchor":"screening"},"#,
        r#"    {"test":"window","of":"fact","fact":"birth_date","is":"before","anchor":"screening"},"#,
        r#"    {"test":"judged","question":"E18"},"#,
        r#"    {"test":0,"yes":"yes","no":"no","unknown":"unknown"},"#,
    ] {
        assert!(text.lines().any(|written| written == line), "no line {line} in\n{text}");
    }
    // A left chain of one operator is one list.
    assert!(
        text.contains(r#"{"add":[{"number":"1"},{"fact":"sledai2k"},{"add":[{"number":"2"},{"number":"-0.001"}]}]}"#)
    );
}

#[test]
fn every_shown_default_may_be_written_out() {
    let mut value: Value = serde_json::from_str(&everything().to_json()).unwrap();
    value["tests"][7]["select"] = json!("latest");
    value["tests"][7]["where"] = json!("yes");
    value["tests"][9]["distinct"] = json!(false);
    value["tests"][4]["undated"] = json!(false);
    value["tests"][4]["strict"] = json!(false);
    assert_eq!(DecisionTree::from_json(&value.to_string()).unwrap(), everything());
}

#[test]
fn the_order_of_units_does_not_matter() {
    let mut value: Value = serde_json::from_str(&everything().to_json()).unwrap();
    value["record"]["facts"][0]["type"]["units"] = json!({"1": "100", "%": "1", "[ppth]": "1/10"});
    assert_eq!(DecisionTree::from_json(&value.to_string()).unwrap(), everything());
}

#[test]
fn another_version_is_named() {
    let error = refused(|value| value["format"] = json!("elig-tree/1"));
    assert_eq!(error, format!("format: unknown version `elig-tree/1`; this program reads {FORMAT}"));
    // Even where nothing else is understood.
    let error = DecisionTree::from_json(r#"{"format": "elig-tree/9", "shape": {}}"#).unwrap_err().to_string();
    assert!(error.contains("elig-tree/9"), "{error}");
    let error = DecisionTree::from_json("{}").unwrap_err().to_string();
    assert!(error.starts_with("format: missing"), "{error}");
    let error = DecisionTree::from_json(r#"{"format": 1}"#).unwrap_err().to_string();
    assert!(error.starts_with("format: not a string"), "{error}");
}

#[test]
fn broken_json_is_refused_with_its_line() {
    let text = everything().to_json();
    let cut: String = text.chars().take(text.len() / 2).collect();
    let error = DecisionTree::from_json(&cut).unwrap_err().to_string();
    assert!(error.contains("line"), "{error}");
    assert!(DecisionTree::from_json("").is_err());
    assert!(DecisionTree::from_json("[]").is_err());
    assert!(DecisionTree::from_json(&(text + "{}")).is_err());
}

#[test]
fn an_unknown_field_is_refused_everywhere() {
    let mut judged = 0;
    let schema = schema();
    for tree in std::iter::once(everything()).chain(forms::trees(12)) {
        let whole: Value = serde_json::from_str(&tree.to_json()).unwrap();
        judged += without_unknown_fields(&schema, &whole);
    }
    assert!(judged > 1_500, "{judged}");
}

/// Puts a field of no meaning into each object, one after the other; how many there were.
fn without_unknown_fields(schema: &jsonschema::Validator, whole: &Value) -> usize {
    let mut paths = Vec::new();
    objects(whole, "", &mut paths);
    for path in &paths {
        let mut value = whole.clone();
        value.pointer_mut(path).unwrap()["no_such_field"] = json!(1);
        let error = DecisionTree::from_json(&value.to_string()).unwrap_err().to_string();
        assert!(error.contains("no_such_field"), "{path}: {error}");
        assert!(!schema.is_valid(&value), "the schema lets {path} pass");
    }
    paths.len()
}

/// Where the objects of a document are.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            // `units` is a map of spellings, not of fields.
            if !path.ends_with("/units") {
                found.push(path.to_owned());
            }
            for (key, inner) in map {
                objects(inner, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                objects(inner, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_missing_or_misshapen_part_is_judged_alike_by_schema_and_reader() {
    // Where the reader refuses a changed shape, that is no panic; where the schema accepts one, so does the reader, or
    // the reader's reason is one of meaning.
    fn places(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    let path = format!("{path}/{}", key.replace('/', "~1"));
                    found.push(path.clone());
                    places(inner, &path, found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    places(inner, &format!("{path}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let whole: Value = serde_json::from_str(&everything().to_json()).unwrap();
    let mut paths = Vec::new();
    places(&whole, "", &mut paths);
    let schema = schema();
    for path in paths {
        for unparsed in [json!(null), json!(-1), json!(1.5), json!({"a": 1}), json!([[]]), json!("\u{0}"), json!(true)]
        {
            let mut value = whole.clone();
            *value.pointer_mut(&path).unwrap() = unparsed.clone();
            if DecisionTree::from_json(&value.to_string()).is_ok() && !unparsed.is_null() {
                assert!(schema.is_valid(&value), "{path} = {unparsed} is read, but is not in the schema");
            }
        }
    }
}

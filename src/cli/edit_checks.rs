//! `eligc eval --edit-checks`: a list of queries for a data manager.

use std::fmt::Write as _;

use super::args::EvalFormat;
use super::io::Failure;
use super::table::Paint;
use crate::explain::{Conflict, EvidenceItem, found_text};
use crate::legible;
use crate::record::RecordId;
use crate::source::one_line;

/// The first line of the CSV.
pub(super) const HEADER: &str = "record,check,text,item,value,unit,date,start,end\n";

/// What is printed of the checks that one record fails.
pub(super) fn queries(id: &RecordId, failed: &[Conflict], format: EvalFormat, paint: Paint) -> Result<String, Failure> {
    let mut text = String::new();
    if failed.is_empty() {
        return Ok(text);
    }
    match format {
        EvalFormat::Human => {
            let _ = writeln!(text, "{}", paint.strong(&id.shown()));
            failed.iter().for_each(|conflict| lines(&mut text, conflict, paint));
        }
        EvalFormat::Json => {
            for conflict in failed {
                text.push_str(&json(id, conflict)?);
                text.push('\n');
            }
        }
        EvalFormat::Csv => {
            for conflict in failed {
                conflict.found.iter().for_each(|found| row(&mut text, id, conflict, found));
            }
        }
    }
    Ok(text)
}

/// A check that fails, and a line for each value of it.
pub(super) fn lines(text: &mut String, conflict: &Conflict, paint: Paint) {
    let number = conflict.id.as_deref().map_or(String::new(), |id| format!("{}  ", legible::id(id)));
    let line = format!("{number}{}", legible::line(&one_line(&conflict.check)));
    let _ = writeln!(text, "    {}", paint.bad(&line));
    for found in &conflict.found {
        let _ = writeln!(text, "        {}", legible::line(&found_text(found)));
    }
    if let Some(why) = &conflict.why {
        let _ = writeln!(text, "        {}", paint.faint(&legible::line(&one_line(why))));
    }
}

fn json(id: &RecordId, conflict: &Conflict) -> Result<String, Failure> {
    #[derive(serde::Serialize)]
    struct Query<'a> {
        record: &'a RecordId,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<&'a str>,
        check: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<&'a str>,
        items: &'a [String],
        found: &'a [EvidenceItem],
    }
    let Conflict { id: number, check, why, items, found, .. } = conflict;
    let query = Query { record: id, id: number.as_deref(), check, why: why.as_deref(), items, found };
    serde_json::to_string(&query).map_err(|error| Failure(format!("cannot write a query as JSON: {error}")))
}

fn row(text: &mut String, id: &RecordId, conflict: &Conflict, found: &EvidenceItem) {
    let value = match (&found.charted, &found.value) {
        (Some(charted), _) => charted.clone(),
        (None, Some(value)) => value.to_string(),
        (None, None) => String::new(),
    };
    // A value as charted has its own unit behind it.
    let unit = found.unit.as_deref().filter(|_| found.charted.is_none()).unwrap_or_default();
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let fields = [
        id.to_string(),
        or_empty(&conflict.id),
        one_line(&conflict.check),
        found.name.clone(),
        value,
        unit.to_owned(),
        or_empty(&found.at),
        or_empty(&found.start),
        or_empty(&found.end),
    ];
    text.push_str(&fields.map(|field| quoted(&field)).join(","));
    text.push('\n');
}

/// A field of CSV: in quotes where it holds a comma, a quote or a line end. A text that a spreadsheet would run as a
/// formula begins with an apostrophe.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

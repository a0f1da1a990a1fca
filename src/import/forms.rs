//! A registry record in whichever form: JSON, XML or the text of a page.

use super::record::Record;
use super::{json, page, xml};

impl Record {
    /// Reads a record in any form. `study` is the number of the one to take where a file has several.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str, study: Option<&str>) -> Result<Record, String> {
        let text = text.trim_start_matches('\u{feff}');
        let begins = text.trim_start();
        let record = if begins.starts_with(['{', '[']) {
            json::read(text, study)?
        } else if begins.starts_with('<') {
            xml::read(begins, study)?
        } else {
            page::read(text)?
        };
        let named = record.number.as_ref().map(|number| number.id.as_str()).or(record.code.as_deref());
        match study {
            Some(study) if !named.is_some_and(|named| named.eq_ignore_ascii_case(study)) => {
                Err(format!("it is the record of {}, not of {study}", named.unwrap_or("a trial without a number")))
            }
            _ => Ok(record),
        }
    }
}

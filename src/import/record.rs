//! A registry record: what the trial is called, and the text of its criteria.

use super::identity::{Number, Sponsor};

/// What a draft needs of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its number in a registry.
    pub number: Option<Number>,
    /// The registry that it is from: the number's, or one that the page names as its source.
    pub registry: Option<&'static str>,
    /// The sponsor's own code for the trial, as an id.
    pub code: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The lead sponsor.
    pub sponsor: Option<Sponsor>,
    /// The phase, as the record says it.
    pub phase: Option<String>,
    /// When the record was last changed: `2024-03-01`.
    pub as_of: Option<String>,
    /// Age, sex and the like, as the record's own fields give them.
    pub fields: Vec<(String, String)>,
    /// The least age and the greatest, as the record's own fields give them: `18 Years`.
    pub ages: (Option<String>, Option<String>),
    /// The criteria, lines as they are.
    pub criteria: String,
    /// The line of a page that ends its criteria.
    pub ended: Option<String>,
    /// What a person must settle, one sentence each.
    pub open: Vec<String>,
}

/// The study to take of those in a file, of which `name` tells the number.
///
/// # Errors
/// There is none, there are several and none is named, or the named one is not among them.
pub(super) fn chosen<T>(mut studies: Vec<T>, study: Option<&str>, name: impl Fn(&T) -> String) -> Result<T, String> {
    let names: Vec<String> = studies.iter().map(&name).collect();
    let listed = || {
        let shown: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
        let more = names.len().saturating_sub(shown.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", shown.join(", "))
    };
    let at = match study {
        Some(study) => {
            let mut found = names.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(study));
            match (found.next(), found.next()) {
                (Some((at, _)), None) => at,
                (Some(_), Some(_)) => return Err(format!("it holds {study} more than once")),
                (None, _) => return Err(format!("it holds no study {study}: it holds {}", listed())),
            }
        }
        None if studies.len() > 1 => {
            let count = studies.len();
            return Err(format!("it holds {count} studies, name one with --study: {}", listed()));
        }
        None => 0,
    };
    if at < studies.len() { Ok(studies.swap_remove(at)) } else { Err("it holds no study".to_owned()) }
}

/// `2024-03-01`, `2024-03`
pub(super) fn iso_date(text: &str) -> Option<String> {
    let date: String = text.trim().chars().take_while(|letter| letter.is_ascii_digit() || *letter == '-').collect();
    let shape: Vec<usize> = date.split('-').map(str::len).collect();
    matches!(shape.as_slice(), [4] | [4, 2] | [4, 2, 2]).then_some(date)
}

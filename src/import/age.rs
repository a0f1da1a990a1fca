//! The ages of a record's own fields, as the language asks for them.

/// `require [I0] age at consent between 18 and 70 years`, one line for each statement; nothing where no age is given.
pub(super) fn hint(ages: &(Option<String>, Option<String>)) -> Vec<String> {
    let least = ages.0.as_deref().and_then(|text| age(text, ages.1.as_deref()));
    let most = ages.1.as_deref().and_then(|text| age(text, None));
    let age = "require [I0] age at consent";
    match (least, most) {
        (Some((least, unit)), Some((most, other))) if unit == other => {
            vec![format!("{age} between {least} and {most} {unit}")]
        }
        (least, most) => {
            let bound =
                |sign, found: Option<(String, &str)>| found.map(|(count, unit)| format!("{age} {sign} {count} {unit}"));
            bound(">=", least).into_iter().chain(bound("<=", most)).collect()
        }
    }
}

/// `18 Years`, `6 Months`, `18Y`, `18`: the number and the unit. Where none is written it is that of the other bound, or
/// years.
fn age<'u>(text: &str, other: Option<&str>) -> Option<(String, &'u str)> {
    let text = text.trim().trim_start_matches(['≥', '≤', '>', '<', '=']).trim_start();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let behind = text.get(digits.len()..)?.trim_start();
    if digits.is_empty() || digits.len() > 4 || behind.starts_with(['.', ',']) {
        return None;
    }
    let unit = |word: &str| match word.trim().to_lowercase().chars().next() {
        Some('y') => Some("years"),
        Some('m') if !word.to_lowercase().starts_with("mi") => Some("months"),
        Some('w') => Some("weeks"),
        Some('d') => Some("days"),
        _ => None,
    };
    if behind.is_empty() {
        let words =
            |other: &str| other.trim().trim_start_matches(|letter: char| letter.is_ascii_digit()).trim().to_owned();
        return Some((digits, other.and_then(|other| unit(&words(other))).unwrap_or("years")));
    }
    unit(behind).map(|unit| (digits, unit))
}

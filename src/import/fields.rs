//! The fields of a page that are given next to its criteria: ages, sex, whether healthy volunteers may join.

/// Their labels.
pub(super) const FIELDS: &[&str] = &[
    "sex",
    "sexes",
    "gender",
    "genders",
    "age",
    "ages",
    "age group",
    "age groups",
    "age range",
    "minimum age",
    "maximum age",
    "age minimum",
    "age maximum",
    "lower age limit",
    "upper age limit",
    "healthy volunteers",
    "accepts healthy volunteers",
    "healthy volunteers allowed",
    "volunteers",
    "sexes eligible for study",
    "genders eligible for study",
    "ages eligible for study",
];

/// Labels of lines that such fields are followed by.
const CONTACTS: &[&str] =
    &["contact", "contacts", "phone", "telephone", "tel", "email", "e-mail", "fax", "name", "address"];

/// `Sex: All`
pub(super) fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once([':', '\t'])?;
    named(name).then(|| (name.trim().to_owned(), value.trim().to_owned()))
}

fn named(label: &str) -> bool {
    FIELDS.contains(&label.trim().trim_end_matches(['?', ':']).trim_end().to_lowercase().as_str())
}

/// Fields on one line, or with their value on the next one.
pub(super) fn all(lines: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let pair = field(line.trim()).filter(|(_, value)| !value.is_empty());
        if let Some(pair) = pair {
            found.push(pair);
        } else if named(line)
            && let Some(value) = lines.iter().skip(at + 1).find(|line| !line.trim().is_empty())
        {
            found.push((line.trim().trim_end_matches(':').to_owned(), value.trim().to_owned()));
        }
    }
    found
}

/// Whether a value is one that registries give in such a field, and no words of a criterion.
fn is_value(label: &str, value: &str) -> bool {
    let (label, small) = (label.to_lowercase(), value.trim().to_lowercase());
    let begins = |words: &[&str]| words.iter().any(|word| small.starts_with(word));
    if label.contains("volunteer") {
        return matches!(small.trim_end_matches('.'), "yes" | "no" | "accepted" | "not accepted" | "true" | "false")
            || begins(&["accepts healthy", "no healthy", "yes,", "no,"]);
    }
    if label.contains("sex") || label.contains("gender") {
        return small.split_whitespace().count() <= 4 && begins(&["all", "both", "female", "male", "any"]);
    }
    let limits = ["n/a", "no limit", "no maximum", "no minimum", "none", "not ", "child", "adult", "older"];
    small.split_whitespace().count() <= 10
        && (small.starts_with(|letter: char| letter.is_ascii_digit()) || begins(&limits))
}

/// How many of the lines are fields with such values, and blank ones; the values of labels that are alone count in.
pub(super) fn run(lines: &[&str]) -> usize {
    let mut end = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at).map(|line| line.trim()) {
        if line.is_empty() {
            at += 1;
            continue;
        }
        let same = field(line).filter(|(_, value)| !value.is_empty());
        if let Some((label, value)) = same {
            if !is_value(&label, &value) {
                break;
            }
            at += 1;
        } else if named(line) {
            let next = (at + 1..lines.len()).find(|at| lines.get(*at).is_some_and(|line| !line.trim().is_empty()));
            let Some(next) = next.filter(|at| lines.get(*at).is_some_and(|value| is_value(line, value))) else {
                break;
            };
            at = next + 1;
        } else {
            break;
        }
        end = at;
    }
    end
}

/// Whether the page's fields begin at a line behind the list that begins at `last`: items are between, and nothing of a
/// list behind.
pub(super) fn behind(lines: &[&str], at: usize, last: usize, is_title: impl Fn(&str) -> bool) -> bool {
    let first = lines.get(at).map(|line| line.trim()).unwrap_or_default();
    if !(field(first).is_some() || named(first)) {
        return false;
    }
    let between = lines.get(last + 1..at).unwrap_or_default();
    // What looks like a heading may be the end of an item: `.. before` / `inclusion`, `(see` / `Exclusion Criteria: 3)`.
    let long = lines.get(last).is_some_and(|line| {
        let behind = line.split_once(':').is_some_and(|(_, behind)| !behind.trim().is_empty());
        behind || line.split_whitespace().count() > 4 || line.trim_start().starts_with(char::is_lowercase)
    });
    let own = between.get(run(between)..).unwrap_or_default();
    if !long && own.iter().all(|line| line.trim().is_empty()) {
        return false;
    }
    let behind = lines.get(at..).unwrap_or_default();
    let run = run(behind);
    let next = behind.get(run..).unwrap_or_default().iter().find(|line| !line.trim().is_empty());
    let contact = |line: &str| {
        let label = line.split(':').next().unwrap_or_default().trim().to_lowercase();
        CONTACTS.contains(&label.as_str())
    };
    run > 0 && next.is_none_or(|next| is_title(next) || contact(next))
}

/// The least and the greatest age among the fields: each in one of its own, or `18 to 70 years` in one.
pub(super) fn ages(fields: &[(String, String)]) -> (Option<String>, Option<String>) {
    let of = |names: &[&str]| {
        let found = fields.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str()));
        found.map(|(_, value)| value.clone())
    };
    let least = of(&["minimum age", "age minimum", "lower age limit"]);
    let most = of(&["maximum age", "age maximum", "upper age limit"]);
    if least.is_some() || most.is_some() {
        return (least, most);
    }
    let Some(both) = of(&["ages", "age", "age range", "ages eligible for study"]) else {
        return (None, None);
    };
    match both.split_once(" to ") {
        Some((least, most)) => (Some(least.to_owned()), Some(most.to_owned())),
        None => (None, None),
    }
}

//! Names and parts of a text as a sentence shows them.

use crate::source::one_line;

/// `a, b or c`, each in backticks, at most eight of them.
pub fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if quoted.len() > 8 {
        quoted.truncate(7);
        return format!("{}, ..", quoted.join(", "));
    }
    match quoted.pop() {
        None => "nothing".to_owned(),
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} or {last}", quoted.join(", ")),
    }
}

/// `a`, `b` and `c`, each in backticks; of more than four the first three.
pub fn listed(names: &[&str]) -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            format!("{} and {} others", quoted(&[first, second, third]), rest.len())
        }
        [before @ .., last] => format!("{} and `{last}`", quoted(before)),
    }
}

/// A part of the line as a help repeats it; one that would not fit there is left out.
pub fn short(text: &str) -> &str {
    let text = text.trim();
    if text.len() > 40 || text.contains(['\n', '#', '`']) { ".." } else { text }
}

/// A window in a headline.
pub fn quoted(window: &str) -> String {
    let window = one_line(window);
    if window.len() > 38 { "this".to_owned() } else { format!("`{window}`") }
}

/// `1 file`, `2 files`
pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

//! The words of the checker's diagnostics, by subject. Passes say what is wrong as data; the sentences are here.

mod examples;
mod names;
mod time;
mod types;
mod units;

pub(super) use examples::*;
pub(super) use names::*;
pub(super) use time::*;
pub(super) use types::*;
pub(super) use units::*;

/// The name of a dimension with its article: "a mass", "an amount concentration".
fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// `a, b or c`, each in backticks, at most eight of them.
fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
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

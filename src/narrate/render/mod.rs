//! A reading as text, Markdown or HTML.

pub mod html;
pub mod markdown;
pub mod text;

use super::Item;

/// The first letter made a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence: a colon before a list, else a full stop.
pub(super) fn closed(text: &str, has_list: bool) -> String {
    if has_list {
        format!("{text}:")
    } else if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// An item of a list: a colon before a list of its own, else as it is.
pub(super) fn listed(item: &Item) -> String {
    if item.children.is_empty() { item.text.clone() } else { format!("{}:", item.text) }
}

//! A criterion as a record writes it.

/// Which list an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Inclusion.
    Inclusion,
    /// Exclusion.
    Exclusion,
}

/// One criterion, or a line that introduces some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which list; nothing where the record does not say it for sure.
    pub side: Option<Side>,
    /// `5`, `5.1`; nothing for a line without a place in a list.
    pub number: Option<String>,
    /// Its words, lines joined.
    pub text: String,
    /// It only introduces the items under it.
    pub introduces: bool,
    /// Where the end of a line may break a number in its words: `2. / 5`.
    pub broken: Option<String>,
}

impl Item {
    /// An item of which nothing is in doubt.
    pub(super) fn new(side: Option<Side>, number: Option<String>, text: &str, introduces: bool) -> Item {
        Item { side, number, text: text.to_owned(), introduces, broken: None }
    }
}

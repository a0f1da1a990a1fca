//! What a window is about: an anchor of the trial, or the first or last of some entries.

use super::Stage;

/// What a window is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WindowAnchor<S: Stage> {
    /// A dated event of the trial.
    Date(S::Anchor),
    /// The first or last of some entries. Where surely none counts, no window about it holds.
    Entry(Box<EntryPoint<S>>),
}

/// The first or the last of the entries of some kinds that count, by where they begin. What is marked as planned does not
/// count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryPoint<S: Stage> {
    /// The last one rather than the first.
    pub last: bool,
    /// The day on which it ends rather than that on which it begins.
    pub ends: bool,
    /// The kinds, ascending, each once.
    pub kinds: Vec<S::Kind>,
    /// Which entries count. That the last is one of those begun by the default anchor's day is in it.
    pub filter: S::EntryFilter,
}

impl<S: Stage> WindowAnchor<S> {
    /// The anchor of the trial; none where it is an entry.
    pub fn date(&self) -> Option<S::Anchor> {
        match self {
            WindowAnchor::Date(anchor) => Some(*anchor),
            WindowAnchor::Entry(_) => None,
        }
    }

    /// The entry; none where it is an anchor of the trial.
    pub fn entry(&self) -> Option<&EntryPoint<S>> {
        match self {
            WindowAnchor::Date(_) => None,
            WindowAnchor::Entry(point) => Some(point),
        }
    }
}

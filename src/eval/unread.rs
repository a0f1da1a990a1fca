//! Evidence that criteria leave unread, as a tree tells it before any record is there.

use super::uses::Dependency;

/// A fact or kind that bears on what criteria read and that none of their side reads.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) of: Dependency,
    /// The criteria, by place, each with what of it it reads.
    pub(crate) criteria: Vec<(usize, Vec<String>)>,
}

//! How the time of an entry or a result is to an anchor.

use crate::units::TimeUnit;

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Length {
    /// So many calendar units.
    Calendar(u32, TimeUnit),
    /// So many half-lives of the entry in scope.
    HalfLives(u32),
}

/// How old a result may be that answers where no window is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResultAge {
    /// Of any age, up to the day of the default anchor; one without a date too.
    Any,
    /// From so long before the default anchor on.
    Within(Length),
}

/// How a stretch `start..end` (a date has both the same) relates to an anchor `A`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Overlaps `A - before ..= A + after`; an absent length is nothing.
    Within {
        /// How far back.
        before: Option<Length>,
        /// How far on.
        after: Option<Length>,
    },
    /// `start < A`.
    Before,
    /// `start > A`.
    After,
    /// `start = A`.
    At,
    /// `start <= A`.
    UpTo,
    /// `start <= A <= end`.
    Current,
    /// `planned` is yes, or is not given and `start > A`.
    Planned,
    /// `start < A - length` (`start <= A - length` unless strict).
    EarlierBy {
        /// Strict.
        strict: bool,
        /// How much.
        length: Length,
    },
    /// `start > A + length` (`start >= A + length` unless strict).
    LaterBy {
        /// Strict.
        strict: bool,
        /// How much.
        length: Length,
    },
    /// `start <= A - length` and `end >= A`.
    Throughout {
        /// How long.
        length: Length,
    },
    /// `start + length <= end` (`<` when strict), a running entry ending at `A`.
    Lasting {
        /// Strict.
        strict: bool,
        /// How long.
        length: Length,
    },
}

impl Relation {
    /// Whether it asks of a start that it is late enough, so that an earlier one may not do.
    pub fn begins_late(&self) -> bool {
        match self {
            Relation::After | Relation::At | Relation::Planned | Relation::LaterBy { .. } => true,
            Relation::Within { .. }
            | Relation::Before
            | Relation::UpTo
            | Relation::Current
            | Relation::EarlierBy { .. }
            | Relation::Throughout { .. }
            | Relation::Lasting { .. } => false,
        }
    }

    /// Whether it says which days are in it, so that a highest and a lowest of them can be told.
    pub fn has_days(&self) -> bool {
        match self {
            Relation::Within { .. } => !self.lengths().any(Length::is_odd),
            Relation::Before
            | Relation::After
            | Relation::At
            | Relation::UpTo
            | Relation::Current
            | Relation::Planned
            | Relation::EarlierBy { .. }
            | Relation::LaterBy { .. }
            | Relation::Throughout { .. }
            | Relation::Lasting { .. } => false,
        }
    }

    /// Whether a stretch of days may stand so to an anchor: where it does, any longer stretch that holds it does too.
    pub fn of_a_stretch(&self) -> bool {
        match self {
            Relation::Within { .. }
            | Relation::Before
            | Relation::UpTo
            | Relation::Current
            | Relation::Throughout { .. }
            | Relation::Lasting { .. } => !self.lengths().any(Length::is_odd),
            Relation::After
            | Relation::At
            | Relation::Planned
            | Relation::EarlierBy { .. }
            | Relation::LaterBy { .. } => false,
        }
    }

    /// Whether it asks of an entry that it goes on, so that its end counts too.
    pub fn goes_on(&self) -> bool {
        match self {
            Relation::Current | Relation::Throughout { .. } | Relation::Lasting { .. } => true,
            Relation::Within { .. }
            | Relation::Before
            | Relation::After
            | Relation::At
            | Relation::UpTo
            | Relation::Planned
            | Relation::EarlierBy { .. }
            | Relation::LaterBy { .. } => false,
        }
    }
}

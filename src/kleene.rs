//! Kleene's three answers.

/// Yes, no, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tri {
    No,
    Yes,
    Unknown,
}

impl Tri {
    /// Yes or no.
    pub(super) fn of(answer: bool) -> Tri {
        if answer { Tri::Yes } else { Tri::No }
    }

    /// `None` is unknown.
    pub(super) fn known(self) -> Option<bool> {
        match self {
            Tri::No => Some(false),
            Tri::Yes => Some(true),
            Tri::Unknown => None,
        }
    }

    pub(super) fn not(self) -> Tri {
        match self {
            Tri::No => Tri::Yes,
            Tri::Yes => Tri::No,
            Tri::Unknown => Tri::Unknown,
        }
    }

    pub(super) fn and(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::No, _) | (_, Tri::No) => Tri::No,
            (Tri::Yes, Tri::Yes) => Tri::Yes,
            _ => Tri::Unknown,
        }
    }

    pub(super) fn or(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::Yes, _) | (_, Tri::Yes) => Tri::Yes,
            (Tri::No, Tri::No) => Tri::No,
            _ => Tri::Unknown,
        }
    }
}

impl From<Option<bool>> for Tri {
    fn from(answer: Option<bool>) -> Tri {
        answer.map_or(Tri::Unknown, Tri::of)
    }
}

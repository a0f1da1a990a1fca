//! An expression as text, and how tightly it holds together.

/// How tightly an expression holds together.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Tie {
    Or,
    And,
    Not,
    Tailed,
    Sum,
    Product,
    Power,
    Atom,
}

/// An expression and how tightly it holds together.
pub(super) struct Text(pub(super) String, pub(super) Tie);

impl Text {
    pub(super) fn atom(text: impl Into<String>) -> Text {
        Text(text.into(), Tie::Atom)
    }

    pub(super) fn tailed(text: impl Into<String>) -> Text {
        Text(text.into(), Tie::Tailed)
    }

    /// As an operand of something that ties so tightly.
    pub(super) fn inside(self, tie: Tie) -> String {
        if self.1 < tie { format!("({})", self.0) } else { self.0 }
    }
}

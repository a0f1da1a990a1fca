//! What a criterion is for and what comes of it.

/// Whether a criterion must hold or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// `require`
    Require,
    /// `exclude`
    Exclude,
}

/// A patient's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every criterion passes.
    Eligible,
    /// At least one fails.
    Ineligible,
    /// None fails, at least one is unknown.
    Undetermined,
}

/// A criterion's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It does not keep the patient out.
    Pass,
    /// It does.
    Fail,
    /// Not known.
    Unknown,
}

/// The number of the criterion that `incomplete` comes to: it is always unknown.
pub const INCOMPLETE: &str = "incomplete";

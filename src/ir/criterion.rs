//! What a criterion is for and what comes of it.

use std::fmt;

/// Whether a criterion must hold or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// `require`
    Require,
    /// `exclude`
    Exclude,
}

/// A patient's verdict: [`Verdict::word`] is how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every criterion passes.
    Eligible,
    /// At least one fails.
    Ineligible,
    /// None fails, at least one is unknown.
    Undetermined,
}

impl Verdict {
    /// `eligible`, `ineligible` or `undetermined`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Eligible => "eligible",
            Verdict::Ineligible => "ineligible",
            Verdict::Undetermined => "undetermined",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A criterion's outcome: [`Outcome::word`] is how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It does not keep the patient out.
    Pass,
    /// It does.
    Fail,
    /// Not known.
    Unknown,
}

impl Outcome {
    /// `pass`, `fail` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// The number of the criterion that `incomplete` comes to: it is always unknown.
pub const INCOMPLETE: &str = "incomplete";

//! Which error of its code a diagnostic is, as data. Whoever decides by a diagnostic (suppression, an editor, the
//! formatter) looks at its code, this and its spans, never at its words.

/// Which of the errors of its code it is, where something depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// Nothing depends on which one it is.
    #[default]
    Plain,
    /// The grammar needs a part that is not there. `instead` says whether other text was found in its place, which the
    /// message then names.
    Expected {
        /// The part.
        part: Part,
        /// Whether other text is in its place.
        instead: bool,
    },
    /// A comma where two conditions need `and` or `or`.
    CommaJoinsNothing,
    /// Words side by side, which no sign or word joins: `uncontrolled hypertension`.
    WordsInARow,
    /// `for 3 months`, which is of what is before it.
    ForLength,
    /// `require` with nothing behind it.
    NoCondition,
    /// `%` or `*` with nothing to apply it to.
    SignAlone,
    /// A text without its second quote.
    UnclosedText,
    /// `²` outside a unit.
    RaisedDigit,
    /// `x` between two values, which may be what is left of `x ULN`.
    TimesInWords,
    /// Conditions inside one another past the limit, once definitions are put in.
    NestedConditions,
    /// An example answers a judgement that no criterion asks.
    UnknownJudgement,
}

/// A part that the grammar needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// `when`, behind a second bound.
    When,
    /// A text in quotes.
    Text,
    /// Any other.
    Other,
}

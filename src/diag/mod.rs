//! Diagnostics as data: what is wrong, where, and what to type instead. [`render`] alone knows how they look.

pub mod code;
pub mod fix;
pub mod kind;
pub mod level;
#[cfg(feature = "compile")]
pub mod render;
pub mod suggest;
pub mod suppress;
pub mod wording;

pub use code::{Code, Retired, Severity};
pub use kind::{DiagnosticKind, Part};

use crate::source::Span;

/// A text next to a stretch of source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The stretch.
    pub span: Span,
    /// Up to six words; may be empty.
    pub text: String,
}

/// Whether an edit may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Safety {
    /// The meaning stays: no patient's verdict changes.
    Safe,
    /// Who is eligible may change: a person decides.
    Ask,
}

/// An edit that corrects what a diagnostic found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What the edit does, as an act: "write `/uL`".
    pub title: String,
    /// The stretch replaced.
    pub span: Span,
    /// The new text.
    pub replacement: String,
    /// Whether it may be applied unasked.
    pub safety: Safety,
}

/// One finding: what is wrong or doubtful, where, and what to write instead. `render` draws it; its words are for people, and a
/// program decides by [`Diagnostic::code`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its code, forever the same for this kind of finding.
    pub code: Code,
    /// Which of the errors of its code it is.
    #[doc(hidden)]
    pub kind: DiagnosticKind,
    /// The author's own words that it is about, such as the unknown name, where they are not those under its primary
    /// label, or repeats of it are told once. Empty where the code says it all.
    pub about: String,
    /// Error or warning; from the code unless the caller asked otherwise.
    pub severity: Severity,
    /// The headline: complete by itself, lower case, no final period.
    pub title: String,
    /// The bytes most likely to change.
    pub primary: Label,
    /// Why: the other operand, the declaration.
    pub secondary: Vec<Label>,
    /// Facts.
    pub notes: Vec<String>,
    /// Acts.
    pub helps: Vec<String>,
    /// Edits.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic with its code's own severity and an empty primary label.
    #[doc(hidden)]
    pub fn new(code: Code, span: Span, title: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            kind: DiagnosticKind::Plain,
            about: String::new(),
            severity: code.severity(),
            title: title.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Says which of the errors of its code it is.
    #[must_use]
    #[doc(hidden)]
    pub fn kind(mut self, kind: DiagnosticKind) -> Diagnostic {
        self.kind = kind;
        self
    }

    /// Says which words of the author it is about.
    #[must_use]
    #[doc(hidden)]
    pub fn about(mut self, words: impl Into<String>) -> Diagnostic {
        self.about = words.into();
        self
    }

    /// What it says, apart from its place: the same for the same mistake at another place.
    #[doc(hidden)]
    pub fn mistake(&self) -> Mistake<'_> {
        Mistake { code: self.code, kind: self.kind, about: &self.about }
    }

    /// Sets the text under the primary span.
    #[must_use]
    #[doc(hidden)]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
    }

    /// Adds a secondary label.
    #[must_use]
    #[doc(hidden)]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    #[doc(hidden)]
    pub fn note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }

    /// Adds an act.
    #[must_use]
    #[doc(hidden)]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.helps.push(text.into());
        self
    }

    /// Adds an edit.
    #[must_use]
    #[doc(hidden)]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
        safety: Safety,
    ) -> Diagnostic {
        self.fixes.push(Fix { title: title.into(), span, replacement: replacement.into(), safety });
        self
    }
}

/// What a diagnostic says, apart from its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mistake<'a> {
    /// Its code.
    pub code: Code,
    /// Which of the errors of its code.
    #[doc(hidden)]
    pub kind: DiagnosticKind,
    /// The author's words that it is about.
    pub about: &'a str,
}

/// Sorts by file, place and code, and drops exact repeats: the same program always gives the same list.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.primary.span, a.code.order(), a.mistake()).cmp(&(b.primary.span, b.code.order(), b.mistake()))
    });
    diagnostics.dedup();
}

/// A finding for people, with the others that are the same mistake made again.
#[derive(Debug, Clone)]
pub struct DiagnosticGroup<'a> {
    /// The first.
    pub first: &'a Diagnostic,
    /// The rest, in order.
    pub again: Vec<&'a Diagnostic>,
}

/// The diagnostics in order, those that repeat one mistake of a file (the same unknown name, one more `todo`) with the
/// first of them. Programs are given every place; people are told once.
pub fn grouped(diagnostics: &[Diagnostic]) -> Vec<DiagnosticGroup<'_>> {
    let mut found: Vec<DiagnosticGroup<'_>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for diagnostic in diagnostics {
        if !diagnostic.code.is_one_mistake() {
            found.push(DiagnosticGroup { first: diagnostic, again: Vec::new() });
            continue;
        }
        let key = (diagnostic.primary.span.file, diagnostic.mistake());
        let at = *places.entry(key).or_insert(found.len());
        match found.get_mut(at) {
            Some(group) => group.again.push(diagnostic),
            None => found.push(DiagnosticGroup { first: diagnostic, again: Vec::new() }),
        }
    }
    found
}

/// Whether any is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

//! One mistake, one message: what follows from another finding is left out. It is decided by codes, kinds and places.

use super::{Code, Diagnostic, DiagnosticKind, Part, Severity};
use crate::source::{SourceMap, Span};

/// The findings that others follow from, each list in the order of the text.
struct Causes {
    /// Powers of ten without their superscript: what they leave behind is no number and no unit.
    superscripts: Vec<Span>,
    /// Values asked in the wrong way: that `=` is no comparison is said by the message that knows what is compared.
    wrongly_asked: Vec<Span>,
    /// What is no sentence gives its neighbours no meaning that could be judged.
    torn: Vec<Span>,
    /// What does not follow the grammar.
    ungrammatical: Vec<Span>,
    /// Behind a comma that joins nothing, `, or mi` was to be one more of a list and no second bound.
    commas: Vec<Span>,
    /// Where it is not known what two words are, neither is what a length of time behind them is of.
    in_a_row: Vec<Span>,
    numbers: Vec<Span>,
    too_deep: Vec<Span>,
    /// Of form, whatever it is.
    unread: Vec<Span>,
    /// What is left open says it for all that is missing up to the end of its statement.
    unclosed: Vec<Span>,
    unclosed_texts: Vec<Span>,
    unknown_names: Vec<Span>,
    /// A statement that is only begun may be the one that is missed.
    begun: Vec<Span>,
    /// Names may be those of a vocabulary that was not found.
    without_vocabulary: bool,
}

impl Causes {
    fn of(diagnostics: &[Diagnostic]) -> Causes {
        let of = |cause: fn(&Diagnostic) -> bool| -> Vec<Span> {
            diagnostics.iter().filter(|found| cause(found)).map(|found| found.primary.span).collect()
        };
        Causes {
            superscripts: of(|found| found.code == Code::E0109),
            wrongly_asked: of(|found| found.code.is_of_question()),
            torn: of(|found| {
                found.code.is_of_grammar() || found.code == Code::E0107 || found.kind == DiagnosticKind::RaisedDigit
            }),
            ungrammatical: of(|found| found.code.is_of_grammar()),
            commas: of(|found| found.kind == DiagnosticKind::CommaJoinsNothing),
            in_a_row: of(|found| found.kind == DiagnosticKind::WordsInARow),
            numbers: of(|found| found.code == Code::E0107),
            too_deep: of(|found| found.code == Code::E0103),
            unread: of(|found| found.code.is_of_form()),
            unclosed: of(|found| found.code == Code::E0102),
            unclosed_texts: of(|found| found.kind == DiagnosticKind::UnclosedText),
            unknown_names: of(|found| found.code == Code::E0201),
            begun: of(|found| matches!(found.code, Code::E0102 | Code::E0105)),
            without_vocabulary: diagnostics.iter().any(|found| found.code == Code::E0205),
        }
    }

    /// Whether a finding follows from one of these, or from the `last` that was kept.
    fn explain(&self, found: &Diagnostic, last: Option<&Diagnostic>, sources: &SourceMap) -> bool {
        let span = found.primary.span;
        match found.code {
            Code::E0109 => false,
            _ if near(&self.superscripts, span, sources) => true,
            code if code.is_of_grammar() => self.explain_ungrammatical(found, sources),
            Code::E0106 => self.explain_operator(found, sources),
            Code::E0209
                if in_file(&self.begun, span)
                    || found.kind == DiagnosticKind::UnknownJudgement && in_file(&self.unread, span) =>
            {
                true
            }
            Code::E0302 if last.is_some_and(|last| same_unit_missing(last, found, sources)) => true,
            Code::W0702 => self.torn.contains(&span),
            Code::E0103 => self.too_deep.first() != Some(&span) && found.kind == DiagnosticKind::NestedConditions,
            Code::E0201 | Code::E0204 if self.without_vocabulary => true,
            Code::W0705 => in_file(&self.unread, span),
            code if code.is_of_form() => false,
            code if found.severity == Severity::Error || code == Code::W0704 => near(&self.torn, span, sources),
            _ => around(&self.torn, span).iter().any(|other| overlap(*other, span)),
        }
    }

    fn explain_ungrammatical(&self, found: &Diagnostic, sources: &SourceMap) -> bool {
        let span = found.primary.span;
        let part = match found.kind {
            DiagnosticKind::Expected { part, .. } => Some(part),
            _ => None,
        };
        if part == Some(Part::When) {
            return self.commas.iter().any(|comma| same_line(*comma, span, sources));
        }
        if self.unclosed.contains(&span)
            || self.unclosed_texts.iter().any(|text| *text <= span && same_line(*text, span, sources))
        {
            return true;
        }
        match found.kind {
            DiagnosticKind::Expected { part: Part::Text, .. } => {
                self.unclosed.iter().any(|bracket| *bracket < span && same_line(*bracket, span, sources))
            }
            DiagnosticKind::NoCondition => near_number(&self.unclosed, span, sources),
            DiagnosticKind::SignAlone => near(&self.numbers, span, sources),
            DiagnosticKind::ForLength => near(&self.in_a_row, span, sources),
            _ => false,
        }
    }

    fn explain_operator(&self, found: &Diagnostic, sources: &SourceMap) -> bool {
        let span = found.primary.span;
        let begins_here = |other: &Span| (other.file, other.start) == (span.file, span.start);
        around(&self.wrongly_asked, span).iter().any(begins_here)
            || around(&self.ungrammatical, span).iter().any(|other| holds(*other, span))
            // `2.5 x U` is on its way to `2.5 x ULN`.
            || found.kind == DiagnosticKind::TimesInWords
                && (self.torn.contains(&span) || near(&self.unknown_names, span, sources))
    }
}

/// Leaves out of a sorted list what is not a mistake of its own.
pub fn suppress_cascades(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    if diagnostics.len() < 2 {
        return;
    }
    let causes = Causes::of(diagnostics);
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for found in diagnostics.drain(..) {
        if causes.explain(&found, kept.last(), sources) {
            continue;
        }
        // Two findings of form on one place: the one that knows what to type, or what it found.
        match kept.last_mut() {
            Some(last) if same_trouble(last.code, found.code) && last.primary.span == found.primary.span => {
                if rank(&found) > rank(last) {
                    *last = found;
                }
            }
            _ => kept.push(found),
        }
    }
    *diagnostics = kept;
}

fn same_trouble(one: Code, other: Code) -> bool {
    one == other && one.is_of_form() || one.is_of_grammar() && other.is_of_grammar()
}

/// Of two findings of form on one place, which says more.
fn rank(one: &Diagnostic) -> (bool, usize) {
    (matches!(one.kind, DiagnosticKind::Expected { instead: true, .. }), one.fixes.len())
}

fn in_file(others: &[Span], span: Span) -> bool {
    others.iter().any(|other| other.file == span.file)
}

/// The text between two places of one file.
fn between(one: Span, other: Span, sources: &SourceMap) -> &str {
    let gap = Span { file: one.file, start: one.end, end: other.start.max(one.end) };
    if one.file == other.file { sources.slice(gap) } else { "" }
}

/// Whether neither number of `between 18 and 69` has a unit: the first message says it for both.
fn same_unit_missing(last: &Diagnostic, found: &Diagnostic, sources: &SourceMap) -> bool {
    let unitless = |one: &Diagnostic| one.code == Code::E0302;
    unitless(last) && unitless(found) && between(last.primary.span, found.primary.span, sources).trim() == "and"
}

/// Whether one of the sorted `open` brackets follows a word at once, as that of a criterion's number.
fn near_number(open: &[Span], span: Span, sources: &SourceMap) -> bool {
    open.iter().any(|bracket| *bracket > span && between(span, *bracket, sources).trim().is_empty())
}

fn same_line(one: Span, other: Span, sources: &SourceMap) -> bool {
    one.file == other.file && sources.line_column(one).line == sources.line_column(other).line
}

/// The few of the sorted `others` that begin at or next to `span`.
fn around(others: &[Span], span: Span) -> &[Span] {
    let behind = others.partition_point(|other| (other.file, other.start) <= (span.file, span.start));
    let few = others.get(behind.saturating_sub(3)..).unwrap_or_default();
    few.get(..few.len().min(5)).unwrap_or_default()
}

fn holds(whole: Span, part: Span) -> bool {
    whole.file == part.file && whole.start <= part.start && part.end <= whole.end
}

fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}

/// Whether `span` overlaps one of the sorted `others`, or only blanks of one line, or `in`, are between them.
fn near(others: &[Span], span: Span, sources: &SourceMap) -> bool {
    let after = others.partition_point(|other| (other.file, other.start) < (span.file, span.start));
    let neighbours = others.get(after.saturating_sub(1)..).unwrap_or_default().iter().take(2);
    neighbours.filter(|other| other.file == span.file).any(|other| {
        let (left, right) = if *other < span { (*other, span) } else { (span, *other) };
        let gap = Span { file: span.file, start: left.end, end: right.start.max(left.end) };
        overlap(left, right) || matches!(sources.slice(gap).trim_matches(' '), "" | "in")
    })
}

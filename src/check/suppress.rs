//! One mistake, one message: what follows from another finding is left out.

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// Leaves out of a sorted list what is not a mistake of its own.
pub(crate) fn one_for_a_mistake(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    if diagnostics.len() < 2 {
        return;
    }
    let of = |keep: fn(&Diagnostic) -> bool| -> Vec<Span> {
        diagnostics.iter().filter(|found| keep(found)).map(|found| found.primary.span).collect()
    };
    // What a lost superscript leaves behind is no number and no unit.
    let lost = of(|found| found.code == Code::E0109);
    // That `=` is no comparison is said by the message that knows what is compared.
    let typed = of(|found| found.code == Code::E0306);
    // What is no sentence gives its neighbours no meaning that could be judged.
    let torn = of(|found| {
        matches!(found.code, Code::E0101 | Code::E0107)
            || found.code == Code::E0106 && found.title.ends_with("only inside a unit")
    });
    let prose = of(|found| found.code == Code::E0101);
    // Behind a comma that joins nothing, `, or mi` was to be one more of a list and no second bound.
    let commas = of(|found| found.code == Code::E0101 && found.title.starts_with("a comma does not join"));
    let numbers = of(|found| found.code == Code::E0107);
    let tall = of(|found| found.code == Code::E0103);
    let unread = of(|found| found.code.is_of_form());
    // What is left open says it for all that is missing up to the end of its statement.
    let open = of(|found| found.code == Code::E0102);
    let open_texts = of(|found| found.code == Code::E0102 && found.title.starts_with("a text"));
    let unknown = of(|found| found.code == Code::E0201);
    // A statement that is only begun may be the one that is missed.
    let begun = of(|found| matches!(found.code, Code::E0102 | Code::E0105));
    // Names may be those of a vocabulary that was not found.
    let without_vocabulary = diagnostics.iter().any(|found| found.code == Code::E0205);
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for found in diagnostics.drain(..) {
        let span = found.primary.span;
        let follows = match found.code {
            Code::E0109 => false,
            _ if !lost.is_empty() && near(&lost, span, sources) => true,
            Code::E0106
                if around(&typed, span).iter().any(|other| (other.file, other.start) == (span.file, span.start))
                    || around(&prose, span).iter().any(|other| holds(*other, span)) =>
            {
                true
            }
            Code::E0101 if found.title.starts_with("expected `when`") => {
                commas.iter().any(|comma| same_line(*comma, span, sources))
            }
            Code::E0101 if open.contains(&span) => true,
            Code::E0101 if open_texts.iter().any(|text| *text <= span && same_line(*text, span, sources)) => true,
            Code::E0101 if found.title.starts_with("expected a text in quotes") => {
                open.iter().any(|bracket| *bracket < span && same_line(*bracket, span, sources))
            }
            Code::E0101 if found.title.ends_with("is followed by no condition") => near_number(&open, span, sources),
            // `2.5 x U` is on its way to `2.5 x ULN`.
            Code::E0106 if found.title == "`x` is written `*`" => torn.contains(&span) || near(&unknown, span, sources),
            Code::E0209
                if begun.iter().any(|other| other.file == span.file)
                    || found.title.starts_with("no judgement")
                        && unread.iter().any(|other| other.file == span.file) =>
            {
                true
            }
            Code::E0302 if kept.last().is_some_and(|last| same_unit_missing(last, &found, sources)) => true,
            Code::W0702 => torn.contains(&span),
            Code::E0101 => found.title.ends_with("what it belongs to") && near(&numbers, span, sources),
            Code::E0103 => tall.first() != Some(&span) && found.title.starts_with("conditions are nested"),
            Code::E0201 | Code::E0204 if without_vocabulary => true,
            Code::W0705 => unread.iter().any(|other| other.file == span.file),
            code if !code.is_of_form() && found.severity == Severity::Error || code == Code::W0704 => {
                near(&torn, span, sources)
            }
            code if !code.is_of_form() && code != Code::W0702 => {
                around(&torn, span).iter().any(|other| overlap(*other, span))
            }
            _ => false,
        };
        if follows {
            continue;
        }
        // Two findings on one place of one kind: the one that knows what to type, or what it found.
        match kept.last_mut() {
            Some(last) if last.code == found.code && last.primary.span == span && found.code.is_of_form() => {
                let rank = |one: &Diagnostic| (one.title.contains(", found "), one.fixes.len());
                if rank(&found) > rank(last) {
                    *last = found;
                }
            }
            _ => kept.push(found),
        }
    }
    *diagnostics = kept;
}

/// The text between two places of one file.
fn between(one: Span, other: Span, sources: &SourceMap) -> &str {
    let gap = Span { file: one.file, start: one.end, end: other.start.max(one.end) };
    if one.file == other.file { sources.slice(gap) } else { "" }
}

/// Whether neither number of `between 18 and 69` has a unit: the first message says it for both.
fn same_unit_missing(last: &Diagnostic, found: &Diagnostic, sources: &SourceMap) -> bool {
    let unitless = |one: &Diagnostic| one.code == Code::E0302 && one.title.ends_with("has no unit");
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

/// Whether `span` overlaps one of the sorted `others`, or only blanks of one line, or `in`, stand between them.
fn near(others: &[Span], span: Span, sources: &SourceMap) -> bool {
    let after = others.partition_point(|other| (other.file, other.start) < (span.file, span.start));
    let neighbours = others.get(after.saturating_sub(1)..).unwrap_or_default().iter().take(2);
    neighbours.filter(|other| other.file == span.file).any(|other| {
        let (left, right) = if *other < span { (*other, span) } else { (span, *other) };
        let gap = Span { file: span.file, start: left.end, end: right.start.max(left.end) };
        overlap(left, right) || matches!(sources.slice(gap).trim_matches(' '), "" | "in")
    })
}

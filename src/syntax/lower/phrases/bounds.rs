//! Numbers and signs in other words.

use std::ops::Range;

use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::diag::Safety;
use crate::syntax::errors;
use crate::syntax::lexer::is_reserved;

pub(super) const PATTERNS: &[Pattern] = &[
    logarithm,
    between,
    range,
    second_bound,
    split_sign,
    spoken,
    copula,
    or_more,
    times_limit,
    per,
    leading_sign,
    of_most,
];

/// `<= 3 log10 copies/mL`
fn logarithm(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let unit = s.word(at + 2);
    let behind = unit.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '{' | '['));
    if !s.is_number(at) || !s.is(at + 1, &["log10", "log", "lg", "Log10", "Log"]) || !behind || is_reserved(unit) {
        return None;
    }
    let number = s.said(at..at + 1);
    // `log` may be the natural one; a power that is no whole number is no exact bound.
    let power = number.parse::<u32>().ok().filter(|power| *power <= 12 && s.word(at + 1) != "log");
    let value = power.map(|power| 10_u64.pow(power).to_string());
    let diagnostic = errors::logarithm(s.span(at..at + 2), &s.said(at..at + 2), value.as_deref());
    Some(phrase_match(s, at..at + 2, value.unwrap_or(number), diagnostic))
}

/// Words that lead to a sign and say nothing.
const COPULAS: &[&[&str]] = &[
    &["must", "be"],
    &["should", "be"],
    &["has", "to", "be"],
    &["must", "have"],
    &["is"],
    &["are"],
    &["was"],
    &["be"],
    &["of"],
    &[":"],
];

/// What people say for a sign.
const SPOKEN: &[(&[&str], &str)] = &[
    (&["greater", "than", "or", "equal", "to"], ">="),
    (&["more", "than", "or", "equal", "to"], ">="),
    (&["less", "than", "or", "equal", "to"], "<="),
    (&["equal", "to", "or", "greater", "than"], ">="),
    (&["equal", "to", "or", "less", "than"], "<="),
    (&["at", "least"], ">="),
    (&["no", "less", "than"], ">="),
    (&["not", "less", "than"], ">="),
    (&["minimum", "of"], ">="),
    (&["minimum"], ">="),
    (&["min"], ">="),
    (&["ge"], ">="),
    (&["gte"], ">="),
    (&["not", "<"], ">="),
    (&["at", "most"], "<="),
    (&["no", "more", "than"], "<="),
    (&["not", "more", "than"], "<="),
    (&["not", "greater", "than"], "<="),
    (&["not", "exceeding"], "<="),
    (&["maximum", "of"], "<="),
    (&["maximum"], "<="),
    (&["max"], "<="),
    (&["up", "to"], "<="),
    (&["le"], "<="),
    (&["lte"], "<="),
    (&["not", ">"], "<="),
    (&["greater", "than"], ">"),
    (&["more", "than"], ">"),
    (&["higher", "than"], ">"),
    (&["larger", "than"], ">"),
    (&["above"], ">"),
    (&["over"], ">"),
    (&["exceeding"], ">"),
    (&["gt"], ">"),
    (&["less", "than"], "<"),
    (&["lower", "than"], "<"),
    (&["fewer", "than"], "<"),
    (&["smaller", "than"], "<"),
    (&["below"], "<"),
    (&["under"], "<"),
    (&["lt"], "<"),
    (&["equal", "to"], "=="),
    (&["equals"], "=="),
];

/// `between 18 to 75 years`, `between 18-75 years`
fn between(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "between" {
        return None;
    }
    let bracket = usize::from(s.is(at + 1, &["[", "("]));
    let low = at + 1 + bracket;
    let middle = s.quantity(low)?;
    if !s.is(middle, &["to", "-", "..", "until", ","]) {
        return None;
    }
    let high = middle + 1;
    let mut end = s.quantity(high)?;
    let mut unit = s.said(high..end);
    if bracket > 0 {
        if !s.is(end, &["]", ")"]) {
            return None;
        }
        // The unit is behind the bracket.
        let behind = if s.is_free(end + 1) && !s.ends(end + 1) { unit_end(s, end + 1) } else { end + 1 };
        unit = format!("{unit} {}", s.said(end + 1..behind)).trim_end().to_owned();
        end = behind;
    }
    let instead = format!("between {} and {unit}", s.said(low..middle));
    // Nothing but the two ends can be meant, unless an `and` is there too.
    let sure = s.is(middle, &["to", "-", ".."]) && !(s.word(end) == "and" && s.is_number(end + 1));
    let safety = if sure { Safety::Safe } else { Safety::Ask };
    let place = if bracket > 0 { s.span(at..end) } else { s.span(middle..high) };
    let diagnostic = errors::between(place, s.span(at..end), &s.said(middle..high), &instead, safety);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

fn unit_end(s: &S<'_, '_, '_>, at: usize) -> usize {
    (at + 1..at + 12).find(|next| s.tokens.get(*next).is_none_or(|token| token.apart)).unwrap_or(at + 1)
}

/// `age 18 to 75 years`, `ecog 0-1`, `age in 18..75 years`
fn range(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let leads: &[&[&str]] = &[
        &["is", "from"],
        &["ranging", "from"],
        &["from"],
        &["within"],
        &["in"],
        &["of"],
        &["is"],
        &["=="],
        &["="],
        &[":"],
    ];
    let low = s.phrase(at, leads).unwrap_or(at);
    if !s.behind_subject(at) {
        return None;
    }
    let middle = s.quantity(low)?;
    let plain = s.is(middle, &["to", "-", ".."]) || s.word(middle) == "and" && s.is(at, &["from", "within"]);
    if !plain || !s.is_number(middle + 1) {
        return None;
    }
    let end = s.quantity(middle + 1)?;
    let instead = format!("between {} and {}", s.said(low..middle), s.said(middle + 1..end));
    let diagnostic = errors::range(s.span(at..end), &s.said(at..end), &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `hemoglobin >= 10 g/dL and <= 16 g/dL`, `age >= 18 years to <= 75 years`, `age >= 18 and <= 75 years`
fn second_bound(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["and", "or", "to", "but", "&"]) || !s.is_sign(at + 1) || s.before(at) == "," {
        return None;
    }
    let name = s.compared(at)?;
    if name.len() > 40 {
        return None;
    }
    let join = if s.word(at) == "or" { "or" } else { "and" };
    let sign = s.said(at + 1..at + 2);
    // The unit behind the second bound is that of the first.
    let (from, repaired) = match unit_of_second(s, at) {
        Some(unit) => (at - 1, format!("{} {unit} {join} {name}", s.said(at - 1..at))),
        None => (at, format!("{join} {name}")),
    };
    let instead = format!("{repaired} {sign}");
    let diagnostic = errors::second_bound(s.span(at + 1..at + 2), s.span(from..at + 2), &sign, &instead);
    let diagnostic = match two_ends(s, at, &name).filter(|_| join == "and") {
        Some((tokens, ends)) => errors::both_ends(diagnostic, s.span(tokens), &name, &ends),
        None => diagnostic,
    };
    Some(phrase_match(s, from..at + 1, repaired, diagnostic))
}

/// `>= 18 years and <= 75 years` as `between 18 years and 75 years`: both ends are included, the lower one is the lesser.
/// `any` and `highest` have no `between`.
fn two_ends(s: &S<'_, '_, '_>, at: usize, name: &str) -> Option<(Range<usize>, String)> {
    let sign = (s.first..at).rev().take(30).find(|sign| s.is_sign(*sign))?;
    let end = s.quantity(at + 2).filter(|_| s.quantity(sign + 1) == Some(at))?;
    let below = |sign: usize| s.is(sign, &["<=", "≤"]);
    let above = |sign: usize| s.is(sign, &[">=", "≥"]);
    let (low, high) = match (above(sign) && below(at + 1), below(sign) && above(at + 1)) {
        (true, _) => (sign + 1..at, at + 2..end),
        (_, true) => (at + 2..end, sign + 1..at),
        _ => return None,
    };
    let number = |tokens: &Range<usize>| s.word(tokens.start).parse::<f64>().ok();
    let (low_unit, high_unit) = (s.said(low.start + 1..low.end), s.said(high.start + 1..high.end));
    let fits = low_unit == high_unit || low_unit.is_empty();
    let limit = high_unit.to_lowercase().contains("ln");
    let one = !["any ", "highest ", "lowest "].iter().any(|word| name.starts_with(word));
    let rising = number(&low)? < number(&high)?;
    (fits && !limit && one && rising).then(|| (sign..end, format!("between {} and {}", s.said(low), s.said(high))))
}

/// The unit behind `and <= 75 years` where a bare number is before: `>= 18`.
fn unit_of_second(s: &S<'_, '_, '_>, at: usize) -> Option<String> {
    let first = at.checked_sub(1).filter(|first| s.is_number(*first) && s.is_number(at + 2))?;
    let end = first.checked_sub(1).filter(|sign| s.is_sign(*sign)).and(s.quantity(at + 2))?;
    (end > at + 3).then(|| s.said(at + 3..end))
}

/// `> = 10`
fn split_sign(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &[">", "<", "!"]) || s.word(at + 1) != "=" || s.is_sign(at + 2) {
        return None;
    }
    let whole = format!("{}=", s.word(at));
    let diagnostic = errors::bound_in_words(s.span(at..at + 2), &s.said(at..at + 2), &whole, "one sign, no blank");
    Some(phrase_match(s, at..at + 2, whole, errors::safe(diagnostic)))
}

/// Where a bound ends: a number with its unit, or a level.
pub(super) fn bound(s: &S<'_, '_, '_>, at: usize) -> Option<usize> {
    if s.is(at, &["grade", "class"]) { Some(at + 2) } else { s.quantity(at) }
}

/// `weight is at least 40 kg`, `weight above 40 kg`, `weight not < 40 kg`
fn spoken(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.behind_subject(at) {
        return None;
    }
    let words = s.phrase(at, COPULAS).unwrap_or(at);
    let words = words + usize::from(s.word(words) == "a");
    let (end, sign) = SPOKEN.iter().find_map(|(phrase, sign)| Some((s.words(words, phrase)?, *sign)))?;
    bound(s, end)?;
    // `at least 6 months before screening` is a window.
    let window = s.is(words, &["at", "more", "less", "fewer"]);
    if window && let Some((length, _)) = s.length(end) {
        let compared = words > at && s.side(length).is_none();
        if !compared {
            return None;
        }
    }
    let diagnostic = errors::spoken(s.span(at..end), &s.said(at..end), sign);
    Some(phrase_match(s, at..end, sign, diagnostic))
}

/// `weight is >= 40 kg`, `weight must be >= 40 kg`, `hemoglobin: >= 10 g/dL`, `hemoglobin is between 10 and 12 g/dL`
fn copula(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let end = s.phrase(at, COPULAS).filter(|_| s.behind_subject(at))?;
    if !s.is_sign(end) && s.word(end) != "between" {
        return None;
    }
    let diagnostic = errors::copula(s.span(at..end), &s.said(at..end), &s.said(end..end + 1));
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// `hemoglobin 10 g/dL or higher`, `bleeding grade 2 or higher`
fn or_more(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let more = ["higher", "more", "greater", "above", "over", "older", "worse", "better", "larger"];
    let less = ["lower", "less", "fewer", "below", "under", "younger", "smaller"];
    let level = s.is(at, &["grade", "class"]);
    let or = bound(s, at)?;
    if !s.is(or, &["or", "and"]) {
        return None;
    }
    let sign = if s.is(or + 1, &more) {
        ">="
    } else if s.is(or + 1, &less) {
        "<="
    } else {
        return None;
    };
    let end = or + 2;
    let written = s.said(at..or);
    let scale = s.said(at..at + 1);
    let asked = format!("{scale} {sign} {}", s.said(at + 1..or));
    if !level {
        let lead = if at > s.first && s.is(at - 1, &["of", "is"]) { at - 1 } else { at };
        if s.is_sign(at.saturating_sub(1)) {
            let diagnostic = errors::or_more(s.span(or..end), &s.said(or..end), "", &written);
            return Some(phrase_match(s, or..end, "", diagnostic));
        }
        let instead = format!("{sign} {written}");
        let diagnostic = errors::or_more(s.span(lead..end), &s.said(lead..end), &instead, &written);
        return Some(PhraseMatch { upto: end, edits: vec![s.edit(lead..end, instead)], diagnostic });
    }
    if s.before(at) == "(" {
        let diagnostic = errors::or_more(s.span(at..end), &s.said(at..end), &asked, &written);
        return Some(phrase_match(s, at..end, asked, diagnostic));
    }
    None
}

/// `3 times ULN`, `3 x the upper limit of normal`, `> ULN`
fn times_limit(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let numbered = s.is_number(at);
    if !numbered && !s.is_sign(at.wrapping_sub(1)) {
        return None;
    }
    let mut limit = at + usize::from(numbered);
    if numbered {
        limit += usize::from(s.word(limit) == "-");
        limit = s.phrase(limit, &[&["times"], &["fold"], &["x"], &["×"], &["*"]]).unwrap_or(limit);
    }
    limit += usize::from(s.word(limit) == "the");
    let (end, word) = match (s.word(limit), s.word(limit + 1)) {
        ("uln", _) => (limit + 1, "ULN"),
        ("lln", _) => (limit + 1, "LLN"),
        ("upper", "limit") => (limit + 2, "ULN"),
        ("lower", "limit") => (limit + 2, "LLN"),
        _ => return None,
    };
    let end =
        s.words(end, &["of", "the", "normal", "range"]).or_else(|| s.words(end, &["of", "normal"])).unwrap_or(end);
    let right = numbered
        && end <= at + 3
        && s.is(end - 1, &["uln", "lln"])
        && (end == at + 2 || s.is(at + 1, &["x", "×", "*"]));
    if right {
        return None;
    }
    let factor = if numbered { s.said(at..at + 1) } else { "1".to_owned() };
    let instead = format!("{factor} x {word}");
    let diagnostic = errors::bound_in_words(s.span(at..end), &s.said(at..end), &instead, "a multiple of the limit");
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `8 g per dL`, `30 mL/min per 1.73 m2`
fn per(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "per" || at == s.first || !(s.is_free(at + 1) || s.word(at + 1) == "1.73") {
        return None;
    }
    let number = (s.first..at).rev().take(8).find(|number| s.is_number(*number))?;
    let surface = s.word(at + 1) == "1.73";
    let end = at + 2 + usize::from(surface);
    let below = if surface { "{1.73_m2}".to_owned() } else { s.said(at + 1..end) };
    let unit = format!("{}/{below}", s.said(number + 1..at));
    let diagnostic =
        errors::bound_in_words(s.span(number + 1..end), &s.said(number + 1..end), &unit, "a unit has no blanks");
    let (start, _) = (s.range(at - 1..at).end, ());
    let edit = (start..s.range(at..end).end, format!("/{below}"));
    Some(PhraseMatch { upto: end, edits: vec![edit], diagnostic })
}

/// `>= 6 tender joints`
fn leading_sign(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.begins(at) || !s.is_sign(at) {
        return None;
    }
    let bound = s.quantity(at + 1)?;
    let end = (bound..bound + 5).find(|end| !s.is_name(*end))?;
    if end == bound {
        return None;
    }
    let name: Vec<String> = (bound..end).map(|word| s.said(word..word + 1)).collect();
    let instead = format!("{} {}", name.join("_"), s.said(at..bound));
    let diagnostic = errors::leading_sign(s.span(at..end), &s.said(at..at + 1), &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `tender_joints >= 6 of 68`
fn of_most(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let end = s.phrase(at, &[&["out", "of"], &["of"]])?;
    if at <= s.first + 1 || !s.is_number(at - 1) || !s.is_sign(at - 2) || !s.is_number(end) {
        return None;
    }
    let diagnostic = errors::of_most(s.span(at..end + 1), &s.said(at..end + 1), &s.said(at - 2..at));
    Some(phrase_match(s, at..end + 1, "", diagnostic))
}

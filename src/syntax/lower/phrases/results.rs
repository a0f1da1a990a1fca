//! Results, levels and attributes in other words.

use super::bounds::bound;
use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::syntax::errors;

pub(super) const PATTERNS: &[Pattern] =
    &[levels, low_or_high, swapped_result, result, attribute, quoted, denied, titre];

/// `nyha class I or II`, `lupus_nephritis_biopsy (class III or IV)`
fn levels(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["class", "grade"]) {
        return None;
    }
    let is_level = |at: usize| {
        s.word(at).len() < 5 && s.word(at).chars().all(|c| matches!(c, 'i' | 'v' | 'x' | '0'..='9')) && !s.ends(at)
    };
    let mut levels = Vec::new();
    let mut end = at + 1;
    while is_level(end) && levels.len() < 8 {
        levels.push(s.said(end..end + 1));
        end += 1;
        if levels.len() == 1 && s.is(end, &["to", "-"]) && is_level(end + 1) {
            let instead =
                format!("{} between {} and {}", s.said(at..at + 1), levels.concat(), s.said(end + 1..end + 2));
            let diagnostic = errors::range(s.span(at..end + 2), &s.said(at..end + 2), &instead);
            return Some(phrase_match(s, at..end + 2, instead, diagnostic)).filter(|_| s.before(at) == "(");
        }
        if !(s.is(end, &["or", ",", "/", "and"]) && is_level(end + 1 + usize::from(s.is(end + 1, &["or"])))) {
            break;
        }
        end += 1 + usize::from(s.is(end + 1, &["or"]));
    }
    if levels.len() < 2 {
        return None;
    }
    let scale = s.said(at..at + 1);
    let set = format!("in {{ {} }}", levels.join(", "));
    let inside = s.before(at) == "(" || s.is(at.saturating_sub(1), &["or", "and", "not"]);
    if inside {
        let diagnostic = errors::levels(s.span(at..end), &s.said(at..end), &[format!("{scale} {set}")]);
        return Some(phrase_match(s, at..end, format!("{scale} {set}"), diagnostic));
    }
    None
}

const RESULTS: &[&str] = &["positive", "negative", "detected", "detectable", "abnormal", "reactive"];

/// `low c3`, `c3 low`, `alt is elevated`
fn low_or_high(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let side = |at: usize| match s.word(at) {
        "low" | "decreased" | "reduced" => Some("< 1 x LLN"),
        "high" | "elevated" | "increased" | "raised" => Some("> 1 x ULN"),
        _ => None,
    };
    let (name, bound, end) = if s.begins(at) && s.is_name(at + 1) && s.ends(at + 2) && side(at).is_some() {
        (s.said(at + 1..at + 2), side(at)?, at + 2)
    } else {
        let word = at + 1 + usize::from(s.word(at + 1) == "is");
        if !s.is_name(at) || s.behind_subject(at) || !(s.ends(word + 1) || s.word(word + 1) == "within") {
            return None;
        }
        (s.said(at..at + 1), side(word)?, word + 1)
    };
    let instead = format!("{name} {bound}");
    let diagnostic = errors::low_or_high(s.span(at..end), &s.said(at..end), &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `positive hbsag`
fn swapped_result(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, RESULTS) || s.behind_subject(at) || !s.is_free(at + 1) || s.is(at.wrapping_sub(1), &["is", "not", ":"])
    {
        return None;
    }
    let end = at + 2 + usize::from(s.is(at + 2, &["test", "result"]));
    let instead = format!("{} is {}", s.said(at + 1..at + 2), s.said(at..at + 1));
    let diagnostic = errors::result(s.span(at..end), &s.said(at..end), &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `hbsag positive`, `hbsag+`, `hbsag is +`
fn result(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is_free(at) || s.is(at, RESULTS) {
        return None;
    }
    let is = usize::from(s.is(at + 1, &["is", "=", "==", "was", "tests", "tested"]));
    let end = at + 1 + is;
    let said = match s.word(end) {
        "+" => "positive".to_owned(),
        "-" => "negative".to_owned(),
        word if RESULTS.contains(&word) && (is == 0 || s.is(at + 1, &["was", "tests", "tested"])) => {
            s.said(end..end + 1)
        }
        _ => return None,
    };
    if !(s.ends(end + 1) || s.is(end + 1, &["within", "at", "before", "after", "in", "for", "by"])) {
        return None;
    }
    let instead = format!("{} is {said}", s.said(at..at + 1));
    let diagnostic = errors::result(s.span(at..end + 1), &s.said(at..end + 1), &instead);
    Some(phrase_match(s, at..end + 1, instead, diagnostic))
}

/// `bleeding grade >= 2`, `bleeding of grade 2 or higher`, `nyha class <= II`, `lvef < 50 % by echo`
fn attribute(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is_name(at) || s.behind_subject(at) {
        return None;
    }
    let attribute = at + 1 + usize::from(s.is(at + 1, &["of", "with", "at", "is"]));
    if !s.is_name(attribute) || s.misspelt(at..attribute + 1) {
        return None;
    }
    let name = s.said(at..at + 1);
    let scale = s.is(attribute, &["class", "grade"]);
    if s.is_sign(attribute + 1) {
        let sign = s.said(attribute + 1..attribute + 2);
        let end = bound(s, attribute + 2).or_else(|| s.is_free(attribute + 2).then_some(attribute + 3))?;
        let value = s.said(attribute + 2..end);
        let word = s.said(attribute..attribute + 1);
        let mut instead = vec![format!("{name} ({word} {sign} {value})")];
        if scale {
            instead.push(format!("{name} {sign} {word} {value}"));
        }
        let diagnostic = errors::attribute(s.span(attribute..end), s.span(at..end), &s.said(at..end), &instead);
        let edits = vec![
            s.edit(at + 1..attribute, ""),
            (s.range(attribute..end).start..s.range(attribute..end).start, "(".to_owned()),
            s.insert(end, ")"),
        ];
        let edits = edits.into_iter().filter(|(range, text)| !(range.is_empty() && text.is_empty())).collect();
        return Some(PhraseMatch { upto: end, edits, diagnostic });
    }
    if !scale {
        return None;
    }
    let inner = or_more_of(s, attribute)?;
    let instead = [format!("{name} ({})", inner.1), format!("{name} {}", inner.2)];
    let diagnostic = errors::attribute(s.span(attribute..inner.0), s.span(at..inner.0), &s.said(at..inner.0), &instead);
    let mut edits = vec![s.edit(attribute..inner.0, format!("({})", inner.1))];
    if attribute > at + 1 {
        edits.insert(0, s.edit(at + 1..attribute, ""));
    }
    Some(PhraseMatch { upto: inner.0, edits, diagnostic })
}

/// `hbsag = "positive"`
fn quoted(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !(s.is_sign(at) || s.word(at) == "is") || !s.word(at + 1).starts_with('"') {
        return None;
    }
    let text = s.said(at + 1..at + 2);
    let value = text.trim_matches('"');
    let plain = !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !plain {
        return None;
    }
    let instead = if s.is(at, &["!=", "<>", "≠"]) { format!("is not {value}") } else { format!("is {value}") };
    let diagnostic = errors::quoted_code(s.span(at + 1..at + 2), s.span(at..at + 2), &instead);
    Some(phrase_match(s, at..at + 2, instead, diagnostic))
}

/// `pregnant = no`
fn denied(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is_name(at) || s.behind_subject(at) || !s.is(at + 1, &["=", "==", ":"]) || s.word(at + 2) != "no" {
        return None;
    }
    if !s.ends(at + 3) {
        return None;
    }
    let instead = format!("not {}", s.said(at..at + 1));
    let diagnostic =
        errors::condition_in_words(s.span(at..at + 3), &s.said(at..at + 3), &instead, "a yes or no is denied");
    Some(phrase_match(s, at..at + 3, instead, diagnostic))
}

/// `ana is positive (>= 1:80)`
fn titre(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "(" || !s.behind_subject(at) {
        return None;
    }
    let sign = at + 1 + usize::from(s.is(at + 1, &["titer", "titre"]));
    let end = sign + 3;
    if !s.is_sign(sign) || !s.word(sign + 1).starts_with("1:") || s.word(sign + 2) != ")" {
        return None;
    }
    let start = s.subject(at);
    let asked = format!("{}_titre {}", s.said(start..start + 1), s.said(sign..sign + 2));
    let diagnostic = errors::titre(s.span(at..end), &asked);
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// `grade 2 or higher` and `class III or IV` behind a name: where it ends, as an attribute, as what the name itself is.
fn or_more_of(s: &S<'_, '_, '_>, at: usize) -> Option<(usize, String, String)> {
    let scale = s.said(at..at + 1);
    let level = s.said(at + 1..at + 2);
    let more = ["higher", "more", "greater", "above", "over", "worse"];
    if s.word(at + 2) == "or" && s.is(at + 3, &more) {
        return Some((at + 4, format!("{scale} >= {level}"), format!(">= {scale} {level}")));
    }
    if s.word(at + 2) == "or" && s.is(at + 3, &["lower", "less", "below"]) {
        return Some((at + 4, format!("{scale} <= {level}"), format!("<= {scale} {level}")));
    }
    let mut end = at + 2;
    let mut levels = vec![level];
    while s.is(end, &["or", ",", "/"]) && s.word(end + 1).chars().all(|c| matches!(c, 'i' | 'v' | 'x' | '0'..='9')) {
        levels.push(s.said(end + 1..end + 2));
        end += 2;
        if levels.len() > 8 {
            return None;
        }
    }
    let is_level = levels.iter().all(|level| level.len() < 5);
    match levels.as_slice() {
        [one] if is_level && s.ends(end) => Some((end, format!("{scale} is {one}"), format!("is {scale} {one}"))),
        [_, _, ..] => {
            let set = format!("in {{ {} }}", levels.join(", "));
            Some((end, format!("{scale} {set}"), set))
        }
        _ => None,
    }
}

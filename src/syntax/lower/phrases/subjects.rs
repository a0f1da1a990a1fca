//! Names with words around them that the language says otherwise, or not at all.

use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::syntax::errors;

pub(super) const PATTERNS: &[Pattern] =
    &[either_time, behind, in_other_words, at_anchor, mean, people_behind, by_method, for_group, described];

/// What is left: words that nothing joins.
pub(super) const WORDS_IN_A_ROW: &[Pattern] = &[sentence, two_words, of_name];

/// What is before a name, and the word for it; nothing where the name alone says it.
const LEADS: &[(&[&str], &str)] = &[
    (&["no", "prior", "history", "of"], "no prior"),
    (&["no", "history", "of"], "no prior"),
    (&["no", "evidence", "of"], "no"),
    (&["no", "known"], "no"),
    (&["absence", "of"], "no"),
    (&["free", "of"], "no"),
    (&["without"], "no"),
    (&["any", "prior", "history", "of"], "prior"),
    (&["any", "history", "of"], "prior"),
    (&["prior", "history", "of"], "prior"),
    (&["known", "history", "of"], "prior"),
    (&["past", "history", "of"], "prior"),
    (&["medical", "history", "of"], "prior"),
    (&["documented", "history", "of"], "prior"),
    (&["history", "of"], "prior"),
    (&["previously", "treated", "with"], "prior"),
    (&["prior", "treatment", "with"], "prior"),
    (&["prior", "use", "of"], "prior"),
    (&["prior", "exposure", "to"], "prior"),
    (&["previous", "treatment", "with"], "prior"),
    (&["treatment", "with"], "prior"),
    (&["treated", "with"], "prior"),
    (&["received"], "prior"),
    (&["previous"], "prior"),
    (&["currently", "receiving"], "current"),
    (&["currently", "taking"], "current"),
    (&["currently", "on"], "current"),
    (&["current", "use", "of"], "current"),
    (&["current", "treatment", "with"], "current"),
    (&["concomitant", "use", "of"], "current"),
    (&["receiving"], "current"),
    (&["taking"], "current"),
    (&["ongoing"], "current"),
    (&["concomitant"], "current"),
    (&["concurrent"], "current"),
    (&["on"], "current"),
    (&["use", "of"], ""),
    (&["receipt", "of"], ""),
    (&["administration", "of"], ""),
    (&["exposure", "to"], ""),
    (&["need", "for"], ""),
    (&["presence", "of"], ""),
    (&["evidence", "of"], ""),
    (&["confirmed", "diagnosis", "of"], ""),
    (&["diagnosis", "of"], ""),
    (&["diagnosed", "with"], ""),
    (&["positive", "for"], ""),
    (&["most", "recent"], "latest"),
    (&["last"], "latest"),
    (&["known"], ""),
    (&["documented"], ""),
    (&["confirmed"], ""),
];

/// People, of whom every criterion speaks.
const PEOPLE: &[&str] = &[
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "individual",
    "individuals",
    "people",
    "persons",
    "those",
];

/// `history of stroke`, `on mycophenolate`, `patients with stroke`
fn in_other_words(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.begins(at) {
        return None;
    }
    let any = at + usize::from(s.is(at, &["any", "all"]));
    if s.is(any, PEOPLE) {
        let with: &[&[&str]] = &[
            &["who", "have", "had"],
            &["who", "have"],
            &["who", "had"],
            &["who", "are"],
            &["must", "have"],
            &["with"],
            &["having"],
            &["must", "be"],
            &["on"],
        ];
        let end = s.phrase(any + 1, with)?;
        let end = end + usize::from(s.is(end, &["a", "an"]));
        let diagnostic = errors::of_people(s.span(at..end), &s.said(at..end));
        return Some(phrase_match(s, at..end, "", diagnostic));
    }
    let (end, word) = LEADS.iter().find_map(|(lead, word)| Some((s.words(at, lead)?, *word)))?;
    // Three words in a row are a sentence.
    let row = s.is_free(end) && s.is_name(end + 1) && !s.is_sign(end + 2);
    if row || !(s.is_free(end) || s.is(end, &["{", "("])) {
        return None;
    }
    let name = s.said(end..end + 1);
    let diagnostic = errors::lead(s.span(at..end), &s.said(at..end), word, &name);
    Some(phrase_match(s, at..end, word, diagnostic))
}

/// `pregnant women`, `is pregnant`
fn people_behind(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let people = (s.is(at, PEOPLE) || s.is(at, &["women", "men", "females", "males"])) && s.behind_subject(at);
    let is = s.is(at, &["is", "are"]) && !s.behind_subject(at) && s.is_name(at + 1) && s.ends(at + 2);
    if !(people && s.ends(at + 1) || is) {
        return None;
    }
    let diagnostic = errors::of_people(s.span(at..at + 1), &s.said(at..at + 1));
    Some(phrase_match(s, at..at + 1, "", diagnostic))
}

/// `baseline hemoglobin >= 10 g/dL`
fn at_anchor(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let anchors = ["baseline", "screening", "enrollment", "enrolment", "day"];
    if !s.is(at, &anchors) || s.behind_subject(at) || !s.is_name(at + 1) || s.is_name(at + 2) {
        return None;
    }
    let anchor = if s.word(at) == "enrollment" { "enrollment" } else { "screening" };
    let instead = format!("{} at {anchor}", s.said(at + 1..at + 2));
    let diagnostic = errors::behind(s.span(at..at + 2), &s.said(at..at + 1), &instead);
    Some(phrase_match(s, at..at + 2, instead, diagnostic))
}

/// `mean systolic_bp < 160 mm[Hg]`
fn mean(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["mean", "average", "median"]) || !s.is_name(at + 1) || s.is_name(at + 2) {
        return None;
    }
    let diagnostic = errors::mean(s.span(at..at + 1), &s.said(at..at + 1), &s.said(at + 1..at + 2));
    Some(phrase_match(s, at..at + 1, "", diagnostic))
}

/// `current or prior stroke`
fn either_time(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let times = ["current", "prior", "planned", "past", "previous", "active"];
    let or = s.phrase(at + 1, &[&["and", "/", "or"], &["or"], &["and"], &["/"]])?;
    if !s.is(at, &times) || !s.is(or, &times) || !(s.is_free(or + 1) || s.word(or + 1) == "{") {
        return None;
    }
    let end = s.end_of_condition(or + 1);
    let word = |at: usize| match s.word(at) {
        "past" | "previous" => "prior",
        "active" => "current",
        "prior" => "prior",
        "planned" => "planned",
        _ => "current",
    };
    let name = s.said(or + 1..end);
    let instead = format!("{} {name} or {} {name}", word(at), word(or));
    let diagnostic = errors::either_time(s.span(at..or + 1), s.span(at..end), &s.said(at..or + 1), &instead);
    Some(phrase_match(s, at..or + 1, "any", diagnostic))
}

/// `live_vaccine planned`
fn behind(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let word = at + 1;
    let known = s.is(word, &["planned", "current", "prior"]) && (s.ends(word + 1) || s.word(word + 1) == "within");
    if !s.is_free(at) || s.behind_subject(at) || !known {
        return None;
    }
    let instead = format!("{} {}", s.said(word..word + 1), s.said(at..at + 1));
    let diagnostic = errors::behind(s.span(at..word + 1), &s.said(word..word + 1), &instead);
    Some(phrase_match(s, at..word + 1, instead, diagnostic))
}

/// `lvef < 50 % by echo`
fn by_method(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let ways: &[&[&str]] = &[
        &["measured", "by"],
        &["assessed", "by"],
        &["determined", "by"],
        &["estimated", "by"],
        &["as", "measured", "by"],
        &["by"],
        &["on"],
        &["via"],
        &["using"],
    ];
    let way = s.phrase(at, ways)?;
    let method = way + usize::from(s.is(way, &["an", "a", "the"]));
    if !s.is_free(method) || s.is(method, &["investigator", "sponsor", "study", "treatment"]) {
        return None;
    }
    let name = s.compared(at)?;
    let start = s.subject(at);
    let behind_name = (start..at).find(|sign| s.is_sign(*sign))?;
    if name.contains(['(', ' ']) || s.end_of_condition(start) < at {
        return None;
    }
    let end = method + 1;
    let rest = s.said(behind_name..at);
    let instead = format!("{name} (method is {}) {rest}", s.said(method..end));
    let diagnostic = errors::by_method(s.span(at..end), s.span(start..end), &s.said(at..end), &name, &instead);
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// `qtc <= 450 ms for men`, `qtc <= 450 ms (male)`, `qtc <= 450 ms if female`
fn for_group(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let bracket = usize::from(s.word(at) == "(");
    let lead = at + bracket;
    let who = lead + usize::from(s.is(lead, &["for", "in", "if"]));
    let sex = match s.word(who) {
        "men" | "male" | "males" => "male",
        "women" | "female" | "females" => "female",
        _ => return None,
    };
    let mut end = who + 1 + usize::from(s.is(who + 1, PEOPLE));
    if bracket > 0 {
        if s.word(end) != ")" {
            return None;
        }
        end += 1;
    } else if who == lead {
        return None;
    }
    let start = s.subject(at);
    let bound = (start..at).find(|sign| s.is_sign(*sign))?;
    let name = if bound > start { s.said(start..bound) } else { s.compared(bound)? };
    let one = format!("{name} {} and sex is {sex}", s.said(bound..at));
    if let Some((upto, second)) = second_group(s, end, &name) {
        let both = format!("({one}) or ({second})");
        let diagnostic = errors::two_groups(s.span(at..end), s.span(start..upto), &s.said(at..end), &both);
        return Some(phrase_match(s, at..upto, "", diagnostic));
    }
    let diagnostic = errors::for_group(s.span(at..end), &s.said(at..end), &one, sex);
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// `or <= 470 ms for women`: where it ends, and its condition.
fn second_group(s: &S<'_, '_, '_>, at: usize, name: &str) -> Option<(usize, String)> {
    let mut sign = at + usize::from(s.is(at, &[",", ";"]));
    sign += usize::from(s.is(sign, &["and", "or"]));
    sign += usize::from(s.word(sign) == name);
    let group = s.is_sign(sign).then(|| s.quantity(sign + 1))??;
    let bracket = usize::from(s.word(group) == "(");
    let who = group + bracket + usize::from(s.is(group + bracket, &["for", "in", "if"]));
    let sex = match s.word(who) {
        "men" | "male" | "males" => "male",
        "women" | "female" | "females" => "female",
        _ => return None,
    };
    let end = who + 1 + usize::from(s.is(who + 1, PEOPLE)) + bracket;
    Some((end, format!("{name} {} and sex is {sex}", s.said(sign..group))))
}

/// `hypertension that is not controlled`, `hypertension with controlled == no`
fn described(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let leads: &[&[&str]] = &[
        &["that", "is"],
        &["that", "are"],
        &["which", "is"],
        &["who", "is"],
        &["that", "was"],
        &["with"],
        &["where"],
        &[",", "that", "is"],
    ];
    if !s.behind_subject(at) {
        return None;
    }
    let asked = s.phrase(at, leads)?;
    let first = asked + usize::from(s.word(asked) == "not");
    if !s.is_free(first) || s.compared(at).is_some_and(|_| s.word(asked) != "with") && s.subject(at) == at {
        return None;
    }
    let end = s.end_of_condition(asked);
    let start = s.subject(at);
    let answer = first == asked && s.is(asked + 1, &["=", "==", "is"]) && end == asked + 3;
    let inside = match s.word(end.saturating_sub(1)) {
        "no" | "false" if answer => format!("not {}", s.said(asked..asked + 1)),
        "yes" | "true" if answer => s.said(asked..asked + 1),
        _ => s.said(asked..end),
    };
    let instead = format!("{} ({inside})", s.said(start..at));
    let diagnostic = errors::described(s.span(at..end), s.span(start..end), &s.said(at..asked), &instead);
    // What is asked may be prose too: it is told by itself, when this is corrected.
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// A run of words that no sign joins: where it ends, and how many of them may be names.
fn run(s: &S<'_, '_, '_>, at: usize) -> (usize, usize) {
    let joins = ["of", "to", "in", "for", "by", "at"];
    let mut end = at;
    let mut names = 0;
    while (s.is_free(end) && !s.is(end, &["class", "grade", "during", "throughout", "ever"])
        || end > at && s.is(end, &joins))
        && end < at + 40
    {
        if s.tokens.get(end).is_some_and(|token| end > at && token.new_line) {
            break;
        }
        names += usize::from(s.is_free(end));
        end += 1;
    }
    while end > at && s.is(end - 1, &joins) {
        end -= 1;
    }
    (end, names)
}

/// `inadequate response to methotrexate`
fn sentence(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.begins(at) {
        return None;
    }
    let (end, names) = run(s, at);
    if names < 3 || s.misspelt(at..end) || (at..end).filter(|word| s.is_name(*word)).count() < 2 {
        return None;
    }
    if !s.ends(end) && !s.is(end, &["within", "before", "after", "at", "for", "more", "lasting"]) {
        return None;
    }
    let end = s.end_of_condition(end);
    let said = s.said(at..end);
    let diagnostic = errors::sentence(s.span(at..end), &said);
    Some(phrase_match(s, at..end, "todo \"\"", diagnostic))
}

/// `organ_transplant of kidney`
fn of_name(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["of", "in", "for"]) || !s.behind_subject(at) || !s.is_name(at + 1) || s.is_name(at + 2) {
        return None;
    }
    let start = s.subject(at);
    let diagnostic =
        errors::of_name(s.span(at..at + 2), &s.said(at..at + 1), &s.said(start..at), &s.said(at + 1..at + 2));
    Some(phrase_match(s, at..at + 2, "", diagnostic))
}

/// `uncontrolled hypertension`, `lupus nephritis`, `tender joint count`
fn two_words(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.behind_subject(at) || !s.is_name(at) {
        return None;
    }
    let mut end = at;
    while s.is_name(end)
        && !s.is(end, PEOPLE)
        && !s.is(end, &["women", "men"])
        && end < at + 6
        && !(end > at && s.tokens.get(end).is_some_and(|token| token.new_line))
    {
        end += 1;
    }
    if end < at + 2 || s.word(end) == "(" || s.misspelt(at..end) || s.in_braces(at) || s.is(at, &["class", "grade"]) {
        return None;
    }
    if s.word(at) == "stable" && end == at + 2 && s.ends(end) {
        let name = s.said(at + 1..end);
        let instead = format!("{name} (stable)");
        let diagnostic = errors::stable_before(s.span(at..at + 1), s.span(at..end), &name, &instead);
        return Some(phrase_match(s, at..end, instead, diagnostic));
    }
    let words: Vec<String> = (at..end).map(|word| s.said(word..word + 1)).collect();
    let diagnostic = errors::words_in_a_row(s.span(at + 1..end), s.span(at..end), &words);
    let read = words.join("_");
    Some(phrase_match(s, at..end, read, diagnostic))
}

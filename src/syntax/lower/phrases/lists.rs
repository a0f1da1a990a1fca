//! Conditions joined, counted and made depend on others in other words.

use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::syntax::errors;

pub(super) const PATTERNS: &[Pattern] = &[
    and_or,
    slash,
    neither,
    both,
    joined,
    comma_and,
    except_words,
    block,
    counted_entries,
    then,
    condition_last,
    condition_only,
];

/// `hbsag is positive and/or hbcab is positive`
fn and_or(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let end = s.words(at, &["and", "/", "or"])?;
    let diagnostic = errors::joined_in_words(s.span(at..end), &s.said(at..end), "or", "`or` holds when both do");
    Some(phrase_match(s, at..end, "or", diagnostic))
}

/// `rituximab/belimumab within 6 months before screening`
fn slash(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let mut end = at + 1;
    if !s.is_name(at) || s.behind_subject(at) {
        return None;
    }
    let mut names = vec![s.said(at..end)];
    // `weight / height` with blanks is a formula.
    let glued = |at: usize| s.tokens.get(at).is_some_and(|token| !token.apart);
    while s.word(end) == "/" && glued(end) && glued(end + 1) && s.is_name(end + 1) && names.len() < 12 {
        names.push(s.said(end + 1..end + 2));
        end += 2;
    }
    if names.len() < 2 || !(s.ends(end) || s.is(end, &["within", "before", "after", "for", "more", "at"])) {
        return None;
    }
    let instead = format!("{{ {} }}", names.join(", "));
    let diagnostic = errors::condition_in_words(s.span(at..end), &s.said(at..end), &instead, "any of several kinds");
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `either rituximab or belimumab`, `both a and b`
fn both(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["either", "both"])
        || s.behind_subject(at)
        || !(s.is_free(at + 1) || s.is(at + 1, &["prior", "(", "current"]))
    {
        return None;
    }
    let join = if s.word(at) == "either" { "or" } else { "and" };
    let end = s.end_of_condition(at + 1);
    let diagnostic = errors::both(s.span(at..at + 1), &s.said(at..at + 1), join, &s.said(at + 1..end));
    Some(phrase_match(s, at..at + 1, "", diagnostic))
}

/// `neither pregnant nor lactating`
fn neither(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "neither" {
        return None;
    }
    let nor = (at + 1..at + 30).find(|nor| s.word(*nor) == "nor")?;
    let end = s.end_of_condition(nor + 1);
    let instead = format!("none of {{ {}, {} }}", s.said(at + 1..nor), s.said(nor + 1..end));
    let diagnostic =
        errors::condition_in_words(s.span(at..end), &s.said(at..end), &instead, "a list of which none holds");
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `hemoglobin >= 10 g/dL but platelets >= 50 x10^9/L`
fn joined(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let words: &[&[&str]] = &[
        &["as", "well", "as"],
        &["together", "with"],
        &["along", "with"],
        &["in", "combination", "with"],
        &["plus"],
        &["but"],
        &["with"],
        &["also"],
        &[";"],
    ];
    let end = s.phrase(at, words)?;
    // Behind a bound or a result, and before another condition.
    let behind = at > s.first && s.compared(at).is_some_and(|_| !s.is_sign(at - 1)) && s.subject(at) < at;
    let asks = s.is_free(end) && (s.is_sign(end + 1) || s.is(end + 1, &["is", "in", "between", "("]))
        || s.is(end, &["not", "no", "prior", "current"]);
    if !behind && s.word(at) != ";" || !asks {
        return None;
    }
    let diagnostic =
        errors::join_word(s.span(at..end), &s.said(at..end), s.range(at - 1..at).end == s.range(at..end).start);
    let read = if s.word(at) == ";" { " and" } else { "and" };
    Some(phrase_match(s, at..end, read, diagnostic))
}

/// `a, and b`
fn comma_and(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let except = s.is(at + 1, &["unless", "when", "except", "within"]);
    if s.word(at) != "," || !(except || s.is(at + 1, &["and", "or"])) || s.is_sign(at + 2) {
        return None;
    }
    // `, or C when D` is a second bound.
    let guarded = s.word(at + 1) == "or" && (at..(at + 200).min(s.tokens.len())).any(|when| s.word(when) == "when");
    let open = !except && (s.first..at).rev().take(60).any(|open| s.is(open, &["{"]));
    let listed = !except && (s.first..at).rev().take(200).any(|before| s.word(before) == ",");
    if guarded || open || listed {
        return None;
    }
    let word = s.said(at + 1..at + 2);
    let diagnostic = errors::comma_and(s.span(at..at + 1), &word);
    Some(phrase_match(s, at..at + 1, "", diagnostic))
}

/// `except treated skin cancer`
fn except_words(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let end = s.phrase(at, &[&["except", "for"], &["except"], &["other", "than"], &["excluding"]])?;
    if !s.is_free(end) || !(s.is(at - 1, &[","]) || s.is_free(at - 1) || s.word(at) == "except") {
        return None;
    }
    let stop = s.end_of_condition(end);
    let asks = (end..stop).any(|asks| s.word(asks) == "is" || s.is_sign(asks));
    let diagnostic = if asks {
        errors::except_condition(s.span(end..stop), &s.said(at..end), &s.said(end..stop))
    } else {
        let words: Vec<String> = (end..stop).map(|word| s.said(word..word + 1)).collect();
        errors::except_words(s.span(end..stop), &s.said(at..end), &words.join("_"))
    };
    Some(phrase_match(s, at..stop, "", diagnostic))
}

/// `any of (a, b)`, `at least one of: a, b`, `one or more of { a, b }`, `>= 1 of { a, b }`
fn block(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let (of, quantifier) = quantifier(s, at)?;
    if s.word(of) != "of" {
        return None;
    }
    let mut open = s.phrase(of + 1, &[&["the", "following"], &["these"], &["the"]]).unwrap_or(of + 1);
    open += usize::from(s.is(open, &["criteria", "conditions"]));
    open += usize::from(s.word(open) == ":");
    let braced = s.word(open) == "{";
    let right = braced && open == of + 1 && s.said(at..of) == quantifier;
    if right || open >= s.tokens.len() {
        return None;
    }
    if braced {
        let instead = format!("{quantifier} of");
        let diagnostic = errors::condition_in_words(s.span(at..open), &s.said(at..open), &instead, "before the braces");
        return Some(phrase_match(s, at..open, instead, diagnostic));
    }
    let round = s.word(open) == "(";
    let inner = open + usize::from(round);
    let close = if round {
        closing(s, open)?
    } else {
        (inner..(inner + 120).min(s.tokens.len()))
            .find(|end| s.is(*end, &["when", "unless", ")", "}"]))
            .unwrap_or(s.tokens.len().min(inner + 120))
    };
    let end = close + usize::from(round);
    let items = s.said(inner..close);
    let mut edits = vec![s.edit(at..of + 1, format!("{quantifier} of {{"))];
    if inner > of + 1 {
        edits.push(s.edit(of + 1..inner, ""));
    }
    // `a, b or c`, `a, b, and c`
    for or in inner..close {
        if s.is(or, &["or", "and"]) && !s.is_sign(or + 1) && s.word(or - 1) != "," && depth(s, inner, or) == 0 {
            edits.push(s.edit(or..or + 1, ","));
        } else if s.is(or, &["or", "and"]) && s.word(or - 1) == "," {
            edits.push(s.edit(or..or + 1, ""));
        }
    }
    edits.push(if round { s.edit(close..end, "}") } else { s.insert(close, " }") });
    let diagnostic = errors::items(s.span(at..of + 1), s.span(at..end), &quantifier, &items);
    Some(PhraseMatch { upto: end, edits, diagnostic })
}

fn depth(s: &S<'_, '_, '_>, from: usize, upto: usize) -> usize {
    (from..upto).fold(0_usize, |open, at| match s.word(at) {
        "(" | "{" => open + 1,
        ")" | "}" => open.saturating_sub(1),
        _ => open,
    })
}

/// Where the bracket at `open` is closed.
fn closing(s: &S<'_, '_, '_>, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    (open..(open + 200).min(s.tokens.len())).find(|at| {
        match s.word(*at) {
            "(" | "{" => depth += 1,
            ")" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// What counts the items of a list: the token behind it, and how it is written.
fn quantifier(s: &S<'_, '_, '_>, at: usize) -> Option<(usize, String)> {
    let number = |at: usize| {
        if s.is_number(at) { Some(s.said(at..at + 1)) } else { errors::number_word(s.word(at)).map(str::to_owned) }
    };
    if s.behind_subject(at) || at > s.first && s.is_sign(at - 1) {
        return None;
    }
    match s.word(at) {
        word @ ("any" | "all" | "none") => Some((at + 1, word.to_owned())),
        "at" if s.is(at + 1, &["least", "most"]) => {
            Some((at + 3, format!("at {} {}", s.word(at + 1), number(at + 2)?)))
        }
        "exactly" => Some((at + 2, format!("exactly {}", number(at + 1)?))),
        ">=" | "≥" => Some((at + 2, format!("at least {}", number(at + 1)?))),
        "<=" | "≤" => Some((at + 2, format!("at most {}", number(at + 1)?))),
        "one" if s.words(at + 1, &["or", "more"]).is_some() => Some((at + 3, "any".to_owned())),
        "either" => Some((at + 1, "any".to_owned())),
        _ => {
            let count = number(at)?;
            let more = s.words(at + 1, &["or", "more"]);
            Some((more.unwrap_or(at + 1), format!("at least {count}")))
        }
    }
}

/// `>= 2 prior immunosuppressant`, `more than 1 prior stroke`
fn counted_entries(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.behind_subject(at) || s.before(at) == ")" {
        return None;
    }
    let words: &[(&[&str], &str, u64)] = &[
        (&[">="], "at least", 0),
        (&["≥"], "at least", 0),
        (&[">"], "at least", 1),
        (&["more", "than"], "at least", 1),
        (&["<="], "at most", 0),
        (&["≤"], "at most", 0),
        (&["no", "more", "than"], "at most", 0),
        (&["=="], "exactly", 0),
    ];
    let bare = s.is_number(at) || errors::number_word(s.word(at)).is_some() && s.is_free(at);
    let (number, word, plus) = if bare {
        (at, "at least", 0)
    } else {
        words.iter().find_map(|(sign, word, plus)| Some((s.words(at, sign)?, *word, *plus)))?
    };
    let digits = errors::number_word(s.word(number)).map_or_else(|| s.word(number).to_owned(), str::to_owned);
    let mut end = number + 1;
    if bare {
        end = s.words(end, &["or", "more"]).unwrap_or(end);
    }
    let count: u64 = digits.parse().ok()?;
    let entries = s.is(end, &["prior", "current", "planned", "distinct", "different", "previous"]);
    if !entries || !(s.is_free(end + 1) || s.is(end + 1, &["{", "prior", "current"])) {
        return None;
    }
    let instead = format!("{word} {}", count + plus);
    let diagnostic =
        errors::bound_in_words(s.span(at..end), &s.said(at..end), &instead, "entries are counted in words");
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `if sex is female then hcg_serum is negative`
fn then(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if at != s.first || s.word(at) != "if" {
        return None;
    }
    let then = (at + 1..s.tokens.len().min(at + 60)).find(|then| s.is(*then, &["then", ","]))?;
    let asked = then + 1 + usize::from(s.is(then, &[","]) && s.word(then + 1) == "then");
    if (at..s.tokens.len()).any(|otherwise| s.word(otherwise) == "else") || asked >= s.tokens.len() {
        return None;
    }
    let (condition, asked_of) = (s.said(at + 1..then), s.said(asked..s.tokens.len()));
    let instead = format!("{asked_of} when {condition}");
    let diagnostic = errors::when(s.span(at..at + 1), s.span(at..s.tokens.len()), "if", &instead);
    Some(phrase_match(s, at..s.tokens.len(), instead, diagnostic))
}

/// `qtc <= 450 ms if sex is male`
fn condition_last(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.words(at, &["(", "if"]).is_some() && s.behind_bound(at) {
        let close = closing(s, at)?;
        let instead = format!("when {}", s.said(at + 2..close));
        let diagnostic = errors::when(s.span(at..at + 2), s.span(at..close + 1), "(if ..)", &instead);
        return Some(phrase_match(s, at..close + 1, instead, diagnostic));
    }
    let end = s.phrase(at, &[&["only", "if"], &["if"], &["provided", "that"], &["in", "case", "of"]])?;
    if at <= s.first || s.is(at - 1, &["and", "or", "(", ",", "not", "{"]) || s.is_sign(at - 1) {
        return None;
    }
    if (end..s.tokens.len().min(end + 60)).any(|then| s.word(then) == "then") {
        return None;
    }
    let diagnostic = errors::when(s.span(at..end), s.span(at..end), &s.said(at..end), "when");
    Some(phrase_match(s, at..end, "when", diagnostic))
}

/// `exclude if pregnant`, `exclude when pregnant`
fn condition_only(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if at != s.first || !s.is(at, &["if", "when"]) || at + 1 >= s.tokens.len() {
        return None;
    }
    if (at..s.tokens.len()).any(|then| s.is(then, &["then", "else"])) {
        return None;
    }
    let diagnostic = errors::condition_only(s.span(at..at + 1), &s.said(at..at + 1), &s.said(at + 1..s.tokens.len()));
    Some(phrase_match(s, at..at + 1, "", diagnostic))
}

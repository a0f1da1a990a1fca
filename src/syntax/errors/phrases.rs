//! The wording of names, lists and judgements that protocols write in other words.

use super::prose::{quoted, shorten, write};
use crate::diag::{Code, Diagnostic, DiagnosticKind, Safety};
use crate::source::Span;

/// `history of stroke`
pub(in crate::syntax) fn lead(span: Span, phrase: &str, word: &str, name: &str) -> Diagnostic {
    if word.is_empty() {
        return Diagnostic::new(Code::E0117, span, format!("`{name}` says it alone, without `{phrase}`"))
            .about(name)
            .label("not needed")
            .fix(format!("remove `{phrase}`"), span, "", Safety::Ask);
    }
    let diagnostic = Diagnostic::new(Code::E0117, span, format!("`{phrase} {name}` is written `{word} {name}`"))
        .about(name)
        .label(format!("`{word}`"));
    let diagnostic = match word {
        "prior" => diagnostic.note(format!(
            "`prior {name}` began before the anchor, `current {name}` runs at it, `{name}` is of any time"
        )),
        "current" => diagnostic.note(format!("`current {name}` runs at the anchor, `prior {name}` began before it")),
        _ => diagnostic,
    };
    write(diagnostic, span, word)
}

/// `patients with stroke`
pub(in crate::syntax) fn of_people(span: Span, phrase: &str) -> Diagnostic {
    Diagnostic::new(Code::E0117, span, format!("a criterion is about the patient already, without `{phrase}`"))
        .label("not needed")
        .fix(format!("remove `{phrase}`"), span, "", Safety::Ask)
}

/// `current or prior stroke`
pub(in crate::syntax) fn either_time(span: Span, whole: Span, phrase: &str, instead: &str) -> Diagnostic {
    let title = format!("`{phrase}` is asked in two conditions");
    write(Diagnostic::new(Code::E0117, span, title).label("each names what it is about"), whole, instead)
}

/// `live_vaccine planned`
pub(in crate::syntax) fn behind(span: Span, word: &str, instead: &str) -> Diagnostic {
    write(
        Diagnostic::new(Code::E0117, span, format!("`{word}` before its name: `{instead}`"))
            .about(instead)
            .label("the other way round"),
        span,
        instead,
    )
}

/// `lvef < 50 % by echo`
pub(in crate::syntax) fn by_method(span: Span, whole: Span, phrase: &str, name: &str, instead: &str) -> Diagnostic {
    let title = format!("`{phrase}` describes the result: write it in parentheses after `{name}`");
    let diagnostic = Diagnostic::new(Code::E0117, span, title).about(name).label("how it was measured");
    write(diagnostic.note(format!("`eligc vocab {name}` shows the attributes of its results")), whole, instead)
}

/// `qtc <= 450 ms for men`
pub(in crate::syntax) fn for_group(span: Span, phrase: &str, one: &str, sex: &str) -> Diagnostic {
    Diagnostic::new(Code::E0117, span, format!("`{phrase}` does not say for whom a bound holds"))
        .label(format!("`sex is {sex}`"))
        .help(format!("for one bound write `.. when sex is {sex}`, for one of two `({one}) or (..)`"))
}

/// `hypertension that is not controlled`
pub(in crate::syntax) fn described(span: Span, whole: Span, phrase: &str, instead: &str) -> Diagnostic {
    let title = format!("a condition on an entry is written in parentheses, not after `{phrase}`");
    write(Diagnostic::new(Code::E0117, span, title).about(instead).label("of what is before it"), whole, instead)
}

/// `inadequate response to methotrexate`
pub(in crate::syntax) fn sentence(span: Span, said: &str) -> Diagnostic {
    let title = format!("{} is a sentence, not a condition", quoted(said, "this"));
    Diagnostic::new(Code::E0117, span, title)
        .label("words that nothing joins")
        .help("say it by names, signs and windows; `eligc vocab WORD` finds names")
        .fix("leave it to a person's judgement", span, format!("judged \"{said}\""), Safety::Ask)
        .fix("leave it to be encoded later", span, format!("todo \"{said}\""), Safety::Ask)
}

/// `uncontrolled hypertension`; `place` is what is behind the first word.
pub(in crate::syntax) fn words_in_a_row(place: Span, whole: Span, words: &[String]) -> Diagnostic {
    let (first, last) = (words.first().map_or("", String::as_str), words.last().map_or("", String::as_str));
    let name = words.join("_");
    let title = format!("nothing joins {} and {}", shorten(first), shorten(words.get(1).map_or("", String::as_str)));
    let diagnostic = Diagnostic::new(Code::E0112, place, title)
        .kind(DiagnosticKind::WordsInARow)
        .about(words.join(" "))
        .label("`and`, `or` or a sign before this")
        .help(format!(
            "a name is one word, such as `{name}`; a condition on `{last}` is written in parentheses: `{last} (..)`"
        ));
    write(diagnostic, whole, &name)
}

/// `stable methotrexate`
pub(in crate::syntax) fn stable_before(span: Span, whole: Span, name: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0117, span, format!("`stable` is asked in parentheses behind {}", quoted(name, "the drug"))).about(name)
        .label("of which drug?")
        .note("`stable`: the dose is unchanged since the start of the course")
        .help(format!(
            "of a length of time, write `current {name} (dose_since at least 4 weeks before ..)`, with the weeks of the protocol"
        ));
    write(diagnostic, whole, instead)
}

/// `either a or b`
pub(in crate::syntax) fn both(span: Span, word: &str, join: &str, first: &str) -> Diagnostic {
    let title = format!("`{join}` joins two conditions without `{word}` before the first");
    Diagnostic::new(Code::E0112, span, title)
        .about(join)
        .label("not needed")
        .note(format!("written {} {join} ..", quoted(first, "..")))
        .fix(format!("remove `{word}`"), span, "", Safety::Ask)
}

/// `a but b`, `a; b`
pub(in crate::syntax) fn join_word(span: Span, word: &str, glued: bool) -> Diagnostic {
    Diagnostic::new(Code::E0112, span, format!("conditions are joined by `and` or `or`, not by `{word}`"))
        .label("`and`")
        .fix("write `and`", span, if glued { " and" } else { "and" }, Safety::Ask)
}

/// `a, and b`
pub(in crate::syntax) fn comma_and(span: Span, word: &str) -> Diagnostic {
    let title = match word {
        "and" | "or" => format!("`{word}` joins conditions without a comma before it"),
        _ => format!("`{word}` without a comma before it"),
    };
    let diagnostic = Diagnostic::new(Code::E0112, span, title).label("not needed");
    let diagnostic = match word {
        "or" => diagnostic.note("with a comma it is a second bound that holds `when` something does"),
        _ => diagnostic,
    };
    diagnostic.fix("remove the comma", span, "", Safety::Ask)
}

/// `any of (a, b)`; `items` is what means the items.
pub(in crate::syntax) fn items(place: Span, whole: Span, quantifier: &str, items: &str) -> Diagnostic {
    let title = format!("the items of `{quantifier} of` are written in braces");
    let items = items.replace(", or ", ", ").replace(", and ", ", ").replace(" or ", ", ");
    write(
        Diagnostic::new(Code::E0119, place, title).label("`{` belongs behind this"),
        whole,
        &format!("{quantifier} of {{ {items} }}"),
    )
}

/// `if a then b`, `b if a`
pub(in crate::syntax) fn when(span: Span, whole: Span, word: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::E0117,
        span,
        format!("a criterion that holds under a condition says `when`, not `{word}`"),
    );
    write(diagnostic.label("`when` and the condition come last"), whole, instead)
}

/// `exclude if pregnant`
pub(in crate::syntax) fn condition_only(span: Span, word: &str, rest: &str) -> Diagnostic {
    let title = format!("a criterion says {} itself, without `{word}`", quoted(rest, "its condition"));
    Diagnostic::new(Code::E0117, span, title).about(rest).label("not needed").fix(
        format!("remove `{word}`"),
        span,
        "",
        Safety::Ask,
    )
}

/// `[E17]:`
pub(in crate::syntax) fn number_sign(span: Span, sign: &str) -> Diagnostic {
    Diagnostic::new(Code::E0113, span, format!("a criterion's number in brackets needs no `{sign}` behind it"))
        .label("not needed")
        .fix(format!("remove `{sign}`"), span, "", Safety::Safe)
}

/// `E17:`
pub(in crate::syntax) fn number_in_brackets(span: Span, written: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0119, span, "a criterion's number is written in brackets")
        .label(format!("write `{written}`"));
    write(diagnostic, span, written)
}

/// `judged by sponsor ".."`
pub(in crate::syntax) fn order_of_judged(span: Span, instead: &str) -> Diagnostic {
    write(
        Diagnostic::new(Code::E0117, span, "who judges is named after the text").label("the other way round"),
        span,
        instead,
    )
}

/// `judged unsuitable`
pub(in crate::syntax) fn unquoted(place: Span, whole: Span, word: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0118, place, format!("what `{word}` says is written in double quotes"))
        .about(word)
        .label("a text");
    write(diagnostic, whole, instead)
}

/// `in the opinion of the investigator, unsuitable`
pub(in crate::syntax) fn opinion(span: Span, instead: &str) -> Diagnostic {
    write(
        Diagnostic::new(Code::E0117, span, "a person's judgement is written with `judged`").label("a person's opinion"),
        span,
        instead,
    )
}

/// `"unsuitable"` where a condition belongs.
pub(in crate::syntax) fn text_alone(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::E0118, span, "a text where a condition belongs")
        .label("a text")
        .help("a person's judgement is written `judged \"..\"`, what is not encoded yet `todo \"..\"`")
        .fix("write it as a judgement", span, format!("judged {text}"), Safety::Ask)
        .fix("write it as not encoded yet", span, format!("todo {text}"), Safety::Ask)
}

/// `mean systolic_bp`
pub(in crate::syntax) fn mean(span: Span, word: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0117, span, format!("`{word} {name}` cannot be asked: results are not averaged")).about(name)
        .label("no word of the language")
        .help(format!(
            "ask `every {name}`, `any {name}`, `highest {name}` or `lowest {name}`, or declare the {word} as a fact of its own"
        ))
}

/// `qtc <= 450 ms for men or <= 470 ms for women`
pub(in crate::syntax) fn two_groups(span: Span, whole: Span, phrase: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0117, span, format!("`{phrase}` does not say for whom a bound holds"));
    write(diagnostic.label("a condition for each of the two"), whole, instead)
}

/// `organ_transplant of kidney`
pub(in crate::syntax) fn of_name(span: Span, word: &str, subject: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0117, span, format!("`{word} {name}` says nothing of {}", quoted(subject, "what is before it"))).about(subject)
        .label("not understood")
        .help(format!(
            "a condition on an entry is written in parentheses: `(.. is {name})`; a window has a length: `within .. of {name}`"
        ))
}

/// `except treated skin cancer`
pub(in crate::syntax) fn except_words(span: Span, word: &str, value: &str) -> Diagnostic {
    Diagnostic::new(Code::E0119, span, format!("what `{word}` leaves out is written in parentheses"))
        .about(word)
        .label("`(` belongs before this")
        .help(format!("ask it of the entries: `except (.. is {value})`, with an attribute before `is`"))
}

/// `except site is skin`
pub(in crate::syntax) fn except_condition(span: Span, word: &str, asked: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0119, span, format!("what `{word}` leaves out is written in parentheses")).about(word);
    write(diagnostic.label("`(` belongs before this"), span, &format!("({asked})"))
}

/// `investigational drug`
pub(in crate::syntax) fn name_of_two_words(span: Span, first: &str, word: &str) -> Diagnostic {
    let name = format!("{first}_{word}");
    let diagnostic =
        Diagnostic::new(Code::E0117, span, format!("`{word}` begins a declaration, and a name is one word"));
    write(diagnostic.label(format!("`{name}`?")), span, &name)
}

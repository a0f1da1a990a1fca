//! Conditions and values that do not fit each other: `E0307`, `E0310`, `E0319` to `E0325`.

use crate::diag::suggest::suggesting;
use crate::diag::suggest::{nearest, nearest_names};
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic, DiagnosticKind, Safety};
use crate::ir::Limit;
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Name, Tail, TailKind};
use crate::vocab::{Fact, Type};

pub(crate) fn condition_as_quantity(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0319, span, "a condition where a quantity is needed")
        .label("a yes or no, not a number")
        .help("choose between numbers with `if CONDITION then A else B`")
}

pub(crate) fn kind_as_quantity(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0319, name.span, format!("`{}` is a kind of entry, not a number", name.text))
        .label("entries, not a number")
        .help(format!("count entries with `at least 2 {}`", name.text))
}

/// Entries that are compared like a number.
pub(crate) struct Compared<'a> {
    /// The whole condition.
    pub whole: Span,
    /// What is before the comparison.
    pub bare: &'a str,
    /// The first name.
    pub name: &'a str,
    /// Whether they are several drugs or conditions, which are counted one by one by `distinct`.
    pub several: bool,
}

pub(crate) fn entries_compared(
    predicate: &Tail,
    compared: &Compared<'_>,
    attribute: Option<&str>,
    written: &str,
) -> Diagnostic {
    let Compared { whole: subject, bare, name, several } = *compared;
    let bare = if bare.trim().is_empty() { name } else { bare.trim() };
    let diagnostic = Diagnostic::new(
        Code::E0319,
        predicate.span,
        format!("`{name}` is a kind of entry and has no number to compare"),
    )
    .label("a comparison needs a number")
    .also(subject, "entries");
    let distinct = if several { "distinct " } else { "" };
    let counted = counted(predicate, &format!("{distinct}{bare}"), bare);
    let example = counted.clone().unwrap_or_else(|| format!("at least 2 {distinct}{bare}"));
    // `grade >= grade 2` says the scale twice.
    let written = attribute.map_or_else(String::new, |attribute| written.replace(&format!(" {attribute} "), " "));
    let asked = attribute.map(|attribute| format!("to ask about an attribute write `{bare} ({attribute} {written})`"));
    if !matches!(predicate.kind, TailKind::Compare { .. }) {
        return diagnostic.help(asked.unwrap_or_else(|| {
            format!("no attribute of `{name}` fits this; declare one, or ask for its entries as they are: `{bare}`")
        }));
    }
    let what = if several { "different ones" } else { "entries" };
    let count = format!("to count {what} write `{example}`");
    let diagnostic = diagnostic.help(asked.map_or_else(|| count.clone(), |asked| format!("{count}; {asked}")));
    match counted {
        Some(counted) if bare.is_ascii() && !bare.contains(['\n', '(', '#']) => {
            diagnostic.fix(format!("write `{counted}`"), subject.merge(predicate.span), counted, Safety::Ask)
        }
        _ => diagnostic,
    }
}

/// `stroke <= 6 months before screening`: `bare` is what is before the comparison, `window` what is behind it.
pub(crate) fn entries_compared_with_time(
    predicate: &Tail,
    whole: Span,
    bare: &str,
    name: &str,
    length: &str,
    window: &str,
) -> Diagnostic {
    let bare = if bare.trim().is_empty() { name } else { bare.trim() };
    // `no stroke >= 6 months before` is none in that time; that none is older is another thing.
    let denied = bare.split(' ').next() == Some("no");
    let word = match &predicate.kind {
        _ if denied => "within",
        TailKind::Compare { op: Comparison::Ge, .. } => "at least",
        TailKind::Compare { op: Comparison::Gt, .. } => "more than",
        _ => "within",
    };
    let instead = format!("{bare} {word} {length} {window}");
    Diagnostic::new(
        Code::E0319,
        predicate.span,
        format!("`{name}` is a kind of entry, and how long ago it was is asked with a window"),
    )
    .label("a length of time")
    .also(whole, "entries")
    .fix(format!("write `{instead}`"), whole, instead, Safety::Ask)
}

/// `car_t >= 2` as a count: `at least 2 car_t`.
fn counted(predicate: &Tail, several: &str, bare: &str) -> Option<String> {
    let TailKind::Compare { op, right, .. } = &predicate.kind else {
        return None;
    };
    let ExprKind::Literal { number, unit: None } = &right.kind else {
        return None;
    };
    let count: u32 = number.text.parse().ok()?;
    Some(match (op, count) {
        (Comparison::Ge, 1) | (Comparison::Gt, 0) => bare.to_owned(),
        (Comparison::Ge, 2..) => format!("at least {count} {several}"),
        (Comparison::Gt, 1..) => format!("at least {} {several}", count.checked_add(1)?),
        (Comparison::Le, 1..) => format!("at most {count} {several}"),
        (Comparison::Lt, 2..) => format!("at most {} {several}", count - 1),
        (Comparison::Eq | Comparison::Le, 0) | (Comparison::Lt, 1) => format!("no {bare}"),
        (Comparison::Eq, 1..) => format!("exactly {count} {several}"),
        (Comparison::Ge | Comparison::Lt, 0) | (Comparison::Ne, _) => return None,
    })
}

pub(crate) fn tail_on_condition(span: Span, subject: Span) -> Diagnostic {
    Diagnostic::new(Code::E0322, span, "this does not apply to a condition")
        .label("does not apply")
        .also(subject, "a condition")
        .help("windows, comparisons and prefixes belong to one fact or one kind of entry")
}

pub(crate) fn tail_on_attribute(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0322, span, "an attribute belongs to one entry and has no window or filter of its own")
        .label("does not apply")
        .help("put the window behind the filter, where it is about the entry")
}

/// `whole` is what is asked with its name.
pub(crate) fn predicate_on_yes_no(predicate: &Tail, whole: Span, name: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0320, predicate.span, format!("`{name}` is yes or no and is asked as it is"))
            .label("nothing to compare")
            .help(format!("write `{name}` or `not {name}`"));
    match &predicate.kind {
        TailKind::Is { negated: false, value } if matches!(value.word.text.as_str(), "yes" | "true" | "present") => {
            diagnostic.fix(format!("leave `is {}` out", value.word.text), predicate.span, "", Safety::Ask)
        }
        TailKind::Is { negated: false, value } if matches!(value.word.text.as_str(), "no" | "false" | "absent") => {
            diagnostic.fix(format!("write `not {name}`"), whole, format!("not {name}"), Safety::Ask)
        }
        _ => diagnostic,
    }
}

pub(crate) fn coded_compared(op: Comparison, span: Span, right: &str, declared: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0320, span, "words are not compared as numbers are").label("needs `is`");
    match op {
        Comparison::Eq => diagnostic.help(format!("write `is {right}`")).fix("write `is`", span, "is", Safety::Safe),
        Comparison::Ne => {
            diagnostic.help(format!("write `is not {right}`")).fix("write `is not`", span, "is not", Safety::Safe)
        }
        Comparison::Ge | Comparison::Gt | Comparison::Le | Comparison::Lt => diagnostic.help(format!(
            "write `is {}` or `in {{..}}`; these words have no order",
            declared.first().map_or("..", String::as_str)
        )),
    }
}

pub(crate) fn coded_between(span: Span, declared: &[String]) -> Diagnostic {
    Diagnostic::new(Code::E0320, span, "words have no order, so nothing lies between them")
        .label("needs `in`")
        .help(format!("list the ones meant: `in {{{}}}`", declared.join(", ")))
}

pub(crate) fn coded_predicate_on_number(predicate: &Tail) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0320, predicate.span, "a number is compared, not matched with words")
        .label("needs a comparison");
    let diagnostic = match &predicate.kind {
        TailKind::Is { negated, value } if value.word.text.bytes().all(|byte| byte.is_ascii_digit()) => {
            let text = format!("{} {}", if *negated { "!=" } else { "==" }, value.word.text);
            return diagnostic.help(format!("did you mean `{text}`?")).fix(
                format!("write `{text}`"),
                predicate.span,
                text,
                Safety::Ask,
            );
        }
        _ => diagnostic,
    };
    diagnostic.help("write `==`, `>=`, `<=`, `>`, `<` or `between .. and ..`")
}

pub(crate) fn limit_of_formula(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0307, span, "a formula has no laboratory limit of its own")
        .label("of which result?")
        .help("compare a measured fact with ULN or LLN")
}

pub(crate) fn no_reference_limit(span: Span, fact: &Fact, limit: Limit) -> Diagnostic {
    let (word, modifier) = match limit {
        Limit::Uln => ("ULN", "uln"),
        Limit::Lln => ("LLN", "lln"),
    };
    Diagnostic::new(Code::E0307, span, format!("results of `{}` carry no {word}", fact.name))
        .label(format!("no {word} to multiply"))
        .also(fact.span, "declared here")
        .help(format!("write the bound as a value, or declare the fact with `{modifier}`"))
}

pub(crate) fn judged_in_filter(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0323, span, "a judgement is about the patient, not about one entry")
        .label("inside a filter")
        .help("join it outside the parentheses: `K (..) and judged \"..\"`")
}

pub(crate) fn entries_in_filter(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0323, span, "entries cannot be counted inside a filter")
        .label("a kind of entry")
        .help("a filter asks about attributes; join the other condition outside the parentheses")
}

pub(crate) fn unknown_judge(name: &Name) -> Diagnostic {
    let near = nearest(&name.text, ["investigator", "sponsor"], 1);
    let diagnostic = Diagnostic::new(Code::E0207, name.span, format!("`{}` does not give judgements", name.text))
        .about(&*name.text)
        .label("unknown role");
    suggesting(diagnostic, name.span, &near).help("write `by investigator` or `by sponsor`")
}

pub(crate) fn empty_block(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, "the braces hold no condition")
        .label("empty")
        .help("list at least one condition between the braces")
}

pub(crate) fn count_out_of_reach(span: Span, size: u32) -> Diagnostic {
    let conditions = if size == 1 { "1 condition".to_owned() } else { format!("{size} conditions") };
    Diagnostic::new(Code::E0310, span, format!("whatever the patient, {conditions} give this count the same answer"))
        .label("check the number")
        .help(format!("choose a number that {conditions} can meet and can miss"))
}

pub(crate) fn distinct_out_of_reach(span: Span, size: u32) -> Diagnostic {
    let kinds = if size == 1 { "there is 1 kind".to_owned() } else { format!("there are {size} kinds") };
    Diagnostic::new(Code::E0310, span, format!("{kinds} here, so this count always has the same answer"))
        .label("check the number")
        .help("`distinct` counts kinds, not entries: leave it out to count entries, or choose a smaller number")
}

pub(crate) fn second_at(span: Span, window: &str, word: &str, anchor: &str) -> Diagnostic {
    Diagnostic::new(Code::E0325, span, format!("`{word}` is about `{anchor}` already"))
        .label("another day")
        .help(format!("write `{window}` before the other windows if `{word}` is about that day, or leave it out"))
}

pub(crate) fn at_least_none(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, "`at least 0` is always met")
        .label("always true")
        .help("write `no ..` for none, or a number from 1")
}

pub(crate) fn extreme_not_equal(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0321, span, "`!=` does not say which side of the value is meant")
        .label("ambiguous here")
        .help("write `>` or `<`")
}

pub(crate) fn any_between(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0321, span, "`any .. between` would let two results meet one end each")
        .label("two bounds, many results")
        .help("ask for one bound, or for `latest ..` or `every .. between`")
}

pub(crate) fn quantifier_in_formula(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0321, span, "a formula takes one value, not one of several results")
        .label("several results")
        .help("use `latest`, `first`, `highest` or `lowest`, or compare the fact itself: `any FACT >= ..`")
}

pub(crate) fn tail_on_formula(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0321, span, "a formula has one value; there is nothing to choose from")
        .label("does not apply to a formula")
        .help("say which result is meant where the formula names the fact: `FACT (..) * 2`")
}

pub(crate) fn extreme_of_words(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0321, span, "only numbers have a highest or lowest result")
        .label("not a number")
        .help("write `any ..` for at least one result, `every ..` for all of them")
}

pub(crate) fn results_clash(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0325, span, "two words say which of several results is meant")
        .label("one too many")
        .help("keep one of `latest`, `first`, `any`, `every`, `highest`, `lowest` and a count")
}

pub(crate) fn prefix_on_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0322, span, "this word belongs to entries, not to a value")
        .label("does not apply to a value")
        .help("a value takes `latest`, `first`, `any`, `every` and counts, and a number also `highest` and `lowest`; a yes/no is denied with `not`")
}

pub(crate) fn prefix_on_entries(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0322, span, "this word belongs to results of a value, not to entries")
        .label("does not apply to entries")
        .help("entries take `prior`, `current`, `planned`, `latest`, `no`, `any` and counts")
}

pub(crate) fn prefixes_clash(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0325, span, "these words contradict each other")
        .label("one too many")
        .help("keep one of `prior`, `current`, `planned`, and one of `no`, `any` and a count")
}

pub(crate) fn distinct_without_count(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0322, span, "`distinct` needs a count")
        .label("how many?")
        .help("write `at least 2 distinct ..`")
}

pub(crate) fn unknown_code(name: &Name, declared: &[String]) -> Diagnostic {
    let near = nearest_names(&name.text, declared.iter().map(String::as_str), 2);
    let diagnostic =
        Diagnostic::new(Code::E0207, name.span, format!("`{}` is not one of the declared values", name.text))
            .about(&*name.text)
            .label("unknown value")
            .note(format!("the values are {}", choices(declared.iter().map(String::as_str))));
    suggesting(diagnostic, name.span, &near)
}

/// The word before a level is the other scale's; which of the two was meant, the protocol knows.
pub(crate) fn wrong_scale(name: &Name, scale: &str) -> Diagnostic {
    Diagnostic::new(Code::E0308, name.span, format!("this scale counts in `{scale}`, not in `{}`", name.text))
        .label("other scale")
        .help(format!("write `{scale}`"))
        .fix(format!("write `{scale}`"), name.span, scale, Safety::Ask)
}

pub(crate) fn not_a_number(span: Span, name: &str, ty: &Type) -> Diagnostic {
    Diagnostic::new(Code::E0308, span, format!("`{name}` is not a number"))
        .label(ty.describe())
        .help("a formula takes quantities and scores; choose by a word with `if .. is .. then .. else ..`")
}

pub(crate) fn power_not_constant(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0308, span, "an exponent is a plain number")
        .label("not a constant")
        .help("write the number, such as `^ 2` or `^ -0.302`")
}

pub(crate) fn exponent_too_large(span: Span, most: i64) -> Diagnostic {
    Diagnostic::new(Code::E0312, span, format!("an exponent is at most {most}"))
        .label("too large")
        .help(format!("write an exponent from -{most} to {most}"))
}

pub(crate) fn wrong_arguments(span: Span, function: &str) -> Diagnostic {
    let help = if function == "completed_years" {
        "it takes the name of one date fact: `completed_years(birth_date)`"
    } else {
        "it takes at least one quantity: `min(a, b)`"
    };
    Diagnostic::new(Code::E0308, span, format!("`{function}` does not take this")).label("wrong arguments").help(help)
}

pub(crate) fn unknown_function(name: &Name) -> Diagnostic {
    let near = nearest(&name.text, ["min", "max", "completed_years"], 1);
    let diagnostic = Diagnostic::new(Code::E0201, name.span, format!("there is no function `{}`", name.text))
        .about(format!("{}()", name.text))
        .label("unknown function");
    suggesting(diagnostic, name.span, &near).help("the functions are `min`, `max` and `completed_years`")
}

pub(crate) fn formula_too_large(span: Span, most: usize) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, format!("the formula has more than {most} parts once definitions are put in"))
        .label("too large")
        .help("define fewer quantities in terms of each other")
}

pub(crate) fn too_many_tests(span: Span, tests: u64, most: u64) -> Diagnostic {
    let found = if tests == u64::MAX { "more than can be counted".to_owned() } else { tests.to_string() };
    Diagnostic::new(Code::E0103, span, format!("the criterion has more than {most} tests once definitions are put in"))
        .label(format!("{found} tests"))
        .help("a definition that names another twice doubles it: name each condition once, or split the criterion")
}

pub(crate) fn formula_too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::new(Code::E0103, span, format!("more than {most} operations are nested once definitions are put in"))
        .label("too deep")
        .help("add, multiply or nest fewer quantities in one formula; group them by parentheses: `(a + b) + (c + d)`")
}

pub(crate) fn tests_too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::E0103,
        span,
        format!("filters and formulas are nested more than {most} deep once definitions are put in"),
    )
    .label("too deep")
    .help("define fewer quantities by an `if` that asks another defined quantity")
}

pub(crate) fn too_many_counted(span: Span, most: usize) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, format!("more than {most} conditions are counted"))
        .label("too many to count")
        .help("count fewer conditions, or group some of them with `any of`")
}

pub(crate) fn nested_too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::E0103,
        span,
        format!("conditions are nested more than {most} deep once definitions are put in"),
    )
    .kind(DiagnosticKind::NestedConditions)
    .label("too deep")
    .help("define fewer names in terms of each other")
}

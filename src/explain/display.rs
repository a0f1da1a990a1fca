//! Tests, operands and windows in words. Numbers are decimals in canonical units.

use crate::calendar::PartialDateTime;
use crate::ir::{Length, Limit, Quantifier, Relation, Several, Spaced};
use crate::number::{Interval, Rational};
use crate::tree::{
    AnchorId, DailyDose, DecisionTree, DoseDay, FactId, FactRead, KindId, Operand, OperandKind, Subject, Test, TimeOf,
    ValueType, WindowAnchor,
};

use super::report::Window;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::moment::Ticks;
use crate::eval::time;
use crate::kleene::Tri;
use crate::record::schema::Scope;

/// Digits behind the point that are shown of a number that has no end.
const SHOWN_PLACES: usize = 6;

/// A number as a decimal: exactly, where it is short, else to six places.
pub(crate) fn decimal(value: &Rational) -> String {
    if value.decimal_places().is_some_and(|places| places <= SHOWN_PLACES as u64) {
        return value.to_string();
    }
    rounded(value.to_f64())
}

/// A double to six places.
pub(crate) fn rounded(value: f64) -> String {
    let text = format!("{value:.SHOWN_PLACES$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The values a number may have: `7`, `< 9`, `0 .. 9`.
pub(crate) fn range(interval: &Interval) -> String {
    use crate::number::Bound;
    if let Some(value) = interval.as_point() {
        return decimal(value);
    }
    match (&interval.low, &interval.high) {
        (Bound::Unbounded, Bound::Unbounded) => "any number".to_owned(),
        (Bound::Unbounded, Bound::Closed(high)) => format!("<= {}", decimal(high)),
        (Bound::Unbounded, Bound::Open(high)) => format!("< {}", decimal(high)),
        (Bound::Closed(low), Bound::Unbounded) => format!(">= {}", decimal(low)),
        (Bound::Open(low), Bound::Unbounded) => format!("> {}", decimal(low)),
        (Bound::Closed(low) | Bound::Open(low), Bound::Closed(high) | Bound::Open(high)) => {
            format!("{} .. {}", decimal(low), decimal(high))
        }
    }
}

/// A scope's own name: the fact's or the kind's.
pub(crate) fn scope_name(tree: &DecisionTree, scope: Scope) -> &str {
    match scope {
        Scope::Nothing => "",
        Scope::Fact(fact) => fact_name(tree, fact),
        Scope::Kind(kind) => tree.kinds.get(kind).map_or("", |kind| &kind.name),
    }
}

pub(crate) fn fact_name(tree: &DecisionTree, fact: FactId) -> &str {
    tree.facts.get(fact).map_or("", |fact| &fact.name)
}

pub(crate) fn anchor_name(tree: &DecisionTree, anchor: AnchorId) -> &str {
    tree.anchors.get(anchor).map_or("", |anchor| &anchor.name)
}

/// What a window is about: `screening`, `last stroke`, `end of first {stroke, tia}`.
pub(crate) fn about(tree: &DecisionTree, anchor: &WindowAnchor) -> String {
    match anchor {
        WindowAnchor::Date(anchor) => anchor_name(tree, *anchor).to_owned(),
        WindowAnchor::Entry(point) => {
            let names: Vec<&str> =
                point.kinds.iter().filter_map(|kind| tree.kinds.get(*kind)).map(|kind| kind.name.as_str()).collect();
            let names = match &names[..] {
                [one] => (*one).to_owned(),
                many => format!("{{{}}}", many.join(", ")),
            };
            let end = if point.ends { "end of " } else { "" };
            format!("{end}{} {names}", if point.last { "last" } else { "first" })
        }
    }
}

/// What a test asks: `sledai2k >= 7`.
pub fn test(tree: &DecisionTree, test: &Test) -> String {
    match test {
        Test::Compare { left, op, right } => {
            let limit = match &left.kind {
                OperandKind::Fact(_, Some(Limit::Uln)) => " x ULN",
                OperandKind::Fact(_, Some(Limit::Lln)) => " x LLN",
                _ => "",
            };
            let unit = bound_unit(tree, left, right).map(|unit| format!(" {unit}")).unwrap_or_default();
            let titre = match (&left.kind, &right.kind) {
                (OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. }, OperandKind::Number(_)) => {
                    tree.facts.get(read.fact).is_some_and(|fact| fact.ty == ValueType::Titre)
                }
                _ => false,
            };
            let before = if titre { "1:" } else { "" };
            let left = match &left.kind {
                OperandKind::Fact(read, _) => fact_read(tree, read),
                _ => operand(tree, left),
            };
            format!("{left} {} {before}{}{limit}{unit}", op.symbol(), operand(tree, right))
        }
        Test::Stretch { left, op, right, windows } => {
            let unit = bound_unit(tree, left, right).map(|unit| format!(" {unit}")).unwrap_or_default();
            let windows: Vec<String> =
                windows.iter().map(|(how, anchor)| relation_to(how, anchor_name(tree, *anchor))).collect();
            let (left, right) = (operand(tree, left), operand(tree, right));
            format!("days with {left} {} {right}{unit}, {}", op.symbol(), windows.join(", "))
        }
        Test::IsOneOf { subject: of, values } => format!("{} is {}", subject(tree, of), values.join(" or ")),
        Test::IsYes { subject: of } => subject(tree, of),
        Test::Entries { kinds, distinct, choice, op, count, .. } => {
            let names = kind_names(tree, kinds);
            let words = if *op == crate::number::Comparison::Ge { "at least" } else { "at most" };
            let (latest, by) = match choice {
                None => (false, None),
                Some(choice) => (choice.latest, choice.by.as_ref()),
            };
            let distinct = if *distinct || (by.is_some() && !latest) { "distinct " } else { "" };
            let latest = if latest { "latest " } else { "" };
            let by = by.map_or_else(String::new, |by| format!(" by {by}"));
            format!("{words} {count} {distinct}{latest}{names}{by}")
        }
        Test::Course { kinds, filter: _, gap, distinct, planned: _, op, count, windows } => {
            let names = kind_names(tree, kinds);
            let words = if *op == crate::number::Comparison::Ge { "at least" } else { "at most" };
            let lead = if *distinct { format!("{words} {count} distinct {names} with") } else { String::new() };
            let lead = if lead.is_empty() { format!("a course of {names}") } else { format!("{lead} a course") };
            let windows: Vec<String> =
                windows.iter().map(|(how, anchor)| relation_to(how, anchor_name(tree, *anchor))).collect();
            let gaps = match gap {
                0 => String::new(),
                1 => " with gaps of up to 1 day".to_owned(),
                days => format!(" with gaps of up to {days} days"),
            };
            format!("{lead} {}{gaps}", windows.join(" and "))
        }
        Test::Window { of, relation: how, anchor, .. } => {
            let what = match of {
                TimeOf::Entry => "the entry".to_owned(),
                TimeOf::Result => "the result".to_owned(),
                TimeOf::Attribute(name) => name.clone(),
                TimeOf::Fact(read) => fact_read(tree, read),
                TimeOf::Anchor(id) => anchor_name(tree, *id).to_owned(),
            };
            format!("{what} {}", relation_to(how, &about(tree, anchor)))
        }
        Test::Judged { question } => tree
            .questions
            .get(*question)
            .map(|question| format!("judged by the {}: {}", question.by, question.text))
            .unwrap_or_default(),
        Test::Todo { text } => format!("not encoded: {text}"),
    }
}

/// `prednisone`, `{mycophenolate, azathioprine}`
fn kind_names(tree: &DecisionTree, kinds: &[KindId]) -> String {
    let names: Vec<&str> =
        kinds.iter().filter_map(|kind| tree.kinds.get(*kind)).map(|kind| kind.name.as_str()).collect();
    match &names[..] {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    }
}

/// The unit behind a constant bound.
fn bound_unit<'t>(tree: &'t DecisionTree, left: &Operand, right: &Operand) -> Option<&'t str> {
    match (&left.kind, &right.kind) {
        (OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. }, OperandKind::Number(_)) => {
            unit_of(&tree.facts.get(read.fact)?.ty)
        }
        (OperandKind::Age(age), OperandKind::Number(_)) => Some(age.unit.plural()),
        (OperandKind::DailyDose(dose), OperandKind::Number(_)) => dose_unit(tree, &dose.kinds),
        _ => None,
    }
}

/// The unit of a daily dose.
pub(crate) fn dose_unit<'t>(tree: &'t DecisionTree, kinds: &[KindId]) -> Option<&'t str> {
    let kind = tree.kinds.get(*kinds.first()?)?;
    unit_of(&kind.attributes.iter().find(|attribute| attribute.name == "dose")?.ty)
}

fn daily_dose(tree: &DecisionTree, dose: &DailyDose) -> String {
    // A long list is called by the name of the group that it is.
    let group = tree.groups.iter().find(|group| group.members == dose.kinds && group.other_members.is_empty());
    let names = group.map_or_else(|| kind_names(tree, &dose.kinds), |group| group.name.clone());
    let reference = match (&dose.reference, &dose.kinds[..]) {
        (Some(reference), [_]) if *reference == names => String::new(),
        (Some(reference), _) => format!(" as {reference}"),
        (None, _) => String::new(),
    };
    let (which, when) = match &dose.day {
        DoseDay::At(anchor) => ("", format!(" at {}", anchor_name(tree, *anchor))),
        DoseDay::Each => ("", String::new()),
        DoseDay::Highest(how, anchor) => ("highest ", format!(" {}", relation_to(how, anchor_name(tree, *anchor)))),
        DoseDay::Lowest(how, anchor) => ("lowest ", format!(" {}", relation_to(how, anchor_name(tree, *anchor)))),
    };
    format!("{which}daily dose of {names}{reference}{when}")
}

pub(crate) fn unit_of(ty: &ValueType) -> Option<&str> {
    match ty {
        ValueType::Quantity { unit, .. } if unit != "1" => Some(unit),
        _ => None,
    }
}

fn subject(tree: &DecisionTree, subject: &Subject) -> String {
    match subject {
        Subject::Fact(read) => fact_read(tree, read),
        Subject::Attribute(name) => name.clone(),
    }
}

fn fact_read(tree: &DecisionTree, read: &FactRead) -> String {
    let name = fact_name(tree, read.fact);
    let select = match read.quantifier {
        Quantifier::Latest => "",
        Quantifier::Any => "any ",
        Quantifier::Every => "every ",
        Quantifier::First => "first ",
        Quantifier::Highest => "highest ",
        Quantifier::Lowest => "lowest ",
        Quantifier::Several(several) => return several_read(name, several),
    };
    match &read.by {
        Some(by) => format!("{select}latest {name} by {by}"),
        None => format!("{select}{name}"),
    }
}

/// `at least 2 consecutive ana`, `at least 2 (12 weeks apart) ana`
fn several_read(name: &str, several: Several) -> String {
    let Several { at_most, count, spaced } = several;
    let words = if at_most { "at most" } else { "at least" };
    let spaced = match spaced {
        Spaced::Free => String::new(),
        Spaced::Consecutive => "consecutive ".to_owned(),
        Spaced::Apart(count, unit) => format!("({} apart) ", length(&Length::Calendar(count, unit))),
    };
    format!("{words} {count} {spaced}{name}")
}

/// A formula.
pub(crate) fn operand(tree: &DecisionTree, whole: &Operand) -> String {
    let inner = |part: &Operand| match &part.kind {
        OperandKind::Add(..)
        | OperandKind::Subtract(..)
        | OperandKind::Multiply(..)
        | OperandKind::Divide(..)
        | OperandKind::If { .. } => {
            format!("({})", operand(tree, part))
        }
        _ => operand(tree, part),
    };
    let call = |name: &str, all: &[Operand]| {
        let parts: Vec<String> = all.iter().map(|one| operand(tree, one)).collect();
        format!("{name}({})", parts.join(", "))
    };
    match &whole.kind {
        OperandKind::Number(value) => decimal(value),
        OperandKind::Fact(read, None) => fact_read(tree, read),
        OperandKind::Fact(read, Some(Limit::Uln)) => format!("{} / ULN", fact_read(tree, read)),
        OperandKind::Fact(read, Some(Limit::Lln)) => format!("{} / LLN", fact_read(tree, read)),
        OperandKind::Attribute(name) => name.clone(),
        OperandKind::Coalesce { read, .. } => fact_read(tree, read),
        OperandKind::DailyDose(dose) => daily_dose(tree, dose),
        OperandKind::Age(age) => match &age.recorded {
            Some(read) => fact_read(tree, read),
            None => {
                let (from, to) = (fact_name(tree, age.from), anchor_name(tree, age.to));
                format!("completed {} from {from} to {to}", age.unit.plural())
            }
        },
        OperandKind::Add(left, right) => format!("{} + {}", inner(left), inner(right)),
        OperandKind::Subtract(left, right) => format!("{} - {}", inner(left), inner(right)),
        OperandKind::Multiply(left, right) => format!("{} * {}", inner(left), inner(right)),
        OperandKind::Divide(left, right) => format!("{} / {}", inner(left), inner(right)),
        OperandKind::Power(base, exponent) => format!("{} ^ {}", inner(base), decimal(exponent)),
        OperandKind::Min(all) => call("min", all),
        OperandKind::Max(all) => call("max", all),
        OperandKind::If { then, otherwise, .. } => {
            format!("if .. then {} else {}", inner(then), inner(otherwise))
        }
    }
}

fn length(length: &Length) -> String {
    let (count, word) = match length {
        Length::Calendar(count, unit) => (*count, unit.word()),
        Length::HalfLives(count) => (*count, "half-life"),
    };
    match (count, word) {
        (1, word) => format!("1 {word}"),
        (count, "half-life") => format!("{count} half-lives"),
        (count, word) => format!("{count} {word}s"),
    }
}

/// A relation without its anchor: `within 2 years before`.
pub(crate) fn relation(relation: &Relation) -> String {
    let least = |strict: bool| if strict { "more than" } else { "at least" };
    match relation {
        Relation::Within { before: None, after: None } | Relation::At => "at".to_owned(),
        Relation::Within { before: Some(before), after: None } => format!("within {} before", length(before)),
        Relation::Within { before: None, after: Some(after) } => format!("within {} after", length(after)),
        Relation::Within { before: Some(before), after: Some(after) } if before == after => {
            format!("within {} of", length(before))
        }
        Relation::Within { before: Some(before), after: Some(after) } => {
            format!("within {} before and {} after", length(before), length(after))
        }
        Relation::Before => "before".to_owned(),
        Relation::After => "after".to_owned(),
        Relation::UpTo => "at or before".to_owned(),
        Relation::Current => "running at".to_owned(),
        Relation::Planned => "planned after".to_owned(),
        Relation::EarlierBy { strict, length: by } => {
            format!("{} {} before", least(*strict), length(by))
        }
        Relation::LaterBy { strict, length: by } => {
            format!("{} {} after", least(*strict), length(by))
        }
        Relation::Throughout { length: by } => format!("for at least {} before", length(by)),
        Relation::Lasting { strict, length: by } => {
            format!("lasting {} {}", least(*strict), length(by))
        }
    }
}

fn relation_to(how: &Relation, anchor: &str) -> String {
    match how {
        Relation::Lasting { .. } => relation(how),
        how => format!("{} {anchor}", relation(how)),
    }
}

/// A window with its ends worked out; nothing where the anchor is not given.
pub(crate) fn window(
    tree: &DecisionTree,
    how: &Relation,
    anchor: &WindowAnchor,
    given: &AnchorTime,
    half_life: Option<&Interval>,
) -> Window {
    let instants = time::compares_instants(how);
    let on_scale = match given {
        AnchorTime::Date(None) => None,
        AnchorTime::Date(Some(_)) | AnchorTime::Entry(_) => {
            let all = given.ticks(&PartialDateTime::whole_line(), instants).into_iter();
            all.reduce(|one, other| Ticks { first: one.first.min(other.first), last: one.last.max(other.last) })
        }
    };
    let (from, to) = on_scale.map_or((None, None), |anchor| time::ends(how, anchor, half_life));
    // A coarse anchor makes a coarse end: the side that is sure is shown first.
    let end = |ticks: Option<Ticks>| {
        let ticks = ticks?;
        let first = tick(ticks.first, instants)?;
        let last = tick(ticks.last, instants)?;
        Some(if first == last { first } else { format!("{first}/{last}") })
    };
    Window { anchor: about_which(tree, anchor, given), relation: relation(how), from: end(from), to: end(to) }
}

/// What a window is about, and of an entry the dates of those that it may be: `last stroke (2025-03-01)`.
fn about_which(tree: &DecisionTree, anchor: &WindowAnchor, given: &AnchorTime) -> String {
    let words = about(tree, anchor);
    let AnchorTime::Entry(point) = given else { return words };
    if given.is_there() == Tri::No {
        return format!("{words} (there is none)");
    }
    let mut dates: Vec<String> = point.candidates().map(|date| date.to_string()).collect();
    if point.open {
        dates.push("one that is not listed".to_owned());
    }
    format!("{words} ({})", dates.join(" or "))
}

/// `within 2 years before consent (2024-02-20 .. 2026-02-20)`.
pub(crate) fn window_text(window: &Window) -> String {
    let words = if window.relation.starts_with("lasting") {
        window.relation.clone()
    } else {
        format!("{} {}", window.relation, window.anchor)
    };
    match (&window.from, &window.to) {
        (None, None) => words,
        (Some(from), Some(to)) if from == to => format!("{words} ({from})"),
        (Some(from), Some(to)) => format!("{words} ({from} .. {to})"),
        (Some(from), None) => format!("{words} ({from} ..)"),
        (None, Some(to)) => format!("{words} (.. {to})"),
    }
}

/// A count of days or seconds as a date.
pub(crate) fn tick(tick: i64, instants: bool) -> Option<String> {
    if !instants {
        return Some(PartialDateTime::from_day(i32::try_from(tick).ok()?)?.to_string());
    }
    let day = PartialDateTime::from_day(i32::try_from(tick.div_euclid(86_400)).ok()?)?;
    let second = tick.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Some(if second == 0 {
        format!("{day}T{hour:02}:{minute:02}")
    } else {
        format!("{day}T{hour:02}:{minute:02}:{second:02}")
    })
}

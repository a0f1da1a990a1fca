//! A statement in, every leaf of it out in source order: what tools need that compare trees or look for tokens.

use super::ast::{
    Attribute, CodeWord, DateText, Example, ExpectationKind, Expr, ExprKind, Field, Fraction, Length, Modifier,
    ModifierKind, Name, Number, ResultsCount, Statement, StatementKind, Tail, TailKind, Text, TrialValue, Type,
    TypeKind, Unit, UseTarget, Value, ValueKind, Window, WindowAnchor,
};
use super::lexer::narrow;
use crate::source::{FileId, Span};

/// A part of the tree that has no parts.
#[derive(Debug)]
pub enum Leaf<'a> {
    /// A name, a code, a level, a criterion's number.
    Name(&'a mut Name),
    /// A text in quotes.
    Text(&'a mut Text),
    /// A number.
    Number(&'a mut Number),
    /// A unit.
    Unit(&'a mut Unit),
    /// A date.
    Date(&'a mut DateText),
    /// The place of something that has parts, or of a word or sign.
    Place(&'a mut Span),
}

/// Calls `see` with every leaf of a statement. Places come before what they hold; names in the order of the tree.
pub fn leaves(statement: &mut Statement, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut statement.span));
    see(Leaf::Place(&mut statement.word));
    match &mut statement.kind {
        StatementKind::Trial(trial) => {
            trial.id.iter_mut().for_each(|id| see(Leaf::Name(id)));
            trial.title.iter_mut().for_each(|title| see(Leaf::Text(title)));
            for entry in &mut trial.entries {
                see(Leaf::Name(&mut entry.key));
                match &mut entry.value {
                    TrialValue::Text(text) => see(Leaf::Text(text)),
                    TrialValue::Number(number) => see(Leaf::Number(number)),
                    TrialValue::Name(name) => see(Leaf::Name(name)),
                    TrialValue::Date(date) => see(Leaf::Date(date)),
                    TrialValue::Results(results) => results_count(results, see),
                }
                entry.as_of.iter_mut().for_each(|date| see(Leaf::Date(date)));
            }
        }
        StatementKind::Vocabulary { name, title } => {
            see(Leaf::Name(name));
            title.iter_mut().for_each(|title| see(Leaf::Text(title)));
        }
        StatementKind::Use(UseTarget::Shipped(name)) => see(Leaf::Name(name)),
        StatementKind::Use(UseTarget::Path(path)) => see(Leaf::Text(path)),
        StatementKind::Anchor { name, text, after } => {
            see(Leaf::Name(name));
            text.iter_mut().for_each(|text| see(Leaf::Text(text)));
            after.iter_mut().for_each(|after| see(Leaf::Name(after)));
        }
        StatementKind::Fact { name, ty, modifiers } => {
            see(Leaf::Name(name));
            value_type(ty, see);
            all_modifiers(modifiers, see);
        }
        StatementKind::Kind { word: _, name, modifiers } => {
            see(Leaf::Name(name));
            all_modifiers(modifiers, see);
        }
        StatementKind::Group { name, modifiers, members } => {
            see(Leaf::Name(name));
            all_modifiers(modifiers, see);
            names(members, see);
        }
        StatementKind::Extend { name, values, modifiers } => {
            see(Leaf::Name(name));
            values.iter_mut().for_each(|values| value_type(values, see));
            all_modifiers(modifiers, see);
        }
        StatementKind::ExtendGroup { name, modifiers, members } => {
            see(Leaf::Name(name));
            all_modifiers(modifiers, see);
            names(members, see);
        }
        StatementKind::Unit { spelling, unit } => {
            see(Leaf::Text(spelling));
            see(Leaf::Unit(unit));
        }
        StatementKind::Define { name, body } => {
            see(Leaf::Name(name));
            expression(body, see);
        }
        StatementKind::Criterion { polarity: _, id, clause } => {
            id.iter_mut().for_each(|id| see(Leaf::Name(id)));
            expression(&mut clause.main, see);
            for alternative in &mut clause.alternatives {
                see(Leaf::Place(&mut alternative.span));
                expression(&mut alternative.body, see);
                expression(&mut alternative.when, see);
            }
            if let Some(guard) = &mut clause.guard {
                see(Leaf::Place(&mut guard.word));
                expression(&mut guard.condition, see);
            }
            clause.results.iter_mut().for_each(|results| results_count(results, see));
        }
        StatementKind::Assert { id, text, body } => {
            id.iter_mut().for_each(|id| see(Leaf::Name(id)));
            see(Leaf::Text(text));
            expression(body, see);
        }
        StatementKind::Note { id, text } => {
            id.iter_mut().for_each(|id| see(Leaf::Name(id)));
            see(Leaf::Text(text));
        }
        StatementKind::Example(example) => in_example(example, see),
    }
}

fn names(names: &mut [Name], see: &mut dyn FnMut(Leaf<'_>)) {
    names.iter_mut().for_each(|name| see(Leaf::Name(name)));
}

fn value_type(ty: &mut Type, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut ty.span));
    match &mut ty.kind {
        TypeKind::Quantity(unit) => see(Leaf::Unit(unit)),
        TypeKind::Score { low, high, step } => {
            see(Leaf::Number(low));
            see(Leaf::Number(high));
            step.iter_mut().for_each(|step| see(Leaf::Number(step)));
        }
        TypeKind::Titre { low, high } => {
            see(Leaf::Number(low));
            see(Leaf::Number(high));
        }
        TypeKind::Ordinal { scale, levels } => {
            see(Leaf::Name(scale));
            names(levels, see);
        }
        TypeKind::OneOf(codes) => names(codes, see),
        TypeKind::YesNo | TypeKind::Date => {}
    }
}

fn all_modifiers(modifiers: &mut [Modifier], see: &mut dyn FnMut(Leaf<'_>)) {
    for modifier in modifiers {
        see(Leaf::Place(&mut modifier.span));
        match &mut modifier.kind {
            ModifierKind::Possible(low, high) | ModifierKind::Plausible(low, high) => {
                see(Leaf::Number(low));
                see(Leaf::Number(high));
            }
            ModifierKind::Molar(number, unit) | ModifierKind::HalfLife(number, unit) => {
                see(Leaf::Number(number));
                see(Leaf::Unit(unit));
            }
            ModifierKind::Equates(unit) => see(Leaf::Unit(unit)),
            ModifierKind::BearsOn(on) => names(on, see),
            ModifierKind::Scale(scale) => {
                see(Leaf::Unit(&mut scale.unit));
                fraction(&mut scale.factor, see);
                see(Leaf::Unit(&mut scale.of));
                scale.offset.iter_mut().for_each(|offset| fraction(offset, see));
                see(Leaf::Text(&mut scale.source));
            }
            ModifierKind::Equivalent(equivalent) => {
                fraction(&mut equivalent.factor, see);
                see(Leaf::Name(&mut equivalent.reference));
                see(Leaf::Text(&mut equivalent.source));
            }
            ModifierKind::Else(expr) => expression(expr, see),
            ModifierKind::Codes { system, codes, source } => {
                see(Leaf::Name(system));
                codes.iter_mut().for_each(|code| see(Leaf::Text(code)));
                source.iter_mut().for_each(|source| see(Leaf::Text(source)));
            }
            ModifierKind::Attributes(attributes) => {
                for Attribute { doc: _, name, ty, modifiers } in attributes {
                    see(Leaf::Name(name));
                    value_type(ty, see);
                    all_modifiers(modifiers, see);
                }
            }
            ModifierKind::Results(results) => results_count(results, see),
            ModifierKind::Uln | ModifierKind::Lln | ModifierKind::Timeless | ModifierKind::AbsentMeansNo => {}
        }
    }
}

fn fraction(fraction: &mut Fraction, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Number(&mut fraction.above));
    fraction.below.iter_mut().for_each(|below| see(Leaf::Number(below)));
}

fn expression(expr: &mut Expr, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut expr.span));
    match &mut expr.kind {
        ExprKind::Or(parts) | ExprKind::And(parts) | ExprKind::Block { quantifier: _, items: parts } => {
            parts.iter_mut().for_each(|part| expression(part, see));
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) => expression(inner, see),
        ExprKind::Tailed { subject, tails } => {
            expression(subject, see);
            tails.iter_mut().for_each(|behind| tail(behind, see));
        }
        ExprKind::Arithmetic { op: _, op_span, left, right } => {
            see(Leaf::Place(op_span));
            expression(left, see);
            expression(right, see);
        }
        ExprKind::Call { function, arguments } => {
            see(Leaf::Name(function));
            arguments.iter_mut().for_each(|argument| expression(argument, see));
        }
        ExprKind::If { condition, then, otherwise } => {
            expression(condition, see);
            expression(then, see);
            expression(otherwise, see);
        }
        ExprKind::Literal { number, unit } => {
            see(Leaf::Number(number));
            unit.iter_mut().for_each(|unit| see(Leaf::Unit(unit)));
        }
        ExprKind::TimesLimit { factor, limit: _ } => see(Leaf::Number(factor)),
        ExprKind::Level { scale, level } => {
            see(Leaf::Name(scale));
            see(Leaf::Name(level));
        }
        ExprKind::Term(term) => {
            term.prefixes.iter_mut().for_each(|prefix| see(Leaf::Place(&mut prefix.span)));
            names(&mut term.subjects, see);
            term.by.iter_mut().for_each(|by| see(Leaf::Name(by)));
            if let Some(filter) = &mut term.filter {
                expression(filter, see);
            }
        }
        ExprKind::DailyDose(dose) => {
            dose.prefix.iter_mut().for_each(|prefix| see(Leaf::Place(&mut prefix.span)));
            names(&mut dose.subjects, see);
            dose.filter.iter_mut().for_each(|filter| expression(filter, see));
            dose.reference.iter_mut().for_each(|reference| see(Leaf::Name(reference)));
            if let Some((said, place)) = &mut dose.window {
                see(Leaf::Place(place));
                window(said, see);
            }
        }
        ExprKind::Judged { text, by } => {
            see(Leaf::Text(text));
            by.iter_mut().for_each(|by| see(Leaf::Name(by)));
        }
        ExprKind::Todo(text) => see(Leaf::Text(text)),
        ExprKind::Elided | ExprKind::Broken => {}
    }
}

fn tail(tail: &mut Tail, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut tail.span));
    match &mut tail.kind {
        TailKind::Compare { op: _, op_span, right } => {
            see(Leaf::Place(op_span));
            expression(right, see);
        }
        TailKind::Between { low, high } => {
            expression(low, see);
            expression(high, see);
        }
        TailKind::Is { negated: _, value } => code_word(value, see),
        TailKind::InSet { negated: _, values } => values.iter_mut().for_each(|value| code_word(value, see)),
        TailKind::InUnit(unit) => see(Leaf::Unit(unit)),
        TailKind::Window(said) => window(said, see),
        TailKind::Lasting { strict: _, length: long } | TailKind::Gaps(long) | TailKind::Apart(long) => {
            length(long, see)
        }
        TailKind::OneEntry => {}
        TailKind::Except(filter) => expression(filter, see),
    }
}

fn window_anchor(anchor: &mut WindowAnchor, see: &mut dyn FnMut(Leaf<'_>)) {
    match anchor {
        WindowAnchor::Name(name) => see(Leaf::Name(name)),
        WindowAnchor::Entry(point) => {
            see(Leaf::Place(&mut point.span));
            names(&mut point.of.subjects, see);
            if let Some(filter) = &mut point.of.filter {
                expression(filter, see);
            }
        }
    }
}

fn results_count(results: &mut ResultsCount, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut results.span));
    results.length.iter_mut().for_each(|long| length(long, see));
}

fn window(window: &mut Window, see: &mut dyn FnMut(Leaf<'_>)) {
    match window {
        Window::Within { length: long, side: _, anchor }
        | Window::Beyond { strict: _, length: long, side: _, anchor }
        | Window::Throughout { length: long, anchor } => {
            length(long, see);
            anchor.iter_mut().for_each(|anchor| window_anchor(anchor, see));
        }
        Window::Before(anchor) | Window::After(anchor) | Window::At(anchor) => window_anchor(anchor, see),
    }
}

fn length(length: &mut Length, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut length.span));
    see(Leaf::Number(&mut length.number));
    length.unit.iter_mut().for_each(|unit| see(Leaf::Name(unit)));
}

fn code_word(word: &mut CodeWord, see: &mut dyn FnMut(Leaf<'_>)) {
    word.scale.iter_mut().for_each(|scale| see(Leaf::Name(scale)));
    see(Leaf::Name(&mut word.word));
}

fn in_example(example: &mut Example, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Text(&mut example.name));
    example.like.iter_mut().for_each(|like| see(Leaf::Text(like)));
    fields(&mut example.fields, see);
    for expectation in &mut example.expectations {
        see(Leaf::Place(&mut expectation.span));
        match &mut expectation.kind {
            ExpectationKind::Verdict { verdict, at } => {
                see(Leaf::Name(verdict));
                at.iter_mut().for_each(|at| see(Leaf::Name(at)));
            }
            ExpectationKind::Criterion { id, outcome } => {
                see(Leaf::Name(id));
                see(Leaf::Name(outcome));
            }
        }
    }
}

fn fields(fields: &mut [Field], see: &mut dyn FnMut(Leaf<'_>)) {
    for field in fields {
        see(Leaf::Name(&mut field.key));
        value(&mut field.value, see);
    }
}

fn value(value: &mut Value, see: &mut dyn FnMut(Leaf<'_>)) {
    see(Leaf::Place(&mut value.span));
    match &mut value.kind {
        ValueKind::Number { comparator: _, number, unit } => {
            see(Leaf::Number(number));
            unit.iter_mut().for_each(|unit| see(Leaf::Unit(unit)));
        }
        ValueKind::Word(word) => code_word(word, see),
        ValueKind::Date(date) => see(Leaf::Date(date)),
        ValueKind::Object(inner) => fields(inner, see),
        ValueKind::List(values) => values.iter_mut().for_each(|inner| self::value(inner, see)),
    }
    if let Some(details) = &mut value.details {
        details.at.iter_mut().for_each(|date| see(Leaf::Date(date)));
        details.uln.iter_mut().for_each(|number| see(Leaf::Number(number)));
        details.lln.iter_mut().for_each(|number| see(Leaf::Number(number)));
        fields(&mut details.attributes, see);
    }
}

/// A statement with all its places taken out: two of them are equal when they say the same.
pub fn without_places(statement: &Statement) -> Statement {
    let nowhere = Span::new(FileId(0), 0..0);
    let mut copy = statement.clone();
    leaves(&mut copy, &mut |leaf| match leaf {
        Leaf::Name(name) => name.span = nowhere,
        Leaf::Text(text) => text.span = nowhere,
        Leaf::Number(number) => number.span = nowhere,
        Leaf::Date(date) => date.span = nowhere,
        Leaf::Unit(unit) => unit.span = nowhere,
        Leaf::Place(place) => *place = nowhere,
    });
    copy
}

/// Moves all places of a statement: what stood at `from` is at `to`.
pub(super) fn move_places(statement: &mut Statement, from: usize, to: usize) {
    let shift = |place: &mut Span| {
        let moved = |at: u32| narrow((at as usize + to).saturating_sub(from));
        (place.start, place.end) = (moved(place.start), moved(place.end));
    };
    leaves(statement, &mut |leaf| match leaf {
        Leaf::Name(name) => shift(&mut name.span),
        Leaf::Text(text) => shift(&mut text.span),
        Leaf::Number(number) => shift(&mut number.span),
        Leaf::Date(date) => shift(&mut date.span),
        Leaf::Unit(unit) => shift(&mut unit.span),
        Leaf::Place(place) => shift(place),
    });
}

//! Values of a record as an example writes them, to their JSON form.

use std::rc::Rc;

use serde_json::map::Entry;
use serde_json::{Map, Value as Json};

use super::conversions::Conversion;
use super::{Checker, errors};
use crate::calendar::PartialDateTime;
use crate::number::{Comparison, Direction, Rational};
use crate::source::Span;
use crate::syntax::ast::{CodeWord, DateText, Field, Number, Unit as UnitText, Value, ValueKind};
use crate::units::{Unit, Ways, accepted_units, is_common_spelling};
use crate::vocab::{Attribute, Fact, Kind, Type};

/// What is declared of a value: its type, its range and how its unit converts.
struct Declared<'v> {
    name: &'v str,
    ty: &'v Type,
    possible: Option<&'v (Rational, Rational)>,
    ways: Ways<'v>,
}

impl<'v> Declared<'v> {
    fn fact(fact: &'v Fact) -> Self {
        Declared { name: &fact.name, ty: &fact.ty, possible: fact.possible.as_ref(), ways: fact.ways() }
    }

    fn attribute(attribute: &'v Attribute) -> Self {
        Declared {
            name: &attribute.name,
            ty: &attribute.ty,
            possible: attribute.possible.as_ref(),
            ways: Ways::default(),
        }
    }
}

impl Checker<'_> {
    pub(super) fn anchor_value(&mut self, value: &Value) -> Option<Json> {
        if word(value) == Some("unknown") {
            return Some(Json::Null);
        }
        self.date(value)
    }

    fn date(&mut self, value: &Value) -> Option<Json> {
        match &value.kind {
            ValueKind::Date(date) => self.date_text(date),
            // A bare year reads as a number until its place says that a date is due.
            ValueKind::Number { comparator: None, number, unit: None } => {
                self.date_text(&DateText { text: number.text.clone(), span: number.span })
            }
            _ => {
                self.report(errors::bad_value(value.span, "a date", "a date such as `2026-03-01`"));
                None
            }
        }
    }

    fn date_text(&mut self, date: &DateText) -> Option<Json> {
        match PartialDateTime::parse(&date.text) {
            Ok(_) => Some(Json::String(date.text.clone())),
            Err(why) => {
                self.report(errors::bad_date(date, &why));
                None
            }
        }
    }

    /// One result or several.
    pub(super) fn fact_value(&mut self, fact: &Fact, value: &Value) -> Option<Json> {
        match &value.kind {
            ValueKind::Word(code) if code.scale.is_none() && code.word.text == "unknown" => Some(Json::Null),
            ValueKind::List(items) => {
                let list: Vec<Option<Json>> = items.iter().map(|item| self.result(fact, item)).collect();
                Some(Json::Array(list.into_iter().collect::<Option<_>>()?))
            }
            _ => self.result(fact, value),
        }
    }

    fn result(&mut self, fact: &Fact, value: &Value) -> Option<Json> {
        let mut object = Map::new();
        let plain = match &value.kind {
            ValueKind::Object(fields) => {
                let Some(inner) = fields.iter().find(|field| field.key.text == "value") else {
                    self.report(errors::bad_value(value.span, &fact.name, "an object with `value`"));
                    return None;
                };
                let plain = self.scalar(&Declared::fact(fact), &inner.value, &mut object)?;
                self.extras(fact, &inner.value, &mut object)?;
                for field in fields.iter().filter(|field| field.key.text != "value") {
                    self.result_field(fact, field, &mut object)?;
                }
                plain
            }
            _ => self.scalar(&Declared::fact(fact), value, &mut object)?,
        };
        self.extras(fact, value, &mut object)?;
        Some(with_value(object, plain))
    }

    fn result_field(&mut self, fact: &Fact, field: &Field, object: &mut Map<String, Json>) -> Option<()> {
        let json = match field.key.text.as_str() {
            "at" => self.anchor_value(&field.value)?,
            "uln" | "lln" => match &field.value.kind {
                ValueKind::Number { comparator: None, number, unit: None } => self.number_json(number)?,
                _ => {
                    let wanted = "a number in the value's own unit";
                    self.report(errors::bad_value(field.value.span, &field.key.text, wanted));
                    return None;
                }
            },
            name => match fact.attribute(name) {
                Some(attribute) => self.attribute_value(attribute, &field.value)?,
                None => {
                    let known: Vec<&str> = fact.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
                    self.report(errors::unknown_attribute_field(&field.key, &fact.name, &known));
                    return None;
                }
            },
        };
        object.insert(field.key.text.clone(), json);
        Some(())
    }

    /// `at`, `uln`, `lln` and `(method: echo)` behind a scalar.
    fn extras(&mut self, fact: &Fact, value: &Value, object: &mut Map<String, Json>) -> Option<()> {
        let Some(details) = &value.details else {
            return Some(());
        };
        if let Some(at) = &details.at {
            let at = self.date_text(at)?;
            object.insert("at".to_owned(), at);
        }
        for (key, limit) in [("uln", &details.uln), ("lln", &details.lln)] {
            if let Some(number) = limit {
                let number = self.number_json(number)?;
                object.insert(key.to_owned(), number);
            }
        }
        for field in &details.attributes {
            self.result_field(fact, field, object)?;
        }
        Some(())
    }

    fn attribute_value(&mut self, attribute: &Attribute, value: &Value) -> Option<Json> {
        if word(value) == Some("unknown") {
            return Some(Json::Null);
        }
        if attribute.ty == Type::Date {
            return self.date(value);
        }
        let mut object = Map::new();
        let plain = self.scalar(&Declared::attribute(attribute), value, &mut object)?;
        Some(with_value(object, plain))
    }

    /// The value itself; puts `unit` and `comparator` into `object` where there are any.
    fn scalar(&mut self, declared: &Declared<'_>, value: &Value, object: &mut Map<String, Json>) -> Option<Json> {
        let wrong = |checker: &mut Self, wanted: String| {
            checker.report(errors::bad_value(value.span, declared.name, &wanted));
        };
        Some(match (declared.ty, &value.kind) {
            (Type::Date, _) => self.date(value)?,
            (Type::YesNo, ValueKind::Word(_)) if matches!(word(value), Some("yes" | "no")) => {
                Json::Bool(word(value) == Some("yes"))
            }
            (Type::Coded(values), ValueKind::Word(CodeWord { scale: None, word })) if values.contains(&word.text) => {
                Json::String(word.text.clone())
            }
            (Type::Ordinal { scale, levels }, ValueKind::Word(CodeWord { scale: written, word }))
                if levels.contains(&word.text) && written.as_ref().is_none_or(|written| written.text == *scale) =>
            {
                Json::String(word.text.clone())
            }
            (Type::Ordinal { levels, .. }, ValueKind::Number { comparator: None, number, unit: None })
                if levels.contains(&number.text) =>
            {
                Json::String(number.text.clone())
            }
            (Type::Score { low, high, step }, ValueKind::Number { comparator, number, unit: None }) => {
                let score = self.rational(number)?;
                let on_step = comparator.is_some() || score.sub(low).div(step).is_some_and(|steps| steps.is_integer());
                if score < *low || score > *high || !on_step {
                    wrong(self, format!("a score from {low} to {high} in steps of {step}"));
                    return None;
                }
                self.comparator(*comparator, value.span, declared.name, object)?;
                self.number_json(number)?
            }
            (Type::Titre { low, high }, ValueKind::Number { comparator, number, unit: None })
                if number.dilution().is_some() =>
            {
                let range = declared.possible.cloned().unwrap_or_else(|| (low.clone(), high.clone()));
                let titre = number.dilution().and_then(|dilution| Rational::parse_literal(dilution).ok());
                if titre.is_none_or(|titre| titre < range.0 || titre > range.1) {
                    wrong(self, format!("a titre from 1:{} to 1:{}", range.0, range.1));
                    return None;
                }
                self.comparator(*comparator, value.span, declared.name, object)?;
                Json::String(number.text.clone())
            }
            (Type::Titre { .. }, _) => {
                wrong(self, "a titre such as `1:80` or `< 1:20`".to_owned());
                return None;
            }
            (Type::Quantity(unit), ValueKind::Number { comparator, number, unit: Some(written) }) => {
                let conversion = self.conversion(unit, declared, written)?;
                let canonical = conversion.to_own.apply(&self.rational(number)?);
                let number_json = self.number_json(number)?;
                if let Some((low, high)) = declared.possible
                    && (canonical < *low || canonical > *high)
                {
                    wrong(self, format!("from {low} to {high} {}", unit.everyday()));
                    return None;
                }
                object.insert("unit".to_owned(), Json::String(conversion.spelling.clone()));
                self.comparator(*comparator, value.span, declared.name, object)?;
                number_json
            }
            (Type::Quantity(unit), ValueKind::Number { comparator, number, unit: None }) if plain(unit) => {
                self.comparator(*comparator, value.span, declared.name, object)?;
                object.insert("unit".to_owned(), Json::String(unit.ucum().to_owned()));
                self.number_json(number)?
            }
            (Type::Quantity(unit), _) => {
                wrong(self, format!("a number with its unit, such as `{}`", unit.everyday()));
                return None;
            }
            (ty, _) => {
                let wanted = match ty {
                    Type::YesNo => "`yes`, `no` or `unknown`".to_owned(),
                    other => other.describe(),
                };
                wrong(self, wanted);
                return None;
            }
        })
    }

    /// Puts the comparator of a censored value into `object`.
    fn comparator(
        &mut self,
        comparator: Option<Comparison>,
        place: Span,
        name: &str,
        object: &mut Map<String, Json>,
    ) -> Option<()> {
        let Some(comparator) = comparator else {
            return Some(());
        };
        if comparator.direction() == Direction::Neither {
            self.report(errors::bad_value(place, name, "`<`, `<=`, `>` or `>=` before a censored value"));
            return None;
        }
        object.insert("comparator".to_owned(), Json::String(comparator.symbol().to_owned()));
        Some(())
    }

    /// How a value of `unit` is written in `written`; worked out once for each value declared and spelling.
    fn conversion(&mut self, unit: &Unit, declared: &Declared<'_>, written: &UnitText) -> Option<Rc<Conversion>> {
        let key = std::ptr::from_ref(declared.ty);
        let known =
            self.conversions.get(&key).and_then(|known| known.iter().find(|known| known.written == written.text));
        if let Some(known) = known {
            return Some(Rc::clone(known));
        }
        let given = self.unit(written)?;
        let Some(to_own) = given.conversion_to(unit, declared.ways) else {
            self.report(errors::unit_of_other_scale(written, &given, unit));
            return None;
        };
        let listed_anyway = declared.ways.equates.is_empty() && declared.ways.scales.is_empty();
        let by_molar_mass = listed_anyway && given.factor_to(unit).is_none();
        let spelling = if is_common_spelling(unit, &written.text, by_molar_mass) {
            written.text.clone()
        } else {
            let accepted = accepted_units(unit, declared.ways);
            let same = accepted.iter().find(|(spelling, _)| *spelling == written.text);
            let same = same.or_else(|| accepted.iter().find(|(_, other)| *other == to_own));
            same.map_or_else(|| given.ucum().to_owned(), |(spelling, _)| spelling.clone())
        };
        let conversion = Rc::new(Conversion { written: written.text.clone(), to_own, spelling });
        self.conversions.entry(key).or_default().push(Rc::clone(&conversion));
        Some(conversion)
    }

    fn rational(&mut self, number: &Number) -> Option<Rational> {
        match Rational::parse_literal(&number.text) {
            Ok(value) => Some(value),
            Err(_) => {
                self.report(errors::bad_number(number));
                None
            }
        }
    }

    fn number_json(&mut self, number: &Number) -> Option<Json> {
        let whole = number.text.parse::<i64>().ok().map(Json::from);
        let json = whole.or_else(|| {
            let float = number.text.parse::<f64>().ok()?;
            serde_json::Number::from_f64(float).map(Json::Number)
        });
        if json.is_none() {
            self.report(errors::bad_number(number));
        }
        json
    }

    pub(super) fn entries_value(&mut self, kinds: &[&Kind], group: bool, value: &Value) -> Option<Json> {
        match (&value.kind, word(value)) {
            (_, Some("none" | "no")) => Some(Json::Array(Vec::new())),
            (_, Some("unknown")) => Some(Json::Null),
            (_, Some("yes")) if !group => Some(Json::Bool(true)),
            (ValueKind::Object(fields), _) => {
                let entry = self.entry(kinds, group, value.span, fields)?;
                Some(Json::Array(vec![entry]))
            }
            (ValueKind::List(items), _) => {
                let mut list = Vec::new();
                let mut right = true;
                for item in items {
                    let entry = match &item.kind {
                        ValueKind::Object(fields) => self.entry(kinds, group, item.span, fields),
                        _ => {
                            self.report(errors::bad_value(item.span, "an entry", "`{ start: 2024-06, .. }`"));
                            None
                        }
                    };
                    match entry {
                        Some(entry) => list.push(entry),
                        None => right = false,
                    }
                }
                right.then_some(Json::Array(list))
            }
            _ => {
                let wanted = "`none`, `unknown`, or entries such as `{ start: 2024-06 }`";
                self.report(errors::bad_value(value.span, "a kind of entry", wanted));
                None
            }
        }
    }

    fn entry(&mut self, kinds: &[&Kind], group: bool, span: Span, fields: &[Field]) -> Option<Json> {
        let mut object = Map::new();
        let mut kind = kinds.first().copied();
        let named = if group { member_field(fields) } else { None };
        if group {
            kind = named
                .and_then(|field| word(&field.value))
                .and_then(|name| kinds.iter().find(|kind| kind.name == name).copied());
            let Some(kind) = kind else {
                self.report(errors::bad_value(span, "an entry of a group", "`kind: NAME` with the name of a member"));
                return None;
            };
            object.insert("drug".to_owned(), Json::String(kind.name.clone()));
        }
        let kind = kind?;
        let mut right = true;
        for field in fields {
            let key = field.key.text.as_str();
            let json = match key {
                _ if group && named.is_some_and(|named| std::ptr::eq(named, field)) => continue,
                "start" => self.anchor_value(&field.value),
                "end" if matches!(word(&field.value), Some("running")) => Some(Json::Null),
                "end" if word(&field.value) == Some("unknown") => continue,
                "end" => self.date(&field.value),
                "planned" => match word(&field.value) {
                    Some("yes") => Some(Json::Bool(true)),
                    Some("no") => Some(Json::Bool(false)),
                    _ => {
                        self.report(errors::bad_value(field.value.span, "planned", "`yes` or `no`"));
                        None
                    }
                },
                name => match kind.attribute(name) {
                    Some(attribute) => self.attribute_value(attribute, &field.value),
                    None => {
                        let known: Vec<&str> = kind
                            .attributes
                            .iter()
                            .map(|attribute| attribute.name.as_str())
                            .chain(["start", "end", "planned"])
                            .collect();
                        self.report(errors::unknown_attribute_field(&field.key, &kind.name, &known));
                        None
                    }
                },
            };
            match json {
                Some(json) => match object.entry(key) {
                    Entry::Vacant(place) => {
                        place.insert(json);
                    }
                    Entry::Occupied(_) => {
                        self.report(errors::duplicate_field(&field.key, span));
                        right = false;
                    }
                },
                None => right = false,
            }
        }
        right.then_some(Json::Object(object))
    }
}

/// A value with what `object` says of it; a plain one needs no object.
fn with_value(mut object: Map<String, Json>, plain: Json) -> Json {
    if object.is_empty() {
        return plain;
    }
    object.insert("value".to_owned(), plain);
    Json::Object(object)
}

/// The field of a group's entry that names its member: `drug`, or else `kind`.
fn member_field(fields: &[Field]) -> Option<&Field> {
    let find = |key: &str| fields.iter().find(|field| field.key.text == key);
    find("drug").or_else(|| find("kind"))
}

/// A bare word, when the value is one.
pub(super) fn word(value: &Value) -> Option<&str> {
    match &value.kind {
        ValueKind::Word(CodeWord { scale: None, word }) => Some(word.text.as_str()),
        _ => None,
    }
}

fn plain(unit: &Unit) -> bool {
    unit.is_plain()
}

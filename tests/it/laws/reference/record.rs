//! The record as the reference reads it: plain structures straight from the JSON, no checks.
//!
//! It is given records that are right; anything else panics, and is then a fault of the generator.

use std::collections::BTreeMap;

use eligc::calendar::{AgeUnit, PartialDateTime};
use eligc::ir::{EntryKind, Table};
use eligc::number::{Bound, Comparison, Interval, Rational};
use eligc::typed::Program;
use eligc::units::{Conversion, Curve, Unit, Ways};
use eligc::vocab::{AnchorId, Attribute, Fact, FactId, Kind, KindId, Type, Vocabulary};
use serde_json::{Map, Value as Json};

/// A value of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(Interval),
    Word(String),
    Flag(bool),
    Date(PartialDateTime),
}

/// Attributes by name; one that is absent or null is not held.
pub type Attributes = BTreeMap<String, Value>;

/// One result of a value fact.
#[derive(Debug, Clone)]
pub struct Reading {
    pub value: Option<Value>,
    /// A number and its unit as written there, and the comparator: an age is not only the number it converts to.
    pub age: Option<(Rational, String, Option<Comparison>)>,
    pub at: Option<PartialDateTime>,
    pub uln: Option<Rational>,
    pub lln: Option<Rational>,
    pub attributes: Attributes,
}

impl Reading {
    /// One of which nothing is known.
    pub fn unknown() -> Reading {
        Reading { value: None, age: None, at: None, uln: None, lln: None, attributes: Attributes::default() }
    }
}

/// When an entry ends.
#[derive(Debug, Clone)]
pub enum End {
    /// As it starts.
    Start,
    On(PartialDateTime),
    Running,
    Unknown,
}

/// One entry of a kind.
#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: KindId,
    pub start: PartialDateTime,
    pub end: End,
    pub planned: Option<bool>,
    pub attributes: Attributes,
}

/// Everything known of a patient.
#[derive(Debug, Clone)]
pub struct Patient {
    /// By anchor; `None` where the record does not say.
    pub anchors: Table<AnchorId, Option<PartialDateTime>>,
    /// By fact; none where it is not given.
    pub readings: Table<FactId, Vec<Reading>>,
    /// By kind.
    pub entries: Table<KindId, Vec<Entry>>,
    /// By kind: whether there is no other entry than those.
    pub complete: Table<KindId, bool>,
    pub judgements: BTreeMap<String, bool>,
}

/// A number of the record, exactly as its decimal is there.
pub fn rational(json: &Json) -> Rational {
    match json {
        Json::Number(number) => Rational::parse(&number.to_string()).unwrap(),
        // A titre.
        Json::String(text) => Rational::parse(text.split_once(':').unwrap().1.trim()).unwrap(),
        other => panic!("not a number: {other}"),
    }
}

fn date(json: &Json) -> PartialDateTime {
    PartialDateTime::parse(json.as_str().unwrap()).unwrap()
}

/// What a number in `unit` is multiplied by, and what is added then, to be in the canonical unit.
pub fn way(unit: &str, canonical: &Unit, ways: Ways<'_>) -> Option<Conversion> {
    let unit = Unit::parse(unit).ok()?;
    let factor = unit
        .factor_to(canonical)
        .or_else(|| unit.factor_to_molar(canonical, ways.molar?))
        .or_else(|| ways.equates.iter().find_map(|equal| unit.factor_to(equal)));
    if let Some(factor) = factor {
        return Some(Conversion::by(factor));
    }
    if let Some(linear) = unit.logarithm_of() {
        return Some(Conversion { curve: Curve::PowerOfTen, ..Conversion::by(linear.factor_to(canonical)?) });
    }
    ways.scales.iter().find_map(|scale| {
        let size = unit.factor_to(&scale.unit)?;
        Some(Conversion::affine(scale.to_own.factor.mul(&size), scale.to_own.offset.clone()))
    })
}

/// A number converted.
pub fn convert(way: &Conversion, number: &Rational) -> Rational {
    let number = if way.curve == Curve::PowerOfTen { number.ten_to_it() } else { number.clone() };
    number.mul(&way.factor).add(&way.offset)
}

/// What a reader must know of a value.
struct Declared<'v> {
    ty: &'v Type,
    possible: Option<&'v (Rational, Rational)>,
    ways: Ways<'v>,
}

impl<'v> Declared<'v> {
    fn fact(fact: &'v Fact) -> Declared<'v> {
        let possible = fact.possible.as_ref();
        Declared { ty: &fact.ty, possible, ways: fact.ways() }
    }

    fn attribute(attribute: &'v Attribute) -> Declared<'v> {
        Declared { ty: &attribute.ty, possible: attribute.possible.as_ref(), ways: Ways::default() }
    }

    /// A number in that unit, in the canonical one.
    fn canonical(&self, number: &Rational, unit: Option<&Json>) -> Rational {
        match (self.ty, unit.and_then(Json::as_str)) {
            (Type::Quantity(canonical), Some(unit)) => {
                let way = way(unit, canonical, self.ways).unwrap_or_else(|| panic!("unit {unit}"));
                convert(&way, number)
            }
            _ => number.clone(),
        }
    }

    /// A bare value or an object with `value`, `unit` and `comparator`.
    fn value(&self, json: &Json) -> Option<Value> {
        let object = json.as_object();
        let bare = object.map_or(Some(json), |object| object.get("value"))?;
        if bare.is_null() {
            return None;
        }
        Some(match self.ty {
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } => {
                let number = self.canonical(&rational(bare), object.and_then(|object| object.get("unit")));
                let comparator = object.and_then(|object| object.get("comparator")).and_then(Json::as_str);
                Value::Number(self.interval(comparator, number))
            }
            Type::Ordinal { .. } => Value::Word(match bare {
                Json::Number(number) => number.to_string(),
                word => word.as_str().unwrap().to_owned(),
            }),
            Type::Coded(_) => Value::Word(bare.as_str().unwrap().to_owned()),
            Type::YesNo => Value::Flag(bare.as_bool().unwrap()),
            Type::Date => Value::Date(date(bare)),
        })
    }

    fn interval(&self, comparator: Option<&str>, number: Rational) -> Interval {
        let Some(comparator) = comparator else {
            return Interval::point(number);
        };
        let open: Comparison = comparator.parse().unwrap();
        let censored = Interval::from_comparison(open, number);
        match self.possible {
            None => censored,
            Some((low, high)) => {
                let possible = Interval::new(Bound::Closed(low.clone()), Bound::Closed(high.clone())).unwrap();
                censored.intersect(&possible).unwrap()
            }
        }
    }
}

fn attributes(declared: &[Attribute], object: &Map<String, Json>) -> Attributes {
    declared
        .iter()
        .filter_map(|attribute| {
            let value = Declared::attribute(attribute).value(object.get(&attribute.name)?)?;
            Some((attribute.name.clone(), value))
        })
        .collect()
}

fn reading(fact: &Fact, json: &Json) -> Reading {
    let declared = Declared::fact(fact);
    let empty = Map::new();
    let object = json.as_object().unwrap_or(&empty);
    let given = |key: &str| object.get(key).filter(|json| !json.is_null());
    let canonical = match &fact.ty {
        Type::Quantity(unit) => unit.ucum(),
        _ => "",
    };
    let age = (AgeUnit::from_code(canonical).is_some()).then(|| {
        let bare = json.as_object().map_or(Some(json), |object| object.get("value")).filter(|bare| !bare.is_null())?;
        let unit = given("unit").and_then(Json::as_str).unwrap_or(canonical).to_owned();
        let comparator = given("comparator").and_then(Json::as_str).map(|sign| sign.parse().unwrap());
        Some((rational(bare), unit, comparator))
    });
    let limit = |key: &str| Some(declared.canonical(&rational(given(key)?), object.get("unit")));
    Reading {
        value: declared.value(json),
        age: age.flatten(),
        at: given("at").map(date),
        uln: limit("uln"),
        lln: limit("lln"),
        attributes: attributes(&fact.attributes, object),
    }
}

fn entry(id: KindId, kind: &Kind, json: &Json) -> Entry {
    let object = json.as_object().unwrap();
    Entry {
        kind: id,
        start: object.get("start").filter(|json| !json.is_null()).map_or(PartialDateTime::whole_line(), date),
        end: match object.get("end") {
            None if kind.word == EntryKind::Event => End::Start,
            None => End::Unknown,
            Some(Json::Null) => End::Running,
            Some(json) => End::On(date(json)),
        },
        planned: object.get("planned").and_then(Json::as_bool),
        attributes: attributes(&kind.attributes, object),
    }
}

/// An entry of which nothing is known.
fn some_entry(id: KindId, kind: &Kind) -> Entry {
    entry(id, kind, &Json::Object(Map::new()))
}

fn list(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

impl Patient {
    /// Reads a record for a program.
    pub fn read(program: &Program, record: &Json) -> Patient {
        let vocabulary = &program.vocabulary;
        let anchors = vocabulary
            .anchors
            .iter()
            .map(|anchor| record["anchors"].get(&anchor.name).filter(|json| !json.is_null()).map(date))
            .collect();
        let readings = vocabulary
            .facts
            .iter()
            .map(|fact| match record["facts"].get(&fact.name) {
                None | Some(Json::Null) => Vec::new(),
                Some(json) => list(json).into_iter().map(|one| reading(fact, one)).collect(),
            })
            .collect();
        let mut entries = Table::default();
        let mut complete = Table::default();
        for (id, _) in vocabulary.kinds.entries() {
            let (list, all) = kind_state(vocabulary, id, &record["facts"]);
            entries.push(list);
            complete.push(all);
        }
        let judgements = record["judgements"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(id, answer)| Some((id.clone(), answer.as_bool()?)))
            .collect();
        Patient { anchors, readings, entries, complete, judgements }
    }
}

/// A kind's entries and whether they are all there are.
fn kind_state(vocabulary: &Vocabulary, id: KindId, facts: &Json) -> (Vec<Entry>, bool) {
    let kind = &vocabulary.kinds[id];
    match facts.get(&kind.name) {
        None | Some(Json::Null) => {}
        Some(Json::Bool(true)) => return (vec![some_entry(id, kind)], false),
        Some(Json::Bool(false)) => return (Vec::new(), true),
        Some(json) => {
            return (list(json).into_iter().map(|one| entry(id, kind, one)).collect(), true);
        }
    }
    // Not given by its own name: what the groups it belongs to say of it.
    let mut entries = Vec::new();
    let mut complete = kind.absent_means_no;
    for group in vocabulary.groups.iter().filter(|group| group.members.contains(&id)) {
        match facts.get(&group.name) {
            None | Some(Json::Null) => {}
            Some(Json::Bool(false)) => complete = true,
            Some(json) => {
                complete = true;
                for one in list(json) {
                    let member = one.get("drug").or_else(|| one.get("kind")).and_then(Json::as_str).unwrap();
                    if member == kind.name {
                        entries.push(entry(id, kind, one));
                    }
                }
            }
        }
    }
    (entries, complete)
}

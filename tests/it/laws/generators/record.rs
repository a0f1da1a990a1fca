//! A random record of the small world: dates and numbers on, just before and just behind the bounds of programs.

use eligc::calendar::{PartialDateTime, add};
use eligc::ir::EntryKind;
use eligc::number::Rational;
use eligc::units::TimeUnit;
use eligc::vocab::{Attribute, Fact, Type};
use serde_json::{Map, Value as Json, json};

use super::Tape;
use super::world::{Number, World, world};

/// Records are made of dates about 1 March 2026.
pub(super) const FIRST_DAY: i32 = 20_513;

const TIMES: &[&str] = &["T09:00", "T00:00", "T23:59", "T12:30:30", "T07:30"];

pub(super) struct Writer<'t> {
    pub(super) world: &'static World,
    pub(super) shape: &'t mut Tape,
    /// In which units.
    pub(super) units: &'t mut Tape,
    /// The day of each anchor.
    pub(super) anchors: Vec<i32>,
    /// Whether bare numbers are canonical.
    pub(super) canonical: bool,
}

/// A record that answers some of the questions.
pub fn record(shape: &mut Tape, units: &mut Tape, questions: &[String]) -> Json {
    let canonical = units.chance(30);
    let mut writer = Writer { world: world(), shape, units, anchors: Vec::new(), canonical };
    let mut anchors = Map::new();
    let mut day = FIRST_DAY - 14;
    for name in &writer.world.anchors {
        day += *writer.shape.pick(&[7, 1, 14, 0, 28, 31]);
        let text = writer.text_of(day, 8);
        let given = match writer.shape.below(16) {
            14 => None,
            15 => Some(Json::Null),
            _ => Some(Json::String(text)),
        };
        if let Some(given) = given {
            anchors.insert(name.clone(), given);
        }
        writer.anchors.push(day);
    }
    let mut facts = Map::new();
    for fact in &writer.world.facts {
        if let Some(json) = writer.fact(fact) {
            facts.insert(fact.name.clone(), json);
        }
    }
    writer.kinds(&mut facts);
    let mut judgements = Map::new();
    for question in questions {
        match writer.shape.below(6) {
            1..=3 => judgements.insert(question.clone(), json!(true)),
            4 | 5 => judgements.insert(question.clone(), json!(false)),
            _ => None,
        };
    }
    let mut record = json!({ "id": "r", "anchors": anchors, "facts": facts, "judgements": judgements });
    if canonical {
        record["units"] = json!("canonical");
    }
    record
}

/// A day as text.
pub fn text_of_day(day: i32) -> String {
    PartialDateTime::from_day(day).unwrap().to_string()
}

impl Writer<'_> {
    /// A day as a date of one precision or another.
    fn text_of(&mut self, day: i32, coarse: usize) -> String {
        let day = text_of_day(day);
        if self.shape.chance(coarse) {
            let length = *self.shape.pick(&[7, 4]);
            return day[..length].to_owned();
        }
        if self.shape.chance(15) {
            let time = *self.shape.pick(TIMES);
            let offset = if self.shape.chance(25) { *self.shape.pick(&["Z", "+08:00", "-05:00"]) } else { "" };
            return format!("{day}{time}{offset}");
        }
        day
    }

    /// A day on or next to the end of some window.
    fn day(&mut self) -> i32 {
        let anchor = *self.shape.pick(&self.anchors);
        let (n, unit) = *self.shape.pick(&[
            (0, TimeUnit::Day),
            (7, TimeUnit::Day),
            (30, TimeUnit::Day),
            (1, TimeUnit::Day),
            (2, TimeUnit::Week),
            (4, TimeUnit::Week),
            (1, TimeUnit::Month),
            (6, TimeUnit::Month),
            (1, TimeUnit::Year),
            (2, TimeUnit::Year),
            (10, TimeUnit::Day),
            (70, TimeUnit::Day),
        ]);
        let sign = if self.shape.chance(30) { 1 } else { -1 };
        let nudge = i32::try_from(self.shape.below(4)).unwrap();
        add(anchor, sign * n, unit).unwrap() + [0, 0, 1, -1][usize::try_from(nudge).unwrap()]
    }

    pub(super) fn date(&mut self) -> String {
        let day = self.day();
        self.text_of(day, 15)
    }

    /// Nothing, null, or some results of a fact.
    fn fact(&mut self, fact: &Fact) -> Option<Json> {
        match self.shape.below(24) {
            20 | 21 => None,
            22 => Some(Json::Null),
            23 => Some(json!([])),
            _ => Some(self.results(fact)),
        }
    }

    pub(super) fn results(&mut self, fact: &Fact) -> Json {
        match self.shape.below(4) {
            0 | 1 => self.result(fact),
            _ => {
                let count = 1 + self.shape.below(4);
                Json::Array((0..count).map(|_| self.result(fact)).collect())
            }
        }
    }

    fn result(&mut self, fact: &Fact) -> Json {
        let limits = self.limits(fact);
        let number = numeric(&fact.ty).then(|| Number::fact(fact));
        let mut object = self.value(&fact.ty, number, &limits);
        if !fact.timeless && self.shape.chance(88) {
            object.insert("at".to_owned(), json!(self.date()));
        }
        self.attributes(&fact.attributes, &mut object);
        bare(object)
    }

    /// Limits of normal of one result, in the canonical unit.
    fn limits(&mut self, fact: &Fact) -> Vec<(&'static str, Rational)> {
        let mut limits = Vec::new();
        for (key, has) in [("uln", fact.uln), ("lln", fact.lln)] {
            if has && self.shape.chance(75) {
                let values = Number::fact(fact).values;
                let values = if key == "uln" { values } else { &values[..1] };
                limits.push((key, Rational::parse(self.shape.word(values)).unwrap()));
            }
        }
        limits
    }

    /// `value`, and for numbers `unit`, `comparator` and limits of normal.
    pub(super) fn value(
        &mut self,
        ty: &Type,
        number: Option<Number<'_>>,
        limits: &[(&str, Rational)],
    ) -> Map<String, Json> {
        let mut object = Map::new();
        if self.shape.chance(4) {
            object.insert("value".to_owned(), Json::Null);
            return object;
        }
        let value = match ty {
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } => {
                let number = number.unwrap();
                let mut values = vec![("value", self.number_near(&number))];
                values.extend(limits.iter().cloned());
                self.in_some_unit(&number, &values, &mut object);
                if self.shape.chance(12) {
                    let comparator = *self.shape.pick(&["<", "<=", ">", ">="]);
                    object.insert("comparator".to_owned(), json!(comparator));
                }
                return object;
            }
            Type::Ordinal { levels, .. } => {
                let level = self.shape.pick(levels);
                match level.parse::<u32>() {
                    Ok(number) if self.shape.chance(50) => json!(number),
                    _ => json!(level),
                }
            }
            Type::Coded(values) => json!(self.shape.pick(values)),
            Type::YesNo => json!(self.shape.chance(50)),
            Type::Date => json!(self.date()),
        };
        object.insert("value".to_owned(), value);
        object
    }

    /// A value on a bound or near one, inside what is possible.
    fn number_near(&mut self, number: &Number<'_>) -> Rational {
        let value = Rational::parse(self.shape.word(number.values)).unwrap();
        let step = Rational::parse(number.step).unwrap();
        let near = match self.shape.below(4) {
            2 => value.add(&step),
            3 => value.sub(&step),
            _ => value.clone(),
        };
        match number.possible {
            Some((low, high)) if near <= *low || near >= *high => value,
            _ => near,
        }
    }

    /// Canonical values, written in one unit of the other tape's choice.
    fn in_some_unit(&mut self, number: &Number<'_>, values: &[(&str, Rational)], object: &mut Map<String, Json>) {
        if number.titre {
            let (_, value) = &values[0];
            let written = match self.units.below(4) {
                0 => {
                    object.insert("unit".to_owned(), json!("{titer}"));
                    number_json(&value.to_string())
                }
                1 => json!(format!(" 1 : {value}")),
                2 if self.canonical => number_json(&value.to_string()),
                _ => json!(format!("1:{value}")),
            };
            object.insert("value".to_owned(), written);
            return;
        }
        let spellings = number.spellings();
        let choice = if spellings.is_empty() { None } else { spellings.get(self.units.below(spellings.len() + 1)) };
        let all = |unit: &str| -> Option<Vec<String>> {
            values.iter().map(|(_, value)| number.written(value, unit)).collect()
        };
        let written = choice.and_then(|unit| Some((all(unit)?, *unit)));
        let plainly = || values.iter().map(|(_, value)| value.to_string()).collect();
        let (digits, unit) = match (written, spellings) {
            (Some((digits, unit)), _) => (digits, Some(unit)),
            (None, []) => (plainly(), None),
            (None, [canonical, ..]) => (plainly(), Some(*canonical).filter(|_| !self.canonical)),
        };
        for ((key, _), digits) in values.iter().zip(digits) {
            object.insert((*key).to_owned(), number_json(&digits));
        }
        if let Some(unit) = unit {
            object.insert("unit".to_owned(), json!(unit));
        }
    }

    pub(super) fn attributes(&mut self, declared: &[Attribute], object: &mut Map<String, Json>) {
        for attribute in declared {
            match self.shape.below(20) {
                17 | 18 => {}
                19 => {
                    object.insert(attribute.name.clone(), Json::Null);
                }
                _ => {
                    let json = self.attribute(attribute);
                    object.insert(attribute.name.clone(), json);
                }
            }
        }
    }

    pub(super) fn attribute(&mut self, attribute: &Attribute) -> Json {
        let number = numeric(&attribute.ty).then(|| Number::attribute(attribute));
        bare(self.value(&attribute.ty, number, &[]))
    }

    // ------------------------------------------------------------------------------ entries

    fn kinds(&mut self, facts: &mut Map<String, Json>) {
        // What a group says and what its members say must not clash, so a member is free to speak only while no group
        // that it belongs to lists entries or says none.
        let mut spoken = vec![false; self.world.kinds.len()];
        for (group, members) in &self.world.groups {
            if members.iter().any(|member| spoken[*member]) {
                continue;
            }
            let json = match self.shape.below(10) {
                7 => Some(json!([])),
                8 => Some(json!(false)),
                9 => {
                    let count = 1 + self.shape.below(3);
                    Some(Json::Array((0..count).map(|_| self.member(members)).collect()))
                }
                _ => None,
            };
            if let Some(json) = json {
                members.iter().for_each(|member| spoken[*member] = true);
                facts.insert(group.name.clone(), json);
            }
        }
        for (id, kind) in self.world.kinds.iter().enumerate() {
            if spoken[id] {
                continue;
            }
            if let Some(json) = self.kind(id) {
                facts.insert(kind.name.clone(), json);
            }
        }
    }

    fn member(&mut self, members: &[usize]) -> Json {
        let kind = *self.shape.pick(members);
        let mut entry = self.entry(kind);
        let key = *self.shape.pick(&["drug", "kind"]);
        entry[key] = json!(self.world.kinds[kind].name);
        entry
    }

    pub(super) fn kind(&mut self, id: usize) -> Option<Json> {
        match self.shape.below(24) {
            17 => None,
            18 => Some(Json::Null),
            19 | 20 => Some(json!([])),
            21 => Some(json!(false)),
            22 => Some(json!(true)),
            _ => Some(self.entries(id)),
        }
    }

    pub(super) fn entries(&mut self, id: usize) -> Json {
        let count = 1 + self.shape.below(3);
        if count == 1 && self.shape.chance(30) {
            return self.entry(id);
        }
        Json::Array((0..count).map(|_| self.entry(id)).collect())
    }

    fn entry(&mut self, id: usize) -> Json {
        let kind = &self.world.kinds[id];
        let mut object = Map::new();
        let start = self.day();
        let length = *self.shape.pick(&[0, 1, 7, 14, 30, 61, 365, 800]);
        let times = self.shape.chance(15);
        let started = !self.shape.chance(12);
        let (from, to) = if times {
            // Either both have an offset or neither has.
            let offset = if started && self.shape.chance(30) { "+08:00" } else { "" };
            let (a, b) = (*self.shape.pick(TIMES), *self.shape.pick(TIMES));
            let (a, b) = if length == 0 && a > b { (b, a) } else { (a, b) };
            (format!("{}{a}{offset}", text_of_day(start)), format!("{}{b}{offset}", text_of_day(start + length)))
        } else {
            let cut = |writer: &mut Self, day: i32| {
                let length = if writer.shape.chance(18) { *writer.shape.pick(&[7, 4]) } else { 10 };
                text_of_day(day)[..length].to_owned()
            };
            (cut(self, start), cut(self, start + length))
        };
        if started {
            object.insert("start".to_owned(), json!(from));
        } else if self.shape.chance(40) {
            object.insert("start".to_owned(), Json::Null);
        }
        let choice = self.shape.below(10);
        let event = kind.word == EntryKind::Event;
        if choice >= 8 || (!event && choice >= 5) {
            object.insert("end".to_owned(), json!(to));
        } else if !event && choice >= 3 {
            object.insert("end".to_owned(), Json::Null);
        }
        match self.shape.below(14) {
            12 => {
                object.insert("planned".to_owned(), json!(true));
            }
            13 => {
                object.insert("planned".to_owned(), json!(false));
            }
            _ => {}
        }
        self.attributes(&kind.attributes, &mut object);
        Json::Object(object)
    }
}

/// A bare value where nothing else is said.
fn bare(object: Map<String, Json>) -> Json {
    match object.get("value") {
        Some(value) if object.len() == 1 && !value.is_null() => value.clone(),
        _ => Json::Object(object),
    }
}

pub(super) fn numeric(ty: &Type) -> bool {
    matches!(ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. })
}

/// A number of the record, as its decimal is there.
pub(super) fn number_json(digits: &str) -> Json {
    serde_json::from_str(digits).unwrap()
}

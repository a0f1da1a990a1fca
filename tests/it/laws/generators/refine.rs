//! A record of which more is known: one step at a time, never against what it says already.

use eligc::calendar::PartialDateTime;
use eligc::ir::EntryKind;
use eligc::number::{Comparison, Interval, Rational};
use eligc::units::Conversion;
use eligc::vocab::{Attribute, Fact, Type};
use serde_json::{Map, Value as Json, json};

use super::Tape;
use super::record::{Writer, number_json, numeric, text_of_day};
use super::world::{Number, world};
use crate::laws::reference::{convert, rational, way};

/// One thing that can be learnt: its place, and what is written there.
struct Step {
    place: Vec<String>,
    json: Json,
}

/// The record with some more things known, and what they are; `None` when there is nothing to learn.
pub fn refine(record: &Json, shape: &mut Tape, units: &mut Tape, questions: &[String]) -> Option<(Json, Vec<String>)> {
    let mut refined = record.clone();
    let mut learnt = Vec::new();
    let mut places: Vec<Vec<String>> = Vec::new();
    let steps = steps(&refined, shape, units, questions);
    if steps.is_empty() {
        return None;
    }
    for _ in 0..=shape.below(30) {
        let step = &steps[shape.below(steps.len())];
        if places.iter().any(|place| clash(place, &step.place)) {
            continue;
        }
        let mut at = &mut refined;
        for key in &step.place {
            at = match at {
                Json::Array(list) => &mut list[key.parse::<usize>().unwrap()],
                object => &mut object[key],
            };
        }
        *at = step.json.clone();
        places.push(step.place.clone());
        learnt.push(format!("{} = {}", step.place.join("."), step.json));
    }
    Some((refined, learnt))
}

/// Whether two steps may be right one by one and wrong together.
fn clash(one: &[String], other: &[String]) -> bool {
    let paired = |place: &[String]| {
        let (last, parent) = place.split_last().unwrap();
        ["start", "end", "uln", "lln"].contains(&last.as_str()).then(|| parent.to_vec())
    };
    one.starts_with(other) || other.starts_with(one) || (paired(one).is_some() && paired(one) == paired(other))
}

/// Whether the dose would be a second way to count what the entry says already: with both it is between the two.
fn is_second_dose(attribute: &Attribute, entry: &Map<String, Json>) -> bool {
    attribute.name == "dose" && entry.get("prednisone_dose").is_some_and(|json| !json.is_null())
}

/// Everything that can be learnt in one step.
fn steps(record: &Json, shape: &mut Tape, units: &mut Tape, questions: &[String]) -> Vec<Step> {
    let canonical = record["units"] == json!("canonical");
    let anchors = (0..8).map(|week| super::record::FIRST_DAY + 7 * week).collect();
    let writer = Writer { world: world(), shape, units, anchors, canonical };
    let mut learner = Learner { writer, steps: Vec::new() };
    for anchor in &world().anchors {
        let place = ["anchors", anchor];
        match &record["anchors"][anchor] {
            Json::Null => {
                let date = learner.writer.date();
                learner.add(&place, json!(date));
            }
            json => learner.finer(&place, json, true),
        }
    }
    for question in questions.iter().filter(|question| record["judgements"][question.as_str()].is_null()) {
        let answer = learner.writer.shape.chance(50);
        learner.add(&["judgements", question], json!(answer));
    }
    for fact in &world().facts {
        learner.fact(fact, &record["facts"][&fact.name]);
    }
    learner.kinds(&record["facts"]);
    learner.steps
}

struct Learner<'t> {
    writer: Writer<'t>,
    steps: Vec<Step>,
}

impl Learner<'_> {
    fn add(&mut self, place: &[&str], json: Json) {
        self.steps.push(Step { place: place.iter().map(|key| (*key).to_owned()).collect(), json });
    }

    /// A date made finer inside its stretch; down to the minute where that is wanted.
    fn finer(&mut self, place: &[&str], json: &Json, clock: bool) {
        let text = json.as_str().unwrap();
        let stretch = PartialDateTime::parse(text).unwrap();
        self.finer_between(place, text, clock, stretch.first_day(), stretch.last_day());
    }

    /// As [`Learner::finer`], between two days that the stretch and other dates leave.
    fn finer_between(&mut self, place: &[&str], text: &str, clock: bool, first: i32, last: i32) {
        let days = usize::try_from(last - first + 1).unwrap();
        let day = first + i32::try_from(self.writer.shape.below(days)).unwrap();
        let day = text_of_day(day);
        match text.len() {
            4 if self.writer.shape.chance(30) => self.add(place, json!(day[..7])),
            4 | 7 => self.add(place, json!(day)),
            10 if clock => {
                let time = *self.writer.shape.pick(&["T09:00", "T00:00", "T23:59", "T12:30:30"]);
                self.add(place, json!(format!("{day}{time}")));
            }
            _ => {}
        }
    }

    fn fact(&mut self, fact: &Fact, json: &Json) {
        let given = !json.is_null() && *json != json!([]);
        if !given {
            if !fact.absent_means_no && fact.otherwise.is_none() {
                let results = self.writer.results(fact);
                self.add(&["facts", &fact.name], results);
            }
            return;
        }
        match json {
            Json::Array(list) => {
                for (at, one) in list.iter().enumerate() {
                    self.result(fact, &["facts", &fact.name, &at.to_string()], one);
                }
            }
            one => self.result(fact, &["facts", &fact.name], one),
        }
    }

    fn result(&mut self, fact: &Fact, place: &[&str], json: &Json) {
        let number = || numeric(&fact.ty).then(|| Number::fact(fact));
        self.value(&fact.ty, number(), place, json);
        let Json::Object(object) = json else { return };
        if let Some(at) = object.get("at") {
            self.finer(&[place, &["at"]].concat(), at, true);
        }
        for (key, has) in [("uln", fact.uln), ("lln", fact.lln)] {
            let value = object.get("value").filter(|value| !value.is_null());
            if has && object.get(key).is_none() && value.is_some() {
                // Where the other limit is known, this one is put right upon it: neither may pass the other.
                let other = if key == "uln" { "lln" } else { "uln" };
                let digits = *self.writer.shape.pick(&["40", "2", "0.5", "100"]);
                // A limit is a value that the fact can have: in a unit of any size only the value itself is sure to be one.
                let limit = match (object.get(other), &fact.possible) {
                    (Some(other), _) => other.clone(),
                    (None, None) => number_json(digits),
                    (None, Some(_)) => match value.filter(|value| value.as_f64().is_some_and(|number| number > 0.0)) {
                        Some(value) => value.clone(),
                        None => continue,
                    },
                };
                self.add(&[place, &[key]].concat(), limit);
            }
        }
        self.attributes(&fact.attributes, place, object);
    }

    fn attributes(&mut self, declared: &[Attribute], place: &[&str], object: &Map<String, Json>) {
        for attribute in declared {
            let place = [place, &[attribute.name.as_str()]].concat();
            match object.get(&attribute.name) {
                // A kind of its own half-life answers for an entry that says none: no entry learns one here.
                None | Some(Json::Null) if attribute.name == "half_life" => {}
                // A course of which no change is said has one dose: none learns of another one here, nor of a second
                // way to count the one it has.
                None | Some(Json::Null)
                    if matches!(attribute.name.as_str(), "stable" | "dose_since" | "prednisone_dose") => {}
                None | Some(Json::Null) if is_second_dose(attribute, object) => {}
                None | Some(Json::Null) => {
                    let json = self.writer.attribute(attribute);
                    self.add(&place, json);
                }
                Some(json) => {
                    let null = json.get("value").is_some_and(Json::is_null);
                    let answered = ["half_life", "stable", "dose_since", "prednisone_dose"];
                    if null && (answered.contains(&attribute.name.as_str()) || is_second_dose(attribute, object)) {
                        continue;
                    }
                    let number = numeric(&attribute.ty).then(|| Number::attribute(attribute));
                    self.value(&attribute.ty, number, &place, json);
                }
            }
        }
    }

    /// What can be learnt of a value: itself, its exact number, its day.
    fn value(&mut self, ty: &Type, number: Option<Number<'_>>, place: &[&str], json: &Json) {
        let bare = match json {
            Json::Object(object) => &object["value"],
            bare => bare,
        };
        if bare.is_null() {
            let known = self.writer.value(ty, number, &[]);
            let mut object = json.as_object().unwrap().clone();
            object.extend(known);
            self.add(place, Json::Object(object));
            return;
        }
        match (ty, json) {
            (Type::Date, Json::Object(_)) => self.finer(&[place, &["value"]].concat(), bare, true),
            (Type::Date, _) => self.finer(place, bare, true),
            (_, Json::Object(object)) if object.contains_key("comparator") => {
                if let Some(digits) = self.exact(&number.unwrap(), object) {
                    let mut object = object.clone();
                    object.remove("comparator");
                    let titre = matches!(ty, Type::Titre { .. }).then(|| json!(format!("1:{digits}")));
                    object.insert("value".to_owned(), titre.unwrap_or_else(|| number_json(&digits)));
                    self.add(place, Json::Object(object));
                }
            }
            _ => {}
        }
    }

    /// A number that a censored result may stand for, in the result's unit.
    fn exact(&mut self, number: &Number<'_>, object: &Map<String, Json>) -> Option<String> {
        let limit = rational(&object["value"]);
        let comparator: Comparison = object["comparator"].as_str().unwrap().parse().unwrap();
        let inside = Interval::from_comparison(comparator, limit.clone());
        let by = match (number.unit, object.get("unit").and_then(Json::as_str)) {
            (Some(unit), Some(spelling)) => way(spelling, unit, number.ways).unwrap(),
            _ => Conversion::by(Rational::one()),
        };
        let step = Rational::parse(number.step).unwrap();
        let times = |text: &str| limit.mul(&Rational::parse(text).unwrap());
        let near = match number.unit {
            // A score keeps to its steps.
            None => vec![limit.clone(), limit.add(&step), limit.sub(&step)],
            Some(_) => vec![limit.clone(), times("0.5"), times("0.999"), times("1.001"), times("1.5")],
        };
        let possible = |value: &Rational| match number.possible {
            Some((low, high)) => {
                let value = convert(&by, value);
                value >= *low && value <= *high
            }
            None => true,
        };
        let near: Vec<Rational> = near.into_iter().filter(|value| inside.contains(value) && possible(value)).collect();
        if near.is_empty() {
            return None;
        }
        Some(self.writer.shape.pick(&near).to_string())
    }

    // ------------------------------------------------------------------------------ entries

    fn kinds(&mut self, facts: &Json) {
        let world = self.writer.world;
        for (group, members) in &world.groups {
            for (at, one) in facts[&group.name].as_array().into_iter().flatten().enumerate() {
                let member = one.get("drug").or_else(|| one.get("kind")).unwrap();
                let kind = members.iter().find(|kind| world.kinds[**kind].name == *member).unwrap();
                self.entry(*kind, &["facts", &group.name, &at.to_string()], one);
            }
        }
        for (id, kind) in world.kinds.iter().enumerate() {
            let place = ["facts", kind.name.as_str()];
            let spoken_for =
                world.groups.iter().any(|(group, members)| members.contains(&id) && !facts[&group.name].is_null());
            match &facts[&kind.name] {
                Json::Null if spoken_for || kind.absent_means_no => {}
                Json::Null => {
                    if let Some(json) = self.writer.kind(id) {
                        self.add(&place, json);
                    }
                }
                Json::Bool(true) => {
                    let entries = self.writer.entries(id);
                    self.add(&place, entries);
                }
                Json::Bool(false) => {}
                Json::Array(list) => {
                    for (at, one) in list.iter().enumerate() {
                        self.entry(id, &[&place[..], &[&at.to_string()]].concat(), one);
                    }
                }
                one => self.entry(id, &place, one),
            }
        }
    }

    fn entry(&mut self, id: usize, place: &[&str], json: &Json) {
        let kind = &self.writer.world.kinds[id];
        let object = json.as_object().unwrap();
        let date = |key: &str| object.get(key).and_then(Json::as_str);
        let stretch = |text: &str| PartialDateTime::parse(text).unwrap();
        let (start, end) = (date("start"), date("end"));
        let last = end.map_or(i32::MAX, |text| stretch(text).last_day());
        let first = start.map_or(i32::MIN, |text| stretch(text).first_day());
        let start_place = [place, &["start"]].concat();
        match start {
            Some(text) => {
                let own = stretch(text);
                self.finer_between(&start_place, text, false, own.first_day(), own.last_day().min(last));
            }
            None => {
                let day = stretch(&self.writer.date()).first_day();
                self.add(&start_place, json!(text_of_day(day.min(last.saturating_sub(1)))));
            }
        }
        let end_place = [place, &["end"]].concat();
        match end {
            Some(text) => {
                let own = stretch(text);
                self.finer_between(&end_place, text, false, own.first_day().max(first), own.last_day());
            }
            None if kind.word != EntryKind::Event && object.get("end").is_none() => {
                let day = start.map_or_else(|| self.writer.date(), str::to_owned);
                let after = *self.writer.shape.pick(&[2, 7, 30, 100]);
                let ended = json!(text_of_day(stretch(&day).last_day() + after));
                let json = if self.writer.shape.chance(30) { Json::Null } else { ended };
                self.add(&end_place, json);
            }
            None => {}
        }
        self.attributes(&kind.attributes, place, object);
    }
}

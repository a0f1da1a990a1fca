//! The values of an item that are tried: both sides of every bound it meets, and the days about every window.

use super::walk::{leaves, lengths, strings};
use std::collections::BTreeSet;

use eligc::calendar::{PartialDateTime, add};
use eligc::number::Rational;
use eligc::tree::{
    Attribute, Branch, DecisionTree, FactId, KindId, Operand, OperandKind, Subject, Test, TimeOf, ValueType,
};
use eligc::units::TimeUnit;
use serde_json::{Value as Json, json};

/// The most values of one item.
const MAX_WAYS: usize = 1200;

pub(super) struct Grid<'t> {
    pub(super) tree: &'t DecisionTree,
}

impl Grid<'_> {
    /// The tests behind a filter.
    pub(super) fn behind(&self, root: Branch) -> Vec<&Test> {
        let (mut open, mut seen, mut tests) = (vec![root], BTreeSet::new(), Vec::new());
        while let Some(next) = open.pop() {
            if let Branch::Node(id) = next
                && seen.insert(id)
            {
                let node = &self.tree.nodes[id];
                tests.push(&self.tree.tests[node.test]);
                open.extend([node.yes, node.no, node.unknown]);
            }
        }
        tests
    }

    /// The tests that are asked of the results of a fact, or of the entries of a kind.
    pub(super) fn asked_of(&self, fact: Option<FactId>, kind: Option<KindId>) -> Vec<&Test> {
        let mut tests = Vec::new();
        for test in &self.tree.tests {
            match test {
                Test::Entries { kinds, filter, .. } if kind.is_some_and(|kind| kinds.contains(&kind)) => {
                    tests.extend(self.behind(*filter));
                }
                Test::IsOneOf { subject: Subject::Fact(read), .. }
                | Test::IsYes { subject: Subject::Fact(read) }
                | Test::Window { of: TimeOf::Fact(read), .. }
                    if Some(read.fact) == fact =>
                {
                    tests.push(test);
                    tests.extend(self.behind(read.filter));
                }
                Test::Compare { left, right, .. } => {
                    for side in [left, right] {
                        leaves(side, &mut |leaf| match &leaf.kind {
                            OperandKind::Fact(read, _) | OperandKind::Coalesce { read, .. }
                                if Some(read.fact) == fact =>
                            {
                                tests.extend(self.behind(read.filter));
                            }
                            _ => {}
                        });
                    }
                }
                _ => {}
            }
        }
        tests
    }

    /// The ends of the windows among some tests, and the days beside them.
    pub(super) fn dates(&self, record: &Json, tests: &[&Test]) -> Vec<String> {
        let mut days = BTreeSet::new();
        let mut times = BTreeSet::new();
        for test in tests {
            let Test::Window { relation, anchor, .. } = test else { continue };
            let Some(anchor) = anchor.date() else { continue };
            let Some(given) = record["anchors"][&self.tree.anchors[anchor].name].as_str() else { continue };
            times.insert(given.to_owned());
            let day = PartialDateTime::parse(given).unwrap().first_day();
            days.extend([day - 20_000, day - 1, day, day + 1]);
            for (count, unit) in lengths(relation) {
                for by in [i64::from(count), -i64::from(count)] {
                    let moved = add(day, by, if unit.is_calendar() { unit } else { TimeUnit::Day }).unwrap();
                    days.extend([moved - 1, moved, moved + 1]);
                }
            }
        }
        let written = days.into_iter().filter_map(PartialDateTime::from_day).map(|day| day.to_string());
        written.chain(times).collect()
    }

    /// Values of a type as records write them.
    pub(super) fn values(
        &self,
        ty: &ValueType,
        possible: Option<&(Rational, Rational)>,
        numbers: &[Rational],
        dates: &[String],
    ) -> Vec<Json> {
        match ty {
            ValueType::YesNo => vec![json!(true), json!(false)],
            ValueType::Coded { values: words } | ValueType::Ordinal { levels: words, .. } => {
                words.iter().map(|word| json!(word)).collect()
            }
            ValueType::Date => dates.iter().map(|date| json!(date)).collect(),
            ValueType::Score { low, high, step } => {
                let (low, high, step) = (low.to_f64(), high.to_f64(), step.to_f64());
                let mut points = vec![low, high];
                for number in numbers {
                    let at = low + ((number.to_f64() - low) / step).round() * step;
                    points.extend([at - step, at, at + step]);
                }
                points.retain(|point| (low..=high).contains(point));
                points.into_iter().map(|point| json!((point * 1e6).round() / 1e6)).collect()
            }
            ValueType::Titre => {
                let mut points = vec![10.0, 40.0];
                points.extend(numbers.iter().flat_map(|number| [0.5, 1.0, 2.0].map(|by| number.to_f64() * by)));
                points
                    .retain(|point| possible.is_none_or(|(low, high)| (low.to_f64()..=high.to_f64()).contains(point)));
                points.into_iter().map(|point| json!(format!("1:{point}"))).collect()
            }
            ValueType::Quantity { .. } => {
                let mut points = vec![1.0, 10.0, 100.0];
                points.extend(possible.iter().flat_map(|(low, high)| [low.to_f64(), high.to_f64()]));
                points.extend(
                    numbers.iter().flat_map(|number| [0.5, 0.99, 1.0, 1.01, 2.0].map(|by| number.to_f64() * by)),
                );
                points
                    .retain(|point| possible.is_none_or(|(low, high)| (low.to_f64()..=high.to_f64()).contains(point)));
                points.into_iter().map(|point| json!(point)).collect()
            }
        }
    }

    pub(super) fn quantity(ty: &ValueType, value: Json) -> Json {
        match ty {
            ValueType::Quantity { unit, .. } if unit != "1" => json!({ "value": value, "unit": unit }),
            _ => value,
        }
    }

    /// The numbers of the comparisons among some tests.
    pub(super) fn numbers<'a>(
        &self,
        tests: impl Iterator<Item = &'a Test>,
        about: impl Fn(&Operand) -> bool,
    ) -> Vec<Rational> {
        let mut numbers = Vec::new();
        for test in tests {
            let Test::Compare { left, right, .. } = test else { continue };
            let (mut own, mut is_about) = (Vec::new(), false);
            for side in [left, right] {
                leaves(side, &mut |leaf| {
                    is_about |= about(leaf);
                    if let OperandKind::Number(number) = &leaf.kind {
                        own.push(number.clone());
                    }
                });
            }
            if is_about {
                numbers.extend(own);
            }
        }
        numbers.dedup();
        numbers
    }

    pub(super) fn attribute(&self, record: &Json, attribute: &Attribute, tests: &[&Test]) -> Vec<Json> {
        let about = |leaf: &Operand| matches!(&leaf.kind, OperandKind::Attribute(name) if *name == attribute.name);
        let numbers = self.numbers(tests.iter().copied(), about);
        let dates = self.dates(record, tests);
        let values = self.values(&attribute.ty, attribute.possible.as_ref(), &numbers, &dates);
        values.into_iter().map(|value| Grid::quantity(&attribute.ty, value)).collect()
    }

    /// Objects with every combination of some keys' values, thinned where there are too many.
    pub(super) fn objects(parts: &[(String, Vec<Json>)]) -> Vec<Json> {
        let mut all = vec![json!({})];
        for (key, values) in parts {
            let mut next = Vec::new();
            for object in &all {
                next.push(object.clone());
                for value in values {
                    let mut with = object.clone();
                    with[key] = value.clone();
                    next.push(with);
                }
            }
            let stride = next.len().div_ceil(MAX_WAYS);
            all = next.into_iter().step_by(stride).collect();
        }
        all
    }

    pub(super) fn entries(&self, record: &Json, kind: KindId) -> Vec<Json> {
        let declared = &self.tree.kinds[kind];
        let tests = self.asked_of(None, Some(kind));
        let read = |name: &str| {
            tests.iter().any(|test| match test {
                Test::IsOneOf { subject: Subject::Attribute(own), .. }
                | Test::IsYes { subject: Subject::Attribute(own) }
                | Test::Window { of: TimeOf::Attribute(own), .. } => own == name,
                Test::Compare { left, right, .. } => [left, right].into_iter().any(|side| {
                    let mut found = false;
                    leaves(side, &mut |leaf| found |= matches!(&leaf.kind, OperandKind::Attribute(own) if own == name));
                    found
                }),
                _ => false,
            })
        };
        let mut parts: Vec<(String, Vec<Json>)> = declared
            .attributes
            .iter()
            .filter(|attribute| read(&attribute.name))
            .map(|attribute| (attribute.name.clone(), self.attribute(record, attribute, &tests)))
            .collect();
        let dates: Vec<Json> = self.dates(record, &tests).into_iter().map(Json::from).collect();
        parts.push(("end".to_owned(), vec![Json::Null]));
        parts.push(("start".to_owned(), dates));
        Grid::objects(&parts)
    }

    /// The record with an item given, in many ways.
    pub(super) fn ways(&self, record: &Json, item: &str) -> Vec<Json> {
        let tree = self.tree;
        let set = |key: &str, name: &str, values: Vec<Json>| -> Vec<Json> {
            let with = |value| {
                let mut next = record.clone();
                next[key][name] = value;
                next
            };
            values.into_iter().map(with).collect()
        };
        if let Some(question) = item.strip_prefix("judgement ") {
            return set("judgements", question, vec![json!(true), json!(false)]);
        }
        if let Some(anchor) = item.strip_prefix("anchor ") {
            return set("anchors", anchor, self.anchor(record, anchor));
        }
        let (name, part) = item.split_once('.').map_or((item, None), |(name, part)| (name, Some(part)));
        if let Some(group) = tree.groups.iter().find(|group| group.name == name) {
            let mut lists = vec![json!([])];
            for kind in &group.members {
                let member = &tree.kinds[*kind].name;
                for mut entry in self.entries(record, *kind).into_iter().step_by(7) {
                    entry["drug"] = json!(member);
                    lists.push(json!([entry]));
                }
            }
            return set("facts", name, lists);
        }
        if let Some(kind) = tree.kinds.find(|kind| kind.name == name) {
            let Some(part) = part else {
                let entries = self.entries(record, kind);
                let lists = entries.iter().map(|entry| json!([entry])).chain(entries.iter().map(|e| json!([e, e])));
                return set("facts", name, std::iter::once(json!([])).chain(lists).collect());
            };
            let tests = self.asked_of(None, Some(kind));
            let values = match tree.kinds[kind].attributes.iter().find(|attribute| attribute.name == part) {
                Some(attribute) => self.attribute(record, attribute, &tests),
                None => {
                    let dates = self.dates(record, &tests).into_iter().map(Json::from);
                    dates.chain((part == "end").then_some(Json::Null)).collect()
                }
            };
            return self.parts(record, name, part, &values);
        }
        let Some(fact) = tree.facts.find(|fact| fact.name == name) else {
            return Vec::new();
        };
        let declared = &tree.facts[fact];
        let tests = self.asked_of(Some(fact), None);
        let dates = self.dates(record, &tests);
        let about = |leaf: &Operand| match &leaf.kind {
            OperandKind::Fact(read, _) | OperandKind::Coalesce { read, .. } => read.fact == fact,
            _ => false,
        };
        let numbers = self.numbers(tree.tests.iter(), about);
        match part {
            Some("at") => self.parts(record, name, "at", &dates.into_iter().map(Json::from).collect::<Vec<_>>()),
            Some(limit @ ("uln" | "lln")) => {
                let limits = [1e-3, 0.1, 1.0, 10.0, 30.0, 100.0, 1e3, 1e5].map(|limit| json!(limit));
                self.parts(record, name, limit, &limits)
            }
            Some(part) => {
                let attribute = declared.attributes.iter().find(|attribute| attribute.name == part).unwrap();
                self.parts(record, name, part, &self.attribute(record, attribute, &tests))
            }
            None => {
                let births = self.births(record);
                let own = self.values(&declared.ty, declared.possible.as_ref(), &numbers, &births);
                let mut parts: Vec<(String, Vec<Json>)> = declared
                    .attributes
                    .iter()
                    .map(|attribute| (attribute.name.clone(), self.attribute(record, attribute, &tests)))
                    .collect();
                if declared.uln {
                    parts.push(("uln".to_owned(), [0.01, 1.0, 40.0, 1e5].map(|limit| json!(limit)).to_vec()));
                }
                if !tests.is_empty() {
                    parts.push(("at".to_owned(), dates.into_iter().map(Json::from).collect()));
                }
                parts.push(("value".to_owned(), own));
                let unit = match &declared.ty {
                    ValueType::Quantity { unit, .. } if unit != "1" => Some(unit),
                    _ => None,
                };
                let mut results = Grid::objects(&parts);
                results.retain(|result| result.get("value").is_some());
                // A date that is known to the year is told to the day, and not joined by another.
                if let Some(coarse) = record["facts"][name].as_str().filter(|_| declared.ty == ValueType::Date) {
                    let days = births.iter().filter(|day| day.starts_with(coarse)).map(|day| json!(day));
                    return set("facts", name, days.collect());
                }
                let before = match &record["facts"][name] {
                    Json::Null => Vec::new(),
                    Json::Array(all) => all.clone(),
                    one => vec![one.clone()],
                };
                let lists = results.into_iter().map(|mut result| {
                    if let Some(unit) = unit {
                        result["unit"] = json!(unit);
                    }
                    let mut all = before.clone();
                    all.push(result);
                    Json::Array(all)
                });
                set("facts", name, lists.collect())
            }
        }
    }

    /// Whether some ways to give all the items reach what is wanted, within so many records.
    pub(super) fn found(
        &self,
        record: &Json,
        items: &[String],
        left: &mut usize,
        reached: &dyn Fn(&Json) -> bool,
    ) -> bool {
        let Some((item, rest)) = items.split_first() else {
            *left = left.saturating_sub(1);
            return reached(record);
        };
        self.ways(record, item).iter().any(|next| *left > 0 && self.found(next, rest, left, reached))
    }

    /// A part of every result or entry that lacks it.
    pub(super) fn parts(&self, record: &Json, name: &str, part: &str, values: &[Json]) -> Vec<Json> {
        let write = |value: &Json| {
            let mut next = record.clone();
            let facts = next["facts"].as_object_mut()?;
            let mut list: Vec<&mut Json> = Vec::new();
            for (key, given) in facts {
                let own = key == name;
                let counts = |one: &Json| own || one["drug"] == name;
                match given {
                    Json::Array(all) => list.extend(all.iter_mut().filter(|one| counts(one))),
                    // By itself, or as the one entry that a group lists.
                    one => list.extend(counts(one).then_some(one)),
                }
            }
            for one in list {
                if !one.is_object() {
                    *one = json!({ "value": one.clone() });
                }
                one[part] = value.clone();
            }
            Some(next)
        };
        values.iter().filter_map(write).collect()
    }

    /// Days on which a date of the record is on an end of some window, and the days beside them.
    pub(super) fn anchor(&self, record: &Json, anchor: &str) -> Vec<Json> {
        let mut dates = BTreeSet::new();
        strings(record, &mut |text| {
            if let Ok(date) = PartialDateTime::parse(text) {
                dates.insert(date.first_day());
                dates.insert(date.last_day());
            }
        });
        let mut days = BTreeSet::new();
        for test in &self.tree.tests {
            let Test::Window { relation, anchor: of, .. } = test else { continue };
            if of.date().is_none_or(|of| self.tree.anchors[of].name != anchor) {
                continue;
            }
            for (count, unit) in lengths(relation).into_iter().filter(|(_, unit)| unit.is_calendar()) {
                for date in &dates {
                    for by in [i64::from(count), -i64::from(count)] {
                        days.extend(add(*date, by, unit).into_iter().flat_map(|day| [day - 1, day, day + 1]));
                    }
                }
            }
        }
        days.extend(dates.iter().flat_map(|day| [day - 1, *day, day + 1]));
        days.into_iter().filter_map(PartialDateTime::from_day).map(|day| json!(day.to_string())).collect()
    }

    pub(super) fn births(&self, record: &Json) -> Vec<String> {
        let mut days = BTreeSet::new();
        for anchor in &self.tree.anchors {
            if let Some(given) = record["anchors"][&anchor.name].as_str() {
                let day = PartialDateTime::parse(given).unwrap().first_day();
                let birthdays = (0..110).filter_map(|years| add(day, -years, TimeUnit::Year));
                days.extend(birthdays.flat_map(|day| [day - 1, day, day + 1]));
            }
        }
        days.into_iter().filter_map(PartialDateTime::from_day).map(|day| day.to_string()).collect()
    }
}

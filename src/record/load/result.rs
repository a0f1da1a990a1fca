//! The results of a fact.

use super::loader::Loader;
use super::parts::{AT, COMPARATOR, LLN, Parts, ULN, UNIT, VALUE, VALUE_KEYS, place_of};
use super::path::Path;
use super::wanted::ValueSpec;
use crate::ir::Id;
use crate::record::events::{Events, SyntaxError, Token};
use crate::record::fast_values;
use crate::record::model::{Attributes, Observation, Slot, Value};
use crate::record::name_table::small;
use crate::record::problem::RecordErrorKind;
use crate::record::schema::Scope;
use crate::tree::{FactId, ValueType};

impl<'p> Loader<'p, '_> {
    pub(crate) fn fact<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
        fact: FactId,
    ) -> Result<(), SyntaxError> {
        let plain = self.schema.plain.get(fact);
        if let Some(value) = plain.and_then(|plain| plain.read(reader, self.canonical)) {
            self.set(fact, Slot::Plain(value));
            return Ok(());
        }
        let token = reader.value()?;
        let slot = match token {
            Token::Null => Slot::Absent,
            Token::Array => {
                let start = small(self.record.observations.len());
                let mut index = 0;
                let mut last = Slot::Absent;
                while reader.element()? {
                    let path = Path::Index(path, index);
                    index += 1;
                    let token = reader.value()?;
                    last = self.result(reader, token, &path, fact)?;
                    if let Slot::Plain(value) = last {
                        self.record.observations.push(Observation::plain(value));
                    }
                }
                match (small(self.record.observations.len()) - start, last) {
                    (0, _) => Slot::Absent,
                    (1, Slot::Plain(value)) => {
                        self.record.observations.pop();
                        Slot::Plain(value)
                    }
                    (count, _) => Slot::Observations { start, count },
                }
            }
            token => self.result(reader, token, path, fact)?,
        };
        self.set(fact, slot);
        Ok(())
    }

    pub(super) fn set(&mut self, fact: FactId, slot: Slot) {
        let bounds = self.schema.bounds.get(fact).map_or(&[][..], Vec::as_slice);
        if let Some(word) = self.record.words.get_mut(fact.place()) {
            *word = fast_values::word(&slot, bounds);
        }
        if let Some(place) = self.record.facts.get_mut(fact) {
            *place = slot;
        }
    }

    /// One result: a plain slot where nothing but the value is given, else the one it has put into
    /// `record.observations`; absent where a problem was reported.
    pub(super) fn result<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        token: Token<'_>,
        path: &Path<'_>,
        fact: FactId,
    ) -> Result<Slot, SyntaxError> {
        let schema = self.schema;
        let Some(declared) = schema.tree.facts.get(fact) else {
            return Ok(Slot::Absent);
        };
        let Some(units) = schema.fact_units.get(fact).and_then(|units| units.first()) else {
            return Ok(Slot::Absent);
        };
        let wanted = ValueSpec { name: &declared.name, ty: &declared.ty, possible: declared.possible.as_ref(), units };
        if token != Token::Object {
            let value = self.scalar(&token, None, None, &wanted, path);
            reader.skip(&token)?;
            // The text of a titre may say that it is only a limit.
            if let Some(value @ Value::Number(number)) = value
                && number.comparator.is_some()
            {
                let start = small(self.record.observations.len());
                self.record.observations.push(Observation::plain(value));
                return Ok(Slot::Observations { start, count: 1 });
            }
            return Ok(value.map_or(Slot::Absent, Slot::Plain));
        }
        let (mut at, mut uln, mut lln, mut attributes) = (None, None, None, Attributes::default());
        let numeric = matches!(declared.ty, ValueType::Quantity { .. } | ValueType::Score { .. });
        let mut parts = Parts::default();
        let mut seen = [false; VALUE_KEYS.len()];
        while let Some(key) = reader.key()? {
            let path = Path::Key(path, &key);
            let place = place_of(&key);
            if let Some(seen) = seen.get_mut(place)
                && std::mem::replace(seen, true)
            {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
            }
            match place {
                VALUE | UNIT | COMPARATOR => self.part(reader, place, &path, &mut parts)?,
                AT => {
                    let token = reader.value()?;
                    at = self.date_or_null(&token, &path);
                    reader.skip(&token)?;
                }
                ULN if numeric => uln = self.limit(reader, &path)?,
                LLN if numeric => lln = self.limit(reader, &path)?,
                _ => {
                    if attributes.count == 0 && !declared.attributes.is_empty() {
                        attributes = self.reserve_attributes(declared.attributes.len());
                    }
                    let names = VALUE_KEYS.into_iter().filter(|key| numeric || !matches!(*key, "uln" | "lln"));
                    self.attribute(reader, &key, &path, Scope::Fact(fact), attributes, names)?;
                }
            }
        }
        let value = self.value_of(parts, &wanted, path);
        if let (Some(lln), Some(uln)) = (lln, uln)
            && lln > uln
        {
            let message = "the lower limit of normal is above the upper one";
            self.report(RecordErrorKind::BadLimit, &Path::Key(path, "lln"), message);
        }
        self.limits_in_range(value, &wanted, [("lln", lln), ("uln", uln)], path);
        let Some(value) = value else {
            return Ok(Slot::Absent);
        };
        let plain = match value {
            Value::Unknown => false,
            Value::Number(number) => number.comparator.is_none(),
            Value::Code(_) | Value::Flag(_) | Value::Date(_) => true,
        };
        if plain && at.is_none() && uln.is_none() && lln.is_none() && attributes.count == 0 {
            return Ok(Slot::Plain(value));
        }
        let start = small(self.record.observations.len());
        self.record.observations.push(Observation { value, at, uln, lln, attributes });
        Ok(Slot::Observations { start, count: 1 })
    }

    /// Reports a limit of normal that the fact cannot have as its value, or that is not above zero once it is brought from
    /// a second scale to the fact's own.
    pub(super) fn limits_in_range(
        &mut self,
        value: Option<Value>,
        wanted: &ValueSpec<'_>,
        limits: [(&str, Option<f64>); 2],
        path: &Path<'_>,
    ) {
        let Some(Value::Number(number)) = value else {
            return;
        };
        let (name, units) = (wanted.name, wanted.units);
        for (key, limit) in limits {
            let way = self.record.way(units, number.unit);
            let own = limit.zip(way).map(|(limit, way)| way.approx(limit));
            if let (Some(own), Some((low, high))) = (own, units.possible)
                && own > 0.0
                && (own < low - low.abs() * 1e-9 || own > high + high.abs() * 1e-9)
            {
                let message = format!(
                    "a limit of normal of `{name}` is a value that `{name}` can have, in the unit of the result"
                );
                let help = format!("{own} lies outside {low} to {high} {}", units.canonical);
                self.report_with_help(RecordErrorKind::BadLimit, &Path::Key(path, key), message, Some(help));
                continue;
            }
            let low = limit.zip(way).is_some_and(|(limit, way)| !way.exact.is_linear() && way.approx(limit) <= 0.0);
            if low {
                let message = "a limit of normal is above zero in the fact's own unit";
                self.report(RecordErrorKind::BadLimit, &Path::Key(path, key), message);
            }
        }
    }

    /// A limit of normal.
    pub(super) fn limit<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
    ) -> Result<Option<f64>, SyntaxError> {
        let token = reader.value()?;
        reader.skip(&token)?;
        Ok(match &token {
            Token::Null => None,
            Token::Number(number) if number.value.is_finite() && number.value > 0.0 => Some(number.value),
            Token::Number(_) => {
                self.report(RecordErrorKind::BadLimit, path, "a limit of normal is above zero");
                None
            }
            token => {
                self.wrong_type(path, "a number in the result's own unit", token);
                None
            }
        })
    }
}

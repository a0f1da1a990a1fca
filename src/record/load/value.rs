//! Values of facts and attributes: a scalar, or an object that says more of it.

use crate::number::{Comparison, Rational};
use crate::tree::ValueType;

use super::super::events::{Events, Number as EventNumber, SyntaxError, Token};
use super::super::fast_values;
use super::super::model::{Attributes, Number, Observation, Slot, Value};
use super::super::problem::RecordErrorKind;
use super::super::schema::{Scope, small};
use super::super::units::{NotItsUnit, Units, Way};
use super::{Loader, Path, did_you_mean, word};
use crate::units::{Conversion, Unit};

/// What a value is to be: its type, what it can be, and its units.
#[derive(Clone, Copy)]
struct ValueSpec<'p> {
    name: &'p str,
    ty: &'p ValueType,
    possible: Option<&'p (Rational, Rational)>,
    units: &'p Units,
}

/// The parts of a value that is given as an object.
#[derive(Default)]
struct Parts<'t> {
    value: Option<Token<'t>>,
    unit: Option<Token<'t>>,
    comparator: Option<Comparison>,
}

const VALUE_KEYS: [&str; 6] = ["value", "unit", "at", "comparator", "uln", "lln"];

// Places in `VALUE_KEYS`.
const VALUE: usize = 0;
const UNIT: usize = 1;
const AT: usize = 2;
const COMPARATOR: usize = 3;
const ULN: usize = 4;
const LLN: usize = 5;
const OTHER: usize = 6;

/// A key's place in `VALUE_KEYS`; `OTHER` for an attribute.
fn place_of(key: &str) -> usize {
    match key {
        "value" => VALUE,
        "unit" => UNIT,
        "at" => AT,
        "comparator" => COMPARATOR,
        "uln" => ULN,
        "lln" => LLN,
        _ => OTHER,
    }
}

impl<'p> Loader<'p, '_> {
    pub(crate) fn fact<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
        fact: u32,
    ) -> Result<(), SyntaxError> {
        let plain = self.schema.plain.get(fact as usize);
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

    fn set(&mut self, fact: u32, slot: Slot) {
        let bounds = self.schema.bounds.get(fact as usize).map_or(&[][..], Vec::as_slice);
        if let Some(word) = self.record.words.get_mut(fact as usize) {
            *word = fast_values::word(&slot, bounds);
        }
        if let Some(place) = self.record.facts.get_mut(fact as usize) {
            *place = slot;
        }
    }

    /// One result: a plain slot where nothing is said beside the value, else the one it has put into
    /// `record.observations`; absent where a problem was reported.
    fn result<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        token: Token<'_>,
        path: &Path<'_>,
        fact: u32,
    ) -> Result<Slot, SyntaxError> {
        let schema = self.schema;
        let Some(declared) = schema.tree.facts.get(fact as usize) else {
            return Ok(Slot::Absent);
        };
        let Some(units) = schema.fact_units.get(fact as usize).and_then(|units| units.first()) else {
            return Ok(Slot::Absent);
        };
        let wanted = ValueSpec { name: &declared.name, ty: &declared.ty, possible: declared.possible.as_ref(), units };
        if token != Token::Object {
            let value = self.scalar(&token, None, None, &wanted, path);
            reader.skip(&token)?;
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
    fn limits_in_range(
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

    /// `value`, `unit` or `comparator` of an object.
    fn part<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        place: usize,
        path: &Path<'_>,
        parts: &mut Parts<'t>,
    ) -> Result<(), SyntaxError> {
        let token = reader.value()?;
        reader.skip(&token)?;
        match place {
            VALUE => parts.value = Some(token),
            UNIT => match token {
                Token::Null => {}
                Token::Text(_) => parts.unit = Some(token),
                token => self.wrong_type(path, "a unit in quotes", &token),
            },
            _ => match &token {
                Token::Null => {}
                Token::Text(text) => match &**text {
                    "=" => {}
                    "<" => parts.comparator = Some(Comparison::Lt),
                    "<=" => parts.comparator = Some(Comparison::Le),
                    ">" => parts.comparator = Some(Comparison::Gt),
                    ">=" => parts.comparator = Some(Comparison::Ge),
                    _ => {
                        let message = "a comparator is one of `<`, `<=`, `>`, `>=`, `=`";
                        self.report(RecordErrorKind::BadComparator, path, message);
                    }
                },
                token => self.wrong_type(path, "a comparator in quotes", token),
            },
        }
        Ok(())
    }

    fn value_of(&mut self, parts: Parts<'_>, wanted: &ValueSpec<'_>, path: &Path<'_>) -> Option<Value> {
        match parts.value {
            None => {
                self.report(
                    RecordErrorKind::MissingValue,
                    path,
                    format!("a result of `{}` has no `value`", wanted.name),
                );
                None
            }
            Some(Token::Null) => Some(Value::Unknown),
            Some(token) => {
                let unit = match &parts.unit {
                    Some(Token::Text(unit)) => Some(&**unit),
                    _ => None,
                };
                self.scalar(&token, unit, parts.comparator, wanted, path)
            }
        }
    }

    /// A limit of normal.
    fn limit<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<Option<f64>, SyntaxError> {
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

    /// An attribute of a result or an entry, or a key that it does not have.
    pub(crate) fn attribute<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        key: &str,
        path: &Path<'_>,
        scope: Scope,
        attributes: Attributes,
        others: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), SyntaxError> {
        let schema = self.schema;
        let declared = schema.attributes(scope);
        let found = declared.iter().zip(0u32..).find(|(attribute, _)| attribute.name == key);
        let Some((attribute, index)) = found else {
            let names = declared.iter().map(|attribute| attribute.name.as_str()).chain(others);
            let help = did_you_mean(key, names);
            let message = format!("there is no attribute `{key}` here");
            self.report_with_help(RecordErrorKind::UnknownAttribute, path, message, help);
            return reader.skip_value();
        };
        let Some(units) = schema.attribute_units(scope, index) else {
            return reader.skip_value();
        };
        let wanted =
            ValueSpec { name: &attribute.name, ty: &attribute.ty, possible: attribute.possible.as_ref(), units };
        let token = reader.value()?;
        let value = match token {
            Token::Null => None,
            Token::Object => {
                let mut parts = Parts::default();
                while let Some(key) = reader.key()? {
                    let path = Path::Key(path, &key);
                    match place_of(&key) {
                        place @ (VALUE | UNIT | COMPARATOR) => {
                            self.part(reader, place, &path, &mut parts)?;
                        }
                        _ => {
                            let help = did_you_mean(&key, ["value", "unit", "comparator"]);
                            let message = format!("there is no attribute `{key}` here");
                            self.report_with_help(RecordErrorKind::UnknownAttribute, &path, message, help);
                            reader.skip_value()?;
                        }
                    }
                }
                self.value_of(parts, &wanted, path)
            }
            token => {
                let value = self.scalar(&token, None, None, &wanted, path);
                reader.skip(&token)?;
                value
            }
        };
        if matches!(scope, Scope::Kind(_)) && key == "half_life" && value.is_some_and(never_positive) {
            self.report(RecordErrorKind::ImpossibleValue, path, "a half-life is above zero");
        }
        if let Some(slot) = self.record.attributes.get_mut((attributes.start + index) as usize) {
            if slot.is_some() {
                self.report(RecordErrorKind::DuplicateKey, path, format!("`{key}` is given twice"));
            } else {
                *slot = value;
            }
        }
        Ok(())
    }

    /// A value; `None` where a problem was reported.
    fn scalar(
        &mut self,
        token: &Token<'_>,
        unit: Option<&str>,
        comparator: Option<Comparison>,
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<Value> {
        let numeric = matches!(wanted.ty, ValueType::Quantity { .. } | ValueType::Score { .. });
        if comparator.is_some() && !numeric {
            let message = format!("`{}` is no number, so it takes no comparator", wanted.name);
            self.report(RecordErrorKind::BadComparator, path, message);
        }
        if let (Some(_), false) = (unit, matches!(wanted.ty, ValueType::Quantity { .. })) {
            let message = format!("`{}` takes no unit", wanted.name);
            self.report(RecordErrorKind::WrongUnit, &Path::Key(path, "unit"), message);
        }
        match (wanted.ty, token) {
            (ValueType::Quantity { unit: canonical, units }, Token::Number(number)) => {
                let unit = self.unit(unit, canonical, units, wanted, path)?;
                self.number(*number, unit, comparator, wanted, path).map(Value::Number)
            }
            (ValueType::Score { low, step, .. }, Token::Number(number)) => {
                let read = self.number(*number, 0, comparator, wanted, path)?;
                if comparator.is_none() && !on_step(read.raw, low, step) {
                    let message = format!("`{}` goes in steps of {step} from {low}", wanted.name);
                    self.report(RecordErrorKind::OffStep, path, message);
                    return None;
                }
                Some(Value::Number(read))
            }
            (ValueType::Quantity { .. } | ValueType::Score { .. }, token) => {
                self.wrong_type(path, "a number", token);
                None
            }
            (ValueType::Ordinal { levels, .. }, Token::Number(number)) => {
                let level = levels.iter().zip(0u16..).find(|(level, _)| {
                    *level == number.text
                        || level.parse::<f64>().is_ok_and(|level| level.total_cmp(&number.value).is_eq())
                });
                if level.is_none() {
                    let message = format!("`{}` has no such level; it has {}", wanted.name, listed(levels));
                    self.report(RecordErrorKind::UnknownValue, path, message);
                }
                level.map(|(_, index)| Value::Code(index))
            }
            (ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words }, Token::Text(text)) => {
                let plain = word::plain(text);
                let found = words.iter().zip(0u16..).find(|(word, _)| **word == *plain);
                if found.is_none() {
                    self.unknown_word(text, &plain, words, wanted, path);
                }
                found.map(|(_, index)| Value::Code(index))
            }
            (ValueType::Ordinal { .. }, token) => {
                self.wrong_type(path, "a level", token);
                None
            }
            (ValueType::Coded { .. }, token) => {
                self.wrong_type(path, "a word in quotes", token);
                None
            }
            (ValueType::YesNo, Token::Bool(flag)) => Some(Value::Flag(*flag)),
            (ValueType::YesNo, token) => {
                self.wrong_type(path, "true or false", token);
                None
            }
            (ValueType::Date, token) => self.date(token, path).map(Value::Date),
        }
    }

    /// The unit's index; a missing one is reported and taken as the canonical one, which it may yet turn out to be.
    fn unit(
        &mut self,
        unit: Option<&str>,
        canonical: &str,
        units: &[(String, Conversion)],
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<u16> {
        let Some(unit) = unit else {
            if !self.canonical && canonical != "1" {
                self.missing_units.push(self.problems.len());
                let message = format!("`{}` is a quantity and needs a unit", wanted.name);
                let help =
                    format!("write {{\"value\": .., \"unit\": \"{canonical}\"}}, or declare \"units\": \"canonical\"");
                self.report_with_help(RecordErrorKind::MissingUnit, path, message, Some(help));
            }
            return Some(0);
        };
        if unit == wanted.units.canonical {
            return Some(0);
        }
        if let Some(listed) = wanted.units.spellings.get(unit) {
            return Some(*listed);
        }
        match wanted.units.unlisted(wanted.ty, unit) {
            Ok(way) => {
                let index = self.unlisted(way, wanted.units);
                if index.is_none() {
                    let message = "the record has too many different units";
                    self.report(RecordErrorKind::WrongUnit, &Path::Key(path, "unit"), message);
                }
                index
            }
            Err(why) => {
                self.wrong_unit(unit, canonical, &why, units, wanted, path);
                None
            }
        }
    }

    /// The index of a conversion: a listed unit's that is the same, or one behind them.
    fn unlisted(&mut self, way: Conversion, units: &Units) -> Option<u16> {
        if let Some(listed) = units.ways.iter().position(|known| known.exact == way) {
            return u16::try_from(listed).ok();
        }
        let own = &mut self.record.ways;
        let at = own.iter().position(|known| known.exact == way).unwrap_or_else(|| {
            own.push(Way::new(way));
            own.len() - 1
        });
        u16::try_from(units.ways.len() + at).ok()
    }

    fn wrong_unit(
        &mut self,
        unit: &str,
        canonical: &str,
        why: &NotItsUnit,
        units: &[(String, Conversion)],
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) {
        let message = format!("`{}` is not given in `{unit}`", wanted.name);
        let few: Vec<&str> = units.iter().take(4).map(|(spelling, _)| spelling.as_str()).collect();
        let usual = format!("it is given in {}", listed(&few));
        let help = match why {
            NotItsUnit::Other(other) => {
                let own = Unit::parse(canonical).map_or(String::new(), |own| own.measures_a());
                let other = other.measures_a();
                let percentage = canonical == "1" && other == own;
                match other {
                    _ if percentage => format!("`{unit}` is a scale of its own, not a plain number; {usual}"),
                    other if own.is_empty() || own == other => usual,
                    other => format!("that is {other}, not {own}; {usual}"),
                }
            }
            NotItsUnit::Unreadable(error) => {
                let fits = |text: &&String| wanted.units.unlisted(wanted.ty, text).is_ok();
                match error.suggestions.iter().find(fits) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("{error}; {usual}"),
                }
            }
        };
        self.report_with_help(RecordErrorKind::WrongUnit, &Path::Key(path, "unit"), message, Some(help));
    }

    /// A word that is none of those a value can be. Levels next to each other are spelt alike, so only what is surely
    /// meant is proposed for them.
    fn unknown_word(&mut self, text: &str, plain: &str, words: &[String], wanted: &ValueSpec<'_>, path: &Path<'_>) {
        let ordinal = matches!(wanted.ty, ValueType::Ordinal { .. });
        let message = format!("`{}` cannot be `{text}`; it is one of {}", wanted.name, listed(words));
        let help = match word::two_levels(plain, words) {
            Some((one, other)) if ordinal => Some(format!(
                "`{one}` and `{other}` are two levels: give the one that counts, or null where it is not known which"
            )),
            _ if ordinal => word::same_level(plain, words).map(|level| format!("did you mean `{level}`?")),
            _ => did_you_mean(plain, words.iter().map(String::as_str)),
        };
        self.report_with_help(RecordErrorKind::UnknownValue, path, message, help);
    }

    /// A number within what is possible.
    fn number(
        &mut self,
        number: EventNumber<'_>,
        unit: u16,
        comparator: Option<Comparison>,
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<Number> {
        let way = self.record.way(wanted.units, unit)?;
        let raw = number.value;
        let read = Number { approx: way.approx(raw), raw, unit, comparator };
        if !read.approx.is_finite() {
            self.report(RecordErrorKind::ImpossibleValue, path, format!("`{}` is too large a number", wanted.name));
            return None;
        }
        let Some((low, high)) = wanted.units.possible else {
            return Some(read);
        };
        let near = |bound: f64| (read.approx - bound).abs() <= bound.abs() * 1e-9;
        let possible = if near(low) || near(high) {
            match (wanted.exact_possible(), read.exact_raw()) {
                (Some((low, high)), Some(value)) => {
                    let value = way.exact.apply(&value);
                    // A censored value has to leave something between the ends.
                    match comparator {
                        Some(Comparison::Lt) => value > low && value <= high,
                        Some(Comparison::Gt) => value >= low && value < high,
                        _ => value >= low && value <= high,
                    }
                }
                _ => false,
            }
        } else {
            read.approx >= low && read.approx <= high
        };
        if possible {
            return Some(read);
        }
        let (low, high) = wanted.exact_possible()?;
        let unit = match wanted.ty {
            ValueType::Quantity { unit, .. } if unit != "1" => format!(" {unit}"),
            _ => String::new(),
        };
        let message = format!("`{}` lies between {low} and {high}{unit}", wanted.name);
        self.report(RecordErrorKind::ImpossibleValue, path, message);
        None
    }
}

impl ValueSpec<'_> {
    fn exact_possible(&self) -> Option<(Rational, Rational)> {
        match (self.possible, self.ty) {
            (_, ValueType::Score { low, high, .. }) => Some((low.clone(), high.clone())),
            (possible, _) => possible.cloned(),
        }
    }
}

/// Whether no number above zero is meant.
fn never_positive(value: Value) -> bool {
    match value {
        Value::Number(Number { raw, comparator, .. }) => {
            raw <= 0.0 && !matches!(comparator, Some(Comparison::Gt | Comparison::Ge))
        }
        Value::Unknown | Value::Code(_) | Value::Flag(_) | Value::Date(_) => false,
    }
}

/// Whether a score is `low` and a whole number of steps.
fn on_step(value: f64, low: &Rational, step: &Rational) -> bool {
    if *low == 0 && *step == 1 {
        return value.fract() == 0.0;
    }
    let Some(value) = Rational::from_f64_shortest(value) else {
        return false;
    };
    value.sub(low).div(step).is_none_or(|steps| steps.is_integer())
}

/// The first few of a list of words: `a`, `b`, `c` and 4 more.
fn listed(words: &[impl AsRef<str>]) -> String {
    let shown: Vec<String> = words.iter().take(8).map(|word| format!("`{}`", word.as_ref())).collect();
    let more = words.len().saturating_sub(8);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

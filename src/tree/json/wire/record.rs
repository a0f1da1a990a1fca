//! What a record may carry.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a record may carry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Record {
    pub facts: Vec<Fact>,
    pub kinds: Vec<Kind>,
    pub groups: Vec<Group>,
    pub other_names: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Fact {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: Type,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uln: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lln: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent_means_no: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bears_on: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::tree::json) enum Type {
    Quantity { unit: String, units: Units },
    Score { low: String, high: String, step: String },
    Titre {},
    Ordinal { scale: String, levels: Vec<String> },
    Coded { values: Vec<String> },
    YesNo {},
    Date {},
}

/// Spellings and how they convert, in the document's order.
#[derive(Debug)]
pub(in crate::tree::json) struct Units(pub Vec<(String, Conversion)>);

/// `"10"`, `{"factor": "5/9", "offset": "-160/9"}` or `{"power_of_ten": "1"}`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::tree::json) enum Conversion {
    Factor(String),
    Affine(Affine),
    PowerOfTen(PowerOfTen),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct PowerOfTen {
    /// What ten to the power of a value is multiplied by.
    pub power_of_ten: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Affine {
    pub factor: String,
    pub offset: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Attribute {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: Type,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Code {
    pub system: String,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Kind {
    pub name: String,
    pub word: Word,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent_means_no: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalent: Option<Equivalent>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bears_on: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A milligram of the drug is as much as `factor` milligrams of `of`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Equivalent {
    pub factor: String,
    pub of: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::tree::json) enum Word {
    Event,
    Condition,
    Drug,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::tree::json) struct Group {
    pub name: String,
    pub members: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_members: Vec<String>,
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (unit, factor) in &self.0 {
            map.serialize_entry(unit, factor)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Units, D::Error> {
        deserializer.deserialize_map(UnitsVisitor)
    }
}

struct UnitsVisitor;

impl<'de> Visitor<'de> for UnitsVisitor {
    type Value = Units;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of unit spellings and factors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Units, A::Error> {
        let mut units = Vec::new();
        while let Some(pair) = map.next_entry()? {
            units.push(pair);
        }
        Ok(Units(units))
    }
}

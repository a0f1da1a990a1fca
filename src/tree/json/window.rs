//! A window's relation, both ways: the words and lengths that the wire form has for it, and what they mean.

use serde::{Deserialize, Serialize};

use crate::ir;
use crate::units::TimeUnit;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Relation {
    Within,
    Before,
    After,
    At,
    UpTo,
    Current,
    Planned,
    EarlierBy,
    LaterBy,
    Throughout,
    Lasting,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {
    pub n: u32,
    pub unit: LengthUnit,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LengthUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    HalfLife,
}

/// A window's fields for its relation.
pub(super) struct WindowFields {
    pub is: Relation,
    pub before: Option<Length>,
    pub after: Option<Length>,
    pub length: Option<Length>,
    pub strict: bool,
}

impl WindowFields {
    /// The fields of a relation.
    pub fn of(relation: &ir::Relation) -> WindowFields {
        let plain = |is| WindowFields { is, before: None, after: None, length: None, strict: false };
        let of_length =
            |is, strict: bool, length: &ir::Length| WindowFields { length: Some(length.into()), strict, ..plain(is) };
        match relation {
            ir::Relation::Within { before, after } => WindowFields {
                before: before.as_ref().map(Length::from),
                after: after.as_ref().map(Length::from),
                ..plain(Relation::Within)
            },
            ir::Relation::Before => plain(Relation::Before),
            ir::Relation::After => plain(Relation::After),
            ir::Relation::At => plain(Relation::At),
            ir::Relation::UpTo => plain(Relation::UpTo),
            ir::Relation::Current => plain(Relation::Current),
            ir::Relation::Planned => plain(Relation::Planned),
            ir::Relation::EarlierBy { strict, length } => of_length(Relation::EarlierBy, *strict, length),
            ir::Relation::LaterBy { strict, length } => of_length(Relation::LaterBy, *strict, length),
            ir::Relation::Throughout { length } => of_length(Relation::Throughout, false, length),
            ir::Relation::Lasting { strict, length } => of_length(Relation::Lasting, *strict, length),
        }
    }

    /// The relation; what is wrong with the fields where they are of none.
    pub fn relation(self) -> Result<ir::Relation, &'static str> {
        let WindowFields { is, before, after, length: single, strict } = self;
        let (takes_ends, takes_length, takes_strict) = match is {
            Relation::Within => (true, false, false),
            Relation::EarlierBy | Relation::LaterBy | Relation::Lasting => (false, true, true),
            Relation::Throughout => (false, true, false),
            Relation::Before
            | Relation::After
            | Relation::At
            | Relation::UpTo
            | Relation::Current
            | Relation::Planned => (false, false, false),
        };
        if !takes_ends && (before.is_some() || after.is_some()) {
            return Err("`before` and `after` belong to \"is\":\"within\" only");
        }
        if !takes_length && single.is_some() {
            return Err("this relation takes no `length`");
        }
        if !takes_strict && strict {
            return Err("this relation is never `strict`");
        }
        let length = || single.map(ir::Length::from).ok_or("this relation needs a `length`");
        Ok(match is {
            Relation::Within => {
                ir::Relation::Within { before: before.map(ir::Length::from), after: after.map(ir::Length::from) }
            }
            Relation::Before => ir::Relation::Before,
            Relation::After => ir::Relation::After,
            Relation::At => ir::Relation::At,
            Relation::UpTo => ir::Relation::UpTo,
            Relation::Current => ir::Relation::Current,
            Relation::Planned => ir::Relation::Planned,
            Relation::EarlierBy => ir::Relation::EarlierBy { strict, length: length()? },
            Relation::LaterBy => ir::Relation::LaterBy { strict, length: length()? },
            Relation::Throughout => ir::Relation::Throughout { length: length()? },
            Relation::Lasting => ir::Relation::Lasting { strict, length: length()? },
        })
    }
}

impl From<&ir::Length> for Length {
    fn from(length: &ir::Length) -> Length {
        match length {
            ir::Length::Calendar(n, unit) => Length {
                n: *n,
                unit: match unit {
                    TimeUnit::Second => LengthUnit::Second,
                    TimeUnit::Minute => LengthUnit::Minute,
                    TimeUnit::Hour => LengthUnit::Hour,
                    TimeUnit::Day => LengthUnit::Day,
                    TimeUnit::Week => LengthUnit::Week,
                    TimeUnit::Month => LengthUnit::Month,
                    TimeUnit::Year => LengthUnit::Year,
                },
            },
            ir::Length::HalfLives(n) => Length { n: *n, unit: LengthUnit::HalfLife },
        }
    }
}

impl From<Length> for ir::Length {
    fn from(length: Length) -> ir::Length {
        let unit = match length.unit {
            LengthUnit::Second => TimeUnit::Second,
            LengthUnit::Minute => TimeUnit::Minute,
            LengthUnit::Hour => TimeUnit::Hour,
            LengthUnit::Day => TimeUnit::Day,
            LengthUnit::Week => TimeUnit::Week,
            LengthUnit::Month => TimeUnit::Month,
            LengthUnit::Year => TimeUnit::Year,
            LengthUnit::HalfLife => return ir::Length::HalfLives(length.n),
        };
        ir::Length::Calendar(length.n, unit)
    }
}

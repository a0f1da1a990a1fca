//! Which of several results is meant, both ways: one word, or an object where more has to be said.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::window::Length;
use crate::ir::{self, Quantifier, Several, Spaced};

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Select {
    Word(Word),
    More(More),
}

/// Not derived, so that what is wrong with an object is told by its field.
impl<'de> Deserialize<'de> for Select {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Select, D::Error> {
        deserializer.deserialize_any(WordOrObject)
    }
}

struct WordOrObject;

impl<'de> Visitor<'de> for WordOrObject {
    type Value = Select;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word or an object")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Select, E> {
        Word::deserialize(StrDeserializer::new(word)).map(Select::Word)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Select, A::Error> {
        More::deserialize(MapAccessDeserializer::new(map)).map(Select::More)
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    Latest,
    Any,
    Every,
    First,
    Highest,
    Lowest,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct More {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    consecutive: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apart: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any_latest_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every_latest_by: Option<String>,
}

impl Select {
    /// `latest` is left out.
    pub fn written(quantifier: Quantifier, by: Option<&String>) -> Option<Select> {
        let by = by.cloned();
        Some(match quantifier {
            Quantifier::Latest => return None,
            Quantifier::Any if by.is_some() => Select::More(More { any_latest_by: by, ..More::default() }),
            Quantifier::Every if by.is_some() => Select::More(More { every_latest_by: by, ..More::default() }),
            Quantifier::Any => Select::Word(Word::Any),
            Quantifier::Every => Select::Word(Word::Every),
            Quantifier::First => Select::Word(Word::First),
            Quantifier::Highest => Select::Word(Word::Highest),
            Quantifier::Lowest => Select::Word(Word::Lowest),
            Quantifier::Several(Several { at_most: true, count, spaced: _ }) => {
                Select::More(More { at_most: Some(count), ..More::default() })
            }
            Quantifier::Several(Several { at_most: false, count, spaced }) => Select::More(More {
                at_least: Some(count),
                consecutive: spaced == Spaced::Consecutive,
                apart: match spaced {
                    Spaced::Free | Spaced::Consecutive => None,
                    Spaced::Apart(length, unit) => Some((&ir::Length::Calendar(length, unit)).into()),
                },
                ..More::default()
            }),
        })
    }

    /// What is meant, also where it is left out; what is wrong with it where it means nothing.
    pub fn read(written: Option<Select>) -> Result<(Quantifier, Option<String>), &'static str> {
        let more = match written {
            None | Some(Select::Word(Word::Latest)) => return Ok((Quantifier::Latest, None)),
            Some(Select::Word(Word::Any)) => return Ok((Quantifier::Any, None)),
            Some(Select::Word(Word::Every)) => return Ok((Quantifier::Every, None)),
            Some(Select::Word(Word::First)) => return Ok((Quantifier::First, None)),
            Some(Select::Word(Word::Highest)) => return Ok((Quantifier::Highest, None)),
            Some(Select::Word(Word::Lowest)) => return Ok((Quantifier::Lowest, None)),
            Some(Select::More(more)) => more,
        };
        match more {
            More {
                at_least: Some(count),
                at_most: None,
                consecutive,
                apart,
                any_latest_by: None,
                every_latest_by: None,
            } => {
                let spaced = match (consecutive, apart.map(ir::Length::from)) {
                    (false, None) => Spaced::Free,
                    (true, None) => Spaced::Consecutive,
                    (false, Some(ir::Length::Calendar(length, unit))) => Spaced::Apart(length, unit),
                    (false, Some(ir::Length::HalfLives(_))) => return Err("results are apart by days, not half-lives"),
                    (true, Some(_)) => return Err("`consecutive` and `apart` are two forms of `select`"),
                };
                Ok((Quantifier::Several(Several { at_most: false, count, spaced }), None))
            }
            More {
                at_least: None,
                at_most: Some(count),
                consecutive: false,
                apart: None,
                any_latest_by: None,
                every_latest_by: None,
            } => Ok((Quantifier::Several(Several { at_most: true, count, spaced: Spaced::Free }), None)),
            More {
                at_least: None,
                at_most: None,
                consecutive: false,
                apart: None,
                any_latest_by: Some(by),
                every_latest_by: None,
            } => Ok((Quantifier::Any, Some(by))),
            More {
                at_least: None,
                at_most: None,
                consecutive: false,
                apart: None,
                any_latest_by: None,
                every_latest_by: Some(by),
            } => Ok((Quantifier::Every, Some(by))),
            _ => Err("an object `select` has `at_least` (with `consecutive` or `apart` if need be), `at_most`, \
                 `any_latest_by` or `every_latest_by`"),
        }
    }
}

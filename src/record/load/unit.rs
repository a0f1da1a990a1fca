//! The unit of a value.

use super::loader::Loader;
use super::path::Path;
use super::wanted::{ValueSpec, listed};
use crate::record::problem::RecordErrorKind;
use crate::record::units::{NotItsUnit, Units, Way};
use crate::units::{Conversion, Unit};

impl<'p> Loader<'p, '_> {
    /// The unit's index; a missing one is reported and taken as the canonical one, which it may yet turn out to be.
    pub(super) fn unit(
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
    pub(super) fn unlisted(&mut self, way: Conversion, units: &Units) -> Option<u16> {
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

    pub(super) fn wrong_unit(
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
}

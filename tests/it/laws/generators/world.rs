//! The vocabulary that random programs and records are about: every type, every modifier, every sort of kind.

use std::sync::OnceLock;

use eligc::driver::check_text;
use eligc::ir::EntryKind;
use eligc::number::Rational;
use eligc::units::{Unit, Ways};
use eligc::vocab::{Attribute, Fact, Group, Kind, KindId, Type, Vocabulary};

use crate::laws::reference::way;

/// Declarations that are before every random program. The anchors are the shipped ones and one more.
pub const DECLARATIONS: &str = r#"
unit "kilocells" = 10*9/L
anchor lab_baseline "baseline of the laboratory" after screening

fact lab_count: quantity [10*9/L] possible 0..5000
fact lab_mass: quantity [mg/dL] possible 0..4000 molar 125 g/mol uln lln {
  method: one of {wet, dry, other}, fasting: yes_no, drawn: date, quality: grade 0..3,
  volume: quantity [mL] possible 0..1000, trust: score 0..10,
}
fact lab_other: quantity [mg/dL] molar 584.66 g/mol uln
fact lab_enzyme: quantity [U/L] possible 0..20000 equates [[iU]/L] uln lln
fact lab_share: quantity [%] possible 0..100 { method: one of {wet, dry, other}, drawn: date }
fact lab_heat: quantity [Cel] possible 20..45
  scale [[degF]] = 9/5 x [Cel] + 32 source "definition of the degree Fahrenheit"
fact lab_derived: quantity [mg/dL] possible 0..4000 else min(lab_mass, lab_other * 2)
fact body_mass: quantity [kg] possible 0.2..700
fact body_length: quantity [cm] possible 20..280
fact index_points: score 0..105
fact index_part: score 0..105
fact index_total: score 0..210 results count for 6 months else index_points + index_part
fact index_fine: score 0..3 step 0.1 { method: one of {wet, dry, other}, trust: score 0..10 }
fact serum_titre: titre 1:10..1:10240 { method: one of {wet, dry, other} }
fact other_titre: titre 1:1..1:4096 results count for 2 years
fact born_on: date
fact seen_on: date
fact years_old: quantity [a] possible 0..130 timeless else completed_years(born_on)
fact months_old: quantity [mo] possible 0..1560 timeless else completed_years(born_on)
fact heart_class: class I < II < III < IV
fact harm_grade: grade 0..5 { drawn: date, trust: score 0..10 }
fact organ_letter: ordinal A > B > C > D > E
fact assay: one of {positive, negative, unclear} results count at any age { method: one of {wet, dry, other}, fasting: yes_no }
fact assay_sex: one of {left_sex, right_sex} timeless
fact willing: yes_no
fact told: yes_no absent means no

event zap {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
  side: one of {left, right, both},
}
event drip absent means no {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
}
condition wheeze {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
}
condition fever {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
  level: ordinal A > B > C > D > E,
}
drug alphamab {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
  half_life: quantity [d] possible 0..1_000_000,
}
drug betamab half_life 48 h equivalent 1.25 x prednisone source "a table" {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
}
drug gammanib equivalent 20/3 x prednisone source "a table" half_life 2.5 d {
  severity: grade 0..5, cured: yes_no, noticed: date, size: quantity [mm] possible 0..500, marks: score 0..20,
  reason: one of {pain, sleep},
}
group mabs { alphamab, betamab }
group drugs { mabs, gammanib }
group happenings { zap, drip, fever }
"#;

/// What the declarations declare.
pub struct World {
    pub facts: Vec<Fact>,
    pub kinds: Vec<Kind>,
    /// With the places of their members in `kinds`.
    pub groups: Vec<(Group, Vec<usize>)>,
    /// In time order.
    pub anchors: Vec<String>,
}

/// The one world.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let checked = check_text("world.elig", &format!("{DECLARATIONS}\nrequire willing\n"));
        assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
        let Vocabulary { facts, kinds, groups, anchors, .. } = (*checked.vocabulary).clone();
        let main = checked.main;
        let own: Vec<KindId> = kinds.entries().filter(|(_, kind)| kind.span.file == main).map(|(id, _)| id).collect();
        let groups = groups
            .into_iter()
            .filter(|group| group.span.file == main)
            .map(|group| {
                let place = |member: &KindId| own.iter().position(|kind| kind == member).unwrap();
                let members = group.members.iter().map(place).collect();
                (group.clone(), members)
            })
            .collect();
        World {
            facts: facts.iter().filter(|fact| fact.span.file == main).map(|fact| Fact::clone(fact)).collect(),
            kinds: own.iter().map(|kind| Kind::clone(&kinds[*kind])).collect(),
            groups,
            anchors: anchors.iter().map(|anchor| anchor.name.clone()).collect(),
        }
    })
}

impl World {
    pub fn fact(&self, name: &str) -> usize {
        self.facts.iter().position(|fact| fact.name == name).unwrap()
    }

    /// The attributes that all of some kinds have.
    pub fn common_attributes(&self, kinds: &[usize]) -> Vec<Attribute> {
        let first = &self.kinds[kinds[0]];
        first
            .attributes
            .iter()
            .filter(|attribute| {
                kinds.iter().all(|kind| {
                    self.kinds[*kind].attribute(&attribute.name).is_some_and(|other| other.ty == attribute.ty)
                })
            })
            .cloned()
            .collect()
    }

    pub fn any_event(&self, kinds: &[usize]) -> bool {
        kinds.iter().any(|kind| self.kinds[*kind].word == EntryKind::Event)
    }

    /// Whether half-lives of all of some kinds can be spoken of.
    pub fn half_lives(&self, kinds: &[usize]) -> bool {
        kinds.iter().all(|kind| self.kinds[*kind].has_half_life())
    }
}

/// A number as programs and records are asked about it.
pub struct Number<'w> {
    pub unit: Option<&'w Unit>,
    pub ways: Ways<'w>,
    pub possible: Option<&'w (Rational, Rational)>,
    /// Values near which it is interesting, in the canonical unit, ascending.
    pub values: &'static [&'static str],
    /// The smallest difference that is written.
    pub step: &'static str,
    /// Whether it is a titre, written `1:80`.
    pub titre: bool,
}

fn unit(ty: &Type) -> Option<&Unit> {
    match ty {
        Type::Quantity(unit) => Some(unit),
        _ => None,
    }
}

impl<'w> Number<'w> {
    pub fn fact(fact: &'w Fact) -> Number<'w> {
        let (values, step) = values(&fact.name);
        let titre = matches!(fact.ty, Type::Titre { .. });
        Number { unit: unit(&fact.ty), ways: fact.ways(), possible: fact.possible.as_ref(), values, step, titre }
    }

    pub fn attribute(attribute: &'w Attribute) -> Number<'w> {
        let (values, step) = values(&attribute.name);
        let (unit, possible) = (unit(&attribute.ty), attribute.possible.as_ref());
        Number {
            unit,
            ways: Ways::default(),
            possible,
            values,
            step,
            titre: matches!(attribute.ty, Type::Titre { .. }),
        }
    }

    /// The spellings of its unit to choose from, the canonical one first.
    pub fn spellings(&self) -> &'static [&'static str] {
        self.unit.map_or(&[], |unit| spellings(unit.ucum(), &self.ways))
    }

    /// A canonical value written in another spelling, where that is a decimal of few digits.
    pub fn written(&self, value: &Rational, spelling: &str) -> Option<String> {
        let way = way(spelling, self.unit?, self.ways).unwrap_or_else(|| panic!("unit {spelling}"));
        let there = value.sub(&way.offset).div(&way.factor).unwrap();
        let digits = there.to_string();
        (there.decimal_places().is_some() && digits.len() <= 14).then_some(digits)
    }
}

fn values(name: &str) -> (&'static [&'static str], &'static str) {
    match name {
        "lab_count" => (&["20", "50", "100", "150", "1000"], "0.5"),
        "lab_mass" | "lab_derived" => (&["1", "2", "2.5", "5", "10", "40"], "0.25"),
        "lab_other" => (&["1", "1.5", "2", "3", "34.2", "58.466"], "0.5"),
        "lab_enzyme" => (&["10", "40", "80", "100", "200"], "1"),
        "lab_heat" => (&["30", "37", "38.5", "40"], "0.5"),
        "lab_share" => (&["10", "40", "50", "90"], "0.5"),
        "body_mass" => (&["30", "40", "62.5", "100"], "0.5"),
        "body_length" => (&["127", "150", "160", "200"], "1"),
        "index_points" | "index_part" => (&["4", "6", "8", "12"], "1"),
        "index_total" => (&["8", "12", "16", "20"], "1"),
        "index_fine" => (&["0.5", "1", "1.5", "2"], "0.1"),
        "serum_titre" => (&["20", "40", "80", "160", "640"], "5"),
        "other_titre" => (&["2", "4", "8", "16"], "1"),
        "years_old" => (&["18", "40", "65", "70"], "1"),
        "months_old" => (&["216", "480", "780", "840"], "1"),
        "volume" => (&["5", "10", "250"], "0.5"),
        "trust" | "marks" => (&["2", "5", "8"], "1"),
        "size" => (&["5", "10", "50"], "0.5"),
        "dose" | "prednisone_dose" => (&["5", "7.5", "20", "60"], "0.5"),
        "half_life" => (&["1", "2", "7", "14"], "0.5"),
        other => panic!("no values for {other}"),
    }
}

fn spellings(unit: &str, ways: &Ways<'_>) -> &'static [&'static str] {
    match unit {
        "10*9/L" => &["10*9/L", "x10^9/L", "/uL", "cells/uL", "G/L", "10^3/mm3", "10*12/L"],
        "mg/dL" if ways.molar.is_some() => &["mg/dL", "g/L", "mg/L", "umol/L", "mmol/L", "µg/mL"],
        "mg/dL" => &["mg/dL", "g/L", "mg/L"],
        "U/L" => &["U/L", "IU/L", "kU/L", "U/mL", "[iU]/L", "mIU/mL"],
        "%" => &["%", "percent"],
        "Cel" if !ways.scales.is_empty() => &["Cel", "[degF]", "°C", "°F"],
        "Cel" => &["Cel", "°C"],
        "kg" => &["kg", "g", "lb"],
        "cm" => &["cm", "m", "mm", "inches"],
        "mm" => &["mm", "cm", "um"],
        "mL" => &["mL", "L", "uL"],
        "a" => &["a", "years", "yr"],
        "mo" => &["mo", "months"],
        "d" => &["d", "h", "weeks"],
        "mg/d" => &["mg/d", "mg/day", "g/d", "mg/week"],
        other => panic!("no spellings for {other}"),
    }
}

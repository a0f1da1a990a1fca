//! Quantities: formulas, constants and the facts in them.

use eligc::units::Ways;

use super::author::{Author, MEASURES, Measure};
use super::text::{Text, Tie};
use crate::laws::generators::world::Number;

impl Author<'_> {
    pub(super) fn formula_leaf(&mut self) -> Text {
        let measure = *self.shape.pick(&MEASURES);
        let left = self.formula_of_facts(measure, 2);
        let op = match self.comparison() {
            // Of the highest and the lowest it is not asked.
            "!=" if left.contains("highest") || left.contains("lowest") => "<",
            op => op,
        };
        let right = match self.shape.below(3) {
            0 => self.constant(measure),
            1 => self.formula_of_facts(measure, 1),
            _ => {
                let fact = self.fact_of(measure);
                return Text::tailed(format!("{} {op} {left}", self.world.facts[fact].name));
            }
        };
        Text::tailed(format!("{left} {op} {right}"))
    }

    /// A formula that reads a fact: what constants alone come to may be a bound that the fact before it cannot have.
    fn formula_of_facts(&mut self, measure: Measure, depth: usize) -> String {
        let formula = self.quantity(measure, depth).inside(Tie::Sum);
        // Every name has one, and no unit.
        if formula.contains('_') {
            return formula;
        }
        let fact = self.fact_of(measure);
        self.world.facts[fact].name.clone()
    }

    pub(super) fn fact_of(&mut self, measure: Measure) -> usize {
        let names: &[&str] = match measure {
            Measure::Plain => &["index_points", "index_fine", "index_total"],
            Measure::Concentration => &["lab_mass", "lab_other", "lab_derived"],
            Measure::Weight => &["body_mass"],
            Measure::Length => &["body_length"],
        };
        let name = *self.shape.pick(names);
        self.world.fact(name)
    }

    /// A literal of a measure.
    pub(super) fn constant(&mut self, measure: Measure) -> String {
        if measure == Measure::Plain {
            // What every score can be.
            return (*self.shape.pick(&["2", "1", "0.5", "2.5", "3"])).to_owned();
        }
        let fact = self.fact_of(measure);
        // A formula has no molar mass and no second scale.
        let number = Number { ways: Ways::default(), ..Number::fact(&self.world.facts[fact]) };
        let value = self.value(&number);
        self.literal(&number, &value)
    }

    pub(super) fn quantity(&mut self, measure: Measure, depth: usize) -> Text {
        if depth == 0 {
            return self.small_quantity(measure);
        }
        let plain = measure == Measure::Plain;
        match self.shape.below(14) {
            0..=2 => self.small_quantity(measure),
            3 | 4 => {
                let op = *self.shape.pick(&["+", "-"]);
                let left = self.quantity(measure, depth - 1).inside(Tie::Sum);
                let right = self.quantity(measure, depth - 1).inside(Tie::Product);
                Text(format!("{left} {op} {right}"), Tie::Sum)
            }
            5 => {
                let left = self.quantity(Measure::Plain, depth - 1).inside(Tie::Product);
                let right = self.quantity(measure, depth - 1).inside(Tie::Power);
                Text(format!("{left} * {right}"), Tie::Product)
            }
            6 => {
                let left = self.quantity(measure, depth - 1).inside(Tie::Product);
                let right = self.quantity(Measure::Plain, depth - 1).inside(Tie::Power);
                Text(format!("{left} / {right}"), Tie::Product)
            }
            7 | 8 => {
                let word = *self.shape.pick(&["min", "max"]);
                let count = 1 + self.shape.below(3);
                let items: Vec<String> = (0..count).map(|_| self.quantity(measure, depth - 1).0).collect();
                Text::atom(format!("{word}({})", items.join(", ")))
            }
            9 | 10 => {
                let condition = self.condition(depth - 1).0;
                let then = self.quantity(measure, depth - 1).inside(Tie::Atom);
                let otherwise = self.quantity(measure, depth - 1).inside(Tie::Atom);
                Text::atom(format!("(if {condition} then {then} else {otherwise})"))
            }
            11 if plain => {
                let base = self.quantity(measure, depth - 1).inside(Tie::Atom);
                let exponent = *self.shape.pick(&["2", "3", "0.5", "-1", "-2", "1.5", "0", "-0.302"]);
                Text(format!("{base} ^ {exponent}"), Tie::Power)
            }
            12 if plain => {
                // A ratio of two alike in one unit, which has no unit left.
                let measure = MEASURES[1 + self.shape.below(3)];
                let (left, right) = (self.fact_of(measure), self.fact_of(measure));
                let (left, right) = (&self.world.facts[left].name, &self.world.facts[right].name);
                if self.shape.chance(40) {
                    let more = self.constant(measure);
                    return Text(format!("({left} + {more}) / {right}"), Tie::Product);
                }
                Text(format!("{left} / {right}"), Tie::Product)
            }
            13 if plain => {
                let (name, unit) = *self.shape.pick(&[
                    ("body_mass", "kg"),
                    ("body_mass", "g"),
                    ("body_length", "m"),
                    ("lab_mass", "umol/L"),
                    ("years_old", "years"),
                ]);
                if name == "years_old" {
                    // An age alone is compared with whole units only; a formula of it with any number.
                    return Text::atom(format!("(({name} in {unit}) * 1)"));
                }
                Text::atom(format!("({name} in {unit})"))
            }
            11 => {
                let fact = self.fact_of(measure);
                Text::atom(format!("(-{})", self.world.facts[fact].name))
            }
            _ => self.small_quantity(measure),
        }
    }

    pub(super) fn small_quantity(&mut self, measure: Measure) -> Text {
        match self.shape.below(6) {
            3 => return Text::atom(self.constant(measure)),
            4 => {
                let list: Vec<&(String, Measure)> =
                    self.quantities.iter().filter(|(_, other)| *other == measure).collect();
                if !list.is_empty() {
                    return Text::atom(self.shape.pick(&list).0.clone());
                }
            }
            5 => {
                let fact = self.fact_of(measure);
                let (name, tails) = self.subject(fact);
                let prefix = *self.shape.pick(&["", "", "latest ", "first ", "highest ", "lowest "]);
                return Text::atom(format!("({prefix}{name}{tails})"));
            }
            _ => {}
        }
        let fact = self.fact_of(measure);
        Text::atom(self.world.facts[fact].name.clone())
    }
}

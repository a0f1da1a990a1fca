//! A random program: well typed by construction.

mod author;
mod dose;
mod leaf;
mod quantity;
mod selected;
mod text;
mod window;

use std::fmt::Write;

use crate::laws::generators::Tape;
use crate::laws::generators::world::{DECLARATIONS, Number, world};
use author::{Author, MEASURES, Stands};
use text::{Text, Tie};

/// The text of a program, its declarations first.
pub fn program(shape: &mut Tape, units: &mut Tape) -> String {
    let mut author = Author {
        world: world(),
        shape,
        units,
        stands: Stands::Record,
        conditions: Vec::new(),
        quantities: Vec::new(),
        filters: 0,
        questions: 0,
        asks: true,
    };
    let mut text = String::new();
    if author.shape.chance(40) {
        let anchor = author.anchor();
        let incomplete = if author.shape.chance(20) { " incomplete \"a part\"" } else { "" };
        let results = author.results(50).map_or(String::new(), |results| format!(" {results}"));
        writeln!(text, "trial T1 \"a random trial\" {{ phase 1 anchor {anchor}{results}{incomplete} }}").unwrap();
    }
    text.push_str(DECLARATIONS);
    if author.shape.chance(35) {
        author.asks = false;
        for at in 0..=author.shape.below(2) {
            let depth = author.shape.below(3);
            writeln!(text, "assert [C{at}] \"check {at}\": {}", author.condition(depth).0).unwrap();
        }
        author.asks = true;
    }
    for at in 0..author.shape.below(5) {
        if author.shape.chance(35) {
            let measure = *author.shape.pick(&MEASURES);
            let body = author.quantity(measure, 2).0;
            writeln!(text, "define amount_{at} = {body}").unwrap();
            author.quantities.push((format!("amount_{at}"), measure));
        } else {
            let body = author.condition(3).0;
            writeln!(text, "define named_{at} = {body}").unwrap();
            author.conditions.push(format!("named_{at}"));
        }
    }
    for at in 0..=author.shape.below(6) {
        let statement = author.criterion(at);
        writeln!(text, "{statement}").unwrap();
    }
    text
}

impl Author<'_> {
    pub(super) fn criterion(&mut self, at: usize) -> String {
        let word = *self.shape.pick(&["require", "exclude"]);
        let mut text = word.to_owned();
        if self.shape.chance(80) {
            write!(text, " [{}{at}.1]", if word == "require" { "I" } else { "E" }).unwrap();
        }
        match self.shape.below(8) {
            0..=3 => {
                let depth = 1 + self.shape.below(4);
                write!(text, " {}", self.condition(depth).0).unwrap();
            }
            4 | 5 => {
                let word = *self.shape.pick(&["unless", "when"]);
                let (body, guard) = (self.condition(2).0, self.condition(2).0);
                write!(text, " {body} {word} {guard}").unwrap();
            }
            6 => {
                // A second bound whose subject is that of the first.
                let fact = self.number_fact();
                let number = Number::fact(&self.world.facts[fact]);
                let first = self.bound(&number);
                let second = self.bound(&number);
                let window = self.windows_of_fact(fact);
                let guard = self.condition(1).0;
                let name = &self.world.facts[fact].name;
                write!(text, " {name} {first}{window}, or {second} when {guard}").unwrap();
                if self.shape.chance(30) {
                    write!(text, " unless {}", self.condition(1).0).unwrap();
                }
            }
            _ => {
                let parts = [self.condition(2).0, self.condition(2).0, self.condition(1).0];
                write!(text, " {}, or {} when {}", parts[0], parts[1], parts[2]).unwrap();
                if self.shape.chance(30) {
                    write!(text, " when {}", self.condition(1).0).unwrap();
                }
            }
        }
        if let Some(results) = self.results(15) {
            write!(text, ", {results}").unwrap();
        }
        text
    }

    /// How long results count, so often.
    fn results(&mut self, chance: usize) -> Option<String> {
        self.shape.chance(chance).then(|| match self.shape.below(4) {
            0 => "results count at any age".to_owned(),
            _ => format!("results count for {}", self.length(false)),
        })
    }

    pub(super) fn anchor(&mut self) -> String {
        // The default anchor first; the later ones are rarely given by a record.
        let order = ["screening", "consent", "lab_baseline", "enrollment", "lymphodepletion", "infusion"];
        (*self.shape.pick(&order)).to_owned()
    }

    pub(super) fn condition(&mut self, depth: usize) -> Text {
        if depth == 0 {
            return self.leaf();
        }
        match self.shape.below(12) {
            0..=3 => self.leaf(),
            4 | 5 => {
                let items = self.items(depth, 2, 3, Tie::Not);
                Text(items.join(" and "), Tie::And)
            }
            6 | 7 => {
                let items = self.items(depth, 2, 3, Tie::And);
                Text(items.join(" or "), Tie::Or)
            }
            8 => {
                let inner = self.condition(depth - 1).inside(Tie::Not);
                Text(format!("not {inner}"), Tie::Not)
            }
            9 => {
                let word = *self.shape.pick(&["any", "all", "none"]);
                let items = self.items(depth, 1, 4, Tie::Or);
                Text::atom(format!("{word} of {{ {} }}", items.join(", ")))
            }
            10 | 11 => {
                let items = self.items(depth, 2, 5, Tie::Or);
                let size = items.len();
                let quantifier = match self.shape.below(3) {
                    0 => format!("at least {}", 1 + self.shape.below(size)),
                    1 => format!("at most {}", self.shape.below(size)),
                    _ => format!("exactly {}", self.shape.below(size + 1)),
                };
                let comma = if self.shape.chance(20) { "," } else { "" };
                Text::atom(format!("{quantifier} of {{ {}{comma} }}", items.join(", ")))
            }
            _ => panic!("no such choice"),
        }
    }

    pub(super) fn items(&mut self, depth: usize, least: usize, most: usize, tie: Tie) -> Vec<String> {
        let count = least + self.shape.below(most + 1 - least);
        (0..count).map(|_| self.condition(depth - 1).inside(tie)).collect()
    }

    // ------------------------------------------------------------------------------ literals

    // ------------------------------------------------------------------------------ facts

    // ------------------------------------------------------------------------------ time

    // ------------------------------------------------------------------------------ entries

    // ------------------------------------------------------------------------------ attributes

    // ------------------------------------------------------------------------------ formulas
}

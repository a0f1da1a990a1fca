//! A random program: well typed by construction.

use std::fmt::Write;

use eligc::number::Rational;
use eligc::units::Ways;
use eligc::vocab::{Attribute, Fact, Type};

use super::Tape;
use super::world::{DECLARATIONS, Number, World, world};

/// How tightly an expression holds together.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Tie {
    Or,
    And,
    Not,
    Tailed,
    Sum,
    Product,
    Power,
    Atom,
}

/// An expression and how tightly it holds together.
struct Text(String, Tie);

impl Text {
    fn atom(text: impl Into<String>) -> Text {
        Text(text.into(), Tie::Atom)
    }

    fn tailed(text: impl Into<String>) -> Text {
        Text(text.into(), Tie::Tailed)
    }

    /// As an operand of something that ties so tightly.
    fn inside(self, tie: Tie) -> String {
        if self.1 < tie { format!("({})", self.0) } else { self.0 }
    }
}

/// Where an expression stands.
#[derive(Clone)]
enum Stands {
    Record,
    /// In the filter of entries of these kinds.
    Entry(Vec<usize>),
    /// In the filter of a fact's results.
    Reading(usize),
}

/// What a number measures, as far as formulas care.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Measure {
    Plain,
    Concentration,
    Weight,
    Length,
}

const MEASURES: [Measure; 4] = [Measure::Plain, Measure::Concentration, Measure::Weight, Measure::Length];

/// A window's length.
const LENGTHS: &[(u32, &str)] = &[
    (7, "days"),
    (30, "days"),
    (1, "day"),
    (2, "weeks"),
    (4, "weeks"),
    (1, "month"),
    (6, "months"),
    (1, "year"),
    (2, "years"),
    (24, "hours"),
    (48, "hours"),
    (90, "minutes"),
    (0, "days"),
];

struct Author<'t> {
    world: &'static World,
    /// What is written.
    shape: &'t mut Tape,
    /// In which units.
    units: &'t mut Tape,
    stands: Stands,
    /// Conditions named so far.
    conditions: Vec<String>,
    /// Quantities named so far.
    quantities: Vec<(String, Measure)>,
    /// How deep in filters, which nest as formulas and windows are put into them.
    filters: usize,
    questions: usize,
}

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
    };
    let mut text = String::new();
    if author.shape.chance(40) {
        let anchor = author.anchor();
        let incomplete = if author.shape.chance(20) { " incomplete \"a part\"" } else { "" };
        writeln!(text, "trial T1 \"a random trial\" {{ phase 1 anchor {anchor}{incomplete} }}").unwrap();
    }
    text.push_str(DECLARATIONS);
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
    fn criterion(&mut self, at: usize) -> String {
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
        text
    }

    fn anchor(&mut self) -> String {
        // The default anchor first; the later ones are rarely given by a record.
        let order = ["screening", "consent", "lab_baseline", "enrollment", "lymphodepletion", "infusion"];
        (*self.shape.pick(&order)).to_owned()
    }

    fn condition(&mut self, depth: usize) -> Text {
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

    fn items(&mut self, depth: usize, least: usize, most: usize, tie: Tie) -> Vec<String> {
        let count = least + self.shape.below(most + 1 - least);
        (0..count).map(|_| self.condition(depth - 1).inside(tie)).collect()
    }

    fn leaf(&mut self) -> Text {
        let (entries, reading) = match self.stands {
            Stands::Record => (true, false),
            Stands::Entry(_) => (false, true),
            Stands::Reading(fact) => (false, !self.world.facts[fact].attributes.is_empty()),
        };
        if reading && self.shape.chance(75) {
            return self.attribute_leaf();
        }
        match self.shape.below(if entries { 18 } else { 9 }) {
            0..=2 => self.number_leaf(),
            3 => self.flag_leaf(),
            4 | 5 => self.code_leaf(),
            6 => self.date_leaf(),
            7 => self.formula_leaf(),
            8 => self.named_leaf(),
            9..=15 => self.entries_leaf(),
            16 => {
                self.questions += 1;
                // Some questions are asked twice.
                let question = self.shape.below(self.questions.min(4));
                let by = *self.shape.pick(&["", " by investigator", " by sponsor"]);
                Text::atom(format!("judged \"question {question}\"{by}"))
            }
            _ if self.shape.chance(20) => Text::atom("todo \"later\""),
            _ => self.entries_leaf(),
        }
    }

    fn named_leaf(&mut self) -> Text {
        if self.conditions.is_empty() {
            return self.flag_leaf();
        }
        Text::atom(self.shape.pick(&self.conditions).clone())
    }

    // ------------------------------------------------------------------------------ literals

    /// A canonical value as a literal, in a unit of the other tape's choice.
    fn literal(&mut self, number: &Number<'_>, value: &Rational) -> String {
        let spellings = number.spellings();
        if spellings.is_empty() {
            return value.to_string();
        }
        let choice = self.units.below(spellings.len() + 1);
        match spellings.get(choice) {
            Some(spelling) => match number.written(value, spelling) {
                Some(digits) => format!("{digits} {spelling}"),
                None => format!("{value} {}", spellings[0]),
            },
            None if spellings[0] == "10*9/L" => format!("{value} kilocells"),
            None => format!("{value} {}", spellings[0]),
        }
    }

    fn value(&mut self, number: &Number<'_>) -> Rational {
        Rational::parse(self.shape.word(number.values)).unwrap()
    }

    fn comparison(&mut self) -> &'static str {
        self.shape.word(&[">=", "<=", ">", "<", "==", "!=", "≥", "≤"])
    }

    /// `>= 7 unit` or `between 3 and 7 unit`.
    fn bound(&mut self, number: &Number<'_>) -> String {
        if self.shape.chance(15) {
            return self.between(number);
        }
        let op = self.comparison();
        let value = self.value(number);
        format!("{op} {}", self.literal(number, &value))
    }

    fn between(&mut self, number: &Number<'_>) -> String {
        let (a, b) = (self.value(number), self.value(number));
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let (low, high) = (self.literal(number, &low), self.literal(number, &high));
        format!("between {low} and {high}")
    }

    // ------------------------------------------------------------------------------ facts

    fn facts(&self, wanted: impl Fn(&Fact) -> bool) -> Vec<usize> {
        (0..self.world.facts.len()).filter(|fact| wanted(&self.world.facts[*fact])).collect()
    }

    fn number_fact(&mut self) -> usize {
        let list = self.facts(|fact| matches!(fact.ty, Type::Quantity(_) | Type::Score { .. }));
        *self.shape.pick(&list)
    }

    /// Windows behind a fact, with a blank before each; mostly none.
    fn windows_of_fact(&mut self, fact: usize) -> String {
        let declared = &self.world.facts[fact];
        if declared.timeless {
            if declared.otherwise.is_some() && self.shape.chance(60) {
                return format!(" at {}", self.anchor());
            }
            return String::new();
        }
        let count = [0, 1, 1, 2][self.shape.below(4)];
        let mut windows: Vec<String> = Vec::new();
        for _ in 0..count {
            let window = self.window(false, false);
            if leaves_a_day(windows.first(), &window) {
                windows.push(window);
            }
        }
        windows.iter().map(|window| format!(" {window}")).collect()
    }

    /// `name (filter)` and what follows a predicate: windows and exceptions.
    fn subject(&mut self, fact: usize) -> (String, String) {
        let declared = &self.world.facts[fact];
        let mut name = declared.name.clone();
        if self.filters < 2 && !declared.attributes.is_empty() && self.shape.chance(40) {
            write!(name, " ({})", self.filter(Stands::Reading(fact))).unwrap();
        }
        let mut tails = self.windows_of_fact(fact);
        if self.filters < 2 && !declared.attributes.is_empty() && self.shape.chance(15) {
            write!(tails, " except ({})", self.filter(Stands::Reading(fact))).unwrap();
        }
        (name, tails)
    }

    fn filter(&mut self, stands: Stands) -> String {
        let outer = std::mem::replace(&mut self.stands, stands);
        self.filters += 1;
        let depth = self.shape.below(3);
        let text = self.condition(depth).0;
        self.filters -= 1;
        self.stands = outer;
        text
    }

    /// A predicate before or behind the other tails.
    fn said(&mut self, name: &str, predicate: &str, tails: &str) -> Text {
        if self.shape.chance(25) {
            Text::tailed(format!("{name}{tails} {predicate}"))
        } else {
            Text::tailed(format!("{name} {predicate}{tails}"))
        }
    }

    fn number_leaf(&mut self) -> Text {
        let fact = self.number_fact();
        let declared = &self.world.facts[fact];
        let number = Number::fact(declared);
        let (name, tails) = self.subject(fact);
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every ", "highest ", "lowest "]);
        let name = format!("{prefix}{name}");
        let predicate = match prefix {
            "highest " | "lowest " => {
                let op = self.shape.word(&[">=", "<=", ">", "<", "=="]);
                let value = self.value(&number);
                format!("{op} {}", self.literal(&number, &value))
            }
            _ => {
                let limit = (declared.uln, declared.lln);
                match self.shape.below(8) {
                    6 | 7 if limit.0 || limit.1 => {
                        let limit = if limit.1 && self.shape.chance(40) { "LLN" } else { "ULN" };
                        let factor = *self.shape.pick(&["1", "0.8", "1.5", "2.5", "3"]);
                        format!("{} {factor} x {limit}", self.comparison())
                    }
                    5 if prefix != "any " => self.between(&number),
                    _ => {
                        let op = self.comparison();
                        let value = self.value(&number);
                        format!("{op} {}", self.literal(&number, &value))
                    }
                }
            }
        };
        self.said(&name, &predicate, &tails)
    }

    fn flag_leaf(&mut self) -> Text {
        let list = self.facts(|fact| fact.ty == Type::YesNo);
        let fact = *self.shape.pick(&list);
        let (name, tails) = self.subject(fact);
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every "]);
        Text::tailed(format!("{prefix}{name}{tails}"))
    }

    fn code_leaf(&mut self) -> Text {
        let list = self.facts(|fact| matches!(fact.ty, Type::Coded(_) | Type::Ordinal { .. }));
        let fact = *self.shape.pick(&list);
        let predicate = self.among(&self.world.facts[fact].ty.clone());
        let (name, tails) = self.subject(fact);
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every "]);
        self.said(&format!("{prefix}{name}"), &predicate, &tails)
    }

    /// `is positive`, `not in {..}`, `>= class II`, `between grade 1 and grade 3`.
    fn among(&mut self, ty: &Type) -> String {
        let (levels, scale) = match ty {
            Type::Coded(values) => (values, None),
            Type::Ordinal { scale, levels } => (levels, Some(scale)),
            other => panic!("no code: {other:?}"),
        };
        let word = |author: &mut Self, at: usize| match scale {
            Some(scale) if scale != "ordinal" && author.shape.chance(60) => {
                format!("{scale} {}", levels[at])
            }
            _ => levels[at].clone(),
        };
        let size = levels.len();
        if scale.is_some() && self.shape.chance(60) {
            // A comparison that lets in some levels and keeps out some.
            let at = 1 + self.shape.below(size - 2);
            let level = word(self, at);
            return match self.shape.below(4) {
                0 => format!("{} {level}", self.comparison()),
                1 => format!("between {} and {level}", word(self, 1)),
                _ => format!("{} {level}", self.shape.word(&[">=", "<=", ">", "<"])),
            };
        }
        let not_is = *self.shape.pick(&["is", "is", "is not"]);
        if self.shape.chance(50) {
            let at = self.shape.below(size);
            return format!("{not_is} {}", word(self, at));
        }
        let not_in = *self.shape.pick(&["in", "in", "not in"]);
        let first = self.shape.below(size);
        let second = (first + 1 + self.shape.below(size - 1)) % size;
        format!("{not_in} {{{}, {}}}", word(self, first), word(self, second))
    }

    fn date_leaf(&mut self) -> Text {
        let list = self.facts(|fact| fact.ty == Type::Date);
        let fact = *self.shape.pick(&list);
        let prefix = *self.shape.pick(&["", "", "any ", "every "]);
        let window = self.window(false, false);
        Text::tailed(format!("{prefix}{} {window}", self.world.facts[fact].name))
    }

    // ------------------------------------------------------------------------------ time

    fn length(&mut self, half_lives: bool) -> String {
        if half_lives && self.shape.chance(30) {
            return format!("{} half_lives", self.shape.pick(&[5, 1, 2]));
        }
        let (n, unit) = self.shape.pick(LENGTHS);
        format!("{n} {unit}")
    }

    /// A window about an anchor; `stretch`: about something that may last.
    fn window(&mut self, stretch: bool, half_lives: bool) -> String {
        let about = |author: &mut Self| {
            if author.shape.chance(70) { format!(" {}", author.anchor()) } else { String::new() }
        };
        match self.shape.below(if stretch { 12 } else { 10 }) {
            0..=3 => {
                let length = self.length(half_lives);
                let side = *self.shape.pick(&["before", "before", "after", "of"]);
                format!("within {length} {side}{}", about(self))
            }
            4 => format!("before {}", self.anchor()),
            5 => format!("after {}", self.anchor()),
            6 => format!("at {}", self.anchor()),
            7..=9 => {
                let word = *self.shape.pick(&["more than", "at least"]);
                let length = self.length(half_lives);
                let side = *self.shape.pick(&["before", "before", "after"]);
                format!("{word} {length} {side}{}", about(self))
            }
            _ => {
                let length = self.length(half_lives);
                format!("for at least {length} before{}", about(self))
            }
        }
    }

    // ------------------------------------------------------------------------------ entries

    /// Names of kinds or groups, and the kinds they stand for.
    fn kinds(&mut self) -> (String, Vec<usize>) {
        let mut kinds = Vec::new();
        let mut names = Vec::new();
        let count = if self.shape.chance(15) { 2 } else { 1 };
        for _ in 0..count {
            if self.shape.chance(40) {
                let (group, members) = self.shape.pick(&self.world.groups);
                names.push(group.name.clone());
                kinds.extend(members);
            } else {
                let kind = self.shape.below(self.world.kinds.len());
                names.push(self.world.kinds[kind].name.clone());
                kinds.push(kind);
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        let text = if count == 1 { names.remove(0) } else { format!("{{{}}}", names.join(", ")) };
        (text, kinds)
    }

    fn entries_leaf(&mut self) -> Text {
        let (name, kinds) = self.kinds();
        let point = self.world.any_event(&kinds);
        let half_lives = self.world.half_lives(&kinds);
        let mut prefixes = Vec::new();
        match self.shape.below(10) {
            0..=3 => {}
            4 => prefixes.push("no".to_owned()),
            5 => prefixes.push("any".to_owned()),
            _ => {
                let count = self.shape.below(4);
                let (words, distinguishes) = match self.shape.below(3) {
                    0 => (format!("at least {}", count.max(1)), count.max(1) <= kinds.len()),
                    1 => (format!("at most {count}"), count < kinds.len()),
                    _ => (format!("exactly {count}"), count <= kinds.len()),
                };
                prefixes.push(words);
                if distinguishes && self.shape.chance(35) {
                    prefixes.push("distinct".to_owned());
                }
            }
        }
        let time = match self.shape.below(6) {
            3 => "prior",
            4 if !point => "current",
            5 => "planned",
            _ => "",
        };
        if !time.is_empty() {
            prefixes.push(time.to_owned());
        }
        let mut text = prefixes.join(" ");
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&name);
        if self.shape.chance(50) {
            write!(text, " ({})", self.filter(Stands::Entry(kinds.clone()))).unwrap();
        }
        let mut windows: Vec<String> = Vec::new();
        for _ in 0..[0, 1, 1, 2][self.shape.below(4)] {
            let window = self.window(!point, half_lives);
            if stands_behind(time, windows.first(), &window) && leaves_a_day(windows.first(), &window) {
                windows.push(window);
            }
        }
        for window in windows {
            write!(text, " {window}").unwrap();
        }
        if self.shape.chance(15) {
            let word = *self.shape.pick(&["at least", "more than"]);
            write!(text, " lasting {word} {}", self.length(half_lives)).unwrap();
        }
        if self.shape.chance(20) {
            write!(text, " except ({})", self.filter(Stands::Entry(kinds.clone()))).unwrap();
        }
        Text::tailed(text)
    }

    // ------------------------------------------------------------------------------ attributes

    fn attributes(&self) -> Vec<Attribute> {
        match &self.stands {
            Stands::Record => Vec::new(),
            Stands::Entry(kinds) => self.world.common_attributes(kinds),
            Stands::Reading(fact) => self.world.facts[*fact].attributes.to_vec(),
        }
    }

    fn attribute_leaf(&mut self) -> Text {
        if matches!(self.stands, Stands::Entry(_)) && self.shape.chance(15) {
            // Every entry has these two. In a list of its own a window is not one of those that must leave a day together.
            let name = *self.shape.pick(&["start", "end"]);
            return Text::atom(format!("any of {{ {name} {} }}", self.window(false, self.half_lives_here())));
        }
        let list = self.attributes();
        let attribute = self.shape.pick(&list).clone();
        let name = &attribute.name;
        match &attribute.ty {
            Type::Quantity(_) | Type::Score { .. } => {
                let number = Number::attribute(&attribute);
                if self.shape.chance(15)
                    && let Some(unit) = number.unit
                {
                    // The plain number, with which formulas go on.
                    let value = self.value(&number);
                    return Text::tailed(format!("({name} in {}) * 2 >= {value}", unit.ucum()));
                }
                Text::tailed(format!("{name} {}", self.bound(&number)))
            }
            Type::Ordinal { .. } | Type::Coded(_) => Text::tailed(format!("{name} {}", self.among(&attribute.ty))),
            Type::YesNo => Text::atom(name.clone()),
            Type::Date => Text::tailed(format!("{name} {}", self.window(false, self.half_lives_here()))),
        }
    }

    /// Whether half-lives of what is in scope can be spoken of.
    fn half_lives_here(&self) -> bool {
        matches!(&self.stands, Stands::Entry(kinds) if self.world.half_lives(kinds))
    }

    // ------------------------------------------------------------------------------ formulas

    fn formula_leaf(&mut self) -> Text {
        let measure = *self.shape.pick(&MEASURES);
        let left = self.quantity(measure, 2).inside(Tie::Sum);
        let op = self.comparison();
        let right = match self.shape.below(3) {
            0 => self.constant(measure),
            1 => self.quantity(measure, 1).inside(Tie::Sum),
            _ => {
                let fact = self.fact_of(measure);
                return Text::tailed(format!("{} {op} {left}", self.world.facts[fact].name));
            }
        };
        Text::tailed(format!("{left} {op} {right}"))
    }

    fn fact_of(&mut self, measure: Measure) -> usize {
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
    fn constant(&mut self, measure: Measure) -> String {
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

    fn quantity(&mut self, measure: Measure, depth: usize) -> Text {
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

    fn small_quantity(&mut self, measure: Measure) -> Text {
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
                return Text::atom(format!("({name}{tails})"));
            }
            _ => {}
        }
        let fact = self.fact_of(measure);
        Text::atom(self.world.facts[fact].name.clone())
    }
}

/// The anchor that a window names, and whether its days end there, or begin there.
fn ends_of(window: &str) -> (Option<&str>, bool, bool) {
    let last = window.rsplit(' ').next().unwrap();
    let anchor = (!["before", "after", "of"].contains(&last)).then_some(last);
    let is = |side: &str| window.split(' ').any(|word| word == side);
    let both = window.starts_with("within") || is("at") && !is("least");
    (anchor, both || is("before"), both || is("after"))
}

/// Whether some day lies in both windows, whatever their lengths.
fn leaves_a_day(first: Option<&String>, window: &str) -> bool {
    let Some(first) = first else {
        return true;
    };
    let ((one, ends, begins), (other, ends_too, begins_too)) = (ends_of(first), ends_of(window));
    let apart = one.is_some() && other.is_some() && one != other;
    apart || ends && begins && ends_too && begins_too || !(ends && begins_too || begins && ends_too)
}

/// Whether a window can be said of entries that are `prior`, `current` or `planned`, behind the first one.
fn stands_behind(time: &str, first: Option<&String>, window: &str) -> bool {
    let begins_later = !window.starts_with("within") && window.split(' ').any(|word| word == "after");
    let names_day = window.starts_with("at ") && !window.starts_with("at least");
    match time {
        "prior" | "current" => !begins_later && (first.is_none() || !names_day),
        // What begins before the day that `planned` is about is not planned.
        "planned" if window.starts_with("before") => {
            let about = first.and_then(|first| ends_of(first).0);
            about.is_some() && about != ends_of(window).0
        }
        "planned" => first.is_none() || !names_day,
        _ => true,
    }
}

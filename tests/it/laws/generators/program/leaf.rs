//! Conditions that hold no other: tests of facts, attributes and entries.

use std::fmt::Write;

use eligc::number::Rational;
use eligc::vocab::{Attribute, Fact, Type};

use super::author::{Author, Stands};
use super::text::Text;
use super::window::{about_entry, leaves_a_day, stands_behind};
use crate::laws::generators::world::Number;

impl Author<'_> {
    pub(super) fn leaf(&mut self) -> Text {
        let (entries, reading) = match self.stands {
            Stands::Record => (true, false),
            Stands::Entry(_) => (false, true),
            Stands::Reading(fact) => (false, !self.world.facts[fact].attributes.is_empty()),
        };
        if reading && self.shape.chance(75) {
            return self.attribute_leaf();
        }
        match self.shape.below(if entries { 20 } else { 9 }) {
            0..=2 => self.number_leaf(),
            3 => self.flag_leaf(),
            4 | 5 => self.code_leaf(),
            6 if entries && self.shape.chance(30) => self.anchor_leaf(),
            6 => self.date_leaf(),
            7 => self.formula_leaf(),
            8 => self.named_leaf(),
            9..=15 => self.entries_leaf(),
            16 if self.asks => {
                self.questions += 1;
                // Some questions are asked twice.
                let question = self.shape.below(self.questions.min(4));
                let by = *self.shape.pick(&["", " by investigator", " by sponsor"]);
                Text::atom(format!("judged \"question {question}\"{by}"))
            }
            18 | 19 => self.dose_leaf(),
            _ if self.asks && self.shape.chance(20) => Text::atom("todo \"later\""),
            _ => self.entries_leaf(),
        }
    }

    /// `consent within 28 days before screening`
    fn anchor_leaf(&mut self) -> Text {
        let (one, other) = (self.anchor(), self.anchor());
        if one == other {
            return self.flag_leaf();
        }
        let length = self.length(false);
        let relation = *self.shape.pick(&["before", "after", "at", "within", "more than"]);
        match relation {
            "within" | "more than" => {
                let side = *self.shape.pick(&["before", "after"]);
                Text::tailed(format!("{one} {relation} {length} {side} {other}"))
            }
            _ => Text::tailed(format!("{one} {relation} {other}")),
        }
    }

    pub(super) fn named_leaf(&mut self) -> Text {
        if self.conditions.is_empty() {
            return self.flag_leaf();
        }
        Text::atom(self.shape.pick(&self.conditions).clone())
    }

    /// A canonical value as a literal, in a unit of the other tape's choice.
    pub(super) fn literal(&mut self, number: &Number<'_>, value: &Rational) -> String {
        if number.titre {
            return format!("1:{value}");
        }
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

    pub(super) fn value(&mut self, number: &Number<'_>) -> Rational {
        Rational::parse(self.shape.word(number.values)).unwrap()
    }

    pub(super) fn comparison(&mut self) -> &'static str {
        self.shape.word(&[">=", "<=", ">", "<", "==", "!=", "≥", "≤"])
    }

    /// `>= 7 unit` or `between 3 and 7 unit`.
    pub(super) fn bound(&mut self, number: &Number<'_>) -> String {
        if self.shape.chance(15) {
            return self.between(number);
        }
        let op = self.comparison();
        let value = self.value(number);
        format!("{op} {}", self.literal(number, &value))
    }

    pub(super) fn between(&mut self, number: &Number<'_>) -> String {
        let (a, b) = (self.value(number), self.value(number));
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let (low, high) = (self.literal(number, &low), self.literal(number, &high));
        format!("between {low} and {high}")
    }

    pub(super) fn facts(&self, wanted: impl Fn(&Fact) -> bool) -> Vec<usize> {
        (0..self.world.facts.len()).filter(|fact| wanted(&self.world.facts[*fact])).collect()
    }

    pub(super) fn number_fact(&mut self) -> usize {
        let list = self.facts(|fact| matches!(fact.ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. }));
        *self.shape.pick(&list)
    }

    /// `name (filter)` and what follows a predicate: windows and exceptions.
    pub(super) fn subject(&mut self, fact: usize) -> (String, String) {
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

    pub(super) fn filter(&mut self, stands: Stands) -> String {
        let outer = std::mem::replace(&mut self.stands, stands);
        self.filters += 1;
        let depth = self.shape.below(3);
        let text = self.condition(depth).0;
        self.filters -= 1;
        self.stands = outer;
        text
    }

    /// A predicate before or behind the other tails.
    pub(super) fn said(&mut self, name: &str, predicate: &str, tails: &str) -> Text {
        if self.shape.chance(25) {
            Text::tailed(format!("{name}{tails} {predicate}"))
        } else {
            Text::tailed(format!("{name} {predicate}{tails}"))
        }
    }

    pub(super) fn number_leaf(&mut self) -> Text {
        let fact = self.number_fact();
        let declared = &self.world.facts[fact];
        let number = Number::fact(declared);
        let (name, tails) = self.subject(fact);
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every ", "highest ", "lowest "]);
        if self.shape.chance(30) {
            let op = self.comparison();
            let value = self.value(&number);
            let predicate = format!("{op} {}", self.literal(&number, &value));
            return self.selected(fact, &name, &predicate, &tails);
        }
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

    pub(super) fn flag_leaf(&mut self) -> Text {
        let list = self.facts(|fact| fact.ty == Type::YesNo);
        let fact = *self.shape.pick(&list);
        let (name, tails) = self.subject(fact);
        if self.shape.chance(20) {
            return self.selected(fact, &name, "", &tails);
        }
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every "]);
        Text::tailed(format!("{prefix}{name}{tails}"))
    }

    pub(super) fn code_leaf(&mut self) -> Text {
        let list = self.facts(|fact| matches!(fact.ty, Type::Coded(_) | Type::Ordinal { .. }));
        let fact = *self.shape.pick(&list);
        let predicate = self.among(&self.world.facts[fact].ty.clone());
        let (name, tails) = self.subject(fact);
        if self.shape.chance(30) {
            return self.selected(fact, &name, &predicate, &tails);
        }
        let prefix = *self.shape.pick(&["", "", "", "latest ", "any ", "every "]);
        self.said(&format!("{prefix}{name}"), &predicate, &tails)
    }

    /// `is positive`, `not in {..}`, `>= class II`, `between grade 1 and grade 3`.
    pub(super) fn among(&mut self, ty: &Type) -> String {
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

    pub(super) fn date_leaf(&mut self) -> Text {
        let list = self.facts(|fact| fact.ty == Type::Date);
        let fact = *self.shape.pick(&list);
        let prefix = *self.shape.pick(&["", "", "any ", "every "]);
        let window = self.window(false, false);
        Text::tailed(format!("{prefix}{} {window}", self.world.facts[fact].name))
    }

    /// Names of kinds or groups, and the kinds they mean.
    pub(super) fn kinds(&mut self) -> (String, Vec<usize>) {
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

    pub(super) fn entries_leaf(&mut self) -> Text {
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
        let (before, by) = self.chosen(&kinds, &prefixes, time);
        // A course has no latest entry.
        let courses = before.is_none();
        let mut text = before.unwrap_or_else(|| prefixes.join(" "));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&name);
        text.push_str(&by);
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
        for window in &windows {
            write!(text, " {window}").unwrap();
        }
        if self.shape.chance(15) {
            let word = *self.shape.pick(&["at least", "more than"]);
            windows.push(format!("lasting {word} {}", self.length(half_lives)));
            write!(text, " {}", windows[windows.len() - 1]).unwrap();
        }
        let words = self.course_words(&prefixes, &windows);
        if courses || !words.contains("gaps") {
            text.push_str(&words);
        }
        if self.shape.chance(20) {
            write!(text, " except ({})", self.filter(Stands::Entry(kinds.clone()))).unwrap();
        }
        Text::tailed(text)
    }

    /// Which entries are one course, where a length is asked.
    fn course_words(&mut self, prefixes: &[String], windows: &[String]) -> String {
        if !windows.iter().any(|window| window.starts_with("for ") || window.starts_with("lasting ")) {
            return String::new();
        }
        // A course is compared with anchors alone.
        if windows.iter().any(|window| about_entry(window)) {
            return " in one entry".to_owned();
        }
        let counts = |word: &String| word.starts_with("at ") || word.starts_with("exactly ");
        let counted = prefixes.iter().any(counts) && !prefixes.iter().any(|word| word == "distinct");
        if counted || windows.iter().any(|window| window.contains("half_li")) || self.shape.chance(20) {
            return " in one entry".to_owned();
        }
        match self.shape.below(6) {
            0 => " with gaps of up to 1 week".to_owned(),
            1 => " with gaps of up to 30 days".to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn attributes(&self) -> Vec<Attribute> {
        match &self.stands {
            Stands::Record => Vec::new(),
            Stands::Entry(kinds) => self.world.common_attributes(kinds),
            Stands::Reading(fact) => self.world.facts[*fact].attributes.to_vec(),
        }
    }

    pub(super) fn attribute_leaf(&mut self) -> Text {
        if matches!(self.stands, Stands::Entry(_)) && self.shape.chance(15) {
            // Every entry has these two. In a list of its own a window is not one of those that must leave a day together.
            let name = *self.shape.pick(&["start", "end"]);
            return Text::atom(format!("any of {{ {name} {} }}", self.window(false, self.half_lives_here())));
        }
        let list = self.attributes();
        let attribute = self.shape.pick(&list).clone();
        let name = &attribute.name;
        match &attribute.ty {
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } => {
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
    pub(super) fn half_lives_here(&self) -> bool {
        matches!(&self.stands, Stands::Entry(kinds) if self.world.half_lives(kinds))
    }
}

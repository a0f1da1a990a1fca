//! Numbers, formulas and which result is meant, in words.

use super::Item;
use super::condition::{Scope, Speaker};
use super::time;
use super::words::{self, spaced};
use crate::ir::Limit;
use crate::ir::{Length, Quantifier, Relation, Several, Spaced};
use crate::number::{Comparison, Rational};
use crate::typed::{Age, Condition, ConditionKind, FactRead, Operand, OperandKind, Test, TimeOf, WindowAnchor};
use crate::units::{Unit, Ways};
use crate::vocab::Type;

/// What a formula reads, each once: its short name and what it means.
pub(super) type Inputs = Vec<(String, String)>;

/// How tightly a formula's outermost sign binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Whole,
}

pub(super) fn comparison(op: Comparison) -> &'static str {
    match op {
        Comparison::Ge => "at least",
        Comparison::Gt => "more than",
        Comparison::Le => "at most",
        Comparison::Lt => "less than",
        Comparison::Eq => "exactly",
        Comparison::Ne => "other than",
    }
}

impl Speaker<'_> {
    /// `the latest platelet count up to and including the day of screening`
    pub fn read(&self, read: &FactRead, said: &str) -> String {
        let fact = self.words.program.vocabulary.facts.get(read.fact);
        let timeless = fact.is_some_and(|fact| fact.timeless);
        let subject = match read.quantifier {
            Quantifier::Latest if timeless => said.to_owned(),
            Quantifier::Latest => format!("the latest {said}"),
            Quantifier::First => format!("the first {said}"),
            Quantifier::Highest => format!("the highest {said}"),
            Quantifier::Lowest => format!("the lowest {said}"),
            Quantifier::Any | Quantifier::Every if read.by.is_some() => {
                let each = if read.quantifier == Quantifier::Any { "at least one of" } else { "each of" };
                let by = read.by.as_ref().map_or("", |by| &by.name);
                format!("{each} the latest {said} for each value of “{}” (there must be one)", spaced(by))
            }
            Quantifier::Any => format!("at least one {said}"),
            Quantifier::Every => format!("every {said} (there must be one)"),
            Quantifier::Several(Several { at_most: true, count, spaced: _ }) => {
                format!("at most {count} of the results (there must be one) of {said}")
            }
            Quantifier::Several(Several { at_most: false, count, spaced: how }) => match how {
                Spaced::Free => format!("at least {count} of the results of {said}"),
                Spaced::Consecutive => {
                    format!("at least {count} results of {said} with no other result between them")
                }
                Spaced::Apart(by, unit) => {
                    let length = time::length(&Length::Calendar(by, unit));
                    format!("at least {count} results of {said} that are at least {length} apart")
                }
            },
        };
        let (windows, others) = result_filter(read.filter.as_deref());
        let mut text = subject;
        let scope = Scope::Fact(read.fact);
        if !others.is_empty() {
            let conditions: Vec<String> = others.iter().map(|other| self.clause(other, scope)).collect();
            text += &format!(", counting only results {},", conditions.join(" and "));
        }
        for (at, (relation, anchor, undated)) in windows.iter().enumerate() {
            let when = time::date(relation, &self.about(anchor));
            let and = if at > 0 { " and" } else { "" };
            match (relation, undated) {
                (Relation::UpTo, true) => text += &format!("{and} {when}"),
                (_, true) => text += &format!("{and} dated {when} (or undated)"),
                (_, false) => text += &format!("{and} dated {when}"),
            }
        }
        // A long insertion ends with a comma before the verb.
        if text.contains(',') && !text.ends_with(',') {
            text.push(',');
        }
        text
    }

    /// `is at least 20 x10^9/L (20000 /uL as written)`
    pub fn compared(&self, left: &Operand, op: Comparison, right: &Operand, scope: Scope<'_>) -> Item {
        let mut inputs = Inputs::new();
        let (subject, mut children) = self.side(left, scope, &mut inputs);
        let bound = match &right.kind {
            OperandKind::Number(value) => self.bound(left, value, scope),
            _ => {
                let (text, more) = self.side(right, scope, &mut inputs);
                children.extend(more);
                text.trim_end_matches(',').to_owned()
            }
        };
        children.extend(input_items(inputs));
        Item { text: format!("{subject} is {} {bound}", comparison(op)), children, ..Item::default() }
    }

    /// `x >= 18 and x <= 70` as one sentence.
    pub fn between(&self, left: &Operand, low: &Rational, high: &Rational, scope: Scope<'_>) -> Item {
        let mut inputs = Inputs::new();
        let (subject, mut children) = self.side(left, scope, &mut inputs);
        children.extend(input_items(inputs));
        let (low, high) = (self.bound(left, low, scope), self.bound(left, high, scope));
        Item { text: format!("{subject} lies from {low} to {high}, both included"), children, ..Item::default() }
    }

    fn bound(&self, left: &Operand, value: &Rational, scope: Scope<'_>) -> String {
        if let OperandKind::Fact(_, Some(limit)) = &left.kind {
            let times =
                if *value == Rational::one() { String::new() } else { format!("{} times ", words::number(value)) };
            return format!("{times}{} given with it", limit_words(*limit));
        }
        let unit = self.unit_of(left, scope);
        let facts = &self.words.program.vocabulary.facts;
        let ways = match &left.kind {
            OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. } => {
                facts.get(read.fact).map_or(Ways::default(), |fact| fact.ways())
            }
            _ => Ways::default(),
        };
        let shown = match &left.kind {
            OperandKind::Fact(..)
            | OperandKind::Coalesce { .. }
            | OperandKind::Age(_)
            | OperandKind::DailyDose(_)
            | OperandKind::Attribute(_) => words::quantity(value, unit.as_ref()),
            _ if unit.as_ref().is_some_and(Unit::is_titre) => words::quantity(value, unit.as_ref()),
            _ => words::number(value),
        };
        match self.as_written(value, unit.as_ref(), ways) {
            Some(written) if written != shown => format!("{shown} ({written} as written)"),
            _ => shown,
        }
    }

    /// The unit that a quantity's numbers are in, as far as its parts say.
    fn unit_of(&self, quantity: &Operand, scope: Scope<'_>) -> Option<Unit> {
        let facts = &self.words.program.vocabulary.facts;
        match &quantity.kind {
            OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. } => type_unit(&facts.get(read.fact)?.ty),
            OperandKind::Attribute(name) => type_unit(self.attribute_type(&name.name, scope)?),
            OperandKind::Add(a, _) | OperandKind::Subtract(a, _) | OperandKind::If { then: a, .. } => {
                self.unit_of(a, scope)
            }
            OperandKind::Multiply(a, b) => Some(self.factor_unit(a, scope)?.multiply(&self.factor_unit(b, scope)?)),
            OperandKind::Divide(a, b) => Some(self.factor_unit(a, scope)?.divide(&self.factor_unit(b, scope)?)),
            OperandKind::Power(base, exponent) => {
                self.factor_unit(base, scope)?.powi(i32::try_from(exponent.to_i64()?).ok()?)
            }
            OperandKind::Min(list) | OperandKind::Max(list) => {
                list.first().and_then(|first| self.unit_of(first, scope))
            }
            OperandKind::Age(age) => Unit::parse(age.unit.time().code()).ok(),
            OperandKind::DailyDose(_) => Some(quantity.note.unit.clone()),
            OperandKind::Number(_) | OperandKind::Fact(_, Some(_)) => None,
        }
    }

    fn factor_unit(&self, quantity: &Operand, scope: Scope<'_>) -> Option<Unit> {
        match &quantity.kind {
            OperandKind::Number(_) => Some(Unit::dimensionless()),
            _ => self.unit_of(quantity, scope),
        }
    }

    /// The number and unit of the statement that are just this value in another unit.
    fn as_written(&self, value: &Rational, unit: Option<&Unit>, ways: Ways<'_>) -> Option<String> {
        let unit = unit?;
        let signs = ['<', '>', '=', '≥', '≤', '≠', '!', '(', ')', '{', '}', ',', '-', '+'];
        let text: String = self
            .statement
            .split('"')
            .step_by(2)
            .flat_map(str::chars)
            .map(|letter| if signs.contains(&letter) { ' ' } else { letter })
            .collect();
        let parts: Vec<&str> = text.split_whitespace().collect();
        parts.iter().enumerate().find_map(|(at, part)| {
            let end = part.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '_');
            let (digits, glued) = part.split_at_checked(end.unwrap_or(part.len()))?;
            let written = Rational::parse_literal(digits).ok()?;
            let unit_text = if glued.is_empty() { *parts.get(at + 1)? } else { glued };
            let other = Unit::parse(unit_text).ok()?;
            let conversion = other.conversion_to(unit, ways)?;
            let differs = other.ucum() != unit.ucum();
            (differs && conversion.apply(&written) == *value).then(|| format!("{digits} {unit_text}"))
        })
    }

    /// One side of a comparison: its words, and what is to be said under it.
    fn side(&self, quantity: &Operand, scope: Scope<'_>, inputs: &mut Inputs) -> (String, Vec<Item>) {
        match &quantity.kind {
            OperandKind::Fact(read, _) => (self.read(read, &self.words.fact(read.fact)), Vec::new()),
            OperandKind::Attribute(name) => (format!("“{}”", spaced(&name.name)), Vec::new()),
            OperandKind::Coalesce { read, otherwise: inner } => {
                let value = self.formula(inner, Binding::Sum, scope, inputs);
                // A result that the filter or the window leaves out is a result: nothing is worked out then.
                let name = self.words.fact(read.fact);
                let how = Item::new(format!("where the record gives no {name} at all, it is worked out as {value}"));
                (self.read(read, &name), vec![how])
            }
            OperandKind::Age(age) => (self.age(age), Vec::new()),
            OperandKind::DailyDose(dose) => (self.daily_dose(dose), Vec::new()),
            OperandKind::Number(_)
            | OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_)
            | OperandKind::If { .. } => {
                (format!("the value of {}", self.formula(quantity, Binding::Sum, scope, inputs)), Vec::new())
            }
        }
    }

    /// `age on the day of screening in completed months`
    fn age(&self, age: &Age) -> String {
        let (from, anchor, unit) = (self.words.fact(age.from), self.words.anchor(age.to), age.unit.plural());
        let Some(read) = &age.recorded else {
            return format!("completed {unit} from the {from} to the day of {anchor}");
        };
        let name = self.read(read, &self.words.fact(read.fact));
        if read.quantifier.asks_each() {
            return format!("{name} in completed {unit}");
        }
        format!(
            "{name} in completed {unit} on the day of {anchor} (where the record does not give it, counted from the {from})"
        )
    }

    fn formula(&self, quantity: &Operand, around: Binding, scope: Scope<'_>, inputs: &mut Inputs) -> String {
        let mut infix = |own: Binding, a: &Operand, sign: &str, b: &Operand, right: Binding| {
            let a = self.formula(a, own, scope, inputs);
            let b = self.formula(b, right, scope, inputs);
            let text = format!("{a} {sign} {b}");
            if own < around { format!("({text})") } else { text }
        };
        match &quantity.kind {
            OperandKind::Number(value) => words::number(value),
            OperandKind::Add(a, b) => infix(Binding::Sum, a, "+", b, Binding::Product),
            OperandKind::Subtract(a, b) => infix(Binding::Sum, a, "-", b, Binding::Product),
            OperandKind::Multiply(a, b) => infix(Binding::Product, a, "×", b, Binding::Power),
            OperandKind::Divide(a, b) => infix(Binding::Product, a, "/", b, Binding::Power),
            OperandKind::Power(base, exponent) => {
                let base = self.formula(base, Binding::Whole, scope, inputs);
                let text = format!("{base} to the power of {}", words::number(exponent));
                if around > Binding::Product { format!("({text})") } else { text }
            }
            OperandKind::Min(list) => self.call("the least of", list, scope, inputs),
            OperandKind::Max(list) => self.call("the greatest of", list, scope, inputs),
            OperandKind::If { condition, then, otherwise } => {
                let condition = self.inline(condition, scope);
                let then = self.formula(then, Binding::Sum, scope, inputs);
                let otherwise = self.formula(otherwise, Binding::Sum, scope, inputs);
                format!("[{then} when {condition}, {otherwise} when not]")
            }
            OperandKind::Attribute(name) => format!("“{}”", spaced(&name.name)),
            OperandKind::DailyDose(dose) => format!("[{}]", self.daily_dose(dose)),
            OperandKind::Age(age) => match &age.recorded {
                None => format!("[{}]", self.age(age)),
                Some(read) => self.named(read, self.age(age), inputs),
            },
            OperandKind::Fact(read, limit) => {
                let over = limit.map_or(String::new(), |limit| format!(", over {}", limit_words(limit)));
                let meaning = format!("{}{over}", self.read(read, &self.words.fact(read.fact)).trim_end_matches(','));
                self.input(read, meaning, inputs)
            }
            OperandKind::Coalesce { read, otherwise: inner } => {
                let value = self.formula(inner, Binding::Sum, scope, inputs);
                let given = self.read(read, &self.words.fact(read.fact));
                let meaning = format!("{}, or where the record does not give it {value}", given.trim_end_matches(','));
                self.input(read, meaning, inputs)
            }
        }
    }

    fn call(&self, what: &str, list: &[Operand], scope: Scope<'_>, inputs: &mut Inputs) -> String {
        let parts: Vec<String> = list.iter().map(|part| self.formula(part, Binding::Sum, scope, inputs)).collect();
        format!("[{what} {}]", parts.join("; "))
    }

    /// The short name of a read in a formula; what it means is said once under it.
    fn input(&self, read: &FactRead, meaning: String, inputs: &mut Inputs) -> String {
        let fact = self.words.program.vocabulary.facts.get(read.fact);
        let unit = fact.and_then(|fact| fact.unit()).map(words::unit).unwrap_or_default();
        self.named(read, if unit.is_empty() { meaning } else { format!("{meaning}, in {unit}") }, inputs)
    }

    fn named(&self, read: &FactRead, meaning: String, inputs: &mut Inputs) -> String {
        if let Some((short, _)) = inputs.iter().find(|(_, known)| *known == meaning) {
            return short.clone();
        }
        let base = self.words.question(read.fact);
        let same = inputs.iter().filter(|(short, _)| *short == base || short.starts_with(&format!("{base} #"))).count();
        let short = if same == 0 { base } else { format!("{base} #{}", same + 1) };
        inputs.push((short.clone(), meaning));
        short
    }
}

fn input_items(inputs: Inputs) -> Vec<Item> {
    inputs.into_iter().map(|(short, meaning)| Item::new(format!("“{short}” is {meaning}"))).collect()
}

fn limit_words(limit: Limit) -> &'static str {
    match limit {
        Limit::Uln => "the upper limit of normal",
        Limit::Lln => "the lower limit of normal",
    }
}

/// The windows that a result's filter holds at its top, and the other conditions.
type ResultFilter<'c> = (Vec<(&'c Relation, &'c WindowAnchor, bool)>, Vec<&'c Condition>);

fn result_filter(filter: Option<&Condition>) -> ResultFilter<'_> {
    let mut found: ResultFilter<'_> = (Vec::new(), Vec::new());
    let parts: &[Condition] = match filter {
        None => &[],
        Some(Condition { kind: ConditionKind::And(items), .. }) => items,
        Some(one) => std::slice::from_ref(one),
    };
    for part in parts {
        match &part.kind {
            ConditionKind::Test(Test::Window { of: TimeOf::Result, relation, anchor, undated }) => {
                found.0.push((relation, anchor, *undated));
            }
            _ => found.1.push(part),
        }
    }
    found
}

/// The unit that values of a type are in: a quantity's own, or that of titres.
fn type_unit(ty: &Type) -> Option<Unit> {
    match ty {
        Type::Quantity(unit) => Some((**unit).clone()),
        Type::Titre { .. } => Some(Unit::titre()),
        Type::Score { .. } | Type::Ordinal { .. } | Type::Coded(_) | Type::YesNo | Type::Date => None,
    }
}

//! Conditions in words: lists for Kleene's logic, one sentence for each test.

use super::time;
use super::words::{self, Words, spaced};
use super::{Item, Mark};
use crate::ir::{Quantifier, Relation};
use crate::number::Comparison;
use crate::typed::{
    Condition, ConditionKind, FactRead, Judgement, Operand, OperandKind, Subject, Test, TimeOf, WindowAnchor,
};
use crate::vocab::{FactId, KindId, Type};

/// A filter longer than this is a list, not a part of the sentence.
const LONGEST_CLAUSES: usize = 150;

/// What attribute names belong to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'c> {
    /// To nothing: in a criterion or definition.
    Record,
    /// To an entry of these kinds.
    Entry(&'c [KindId]),
    /// To a result of this fact.
    Fact(FactId),
}

/// Says the conditions of one statement.
pub(super) struct Speaker<'w> {
    pub words: &'w Words<'w>,
    /// The statement as written, for the units its author used.
    pub statement: &'w str,
}

impl Speaker<'_> {
    /// A condition as a sentence and the list that hangs on it.
    pub fn item(&self, condition: &Condition, scope: Scope<'_>) -> Item {
        let listed = |text: &str, items: &[&Condition]| {
            let children = items.iter().map(|item| self.item(item, scope)).collect();
            Item { text: text.to_owned(), children, ..Item::default() }
        };
        let nested = |text: String, items: &[Condition]| listed(&text, &items.iter().collect::<Vec<_>>());
        match &condition.kind {
            ConditionKind::And(items) => match self.range(items, scope) {
                Some(item) => item,
                None => listed("all of the following hold", &self.parts(condition, scope)),
            },
            ConditionKind::Or(_) => listed("at least one of the following holds", &self.parts(condition, scope)),
            ConditionKind::AtLeast(count, items) => {
                let verb = if *count == 1 { "holds" } else { "hold" };
                nested(format!("at least {count} of the following {} {verb}", items.len()), items)
            }
            ConditionKind::AtMost(count, items) => {
                nested(format!("at most {count} of the following {} hold", items.len()), items)
            }
            ConditionKind::Exactly(count, items) => {
                nested(format!("exactly {count} of the following {} hold", items.len()), items)
            }
            ConditionKind::Defined(id) => {
                let name = self.words.program.definitions.get(*id).map_or("", |definition| definition.name.as_str());
                let text = format!("“{}” holds (see Definitions)", spaced(name));
                Item { text, mark: Mark::Definition(name.to_owned()), ..Item::default() }
            }
            ConditionKind::Test(test) => self.test(test, scope),
            ConditionKind::Not(inner) => self.negated(inner, scope),
        }
    }

    /// The parts of a list, with those of lists of the same sort inside it: both ask the same.
    fn parts<'c>(&self, condition: &'c Condition, scope: Scope<'_>) -> Vec<&'c Condition> {
        let (ConditionKind::And(items) | ConditionKind::Or(items)) = &condition.kind else {
            return vec![condition];
        };
        if self.is_range(condition, scope) {
            return vec![condition];
        }
        let same = |item: &Condition| std::mem::discriminant(&item.kind) == std::mem::discriminant(&condition.kind);
        items.iter().flat_map(|item| if same(item) { self.parts(item, scope) } else { vec![item] }).collect()
    }

    fn negated(&self, inner: &Condition, scope: Scope<'_>) -> Item {
        let positive = self.item(inner, scope);
        let text = match &inner.kind {
            ConditionKind::Or(_) => Some("none of the following holds".to_owned()),
            ConditionKind::And(items) if self.range(items, scope).is_none() => {
                Some("not all of the following hold".to_owned())
            }
            ConditionKind::Defined(_) => Some(positive.text.replacen("” holds", "” does not hold", 1)),
            ConditionKind::Test(Test::Entries {
                kinds,
                filter,
                distinct: false,
                choice: None,
                op: Comparison::Ge,
                count: 1,
                ..
            }) => {
                return self.entries(kinds, filter.as_deref(), &format!("there is no {}", self.one_of(kinds)), "");
            }
            ConditionKind::Test(test @ Test::Course { distinct: false, .. }) => {
                return self.course(test, scope, "there is no course of");
            }
            ConditionKind::Test(Test::IsYes { subject }) if one_value(subject) => {
                Some(format!("{} is no", self.subject(subject)))
            }
            ConditionKind::Test(Test::IsOneOf { subject, values }) if one_value(subject) => {
                Some(format!("{} is not {}", self.subject(subject), self.values(subject, values, scope)))
            }
            ConditionKind::Test(Test::Judged { question: Judgement { text, by } }) => {
                Some(format!("the {by} answers no to “{text}”"))
            }
            _ => None,
        };
        Item { text: text.unwrap_or_else(|| format!("it is not so that {}", positive.text)), ..positive }
    }

    /// `x >= 18 and x <= 70`, two tests of one quantity, as a range.
    fn range(&self, items: &[Condition], scope: Scope<'_>) -> Option<Item> {
        let [low, high] = items else {
            return None;
        };
        let (left, least) = bound(low, Comparison::Ge)?;
        let (other, most) = bound(high, Comparison::Le)?;
        let same =
            self.compared(left, Comparison::Ge, least, scope) == self.compared(other, Comparison::Ge, least, scope);
        // `at least one result` is another one in each half.
        let (OperandKind::Number(low), OperandKind::Number(high)) = (&least.kind, &most.kind) else {
            return None;
        };
        same.then(|| self.between(left, low, high, scope))
    }

    /// A condition as one line; what is in brackets belongs together.
    pub fn inline(&self, condition: &Condition, scope: Scope<'_>) -> String {
        let joined = |word: &str| {
            let parts = self.parts(condition, scope);
            parts.into_iter().map(|item| self.inline_part(item, scope)).collect::<Vec<_>>().join(word)
        };
        match &condition.kind {
            ConditionKind::And(items) if self.range(items, scope).is_none() => joined(" and "),
            ConditionKind::Or(_) => joined(" or "),
            ConditionKind::Not(inner) if is_list(inner) && !self.is_range(inner, scope) => {
                format!("it is not so that ({})", self.inline(inner, scope))
            }
            ConditionKind::And(_)
            | ConditionKind::Not(_)
            | ConditionKind::AtLeast(..)
            | ConditionKind::AtMost(..)
            | ConditionKind::Exactly(..)
            | ConditionKind::Defined(_)
            | ConditionKind::Test(_) => flat(&self.item(condition, scope)),
        }
    }

    /// A condition as a part of a line.
    pub fn inline_part(&self, condition: &Condition, scope: Scope<'_>) -> String {
        let text = self.inline(condition, scope);
        if is_list(condition) && !self.is_range(condition, scope) { format!("({text})") } else { text }
    }

    fn is_range(&self, condition: &Condition, scope: Scope<'_>) -> bool {
        matches!(&condition.kind, ConditionKind::And(items) if self.range(items, scope).is_some())
    }

    fn test(&self, test: &Test, scope: Scope<'_>) -> Item {
        match test {
            Test::Compare { left, op, right } => self.compared(left, *op, right, scope),
            Test::IsOneOf { subject, values } => {
                Item::new(format!("{} is {}", self.subject(subject), self.values(subject, values, scope)))
            }
            Test::IsYes { subject } => Item::new(format!("{} is yes", self.subject(subject))),
            Test::Entries { kinds, filter, choice: Some(choice), op, count, .. } => {
                self.chosen(kinds, choice, filter.as_deref(), (*op, *count))
            }
            Test::Entries { kinds, filter, distinct, choice: None, op, count, .. } => {
                let filter = filter.as_deref();
                let most = if *op == Comparison::Le { "at most" } else { "at least" };
                if *distinct {
                    let of: Vec<String> = kinds.iter().map(|kind| self.words.kind(*kind)).collect();
                    let of = words::list(&of, "and");
                    let word = self.words.entry_word(kinds);
                    let lead = if *count == 1 {
                        format!("{most} one of {of} has at least one {word}")
                    } else {
                        format!("{most} {count} different ones of {of} have at least one {word}")
                    };
                    return self.entries(kinds, filter, &lead, "");
                }
                let word = self.words.entry_word(kinds);
                let many = if word == "entry" { "entries".to_owned() } else { format!("{word}s") };
                match (op, count) {
                    (Comparison::Ge, 1) => {
                        self.entries(kinds, filter, &format!("there is at least one {}", self.one_of(kinds)), "")
                    }
                    (_, 1) => self.entries(kinds, filter, &format!("there is {most} 1 {}", self.one_of(kinds)), ""),
                    _ => {
                        let lead = format!("there are {most} {count} {many} of {}", self.words.kinds(kinds, "or"));
                        self.entries(kinds, filter, &lead, "each one ")
                    }
                }
            }
            Test::Course { .. } => self.course(test, scope, "there is at least one course of"),
            Test::Window { of, relation, anchor, .. } => {
                let when = time::date(relation, &self.about(anchor));
                Item::new(match of {
                    TimeOf::Entry => format!("the entry is one {}", self.clause_of_entry(relation, anchor, scope)),
                    TimeOf::Result => format!("the result is dated {when}"),
                    TimeOf::Attribute(name) => format!("the date “{}” is {when}", spaced(&name.name)),
                    TimeOf::Fact(read) => format!("{} is {when}", self.read(read, &self.words.fact(read.fact))),
                    TimeOf::Anchor(other) => format!("the day of {} is {when}", self.words.anchor(*other)),
                })
            }
            Test::Stretch { left, op, right, windows } => self.stretch((left, *op, right), windows, scope),
            Test::Judged { question: Judgement { text, by } } => {
                let text = format!("the {by} answers yes to “{text}”");
                Item { text, mark: Mark::Question, ..Item::default() }
            }
            Test::Todo { text } => {
                Item { text: format!("NOT ENCODED YET: {text}"), mark: Mark::Todo, ..Item::default() }
            }
        }
    }

    /// Courses of entries that touch, and how they stand to their anchors.
    fn course(&self, test: &Test, scope: Scope<'_>, lead: &str) -> Item {
        let Test::Course { kinds, filter, gap, distinct, planned: _, op, count, windows } = test else {
            return self.test(test, scope);
        };
        let together = match gap {
            0 => "that no day lies between".to_owned(),
            1 => "with one day at most between them".to_owned(),
            days => format!("with {days} days at most between them"),
        };
        let lead = if *distinct {
            let of: Vec<String> = kinds.iter().map(|kind| self.words.kind(*kind)).collect();
            let most = if *op == Comparison::Le { "at most" } else { "at least" };
            format!("{most} {count} different ones of {} each have a course", words::list(&of, "and"))
        } else {
            format!("{lead} {}", self.words.kinds(kinds, "or"))
        };
        let mut clauses: Vec<String> = windows
            .iter()
            .map(|(relation, anchor)| self.clause_of_entry(relation, &WindowAnchor::Date(*anchor), Scope::Entry(kinds)))
            .collect();
        let parts = filter.as_deref().map(|filter| self.clause(filter, Scope::Entry(kinds)));
        if let Some(filter) = parts {
            clauses.insert(0, format!("made of entries {filter}"));
        }
        Item::new(format!("{lead} (entries {together} are one course) {}", clauses.join(", and ")))
    }

    /// `course of glucocorticoid`
    pub(super) fn one_of(&self, kinds: &[KindId]) -> String {
        format!("{} of {}", self.words.entry_word(kinds), self.words.kinds(kinds, "or"))
    }

    fn clause_of_entry(&self, relation: &Relation, anchor: &WindowAnchor, scope: Scope<'_>) -> String {
        let points = matches!(scope, Scope::Entry(kinds) if self.words.all_events(kinds));
        time::entry(relation, &self.about(anchor), points)
    }

    /// What a window is about: `screening`, `the start of the last course of rituximab that began up to ..`.
    pub fn about(&self, anchor: &WindowAnchor) -> String {
        let point = match anchor {
            WindowAnchor::Date(anchor) => return self.words.anchor(*anchor),
            WindowAnchor::Entry(point) => point,
        };
        let (end, which) = (if point.ends { "end" } else { "start" }, if point.last { "last" } else { "first" });
        let lead = format!("the {end} of the {which} {}", self.one_of(&point.kinds));
        let scope = Scope::Entry(&point.kinds);
        let parts = point.filter.as_deref().map_or(Vec::new(), |filter| self.parts(filter, scope));
        let clauses: Vec<String> = parts
            .iter()
            .map(|part| match &part.kind {
                ConditionKind::Test(Test::Window { of: TimeOf::Entry, relation, anchor, .. }) => {
                    self.clause_of_entry(relation, anchor, scope)
                }
                _ => self.clause(part, scope),
            })
            .collect();
        let clauses = if clauses.is_empty() { String::new() } else { format!(" {}", clauses.join(", and ")) };
        format!("{lead}{clauses} (where there is none, this does not hold)")
    }

    /// Entries and which of them count.
    pub(super) fn entries(&self, kinds: &[KindId], filter: Option<&Condition>, lead: &str, each: &str) -> Item {
        let scope = Scope::Entry(kinds);
        let parts: Vec<&Condition> = match filter {
            None => return Item::new(lead),
            Some(one @ Condition { kind: ConditionKind::And(_), .. }) => self.parts(one, scope),
            Some(one) => vec![one],
        };
        let window = |part: &Condition| self.window_of(part, scope);
        let clauses: Vec<String> =
            parts.iter().map(|part| window(part).unwrap_or_else(|| self.clause(part, scope))).collect();
        let line = clauses.join(", and ");
        if line.len() <= LONGEST_CLAUSES || (clauses.len() == 1 && parts.iter().all(|part| !is_list(part))) {
            return Item::new(format!("{lead} {each}{line}"));
        }
        let children = parts
            .iter()
            .map(|part| match window(part) {
                Some(clause) => Item::new(match clause.strip_prefix("that ") {
                    Some(rest) => format!("it {rest}"),
                    None => clause.replacen("any part of which", "any part of it", 1),
                }),
                None => self.item(part, scope),
            })
            .collect();
        let which = if each.is_empty() { "for which" } else { "for each of which" };
        let what = if clauses.len() == 1 { "this holds" } else { "all of this holds" };
        let text = format!("{lead} {which} {what}");
        Item { text, children, ..Item::default() }
    }

    /// A window of an entry as a clause.
    pub(super) fn window_of(&self, part: &Condition, scope: Scope<'_>) -> Option<String> {
        match &part.kind {
            ConditionKind::Test(Test::Window { of: TimeOf::Entry, relation, anchor, .. }) => {
                Some(self.clause_of_entry(relation, anchor, scope))
            }
            _ => None,
        }
    }

    /// `for which ..`, behind what it is said of.
    pub fn clause(&self, condition: &Condition, scope: Scope<'_>) -> String {
        let text = match condition.kind {
            // More clauses follow with an `and` of their own.
            ConditionKind::And(_) => self.inline(condition, scope),
            _ => self.inline_part(condition, scope),
        };
        format!("for which {text}")
    }

    fn subject(&self, subject: &Subject) -> String {
        match subject {
            Subject::Fact(read) if matches!(self.fact_type(read), Some(Type::YesNo)) => {
                self.read(read, &format!("answer to “{}”", self.words.question(read.fact)))
            }
            Subject::Fact(read) => self.read(read, &self.words.fact(read.fact)),
            Subject::Attribute(name) => format!("“{}”", spaced(&name.name)),
        }
    }

    fn fact_type(&self, read: &FactRead) -> Option<&Type> {
        self.words.program.vocabulary.facts.get(read.fact).map(|fact| &fact.ty)
    }

    /// The type of an attribute, the same in every kind in scope.
    pub fn attribute_type(&self, name: &str, scope: Scope<'_>) -> Option<&Type> {
        let vocabulary = &self.words.program.vocabulary;
        let attribute = match scope {
            Scope::Record => None,
            Scope::Entry(kinds) => vocabulary.kinds.get(*kinds.first()?)?.attribute(name),
            Scope::Fact(fact) => vocabulary.facts.get(fact)?.attribute(name),
        };
        attribute.map(|attribute| &attribute.ty)
    }

    /// `positive`, `class III or IV`, `grade 2 or higher (2, 3, 4, 5)`
    fn values(&self, subject: &Subject, values: &[String], scope: Scope<'_>) -> String {
        let ty = match subject {
            Subject::Fact(read) => self.fact_type(read),
            Subject::Attribute(name) => self.attribute_type(&name.name, scope),
        };
        let spoken: Vec<String> = values.iter().map(|value| spaced(value)).collect();
        let Some(Type::Ordinal { scale, levels }) = ty else {
            return words::list(&spoken, "or");
        };
        let scale = if scale == "ordinal" { String::new() } else { format!("{scale} ") };
        let listed = words::list(&spoken, "or");
        match (spoken.first(), spoken.last()) {
            (Some(least), _) if values.len() > 2 && levels.ends_with(values) => {
                format!("{scale}{least} or higher ({})", spoken.join(", "))
            }
            (_, Some(most)) if values.len() > 2 && levels.starts_with(values) => {
                format!("{scale}{most} or lower ({})", spoken.join(", "))
            }
            _ => format!("{scale}{listed}"),
        }
    }
}

/// Whether a `no` of it can be said of the one value that counts.
fn one_value(subject: &Subject) -> bool {
    match subject {
        Subject::Fact(read) => !read.quantifier.asks_each(),
        Subject::Attribute(_) => true,
    }
}

/// The sides of a comparison of one value with a constant.
fn bound(condition: &Condition, wanted: Comparison) -> Option<(&Operand, &Operand)> {
    let ConditionKind::Test(Test::Compare { left, op, right }) = &condition.kind else {
        return None;
    };
    if *op != wanted || !matches!(right.kind, OperandKind::Number(_)) {
        return None;
    }
    let joins = match &left.kind {
        OperandKind::Fact(_, Some(_)) => false,
        OperandKind::Fact(read, None) => match read.quantifier {
            Quantifier::Latest | Quantifier::First | Quantifier::Highest | Quantifier::Lowest | Quantifier::Every => {
                read.by.is_none()
            }
            Quantifier::Any | Quantifier::Several(_) => false,
        },
        OperandKind::Number(_)
        | OperandKind::Attribute(_)
        | OperandKind::Coalesce { .. }
        | OperandKind::Age(_)
        | OperandKind::DailyDose(_)
        | OperandKind::Add(..)
        | OperandKind::Subtract(..)
        | OperandKind::Multiply(..)
        | OperandKind::Divide(..)
        | OperandKind::Power(..)
        | OperandKind::Min(_)
        | OperandKind::Max(_)
        | OperandKind::If { .. } => true,
    };
    joins.then_some((left, right))
}

fn is_list(condition: &Condition) -> bool {
    matches!(condition.kind, ConditionKind::And(_) | ConditionKind::Or(_))
}

/// An item and its list on one line.
pub(super) fn flat(item: &Item) -> String {
    if item.children.is_empty() {
        return item.text.clone();
    }
    let children: Vec<String> = item.children.iter().map(flat).collect();
    format!("{}: [{}]", item.text, children.join("; "))
}

//! What fits in a criterion or a definition.

use super::{Item, Sort};
use crate::ide::token::Kind;
use crate::ide::view::{Subject, View};
use crate::syntax::ast::{Expr, ExprKind, TailKind};
use crate::vocab::{Symbol, Type};

const PATTERNS: &[(&str, &str)] = &[
    ("any of {", "any of { ${1:a}, ${2:b} }"),
    ("all of {", "all of { ${1:a}, ${2:b} }"),
    ("none of {", "none of { ${1:a}, ${2:b} }"),
    ("at least 2 of {", "at least ${1:2} of { ${2:a}, ${3:b} }"),
    ("judged \"..\"", "judged \"${1:what the investigator is asked}\""),
    ("todo \"..\"", "todo \"${1:what is to be written here}\""),
];

const PREFIXES: &[&str] =
    &["prior", "current", "planned", "no", "any", "latest", "first", "highest", "lowest", "every", "not", "at"];

const WINDOWS: &[(&str, &str)] = &[
    ("within .. before ..", "within ${1:6 months} before ${2:screening}"),
    ("within .. after ..", "within ${1:6 months} after ${2:screening}"),
    ("within .. of ..", "within ${1:7 days} of ${2:screening}"),
    ("more than .. before ..", "more than ${1:6 months} before ${2:screening}"),
    ("at least .. before ..", "at least ${1:6 months} before ${2:screening}"),
];

const COMPARE: &[&str] = &[">=", "<=", ">", "<", "=="];

impl View<'_> {
    pub(super) fn in_condition(&self, at: usize) -> Vec<Item> {
        let (one, two) = (self.before(at, 1), self.before(at, 2));
        match (two, one) {
            ("is", "not") | (_, "is" | "class" | "grade") => return self.values(at),
            (_, "before" | "after") => {
                return self.anchors().into_iter().chain(["first", "last"].map(Item::word)).collect();
            }
            (_, "at") => {
                let counting = ["least", "most"].into_iter().map(Item::word);
                return counting.chain(self.anchors()).collect();
            }
            (_, "more") => return vec![Item::word("than")],
            (_, "for") => return vec![Item::word("at"), Item::new("at least", "for at least 8 weeks", Sort::Word)],
            (_, "lasting") => {
                return ["at least", "more than"].map(|word| Item::new(word, "lasting ..", Sort::Word)).into();
            }
            // A number or a text follows.
            (_, "within" | "than" | "least" | "most" | "exactly" | "judged" | "todo") => return Vec::new(),
            (_, "by") => {
                return match self.symbol(two) {
                    Some(owner) => self.attribute_items(owner),
                    None => vec![Item::new("sponsor", "judged \"..\" by sponsor", Sort::Value)],
                };
            }
            ("x" | "\u{d7}", _) if self.is_limit(at - 1) => return self.limits(at),
            _ => {}
        }
        if matches!(one, "x" | "\u{d7}") && self.is_limit(at) {
            return self.limits(at);
        }
        if matches!(one, "first" | "last") && matches!(two, "before" | "after" | "of" | "at") {
            return self.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_)));
        }
        if one == "of" && (0..at).rev().take(5).any(|at| self.said(at) == "within") {
            return self.anchors();
        }
        if matches!(one, "any" | "all" | "none") && self.said(at) == "of" {
            return vec![Item::word("of")];
        }
        if let Some(open) = self.opener(at) {
            if self.said(open) == "{" && self.before(open, 1) == "in" {
                return self.values(open);
            }
            if self.filtered(at).is_some() && matches!(one, "(" | "and" | "or" | "not") {
                return self.filtered(at).map(|owner| self.attribute_items(owner)).unwrap_or_default();
            }
        }
        if self.compares(at) {
            return self.comparable(at);
        }
        if self.ends_operand(at) {
            return self.behind_subject(at);
        }
        self.conditions(at, one)
    }

    /// Whether `x` before an index multiplies a limit of normal: a number is before it.
    fn is_limit(&self, at: usize) -> bool {
        let number = at.checked_sub(2).and_then(|at| self.tokens.get(at));
        number.is_some_and(|token| token.kind == Kind::Number)
    }

    fn limits(&self, at: usize) -> Vec<Item> {
        let Some(Subject::Fact(fact)) = self.subject(at) else {
            return Vec::new();
        };
        let limits = [(fact.uln, "ULN", "upper limit of normal"), (fact.lln, "LLN", "lower limit of normal")];
        limits.into_iter().filter(|(has, _, _)| *has).map(|(_, word, text)| Item::new(word, text, Sort::Unit)).collect()
    }

    /// Whether a value to compare or compute with follows.
    fn compares(&self, at: usize) -> bool {
        let one = self.before(at, 1);
        let between = (0..at).rev().take(4).any(|at| self.said(at) == "between");
        let defines = one == "=" && self.before(at, 3) == "define";
        self.kind_before(at) == Some(Kind::Operator) && !defines
            || one == "between"
            || one == "and" && between
            || matches!(one, "(" | ",")
                && self.opener(at).is_some_and(|open| matches!(self.before(open, 1), "min" | "max"))
    }

    /// What has a value of the kind that is compared at an index.
    fn comparable(&self, at: usize) -> Vec<Item> {
        let subject = self.subject(at).map(Subject::ty);
        let sign = self.before(at, 1);
        let compared = !matches!(sign, "+" | "-" | "*" | "/" | "^" | "(" | ",");
        let number = |ty: &Type| matches!(ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. });
        let mut items = match subject.filter(|_| compared) {
            Some(Type::Ordinal { .. } | Type::Coded(_)) => return self.values(at),
            Some(Type::YesNo | Type::Date) => return Vec::new(),
            Some(Type::Quantity(unit)) => {
                let same = |ty: &Type| matches!(ty, Type::Quantity(other) if other.ucum() == unit.ucum());
                self.facts(same, |symbol| self.is_value(symbol))
            }
            Some(Type::Score { .. }) => {
                self.facts(|ty| matches!(ty, Type::Score { .. }), |symbol| self.is_value(symbol))
            }
            Some(Type::Titre { .. }) => {
                self.facts(|ty| matches!(ty, Type::Titre { .. }), |symbol| self.is_value(symbol))
            }
            None => self.facts(number, |symbol| self.is_value(symbol)),
        };
        // Nobody compares a fact with itself.
        let own = self.subject(at).filter(|_| compared).map(Subject::name);
        items.retain(|item| Some(item.label.as_str()) != own);
        items
    }

    /// Whether a definition of this text is of a value rather than a condition.
    fn is_value(&self, symbol: Symbol) -> bool {
        let Symbol::Definition(id) = symbol else {
            return false;
        };
        self.vocabulary.definitions.get(id).is_some_and(|definition| {
            self.text.get(definition.span.range()) == Some(definition.name.as_str()) && is_value(&definition.body)
        })
    }

    fn conditions(&self, at: usize, one: &str) -> Vec<Item> {
        let kinds = |symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_));
        let entries =
            |words: &[&str]| self.names(kinds).into_iter().chain(words.iter().copied().map(Item::word)).collect();
        let open = self.opener(at).filter(|open| self.said(*open) == "{");
        match one {
            "all" | "none" => return vec![Item::word("of")],
            "any" => {
                return std::iter::once(Item::word("of")).chain(entries(&["prior", "current", "planned"])).collect();
            }
            "no" => return entries(&["prior", "current", "planned"]),
            "prior" | "current" | "planned" => return entries(&[]),
            "distinct" => return entries(&["prior", "current", "latest"]),
            "highest" | "lowest" => {
                return self.facts(
                    |ty| {
                        matches!(ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::Ordinal { .. })
                    },
                    |_| false,
                );
            }
            "latest" | "every" | "consecutive" => {
                return self.names(|symbol| match symbol {
                    Symbol::Fact(id) => self.vocabulary.facts.get(id).is_some_and(|fact| !fact.timeless),
                    Symbol::Kind(_) | Symbol::Group(_) => one == "latest",
                    Symbol::Anchor(_) | Symbol::Definition(_) => false,
                });
            }
            // Braces with no `of` before them list kinds.
            "{" | "," if open.is_some_and(|open| self.before(open, 1) != "of") => return entries(&[]),
            _ => {}
        }
        let mut items = self.names(|symbol| !matches!(symbol, Symbol::Anchor(_)));
        items.extend(PREFIXES.iter().copied().map(Item::word));
        items.extend(PATTERNS.iter().map(|(label, snippet)| Item::pattern(label, snippet)));
        items
    }

    pub(super) fn behind_subject(&self, at: usize) -> Vec<Item> {
        let (one, two, three) = (self.before(at, 1), self.before(at, 2), self.before(at, 3));
        // `for at least 8 weeks before screening`
        let mut course = two == "before" && self.before(at, 5) == "least" && self.before(at, 7) == "for";
        if self.kind_before(at) == Some(Kind::Unit) && self.is_length(at - 1) {
            // `within 6 months`, `more than 6 months`, `for at least 8 weeks`: from when on?
            let throughout = three == "least" && self.before(at, 5) == "for";
            let lasting = (4..=5).any(|back| self.before(at, back) == "lasting");
            let sides: &[&str] = match three {
                "within" => &["before", "after", "of"],
                _ if throughout => &["before"],
                _ => &["before", "after"],
            };
            if !lasting {
                return sides.iter().copied().map(Item::word).collect();
            }
            course = true;
        }
        if self.kind_before(at) == Some(Kind::Text) {
            let by = (two == "judged").then_some("by");
            return by.into_iter().chain(["and", "or", "unless", "when"]).map(Item::word).collect();
        }
        let mut items: Vec<Item> = Vec::new();
        let name = self.kind_before(at) == Some(Kind::Name);
        let attribute = at.checked_sub(1).and_then(|at| self.attribute(at));
        let fact = match self.symbol(one) {
            Some(Symbol::Fact(id)) if name => self.vocabulary.facts.get(id).map(|fact| Subject::Fact(fact)),
            _ => None,
        };
        let fresh = attribute.filter(|_| name).map(Subject::Attribute).or(fact);
        match fresh.map(Subject::ty) {
            Some(Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. }) => {
                items.extend(COMPARE.iter().map(|word| Item::new(*word, "compare", Sort::Word)));
                items.push(Item::word("between"));
            }
            Some(Type::Ordinal { scale, .. }) => {
                for op in [">=", "<="] {
                    let label = if scale == "ordinal" { op.to_owned() } else { format!("{op} {scale}") };
                    items.push(Item::new(label, "compare", Sort::Word));
                }
            }
            Some(Type::Coded(_)) => {
                items.extend(["is", "in"].map(Item::word));
                items.push(Item::new("is not", "x is not positive", Sort::Word));
            }
            Some(Type::YesNo | Type::Date) | None => {}
        }
        let filter = self.filtered(at).is_some();
        if filter {
            if matches!(fresh.map(Subject::ty), Some(Type::Date)) || matches!(one, "start" | "end") {
                items.extend(windows());
                items.extend(["before", "after"].map(Item::word));
            }
            items.extend(["and", "or"].map(Item::word));
            return items;
        }
        items.extend(windows());
        if course {
            items.extend(["with gaps of up to", "in one entry"].map(Item::word));
        }
        items.extend(
            ["before", "after", "at", "and", "or", "unless", "when", "except", "for", "lasting"].map(Item::word),
        );
        items
    }
}

/// Whether a definition's body may be a number rather than a condition.
fn is_value(body: &Expr) -> bool {
    match &body.kind {
        ExprKind::Or(_)
        | ExprKind::And(_)
        | ExprKind::Not(_)
        | ExprKind::Block { .. }
        | ExprKind::Judged { .. }
        | ExprKind::Todo(_) => false,
        ExprKind::Tailed { tails, .. } => {
            tails.iter().all(|tail| matches!(tail.kind, TailKind::InUnit(_) | TailKind::Window(_)))
        }
        ExprKind::Arithmetic { .. }
        | ExprKind::Negate(_)
        | ExprKind::Call { .. }
        | ExprKind::If { .. }
        | ExprKind::Literal { .. }
        | ExprKind::TimesLimit { .. }
        | ExprKind::Level { .. }
        | ExprKind::Term(_)
        | ExprKind::DailyDose(_)
        | ExprKind::Elided
        | ExprKind::Broken => true,
    }
}

fn windows() -> impl Iterator<Item = Item> {
    WINDOWS.iter().map(|(label, snippet)| Item::pattern(label, snippet))
}

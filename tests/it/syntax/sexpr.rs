//! Trees as one line, so that a test can say what a form means.

use eligc::syntax::ast::*;

fn list(head: &str, parts: &[String]) -> String {
    if parts.is_empty() { format!("({head})") } else { format!("({head} {})", parts.join(" ")) }
}

fn words(names: &[Name]) -> String {
    names.iter().map(|name| name.text.clone()).collect::<Vec<_>>().join(",")
}

fn code(word: &CodeWord) -> String {
    match &word.scale {
        Some(scale) => format!("{}:{}", scale.text, word.word.text),
        None => word.word.text.clone(),
    }
}

fn length(length: &Length) -> String {
    format!("{}{}", length.number.text, length.unit.as_ref().map_or("?", |unit| &unit.text))
}

fn anchor(anchor: &Option<WindowAnchor>) -> String {
    anchor.as_ref().map_or("-".to_owned(), about)
}

fn about(anchor: &WindowAnchor) -> String {
    let point = match anchor {
        WindowAnchor::Name(name) => return name.text.clone(),
        WindowAnchor::Entry(point) => point,
    };
    let (end, which) = (if point.ends { "end of " } else { "" }, if point.last { "last" } else { "first" });
    let filter = point.of.filter.as_ref().map_or(String::new(), |filter| format!(" ({})", expr(filter)));
    format!("<{end}{which} {}{filter}>", words(&point.of.subjects))
}

fn prefix(kind: PrefixKind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn tail(tail: &Tail) -> String {
    match &tail.kind {
        TailKind::Compare { op, right, .. } => format!("{op:?} {}", expr(right)).to_string(),
        TailKind::Between { low, high } => format!("between {} {}", expr(low), expr(high)),
        TailKind::Is { negated, value } => {
            format!("{} {}", if *negated { "isnt" } else { "is" }, code(value))
        }
        TailKind::InSet { negated, values } => {
            let values: Vec<String> = values.iter().map(code).collect();
            format!("{} {}", if *negated { "notin" } else { "in" }, values.join(","))
        }
        TailKind::InUnit(unit) => format!("as {}", unit.text),
        TailKind::Lasting { strict, length: long } => {
            format!("lasting {} {}", if *strict { ">" } else { ">=" }, length(long))
        }
        TailKind::Gaps(long) => format!("gaps {}", length(long)),
        TailKind::OneEntry => "one entry".to_owned(),
        TailKind::Apart(long) => format!("apart {}", length(long)),
        TailKind::Except(filter) => format!("except {}", expr(filter)),
        TailKind::Window(window) => match window {
            Window::Within { length: long, side, anchor: at } => {
                let side = side.map_or("?".to_owned(), |side| format!("{side:?}").to_lowercase());
                format!("within {} {side} {}", length(long), anchor(at))
            }
            Window::Before(at) => format!("before {}", about(at)),
            Window::After(at) => format!("after {}", about(at)),
            Window::At(at) => format!("at {}", about(at)),
            Window::Beyond { strict, length: long, side, anchor: at } => {
                let side = format!("{side:?}").to_lowercase();
                let sign = if *strict { ">" } else { ">=" };
                format!("{sign} {} {side} {}", length(long), anchor(at))
            }
            Window::Throughout { length: long, anchor: at } => {
                format!("through {} {}", length(long), anchor(at))
            }
        },
    }
}

/// An expression.
pub fn expr(one: &Expr) -> String {
    let all = |exprs: &[Expr]| exprs.iter().map(expr).collect::<Vec<_>>();
    match &one.kind {
        ExprKind::Or(parts) => list("or", &all(parts)),
        ExprKind::And(parts) => list("and", &all(parts)),
        ExprKind::Not(inner) => list("not", &[expr(inner)]),
        ExprKind::Block { quantifier, items } => list(&format!("{quantifier:?}").to_lowercase(), &all(items)),
        ExprKind::Tailed { subject, tails } => {
            let mut parts = vec![expr(subject)];
            parts.extend(tails.iter().map(|one| format!("[{}]", tail(one))));
            format!("({})", parts.join(" "))
        }
        ExprKind::Arithmetic { op, left, right, .. } => {
            let sign = match op {
                ArithmeticOp::Add => "+",
                ArithmeticOp::Subtract => "-",
                ArithmeticOp::Multiply => "*",
                ArithmeticOp::Divide => "/",
                ArithmeticOp::Power => "^",
            };
            list(sign, &[expr(left), expr(right)])
        }
        ExprKind::Negate(inner) => list("neg", &[expr(inner)]),
        ExprKind::Call { function, arguments } => list(&function.text, &all(arguments)),
        ExprKind::If { condition, then, otherwise } => list("if", &[expr(condition), expr(then), expr(otherwise)]),
        ExprKind::Literal { number, unit } => match unit {
            Some(unit) => format!("{}'{}'", number.text, unit.text),
            None => number.text.clone(),
        },
        ExprKind::TimesLimit { factor, limit } => format!("{}{limit:?}", factor.text),
        ExprKind::Level { scale, level } => format!("{}:{}", scale.text, level.text),
        ExprKind::Term(term) => {
            let mut parts: Vec<String> = term.prefixes.iter().map(|one| prefix(one.kind)).collect();
            let names = words(&term.subjects);
            parts.push(if term.braced { format!("{{{names}}}") } else { names });
            parts.extend(term.by.iter().map(|by| format!("by {}", by.text)));
            if let Some(filter) = &term.filter {
                parts.push(format!("({})", expr(filter)));
            }
            parts.join(" ")
        }
        ExprKind::DailyDose(dose) => {
            let mut parts: Vec<String> = dose.prefix.iter().map(|one| prefix(one.kind)).collect();
            let names = words(&dose.subjects);
            parts.push(format!("dose {}", if dose.braced { format!("{{{names}}}") } else { names }));
            parts.extend(dose.filter.iter().map(|filter| format!("({})", expr(filter))));
            parts.extend(dose.reference.iter().map(|reference| format!("as {}", reference.text)));
            parts.extend(dose.window.iter().map(|(window, _)| {
                let kind = TailKind::Window(window.clone());
                format!("[{}]", tail(&Tail { span: one.span, kind }))
            }));
            format!("({})", parts.join(" "))
        }
        ExprKind::Elided => "_".to_owned(),
        ExprKind::Judged { text, by } => {
            format!("judged<{}>{}", text.text, by.as_ref().map_or("", |by| &by.text))
        }
        ExprKind::Todo(text) => format!("todo<{}>", text.text),
        ExprKind::Broken => "BROKEN".to_owned(),
    }
}

/// A clause.
pub fn clause(one: &Clause) -> String {
    let mut out = expr(&one.main);
    for alternative in &one.alternatives {
        out += &format!(" | {} when {}", expr(&alternative.body), expr(&alternative.when));
    }
    if let Some(guard) = &one.guard {
        let word = if guard.unless { "unless" } else { "when" };
        out += &format!(" {word} {}", expr(&guard.condition));
    }
    if let Some(results) = &one.results {
        out += &format!(" results {}", results.in_words());
    }
    out
}

fn fraction(one: &Fraction) -> String {
    one.below.as_ref().map_or(one.above.text.clone(), |below| format!("{}/{}", one.above.text, below.text))
}

fn modifier(one: &Modifier) -> String {
    match &one.kind {
        ModifierKind::Possible(low, high) => format!("possible {}..{}", low.text, high.text),
        ModifierKind::Plausible(low, high) => format!("plausible {}..{}", low.text, high.text),
        ModifierKind::Molar(number, unit) => format!("molar {}'{}'", number.text, unit.text),
        ModifierKind::HalfLife(number, unit) => format!("half_life {}'{}'", number.text, unit.text),
        ModifierKind::Uln => "uln".to_owned(),
        ModifierKind::Lln => "lln".to_owned(),
        ModifierKind::Timeless => "timeless".to_owned(),
        ModifierKind::Results(results) => format!("results {}", results.in_words()),
        ModifierKind::AbsentMeansNo => "absent_no".to_owned(),
        ModifierKind::Else(value) => format!("else {}", expr(value)),
        ModifierKind::BearsOn(names) => {
            let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            format!("bears on {}", names.join(" "))
        }
        ModifierKind::Equates(unit) => format!("equates '{}'", unit.text),
        ModifierKind::Equivalent(equivalent) => {
            let (factor, of) = (fraction(&equivalent.factor), &equivalent.reference.text);
            format!("equivalent {factor} {of} @{}", equivalent.source.text)
        }
        ModifierKind::Scale(scale) => {
            let offset = scale.offset.as_ref().map_or(String::new(), |offset| format!(" {}", fraction(offset)));
            let (unit, of, source) = (&scale.unit.text, &scale.of.text, &scale.source.text);
            format!("scale '{unit}' {}'{of}'{offset} @{source}", fraction(&scale.factor))
        }
        ModifierKind::Codes { system, codes, source } => {
            let codes: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
            let source = source.as_ref().map_or(String::new(), |text| format!(" @{}", text.text));
            format!("{} {}{source}", system.text, codes.join(","))
        }
        ModifierKind::Attributes(attributes) => {
            let all: Vec<String> = attributes
                .iter()
                .map(|one| {
                    let doc = one.doc.as_ref().map_or(String::new(), |doc| format!("##{doc}## "));
                    format!("{doc}{}: {}{}", one.name.text, value_type(&one.ty), modifiers(&one.modifiers))
                })
                .collect();
            format!("{{{}}}", all.join("; "))
        }
    }
}

/// Modifiers, each after a blank.
pub fn modifiers(all: &[Modifier]) -> String {
    all.iter().map(|one| format!(" {}", modifier(one))).collect()
}

/// A type.
pub fn value_type(one: &Type) -> String {
    match &one.kind {
        TypeKind::Quantity(unit) => format!("quantity '{}'", unit.text),
        TypeKind::Score { low, high, step } => {
            let step = step.as_ref().map_or(String::new(), |step| format!(" step {}", step.text));
            format!("score {}..{}{step}", low.text, high.text)
        }
        TypeKind::Titre { low, high } => format!("titre {}..{}", low.text, high.text),
        TypeKind::Ordinal { scale, levels } => format!("{} {}", scale.text, words(levels)),
        TypeKind::OneOf(codes) => format!("one_of {}", words(codes)),
        TypeKind::YesNo => "yes_no".to_owned(),
        TypeKind::Date => "date".to_owned(),
    }
}

fn fields(all: &[Field]) -> String {
    let all: Vec<String> = all
        .iter()
        .map(|field| {
            let judged = if field.judged { "judged " } else { "" };
            format!("{judged}{}={}", field.key.text, value(&field.value))
        })
        .collect();
    all.join(" ")
}

/// A value of an example.
pub fn value(one: &Value) -> String {
    let mut out = match &one.kind {
        ValueKind::Number { comparator, number, unit } => {
            let sign = comparator.map_or(String::new(), |op| format!("{op:?}:"));
            let unit = unit.as_ref().map_or(String::new(), |unit| format!("'{}'", unit.text));
            format!("{sign}{}{unit}", number.text)
        }
        ValueKind::Word(word) => code(word),
        ValueKind::Date(date) => format!("<{}>", date.text),
        ValueKind::Object(all) => format!("{{{}}}", fields(all)),
        ValueKind::List(values) => {
            format!("[{}]", values.iter().map(value).collect::<Vec<_>>().join(" "))
        }
    };
    let beside = one.details.as_deref().cloned().unwrap_or_default();
    if let Some(at) = &beside.at {
        out += &format!("@{}", at.text);
    }
    if let Some(limit) = &beside.uln {
        out += &format!(" uln {}", limit.text);
    }
    if let Some(limit) = &beside.lln {
        out += &format!(" lln {}", limit.text);
    }
    if !beside.attributes.is_empty() {
        out += &format!("({})", fields(&beside.attributes));
    }
    out
}

fn optional(text: &Option<Text>) -> String {
    text.as_ref().map_or(String::new(), |text| format!(" <{}>", text.text))
}

fn id(id: &Option<Name>) -> String {
    id.as_ref().map_or(String::new(), |id| format!(" [{}]", id.text))
}

/// A statement, its `##` text first.
pub fn statement(one: &Statement) -> String {
    let doc = one.doc.as_ref().map_or(String::new(), |doc| format!("##{doc}## "));
    let body = match &one.kind {
        StatementKind::Trial(trial) => {
            let entries: Vec<String> = trial
                .entries
                .iter()
                .map(|entry| {
                    let value = match &entry.value {
                        TrialValue::Text(text) => format!("<{}>", text.text),
                        TrialValue::Number(number) => number.text.clone(),
                        TrialValue::Name(name) => name.text.clone(),
                        TrialValue::Date(date) => date.text.clone(),
                        TrialValue::Results(results) => format!("count {}", results.in_words()),
                    };
                    let as_of = entry.as_of.as_ref().map_or(String::new(), |date| format!("@{}", date.text));
                    format!("{}={value}{as_of}", entry.key.text)
                })
                .collect();
            let id = trial.id.as_ref().map_or("-", |id| &id.text);
            format!("trial {id}{} {{{}}}", optional(&trial.title), entries.join(" "))
        }
        StatementKind::Vocabulary { name, title } => {
            format!("vocabulary {}{}", name.text, optional(title))
        }
        StatementKind::Use(UseTarget::Shipped(name)) => format!("use {}", name.text),
        StatementKind::Use(UseTarget::Path(path)) => format!("use <{}>", path.text),
        StatementKind::Anchor { name, text, after } => {
            let after = after.as_ref().map_or(String::new(), |after| format!(" after {}", after.text));
            format!("anchor {}{}{after}", name.text, optional(text))
        }
        StatementKind::Fact { name, ty, modifiers: all } => {
            format!("fact {}: {}{}", name.text, value_type(ty), modifiers(all))
        }
        StatementKind::Kind { word, name, modifiers: all } => {
            format!("{} {}{}", format!("{word:?}").to_lowercase(), name.text, modifiers(all))
        }
        StatementKind::Group { name, modifiers: all, members } => {
            format!("group {}{} {{{}}}", name.text, modifiers(all), words(members))
        }
        StatementKind::Extend { name, values, modifiers: all } => {
            let values: String = values.iter().map(|values| format!(" {}", value_type(values))).collect();
            format!("extend {}{values}{}", name.text, modifiers(all))
        }
        StatementKind::ExtendGroup { name, modifiers: all, members } => {
            format!("extend-group {}{} {{{}}}", name.text, modifiers(all), words(members))
        }
        StatementKind::Unit { spelling, unit } => {
            format!("unit <{}> '{}'", spelling.text, unit.text)
        }
        StatementKind::Define { name, body } => format!("define {} {}", name.text, expr(body)),
        StatementKind::Criterion { polarity, id: number, clause: asked } => {
            format!("{}{} {}", format!("{polarity:?}").to_lowercase(), id(number), clause(asked))
        }
        StatementKind::Assert { id: number, text, body } => {
            format!("assert{} <{}> {}", id(number), text.text, expr(body))
        }
        StatementKind::Note { id: number, text } => format!("note{} <{}>", id(number), text.text),
        StatementKind::Example(example) => {
            let like = example.like.as_ref().map_or(String::new(), |like| format!(" like <{}>", like.text));
            let expected: Vec<String> = example
                .expectations
                .iter()
                .map(|one| match &one.kind {
                    ExpectationKind::Verdict { verdict, at } => {
                        let at = at.as_ref().map_or(String::new(), |at| format!("@{}", at.text));
                        format!("verdict:{}{at}", verdict.text)
                    }
                    ExpectationKind::Criterion { id, outcome } => {
                        format!("{}:{}", id.text, outcome.text)
                    }
                })
                .collect();
            format!("example <{}>{like} {{{}}} {}", example.name.text, fields(&example.fields), expected.join(" "))
                .trim_end()
                .to_owned()
        }
    };
    format!("{doc}{body}")
}

//! The untyped tree: a file as written. It knows spans, comments and spellings; it knows nothing of names, types,
//! units' meanings or which words are facts.

use crate::ir::{EntryKind, Limit, Polarity};
use crate::source::Span;

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A string literal, escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Its place, quotes included.
    pub span: Span,
}

/// A number literal, as written without `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Sign, digits, maybe a fraction, maybe an exponent.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A unit as written (`x10^9/L`, `mg/day`, `µmol/L`), without surrounding brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The spelling.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A calendar date literal, as written (`2026`, `2026-03`, `2026-03-01T09:00`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateText {
    /// The spelling.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A comment that is not a statement's `##` text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its `#`.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A parsed file. Statements that did not parse are absent here and present as diagnostics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// In source order.
    pub statements: Vec<Statement>,
    /// Every comment, `##` texts too, in source order.
    pub comments: Vec<Comment>,
    /// Names whose declarations, or attributes whose types, did not parse: reported here, so their uses are not
    /// reported as unknown.
    pub broken: Vec<Name>,
}

/// A statement with its `##` text.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The `##` lines right before it, marks stripped, joined by line ends.
    pub doc: Option<String>,
    /// From the statement word to the last token.
    pub span: Span,
    /// The statement word alone.
    pub word: Span,
    /// What it is.
    pub kind: StatementKind,
}

/// The statements.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `trial NCT06297408 "title" { .. }`
    Trial(Trial),
    /// `vocabulary sle "title"`
    Vocabulary {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Text>,
    },
    /// `use sle`, `use "./site.elig"`
    Use(UseTarget),
    /// `anchor infusion "text" after lymphodepletion`
    Anchor {
        /// Its name.
        name: Name,
        /// A line for people.
        text: Option<Text>,
        /// The anchor it follows in time.
        after: Option<Name>,
    },
    /// `fact platelets: quantity [10*9/L] possible 0..5000`
    Fact {
        /// Its name.
        name: Name,
        /// Its type.
        ty: Type,
        /// Everything behind the type.
        modifiers: Vec<Modifier>,
    },
    /// `event`, `condition` or `drug`
    Kind {
        /// Which of the three words.
        word: EntryKind,
        /// Its name.
        name: Name,
        /// Codes, attributes and the rest.
        modifiers: Vec<Modifier>,
    },
    /// `group immunosuppressant { mycophenolate, .. }`
    Group {
        /// Its name.
        name: Name,
        /// Codes and the rest.
        modifiers: Vec<Modifier>,
        /// Its members.
        members: Vec<Name>,
    },
    /// `extend growth_factor { long_acting: yes_no }`, `extend ana one of { borderline }`
    Extend {
        /// The fact or kind.
        name: Name,
        /// `one of { .. }`: values added to a coded fact.
        values: Vec<Type>,
        /// Attributes and codes added.
        modifiers: Vec<Modifier>,
    },
    /// `extend group immunosuppressant { voclosporin }`
    ExtendGroup {
        /// The group.
        name: Name,
        /// Codes added.
        modifiers: Vec<Modifier>,
        /// Members added.
        members: Vec<Name>,
    },
    /// `unit "cells/mcL" = /uL`
    Unit {
        /// The spelling added.
        spelling: Text,
        /// The unit it stands for.
        unit: Unit,
    },
    /// `define bmi = weight / height^2`
    Define {
        /// Its name.
        name: Name,
        /// What it stands for.
        body: Expr,
    },
    /// `require` or `exclude`
    Criterion {
        /// Which of the two.
        polarity: Polarity,
        /// The protocol's number.
        id: Option<Name>,
        /// What is asked.
        clause: Clause,
    },
    /// `note [E7.1] "text"`
    Note {
        /// The protocol's number.
        id: Option<Name>,
        /// The instruction.
        text: Text,
    },
    /// `example "name" like "other" { .. } expect ..`
    Example(Example),
}

/// The trial's own block.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// `NCT06297408`
    pub id: Option<Name>,
    /// The title.
    pub title: Option<Text>,
    /// The entries of the block, in order.
    pub entries: Vec<TrialEntry>,
}

/// `sponsor "..."`, `phase 1`, `source "..." as of 2024-03`, `anchor screening`
#[derive(Debug, Clone, PartialEq)]
pub struct TrialEntry {
    /// The key.
    pub key: Name,
    /// The value.
    pub value: TrialValue,
    /// `as of DATE`.
    pub as_of: Option<DateText>,
}

/// A value in the trial block.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialValue {
    /// In quotes.
    Text(Text),
    /// A number.
    Number(Number),
    /// A bare name.
    Name(Name),
    /// A date.
    Date(DateText),
}

/// What `use` names.
#[derive(Debug, Clone, PartialEq)]
pub enum UseTarget {
    /// A shipped vocabulary.
    Shipped(Name),
    /// A file, relative to the one that uses it.
    Path(Text),
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// The types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// `quantity [mg/dL]`
    Quantity(Unit),
    /// `score 0..105 step 1`
    Score {
        /// Least.
        low: Number,
        /// Most.
        high: Number,
        /// Smallest difference; 1 when unsaid.
        step: Option<Number>,
    },
    /// `class I < II`, `grade 0..5`, `ordinal A > B`: the levels in *ascending* order.
    Ordinal {
        /// `class`, `grade` or `ordinal`.
        scale: Name,
        /// Ascending; `grade 0..5` is expanded.
        levels: Vec<Name>,
    },
    /// `one of {a, b}`
    OneOf(Vec<Name>),
    /// `yes_no`
    YesNo,
    /// `date`
    Date,
}

/// Something said behind a declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub kind: ModifierKind,
}

/// The modifiers.
#[derive(Debug, Clone, PartialEq)]
pub enum ModifierKind {
    /// `possible 0..5000`
    Possible(Number, Number),
    /// `plausible 5..1500`
    Plausible(Number, Number),
    /// `molar 584.66 g/mol`
    Molar(Number, Unit),
    /// `uln`
    Uln,
    /// `lln`
    Lln,
    /// `timeless`: has no date
    Timeless,
    /// `absent means no`
    AbsentMeansNo,
    /// `else EXPR`
    Else(Expr),
    /// `equates [[iU]/L]`
    Equates(Unit),
    /// `scale [%] = 0.09148 x [mmol/mol] + 2.152 source ".."`
    Scale(Box<Scale>),
    /// `half_life 11 d`
    HalfLife(Number, Unit),
    /// `loinc "777-3" "26515-7" source "where from"`
    Codes {
        /// `loinc`, `snomed`, `rxnorm`, `atc`, `omop`, `ctcae`.
        system: Name,
        /// The codes, preferred first.
        codes: Vec<Text>,
        /// Where they were read.
        source: Option<Text>,
    },
    /// `{ site: one of {..}, cured: yes_no }`
    Attributes(Vec<Attribute>),
}

/// `scale [%] = 0.09148 x [mmol/mol] + 2.152 source ".."`: a value on the one scale from one on the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The unit whose values the rule gives.
    pub unit: Unit,
    /// What the other value is multiplied by.
    pub factor: Fraction,
    /// The unit whose values the rule takes.
    pub of: Unit,
    /// What is added.
    pub offset: Option<Fraction>,
    /// Where the rule was read.
    pub source: Text,
}

/// `0.09148`, `5/9`
#[derive(Debug, Clone, PartialEq)]
pub struct Fraction {
    /// The number above the line, or the only one.
    pub above: Number,
    /// The number below it.
    pub below: Option<Number>,
}

/// An attribute of an entry or of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its `##` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// `possible`, `plausible`, codes.
    pub modifiers: Vec<Modifier>,
}

/// What a criterion asks: a condition, further bounds under conditions, and one `when` or `unless`.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// The first condition.
    pub main: Expr,
    /// `, or < 3.0 mg/dL when gilbert_syndrome`, in order.
    pub alternatives: Vec<Alternative>,
    /// `when D` or `unless D`.
    pub guard: Option<Guard>,
}

/// `, or BODY when CONDITION`.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// From `or` to the end.
    pub span: Span,
    /// A condition, or one that begins with a bare comparison (its subject is then [`ExprKind::Elided`]).
    pub body: Expr,
    /// When it counts.
    pub when: Expr,
}

/// `when D` or `unless D`.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// The word's place.
    pub word: Span,
    /// `unless` rather than `when`.
    pub unless: bool,
    /// The condition.
    pub condition: Expr,
}

/// An expression: a condition or a quantity, which of them only the checker knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `a or b or c`, flat.
    Or(Vec<Expr>),
    /// `a and b and c`, flat.
    And(Vec<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `any of {..}` and its kin.
    Block {
        /// Which.
        quantifier: BlockQuantifier,
        /// The items.
        items: Vec<Expr>,
    },
    /// Something with comparisons, windows, exceptions behind it.
    Tailed {
        /// What they are said of.
        subject: Box<Expr>,
        /// In source order, at least one.
        tails: Vec<Tail>,
    },
    /// `a + b`, `a * b`, `a ^ b`
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// The operator's place.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `min(a, b)`, `max(a, b)`
    Call {
        /// `min` or `max`.
        function: Name,
        /// At least one.
        arguments: Vec<Expr>,
    },
    /// `if sex is female then 0.85 else 1`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// When it holds.
        then: Box<Expr>,
        /// When it does not.
        otherwise: Box<Expr>,
    },
    /// `7.5 mg/day`, `7`
    Literal {
        /// The number.
        number: Number,
        /// The unit, when one is written.
        unit: Option<Unit>,
    },
    /// `2.5 x ULN`
    TimesLimit {
        /// The factor.
        factor: Number,
        /// ULN or LLN.
        limit: Limit,
    },
    /// `class III`, `grade 1`
    Level {
        /// `class` or `grade`.
        scale: Name,
        /// The level.
        level: Name,
    },
    /// A fact, a kind, a definition, a code or a level: a name with what stands before and right behind it.
    Term(Term),
    /// The subject left out in `, or < 3.0 mg/dL when ..`.
    Elided,
    /// `judged "text" by sponsor`
    Judged {
        /// The question.
        text: Text,
        /// Who answers; the investigator when unsaid.
        by: Option<Name>,
    },
    /// `todo "text"`
    Todo(Text),
    /// A part that did not parse and has been reported; silences everything that depends on it.
    Broken,
}

/// A subject with prefixes and a filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// In source order.
    pub prefixes: Vec<Prefix>,
    /// One name, or several in braces.
    pub subjects: Vec<Name>,
    /// Whether braces were written.
    pub braced: bool,
    /// `(nyha >= class III)`
    pub filter: Option<Box<Expr>>,
}

/// A word before a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefix {
    /// Its place.
    pub span: Span,
    /// Which.
    pub kind: PrefixKind,
}

/// The prefixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrefixKind {
    /// Began before the anchor.
    Prior,
    /// Runs at the anchor.
    Current,
    /// Is planned.
    Planned,
    /// None.
    No,
    /// Any at all.
    Any,
    /// The last result at or before the anchor.
    Latest,
    /// The highest result.
    Highest,
    /// The lowest result.
    Lowest,
    /// Every result.
    Every,
    /// `at least 2`
    AtLeast(u32),
    /// `at most 2`
    AtMost(u32),
    /// `exactly 2`
    Exactly(u32),
    /// Count kinds, not entries.
    Distinct,
}

/// How many of a block's items must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockQuantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
    /// Not one.
    None,
    /// At least so many.
    AtLeast(u32),
    /// At most so many.
    AtMost(u32),
    /// Just so many.
    Exactly(u32),
}

/// `+ - * / ^`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// `>= > <= < == !=`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `>=`
    Ge,
    /// `>`
    Gt,
    /// `<=`
    Le,
    /// `<`
    Lt,
    /// `==`
    Eq,
    /// `!=`
    Ne,
}

/// Something behind a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Tail {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub kind: TailKind,
}

/// The tails.
#[derive(Debug, Clone, PartialEq)]
pub enum TailKind {
    /// `>= 7`
    Compare {
        /// The operator.
        op: CompareOp,
        /// Its place.
        op_span: Span,
        /// The right side.
        right: Box<Expr>,
    },
    /// `between 18 and 70 years`
    Between {
        /// The lower end; takes the upper end's unit when it has none.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
    },
    /// `is positive`, `is not positive`, `is class III`
    Is {
        /// `is not`.
        negated: bool,
        /// A code or a level.
        value: CodeWord,
    },
    /// `in {echo, muga}`, `not in {..}`
    InSet {
        /// `not in`.
        negated: bool,
        /// The codes or levels.
        values: Vec<CodeWord>,
    },
    /// `in kg`: the plain number of so many.
    InUnit(Unit),
    /// A window.
    Window(Window),
    /// `lasting at least 14 days`, `lasting more than 14 days`
    Lasting {
        /// `more than` rather than `at least`.
        strict: bool,
        /// How long.
        length: Length,
    },
    /// `except (filter)`
    Except(Box<Expr>),
}

/// A code or level as written: `positive`, `class III`, `III`, `2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeWord {
    /// `class` or `grade`, when written.
    pub scale: Option<Name>,
    /// The word.
    pub word: Name,
}

/// `6 months`, `3 half_lives`.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// Its place.
    pub span: Span,
    /// How many.
    pub number: Number,
    /// Of what; `None` when it was left out.
    pub unit: Option<Name>,
}

/// A window about an anchor.
#[derive(Debug, Clone, PartialEq)]
pub enum Window {
    /// `within 6 months before A`; `side` is `None` when no direction is written (an error the checker words).
    Within {
        /// How long.
        length: Length,
        /// Before, after, or of.
        side: Option<Side>,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
    /// `before A`
    Before(Name),
    /// `after A`
    After(Name),
    /// `at A`
    At(Name),
    /// `more than 6 months before A` (strict) or `at least 6 months before A`.
    Beyond {
        /// `more than` rather than `at least`.
        strict: bool,
        /// How long.
        length: Length,
        /// Before or after; never of.
        side: Side,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
    /// `for at least 2 months before A`
    Throughout {
        /// How long.
        length: Length,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
}

/// Which side of the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Up to the anchor.
    Before,
    /// From the anchor on.
    After,
    /// Both ways.
    Of,
}

/// An example record and what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: Text,
    /// The example whose fields it starts from.
    pub like: Option<Text>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What is expected.
    pub expectations: Vec<Expectation>,
}

/// `sledai2k: 7`, `judged E18: no`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub key: Name,
    /// `judged` was written before the key.
    pub judged: bool,
    /// The value.
    pub value: Value,
}

/// A value of an example record.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
    /// What is said of it behind it, when anything is.
    pub beside: Option<Box<Beside>>,
}

/// What is said of a value behind it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// `at 2026-02-27`
    pub at: Option<DateText>,
    /// `uln 40`
    pub uln: Option<Number>,
    /// `lln 10`
    pub lln: Option<Number>,
    /// `(method: echo)`
    pub attributes: Vec<Field>,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// `150 x10^9/L`, `< 9 mg/dL`, `7`
    Number {
        /// A censored result.
        comparator: Option<CompareOp>,
        /// The number.
        number: Number,
        /// The unit.
        unit: Option<Unit>,
    },
    /// `positive`, `yes`, `no`, `none`, `unknown`, `running`, `class III`
    Word(CodeWord),
    /// `2026-02-27`
    Date(DateText),
    /// `{ start: 2024-06 }`
    Object(Vec<Field>),
    /// `[ .. ]`
    List(Vec<Value>),
}

/// `I7 pass`, `verdict eligible at screening`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Its place.
    pub span: Span,
    /// What is expected of what.
    pub kind: ExpectationKind,
}

/// The kinds of expectation.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectationKind {
    /// `verdict eligible at screening`
    Verdict {
        /// `eligible`, `ineligible` or `undetermined`.
        verdict: Name,
        /// The stage; the last one when unsaid.
        at: Option<Name>,
    },
    /// `I7 pass`
    Criterion {
        /// The criterion's id.
        id: Name,
        /// `pass`, `fail` or `unknown`.
        outcome: Name,
    },
}

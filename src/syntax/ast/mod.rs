//! The untyped tree: a file as written. It knows spans, comments and spellings; it knows nothing of names, types,
//! units' meanings or which words are facts.

mod declaration;
mod example;
mod expression;
mod literal;
mod statement;
mod window;

pub use declaration::{Attribute, Equivalent, Fraction, Modifier, ModifierKind, Scale, Type, TypeKind};
pub use example::{Example, Expectation, ExpectationKind, Field, Value, ValueDetails, ValueKind};
pub use expression::{
    Alternative, ArithmeticOp, BlockQuantifier, Clause, CodeWord, DailyDose, EntryPoint, Expr, ExprKind, Guard, Prefix,
    PrefixKind, Tail, TailKind, Term, Window, WindowAnchor,
};
pub use literal::{Comment, DateText, Name, Number, Text, Unit};
pub use statement::{File, Statement, StatementKind, Trial, TrialEntry, TrialValue, UseTarget};
pub use window::{Length, ResultsCount, Side};

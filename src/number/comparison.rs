//! A comparison of two numbers.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::rational::Rational;

/// A comparison of two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Comparison {
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

/// Where the numbers are that meet a comparison with a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the bound up: `>=`, `>`.
    Up,
    /// From the bound down: `<=`, `<`.
    Down,
    /// On both sides of it, or on none.
    Neither,
}

impl Comparison {
    /// Where the numbers are that meet it.
    pub fn direction(self) -> Direction {
        match self {
            Comparison::Ge | Comparison::Gt => Direction::Up,
            Comparison::Le | Comparison::Lt => Direction::Down,
            Comparison::Eq | Comparison::Ne => Direction::Neither,
        }
    }

    /// The numbers left of a bound about which its answer may change.
    pub fn turns(self, bound: &Rational) -> Vec<Rational> {
        match self {
            Comparison::Ge | Comparison::Gt | Comparison::Le | Comparison::Lt | Comparison::Eq | Comparison::Ne => {
                vec![bound.clone()]
            }
        }
    }

    /// The sign in ASCII: `>=`, `>`, `<=`, `<`, `==`, `!=`.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Ge => ">=",
            Comparison::Gt => ">",
            Comparison::Le => "<=",
            Comparison::Lt => "<",
            Comparison::Eq => "==",
            Comparison::Ne => "!=",
        }
    }

    /// The comparison that answers no where this one answers yes: `>=` gives `<`.
    pub fn negated(self) -> Comparison {
        match self {
            Comparison::Ge => Comparison::Lt,
            Comparison::Gt => Comparison::Le,
            Comparison::Le => Comparison::Gt,
            Comparison::Lt => Comparison::Ge,
            Comparison::Eq => Comparison::Ne,
            Comparison::Ne => Comparison::Eq,
        }
    }

    /// The comparison that says the same with its sides swapped: `>=` gives `<=`.
    pub fn mirrored(self) -> Comparison {
        match self {
            Comparison::Ge => Comparison::Le,
            Comparison::Gt => Comparison::Lt,
            Comparison::Le => Comparison::Ge,
            Comparison::Lt => Comparison::Gt,
            Comparison::Eq => Comparison::Eq,
            Comparison::Ne => Comparison::Ne,
        }
    }

    /// The answer for two things in the given order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Ge => order.is_ge(),
            Comparison::Gt => order.is_gt(),
            Comparison::Le => order.is_le(),
            Comparison::Lt => order.is_lt(),
            Comparison::Eq => order.is_eq(),
            Comparison::Ne => order.is_ne(),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl FromStr for Comparison {
    type Err = ();

    /// Reads a sign as [`Comparison::symbol`] writes it, or `≥`, `≤`, `≠`.
    fn from_str(text: &str) -> Result<Comparison, ()> {
        match text {
            ">=" | "≥" => Ok(Comparison::Ge),
            ">" => Ok(Comparison::Gt),
            "<=" | "≤" => Ok(Comparison::Le),
            "<" => Ok(Comparison::Lt),
            "==" => Ok(Comparison::Eq),
            "!=" | "≠" => Ok(Comparison::Ne),
            _ => Err(()),
        }
    }
}

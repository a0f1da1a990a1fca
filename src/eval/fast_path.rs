//! Tests that a plain value answers alone, without its date, unit or attributes: nearly every test of nearly every
//! record.
//!
//! A record keeps one *word* of eight bytes for each fact and question, and a node that asks such a test is a *step*
//! that holds the bound or the wanted values and where each answer leads. Following steps touches nothing else.

use crate::ir::{Id, Table};
use crate::number::{Comparison, Rational};

use super::code::{Node, Target};
use crate::kleene::Tri;
use crate::record::fast_values::{ABSENT, OTHER};
use crate::tree::FactId;

/// A test's short form.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FastTest {
    /// A number against a constant.
    Number { slot: u32, bound: f64, below: Tri, equal: Tri, above: Tri },
    /// A code, level, yes/no or judgement, as a bit of `mask`.
    Word { slot: u32, mask: u64, absent: Tri },
    /// It has none.
    General,
}

impl FastTest {
    /// A fact against a bound; `None` where the bound is not the number that its nearest double is written as.
    pub(crate) fn number(slot: u32, op: Comparison, bound: f64, exact: &Rational) -> Option<FastTest> {
        // Then two values compare as their doubles do: distinct doubles are written as distinct decimals, in order.
        if Rational::from_f64_shortest(bound).as_ref() != Some(exact) {
            return None;
        }
        let (below, equal, above) = match op {
            Comparison::Ge => (Tri::No, Tri::Yes, Tri::Yes),
            Comparison::Gt => (Tri::No, Tri::No, Tri::Yes),
            Comparison::Le => (Tri::Yes, Tri::Yes, Tri::No),
            Comparison::Lt => (Tri::Yes, Tri::No, Tri::No),
            Comparison::Eq => (Tri::No, Tri::Yes, Tri::No),
            Comparison::Ne => (Tri::Yes, Tri::No, Tri::Yes),
        };
        Some(FastTest::Number { slot, bound, below, equal, above })
    }

    /// A yes/no value or a judgement.
    pub(crate) fn yes(slot: u32, absent: Tri) -> FastTest {
        FastTest::Word { slot, mask: 1 << u64::from(true), absent }
    }
}

/// A node whose test has a short form.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Instr {
    Number {
        slot: u32,
        bound: f64,
        below: Target,
        equal: Target,
        above: Target,
        unknown: Target,
    },
    Word {
        slot: u32,
        mask: u64,
        yes: Target,
        no: Target,
        absent: Target,
    },
    /// Asked in full.
    General,
}

impl Instr {
    pub(crate) fn new(node: &Node, check: FastTest) -> Instr {
        match check {
            FastTest::Number { slot, bound, below, equal, above } => Instr::Number {
                slot,
                bound,
                below: node.next(below),
                equal: node.next(equal),
                above: node.next(above),
                unknown: node.unknown,
            },
            FastTest::Word { slot, mask, absent } => {
                Instr::Word { slot, mask, yes: node.yes, no: node.no, absent: node.next(absent) }
            }
            FastTest::General => Instr::General,
        }
    }

    /// Where a record's words lead; `None` where only the test in full can tell.
    #[inline]
    pub(crate) fn next(&self, words: &[u64]) -> Option<Target> {
        let word = |slot: u32| words.get(slot as usize).copied().unwrap_or(ABSENT);
        match *self {
            Instr::Number { slot, bound, below, equal, above, unknown } => {
                let word = word(slot);
                let value = f64::from_bits(word);
                if value > bound {
                    Some(above)
                } else if value < bound {
                    Some(below)
                } else if word == ABSENT {
                    Some(unknown)
                } else if word == OTHER {
                    None
                } else {
                    Some(equal)
                }
            }
            Instr::Word { slot, mask, yes, no, absent } => {
                let word = word(slot);
                if word < 64 {
                    Some(if mask >> word & 1 == 1 { yes } else { no })
                } else if word == ABSENT {
                    Some(absent)
                } else {
                    None
                }
            }
            Instr::General => None,
        }
    }
}

/// For each fact, the bounds that short tests compare it with.
pub(crate) fn bounds(checks: &[FastTest], facts: usize) -> Table<FactId, Vec<f64>> {
    let mut bounds = Table::default();
    bounds.refill(facts, Vec::new());
    for check in checks {
        if let FastTest::Number { slot, bound, .. } = check
            && let Some(list) = bounds.get_mut(FactId::new(*slot as usize))
            && !list.contains(bound)
        {
            list.push(*bound);
        }
    }
    bounds
}

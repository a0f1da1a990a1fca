//! Random programs and records over one small vocabulary, each made from a tape of numbers.
//!
//! A tape that ends gives zeros, and zero always chooses what is simplest: so a shorter tape makes a simpler program,
//! and shrinking the tape shrinks what was made from it.

pub mod program;
pub mod record;
pub mod refine;
pub mod world;

/// Numbers to choose by.
#[derive(Debug, Clone)]
pub struct Tape {
    numbers: Vec<u32>,
    at: usize,
}

impl Tape {
    pub fn new(numbers: &[u32]) -> Tape {
        Tape { numbers: numbers.to_vec(), at: 0 }
    }

    fn next(&mut self) -> u32 {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        number
    }

    /// A number below `limit`, which is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap();
        usize::try_from((u64::from(self.next()) * limit) >> 32).unwrap()
    }

    /// Yes so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of some words.
    pub fn word<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// One of some.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

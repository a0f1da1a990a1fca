//! A picture as data: nodes, and the answers that lead from one to the next.

/// The decisions of one criterion; the first node is where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The criterion's number.
    pub title: String,
    /// Shared ones once.
    pub nodes: Vec<Node>,
    /// From a node to one that is behind it.
    pub edges: Vec<Edge>,
}

/// A test or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// In words.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A test with up to three ways on.
    Test,
    /// The criterion passes.
    Pass,
    /// It fails.
    Fail,
    /// It stays open.
    Unknown,
}

/// Where some answers lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Index of the test.
    pub from: usize,
    /// Index of what comes next.
    pub to: usize,
    /// The answers that lead there, in the order yes, no, unknown.
    pub answers: Vec<Answer>,
}

/// An answer of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    Unknown,
}

impl Answer {
    /// The word on an edge.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Unknown => "unknown",
        }
    }
}

impl Edge {
    /// `yes`, `no or unknown`
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.answers.iter().map(|answer| answer.word()).collect();
        words.join(" or ")
    }
}

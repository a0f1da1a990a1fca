//! The parser that pest makes from `grammar/elig.pest`, and its rules.

#[expect(missing_docs, reason = "pest writes one variant a rule; the rules carry their docs in the grammar")]
mod generated {
    /// The parser that pest makes from `grammar/elig.pest`.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/elig.pest"]
    pub struct Grammar;
}

pub(super) use generated::Grammar;
pub use generated::Rule;

//! A typed program in, its plain reading out: what the compiler understood, in the words of a protocol.
//!
//! The reading is made from the typed program alone, never from the source text, so that a slip in the program shows as
//! a sentence that says something else than the protocol. Two conditions that differ never read alike.

mod chosen;
mod condition;
mod doses;
mod glossary;
mod missing;
mod progress;
mod quantity;
mod reading;
mod time;
mod trial;
mod words;

pub mod render;

pub use progress::{Progress, State, Todo, progress};
pub use reading::{Entry, Item, Mark, Reading, Section, heading};
pub use trial::trial;

use reading::named;

use crate::typed::{Criterion, Program};

/// The reading of one criterion as Markdown, with the definitions it speaks of, for an editor's hover.
pub fn criterion(program: &Program, criterion: &Criterion) -> String {
    let words = words::Words::new(program);
    let entry = trial::criterion(&words, criterion);
    let mut wanted = Vec::new();
    named(entry.items.iter(), &mut wanted);
    let mut definitions = Vec::new();
    for own in program.definitions.iter().rev() {
        if wanted.contains(&words::spaced(&own.name)) {
            let own = trial::definition(&words, own);
            named(own.items.iter(), &mut wanted);
            definitions.push(own);
        }
    }
    std::iter::once(&entry).chain(definitions.iter().rev()).map(render::markdown::entry).collect::<Vec<_>>().join("\n")
}

//! Sentences of a protocol in a criterion: a statement with errors is searched for what people say in other words, and
//! what is to be written for it out.
//!
//! Each pattern is something that no right program holds. What it finds is one [`PhraseMatch`]: a message, and edits under
//! which the statement is read once more, so that the rest of it is judged as if that had been written.

mod bounds;
mod lists;
mod results;
mod sentence;
mod subjects;
mod token;
mod whole;
mod windows;

pub(super) use sentence::{Edit, PhraseMatch, Sentence};

impl Sentence<'_, '_, '_> {
    /// Everything said in other words, in the order of the text.
    pub fn phrase_matches(&self) -> Vec<PhraseMatch> {
        let groups = [
            whole::PATTERNS,
            windows::PATTERNS,
            lists::PATTERNS,
            subjects::PATTERNS,
            bounds::PATTERNS,
            results::PATTERNS,
            subjects::WORDS_IN_A_ROW,
        ];
        let mut found: Vec<PhraseMatch> = Vec::new();
        let mut at = self.first;
        let mut dosed = false;
        while at < self.tokens.len() {
            // Right as it is, though its words are those of people: `daily dose of K`, `as prednisone` behind it.
            if let Some(name) = self.words(at, &["daily", "dose", "of"]) {
                (at, dosed) = (name + usize::from(self.is_name(name)), true);
                continue;
            }
            if dosed && self.word(at) == "as" && self.is_name(at + 1) {
                at += 2;
                continue;
            }
            let phrase_match = groups.iter().flat_map(|group| group.iter()).find_map(|pattern| {
                pattern(self, at)
                    .filter(|phrase_match| phrase_match.upto > at && self.on_one_line(at..phrase_match.upto))
            });
            at += 1;
            if let Some(phrase_match) = phrase_match {
                at = phrase_match.upto;
                found.push(phrase_match);
            }
        }
        found
    }
}

//! The lines of a criteria section in, its items out, in order, with the protocol's own numbers. No word is lost.

use super::marker::{Marked, Sort, marked};
use super::record;

/// Which list an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Inclusion.
    Inclusion,
    /// Exclusion.
    Exclusion,
}

/// One criterion, or a line that introduces some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which list.
    pub side: Side,
    /// `5`, `5.1`; nothing for a line without a place in a list.
    pub number: Option<String>,
    /// Its words, lines joined.
    pub text: String,
    /// It only introduces the items under it.
    pub introduces: bool,
}

/// An open list.
struct Level {
    indent: usize,
    sort: Sort,
    /// The number of its latest item, with those of the lists around it.
    number: String,
    /// How many items it has.
    count: usize,
}

struct Reader {
    items: Vec<Item>,
    side: Side,
    levels: Vec<Level>,
    /// A blank line stands before the next one.
    gap: bool,
    /// Items without a list around them, counted for each side.
    loose: usize,
}

/// The items of a criteria section.
pub(super) fn items(section: &str) -> Vec<Item> {
    let mut reader =
        Reader { items: Vec::new(), side: Side::Inclusion, levels: Vec::new(), gap: true, loose: 0 };
    for line in section.lines() {
        let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
        let text = unescaped(line.trim());
        if text.is_empty() {
            reader.gap = true;
            continue;
        }
        reader.line(indent, &text);
        reader.gap = false;
    }
    reader.items
}

/// Markdown's backslashes taken away: `\>=` is `>=`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(letter);
    }
    out
}

impl Reader {
    fn line(&mut self, indent: usize, text: &str) {
        if let Some((side, rest)) = record::side_heading(text) {
            if side != self.side {
                self.loose = 0;
            }
            self.side = side;
            self.levels.clear();
            self.gap = true;
            if !rest.is_empty() {
                self.line(indent, rest);
            }
            return;
        }
        match marked(text) {
            Some(found) => self.marked(indent, &found),
            None => self.unmarked(text),
        }
    }

    fn marked(&mut self, indent: usize, found: &Marked<'_>) {
        let opens = self.items.last().is_some_and(|item| item.side == self.side && introduces(&item.text));
        // A deeper line opens a list inside the latest item, another marker does where that item announces one.
        let known = self.levels.iter().rposition(|level| level.sort == found.sort && level.indent == indent);
        let place = match known {
            Some(at) => Some(at),
            None => {
                let same = self.levels.iter().rposition(|level| level.sort == found.sort && level.indent.abs_diff(indent) <= 1);
                let deeper = self.levels.last().is_some_and(|level| indent > level.indent + 1 || opens);
                if deeper || self.levels.is_empty() { None } else { same.or_else(|| self.level_at(indent)) }
            }
        };
        let starts_anew = opens && found.number.as_deref() == Some("1") && self.levels.len() < 6;
        match place {
            Some(at) if !starts_anew => self.levels.truncate(at + 1),
            _ => {
                self.levels.push(Level { indent, sort: found.sort, number: String::new(), count: 0 });
            }
        }
        let parent = match self.levels.len().checked_sub(2).and_then(|at| self.levels.get(at)) {
            Some(level) => format!("{}.", level.number),
            None => String::new(),
        };
        if found.number.is_none() && parent.is_empty() {
            self.loose += 1;
        }
        let loose = self.loose;
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        level.count += 1;
        let own = match (&found.number, found.sort) {
            (Some(path), Sort::Path) => path.clone(),
            (Some(number), _) => format!("{parent}{number}"),
            (None, _) if parent.is_empty() => loose.to_string(),
            (None, _) => format!("{parent}{}", level.count),
        };
        level.number.clone_from(&own);
        // `.. screening. 7. Active organ involvement` holds a second item.
        let (text, more) = split_inline(found.rest);
        self.push(Some(own), text);
        if let Some(more) = more {
            self.line(indent, more);
        }
    }

    fn level_at(&self, indent: usize) -> Option<usize> {
        self.levels.iter().rposition(|level| level.indent <= indent)
    }

    fn unmarked(&mut self, text: &str) {
        let (text, more) = split_inline(text);
        let lower = text.starts_with(|letter: char| letter.is_lowercase());
        let wraps = !self.gap || lower;
        match self.items.last_mut() {
            Some(item) if wraps && item.side == self.side && !item.text.ends_with([':', '：']) => {
                item.text.push(' ');
                item.text.push_str(text);
            }
            Some(item) if wraps && lower && item.side == self.side => {
                item.text.push(' ');
                item.text.push_str(text);
            }
            _ if introduces(text) => {
                self.levels.clear();
                self.push(None, text);
            }
            _ => {
                self.levels.clear();
                self.loose += 1;
                let number = self.loose.to_string();
                self.push(Some(number), text);
            }
        }
        if let Some(more) = more {
            self.line(0, more);
        }
    }

    fn push(&mut self, number: Option<String>, text: &str) {
        let introduces = text.ends_with([':', '：']);
        self.items.push(Item { side: self.side, number, text: text.to_owned(), introduces });
    }
}

/// Whether a line announces items.
fn introduces(text: &str) -> bool {
    let small = text.to_lowercase();
    text.ends_with([':', '：'])
        || (text.len() < 200 && (small.contains("following") || small.contains("as below")) && small.contains("criteria"))
}

/// The first item of a line, and what follows where a second one is numbered inside it.
fn split_inline(text: &str) -> (&str, Option<&str>) {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(char::is_whitespace)) {
        let blank = at + found;
        at = blank + text.get(blank..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let (Some(before), Some(after)) = (text.get(..blank), text.get(at..)) else {
            break;
        };
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let ends = before.trim_end().ends_with(['.', ';', ':', '。', '；', '!', '?']);
        let behind = after.get(digits.len()..).unwrap_or_default();
        let words = behind.strip_prefix(". ").or_else(|| behind.strip_prefix(") ")).unwrap_or_default();
        let begins = words.starts_with(|letter: char| letter.is_uppercase() || !letter.is_ascii());
        if ends && begins && (1..=2).contains(&digits.len()) && !digits.starts_with('0') {
            return (before.trim_end(), Some(after));
        }
    }
    (text, None)
}

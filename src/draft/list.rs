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

/// Lists inside lists go no deeper.
const DEEPEST: usize = 6;

/// An open list.
struct Level {
    indent: usize,
    sort: Sort,
    /// The number of its latest item, with those of the lists around it.
    number: String,
    /// The number of its latest item, or how many items it has.
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
    let mut reader = Reader { items: Vec::new(), side: Side::Inclusion, levels: Vec::new(), gap: true, loose: 0 };
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
        let wanted = found.number.as_deref().and_then(|number| number.parse::<usize>().ok());
        match self.place(indent, found, wanted) {
            Some(at) => self.levels.truncate(at + 1),
            None => self.levels.push(Level { indent, sort: found.sort, number: String::new(), count: 0 }),
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
        level.count = wanted.unwrap_or(level.count + 1);
        level.sort = found.sort;
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

    /// The open list that an item goes on with; nothing where it begins one inside the latest item.
    fn place(&self, indent: usize, found: &Marked<'_>, wanted: Option<usize>) -> Option<usize> {
        let announced = self.items.last().is_some_and(|item| item.side == self.side && introduces(&item.text));
        let latest = self.levels.last()?;
        let deeper = indent > latest.indent + 1;
        if found.sort == Sort::Path {
            return Some(0);
        }
        let Some(wanted) = wanted else {
            // Bullets and letters: by their marker and how far they are set in.
            let same = |level: &Level| level.sort == found.sort && level.indent.abs_diff(indent) <= 1;
            let known = self.levels.iter().rposition(same);
            if announced && known.is_none_or(|at| at + 1 == self.levels.len()) && self.levels.len() < DEEPEST {
                let own = self.items.last().and_then(|item| item.number.as_deref());
                if known.is_none() || own == Some(latest.number.as_str()) && found.sort != Sort::Letter {
                    return None;
                }
            }
            let loose = known.is_none() && (deeper || found.sort != latest.sort) && self.levels.len() < DEEPEST;
            return if loose { None } else { known.or(Some(self.levels.len() - 1)) };
        };
        if wanted == 1 && (announced || deeper || found.sort != latest.sort) && self.levels.len() < DEEPEST {
            return None;
        }
        // Numbers that go on decide, for registries lose indentation.
        let next = self.levels.iter().rposition(|level| level.count + 1 == wanted);
        let room = || self.levels.iter().rposition(|level| level.count < wanted);
        next.or_else(room).or(Some(0))
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
        || (text.len() < 200
            && (small.contains("following") || small.contains("as below"))
            && small.contains("criteria"))
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
        let words = behind.strip_prefix(". ").or_else(|| behind.strip_prefix(')')).unwrap_or_default().trim_start();
        let begins = words.starts_with(|letter: char| letter.is_uppercase() || !letter.is_ascii());
        if ends && begins && (1..=2).contains(&digits.len()) && !digits.starts_with('0') {
            return (before.trim_end(), Some(after));
        }
    }
    (text, None)
}

//! The lines of a criteria section in, its items out, in order, with the protocol's own numbers. No word is lost, and an
//! item of which the section does not say for sure whether it includes or excludes has no side.

mod levels;
mod lines;

use super::heading::{self, Continuation, Heading, Place};
use super::inline;
use super::intro;
use super::item::{Item, Side};
use super::marker::{self, Marked, Sort, marked};
use super::phrase::{beginning, closes, in_brackets, phrase_in, words};
use super::tail;

/// Lists inside lists go no deeper.
const DEEPEST: usize = 6;

/// An open list.
struct Level {
    indent: usize,
    sort: Sort,
    /// The number of its latest item, with those of the lists around it.
    number: String,
    /// The place of its latest item.
    count: usize,
}

/// A text that is still to be read.
#[derive(Clone, Copy)]
struct Waiting<'t> {
    indent: usize,
    text: &'t str,
    /// A blank line is before it, or something as good.
    gap: bool,
    /// No heading begins inside it.
    plain: bool,
}

struct Reader<'t> {
    items: Vec<Item>,
    /// The rest of the line, the next text last.
    waiting: Vec<Waiting<'t>>,
    side: Option<Side>,
    levels: Vec<Level>,
    /// A blank line is before the next one.
    gap: bool,
    /// Items without a list around them, counted for each side.
    loose: usize,
    /// The latest item takes in what is under it, for its words say something else once they are taken apart: how many
    /// lists are open around and at it.
    whole: Option<usize>,
    /// A number that was on a line of its own: its item follows.
    pending: Option<usize>,
    /// No item has come since the heading.
    fresh: bool,
    /// The latest item is of lines without a marker: how many letters the last of them has.
    width: Option<usize>,
    /// The side was set by a heading that may as well are inside an item, such as `Exclusion:`; inside, what the list
    /// around it would go on with.
    brief: Option<Option<(Sort, usize)>>,
}

/// The items of a criteria section.
pub(super) fn items(section: &str) -> Vec<Item> {
    let lines: Vec<(usize, String)> = line_ends(section)
        .lines()
        .map(|line| {
            let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
            (indent, unescaped(line.trim()))
        })
        .collect();
    let mut reader = Reader {
        items: Vec::new(),
        waiting: Vec::new(),
        side: None,
        levels: Vec::new(),
        gap: true,
        loose: 0,
        whole: None,
        pending: None,
        fresh: true,
        width: None,
        brief: None,
    };
    for (at, (indent, text)) in lines.iter().enumerate() {
        if text.is_empty() {
            reader.gap = true;
            continue;
        }
        let later = lines.get(at + 1..).unwrap_or_default();
        reader.waiting.push(Waiting { indent: *indent, text, gap: reader.gap, plain: false });
        while let Some(next) = reader.waiting.pop() {
            reader.gap = next.gap;
            reader.line(next, later);
        }
        reader.gap = false;
    }
    reader.items
}

/// All that ends a line as one line end.
pub(super) fn line_ends(text: &str) -> String {
    let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    if text.contains(ends) { text.replace("\r\n", "\n").replace(ends, "\n") } else { text.to_owned() }
}

/// A line without its marker and its marks of emphasis.
pub(super) fn undecorated(line: &str) -> &str {
    let line = line.trim();
    let found = marked(line).or_else(|| marker::bare(line));
    bare(found.map_or(line, |found| found.rest))
}

fn bare(line: &str) -> &str {
    line.trim_matches(|letter: char| "#*_•\\".contains(letter) || letter.is_whitespace())
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

impl<'t> Reader<'t> {
    fn line(&mut self, next: Waiting<'t>, later: &[(usize, String)]) {
        let Waiting { indent, text, plain, .. } = next;
        if !plain && self.parts(next, later) {
            return;
        }
        if self.heading(indent, text, later) {
            return;
        }
        if self.fresh && tail::names_people(text) {
            // `Inclusion Criteria`, and below it `- Part 1`
            self.items.push(Item::new(self.side, None, text, true));
            return;
        }
        if let Some(number) = self.pending.take() {
            let rest =
                marked(text).filter(|found| found.number == Some(number.to_string())).map_or(text, |found| found.rest);
            self.marked(indent, text, &Marked { sort: Sort::Alone, number: Some(number.to_string()), rest });
            return;
        }
        if let Some(number) = marker::alone(text).filter(|number| self.goes_on_bare(*number, Sort::Alone))
            && !self.hangs()
            && self.in_brackets_to(text) == 0
            && !self.items.last().is_some_and(|item| !self.gap && !self.fresh && inline::counts(&item.text))
            && following(later).is_none_or(|next| next != text && !next.starts_with(char::is_lowercase))
        {
            self.pending = Some(number);
            return;
        }
        if self.fresh && text.len() < 8 && matches!(text.to_lowercase().as_str(), "number" | "id" | "no." | "nr") {
            return;
        }
        if let Some(found) = self.bare(text, later) {
            self.marked(indent, text, &found);
            return;
        }
        let found = marked(text).filter(|found| self.is_expected(indent, found));
        if found.as_ref().is_none_or(|found| found.number.is_none()) {
            let words = found.as_ref().map_or(text, |found| found.rest);
            if intro::is_note(words) {
                self.remark(words);
                return;
            }
        }
        match found {
            Some(found) => self.marked(indent, text, &found),
            None => self.unmarked(indent, text),
        }
    }

    /// Whether headings begin inside the line, which is then read in parts.
    fn parts(&mut self, next: Waiting<'t>, later: &[(usize, String)]) -> bool {
        let Waiting { indent, text, gap, .. } = next;
        let brief = self.brief.is_some() || is_brief(text);
        let mut places = heading::inside(text);
        // The line may begin with a heading behind a marker.
        let first = text.find(undecorated(text)).unwrap_or(0);
        let first = first.max(self.in_brackets_to(text));
        places.retain(|(at, full)| *at > first && (*full || brief || text.get(*at..).is_some_and(inline::begins_list)));
        if places.last().is_some_and(|(at, _)| is_cut(text, *at, false, later)) {
            places.pop();
        }
        if places.is_empty() {
            return false;
        }
        let mut end = text.len();
        for (at, _) in places.iter().rev() {
            if let Some(part) = text.get(*at..end) {
                self.waiting.push(Waiting { indent, text: part.trim_end(), gap: true, plain: true });
                end = *at;
            }
        }
        let before = text.get(..end).unwrap_or_default().trim_end().trim_end_matches(['*', '_', '#']).trim_end();
        self.then(indent, before, gap);
        true
    }

    /// More of the line.
    fn then(&mut self, indent: usize, text: &'t str, gap: bool) {
        if !text.is_empty() {
            self.waiting.push(Waiting { indent, text, gap, plain: true });
        }
    }

    /// Whether the line is the heading of a list, and what follows is read as that list.
    fn heading(&mut self, indent: usize, text: &'t str, later: &[(usize, String)]) -> bool {
        let open = !self.gap && self.items.last().is_some_and(|item| in_brackets(&item.text));
        let named = || {
            let found = phrase_in(text, &words(beginning(text, 400)), 0);
            found.is_some_and(|found| is_cut(text, found.start, open, later))
        };
        if self.in_brackets_to(text) > 0 || named() {
            return false;
        }
        let found = marked(text).or_else(|| marker::bare(text));
        let is_marked = found.is_some() || self.pending.is_some();
        let line = found.as_ref().map_or(text, |found| found.rest);
        let line = bare(line);
        let last = self.items.last().filter(|_| !self.fresh);
        let place = Place {
            side: self.side,
            marked: is_marked,
            follows: !self.gap && last.is_some(),
            // Items of many lists end in a comma.
            hangs: last.is_some_and(|item| heading::hangs(&item.text) && !item.text.ends_with(',')),
            next: Continuation::of(later.first().map(|(_, line)| line.as_str())),
        };
        match heading::heading(line, place) {
            None => false,
            Some(Heading::Of { side, words, rest, brief }) => {
                let next = self.levels.first().map(|level| (level.sort, level.count + 1));
                let next = next.filter(|(_, next)| *next > 1);
                self.begin(side);
                self.brief = brief.then_some(next);
                if let Some(words) = words {
                    self.push(None, words, true);
                    self.fresh = true;
                }
                self.then(indent, rest, true);
                true
            }
            Some(Heading::AndText(side)) => {
                self.begin(Some(side));
                self.unmarked(indent, line);
                true
            }
            Some(Heading::Doubtful) => {
                self.begin(None);
                self.unmarked(indent, line);
                true
            }
        }
    }

    fn begin(&mut self, side: Option<Side>) {
        if side != self.side {
            self.loose = 0;
        }
        self.side = side;
        self.levels.clear();
        self.gap = true;
        self.whole = None;
        self.pending = None;
        self.fresh = true;
        self.width = None;
        self.brief = None;
    }

    fn marked(&mut self, indent: usize, line: &'t str, found: &Marked<'t>) {
        let places = found.places();
        if let Some(Some(next)) = self.brief {
            if places.contains(&next) {
                // `Exclusion:` stood inside an item, for the list around it goes on.
                self.begin(None);
            } else if places.contains(&(next.0, 1)) {
                self.brief = Some(None);
            }
        }
        self.fresh = false;
        self.width = None;
        let (at, sort, wanted) = self.place(indent, found, &places);
        match at {
            Some(at) => self.levels.truncate(at + 1),
            None => self.levels.push(Level { indent, sort, number: String::new(), count: 0 }),
        }
        let parent = match self.levels.len().checked_sub(2).and_then(|at| self.levels.get(at)) {
            Some(level) => format!("{}.", level.number),
            None => String::new(),
        };
        if found.number.is_none() && parent.is_empty() {
            self.loose += 1;
        }
        let loose = self.loose;
        let depth = self.levels.len();
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        level.count = wanted.unwrap_or(level.count + 1);
        level.sort = sort;
        let own = match (&found.number, found.sort) {
            (Some(path), Sort::Path) => path.clone(),
            (Some(number), _) => format!("{parent}{number}"),
            (None, _) if parent.is_empty() => loose.to_string(),
            (None, _) => format!("{parent}{}", level.count),
        };
        level.number.clone_from(&own);
        if let Some(whole) = self.whole {
            if depth > whole {
                self.append(line);
                return;
            }
            self.whole = None;
        }
        // `.. screening. 7. Active organ involvement` holds a second item.
        let (text, more) = inline::split(found.rest, sort, wanted);
        self.push(Some(own), text, false);
        if let Some(more) = more {
            self.then(indent, more, false);
        }
    }

    fn push(&mut self, number: Option<String>, text: &str, introduces: bool) {
        let ends = text.ends_with([':', '：']) && !in_brackets(text);
        let splits = intro::splits(self.side, text);
        if ends && !splits && !introduces {
            self.whole = Some(self.levels.len());
        }
        let introduces = introduces || ends && splits;
        self.items.push(Item::new(self.side, number, text, introduces));
    }
}

/// Whether a line begins with a heading of one word.
fn is_brief(text: &str) -> bool {
    let place = Place { side: None, marked: false, follows: false, hangs: false, next: Continuation::Begins };
    matches!(heading::heading(undecorated(text), place), Some(Heading::Of { brief: true, .. }))
}

/// Whether the name of a list at the end of a line is in a bracket that the next line closes:
/// `.. (see Exclusion Criteria:` / `3)`. The line before may have opened it.
fn is_cut(text: &str, at: usize, open: bool, later: &[(usize, String)]) -> bool {
    let last = text.get(at..).is_some_and(|name| name.len() < 60);
    let opened = last && (open || text.get(..at).is_some_and(in_brackets));
    let goes_on = |line: &&str| !line.is_empty() && marked(line).is_none_or(|found| found.number.is_none());
    let next: Vec<&str> = later.iter().take(3).map(|(_, line)| line.as_str()).take_while(goes_on).collect();
    opened && closes(&next.join(" ")) > 0
}

/// The next line that is not blank.
fn following(later: &[(usize, String)]) -> Option<&str> {
    later.iter().take(50).map(|(_, line)| line.as_str()).find(|line| !line.is_empty())
}

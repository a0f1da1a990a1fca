//! Lines without a marker: those that go on a text, and those that are an item or a remark.

use super::super::broken;
use super::super::item::Item;
use super::super::phrase::{closes, in_brackets};
use super::{Reader, Sort, heading, inline, intro};

/// A column of text is no narrower: a line that ends before, with room for the next word, ends on purpose.
const NARROWEST: usize = 60;

impl<'t> Reader<'t> {
    pub(super) fn unmarked(&mut self, indent: usize, text: &'t str) {
        let lower = text.starts_with(|letter: char| letter.is_lowercase());
        let wraps = (!self.gap || lower) && !self.fresh;
        let last = self.items.last().filter(|item| item.side == self.side);
        let takes_in = self.whole.is_some() && !self.gap;
        let open =
            last.is_some_and(|item| takes_in || lower || !item.text.ends_with([':', '：']) || in_brackets(&item.text));
        let width = text.chars().count();
        if wraps && open && !(self.whole.is_none() && self.own_line(text)) {
            self.width = self.width.map(|_| width);
            let (text, more) = inline::split(text, Sort::Point, None);
            self.append(text);
            if let Some(more) = more {
                self.then(indent, more, false);
            }
            return;
        }
        self.fresh = false;
        self.whole = None;
        self.levels.clear();
        self.width = Some(width);
        let (text, more) = inline::split(text, Sort::Point, None);
        if intro::announces(text) && intro::splits(self.side, text) {
            self.push(None, text, true);
        } else {
            self.loose += 1;
            let number = self.loose.to_string();
            self.push(Some(number), text, false);
        }
        if let Some(more) = more {
            self.then(indent, more, false);
        }
    }

    /// Whether a line without a marker, right below such a line, is an item of its own: a text that goes on would have
    /// had room on the line before.
    fn own_line(&self, text: &str) -> bool {
        let Some(width) = self.width.filter(|_| text.starts_with(char::is_uppercase)) else {
            return false;
        };
        let Some(item) = self.items.last() else {
            return false;
        };
        let first = text.split_whitespace().next().map_or(0, |word| word.chars().count());
        let room = width + 1 + first <= NARROWEST || item.text.ends_with([';', '；']);
        room && !heading::hangs(&item.text) && !in_brackets(&item.text)
    }

    /// Where a bracket closes that the text before a line has opened: `.. (see the` / `Exclusion Criteria)`.
    pub(super) fn in_brackets_to(&self, text: &str) -> usize {
        let open = !self.gap && !self.fresh && self.items.last().is_some_and(|item| in_brackets(&item.text));
        if open { closes(text) } else { 0 }
    }

    /// A remark goes with the item before it, or is before all.
    pub(super) fn remark(&mut self, text: &str) {
        let known =
            !self.fresh && self.items.last().is_some_and(|item| item.side == self.side && item.number.is_some());
        if known {
            self.append(text);
        } else {
            self.items.push(Item::new(self.side, None, text, true));
        }
    }

    /// More words of the latest item.
    pub(super) fn append(&mut self, text: &str) {
        if let Some(item) = self.items.last_mut() {
            let broken = broken::broken(&item.text, text);
            if !broken.as_ref().is_some_and(|broken| broken.glued) {
                item.text.push(' ');
            }
            item.broken = item.broken.take().or(broken.and_then(|broken| broken.doubt));
            item.text.push_str(text);
            let ends = text.ends_with([':', '：']) && !in_brackets(&item.text);
            item.introduces = ends && (item.introduces || intro::splits(item.side, &item.text));
            if ends && !item.introduces && self.whole.is_none() && item.number.is_some() {
                self.whole = Some(self.levels.len());
            }
        }
    }
}

//! The lists that are open at a line: whether a marker goes on with one of them, and which.

use super::super::phrase::in_brackets;
use super::{DEEPEST, Level, Marked, Reader, Sort, heading, inline, intro, marker};

impl<'t> Reader<'t> {
    /// Whether a number on a line of its own is the next of a list of such numbers.
    pub(super) fn goes_on_bare(&self, number: usize, sort: Sort) -> bool {
        match self.levels.last() {
            Some(level) => level.sort == sort && level.count + 1 == number,
            None => self.fresh && number == 1,
        }
    }

    /// `2<tab>Gives consent`, in a list of such.
    pub(super) fn bare(&self, text: &'t str, later: &[(usize, String)]) -> Option<Marked<'t>> {
        let found = marker::bare(text)?;
        let number = found.number.as_ref()?.parse().ok()?;
        let table = text.trim_start_matches(|letter: char| letter.is_ascii_digit()).starts_with('\t');
        let second = || {
            later
                .iter()
                .take(400)
                .any(|(_, line)| marker::bare(line).is_some_and(|next| next.number.as_deref() == Some("2")))
        };
        (self.goes_on_bare(number, Sort::Bare) && (number > 1 || table || second())).then_some(found)
    }

    /// Whether a marker is where one may, so that `1.5 ULN` and `C. difficile` stay words.
    pub(super) fn is_expected(&self, indent: usize, found: &Marked<'_>) -> bool {
        let last = self.items.last().filter(|item| item.side == self.side && !self.fresh);
        let ended = last.is_none_or(|item| item.text.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', ',']));
        let free = self.gap || ended;
        // `(see section` / `5.1)`
        let inside = last.is_some_and(|item| !self.gap && in_brackets(&item.text));
        // `at most` / `2. 5 x ULN`
        if !self.gap && found.number.is_some() && last.is_some_and(|item| heading::awaits(&item.text)) {
            return false;
        }
        if inside && found.number.is_some() && matches!(found.sort, Sort::Bracket | Sort::Letter | Sort::Path) {
            return false;
        }
        let next =
            |sort: Sort, place: usize| self.levels.iter().any(|level| level.sort == sort && level.count + 1 == place);
        match (&found.number, found.sort) {
            (None, Sort::Dash) => {
                let words = found.rest.starts_with(|letter: char| !letter.is_ascii_digit() && !letter.is_lowercase());
                free || words || self.levels.iter().any(|level| level.sort == Sort::Dash)
            }
            (None, _) => true,
            (Some(path), Sort::Path) => {
                let (around, own) = path.rsplit_once('.').unwrap_or_default();
                let own: usize = own.parse().unwrap_or_default();
                fn sibling<'l>(level: &'l Level, around: &str) -> Option<(&'l str, &'l str)> {
                    level.number.rsplit_once('.').filter(|(before, _)| *before == around)
                }
                let after = |level: &Level| {
                    sibling(level, around)
                        .and_then(|(_, last)| last.parse::<usize>().ok())
                        .is_some_and(|last| last + 1 == own)
                };
                let child = self.levels.iter().any(|level| level.number == around) && own == 1;
                let known = self.levels.iter().any(|level| sibling(level, around).is_some() || level.number == around);
                child || self.levels.iter().any(after) || free && (known || own == 1)
            }
            (Some(_), _) => {
                let places = found.places();
                let letters = places.iter().any(|(sort, _)| *sort != found.sort || *sort == Sort::Letter);
                let known = places.iter().any(|(sort, place)| next(*sort, *place));
                if letters {
                    // `A. baumannii` is no marker.
                    let name = found.number.as_ref().is_some_and(|number| number.starts_with(char::is_uppercase))
                        && found.rest.starts_with(char::is_lowercase);
                    return known && !name
                        || places.iter().any(|(_, place)| *place == 1) && !name && (free || !self.hangs());
                }
                let wanted = places.first().map_or(0, |(_, place)| *place);
                let around = matches!(self.brief, Some(Some(next)) if places.contains(&next));
                let first = wanted == 1 && !(self.hangs() && found.rest.starts_with(char::is_lowercase));
                let goes_on = around || first || self.levels.iter().any(|level| level.count + 1 == wanted);
                let aligned =
                    self.levels.iter().any(|level| level.indent.abs_diff(indent) <= 1 && level.sort == found.sort);
                free || goes_on || aligned && !self.hangs() && !last.is_some_and(|item| inline::counts(&item.text))
            }
        }
    }

    /// Whether the latest item ends in the middle of a sentence.
    pub(super) fn hangs(&self) -> bool {
        !self.gap && self.items.last().is_some_and(|item| heading::hangs(&item.text))
    }

    /// The open list that an item goes on with, or nothing where it begins one inside the latest item; the sort of its
    /// marker and its place in the list.
    pub(super) fn place(
        &self,
        indent: usize,
        found: &Marked<'_>,
        places: &[(Sort, usize)],
    ) -> (Option<usize>, Sort, Option<usize>) {
        let goes_on = |(sort, place): &&(Sort, usize)| {
            self.levels.iter().any(|level| level.sort == *sort && level.count + 1 == *place)
        };
        let best = places.iter().find(goes_on).or_else(|| places.iter().find(|(_, place)| *place == 1));
        let (sort, wanted) = match best.or(places.first()) {
            Some((sort, place)) => (*sort, Some(*place)),
            None => (found.sort, None),
        };
        if sort == Sort::Path {
            let first = found.number.as_ref().and_then(|path| path.split('.').next()?.parse().ok());
            return (if self.levels.is_empty() { None } else { Some(0) }, sort, first);
        }
        let announced = self.items.last().is_some_and(|item| item.side == self.side && intro::announces(&item.text));
        let Some(latest) = self.levels.last() else {
            return (None, sort, wanted);
        };
        let deeper = indent > latest.indent + 1;
        let room = self.levels.len() < DEEPEST;
        let at = match wanted {
            None => {
                // Bullets: by their marker and how far they are set in.
                let same = |level: &Level| level.sort == sort && level.indent.abs_diff(indent) <= 1;
                let known = self.levels.iter().rposition(same);
                let own = self.items.last().and_then(|item| item.number.as_deref());
                let first = announced && known.is_none_or(|at| at + 1 == self.levels.len()) && room;
                if first && (known.is_none() || own == Some(latest.number.as_str())) {
                    return (None, sort, wanted);
                }
                let loose = known.is_none() && (deeper || sort != latest.sort) && room;
                if loose { None } else { known.or(Some(self.levels.len() - 1)) }
            }
            Some(1) if (announced || deeper || sort != latest.sort) && room => None,
            Some(wanted) => {
                // Numbers that go on decide, for registries lose indentation.
                let exact = |level: &Level| level.sort == sort && level.count + 1 == wanted;
                let family = |level: &Level| is_number(level.sort) == is_number(sort);
                let next = |level: &Level| family(level) && level.count + 1 == wanted;
                let before = |level: &Level| family(level) && level.count < wanted;
                let deepest = |test: &dyn Fn(&Level) -> bool| self.levels.iter().rposition(test);
                deepest(&exact).or_else(|| deepest(&next)).or_else(|| deepest(&before)).or(Some(0))
            }
        };
        (at, sort, wanted)
    }
}

fn is_number(sort: Sort) -> bool {
    matches!(sort, Sort::Point | Sort::Bracket | Sort::Brackets | Sort::Circled | Sort::Bare | Sort::Alone | Sort::Path)
}

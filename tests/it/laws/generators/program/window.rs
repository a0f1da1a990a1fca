//! Windows, and whether several of them leave a day.

use super::author::Author;

/// A window's length.
const LENGTHS: &[(u32, &str)] = &[
    (7, "days"),
    (30, "days"),
    (1, "day"),
    (2, "weeks"),
    (4, "weeks"),
    (1, "month"),
    (6, "months"),
    (1, "year"),
    (2, "years"),
    (24, "hours"),
    (48, "hours"),
    (90, "minutes"),
    (0, "days"),
];

impl Author<'_> {
    /// Windows behind a fact, with a blank before each; mostly none.
    pub(super) fn windows_of_fact(&mut self, fact: usize) -> String {
        let declared = &self.world.facts[fact];
        if declared.timeless {
            if declared.otherwise.is_some() && self.shape.chance(60) {
                return format!(" at {}", self.anchor());
            }
            return String::new();
        }
        let count = [0, 1, 1, 2][self.shape.below(4)];
        let mut windows: Vec<String> = Vec::new();
        for _ in 0..count {
            let window = self.window(false, false);
            if leaves_a_day(windows.first(), &window) {
                windows.push(window);
            }
        }
        windows.iter().map(|window| format!(" {window}")).collect()
    }

    pub(super) fn length(&mut self, half_lives: bool) -> String {
        if half_lives && self.shape.chance(30) {
            return format!("{} half_lives", self.shape.pick(&[5, 1, 2]));
        }
        let (n, unit) = self.shape.pick(LENGTHS);
        format!("{n} {unit}")
    }

    /// An anchor, or the first or last of some entries.
    fn about(&mut self) -> String {
        if self.filters > 1 || !self.shape.chance(20) {
            return self.anchor();
        }
        let end = if self.shape.chance(25) { "end of " } else { "" };
        let which = *self.shape.pick(&["first", "last"]);
        let filter = if self.shape.chance(30) { format!(" ({})", self.filter_of_zap()) } else { String::new() };
        let kinds = if filter.is_empty() {
            *self.shape.pick(&["zap", "drip", "wheeze", "{ zap, wheeze }", "betamab"])
        } else {
            "zap"
        };
        format!("{end}{which} {kinds}{filter}")
    }

    fn filter_of_zap(&mut self) -> String {
        (*self.shape.pick(&["severity >= grade 2", "cured", "start before screening", "size >= 10 mm"])).to_owned()
    }

    /// A window about an anchor; `stretch`: about something that may last.
    pub(super) fn window(&mut self, stretch: bool, half_lives: bool) -> String {
        let about = |author: &mut Self| {
            if author.shape.chance(70) { format!(" {}", author.about()) } else { String::new() }
        };
        match self.shape.below(if stretch { 12 } else { 10 }) {
            0..=3 => {
                let length = self.length(half_lives);
                let side = *self.shape.pick(&["before", "before", "after", "of"]);
                format!("within {length} {side}{}", about(self))
            }
            4 => format!("before {}", self.about()),
            5 => format!("after {}", self.about()),
            6 => format!("at {}", self.about()),
            7..=9 => {
                let word = *self.shape.pick(&["more than", "at least"]);
                let length = self.length(half_lives);
                let side = *self.shape.pick(&["before", "before", "after"]);
                format!("{word} {length} {side}{}", about(self))
            }
            _ => {
                let length = self.length(half_lives);
                format!("for at least {length} before{}", about(self))
            }
        }
    }
}

pub(super) fn about_entry(window: &str) -> bool {
    window.contains("first ") || window.contains("last ")
}

/// The anchor that a window names, and whether its days end there, or begin there.
fn ends_of(window: &str) -> (Option<&str>, bool, bool) {
    // Of one about an entry no order of anchors tells.
    if about_entry(window) {
        return (None, false, false);
    }
    let last = window.rsplit(' ').next().unwrap();
    let anchor = (!["before", "after", "of"].contains(&last)).then_some(last);
    let is = |side: &str| window.split(' ').any(|word| word == side);
    let both = window.starts_with("within") || is("at") && !is("least");
    (anchor, both || is("before"), both || is("after"))
}

/// Whether some day lies in both windows, whatever their lengths.
pub(super) fn leaves_a_day(first: Option<&String>, window: &str) -> bool {
    let Some(first) = first else {
        return true;
    };
    let ((one, ends, begins), (other, ends_too, begins_too)) = (ends_of(first), ends_of(window));
    let apart = one.is_some() && other.is_some() && one != other;
    apart || ends && begins && ends_too && begins_too || !(ends && begins_too || begins && ends_too)
}

/// Whether a window can be said of entries that are `prior`, `current` or `planned`, behind the first one.
pub(super) fn stands_behind(time: &str, first: Option<&String>, window: &str) -> bool {
    let begins_later = !window.starts_with("within") && window.split(' ').any(|word| word == "after");
    let names_day = window.starts_with("at ") && !window.starts_with("at least");
    match time {
        "planned" if window.starts_with("before") && about_entry(window) => {
            first.is_some_and(|first| !about_entry(first))
        }
        _ if first.is_some_and(|first| about_entry(first)) || about_entry(window) => !names_day || first.is_none(),
        "prior" | "current" => !begins_later && (first.is_none() || !names_day),
        // What begins before the day that `planned` is about is not planned.
        "planned" if window.starts_with("before") => {
            let about = first.and_then(|first| ends_of(first).0);
            about.is_some() && about != ends_of(window).0
        }
        "planned" => first.is_none() || !names_day,
        _ => true,
    }
}

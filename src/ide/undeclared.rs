//! What is said of a name that means nothing: by the check, and where a mistake near it kept the check away, by what
//! could be there.

use std::fmt::Write as _;
use std::ops::Range;

use super::complete::{Item, Sort};
use super::hover::attribute_line;
use super::token::Kind;
use super::view::View;
use crate::diag::Code;
use crate::diag::suggest::nearest_names;
use crate::driver::Checked;
use crate::syntax::STATEMENT_WORDS;

impl View<'_> {
    /// That a name is not declared, with the names near it and what they are.
    pub(super) fn undeclared(&self, at: usize) -> Option<(Range<usize>, String)> {
        let range = self.tokens.get(at)?.range();
        let checked = self.checked?;
        let page = self.found(at, checked).or_else(|| self.unjudged(at, checked))?;
        Some((range, page))
    }

    /// As the check found it, with the names that its diagnostic has.
    fn found(&self, at: usize, checked: &Checked) -> Option<String> {
        let range = self.tokens.get(at)?.range();
        let found = checked.diagnostics.iter().find(|found| {
            let place = found.primary.span;
            matches!(found.code, Code::E0201 | Code::E0204 | Code::E0206 | Code::E0207)
                && place.file == checked.main
                && place.range() == range
        })?;
        let title = match found.code {
            Code::E0201 => not_declared(self.said(at)),
            _ => found.title.clone(),
        };
        let near: Vec<&str> = found.fixes.iter().map(|fix| fix.replacement.as_str()).collect();
        let others: Vec<&str> = found.notes.iter().chain(&found.helps).map(String::as_str).collect();
        Some(self.page(at, title, &near, &others))
    }

    /// As far as can be known where the check did not come: the name is none of those that could be there.
    fn unjudged(&self, at: usize, checked: &Checked) -> Option<String> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Name)?;
        let name = self.said(at);
        if self.symbol(name).is_none()
            && let Some(line) = self.declared_in_vain(at, name)
        {
            return Some(format!("**{name}**: its declaration in line {line} is not understood"));
        }
        let unread = checked.diagnostics.iter().any(|found| found.code == Code::E0205);
        if !unread && !self.is_torn(at, checked) {
            return None;
        }
        let offered = self.wanted(at);
        // `class` of `class III` too.
        if offered.iter().any(|item| item.label.split(' ').next() == Some(name)) {
            return None;
        }
        let is = |sorts: &[Sort]| offered.iter().any(|item| sorts.contains(&item.sort));
        let (title, other) = if is(&[Sort::Fact, Sort::Kind]) {
            (not_declared(name), Some("`eligc vocab WORD` searches the vocabulary"))
        } else if is(&[Sort::Anchor]) {
            (format!("no anchor is called `{name}`"), None)
        } else if is(&[Sort::Attribute]) {
            (format!("`{}` has no attribute `{name}`", self.name(self.filtered(at)?)?), None)
        } else if is(&[Sort::Value]) {
            (format!("`{name}` is not one of the declared values"), None)
        } else {
            return None;
        };
        let meant = |item: &&Item| !matches!(item.sort, Sort::Word | Sort::Pattern);
        let near = nearest_names(name, offered.iter().filter(meant).map(|item| item.label.as_str()), 3);
        let title = if unread {
            format!("{title}\n\na file that `use` names could not be read: it may be declared there")
        } else {
            title
        };
        Some(self.page(at, title, &near, other.as_slice()))
    }

    /// What could be in the place of a name; nothing where a name is declared or a trial is described.
    fn wanted(&self, at: usize) -> Vec<Item> {
        let Some((token, before)) = self.tokens.get(at).zip(at.checked_sub(1)) else {
            return Vec::new();
        };
        let in_trial = self.statement(at).is_some_and(|start| self.said(start) == "trial");
        let behind_require = matches!(self.said(before), "require" | "exclude");
        let declares = !behind_require && self.statement(at) == Some(before);
        if in_trial || declares || self.said(at + 1) == ":" && !self.in_example(at) {
            return Vec::new();
        }
        self.offered(at, token.start)
    }

    /// The line of a statement that was to declare a name.
    fn declared_in_vain(&self, at: usize, name: &str) -> Option<usize> {
        let declares = |word: &str| {
            STATEMENT_WORDS.contains(&word)
                && !matches!(word, "require" | "exclude" | "note" | "assert" | "use" | "example")
        };
        let place = (1..self.tokens.len()).filter(|place| *place != at).find(|place| {
            self.said(*place) == name && self.statement(*place) == Some(place - 1) && declares(self.said(place - 1))
        })?;
        let before = self.text.get(..self.tokens.get(place)?.start)?;
        Some(before.matches('\n').count() + 1)
    }

    /// Whether the statement around an index holds a mistake of form, which keeps the check from judging its names.
    fn is_torn(&self, at: usize, checked: &Checked) -> bool {
        let Some(start) = self.statement(at) else {
            return false;
        };
        let statement = self.extent(start);
        checked.diagnostics.iter().any(|found| {
            let place = found.primary.span;
            found.code.is_of_form()
                && place.file == checked.main
                && place.range().start <= statement.end
                && statement.start <= place.range().end
        })
    }

    /// A title, and the names near with what they are, or else what may help otherwise.
    fn page(&self, at: usize, title: String, near: &[&str], others: &[&str]) -> String {
        let mut page = title;
        if near.is_empty() {
            for line in others {
                let _ = write!(page, "\n\n{line}");
            }
        } else {
            page.push_str("\n\nNames near it:\n");
        }
        for name in near {
            let _ = write!(page, "\n- {}", self.in_a_line(at, name));
        }
        page
    }

    /// A name that might are at an index, with what it is and the first line of its text.
    fn in_a_line(&self, at: usize, name: &str) -> String {
        let attribute = self.filtered(at).and_then(|owner| {
            self.attributes(owner).into_iter().find(|attribute| attribute.name == name).map(attribute_line)
        });
        let symbol = || {
            let symbol = self.symbol(name)?;
            let text = self.text_of(symbol).and_then(|text| text.lines().next());
            let text = text.map_or(String::new(), |text| format!(": {text}"));
            Some(format!("`{name}` {}{text}", self.describe(symbol)?))
        };
        attribute.or_else(symbol).unwrap_or_else(|| format!("`{name}`"))
    }
}

fn not_declared(name: &str) -> String {
    format!("**{name}**: nothing of that name is declared")
}

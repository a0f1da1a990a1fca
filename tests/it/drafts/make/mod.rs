//! Registry records made by chance: the text, and what a person would say it holds.

mod chance;
mod style;
mod wording;

pub use chance::Chance;
pub use style::{Style, marker};
pub use wording::CRITERIA;

use std::fmt::Write as _;
use style::*;
use wording::*;

/// The list that a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Inclusion,
    Exclusion,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Decides: it must be a statement that decides.
    Criterion,
    /// Belongs to the criterion before it, or introduces others.
    Words,
}

/// A text of the record.
#[derive(Debug)]
pub struct Truth {
    pub side: Side,
    pub kind: Kind,
    /// A word that stands nowhere else.
    pub key: String,
    pub text: String,
}

/// A record and the truth of it.
#[derive(Debug)]
pub struct Record {
    pub shape: &'static str,
    pub text: String,
    /// The study to take, where the file has several.
    pub study: Option<String>,
    pub truths: Vec<Truth>,
    /// Each criterion is sure to be alone.
    pub split: bool,
    /// The record does not say of each text which list it is in.
    pub open: bool,
    /// The title, where the page shows it in its own way.
    pub title: Option<String>,
}

pub struct Maker {
    pub chance: Chance,
    words: usize,
    pub truths: Vec<Truth>,
    pub split: bool,
    open: bool,
}

impl Maker {
    pub fn new(seed: u64) -> Maker {
        let words = usize::try_from(seed).unwrap() * 61;
        Maker { chance: Chance::new(seed), words, truths: Vec::new(), split: true, open: false }
    }

    fn key(&mut self) -> String {
        self.words += 1;
        word(self.words)
    }

    pub fn truth(&mut self, side: Side, kind: Kind, pattern: &str) -> String {
        let mut key = self.key();
        if pattern.starts_with("{k}") {
            key = key.replacen('q', "Q", 1);
        }
        let text = pattern.replace("{k}", &key);
        self.truths.push(Truth { side, kind, key, text: text.clone() });
        text
    }

    pub fn any_section(&mut self) -> String {
        self.section(&STYLES)
    }

    fn stopped(&mut self, side: Side, style: Style) -> String {
        let stop = match style {
            Style::Bare => ";",
            _ => self.chance.pick(&["", ".", ";", ""]),
        };
        self.criterion(side) + stop
    }

    fn criterion(&mut self, side: Side) -> String {
        let pattern = self.chance.pick(CRITERIA);
        self.truth(side, Kind::Criterion, pattern)
    }

    /// The text on several lines, broken with pleasure before what could be taken for something else.
    fn wrapped(&mut self, text: &str, indent: usize, style: Style) -> String {
        let mut out = String::new();
        for (at, part) in text.split(' ').enumerate() {
            let tempting = part.starts_with(|first: char| first.is_ascii_digit())
                || ["about", "treatments", "inclusion", "results", "locations", "inclusion."].contains(&part);
            // Without a marker, a capital below a line with room begins an item.
            let begins = style == Style::Bare && (part.starts_with(char::is_uppercase) || part == "of");
            if at > 0 && !begins && (tempting && self.chance.yes(50) || self.chance.yes(8)) {
                let _ = write!(out, "\n{}", " ".repeat(indent));
            } else if at > 0 {
                out.push(' ');
            }
            let fraction = part.split_once('.').filter(|(whole, rest)| *whole == "1" && *rest == "5");
            match fraction.filter(|_| self.chance.yes(30)) {
                Some((whole, rest)) => {
                    let _ = write!(out, "{whole}.\n{}{rest}", " ".repeat(indent));
                }
                None => out.push_str(part),
            }
        }
        out
    }

    /// One list of a side, without its heading.
    pub fn list(&mut self, side: Side, style: Style) -> String {
        let count = 1 + self.chance.below(9);
        let margin = [0, 0, 2, 4][self.chance.below(4)];
        let hang = [margin, margin + 3][self.chance.below(2)];
        let wraps = style != Style::Paragraph && self.chance.yes(60);
        let gaps = style == Style::Paragraph || style != Style::Bare && self.chance.yes(40);
        let plain = matches!(style, Style::Paragraph | Style::OwnLine | Style::Tab | Style::Bare);
        let nests = !plain && self.chance.yes(35);
        let notes = !matches!(style, Style::Paragraph | Style::Bare) && self.chance.yes(20);
        let mut out = String::new();
        for at in 0..count {
            let before = " ".repeat(margin);
            let mark = marker(style, at);
            if nests && self.chance.yes(40) {
                out.push_str(&self.nested(side, style, &before, &mark));
            } else {
                let text = self.stopped(side, style);
                let text = if wraps { self.wrapped(&text, hang, style) } else { text };
                let _ = writeln!(out, "{before}{mark}{text}");
            }
            if notes && self.chance.yes(30) {
                let note = self.truth(side, Kind::Words, "Note: patients with {k} may be asked again.");
                let _ = writeln!(out, "{before}{}", note.replacen("Note:", self.chance.pick(&["Note:", "NOTE:"]), 1));
                let truth = self.truths.last_mut().unwrap();
                truth.text = truth.text.replacen("Note:", "", 1);
            }
            if gaps {
                out.push('\n');
            }
        }
        out
    }

    /// An item with items under it.
    fn nested(&mut self, side: Side, style: Style, before: &str, mark: &str) -> String {
        let inner: &[Style] = match style {
            Style::Star | Style::Dash | Style::Dot => &[Style::Letter, Style::Point],
            Style::Capital | Style::CapitalRoman => &[Style::Point, Style::Bracket],
            Style::Letter | Style::Roman => &[Style::Point, Style::Dash],
            _ => &[Style::Letter, Style::Star, Style::Dash, Style::Roman],
        };
        let inner = inner[self.chance.below(inner.len())];
        let whole = self.chance.yes(40);
        let intro = if whole {
            self.split = false;
            let pattern = match side {
                Side::Inclusion => "Has {k} and at least one of the following:",
                Side::Exclusion => "Malignancy of the {k} kind within 5 years, except:",
            };
            self.truth(side, Kind::Criterion, pattern)
        } else {
            self.truth(side, Kind::Words, "Blood counts of {k}:")
        };
        let mut out = format!("{before}{mark}{intro}\n");
        for at in 0..2 + self.chance.below(3) {
            let text = self.stopped(side, inner);
            let _ = writeln!(out, "{before}   {}{text}", marker(inner, at));
        }
        out
    }

    /// A heading; what it says beyond the side is a truth of its own.
    fn heading(&mut self, side: Side) -> String {
        let headings = if side == Side::Inclusion { INCLUSION } else { EXCLUSION };
        let heading = self.chance.pick(headings).to_owned();
        if !self.chance.yes(25) {
            return heading;
        }
        let tail = self.chance.pick(TAILS);
        let tail = self.truth(side, Kind::Words, tail);
        let name = if side == Side::Inclusion { "Inclusion Criteria" } else { "Exclusion Criteria" };
        format!("{name} {tail}")
    }

    /// A heading that says below itself whom the list is for.
    fn with_tail_line(&mut self, side: Side, heading: String) -> String {
        let name = if side == Side::Inclusion { "Inclusion Criteria" } else { "Exclusion Criteria" };
        if heading.trim_end_matches(':') != name || !self.chance.yes(50) {
            return heading;
        }
        format!("{heading}\n{}", self.chance.pick(TAIL_LINES))
    }

    /// The text of the criteria: one or two lists of each side.
    pub fn section(&mut self, styles: &[Style]) -> String {
        let style = styles[self.chance.below(styles.len())];
        let mut sides = vec![Side::Inclusion, Side::Exclusion];
        if self.chance.yes(10) {
            sides.reverse();
        }
        if self.chance.yes(10) {
            sides.truncate(1);
        }
        if self.chance.yes(20) {
            sides.extend(sides.clone());
        }
        let mut out = String::new();
        if self.chance.yes(8) {
            let _ =
                write!(out, "{}\n\n", self.chance.pick(&["Eligibility Criteria:", "Inclusion/Exclusion Criteria:"]));
        }
        for (at, side) in sides.iter().enumerate() {
            out.push_str(if at > 0 { "\n" } else { "" });
            let heading = self.heading(*side);
            let lettered = ["A. ", "B. ", "C. ", "D. "][at];
            let before = if heading.ends_with(':') && self.chance.yes(10) { lettered } else { "" };
            let gap = if style == Style::Paragraph || self.chance.yes(60) { "\n" } else { "" };
            let heading = self.with_tail_line(*side, heading);
            let _ = write!(out, "{before}{heading}\n{gap}{}", self.list(*side, style));
        }
        out
    }

    /// All on one line.
    pub fn one_line(&mut self) -> String {
        let style = [Style::Point, Style::Bracket, Style::Dot][self.chance.below(3)];
        let mut parts = Vec::new();
        for (side, heading) in [(Side::Inclusion, "Inclusion Criteria:"), (Side::Exclusion, "Exclusion Criteria:")] {
            parts.push(heading.to_owned());
            let stop = self.chance.pick(&[".", ";", ""]);
            self.split &= !stop.is_empty() || style == Style::Dot;
            for at in 0..1 + self.chance.below(8) {
                let pattern = self.chance.pick(CRITERIA);
                let text = self.truth(side, Kind::Criterion, pattern);
                parts.push(format!("{}{text}{stop}", marker(style, at)));
            }
        }
        parts.join(" ") + "\n"
    }

    /// A text before the first heading, of which no one can say the side.
    pub fn without_side(&mut self) -> String {
        self.open = true;
        let heading = self.chance.pick(&["DISEASE CHARACTERISTICS:", "Eligibility criteria:", "Patients must have:"]);
        let list = self.list(Side::Inclusion, Style::Star);
        format!("{heading}\n\n{list}\n{}", self.section(&[Style::Point, Style::Star]))
    }

    pub fn european(&mut self) -> String {
        let blank = self.chance.pick(&["\t", ": ", "\n", " "]);
        let inclusion = self.list(Side::Inclusion, Style::Point);
        let exclusion = self.list(Side::Exclusion, Style::Bracket);
        format!(
            "Summary\nEudraCT Number:2019-001234-56\nSponsor's Protocol Code Number:ABC-1\nE.2 Objective of the trial\n\
             E.2.1\tMain objective of the trial\tTo see whether it works\nE.3{blank}Principal inclusion criteria{blank}{}\
             E.4{blank}Principal exclusion criteria{blank}{}E.5 End point(s)\nE.5.1\tPrimary end point(s)\tIt works\n\
             F.1.1\tTrial has subjects under 18\tNo\n",
            inclusion.trim_start(),
            exclusion.trim_start()
        )
    }

    pub fn ctis(&mut self) -> String {
        let style = [Style::OwnLine, Style::Tab][self.chance.below(2)];
        let inclusion = self.list(Side::Inclusion, style);
        let exclusion = self.list(Side::Exclusion, style);
        let head = self.chance.pick(&["", "Number\n", "ID\n"]);
        format!(
            "A trial of something new in people with lupus\nEU CT number\n2023-501234-12-00\nSponsor/Co-Sponsors: A Company\n\
             Inclusion criteria\nPrincipal inclusion criteria\n{head}{inclusion}\nExclusion criteria\nPrincipal exclusion criteria\n\
             {head}{exclusion}\nEnd points\nPrimary end points\n1\nIt works\n"
        )
    }

    pub fn done(self, shape: &'static str, text: String, study: Option<String>) -> Record {
        Record { shape, text, study, truths: self.truths, split: self.split, open: self.open, title: None }
    }
}

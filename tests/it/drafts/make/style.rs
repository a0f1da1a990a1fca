//! The markers of lists.

/// How a list is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Point,
    Bracket,
    Brackets,
    Star,
    Dash,
    Dot,
    Letter,
    Capital,
    Roman,
    CapitalRoman,
    Paragraph,
    OwnLine,
    Tab,
    /// No marker and no blank line.
    Bare,
}

pub(super) const STYLES: [Style; 14] = [
    Style::Point,
    Style::Bracket,
    Style::Brackets,
    Style::Star,
    Style::Dash,
    Style::Dot,
    Style::Letter,
    Style::Capital,
    Style::Roman,
    Style::CapitalRoman,
    Style::Paragraph,
    Style::OwnLine,
    Style::Tab,
    Style::Bare,
];

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

pub fn marker(style: Style, at: usize) -> String {
    let letter = |first: u8| char::from(first + u8::try_from(at).unwrap());
    match style {
        Style::Point => format!("{}. ", at + 1),
        Style::Bracket => format!("{}) ", at + 1),
        Style::Brackets => format!("({}) ", at + 1),
        Style::Star => "* ".to_owned(),
        Style::Dash => "- ".to_owned(),
        Style::Dot => "• ".to_owned(),
        Style::Letter => format!("{}. ", letter(b'a')),
        Style::Capital => format!("{}) ", letter(b'A')),
        Style::Roman => format!("{}) ", ROMAN[at]),
        Style::CapitalRoman => format!("{}. ", ROMAN[at].to_uppercase()),
        Style::Paragraph | Style::Bare => String::new(),
        Style::OwnLine => format!("{}\n", at + 1),
        Style::Tab => format!("{}\t", at + 1),
    }
}

/// A made-up word for each number, all of one length.
pub(super) fn word(number: usize) -> String {
    const SOUNDS: [&str; 16] =
        ["ba", "de", "fo", "gu", "ka", "le", "mo", "nu", "pa", "re", "so", "tu", "va", "ze", "ro", "mi"];
    let sounds = [number / 4096, number / 256, number / 16, number].map(|part| SOUNDS[part % 16]);
    format!("q{}", sounds.concat())
}

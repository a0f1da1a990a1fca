//! Text of other people's making, as it may be shown: what cannot be seen, and what moves the text around it, is
//! written out. A line end in a patient's id would forge a row of a report; an escape sequence would repaint one, and
//! marks of direction would turn it round.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a letter is not seen, or changes how those around it are: control characters, marks of direction, separators
/// of lines, and signs without width that join nothing.
pub fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// Next to those, letters that belong to the writing of some languages and still make two ids look like one.
fn unseen(letter: char) -> bool {
    hidden(letter)
        || matches!(
            letter,
            '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200C}'
                | '\u{200D}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}'
        )
}

/// Text on one line, with [`hidden`] letters written out: `\n`, `\u{1b}`.
pub fn line(text: &str) -> Cow<'_, str> {
    written(text, hidden)
}

/// [`line()`], but for line ends, which are kept.
pub fn lines(text: &str) -> Cow<'_, str> {
    written(text, |letter| letter != '\n' && hidden(letter))
}

/// An id in a report: two different ones never look alike, and none takes more than its place. One with blanks in it is
/// in quotes.
pub fn id(text: &str) -> Cow<'_, str> {
    let quotes = text.is_empty() || text.contains(|letter: char| letter.is_whitespace() || letter == '"');
    let blank = |letter: char| letter.is_whitespace() && letter != ' ';
    if !quotes && !text.contains(|letter| unseen(letter) || letter == '\\') {
        return Cow::Borrowed(text);
    }
    let shown = written(text, |letter| unseen(letter) || blank(letter) || letter == '\\' || letter == '"');
    if quotes { Cow::Owned(format!("\"{shown}\"")) } else { shown }
}

/// Source text with every [`hidden`] letter in it covered, and every other byte where it was: what is marked stands still.
/// Line ends and tabs are kept; a carriage return alone would begin the line again.
pub fn covered(text: &str) -> Cow<'_, str> {
    let keeps = |at: usize, letter: char| match letter {
        '\n' | '\t' => true,
        '\r' => text.as_bytes().get(at + 1).is_none_or(|next| *next == b'\n'),
        letter => !hidden(letter),
    };
    if is_plain(text) || text.char_indices().all(|(at, letter)| letter.is_ascii_graphic() || keeps(at, letter)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter.len_utf8() {
            _ if keeps(at, letter) => shown.push(letter),
            1 => shown.push('?'),
            2 => shown.push('\u{BF}'),
            3 => shown.push('\u{FFFD}'),
            _ => shown.push_str("\u{FFFD}?"),
        }
    }
    Cow::Owned(shown)
}

/// Whether a text has only signs of ASCII that are seen, blanks and line feeds.
fn is_plain(text: &str) -> bool {
    // Every byte is looked at: so it is done many at a time.
    text.bytes().fold(true, |plain, byte| plain & (byte == b'\n' || (b' '..0x7F).contains(&byte)))
}

/// Whether a text has nothing that can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || unseen(letter))
}

/// Text with some letters written out.
fn written(text: &str, out: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&out) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            letter if !out(letter) => shown.push(letter),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '\\' => shown.push_str("\\\\"),
            '"' => shown.push_str("\\\""),
            letter => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
            }
        }
    }
    Cow::Owned(shown)
}

//! The one table of signs: the comparisons with what each means, the other signs of two characters, and the characters
//! that are taken for signs.

use crate::number::Comparison;

/// A spelling of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// As it is typed.
    pub sign: &'static str,
    /// What it means.
    pub op: Comparison,
    /// Whether the language has this spelling; any other is an error that says the right one.
    pub accepted: bool,
    /// The one spelling that it is laid out as.
    pub written: &'static str,
}

const fn accepted(sign: &'static str, op: Comparison, written: &'static str) -> Sign {
    Sign { sign, op, accepted: true, written }
}

const fn mistaken(sign: &'static str, op: Comparison, written: &'static str) -> Sign {
    Sign { sign, op, accepted: false, written }
}

/// Every sign that compares, in whatever way it is typed: those of two characters first.
pub const COMPARISONS: &[Sign] = &[
    accepted(">=", Comparison::Ge, ">="),
    accepted("<=", Comparison::Le, "<="),
    accepted("==", Comparison::Eq, "=="),
    accepted("!=", Comparison::Ne, "!="),
    mistaken("=>", Comparison::Ge, ">="),
    mistaken("=<", Comparison::Le, "<="),
    mistaken("<>", Comparison::Ne, "!="),
    mistaken("=!", Comparison::Ne, "!="),
    accepted(">", Comparison::Gt, ">"),
    accepted("<", Comparison::Lt, "<"),
    mistaken("=", Comparison::Eq, "=="),
    accepted("≥", Comparison::Ge, ">="),
    accepted("≤", Comparison::Le, "<="),
    accepted("≠", Comparison::Ne, "!="),
    mistaken("≧", Comparison::Ge, ">="),
    mistaken("⩾", Comparison::Ge, ">="),
    mistaken("≦", Comparison::Le, "<="),
    mistaken("⩽", Comparison::Le, "<="),
];

/// Other signs of two characters.
const PAIRS: &[&str] = &["..", "**", "&&", "||", "->"];

/// The comparison that `text` begins with, the longest of them.
pub fn comparison(text: &str) -> Option<&'static Sign> {
    COMPARISONS.iter().find(|comparison| text.starts_with(comparison.sign))
}

/// The comparison that is typed `sign`.
pub fn comparison_of(sign: &str) -> Option<&'static Sign> {
    COMPARISONS.iter().find(|comparison| comparison.sign == sign)
}

/// The one spelling of a comparison's meaning.
pub fn written(op: Comparison) -> &'static str {
    COMPARISONS.iter().find(|comparison| comparison.op == op).map_or("", |comparison| comparison.written)
}

/// Whether a sign that begins with this byte is one character, whatever is behind it.
pub(super) fn is_alone(first: u8) -> bool {
    matches!(first, b',' | b':' | b'+' | b'/' | b'^' | b'%' | b'#')
}

/// How long the sign is that `text` begins with; zero where another kind of token begins.
pub(super) fn sign_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (Some(first), second) = (bytes.first(), bytes.get(1).copied().unwrap_or(0)) else {
        return 0;
    };
    match first {
        b'>' | b'<' | b'=' | b'!' if !matches!(second, b'=' | b'<' | b'>' | b'!') => 1,
        b'>' | b'<' | b'=' | b'!' => comparison(text).map_or(1, |comparison| comparison.sign.len()),
        b'.' | b'*' | b'&' | b'|' | b'-' => {
            if PAIRS.iter().any(|pair| pair.as_bytes() == [*first, second]) {
                2
            } else {
                1
            }
        }
        first if is_alone(*first) => 1,
        0..0x80 => 0,
        _ => comparison(text).map_or_else(|| if text.starts_with(['×', '÷']) { 2 } else { 0 }, |one| one.sign.len()),
    }
}

/// The ASCII character that `c` is taken for.
pub(in crate::syntax) fn look_alike(c: char) -> Option<char> {
    Some(match c {
        '\u{FF02}' => return None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' => '-',
        '、' | '﹐' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '⁄' | '∕' => '/',
        '∗' => '*',
        '﹥' => '>',
        '﹤' => '<',
        '﹦' => '=',
        '﹪' => '%',
        '∶' => ':',
        _ => return None,
    })
}

/// How long the comparison of two signs is that `text` begins with, where one of them at least is a look-alike: `＞=`.
pub(super) fn look_alike_comparison(text: &str) -> Option<usize> {
    let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '!');
    let plain_of = |c: char| if is_sign(c) { Some(c) } else { look_alike(c).filter(|plain| is_sign(*plain)) };
    let mut length = 0;
    let mut plain = String::new();
    for c in text.chars() {
        let Some(sign) = plain_of(c) else { break };
        plain.push(sign);
        length += c.len_utf8();
    }
    (plain.len() < length && plain.len() == 2 && comparison_of(&plain).is_some()).then_some(length)
}

/// A quote that opens or closes a text for people: `“`, `”`.
pub(super) fn opens_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '「' | '＂')
}

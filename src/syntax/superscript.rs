//! Powers of ten that lost their superscript when a text was copied: `100 x 109/L` for `100 x10^9/L`. Found in the text
//! itself, since such a number is as good a number as any: wherever one stands, and whatever it is compared with.

use std::ops::Range;

use super::errors;
use super::lexer::{Token, TokenKind, is_reserved, is_word_byte, lex_repaired};
use super::scan::Scan;
use crate::source::{FileId, Span};
use crate::units::LOST_POWERS;

/// A power of ten without its superscript.
struct Lost {
    /// With its sign of multiplication and its unit, or with its number where it has no unit.
    whole: Range<usize>,
    /// What is written in place of the whole: `x10^9/L`, `2e4`.
    meant: String,
    power: String,
    /// What the rest of the compiler reads, of as many bytes; `None` where there is no room.
    read: Option<(Range<usize>, String)>,
}

/// Reports each of them in what the scan has left, and puts what is meant in its place where it has room.
pub(super) fn lost_superscripts(file: FileId, scan: &mut Scan<'_>) {
    let found = all_lost(&scan.text, &scan.tokens);
    for lost in found {
        let shown = scan.text.get(lost.whole.clone()).unwrap_or_default();
        let diagnostic = errors::lost_superscript(Span::new(file, lost.whole), shown, &lost.power, &lost.meant);
        scan.diagnostics.push(diagnostic);
        if let Some((range, read)) = lost.read.filter(|(range, read)| range.len() == read.len()) {
            scan.text.to_mut().replace_range(range.clone(), &read);
            put_in(scan.tokens.to_mut(), range, &read);
        }
    }
}

/// Puts the tokens of `read` in the place of those of the bytes `range`.
fn put_in(tokens: &mut Vec<Token>, range: Range<usize>, read: &str) {
    let first = tokens.partition_point(|token| token.end() <= range.start);
    let behind = tokens.partition_point(|token| token.start() < range.end);
    let old = tokens.get(first..behind).unwrap_or_default();
    let before = old.first().filter(|token| token.start() < range.start).map(|token| token.until(range.start));
    let after = old.last().filter(|token| token.end() > range.end).map(|token| token.from(range.end));
    let new = lex_repaired(read).into_iter().map(|token| token.moved_between(0, range.start));
    let new: Vec<Token> = before.into_iter().chain(new).chain(after).collect();
    tokens.splice(first..behind, new);
}

/// Each of them outside texts and comments.
fn all_lost(text: &str, tokens: &[Token]) -> Vec<Lost> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let closed = tokens.iter().filter(|token| token.kind.is_text() || token.kind == TokenKind::Comment);
    for stop in closed.map(Token::range).chain(std::iter::once(bytes.len()..bytes.len())) {
        while let Some(next) = bytes.get(at..stop.start).and_then(|rest| memchr::memchr(b'1', rest)) {
            at += next;
            match lost_at(bytes, at) {
                Some(lost) => {
                    at = lost.whole.end;
                    found.push(lost);
                }
                None => at += 1,
            }
        }
        at = at.max(stop.end);
    }
    found
}

/// The lost power whose ten begins at `ten`.
fn lost_at(bytes: &[u8], ten: usize) -> Option<Lost> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    if byte(ten + 1) != b'0' {
        return None;
    }
    let (digits, sep) = match byte(ten + 2) {
        b'0'..=b'9' => (ten + 2, Sep::None),
        b' ' if byte(ten + 3).is_ascii_digit() => (ten + 3, Sep::Blank),
        b'-' if byte(ten + 3).is_ascii_digit() => (ten + 3, Sep::Minus),
        _ => return None,
    };
    let rest = bytes.get(digits..)?;
    let end = digits + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    let power = std::str::from_utf8(bytes.get(digits..end)?).ok().filter(|power| LOST_POWERS.contains(power))?;
    // `10.5`, `109_000`, `2026-10-09`, `10-12:30`, and a power that is written as one
    let goes_on = matches!(byte(end), b'^' | b'*' | b'_' | b':' | b'-' | b'(')
        || byte(end) == b'.' && byte(end + 1).is_ascii_digit();
    if goes_on {
        return None;
    }
    let before = blanks_before(bytes, ten);
    let times = times_before(bytes, before);
    let sign_start = times.as_ref().map_or(ten, |times| times.start);
    let number_end = blanks_before(bytes, sign_start);
    let number = is_number_before(bytes, number_end);
    let behind = end + bytes.get(end..)?.iter().position(|byte| *byte != b' ').unwrap_or(0);
    let slash = byte(behind) == b'/' && (byte(behind + 1).is_ascii_alphabetic() || byte(behind + 1) >= 0x80);
    let per_litre = slash && matches!(byte(behind + 1), b'L' | b'l') && !is_word_byte(byte(behind + 2));
    let lost = match (times.is_some(), number) {
        // `100 x 109/L`, `2 x 104 IU/mL`; `100 * 109/L`, which has a meaning, and the wrong one
        (true, true) => byte(sign_start) != b'*' || slash || unit_follows(bytes, behind),
        // `[x109/L]`
        (true, false) => byte(sign_start) != b'*' && before == ten && slash && behind == end,
        // `100 109/L`, `100 10 9/L`
        (false, true) => number_end < ten && sep != Sep::Minus && slash,
        // `>= 10 9/L`, `>= 109/L`, `50 copies/106`
        (false, false) => match sep {
            Sep::Minus => false,
            Sep::Blank => slash && !is_word_byte(byte(ten.wrapping_sub(1))),
            Sep::None if ten > 0 && byte(ten - 1) == b'/' => {
                is_counted_unit(bytes, ten - 1) && !is_word_byte(byte(end))
            }
            Sep::None => {
                per_litre
                    && (ten == 0
                        || !(is_word_byte(byte(ten - 1)) || matches!(byte(ten - 1), b'.' | b'-' | b'^' | b'*' | b'/')))
            }
        },
    };
    if !lost {
        return None;
    }
    let power = format!("{}{power}", if sep == Sep::Minus { "-" } else { "" });
    let text =
        |range: Range<usize>| bytes.get(range).and_then(|part| std::str::from_utf8(part).ok()).unwrap_or_default();
    if number && !slash {
        // `2 x 104 IU/mL` is `2e4 IU/mL`, and `2e4` where there is no unit.
        let first = number_start(bytes, number_end);
        let meant = format!("{}e{power}", text(first..number_end));
        let read = padded(&format!("e{power}"), end - number_end, false).map(|read| (number_end..end, read));
        return Some(Lost { whole: first..end, meant, power, read });
    }
    // What is blank between the power and its unit goes.
    let unit = if slash { behind } else { end };
    let unit_end = unit + unit_length(text(unit..bytes.len()));
    let glued = sign_start > 0 && is_word_byte(byte(sign_start - 1));
    let sign = match (times.is_some() || number, glued) {
        (true, true) => " x",
        (true, false) => "x",
        // In brackets, behind `/` and as what a spelling means it is part of a unit, elsewhere a number.
        (false, _) if stands_as_unit(bytes, before) => "",
        (false, _) => "1 x",
    };
    let meant = format!("{sign}10^{power}{}", text(unit..unit_end));
    let read = padded(&format!("10*{power}"), unit - sign_start, true)
        .filter(|read| (times.is_some() || number) && (!glued || read.starts_with(' ')))
        .map(|read| (sign_start..unit, read));
    Some(Lost { whole: sign_start..unit_end, meant, power, read })
}

/// How long the unit is that `text` begins with.
fn unit_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '{' | '}' | '_'))).unwrap_or(text.len())
}

/// Whether what is behind `end` is a unit by itself.
fn stands_as_unit(bytes: &[u8], end: usize) -> bool {
    let before = bytes.get(..end).unwrap_or_default();
    before.ends_with(b"[") || before.ends_with(b"/") || before.ends_with(b"\" =")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sep {
    None,
    Blank,
    Minus,
}

/// `text` with blanks before or behind it up to `length` bytes.
fn padded(text: &str, length: usize, before: bool) -> Option<String> {
    let blanks = " ".repeat(length.checked_sub(text.len())?);
    Some(if before { blanks + text } else { text.to_owned() + &blanks })
}

/// Where the blanks of one line before `at` begin.
fn blanks_before(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1)
}

/// The sign of multiplication that ends at `end`: `x`, `×` or `*`.
fn times_before(bytes: &[u8], end: usize) -> Option<Range<usize>> {
    let before = bytes.get(..end)?;
    if before.ends_with("×".as_bytes()) {
        return Some(end - "×".len()..end);
    }
    let last = before.last()?;
    let other = before.len().checked_sub(2).and_then(|at| before.get(at)).copied().unwrap_or(b' ');
    let is_sign = match last {
        b'x' | b'X' => !is_word_byte(other) || other.is_ascii_digit() && is_number_before(bytes, end - 1),
        b'*' => other != b'*',
        _ => false,
    };
    is_sign.then_some(end - 1..end)
}

/// Where the digits that end at `end` begin.
fn number_start(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    end - before.iter().rev().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b',')).count()
}

/// Whether a number ends at `end`, and not a name such as `c3`.
fn is_number_before(bytes: &[u8], end: usize) -> bool {
    let before = bytes.get(..end).unwrap_or_default();
    let start = number_start(bytes, end);
    let other = start.checked_sub(1).and_then(|at| before.get(at)).copied().unwrap_or(b' ');
    start < end
        && before.last().is_some_and(u8::is_ascii_digit)
        && !(is_word_byte(other) || matches!(other, b'-' | b'^' | b':' | b'#' | b'*'))
}

/// Whether a word that is no word of the language, or a unit in brackets, is at `at`.
fn unit_follows(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_word_byte(*byte)).unwrap_or(rest.len());
    match rest.get(..length).and_then(|word| std::str::from_utf8(word).ok()) {
        Some("") | None => matches!(rest.first(), Some(b'%' | b'[' | 0xC2 | 0xCE)),
        Some(word) => !is_reserved(word),
    }
}

/// Whether the `/` at `slash` ends a unit that counts something behind a number: `50 copies/`.
fn is_counted_unit(bytes: &[u8], slash: usize) -> bool {
    let before = bytes.get(..slash).unwrap_or_default();
    let unit =
        before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'{' | b'}' | b'_')).count();
    let number_end = blanks_before(bytes, slash - unit);
    unit > 0 && is_number_before(bytes, number_end)
}

//! Words and levels as people type them: `Ⅱ` and full-width signs are the plain letters they mean.

use std::borrow::Cow;

/// The text with one letter for each look-alike that means just that letter.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'Ⅰ'..='Ⅻ' => out.push_str(roman(u32::from(letter) - u32::from('Ⅰ'))),
            'ⅰ'..='ⅻ' => out.push_str(roman(u32::from(letter) - u32::from('ⅰ'))),
            '！'..='～' => out.extend(char::from_u32(u32::from(letter) - u32::from('！') + u32::from('!'))),
            '\u{3000}' => out.push(' '),
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// A Roman number sign, counted from one at 0, in letters.
fn roman(at: u32) -> &'static str {
    let all = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    usize::try_from(at).ok().and_then(|at| all.get(at)).copied().unwrap_or_default()
}

/// The two levels that a text such as `II-III`, `1/2` or `II to III` names.
pub(crate) fn two_levels<'a>(text: &'a str, levels: &[String]) -> Option<(&'a str, &'a str)> {
    let marks = ["-", "–", "—", "/", "~", ",", "+", " to ", " or ", " and "];
    let known = |part: &str| levels.iter().any(|level| level == part);
    marks.iter().find_map(|mark| {
        let (one, other) = text.split_once(mark)?;
        let (one, other) = (one.trim(), other.trim());
        (known(one) && known(other)).then_some((one, other))
    })
}

/// The level that differs from a text in nothing but case or leading zeros.
pub(crate) fn same_level<'a>(text: &str, levels: &'a [String]) -> Option<&'a str> {
    let number = text.parse::<u32>().ok();
    let same =
        |level: &&String| level.eq_ignore_ascii_case(text) || (number.is_some() && level.parse::<u32>().ok() == number);
    levels.iter().find(same).map(String::as_str)
}

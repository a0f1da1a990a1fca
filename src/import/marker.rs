//! What is before an item of a list: `1.`, `(2)`, `a)`, `①`, `*`.

/// The sort of a marker: items of one list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// `1.`
    Point,
    /// `1)`
    Bracket,
    /// `(1)`
    Brackets,
    /// `①`
    Circled,
    /// `5.1`
    Path,
    /// `a.`, `b)`, `(c)`
    Letter,
    /// `A.`, `B)`
    Capital,
    /// `i.`, `ii)`
    Roman,
    /// `I.`, `II)`
    CapitalRoman,
    /// A number with a blank behind it.
    Bare,
    /// A number on a line of its own.
    Alone,
    /// `*`
    Star,
    /// `-`
    Dash,
    /// `•` and the like
    Dot,
}

/// A marker and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked<'t> {
    pub sort: Sort,
    /// `5`, `5.1`, `a`; nothing for bullets.
    pub number: Option<String>,
    pub rest: &'t str,
}

impl Marked<'_> {
    /// The places in a list that the marker may stand for; none for a bullet. `i` is the ninth letter and the first
    /// Roman number.
    pub(super) fn places(&self) -> Vec<(Sort, usize)> {
        let Some(number) = &self.number else {
            return Vec::new();
        };
        if let Ok(value) = number.parse() {
            return vec![(self.sort, value)];
        }
        let small = number.to_ascii_lowercase();
        let capital = number.starts_with(|letter: char| letter.is_ascii_uppercase());
        let (letters, numerals) =
            if capital { (Sort::Capital, Sort::CapitalRoman) } else { (Sort::Letter, Sort::Roman) };
        let roman = ROMAN.iter().position(|known| *known == small).map(|at| (numerals, at + 1));
        let letter = (small.len() == 1)
            .then(|| small.bytes().next().map(|byte| (letters, usize::from(byte.saturating_sub(b'a')) + 1)))
            .flatten();
        roman.into_iter().chain(letter).collect()
    }
}

/// The small Roman numbers.
const ROMAN: &[&str] = &[
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];

/// A line that is a number alone: `12`, `12.`
pub(super) fn alone(line: &str) -> Option<usize> {
    let digits = line.strip_suffix(['.', ')']).unwrap_or(line);
    let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    short.then(|| digits.parse().ok()).flatten()
}

/// A number with a blank behind it before a capital letter, as tables are copied: `2<tab>Gives consent`. Such a line may
/// as well begin with the number that it counts with.
pub(super) fn bare(line: &str) -> Option<Marked<'_>> {
    let end = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, rest) = (line.get(..end)?, line.get(end..)?);
    let words = rest.trim_start();
    let tab = rest.starts_with('\t');
    let begins = words.starts_with(|letter: char| letter.is_uppercase() || tab && !letter.is_whitespace());
    ((1..=2).contains(&end) && rest.len() > words.len() && begins).then(|| Marked {
        sort: Sort::Bare,
        number: Some(number.to_owned()),
        rest: words,
    })
}

/// The marker at the start of a line without leading blanks.
pub(super) fn marked(line: &str) -> Option<Marked<'_>> {
    let first = line.chars().next()?;
    let after = line.get(first.len_utf8()..)?;
    match first {
        '*' | '-' | '+' | '–' | '—' | '•' | '·' | '●' | '○' | '■' | '▪' | '‣' | '◦' => {
            let sort = match first {
                '*' => Sort::Star,
                '-' | '–' | '—' => Sort::Dash,
                _ => Sort::Dot,
            };
            // `-Gives consent` begins an item, `-5 mg` and `-dsDNA` do not.
            let glued = sort == Sort::Dash && after.starts_with(char::is_uppercase);
            let spaced = after.starts_with(char::is_whitespace) || glued || sort == Sort::Dot && first != '+';
            if !spaced || after.trim().is_empty() {
                return None;
            }
            // `- 1. ..`: the number is the protocol's, the bullet is the page's.
            let rest = after.trim_start();
            let inner = marked(rest)
                .filter(|inner| matches!(inner.sort, Sort::Point | Sort::Bracket | Sort::Brackets | Sort::Circled));
            Some(inner.unwrap_or(Marked { sort, number: None, rest }))
        }
        '①'..='⑳' => {
            let number = u32::from(first) - u32::from('①') + 1;
            let rest = after.trim_start_matches(['.', '、', ' ', '\t']);
            Some(Marked { sort: Sort::Circled, number: Some(number.to_string()), rest })
        }
        '(' | '（' => {
            let end = after.find([')', '）'])?;
            let inside = after.get(..end)?.trim();
            let rest = after.get(end..)?.trim_start_matches([')', '）']).trim_start();
            let sort = if is_letter(inside) { Sort::Letter } else { Sort::Brackets };
            (is_letter(inside) || is_number(inside)).then(|| Marked { sort, number: Some(ascii(inside)), rest })
        }
        _ => numbered(line),
    }
}

fn numbered(line: &str) -> Option<Marked<'_>> {
    let end = line.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || is_wide_digit(letter)));
    let head = line.get(..end.unwrap_or(line.len()))?;
    let tail = line.get(head.len()..)?;
    let next = tail.chars().next();
    let path = head.trim_end_matches('.');
    let closed = head.len() > path.len();
    let bracket = matches!(next, Some(')' | '）' | '、' | '．' | '。'));
    let rest = if bracket { tail.get(next?.len_utf8()..)? } else { tail };
    // `1.5 mg` and `18 years` are no markers, `1.Age` is.
    if !bracket && !closed {
        let digits = path.chars().position(|letter| !letter.is_ascii_digit());
        if let Some(at) = digits
            && at > 0
            && path.get(at..).is_some_and(|more| more.starts_with('.'))
        {
            let glued = path.get(at + 1..)?;
            if glued.starts_with(|letter: char| letter.is_ascii_uppercase()) {
                let rest = line.get(at + 1..)?;
                return Some(Marked { sort: Sort::Point, number: path.get(..at).map(str::to_owned), rest });
            }
            let is_path = path.split('.').all(is_number) && tail.starts_with(char::is_whitespace);
            let words = tail.trim_start().starts_with(|letter: char| letter.is_uppercase());
            return (is_path && words).then(|| Marked {
                sort: Sort::Path,
                number: Some(path.to_owned()),
                rest: tail.trim_start(),
            });
        }
        return None;
    }
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace) || bracket || !rest.is_ascii();
    if !spaced || !rest.contains(char::is_alphanumeric) {
        return None;
    }
    let rest = rest.trim_start();
    if is_number(path) {
        let sort = if matches!(next, Some(')' | '）')) && !closed { Sort::Bracket } else { Sort::Point };
        return Some(Marked { sort, number: Some(ascii(path)), rest });
    }
    if path.contains('.') && path.split('.').all(is_number) {
        return Some(Marked { sort: Sort::Path, number: Some(path.to_owned()), rest });
    }
    is_letter(path).then(|| Marked { sort: Sort::Letter, number: Some(path.to_owned()), rest })
}

fn is_wide_digit(letter: char) -> bool {
    ('０'..='９').contains(&letter)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 9 && text.chars().all(|letter| letter.is_ascii_digit() || is_wide_digit(letter))
}

/// One letter, or a small Roman number.
fn is_letter(text: &str) -> bool {
    let one = text.len() == 1 && text.chars().all(|letter| letter.is_ascii_alphabetic());
    let small = text.to_ascii_lowercase();
    one || ROMAN.contains(&small.as_str()) && (text == small || text == text.to_ascii_uppercase())
}

fn ascii(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let wide = u32::from(letter).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
            wide.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(letter)
        })
        .collect()
}

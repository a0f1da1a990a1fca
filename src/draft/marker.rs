//! What stands before an item of a list: `1.`, `(2)`, `a)`, `①`, `*`.

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
            let spaced = after.starts_with(char::is_whitespace) || sort == Sort::Dot && first != '+';
            if !spaced || after.trim().is_empty() {
                return None;
            }
            // `- 1. ..`: the number is the protocol's, the bullet is the page's.
            let rest = after.trim_start();
            Some(marked(rest).unwrap_or(Marked { sort, number: None, rest }))
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
    if !spaced || rest.trim().is_empty() {
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
    one || matches!(text, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix")
}

fn ascii(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let wide = u32::from(letter).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
            wide.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(letter)
        })
        .collect()
}

//! Numbers that the end of a line breaks: `2.` and `5 x ULN` on the next one.

use super::phrase::{beginning, ending, words};

/// How a line goes on the one before it where a number may be broken between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// No blank is between the two.
    pub glued: bool,
    /// The two ends, where they may as well be two numbers: `2. / 5`.
    pub doubt: Option<String>,
}

/// Words before a number that is a name, so that a full stop behind it ends a sentence.
const NAMES: &[&str] = &[
    "grade",
    "class",
    "stage",
    "type",
    "phase",
    "part",
    "cohort",
    "visit",
    "cycle",
    "section",
    "arm",
    "group",
    "version",
    "step",
    "criterion",
    "criteria",
    "number",
    "item",
    "figure",
    "table",
    "appendix",
    "day",
    "week",
    "month",
];

/// How `after` goes on `before`; nothing where no number is broken.
pub(super) fn broken(before: &str, after: &str) -> Option<Broken> {
    let sure = Some(Broken { glued: true, doubt: None });
    let digit = |letter: char| letter.is_ascii_digit();
    let count = beginning(after, 40).chars().take_while(|letter| digit(*letter)).count();
    let head = beginning(after, count);
    let behind = after.get(count..).unwrap_or_default();
    if before.ends_with(digit) {
        let fraction = after.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(digit));
        let power = before.ends_with("10") && after.strip_prefix('^').is_some_and(|rest| rest.starts_with(digit));
        return if fraction || power { sure } else { None };
    }
    if before.ends_with("10^") && (count > 0 || after.starts_with('-')) {
        return sure;
    }
    let sign = before.chars().next_back().filter(|sign| matches!(sign, '.' | ','))?;
    let whole = before.strip_suffix(sign)?;
    let number = ending(whole, 12);
    let number = number.rsplit(|letter: char| !digit(letter)).next().filter(|number| !number.is_empty())?;
    if count == 0 || behind.starts_with(char::is_alphabetic) && !behind.starts_with(['x', '×']) {
        return None;
    }
    let doubt = Some(format!("{number}{sign} / {head}"));
    if sign == ',' {
        // `20,` and `000 /uL`; `10, 20,` and `100 mg` may be three numbers.
        return match head {
            "000" => sure,
            _ if count == 3 => Some(Broken { glued: false, doubt }),
            _ => None,
        };
    }
    let word = words(ending(whole.strip_suffix(number)?.trim_end(), 60)).pop().map(|word| word.small);
    let named = word.is_some_and(|word| NAMES.contains(&word.as_str()));
    let digits = number.len() <= 3 && count <= 3;
    digits.then_some(Broken { glued: !named, doubt })
}

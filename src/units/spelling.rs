//! The one spelling of a unit: another way to write the same, never another unit.

use super::Unit;

impl Unit {
    /// As people write it behind a number: `x10^9/L` for `10*9/L`, `years` for `a`.
    pub fn everyday(&self) -> String {
        everyday(self.ucum(), self.ucum())
    }
}

/// The unit `ucum`, declared as `declared`, as people write it behind a number.
pub fn everyday(ucum: &str, declared: &str) -> String {
    match ucum {
        "a" => "years".to_owned(),
        "mo" => "months".to_owned(),
        "wk" => "weeks".to_owned(),
        "d" => "days".to_owned(),
        "h" => "hours".to_owned(),
        _ => one_spelling(declared, true),
    }
}

/// A unit in its one spelling: `µ` is `u`, raised digits are plain ones, and behind a number a power of ten is written
/// `x10^9`. What would not be read as the same unit stays as it is.
pub fn one_spelling(written: &str, after_number: bool) -> String {
    let mut text = String::with_capacity(written.len() + 1);
    for c in written.chars() {
        let plain = plain(c);
        let raised = plain != c && (plain.is_ascii_digit() || plain == '-');
        // `10⁹` is `10^9`; `m²` and `m^2` are `m2`.
        if raised && ends_in_ten(&text) {
            text.push('^');
        }
        let behind_letter = text.ends_with(|last: char| last.is_ascii_alphabetic());
        let dropped = (plain == '^' && behind_letter) || (plain == ' ' && text.ends_with([' ', 'x']));
        if !dropped {
            text.push(plain);
        }
    }
    if after_number
        && let Some(power) = text.strip_prefix('x').unwrap_or(&text).strip_prefix("10")
        && let Some(power) = power.strip_prefix(['^', '*'])
    {
        text = format!("x10^{power}");
    }
    let same = match (Unit::parse(written), Unit::parse(&text)) {
        (Ok(one), Ok(other)) => one.ucum() == other.ucum(),
        _ => false,
    };
    if same { text } else { written.to_owned() }
}

fn plain(c: char) -> char {
    match c {
        'µ' | 'μ' => 'u',
        '×' => 'x',
        '·' | '⋅' => '.',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁻' => '-',
        '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(c) - u32::from('⁰'), 10).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether `text` ends in a `10` that is no end of a longer number.
fn ends_in_ten(text: &str) -> bool {
    text.strip_suffix("10").is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric() && c != 'x'))
}

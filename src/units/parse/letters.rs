//! The letters of a unit: one character for each look-alike.

/// A character and the byte it is at in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) char: char,
    pub(super) at: usize,
}

/// The text with one character for each look-alike: `µ` and `μ` are `u`, `×` is `x`, `10⁹` is
/// `10^9`, and runs of spaces are one space.
pub(super) fn normalised(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let start = text.len() - text.trim_start().len();
    let mut raised = false;
    for (offset, char) in text.trim().char_indices() {
        let at = start + offset;
        let digit = match char {
            '⁰' => Some('0'),
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁴'..='⁹' => char::from_digit(u32::from(char) - u32::from('⁰'), 10),
            '⁻' => Some('-'),
            _ => None,
        };
        if let Some(digit) = digit {
            let marked = letters.last().is_some_and(|last| matches!(last.char, '^' | '*'));
            if !raised && !marked {
                letters.push(Letter { char: '^', at });
            }
            letters.push(Letter { char: digit, at });
            raised = true;
            continue;
        }
        raised = false;
        let plain = match char {
            'µ' | 'μ' => 'u',
            '×' => 'x',
            '·' | '⋅' => '.',
            '⁄' | '∕' => '/',
            '−' => '-',
            char if char.is_whitespace() => ' ',
            char => char,
        };
        if plain != ' ' || letters.last().is_some_and(|last| last.char != ' ') {
            letters.push(Letter { char: plain, at });
        }
    }
    letters
}

//! Characters that make a text look otherwise than it is read: those that end a line for some programs and for others
//! not, those that turn the order of what is shown, and control characters, which are not shown at all. A criterion
//! behind one of them could be seen and not be read.

/// How a text with such a character is seen otherwise than it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hides {
    /// What is behind it may be shown in a line of its own.
    LineEnd,
    /// What is behind it may be shown before it.
    Order,
    /// It is not shown.
    Control,
}

/// What `c` hides, if anything.
pub fn hides(c: char) -> Option<Hides> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Hides::LineEnd),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Hides::Order),
        _ if c.is_control() => Some(Hides::Control),
        _ => None,
    }
}

/// Whether a character that begins with this byte may hide something.
const fn may_hide(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7F | 0xC2 | 0xE2)
}

/// So many bytes are looked at together.
const TOGETHER: usize = 64;

/// Where the first byte from `at` on that [`may_hide`] something is. Most texts have few of them: they are passed over at
/// the speed of memory.
fn next_that_may_hide(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let mut chunks = rest.chunks_exact(TOGETHER);
    // Two questions of each byte answer for nearly every chunk; the rest are looked at closely.
    let is_plain = |byte: u8| (b' '..0x7F).contains(&byte) | (byte == b'\n');
    let plain = chunks
        .by_ref()
        .position(|chunk| {
            !chunk.iter().fold(true, |all, byte| all & is_plain(*byte)) && chunk.iter().any(|byte| may_hide(*byte))
        })
        .map_or_else(|| rest.len() - rest.len() % TOGETHER, |chunk| chunk * TOGETHER);
    let found = rest.get(plain..)?.iter().position(|byte| may_hide(*byte))?;
    Some(at + plain + found)
}

/// Each such character of a text, with its place.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char, Hides)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at = next_that_may_hide(text.as_bytes(), at)?;
            let c = text.get(at..)?.chars().next()?;
            let place = at;
            at += c.len_utf8();
            if let Some(hides) = hides(c) {
                return Some((place, c, hides));
            }
        }
    })
}

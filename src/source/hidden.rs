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
    matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 0x7F | 0xC2 | 0xE2)
}

/// [`may_hide`] of each byte: most texts are passed over at the speed of memory.
const MAY_HIDE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    loop {
        // A constant expression: the index is a byte.
        #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
        {
            table[byte as usize] = may_hide(byte);
        }
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// Each such character of a text, with its place.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char, Hides)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.as_bytes().get(at..)?;
            at += rest.iter().position(|byte| MAY_HIDE.get(usize::from(*byte)).copied().unwrap_or(false))?;
            let c = text.get(at..)?.chars().next()?;
            let place = at;
            at += c.len_utf8();
            if let Some(hides) = hides(c) {
                return Some((place, c, hides));
            }
        }
    })
}

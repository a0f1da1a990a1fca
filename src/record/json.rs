//! A JSON text as a source of tokens. It accepts exactly the texts of RFC 8259, nested up to [`MAX_DEPTH`] deep.

use std::borrow::Cow;

use super::events::{Events, Number, SyntaxError, Token};

/// Deeper nesting is an error.
pub(crate) const MAX_DEPTH: u32 = 64;

/// Reads one JSON text.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// The container just entered has given nothing yet.
    fresh: bool,
}

impl<'a> Reader<'a> {
    /// At the beginning of `text`.
    pub(crate) fn new(text: &'a str) -> Reader<'a> {
        Reader { text, at: 0, depth: 0, fresh: false }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[cold]
    fn fail<T>(&self, what: &'static str) -> Result<T, SyntaxError> {
        Err(SyntaxError { at: self.at, what })
    }

    /// The next byte that is no blank, where the reader then stands.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let found = loop {
            match bytes.get(at).copied() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
                other => break other,
            }
        };
        self.at = at;
        found
    }

    fn enter(&mut self) -> Result<(), SyntaxError> {
        if self.depth == MAX_DEPTH {
            return self.fail("nested more than 64 deep");
        }
        self.depth += 1;
        self.at += 1;
        self.fresh = true;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.at += 1;
        self.fresh = false;
    }

    fn word(&mut self, word: &'static str) -> Result<(), SyntaxError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            self.fail("no JSON value begins so")
        }
    }

    /// The string that begins at `at` and where it ends, if it has no escapes.
    #[inline]
    fn plain_string(&self, at: usize) -> Option<(&'a str, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let end = at + 1 + plain_length(bytes.get(at + 1..)?)?;
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        Some((self.text.get(at + 1..end)?, end + 1))
    }

    #[inline]
    fn string(&mut self) -> Result<Cow<'a, str>, SyntaxError> {
        let start = self.at + 1;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let Some(length) = plain_length(rest) else {
            return self.fail("a string is never closed");
        };
        let plain = self.text.get(start..start + length).unwrap_or_default();
        self.at = start + length;
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                Ok(Cow::Borrowed(plain))
            }
            Some(b'\\') => self.escaped(plain).map(Cow::Owned),
            _ => self.fail("a control character inside a string"),
        }
    }

    /// The rest of a string with escapes in it.
    #[cold]
    #[inline(never)]
    fn escaped(&mut self, plain: &str) -> Result<String, SyntaxError> {
        let mut out = plain.to_owned();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(length) = plain_length(rest) else {
                return self.fail("a string is never closed");
            };
            out.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return self.fail("a control character inside a string"),
            }
        }
    }

    /// What is behind a backslash.
    fn escape(&mut self) -> Result<char, SyntaxError> {
        let Some(byte) = self.peek() else {
            return self.fail("a string is never closed");
        };
        let plain = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.fail("no such escape"),
        };
        self.at += 1;
        Ok(plain)
    }

    /// `uXXXX`, or a surrogate pair of two of them.
    fn unicode(&mut self) -> Result<char, SyntaxError> {
        let first = self.hex()?;
        if let Some(plain) = char::from_u32(first) {
            return Ok(plain);
        }
        let follows = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(b"\\u"));
        if !(0xD800..0xDC00).contains(&first) || !follows {
            return self.fail("half of a surrogate pair");
        }
        self.at += 1;
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return self.fail("half of a surrogate pair");
        }
        let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        match char::from_u32(joined) {
            Some(joined) => Ok(joined),
            None => self.fail("half of a surrogate pair"),
        }
    }

    /// The four digits behind `u`.
    fn hex(&mut self) -> Result<u32, SyntaxError> {
        let digits = self.text.as_bytes().get(self.at + 1..self.at + 5).unwrap_or_default();
        let mut code = 0;
        for byte in digits {
            let Some(digit) = char::from(*byte).to_digit(16) else {
                return self.fail("expected four hex digits");
            };
            code = code * 16 + digit;
        }
        if digits.len() < 4 {
            return self.fail("expected four hex digits");
        }
        self.at += 5;
        Ok(code)
    }

    fn number(&mut self) -> Result<Number<'a>, SyntaxError> {
        let start = self.at;
        let negative = self.peek() == Some(b'-');
        if negative {
            self.at += 1;
        }
        let mut scan = Digits { mantissa: 0, count: 0 };
        let whole = self.at;
        self.digits(&mut scan)?;
        if self.at - whole > 1 && self.text.as_bytes().get(whole) == Some(&b'0') {
            return self.fail("a number with a leading zero");
        }
        let mut places = 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let point = self.at;
            self.digits(&mut scan)?;
            places = self.at - point;
        }
        let mut exponent = false;
        if matches!(self.peek(), Some(b'e' | b'E')) {
            exponent = true;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits(&mut Digits { mantissa: 0, count: 0 })?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        // A mantissa and a power of ten that are both doubles exactly have a correctly rounded quotient.
        let fast = match POWERS.get(places) {
            Some(power) if !exponent && scan.count <= 15 => {
                #[expect(clippy::cast_precision_loss, reason = "15 digits are below 2^53")]
                let quotient = scan.mantissa as f64 / power;
                Some(if negative { -quotient } else { quotient })
            }
            _ => None,
        };
        Ok(Number { text, value: fast.or_else(|| text.parse().ok()).unwrap_or(f64::NAN) })
    }

    fn digits(&mut self, scan: &mut Digits) -> Result<(), SyntaxError> {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            scan.mantissa = scan.mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            scan.count += 1;
            self.at += 1;
        }
        if self.at == start { self.fail("expected a digit") } else { Ok(()) }
    }
}

impl<'a> Events<'a> for Reader<'a> {
    const FORM: &'static str = "JSON";

    // Inlined, as are the functions of a reader that give a text: a text handed back through memory costs more than reading a
    // short one.

    fn end(&mut self) -> Result<(), SyntaxError> {
        if self.next().is_none() { Ok(()) } else { self.fail("text behind the value") }
    }

    #[inline]
    fn value(&mut self) -> Result<Token<'a>, SyntaxError> {
        match self.next() {
            Some(b'"') => Ok(Token::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => Ok(Token::Number(self.number()?)),
            Some(b'{') => self.enter().map(|()| Token::Object),
            Some(b'[') => self.enter().map(|()| Token::Array),
            Some(b't') => self.word("true").map(|()| Token::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Token::Bool(false)),
            Some(b'n') => self.word("null").map(|()| Token::Null),
            Some(_) => self.fail("no JSON value begins so"),
            None => self.fail("the text ends where a value was expected"),
        }
    }

    /// Inside an array: whether another element follows, to be read with [`Reader::value`].
    fn element(&mut self) -> Result<bool, SyntaxError> {
        match self.next() {
            Some(b']') => {
                self.leave();
                Ok(false)
            }
            Some(b',') if !self.fresh => {
                self.at += 1;
                if self.next() == Some(b']') { self.fail("a comma before the closing bracket") } else { Ok(true) }
            }
            Some(_) if self.fresh => {
                self.fresh = false;
                Ok(true)
            }
            Some(_) => self.fail("expected `,` or `]`"),
            None => self.fail("an array is never closed"),
        }
    }

    /// Inside an object: the next key; its value is to be read with [`Reader::value`].
    #[inline]
    fn key(&mut self) -> Result<Option<Cow<'a, str>>, SyntaxError> {
        let first = match self.next() {
            Some(b'}') => {
                self.leave();
                return Ok(None);
            }
            Some(b',') if !self.fresh => {
                self.at += 1;
                self.next()
            }
            other if self.fresh => {
                self.fresh = false;
                other
            }
            Some(_) => return self.fail("expected `,` or `}`"),
            None => return self.fail("an object is never closed"),
        };
        if first != Some(b'"') {
            return self.fail("expected a key in double quotes");
        }
        let key = self.string()?;
        if self.next() != Some(b':') {
            return self.fail("expected `:` behind the key");
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// The next key where it is written plainly, its quotes touching a colon and no escape in it; nothing is read where
    /// it is not, or there is none.
    #[inline]
    fn plain_key(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        if !self.fresh {
            if bytes.get(at) != Some(&b',') {
                return None;
            }
            at += 1;
        }
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
            at += 1;
        }
        let (key, end) = self.plain_string(at)?;
        if bytes.get(end) != Some(&b':') {
            return None;
        }
        self.at = end + 1;
        self.fresh = false;
        Some(key)
    }

    /// The next value if it is a string without escapes; else nothing is read.
    #[inline]
    fn plain_text(&mut self) -> Option<&'a str> {
        self.next();
        let (text, end) = self.plain_string(self.at)?;
        self.at = end;
        Some(text)
    }

    /// The next value if it is true or false; else nothing is read.
    #[inline]
    fn plain_flag(&mut self) -> Option<bool> {
        self.next();
        let rest = self.text.as_bytes().get(self.at..)?;
        let (flag, length) = if rest.starts_with(b"true") {
            (true, 4)
        } else if rest.starts_with(b"false") {
            (false, 5)
        } else {
            return None;
        };
        self.at += length;
        Some(flag)
    }

    /// The next value if it is a number of up to 15 digits without an exponent; else nothing is read.
    #[inline]
    fn plain_number(&mut self) -> Option<f64> {
        self.next();
        let rest = self.text.as_bytes().get(self.at..)?;
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..)?;
        let mut mantissa = 0u64;
        let mut length = 0;
        let mut point = None;
        for byte in digits {
            match byte {
                b'0'..=b'9' => mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
                b'.' if point.is_none() => point = Some(length),
                b'.' | b'e' | b'E' => return None,
                _ => break,
            }
            length += 1;
        }
        let (whole, places) = match point {
            None => (length, 0),
            Some(point) => (point, length - point - 1),
        };
        let bare_point = point.is_some() && places == 0;
        let leading_zero = whole > 1 && digits.first() == Some(&b'0');
        if whole == 0 || bare_point || leading_zero || whole + places > 15 {
            return None;
        }
        self.at += length + usize::from(negative);
        #[expect(clippy::cast_precision_loss, reason = "15 digits are below 2^53")]
        let value = match places {
            0 => mantissa as f64,
            // Both are doubles exactly, so their quotient is the nearest one.
            places => mantissa as f64 / POWERS.get(places)?,
        };
        Some(if negative { -value } else { value })
    }
}

/// How many bytes are before the first that is no plain part of a string: a quote, a backslash or a control
/// character. Eight bytes are looked at at a time.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;
    // The lowest marked byte is a zero byte for sure; those above it may be marked by a borrow.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quotes = zeros(word ^ (ONES * u64::from(b'"')));
        let slashes = zeros(word ^ (ONES * u64::from(b'\\')));
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let marks = quotes | slashes | controls;
        if marks != 0 {
            return Some(index * 8 + marks.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    Some(bytes.len() - rest.len() + at)
}

struct Digits {
    mantissa: u64,
    count: usize,
}

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

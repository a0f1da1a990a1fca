//! Brackets and strings of JSON, one byte at a time.

/// What a byte came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScanStep {
    /// The value goes on.
    Inside,
    /// It ended with this byte.
    Ended,
    /// A `]` that closes nothing of the value.
    Foreign,
}

/// Follows brackets and strings. A raw line end, which no JSON string can hold, ends a string.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The brackets that are open.
    open: Vec<u8>,
    pub in_string: bool,
    escaped: bool,
    pub began_with_brace: bool,
    /// The last sign of the grammar: a bracket, `,`, `:`, or `v` for the end of a value.
    last: u8,
    /// Something was where JSON has no place for it.
    pub broken: bool,
}

impl Scan {
    /// Inside brackets or a string.
    pub fn in_value(&self) -> bool {
        !self.open.is_empty() || self.in_string
    }

    /// Whether a value may begin here.
    pub fn takes_value(&self) -> bool {
        match self.open.last() {
            None => true,
            Some(b'[') => matches!(self.last, b'[' | b','),
            Some(_) => self.last == b':',
        }
    }

    pub fn step(&mut self, byte: u8) -> ScanStep {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                b'\n' => {
                    self.in_string = false;
                    self.broken = true;
                }
                _ => {}
            }
            return ScanStep::Inside;
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => return ScanStep::Inside,
            b'"' => {
                self.in_string = true;
                self.escaped = false;
                self.last = b'v';
            }
            b'{' | b'[' => {
                self.broken |= !self.takes_value();
                self.began_with_brace |= self.open.is_empty();
                self.open.push(byte);
                self.last = byte;
            }
            b'}' | b']' => return self.close(byte),
            b',' | b':' => self.last = byte,
            _ => self.last = b'v',
        }
        ScanStep::Inside
    }

    /// A closing bracket closes what was opened last; one that does not fit closes all that was left open inside the one
    /// it fits.
    fn close(&mut self, byte: u8) -> ScanStep {
        if self.open.is_empty() {
            return ScanStep::Inside;
        }
        let opener = if byte == b'}' { b'{' } else { b'[' };
        let Some(at) = self.open.iter().rposition(|open| *open == opener) else {
            self.broken = true;
            return if byte == b']' { ScanStep::Foreign } else { ScanStep::Inside };
        };
        self.broken |= at + 1 < self.open.len();
        self.open.truncate(at);
        self.last = b'v';
        if self.open.is_empty() { ScanStep::Ended } else { ScanStep::Inside }
    }
}

/// Where a record seems to begin behind the first byte, be it in a text: for what is broken anyway.
pub(crate) fn record_inside(text: &[u8]) -> Option<usize> {
    let rest = text.get(1..)?;
    memchr::memmem::find(rest, b"{\"id\"").map(|at| at + 1)
}

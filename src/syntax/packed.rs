//! Declarations as parsed, in few bytes: a shipped vocabulary is read in this form when a program starts, which takes a
//! tenth of the time that parsing it takes. The bytes say which text they were made of, and serve for no other.

use super::ast::{
    ArithmeticOp, Attribute, BlockQuantifier, CodeWord, DailyDose, EntryPoint, Equivalent, Expr, ExprKind, File,
    Fraction, Length, Modifier, ModifierKind, Name, Number, Prefix, PrefixKind, ResultsCount, Scale, Side, Statement,
    StatementKind, Tail, TailKind, Term, Text, Type, TypeKind, Unit, Window, WindowAnchor,
};
use crate::ir::{Comparison, EntryKind, Limit};
use crate::source::{FileId, Span};

/// The declarations of `file`, which is what `text` says, as bytes; its comments are left out. `None` where it has
/// statements that no vocabulary has.
pub fn pack(text: &str, file: &File) -> Option<Vec<u8>> {
    let mut bytes = mark(text).to_le_bytes().to_vec();
    file.statements.pack(&mut bytes)?;
    file.broken.pack(&mut bytes)?;
    Some(bytes)
}

/// What [`pack`] made of a file whose text is `text` and which has the id `file`. `None` where the bytes are of another text.
pub fn unpack(bytes: &[u8], text: &str, file: FileId) -> Option<File> {
    let (marked, bytes) = bytes.split_first_chunk()?;
    if u64::from_le_bytes(*marked) != mark(text) {
        return None;
    }
    let mut rest = Packed { bytes, file };
    let (statements, broken) = Part::unpack(&mut rest)?;
    rest.bytes.is_empty().then(|| File { statements, comments: Vec::new(), broken })
}

/// A number that tells a text from others.
fn mark(text: &str) -> u64 {
    let add = |mark: u64, part: u64| (mark ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let (parts, rest) = text.as_bytes().as_chunks();
    let mark = parts.iter().fold(text.len() as u64, |mark, part| add(mark, u64::from_le_bytes(*part)));
    rest.iter().fold(mark, |mark, byte| add(mark, u64::from(*byte)))
}

/// What is not unpacked yet.
struct Packed<'b> {
    bytes: &'b [u8],
    /// The file of all places.
    file: FileId,
}

impl<'b> Packed<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }
}

/// What a file is made of.
trait Part: Sized {
    /// Adds it to `bytes`; `None` where it is none of a vocabulary.
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()>;
    /// Takes it from the front of `packed`.
    fn unpack(packed: &mut Packed<'_>) -> Option<Self>;
}

/// Seven bits a byte, the lowest first; the highest bit of a byte says that another one follows.
impl Part for u32 {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        let mut rest = *self;
        while rest > 0x7F {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        Some(())
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = packed.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Part for bool {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        bytes.push(u8::from(*self));
        Some(())
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<bool> {
        Some(packed.byte()? != 0)
    }
}

impl Part for String {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        u32::try_from(self.len()).ok()?.pack(bytes)?;
        bytes.extend_from_slice(self.as_bytes());
        Some(())
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<String> {
        let length = u32::unpack(packed)?;
        std::str::from_utf8(packed.take(length as usize)?).ok().map(str::to_owned)
    }
}

impl Part for Span {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        self.start.pack(bytes)?;
        self.end.checked_sub(self.start)?.pack(bytes)
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<Span> {
        let start = u32::unpack(packed)?;
        Some(Span { file: packed.file, start, end: start.checked_add(u32::unpack(packed)?)? })
    }
}

impl<T: Part> Part for Box<T> {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        T::pack(self, bytes)
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<Box<T>> {
        T::unpack(packed).map(Box::new)
    }
}

impl<T: Part> Part for Option<T> {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        self.is_some().pack(bytes)?;
        self.iter().try_for_each(|part| part.pack(bytes))
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<Option<T>> {
        if bool::unpack(packed)? { T::unpack(packed).map(Some) } else { Some(None) }
    }
}

impl<T: Part> Part for Vec<T> {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        u32::try_from(self.len()).ok()?.pack(bytes)?;
        self.iter().try_for_each(|part| part.pack(bytes))
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<Vec<T>> {
        let length = u32::unpack(packed)? as usize;
        // Each part is a byte or more.
        let mut parts = Vec::with_capacity(length.min(packed.bytes.len()));
        for _ in 0..length {
            parts.push(T::unpack(packed)?);
        }
        Some(parts)
    }
}

impl<A: Part, B: Part> Part for (A, B) {
    fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
        self.0.pack(bytes)?;
        self.1.pack(bytes)
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<(A, B)> {
        Some((A::unpack(packed)?, B::unpack(packed)?))
    }
}

/// A struct is its fields, one behind the other.
macro_rules! fields {
    ($($name:ident { $($field:ident)* })*) => {
        $(impl Part for $name {
            fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
                let $name { $($field),* } = self;
                $($field.pack(bytes)?;)*
                Some(())
            }

            fn unpack(packed: &mut Packed<'_>) -> Option<$name> {
                Some($name { $($field: Part::unpack(packed)?),* })
            }
        })*
    };
}

/// An enum is a byte that says which variant it is, and what that has. Those behind `but` are no part of a
/// vocabulary.
macro_rules! variants {
    ($($name:ident { $($tag:literal $variant:ident $(($($part:ident)*))? $({ $($field:ident)* })?),* $(,)? $(; but $($other:ident)*)? })*) => {
        $(impl Part for $name {
            fn pack(&self, bytes: &mut Vec<u8>) -> Option<()> {
                match self {
                    $($name::$variant $(($($part),*))? $({ $($field),* })? => {
                        bytes.push($tag);
                        $($($part.pack(bytes)?;)*)?
                        $($($field.pack(bytes)?;)*)?
                        Some(())
                    })*
                    $($($name::$other { .. })|* => None,)?
                }
            }

            fn unpack(packed: &mut Packed<'_>) -> Option<$name> {
                Some(match packed.byte()? {
                    $($tag => {
                        $($(let $part = Part::unpack(packed)?;)*)?
                        $($(let $field = Part::unpack(packed)?;)*)?
                        $name::$variant $(($($part),*))? $({ $($field),* })?
                    })*
                    _ => return None,
                })
            }
        })*
    };
}

fields! {
    Name { text span }
    Text { text span }
    Number { text span }
    Unit { text span }
    Statement { doc span word kind }
    Type { span kind }
    Modifier { span kind }
    Scale { unit factor of offset source }
    Equivalent { factor reference source }
    Fraction { above below }
    Attribute { doc name ty modifiers }
    Length { span number unit }
    ResultsCount { span length }
    Expr { span kind }
    Term { prefixes subjects braced by filter }
    DailyDose { prefix subjects braced filter reference window }
    Prefix { span kind }
    Tail { span kind }
    CodeWord { scale word }
    EntryPoint { span last ends of }
}

variants! {
    StatementKind {
        0 Vocabulary { name title },
        1 Anchor { name text after },
        2 Fact { name ty modifiers },
        3 Kind { word name modifiers },
        4 Group { name modifiers members },
        5 Extend { name values modifiers },
        6 ExtendGroup { name modifiers members },
        7 Unit { spelling unit },
        8 Define { name body },
        9 Assert { id text body };
        but Trial Use Criterion Note Example
    }
    EntryKind { 0 Event, 1 Condition, 2 Drug }
    TypeKind {
        0 Quantity(unit),
        1 Score { low high step },
        2 Titre { low high },
        3 Ordinal { scale levels },
        4 OneOf(codes),
        5 YesNo,
        6 Date,
    }
    ModifierKind {
        0 Possible(low high),
        1 Plausible(low high),
        2 Molar(number unit),
        3 Uln,
        4 Lln,
        5 Timeless,
        6 Results(count),
        7 AbsentMeansNo,
        8 Else(body),
        9 Equates(unit),
        10 Scale(scale),
        11 Equivalent(equivalent),
        12 HalfLife(number unit),
        13 BearsOn(names),
        14 Codes { system codes source },
        15 Attributes(attributes),
    }
    ExprKind {
        0 Or(items),
        1 And(items),
        2 Not(of),
        3 Block { quantifier items },
        4 Tailed { subject tails },
        5 Arithmetic { op op_span left right },
        6 Negate(of),
        7 Call { function arguments },
        8 If { condition then otherwise },
        9 Literal { number unit },
        10 TimesLimit { factor limit },
        11 Level { scale level },
        12 Term(term),
        13 DailyDose(dose),
        14 Elided,
        15 Judged { text by },
        16 Todo(text),
        17 Broken,
    }
    BlockQuantifier { 0 Any, 1 All, 2 None, 3 AtLeast(count), 4 AtMost(count), 5 Exactly(count) }
    ArithmeticOp { 0 Add, 1 Subtract, 2 Multiply, 3 Divide, 4 Power }
    Limit { 0 Uln, 1 Lln }
    PrefixKind {
        0 Prior,
        1 Current,
        2 Planned,
        3 No,
        4 Any,
        5 Latest,
        6 Highest,
        7 Lowest,
        8 Every,
        9 First,
        10 Consecutive,
        11 AtLeast(count),
        12 AtMost(count),
        13 Exactly(count),
        14 Distinct,
    }
    TailKind {
        0 Compare { op op_span right },
        1 Between { low high },
        2 Is { negated value },
        3 InSet { negated values },
        4 InUnit(unit),
        5 Window(window),
        6 Lasting { strict length },
        7 Gaps(length),
        8 OneEntry,
        9 Apart(length),
        10 Except(filter),
    }
    Comparison { 0 Ge, 1 Gt, 2 Le, 3 Lt, 4 Eq, 5 Ne }
    Window {
        0 Within { length side anchor },
        1 Before(anchor),
        2 After(anchor),
        3 At(anchor),
        4 Beyond { strict length side anchor },
        5 Throughout { length anchor },
    }
    Side { 0 Before, 1 After, 2 Of }
    WindowAnchor { 0 Name(name), 1 Entry(point) }
}

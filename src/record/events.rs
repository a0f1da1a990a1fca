//! What a record is read from, one token at a time: a JSON text today; a row of a table is `{"id": .., "facts": {..}}` by
//! other means.
//!
//! A record is read straight into its slots, every problem in it is reported with its path, and an entry of a group is read
//! twice (first for its member, then for its attributes): a source that hands out one token at a time, and can be cloned
//! where it stands, does all three without values built in between.

use std::borrow::Cow;

/// Where and why a source breaks off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The byte.
    pub(crate) at: usize,
    /// What was wrong there.
    pub(crate) what: &'static str,
}

/// A number as written, and the double nearest to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// The nearest double; infinite beyond their range.
    pub(crate) value: f64,
}

/// The beginning of a value: a scalar whole, an array or object only its bracket.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token<'a> {
    /// Nothing is known.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number<'a>),
    /// A text, escapes resolved.
    Text(Cow<'a, str>),
    /// An array, to be followed by [`Events::element`] until it answers false.
    Array,
    /// An object, to be followed by [`Events::key`] until it answers `None`.
    Object,
}

/// A source of tokens. The methods named `plain_..` are shortcuts for what nearly every record holds: each takes the next
/// token where it is of that form and has nothing to resolve, and otherwise takes nothing; a source without a quick way
/// keeps the ones given here.
pub(crate) trait Events<'a>: Clone {
    /// The form that it reads, in a message about where it breaks off.
    const FORM: &'static str;

    /// The next value.
    ///
    /// # Errors
    /// The source breaks off.
    fn value(&mut self) -> Result<Token<'a>, SyntaxError>;

    /// Whether an element of the array entered follows; its value is next.
    ///
    /// # Errors
    /// The source breaks off.
    fn element(&mut self) -> Result<bool, SyntaxError>;

    /// The next key of the object entered, `None` at its end; the key's value is next.
    ///
    /// # Errors
    /// The source breaks off.
    fn key(&mut self) -> Result<Option<Cow<'a, str>>, SyntaxError>;

    /// Nothing but blanks may follow.
    ///
    /// # Errors
    /// Something does.
    fn end(&mut self) -> Result<(), SyntaxError>;

    /// Passes over what `token`, just read, has begun.
    ///
    /// # Errors
    /// The source breaks off.
    fn skip(&mut self, token: &Token<'_>) -> Result<(), SyntaxError> {
        match token {
            Token::Array => {
                while self.element()? {
                    self.skip_value()?;
                }
            }
            Token::Object => {
                while self.key()?.is_some() {
                    self.skip_value()?;
                }
            }
            Token::Null | Token::Bool(_) | Token::Number(_) | Token::Text(_) => {}
        }
        Ok(())
    }

    /// Passes over the next value.
    ///
    /// # Errors
    /// The source breaks off.
    fn skip_value(&mut self) -> Result<(), SyntaxError> {
        let token = self.value()?;
        self.skip(&token)
    }

    /// The next key, where it is plain.
    fn plain_key(&mut self) -> Option<&'a str> {
        None
    }

    /// The next value, where it is a plain text.
    fn plain_text(&mut self) -> Option<&'a str> {
        None
    }

    /// The next value, where it is yes or no.
    fn plain_flag(&mut self) -> Option<bool> {
        None
    }

    /// The next value, where it is a plain number.
    fn plain_number(&mut self) -> Option<f64> {
        None
    }
}

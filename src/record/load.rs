//! JSON into a [`Record`], every problem reported with its path.

mod entry;
mod value;
mod word;

use std::borrow::Cow;
use std::fmt;

use crate::abbreviation::{Equivalent, known};
use crate::calendar::PartialDateTime;
use crate::diag::suggest;
use crate::legible;
use crate::tree::KindId;

use super::events::{Events, SyntaxError, Token};
use super::fast_values;
use super::json::Reader;
use super::model::{Attributes, KindSlot, Record, RecordId, Slot};
use super::problem::{RecordError, RecordErrorKind, RecordProblem};
use super::schema::{NameOf, Schema};
use super::stream::{MAX_RECORD, RawRecord, SplitProblem};
use crate::kleene::Tri;

/// How records are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// A bare number is in its fact's canonical unit, whether or not the record says `"units": "canonical"`.
    pub canonical_units: bool,
    /// Kinds that are none where the record does not give them: see [`Evaluator::kinds_named`](crate::Evaluator::kinds_named).
    pub closed: Vec<KindId>,
}

/// Where in the record: a list from the value outwards, built on the stack.
#[derive(Debug, Clone, Copy)]
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Key(Path::Root, key) => f.write_str(key),
            Path::Key(outer, key) => write!(f, "{outer}.{key}"),
            Path::Index(outer, index) => write!(f, "{outer}[{index}]"),
        }
    }
}

/// Reads one record.
struct Loader<'p, 'r> {
    schema: &'p Schema,
    record: &'r mut Record,
    problems: Vec<RecordProblem>,
    /// Problems that a later `"units": "canonical"` would lift, by index.
    missing_units: Vec<usize>,
    canonical: bool,
    id: Option<RecordId>,
}

impl Schema {
    /// Reads one record of this schema.
    ///
    /// # Errors
    /// Every problem of the record at once; it then has no verdict.
    pub fn read(&self, json: &[u8], options: &ReadOptions) -> Result<Record, RecordError> {
        let mut record = Record::default();
        self.read_into(json, options, &mut record)?;
        Ok(record)
    }

    /// Reads one record of a stream.
    ///
    /// # Errors
    /// As [`Program::read`], with the record's line.
    pub fn read_raw(&self, raw: &RawRecord<'_>, options: &ReadOptions) -> Result<Record, RecordError> {
        if let Some(problem) = raw.problem {
            return Err(problem.into_error(raw.line));
        }
        self.read(raw.bytes, options).map_err(|error| error.at_line(raw.line))
    }

    /// [`Program::read`] into a record that is overwritten, so that its memory serves again. After an error it holds
    /// nothing of use.
    ///
    /// # Errors
    /// As [`Program::read`].
    pub fn read_into(&self, json: &[u8], options: &ReadOptions, record: &mut Record) -> Result<(), RecordError> {
        if json.len() > MAX_RECORD {
            return Err(SplitProblem::TooLarge.into_error(1));
        }
        let Ok(text) = std::str::from_utf8(json) else {
            return Err(RecordError::whole(1, RecordErrorKind::NotUtf8, "the record is not UTF-8 text"));
        };
        self.load(Reader::new(text), options, record)
    }

    /// A record from any source of tokens: one object with the keys that docs/records.md lists.
    ///
    /// # Errors
    /// As [`Schema::read`].
    fn load<'t>(&self, source: impl Events<'t>, options: &ReadOptions, record: &mut Record) -> Result<(), RecordError> {
        self.clear(record);
        let mut loader = Loader {
            schema: self,
            record,
            problems: Vec::new(),
            missing_units: Vec::new(),
            canonical: options.canonical_units,
            id: None,
        };
        let read = loader.whole(source, options);
        loader.record.seen.reset(0);
        if let Err(error) = read {
            // What was found before the text broke off rests on a misread text.
            let message = format!("not JSON: {} (byte {} of the record)", error.what, error.at + 1);
            let mut whole = RecordError::whole(1, RecordErrorKind::NotJson, message);
            whole.id = loader.id;
            return Err(whole);
        }
        let Loader { mut problems, missing_units, canonical, id, record, .. } = loader;
        if canonical {
            let mut index = 0;
            problems.retain(|_| {
                index += 1;
                missing_units.binary_search(&(index - 1)).is_err()
            });
        }
        match id {
            Some(id) if problems.is_empty() => {
                record.id = id;
                Ok(())
            }
            id => Err(RecordError { line: 1, id, problems }),
        }
    }

    fn clear(&self, record: &mut Record) {
        fn refill<T: Clone>(list: &mut Vec<T>, count: usize, with: T) {
            list.clear();
            list.resize(count, with);
        }
        refill(&mut record.anchors, self.tree.anchors.len(), None);
        refill(&mut record.facts, self.tree.facts.len(), Slot::Absent);
        refill(&mut record.kinds, self.tree.kinds.len(), KindSlot::default());
        record.ways.clear();
        refill(&mut record.judgements, self.tree.questions.len(), Tri::Unknown);
        refill(&mut record.words, self.tree.facts.len() + self.tree.questions.len(), fast_values::ABSENT);
        record.seen.reset(self.names.len() + self.anchors.len() + self.questions.len());
        record.observations.clear();
        record.entries.clear();
        record.attributes.clear();
    }
}

impl SplitProblem {
    /// The problem as that of a record.
    pub fn into_error(self, line: u64) -> RecordError {
        match self {
            SplitProblem::TooLarge => RecordError::whole(line, RecordErrorKind::TooLarge, "the record is over 16 MiB"),
            SplitProblem::UnclosedArray => {
                RecordError::whole(line, RecordErrorKind::BrokenStream, "the array of records is never closed")
            }
            SplitProblem::BehindArray => {
                let message = "there is more after the array of records; reading goes on from here";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Rest => {
                let message = "text behind the array of records; nothing is read from here on";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Stray => {
                let message = "a comma or a closing bracket that belongs to no record";
                RecordError::whole(line, RecordErrorKind::BrokenStream, message)
            }
            SplitProblem::Comma => RecordError::whole(
                line,
                RecordErrorKind::BrokenStream,
                "records of an array are not parted by one comma each",
            ),
        }
    }
}

const TOP_KEYS: [&str; 5] = ["id", "units", "anchors", "facts", "judgements"];

impl Loader<'_, '_> {
    fn report(&mut self, kind: RecordErrorKind, path: &Path<'_>, message: impl Into<String>) {
        self.report_with_help(kind, path, message, None);
    }

    fn report_with_help(
        &mut self,
        kind: RecordErrorKind,
        path: &Path<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.problems.push(RecordProblem { kind, path: path.to_string(), message: message.into(), help });
    }

    fn whole<'t>(&mut self, mut reader: impl Events<'t>, options: &ReadOptions) -> Result<(), SyntaxError> {
        let root = Path::Root;
        let first = reader.value()?;
        if first != Token::Object {
            reader.skip(&first)?;
            reader.end()?;
            let message = format!("a record is a JSON object, not {}", kind_of(&first));
            self.report(RecordErrorKind::NotAnObject, &root, message);
            return Ok(());
        }
        let mut seen = [false; TOP_KEYS.len()];
        let mut groups = Vec::new();
        while let Some(key) = reader.key()? {
            let path = Path::Key(&root, &key);
            let place = TOP_KEYS.iter().position(|top| *top == key);
            if let Some(seen) = place.and_then(|place| seen.get_mut(place))
                && std::mem::replace(seen, true)
            {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
                reader.skip_value()?;
                continue;
            }
            match &*key {
                "id" => self.id(&mut reader, &path)?,
                "units" => self.units(&mut reader, &path)?,
                "anchors" => self.anchors(&mut reader, &path)?,
                "facts" => self.facts(&mut reader, &path, &mut groups)?,
                "judgements" => self.judgements(&mut reader, &path)?,
                _ => {
                    let help = did_you_mean(&key, TOP_KEYS);
                    let message = format!("a record has no key `{key}`");
                    self.report_with_help(RecordErrorKind::UnknownKey, &path, message, help);
                    reader.skip_value()?;
                }
            }
        }
        reader.end()?;
        self.groups(groups)?;
        self.close(options);
        if seen.first() != Some(&true) {
            self.report(RecordErrorKind::MissingId, &Path::Key(&root, "id"), "the record has no `id`");
        }
        Ok(())
    }

    /// Kinds that are absent and still known to be empty.
    fn close(&mut self, options: &ReadOptions) {
        for (slot, kind) in self.record.kinds.iter_mut().zip(&self.schema.tree.kinds) {
            if kind.absent_means_no && !slot.given && slot.count == 0 {
                slot.complete = true;
            }
        }
        for kind in &options.closed {
            if let Some(slot) = self.record.kinds.get_mut(*kind)
                && !slot.given
                && slot.count == 0
            {
                slot.complete = true;
            }
        }
    }

    fn wrong_type(&mut self, path: &Path<'_>, wanted: &str, token: &Token<'_>) {
        self.report(RecordErrorKind::WrongType, path, format!("expected {wanted}, found {}", kind_of(token)));
    }

    fn id<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        let token = reader.value()?;
        let id = match &token {
            Token::Text(text) if !legible::is_blank(text) => Some(RecordId::Text(text.clone().into_owned())),
            Token::Number(number) => number.text.parse().ok().map(RecordId::Number),
            _ => None,
        };
        if id.is_none() {
            match &token {
                Token::Text(text) => {
                    let how = if text.is_empty() { "is empty" } else { "has nothing in it that can be seen" };
                    let message = format!("the id {how}: it could not be said whose verdict it is");
                    self.report(RecordErrorKind::MissingId, path, message);
                }
                Token::Number(number) => {
                    let digits = number.text.bytes().filter(u8::is_ascii_digit).count();
                    let plain = number.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                    let message = if plain {
                        format!("a number of {digits} digits is too long for an id, programs would round it")
                    } else {
                        "an id that is a number is whole and written with digits alone".to_owned()
                    };
                    let help = Some("write it as a text, in quotes".to_owned());
                    self.report_with_help(RecordErrorKind::WrongType, path, message, help);
                }
                _ => self.wrong_type(path, "a text or a whole number", &token),
            }
        }
        self.id = id;
        reader.skip(&token)
    }

    fn units<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        let token = reader.value()?;
        match &token {
            Token::Text(text) if text == "canonical" => self.canonical = true,
            Token::Null => {}
            _ => self.wrong_type(path, "\"canonical\"", &token),
        }
        reader.skip(&token)
    }

    /// `true` where the value is an object; `null` is an empty one.
    fn object<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<bool, SyntaxError> {
        let token = reader.value()?;
        match token {
            Token::Object => return Ok(true),
            Token::Null => {}
            _ => self.wrong_type(path, "an object", &token),
        }
        reader.skip(&token)?;
        Ok(false)
    }

    fn anchors<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        if !self.object(reader, path)? {
            return Ok(());
        }
        while let Some(key) = reader.key()? {
            let path = Path::Key(path, &key);
            let Some(anchor) = self.schema.anchors.get(&key).map(|id| *id as usize) else {
                let names = self.schema.tree.anchors.iter().map(|anchor| anchor.name.as_str());
                let help = did_you_mean(&key, names);
                let message = format!("the trial has no anchor `{key}`");
                self.report_with_help(RecordErrorKind::UnknownAnchor, &path, message, help);
                reader.skip_value()?;
                continue;
            };
            if self.record.seen.mark(self.schema.names.len() + anchor) {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
            }
            let token = reader.value()?;
            let date = self.date_or_null(&token, &path);
            reader.skip(&token)?;
            if let Some(slot) = self.record.anchors.get_mut(anchor) {
                *slot = date;
            }
        }
        Ok(())
    }

    fn judgements<'t>(&mut self, reader: &mut impl Events<'t>, path: &Path<'_>) -> Result<(), SyntaxError> {
        if !self.object(reader, path)? {
            return Ok(());
        }
        while let Some(key) = reader.key()? {
            let path = Path::Key(path, &key);
            let Some(question) = self.schema.questions.get(&key).map(|id| *id as usize) else {
                let names = self.schema.tree.questions.iter().map(|question| question.id.as_str());
                let help = did_you_mean(&key, names);
                let message = format!("the trial has no question `{key}`");
                self.report_with_help(RecordErrorKind::UnknownJudgement, &path, message, help);
                reader.skip_value()?;
                continue;
            };
            if self.record.seen.mark(self.schema.names.len() + self.schema.anchors.len() + question) {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
            }
            let token = reader.value()?;
            let answer = match token {
                Token::Bool(answer) => Tri::of(answer),
                Token::Null => Tri::Unknown,
                _ => {
                    self.wrong_type(&path, "true, false or null", &token);
                    Tri::Unknown
                }
            };
            reader.skip(&token)?;
            if let Some(slot) = self.record.judgements.get_mut(question) {
                *slot = answer;
            }
            let place = self.schema.tree.facts.len() + question;
            if let (Some(word), Some(answer)) = (self.record.words.get_mut(place), answer.known()) {
                *word = fast_values::flag(answer);
            }
        }
        Ok(())
    }

    fn facts<'t, E: Events<'t>>(
        &mut self,
        reader: &mut E,
        path: &Path<'_>,
        groups: &mut Vec<(u32, E)>,
    ) -> Result<(), SyntaxError> {
        if !self.object(reader, path)? {
            return Ok(());
        }
        loop {
            let key = match reader.plain_key() {
                Some(key) => Cow::Borrowed(key),
                None => match reader.key()? {
                    Some(key) => key,
                    None => return Ok(()),
                },
            };
            let path = Path::Key(path, &key);
            let Some((name, index)) = self.schema.names.get(&key).copied() else {
                let help = abbreviated(&key, |name| self.schema.names.get(name).is_some())
                    .or_else(|| did_you_mean(&key, self.schema.names.keys().map(String::as_str)));
                let message = format!("the trial's vocabulary has no `{key}`");
                self.report_with_help(RecordErrorKind::UnknownFact, &path, message, help);
                reader.skip_value()?;
                continue;
            };
            if self.record.seen.mark(index as usize) {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
                reader.skip_value()?;
                continue;
            }
            match name {
                NameOf::Fact(fact) => self.fact(reader, &path, fact)?,
                NameOf::Kind(kind) => self.kind(reader, &path, kind)?,
                NameOf::Group(group) => {
                    // Its meaning depends on what the record says of its members, maybe further down.
                    groups.push((group, reader.clone()));
                    reader.skip_value()?;
                }
                NameOf::Other => reader.skip_value()?,
            }
        }
    }

    fn date_or_null(&mut self, token: &Token<'_>, path: &Path<'_>) -> Option<PartialDateTime> {
        match token {
            Token::Null => None,
            token => self.date(token, path),
        }
    }

    fn date(&mut self, token: &Token<'_>, path: &Path<'_>) -> Option<PartialDateTime> {
        let Token::Text(text) = token else {
            self.wrong_type(path, "a date in quotes, such as \"2026-03-01\"", token);
            return None;
        };
        match PartialDateTime::parse(text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.report(RecordErrorKind::BadDate, path, error.to_string());
                None
            }
        }
    }

    /// Room for the attributes of one result or entry.
    fn reserve_attributes(&mut self, count: usize) -> Attributes {
        let start = super::schema::small(self.record.attributes.len());
        self.record.attributes.resize(self.record.attributes.len() + count, None);
        Attributes { start, count: super::schema::small(count) }
    }
}

/// A token in words.
fn kind_of(token: &Token<'_>) -> &'static str {
    match token {
        Token::Null => "null",
        Token::Bool(true) => "true",
        Token::Bool(false) => "false",
        Token::Number(_) => "a number",
        Token::Text(_) => "a text",
        Token::Array => "an array",
        Token::Object => "an object",
    }
}

/// What an abbreviation of the field is called here, where the vocabulary has a name for it: `PLT`, `QTcF`.
fn abbreviated(word: &str, has: impl Fn(&str) -> bool) -> Option<String> {
    let row = known(word)?;
    let (Equivalent::Written(text), Some(name)) = (row.here, row.name()) else {
        return None;
    };
    if !has(name) || name == word.to_lowercase() {
        return None;
    }
    let beside = text.split_once('(').and_then(|(_, filter)| filter.trim_end_matches(')').split_once(" is "));
    let beside = beside.map_or(String::new(), |(key, value)| format!(" with \"{key}\": \"{value}\""));
    Some(format!("`{word}` is {}: `{name}`{beside}", row.means))
}

fn did_you_mean<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::did_you_mean(&suggest::nearest_names(wanted, names, 3))
}

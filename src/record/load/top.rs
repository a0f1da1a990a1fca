//! The keys of a record: its id, anchors, facts and judgements.

use crate::ir::Id;
use std::borrow::Cow;

use super::loader::{Loader, did_you_mean, kind_of};
use super::options::ReadOptions;
use super::path::Path;
use crate::abbreviation::{Equivalent, known};
use crate::kleene::Tri;
use crate::legible;
use crate::record::events::{Events, SyntaxError, Token};
use crate::record::fast_values;
use crate::record::model::RecordId;
use crate::record::problem::RecordErrorKind;
use crate::record::schema::NameOf;
use crate::tree::GroupId;

const TOP_KEYS: [&str; 5] = ["id", "units", "anchors", "facts", "judgements"];

impl Loader<'_, '_> {
    pub(super) fn whole<'t>(&mut self, mut reader: impl Events<'t>, options: &ReadOptions) -> Result<(), SyntaxError> {
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
            let Some(anchor) = self.schema.anchors.get(&key).copied() else {
                let names = self.schema.tree.anchors.iter().map(|anchor| anchor.name.as_str());
                let help = did_you_mean(&key, names);
                let message = format!("the trial has no anchor `{key}`");
                self.report_with_help(RecordErrorKind::UnknownAnchor, &path, message, help);
                reader.skip_value()?;
                continue;
            };
            if self.record.seen.mark(self.schema.names.len() + anchor.place()) {
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
            let Some(question) = self.schema.questions.get(&key).copied() else {
                let names = self.schema.tree.questions.iter().map(|question| question.id.as_str());
                let help = did_you_mean(&key, names);
                let message = format!("the trial has no question `{key}`");
                self.report_with_help(RecordErrorKind::UnknownJudgement, &path, message, help);
                reader.skip_value()?;
                continue;
            };
            if self.record.seen.mark(self.schema.names.len() + self.schema.anchors.len() + question.place()) {
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
            let place = self.schema.tree.facts.len() + question.place();
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
        groups: &mut Vec<(GroupId, E)>,
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
    let filter = text.split_once('(').and_then(|(_, filter)| filter.trim_end_matches(')').split_once(" is "));
    let filter = filter.map_or(String::new(), |(key, value)| format!(" with \"{key}\": \"{value}\""));
    Some(format!("`{word}` is {}: `{name}`{filter}", row.means))
}

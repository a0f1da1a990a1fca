//! Tokens into a [`Record`], every problem reported with its path.

mod attribute;
mod entry;
mod loader;
mod options;
mod parts;
mod path;
mod result;
mod scalar;
mod titre;
mod top;
mod unit;
mod wanted;
mod word;

use crate::kleene::Tri;
use crate::record::events::Events;
use crate::record::fast_values;
use crate::record::json::Reader;
use crate::record::model::{KindSlot, Record, Slot};
use crate::record::problem::{RecordError, RecordErrorKind};
use crate::record::schema::Schema;
use crate::record::stream::{MAX_RECORD, RawRecord, SplitProblem};
use loader::Loader;

pub use options::ReadOptions;

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
    /// As [`Schema::read`], with the record's line.
    pub fn read_raw(&self, raw: &RawRecord<'_>, options: &ReadOptions) -> Result<Record, RecordError> {
        if let Some(problem) = raw.problem {
            return Err(problem.into_error(raw.line));
        }
        self.read(raw.bytes, options).map_err(|error| error.at_line(raw.line))
    }

    /// [`Schema::read`] into a record that is overwritten, so that its memory serves again. After an error it holds
    /// nothing of use.
    ///
    /// # Errors
    /// As [`Schema::read`].
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
    pub(in crate::record) fn load<'t, E: Events<'t>>(
        &self,
        source: E,
        options: &ReadOptions,
        record: &mut Record,
    ) -> Result<(), RecordError> {
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
            let message = format!("not {}: {} (byte {} of the record)", E::FORM, error.what, error.at + 1);
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
        record.anchors.refill(self.tree.anchors.len(), None);
        record.facts.refill(self.tree.facts.len(), Slot::Absent);
        record.kinds.refill(self.tree.kinds.len(), KindSlot::default());
        record.ways.clear();
        record.judgements.refill(self.tree.questions.len(), Tri::Unknown);
        record.words.clear();
        record.words.resize(self.tree.facts.len() + self.tree.questions.len(), fast_values::ABSENT);
        record.seen.reset(self.names.len() + self.anchors.len() + self.questions.len());
        record.observations.clear();
        record.entries.clear();
        record.attributes.clear();
    }
}

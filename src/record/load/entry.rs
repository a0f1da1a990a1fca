//! Entries of kinds, and groups that mean several kinds.

use super::loader::Loader;
use super::path::Path;
use crate::calendar::PartialDateTime;
use crate::diag::suggest;
use crate::record::events::{Events, SyntaxError, Token};
use crate::record::model::{Attributes, End, Entry, KindSlot};
use crate::record::name_table::small;
use crate::record::problem::RecordErrorKind;
use crate::record::schema::Scope;
use crate::tree::{GroupId, KindId};

const ENTRY_KEYS: [&str; 3] = ["start", "end", "planned"];

/// The keys under which an entry of a group names its member: `kind` only where there is no `drug`, since members may
/// have an attribute of that name.
const MEMBER_KEYS: [&str; 2] = ["drug", "kind"];

/// An entry that a group lists.
struct GroupEntry {
    kind: KindId,
    group: GroupId,
    entry: Entry,
}

impl Loader<'_, '_> {
    pub(crate) fn kind<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
        kind: KindId,
    ) -> Result<(), SyntaxError> {
        let token = reader.value()?;
        let start = small(self.record.entries.len());
        let mut slot = KindSlot { complete: true, given: true, start, count: 0 };
        match token {
            Token::Null => slot = KindSlot::default(),
            Token::Bool(false) => {}
            Token::Bool(true) => {
                slot.complete = false;
                self.record.entries.push(Entry {
                    start: None,
                    end: End::Absent,
                    planned: None,
                    attributes: Attributes::default(),
                });
            }
            Token::Object => self.entry(reader, path, kind, None)?,
            Token::Array => {
                let mut index = 0;
                while reader.element()? {
                    let path = Path::Index(path, index);
                    index += 1;
                    let token = reader.value()?;
                    if token == Token::Object {
                        self.entry(reader, &path, kind, None)?;
                    } else {
                        self.wrong_type(&path, "an entry, such as {\"start\": \"2024-06\"}", &token);
                        reader.skip(&token)?;
                    }
                }
            }
            token => {
                self.wrong_type(path, "a list of entries, false or true", &token);
                reader.skip(&token)?;
            }
        }
        slot.count = small(self.record.entries.len()) - start;
        if let Some(place) = self.record.kinds.get_mut(kind) {
            *place = slot;
        }
        Ok(())
    }

    /// One entry, whose `{` has been read. In a group, the key that names the member is passed over.
    fn entry<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
        kind: KindId,
        member_key: Option<&str>,
    ) -> Result<(), SyntaxError> {
        let count = self.schema.attributes(Scope::Kind(kind)).len();
        let attributes = self.reserve_attributes(count);
        let mut entry = Entry { start: None, end: End::Absent, planned: None, attributes };
        let mut seen = [false; ENTRY_KEYS.len()];
        while let Some(key) = reader.key()? {
            let path = Path::Key(path, &key);
            let place = ENTRY_KEYS.iter().position(|known| *known == key);
            if let Some(seen) = place.and_then(|place| seen.get_mut(place))
                && std::mem::replace(seen, true)
            {
                self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
            }
            match &*key {
                "start" => {
                    let token = reader.value()?;
                    entry.start = self.date_or_null(&token, &path);
                    reader.skip(&token)?;
                }
                "end" => {
                    let token = reader.value()?;
                    entry.end = match &token {
                        Token::Null => End::Running,
                        token => self.date(token, &path).map_or(End::Absent, End::At),
                    };
                    reader.skip(&token)?;
                }
                "planned" => {
                    let token = reader.value()?;
                    match token {
                        Token::Bool(planned) => entry.planned = Some(planned),
                        Token::Null => {}
                        _ => self.wrong_type(&path, "true or false", &token),
                    }
                    reader.skip(&token)?;
                }
                key if member_key == Some(key) => reader.skip_value()?,
                key => self.attribute(reader, key, &path, Scope::Kind(kind), attributes, ENTRY_KEYS)?,
            }
        }
        if let (Some(start), End::At(end)) = (&entry.start, &entry.end)
            && ends_before(start, end)
        {
            let path = Path::Key(path, "end");
            self.report(RecordErrorKind::EndBeforeStart, &path, "the entry ends before it starts");
        }
        self.record.entries.push(entry);
        Ok(())
    }

    /// Groups, once every kind has been read.
    pub(crate) fn groups<'t>(&mut self, groups: Vec<(GroupId, impl Events<'t>)>) -> Result<(), SyntaxError> {
        let schema = self.schema;
        let root = Path::Root;
        let facts = Path::Key(&root, "facts");
        // Entries found under groups, by kind and group; they join the record when all are known.
        let mut found: Vec<GroupEntry> = Vec::new();
        let mut none: Vec<(KindId, String)> = Vec::new();
        let mut complete = Vec::new();
        for (group, mut reader) in groups {
            let Some(declared) = schema.tree.groups.get(group) else {
                continue;
            };
            let path = Path::Key(&facts, &declared.name);
            let token = reader.value()?;
            let before = self.record.entries.len();
            match token {
                Token::Null => continue,
                Token::Bool(false) => {}
                Token::Bool(true) => {
                    let message = format!("`{}` is a group: say which of its members", declared.name);
                    let help = "write a list of entries, each with \"drug\" or \"kind\"".to_owned();
                    self.report_with_help(RecordErrorKind::WrongType, &path, message, Some(help));
                    continue;
                }
                Token::Object => self.member(&mut reader, &path, group, &mut found)?,
                Token::Array => {
                    let mut index = 0;
                    while reader.element()? {
                        let path = Path::Index(&path, index);
                        index += 1;
                        let token = reader.value()?;
                        if token == Token::Object {
                            self.member(&mut reader, &path, group, &mut found)?;
                        } else {
                            self.wrong_type(&path, "an entry, such as {\"drug\": \"..\"}", &token);
                            reader.skip(&token)?;
                        }
                    }
                    if index == 0 {
                        none.extend(declared.members.iter().map(|member| (*member, declared.name.clone())));
                    }
                }
                token => {
                    self.wrong_type(&path, "a list of entries, or false", &token);
                    continue;
                }
            }
            if token == Token::Bool(false) {
                none.extend(declared.members.iter().map(|member| (*member, declared.name.clone())));
            }
            self.record.entries.truncate(before);
            complete.extend(&declared.members);
        }
        for (kind, group) in &none {
            let own = self.record.kinds.get(*kind).is_some_and(|slot| slot.count > 0);
            let elsewhere = found.iter().any(|found| found.kind == *kind);
            if (own || elsewhere)
                && let Some(kind) = schema.tree.kinds.get(*kind)
            {
                let message = format!("`{group}` says none, but `{}` has entries", kind.name);
                self.report(RecordErrorKind::GroupContradiction, &Path::Key(&facts, group), message);
            }
        }
        found.sort_by_key(|found| found.kind);
        for run in found.chunk_by(|a, b| a.kind == b.kind) {
            let Some(first) = run.first() else {
                continue;
            };
            let Some(slot) = self.record.kinds.get_mut(first.kind) else {
                continue;
            };
            // What is said twice would be counted twice.
            let twice = if slot.given {
                Some("by itself and in a group")
            } else if run.iter().any(|found| found.group != first.group) {
                Some("in two groups")
            } else {
                None
            };
            if let Some(twice) = twice {
                let name = schema.tree.kinds.get(first.kind).map_or("", |kind| kind.name.as_str());
                let message = format!("`{name}` is given {twice}");
                self.report(RecordErrorKind::GroupContradiction, &Path::Key(&facts, name), message);
                continue;
            }
            slot.start = small(self.record.entries.len());
            slot.count = small(run.len());
            self.record.entries.extend(run.iter().map(|found| found.entry));
        }
        for kind in complete {
            if let Some(slot) = self.record.kinds.get_mut(kind)
                && !slot.given
            {
                slot.complete = true;
            }
        }
        Ok(())
    }

    /// One entry of a group, whose `{` has been read: read once for its member, then as the member's.
    fn member<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        path: &Path<'_>,
        id: GroupId,
        found: &mut Vec<GroupEntry>,
    ) -> Result<(), SyntaxError> {
        let schema = self.schema;
        let Some(group) = schema.tree.groups.get(id) else {
            return Ok(());
        };
        let mut ahead = reader.clone();
        let mut named: [Option<String>; MEMBER_KEYS.len()] = [None, None];
        while let Some(key) = ahead.key()? {
            let token = ahead.value()?;
            let place = MEMBER_KEYS.iter().position(|known| *known == key);
            if let Some(name) = place.and_then(|place| named.get_mut(place)) {
                let path = Path::Key(path, &key);
                match &token {
                    Token::Text(_) if name.is_some() => {
                        self.report(RecordErrorKind::DuplicateKey, &path, format!("`{key}` is given twice"));
                    }
                    Token::Text(text) => *name = Some(text.clone().into_owned()),
                    token => self.wrong_type(&path, "a member's name in quotes", token),
                }
            }
            ahead.skip(&token)?;
        }
        let member = MEMBER_KEYS.iter().zip(named).find_map(|(key, name)| Some((*key, name?)));
        let Some((member_key, member)) = member else {
            let message = format!("an entry of `{}` does not name its member", group.name);
            let help = "add \"drug\" or \"kind\" with the member's name".to_owned();
            self.report_with_help(RecordErrorKind::MissingMember, path, message, Some(help));
            *reader = ahead;
            return Ok(());
        };
        let name_of = |kind: &KindId| schema.tree.kinds.get(*kind).map_or("", |kind| kind.name.as_str());
        if let Some(kind) = group.members.iter().find(|kind| name_of(kind) == member) {
            let kind = *kind;
            self.entry(reader, path, kind, Some(member_key))?;
            found.extend(self.record.entries.pop().map(|entry| GroupEntry { kind, group: id, entry }));
            return Ok(());
        }
        *reader = ahead;
        if !group.other_members.contains(&member) {
            let names = group.members.iter().map(name_of).chain(group.other_members.iter().map(String::as_str));
            let help = suggest::did_you_mean(&suggest::nearest_names(&member, names, 3));
            let message = format!("`{}` has no member `{member}`", group.name);
            self.report_with_help(RecordErrorKind::UnknownMember, path, message, help);
        }
        Ok(())
    }
}

/// Whether every day, or instant where both have one, of the end lies before the start.
fn ends_before(start: &PartialDateTime, end: &PartialDateTime) -> bool {
    if start.has_time() && end.has_time() {
        PartialDateTime::instant_before(end, start) == Some(true)
    } else {
        PartialDateTime::day_before(end, start) == Some(true)
    }
}

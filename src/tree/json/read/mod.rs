//! From the wire form to the tree: names become indices and texts become numbers. What needs the whole tree to judge
//! is left to [`super::validate`].

mod operand;

use std::collections::HashMap;

use super::select::Select;
use super::window::WindowFields;
use super::{TreeError, wire};
use crate::ir::{EntryKind, Id, MAX_NESTING, Polarity, Relation};
use crate::number::Rational;
use crate::tree::{
    Anchor, AnchorId, Attribute, Branch, Check, Choice, Code, Criterion, DecisionTree, EntryPoint, Fact, FactId,
    FactRead, Group, Kind, KindId, Leaf, Node, NodeId, Note, Question, QuestionId, Subject, Test, TestId, TimeOf,
    TrialInfo, ValueType, WindowAnchor,
};
use crate::units::{Conversion, Curve};

type Result<T> = std::result::Result<T, TreeError>;

/// The tree of a document.
pub(super) fn tree(document: wire::Document) -> Result<DecisionTree> {
    let wire::Document {
        trial, anchors, default_anchor, record, questions, tests, nodes, criteria, checks, notes, ..
    } = document;
    let names = Names {
        anchors: index("anchors", anchors.iter().map(|anchor| anchor.name.as_str()))?,
        facts: index("record.facts", record.facts.iter().map(|fact| fact.name.as_str()))?,
        kinds: index("record.kinds", record.kinds.iter().map(|kind| kind.name.as_str()))?,
        questions: index("questions", questions.iter().map(|question| question.id.as_str()))?,
    };
    Ok(DecisionTree {
        default_anchor: names.anchor("default_anchor", &default_anchor)?,
        groups: each("record.groups", record.groups, |path, group| names.group(path, group))?,
        tests: each("tests", tests, |path, test| names.test(path, test))?,
        criteria: each("criteria", criteria, |path, criterion| names.criterion(path, criterion))?,
        checks: each("checks", checks, |path, check| names.check(path, check))?,
        trial: TrialInfo {
            id: trial.id,
            title: trial.title,
            details: trial.details.into_iter().map(|detail| (detail.name, detail.value)).collect(),
        },
        anchors: anchors.into_iter().map(|anchor| Anchor { name: anchor.name, text: anchor.text }).collect(),
        facts: each("record.facts", record.facts, fact)?,
        kinds: each("record.kinds", record.kinds, kind)?,
        other_names: record.other_names,
        questions: questions
            .into_iter()
            .map(|question| Question { id: question.id, text: question.text, by: question.by })
            .collect(),
        nodes: nodes.into_iter().map(node).collect(),
        notes: notes.into_iter().map(note).collect(),
    })
}

fn each<W, T, L: FromIterator<T>>(path: &str, items: Vec<W>, mut read: impl FnMut(&str, W) -> Result<T>) -> Result<L> {
    items.into_iter().enumerate().map(|(index, item)| read(&format!("{path}[{index}]"), item)).collect()
}

fn index<'a, I: Id>(path: &str, names: impl Iterator<Item = &'a str>) -> Result<HashMap<String, I>> {
    let mut places = HashMap::new();
    for (place, name) in names.enumerate() {
        if places.insert(name.to_owned(), I::new(place)).is_some() {
            return Err(TreeError::new(format!("{path}[{place}]"), format!("`{name}` is listed twice")));
        }
    }
    Ok(places)
}

fn number(path: &str, text: &str) -> Result<Rational> {
    // An exponent would let a short text mean a number too long to write out again.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/'));
    match Rational::parse(text) {
        Ok(value) if plain => Ok(value),
        _ => {
            let text: String = text.chars().take(40).collect();
            let message = format!("`{text}` is not a number such as \"34.2\", \"-0.001\" or \"855/292331\"");
            Err(TreeError::new(path, message))
        }
    }
}

fn range(path: &str, range: Option<(String, String)>) -> Result<Option<(Rational, Rational)>> {
    let Some((low, high)) = range else {
        return Ok(None);
    };
    let path = format!("{path}.possible");
    Ok(Some((number(&path, &low)?, number(&path, &high)?)))
}

fn fact(path: &str, fact: wire::Fact) -> Result<Fact> {
    Ok(Fact {
        ty: value_type(path, fact.ty)?,
        possible: range(path, fact.possible)?,
        attributes: each(&format!("{path}.attributes"), fact.attributes, attribute)?,
        codes: fact.codes.into_iter().map(code).collect(),
        name: fact.name,
        text: fact.text,
        uln: fact.uln,
        lln: fact.lln,
        absent_means_no: fact.absent_means_no,
        bears_on: fact.bears_on,
    })
}

fn value_type(path: &str, ty: wire::Type) -> Result<ValueType> {
    Ok(match ty {
        wire::Type::Quantity { unit, units } => {
            let path = format!("{path}.type.units");
            let mut list = Vec::with_capacity(units.0.len());
            for (name, conversion) in units.0 {
                let conversion = match conversion {
                    wire::Conversion::Factor(factor) => Conversion::by(number(&path, &factor)?),
                    wire::Conversion::Affine(wire::Affine { factor, offset }) => {
                        Conversion::affine(number(&path, &factor)?, number(&path, &offset)?)
                    }
                    wire::Conversion::PowerOfTen(wire::PowerOfTen { power_of_ten }) => {
                        Conversion { curve: Curve::PowerOfTen, ..Conversion::by(number(&path, &power_of_ten)?) }
                    }
                };
                list.push((name, conversion));
            }
            // The order of an object's keys means nothing in JSON; the tree holds the canonical unit first.
            let canonical = list.iter().position(|(name, _)| *name == unit);
            let Some(canonical) = canonical else {
                return Err(TreeError::new(path, format!("the canonical unit `{unit}` is not among them")));
            };
            let first = list.remove(canonical);
            list.insert(0, first);
            ValueType::Quantity { unit, units: list }
        }
        wire::Type::Score { low, high, step } => {
            let path = format!("{path}.type");
            ValueType::Score { low: number(&path, &low)?, high: number(&path, &high)?, step: number(&path, &step)? }
        }
        wire::Type::Ordinal { scale, levels } => ValueType::Ordinal { scale, levels },
        wire::Type::Coded { values } => ValueType::Coded { values },
        wire::Type::Titre {} => ValueType::Titre,
        wire::Type::YesNo {} => ValueType::YesNo,
        wire::Type::Date {} => ValueType::Date,
    })
}

fn attribute(path: &str, attribute: wire::Attribute) -> Result<Attribute> {
    Ok(Attribute {
        ty: value_type(path, attribute.ty)?,
        possible: range(path, attribute.possible)?,
        name: attribute.name,
    })
}

fn code(code: wire::Code) -> Code {
    Code { system: code.system, code: code.code, source: code.source }
}

fn kind(path: &str, kind: wire::Kind) -> Result<Kind> {
    let half_life = kind.half_life.map(|days| number(&format!("{path}.half_life"), &days)).transpose()?;
    let equivalent =
        kind.equivalent.map(|one| Ok((number(&format!("{path}.equivalent"), &one.factor)?, one.of))).transpose()?;
    Ok(Kind {
        equivalent,
        word: match kind.word {
            wire::Word::Event => EntryKind::Event,
            wire::Word::Condition => EntryKind::Condition,
            wire::Word::Drug => EntryKind::Drug,
        },
        half_life,
        attributes: each(&format!("{path}.attributes"), kind.attributes, attribute)?,
        codes: kind.codes.into_iter().map(code).collect(),
        name: kind.name,
        text: kind.text,
        absent_means_no: kind.absent_means_no,
        bears_on: kind.bears_on,
    })
}

fn note(note: wire::Note) -> Note {
    Note { id: note.id, text: note.text, source: (note.source.file, note.source.line) }
}

fn node(node: wire::Node) -> Node {
    Node { test: TestId::at(node.test), yes: next(node.yes), no: next(node.no), unknown: next(node.unknown) }
}

fn next(next: wire::Branch) -> Branch {
    match next {
        wire::Branch::Node(index) => Branch::Node(NodeId::at(index)),
        wire::Branch::Leaf(leaf) => Branch::Leaf(match leaf {
            wire::Leaf::Pass => Leaf::Pass,
            wire::Leaf::Fail => Leaf::Fail,
            wire::Leaf::Yes => Leaf::Yes,
            wire::Leaf::No => Leaf::No,
            wire::Leaf::Unknown => Leaf::Unknown,
        }),
    }
}

fn filter(root: Option<wire::Branch>) -> Branch {
    root.map_or(Branch::Leaf(Leaf::Yes), next)
}

/// The fields of a test that name what it looks at.
struct Looked {
    fact: Option<String>,
    select: Option<Select>,
    filter: Option<wire::Branch>,
    attribute: Option<String>,
}

/// Where each name stands.
struct Names {
    anchors: HashMap<String, AnchorId>,
    facts: HashMap<String, FactId>,
    kinds: HashMap<String, KindId>,
    questions: HashMap<String, QuestionId>,
}

fn find<I: Id>(map: &HashMap<String, I>, what: &str, path: &str, name: &str) -> Result<I> {
    map.get(name).copied().ok_or_else(|| TreeError::new(path, format!("no {what} `{name}` is listed")))
}

impl Names {
    fn anchor(&self, path: &str, name: &str) -> Result<AnchorId> {
        find(&self.anchors, "anchor", path, name)
    }

    fn kind_list(&self, path: &str, names: &[String]) -> Result<Vec<KindId>> {
        names.iter().map(|name| find(&self.kinds, "kind", path, name)).collect()
    }

    fn group(&self, path: &str, group: wire::Group) -> Result<Group> {
        let members = self.kind_list(path, &group.members)?;
        Ok(Group { name: group.name, members, other_members: group.other_members })
    }

    fn check(&self, path: &str, check: wire::Check) -> Result<Check> {
        Ok(Check {
            facts: check.facts.iter().map(|name| find(&self.facts, "fact", path, name)).collect::<Result<_>>()?,
            kinds: self.kind_list(path, &check.kinds)?,
            anchors: check.anchors.iter().map(|name| self.anchor(path, name)).collect::<Result<_>>()?,
            id: check.id,
            text: check.text,
            why: check.why,
            root: next(check.root),
            source: (check.source.file, check.source.line),
        })
    }

    fn criterion(&self, path: &str, criterion: wire::Criterion) -> Result<Criterion> {
        Ok(Criterion {
            stage: self.anchor(&format!("{path}.stage"), &criterion.stage)?,
            id: criterion.id,
            polarity: match criterion.kind {
                wire::Polarity::Require => Polarity::Require,
                wire::Polarity::Exclude => Polarity::Exclude,
            },
            text: criterion.text,
            statement: criterion.statement,
            root: next(criterion.root),
            source: (criterion.source.file, criterion.source.line),
        })
    }

    fn read(&self, path: &str, name: &str, how: Option<Select>, filtered: Option<wire::Branch>) -> Result<FactRead> {
        let fact = find(&self.facts, "fact", path, name)?;
        let (quantifier, by) = Select::read(how).map_err(|wrong| TreeError::new(path, wrong))?;
        Ok(FactRead { fact, quantifier, filter: filter(filtered), by })
    }

    fn subject(&self, path: &str, looked: Looked) -> Result<Subject> {
        match looked {
            Looked { fact: Some(fact), select, filter, attribute: None } => {
                Ok(Subject::Fact(self.read(path, &fact, select, filter)?))
            }
            Looked { fact: None, select: None, filter: None, attribute: Some(attribute) } => {
                Ok(Subject::Attribute(attribute))
            }
            _ => Err(TreeError::new(
                path,
                "needs either a `fact` (with `select` and `where` if need be) or an `attribute`",
            )),
        }
    }

    fn time_of(&self, path: &str, of: wire::Of, anchor: Option<&str>, looked: Looked) -> Result<TimeOf> {
        match (of, looked) {
            (wire::Of::Anchor, Looked { fact: None, select: None, filter: None, attribute: None }) => match anchor {
                Some(name) => Ok(TimeOf::Anchor(self.anchor(path, name)?)),
                None => Err(TreeError::new(path, "\"of\":\"anchor\" takes `of_anchor`")),
            },
            _ if anchor.is_some() => Err(TreeError::new(path, "`of_anchor` is for \"of\":\"anchor\" only")),
            (wire::Of::Entry, Looked { fact: None, select: None, filter: None, attribute: None }) => Ok(TimeOf::Entry),
            (wire::Of::Result, Looked { fact: None, select: None, filter: None, attribute: None }) => {
                Ok(TimeOf::Result)
            }
            (wire::Of::Attribute, Looked { fact: None, select: None, filter: None, attribute: Some(attribute) }) => {
                Ok(TimeOf::Attribute(attribute))
            }
            (wire::Of::Fact, Looked { fact: Some(fact), select, filter, attribute: None }) => {
                Ok(TimeOf::Fact(self.read(path, &fact, select, filter)?))
            }
            _ => Err(TreeError::new(
                path,
                "`of` and the other fields disagree: \"fact\" takes `fact`, `select` and `where`, \"attribute\" takes \
                 `attribute`, \"entry\" and \"result\" take none of them",
            )),
        }
    }

    /// How a stretch stands to an anchor.
    fn window(&self, path: &str, window: wire::Window) -> Result<(Relation, AnchorId)> {
        let wire::Window { is, before, after, length, strict, anchor } = window;
        let relation = WindowFields { is, before, after, length, strict }.relation();
        Ok((relation.map_err(|wrong| TreeError::new(path, wrong))?, self.anchor(path, &anchor)?))
    }

    /// What a window is about: an anchor or an entry, one of the two.
    fn window_anchor(&self, path: &str, anchor: Option<&str>, about: Option<wire::About>) -> Result<WindowAnchor> {
        match (anchor, about) {
            (Some(anchor), None) => self.anchor(path, anchor).map(WindowAnchor::Date),
            (None, Some(wire::About { entry, end, kinds, filter: root })) => {
                Ok(WindowAnchor::Entry(Box::new(EntryPoint {
                    last: entry == wire::Which::Last,
                    ends: end,
                    kinds: self.kind_list(path, &kinds)?,
                    filter: filter(root),
                })))
            }
            (Some(_), Some(_)) | (None, None) => {
                Err(TreeError::new(path, "a window has an `anchor` or `about`, one of the two"))
            }
        }
    }

    fn test(&self, path: &str, test: wire::Test) -> Result<Test> {
        Ok(match test {
            wire::Test::Compare { left, op: how, right } => Test::Compare {
                left: self.operand(&format!("{path}.left"), *left, MAX_NESTING)?,
                op: how.into(),
                right: self.operand(&format!("{path}.right"), *right, MAX_NESTING)?,
            },
            wire::Test::Among { fact, select, filter, attribute, values } => {
                Test::IsOneOf { subject: self.subject(path, Looked { fact, select, filter, attribute })?, values }
            }
            wire::Test::IsYes { fact, select, filter, attribute } => {
                Test::IsYes { subject: self.subject(path, Looked { fact, select, filter, attribute })? }
            }
            wire::Test::Entries { kinds, filter: root, distinct, latest, by, among, planned, op: how, count } => {
                if among.is_some() && !latest {
                    return Err(TreeError::new(path, "`among` is what the `latest` is among"));
                }
                let choice = (latest || by.is_some()).then(|| Box::new(Choice { latest, by, among: filter(among) }));
                Test::Entries {
                    kinds: self.kind_list(path, &kinds)?,
                    filter: filter(root),
                    distinct,
                    choice,
                    planned,
                    op: how.into(),
                    count,
                }
            }
            wire::Test::Course { kinds, filter: root, gap, distinct, planned, op: how, count, windows } => {
                Test::Course {
                    kinds: self.kind_list(path, &kinds)?,
                    filter: filter(root),
                    gap,
                    distinct,
                    planned,
                    op: how.into(),
                    count,
                    windows: windows
                        .into_iter()
                        .enumerate()
                        .map(|(at, window)| self.window(&format!("{path}.windows[{at}]"), window))
                        .collect::<Result<_>>()?,
                }
            }
            wire::Test::Window {
                of,
                fact,
                select,
                filter,
                attribute,
                of_anchor,
                is,
                before,
                after,
                length,
                strict,
                anchor,
                about,
                undated,
            } => Test::Window {
                of: self.time_of(path, of, of_anchor.as_deref(), Looked { fact, select, filter, attribute })?,
                relation: WindowFields { is, before, after, length, strict }
                    .relation()
                    .map_err(|wrong| TreeError::new(path, wrong))?,
                anchor: self.window_anchor(path, anchor.as_deref(), about)?,
                undated,
            },
            wire::Test::Stretch { left, op: how, right, windows } => Test::Stretch {
                left: self.operand(&format!("{path}.left"), *left, MAX_NESTING)?,
                op: how.into(),
                right: self.operand(&format!("{path}.right"), *right, MAX_NESTING)?,
                windows: windows.into_iter().map(|window| self.window(path, window)).collect::<Result<_>>()?,
            },
            wire::Test::Judged { question } => {
                Test::Judged { question: find(&self.questions, "question", path, &question)? }
            }
            wire::Test::Todo { text } => Test::Todo { text },
        })
    }
}

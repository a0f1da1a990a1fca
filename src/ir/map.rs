//! From one stage to another: what is alike is copied, what differs is left to a [`Fold`].

use super::{
    Age, Choice, DailyDose, DoseDay, EntryPoint, FactRead, Operand, OperandKind, Stage, Subject, Test, TimeOf,
    WindowAnchor,
};

/// What the parts of one stage become in another. Parts are shown in the order in which they are said.
pub trait Fold<'a, A: Stage, B: Stage> {
    /// Why a part becomes nothing; `Infallible` where each becomes something.
    type Error;

    /// A value fact.
    fn fact(&mut self, fact: &'a A::Fact) -> Result<B::Fact, Self::Error>;
    /// An anchor.
    fn anchor(&mut self, anchor: &'a A::Anchor) -> Result<B::Anchor, Self::Error>;
    /// What a person is asked.
    fn question(&mut self, question: &'a A::Question) -> Result<B::Question, Self::Error>;
    /// An attribute of the entry or result in scope.
    fn attribute(&mut self, attribute: &'a A::Attribute) -> Result<B::Attribute, Self::Error>;
    /// A date attribute of the entry or result in scope.
    fn date(&mut self, date: &'a A::Date) -> Result<B::Date, Self::Error>;
    /// Some values of what a test looks at.
    fn values(&mut self, subject: &'a Subject<A>, values: &'a A::Values) -> Result<B::Values, Self::Error>;
    /// A constant.
    fn number(&mut self, number: &'a A::Number) -> Result<B::Number, Self::Error>;
    /// What is to be encoded.
    fn text(&mut self, text: &'a A::Text) -> Result<B::Text, Self::Error>;
    /// A condition in the scope of the test.
    fn condition(&mut self, condition: &'a A::Condition) -> Result<B::Condition, Self::Error>;
    /// Which results of a fact count.
    fn filter(&mut self, fact: &'a A::Fact, filter: &'a A::Filter) -> Result<B::Filter, Self::Error>;
    /// Kinds whose entries are counted, and which entries count.
    fn entries(&mut self, kinds: &'a [A::Kind], filter: &'a A::EntryFilter) -> Result<Counted<B>, Self::Error>;
    /// Which of some entries stand for the others; the kinds are shown before they are by [`Fold::entries`].
    fn choice(&mut self, kinds: &'a [A::Kind], choice: &'a Choice<A>) -> Result<Choice<B>, Self::Error>;
    /// The attribute by which results of a fact are told apart.
    fn by(&mut self, fact: &'a A::Fact, attribute: &'a A::ResultAttribute) -> Result<B::ResultAttribute, Self::Error>;
    /// The time of the entry or result in scope.
    fn here(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
    /// What a recorded age is counted by.
    fn scales(&mut self, age: &'a Age<A>) -> Result<B::AgeScales, Self::Error>;
    /// What is known of an operand.
    fn note(&mut self, note: &'a A::Note) -> Result<B::Note, Self::Error>;
}

/// Kinds whose entries are counted, and which entries count.
pub type Counted<S> = (Vec<<S as Stage>::Kind>, <S as Stage>::EntryFilter);

impl<A: Stage> Test<A> {
    /// The test at another stage.
    ///
    /// # Errors
    /// The first that `fold` gives.
    pub fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<Test<B>, F::Error> {
        Ok(match self {
            Test::Compare { left, op, right } => {
                Test::Compare { left: left.map(fold)?, op: *op, right: right.map(fold)? }
            }
            Test::IsOneOf { subject, values } => {
                Test::IsOneOf { values: fold.values(subject, values)?, subject: subject.map(fold)? }
            }
            Test::IsYes { subject } => Test::IsYes { subject: subject.map(fold)? },
            Test::Entries { kinds, filter, distinct, choice, planned, op, count } => {
                let choice = match choice {
                    None => None,
                    Some(choice) => Some(Box::new(fold.choice(kinds, choice)?)),
                };
                let (kinds, filter) = fold.entries(kinds, filter)?;
                Test::Entries { kinds, filter, distinct: *distinct, choice, planned: *planned, op: *op, count: *count }
            }
            Test::Course { kinds, filter, gap, distinct, planned, op, count, windows } => {
                let (kinds, filter) = fold.entries(kinds, filter)?;
                let mut mapped = Vec::with_capacity(windows.len());
                for (relation, anchor) in windows {
                    mapped.push((relation.clone(), fold.anchor(anchor)?));
                }
                Test::Course {
                    kinds,
                    filter,
                    gap: *gap,
                    distinct: *distinct,
                    planned: *planned,
                    op: *op,
                    count: *count,
                    windows: mapped,
                }
            }
            Test::Window { of, relation, anchor, undated } => Test::Window {
                of: of.map(fold)?,
                relation: relation.clone(),
                anchor: anchor.map(fold)?,
                undated: *undated,
            },
            Test::Stretch { left, op, right, windows } => Test::Stretch {
                left: left.map(fold)?,
                op: *op,
                right: right.map(fold)?,
                windows: windows
                    .iter()
                    .map(|(relation, anchor)| Ok((relation.clone(), fold.anchor(anchor)?)))
                    .collect::<Result<_, F::Error>>()?,
            },
            Test::Judged { question } => Test::Judged { question: fold.question(question)? },
            Test::Todo { text } => Test::Todo { text: fold.text(text)? },
        })
    }
}

impl<A: Stage> FactRead<A> {
    /// The read at another stage.
    ///
    /// # Errors
    /// The first that `fold` gives.
    pub fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<FactRead<B>, F::Error> {
        let filter = fold.filter(&self.fact, &self.filter)?;
        let by = match &self.by {
            None => None,
            Some(by) => Some(fold.by(&self.fact, by)?),
        };
        Ok(FactRead { fact: fold.fact(&self.fact)?, quantifier: self.quantifier, filter, by })
    }
}

impl<A: Stage> Subject<A> {
    fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<Subject<B>, F::Error> {
        Ok(match self {
            Subject::Fact(read) => Subject::Fact(read.map(fold)?),
            Subject::Attribute(attribute) => Subject::Attribute(fold.attribute(attribute)?),
        })
    }
}

impl<A: Stage> WindowAnchor<A> {
    fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<WindowAnchor<B>, F::Error> {
        Ok(match self {
            WindowAnchor::Date(anchor) => WindowAnchor::Date(fold.anchor(anchor)?),
            WindowAnchor::Entry(point) => {
                let (kinds, filter) = fold.entries(&point.kinds, &point.filter)?;
                WindowAnchor::Entry(Box::new(EntryPoint { last: point.last, ends: point.ends, kinds, filter }))
            }
        })
    }
}

impl<A: Stage> TimeOf<A> {
    fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<TimeOf<B>, F::Error> {
        Ok(match self {
            TimeOf::Entry => {
                fold.here()?;
                TimeOf::Entry
            }
            TimeOf::Result => {
                fold.here()?;
                TimeOf::Result
            }
            TimeOf::Attribute(date) => TimeOf::Attribute(fold.date(date)?),
            TimeOf::Fact(read) => TimeOf::Fact(read.map(fold)?),
            TimeOf::Anchor(anchor) => TimeOf::Anchor(fold.anchor(anchor)?),
        })
    }
}

impl<A: Stage> Operand<A> {
    /// The operand at another stage.
    ///
    /// # Errors
    /// The first that `fold` gives.
    pub fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<Operand<B>, F::Error> {
        Ok(Operand { kind: self.kind.map(fold)?, note: fold.note(&self.note)? })
    }

    fn boxed<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<Box<Operand<B>>, F::Error> {
        self.map(fold).map(Box::new)
    }
}

fn list<'a, A: Stage, B: Stage, F: Fold<'a, A, B>>(
    list: &'a [Operand<A>],
    fold: &mut F,
) -> Result<Vec<Operand<B>>, F::Error> {
    list.iter().map(|one| one.map(fold)).collect()
}

impl<A: Stage> OperandKind<A> {
    fn map<'a, B: Stage, F: Fold<'a, A, B>>(&'a self, fold: &mut F) -> Result<OperandKind<B>, F::Error> {
        Ok(match self {
            OperandKind::Number(number) => OperandKind::Number(fold.number(number)?),
            OperandKind::Fact(read, limit) => OperandKind::Fact(read.map(fold)?, *limit),
            OperandKind::Attribute(attribute) => OperandKind::Attribute(fold.attribute(attribute)?),
            OperandKind::Coalesce { read, otherwise } => {
                OperandKind::Coalesce { read: read.map(fold)?, otherwise: otherwise.boxed(fold)? }
            }
            OperandKind::Age(age) => OperandKind::Age(Box::new(Age {
                unit: age.unit,
                recorded: age.recorded.as_ref().map(|read| read.map(fold)).transpose()?,
                scales: fold.scales(age)?,
                from: fold.fact(&age.from)?,
                to: fold.anchor(&age.to)?,
            })),
            OperandKind::DailyDose(dose) => {
                let (kinds, filter) = fold.entries(&dose.kinds, &dose.filter)?;
                let day = match &dose.day {
                    DoseDay::At(anchor) => DoseDay::At(fold.anchor(anchor)?),
                    DoseDay::Each => DoseDay::Each,
                    DoseDay::Highest(relation, anchor) => DoseDay::Highest(relation.clone(), fold.anchor(anchor)?),
                    DoseDay::Lowest(relation, anchor) => DoseDay::Lowest(relation.clone(), fold.anchor(anchor)?),
                };
                OperandKind::DailyDose(Box::new(DailyDose { kinds, filter, reference: dose.reference.clone(), day }))
            }
            OperandKind::Add(left, right) => OperandKind::Add(left.boxed(fold)?, right.boxed(fold)?),
            OperandKind::Subtract(left, right) => OperandKind::Subtract(left.boxed(fold)?, right.boxed(fold)?),
            OperandKind::Multiply(left, right) => OperandKind::Multiply(left.boxed(fold)?, right.boxed(fold)?),
            OperandKind::Divide(left, right) => OperandKind::Divide(left.boxed(fold)?, right.boxed(fold)?),
            OperandKind::Power(base, exponent) => OperandKind::Power(base.boxed(fold)?, exponent.clone()),
            OperandKind::Min(all) => OperandKind::Min(list(all, fold)?),
            OperandKind::Max(all) => OperandKind::Max(list(all, fold)?),
            OperandKind::If { condition, then, otherwise } => OperandKind::If {
                condition: fold.condition(condition)?,
                then: then.boxed(fold)?,
                otherwise: otherwise.boxed(fold)?,
            },
        })
    }
}

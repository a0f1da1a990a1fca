//! A window as data: which of the start, the end and the anchor comes before which. Whatever asks what a relation means
//! asks here.

use super::{Length, Relation};

/// A point of time that a window looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// Where the entry begins; the date itself, of a result, an attribute or a date fact.
    Start,
    /// Where the entry ends; the date itself, of what has no length. An end that is not given is any time from the start
    /// on, but for an event, which ends as it starts. [`Running`] says what the end of a running entry is.
    End,
    /// The anchor's date.
    Anchor,
}

/// Which way a point is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Earlier by the length.
    Before,
    /// Later by the length.
    After,
}

/// A point of time, or one so far from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moved<'r> {
    /// From where.
    pub point: Point,
    /// How far; one step of the calendar from the point.
    pub by: Option<(Side, &'r Length)>,
}

/// `earlier <= later`, or `earlier < later`. One of the two at most is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order<'r> {
    /// What comes first.
    pub earlier: Moved<'r>,
    /// What comes after it.
    pub later: Moved<'r>,
    /// Not at the same time.
    pub strict: bool,
}

/// What has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holds<'r> {
    /// One order.
    One(Order<'r>),
    /// Both orders.
    Both(Order<'r>, Order<'r>),
    /// The entry is marked as planned or, where it is not marked at all, the order holds. Marked as not planned is no.
    MarkedOr(Order<'r>),
}

/// What the end of a running entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Running {
    /// Later than any time.
    Open,
    /// The anchor: so long has it run.
    AtAnchor,
}

/// A relation as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window<'r> {
    /// What has to hold.
    pub holds: Holds<'r>,
    /// What the end of a running entry is.
    pub running: Running,
    /// What the entry has to span: what has no length at all meets the window only where this is nothing.
    pub spans: Option<&'r Length>,
}

/// One end of the time that a window allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bound<'r> {
    /// Whose end: [`Point::Start`] or [`Point::End`].
    pub of: Point,
    /// How far from the anchor.
    pub by: Option<(Side, &'r Length)>,
    /// The end itself is left out.
    pub strict: bool,
}

impl Relation {
    /// What it means.
    pub fn elaborate(&self) -> Window<'_> {
        let at = |point: Point| Moved { point, by: None };
        let moved = |point: Point, side: Side, length| Moved { point, by: Some((side, length)) };
        let order = |earlier, later, strict| Order { earlier, later, strict };
        let (start, end, anchor) = (at(Point::Start), at(Point::End), at(Point::Anchor));
        let (mut running, mut spans) = (Running::Open, None);
        let holds = match self {
            Relation::Within { before, after } => {
                let last = after.as_ref().map_or(anchor, |length| moved(Point::Anchor, Side::After, length));
                let first = before.as_ref().map_or(anchor, |length| moved(Point::Anchor, Side::Before, length));
                Holds::Both(order(start, last, false), order(first, end, false))
            }
            Relation::Before => Holds::One(order(start, anchor, true)),
            Relation::After => Holds::One(order(anchor, start, true)),
            Relation::At => Holds::Both(order(start, anchor, false), order(anchor, start, false)),
            Relation::UpTo => Holds::One(order(start, anchor, false)),
            Relation::Current => Holds::Both(order(start, anchor, false), order(anchor, end, false)),
            Relation::Planned => Holds::MarkedOr(order(anchor, start, true)),
            Relation::EarlierBy { strict, length } => {
                Holds::One(order(start, moved(Point::Anchor, Side::Before, length), *strict))
            }
            Relation::LaterBy { strict, length } => {
                Holds::One(order(moved(Point::Anchor, Side::After, length), start, *strict))
            }
            Relation::Throughout { length } => {
                spans = Some(length);
                let begun = order(start, moved(Point::Anchor, Side::Before, length), false);
                Holds::Both(begun, order(anchor, end, false))
            }
            Relation::Lasting { strict, length } => {
                (running, spans) = (Running::AtAnchor, Some(length));
                Holds::One(order(moved(Point::Start, Side::After, length), end, *strict))
            }
        };
        Window { holds, running, spans }
    }

    /// The lengths in it.
    pub fn lengths(&self) -> impl Iterator<Item = &Length> {
        let window = self.elaborate();
        window.orders().flat_map(|order| [order.earlier.by, order.later.by]).flatten().map(|(_, length)| length)
    }
}

impl<'r> Window<'r> {
    /// The orders that have to hold, or one of which may.
    pub fn orders(&self) -> impl Iterator<Item = Order<'r>> + use<'r> {
        let (first, second) = match self.holds {
            Holds::One(order) | Holds::MarkedOr(order) => (order, None),
            Holds::Both(first, second) => (first, Some(second)),
        };
        std::iter::once(first).chain(second)
    }

    /// The earliest and the latest that it lets the start or the end be, by the anchor.
    pub fn bounds(&self) -> (Option<Bound<'r>>, Option<Bound<'r>>) {
        let (mut from, mut to) = (None, None);
        for Order { earlier, later, strict } in self.orders() {
            match (earlier.point, later.point) {
                (Point::Anchor, of) => from = Some(Bound { of, by: earlier.by, strict }),
                (of, Point::Anchor) => to = Some(Bound { of, by: later.by, strict }),
                (Point::Start | Point::End, Point::Start | Point::End) => {}
            }
        }
        (from, to)
    }

    /// Whether a mark of the entry can answer it.
    pub fn of_a_mark(&self) -> bool {
        match self.holds {
            Holds::MarkedOr(_) => true,
            Holds::One(_) | Holds::Both(..) => false,
        }
    }

    /// Whether it asks only how the entry's own start and end lie.
    pub fn of_itself(&self) -> bool {
        self.orders().all(|order| order.earlier.point != Point::Anchor && order.later.point != Point::Anchor)
    }
}

impl Length {
    /// Whether it is counted on the clock, in hours, minutes or seconds.
    pub fn on_clock(&self) -> bool {
        match self {
            Length::Calendar(_, unit) => !unit.is_calendar(),
            Length::HalfLives(_) => false,
        }
    }

    /// Whether it is not counted in whole days, or is that of one entry.
    pub fn is_odd(&self) -> bool {
        match self {
            Length::Calendar(_, unit) => !unit.is_calendar(),
            Length::HalfLives(_) => true,
        }
    }

    /// Whether it is no time at all.
    pub fn is_nothing(&self) -> bool {
        match self {
            Length::Calendar(count, _) | Length::HalfLives(count) => *count == 0,
        }
    }
}

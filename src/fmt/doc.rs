//! A small document algebra: what may break, and where; rendered to lines of at most [`WIDTH`] characters.

/// Lines are no longer than this where they can be broken.
pub(super) const WIDTH: usize = 100;

/// How far a level is indented.
pub(super) const STEP: usize = 2;

/// How a piece of text relates to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A blank is between it and a neighbour that takes one.
    Blank,
    /// Nothing does.
    Tight,
}

/// A text to be laid out.
#[derive(Debug, Clone)]
pub(super) enum Doc {
    /// A token; a blank is before it when both it and the text before it take one.
    Text {
        /// As it is written.
        text: String,
        /// On its left.
        left: Side,
        /// On its right.
        right: Side,
    },
    /// Blanks beyond the one that stands here anyway.
    Pad(usize),
    /// A comment; the line ends behind it.
    Comment {
        /// With its `#`.
        text: String,
        /// Whether it has a line of its own.
        own_line: bool,
        /// Whether an empty line is before it.
        blank: bool,
    },
    /// A line end when the group around it is broken; else nothing, or so many blanks.
    Line(usize),
    /// A line end in any case, and maybe an empty line.
    Hard {
        /// Whether an empty line stands here.
        blank: bool,
    },
    /// Breaks the groups around it; writes nothing.
    Expand,
    /// An empty line, where a line end is due anyway.
    Empty,
    /// A comma when the group around it is broken.
    LastComma,
    /// On one line if it fits and nothing in it must break.
    Group(Block),
    /// One level deeper.
    Nest(Block),
}

/// Some documents one behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    docs: Vec<Doc>,
    /// Whether a line end must be in it.
    broken: bool,
}

impl Block {
    pub fn of<const N: usize>(docs: [Doc; N]) -> Block {
        let mut block = Block::default();
        docs.into_iter().for_each(|doc| block.push(doc));
        block
    }

    pub fn push(&mut self, doc: Doc) {
        self.broken |= doc.must_break();
        self.docs.push(doc);
    }
}

impl Doc {
    /// How wide it is on one line, a blank between any two texts; `None` when it cannot be on one line.
    pub fn width(&self) -> Option<usize> {
        match self {
            Doc::Text { text, left, .. } if !text.contains('\n') => {
                Some(width(text) + usize::from(*left == Side::Blank))
            }
            Doc::Pad(count) => Some(*count),
            Doc::Line(_) | Doc::LastComma | Doc::Empty => Some(0),
            Doc::Group(block) | Doc::Nest(block) => block.docs.iter().map(Doc::width).sum(),
            Doc::Text { .. } | Doc::Comment { .. } | Doc::Hard { .. } | Doc::Expand => None,
        }
    }

    fn must_break(&self) -> bool {
        match self {
            Doc::Text { text, .. } => text.contains('\n'),
            Doc::Comment { .. } | Doc::Hard { .. } | Doc::Expand => true,
            Doc::Group(block) | Doc::Nest(block) => block.broken,
            Doc::Pad(_) | Doc::Line(_) | Doc::LastComma | Doc::Empty => false,
        }
    }
}

/// Writes a document, one line end at its end.
pub(super) fn render(block: &Block) -> String {
    let mut printer = Printer { out: String::new(), column: 0, right: Side::Tight, padding: 0, pending: None };
    let mut stack: Vec<Job<'_>> = Vec::new();
    push_all(&mut stack, &block.docs, 0, true);
    while let Some(job) = stack.pop() {
        let Job { doc, indent, broken } = job;
        match doc {
            Doc::Text { text, left, right } => printer.text(text, *left, *right),
            Doc::Pad(count) => printer.pad(*count),
            Doc::Comment { text, own_line, blank } => printer.comment(text, *own_line, *blank, indent),
            Doc::Line(_) if broken => printer.line_end(indent, false),
            Doc::Line(blanks) => printer.pad(blanks.saturating_sub(1)),
            Doc::Hard { blank } => printer.line_end(indent, *blank),
            Doc::Expand => {}
            Doc::Empty => printer.empty_line(),
            Doc::LastComma => {
                if broken {
                    printer.text(",", Side::Tight, Side::Blank);
                }
            }
            Doc::Nest(inner) => push_all(&mut stack, &inner.docs, indent + STEP, broken),
            Doc::Group(inner) => {
                let fits = !inner.broken && printer.fits(&inner.docs, &stack);
                push_all(&mut stack, &inner.docs, indent, !fits);
            }
        }
    }
    if !printer.out.is_empty() && !printer.out.ends_with('\n') {
        printer.out.push('\n');
    }
    printer.out
}

#[derive(Clone, Copy)]
struct Job<'d> {
    doc: &'d Doc,
    indent: usize,
    broken: bool,
}

fn push_all<'d>(stack: &mut Vec<Job<'d>>, docs: &'d [Doc], indent: usize, broken: bool) {
    stack.extend(docs.iter().rev().map(|doc| Job { doc, indent, broken }));
}

/// A line end that is due before the next text.
#[derive(Debug, Clone, Copy)]
struct Pending {
    indent: usize,
    blank: bool,
}

struct Printer {
    out: String,
    column: usize,
    /// What the text before takes on its right.
    right: Side,
    /// Blanks due before the next text on this line.
    padding: usize,
    pending: Option<Pending>,
}

impl Printer {
    fn line_end(&mut self, indent: usize, blank: bool) {
        if self.out.is_empty() {
            self.pending = None;
            return;
        }
        let blank = blank || self.pending.is_some_and(|pending| pending.blank);
        self.pending = Some(Pending { indent, blank });
    }

    fn empty_line(&mut self) {
        if let Some(pending) = &mut self.pending {
            pending.blank = true;
        }
    }

    fn settle(&mut self) {
        let Some(Pending { indent, blank }) = self.pending.take() else {
            return;
        };
        self.out.push('\n');
        if blank {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.right = Side::Tight;
        self.padding = 0;
    }

    fn text(&mut self, text: &str, left: Side, right: Side) {
        self.settle();
        let blanks = self.padding + usize::from(left == Side::Blank && self.right == Side::Blank);
        self.out.extend(std::iter::repeat_n(' ', blanks));
        self.column += blanks;
        self.padding = 0;
        self.out.push_str(text);
        self.column = match text.rsplit_once('\n') {
            Some((_, last)) => width(last),
            None => self.column + width(text),
        };
        self.right = right;
    }

    /// Blanks for the next text; a line end or a comment that comes first takes their place.
    fn pad(&mut self, count: usize) {
        if self.pending.is_none() {
            self.padding += count;
        }
    }

    fn comment(&mut self, text: &str, own_line: bool, blank: bool, indent: usize) {
        let place = if own_line {
            // Where no line was to end the comment stands one level in, like what goes on behind it.
            let before = self.pending.unwrap_or(Pending { indent: indent + STEP, blank: false });
            if self.out.is_empty() {
                self.pending = None;
            } else {
                self.pending = Some(Pending { indent: before.indent, blank: before.blank || blank });
            }
            self.settle();
            self.out.push_str(text);
            before.indent
        } else {
            self.settle();
            if !self.out.is_empty() && self.column > 0 {
                self.out.push_str("  ");
            }
            self.out.push_str(text);
            indent + STEP
        };
        self.right = Side::Tight;
        self.padding = 0;
        self.column += width(text);
        self.pending = Some(Pending { indent: if own_line { place } else { indent + STEP }, blank: false });
    }

    /// Whether `docs` on one line, and what follows up to where a line may end, leaves the width unharmed.
    fn fits(&self, docs: &[Doc], rest: &[Job<'_>]) -> bool {
        let (mut column, mut right) = match self.pending {
            Some(pending) => (pending.indent, Side::Tight),
            None => (self.column + self.padding, self.right),
        };
        let mut flat: Vec<&Doc> = docs.iter().rev().collect();
        let mut measure = |doc: &Doc| {
            match doc {
                Doc::Text { text, left, right: next } => {
                    column += usize::from(*left == Side::Blank && right == Side::Blank);
                    column += width(text.split('\n').next().unwrap_or_default());
                    right = *next;
                }
                Doc::Pad(count) => column += count,
                Doc::Line(blanks) => column += blanks.saturating_sub(1),
                _ => {}
            }
            column <= WIDTH
        };
        while let Some(doc) = flat.pop() {
            match doc {
                Doc::Group(block) | Doc::Nest(block) => flat.extend(block.docs.iter().rev()),
                _ if !measure(doc) => return false,
                _ => {}
            }
        }
        let mut rest = rest.iter().rev();
        let comma = Doc::Text { text: ",".to_owned(), left: Side::Tight, right: Side::Blank };
        loop {
            let (doc, broken) = match flat.pop() {
                Some(doc) => (doc, true),
                None => match rest.next() {
                    Some(job) => (job.doc, job.broken),
                    None => return true,
                },
            };
            match doc {
                Doc::Line(_) if broken => return true,
                Doc::Hard { .. } | Doc::Comment { .. } => return true,
                Doc::Group(block) => flat.extend(block.docs.iter().rev()),
                // The lines of a nest belong to the group around it.
                Doc::Nest(block) if broken => flat.extend(block.docs.iter().rev()),
                Doc::Nest(block) => flat.extend(block.docs.iter().rev().filter(|doc| !matches!(doc, Doc::Line(_)))),
                Doc::LastComma if broken && !measure(&comma) => return false,
                Doc::Text { text, .. } if text.contains('\n') => return measure(doc),
                _ if !measure(doc) => return false,
                _ => {}
            }
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

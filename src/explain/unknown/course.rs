//! Why it is unknown whether there is a course: the lists that are not complete, what keeps an entry from surely being
//! part of one, and the dates that would tell what touches, and when it starts and ends.

use super::date::{is_coarse, why_coarse};
use super::reasons::Reasons;
use super::window::vague_days;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::code::{Target, TimeOf};
use crate::eval::course::{Asked, Stretch};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::moment::{SpanEnd, TimeSpan};
use crate::eval::time;
use crate::explain::courses::{OneCourse, Part};
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::ir::WindowAnchor;
use crate::kleene::Tri;
use crate::tree::KindId;

impl<'a> Run<'a> {
    pub(super) fn why_course(
        self,
        kinds: &[(KindId, Target)],
        (distinct, planned): (bool, bool),
        asked: Asked<'_>,
        reasons: &mut Reasons,
    ) {
        let open = |kind: &KindId| !self.record.kinds.get(*kind).copied().unwrap_or_default().complete;
        let incomplete: Vec<(KindId, Target)> = kinds.iter().filter(|(kind, _)| open(kind)).copied().collect();
        if !incomplete.is_empty() {
            self.why_counts(&incomplete, planned, reasons);
            for (_, anchor) in asked.windows {
                self.why_anchor(*anchor, reasons);
            }
        }
        for parts in self.course_parts(kinds, distinct, planned) {
            for course in parts.courses(asked).iter().filter(|course| course.answer == Tri::Unknown) {
                // Of an open list nothing is known that an entry of it would lack.
                if course.parts.iter().any(|(part, _)| !open(&part.kind)) {
                    self.why_one_course(course, asked, reasons);
                }
            }
        }
    }

    fn why_one_course(self, course: &OneCourse<'_, 'a>, asked: Asked<'_>, reasons: &mut Reasons) {
        let mut here = Reasons::default();
        for (part, stretch) in &course.parts {
            if !stretch.sure {
                here.extend(self.why_unknown(part.filter, EvalScope::Entry(part.kind, part.entry)));
            }
        }
        // What their dates leave open once it is known which of them count.
        let sure: Vec<Stretch> = course.parts.iter().map(|(_, one)| Stretch { sure: true, ..*one }).collect();
        if here.list.is_empty() || asked.of(&sure) == Tri::Unknown {
            match course.parts.as_slice() {
                [(part, stretch)] => self.why_lone(part, stretch, asked, &mut here),
                _ => self.why_dates(course, &sure, asked, &mut here),
            }
        }
        if here.list.is_empty() {
            for (relation, anchor) in asked.windows {
                self.why_coarse_anchor(*anchor, time::compares_instants(relation), &mut here);
            }
        }
        if here.list.is_empty()
            && let (Some((part, _)), Some((relation, anchor))) = (course.parts.first(), asked.windows.first())
        {
            let scope = EvalScope::Entry(part.kind, part.entry);
            let about = display::anchor_name(&self.evaluator.schema.tree, *anchor);
            self.why_scale(about, &TimeOf::Entry, relation, scope, &mut here);
        }
        reasons.extend(here);
    }

    /// A course that is one entry.
    fn why_lone(self, part: &Part<'a>, stretch: &Stretch, asked: Asked<'_>, reasons: &mut Reasons) {
        let here = EvalScope::Entry(part.kind, part.entry);
        for (relation, anchor) in asked.windows {
            let given = AnchorTime::Date(self.record.anchor(*anchor));
            if time::stands(&stretch.span, relation, &given, None) == Tri::Unknown {
                let mut dates = Reasons::default();
                let undated = part.entry.start.is_none();
                self.why_moment(&stretch.span, undated, relation, &WindowAnchor::Date(*anchor), here, &mut dates);
                reasons.extend(dates);
            }
        }
    }

    /// The dates that tell once one of them is taken as a day that it may be; all that are vague where no single one
    /// does.
    fn why_dates(self, course: &OneCourse<'_, 'a>, sure: &[Stretch], asked: Asked<'_>, reasons: &mut Reasons) {
        let instants = asked.windows.iter().any(|(relation, _)| time::compares_instants(relation));
        for (_, anchor) in asked.windows {
            self.why_anchor(*anchor, reasons);
        }
        let settles = |at: usize, span: TimeSpan| {
            let with = |(place, one): (usize, &Stretch)| if place == at { Stretch { span, ..*one } } else { *one };
            let taken: Vec<Stretch> = sure.iter().enumerate().map(with).collect();
            asked.of(&taken) != Tri::Unknown
        };
        let mut vague = Vec::new();
        for (at, one) in sure.iter().enumerate() {
            let around = asked.windows.iter().filter_map(|(_, anchor)| self.record.anchor(*anchor));
            let days = |date| around.clone().flat_map(|anchor| vague_days(date, &anchor, instants)).collect::<Vec<_>>();
            if is_coarse(&one.span.start, instants) {
                let tells = days(&one.span.start).iter().any(|day| settles(at, TimeSpan { start: *day, ..one.span }));
                vague.push((at, true, tells));
            }
            let ends: Vec<SpanEnd> = match &one.span.end {
                SpanEnd::Unknown => vec![SpanEnd::Running, SpanEnd::At(one.span.start)],
                SpanEnd::At(end) if is_coarse(end, instants) => days(end).into_iter().map(SpanEnd::At).collect(),
                SpanEnd::At(_) | SpanEnd::Point | SpanEnd::Running => continue,
            };
            let tells = ends.into_iter().any(|end| settles(at, TimeSpan { end, ..one.span }));
            vague.push((at, false, tells));
        }
        let any = vague.iter().any(|(.., tells)| *tells);
        for (at, is_start, tells) in vague {
            if (tells || !any)
                && let Some((part, stretch)) = course.parts.get(at)
            {
                self.why_date(part, &stretch.span, is_start, instants, reasons);
            }
        }
    }

    fn why_date(self, part: &Part<'a>, span: &TimeSpan, is_start: bool, instants: bool, reasons: &mut Reasons) {
        let here = EvalScope::Entry(part.kind, part.entry);
        let name = crate::explain::display::scope_name(&self.evaluator.schema.tree, here.scope());
        let item = self.item(here, if is_start { "start" } else { "end" });
        match (is_start, &part.entry.start, &span.end) {
            (true, None, _) => {
                reasons.add(item, UnknownCause::NoDate, format!("an entry of `{name}` has no start"));
            }
            (true, Some(start), _) => why_coarse(item, start, instants, reasons),
            (false, _, SpanEnd::At(end)) => why_coarse(item, end, instants, reasons),
            (false, _, SpanEnd::Unknown | SpanEnd::Point | SpanEnd::Running) => {
                let text = format!("an entry of `{name}` has no end, and is not said to be running");
                reasons.add(item, UnknownCause::NoDate, text);
            }
        }
    }
}

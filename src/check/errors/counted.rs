//! Entries of several kinds, of which a filter can be applied to some only: what an author can write for it.

use crate::syntax::ast::PrefixKind;

/// How many entries are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// `K`
    Some,
    /// `no K`
    No,
    /// `at least 2 K`
    Entries(PrefixKind),
    /// `at least 2 distinct K`
    Kinds(PrefixKind),
}

/// What stands around the kinds and the filter.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub count: Count,
    /// `prior`, `current`, `planned`, or nothing.
    pub time: String,
    /// Windows and the like, as written.
    pub tails: String,
}

/// Kinds as a condition names them.
pub(super) fn braced(kinds: &[&str]) -> String {
    match kinds {
        [one] => (*one).to_owned(),
        _ if kinds.len() <= 4 => format!("{{ {} }}", kinds.join(", ")),
        _ => "{ .. }".to_owned(),
    }
}

fn words(count: PrefixKind) -> String {
    match count {
        PrefixKind::AtLeast(n) => format!("at least {n}"),
        PrefixKind::AtMost(n) => format!("at most {n}"),
        PrefixKind::Exactly(n) => format!("exactly {n}"),
        _ => String::new(),
    }
}

impl Asked {
    /// A condition on some of the kinds; `filter` with its parentheses.
    fn of(&self, count: &str, kinds: &[&str], filter: Option<&str>) -> String {
        let kinds = braced(kinds);
        let excepts = filter.filter(|filter| filter.starts_with("except"));
        let filter = filter.filter(|_| excepts.is_none());
        let parts = [count, &self.time, &kinds, filter.unwrap_or(""), &self.tails, excepts.unwrap_or("")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The same, where all entries of the kinds without the attribute count; `None` where no one condition says it.
    pub fn with_all(&self, having: &[&str], lacking: &[&str], filter: &str) -> Option<String> {
        let (some, others) =
            (|count: &str| self.of(count, having, Some(filter)), |count: &str| self.of(count, lacking, None));
        // Two of both together: two of the one, two of the other, or one of each.
        let two = || {
            let (twice, one_each) = ("at least 2", format!("{} and {}", some(""), others("")));
            format!("{{ {}, {}, {one_each} }}", some(twice), others(twice))
        };
        Some(match self.count {
            Count::Some | Count::Entries(PrefixKind::AtLeast(1)) => {
                format!("any of {{ {}, {} }}", some(""), others(""))
            }
            Count::No | Count::Entries(PrefixKind::AtMost(0) | PrefixKind::Exactly(0)) => {
                format!("all of {{ {}, {} }}", some("no"), others("no"))
            }
            Count::Entries(PrefixKind::AtLeast(2)) => format!("any of {}", two()),
            Count::Entries(PrefixKind::AtMost(1)) => format!("none of {}", two()),
            Count::Entries(_) => return None,
            Count::Kinds(count) => {
                let each = having.iter().map(|kind| self.of("", &[kind], Some(filter)));
                let each: Vec<String> = each.chain(lacking.iter().map(|kind| self.of("", &[kind], None))).collect();
                format!("{} of {{ {} }}", words(count), each.join(", "))
            }
        })
    }

    /// The same of the kinds with the attribute only; `None` where the count is then no question.
    pub fn of_having(&self, having: &[&str], filter: &str) -> Option<String> {
        let count = match self.count {
            Count::Some => String::new(),
            Count::No => "no".to_owned(),
            Count::Entries(count) => words(count),
            Count::Kinds(count) => {
                let size = having.len();
                let open = match count {
                    PrefixKind::AtMost(n) => usize::try_from(n).is_ok_and(|n| n < size),
                    PrefixKind::AtLeast(n) | PrefixKind::Exactly(n) => usize::try_from(n).is_ok_and(|n| n <= size),
                    _ => false,
                };
                if !open {
                    return None;
                }
                format!("{} distinct", words(count))
            }
        };
        Some(self.of(&count, having, Some(filter)))
    }
}

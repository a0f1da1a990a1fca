//! Results and entries that stand for others: so many, next to each other, apart, the latest or different ones by attribute.

use eligc::vocab::{Attribute, Type};

use super::author::Author;
use super::text::Text;

/// How many values an attribute has, where they can be told apart.
fn values(attribute: &Attribute) -> Option<usize> {
    match &attribute.ty {
        Type::Coded(values) | Type::Ordinal { levels: values, .. } => Some(values.len()),
        Type::YesNo => Some(2),
        Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::Date => None,
    }
}

impl Author<'_> {
    /// A test of a fact whose results are counted, told apart, or of which the first is meant; the name may have a filter.
    pub(super) fn selected(&mut self, fact: usize, name: &str, predicate: &str, tails: &str) -> Text {
        let attributes = &self.world.facts[fact].attributes;
        let by: Vec<&Attribute> = attributes.iter().filter(|one| values(one).is_some()).collect();
        let count = 1 + self.shape.below(3);
        let dated = !self.world.facts[fact].timeless;
        match self.shape.below(8) {
            0 | 1 if !by.is_empty() => {
                let by = &self.shape.pick(&by).name;
                let word = *self.shape.pick(&["any latest", "every latest", "latest every"]);
                let own = &self.world.facts[fact].name;
                let name = name.replacen(own, &format!("{own} by {by}"), 1);
                self.said(&format!("{word} {name}"), predicate, tails)
            }
            2 | 3 if dated => {
                let count = count.max(2);
                self.said(&format!("at least {count} consecutive {name}"), predicate, tails)
            }
            4 | 5 if dated => {
                let count = count.max(2);
                let length = *self.shape.pick(&["1 day", "1 week", "1 month", "30 days"]);
                let tails = format!("{tails} at least {length} apart");
                self.said(&format!("at least {count} {name}"), predicate, &tails)
            }
            6 if dated => self.said(&format!("first {name}"), predicate, tails),
            _ => {
                let word = *self.shape.pick(&["at least", "at most", "exactly"]);
                self.said(&format!("{word} {count} {name}"), predicate, tails)
            }
        }
    }

    /// The prefixes of entries that are the latest or told apart, and the attribute behind them; as they were where not.
    pub(super) fn chosen(&mut self, kinds: &[usize], prefixes: &[String], time: &str) -> (Option<String>, String) {
        if !self.shape.chance(35) {
            return (None, String::new());
        }
        let attributes = self.world.common_attributes(kinds);
        let by: Vec<(&Attribute, usize)> = attributes.iter().filter_map(|one| Some((one, values(one)?))).collect();
        let by = if by.is_empty() || self.shape.chance(25) { None } else { Some(*self.shape.pick(&by)) };
        let most = by.map_or(1, |(_, values)| values);
        let counted = prefixes.first().filter(|first| first.contains(' ')).cloned();
        let latest = time != "planned" && (by.is_none() || self.shape.chance(60));
        if !latest && (by.is_none() || counted.is_none()) {
            return (None, String::new());
        }
        if let Some(counted) = &counted {
            let count: usize = counted.split(' ').next_back().unwrap().parse().unwrap();
            if count > most || (count == most && counted.starts_with("at most")) {
                return (None, String::new());
            }
        }
        let mut words: Vec<String> = prefixes.iter().filter(|word| *word != "distinct").cloned().collect();
        if latest {
            words.push("latest".to_owned());
        }
        if by.is_some() && counted.is_some() && (!latest || self.shape.chance(50)) {
            words.push("distinct".to_owned());
        }
        (Some(words.join(" ")), by.map_or_else(String::new, |(by, _)| format!(" by {}", by.name)))
    }
}

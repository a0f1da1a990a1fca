//! What a choice among results or entries needs of the declarations.

use super::lists::Result;
use super::test::Declared;
use crate::ir::{Quantifier, Several, Spaced};
use crate::tree::{Attribute, Choice, Fact, FactRead, KindId, ValueType};

impl Declared<'_> {
    /// A read of a word, a yes or a date, of which none is the highest.
    pub(super) fn words_read(&self, fact: &Fact, read: &FactRead) -> Result {
        match read.quantifier {
            Quantifier::Highest | Quantifier::Lowest => {
                self.error(format!("`{}` is not a number: none is the highest or lowest", fact.name))
            }
            Quantifier::Latest | Quantifier::First | Quantifier::Any | Quantifier::Every | Quantifier::Several(_) => {
                self.select(fact, read)
            }
        }
    }

    /// Which results are meant can be told.
    pub(super) fn select(&self, fact: &Fact, read: &FactRead) -> Result {
        if let Some(by) = &read.by {
            let found = fact.attributes.iter().find(|attribute| attribute.name == *by);
            self.tells_apart(&fact.name, by, found)?;
        }
        match read.quantifier {
            Quantifier::Several(Several { at_most: false, count: 0, .. }) => self.error("`at_least` 0 asks nothing"),
            Quantifier::Several(Several { spaced: Spaced::Apart(length, unit), .. })
                if length == 0 || !unit.is_calendar() =>
            {
                self.error("results are `apart` by one day or more")
            }
            Quantifier::Several(_)
            | Quantifier::Latest
            | Quantifier::First
            | Quantifier::Highest
            | Quantifier::Lowest
            | Quantifier::Any
            | Quantifier::Every => Ok(()),
        }
    }

    /// Entries told apart by an attribute that each kind has alike.
    pub(super) fn choice(&self, kinds: &[KindId], choice: &Choice, distinct: bool, planned: bool) -> Result {
        if distinct {
            return self.error("with `latest` or `by` no kinds are counted: `distinct` is false");
        }
        if choice.latest && planned {
            return self.error("what is `planned` has no `latest`");
        }
        let Some(by) = &choice.by else {
            return Ok(());
        };
        let mut first: Option<&ValueType> = None;
        for id in kinds {
            let Some(kind) = self.tree.kinds.get(*id) else {
                return self.error("no such kind");
            };
            let found = kind.attributes.iter().find(|attribute| attribute.name == *by);
            self.tells_apart(&kind.name, by, found)?;
            let Some(attribute) = found else { continue };
            if **first.get_or_insert(&attribute.ty) != attribute.ty {
                return self.error(format!("the attribute `{by}` differs among these kinds"));
            }
        }
        Ok(())
    }

    fn tells_apart(&self, owner: &str, name: &str, found: Option<&Attribute>) -> Result {
        match found.map(|attribute| &attribute.ty) {
            Some(ValueType::Coded { .. } | ValueType::Ordinal { .. } | ValueType::YesNo) => Ok(()),
            Some(ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::Titre | ValueType::Date) => {
                self.error(format!("the attribute `{name}` of `{owner}` has no values that can be counted"))
            }
            None => self.error(format!("`{owner}` has no attribute `{name}`")),
        }
    }
}

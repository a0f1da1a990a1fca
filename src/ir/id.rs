//! Lists whose places are ids of their own type, so that a place in one list is no place in another.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a list of its own.
pub trait Id: Copy + Eq {
    /// The id of a place, from 0.
    fn new(place: usize) -> Self;
    /// The place, from 0.
    fn place(self) -> usize;
    /// The place, in the width that is kept.
    fn index(self) -> u32;
}

/// Declares ids, which vocabularies, typed programs, decision trees and the evaluator do: `ids! { /// Index into the facts. FactId }`
#[cfg(feature = "eval")]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(u32);

        impl $name {
            /// The id of a place, from 0.
            pub const fn at(place: u32) -> $name {
                $name(place)
            }
        }

        impl $crate::ir::Id for $name {
            fn new(place: usize) -> $name {
                $name::at(u32::try_from(place).unwrap_or(u32::MAX))
            }

            fn place(self) -> usize {
                self.0 as usize
            }

            fn index(self) -> u32 {
                self.0
            }
        }
    )*};
}

#[cfg(feature = "eval")]
pub(crate) use ids;

/// A list whose places are ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<I, T> {
    list: Vec<T>,
    ids: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Table<I, T> {
        Table { list: Vec::new(), ids: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// What is at a place.
    pub fn get(&self, id: I) -> Option<&T> {
        self.list.get(id.place())
    }

    /// What is at a place, to be changed.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.list.get_mut(id.place())
    }

    /// Adds one at a place, and moves those from there on.
    pub fn insert(&mut self, place: usize, item: T) {
        self.list.insert(place.min(self.list.len()), item);
    }

    /// Adds one; gives its id.
    pub fn push(&mut self, item: T) -> I {
        self.list.push(item);
        I::new(self.list.len() - 1)
    }

    /// Keeps those of which `keep` says yes.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.list.retain(keep);
    }

    /// Makes it so many of the same, in the memory that it has.
    pub fn refill(&mut self, count: usize, with: T)
    where
        T: Clone,
    {
        self.list.clear();
        self.list.resize(count, with);
    }

    /// The ids, ascending.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.list.len()).map(I::new)
    }

    /// The id that the next one will have.
    pub fn next_id(&self) -> I {
        I::new(self.list.len())
    }

    /// Each with its id.
    pub fn entries(&self) -> impl Iterator<Item = (I, &T)> {
        self.list.iter().enumerate().map(|(place, item)| (I::new(place), item))
    }

    /// The id of the first that is meant.
    pub fn find(&self, meant: impl FnMut(&T) -> bool) -> Option<I> {
        self.list.iter().position(meant).map(I::new)
    }
}

impl<I, T> Deref for Table<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.list
    }
}

impl<I, T> DerefMut for Table<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.list
    }
}

#[expect(clippy::indexing_slicing, reason = "an index says that the place is there")]
impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.list[id.place()]
    }
}

#[expect(clippy::indexing_slicing, reason = "an index says that the place is there")]
impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.list[id.place()]
    }
}

impl<'t, I, T> IntoIterator for &'t Table<I, T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'t, I, T> IntoIterator for &'t mut Table<I, T> {
    type Item = &'t mut T;
    type IntoIter = std::slice::IterMut<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter_mut()
    }
}

impl<I, T> Extend<T> for Table<I, T> {
    fn extend<L: IntoIterator<Item = T>>(&mut self, list: L) {
        self.list.extend(list);
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(list: Vec<T>) -> Table<I, T> {
        Table { list, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<L: IntoIterator<Item = T>>(list: L) -> Table<I, T> {
        Table { list: list.into_iter().collect(), ids: PhantomData }
    }
}

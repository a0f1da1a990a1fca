//! Maps from the names of a tree. Their keys come from the tree, so a hash that is quick on short names does; no
//! record ever adds one.

/// A map from names: a table of places, at most half full, into a list of entries.
#[derive(Debug)]
pub(crate) struct Names<V> {
    entries: Vec<Entry<V>>,
    /// One more than an entry's index, or 0; a power of two of them.
    places: Vec<u32>,
}

#[derive(Debug)]
struct Entry<V> {
    print: Fingerprint,
    name: String,
    value: V,
}

/// The ends and the length of a name: all there is of one of up to 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fingerprint {
    first: u64,
    last: u64,
    length: usize,
}

impl Fingerprint {
    #[inline]
    fn of(name: &[u8]) -> Fingerprint {
        let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
            },
        };
        Fingerprint { first, last, length: name.len() }
    }

    fn place(self, places: usize) -> usize {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.first.wrapping_mul(ODD).rotate_left(29) ^ self.last).wrapping_mul(ODD);
        usize::try_from(mixed >> 32).unwrap_or(0) & places.wrapping_sub(1)
    }
}

impl<V> Default for Names<V> {
    fn default() -> Names<V> {
        Names { entries: Vec::new(), places: Vec::new() }
    }
}

impl<V> Names<V> {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.entries.iter().map(|entry| &entry.name)
    }

    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.entries.get(self.find(Fingerprint::of(name.as_bytes()), name)?).map(|entry| &entry.value)
    }

    #[inline]
    fn find(&self, print: Fingerprint, name: &str) -> Option<usize> {
        let mut place = print.place(self.places.len());
        loop {
            let index = (*self.places.get(place)? as usize).checked_sub(1)?;
            let entry = self.entries.get(index)?;
            if entry.print == print && (print.length <= 16 || entry.name == name) {
                return Some(index);
            }
            place = (place + 1) & self.places.len().wrapping_sub(1);
        }
    }

    /// A name that is there already gets the new value.
    pub(crate) fn insert(&mut self, name: String, value: V) {
        let print = Fingerprint::of(name.as_bytes());
        if let Some(entry) = self.find(print, &name).and_then(|index| self.entries.get_mut(index)) {
            entry.value = value;
            return;
        }
        self.entries.push(Entry { print, name, value });
        if self.entries.len() * 2 > self.places.len() {
            self.places = vec![0; (self.entries.len() * 4).next_power_of_two()];
            for index in 0..self.entries.len() {
                self.settle(index);
            }
        } else {
            self.settle(self.entries.len() - 1);
        }
    }

    fn settle(&mut self, index: usize) {
        let Some(print) = self.entries.get(index).map(|entry| entry.print) else {
            return;
        };
        let mask = self.places.len().wrapping_sub(1);
        let mut place = print.place(self.places.len());
        while let Some(taken) = self.places.get_mut(place) {
            if *taken == 0 {
                *taken = small(index + 1);
                return;
            }
            place = (place + 1) & mask;
        }
    }
}

impl<V> FromIterator<(String, V)> for Names<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(pairs: I) -> Names<V> {
        let mut names = Names::default();
        for (name, value) in pairs {
            names.insert(name, value);
        }
        names
    }
}

/// Which of a small set of things have been met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BitSet(Vec<u64>);

impl BitSet {
    /// Forgets everything and makes room for `count` things.
    pub(crate) fn reset(&mut self, count: usize) {
        self.0.clear();
        self.0.resize(count.div_ceil(64), 0);
    }

    /// Marks a thing; whether it was marked before.
    pub(crate) fn mark(&mut self, index: usize) -> bool {
        let Some(word) = self.0.get_mut(index / 64) else {
            return false;
        };
        let bit = 1 << (index % 64);
        let before = *word & bit != 0;
        *word |= bit;
        before
    }
}

/// An index as the small integer that slots use; a tree with more than 4 billion parts does not fit in memory.
pub(crate) fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

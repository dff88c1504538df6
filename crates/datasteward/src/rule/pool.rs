//! Values that many datasets share, each kept once.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;

/// A value of a [`Pool`], by its number: equal numbers of one pool are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared(NonZeroU32);

impl Shared {
    /// The number of the value at this index. Four thousand million different values do not fit into memory.
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).map_or(NonZeroU32::MAX, |index| {
            NonZeroU32::MIN.saturating_add(index)
        }))
    }

    fn index(self) -> usize {
        usize::try_from(self.0.get() - 1).unwrap_or(usize::MAX)
    }
}

/// Values that many datasets share: names of departments, periods, outcomes of rules.
#[derive(Debug)]
pub struct Pool<T: ?Sized> {
    numbers: HashMap<Arc<T>, Shared>,
    values: Vec<Arc<T>>,
}

impl<T: ?Sized> Default for Pool<T> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            values: Vec::new(),
        }
    }
}

impl<T: ?Sized + Eq + Hash> Pool<T> {
    /// The number of a value, which is kept if it is new.
    pub fn share(&mut self, value: &T) -> Shared
    where
        Arc<T>: for<'t> From<&'t T>,
    {
        match self.numbers.get(value) {
            Some(number) => *number,
            None => self.keep(value.into()),
        }
    }

    /// The value of a number.
    #[must_use]
    pub fn get(&self, shared: Shared) -> Option<&T> {
        self.values.get(shared.index()).map(AsRef::as_ref)
    }

    /// Takes in another pool: its numbers, in order, as numbers of this one.
    pub(crate) fn take_in(&mut self, other: Self) -> Translation {
        let known = |value: Arc<T>| match self.numbers.get(&value) {
            Some(number) => *number,
            None => self.keep(value),
        };
        Translation(other.values.into_iter().map(known).collect())
    }

    fn keep(&mut self, value: Arc<T>) -> Shared {
        let number = Shared::at(self.values.len());
        self.values.push(Arc::clone(&value));
        self.numbers.insert(value, number);
        number
    }
}

/// Numbers of one pool as numbers of another.
#[derive(Debug)]
pub(crate) struct Translation(Vec<Shared>);

impl Translation {
    pub(crate) fn of(&self, shared: Shared) -> Shared {
        self.0.get(shared.index()).copied().unwrap_or(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn keeps_each_value_once_and_joins_pools() {
        let mut one = Pool::<str>::default();
        let (parks, roads) = (one.share("Parks"), one.share("Roads"));
        assert_eq!(one.share("Parks"), parks);
        let mut other = Pool::<str>::default();
        let (water, again) = (other.share("Water"), other.share("Roads"));
        let into_one = one.take_in(other);
        assert_eq!(one.get(into_one.of(water)), Some("Water"));
        assert_eq!(into_one.of(again), roads);
        assert_eq!(one.get(parks), Some("Parks"));
    }
}

//! A list that never moves what it holds.

/// What is kept of every dataset of a run, in blocks. A list in one piece moves to twice the room when it is full, and
/// the holes that it leaves are of little use to anything else: a catalogue would take the memory of two.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    /// All full but the last.
    blocks: Vec<Vec<T>>,
    length: usize,
}

/// Items of one block.
const BLOCK: usize = 1024;

/// A length or number in half the space: what is kept of each dataset is kept a million times. What a record may weigh is
/// bounded far below.
pub(crate) fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn long(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<T> Rows<T> {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.blocks.get_mut(index / BLOCK)?.get_mut(index % BLOCK)
    }

    pub(crate) fn push(&mut self, item: T) {
        match self.blocks.last_mut().filter(|block| block.len() < BLOCK) {
            Some(block) => block.push(item),
            None => {
                // A part of a catalogue has few: only what goes on is given a whole block.
                let room = if self.blocks.is_empty() { 0 } else { BLOCK };
                let mut block = Vec::with_capacity(room);
                block.push(item);
                self.blocks.push(block);
            }
        }
        self.length += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flatten()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.blocks.iter_mut().flatten()
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            length: 0,
        }
    }
}

impl<T> IntoIterator for Rows<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.blocks.into_iter().flatten()
    }
}

impl<T> Extend<T> for Rows<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut rows = Self::default();
        rows.extend(items);
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Rows};

    #[test]
    fn holds_what_a_list_holds() {
        for length in [0, 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5] {
            let mut rows: Rows<usize> = (0..length).collect();
            assert_eq!((rows.len(), rows.is_empty()), (length, length == 0));
            rows.iter_mut().for_each(|item| *item *= 2);
            for index in [0, 1, BLOCK - 1, BLOCK, length.saturating_sub(1), length] {
                let expected = (index < length).then_some(index * 2);
                assert_eq!(rows.get(index).copied(), expected);
                assert_eq!(rows.get_mut(index).copied(), expected);
            }
            let doubled: Vec<usize> = (0..length).map(|item| item * 2).collect();
            assert_eq!(rows.iter().copied().collect::<Vec<_>>(), doubled);
            assert_eq!(rows.into_iter().collect::<Vec<_>>(), doubled);
        }
    }
}

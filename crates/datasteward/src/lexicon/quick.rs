//! Maps and sets that are quick to ask.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A short hash, eight bytes at a time: for tables of our own keys, where nobody can choose what collides.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quick(u64);

/// An odd number without a pattern.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Quick {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word ^ FACTOR) * u128::from(FACTOR);
        // Both halves: the maps look at the highest and the lowest bits.
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = u64::try_from(bytes.len()).unwrap_or_default();
        for &byte in rest {
            last = (last << 8) | u64::from(byte);
        }
        self.mix(last);
    }

    /// Closes a text; its length is in the hash already.
    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.wrapping_add(u64::from(byte));
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(u64::try_from(number).unwrap_or_default());
    }
}

/// The hash of a text.
pub(crate) fn hash(text: &[u8]) -> u64 {
    let mut hasher = Quick::default();
    hasher.write(text);
    hasher.finish()
}

/// A map from our own words, quick to ask.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A set of our own words, quick to ask.
pub(crate) type QuickSet<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// A map over our own word lists.
pub(crate) type WordMap<V> = QuickMap<&'static str, V>;

/// The rows of one of our tables: a key, and what stands behind the tab.
pub(crate) fn lines_of(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

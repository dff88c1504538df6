//! In which texts of a record a word stands, without reading them again for each name.

use std::sync::LazyLock;

use crate::lexicon::abbreviations;

/// In which texts each word stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// The hash of a run of ASCII letters in small letters above the number of the text. Two words may share a hash: what
    /// is found here is looked at again.
    found: Vec<u64>,
}

impl Words {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Vec::new();
        let asked = &*ASKED;
        let is_asked = |hash: u32| asked.has(hash);
        for (number, text) in texts.enumerate() {
            let number = u64::from(u32::try_from(number).unwrap_or(u32::MAX));
            let mut hash = None;
            for byte in text.bytes().chain([b' ']) {
                if byte.is_ascii_alphabetic() {
                    hash = Some(Self::add(hash.unwrap_or(Self::START), byte));
                } else if let Some(hash) = hash.take() {
                    // Most words are never asked for.
                    if is_asked(hash) {
                        found.push(u64::from(hash) << 32 | number);
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Self { found }
    }

    const START: u32 = 0x811c_9dc5;

    /// The hash of a word, and that of its plural.
    pub(super) fn hashes(word: &str) -> [u32; 2] {
        let hash = word.bytes().fold(Self::START, Self::add);
        [hash, Self::add(hash, b's')]
    }

    /// FNV-1a with a letter more, whatever its case.
    fn add(hash: u32, letter: u8) -> u32 {
        (hash ^ u32::from(letter | 0x20)).wrapping_mul(0x0100_0193)
    }

    /// The numbers of the texts that may hold a word of ASCII letters, or its plural.
    pub(super) fn texts_with(&self, word: &str) -> impl Iterator<Item = usize> {
        Self::hashes(word)
            .map(u64::from)
            .into_iter()
            .flat_map(|hash| {
                let from = self.found.partition_point(|found| found >> 32 < hash);
                let rest = self.found.get(from..).unwrap_or_default();
                rest.iter().take_while(move |found| *found >> 32 == hash)
            })
            .filter_map(|found| usize::try_from(found & u64::from(u32::MAX)).ok())
    }
}

/// The words that are asked for, and their plurals: a bit for each by the lowest bits of its hash. It can say yes too often,
/// never too seldom.
pub(super) struct Asked(Box<[u64; 1024]>);

pub(super) static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let mut asked = Asked(Box::new([0; 1024]));
    let words = abbreviations::readings_in_english().flat_map(|reading| reading.words.split(' '));
    for word in words.filter(|word| is_letters(word)) {
        for hash in Words::hashes(word) {
            asked.add(hash);
        }
    }
    asked
});

impl Asked {
    fn place(hash: u32) -> (usize, u64) {
        let bit = hash as usize % (1024 * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u32) {
        let (at, bit) = Self::place(hash);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    pub(super) fn has(&self, hash: u32) -> bool {
        let (at, bit) = Self::place(hash);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

pub(super) fn is_letters(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

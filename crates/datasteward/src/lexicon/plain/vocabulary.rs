//! A record's own words, so that names are read as the record's reader reads them.

use std::cell::{OnceCell, RefCell};

use super::mentions::{is_small_word, mentions, mentions_all};
use super::spelt_out::{Bracket, is_spelt_out};
use super::word_index::{ASKED, Words, is_letters};
use crate::lexicon::abbreviations::{self, Abbreviation, Reading};
use crate::lexicon::initials;
use crate::lexicon::language::Language;
use crate::lexicon::quick::QuickMap;

/// A record's own words: what its texts say, so that names are read as the record's reader reads them.
///
/// Texts are kept by reference and only searched when a name needs it.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary<'a> {
    pub(super) language: Language,
    pub(super) title: &'a str,
    texts: Vec<&'a str>,
    /// Readings that the texts decide for, by the place of the entry in memory: the fields of a table share shorthand.
    decided: RefCell<QuickMap<usize, Option<usize>>>,
    /// What the texts spell out, by the acronym.
    spelt_out: RefCell<QuickMap<String, Option<String>>>,
    /// Whether the main texts tell what a token stands for.
    told: RefCell<QuickMap<String, bool>>,
    /// Where the words of the texts stand; made when first needed.
    words: OnceCell<Words>,
    /// The brackets of the texts; found when first needed.
    brackets: OnceCell<Vec<Bracket<'a>>>,
}

impl<'a> Vocabulary<'a> {
    /// The vocabulary of a record in a language, before its texts are added.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            ..Self::default()
        }
    }

    /// Sets the title, which a reader has in view beside the name.
    pub fn set_title(&mut self, title: &'a str) {
        self.title = title;
        self.forget();
    }

    /// Adds a text that may tell what an abbreviation stands for: description, keywords, descriptions of other fields.
    pub fn add(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.texts.push(text);
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.decided.get_mut().clear();
        self.spelt_out.get_mut().clear();
        self.told.get_mut().clear();
        self.words.take();
        self.brackets.take();
    }

    /// The number of the reading for which the first text decides that names just one of them.
    pub(super) fn decides_for(&self, entry: &'static Abbreviation) -> Option<usize> {
        let place = std::ptr::from_ref(entry).addr();
        if let Some(known) = self.decided.borrow().get(&place) {
            return *known;
        }
        let found = self
            .texts_for(entry)
            .find_map(|text| only_reading(entry, text));
        self.decided.borrow_mut().insert(place, found);
        found
    }

    /// The texts, in their order, that may name one of the readings.
    fn texts_for(&self, entry: &Abbreviation) -> impl Iterator<Item = &'a str> {
        let firsts = entry.readings.iter().map(|reading| {
            let mut words = reading.words.split(' ');
            words.find(|word| !is_small_word(word)).unwrap_or_default()
        });
        let mut numbers = Vec::new();
        for word in firsts {
            numbers.extend(self.numbers_for(word));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.text(number))
    }

    /// The numbers of the texts that may hold a word.
    fn numbers_for(&self, word: &str) -> Vec<usize> {
        let hashes = Words::hashes(word);
        if !is_letters(word) || !hashes.into_iter().all(|hash| ASKED.has(hash)) {
            return (0..=self.texts.len()).collect();
        }
        let words = self.words.get_or_init(|| Words::of(self.all_texts()));
        words.texts_with(word).collect()
    }

    /// Whether a word stands in one of the texts, endings of number aside.
    pub(super) fn mention(&self, word: &str) -> bool {
        self.numbers_for(word)
            .into_iter()
            .filter_map(|number| self.text(number))
            .any(|text| mentions(text, word))
    }

    /// The words that the first text gives that spells an acronym out.
    pub(super) fn spells_out(&self, acronym: &str) -> Option<String> {
        if let Some(known) = self.spelt_out.borrow().get(acronym) {
            return known.clone();
        }
        let brackets = self
            .brackets
            .get_or_init(|| self.all_texts().flat_map(Bracket::each).collect());
        let found = brackets
            .iter()
            .find_map(|bracket| bracket.spells_out(acronym));
        self.spelt_out
            .borrow_mut()
            .insert(acronym.to_owned(), found.clone());
        found
    }

    /// Whether the main texts tell what a token stands for.
    pub(super) fn tells(&self, token: &str) -> bool {
        if let Some(known) = self.told.borrow().get(token) {
            return *known;
        }
        let said = |reading: &Reading| {
            self.main_texts()
                .any(|text| mentions_all(text, reading.words))
        };
        let written_out = token.len() >= 3
            && self
                .main_texts()
                .any(|text| is_spelt_out(token, text) || initials::spells_out_as_name(text, token));
        let told = written_out
            || abbreviations::english(token).is_some_and(|entry| entry.readings.iter().any(said));
        self.told.borrow_mut().insert(token.to_owned(), told);
        told
    }

    /// The language of the record.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The beginnings of the title and of the texts that were added first.
    fn main_texts(&self) -> impl Iterator<Item = &'a str> {
        self.all_texts().take(3).map(|text| {
            let mut end = text.len().min(MAIN_TEXT);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.get(..end).unwrap_or_default()
        })
    }

    fn all_texts(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.title).chain(self.texts.iter().copied())
    }

    /// The text with a number among [`Self::all_texts`].
    fn text(&self, number: usize) -> Option<&'a str> {
        match number.checked_sub(1) {
            Some(number) => self.texts.get(number).copied(),
            None => Some(self.title),
        }
    }
}

/// The number of the only reading of an abbreviation that a text names.
pub(super) fn only_reading(entry: &Abbreviation, text: &str) -> Option<usize> {
    let mut found = entry
        .readings
        .iter()
        .enumerate()
        .filter(|(_, reading)| mentions_all(text, reading.words));
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

/// So many bytes of a text are read for what it explains.
const MAIN_TEXT: usize = 4096;

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::lexicon::language::Language;
    use crate::lexicon::plain::{NameVerdict, expand, judge};

    #[test]
    fn hostile_names_and_texts_are_read_in_linear_time() {
        let brackets = "(Q".repeat(200_000);
        let pairs = "(QZX)".repeat(100_000);
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title(&brackets);
        vocabulary.add(&pairs);
        let name = "QZX ".repeat(100_000);
        assert_eq!(judge(&name, &vocabulary), NameVerdict::Cryptic);
        assert_eq!(expand("QZX", Some(&pairs), &vocabulary), None);
        assert!(judge(&"é(".repeat(50_000), &vocabulary).is_plain());
    }
}

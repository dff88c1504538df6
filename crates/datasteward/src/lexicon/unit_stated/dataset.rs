//! Units that the title or the text of a dataset gives: to all its values, to its rates, to single fields in a list.

use super::description::in_text;
use super::quantity::word_starts;
use crate::lexicon::fold::{Letters, name_words, raw_words};
use crate::lexicon::name_parts::{Classes, NameParts};
use crate::lexicon::units::expression::{Trust, read_per, read_unit};
use crate::lexicon::units::table::is_around;
use crate::lexicon::units::{Family, Unit};

/// A unit that the text of a dataset gives to all its values: "all figures are in thousands of dollars".
///
/// ```
/// use datasteward::lexicon::unit_stated::named_in;
/// let unit = named_in("Yearly budget. All figures are in thousands of dollars.");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("10*3.USD".to_owned()));
/// assert_eq!(named_in("A list of trees in the city."), None);
/// ```
#[must_use]
pub fn named_in(text: &str) -> Option<Unit> {
    let finder = memchr::memmem::Finder::new(" in ");
    finder.find_iter(text.as_bytes()).find_map(|at| {
        let after = text.get(at + 4..)?;
        if let Some(unit) = scaled_money(text.get(..at)?, after) {
            return Some(unit);
        }
        let read = read_unit(after, Trust::Text)?;
        let clear = match read.unit.family {
            Family::Count | Family::Index => false,
            Family::Time => !read.singular,
            _ => true,
        };
        (clear && speaks_of_values(text.get(..at)?)).then_some(read.unit)
    })
}

/// The unit that the text of a dataset gives to one field, in a line of its own: "Elevation / in meters", "2. Duration in
/// months".
///
/// ```
/// use datasteward::lexicon::unit_stated::listed_in;
/// let unit = listed_in("Fields:\n1. Duration in months\n2. Slope in degrees", "slope");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("deg".to_owned()));
/// assert_eq!(listed_in("Loans.\nThe duration is open.", "duration"), None);
/// ```
#[must_use]
pub fn listed_in(text: &str, name: &str) -> Option<Unit> {
    let words = name_words(name);
    if words.is_empty() {
        return None;
    }
    let parts = NameParts::of(name);
    let mut lines = text.split('\n').filter(|line| line.len() <= LONGEST_LINE);
    lines.find_map(|line| {
        let line = line.trim_start_matches(|sign: char| !sign.is_alphabetic());
        let mut own = raw_words(line);
        let is_own = words
            .iter()
            .all(|word| own.next().is_some_and(|own| own.eq_ignore_ascii_case(word)));
        is_own.then(|| in_text(line, &parts)).flatten()
    })
}

/// Of a list of fields, in bytes; running text has longer ones.
const LONGEST_LINE: usize = 200;

/// What the rates of a dataset are of, by its title or text: "visit rate (per 100,000 population)".
///
/// ```
/// use datasteward::lexicon::unit_stated::denominator_in;
/// let unit = denominator_in("Emergency visit rate for falls (per 100,000 population)");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("/100000".to_owned()));
/// assert_eq!(denominator_in("At most 1,000 visitors per 10 days"), None);
/// ```
#[must_use]
pub fn denominator_in(text: &str) -> Option<Unit> {
    let finder = memchr::memmem::Finder::new("per 1");
    finder.find_iter(text.as_bytes()).find_map(|at| {
        let before = text.get(..at)?;
        let sentence = before.rsplit(['.', '\n', ';']).next().unwrap_or_default();
        let rated = word_starts(sentence).any(|start| {
            let rest = sentence.get(start..).unwrap_or_default();
            let word = rest.split(|sign: char| !sign.is_alphabetic()).next();
            word.is_some_and(|word| has_class(word, Classes::RATE))
        });
        read_per(text.get(at..)?)
            .filter(|unit| rated && unit.family == Family::Rate && unit.code.len() > 4)
    })
}

fn has_class(word: &str, class: Classes) -> bool {
    NameParts::of(word).all.any(class)
}

/// "Dollars are in thousands": the currency stands before, its scale after.
fn scaled_money(before: &str, after: &str) -> Option<Unit> {
    let scale = after
        .split(|sign: char| !sign.is_ascii_alphabetic())
        .next()?;
    let scales = ["thousands", "millions", "billions"];
    if !scales.iter().any(|known| scale.eq_ignore_ascii_case(known)) {
        return None;
    }
    let words = before
        .rsplit(|sign: char| !sign.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(3);
    let mut named = words.filter(|word| word.len() > 3).filter_map(|word| {
        let phrase = format!(
            "{} of {}",
            scale.to_ascii_lowercase(),
            word.to_ascii_lowercase()
        );
        read_unit(&phrase, Trust::Text).filter(|read| read.unit.family == Family::Money)
    });
    named.next().map(|read| read.unit)
}

/// How far back a sentence is followed, in bytes.
const SENTENCE: usize = 240;

/// Whether the sentence so far is about the values of a dataset.
fn speaks_of_values(before: &str) -> bool {
    let mut from = before.len().saturating_sub(SENTENCE);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let sentence = before
        .get(from..)
        .unwrap_or_default()
        .rsplit(['.', '\n', ';'])
        .next()
        .unwrap_or_default();
    word_starts(sentence).any(|at| {
        let word = sentence
            .get(at..)
            .unwrap_or_default()
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        is_around("values", Letters::of(word).as_str())
    })
}

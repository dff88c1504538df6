//! Words without a gap between them, and words with shorthand grown onto them: `TOTALCOST`, `violdate`.

use super::reads::Reads;
use super::shorthand::has_true_vowel;
use crate::lexicon::abbreviations::{self, Abbreviation, Kind};
use crate::lexicon::english;

/// Whole words without a gap, or a word with shorthand grown onto it (`violdate`).
pub(super) fn run_together(text: &str) -> Reads {
    if english::split_words(text).is_some() {
        return Reads::RunTogether;
    }
    match compound(text) {
        Some(parts) if parts.has_shorthand() => Reads::Abbreviated,
        Some(_) => Reads::RunTogether,
        None => Reads::Unknown,
    }
}

/// A token made of an abbreviation and a word, in either order, or of two abbreviations.
pub(super) struct Compound<'t> {
    pub(super) first: Part<'t>,
    pub(super) second: Part<'t>,
}

#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    Word(&'t str),
    Shorthand(&'t str, &'static Abbreviation),
}

impl Compound<'_> {
    pub(super) fn has_shorthand(&self) -> bool {
        let hard = |part: &Part<'_>, other: &Part<'_>| match (part, other) {
            (Part::Shorthand(_, entry), Part::Word(word)) => {
                entry.kind == Kind::Short || (entry.kind != Kind::Word && word.len() < 4)
            }
            (Part::Shorthand(_, entry), Part::Shorthand(..)) => entry.kind != Kind::Known,
            (Part::Word(_), _) => false,
        };
        hard(&self.first, &self.second) || hard(&self.second, &self.first)
    }
}

/// Two pieces of shorthand and no word: among words that people write with blanks it is a slip of the pen (`Distrcit`).
pub(super) fn is_shorthand_alone(text: &str) -> bool {
    compound(text).is_some_and(|parts| {
        matches!(
            (parts.first, parts.second),
            (Part::Shorthand(..), Part::Shorthand(..))
        )
    })
}

pub(super) fn compound(text: &str) -> Option<Compound<'_>> {
    if !(5..=24).contains(&text.len()) || !text.is_ascii() {
        return None;
    }
    (2..text.len() - 1).find_map(|at| {
        let (first, second) = text.split_at_checked(at)?;
        let pair = (part(first)?, part(second)?);
        let sound = match pair {
            (Part::Word(_), Part::Word(_)) => false,
            (Part::Shorthand(short, _), Part::Word(word))
            | (Part::Word(word), Part::Shorthand(short, _)) => {
                let bare = !has_true_vowel(short) && (short.len() >= 3 || is_common_pair(short));
                (word.len() >= 4 && (short.len() >= 4 || bare)) || (bare && is_small_noun(word))
            }
            // Two pieces of shorthand are told for sure only where one has no vowel, or is no word: `resdttm`, `inspnum`.
            (Part::Shorthand(a, first), Part::Shorthand(b, second)) => {
                let sure = |short: &str, entry: &Abbreviation| {
                    !has_true_vowel(short) || entry.kind == Kind::Short
                };
                a.len() >= 3 && b.len() >= 3 && (sure(a, first) || sure(b, second))
            }
        };
        sound.then_some(Compound {
            first: pair.0,
            second: pair.1,
        })
    })
}

fn part(text: &str) -> Option<Part<'_>> {
    if let Some(entry) = abbreviations::english(text).filter(|entry| !entry.readings.is_empty()) {
        return Some(Part::Shorthand(text, entry));
    }
    (text.len() >= 3 && english::is_common(text)).then_some(Part::Word(text))
}

/// Nouns of three letters that field names are made with.
fn is_small_noun(word: &str) -> bool {
    matches!(
        word,
        "day" | "age" | "end" | "fee" | "tax" | "use" | "sex" | "way" | "key" | "sum"
    )
}

/// Shorthand of two letters that is found grown onto words; others (`pr` in `prking`) are chance.
fn is_common_pair(short: &str) -> bool {
    matches!(short, "dt" | "cd" | "nm" | "yr" | "tm" | "nu")
}

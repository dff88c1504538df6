//! Tokens that are read together with their neighbours: phrases of the table, `CO2`, `10th`, `Q5.22`, `title_en`.

use super::tokens::Tokens;
use crate::lexicon::abbreviations;
use crate::lexicon::english::{self, Known};

/// How many tokens make one entry of the tables that only looks like several: `CO2`, `MWh`.
pub(super) fn joined_entry(tokens: &Tokens, index: usize) -> Option<usize> {
    let next = tokens.tokens.get(index + 1)?;
    let short = tokens.get(index)?.len() <= 2;
    if next.before.is_some() || !(next.digits || short) {
        return None;
    }
    let joined = tokens.joined(index)?;
    // `BiAnnual` is one word.
    let prefixed = matches!(tokens.get(index), Some("bi" | "co" | "re" | "un" | "ex"))
        && !next.digits
        && english::look_up(joined).is_some_and(|known| known != Known::Proper);
    (prefixed || abbreviations::english(joined).is_some()).then_some(2)
}

/// The phrase of the table that begins at `index`, and how many tokens it takes.
pub(super) fn phrase_at(tokens: &Tokens, index: usize) -> Option<(&'static str, usize)> {
    abbreviations::phrases(tokens.get(index)?)
        .iter()
        .find(|phrase| {
            phrase
                .rest
                .iter()
                .enumerate()
                .all(|(offset, word)| tokens.get(index + 1 + offset) == Some(*word))
        })
        .map(|phrase| (phrase.words, phrase.rest.len() + 1))
}

/// The tokens of a question's number before its words: `Q5.22 What …`, `Q2J Quality of …`.
pub(super) fn question_number(tokens: &Tokens) -> Option<usize> {
    let numbered = tokens.get(0)? == "q" && tokens.tokens.get(1)?.digits;
    let mut count = 2;
    while tokens
        .tokens
        .get(count)
        .is_some_and(|token| token.digits || token.end - token.start == 1)
    {
        count += 1;
    }
    (numbered && tokens.tokens.len() >= count + 2).then_some(count)
}

/// `10th`, `2d`, `65k`: a number with a letter or two of its own.
pub(super) fn is_ordinal(joined: &str) -> bool {
    let rest = joined.trim_start_matches(|character: char| character.is_ascii_digit());
    matches!(
        rest,
        "st" | "nd" | "rd" | "th" | "d" | "k" | "m" | "s" | "am" | "pm" | "yr" | "hr" | "x"
    )
}

/// The language that a text is in, at the end of a name: `title_en`, `description_fr`.
pub(super) fn is_language_mark(tokens: &Tokens, index: usize) -> bool {
    let text = tokens.get(index).unwrap_or_default();
    let last = index + 1 == tokens.tokens.len();
    last && matches!(text, "en" | "fr" | "es" | "de" | "pt" | "it" | "eng")
        && index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| {
                matches!(
                    before,
                    "title"
                        | "name"
                        | "description"
                        | "desc"
                        | "label"
                        | "text"
                        | "notes"
                        | "summary"
                        | "keywords"
                )
            })
}

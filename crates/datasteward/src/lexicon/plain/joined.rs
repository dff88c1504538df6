//! Tokens that are read together with their neighbours: phrases of the table, `CO2`, `10th`, `Q5.22`, `title_en`.

use super::mentions::is_small_word;
use super::tokens::Tokens;
use crate::lexicon::abbreviations;
use crate::lexicon::english::{self, Known};

/// How many tokens make one entry of the tables that only looks like several: `CO2`, `N2O`, `MWh`, `Wi-Fi`.
pub(super) fn joined_entry(tokens: &Tokens, index: usize) -> Option<usize> {
    let next = tokens.tokens.get(index + 1)?;
    let first = tokens.get(index)?;
    let is_pair = |(one, sign, other): &(&str, char, &str)| {
        *one == first && next.before == Some(*sign) && tokens.text(next) == *other
    };
    if EVERYDAY.iter().any(is_pair) {
        return Some(2);
    }
    let third = tokens.tokens.get(index + 2);
    if next.digits
        && next.before.is_none()
        && third.is_some_and(|third| third.before.is_none())
        && let (Some(from), Some(third)) = (tokens.tokens.get(index), third)
        && let Some(joined) = tokens.folded.get(from.start..third.end)
        && abbreviations::english(joined).is_some()
    {
        return Some(3);
    }
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

/// What everybody reads in two pieces.
const EVERYDAY: [(&str, char, &str); 5] = [
    ("n", '/', "a"),
    ("po", ' ', "box"),
    ("q", '&', "a"),
    ("r", '&', "d"),
    ("wi", '-', "fi"),
];

/// Whether a capital that stands alone is only a key held too long: `CIty`, `FIrst`.
pub(super) fn is_capital_too_many(tokens: &Tokens, index: usize) -> bool {
    let rest = tokens.tokens.get(index + 1);
    let is_word = |word: &str| english::look_up(word).is_some_and(|known| known != Known::Proper);
    rest.is_some_and(|rest| rest.title_case && !is_word(tokens.text(rest)))
        && tokens.joined(index).is_some_and(is_word)
}

/// Whether the other words of the name say what an acronym stands for: `MCO (Managed Care Organization)`,
/// `Tax Rate Area - TRA`.
pub(super) fn is_spelt_out_beside(tokens: &Tokens, index: usize) -> bool {
    let acronym = tokens.get(index).unwrap_or_default();
    let initials = |words: &mut dyn Iterator<Item = &str>| -> String {
        words
            .filter(|word| !is_small_word(word))
            .filter_map(|word| word.chars().next())
            .take(acronym.chars().count())
            .collect()
    };
    let before = tokens.tokens.get(..index).unwrap_or_default();
    let after = tokens.tokens.get(index + 1..).unwrap_or_default();
    let text = |token| tokens.text(token);
    initials(&mut after.iter().map(text)) == acronym
        || initials(&mut before.iter().rev().map(text))
            .chars()
            .rev()
            .eq(acronym.chars())
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
    // `Q28 Race`, but `Q2_total` is a quarter.
    let words = tokens.tokens.get(count..).unwrap_or_default();
    let is_apart = words
        .first()
        .is_some_and(|word| matches!(word.before, Some(' ' | ':' | '.')));
    (numbered && (words.len() > 1 || (words.len() == 1 && is_apart))).then_some(count)
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

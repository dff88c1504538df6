//! How long a text is without what only makes it longer.

use std::ops::Range;

use super::{Token, tokens};

/// A text without what only makes it longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffectiveLength {
    /// Unicode scalar values, with blanks collapsed and repeated signs counted once.
    pub characters: usize,
    /// Words.
    pub words: usize,
}

/// The length of a text without repeated sentences, runs of one sign, and the title said again at its start.
#[must_use]
pub fn effective_length(title: &str, text: &str) -> EffectiveLength {
    let text = without_title(title, text);
    length_of(text, &tokens(text), usize::MAX)
}

pub(super) fn length_of(text: &str, tokens: &[Token], enough: usize) -> EffectiveLength {
    let mut length = EffectiveLength {
        characters: 0,
        words: 0,
    };
    let mut seen = Vec::new();
    for sentence in sentences(tokens) {
        let hash = sentence_hash(text, sentence);
        if sentence.len() >= SHORTEST_REPEATED && seen.contains(&hash) {
            continue;
        }
        if seen.len() < MAX_SENTENCES {
            seen.push(hash);
        }
        length.words += sentence.len();
        length.characters += seen_characters(text.get(span(sentence)).unwrap_or("")).count() + 1;
        if length.characters >= enough {
            break;
        }
    }
    length
}

/// Shorter sentences (`Yes.`, `No data.`) may come again without being filler.
const SHORTEST_REPEATED: usize = 3;

/// More sentences than a description has; keeps the search for doubles short.
const MAX_SENTENCES: usize = 256;

/// The text behind the title, where the text begins with it.
fn without_title<'a>(title: &str, text: &'a str) -> &'a str {
    let title = title.trim();
    let text = text.trim();
    match text.get(..title.len()) {
        Some(start)
            if !title.is_empty()
                && text.len() > title.len()
                && start.eq_ignore_ascii_case(title) =>
        {
            text.get(title.len()..).unwrap_or(text)
        }
        _ => text,
    }
}

/// Runs of words that belong to one sentence.
fn sentences(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| !next.starts_sentence)
}

fn span(sentence: &[Token]) -> Range<usize> {
    match (sentence.first(), sentence.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// FNV-1a over the folded words of a sentence.
fn sentence_hash(text: &str, sentence: &[Token]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for token in sentence {
        for byte in token.text(text).bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// Characters, with runs of blanks or of one sign counted once.
fn seen_characters(text: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    text.chars().filter(move |&character| {
        let character = if character.is_whitespace() {
            ' '
        } else {
            character
        };
        let before = last.replace(character);
        character.is_alphanumeric() || before != Some(character)
    })
}

/// How a text is made longer than what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Padding {
    /// By what means.
    pub kind: PaddingKind,
    /// Where it shows, in bytes of the text.
    pub range: Range<usize>,
}

/// The means of padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaddingKind {
    /// One sentence again and again.
    RepeatedSentence,
    /// Runs of one sign or of blanks.
    Signs,
    /// A few words over and over.
    FewWords,
}

/// Long enough to be meant as a description, in characters.
const DESCRIPTION_LENGTH: usize = 50;

/// Whether a text reaches its length by repetition or by signs.
#[must_use]
pub fn padding(text: &str) -> Option<Padding> {
    padding_of(text, &tokens(text))
}

pub(super) fn padding_of(text: &str, tokens: &[Token]) -> Option<Padding> {
    if let Some(range) = repeated_sentence(text, tokens) {
        return Some(Padding {
            kind: PaddingKind::RepeatedSentence,
            range,
        });
    }
    if let Some(range) = few_words(text, tokens) {
        return Some(Padding {
            kind: PaddingKind::FewWords,
            range,
        });
    }
    // Most texts have enough to be seen in their first line, and need not be counted to their ends.
    let seen = seen_characters(text.trim());
    let effective = seen.take(DESCRIPTION_LENGTH).count();
    if effective == DESCRIPTION_LENGTH {
        return None;
    }
    let raw = text.chars().count();
    (raw >= DESCRIPTION_LENGTH && effective * 10 <= raw * 7).then_some(Padding {
        kind: PaddingKind::Signs,
        range: 0..text.len(),
    })
}

/// The second place of a sentence of five words or more, where such repetitions make up a third of the text.
///
/// A long text may well say one sentence twice (a note below two lists, the publisher of two works).
fn repeated_sentence(text: &str, tokens: &[Token]) -> Option<Range<usize>> {
    let mut seen = Vec::new();
    let mut first = None;
    let mut repeated_words = 0;
    let mut long = sentences(tokens)
        .take(MAX_SENTENCES)
        .filter(|sentence| sentence.len() >= 5)
        .peekable();
    while let Some(sentence) = long.next() {
        // One sentence alone repeats nothing.
        if seen.is_empty() && long.peek().is_none() {
            break;
        }
        let hash = sentence_hash(text, sentence);
        if seen.contains(&hash) {
            repeated_words += sentence.len();
            first = first.or_else(|| Some(span(sentence)));
        } else {
            seen.push(hash);
        }
    }
    first.filter(|_| repeated_words * 3 >= tokens.len())
}

/// Prose of some length in which most words have been said before.
fn few_words(text: &str, tokens: &[Token]) -> Option<Range<usize>> {
    if !(20..=120).contains(&tokens.len()) {
        return None;
    }
    let mut hashes: Vec<u64> = tokens
        .chunks(1)
        .map(|word| sentence_hash(text, word))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    (hashes.len() * 100 < tokens.len() * 35).then(|| span(tokens))
}

#[cfg(test)]
mod tests {
    use super::{PaddingKind, effective_length, padding};

    #[test]
    fn counts_only_what_is_said() {
        let once = effective_length("Outages", "Outages. Reported by people who live here.");
        let twice = effective_length(
            "Outages",
            "Outages. Reported by people who live here. Reported by people who live here.",
        );
        assert_eq!(once, twice);
        assert_eq!(once.words, 6);
    }

    #[test]
    fn sees_padding() {
        let kind = |text: &str| padding(text).map(|found| found.kind);
        assert_eq!(
            kind(&format!("Outages {}", ".".repeat(60))),
            Some(PaddingKind::Signs)
        );
        let sentence = "These are the outages we know. ";
        assert_eq!(
            kind(&sentence.repeat(3)),
            Some(PaddingKind::RepeatedSentence)
        );
        assert_eq!(
            kind(&"outages lights ".repeat(12)),
            Some(PaddingKind::FewWords)
        );
        assert_eq!(
            kind("Outages reported since 2016, one row per report, closed reports included."),
            None
        );
    }
}

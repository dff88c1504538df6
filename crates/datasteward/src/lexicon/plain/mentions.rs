//! Whether a text uses a word.

use crate::lexicon::english;
use crate::lexicon::fold::{fold, words};

/// Whether every word of `phrase` occurs in `text`, endings of number aside.
pub(super) fn mentions_all(text: &str, phrase: &str) -> bool {
    !text.is_empty()
        && phrase
            .split(' ')
            .filter(|word| !is_small_word(word))
            .all(|word| mentions(text, word))
}

pub(super) fn mentions(text: &str, wanted: &str) -> bool {
    let wanted = wanted.as_bytes();
    let Some(first) = wanted.first() else {
        return false;
    };
    let bytes = text.as_bytes();
    memchr::memchr2_iter(
        first.to_ascii_lowercase(),
        first.to_ascii_uppercase(),
        bytes,
    )
    .any(|at| {
        let starts = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|byte| !byte.is_ascii_alphabetic());
        let Some(rest) = bytes.get(at..).filter(|_| starts) else {
            return false;
        };
        let matches = rest
            .get(..wanted.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        let tail = rest.get(wanted.len()..).unwrap_or_default();
        let ends = |tail: &[u8]| tail.first().is_none_or(|byte| !byte.is_ascii_alphabetic());
        matches
            && (ends(tail)
                || (tail.first() == Some(&b's') && ends(tail.get(1..).unwrap_or_default())))
    })
}

/// The one word of a description that a token is the beginning of.
pub(super) fn completed_by(token: &str, description: &str) -> Option<String> {
    if token.len() < 3 {
        return None;
    }
    let mut found: Option<String> = None;
    for word in words(description) {
        if word.len() > token.len() + 1 && word.starts_with(token) && word != token {
            if found.as_deref().is_some_and(|before| before != word) {
                return None;
            }
            found = Some(word.into_owned());
        }
    }
    found.filter(|word| english::look_up(word).is_some())
}

pub(super) fn is_small_word(word: &str) -> bool {
    let word = fold(word);
    matches!(
        word.as_ref(),
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "to"
            | "on"
            | "a"
            | "an"
            | "at"
            | "by"
            | "de"
            | "del"
            | "la"
            | "las"
            | "los"
            | "el"
            | "y"
            | "en"
    )
}

//! Short words of other languages, and letters without their accents.

use std::sync::LazyLock;

use super::tokens::Tokens;
use crate::lexicon::english;
use crate::lexicon::quick::QuickMap;

static FOREIGN: LazyLock<QuickMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: QuickMap<&'static str, Vec<&'static str>> = QuickMap::default();
    for line in include_str!("../../../data/short-words.tsv").lines() {
        if let Some((language, list)) = line.split_once('\t') {
            for word in list.split_whitespace() {
                words.entry(word).or_default().push(language);
            }
        }
    }
    words
});

/// Whether a folded token without accents is a short word of another language (of one, where it is given).
pub(super) fn is_short_foreign(word: &str, language: Option<&str>) -> bool {
    word.len() <= 4
        && FOREIGN
            .get(word)
            .is_some_and(|found| language.is_none_or(|wanted| found.contains(&wanted)))
}

/// Whether a token is written with letters that English lacks: a word of another language, and no code. Greek letters
/// among others are signs (`µg`, `Δt`).
pub(super) fn is_written_abroad(text: &str) -> bool {
    let is_sign = |letter: char| matches!(letter, 'µ' | 'Α'..='ω');
    let mut beyond = text
        .chars()
        .filter(|it| !it.is_ascii() && it.is_alphabetic());
    match beyond.next() {
        None => false,
        Some(first) if is_sign(first) => !text.bytes().any(|byte| byte.is_ascii()),
        Some(_) => true,
    }
}

pub(super) fn has_foreign_word(tokens: &Tokens) -> bool {
    tokens
        .words()
        .any(|word| english::look_up(word).is_none() && is_short_foreign(word, None))
}

//! Acronyms that titles explain.

use super::{fold_title, loose_key, word_hashes};
use crate::lexicon::fold;

/// Acronyms that a title explains, "Racial Profiling (RP)": the acronym, and the words it stands for.
#[must_use]
pub fn acronyms(title: &str) -> Vec<(u64, Vec<u64>)> {
    let mut found = Vec::new();
    for (at, _) in title.match_indices('(').take(MOST_BRACKETS) {
        let (before, after) = title.split_at(at);
        // No more is looked at than an acronym is long: a title may be nothing but brackets.
        let capitals = after
            .bytes()
            .skip(1)
            .take(7)
            .take_while(u8::is_ascii_uppercase);
        let length = capitals.count();
        let closed = after.as_bytes().get(length + 1) == Some(&b')');
        let Some(short) = after
            .get(1..=length)
            .filter(|_| closed && (2..=6).contains(&length))
        else {
            continue;
        };
        let near = before.len().saturating_sub(WORDS_OF_AN_ACRONYM);
        let before = (near..near + 4)
            .find_map(|from| before.get(from..))
            .unwrap_or(before);
        let folded = fold_title(before);
        let words: Vec<&str> = folded.split(' ').collect();
        let last = words
            .len()
            .checked_sub(length)
            .and_then(|from| words.get(from..));
        let initials: Option<String> = last.map(|words| {
            words
                .iter()
                .filter_map(|word| word.chars().next())
                .collect()
        });
        let short = short.to_ascii_lowercase();
        if let (Some(last), true) = (last, initials.as_ref() == Some(&short)) {
            let short = fold::number(fold::stem(&short).chars());
            found.push((short, word_hashes(&loose_key(last))));
        }
    }
    found
}

/// No title explains more acronyms than this.
const MOST_BRACKETS: usize = 64;

/// The words that an acronym stands for take no more bytes than this.
const WORDS_OF_AN_ACRONYM: usize = 200;

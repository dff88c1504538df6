//! Acronyms that a text never spells out.
//!
//! What an ordinary reader knows (`GPS`), what the text or its neighbours explain, and what may be a plain word in
//! capitals is left alone: this is about the remaining ones, which only insiders can read.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr2_iter;

use super::abbreviations::{Abbreviation, english as abbreviation, is_known_acronym};
use super::english::{self, Known};
use super::fold::fold;
use super::quick::QuickSet;

/// More letters than these are rarely an acronym, more often a shouted word.
const LONGEST: usize = 6;

/// How many acronyms are kept for a message.
const MOST: usize = 12;

/// Groups of capitals that no reader needs spelled out.
static UNDERSTOOD: LazyLock<QuickSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/capitals.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_ascii_whitespace)
        .collect()
});

/// The acronyms in a text that neither it nor the texts beside it spell out, in the order in which they are met.
///
/// ```
/// use datasteward::lexicon::initials::unexplained;
/// assert_eq!(unexplained("Cases reported to IDPH by hospitals.", &[]), ["IDPH"]);
/// assert!(unexplained("Cases reported to the Illinois Department of Public Health (IDPH).", &[]).is_empty());
/// ```
#[must_use]
pub fn unexplained<'t>(text: &'t str, beside: &[&str]) -> Vec<&'t str> {
    let mut found: Vec<&'t str> = Vec::new();
    let mut folded = None;
    if !has_capitals_in_a_row(text.as_bytes()) {
        return found;
    }
    for (start, end) in candidates(text) {
        let Some(acronym) = text.get(start..end) else {
            continue;
        };
        if found.len() >= MOST {
            break;
        }
        if found.contains(&acronym) || is_understood(acronym) {
            continue;
        }
        let letters: Vec<u8> = acronym
            .bytes()
            .filter(u8::is_ascii_uppercase)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let entry = abbreviation(&acronym.to_ascii_lowercase());
        let mut texts = std::iter::once(text).chain(beside.iter().copied());
        let spelled_out = is_introduced(text, acronym)
            || texts.any(|text| spells_out(text, &letters))
            || entry.is_some_and(|entry| {
                let folded = folded.get_or_insert_with(|| fold_all(text, beside));
                folded.iter().any(|text| reads_out(text, entry))
            });
        if !spelled_out {
            found.push(acronym);
        }
    }
    found
}

/// Runs of two to six capitals (and `&`) that stand alone in a sentence which is not shouted.
fn candidates(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    let ends = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | b'\n' | b';');
    for sentence in text.as_bytes().split_inclusive(ends) {
        let start = from;
        from += sentence.len();
        if !has_capitals_in_a_row(sentence) {
            continue;
        }
        let Some(sentence) = text.get(start..from) else {
            continue;
        };
        let mut capitals = capitals(sentence).peekable();
        if capitals.peek().is_some() && !is_shouted(sentence) {
            found.extend(capitals.map(|(one, other)| (start + one, start + other)));
        }
    }
    found
}

/// Most sentences have none, and are not looked at any closer.
fn has_capitals_in_a_row(sentence: &[u8]) -> bool {
    let is_capital = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'&';
    let after = sentence.get(1..).unwrap_or_default();
    let mut pairs = sentence.iter().zip(after);
    pairs.any(|(one, other)| is_capital(one) && is_capital(other))
}

/// More words in capitals than not.
fn is_shouted(sentence: &str) -> bool {
    let words = || {
        sentence
            .split(|sign: char| !sign.is_alphabetic())
            .filter(|word| word.chars().count() > 1)
    };
    let shouted = words()
        .filter(|word| !word.chars().any(char::is_lowercase))
        .count();
    shouted * 2 >= words().count()
}

fn capitals(sentence: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = sentence.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let inside = |byte: &u8| {
                !byte.is_ascii() || byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'&')
            };
            while bytes.get(at).is_some_and(inside) {
                at += 1;
            }
            if start == at {
                at += 1;
                continue;
            }
            let run = bytes.get(start..at).unwrap_or_default();
            // `PDFs`: the plural does not belong to the acronym.
            let run = match run.split_last() {
                Some((b's', rest)) if rest.len() >= 2 => rest,
                _ => run,
            };
            let letters = run.iter().filter(|byte| byte.is_ascii_uppercase()).count();
            let pure = run
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || *byte == b'&');
            let before = start.checked_sub(1).and_then(|at| bytes.get(at));
            let joined = |byte: Option<&u8>| {
                byte.is_some_and(|byte| {
                    matches!(byte, b'-' | b'/' | b'.' | b'@' | b'=' | b'#' | b'"' | b':')
                })
            };
            let after = bytes.get(at);
            let after_joins = after
                .is_some_and(|byte| matches!(byte, b'-' | b'/' | b'@' | b'=' | b'_'))
                || (after == Some(&b'.')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric));
            let fits = pure
                && (2..=LONGEST).contains(&letters)
                && run.first() != Some(&b'&')
                && run.last() != Some(&b'&');
            if fits && !joined(before) && !after_joins {
                return Some((start, start + run.len()));
            }
        }
        None
    })
}

/// Known to everyone, a word in capitals, or shorthand whose meaning no reader has to ask.
fn is_understood(acronym: &str) -> bool {
    if UNDERSTOOD.contains(acronym) {
        return true;
    }
    let lower = acronym.to_ascii_lowercase();
    let word = english::look_up(&lower).is_some_and(|known| known != Known::Rare);
    word || is_known_acronym(&lower) || acronym.len() == 2
}

/// `IDPH (Illinois …)`, `… (IDPH)`, `IDPH stands for`, `IDPH = `, `IDPH: `: whoever writes so is explaining it.
fn is_introduced(text: &str, acronym: &str) -> bool {
    text.match_indices(acronym).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + acronym.len()..).unwrap_or_default();
        let bracketed = before
            .trim_end_matches(['"', '“', '\'', '‘'])
            .ends_with(['(', '['])
            && !before.trim_end().is_empty();
        let explained = [
            " (",
            " [",
            " =",
            "=",
            " –",
            " —",
            " - ",
            ": ",
            ", or ",
            " stands for",
            " is the ",
            " means",
        ]
        .iter()
        .any(|sign| after.starts_with(sign));
        let named = ["or ", "called ", "as ", "acronym "]
            .iter()
            .any(|word| before.ends_with(word));
        bracketed || explained || named
    })
}

/// Whether capitalised words with the initials of an acronym stand in a row, in whatever case the acronym is written.
pub(super) fn spells_out_as_name(text: &str, acronym: &str) -> bool {
    let acronym = acronym.to_ascii_uppercase();
    let mut run = String::new();
    let mut within = |word: &str| {
        match word.chars().next() {
            Some(first) if first.is_uppercase() && word.chars().any(char::is_lowercase) => {
                run.push(first);
                run.ends_with(&acronym)
            }
            // `Department of Buildings and Safety`
            _ if matches!(word, "of" | "and" | "the" | "for" | "to" | "in") => false,
            _ => {
                run.clear();
                false
            }
        }
    };
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .any(&mut within)
}

/// Whether words with the acronym's initials stand in a row; small words between them may be left out.
fn spells_out(text: &str, letters: &[u8]) -> bool {
    let Some(first) = letters.first() else {
        return false;
    };
    // A word each, and a sign between them.
    if text.len() + 1 < 2 * letters.len() {
        return false;
    }
    let begins_word = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|sign| !sign.is_alphanumeric())
    };
    memchr2_iter(*first, first.to_ascii_uppercase(), text.as_bytes())
        .filter(|at| begins_word(*at))
        .take(MOST_STARTS)
        .any(|at| {
            text.get(at..)
                .is_some_and(|rest| goes_on(words_of(rest), letters))
        })
}

/// So many words of a text may be the first of those that an acronym stands for.
const MOST_STARTS: usize = 500;

/// So many words together may be what an acronym stands for, small ones included.
const MOST_SPELLED: usize = 60;

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MOST_SPELLED)
}

fn goes_on<'t>(words: impl Iterator<Item = &'t str>, letters: &[u8]) -> bool {
    let mut rest = letters.iter();
    let mut wanted = rest.next();
    let mut used = 0;
    for word in words {
        let Some(letter) = wanted else {
            break;
        };
        if initial(word) == Some(*letter) && word.bytes().any(|byte| byte.is_ascii_lowercase()) {
            wanted = rest.next();
            used += 1;
        } else if !is_small(word) {
            return false;
        }
    }
    wanted.is_none() && used >= 2
}

fn initial(word: &str) -> Option<u8> {
    word.bytes()
        .next()
        .map(|letter| letter.to_ascii_lowercase())
}

fn is_small(word: &str) -> bool {
    [
        "of", "and", "the", "for", "in", "on", "to", "a", "an", "with", "de", "s", "at", "by",
        "or", "from",
    ]
    .iter()
    .any(|small| word.eq_ignore_ascii_case(small))
}

fn fold_all<'t>(text: &'t str, beside: &[&'t str]) -> Vec<Cow<'t, str>> {
    let texts = std::iter::once(text).chain(beside.iter().copied());
    texts.map(fold).collect()
}

/// Whether a folded text holds the words that our table gives for an acronym.
fn reads_out(folded: &str, entry: &Abbreviation) -> bool {
    entry
        .readings
        .iter()
        .any(|reading| folded.contains(&reading.words.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::unexplained;

    #[test]
    fn finds_what_only_insiders_can_read() {
        assert_eq!(
            unexplained("Counts by TAZ and SSAs, from the RTP model.", &[]),
            ["TAZ", "SSA", "RTP"]
        );
    }

    #[test]
    fn leaves_what_is_spelled_out_somewhere() {
        for text in [
            "The Department of Water and Power (LADWP) reads the meters; LADWP bills twice a month.",
            "TAZ (traffic analysis zones) are used for planning.",
            "Traffic analysis zones are listed by TAZ number.",
            "TAZ stands for traffic analysis zone.",
        ] {
            assert!(unexplained(text, &[]).is_empty(), "{text}");
        }
        assert!(
            unexplained(
                "Meters read by LADWP.",
                &["Los Angeles Department of Water and Power"]
            )
            .is_empty()
        );
    }

    #[test]
    fn leaves_known_ones_shouting_and_parts_of_longer_names() {
        for text in [
            "Download as CSV or PDF; times are EST.",
            "DO NOT USE FOR NAVIGATION. MAP IS NOT TO SCALE.",
            "Fields: DR_NO, AREA_ID; see www.example.org/TAZ/list.",
            "This is NOT a survey; it covers WWII.",
        ] {
            assert!(
                unexplained(text, &[]).is_empty(),
                "{text}: {:?}",
                unexplained(text, &[])
            );
        }
    }
}

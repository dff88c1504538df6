//! Unknown words by their shape: cut at the tenth letter, or put together from stumps of words.

use super::tokens::{Token, Tokens};
use super::vocabulary::Vocabulary;
use crate::lexicon::english::{self, Known};
use crate::lexicon::fold::words;
use crate::lexicon::language::Language;

/// Whether an unknown word is put together from stumps of words rather than from syllables: `pclass`, `NUMGQTRS`.
pub(super) fn is_shorthand(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    // Too few words to tell the language by: another one may be spelt so.
    let most = if vocabulary.language == Language::English {
        1
    } else {
        2
    };
    text.len() > 4
        && english::odd_triples(text) > most
        && !ends_as_a_place(text)
        && !words(vocabulary.title).any(|word| word == text)
}

/// Names of towns join two words where no other word would: `rockville`, `hinckley`, `bergstrom`.
pub(super) fn ends_as_a_place(text: &str) -> bool {
    const ENDS: [&str; 22] = [
        "ville", "burg", "burgh", "borough", "boro", "bury", "field", "ford", "town", "ton",
        "wood", "land", "shire", "dale", "stein", "berg", "worth", "ham", "ridge", "brook", "ley",
        "sky",
    ];
    ENDS.iter().any(|end| {
        text.strip_suffix(end)
            .is_some_and(|start| start.len() >= 3 && has_true_vowel(start))
    })
}

/// Two consonants with which no word begins, in English or in names that readers meet: `pclass`, `xmin`, `dcode`.
pub(super) fn begins_oddly(text: &str) -> bool {
    let mut letters = text.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
        return false;
    };
    let consonant = |letter: char| {
        letter.is_ascii_lowercase() && !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    };
    let follows = match first {
        'b' => "hjlrw",
        'c' => "hlnrz",
        'd' => "hjrvwz",
        'f' => "jlr",
        'g' => "hjlnrw",
        'h' => "lmrv",
        'k' => "hjlnrvw",
        'l' => "lh",
        'm' => "bcnp",
        'n' => "dgjk",
        'p' => "fhlnrst",
        'r' => "h",
        's' => "bchjklmnpqrtvwz",
        't' => "hjlrsvwz",
        'v' => "lr",
        'w' => "hr",
        'z' => "bdhlmnw",
        _ => "",
    };
    consonant(first) && consonant(second) && !follows.contains(second)
}

/// Whether a name lost its end: a table format of the nineties keeps ten characters of a name.
pub(super) fn is_cut(tokens: &Tokens, token: &Token, text: &str) -> bool {
    let is_last = token.end == tokens.folded.len();
    let separators = tokens
        .tokens
        .iter()
        .skip(1)
        .filter(|token| token.before.is_some())
        .count();
    let at_limit = is_last && tokens.letters + separators == 10;
    at_limit
        && text.len() >= 4
        && (english::is_cut_word(text) || has_stump(text) || has_cut_word(text))
}

/// Whole words and the beginning of another: `datecomple`, `lasteditda`.
fn has_cut_word(text: &str) -> bool {
    (4..text.len()).any(|at| {
        let Some((words, rest)) = text.split_at_checked(at) else {
            return false;
        };
        let two = english::split_words(words).is_some();
        let begun = rest.len() >= 4 || (two && rest.len() >= 2);
        begun
            && !ends_as_a_place(text)
            && (two || english::is_common(words))
            && english::look_up(rest).is_none()
            && english::is_cut_word(rest)
    })
}

/// A stump that is no word, before a noun that field names are made with: `loctndetail`, `mcicost`, `uatype`.
pub(super) fn is_stump_and_noun(text: &str) -> bool {
    const NOUNS: [&str; 22] = [
        "type", "date", "code", "name", "cost", "desc", "detail", "details", "unit", "units",
        "area", "count", "total", "year", "class", "number", "amount", "status", "address", "addr",
        "nbr", "amt",
    ];
    const BEGINNINGS: [&str; 26] = [
        "sub", "pre", "post", "non", "re", "un", "micro", "macro", "multi", "inter", "intra",
        "geo", "eco", "bio", "semi", "anti", "co", "cyber", "tele", "nano", "meta", "mis", "bi",
        "tri", "peri", "super",
    ];
    NOUNS.iter().any(|noun| {
        text.strip_suffix(noun).is_some_and(|stump| {
            (2..=5).contains(&stump.len())
                && !BEGINNINGS.contains(&stump)
                // `ribotype` and the like are words of science.
                && !(*noun == "type" && stump.ends_with('o'))
                && english::look_up(stump).is_none()
        })
    })
}

/// A whole word and the first letters of another: `inceptiond`, `complexnam`.
fn has_stump(text: &str) -> bool {
    (1..=3).any(|stump| {
        let Some((word, rest)) = text
            .len()
            .checked_sub(stump)
            .filter(|&end| end >= 5)
            .and_then(|end| text.split_at_checked(end))
        else {
            return false;
        };
        // `responders` ends as a word does.
        let ends = matches!(
            rest,
            "ers" | "ing" | "ion" | "ies" | "ity" | "ism" | "ist" | "ous" | "ive" | "men" | "age"
        );
        (stump < 3 || (english::is_cut_word(rest) && !ends))
            && english::look_up(word).is_some_and(|known| known != Known::Proper)
    })
}

pub(super) fn has_true_vowel(text: &str) -> bool {
    text.bytes()
        .any(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u'))
}

pub(super) fn has_vowel(text: &str) -> bool {
    text.chars()
        .any(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !letter.is_ascii())
}

//! Unknown words by their shape: cut at the tenth letter, or put together from stumps of words.

use super::tokens::{Token, Tokens};
use super::vocabulary::Vocabulary;
use crate::lexicon::abbreviations::{self, Abbreviation, Kind};
use crate::lexicon::english::{self, Known};
use crate::lexicon::fold::words;
use crate::lexicon::language::Language;
use crate::lexicon::name_parts::CUT_AT;

/// Two and three letters with which words are built that the list may lack.
const SHORT_BEGINNINGS: [&str; 62] = [
    "ab", "ad", "aer", "al", "an", "ant", "ap", "apo", "as", "be", "bi", "bio", "by", "co", "com",
    "con", "cor", "de", "di", "dia", "dis", "eco", "ef", "em", "en", "epi", "eu", "ex", "exo",
    "for", "geo", "hy", "il", "im", "in", "ir", "iso", "mal", "mid", "mis", "neo", "non", "ob",
    "op", "out", "ox", "pan", "par", "per", "pre", "pro", "re", "sub", "sur", "sym", "syn", "tel",
    "tri", "un", "uni", "up", "vas",
];

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
    // `denomina_2`: the second name that was cut to the same ten letters.
    let is_numbered = tokens.tokens.last().is_some_and(|last| {
        last.digits
            && last.before == Some('_')
            && last.start == token.end
            && last.end - last.start < 3
    });
    let is_last = token.end == tokens.folded.len() || is_numbered;
    let separators = tokens
        .tokens
        .iter()
        .skip(1)
        .filter(|token| token.before.is_some())
        .count();
    let at_limit = is_last && tokens.letters + separators == CUT_AT;
    at_limit
        && text.len() >= 4
        && (english::is_cut_word(text) || has_stump(text) || has_cut_word(text))
}

/// `responders` ends as a word does.
fn is_ending(rest: &str) -> bool {
    matches!(
        rest,
        "ers" | "ing" | "ion" | "ies" | "ity" | "ism" | "ist" | "ous" | "ive" | "men" | "age"
    )
}

/// Whole words and the beginning of another: `datecomple`, `lasteditda`.
fn has_cut_word(text: &str) -> bool {
    if english::split_words(text).is_some() || ends_as_a_place(text) {
        return false;
    }
    (4..text.len()).any(|at| {
        let Some((words, rest)) = text.split_at_checked(at) else {
            return false;
        };
        let two = english::split_words(words).is_some();
        let begun = rest.len() >= 4 || (two && rest.len() >= 2);
        begun
            && !is_ending(rest)
            && abbreviations::english(rest).is_none()
            && (two || english::is_common(words))
            && english::look_up(rest).is_none()
            && english::is_cut_word(rest)
    })
}

/// The first letters of a common word in a name that a program gave: `traff_id`, `Same_Sex_Relat`.
///
/// Names that people write with blanks hold names of places and people, which begin as words do.
pub(super) fn is_stump(tokens: &Tokens, text: &str) -> bool {
    tokens.tokens.len() > 1
        && !tokens.has_gaps()
        && (4..=7).contains(&text.len())
        && !has_vowel(text.get(text.len() - 1..).unwrap_or_default())
        && !text.ends_with('s')
        && !ends_as_a_place(text)
        && english::is_beginning_of_common(text)
}

/// Letters that are no word, grown onto words: `loctndetail`, `ambarrived`, `propertyrsn`.
pub(super) fn has_grown_on(text: &str) -> bool {
    is_stump_and_noun(text) || is_stump_and_words(text) || is_word_and_consonants(text)
}

/// Two or three letters that are no word and begin none, before words: `swdapplicants`, `lawhitehalf`.
fn is_stump_and_words(text: &str) -> bool {
    (2..=3).any(|at| {
        let Some((stump, rest)) = text.split_at_checked(at) else {
            return false;
        };
        rest.len() >= 8
            && !SHORT_BEGINNINGS.contains(&stump)
            && english::look_up(stump).is_none()
            && abbreviations::english(stump).is_none_or(|entry| entry.kind != Kind::Known)
            && (english::is_common(rest)
                || english::split_words(rest).is_some_and(|words| {
                    words.len() > 1
                        && words
                            .iter()
                            .map(|word| word.len())
                            .filter(|&length| length > 3)
                            .sum::<usize>()
                            >= 8
                }))
    })
}

/// A word and two or three consonants after it: `propertyrsn`, `councildst`.
fn is_word_and_consonants(text: &str) -> bool {
    (2..=3).any(|letters| {
        let Some((word, rest)) = text
            .len()
            .checked_sub(letters)
            .and_then(|at| text.split_at_checked(at))
        else {
            return false;
        };
        word.len() >= 6 && !has_vowel(rest) && rest != "ly" && english::is_common(word)
    })
}

/// A word that the list lacks, the only one of its name, with a number right behind it: `LALOWI1_10`, `contrcir4`.
pub(super) fn is_numbered_code(tokens: &Tokens, token: &Token) -> bool {
    !token.title_case
        && tokens.tokens.iter().filter(|other| !other.digits).count() == 1
        && tokens
            .tokens
            .iter()
            .any(|other| other.digits && other.before.is_none() && other.start == token.end)
}

/// Whether the letters are the first letters of what they stand for: `far`, floor area ratio.
pub(super) fn is_initials(text: &str, entry: &Abbreviation) -> bool {
    entry.readings.first().is_some_and(|reading| {
        let words = reading
            .words
            .split(' ')
            .filter_map(|word| word.chars().next());
        words.eq(text.chars())
    })
}

/// A stump that is no word, before a noun that field names are made with: `loctndetail`, `mcicost`, `uatype`.
fn is_stump_and_noun(text: &str) -> bool {
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
                // `orgname`: everyone reads the one as the other.
                && abbreviations::english(stump).is_none_or(|entry| entry.kind != Kind::Known)
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
        (stump < 3 || (english::is_cut_word(rest) && !is_ending(rest)))
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

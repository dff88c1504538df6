//! How one token of a name reads.

use super::compound::{is_shorthand_alone, run_together};
use super::foreign::{has_foreign_word, is_short_foreign, is_written_abroad};
use super::joined::{
    is_capital_too_many, is_language_mark, is_ordinal, is_spelt_out_beside, joined_entry,
    phrase_at, question_number,
};
use super::letters::single_letter;
use super::reads::Reads;
use super::shorthand::{
    begins_oddly, ends_as_a_place, has_grown_on, has_vowel, is_cut, is_initials, is_numbered_code,
    is_shorthand, is_stump,
};
use super::spanish::spanish_word;
use super::spelt_out::is_spelt_out;
use super::tokens::{Token, Tokens};
use super::vocabulary::Vocabulary;
use crate::lexicon::abbreviations::{self, Kind};
use crate::lexicon::english::{self, Known};
use crate::lexicon::language::Language;

/// Reads the token at `index`; the second value is how many tokens were read.
pub(super) fn read(tokens: &Tokens, index: usize, vocabulary: &Vocabulary<'_>) -> (Reads, usize) {
    let Some(token) = tokens.tokens.get(index) else {
        return (Reads::Neutral, 1);
    };
    let text = tokens.text(token);
    if token.digits {
        return match tokens.joined(index) {
            Some(joined) if is_ordinal(joined) => (Reads::Neutral, 2),
            _ => (Reads::Neutral, 1),
        };
    }
    if index == 0
        && let Some(count) = question_number(tokens)
    {
        return (Reads::Neutral, count);
    }
    if let Some(count) = joined_entry(tokens, index) {
        return (Reads::Short, count);
    }
    // `FY 2017`, `FY20`: beside its number everybody reads the year.
    if text == "fy" && tokens.tokens.get(index + 1).is_some_and(|next| next.digits) {
        return (Reads::Short, 2);
    }
    if is_language_mark(tokens, index) {
        return (Reads::Neutral, 1);
    }
    if text.chars().nth(1).is_none() {
        if is_capital_too_many(tokens, index) {
            return (Reads::Plain, 2);
        }
        let inside = index > 0 && index + 1 < tokens.tokens.len();
        if inside
            && vocabulary.language != Language::English
            && matches!(text, "a" | "e" | "o" | "u" | "y")
        {
            return (Reads::Neutral, 1);
        }
        return (single_letter(tokens, index), 1);
    }
    if let Some(count) = phrase_at(tokens, index).map(|(_, count)| count) {
        return (Reads::Abbreviated, count);
    }
    let reads = if vocabulary.language == Language::Spanish {
        spanish_word(text)
    } else {
        word(tokens, token, text, vocabulary)
    };
    let is_shorthand = matches!(reads, Reads::Abbreviated | Reads::Cryptic);
    if is_shorthand && is_spelt_out_beside(tokens, index) {
        return (Reads::Short, 1);
    }
    (reads, 1)
}

fn word(tokens: &Tokens, token: &Token, text: &str, vocabulary: &Vocabulary<'_>) -> Reads {
    // `EVs`, `APIs`; the title may write them out.
    if token.title_case
        && let Some(one) = text
            .strip_suffix('s')
            .filter(|one| (2..4).contains(&one.len()))
        && english::look_up(text).is_none()
        && (is_spelt_out(one, vocabulary.title) || abbreviations::is_known_acronym(one))
    {
        return Reads::Short;
    }
    if let Some(entry) = abbreviations::english(text) {
        return match entry.kind {
            Kind::Known => Reads::Short,
            // `BIN` alone, in capitals, is no bin.
            Kind::Word
                if tokens.tokens.len() == 1 && token.capitals && is_initials(text, entry) =>
            {
                Reads::Abbreviated
            }
            Kind::Word => Reads::AlsoWord,
            _ if is_spelt_out(text, vocabulary.title) => Reads::Short,
            Kind::Mild => Reads::Mild,
            Kind::Short => Reads::Abbreviated,
        };
    }
    match english::look_up(text) {
        Some(Known::Proper) => return Reads::Proper,
        Some(_) if text.len() >= 4 => return Reads::Plain,
        Some(_) => return Reads::Short,
        None => {}
    }
    let letters = text.chars().count();
    // `Año`, `Öl`, `Mês`: not what stands in their place without the accents. Two letters that hang on others are damage:
    // `childÆs`.
    if is_written_abroad(text) && (token.before.is_some() || letters > 2) {
        return Reads::Unknown;
    }
    if is_short_foreign(text, None) && !(token.capitals && tokens.has_small_letter) {
        return Reads::Foreign;
    }
    if token.capitals && letters == 2 && tokens.has_small_letter && is_us_state(text) {
        return Reads::Mild;
    }
    // In capitals a short unknown word is a code, but not among the small words of another language.
    let in_capitals = token.capitals && letters <= 5 && !has_foreign_word(tokens);
    // Among the words of a sentence it is a slip of the pen: `Plan of Fiscal Yar 2014`.
    let slip = token.title_case
        && token.after != Some('.')
        && letters == 3
        && has_vowel(text)
        && is_sentence(tokens);
    let coded = (letters <= 3 && !slip) || !has_vowel(text) || in_capitals;
    if coded && vocabulary.language.is_unjudged() && has_vowel(text) && !token.capitals {
        return Reads::Unknown;
    }
    if coded {
        return if is_spelt_out(text, vocabulary.title) || names_a_street(tokens, token) {
            Reads::Short
        } else {
            Reads::Cryptic
        };
    }
    if vocabulary.language.is_unjudged() {
        return Reads::Unknown;
    }
    if is_cut(tokens, token, text) || is_stump(tokens, text) {
        return Reads::Abbreviated;
    }
    match run_together(text) {
        Reads::Unknown if !token.title_case && has_grown_on(text) => Reads::Cryptic,
        Reads::Unknown if is_numbered_code(tokens, token) => Reads::Cryptic,
        Reads::Abbreviated if token.title_case && tokens.has_gaps() && is_shorthand_alone(text) => {
            Reads::Unknown
        }
        // `TESPEMPNOT: allocation flag`: capitals among small letters are a code, if no place.
        Reads::Unknown
            if token.capitals
                && tokens.has_small_letter
                && english::odd_triples(text) > 0
                && !ends_as_a_place(text) =>
        {
            Reads::Cryptic
        }
        // Among small words a word that is spelt oddly is a slip of the pen: `Hemolytic uremic snydrome`.
        Reads::Unknown
            if !token.title_case
                && (begins_oddly(text)
                    || ((token.capitals || !tokens.has_gaps())
                        && is_shorthand(text, vocabulary))) =>
        {
            Reads::Cryptic
        }
        reads => reads,
    }
}

/// Three words or more that people write with blanks between them.
fn is_sentence(tokens: &Tokens) -> bool {
    let whole = |token: &&Token| token.end - token.start > 3 && !token.digits;
    tokens.has_gaps()
        && tokens
            .tokens
            .iter()
            .filter(whole)
            .filter(|token| english::look_up(tokens.text(token)).is_some())
            .count()
            >= 3
}

/// `FDR Drive`: streets are called after people, by their initials as well.
fn names_a_street(tokens: &Tokens, token: &Token) -> bool {
    let next = tokens.tokens.iter().find(|next| next.start == token.end);
    token.capitals
        && tokens.has_small_letter
        && next.is_some_and(|next| {
            next.title_case
                && matches!(
                    tokens.text(next),
                    "drive"
                        | "avenue"
                        | "boulevard"
                        | "parkway"
                        | "expressway"
                        | "bridge"
                        | "tunnel"
                )
        })
}

fn is_us_state(text: &str) -> bool {
    const STATES: &str = "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm \
                          ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr";
    STATES.split(' ').any(|state| state == text)
}

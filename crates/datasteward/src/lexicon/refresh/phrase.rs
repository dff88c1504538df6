//! Rates in words that are no label: "every 2 weeks", "Weekly (Tuesday)", "three times per year".

use super::rate::{period, times};
use super::words::{Gap, Token, Unit, Word, tokens};
use super::{Class, LABEL_WORDS, Rate, TABLE, look_up, parse};
use crate::lexicon::dates;

/// Reads a value that is more than a label.
pub(super) fn phrase(value: &str) -> Option<Rate> {
    let bare = without_brackets(value);
    let words = tokens(&bare);
    let is_padding = |word: &&Token<'_>| {
        word.means(Word::Adverb)
            || word.means(Word::Tail)
            || word.means(Word::StrongVerb)
            || word.means(Word::ActiveVerb)
            || word.means(Word::Be)
            || matches!(
                word.text.as_ref(),
                "data" | "will" | "fiscal" | "calendar" | "approx"
            )
    };
    let lead = words.iter().take_while(is_padding).count();
    // "a" and "at least" are padding, "once a year" is not.
    for skipped in 0..=lead {
        let rest = words.get(skipped..)?;
        if let Some(rate) = look_up(rest).or_else(|| leading(rest)) {
            return Some(rate);
        }
    }
    let tail = words.iter().rev().take_while(is_padding).count();
    let core = words.get(lead..words.len().saturating_sub(tail));
    core.and_then(look_up).or_else(|| agreed(&words))
}

fn without_brackets(value: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    if kept.trim().is_empty() {
        return value.to_owned();
    }
    kept
}

/// A value that begins with a rate: "Weekly, on Thursday", "Static - no further updates", "6 months".
fn leading(words: &[Token<'_>]) -> Option<Rate> {
    if let Some(found) = rate_at(words, 0) {
        return Some(with_second(found, words));
    }
    if let [count, unit] = words
        && let (Some(count), Some(unit)) = (count.number(), unit.unit())
    {
        return Some(period(count, unit));
    }
    if let [first, second, ..] = words
        && first.text == "as"
        && second.text.len() > 4
        && second.text.ends_with("ed")
    {
        return look_up(&tokens("as needed"));
    }
    (1..words.len().min(LABEL_WORDS)).rev().find_map(|count| {
        let breaks_off = words.get(count)?.gap != Gap::Blank;
        let label = words.get(..count)?;
        let long = label.iter().map(|word| word.text.len()).sum::<usize>() >= 4;
        look_up(label).filter(|_| breaks_off && long)
    })
}

/// "Monthly/Quarterly" has two readings, "daily/nightly" one.
fn with_second(found: Found, words: &[Token<'_>]) -> Rate {
    let joins = |word: &Token<'_>| matches!(word.text.as_ref(), "and" | "or" | "to");
    let mut at = found.end;
    while words.get(at).is_some_and(joins) {
        at += 1;
    }
    let first = found.rate;
    let Some(second) = rate_at(words, at).map(|found| found.rate) else {
        return first;
    };
    let (Some(one), Some(two)) = (first.days, second.days) else {
        return first;
    };
    if one.max(two) <= 1.2 * one.min(two) || found.tail {
        return first;
    }
    let (mut longer, shorter) = if one >= two {
        (first, two)
    } else {
        (second, one)
    };
    longer.class = Class::Ambiguous;
    longer.alternative_days = Some(shorter);
    longer
}

/// The one rate that all phrases of a value ("every …", "twice a …") name.
fn agreed(words: &[Token<'_>]) -> Option<Rate> {
    let mut agreed: Option<Rate> = None;
    let mut at = 0;
    while at < words.len() {
        let Some(found) = rate_at(words, at).filter(|found| found.is_phrase) else {
            at += 1;
            continue;
        };
        at = found.end;
        match &agreed {
            Some(first) if first.iso != found.rate.iso => return None,
            _ => agreed = Some(found.rate),
        }
    }
    agreed
}

/// A rate found among words.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub rate: Rate,
    /// The word after it.
    pub end: usize,
    /// "every week" and "on a weekly basis" cannot be adjectives; "weekly" can.
    pub is_phrase: bool,
    /// Whether "basis" or the like closed it.
    tail: bool,
}

/// The rate that begins at this word, if one does.
pub(super) fn rate_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let mut found = label_at(words, at)
        .or_else(|| every_at(words, at))
        .or_else(|| one_in_at(words, at))
        .or_else(|| times_at(words, at))
        .or_else(|| counted_at(words, at))?;
    let continues = |word: &Token<'_>| word.gap == Gap::Blank && word.means(Word::Tail);
    if words.get(found.end).is_some_and(continues) {
        found.end += 1;
        found.is_phrase = true;
        found.tail = true;
    }
    Some(found)
}

/// The longest label that begins at this word.
fn label_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    if !TABLE.first_words.contains(first.text.as_ref()) {
        return None;
    }
    let mut key = String::new();
    let mut best = None;
    for (count, word) in words.iter().skip(at).take(LABEL_WORDS).enumerate() {
        if count > 0 && word.gap != Gap::Blank {
            break;
        }
        key.push_str(&word.text);
        if let Some((row, true)) = TABLE.by_key.get(&key) {
            best = Some((*row, at + count + 1));
        }
    }
    let (row, end) = best?;
    let is_phrase = end - at > 1
        && matches!(
            first.text.as_ref(),
            "every" | "each" | "as" | "on" | "in" | "en" | "em" | "when" | "if"
        );
    Some(Found {
        rate: TABLE.rate(row)?,
        end,
        is_phrase,
        tail: false,
    })
}

pub(super) fn phrase_found(rate: Rate, end: usize) -> Found {
    Found {
        rate,
        end,
        is_phrase: true,
        tail: false,
    }
}

/// "every 2 weeks", "each month", "every Tuesday", "each December", "cada dos meses", "toutes les 6 heures".
fn every_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let is_day = |at: usize| {
        let text = text(at);
        dates::is_weekday(text) || dates::is_weekday(text.strip_suffix('s').unwrap_or(text))
    };
    let mut next = at + 1;
    let all = matches!(
        first.text.as_ref(),
        "tous" | "toutes" | "todos" | "todas" | "tutti" | "tutte"
    ) && matches!(text(next), "les" | "los" | "las" | "os" | "as" | "i" | "le");
    if all {
        next += 1;
    } else if matches!(first.text.as_ref(), "toda" | "todo") {
        // "toda segunda-feira"; "toda la ciudad" is the whole of it.
        words
            .get(next)
            .filter(|word| is_day(next) || word.unit().is_some())?;
    } else if !first.means(Word::Every) {
        return None;
    }
    if matches!(
        text(next),
        "fiscal" | "calendar" | "school" | "academic" | "financial"
    ) {
        next += 1;
    }
    let word = words.get(next)?;
    if is_day(next) {
        // "a cada segunda sexta-feira": the second word is a Monday only before "feira".
        let second = word.text == "segunda" && is_day(next + 1) && text(next + 1) != "feira";
        return Some(if second {
            phrase_found(period(2, Unit::Week), next + 2)
        } else {
            phrase_found(parse("weekly"), next + 1)
        });
    }
    if word.text.len() > 2 && dates::month_named(&word.text).is_some() {
        return Some(phrase_found(parse("annually"), next + 1));
    }
    if let Some(unit) = word.unit() {
        return Some(phrase_found(period(1, unit), next + 1));
    }
    // "every 1st of the month", "every second Friday of the month"
    let of_the_month = |end: usize| {
        matches!(text(end), "of" | "in" | "im" | "del" | "du" | "do")
            && words.get(end + 1..).is_some_and(|rest| {
                rest.iter()
                    .take(2)
                    .any(|word| word.unit() == Some(Unit::Month))
            })
    };
    if is_ordinal(&word.text) && of_the_month(next + 1) {
        return Some(phrase_found(period(1, Unit::Month), next + 1));
    }
    let (count, end) = range_at(words, next)?;
    if is_day(end) {
        return if of_the_month(end + 1) {
            Some(phrase_found(period(1, Unit::Month), end + 1))
        } else {
            // "every third Thursday" may be that of each month.
            (count == 2).then(|| phrase_found(period(2, Unit::Week), end + 1))
        };
    }
    let unit = words.get(end)?.unit()?;
    Some(phrase_found(period(count, unit), end + 1))
}

/// "1st", "15th".
fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let end = text.get(digits.len()..).unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(end, "st" | "nd" | "rd" | "th")
}

/// "un vendredi sur deux", "une semaine sur deux".
fn one_in_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let [one, what, on, count] = words.get(at..at + 4)? else {
        return None;
    };
    if !matches!(one.text.as_ref(), "un" | "une") || on.text != "sur" {
        return None;
    }
    let unit = what
        .unit()
        .or_else(|| dates::is_weekday(&what.text).then_some(Unit::Week))?;
    Some(phrase_found(period(count.number()?, unit), at + 4))
}

/// A number, or the larger one of "5 or 6", "2-3"; and the word after it.
fn range_at(words: &[Token<'_>], at: usize) -> Option<(u16, usize)> {
    let first = words.get(at)?.number()?;
    let mut next = at + 1;
    let joined = words
        .get(next)
        .is_some_and(|word| matches!(word.text.as_ref(), "or" | "to" | "a" | "ou" | "o" | "oder"));
    if joined
        && words
            .get(next + 1)
            .is_some_and(|word| word.number().is_some())
    {
        next += 1;
    }
    match words.get(next).and_then(Token::number) {
        Some(second) if words.get(next).is_some_and(|word| word.unit().is_none()) => {
            Some((first.max(second), next + 1))
        }
        _ => Some((first, at + 1)),
    }
}

/// "once a year", "three times per week", "twice every month", "dos veces al mes", "zweimal pro Woche".
fn times_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    let once = first.pick(|word| match word {
        Word::Times(count) => Some(*count),
        _ => None,
    });
    let says_times = |word: &Token<'_>| {
        matches!(
            word.text.as_ref(),
            "times" | "time" | "veces" | "vez" | "fois" | "mal" | "vezes" | "volte"
        )
    };
    let (count, mut next) = match once {
        Some(count) => (count, at + 1),
        None => (first.number()?, at + 2),
    };
    if once.is_none() && !words.get(at + 1).is_some_and(says_times) {
        return None;
    }
    if let Some(found) = every_at(words, next) {
        // "once every two weeks"; "twice each day" is a count of days again.
        if count == 1 {
            return Some(found);
        }
        let unit = words.get(next + 1)?.unit()?;
        return Some(phrase_found(times(count, unit), next + 2));
    }
    let adverb = words.get(next).and_then(|word| match word.text.as_ref() {
        "daily" | "taglich" => Some(Unit::Day),
        "weekly" | "wochentlich" => Some(Unit::Week),
        "monthly" | "monatlich" => Some(Unit::Month),
        "annually" | "yearly" | "jahrlich" => Some(Unit::Year),
        _ => None,
    });
    if let Some(unit) = adverb {
        return Some(phrase_found(times(count, unit), next + 1));
    }
    if words.get(next).is_some_and(|word| word.text == "in") {
        next += 1;
    }
    if !words.get(next)?.means(Word::Per) {
        return None;
    }
    let unit_at = next + 1;
    let word = words.get(unit_at)?;
    if word.gap != Gap::Blank {
        return None;
    }
    Some(phrase_found(times(count, word.unit()?), unit_at + 1))
}

/// "4 hour interval", "30-minute intervals", "10-minute basis".
fn counted_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let count = words.get(at)?.number()?;
    let unit = words.get(at + 1)?.unit()?;
    let tail = words.get(at + 2)?;
    (tail.gap == Gap::Blank && tail.means(Word::Tail))
        .then(|| phrase_found(period(count, unit), at + 2))
}

//! The parts of a title that differ between slices: years, quarters, months, weeks, numbered places.

use super::{Kind, Word, text};
use crate::lexicon::dates;
use crate::lexicon::refresh::Gap;

/// The slot that begins at this word, and the word after it.
pub(super) fn slot_at(words: &[Word<'_>], at: usize) -> Option<(Kind, usize)> {
    numeric_date_at(words, at)
        .map(|end| (Kind::Month, end))
        .or_else(|| years_at(words, at).map(|end| (Kind::Year, end)))
        .or_else(|| quarter_at(words, at).map(|end| (Kind::Quarter, end)))
        .or_else(|| month_at(words, at).map(|end| (Kind::Month, end)))
        .or_else(|| week_at(words, at).map(|end| (Kind::Week, end)))
        .or_else(|| place_at(words, at).map(|end| (Kind::Place, end)))
}

/// "04/18", "7/25/2018".
fn numeric_date_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let part = |at: usize, lengths| is_number(text(words, at), lengths);
    let slash = |at: usize| words.get(at).is_some_and(|word| word.slash);
    if !part(at, 1..=2) || !slash(at + 1) || !(part(at + 1, 1..=2) || is_year(text(words, at + 1)))
    {
        return None;
    }
    let third = slash(at + 2) && (part(at + 2, 2..=2) || is_year(text(words, at + 2)));
    Some(at + 2 + usize::from(third))
}

pub(super) fn is_number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A year from 1800 to 2199.
fn is_year(text: &str) -> bool {
    is_number(text, 4..=4)
        && ["18", "19", "20", "21"]
            .iter()
            .any(|head| text.starts_with(head))
}

pub(super) fn is_year_word(text: &str) -> bool {
    matches!(text, "fy" | "cy" | "sy" | "py" | "ay" | "sfy" | "ffy")
}

/// "2020", "FY20", "fiscal year 2020", "2019-20", "FY08 - FY17", "2010 to 2015", "2020 to present".
fn years_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    if is_reference(words, at) {
        return None;
    }
    let mut end = one_year(words, at)?;
    let joins = |at: usize| matches!(text(words, at), "to" | "through" | "thru" | "and");
    let open = |at: usize| matches!(text(words, at), "present" | "current" | "now");
    let short = |at: usize| {
        is_number(text(words, at), 2..=2) && words.get(at).is_some_and(|word| word.gap != Gap::Hard)
    };
    let next = end + usize::from(joins(end));
    if let Some(second) = one_year(words, next) {
        end = second;
    } else if next == end && short(end) && !follows_month(words, at) {
        end += 1;
    } else if open(next) || (next > end && text(words, next) == "date") {
        end = next + 1;
    }
    Some(end)
}

/// "Base 1993", "prices of 2004", "in 2010 dollars": the year that values are reckoned by.
fn is_reference(words: &[Word<'_>], at: usize) -> bool {
    if !is_year(text(words, at)) {
        return false;
    }
    let before = |steps: usize| at.checked_sub(steps).map_or("", |at| text(words, at));
    let of_base = before(1) == "base" && !matches!(before(2), "data" | "knowledge" | "tax" | "air");
    let of_prices = matches!(before(1), "de" | "of" | "in")
        && matches!(
            before(2),
            "precios" | "constantes" | "prices" | "pesos" | "base"
        );
    of_base
        || of_prices
        || (before(1) == "year" && before(2) == "base")
        || matches!(before(1), "constant" | "constantes")
        || matches!(text(words, at + 1), "dollars" | "pesos" | "prices" | "usd")
}

/// In "May 2020 15" the last number is no year.
fn follows_month(words: &[Word<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| dates::month_named(text(words, before)).is_some())
}

fn one_year(words: &[Word<'_>], at: usize) -> Option<usize> {
    let first = text(words, at);
    if is_year(first) {
        return Some(at + 1);
    }
    let mut number = at + 1;
    let names_year = is_year_word(first)
        || (matches!(
            first,
            "fiscal" | "calendar" | "school" | "program" | "academic" | "plan" | "tax" | "budget"
        ) && text(words, at + 1) == "year"
            && {
                number += 1;
                true
            })
        || (first == "year" && is_year(text(words, at + 1)));
    (names_year && (is_year(text(words, number)) || is_number(text(words, number), 1..=2)))
        .then_some(number + 1)
}

/// "Q1", "Qtr 3", "quarter 2", "1st quarter", "fourth quarter".
fn quarter_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let (first, second) = (text(words, at), text(words, at + 1));
    let one_to_four = |text: &str| matches!(text, "1" | "2" | "3" | "4");
    let ordinal = |text: &str| {
        matches!(
            text,
            "1st" | "2nd" | "3rd" | "4th" | "first" | "second" | "third" | "fourth"
        )
    };
    let names = |text: &str| matches!(text, "q" | "qtr" | "quarter" | "trimestre" | "quartal");
    ((names(first) && one_to_four(second)) || (ordinal(first) && names(second))).then_some(at + 2)
}

/// "June", "June 14", "14 June", "Jan" and "May" beside a number.
fn month_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_day = |at: usize| is_number(text(words, at), 1..=2);
    if is_day(at)
        && is_month(words, at + 1)
        && words.get(at + 1).is_some_and(|word| word.gap == Gap::Blank)
    {
        return Some(at + 2);
    }
    if !is_month(words, at) {
        return None;
    }
    let day = is_day(at + 1) && words.get(at + 1).is_some_and(|word| word.gap == Gap::Blank);
    Some(at + 1 + usize::from(day))
}

fn is_month(words: &[Word<'_>], at: usize) -> bool {
    let name = text(words, at);
    if dates::month_named(name).is_none() {
        return false;
    }
    let full = matches!(
        name,
        "january"
            | "february"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    );
    let short = matches!(
        name,
        "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    );
    // "may" is a verb, "set" and "out" are months elsewhere: a number or another month must stand beside them.
    let beside = |at: Option<usize>| {
        at.map(|at| text(words, at)).is_some_and(|text| {
            is_number(text, 1..=2)
                || is_year(text)
                || (short && text != name && text.len() == 3 && dates::month_named(text).is_some())
        })
    };
    // "( May)"
    let alone = words.get(at).is_some_and(|word| word.gap == Gap::Hard)
        && words.get(at + 1).is_none_or(|word| word.gap != Gap::Blank);
    full || ((short || name == "may") && alone)
        || ((short
            || name.len() > 4
            || matches!(name, "may" | "juin" | "mayo" | "maio" | "mars" | "mai"))
            && (beside(at.checked_sub(1)) || beside(Some(at + 1))))
}

fn week_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let names = matches!(
        text(words, at),
        "week" | "wk" | "semana" | "semaine" | "woche"
    );
    (names && is_number(text(words, at + 1), 1..=2)).then_some(at + 2)
}

pub(super) fn is_place_word(text: &str) -> bool {
    matches!(
        text,
        "district"
            | "districts"
            | "ward"
            | "wards"
            | "zone"
            | "area"
            | "region"
            | "precinct"
            | "division"
            | "cd"
            | "phase"
            | "section"
            | "borough"
            | "sector"
            | "route"
            | "township"
            | "tile"
            | "distrito"
            | "zona"
            | "arrondissement"
            | "bezirk"
    )
}

/// "District 3", "Ward IV", "3rd District", "Zone A", and a compass point as the last word.
fn place_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let first = text(words, at);
    let numbered = |text: &str| {
        is_number(text, 1..=3)
            || is_ordinal(text)
            || matches!(
                text,
                "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x"
            )
    };
    let lettered = |at: usize| {
        let text = text(words, at);
        text.len() == 1
            && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            && at + 1 == words.len()
    };
    if is_place_word(first) && (numbered(text(words, at + 1)) || lettered(at + 1)) {
        return Some(at + 2);
    }
    if is_ordinal(first) && is_place_word(text(words, at + 1)) {
        return Some(at + 2);
    }
    let compass = matches!(
        first,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "norte"
            | "sur"
            | "nord"
            | "sud"
    );
    (compass && at > 0 && at + 1 == words.len()).then_some(at + 1)
}

fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    is_number(digits, 1..=3) && matches!(text.get(digits.len()..), Some("st" | "nd" | "rd" | "th"))
}

/// Words that a skeleton leaves out: "to present", "current", "archived", version marks.
pub(super) fn dropped(words: &[Word<'_>], at: usize) -> Option<usize> {
    let (first, second) = (text(words, at), text(words, at + 1));
    if first == "to" && matches!(second, "present" | "date") {
        return Some(at + 2);
    }
    if first == "year" && second == "to" && text(words, at + 2) == "date" {
        return Some(at + 3);
    }
    let edge = at == 0 || at + 1 == words.len();
    let apart = words.get(at).is_some_and(|word| word.gap != Gap::Blank);
    let mark = matches!(
        first,
        "archived" | "deprecated" | "current" | "historical" | "historic" | "ytd"
    ) || (first == "archive" && (edge || apart));
    (mark && words.len() > 1).then_some(at + 1)
}

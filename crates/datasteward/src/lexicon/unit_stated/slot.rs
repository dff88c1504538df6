//! The unit in a format's own slot.

use std::borrow::Cow;

use super::quantity::word_starts;
use crate::lexicon::fold::{Letters, stem};
use crate::lexicon::units::expression::{Trust, phrase_at, read_per, read_unit};
use crate::lexicon::units::table::{TABLE, is_around};
use crate::lexicon::units::tokens::Tokens;
use crate::lexicon::units::{Family, Unit};

/// A unit in the format's own slot: an expression, a UCUM code, or the address of a unit.
#[must_use]
pub fn in_slot(text: &str) -> Option<Unit> {
    let text = text.trim();
    if text.is_empty() || says_nothing(text) {
        return None;
    }
    if text.starts_with("http") {
        let last = text.trim_end_matches('/').rsplit(['/', '#', ':']).next()?;
        return by_code(last);
    }
    if let Some(family) = TABLE.families.get_key_value(text) {
        return Some(Unit::known(family.0, *family.1));
    }
    if text.contains(['[', '{']) && !text.contains(' ') {
        return Some(Unit {
            code: Cow::Owned(text.to_owned()),
            family: family_of_code(text),
        });
    }
    let inner = without_price_base(text.trim_matches(['(', ')', '[', ']']));
    if let Some(unit) = per_anywhere(inner) {
        return Some(unit);
    }
    if let Some(read) = read_unit(inner, Trust::Slot) {
        return Some(read.unit);
    }
    if text.len() <= 4
        && let Some(unit) = by_code(text)
    {
        return Some(unit);
    }
    if let Some(unit) = share_or_index_in(inner) {
        return Some(unit);
    }
    thing_counted(inner).or_else(|| as_written(text))
}

/// `constant 2019 US dollars`, `2017 USD per day`: of what year the prices are is no part of the unit.
fn without_price_base(text: &str) -> &str {
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(' ') {
        let year = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
        if !year && !is_around("price_base", Letters::of(first).as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// What stands in a slot for units is meant as one, even where it is not understood: `Gini [0 to 100]`.
fn as_written(text: &str) -> Option<Unit> {
    let told = (3..=60).contains(&text.len()) && text.contains(char::is_alphabetic);
    told.then(|| Unit {
        code: Cow::Owned(format!("{{{}}}", text.replace(['{', '}'], " ").trim())),
        family: Family::Other,
    })
}

fn by_code(code: &str) -> Option<Unit> {
    let (_, ucum) = TABLE.foreign_codes.get_key_value(code)?;
    let family = TABLE
        .families
        .get(ucum)
        .copied()
        .unwrap_or(family_of_code(ucum));
    Some(Unit::known(ucum, family))
}

fn family_of_code(code: &str) -> Family {
    match code {
        "m2" | "km2" | "[sft_i]" => Family::Area,
        "m3" | "[cft_i]" => Family::Volume,
        _ if code.starts_with('/') => Family::Rate,
        _ if code.starts_with('{') => Family::Count,
        _ => TABLE.families.get(code).copied().unwrap_or(Family::Other),
    }
}

/// Words people put into a unit slot that are no unit.
fn says_nothing(text: &str) -> bool {
    is_around("nothing", Letters::of(text).as_str()) || is_date_pattern(text)
}

/// `dd`, `HHmm.m`, `YYYY-MM-DD`: how a value is written, not what it measures.
fn is_date_pattern(text: &str) -> bool {
    text.len() >= 2
        && text.bytes().all(|byte| b"yYmMdDhHsS.-:/".contains(&byte))
        && text.bytes().any(|byte| b"yYdDhH".contains(&byte))
        && !TABLE.phrases.contains_key(text)
        && text != "mS"
        && text
            .as_bytes()
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
}

fn per_anywhere(text: &str) -> Option<Unit> {
    word_starts(text)
        .find_map(|at| read_per(text.get(at..)?).filter(|unit| unit.code != "/{capita}"))
}

fn share_or_index_in(text: &str) -> Option<Unit> {
    let tokens = Tokens::of(text);
    (0..tokens.length).find_map(|at| {
        let factor = phrase_at(&tokens, at)?;
        matches!(factor.entry.family, Family::Share | Family::Index)
            .then(|| Unit::known(factor.entry.code, factor.entry.family))
    })
}

/// `turistas`, `rough sleepers`: what is counted, in the singular, between braces.
fn thing_counted(text: &str) -> Option<Unit> {
    let plain = text.len() <= 40
        && text
            .chars()
            .all(|character| character.is_alphabetic() || matches!(character, ' ' | '-'));
    let words = text.split(' ').count();
    if !plain || words > 3 || text.len() < 4 {
        return None;
    }
    let folded = Letters::of(text);
    let singular = stem(folded.as_str());
    Some(Unit {
        code: Cow::Owned(format!("{{{singular}}}")),
        family: Family::Count,
    })
}

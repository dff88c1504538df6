//! Units in brackets, in names and texts alike.

use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts};
use crate::lexicon::units::expression::{Trust, read_per, read_unit};
use crate::lexicon::units::table::is_around;
use crate::lexicon::units::{Family, Unit};

/// `Length (feet)`, `Source EUI [kBtu/ft²]`, `Payroll ($1,000)`.
pub(super) fn in_brackets(text: &str, parts: &NameParts) -> Option<Unit> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(open) = memchr::memchr2(b'(', b'[', bytes.get(from..)?).map(|at| from + at) {
        let close =
            memchr::memchr2(b')', b']', bytes.get(open..)?).map_or(bytes.len(), |at| open + at);
        let inner = text.get(open + 1..close).unwrap_or_default();
        if let Some(unit) = bracket(inner, text.get(..open).unwrap_or_default(), parts) {
            return Some(unit);
        }
        from = close.max(open + 1);
    }
    None
}

fn bracket(inner: &str, before: &str, parts: &NameParts) -> Option<Unit> {
    let inner = after_range(inner.trim());
    if inner.is_empty() || inner.len() > 60 {
        return None;
    }
    if let Some(unit) = read_per(inner) {
        return Some(unit);
    }
    let read = read_unit(inner, Trust::Bracket)?;
    let rest = inner
        .get(read.end..)
        .unwrap_or_default()
        .trim_start_matches(['.', ')'])
        .trim();
    let opening = rest.split([' ', '/', ',']).next().unwrap_or_default();
    let listed = rest.starts_with(',') && matches!(read.unit.family, Family::Share | Family::Money);
    let goes_on =
        (opening.is_empty() && !listed) || is_around("qualifier", Letters::of(opening).as_str());
    let all = parts.all;
    let sign = inner == "%" || !inner.is_ascii() || inner == "$";
    let clear = match read.unit.family {
        // `(Month)`, `(Year)` say what a date is made of and `by age (years)` who is counted.
        Family::Time if before.contains(" by ") => false,
        Family::Time => {
            (!read.singular && inner.len() > 2 && !all.any(Classes::DATE | Classes::PART))
                || all.any(Classes::DURATION | Classes::MEASURE)
                || (all.any(Classes::CLOCK) && !all.any(Classes::DATE))
        }
        Family::Count => rest.is_empty() && read.unit.code.contains('/'),
        Family::Index | Family::Angle => rest.is_empty(),
        // A letter alone is as often a footnote or an initial.
        _ if inner.len() == 1 => sign || all.any(Classes::MEASURE),
        _ if inner.len() == 2 => {
            sign || !all.any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::FLAG)
        }
        _ => true,
    };
    (goes_on && clear).then_some(read.unit)
}

/// `(0-5,000 mV)`: the unit after a range of values.
fn after_range(inner: &str) -> &str {
    let digits =
        |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | ' ');
    let second = inner.trim_start_matches(digits).strip_prefix(['-', '–']);
    match second.map(|second| (second, second.trim_start_matches(digits))) {
        Some((second, rest))
            if inner.starts_with(digits) && rest.len() < second.len() && !rest.is_empty() =>
        {
            rest
        }
        _ => inner,
    }
}

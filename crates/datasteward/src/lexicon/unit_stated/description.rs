//! Units in the description of a field.

use std::borrow::Cow;

use super::brackets::in_brackets;
use super::quantity::{LASTING, is_also_a_thing, is_of_units, may_be_quantity, word_starts};
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts};
use crate::lexicon::units::expression::{Trust, read_per, read_unit};
use crate::lexicon::units::table::is_around;
use crate::lexicon::units::{Family, PERCENT, Unit};

/// The part of a description that is looked at, in bytes: what a unit is, is said early.
const READ_AT_MOST: usize = 1200;

pub(super) fn in_field_description(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    if field.description.len() < 3 || is_of_units(parts) {
        return None;
    }
    if parts
        .words()
        .last()
        .is_some_and(|word| word.classes.any(Classes::ID | Classes::FLAG))
    {
        return None;
    }
    let numeric = field.datatype.is_numeric() || field.datatype == DataType::Unknown;
    let coordinate = parts.all.any(Classes::COORD);
    if !(numeric || coordinate || may_be_quantity(field, parts)) {
        return opens_with_percent(field.description).then_some(PERCENT);
    }
    let mut end = field.description.len().min(READ_AT_MOST);
    while !field.description.is_char_boundary(end) {
        end -= 1;
    }
    let text = field.description.get(..end)?;
    if numeric {
        return in_text(text, parts)
            .or_else(|| leading_plural(text))
            .or_else(|| is_share_with_sign(text).then_some(PERCENT));
    }
    in_text(text, parts).filter(|unit| unit.family != Family::Time || parts.all.any(LASTING))
}

/// Numbers kept as text that say so: "Percentage of households …", "The percent change …".
fn opens_with_percent(description: &str) -> bool {
    let text = description
        .strip_prefix("The ")
        .or_else(|| description.strip_prefix("the "))
        .unwrap_or(description);
    let follows = text
        .strip_prefix("Percent")
        .or_else(|| text.strip_prefix("percent"));
    follows.is_some_and(|rest| {
        rest.starts_with("age of") || rest.starts_with(" of") || rest.starts_with(" change")
    })
}

/// "Share of women (as % of all adults) who smoke".
fn is_share_with_sign(description: &str) -> bool {
    let clause = description
        .split(['.', ';', '\n'])
        .next()
        .unwrap_or_default();
    let opens = ["Share of ", "share of ", "Proportion of ", "proportion of "];
    opens.iter().any(|opening| clause.starts_with(opening))
        && ["(%", "as %", "as a %", "in %"]
            .iter()
            .any(|sign| clause.contains(sign))
}

/// Where in a description a unit may begin, and how it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `in`, `en`: a unit in running text follows.
    In,
    /// `unit:`, `units are`: anything that follows is a unit.
    Slot,
    /// `per`, `cada`.
    Per,
    /// `percent`, `percentage`.
    Percent,
    /// `dollar`, `dollars`.
    Dollars,
    /// `square footage`: clear without more.
    Square,
    /// `to the nearest inch`.
    Nearest,
    /// `the average number of years`.
    Number,
}

fn opening(word: &str) -> Option<Opening> {
    let bytes = word.as_bytes();
    let first = bytes.first()?.to_ascii_lowercase();
    if !matches!(
        first,
        b'i' | b'e' | b'u' | b'p' | b'c' | b'd' | b'j' | b's' | b'n'
    ) || bytes.len() > 12
    {
        return None;
    }
    let folded = Letters::of(word);
    Some(match folded.as_str() {
        "in" | "en" | "em" => Opening::In,
        "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "uom" => Opening::Slot,
        "per" | "cada" | "por" | "pour" | "je" => Opening::Per,
        "percent" | "percentage" | "porcentaje" | "pourcentage" | "prozent" | "percentual" => {
            Opening::Percent
        }
        "dollar" | "dollars" | "dolares" => Opening::Dollars,
        "square" => Opening::Square,
        "nearest" => Opening::Nearest,
        "number" => Opening::Number,
        _ => return None,
    })
}

pub(super) fn in_text(text: &str, parts: &NameParts) -> Option<Unit> {
    let mut weaker = None;
    for (index, at) in word_starts(text).enumerate() {
        let rest = text.get(at..)?;
        let word = rest
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        let Some(kind) = opening(word) else { continue };
        let after = rest.get(word.len()..).unwrap_or_default();
        let found = match kind {
            Opening::In => unit_after_in(after),
            Opening::Slot => unit_after_colon(after),
            Opening::Per => read_per(rest)
                .filter(|unit| unit.code != "/{capita}")
                .or_else(|| per_unit(after, parts)),
            Opening::Percent => percent_is_meant(text, at, index).then_some(PERCENT),
            Opening::Dollars => Some(Unit::known("USD", Family::Money)),
            Opening::Square => read_unit(rest, Trust::Text).map(|read| read.unit),
            Opening::Nearest => unit_after_nearest(after),
            Opening::Number => unit_numbered(after, parts),
        };
        match (found, kind) {
            (
                Some(unit),
                Opening::Percent
                | Opening::Dollars
                | Opening::Per
                | Opening::Square
                | Opening::Number,
            ) => weaker = weaker.or(Some(unit)),
            (Some(unit), _) => return Some(unit),
            (None, _) => {}
        }
    }
    in_brackets_of_text(text, parts)
        .or(weaker)
        .or_else(|| alone_in_sentence(text))
        .or_else(|| leading_plural(text))
}

/// `… to the nearest inch`, `… nearest tenth of a mile`, `… nearest 10 feet`.
fn unit_after_nearest(after: &str) -> Option<Unit> {
    let mut rest = after.trim_start();
    for _ in 0..4 {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let part = matches!(
            word,
            "whole" | "full" | "half" | "quarter" | "tenth" | "hundredth" | "of" | "a" | "an"
        );
        if !part && !word.starts_with(|first: char| first.is_ascii_digit()) {
            break;
        }
        rest = behind;
    }
    let read = read_unit(rest, Trust::Text)?;
    matches!(
        read.unit.family,
        Family::Length | Family::Area | Family::Mass | Family::Volume | Family::Temperature
    )
    .then_some(read.unit)
}

/// `The average number of years that …`, of a field whose name measures something.
fn unit_numbered(after: &str, parts: &NameParts) -> Option<Unit> {
    let rest = after.strip_prefix(" of ")?;
    let measures = Classes::MEASURE | Classes::DURATION;
    let read = read_unit(rest, Trust::Text).filter(|read| !read.singular)?;
    let counted = matches!(read.unit.family, Family::Count | Family::Index);
    let is_life = parts
        .words()
        .iter()
        .any(|word| parts.text(word) == "expectancy");
    (!counted && (is_life || parts.all.any(measures))).then_some(read.unit)
}

/// What a rate is of, when it is no round number: `per mile`, `per street mile`, `per acre`.
fn per_unit(after: &str, parts: &NameParts) -> Option<Unit> {
    if !parts.all.any(Classes::RATE) {
        return None;
    }
    let read = word_starts(after)
        .take(2)
        .find_map(|at| read_unit(after.get(at..)?, Trust::Text))?;
    let useful = matches!(
        read.unit.family,
        Family::Length | Family::Area | Family::Volume | Family::Count | Family::Time
    );
    useful.then(|| Unit {
        code: Cow::Owned(format!("/{}", read.unit.code)),
        family: Family::Rate,
    })
}

/// `… in miles per hour`, `en millones de pesos`; not `in the second year`, `in households`, `in feet of snow`.
fn unit_after_in(after: &str) -> Option<Unit> {
    let read = read_unit(after, Trust::Text)?;
    let clear = match read.unit.family {
        Family::Count | Family::Index => false,
        Family::Time => !read.singular,
        _ => true,
    };
    clear.then_some(read.unit)
}

/// `Unit: metres`, `Units are in feet`, `Unit of measure = mg/L`.
fn unit_after_colon(after: &str) -> Option<Unit> {
    let after = after.trim_start();
    let after = after
        .strip_prefix("of measurement")
        .or_else(|| after.strip_prefix("of measure"))
        .unwrap_or(after)
        .trim_start();
    let after = [":", "=", "are in", "is in", "are", "is"]
        .iter()
        .find_map(|sign| after.strip_prefix(sign))?
        .trim_start();
    let clause = after.split([';', '\n']).next().unwrap_or_default();
    read_unit(clause, Trust::Bracket)
        .filter(|read| read.unit.family != Family::Count)
        .map(|read| read.unit)
}

/// `Percent of …` at the start; `as a percentage of`, `in percent`, `the percentage of` anywhere.
fn percent_is_meant(text: &str, at: usize, index: usize) -> bool {
    if index < 4 {
        return !text.get(..at).is_some_and(|before| {
            before
                .trim_end()
                .ends_with(|last: char| last.is_ascii_digit())
        });
    }
    let before = text.get(..at).unwrap_or_default().trim_end();
    let word = before
        .rsplit(|character: char| !character.is_alphabetic())
        .next()
        .unwrap_or_default();
    let article = matches!(
        word,
        "a" | "as" | "in" | "the" | "en" | "el" | "un" | "como"
    );
    article || before.ends_with([':', '(', '.'])
}

/// A sentence that is nothing but a unit: `Advertised speed. Mbits/sec`.
fn alone_in_sentence(text: &str) -> Option<Unit> {
    let mut sentences = text.split(['.', ';', ',', '\n']).map(str::trim);
    sentences.find_map(|sentence| {
        if !(2..=30).contains(&sentence.len()) {
            return None;
        }
        let read = read_unit(sentence, Trust::Text)?;
        let whole = read.end == sentence.len()
            && (!read.singular || read.unit.family == Family::Temperature);
        (whole && !matches!(read.unit.family, Family::Count | Family::Index)).then_some(read.unit)
    })
}

fn in_brackets_of_text(text: &str, parts: &NameParts) -> Option<Unit> {
    memchr::memchr(b'(', text.as_bytes())?;
    in_brackets(text, parts).filter(|unit| !matches!(unit.family, Family::Count | Family::Index))
}

/// `Tonnes of food waste`, `Average minutes on child care`: among the first words.
fn leading_plural(text: &str) -> Option<Unit> {
    for at in word_starts(text).take(6) {
        let rest = text.get(at..)?;
        let word = rest
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        if word.is_empty() {
            return None;
        }
        if word.len() < 4 {
            continue;
        }
        let Some(read) = read_unit(rest, Trust::Text) else {
            continue;
        };
        let follows = rest.get(read.end..).unwrap_or_default().trim_start();
        let next = follows
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        let goes_on =
            read.unit.family == Family::Time || is_around("leads", Letters::of(next).as_str());
        let measured = !matches!(
            read.unit.family,
            Family::Count | Family::Index | Family::Angle | Family::Money
        );
        // "Months containing fewer than 500 answers are left out": the months are no values.
        let qualified = matches!(
            next,
            "containing"
                | "with"
                | "without"
                | "when"
                | "where"
                | "which"
                | "having"
                | "are"
                | "were"
        );
        let clear = measured
            && goes_on
            && !qualified
            && !read.singular
            && !is_also_a_thing(word)
            && !follows.starts_with("of the week");
        return clear.then_some(read.unit);
    }
    None
}

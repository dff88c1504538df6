//! Units of measure, as people write them.
//!
//! Three steps: an expression (`million gallons per day`, `µg/m³`, `$ thousands`) is read against `data/units.tsv`
//! and `data/currencies.tsv`; the places of a field where a unit may stand are searched in turn (slot, display, name,
//! description); and what is found is compared with what the field's role asks for. Codes are UCUM where UCUM has
//! one, ISO 4217 for money, `{word}` for things counted and `/100000` for "per 100,000 people".

mod expression;
pub(super) mod places;
mod table;

use std::borrow::Cow;

pub(super) use expression::opening_words;
pub use places::{in_slot, named_in};
pub use table::home_currency;

use super::roles::words::{Letters, NameParts};
use super::roles::{Field, Role};

/// What a unit measures. Units of one family can be turned into one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Family {
    Length,
    Area,
    Volume,
    Mass,
    Time,
    Speed,
    Temperature,
    Energy,
    Power,
    Pressure,
    Flow,
    Concentration,
    /// Per cent and per mille.
    Share,
    /// So many per thousand people, per person, per mile.
    Rate,
    Money,
    /// Things counted.
    Count,
    Angle,
    Sound,
    Data,
    /// An index number.
    Index,
    Other,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// UCUM-like code: `[mi_i]/h`, `%`, `USD`, `10*6.USD`, `/100000`, `{person}`.
    pub code: Cow<'static, str>,
    /// What it measures.
    pub family: Family,
}

impl Unit {
    const fn known(code: &'static str, family: Family) -> Self {
        Self {
            code: Cow::Borrowed(code),
            family,
        }
    }
}

/// Where a unit was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the format's own slot for a unit.
    Slot,
    /// In the display format (currency, percentage).
    Display,
    /// In the name.
    Name,
    /// In the description of the field.
    Description,
    /// In the text of the dataset.
    DatasetText,
}

const PERCENT: Unit = Unit::known("%", Family::Share);

/// The unit of a field, from the first place that gives one: slot, display, name, description.
///
/// A bare `%` or `$` in the slot gives way to what name or description say in words: portals leave such marks behind
/// when a field is copied.
///
/// ```
/// use datasteward::lexicon::roles::{DataType, Field};
/// use datasteward::lexicon::units::{Where, stated};
/// let field = Field { name: "Speed (mph)", datatype: DataType::Number, ..Field::default() };
/// let (unit, place) = stated(&field).expect("a unit in brackets");
/// assert_eq!((&*unit.code, place), ("[mi_i]/h", Where::Name));
/// ```
#[must_use]
pub fn stated(field: &Field<'_>) -> Option<(Unit, Where)> {
    places::first_stated(field, &NameParts::of(field.name))
}

/// Every unit that a field's places give, one a place, in the order of [`stated`]: for finding contradictions.
#[must_use]
pub fn all_stated(field: &Field<'_>) -> Vec<(Unit, Where)> {
    places::each_stated(field, &NameParts::of(field.name))
}

/// Whether the numbers of a field cannot be used without knowing their unit.
///
/// Counts, codes, dates, places and scores need none, nor does plain money where the currency of the publisher's
/// place is known ([`Field::home_currency`]); percentages, rates, measures and scaled money do.
#[must_use]
pub fn needed(field: &Field<'_>, role: Role) -> bool {
    needed_knowing(field, role, stated(field).as_ref())
}

/// As [`needed`], where the stated unit is known already.
pub(super) fn needed_knowing(field: &Field<'_>, role: Role, unit: Option<&(Unit, Where)>) -> bool {
    let amount = matches!(role, Role::Percent | Role::Rate | Role::Measure);
    if amount && unit.is_none() && is_question(field.name) {
        return false;
    }
    match role {
        Role::Percent => true,
        Role::Rate => !says_what_it_is_of(field.name) && !is_tax_rate(field.description),
        Role::Measure => !is_age(field),
        // A wage is money per hour or per year.
        Role::Money
            if field.name.len() < 40
                && has_word(field.name, "wage")
                && !has_word(field.name, "period") =>
        {
            true
        }
        Role::Money => match (field.home_currency, unit) {
            (None, _) => true,
            // In thousands, per something, or in another currency than that of the place.
            (Some(home), Some((unit, _))) => unit.code != home,
            (Some(_), None) => false,
        },
        Role::Score => unit.is_some_and(|(unit, _)| unit.family == Family::Index),
        _ => false,
    }
}

/// Words that make a weight one of statistics: `final weight`, `survey weight`.
pub(super) fn is_statistical(word: &str) -> bool {
    table::is_around("statistical", word)
}

/// Questions of a survey: their answers are choices or opinions, not measurements.
fn is_question(name: &str) -> bool {
    let numbered = name
        .strip_prefix(['q', 'Q'])
        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    numbered || name.trim_end().ends_with('?')
}

fn is_tax_rate(description: &str) -> bool {
    memchr::memmem::find(description.as_bytes(), b"tax rate").is_some()
}

pub(super) fn has_word(name: &str, class: &str) -> bool {
    NameParts::of(name).words().iter().any(|word| {
        let text = name.get(word.start..word.end).unwrap_or_default();
        table::is_around(class, Letters::of(text).as_str())
    })
}

/// Rates that custom reads without a denominator (tax, interest, pay) and ratios that name both their sides.
fn says_what_it_is_of(name: &str) -> bool {
    has_word(name, "paid_rate")
        || (has_word(name, "ratio") && (has_two_sides(name) || has_word(name, "ratio_of_money")))
}

/// `Pupil-Teacher Ratio`, `Pupil / Teacher Ratio`, `Ratio of Jobs to Housing`.
fn has_two_sides(name: &str) -> bool {
    let words = name.split(' ').zip(name.split(' ').skip(1));
    let hyphened = words
        .filter(|(_, next)| {
            next.get(..5)
                .is_some_and(|head| head.eq_ignore_ascii_case("ratio"))
        })
        .any(|(word, _)| word.contains('-'));
    hyphened || name.contains('/') || name.contains(" to ") || name.contains(" To ")
}

/// Ages are in years unless they say otherwise.
fn is_age(field: &Field<'_>) -> bool {
    NameParts::of(field.name).words().iter().any(|word| {
        let text = field.name.get(word.start..word.end).unwrap_or_default();
        matches!(
            Letters::of(text).as_str(),
            "age" | "edad" | "alter" | "idade"
        )
    })
}

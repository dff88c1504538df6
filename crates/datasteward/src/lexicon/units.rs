//! Units of measure, as people write them.
//!
//! An expression (`million gallons per day`, `µg/m³`, `$ thousands`) is read against `data/units.tsv` and
//! `data/currencies.tsv`. Codes are UCUM where UCUM has one, ISO 4217 for money, `{word}` for things counted and
//! `/100000` for "per 100,000 people". Where a field states its unit is searched by [`unit_stated`](super::unit_stated), and
//! whether it needs one follows from its [role](super::roles).

mod compare;
pub(super) mod expression;
mod references;
pub(super) mod table;
pub(super) mod tokens;

use std::borrow::Cow;

pub use compare::{conflict, says_converted, spoken};
pub(super) use expression::opening_words;
pub use references::{
    PercentScale, names_coordinate_system, names_currency, names_denominator, names_time_zone,
    percent_scale, says_percent,
};
pub use table::home_currency;
pub(super) use table::is_around;

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
    pub(super) const fn known(code: &'static str, family: Family) -> Self {
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
}

/// Percent.
pub(crate) const PERCENT: Unit = Unit::known("%", Family::Share);

/// What happens to amounts: `Tonnage Generated`, `Energy Savings`.
pub(super) fn is_done(word: &str) -> bool {
    table::is_around("done", word)
}

/// Words that make a weight one of statistics: `final weight`, `survey weight`.
pub(super) fn is_statistical(word: &str) -> bool {
    table::is_around("statistical", word)
}

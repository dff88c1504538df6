//! Units of measure, as people write them.
//!
//! Three steps: an expression (`million gallons per day`, `µg/m³`, `$ thousands`) is read against `data/units.tsv`
//! and `data/currencies.tsv`; the places of a field where a unit may stand are searched in turn (slot, display, name,
//! description); and what is found is compared with what the field's role asks for. Codes are UCUM where UCUM has
//! one, ISO 4217 for money, `{word}` for things counted and `/100000` for "per 100,000 people".

mod compare;
mod expression;
pub(super) mod places;
mod references;
mod table;

use std::borrow::Cow;

pub use compare::{conflict, says_converted, spoken};
pub(super) use expression::opening_words;
pub use places::{in_slot, named_in};
pub use references::{
    PercentScale, names_coordinate_system, names_currency, names_denominator, names_time_zone,
    percent_scale, says_percent,
};
pub use table::home_currency;

use super::memo::Memo;
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

/// Percent.
pub(crate) const PERCENT: Unit = Unit::known("%", Family::Share);

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
    if amount && unit.is_none() && (is_question(field.name) || names_its_notation(field)) {
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
        Role::Score => {
            unit.is_some_and(|(unit, _)| unit.family == Family::Index)
                || (field.datatype.is_numeric() && is_bare_value(field.name))
        }
        _ => false,
    }
}

/// `Value`, and nothing more.
#[must_use]
pub fn is_bare_value(name: &str) -> bool {
    matches!(
        Letters::of(name.trim()).as_str(),
        "value" | "data value" | "datavalue" | "data_value" | "valor" | "valeur" | "wert"
    )
}

/// Durations written as ISO 8601 has them (`PT6H`) carry their units.
fn names_its_notation(field: &Field<'_>) -> bool {
    memchr::memmem::find(field.description.as_bytes(), b"ISO 8601").is_some()
}

/// Whether a field holds the units of its neighbour's values, a unit a row: `Unit`, `RESULT_UOM`, `Unit of Measure`.
///
/// ```
/// use datasteward::lexicon::units::is_unit_field;
/// assert!(is_unit_field("Data_Value_Unit"));
/// assert!(is_unit_field("Unit of measure"));
/// assert!(!is_unit_field("Housing Units"));
/// ```
#[must_use]
pub fn is_unit_field(name: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    KNOWN.with(|known| known.get(name, names_units))
}

fn names_units(name: &str) -> bool {
    let parts = NameParts::of(name);
    let texts = parts
        .words()
        .iter()
        .map(|word| Letters::of(name.get(word.start..word.end).unwrap_or_default()));
    let (mut unit, mut uom, mut value) = (false, false, false);
    for text in texts {
        match text.as_str() {
            "uom" | "uoms" => uom = true,
            "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "unidade" => {
                unit = true
            }
            "value" | "values" | "measure" | "measurement" | "result" | "results" | "reporting"
            | "medida" | "mesure" | "data" | "parameter" | "amount" => value = true,
            _ => {}
        }
    }
    uom || (unit && value)
}

/// `Unit`, and nothing more.
#[must_use]
pub fn is_bare_unit(name: &str) -> bool {
    matches!(
        Letters::of(name.trim()).as_str(),
        "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "unidade"
    )
}

/// What happens to amounts: `Tonnage Generated`, `Energy Savings`.
pub(super) fn is_done(word: &str) -> bool {
    table::is_around("done", word)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Where, all_stated, home_currency, in_slot, named_in, needed, stated};
    use crate::lexicon::roles::{DataType, DisplayFormat, Field, judge, role};

    fn number(name: &str) -> Field<'_> {
        Field {
            name,
            datatype: DataType::Number,
            home_currency: Some("USD"),
            ..Field::default()
        }
    }

    fn unit(name: &str) -> Option<String> {
        stated(&number(name)).map(|(unit, _)| unit.code.into_owned())
    }

    fn unit_in(name: &str, description: &str) -> Option<String> {
        let field = Field {
            description,
            ..number(name)
        };
        stated(&field).map(|(unit, _)| unit.code.into_owned())
    }

    fn slot(text: &str) -> Option<String> {
        in_slot(text).map(|unit| unit.code.into_owned())
    }

    #[test]
    fn reads_units_in_brackets() {
        let cases = [
            ("Speed (mph)", "[mi_i]/h"),
            ("Source EUI (kBtu/ft²)", "10*3.[Btu]/[sft_i]"),
            ("Payroll ($1,000)", "10*3.USD"),
            ("Exports ($ Millions)", "10*6.USD"),
            ("Depth (m)", "m"),
            ("Water temperature (°C)", "Cel"),
            ("Turbidity [NTU]", "[NTU]"),
            ("Wait time (seconds)", "s"),
            ("Factor (kg CO2eq per tonne-kilometer)", "kg/(t.km)"),
        ];
        for (name, code) in cases {
            assert_eq!(unit(name).as_deref(), Some(code), "{name}");
        }
    }

    #[test]
    fn reads_units_at_the_end_of_names() {
        let cases = [
            ("rain_mm", "mm"),
            ("LENGTH_FT", "[ft_i]"),
            ("wind_speed_m_s", "m/s"),
            ("Yearly kWh", "kW.h"),
            ("Electricity kWh Total", "kW.h"),
            ("TotalkWh", "kW.h"),
            ("MWh generated", "MW.h"),
            ("kWh per Year", "kW.h/a"),
            ("APP_SQ_FT", "[sft_i]"),
            ("Acres", "[acr_us]"),
            ("local_pct", "%"),
            ("Diesel Tax Cents per Litre", "cent/L"),
            ("Deaths per 100,000", "/100000"),
            ("Minutes spent on child care", "min"),
        ];
        for (name, code) in cases {
            assert_eq!(unit(name).as_deref(), Some(code), "{name}");
        }
    }

    #[test]
    fn takes_no_thing_value_or_period_for_a_unit() {
        let names = [
            "Parking Meters",
            "Rail Yards",
            "School Year",
            "Birth Month",
            "95% Confidence Interval",
            "Last 7 Days",
            "Income $1,251 to $3,333 a month",
            "Rent per SqFt",
            "Activated (A)",
            "Data_Value_Unit",
            "Percent Flag",
            "AREA_ID",
            "Temperature Flag",
            "Arrivals until 6 p.m",
        ];
        for name in names {
            assert_eq!(unit(name), None, "{name}");
        }
    }

    #[test]
    fn reads_units_in_descriptions() {
        let cases = [
            (
                "Interval",
                "Performance target. This value is reported in seconds.",
                "s",
            ),
            (
                "Residuos",
                "Residuos generados por el municipio en toneladas",
                "t",
            ),
            ("Birth rate", "Births per 1,000 people", "/1000"),
            ("Voltage", "Reported voltage (0-5,000 mV)", "mV"),
            ("Depth", "Depth of well. Units: feet", "[ft_i]"),
            ("Waste", "Tonnes of food waste", "t"),
            ("Speed", "Speed as advertised. Mbits/sec", "Mbit/s"),
            ("Coverage", "Percentage of one-year-olds", "%"),
        ];
        for (name, description, code) in cases {
            assert_eq!(
                unit_in(name, description).as_deref(),
                Some(code),
                "{description}"
            );
        }
        let silent = [
            "Ranked in the second year.",
            "Number of people living in households",
            "Within 5 miles of a school",
        ];
        for description in silent {
            assert_eq!(unit_in("Total", description), None, "{description}");
        }
    }

    #[test]
    fn reads_unit_slots_in_several_languages_and_vocabularies() {
        let cases = [
            ("Millones de dólares", "10*6.USD"),
            ("Miles metros cúbicos", "10*3.m3"),
            ("Dólares por tonelada", "USD/t"),
            ("Tasa cada 100000 habitantes", "/100000"),
            ("En porcentaje del PIB", "%"),
            ("Índice 2004=100", "{index}"),
            ("turistas", "{tourist}"),
            ("rough sleepers", "{rough sleeper}"),
            ("million tonnes", "Mt"),
            ("milligram/cubic meter", "mg/m3"),
            ("tonnes per person", "t/{person}"),
            ("http://qudt.org/vocab/unit/DEG", "deg"),
            ("[mi_i]/h", "[mi_i]/h"),
            ("days from index date", "d"),
            ("°C", "Cel"),
        ];
        for (text, code) in cases {
            assert_eq!(slot(text).as_deref(), Some(code), "{text}");
        }
        for text in ["", "unitless", "Number", "HHmm.m", "dd", "n/a"] {
            assert_eq!(slot(text), None, "{text}");
        }
    }

    #[test]
    fn makes_any_peso_that_of_the_place() {
        let field = Field {
            unit: Some("Millones de pesos"),
            home_currency: Some("ARS"),
            ..number("deuda")
        };
        assert_eq!(
            stated(&field)
                .map(|(unit, _)| unit.code.into_owned())
                .as_deref(),
            Some("10*6.ARS")
        );
        assert_eq!(home_currency("https://data.example.gob.ar/x"), Some("ARS"));
    }

    #[test]
    fn lists_every_place_that_gives_a_unit() {
        let field = Field {
            description: "Length in metres",
            ..number("LENGTH_FT")
        };
        let found: Vec<_> = all_stated(&field)
            .into_iter()
            .map(|(unit, place)| (unit.code.into_owned(), place))
            .collect();
        assert_eq!(
            found,
            [
                ("[ft_i]".to_owned(), Where::Name),
                ("m".to_owned(), Where::Description)
            ]
        );
    }

    #[test]
    fn prefers_words_to_a_mark_left_in_the_slot() {
        let field = Field {
            unit: Some("%"),
            description: "Births per 1,000 people",
            ..number("Crude birth rate")
        };
        let (unit, place) = stated(&field).expect("two places name a unit");
        assert_eq!((&*unit.code, place), ("/1000", Where::Description));
    }

    #[test]
    fn a_type_of_money_does_not_say_which_money() {
        let field = |home_currency| Field {
            home_currency,
            datatype: DataType::Money,
            ..number("Fare")
        };
        assert_eq!(stated(&field(None)), None);
        assert_eq!(role(&field(None)), crate::lexicon::roles::Role::Money);
        let unit = stated(&field(Some("EUR"))).map(|(unit, _)| unit.code.into_owned());
        assert_eq!(unit.as_deref(), Some("EUR"));
    }

    #[test]
    fn reads_the_display_format() {
        let display = DisplayFormat {
            precision_style: Some("percentage"),
            ..DisplayFormat::default()
        };
        let field = Field {
            display,
            ..number("Canopy cover")
        };
        assert_eq!(
            stated(&field).map(|(unit, place)| (unit.code.into_owned(), place)),
            Some(("%".to_owned(), Where::Display))
        );
    }

    #[test]
    fn needs_units_for_measures_and_not_for_codes_counts_or_home_money() {
        let asked = |name| {
            let field = number(name);
            needed(&field, role(&field))
        };
        for name in [
            "ELEVATION",
            "avg_speed",
            "Shape_Area",
            "Crime Rate",
            "% Level 4",
            "Average Wage",
            "Land Area",
        ] {
            assert!(asked(name), "{name}");
        }
        let silent = [
            "AREA_ID",
            "Community Area",
            "Weight Class",
            "Temperature Flag",
            "Total Cost",
            "Housing Units",
            "Age",
            "Year",
            "Latitude",
            "Tax Rate",
            "Pupil-Teacher Ratio",
            "Sample Size",
            "Final Weight",
            "speed_0_14",
            "Energy Star > 75",
            "Q17G Reduce emissions",
            "Local Share",
        ];
        for name in silent {
            assert!(!asked(name), "{name}");
        }
        let abroad = Field {
            home_currency: None,
            ..number("Price")
        };
        assert!(needed(&abroad, role(&abroad)));
    }

    #[test]
    fn reads_a_unit_given_to_all_values() {
        let code = |text| named_in(text).map(|unit| unit.code.into_owned());
        assert_eq!(
            code("All values are expressed in metric tons."),
            Some("t".to_owned())
        );
        assert_eq!(code("Permits issued in feet-first order"), None);
        assert_eq!(code("People living in households"), None);
    }

    proptest! {
        #[test]
        fn judges_any_text_without_panic(name in ".{0,60}", description in ".{0,120}", slot in ".{0,40}") {
            let field = Field { description: &description, unit: Some(&slot), ..number(&name) };
            let judged = judge(&field);
            prop_assert_eq!(judged.role, role(&field));
            prop_assert_eq!(judged.unit_needed, needed(&field, judged.role));
            let _ = named_in(&description);
        }

        #[test]
        fn judges_unit_like_text_without_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["per", "$", "1,000", "m", "²", "(", ")", "/", "sq", "ft", "%", " in ", "million", "µ", "é", "_", "of", ".", "²²"]), 0..14)
        ) {
            let text = pieces.concat();
            let spaced = pieces.join(" ");
            let field = Field { description: &spaced, unit: Some(&text), ..number(&text) };
            let _ = (judge(&field), all_stated(&field), in_slot(&spaced), named_in(&spaced));
        }
    }
}

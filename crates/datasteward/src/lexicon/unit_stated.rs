//! The unit that a field states, and where.
//!
//! The places of a field where a unit may stand are searched in turn: slot, display, name, description.

mod brackets;
mod dataset;
mod description;
mod name;
mod quantity;
mod slot;

use std::borrow::Cow;

use super::field::{DataType, Field};
use super::fold::Letters;
use super::memo::Memo;
use super::name_parts::{NameParts, leads_with_count};
use super::units::{Family, PERCENT, Unit, Where};
use description::in_field_description;
use name::in_name;

pub use dataset::{denominator_in, listed_in, named_in};
pub use slot::in_slot;

/// The unit of a field, from the first place that gives one: slot, display, name, description.
///
/// A bare `%` or `$` in the slot gives way to what name or description say in words: portals leave such marks behind
/// when a field is copied.
///
/// ```
/// use datasteward::lexicon::field::{DataType, Field};
/// use datasteward::lexicon::unit_stated::stated;
/// use datasteward::lexicon::units::Where;
/// let field = Field { name: "Speed (mph)", datatype: DataType::Number, ..Field::default() };
/// let (unit, place) = stated(&field).expect("a unit in brackets");
/// assert_eq!((&*unit.code, place), ("[mi_i]/h", Where::Name));
/// ```
#[must_use]
pub fn stated(field: &Field<'_>) -> Option<(Unit, Where)> {
    first_stated(field, &NameParts::of(field.name))
}

/// The unit that a name alone gives, as that of a number.
#[must_use]
pub fn names_unit(name: &str) -> Option<Unit> {
    let field = Field {
        name,
        datatype: DataType::Number,
        ..Field::default()
    };
    stated(&field).map(|(unit, _)| unit)
}

/// Every unit that a field's places give, one a place, in the order of [`stated`]: for finding contradictions.
#[must_use]
pub fn all_stated(field: &Field<'_>) -> Vec<(Unit, Where)> {
    each_stated(field, &NameParts::of(field.name))
}

/// Whether a field holds the units of its neighbour's values, a unit a row: `Unit`, `RESULT_UOM`, `Unit of Measure`.
///
/// ```
/// use datasteward::lexicon::unit_stated::is_unit_field;
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
    let (mut unit, mut uom, mut value) = (false, false, false);
    for word in parts.words() {
        match parts.text(word) {
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

/// `Value`, and nothing more.
#[must_use]
pub fn is_bare_value(name: &str) -> bool {
    matches!(
        Letters::of(name.trim()).as_str(),
        "value" | "data value" | "datavalue" | "data_value" | "valor" | "valeur" | "wert"
    )
}

/// The unit of a field whose name is taken apart already.
pub(super) fn first_stated(field: &Field<'_>, parts: &NameParts) -> Option<(Unit, Where)> {
    let mut found =
        places().filter_map(|(place, find)| Some((settle(find(field, parts)?, field), place)));
    let first = found.next()?;
    if first.1 == Where::Slot {
        if first.0.family == Family::Share && leads_with_count(parts) {
            return None;
        }
        // Exporters leave bare marks of another field behind; what the words of this one say goes before.
        let bare = matches!(&*first.0.code, "%" | "USD" | "1");
        if let Some(other) = found
            .next()
            .filter(|other| bare && other.0.family != first.0.family)
        {
            return Some(other);
        }
    }
    Some(first)
}

/// Every unit, one a place.
pub(super) fn each_stated(field: &Field<'_>, parts: &NameParts) -> Vec<(Unit, Where)> {
    places()
        .filter_map(|(place, find)| Some((settle(find(field, parts)?, field), place)))
        .collect()
}

type Find = fn(&Field<'_>, &NameParts) -> Option<Unit>;

fn places() -> impl Iterator<Item = (Where, Find)> {
    let list: [(Where, Find); 4] = [
        (Where::Slot, |field, _| field.unit.and_then(in_slot)),
        (Where::Display, |field, _| in_display(field)),
        (Where::Name, in_name),
        (Where::Description, in_field_description),
    ];
    list.into_iter()
}

/// Any peso is the peso of the place that publishes.
fn settle(unit: Unit, field: &Field<'_>) -> Unit {
    const PESOS: [&str; 6] = ["ARS", "MXN", "CLP", "COP", "UYU", "PHP"];
    match field.home_currency {
        Some(home) if unit.code.contains("{peso}") && PESOS.contains(&home) => Unit {
            code: Cow::Owned(unit.code.replace("{peso}", home)),
            family: unit.family,
        },
        _ => unit,
    }
}

fn in_display(field: &Field<'_>) -> Option<Unit> {
    let display = &field.display;
    let style = display.precision_style.unwrap_or_default();
    if style == "percentage" || field.datatype == DataType::Percent {
        return Some(PERCENT);
    }
    if style != "currency" && field.datatype != DataType::Money {
        return None;
    }
    // Socrata's currency style shows dollars where nothing else is chosen; a type alone does not say which money.
    let code = display
        .currency
        .or(field.home_currency)
        .or((style == "currency").then_some("USD"))?;
    Some(Unit {
        code: Cow::Owned(code.to_owned()),
        family: Family::Money,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{all_stated, in_slot, named_in, stated};
    use crate::lexicon::field::{DataType, DisplayFormat, Field};
    use crate::lexicon::units::{Where, home_currency};

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

    #[test]
    fn a_share_with_a_percent_sign_is_a_percentage() {
        let of = |description| unit_in("Smokers", description);
        assert_eq!(
            of("Share of women (as % of all adults)").as_deref(),
            Some("%")
        );
        assert_eq!(of("Share of women who smoke"), None);
    }

    #[test]
    fn what_there_is_a_share_of_is_no_unit() {
        assert_eq!(unit("% Managed Area (Acres)").as_deref(), Some("%"));
        assert_eq!(unit("Share of food miles"), None);
        assert_eq!(unit("precio_usd_kg"), None);
    }

    #[test]
    fn thousands_in_spanish_are_no_miles() {
        assert_eq!(unit_in("pasajeros", "Pasajeros en miles de pasajes"), None);
        assert_eq!(unit_in("mes", "Mes"), None);
        let pesos = unit_in("gasto", "Gasto en miles de pesos");
        assert!(pesos.is_some_and(|unit| unit.starts_with("10*3.")));
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
            "Length C",
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
            (
                "stump_diameter",
                "Diameter of the stump, to the nearest inch",
                "[in_i]",
            ),
            ("Length A", "To the nearest tenth of a mile", "[mi_i]"),
            ("Length C", "Rounded to the nearest 10 feet", "[ft_i]"),
            (
                "Life expectancy",
                "Period life expectancy is the average number of years that a newborn lives",
                "a",
            ),
            ("Size", "Size of the system (kW DC)", "kW"),
            ("valor_total", "Valor total em reais", "BRL"),
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
            ("US $ per cubic metre", "USD/m3"),
            ("2017 USD per day", "USD/d"),
            ("Gini [0 to 100]", "{Gini [0 to 100]}"),
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
        fn reads_unit_like_text_without_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["per", "$", "1,000", "m", "²", "(", ")", "/", "sq", "ft", "%", " in ", "million", "µ", "é", "_", "of", ".", "²²"]), 0..14)
        ) {
            let text = pieces.concat();
            let spaced = pieces.join(" ");
            let field = Field { description: &spaced, unit: Some(&text), ..number(&text) };
            let _ = (all_stated(&field), in_slot(&spaced), named_in(&spaced));
        }
    }
}

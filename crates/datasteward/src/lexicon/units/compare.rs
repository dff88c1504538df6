//! Units held against each other, and said in words.

use super::{Family, Unit, Where};

/// A unit and the place that gives it.
type Stated = (Unit, Where);

/// Two places that give a field different units of one kind: feet by its name, metres by its description.
///
/// Units of different kinds are no contradiction: a name may speak of the thing counted and a text of what it is counted
/// in. Nor are "tons" and "metric tons", which are said of each other.
#[must_use]
pub fn conflict(stated: &[Stated]) -> Option<(&Stated, &Stated)> {
    stated.iter().enumerate().find_map(|(at, one)| {
        let others = stated.get(at + 1..).unwrap_or_default();
        let other = others.iter().find(|other| disagree(&one.0, &other.0))?;
        Some((one, other))
    })
}

fn disagree(one: &Unit, other: &Unit) -> bool {
    let compared = matches!(
        one.family,
        Family::Length
            | Family::Area
            | Family::Volume
            | Family::Mass
            | Family::Speed
            | Family::Temperature
            | Family::Energy
            | Family::Power
            | Family::Pressure
            | Family::Time
    );
    // A name in capitals loses the case that tells `kWh` from `Wh`.
    let watts = one.code.ends_with("W.h") && other.code.ends_with("W.h");
    // `MtCO2` is a million tonnes to one and a metric ton to another.
    let carbon = [one, other].iter().any(|unit| unit.code == "t{CO2e}")
        && [one, other].iter().any(|unit| unit.code == "Mt");
    compared
        && one.family == other.family
        && same_name(&one.code) != same_name(&other.code)
        && !(watts || carbon)
}

/// Units that people do not tell apart in writing.
fn same_name(code: &str) -> &str {
    match code {
        "[ft_us]" => "[ft_i]",
        "t" | "[ston_av]" | "t{CO2e}" => "t",
        "{business day}" => "d",
        other => other,
    }
}

/// A unit in words for a message: `[ft_i]` is "feet". A code that has no word is given as it is.
#[must_use]
pub fn spoken(code: &str) -> String {
    let (scale, code) = if let Some(rest) = code.strip_prefix("10*3.") {
        ("thousands of ", rest)
    } else if let Some(rest) = code.strip_prefix("10*6.") {
        ("millions of ", rest)
    } else {
        ("", code)
    };
    format!("{scale}{}", word(code))
}

fn word(code: &str) -> &str {
    match code {
        "m" => "metres",
        "km" => "kilometres",
        "cm" => "centimetres",
        "mm" => "millimetres",
        "[ft_i]" => "feet",
        "[ft_us]" => "survey feet",
        "[in_i]" => "inches",
        "[mi_i]" => "miles",
        "[yd_i]" => "yards",
        "m2" => "square metres",
        "km2" => "square kilometres",
        "har" => "hectares",
        "[acr_us]" => "acres",
        "[sft_i]" => "square feet",
        "[smi_us]" => "square miles",
        "L" => "litres",
        "m3" => "cubic metres",
        "[cft_i]" => "cubic feet",
        "[gal_us]" => "gallons",
        "g" => "grams",
        "kg" => "kilograms",
        "t" => "tonnes",
        "[ston_av]" => "tons",
        "[lb_av]" => "pounds",
        "s" => "seconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "wk" => "weeks",
        "mo" => "months",
        "a" => "years",
        "[mi_i]/h" => "miles per hour",
        "km/h" => "kilometres per hour",
        "m/s" => "metres per second",
        "Cel" => "degrees Celsius",
        "[degF]" => "degrees Fahrenheit",
        "kW.h" => "kilowatt-hours",
        "MW.h" => "megawatt-hours",
        other => other,
    }
}

/// Whether a description tells of two units on purpose: "converted from feet", "in metres (feet before 2010)".
#[must_use]
pub fn says_converted(text: &str) -> bool {
    let folded = crate::lexicon::fold::fold(text);
    [
        "convert",
        "multiply",
        "divide",
        "equivalent",
        "conversion",
        " or ",
        "rounded to",
        "prior to",
        "before",
        "to the nearest",
    ]
    .iter()
    .any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{conflict, says_converted, spoken};
    use crate::lexicon::field::{DataType, Field};
    use crate::lexicon::unit_stated::all_stated;

    fn disagrees(name: &str, description: &str) -> bool {
        let datatype = DataType::Number;
        let field = Field {
            name,
            description,
            datatype,
            ..Field::default()
        };
        conflict(&all_stated(&field)).is_some()
    }

    #[test]
    fn finds_two_units_of_one_kind() {
        assert!(disagrees("LENGTH_FT", "Length in metres"));
        assert!(!disagrees("LENGTH_FT", "Length in feet"));
        assert!(!disagrees("Waste (tons)", "Waste in metric tons"));
        assert!(!disagrees("Speed (mph)", "Measured over ten minutes"));
        assert!(!disagrees(
            "Emissions (MtCO2)",
            "Emissions, in million tonnes"
        ));
    }

    #[test]
    fn knows_a_conversion_from_a_contradiction() {
        assert!(says_converted("Length in feet, converted from metres"));
        assert!(!says_converted("Length in metres"));
    }

    #[test]
    fn says_units_in_words() {
        assert_eq!(spoken("[ft_i]"), "feet");
        assert_eq!(spoken("10*6.L"), "millions of litres");
        assert_eq!(spoken("[pH]"), "[pH]");
    }
}

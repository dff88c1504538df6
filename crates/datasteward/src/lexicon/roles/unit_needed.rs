//! Whether the numbers of a field cannot be used without knowing their unit.

use super::Role;
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::name_parts::{NameParts, has_word};
use crate::lexicon::unit_stated::{is_bare_value, stated};
use crate::lexicon::units::{Family, Unit, Where};

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
        Role::Measure => !is_age(field) && !is_written_as_a_clock(field),
        Role::Money if unit.is_none() && is_denied(field.name) => false,
        // A wage is money per hour or per year; what was paid in all is not.
        Role::Money
            if field.name.len() < 40
                && has_word(field.name, "wage")
                && !NameParts::of(field.name).is_sum()
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

/// A time kept as text (`00:05:32`) says its hours and minutes itself.
fn is_written_as_a_clock(field: &Field<'_>) -> bool {
    field.datatype == DataType::Text && has_word(field.name, "clock")
}

/// `NoAdditionalFunding`, `Income not disclosed`: a yes or no.
fn is_denied(name: &str) -> bool {
    let parts = NameParts::of(name);
    let mut words = parts.words().iter().map(|word| parts.text(word));
    words.next() == Some("no") || words.any(|word| word == "not")
}

/// Durations written as ISO 8601 has them (`PT6H`) carry their units.
fn names_its_notation(field: &Field<'_>) -> bool {
    memchr::memmem::find(field.description.as_bytes(), b"ISO 8601").is_some()
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
    let parts = NameParts::of(field.name);
    let mut words = parts.words().iter();
    words.any(|word| matches!(parts.text(word), "age" | "edad" | "alter" | "idade"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::needed;
    use crate::lexicon::field::{DataType, Field};
    use crate::lexicon::roles::{judge, role};
    use crate::lexicon::unit_stated::stated;

    fn number(name: &str) -> Field<'_> {
        Field {
            name,
            datatype: DataType::Number,
            home_currency: Some("USD"),
            ..Field::default()
        }
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
            "Power of Attorney",
            "NoAdditionalFunding",
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

    proptest! {
        #[test]
        fn judges_any_text_without_panic(name in ".{0,60}", description in ".{0,120}", slot in ".{0,40}") {
            let field = Field { description: &description, unit: Some(&slot), ..number(&name) };
            let judged = judge(&field);
            prop_assert_eq!(judged.role, role(&field));
            prop_assert_eq!(judged.unit_needed, needed(&field, judged.role));
        }
    }
}

//! What a number is counted from: coordinate systems, time zones, the scale of a percentage.

use std::sync::LazyLock;

use crate::lexicon::field::Field;
use crate::lexicon::memo::Memo;

/// The names of one kind, by their first byte.
struct Names(Vec<Vec<&'static str>>);

static SYSTEMS: LazyLock<Names> = LazyLock::new(|| names_of("crs"));
static ZONES: LazyLock<Names> = LazyLock::new(|| names_of("zone"));

fn names_of(kind: &str) -> Names {
    let lines = include_str!("../../../data/references.tsv").lines();
    let found = lines
        .filter_map(|line| line.split_once('\t'))
        .find(|(name, _)| *name == kind);
    let mut by_first = vec![Vec::new(); 256];
    for name in found.map_or("", |(_, names)| names).split('|') {
        let first = name.bytes().next().map(usize::from);
        if let Some(names) = first.and_then(|first| by_first.get_mut(first)) {
            names.push(name);
        }
    }
    Names(by_first)
}

impl Names {
    /// Whether one of the names stands in the text as a word of its own.
    fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut inside_word = false;
        for (at, byte) in bytes.iter().enumerate() {
            let begins = || {
                let names = self.0.get(usize::from(*byte)).into_iter().flatten();
                let rest = bytes.get(at..).unwrap_or_default();
                names.into_iter().any(|name| begins_with_word(rest, name))
            };
            if !inside_word && begins() {
                return true;
            }
            inside_word = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        }
        false
    }
}

fn begins_with_word(text: &[u8], name: &str) -> bool {
    let Some(rest) = text.strip_prefix(name.as_bytes()) else {
        return false;
    };
    // `EPSG4326`, `UTM18N`: digits may follow a name that ends with a letter; `America/Chicago` goes on.
    let next = rest.first().copied().unwrap_or(b' ');
    name.ends_with('/') || !next.is_ascii_alphabetic()
}

/// Whether a text names a coordinate reference system or a datum: `EPSG:2229`, `NAD83`, `state plane`, `WGS 84`.
///
/// ```
/// use datasteward::lexicon::units::names_coordinate_system;
/// assert!(names_coordinate_system("X in feet, NAD83 / California zone 5"));
/// assert!(!names_coordinate_system("X coordinate of the tree"));
/// ```
#[must_use]
pub fn names_coordinate_system(text: &str) -> bool {
    SYSTEMS.any_in(text)
}

/// Whether a text says which clock a time is read from: `UTC`, `local time`, `America/Los_Angeles`, `+01:00`.
///
/// ```
/// use datasteward::lexicon::units::names_time_zone;
/// assert!(names_time_zone("Time of the call (Pacific Time)"));
/// assert!(!names_time_zone("Time of the call"));
/// ```
#[must_use]
pub fn names_time_zone(text: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, |text| ZONES.any_in(text) || has_offset(text)))
}

/// `+01:00`, `-0800` are too like values; only the form with the colon counts.
fn has_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    let offset = |colon: usize| {
        let part = colon.checked_sub(3).and_then(|at| bytes.get(at..at + 6));
        match part {
            Some([b'+' | b'-', h1, h2, _, m1, m2]) => {
                [h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit()) && *h1 < b'2'
            }
            _ => false,
        }
    };
    memchr::memchr_iter(b':', bytes).any(offset)
}

/// How a percentage is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentScale {
    /// A quarter is 0.25.
    Fraction,
    /// A quarter is 25.
    Hundred,
}

/// The scale of a percentage, where display format, name, unit slot or description tell it.
#[must_use]
pub fn percent_scale(field: &Field<'_>) -> Option<PercentScale> {
    match field.display.percent_scale {
        Some("1") => return Some(PercentScale::Fraction),
        Some("100") => return Some(PercentScale::Hundred),
        _ => {}
    }
    let texts = [
        field.unit.unwrap_or_default(),
        field.name,
        field.description,
    ];
    texts.iter().find_map(|text| scale_in(text))
}

fn scale_in(text: &str) -> Option<PercentScale> {
    let has = |phrase: &str| memchr::memmem::find(text.as_bytes(), phrase.as_bytes()).is_some();
    if [
        "0-100",
        "0 to 100",
        "0–100",
        "0 - 100",
        "0 and 100",
        "0 a 100",
    ]
    .iter()
    .any(|phrase| has(phrase))
    {
        return Some(PercentScale::Hundred);
    }
    let ends = |phrase: &str| {
        let found = memchr::memmem::find(text.as_bytes(), phrase.as_bytes());
        found.is_some_and(|at| {
            !text
                .as_bytes()
                .get(at + phrase.len())
                .is_some_and(u8::is_ascii_digit)
        })
    };
    let fraction = [
        "0-1",
        "0 to 1",
        "0–1",
        "0 and 1",
        "multiply by 100",
        "as a decimal",
        "as a fraction",
    ];
    fraction
        .iter()
        .any(|phrase| ends(phrase))
        .then_some(PercentScale::Fraction)
}

/// Whether a text holds one of some words, whatever the case of its ASCII letters.
fn holds_any(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    words.iter().any(|word| {
        bytes
            .windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// Whether a text speaks of per cent: then 25 is a quarter.
#[must_use]
pub fn says_percent(text: &str) -> bool {
    text.contains('%')
        || holds_any(
            text,
            &[
                "percent", "per cent", "pct", "porcent", "prozent", "pourcent",
            ],
        )
}

/// Whether a text says per what something is counted: per 1,000, per capita, per cent, the ratio of one to another.
#[must_use]
pub fn names_denominator(text: &str) -> bool {
    says_percent(text)
        || holds_any(
            text,
            &[
                " per ",
                "per_",
                "_per",
                "/1",
                "/ 1",
                "ratio of",
                "divided by",
                "out of",
                "for every",
                "proportion",
                "share of",
                "portion of",
                "fraction",
                "number of",
                "per-",
            ],
        )
}

/// Whether a text names a currency.
#[must_use]
pub fn names_currency(text: &str) -> bool {
    text.contains(['$', '€', '£', '¥'])
        || holds_any(
            text,
            &[
                "dollar",
                "dólar",
                "usd",
                "euro",
                "eur ",
                "pesos",
                "pound sterling",
                "cad ",
                "franc",
                "reais",
                "yen",
                "rupee",
            ],
        )
}

#[cfg(test)]
mod tests {
    use super::{
        PercentScale, names_coordinate_system, names_currency, names_denominator, names_time_zone,
        percent_scale, says_percent,
    };
    use crate::lexicon::field::{DisplayFormat, Field};

    #[test]
    fn finds_systems_as_words_of_their_own() {
        assert!(names_coordinate_system("EPSG:25832"));
        assert!(names_coordinate_system("Easting (UTM18N)"));
        assert!(!names_coordinate_system("CUTMEDIA"));
        assert!(!names_coordinate_system(""));
    }

    #[test]
    fn finds_zones_and_offsets_but_no_common_words() {
        assert!(names_time_zone("2024-05-01T10:00:00+02:00"));
        assert!(names_time_zone("All times are UTC."));
        assert!(!names_time_zone("the WESTERN district, best estimate"));
        assert!(!names_time_zone("2024-05-01 to 2024-06-01"));
    }

    #[test]
    fn reads_the_scale_of_a_percentage() {
        let with = |scale, description| {
            let display = DisplayFormat {
                percent_scale: scale,
                ..DisplayFormat::default()
            };
            percent_scale(&Field {
                name: "share",
                description,
                display,
                ..Field::default()
            })
        };
        assert_eq!(with(Some("1"), ""), Some(PercentScale::Fraction));
        assert_eq!(
            with(Some("0"), "Percent, 0-100"),
            Some(PercentScale::Hundred)
        );
        assert_eq!(
            with(None, "A value from 0 to 1"),
            Some(PercentScale::Fraction)
        );
        assert_eq!(with(None, "Share of voters"), None);
    }

    #[test]
    fn finds_what_a_number_is_per() {
        assert!(names_denominator("Births per 1,000 women") && names_denominator("PER_100K"));
        assert!(!names_denominator("Injury rate by county"));
        assert!(says_percent("PCT_WHITE") && !says_percent("Share of voters"));
        assert!(names_currency("in US Dollars") && !names_currency("Grant amount"));
    }
}

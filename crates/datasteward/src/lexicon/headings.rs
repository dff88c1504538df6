//! Headings of tables that hold metadata: of a data dictionary (a row a field) and of an inventory (a row a dataset).
//!
//! Steward offices write these tables by hand, each with headings of its own and in its own language. Only letters and
//! digits are compared, so `Unit_of_Measure`, `unit of measure` and `UNIT OF MEASURE (SI)` are the same heading.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::roles::words::Letters;

/// What a column of a data dictionary says about fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DictionaryHead {
    /// The name of the field, in words that a data dictionary uses and other tables do not.
    Field,
    /// A name of anything.
    Name,
    Label,
    Description,
    /// More words about the field, where it has no description.
    Note,
    Type,
    Unit,
    /// The values that the field may hold, all in one cell.
    Values,
    Required,
    /// The opposite of required.
    Optional,
    Example,
    Source,
    Table,
    Missing,
    /// One value a row.
    Value,
    ValueLabel,
}

const DICTIONARY_HEADS: [(&str, DictionaryHead); 16] = [
    ("field", DictionaryHead::Field),
    ("name", DictionaryHead::Name),
    ("label", DictionaryHead::Label),
    ("description", DictionaryHead::Description),
    ("note", DictionaryHead::Note),
    ("type", DictionaryHead::Type),
    ("unit", DictionaryHead::Unit),
    ("values", DictionaryHead::Values),
    ("required", DictionaryHead::Required),
    ("optional", DictionaryHead::Optional),
    ("example", DictionaryHead::Example),
    ("source", DictionaryHead::Source),
    ("table", DictionaryHead::Table),
    ("missing", DictionaryHead::Missing),
    ("value", DictionaryHead::Value),
    ("value label", DictionaryHead::ValueLabel),
];

/// Headings made comparable, by what they head.
struct Headings<T> {
    words: BTreeMap<Box<str>, T>,
}

impl<T: Copy> Headings<T> {
    fn read(table: &'static str, heads: &[(&str, T)]) -> Self {
        let mut words = BTreeMap::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, headings)) = line.split_once('\t') else {
                continue;
            };
            let Some((_, head)) = heads.iter().find(|(known, _)| *known == name) else {
                continue;
            };
            for heading in headings.split('|') {
                words
                    .entry(comparable(heading).as_str().into())
                    .or_insert(*head);
            }
        }
        Self { words }
    }

    fn find(&self, heading: &str) -> Option<T> {
        let key = comparable(heading);
        self.words.get(key.as_str()).copied()
    }
}

/// The letters and digits of a heading, without what stands in brackets after it.
fn comparable(heading: &str) -> Letters {
    let named = heading.split(['(', '[']).next().unwrap_or_default();
    let mut letters = Letters::default();
    for character in named.chars().filter(|sign| sign.is_alphanumeric()) {
        letters.push(character);
    }
    letters
}

static DICTIONARY: LazyLock<Headings<DictionaryHead>> = LazyLock::new(|| {
    Headings::read(
        include_str!("../../data/dictionary-headers.tsv"),
        &DICTIONARY_HEADS,
    )
});

/// What a heading of a data dictionary heads.
///
/// ```
/// use datasteward::lexicon::headings::{DictionaryHead, dictionary_head};
/// assert_eq!(dictionary_head("Unité de mesure"), Some(DictionaryHead::Unit));
/// assert_eq!(dictionary_head("FIELD_NAME"), Some(DictionaryHead::Field));
/// assert_eq!(dictionary_head("Height"), None);
/// ```
#[must_use]
pub fn dictionary_head(heading: &str) -> Option<DictionaryHead> {
    DICTIONARY.find(heading)
}

#[cfg(test)]
mod tests {
    use super::{DICTIONARY, DICTIONARY_HEADS, DictionaryHead, comparable, dictionary_head};

    #[test]
    fn knows_the_headings_of_five_languages_however_they_are_written() {
        for (heading, head) in [
            ("Column Name", DictionaryHead::Field),
            ("nombre_del_campo", DictionaryHead::Field),
            ("Libellé", DictionaryHead::Label),
            ("Maßeinheit", DictionaryHead::Unit),
            ("Masseinheit [SI]", DictionaryHead::Unit),
            ("Descrição do campo", DictionaryHead::Description),
            ("Required?", DictionaryHead::Required),
            ("Valeurs autorisées", DictionaryHead::Values),
        ] {
            assert_eq!(dictionary_head(heading), Some(head), "{heading}");
        }
        assert_eq!(dictionary_head("population"), None);
        assert_eq!(dictionary_head(""), None);
    }

    #[test]
    fn no_heading_stands_for_two_things_and_none_is_too_long_to_be_found() {
        let table = include_str!("../../data/dictionary-headers.tsv");
        for line in table.lines().skip(1) {
            let (name, headings) = line.split_once('\t').expect("a name and headings");
            let (_, head) = DICTIONARY_HEADS
                .iter()
                .find(|(known, _)| *known == name)
                .expect("a known head");
            for heading in headings.split('|') {
                assert!(comparable(heading).as_str().len() < 40, "{heading}");
                assert_eq!(DICTIONARY.find(heading), Some(*head), "{heading}");
            }
        }
    }
}

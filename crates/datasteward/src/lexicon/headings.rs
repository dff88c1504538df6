//! Headings of tables that hold metadata: of a data dictionary (a row a field) and of an inventory (a row a dataset).
//!
//! Steward offices write these tables by hand, each with headings of its own and in its own language. Only letters and
//! digits are compared, so `Unit_of_Measure`, `unit of measure` and `UNIT OF MEASURE (SI)` are the same heading.

use std::sync::LazyLock;

use super::fold::Letters;
use super::quick::QuickMap;

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
    /// What sets fields of the same name apart, but is no table.
    Group,
}

const DICTIONARY_HEADS: [(&str, DictionaryHead); 17] = [
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
    ("group", DictionaryHead::Group),
];

/// What a column of an inventory says about datasets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum InventoryHead {
    /// A title that says that it is one of a dataset.
    DatasetTitle,
    Title,
    /// A name of anything.
    Name,
    Id,
    OtherTitle,
    Description,
    Summary,
    Publisher,
    Department,
    Creator,
    ContactName,
    ContactEmail,
    Source,
    License,
    Rights,
    Access,
    Refresh,
    Keywords,
    Category,
    Created,
    Issued,
    Modified,
    Temporal,
    TemporalStart,
    TemporalEnd,
    Spatial,
    BoundingBox,
    Page,
    Download,
    Service,
    Format,
    Rows,
    Language,
    Limitations,
    Method,
    Purpose,
    Dictionary,
    Series,
    Archived,
    Version,
}

const INVENTORY_HEADS: [(&str, InventoryHead); 40] = [
    ("dataset title", InventoryHead::DatasetTitle),
    ("title", InventoryHead::Title),
    ("name", InventoryHead::Name),
    ("id", InventoryHead::Id),
    ("other title", InventoryHead::OtherTitle),
    ("description", InventoryHead::Description),
    ("summary", InventoryHead::Summary),
    ("publisher", InventoryHead::Publisher),
    ("department", InventoryHead::Department),
    ("creator", InventoryHead::Creator),
    ("contact name", InventoryHead::ContactName),
    ("contact email", InventoryHead::ContactEmail),
    ("source", InventoryHead::Source),
    ("license", InventoryHead::License),
    ("rights", InventoryHead::Rights),
    ("access", InventoryHead::Access),
    ("refresh", InventoryHead::Refresh),
    ("keywords", InventoryHead::Keywords),
    ("category", InventoryHead::Category),
    ("created", InventoryHead::Created),
    ("issued", InventoryHead::Issued),
    ("modified", InventoryHead::Modified),
    ("temporal", InventoryHead::Temporal),
    ("temporal start", InventoryHead::TemporalStart),
    ("temporal end", InventoryHead::TemporalEnd),
    ("spatial", InventoryHead::Spatial),
    ("bounding box", InventoryHead::BoundingBox),
    ("page", InventoryHead::Page),
    ("download", InventoryHead::Download),
    ("service", InventoryHead::Service),
    ("format", InventoryHead::Format),
    ("rows", InventoryHead::Rows),
    ("language", InventoryHead::Language),
    ("limitations", InventoryHead::Limitations),
    ("method", InventoryHead::Method),
    ("purpose", InventoryHead::Purpose),
    ("dictionary", InventoryHead::Dictionary),
    ("series", InventoryHead::Series),
    ("archived", InventoryHead::Archived),
    ("version", InventoryHead::Version),
];

/// Headings made comparable, by what they head.
struct Headings<T> {
    words: QuickMap<Box<str>, T>,
}

impl<T: Copy> Headings<T> {
    fn read(table: &'static str, heads: &[(&str, T)]) -> Self {
        let mut words = QuickMap::default();
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

static INVENTORY: LazyLock<Headings<InventoryHead>> = LazyLock::new(|| {
    Headings::read(
        include_str!("../../data/inventory-headers.tsv"),
        &INVENTORY_HEADS,
    )
});

/// What a heading of an inventory of datasets heads.
///
/// ```
/// use datasteward::lexicon::headings::{InventoryHead, inventory_head};
/// assert_eq!(inventory_head("Update Frequency"), Some(InventoryHead::Refresh));
/// assert_eq!(inventory_head("title.dataset"), Some(InventoryHead::DatasetTitle));
/// ```
#[must_use]
pub fn inventory_head(heading: &str) -> Option<InventoryHead> {
    INVENTORY.find(heading)
}

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
    use super::{
        DICTIONARY, DICTIONARY_HEADS, DictionaryHead, Headings, INVENTORY, INVENTORY_HEADS,
        InventoryHead, comparable, dictionary_head, inventory_head,
    };

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
        for (heading, head) in [
            ("Dataset_Name", InventoryHead::DatasetTitle),
            ("Frecuencia de actualización", InventoryHead::Refresh),
            ("Mots-clés", InventoryHead::Keywords),
            ("Zuständige Stelle", InventoryHead::Department),
            ("Licença", InventoryHead::License),
            ("temporal_coverage.start", InventoryHead::TemporalStart),
        ] {
            assert_eq!(inventory_head(heading), Some(head), "{heading}");
        }
        assert_eq!(dictionary_head("population"), None);
        assert_eq!(dictionary_head(""), None);
        assert_eq!(inventory_head("population"), None);
    }

    fn holds<T: Copy + PartialEq + std::fmt::Debug>(
        table: &str,
        heads: &[(&str, T)],
        read: &Headings<T>,
    ) {
        for line in table.lines().skip(1) {
            let (name, headings) = line.split_once('\t').expect("a name and headings");
            let (_, head) = heads
                .iter()
                .find(|(known, _)| *known == name)
                .expect("a known head");
            for heading in headings.split('|') {
                assert!(comparable(heading).as_str().len() < 40, "{heading}");
                assert_eq!(read.find(heading), Some(*head), "{heading}");
            }
        }
    }

    #[test]
    fn no_heading_stands_for_two_things_and_none_is_too_long_to_be_found() {
        let dictionary = include_str!("../../data/dictionary-headers.tsv");
        holds(dictionary, &DICTIONARY_HEADS, &DICTIONARY);
        let inventory = include_str!("../../data/inventory-headers.tsv");
        holds(inventory, &INVENTORY_HEADS, &INVENTORY);
    }
}

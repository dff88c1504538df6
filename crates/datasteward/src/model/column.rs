//! The fields of a table.

use super::{At, Held, Slot, Text};
use crate::lexicon::roles::{DataType, DisplayFormat, Field};

/// The fields of a dataset, or why there are none.
#[derive(Clone, Debug, PartialEq)]
pub enum Columns<'t> {
    /// The record lists them.
    Listed(Vec<Column<'t>>),
    /// They stand behind these links.
    Referenced(Vec<Held<&'t str>>),
    /// The portal has them; this kind of export leaves them out.
    NotInExport(&'static str),
    /// The format has no place for them.
    NotInFormat(&'static str),
    /// The record could list them and does not; the place is what they are missing from.
    Missing(At),
    /// Data of this kind has no fields.
    None,
}

impl<'t> Columns<'t> {
    /// The fields, where the record lists them.
    #[must_use]
    pub fn listed(&self) -> &[Column<'t>] {
        match self {
            Self::Listed(columns) => columns,
            _ => &[],
        }
    }
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Column<'t> {
    /// Place in the record's own order, from 0, over all its tables.
    pub index: usize,
    /// Which table, file or layer of the dataset it belongs to.
    pub table: Option<usize>,
    /// The name that software uses.
    pub machine_name: Slot<&'t str>,
    /// The name that readers see; the machine name where there is no other.
    pub name: Slot<&'t str>,
    /// Another name in plain words, which readers have to ask for.
    pub alias: Option<&'t str>,
    /// What the values mean.
    pub description: Slot<Text<'t>>,
    /// The type, read.
    pub datatype: DataType,
    /// The type as written.
    pub native_type: Option<&'t str>,
    /// The unit, where the format has a slot for it.
    pub unit: Slot<&'t str>,
    /// How the portal shows the values.
    pub display: DisplayFormat<'t>,
    /// The values it may hold.
    pub values: Vec<ValueItem<'t>>,
    /// A link to the list of values, or the name by which the list is known.
    pub values_url: Slot<&'t str>,
    /// The smallest value it may hold, as the record says.
    pub minimum: Option<&'t str>,
    /// The largest value it may hold.
    pub maximum: Option<&'t str>,
    /// What stands for "no value".
    pub missing_values: Vec<&'t str>,
    /// Whether a value is always there.
    pub required: Option<bool>,
    /// Whether no value occurs twice.
    pub unique: Option<bool>,
    /// Whether it tells the rows apart.
    pub is_key: Option<bool>,
    /// Values shown as examples.
    pub examples: Vec<&'t str>,
    /// A link to what the field means, in a vocabulary.
    pub concept: Slot<&'t str>,
    /// The steward has said that it holds personal or protected facts.
    pub sensitive: Option<bool>,
    /// Facts about the values.
    pub stats: Option<Stats<'t>>,
    /// Made or hidden by the portal; never judged.
    pub is_system: bool,
}

impl<'t> Column<'t> {
    /// A field of which only its place is known.
    #[must_use]
    pub fn empty(index: usize, at: At) -> Self {
        Self {
            index,
            table: None,
            machine_name: Slot::absent(at),
            name: Slot::absent(at),
            alias: None,
            description: Slot::absent(at),
            datatype: DataType::Unknown,
            native_type: None,
            unit: Slot::NotInFormat(""),
            display: DisplayFormat::default(),
            values: Vec::new(),
            values_url: Slot::NotInFormat(""),
            minimum: None,
            maximum: None,
            missing_values: Vec::new(),
            required: None,
            unique: None,
            is_key: None,
            examples: Vec::new(),
            concept: Slot::NotInFormat(""),
            sensitive: None,
            stats: None,
            is_system: false,
        }
    }

    /// What the lexicon is told of the field.
    #[must_use]
    pub fn field(&self) -> Field<'_> {
        let stats = self.stats.as_ref();
        Field {
            name: self.shown_name(),
            machine_name: self.machine_name.value().copied().unwrap_or_default(),
            description: self.description_text(),
            datatype: self.datatype,
            display: self.display,
            unit: self.unit.value().copied(),
            distinct: stats.and_then(|stats| stats.distinct),
            top_values: stats.map_or(&[], |stats| &stats.top),
            is_system: self.is_system,
            home_currency: None,
            subject: None,
        }
    }

    /// The name that readers see, else the machine name, else nothing.
    #[must_use]
    pub fn shown_name(&self) -> &'t str {
        self.name
            .value()
            .or_else(|| self.machine_name.value())
            .copied()
            .unwrap_or_default()
    }

    /// Where its name stands.
    #[must_use]
    pub fn name_at(&self) -> Option<At> {
        self.name.at().or(self.machine_name.at())
    }

    /// Whether something that is said of the field stands at a place.
    #[must_use]
    pub fn stands_at(&self, at: At) -> bool {
        [
            self.machine_name.at(),
            self.name.at(),
            self.description.at(),
            self.unit.at(),
            self.values_url.at(),
            self.concept.at(),
        ]
        .contains(&Some(at))
    }

    /// What tells the field apart from its neighbours: the machine name, else the shown one.
    #[must_use]
    pub fn key(&self) -> &'t str {
        self.machine_name
            .value()
            .or_else(|| self.name.value())
            .copied()
            .unwrap_or_default()
    }

    /// The description as a reader sees it; empty where there is none.
    #[must_use]
    pub fn description_text(&self) -> &str {
        self.description
            .value()
            .map_or("", |text| text.plain.as_ref())
    }
}

/// A value that a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueItem<'t> {
    /// As it stands in the data.
    pub value: &'t str,
    /// What it means.
    pub label: Option<&'t str>,
}

/// Facts about the values of a field, as the portal counted them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats<'t> {
    /// Rows with a value.
    pub filled: Option<u64>,
    /// Rows without one.
    pub nulls: Option<u64>,
    /// Different values.
    pub distinct: Option<u64>,
    /// The smallest value.
    pub smallest: Option<&'t str>,
    /// The largest value.
    pub largest: Option<&'t str>,
    /// The commonest values, as far as they are published.
    pub top: Vec<&'t str>,
}

impl Stats<'_> {
    /// Rows of the table, as far as this field tells.
    #[must_use]
    pub fn rows(&self) -> Option<u64> {
        self.filled
            .map(|filled| filled.saturating_add(self.nulls.unwrap_or(0)))
    }
}

/// A data dictionary beside the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dictionary<'t> {
    /// Where it can be read.
    pub url: &'t str,
    /// Its media type.
    pub media_type: Option<&'t str>,
}

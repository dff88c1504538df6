//! Record to model: one file a format.
//!
//! [`detect`] tells from a record's content which format it is in, never from a file's name; the format's `read` fills
//! a [`Dataset`]. This is the only place that knows all formats. A slot that a format lacks is `NotInFormat`, one that
//! its portal has and this export drops is `NotInExport`; both say where the answer can be written or found.

mod arcgis_hub;
mod arcgis_item;
mod arcgis_layer;
mod ckan;
mod croissant;
mod csvw;
mod custom_fields;
mod data_package;
mod dcat;
mod dcat_ap;
mod dcat_us_1_0;
mod dcat_us_1_1;
mod dcat_us_3;
mod dictionary;
mod elements;
mod esri;
mod fgdc_csdgm;
mod form;
mod inventory;
mod iso_19139;
mod linked;
pub(crate) mod native;
mod opendatasoft;
mod papers;
mod schema_org;
mod slots;
mod socrata_discovery;
mod socrata_view;
pub(crate) mod structure;
mod udata;

use crate::model::{AssetKind, At, Dataset};
use crate::source::split::{HeaderMember, Shape};
use crate::source::tree::{Kind, Value};

/// A metadata format.
pub struct Format {
    /// Its id in reports: `dcat-us-1.1`.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// By what it is known, for people.
    pub known_by: &'static str,
    /// The keys of the root object, or paths of keys, under which a document keeps its records, where it does.
    containers: &'static [&'static str],
    /// Keys of strings that hold JSON.
    pub(crate) json_in_strings: &'static [&'static str],
    detect: fn(Value<'_>, &Surroundings<'_>) -> Option<&'static str>,
    read: for<'t> fn(Value<'t>, &Surroundings<'t>) -> Dataset<'t>,
    /// Keys of a record that its reader knows, so that unknown ones can be shown.
    known_keys: &'static [&'static str],
}

impl Format {
    /// Whether a list of such records is one dataset: a variable is a part of its dictionary.
    pub(crate) fn is_part_of_a_list(&self) -> bool {
        self.id == dictionary::FORMAT.id
    }

    /// Whether a record is in this format, and by what that is known.
    fn know(
        &'static self,
        record: Value<'_>,
        surroundings: &Surroundings<'_>,
    ) -> Option<(&'static Self, &'static str)> {
        (self.detect)(record, surroundings).map(|reason| (self, reason))
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

/// What stands around a record in its document.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// How the document lays out its records.
    pub shape: Shape,
    /// What stands beside the list of records.
    pub header: &'a [HeaderMember<'a>],
}

impl Surroundings<'_> {
    /// Whether a member of the catalogue's header holds a text.
    fn header_says(&self, key: &str, text: &str) -> bool {
        self.header
            .iter()
            .filter(|member| member.key == key.as_bytes())
            .any(|member| memchr::memmem::find(member.value, text.as_bytes()).is_some())
    }

    /// A member of the catalogue's header, as it is written.
    fn header_text(&self, key: &str) -> Option<&str> {
        let mut members = self.header.iter();
        let member = members.find(|member| member.key == key.as_bytes())?;
        std::str::from_utf8(member.value).ok()
    }
}

/// The formats, in the order in which they are tried: the first that knows a record reads it.
pub static FORMATS: &[&Format] = &[
    &native::FORMAT,
    &croissant::FORMAT,
    &csvw::FORMAT,
    &dcat_us_3::FORMAT,
    &dcat_ap::FORMAT,
    &schema_org::FORMAT,
    &dcat_us_1_1::FORMAT,
    &dcat_us_1_0::FORMAT,
    &socrata_discovery::FORMAT,
    &socrata_view::FORMAT,
    &ckan::FORMAT,
    &arcgis_hub::FORMAT,
    &arcgis_item::FORMAT,
    &arcgis_layer::FORMAT,
    &udata::FORMAT,
    &opendatasoft::FORMAT,
    &iso_19139::FORMAT,
    &fgdc_csdgm::FORMAT,
    &data_package::FORMAT,
    &dictionary::FORMAT,
    &inventory::FORMAT,
    &form::FORMAT,
];

/// How many headings of a row we know, where it heads a table of metadata: a data dictionary or an inventory. 0 where it
/// heads a table of data, or nothing.
#[must_use]
pub fn weigh_headings(headings: &[&str]) -> usize {
    dictionary::weigh(headings).max(inventory::weigh(headings))
}

/// Whether a word is a label of a form about one dataset: what an inventory has as a heading.
#[cfg(feature = "xlsx")]
#[must_use]
pub fn is_label(word: &str) -> bool {
    crate::lexicon::headings::inventory_head(word).is_some()
}

/// Whether a row of headings may head a data dictionary, whose rows are one dataset together, and is no better one of
/// an inventory.
#[must_use]
pub fn may_be_dictionary(headings: &[&str]) -> bool {
    let weight = dictionary::weigh(headings);
    weight > 0 && weight >= inventory::weigh(headings)
}

/// The keys under which documents keep their lists of records.
#[must_use]
pub fn containers() -> Vec<&'static str> {
    FORMATS
        .iter()
        .flat_map(|format| format.containers)
        .copied()
        .collect()
}

/// Which format a record is in, and by what it was known.
#[must_use]
pub fn detect(
    record: Value<'_>,
    surroundings: &Surroundings<'_>,
) -> Option<(&'static Format, &'static str)> {
    if record.kind() == Kind::Array {
        // Only the rows of a data dictionary make one record together.
        return dictionary::FORMAT.know(record, surroundings);
    }
    if !record.is_object() {
        return None;
    }
    FORMATS
        .iter()
        .find_map(|format| format.know(record, surroundings))
}

/// By what a record is known as one of a format that somebody named.
#[must_use]
pub fn fits(
    format: &Format,
    record: Value<'_>,
    surroundings: &Surroundings<'_>,
) -> Option<&'static str> {
    (format.detect)(record, surroundings)
}

/// Reads a record in a format that was detected or named.
#[must_use]
pub fn read<'t>(
    format: &Format,
    record: Value<'t>,
    surroundings: &Surroundings<'t>,
) -> Dataset<'t> {
    let mut dataset = (format.read)(record, surroundings);
    if dataset.extra.is_empty() {
        dataset.extra = unknown_keys(format, record);
    }
    if papers::is_document(&dataset) {
        dataset.kind = AssetKind::Document;
    }
    dataset.texts = slots::unusual_texts(record);
    for node in linked::nodes_beside(record) {
        dataset.texts.extend(slots::unusual_texts(node));
    }
    dataset
}

/// The keys of a record that its reader does not know.
fn unknown_keys<'t>(format: &Format, record: Value<'t>) -> Vec<(&'t str, At)> {
    record
        .members()
        .filter(|(key, _)| {
            let is_known = |name| format.known_keys.contains(&name);
            !is_known(linked::local(key)) && !is_known(linked::term(key)) && !key.starts_with('@')
        })
        .map(|(key, value)| (key, value.at()))
        .collect()
}

/// The datasets that a document of linked data describes, in the order written: nodes typed as datasets, at the root, in
/// a graph, or in a catalogue. A node that only names a dataset is none.
#[must_use]
pub fn datasets_of_graph(root: Value<'_>) -> Vec<Value<'_>> {
    linked::datasets(root)
}

/// Whether a document of linked data is about other things than datasets.
#[must_use]
pub fn describes_no_dataset(root: Value<'_>) -> bool {
    linked::is_linked(root) && !linked::is_dataset(root, "")
}

/// The address that explains the keys of a record, where they are none of those that we know.
#[must_use]
pub fn unknown_context(record: Value<'_>) -> Option<&str> {
    linked::remote_context(record)
}

/// Whether it is the data itself: a place on a map with its facts, or a list of such.
pub(crate) fn is_map_data(record: Value<'_>) -> bool {
    let kind = record.get("type").and_then(Value::as_str);
    match kind {
        Some("Feature") => record.get("geometry").is_some(),
        Some("FeatureCollection") => record.get("features").is_some(),
        _ => false,
    }
}

/// A portal's answer that is an error and not a dataset: its message.
#[must_use]
pub fn error_reply(record: Value<'_>) -> Option<&str> {
    let refused = record.get("error").and_then(Value::as_bool) == Some(true)
        || record.path(&["error", "message"]).is_some()
        || record.get("success").and_then(Value::as_bool) == Some(false);
    let named = ["title", "name"]
        .iter()
        .any(|key| record.get(key).is_some());
    if !refused || named {
        return None;
    }
    let holders = [Some(record), record.get("error")];
    let mut holders = holders.into_iter().flatten();
    holders
        .find_map(|holder| {
            let mut keys = ["message", "error", "code"].iter();
            keys.find_map(|key| holder.get(key).and_then(Value::as_str))
        })
        .or(Some("no message"))
}

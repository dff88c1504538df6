//! datasteward's own format: a place for everything the checklist asks (`schemas/native-1.schema.json`).
//!
//! [`read`] fills the model, [`write`] makes a record of one. A record written from another format lists in
//! `extra.not_in_source` what that format has no place for, and in `extra.not_in_export` what its portal leaves out, so
//! that "unknown" never becomes "missing" on the way.

mod read;
mod write;

use super::{Format, Surroundings};
use crate::model::{BlankKind, Slot};
use crate::source::tree::Value;
pub(crate) use write::write;

pub(super) static FORMAT: Format = Format {
    id: "native",
    name: "datasteward record",
    known_by: "a `datasteward` key with a version",
    containers: &["datasets"],
    json_in_strings: &[],
    detect,
    read: read::read,
    known_keys: &[
        "datasteward",
        "id",
        "title",
        "summary",
        "description",
        "description_format",
        "language",
        "keywords",
        "category",
        "department",
        "publisher",
        "contact",
        "source",
        "method",
        "purpose",
        "usage_notes",
        "context",
        "limitations",
        "no_known_limitations",
        "license",
        "rights",
        "access",
        "refresh",
        "created",
        "issued",
        "data_updated",
        "metadata_updated",
        "coverage",
        "crs",
        "time_zone",
        "default_currency",
        "row_label",
        "rows",
        "status",
        "replaced_by",
        "parent",
        "view",
        "series",
        "distributions",
        "dictionary",
        "columns",
        "acknowledge",
        "extra",
        "other_ids",
        "creators",
        "modified",
        "bytes",
        "preview",
        "served_by_portal",
        "table_id",
        "replaces",
        "derived_from",
        "kind",
        "landing_page",
        "version",
        "domain",
    ],
};

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    if record.get("datasteward").and_then(Value::as_str).is_some() {
        return Some("it has a `datasteward` key with a version");
    }
    around
        .header
        .iter()
        .any(|member| member.key == b"datasteward")
        .then_some("its catalogue has a `datasteward` key with a version")
}

/// Where the answer stands that a converted record could not take along.
const MADE_FROM: &str = "the record that this one was made from";

/// Why a slot could not be filled, whatever the steward does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absent {
    /// The format has no place for it.
    Format,
    /// This kind of export leaves it out.
    Export,
}

/// A slot of any type.
trait Place {
    /// Why it could not be filled, where it could not.
    fn lacks(&self) -> Option<Absent>;
    /// Marks a slot whose key is missing as one that could not be filled.
    fn withhold(&mut self, absent: Absent);
}

impl<T> Place for Slot<T> {
    fn lacks(&self) -> Option<Absent> {
        match self {
            Self::NotInFormat(_) => Some(Absent::Format),
            Self::NotInExport(_) => Some(Absent::Export),
            _ => None,
        }
    }

    fn withhold(&mut self, absent: Absent) {
        let is_missing = matches!(
            self,
            Self::Blank {
                kind: BlankKind::Absent,
                ..
            } | Self::NotInFormat(_)
        );
        if is_missing {
            *self = match absent {
                Absent::Format => Self::NotInFormat(MADE_FROM),
                Absent::Export => Self::NotInExport(MADE_FROM),
            };
        }
    }
}

/// The slots of a part of the model by their canonical names: one list for reading and writing.
macro_rules! slots_of {
    (dataset $it:ident $(, $mutable:tt)?) => {
        slots_of!(@ $it, [$($mutable)?],
            "id" id, "domain" domain, "title" title, "summary" summary, "description" description,
            "keywords" keywords, "categories" categories, "language" language, "publisher" publisher,
            "department" department, "creators" creators, "contact" contact, "source" sources,
            "limitations" limitations, "method" method, "purpose" purpose, "usage_notes" usage_notes,
            "context_links" context_links, "license" license, "rights" rights, "access" access,
            "refresh" refresh, "created" created, "issued" issued, "metadata_modified" metadata_modified,
            "modified" modified, "data_updated" data_updated, "temporal" temporal, "spatial" spatial,
            "crs" crs, "time_zone" time_zone, "currency" currency, "row_label" row_label, "rows" rows,
            "bytes" bytes, "dictionary" dictionary, "distributions" distributions,
            "landing_page" landing_page, "preview" preview, "retired" retired, "version" version)
    };
    (contact $it:ident $(, $mutable:tt)?) => {
        slots_of!(@ $it, [$($mutable)?], "contact.name" name, "contact.email" email, "contact.url" url)
    };
    (distribution $it:ident $(, $mutable:tt)?) => {
        slots_of!(@ $it, [$($mutable)?],
            "distributions.title" title, "distributions.description" description,
            "distributions.access_url" access_url, "distributions.download_url" download_url,
            "distributions.format" format, "distributions.media_type" media_type,
            "distributions.inner_format" inner_format, "distributions.bytes" bytes,
            "distributions.modified" modified, "distributions.license" license,
            "distributions.schema" schema_ref)
    };
    (column $it:ident $(, $mutable:tt)?) => {
        slots_of!(@ $it, [$($mutable)?],
            "columns.machine_name" machine_name, "columns.name" name, "columns.description" description,
            "columns.unit" unit, "columns.values_url" values_url, "columns.concept" concept)
    };
    (@ $it:ident, [], $($name:literal $field:ident),*) => {
        [$(($name, &$it.$field as &dyn Place)),*]
    };
    (@ $it:ident, [mut], $($name:literal $field:ident),*) => {
        [$(($name, &mut $it.$field as &mut dyn Place)),*]
    };
}
use slots_of;

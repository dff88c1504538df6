//! Socrata's own record of one dataset (`/api/views/ID`), and lists of them.

use super::socrata_discovery::{display, license_with_link, mark_point_parts, origin};
use super::{Format, Surroundings, custom_fields, slots};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    AssetKind, Column, Columns, Contact, Dataset, Dictionary, Held, Slot, Stats, ValueItem,
};
use crate::source::tree::Value;

pub(super) static FORMAT: Format = Format {
    id: "socrata-view",
    name: "Socrata dataset",
    known_by: "an id such as `ab12-cd34` with `columns` or a view type, from `/api/views`",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "id",
        "name",
        "description",
        "tags",
        "category",
        "attribution",
        "attributionLink",
        "license",
        "licenseId",
        "createdAt",
        "publicationDate",
        "rowsUpdatedAt",
        "viewLastModified",
        "columns",
        "metadata",
        "query",
        "tableId",
        "modifyingViewUid",
        "displayType",
        "viewType",
        "owner",
        "tableAuthor",
        "publicationStage",
        "assetType",
        "domainCName",
        "provenance",
        "averageRating",
        "downloadCount",
        "viewCount",
        "numberOfComments",
        "oid",
        "newBackend",
        "indexUpdatedAt",
        "publicationAppendEnabled",
        "publicationGroup",
        "rowsUpdatedBy",
        "totalTimesRated",
        "grants",
        "rights",
        "flags",
        "displayFormat",
        "rowIdentifierColumnId",
        "hideFromCatalog",
        "state",
        "hideFromDataJson",
        "rowClass",
        "signed",
        "resourceName",
        "blobFilename",
        "blobMimeType",
        "approvals",
        "clientContext",
        "diciBackend",
        "locale",
        "childViews",
        "moderationStatus",
    ],
};

/// The view itself, or that of an export (`rows.json`), where it stands before the data.
fn view_of(record: Value<'_>) -> Value<'_> {
    record.path(&["meta", "view"]).unwrap_or(record)
}

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let record = view_of(record);
    let id = record.get("id").and_then(Value::as_str)?;
    let shaped = ["columns", "viewType", "displayType", "tableId"]
        .iter()
        .any(|key| record.get(key).is_some());
    (is_four_by_four(id) && shaped)
        .then_some("its `id` has Socrata's form (`abcd-1234`) and it has `viewType`, `displayType` or `columns`")
}

/// Socrata's ids: four letters or digits, a hyphen, four more.
fn is_four_by_four(id: &str) -> bool {
    let bytes = id.as_bytes();
    bytes.len() == 9
        && bytes.iter().enumerate().all(|(at, byte)| {
            if at == 4 {
                *byte == b'-'
            } else {
                byte.is_ascii_lowercase() || byte.is_ascii_digit()
            }
        })
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let record = view_of(record);
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.lineage.is_filtered = is_filtered(record);
    dataset.lineage.parent_ids = ["modifyingViewUid"]
        .iter()
        .filter_map(|key| record.get(key))
        .chain(record.path(&["query", "originalViewId"]))
        .filter_map(|value| Some(Held::new(value.as_str()?, value.at())))
        .collect();
    dataset.lineage.table_id = record
        .get("tableId")
        .and_then(|value| Some(Held::new(value.as_text()?, value.at())));
    dataset.kind = kind(record, &dataset);
    dataset.views = slots::views(record, &["viewCount"]);
    dataset.id = slots::word(record, "id");
    dataset.domain = match record.get("domainCName") {
        Some(value) => slots::word_of(value),
        None => Slot::NotInExport("the address that this record was taken from"),
    };
    dataset.title = slots::text(record, "name");
    dataset.description = slots::text(record, "description");
    dataset.keywords = slots::words(record, "tags");
    dataset.categories = slots::words(record, "category");
    dataset.sources = origin(
        slots::text(record, "attribution"),
        slots::word(record, "attributionLink"),
        record,
    );
    dataset.license = license(record);
    dataset.publisher = Slot::NotInExport("the portal's own name");
    dataset.contact = contact(record);
    dataset.created = slots::epoch_seconds(record, "createdAt");
    dataset.issued = slots::epoch_seconds(record, "publicationDate");
    dataset.metadata_modified = slots::epoch_seconds(record, "viewLastModified");
    dataset.data_updated = slots::epoch_seconds(record, "rowsUpdatedAt");
    dataset.modified = Slot::NotInFormat("Socrata keeps the dates of data and metadata apart");
    dataset.served_by_portal = matches!(
        dataset.kind,
        AssetKind::Table | AssetKind::View | AssetKind::GeoLayer | AssetKind::Map
    );
    dataset.distributions =
        Slot::NotInFormat("Socrata offers each table as CSV, JSON and more by itself");
    dataset.landing_page = Slot::NotInExport("the address that this record was taken from");
    dataset.columns = columns(record, dataset.kind);
    if let Some(metadata) = record.get("metadata") {
        dataset.row_label = row_label(metadata);
        dataset.dictionary = attachments(metadata);
        dataset.custom = custom(metadata);
    }
    dataset.rows = Slot::NotInFormat("counted from the fields' statistics");
    custom_fields::fill(&mut dataset);
    custom_fields::mark_without_time_or_place(&mut dataset);
    dataset
}

fn is_filtered(record: Value<'_>) -> bool {
    let full = |value: Value<'_>| !value.is_null() && value.raw().len() > 2;
    let query = |keys: &[&str]| record.path(keys).is_some_and(full);
    query(&["query", "filterCondition"])
        || query(&["query", "groupBys"])
        || query(&["metadata", "jsonQuery", "where"])
        || query(&["metadata", "jsonQuery", "group"])
}

fn kind(record: Value<'_>, dataset: &Dataset<'_>) -> AssetKind {
    let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("viewType"), text("displayType")) {
        ("href", _) | (_, "href") => AssetKind::Link,
        ("blobby", _) => AssetKind::File,
        ("story", _) => AssetKind::Story,
        (_, "map") | ("geo", _) => {
            if dataset.lineage.parent_ids.is_empty() && !dataset.lineage.is_filtered {
                AssetKind::GeoLayer
            } else {
                AssetKind::Map
            }
        }
        (_, "chart" | "visualization_canvas_chart") => AssetKind::Chart,
        (_, "calendar") => AssetKind::Calendar,
        _ if dataset.lineage.is_filtered || !dataset.lineage.parent_ids.is_empty() => {
            AssetKind::View
        }
        _ => AssetKind::Table,
    }
}

fn license(record: Value<'_>) -> Slot<crate::model::License<'_>> {
    let Some(license) = record.get("license") else {
        return slots::license(record, "licenseId");
    };
    license_with_link(
        slots::license(license, "name"),
        slots::word(license, "termsLink"),
    )
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let email = record.path(&["privateMetadata", "contactEmail"]);
    email.map_or(
        Slot::NotInExport(
            "Socrata keeps the contact with the dataset; the public record leaves it out",
        ),
        |email| {
            Slot::filled(
                Contact {
                    name: Slot::NotInFormat(""),
                    email: slots::word_of(email),
                    url: Slot::NotInFormat(""),
                },
                email.at(),
            )
        },
    )
}

/// Socrata shows "Row" until a steward writes a better label.
fn row_label(metadata: Value<'_>) -> Slot<&str> {
    match slots::word(metadata, "rowLabel") {
        Slot::Filled(held) if held.value.eq_ignore_ascii_case("row") => Slot::Blank {
            at: held.at,
            kind: crate::model::BlankKind::Template,
        },
        slot => slot,
    }
}

fn attachments(metadata: Value<'_>) -> Slot<Dictionary<'_>> {
    let Some(list) = metadata.get("attachments") else {
        return Slot::absent(metadata.at());
    };
    let named = |item: Value<'_>| {
        ["name", "filename"].iter().any(|key| {
            let name = item.get(key).and_then(Value::as_str).unwrap_or_default();
            let lower = name.to_ascii_lowercase();
            custom_fields::is_about_fields(name)
                || ["metadata", "fields"]
                    .iter()
                    .any(|word| lower.contains(word))
        })
    };
    list.items()
        .find(|item| named(*item))
        .and_then(|item| {
            let url = ["filename", "name"]
                .iter()
                .find_map(|key| item.get(key)?.as_str())?;
            Some(Slot::filled(
                Dictionary {
                    url,
                    media_type: None,
                },
                item.at(),
            ))
        })
        .unwrap_or(Slot::absent(list.at()))
}

fn custom<'t>(metadata: Value<'t>) -> Vec<(String, Held<&'t str>)> {
    let Some(sections) = metadata.get("custom_fields") else {
        return Vec::new();
    };
    sections
        .members()
        .flat_map(|(section, fields)| {
            fields.members().filter_map(move |(field, value)| {
                let key = custom_fields::joined(section, field);
                Some((key, Held::new(value.as_text()?, value.at())))
            })
        })
        .collect()
}

fn columns<'t>(record: Value<'t>, kind: AssetKind) -> Columns<'t> {
    let Some(list) = record.get("columns") else {
        return match kind {
            AssetKind::File | AssetKind::Link | AssetKind::Story => Columns::None,
            _ => Columns::NotInExport(
                "ask the portal for this dataset alone (`/api/views/ID.json`) to see its fields",
            ),
        };
    };
    let mut columns: Vec<_> = list
        .items()
        .enumerate()
        .map(|(index, item)| column(index, item))
        .collect();
    if columns.is_empty() {
        return Columns::Missing(list.at());
    }
    mark_point_parts(&mut columns);
    Columns::Listed(columns)
}

fn column(index: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.name = slots::name(item, "name");
    column.machine_name = slots::name(item, "fieldName");
    column.description = slots::text(item, "description");
    column.native_type = item
        .get("dataTypeName")
        .or_else(|| item.get("renderTypeName"))
        .and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    if let Some(format) = item.get("format") {
        column.display = display(format);
    }
    column.values = dropdown(item);
    column.stats = item
        .get("cachedContents")
        .filter(|it| it.is_object())
        .map(stats);
    let hidden = item
        .get("flags")
        .is_some_and(|flags| flags.items().any(|flag| flag.as_str() == Some("hidden")));
    column.is_system = hidden || is_system(column.shown_name(), column.key());
    column
}

/// The values of a column that is filled from a list.
fn dropdown(item: Value<'_>) -> Vec<ValueItem<'_>> {
    let Some(list) = item.path(&["dropDown", "values"]) else {
        return Vec::new();
    };
    list.items()
        .filter_map(|value| {
            Some(ValueItem {
                value: value.get("id")?.as_text()?,
                label: value.get("description").and_then(Value::as_text),
            })
        })
        .collect()
}

fn stats(cached: Value<'_>) -> Stats<'_> {
    let count = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| slots::read_count(cached.get(key)?))
    };
    let text = |key: &str| cached.get(key).and_then(Value::as_text);
    Stats {
        // Newer portals write `not_null`; where both stand, it is the one that is kept up.
        filled: count(&["not_null", "non_null"]),
        nulls: count(&["null"]),
        distinct: count(&["cardinality"]),
        smallest: text("smallest"),
        largest: text("largest"),
        top: cached
            .get("top")
            .map(|top| {
                top.items()
                    .filter_map(|item| item.get("item")?.as_text())
                    .collect()
            })
            .unwrap_or_default(),
    }
}

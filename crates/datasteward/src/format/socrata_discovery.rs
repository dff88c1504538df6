//! Records of Socrata's discovery API (`/api/catalog/v1`): one a line, or under `results`.

use super::{Format, Surroundings, custom_fields, slots};
use crate::lexicon::roles::{DataType, DisplayFormat, is_system};
use crate::model::{
    Agent, AgentKind, AssetKind, Column, Columns, Contact, Dataset, Held, License, Origin, Slot,
};
use crate::source::tree::Value;

const ROWS: &str =
    "Socrata knows the number of rows; the page of the dataset shows it, this export leaves it out";

pub(super) static FORMAT: Format = Format {
    id: "socrata-discovery",
    name: "Socrata catalogue",
    known_by: "records with `resource` and `classification`, from the discovery API",
    containers: &["results"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "resource",
        "classification",
        "metadata",
        "permalink",
        "link",
        "owner",
        "creator",
        "preview_image_url",
        "published_copy",
    ],
};

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let has_id = record.path(&["resource", "id"]).is_some();
    (has_id && record.get("classification").is_some()).then_some(
        "it has `resource.id` and `classification`, as Socrata's discovery API writes them",
    )
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    let Some(resource) = record.get("resource") else {
        return dataset;
    };
    dataset.kind = kind(resource);
    dataset.views = slots::views(resource, &["page_views", "page_views_total"]);
    dataset.id = slots::word(resource, "id");
    dataset.title = slots::text(resource, "name");
    dataset.description = slots::text(resource, "description");
    if let Some(metadata) = record.get("metadata") {
        dataset.domain = slots::word(metadata, "domain");
        dataset.license = slots::license(metadata, "license");
    }
    if let Some(classes) = record.get("classification") {
        dataset.keywords = slots::words(classes, "domain_tags");
        dataset.categories = slots::words(classes, "domain_category");
        dataset.custom = custom(classes);
    }
    dataset.publisher = match dataset.domain.held() {
        Some(domain) => Slot::filled(
            Agent {
                name: domain.value,
                kind: AgentKind::Organization,
                ..Agent::default()
            },
            domain.at,
        ),
        None => Slot::absent(record.at()),
    };
    dataset.sources = sources(resource);
    dataset.contact = contact(resource);
    dataset.created = slots::day(resource, "createdAt");
    dataset.issued = slots::day(resource, "publication_date");
    dataset.metadata_modified = slots::day(resource, "metadata_updated_at");
    dataset.modified = slots::day(resource, "updatedAt");
    dataset.data_updated = slots::day(resource, "data_updated_at");
    dataset.landing_page = slots::word(record, "permalink");
    dataset.lineage.parent_ids = parents(resource);
    dataset.served_by_portal = matches!(
        dataset.kind,
        AssetKind::Table | AssetKind::View | AssetKind::GeoLayer
    );
    dataset.rows = Slot::NotInExport(ROWS);
    dataset.row_label = Slot::NotInExport(
        "Socrata keeps the row label with the dataset; this export leaves it out",
    );
    dataset.distributions =
        Slot::NotInFormat("Socrata offers each table as CSV, JSON and more by itself");
    dataset.columns = columns(resource, dataset.kind);
    custom_fields::fill(&mut dataset);
    custom_fields::mark_without_time_or_place(&mut dataset);
    dataset
}

fn kind(resource: Value<'_>) -> AssetKind {
    let text = |key: &str| resource.get(key).and_then(Value::as_str);
    match text("type") {
        Some("dataset") if text("lens_view_type") == Some("geo") => AssetKind::GeoLayer,
        Some("dataset") => AssetKind::Table,
        Some("filter" | "view" | "measure") => AssetKind::View,
        Some("chart" | "visualization") => AssetKind::Chart,
        Some("map") => AssetKind::Map,
        Some("calendar") => AssetKind::Calendar,
        Some("story") => AssetKind::Story,
        Some("file") => AssetKind::File,
        Some("href" | "link" | "federated_href") => AssetKind::Link,
        _ => AssetKind::Unknown,
    }
}

fn custom<'t>(classes: Value<'t>) -> Vec<(String, Held<&'t str>)> {
    let Some(list) = classes.get("domain_metadata") else {
        return Vec::new();
    };
    list.items()
        .filter_map(|item| {
            let key = item.get("key").and_then(Value::as_str)?;
            let value = item.get("value")?;
            Some((key.to_owned(), Held::new(value.as_text()?, value.at())))
        })
        .collect()
}

fn sources(resource: Value<'_>) -> Slot<Vec<Held<Origin<'_>>>> {
    let name = slots::text(resource, "attribution");
    let url = slots::word(resource, "attribution_link");
    origin(name, url, resource)
}

/// An attribution as the source of the data; shared with single views.
pub(super) fn origin<'t>(
    name: Slot<crate::model::Text<'t>>,
    url: Slot<&'t str>,
    parent: Value<'t>,
) -> Slot<Vec<Held<Origin<'t>>>> {
    if !name.is_filled() && !url.is_filled() {
        return match name {
            Slot::Blank { at, kind } => Slot::Blank { at, kind },
            _ => Slot::absent(parent.at()),
        };
    }
    let at = name
        .held()
        .map(|held| held.at)
        .or_else(|| url.at())
        .unwrap_or(parent.at());
    let origin = Origin {
        name,
        url,
        retrieved: Slot::NotInFormat(""),
        note: Slot::NotInFormat(""),
    };
    Slot::filled(vec![Held::new(origin, at)], at)
}

fn contact(resource: Value<'_>) -> Slot<Contact<'_>> {
    slots::verbatim(resource, "contact_email")
        .map(|_| ())
        .held()
        .map_or(
            Slot::NotInExport(
                "Socrata keeps the contact with the dataset; this export mostly leaves it out",
            ),
            |held| {
                Slot::filled(
                    Contact {
                        name: Slot::NotInFormat(""),
                        email: slots::verbatim(resource, "contact_email"),
                        url: Slot::NotInFormat(""),
                    },
                    held.at,
                )
            },
        )
}

fn parents(resource: Value<'_>) -> Vec<Held<&str>> {
    let Some(list) = resource.get("parent_fxf") else {
        return Vec::new();
    };
    list.one_or_many()
        .filter_map(|item| item.as_str().map(|_| item).or_else(|| item.get("id")))
        .filter_map(|item| Some(Held::new(item.as_str()?, item.at())))
        .collect()
}

/// Five parallel lists hold the columns.
fn columns<'t>(resource: Value<'t>, kind: AssetKind) -> Columns<'t> {
    let list = |key: &str| -> Vec<Value<'t>> {
        resource
            .get(key)
            .map(|list| list.items().collect())
            .unwrap_or_default()
    };
    let names = list("columns_name");
    let machine_names = list("columns_field_name");
    let (types, texts, formats) = (
        list("columns_datatype"),
        list("columns_description"),
        list("columns_format"),
    );
    let length = names.len().max(machine_names.len());
    if length == 0 {
        return match kind {
            AssetKind::File | AssetKind::Link | AssetKind::Story | AssetKind::Document => {
                Columns::None
            }
            _ => Columns::NotInExport(
                "Socrata shows the fields on the page of the dataset; this export leaves them out here",
            ),
        };
    }
    let columns = (0..length).map(|index| {
        let mut column = Column::empty(index, resource.at());
        if let Some(name) = names.get(index) {
            column.name = slots::name_of(*name);
        }
        if let Some(name) = machine_names.get(index) {
            column.machine_name = slots::name_of(*name);
        }
        if let Some(text) = texts.get(index) {
            column.description = slots::text_of(*text);
        }
        column.native_type = types.get(index).and_then(|it| it.as_str());
        column.datatype = column
            .native_type
            .map_or(DataType::Unknown, DataType::parse);
        if let Some(format) = formats.get(index) {
            column.display = display(*format);
        }
        column.is_system = is_system(column.shown_name(), column.key());
        column
    });
    let mut columns: Vec<_> = columns.collect();
    mark_point_parts(&mut columns);
    Columns::Listed(columns)
}

/// Display options that a portal keeps for a column; the same keys in both of Socrata's exports.
pub(super) fn display(format: Value<'_>) -> DisplayFormat<'_> {
    let text = |key: &str| format.get(key).and_then(Value::as_text);
    DisplayFormat {
        precision_style: text("precisionStyle"),
        currency: text("currencyStyle").or_else(|| text("currency")),
        percent_scale: text("percentScale"),
        view: text("view"),
        display_style: text("displayStyle"),
    }
}

/// The address, city, state and zip that Socrata makes out of a location column (`location_city`).
pub(super) fn mark_point_parts(columns: &mut [Column<'_>]) {
    let places: Vec<String> = columns
        .iter()
        .filter(|column| column.datatype.is_geometry())
        .map(|column| column.key().to_owned())
        .collect();
    for column in columns {
        let part_of = |place: &String| {
            column
                .key()
                .strip_prefix(place.as_str())
                .is_some_and(|tail| matches!(tail, "_address" | "_city" | "_state" | "_zip"))
        };
        column.is_system |= places.iter().any(part_of);
    }
}

/// A license with the link beside its name; shared with single views.
pub(super) fn license_with_link<'t>(
    name: Slot<License<'t>>,
    link: Slot<&'t str>,
) -> Slot<License<'t>> {
    name.map(|license| License {
        url: link.value().copied(),
        ..license
    })
}

//! What the records of ArcGIS share: fields with domains, kinds of items, extents, coordinate systems, credits.

use std::collections::BTreeMap;

use super::slots;
use crate::lexicon::placeholder;
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    AssetKind, BlankKind, Column, Columns, Held, License, Origin, Slot, Spatial, Stats, Text,
    ValueItem,
};
use crate::source::tree::Value;

/// Where the fields of a service can be read, for records that do not list them.
pub(super) const FIELDS: &str = "the layer itself lists its fields: add `?f=json` to its address";
/// What to do about a unit.
pub(super) const UNIT: &str = "ArcGIS has no place for a unit: write it in brackets into the display name of the field (its alias)";
/// Where a category comes from.
pub(super) const CATEGORY: &str =
    "ArcGIS offers categories only where an organization has set them up; `tags` hold keywords";

/// Whether an item shows a part of another layer. Many portals publish nothing but such views, so they are judged as
/// layers are.
pub(super) fn is_view(item: Value<'_>) -> bool {
    is_marked(item, "View Service")
}

/// Whether ArcGIS keeps a word beside an item.
fn is_marked(item: Value<'_>, word: &str) -> bool {
    item.get("typeKeywords")
        .into_iter()
        .flat_map(Value::items)
        .any(|it| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case(word)))
}

/// What an item is, by its type and the words that ArcGIS keeps beside it.
pub(super) fn kind(item: Value<'_>) -> AssetKind {
    let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
    let marked = |word: &str| is_marked(item, word);
    if marked("hubSite")
        || marked("hubPage")
        || placeholder::is_managed_by_a_portal(text("description"))
    {
        return AssetKind::Site;
    }
    if marked("Story Map") || marked("StoryMap") {
        return AssetKind::Story;
    }
    kind_of_type(text("type"))
}

/// The type of an item, a layer or a Hub record.
pub(super) fn kind_of_type(name: &str) -> AssetKind {
    match name {
        "Table" | "CSV" | "Microsoft Excel" | "CSV Collection" => AssetKind::Table,
        "Feature Layer"
        | "Feature Service"
        | "Feature Collection"
        | "Map Service"
        | "Map Image Layer"
        | "Image Service"
        | "Imagery Layer"
        | "Raster Layer"
        | "Vector Tile Service"
        | "Vector Tile Layer"
        | "Tile Layer"
        | "Scene Service"
        | "Scene Layer"
        | "Stream Service"
        | "Group Layer"
        | "Shapefile"
        | "File Geodatabase"
        | "GeoJson"
        | "GeoPackage"
        | "KML"
        | "KML Collection"
        | "WMS"
        | "WFS"
        | "WMTS"
        | "OGCFeatureServer"
        | "Annotation Layer" => AssetKind::GeoLayer,
        "Web Map" | "Web Scene" | "Map" | "Mobile Map Package" => AssetKind::Map,
        "Web Mapping Application" | "Instant App" => AssetKind::App,
        "Dashboard" | "Operation View" | "Insights Page" | "Insights Workbook" => AssetKind::Chart,
        "StoryMap" | "Story Map" | "StoryMap Theme" => AssetKind::Story,
        "Hub Site Application"
        | "Hub Page"
        | "Site Application"
        | "Site Page"
        | "Hub Initiative"
        | "Web Experience" => AssetKind::Site,
        "Document Link" => AssetKind::Link,
        "PDF" | "Microsoft Word" | "Microsoft Powerpoint" | "Image" | "Report Template" => {
            AssetKind::Document
        }
        _ => AssetKind::Unknown,
    }
}

/// Whether things of this kind have fields.
pub(super) fn has_fields(kind: AssetKind) -> bool {
    matches!(
        kind,
        AssetKind::Table | AssetKind::GeoLayer | AssetKind::Unknown
    )
}

/// The fields of a layer; `holder` is what keeps the list, `layer` what says which fields the software fills itself.
pub(super) fn columns<'t>(
    holder: Value<'t>,
    layer: Value<'t>,
    statistics: Option<Value<'t>>,
) -> Option<Columns<'t>> {
    let list = holder.get("fields")?;
    let mut around = Layer::of(layer, statistics);
    let columns: Vec<_> = list
        .items()
        .filter(|item| item.is_object())
        .enumerate()
        .map(|(index, item)| column(index, item, &mut around))
        .collect();
    Some(if columns.is_empty() {
        Columns::Missing(list.at())
    } else {
        Columns::Listed(columns)
    })
}

/// What a layer says of its fields beside their list, gathered once.
struct Layer<'t> {
    filled_by_software: Vec<&'t str>,
    /// The field that tells subtypes apart, and these; taken by the first field of that name.
    subtypes: Option<(&'t str, Value<'t>)>,
    /// What Hub has counted, by the name of the field in lower case.
    statistics: BTreeMap<String, Stats<'t>>,
}

impl<'t> Layer<'t> {
    fn of(layer: Value<'t>, statistics: Option<Value<'t>>) -> Self {
        let named = |(group, key): &(&str, &str)| {
            let group = if group.is_empty() {
                layer
            } else {
                layer.get(group)?
            };
            group.get(key)?.as_str().filter(|name| !name.is_empty())
        };
        let type_field = layer.get("typeIdField").and_then(Value::as_str);
        Self {
            filled_by_software: FILLED_BY_SOFTWARE.iter().filter_map(named).collect(),
            subtypes: type_field
                .filter(|name| !name.is_empty())
                .zip(layer.get("types")),
            statistics: statistics
                .into_iter()
                .flat_map(Value::members)
                .flat_map(|(group, fields)| {
                    fields.members().filter_map(move |(name, field)| {
                        Some((name.to_ascii_lowercase(), stats(group, field)?))
                    })
                })
                .collect(),
        }
    }
}

/// The keys under which a layer names fields that the software fills itself.
const FILLED_BY_SOFTWARE: [(&str, &str); 9] = [
    ("", "objectIdField"),
    ("", "globalIdField"),
    ("uniqueIdField", "name"),
    ("editFieldsInfo", "creationDateField"),
    ("editFieldsInfo", "creatorField"),
    ("editFieldsInfo", "editDateField"),
    ("editFieldsInfo", "editorField"),
    ("geometryProperties", "shapeAreaFieldName"),
    ("geometryProperties", "shapeLengthFieldName"),
];

fn column<'t>(index: usize, item: Value<'t>, layer: &mut Layer<'t>) -> Column<'t> {
    let mut column = Column::empty(index, item.at());
    column.machine_name = slots::name(item, "name");
    column.name = alias(item);
    column.description = description(item);
    column.native_type = item.get("type").and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.unit = Slot::NotInFormat(UNIT);
    column.values = values(item, layer);
    column.stats = layer
        .statistics
        .remove(&column.key().to_ascii_lowercase())
        .or_else(|| range(item));
    if item.get("nullable").and_then(Value::as_bool) == Some(false) {
        column.required = Some(true);
    }
    let own_type = matches!(
        column.native_type,
        Some("esriFieldTypeOID" | "esriFieldTypeGlobalID" | "esriFieldTypeGeometry")
    );
    column.is_system = own_type
        || is_system(column.shown_name(), column.key())
        || layer.filled_by_software.contains(&column.key());
    column
}

/// The display name: an alias that repeats the name says nothing.
fn alias(item: Value<'_>) -> Slot<&str> {
    let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
    match slots::name(item, "alias") {
        Slot::Filled(held) if held.value == name.trim() => Slot::absent(held.at),
        slot => slot,
    }
}

/// A description: a text, or JSON in a string whose `value` is the text.
fn description(item: Value<'_>) -> Slot<Text<'_>> {
    let Some(value) = item.get("description") else {
        return Slot::absent(item.at());
    };
    match value.inner().filter(|inner| inner.is_object()) {
        Some(inner) => slots::text(inner, "value"),
        None => slots::text_of(value),
    }
}

/// The values that a field may hold: of its domain, else the subtypes of the layer if the field tells them apart.
fn values<'t>(item: Value<'t>, layer: &mut Layer<'t>) -> Vec<ValueItem<'t>> {
    let listed: Vec<_> = item
        .path(&["domain", "codedValues"])
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|value| value_item(value, "code"))
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let name = item.get("name").and_then(Value::as_str);
    let Some((_, types)) = layer.subtypes.take_if(|(field, _)| name == Some(*field)) else {
        return listed;
    };
    types
        .items()
        .filter_map(|value| value_item(value, "id"))
        .collect()
}

fn value_item<'t>(value: Value<'t>, code: &str) -> Option<ValueItem<'t>> {
    Some(ValueItem {
        value: value.get(code)?.as_text()?,
        label: value.get("name").and_then(Value::as_text),
    })
}

/// The bounds that a domain sets to the values of a field.
fn range(item: Value<'_>) -> Option<Stats<'_>> {
    let domain = item.get("domain")?;
    let mut bounds = domain.get("range")?.items().map(Value::as_text);
    Some(Stats {
        smallest: bounds.next().flatten(),
        largest: bounds.next().flatten(),
        ..Stats::default()
    })
}

/// What Hub has counted of one field, in the group of its type.
fn stats<'t>(group: &str, field: Value<'t>) -> Option<Stats<'t>> {
    let found = field.get("statistics")?;
    let values = found.get("values")?;
    let counts = if values.is_object() { values } else { found };
    let bound = |key: &str| {
        // Dates are counted in milliseconds, which tell a reader nothing.
        (group != "date")
            .then(|| values.get(key)?.as_text())
            .flatten()
    };
    Some(Stats {
        filled: counts.get("count").and_then(slots::read_count),
        nulls: None,
        distinct: found.get("uniqueCount").and_then(slots::read_count),
        smallest: bound("min"),
        largest: bound("max"),
        top: values
            .items()
            .filter_map(|item| item.get("value")?.as_text())
            .collect(),
    })
}

/// Credits as the source of the data.
pub(super) fn credits<'t>(credits: Slot<Text<'t>>) -> Slot<Vec<Held<Origin<'t>>>> {
    match slots::said(credits) {
        Slot::Filled(held) => {
            let (at, inner) = (held.at, held.inner);
            let origin = Origin {
                name: Slot::Filled(held),
                url: Slot::absent(at),
                retrieved: Slot::NotInFormat(""),
                note: Slot::NotInFormat(""),
            };
            Slot::filled(
                vec![Held {
                    value: origin,
                    at,
                    inner,
                }],
                at,
            )
        }
        slot => slot.map(|_| Vec::new()),
    }
}

/// Terms of use: mostly web-page code, and sometimes one of Esri's short names. `custom` and `none` name no terms.
pub(super) fn license<'t>(item: Value<'t>) -> Slot<License<'t>> {
    let named = |slot: Slot<License<'t>>| match slot {
        Slot::Filled(held) if held.value.raw.eq_ignore_ascii_case("custom") => Slot::Blank {
            at: held.at,
            kind: BlankKind::NullWord,
        },
        slot => slot,
    };
    let structured = item.get("structuredLicense").filter(|it| it.is_object());
    let known =
        |key: &str| structured.map_or(Slot::absent(item.at()), |it| slots::license(it, key));
    slots::first([
        slots::license(item, "licenseInfo"),
        named(known("abbr")),
        named(known("text")),
        named(slots::license(item, "license")),
        named(known("type")),
    ])
    .map(|license| License {
        url: structured.and_then(|it| it.get("url")?.as_str()),
        ..license
    })
}

/// `[[west, south], [east, north]]`, in degrees.
pub(super) fn corners<'t>(parent: Value<'t>, path: &[&str]) -> Slot<Spatial<'t>> {
    let Some(value) = parent.path(path) else {
        return Slot::absent(parent.at());
    };
    match slots::present(value) {
        Slot::Filled(held) => {
            let numbers: Vec<f64> = value
                .items()
                .flat_map(Value::items)
                .filter_map(Value::as_f64)
                .collect();
            Slot::Filled(Held {
                value: Spatial {
                    raw: value.raw(),
                    bounding_box: in_degrees(&numbers),
                    box_at: None,
                },
                at: held.at,
                inner: held.inner,
            })
        }
        slot => slot.map(|_| Spatial {
            raw: "",
            bounding_box: None,
            box_at: None,
        }),
    }
}

/// An extent in the layer's own coordinates, which are degrees only by chance.
pub(super) fn extent<'t>(layer: Value<'t>) -> Slot<Spatial<'t>> {
    let Some(value) = layer.get("extent").filter(|it| it.is_object()) else {
        return Slot::absent(layer.at());
    };
    let code = value
        .path(&["spatialReference", "wkid"])
        .and_then(Value::as_text);
    let numbers: Vec<f64> = ["xmin", "ymin", "xmax", "ymax"]
        .iter()
        .filter_map(|key| value.get(key)?.as_f64())
        .filter(|_| code == Some("4326"))
        .collect();
    Slot::filled(
        Spatial {
            raw: value.raw(),
            bounding_box: in_degrees(&numbers),
            box_at: None,
        },
        value.at(),
    )
}

fn in_degrees(numbers: &[f64]) -> Option<[f64; 4]> {
    let [west, south, east, north] = numbers.try_into().ok()?;
    let fits = [west, east].iter().all(|it: &f64| it.abs() <= 180.0)
        && [south, north].iter().all(|it: &f64| it.abs() <= 90.0);
    fits.then_some([west, south, east, north])
}

/// The code of a coordinate system, the newest that is given; else its definition.
pub(super) fn crs<'t>(reference: Value<'t>) -> Slot<&'t str> {
    if !reference.is_object() {
        return slots::word_of(reference);
    }
    slots::first([
        slots::word(reference, "latestWkid"),
        slots::word(reference, "wkid"),
        slots::word(reference, "wkt"),
    ])
}

/// The time that a layer declares for its rows: two counts of milliseconds.
pub(super) fn time_covered<'t>(layer: Value<'t>) -> Slot<crate::model::Period<'t>> {
    let Some(extent) = layer.path(&["timeInfo", "timeExtent"]) else {
        return Slot::absent(layer.at());
    };
    let mut days = extent.items().map(|item| {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a float that is too large becomes the largest integer, which is no date"
        )]
        let millis = item.as_f64().map(|number| number as i64)?;
        crate::lexicon::dates::Date::from_epoch_millis(millis)
    });
    let (start, end) = (days.next().flatten(), days.next().flatten());
    if start.is_none() && end.is_none() {
        return Slot::absent(extent.at());
    }
    Slot::filled(
        crate::model::Period {
            raw: "",
            start,
            end,
            end_at: None,
        },
        extent.at(),
    )
}

/// Who may see an item.
pub(super) fn access(item: Value<'_>) -> Slot<crate::model::Access> {
    slots::word(item, "access").map(|access| match access {
        "public" => crate::model::Access::Public,
        "private" => crate::model::Access::NonPublic,
        _ => crate::model::Access::Restricted,
    })
}

/// An item that its organization has marked as out of use.
pub(super) fn retired(item: Value<'_>) -> Slot<&str> {
    match slots::word(item, "contentStatus") {
        Slot::Filled(held) if held.value.contains("deprecated") => Slot::Filled(held),
        _ => Slot::absent(item.at()),
    }
}

/// Categories, where an organization has them; no one can be asked for what it has not set up.
pub(super) fn categories(item: Value<'_>) -> Slot<Vec<Held<&str>>> {
    match slots::words(item, "categories") {
        Slot::Blank { .. } => Slot::NotInFormat(CATEGORY),
        slot => slot,
    }
}

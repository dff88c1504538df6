//! One layer or table of an ArcGIS service, as its address answers with `?f=json`: fields, extent, no terms.

use super::{Format, Surroundings, esri, slots};
use crate::model::{AssetKind, Columns, Dataset, Slot};
use crate::source::tree::Value;

const ITEM: &str = "the item of this layer holds it: check the item's record as well";
const CONTACT: &str =
    "An ArcGIS layer has no place for a contact: write it into the description of its item";
const LIMITS: &str = "An ArcGIS layer has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const REFRESH: &str = "An ArcGIS layer has no place for a refresh rate: write a sentence \"Refresh rate: Monthly.\" into the description";
const ADDRESS: &str = "the address that this record was taken from";

pub(super) static FORMAT: Format = Format {
    id: "arcgis-layer",
    name: "ArcGIS layer",
    known_by: "`fields` with types such as `esriFieldTypeString`",
    containers: &[],
    json_in_strings: &["description"],
    detect,
    read,
    known_keys: &KNOWN,
};

/// Much of a layer's record tells software what the service can do; it says nothing of the data.
const KNOWN: [&str; 76] = [
    "advancedQueryCapabilities",
    "allowGeometryUpdates",
    "attachmentProperties",
    "canModifyLayer",
    "canScaleSymbols",
    "capabilities",
    "copyrightText",
    "currentVersion",
    "dateFieldsTimeReference",
    "defaultVisibility",
    "definitionExpression",
    "description",
    "displayField",
    "drawingInfo",
    "editFieldsInfo",
    "editingInfo",
    "effectiveMaxScale",
    "effectiveMinScale",
    "extent",
    "fields",
    "geometryField",
    "geometryProperties",
    "geometryType",
    "globalIdField",
    "hasAttachments",
    "hasContingentValuesDefinition",
    "hasGeometryProperties",
    "hasLabels",
    "hasM",
    "hasMetadata",
    "hasStaticData",
    "hasViews",
    "hasZ",
    "htmlPopupType",
    "id",
    "indexes",
    "isCoGoEnabled",
    "isDataArchived",
    "isDataBranchVersioned",
    "isDataReplicaTracked",
    "isDataVersioned",
    "maxRecordCount",
    "maxRecordCountFactor",
    "maxScale",
    "minScale",
    "name",
    "objectIdField",
    "ownershipBasedAccessControlForFeatures",
    "parentLayer",
    "preferredTimeReference",
    "relationships",
    "serviceItemId",
    "sourceSpatialReference",
    "spatialReference",
    "standardMaxRecordCount",
    "standardMaxRecordCountNoGeometry",
    "subLayers",
    "subtypeField",
    "subtypes",
    "supportedAppendFormats",
    "supportedExportFormats",
    "supportedQueryFormats",
    "supportedSpatialRelationships",
    "supportsAdvancedQueries",
    "supportsCoordinatesQuantization",
    "supportsFieldDescriptionProperty",
    "supportsStatistics",
    "syncEnabled",
    "templates",
    "tileMaxRecordCount",
    "timeInfo",
    "type",
    "typeIdField",
    "types",
    "uniqueIdField",
    "useStandardizedQueries",
];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let mut fields = record.get("fields")?.items().peekable();
    let typed = |item: Value<'_>| {
        let name = item.get("type").and_then(Value::as_str);
        name.is_some_and(|name| name.starts_with("esriFieldType"))
    };
    (fields.peek().is_some() && fields.all(typed) && record.get("name").is_some())
        .then_some("it has a `name` and `fields` with Esri's types (`esriFieldTypeString`)")
}

fn read<'t>(layer: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    mark_places_elsewhere(&mut dataset);
    dataset.kind = match layer.get("type").and_then(Value::as_str) {
        Some(name) => esri::kind_of_type(name),
        None => AssetKind::GeoLayer,
    };
    dataset.title = slots::text(layer, "name");
    dataset.description = or_with_item(layer, slots::text(layer, "description"));
    dataset.sources = or_with_item(layer, esri::credits(slots::text(layer, "copyrightText")));
    dataset.data_updated = data_updated(layer);
    dataset.temporal = match esri::time_covered(layer) {
        Slot::Blank { .. } => Slot::NotInFormat("the description"),
        slot => slot,
    };
    dataset.spatial = match dataset.kind {
        AssetKind::Table => Slot::NotInFormat("the description"),
        _ => esri::extent(layer),
    };
    dataset.crs = crs(layer);
    dataset.time_zone = time_zone(layer);
    dataset.columns = esri::columns(layer, layer, None).unwrap_or(Columns::Missing(layer.at()));
    dataset.served_by_portal = layer
        .get("capabilities")
        .and_then(Value::as_str)
        .is_some_and(|all| {
            all.split(',')
                .any(|it| matches!(it.trim(), "Query" | "Data"))
        });
    dataset
}

/// What a layer has no place for, or what stands with its item.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.id = Slot::NotInExport(ADDRESS);
    dataset.domain = Slot::NotInExport(ADDRESS);
    dataset.summary = Slot::NotInExport(ITEM);
    dataset.keywords = Slot::NotInExport(ITEM);
    dataset.categories = Slot::NotInExport(ITEM);
    dataset.language = Slot::NotInExport(ITEM);
    dataset.publisher = Slot::NotInExport(ITEM);
    dataset.department = Slot::NotInExport(ITEM);
    dataset.creators = Slot::NotInExport(ITEM);
    dataset.contact = Slot::NotInFormat(CONTACT);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = Slot::NotInFormat("the description");
    dataset.license = Slot::NotInExport(ITEM);
    dataset.rights = Slot::NotInExport(ITEM);
    dataset.access = Slot::NotInExport(ITEM);
    dataset.refresh = Slot::NotInFormat(REFRESH);
    dataset.created = Slot::NotInExport(ITEM);
    dataset.issued = Slot::NotInExport(ITEM);
    dataset.metadata_modified = Slot::NotInExport(ITEM);
    dataset.modified = Slot::NotInExport(ITEM);
    dataset.currency = Slot::NotInFormat("the display name of the field");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInExport("ask the layer for `returnCountOnly`");
    dataset.bytes = Slot::NotInExport(ITEM);
    dataset.dictionary = Slot::NotInFormat("the descriptions of the fields");
    dataset.distributions = Slot::NotInFormat("the layer's own address serves its data");
    dataset.landing_page = Slot::NotInExport(ITEM);
    dataset.preview = Slot::NotInExport(ITEM);
    dataset.retired = Slot::NotInExport(ITEM);
    dataset.version = Slot::NotInFormat("the description");
}

/// A layer that an item stands for may leave its own texts empty: its readers see those of the item.
fn or_with_item<T>(layer: Value<'_>, slot: Slot<T>) -> Slot<T> {
    if slot.is_blank() && slots::word(layer, "serviceItemId").is_filled() {
        return Slot::NotInExport(ITEM);
    }
    slot
}

/// When rows were last edited: older servers know only the last edit of rows or fields, most say nothing.
pub(super) fn data_updated(layer: Value<'_>) -> Slot<crate::model::Day<'_>> {
    let Some(editing) = layer.get("editingInfo").filter(|it| it.is_object()) else {
        return Slot::NotInExport("this server does not tell when rows were last edited");
    };
    slots::first([
        slots::epoch_millis(editing, "dataLastEditDate"),
        slots::epoch_millis(editing, "lastEditDate"),
    ])
}

pub(super) fn crs(layer: Value<'_>) -> Slot<&str> {
    let references = [
        layer.path(&["extent", "spatialReference"]),
        layer.get("sourceSpatialReference"),
        layer.get("spatialReference"),
    ];
    references
        .into_iter()
        .flatten()
        .map(esri::crs)
        .find(Slot::is_filled)
        .unwrap_or(Slot::absent(layer.at()))
}

pub(super) fn time_zone(layer: Value<'_>) -> Slot<&str> {
    match layer.path(&["dateFieldsTimeReference", "timeZone"]) {
        Some(zone) => slots::word_of(zone),
        None => Slot::NotInExport("this server does not tell the time zone of its dates"),
    }
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Option<Inspection> {
        let sources = [Source::new("a.json", text.as_bytes())];
        inspect(&sources, &Options::default()).0.pop()
    }

    const LAYER: &str = r#"{"currentVersion": 10.9, "id": 0, "name": "Fire hydrants", "type": "Feature Layer",
        "description": "", "copyrightText": "Water department", "geometryType": "esriGeometryPoint", "capabilities": "Map,Query,Data",
        "extent": {"xmin": 1, "ymin": 2, "xmax": 3, "ymax": 4, "spatialReference": {"wkid": 102643, "latestWkid": 2227}},
        "editingInfo": {"lastEditDate": 1760486400000}, "dateFieldsTimeReference": {"timeZone": "UTC"},
        "typeIdField": "KIND", "types": [{"id": 1, "name": "Pillar"}, {"id": 2, "name": "Underground"}],
        "editFieldsInfo": {"editorField": "changed_by"}, "fields": [
          {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"},
          {"name": "STATUS", "type": "esriFieldTypeString", "alias": "STATUS",
           "domain": {"type": "codedValue", "codedValues": [{"code": "A", "name": "In use"}]}},
          {"name": "KIND", "type": "esriFieldTypeInteger", "alias": "Kind of hydrant", "nullable": false},
          {"name": "changed_by", "type": "esriFieldTypeString", "alias": "changed_by"}]}"#;

    #[test]
    fn reads_a_layer() {
        let one = read(LAYER).expect("a record");
        assert_eq!(one.format, "arcgis-layer");
        assert_eq!(one.value("title").as_deref(), Some("Fire hydrants"));
        assert_eq!(one.dataset["description"]["blank"], "empty");
        assert_eq!(one.dataset["description"]["pointer"], "/description");
        assert_eq!(one.value("crs").as_deref(), Some("2227"));
        assert_eq!(one.value("time_zone").as_deref(), Some("UTC"));
        assert_eq!(one.value("data_updated").as_deref(), Some("2025-10-15"));
        assert!(one.value("source").is_some_and(|it| it.contains("Water")));
        assert_eq!(one.judgements["usable_format"], "yes");
        let system: Vec<_> = one.columns.iter().map(|it| it["system"].clone()).collect();
        assert_eq!(system, [true, false, false, true]);
        assert_eq!(one.columns[2]["name"], "Kind of hydrant");
        assert_eq!(one.extra, [""; 0]);
    }

    #[test]
    fn asks_the_item_for_texts_that_the_layer_of_an_item_lacks() {
        let hosted = LAYER.replace("\"id\": 0,", "\"id\": 0, \"serviceItemId\": \"aa11\",");
        let one = read(&hosted).expect("a record");
        assert_eq!(one.dataset["description"]["blank"], "not in this export");
        assert!(one.value("source").is_some());
    }

    #[test]
    fn takes_coded_values_and_subtypes_for_an_explanation() {
        let one = read(LAYER).expect("a record");
        assert_eq!(one.judgements["columns_ok"], "yes");
        let bare = LAYER
            .replace("\"code\": \"A\"", "\"x\": \"A\"")
            .replace("STATUS", "ST_CD2");
        assert_eq!(
            read(&bare).expect("a record").judgements["columns_ok"],
            "no"
        );
    }

    #[test]
    fn leaves_other_lists_of_fields_alone() {
        let other = read(r#"{"name": "a", "fields": [{"name": "x", "type": "string"}]}"#);
        assert!(other.is_none_or(|it| it.format != "arcgis-layer"));
        assert!(read(r#"{"name": "a", "fields": []}"#).is_none());
    }
}

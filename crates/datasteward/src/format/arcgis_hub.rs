//! Datasets of ArcGIS Hub, version 3 of its interface: GeoJSON features, or records of JSON:API.
//!
//! A Hub record joins an item, its layer, what Hub has counted, and the item's formal metadata where it has some.

use super::{Format, Surroundings, arcgis_layer, esri, slots};
use crate::lexicon::{refresh, units};
use crate::model::{
    Agent, AgentKind, AssetKind, Columns, Contact, Dataset, Distribution, Held, Inner, Refresh,
    Slot,
};
use crate::source::tree::Value;

const LIMITS: &str = "An ArcGIS Hub dataset has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const REFRESH: &str = "Only the formal metadata of an ArcGIS item have a place for a refresh rate, and this export has none of them: write a sentence \"Refresh rate: Monthly.\" into the description";
const CREDITS: &str =
    "ArcGIS keeps the credits with the item; this export repeats the organization in their place";
const CONTACT: &str = "ArcGIS Hub shows the contact of the organization; this export leaves it out";
const SITE: &str = "the address of the Hub site";

pub(super) static FORMAT: Format = Format {
    id: "arcgis-hub",
    name: "ArcGIS Hub dataset",
    known_by: "`hubType`, or `attributes` of a dataset, from the API of Hub",
    containers: &["data", "features"],
    json_in_strings: &["description"],
    detect,
    read,
    known_keys: &[
        "attributes",
        "geometry",
        "id",
        "links",
        "properties",
        "relationships",
        "time",
        "type",
        "data",
        "meta",
        "included",
        "jsonapi",
    ],
};

/// Keys that only Hub writes.
const SIGNS: [&str; 6] = [
    "hubType",
    "composedAt",
    "searchDescription",
    "enrichCoverage",
    "modifiedProvenance",
    "sourceProvenance",
];

/// Keys of the object that holds a dataset's facts. What tells software about the service is left unsaid.
const KNOWN: [&str; 59] = [
    "access",
    "accessInformation",
    "additionalResources",
    "boundary",
    "categories",
    "collection",
    "content",
    "contentStatus",
    "created",
    "culture",
    "description",
    "downloadable",
    "extent",
    "fieldNames",
    "fields",
    "geometryType",
    "groupIds",
    "hubType",
    "id",
    "itemExtent",
    "itemModified",
    "layer",
    "layers",
    "license",
    "licenseInfo",
    "links",
    "metadata",
    "modified",
    "modifiedProvenance",
    "name",
    "objectIdField",
    "openData",
    "orgContactEmail",
    "orgContactUrl",
    "orgExtent",
    "orgId",
    "orgName",
    "organization",
    "owner",
    "recordCount",
    "region",
    "searchDescription",
    "server",
    "serviceSpatialReference",
    "size",
    "slug",
    "snippet",
    "source",
    "sourceProvenance",
    "spatialReference",
    "statistics",
    "structuredLicense",
    "tags",
    "thumbnail",
    "thumbnailUrl",
    "title",
    "type",
    "typeKeywords",
    "url",
];

/// The object that holds the facts of a dataset.
fn facts(record: Value<'_>) -> Option<Value<'_>> {
    let holder = record
        .get("data")
        .filter(|it| it.is_object())
        .unwrap_or(record);
    ["properties", "attributes"]
        .iter()
        .find_map(|key| holder.get(key))
        .filter(|it| it.is_object())
}

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let facts = facts(record)?;
    let signed = SIGNS.iter().any(|key| facts.get(key).is_some());
    let is_item = facts.get("owner").is_some()
        && (facts.get("typeKeywords").is_some() || facts.get("snippet").is_some());
    let named = facts.get("name").is_some() || facts.get("title").is_some();
    (named && (signed || is_item)).then_some(
        "its `properties` or `attributes` are those of an ArcGIS Hub dataset (`hubType`, `composedAt`)",
    )
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    let Some(facts) = facts(record) else {
        return dataset;
    };
    let layer = facts.get("layer").filter(|it| it.is_object());
    mark_places_elsewhere(&mut dataset);
    dataset.kind = kind(facts);
    dataset.lineage.is_filtered = esri::is_view(facts);
    dataset.id = slots::first([
        slots::word(facts, "id"),
        slots::word(record, "id"),
        record
            .path(&["data", "id"])
            .map_or(Slot::absent(facts.at()), slots::word_of),
    ]);
    describe(&mut dataset, facts, layer);
    name_people(&mut dataset, facts);
    date(&mut dataset, facts, layer);
    place(&mut dataset, facts, layer);
    dataset.rows = slots::count(facts, "recordCount");
    dataset.bytes = slots::count(facts, "size");
    dataset.columns = columns(facts, layer, dataset.kind);
    dataset.distributions = distributions(facts);
    dataset.served_by_portal = matches!(dataset.kind, AssetKind::Table | AssetKind::GeoLayer)
        && facts.get("downloadable").and_then(Value::as_bool) == Some(true);
    dataset.preview = slots::first([
        slots::word(facts, "thumbnailUrl"),
        slots::word(facts, "thumbnail"),
    ]);
    dataset.retired = esri::retired(facts);
    if let Some(formal) = formal(facts) {
        fill_from_formal_metadata(&mut dataset, formal);
    }
    dataset.extra = facts
        .members()
        .filter(|(key, _)| !KNOWN.contains(key) && !is_about_software(key))
        .map(|(key, value)| (key, value.at()))
        .collect();
    dataset
}

/// Keys that tell software what Hub, the service or the page can do.
fn is_about_software(key: &str) -> bool {
    [
        "supports",
        "supported",
        "compose",
        "enrich",
        "server",
        "type",
        "use",
        "is",
        "has",
        "xFrame",
    ]
    .iter()
    .any(|start| key.starts_with(start))
        || matches!(
            key,
            "advancedQueryCapabilities"
                | "commentsEnabled"
                | "contentSecurityPolicy"
                | "currentVersion"
                | "displayField"
                | "errors"
                | "maxRecordCount"
                | "validExtent"
        )
}

fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInExport(SITE);
    dataset.department = Slot::NotInFormat("the organization");
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = Slot::NotInFormat("the description");
    dataset.rights = Slot::NotInFormat("the terms of use (`licenseInfo`)");
    dataset.refresh = Slot::NotInFormat(REFRESH);
    dataset.issued = Slot::NotInFormat("`created`");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.dictionary = Slot::NotInFormat("the descriptions of the fields");
    dataset.landing_page = Slot::NotInExport(SITE);
    dataset.version = Slot::NotInFormat("the title or description");
}

fn kind(facts: Value<'_>) -> AssetKind {
    match esri::kind(facts) {
        AssetKind::Unknown => facts
            .get("hubType")
            .and_then(Value::as_str)
            .map_or(AssetKind::Unknown, esri::kind_of_type),
        kind => kind,
    }
}

fn describe<'t>(dataset: &mut Dataset<'t>, facts: Value<'t>, layer: Option<Value<'t>>) {
    dataset.title = slots::first([slots::text(facts, "name"), slots::text(facts, "title")]);
    dataset.summary = slots::statement(facts, "snippet");
    let of_layer = layer.map_or(Slot::absent(facts.at()), |it| {
        slots::text(it, "description")
    });
    dataset.description = slots::first([
        slots::text(facts, "description"),
        slots::text(facts, "searchDescription"),
        of_layer,
    ]);
    dataset.keywords = slots::words(facts, "tags");
    dataset.categories = esri::categories(facts);
    dataset.language = slots::words(facts, "culture");
    dataset.license = esri::license(facts);
    dataset.access = esri::access(facts);
}

fn name_people<'t>(dataset: &mut Dataset<'t>, facts: Value<'t>) {
    let name = slots::first([
        slots::word(facts, "orgName"),
        slots::word(facts, "organization"),
    ]);
    dataset.publisher = name.map(|name| Agent {
        name,
        kind: AgentKind::Organization,
        ..Agent::default()
    });
    dataset.creators = Slot::NotInFormat("the credits (`accessInformation`)");
    dataset.sources = sources(facts);
    let email = slots::verbatim(facts, "orgContactEmail");
    let url = slots::word(facts, "orgContactUrl");
    dataset.contact = match email.at().filter(|_| email.is_filled() || url.is_filled()) {
        Some(at) => Slot::filled(
            Contact {
                name: Slot::NotInFormat(""),
                email,
                url,
            },
            at,
        ),
        None => Slot::NotInExport(CONTACT),
    };
}

/// The credits of the item. Hub fills `source` with the organization where there are none, and says so.
fn sources(facts: Value<'_>) -> Slot<Vec<Held<crate::model::Origin<'_>>>> {
    let credits = esri::credits(slots::text(facts, "accessInformation"));
    if credits.is_filled() || facts.get("accessInformation").is_some() {
        return credits;
    }
    let provenance = facts.get("sourceProvenance").and_then(Value::as_str);
    if provenance.is_some_and(|from| from.starts_with("org")) || facts.get("source").is_none() {
        return Slot::NotInExport(CREDITS);
    }
    esri::credits(slots::text(facts, "source"))
}

/// Hub's `modified` is of the item or of the data; it says of which.
fn date<'t>(dataset: &mut Dataset<'t>, facts: Value<'t>, layer: Option<Value<'t>>) {
    dataset.created = slots::epoch_millis(facts, "created");
    let modified = slots::epoch_millis(facts, "modified");
    let of_data = facts
        .get("modifiedProvenance")
        .and_then(Value::as_str)
        .is_some_and(|from| from.starts_with("layer."));
    dataset.metadata_modified = match slots::epoch_millis(facts, "itemModified") {
        Slot::Filled(held) => Slot::Filled(held),
        _ => Slot::NotInExport("the record of the item"),
    };
    dataset.data_updated = if of_data {
        modified
    } else {
        layer.map_or(
            Slot::NotInExport("the layer itself: `editingInfo.lastEditDate` behind `?f=json`"),
            arcgis_layer::data_updated,
        )
    };
    dataset.modified = if of_data {
        Slot::NotInFormat("the dates of data and metadata are given apart")
    } else {
        modified
    };
}

fn place<'t>(dataset: &mut Dataset<'t>, facts: Value<'t>, layer: Option<Value<'t>>) {
    dataset.spatial = slots::first([
        esri::corners(facts, &["extent", "coordinates"]),
        esri::corners(facts, &["extent"]),
        esri::corners(facts, &["itemExtent"]),
    ]);
    let service = facts.get("serviceSpatialReference").map(esri::crs);
    let own = facts.get("spatialReference").map(esri::crs);
    dataset.crs = layer
        .map(arcgis_layer::crs)
        .into_iter()
        .chain(service)
        .chain(own)
        .find(Slot::is_filled)
        .unwrap_or(Slot::NotInExport("the layer itself"));
    dataset.time_zone = layer.map_or(
        Slot::NotInExport("the layer itself"),
        arcgis_layer::time_zone,
    );
    dataset.temporal = match layer.map(esri::time_covered) {
        Some(Slot::Filled(held)) => Slot::Filled(held),
        _ => Slot::NotInFormat("the description"),
    };
    dataset.currency = currency(facts);
}

/// The currency of the country that the organization has set as its region.
fn currency(facts: Value<'_>) -> Slot<&str> {
    let Some(region) = facts.get("region") else {
        return Slot::NotInFormat("the display name of the field");
    };
    let code = region.as_str().unwrap_or_default().to_ascii_lowercase();
    // Countries are asked for by the endings of their hosts.
    let ending = if code == "gb" { "uk" } else { code.as_str() };
    match units::home_currency(ending).filter(|_| ending.len() == 2) {
        Some(value) => Slot::Filled(Held {
            value,
            at: region.at(),
            inner: Inner::Derived,
        }),
        None => Slot::NotInFormat("the display name of the field"),
    }
}

fn columns<'t>(facts: Value<'t>, layer: Option<Value<'t>>, kind: AssetKind) -> Columns<'t> {
    if !esri::has_fields(kind) {
        return Columns::None;
    }
    let statistics = facts.get("statistics").filter(|it| it.is_object());
    let own = esri::columns(facts, layer.unwrap_or(facts), statistics);
    own.or_else(|| layer.and_then(|layer| esri::columns(layer, layer, statistics)))
        .unwrap_or(Columns::NotInExport(esri::FIELDS))
}

/// The service, and what the steward has linked beside it.
fn distributions(facts: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let service = std::iter::once(facts.get("url")).flatten();
    let more = facts
        .get("additionalResources")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|item| item.get("url"));
    let list: Vec<_> = service
        .chain(more)
        .filter_map(|url| {
            let mut link = Distribution::empty(url.at());
            link.access_url = slots::word_of(url);
            link.download_url = Slot::NotInFormat("`url`");
            link.access_url
                .is_filled()
                .then(|| Held::new(link, url.at()))
        })
        .collect();
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::NotInExport("the page of the dataset offers its file for download"),
    }
}

/// The formal metadata of the item: Esri's XML, turned into JSON.
fn formal(facts: Value<'_>) -> Option<Value<'_>> {
    let outer = facts.get("metadata")?;
    let inner = outer.get("metadata").unwrap_or(outer);
    inner.get("dataIdInfo").map(|_| inner)
}

fn fill_from_formal_metadata<'t>(dataset: &mut Dataset<'t>, formal: Value<'t>) {
    let Some(about) = formal.get("dataIdInfo") else {
        return;
    };
    let credit = esri::credits(slots::text(about, "idCredit"));
    if credit.is_filled() {
        dataset.sources = credit;
    }
    if !dataset.keywords.is_filled()
        && let Some(words) = about.path(&["searchKeys", "keyword"])
    {
        dataset.keywords = slots::words_of(words);
    }
    dataset.purpose = slots::statement(about, "idPurp");
    if let Some(day) = about.path(&["idCitation", "date", "pubDate"]) {
        dataset.issued = slots::day_of(day);
    }
    if let Some(text) = formal.path(&["dqInfo", "dataLineage", "statement"]) {
        dataset.method = slots::said(slots::text_of(text));
    }
    dataset.refresh = refresh_of(about);
}

/// The codes of ISO 19115 for how often data is maintained, in words that are understood.
const MAINTENANCE: [(&str, &str); 12] = [
    ("001", "continual"),
    ("002", "daily"),
    ("003", "weekly"),
    ("004", "fortnightly"),
    ("005", "monthly"),
    ("006", "quarterly"),
    ("007", "twice a year"),
    ("008", "annually"),
    ("009", "as needed"),
    ("010", "irregular"),
    ("011", "not planned"),
    ("012", "unknown"),
];

/// The words for a code of Esri's formal metadata.
pub(super) fn maintenance_words(code: &str) -> Option<&'static str> {
    MAINTENANCE
        .iter()
        .find(|(known, _)| *known == code.trim())
        .map(|(_, words)| *words)
}

fn refresh_of(about: Value<'_>) -> Slot<Refresh<'_>> {
    let Some(maintenance) = about.get("resMaint") else {
        return Slot::absent(about.at());
    };
    let own = maintenance
        .path(&["usrDefFreq", "duration"])
        .map(slots::word_of);
    if let Some(Slot::Filled(held)) = own {
        return Slot::Filled(held).map(slots::read_refresh);
    }
    let code = maintenance.path(&["maintFreq", "MaintFreqCd"]).map(|code| {
        let inner = ["@_value", "@value", "value"]
            .iter()
            .find_map(|key| code.get(key));
        slots::word_of(inner.unwrap_or(code))
    });
    match code {
        Some(Slot::Filled(held)) => Slot::Filled(held).map(|code| {
            maintenance_words(code).map_or_else(
                || slots::read_refresh(code),
                |words| Refresh {
                    raw: words,
                    rate: refresh::parse(words),
                },
            )
        }),
        Some(slot) => slot.map(slots::read_refresh),
        None => Slot::absent(maintenance.at()),
    }
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Vec<Inspection> {
        let sources = [Source::new("a.json", text.as_bytes())];
        inspect(&sources, &Options::default()).0
    }

    const FACTS: &str = r#"{"id": "aa11_0", "hubType": "Feature Layer", "type": "Feature Layer", "name": "Park benches",
        "description": "<p>One row per bench.</p>", "orgName": "Harbor County", "source": "Harbor County", "sourceProvenance": "org.name",
        "owner": "parks_office", "tags": ["parks"], "license": "none", "structuredLicense": {"type": "none"}, "licenseInfo": null,
        "created": 1551657600000, "modified": 1760486400000, "modifiedProvenance": "layer.editingInfo.lastEditDate",
        "itemModified": 1751846400000, "recordCount": 120, "region": "US", "downloadable": true, "mystery": 1,
        "extent": {"coordinates": [[-75.5, 40], [-75, 40.5]], "type": "envelope"},
        "url": "https://gis.example.org/arcgis/rest/services/Benches/FeatureServer/0",
        "layer": {"extent": {"xmin": 1, "spatialReference": {"wkid": 102100, "latestWkid": 3857}},
          "dateFieldsTimeReference": {"timeZone": "UTC"}, "editFieldsInfo": {"editorField": "who"}},
        "fields": [{"name": "Mat", "alias": "", "type": "esriFieldTypeString", "description": "{\"value\":\"Material\"}"},
          {"name": "who", "alias": "who", "type": "esriFieldTypeString"}],
        "statistics": {"string": {"mat": {"statistics": {"values": [{"value": "wood", "count": 90}], "count": 118, "uniqueCount": 2}}}}}"#;

    #[test]
    fn reads_a_feature() {
        let text = format!(r#"{{"type": "Feature", "geometry": null, "properties": {FACTS}}}"#);
        let one = read(&text).pop().expect("a record");
        assert_eq!(one.format, "arcgis-hub");
        assert_eq!(one.dataset["title"]["pointer"], "/properties/name");
        assert_eq!(one.value("publisher").as_deref(), Some("Harbor County"));
        assert_eq!(one.value("rows").as_deref(), Some("120"));
        assert_eq!(one.value("data_updated").as_deref(), Some("2025-10-15"));
        assert_eq!(
            one.value("metadata_modified").as_deref(),
            Some("2025-07-07")
        );
        assert_eq!(one.value("crs").as_deref(), Some("3857"));
        assert_eq!(one.value("currency").as_deref(), Some("USD"));
        assert_eq!(one.dataset["license"]["blank"], "null");
        assert_eq!(one.dataset["license"]["pointer"], "/properties/licenseInfo");
        assert_eq!(one.dataset["source"]["blank"], "not in this export");
        assert_eq!(one.columns[0]["description"], "Material");
        assert_eq!(one.columns[1]["system"], true);
        assert_eq!(one.extra, ["mystery"]);
    }

    #[test]
    fn reads_lists_of_both_kinds() {
        let api = format!(
            r#"{{"data": [{{"id": "a", "type": "dataset", "attributes": {FACTS}}}, {{"id": "b", "type": "dataset", "attributes": {FACTS}}}]}}"#
        );
        let all = read(&api);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[1].dataset["title"]["pointer"],
            "/data/1/attributes/name"
        );
        let features = format!(
            r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {FACTS}}}]}}"#
        );
        assert_eq!(read(&features)[0].pointer, "/features/0");
        let single = format!(r#"{{"data": {{"id": "a", "attributes": {FACTS}}}}}"#);
        assert_eq!(
            read(&single)[0].dataset["title"]["pointer"],
            "/data/attributes/name"
        );
    }

    #[test]
    fn takes_the_refresh_rate_and_credits_from_formal_metadata() {
        let formal = r#""metadata": {"metadata": {"dataIdInfo": {"idCredit": "Field survey", "idPurp": "Upkeep",
            "resMaint": {"maintFreq": {"MaintFreqCd": {"@_value": "005"}}}, "idCitation": {"date": {"pubDate": "2021-04-19"}}}}}, "mystery""#;
        let text = format!(
            r#"{{"type": "Feature", "properties": {}}}"#,
            FACTS.replace("\"mystery\"", formal)
        );
        let one = read(&text).pop().expect("a record");
        assert!(one.value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert_eq!(
            one.dataset["refresh"]["pointer"],
            "/properties/metadata/metadata/dataIdInfo/resMaint/maintFreq/MaintFreqCd/@_value"
        );
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("Field survey"))
        );
        assert_eq!(one.value("purpose").as_deref(), Some("Upkeep"));
        assert_eq!(one.value("issued").as_deref(), Some("2021-04-19"));
    }

    #[test]
    fn leaves_map_data_alone() {
        let text = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "A", "owner": "B"}}]}"#;
        assert!(read(text).is_empty());
    }
}

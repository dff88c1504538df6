//! Items of ArcGIS Online and Enterprise: one, or the page of a search; with its layer's fields where these were joined.

use super::{Format, Surroundings, esri, slots};
use crate::model::{Agent, AssetKind, Columns, Dataset, Distribution, Held, Inner, Slot};
use crate::source::tree::Value;

const CONTACT: &str = "An ArcGIS item has no place for a contact: write it into the description, or into the item's formal metadata";
const LIMITS: &str = "An ArcGIS item has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const REFRESH: &str = "An ArcGIS item has no place for a refresh rate: write a sentence \"Refresh rate: Monthly.\" into the description, or set it in the item's formal metadata";
const PUBLISHER: &str =
    "the organization's name is with its portal; an item names only the account of its owner";
const ROWS: &str = "the layer itself counts its rows";

pub(super) static FORMAT: Format = Format {
    id: "arcgis-item",
    name: "ArcGIS item",
    known_by: "`typeKeywords` and `access`, alone or in a page of search results",
    containers: &["results"],
    json_in_strings: &["description"],
    detect,
    read,
    known_keys: &KNOWN,
};

const KNOWN: [&str; 63] = [
    "access",
    "accessInformation",
    "advancedSettings",
    "apiToken1ExpirationDate",
    "apiToken2ExpirationDate",
    "appCategories",
    "avgRating",
    "banner",
    "categories",
    "classification",
    "contentStatus",
    "created",
    "culture",
    "description",
    "documentation",
    "extent",
    "fields",
    "geometryType",
    "groupDesignations",
    "guid",
    "id",
    "industries",
    "isOrgItem",
    "itemControl",
    "languages",
    "largeThumbnail",
    "lastModified",
    "lastViewed",
    "layers",
    "licenseInfo",
    "listed",
    "modified",
    "name",
    "numComments",
    "numRatings",
    "numViews",
    "objectIdField",
    "orgId",
    "origin",
    "owner",
    "ownerFolder",
    "properties",
    "protected",
    "proxyFilter",
    "ratings",
    "scoreCompleteness",
    "screenshots",
    "size",
    "snippet",
    "sourceUrl",
    "spatialReference",
    "subInfo",
    "tables",
    "tags",
    "thumbnail",
    "title",
    "token1ExpirationDate",
    "token2ExpirationDate",
    "type",
    "typeIdField",
    "typeKeywords",
    "types",
    "url",
];

/// Keys that only items have, beside the account of their owner.
const SIGNS: [&str; 6] = [
    "typeKeywords",
    "accessInformation",
    "licenseInfo",
    "snippet",
    "scoreCompleteness",
    "numViews",
];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let is_text = |key: &str| record.get(key).is_some_and(|it| it.as_str().is_some());
    let named = is_text("owner") && is_text("type") && (is_text("title") || is_text("name"));
    let signs = SIGNS.iter().filter(|key| record.get(key).is_some()).count();
    (named && signs >= 2).then_some(
        "it has an `owner`, a `type` and other keys that only an ArcGIS item has (`typeKeywords`, `licenseInfo`)",
    )
}

fn read<'t>(item: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    mark_places_elsewhere(&mut dataset);
    dataset.kind = esri::kind(item);
    dataset.views = slots::views(item, &["numViews"]);
    dataset.lineage.is_filtered = esri::is_view(item);
    dataset.id = slots::word(item, "id");
    dataset.title = slots::first([slots::text(item, "title"), slots::text(item, "name")]);
    dataset.summary = slots::statement(item, "snippet");
    dataset.description = slots::text(item, "description");
    dataset.keywords = slots::words(item, "tags");
    dataset.categories = esri::categories(item);
    dataset.language = slots::words(item, "culture");
    dataset.creators = owner(item);
    dataset.sources = esri::credits(slots::text(item, "accessInformation"));
    dataset.license = esri::license(item);
    dataset.access = esri::access(item);
    dataset.created = slots::epoch_millis(item, "created");
    dataset.modified = slots::epoch_millis(item, "modified");
    dataset.spatial = esri::corners(item, &["extent"]);
    dataset.crs = item
        .get("spatialReference")
        .map_or(Slot::absent(item.at()), esri::crs);
    dataset.bytes = slots::count(item, "size");
    dataset.preview = slots::word(item, "thumbnail");
    dataset.retired = esri::retired(item);
    dataset.columns = match esri::columns(item, item, None) {
        Some(columns) => columns,
        None if esri::has_fields(dataset.kind) => Columns::NotInExport(esri::FIELDS),
        None => Columns::None,
    };
    dataset.distributions = distributions(item, dataset.kind);
    // A spreadsheet or shapefile is offered for download by the portal itself.
    dataset.served_by_portal = matches!(dataset.kind, AssetKind::Table | AssetKind::GeoLayer)
        && !dataset.distributions.is_filled();
    dataset
}

/// What an item has no place for, or what its portal keeps elsewhere.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInExport("the address of the portal");
    dataset.publisher = Slot::NotInExport(PUBLISHER);
    dataset.department = Slot::NotInExport(PUBLISHER);
    dataset.contact = Slot::NotInFormat(CONTACT);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = Slot::NotInFormat("the description");
    dataset.rights = Slot::NotInFormat("the terms of use (`licenseInfo`)");
    dataset.refresh = Slot::NotInFormat(REFRESH);
    dataset.issued = Slot::NotInFormat("`created`");
    dataset.metadata_modified = Slot::NotInFormat("`modified`");
    dataset.data_updated =
        Slot::NotInExport("the layer itself: `editingInfo.lastEditDate` behind `?f=json`");
    dataset.temporal = Slot::NotInFormat("the description");
    dataset.time_zone = Slot::NotInExport("the layer itself: `dateFieldsTimeReference`");
    dataset.currency = Slot::NotInFormat("the display name of the field");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInExport(ROWS);
    dataset.dictionary = Slot::NotInFormat("the descriptions of the fields");
    dataset.landing_page = Slot::NotInExport("the page of the item on its portal");
    dataset.version = Slot::NotInFormat("the title or description");
}

/// The account under which the item stands: a person's or an office's.
fn owner(item: Value<'_>) -> Slot<Vec<Held<Agent<'_>>>> {
    match slots::word(item, "owner") {
        Slot::Filled(held) => Slot::filled(
            vec![Held::new(
                Agent {
                    name: held.value,
                    ..Agent::default()
                },
                held.at,
            )],
            held.at,
        ),
        slot => slot.map(|_| Vec::new()),
    }
}

/// The service or page of the item; a file is had from the item's page, which its record does not name.
fn distributions(item: Value<'_>, kind: AssetKind) -> Slot<Vec<Held<Distribution<'_>>>> {
    let url = slots::word(item, "url");
    if !url.is_filled() {
        return Slot::NotInExport("the page of the item offers its file for download");
    }
    let at = url.at().unwrap_or(item.at());
    let mut service = Distribution::empty(at);
    service.access_url = url;
    service.download_url = Slot::NotInFormat("`url`");
    service.bytes = Slot::NotInFormat("`size`");
    if kind == AssetKind::GeoLayer
        && let Slot::Filled(held) = slots::word(item, "type")
    {
        service.format = Slot::Filled(Held {
            inner: Inner::Derived,
            ..held
        });
    }
    Slot::filled(vec![Held::new(service, at)], at)
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

    const ITEM: &str = r#"{"id": "aa11", "owner": "parks_office", "title": "Park benches", "type": "Feature Service",
        "typeKeywords": ["Data", "Hosted Service"], "snippet": "Every bench.", "description": "<p>One row per <b>bench</b>.</p>",
        "tags": ["parks"], "categories": [], "accessInformation": "Survey of the parks office", "access": "public",
        "licenseInfo": "<a href='https://example.org/by'>CC BY 4.0</a>", "created": 1551657600000, "modified": 1760486400000,
        "extent": [[-75.5, 40], [-75, 40.5]], "spatialReference": "null", "size": -1, "mystery": 1,
        "url": "https://gis.example.org/arcgis/rest/services/Benches/FeatureServer"}"#;

    #[test]
    fn reads_an_item() {
        let one = read(ITEM).pop().expect("a record");
        assert_eq!(one.format, "arcgis-item");
        assert_eq!(
            one.value("description").as_deref(),
            Some("One row per bench.")
        );
        assert_eq!(one.value("created").as_deref(), Some("2019-03-04"));
        assert_eq!(one.value("modified").as_deref(), Some("2025-10-15"));
        assert!(
            one.value("license")
                .is_some_and(|it| it.contains("CC BY 4.0"))
        );
        assert!(one.value("source").is_some_and(|it| it.contains("Survey")));
        assert_eq!(one.dataset["source"]["pointer"], "/accessInformation");
        assert_eq!(one.value("kind").as_deref(), Some("map layer"));
        assert_eq!(one.dataset["crs"]["blank"], "says nothing");
        assert_eq!(one.dataset["refresh"]["blank"], "not in this format");
        assert_eq!(one.judgements["usable_format"], "yes");
        assert_eq!(one.extra, ["mystery"]);
    }

    #[test]
    fn reads_the_page_of_a_search_and_tells_sites_from_data() {
        let page = format!(
            r#"{{"total": 2, "start": 1, "num": 2, "nextStart": -1, "results": [{ITEM},
            {{"id": "b", "owner": "x", "title": "Our site", "type": "Web Mapping Application", "snippet": null,
             "typeKeywords": ["hubSite"], "licenseInfo": "null", "accessInformation": "null", "access": "public"}}]}}"#
        );
        let all = read(&page);
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].pointer, "/results/1");
        assert_eq!(all[1].value("kind").as_deref(), Some("site"));
        assert_eq!(all[1].dataset["license"]["blank"], "says nothing");
        assert_eq!(all[1].dataset["source"]["blank"], "says nothing");
        assert_eq!(
            all[1].dataset["source"]["pointer"],
            "/results/1/accessInformation"
        );
    }

    #[test]
    fn reads_an_item_joined_with_the_fields_of_its_layer() {
        let one = read(
            r#"{"id": "aa11_0", "type": "Feature Layer", "name": "Park benches", "owner": "parks_office",
            "snippet": "Every bench.", "licenseInfo": null, "fields": [
              {"name": "BENCH_ID", "alias": "Bench number", "type": "esriFieldTypeString",
               "description": "{\"value\":\"Number on the plate\",\"fieldValueType\":\"uniqueIdentifier\"}"},
              {"name": "REP_DT", "alias": "", "type": "esriFieldTypeDate",
               "description": "{\"value\":\"\",\"fieldValueType\":\"dateAndTime\"}"}]}"#,
        )
        .pop()
        .expect("a record");
        assert_eq!(one.columns[0]["name"], "Bench number");
        assert_eq!(one.columns[0]["description"], "Number on the plate");
        assert_eq!(one.columns[1]["name"], "REP_DT");
        assert_eq!(one.columns[1]["judgements"]["description"], "none");
    }

    #[test]
    fn leaves_other_records_with_an_owner_alone() {
        assert!(read(r#"{"id": 1, "owner": "x", "type": "invoice", "title": "A"}"#).is_empty());
    }
}

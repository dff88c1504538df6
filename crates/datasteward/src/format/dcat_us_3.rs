//! DCAT-US 3.0: DCAT 3 as agencies of the United States use it, in JSON-LD with plain keys.

use super::{Format, Surroundings, dcat, linked};
use crate::model::Dataset;
use crate::source::tree::Value;

pub(super) static FORMAT: Format = Format {
    id: "dcat-us-3",
    name: "DCAT-US 3",
    known_by: "a context or `conformsTo` of DCAT-US 3",
    containers: &["dataset", "@graph"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: dcat::KNOWN_KEYS,
};

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    let node = linked::Node {
        value: record,
        language: "",
    };
    let is_dataset =
        node.is_type("Dataset") || node.types().next().is_none() && record.get("title").is_some();
    if !is_dataset {
        return None;
    }
    if is_named(record, around, "@context") {
        return Some("its `@context` is that of DCAT-US 3");
    }
    is_named(record, around, "conformsTo").then_some("it says that it conforms to DCAT-US 3")
}

/// Whether a member of the record, or of the catalogue around it, names this version.
fn is_named(record: Value<'_>, around: &Surroundings<'_>, key: &str) -> bool {
    let own = record.get(key).map(Value::raw);
    own.or_else(|| around.header_text(key))
        .is_some_and(is_version_3)
}

/// Addresses of both versions hold `dcat-us`.
fn is_version_3(text: &str) -> bool {
    text.contains("dcat-us") && !text.contains("1.1") && !text.contains("project-open-data")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    dcat::read(record, FORMAT.id)
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

    const CONTEXT: &str = "https://example.org/dcat-us/main/context/dcat-us-3.0.jsonld";

    #[test]
    fn reads_a_record_with_nodes_in_place() {
        let text = r#"{"@context": "CONTEXT", "@id": "https://example.org/d/1", "@type": "dcat:Dataset",
            "titleMap": {"es": "Árboles", "en": "Trees"}, "description": "Street trees.", "identifier": "d-1",
            "publisher": {"@type": "org:Organization", "name": "Parks office", "subOrganizationOf": {"name": "City of Example"}},
            "contactPoint": [{"@type": "vcard:Kind", "fn": "Tree desk", "hasEmail": "mailto:trees@example.org"}, {"fn": "Other"}],
            "provenance": {"labelMap": {"en": "Counted on foot by the parks office."}}, "scopeNote": "Read the codes first.",
            "purpose": "To plan planting.", "accessRestriction": {"restrictionStatus": "https://example.org/list/Unrestricted"},
            "temporal": {"startDate": {"@value": "2018-01-01", "@type": "xsd:date"}, "endDate": "2018-12"},
            "geographicBoundingBox": {"westBoundingLongitude": "-118.7", "southBoundingLatitude": 33.7, "eastBoundingLongitude": -118.1, "northBoundingLatitude": 34.3},
            "conformsTo": [{"@id": "http://www.opengis.net/def/crs/EPSG/0/4269", "title": "NAD 83"}],
            "describedBy": {"@type": "dcat:Distribution", "downloadURL": "https://example.org/d/1/fields.csv", "mediaType": "text/csv"},
            "accrualPeriodicity": "weekly", "issued": {"@type": "xsd:gYear", "@value": "1950"},
            "distribution": [{"downloadURL": "https://example.org/d/1.csv", "mediaType": "text/csv", "byteSize": {"@value": "1200"}}],
            "license": "https://creativecommons.org/publicdomain/zero/1.0/"}"#;
        let read = read(&text.replace("CONTEXT", CONTEXT));
        let one = read.first().expect("a record");
        assert_eq!(one.format, "dcat-us-3");
        let pointer = |name: &str| one.dataset[name]["pointer"].clone();
        assert_eq!(one.value("title").as_deref(), Some("Trees"));
        assert_eq!(pointer("title"), "/titleMap/en");
        assert_eq!(pointer("publisher"), "/publisher/name");
        assert_eq!(pointer("contact"), "/contactPoint/0");
        assert!(one.value("source").is_some_and(|it| it.contains("on foot")));
        assert_eq!(pointer("source"), "/provenance/labelMap/en");
        assert_eq!(one.value("access").as_deref(), Some("public"));
        assert_eq!(pointer("issued"), "/issued/@value");
        assert_eq!(pointer("spatial"), "/geographicBoundingBox");
        assert!(one.value("crs").is_some_and(|it| it.ends_with("4269")));
        assert!(
            one.value("dictionary")
                .is_some_and(|it| it.ends_with("fields.csv"))
        );
        assert_eq!(one.judgements["refresh"], "R/P1W");
        assert_eq!(one.judgements["source_stated"], "yes");
        assert!(one.extra.is_empty(), "{:?}", one.extra);
    }

    #[test]
    fn finds_a_node_that_a_record_names_by_its_address_alone() {
        let text = r#"{"@context": "CONTEXT", "@type": "dcat:Catalog", "publisher": {"@id": "https://parks.example.org", "name": "Parks office"},
            "dataset": [{"@id": "https://example.org/d/1", "@type": "Dataset", "title": "Trees", "description": "Street trees.",
              "publisher": "https://parks.example.org", "distribution": ["https://example.org/f/1", "https://example.org/f/2"]},
              {"title": "Benches", "publisher": "https://unknown.example.org"}],
            "also": [{"@id": "https://example.org/f/1", "downloadURL": "https://example.org/1.csv"}]}"#;
        let read = read(&text.replace("CONTEXT", CONTEXT));
        let [trees, benches] = read.as_slice() else {
            panic!("two records");
        };
        assert_eq!((trees.format, benches.format), ("dcat-us-3", "dcat-us-3"));
        assert_eq!(trees.pointer, "/dataset/0");
        assert_eq!(trees.value("publisher").as_deref(), Some("Parks office"));
        assert_eq!(trees.dataset["publisher"]["pointer"], "/publisher/name");
        assert_eq!(
            trees.dataset["distributions"]["value"]
                .as_array()
                .map(Vec::len),
            Some(1)
        );
        assert_eq!(
            benches.value("publisher").as_deref(),
            Some("https://unknown.example.org")
        );
    }

    #[test]
    fn leaves_version_1_1_alone() {
        let text = r#"{"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
            "dataset": [{"@type": "dcat:Dataset", "title": "Trees", "accessLevel": "public"}]}"#;
        assert_eq!(read(text).first().map(|it| it.format), Some("dcat-us-1.1"));
        let bare = r#"{"dataset": [{"@type": "dcat:Dataset", "title": "Trees", "identifier": "1", "keyword": ["a"]}]}"#;
        assert_eq!(read(bare).first().map(|it| it.format), Some("dcat-us-1.1"));
    }
}

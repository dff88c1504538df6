//! DCAT-AP and plain DCAT, as JSON-LD or any other form of RDF, and the data models of NGSI-LD made after it.

use super::{Format, Surroundings, dcat, linked};
use crate::model::Dataset;
use crate::source::split::Shape;
use crate::source::tree::Value;

pub(super) static FORMAT: Format = Format {
    id: "dcat-ap",
    name: "DCAT and DCAT-AP",
    known_by: "nodes typed `dcat:Dataset`, in JSON-LD, Turtle, N-Triples or RDF/XML",
    containers: &["@graph", "dcat:dataset"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: dcat::KNOWN_KEYS,
};

/// Namespaces of DCAT and of Dublin Core, and their usual prefixes.
const PREFIXES: [&str; 5] = [
    "dcat:",
    "dct:",
    "dcterms:",
    "http://www.w3.org/ns/dcat#",
    "http://purl.org/dc/terms/",
];

/// Words of contexts that stand for DCAT.
const CONTEXTS: [&str; 5] = [
    "ns/dcat",
    "purl.org/dc/terms",
    "DCAT-AP",
    "dcat-ap",
    "dcatap",
];

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    let node = linked::Node {
        value: record,
        language: "",
    };
    if !node.is_type("Dataset") {
        return None;
    }
    let has = |key: &str| record.get(key).is_some();
    if has("belongsToCatalogue")
        || node
            .own_id()
            .value()
            .is_some_and(|id| id.starts_with("urn:ngsi-ld:"))
    {
        return Some("it is a `Dataset` of NGSI-LD");
    }
    let in_schema_org = linked::context_says(record, around, "schema.org");
    let typed = node.types().any(|it| it.contains("dcat"));
    if in_schema_org && !typed {
        return None;
    }
    if record
        .members()
        .any(|(key, _)| PREFIXES.iter().any(|prefix| key.starts_with(prefix)))
    {
        return Some("its keys are those of DCAT");
    }
    let is_data_json = has("accessLevel")
        || around.shape == Shape::Container("dataset")
        || linked::context_says(record, around, "project-open-data");
    if is_data_json {
        return None;
    }
    if CONTEXTS
        .iter()
        .any(|name| linked::context_says(record, around, name))
    {
        return Some("its `@context` names DCAT");
    }
    if !has("title") && !has("titleMap") {
        return None;
    }
    if typed {
        return Some("its `@type` is DCAT's `Dataset`");
    }
    let signs = ["distribution", "keyword", "publisher", "theme"];
    (!has("name") && signs.iter().any(|key| has(key)))
        .then_some("its `@type` is `Dataset` and its keys are those of DCAT")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    dcat::read(record, FORMAT.id)
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Vec<Inspection> {
        let sources = [Source::new("a", text.as_bytes())];
        inspect(&sources, &Options::default()).0
    }

    /// One dataset as a tree with prefixes.
    const COMPACT: &str = r#"{
      "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#"},
      "@id": "https://data.example.org/d/wells", "@type": "dcat:Dataset",
      "dct:title": [{"@language": "es", "@value": "Pozos"}, {"@language": "en", "@value": "Public wells"}],
      "dct:description": {"@language": "en", "@value": "Public wells with their depth in metres. Wells that were closed before 1990 are missing."},
      "dct:identifier": "wells", "dcat:keyword": ["water", "wells"],
      "dct:publisher": {"@id": "https://water.example.org/", "@type": "foaf:Organization", "foaf:name": "Water office"},
      "dcat:contactPoint": {"@id": "_:desk", "@type": "vcard:Organization", "vcard:fn": "Water desk", "vcard:hasEmail": {"@id": "mailto:water@example.org"}},
      "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
      "dct:modified": {"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": "2026-05-01"},
      "dct:temporal": {"@id": "_:time", "@type": "dct:PeriodOfTime", "dcat:startDate": "1990-01-01", "dcat:endDate": "2025-12-31"},
      "dct:provenance": {"@id": "_:origin", "@type": "dct:ProvenanceStatement", "http://www.w3.org/2000/01/rdf-schema#label": "Register of wells"},
      "dcat:distribution": {"@id": "https://data.example.org/f/wells", "@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "https://data.example.org/wells.csv"},
        "dct:format": {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"}, "dct:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"}}
    }"#;

    /// The same with every node beside the others.
    const GRAPH: &str = r#"{
      "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#"},
      "@graph": [
        {"@id": "_:desk", "@type": "vcard:Organization", "vcard:fn": "Water desk", "vcard:hasEmail": {"@id": "mailto:water@example.org"}},
        {"@id": "_:time", "@type": "dct:PeriodOfTime", "dcat:startDate": "1990-01-01", "dcat:endDate": "2025-12-31"},
        {"@id": "_:origin", "@type": "dct:ProvenanceStatement", "http://www.w3.org/2000/01/rdf-schema#label": "Register of wells"},
        {"@id": "https://data.example.org/catalog", "@type": "dcat:Catalog", "dcat:dataset": {"@id": "https://data.example.org/d/wells"}},
        {"@id": "https://data.example.org/d/wells", "@type": "dcat:Dataset",
          "dct:title": [{"@language": "es", "@value": "Pozos"}, {"@language": "en", "@value": "Public wells"}],
          "dct:description": {"@language": "en", "@value": "Public wells with their depth in metres. Wells that were closed before 1990 are missing."},
          "dct:identifier": "wells", "dcat:keyword": ["water", "wells"],
          "dct:publisher": {"@id": "https://water.example.org/"}, "dcat:contactPoint": {"@id": "_:desk"},
          "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
          "dct:modified": {"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": "2026-05-01"},
          "dct:temporal": {"@id": "_:time"}, "dct:provenance": {"@id": "_:origin"},
          "dcat:distribution": [{"@id": "https://data.example.org/f/wells"}]},
        {"@id": "https://data.example.org/f/wells", "@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "https://data.example.org/wells.csv"},
          "dct:format": {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"}, "dct:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"}},
        {"@id": "https://water.example.org/", "@type": "foaf:Organization", "foaf:name": "Water office"}
      ]}"#;

    /// The same without a context: every key an address, every value a list.
    const EXPANDED: &str = r#"[
      {"@id": "https://data.example.org/d/wells", "@type": ["http://www.w3.org/ns/dcat#Dataset"],
        "http://purl.org/dc/terms/title": [{"@language": "es", "@value": "Pozos"}, {"@language": "en", "@value": "Public wells"}],
        "http://purl.org/dc/terms/description": [{"@language": "en", "@value": "Public wells with their depth in metres. Wells that were closed before 1990 are missing."}],
        "http://purl.org/dc/terms/identifier": [{"@value": "wells"}],
        "http://www.w3.org/ns/dcat#keyword": [{"@value": "water"}, {"@value": "wells"}],
        "http://purl.org/dc/terms/publisher": [{"@id": "https://water.example.org/"}],
        "http://www.w3.org/ns/dcat#contactPoint": [{"@type": ["http://www.w3.org/2006/vcard/ns#Organization"],
          "http://www.w3.org/2006/vcard/ns#fn": [{"@value": "Water desk"}], "http://www.w3.org/2006/vcard/ns#hasEmail": [{"@id": "mailto:water@example.org"}]}],
        "http://purl.org/dc/terms/accrualPeriodicity": [{"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"}],
        "http://purl.org/dc/terms/modified": [{"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": "2026-05-01"}],
        "http://purl.org/dc/terms/temporal": [{"@type": ["http://purl.org/dc/terms/PeriodOfTime"],
          "http://www.w3.org/ns/dcat#startDate": [{"@value": "1990-01-01"}], "http://www.w3.org/ns/dcat#endDate": [{"@value": "2025-12-31"}]}],
        "http://purl.org/dc/terms/provenance": [{"http://www.w3.org/2000/01/rdf-schema#label": [{"@value": "Register of wells"}]}],
        "http://www.w3.org/ns/dcat#distribution": [{"@id": "https://data.example.org/f/wells",
          "http://www.w3.org/ns/dcat#downloadURL": [{"@id": "https://data.example.org/wells.csv"}],
          "http://purl.org/dc/terms/format": [{"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"}],
          "http://purl.org/dc/terms/license": [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]}]},
      {"@id": "https://water.example.org/", "@type": ["http://xmlns.com/foaf/0.1/Organization"], "http://xmlns.com/foaf/0.1/name": [{"@value": "Water office"}]}
    ]"#;

    /// The same in Turtle.
    #[cfg(feature = "rdf")]
    const TURTLE: &str = r#"
        @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://data.example.org/catalog> a dcat:Catalog ; dcat:dataset <https://data.example.org/d/wells> .
        <https://data.example.org/d/wells> a dcat:Dataset ;
            dct:title "Pozos"@es, "Public wells"@en ;
            dct:description "Public wells with their depth in metres. Wells that were closed before 1990 are missing."@en ;
            dct:identifier "wells" ; dcat:keyword "water", "wells" ;
            dct:publisher <https://water.example.org/> ;
            dcat:contactPoint [ a vcard:Organization ; vcard:fn "Water desk" ; vcard:hasEmail <mailto:water@example.org> ] ;
            dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
            dct:modified "2026-05-01"^^xsd:date ;
            dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "1990-01-01" ; dcat:endDate "2025-12-31" ] ;
            dct:provenance [ a dct:ProvenanceStatement ; rdfs:label "Register of wells" ] ;
            dcat:distribution <https://data.example.org/f/wells> .
        <https://data.example.org/f/wells> a dcat:Distribution ; dcat:downloadURL <https://data.example.org/wells.csv> ;
            dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ; dct:license <https://creativecommons.org/licenses/by/4.0/> .
        <https://water.example.org/> a foaf:Organization ; foaf:name "Water office" .
    "#;

    /// The same in RDF/XML.
    #[cfg(feature = "rdf")]
    const XML: &str = r#"<?xml version="1.0" encoding="utf-8"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#"
            xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:vcard="http://www.w3.org/2006/vcard/ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
          <dcat:Dataset rdf:about="https://data.example.org/d/wells">
            <dct:title xml:lang="es">Pozos</dct:title><dct:title xml:lang="en">Public wells</dct:title>
            <dct:description xml:lang="en">Public wells with their depth in metres. Wells that were closed before 1990 are missing.</dct:description>
            <dct:identifier>wells</dct:identifier><dcat:keyword>water</dcat:keyword><dcat:keyword>wells</dcat:keyword>
            <dct:publisher><foaf:Organization rdf:about="https://water.example.org/"><foaf:name>Water office</foaf:name></foaf:Organization></dct:publisher>
            <dcat:contactPoint><vcard:Organization><vcard:fn>Water desk</vcard:fn><vcard:hasEmail rdf:resource="mailto:water@example.org"/></vcard:Organization></dcat:contactPoint>
            <dct:accrualPeriodicity rdf:resource="http://publications.europa.eu/resource/authority/frequency/ANNUAL"/>
            <dct:modified rdf:datatype="http://www.w3.org/2001/XMLSchema#date">2026-05-01</dct:modified>
            <dct:temporal><dct:PeriodOfTime><dcat:startDate>1990-01-01</dcat:startDate><dcat:endDate>2025-12-31</dcat:endDate></dct:PeriodOfTime></dct:temporal>
            <dct:provenance><dct:ProvenanceStatement><rdfs:label>Register of wells</rdfs:label></dct:ProvenanceStatement></dct:provenance>
            <dcat:distribution><dcat:Distribution rdf:about="https://data.example.org/f/wells"><dcat:downloadURL rdf:resource="https://data.example.org/wells.csv"/>
              <dct:format rdf:resource="http://publications.europa.eu/resource/authority/file-type/CSV"/><dct:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/></dcat:Distribution></dcat:distribution>
          </dcat:Dataset>
        </rdf:RDF>"#;

    /// What is understood, without the places.
    fn understood(text: &str) -> (Vec<(String, Option<String>)>, Vec<String>) {
        let read = read(text);
        let [one] = read.as_slice() else {
            panic!("one record, not {}", read.len());
        };
        assert_eq!(one.format, "dcat-ap");
        let keys = one.dataset.keys();
        let values = keys.map(|key| (key.clone(), one.value(key))).collect();
        let mut options = Options::default();
        options.as_of = crate::lexicon::dates::Date::new(2026, 11, 1);
        let report = check(&[Source::new("a", text.as_bytes())], &options);
        let said = report
            .findings
            .iter()
            .map(|it| it.message.clone())
            .collect();
        (values, said)
    }

    #[test]
    fn understands_the_same_in_every_spelling() {
        let compact = understood(COMPACT);
        let value = |name: &str| {
            let found = compact.0.iter().find(|(key, _)| key == name);
            found
                .and_then(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        assert_eq!(value("title"), "Public wells");
        assert_eq!(value("publisher"), "Water office");
        assert_eq!(
            value("contact"),
            r#"{"name":"Water desk","email":"mailto:water@example.org"}"#
        );
        assert_eq!(
            value("license"),
            "https://creativecommons.org/licenses/by/4.0/"
        );
        assert!(value("source").contains("Register of wells"));
        assert!(value("refresh").contains("R/P1Y"));
        assert_eq!(value("temporal"), "1990-01-01/2025-12-31");
        assert!(value("distributions").contains("wells.csv"));
        assert_eq!(understood(GRAPH), compact);
        assert_eq!(understood(EXPANDED), compact);
        #[cfg(feature = "rdf")]
        {
            assert_eq!(understood(TURTLE), compact);
            assert_eq!(understood(XML), compact);
        }
    }

    #[test]
    fn points_to_where_a_value_stands_be_it_in_another_node() {
        let read = read(GRAPH);
        let one = read.first().expect("a record");
        assert_eq!(one.pointer, "/@graph/4");
        let pointer = |name: &str| one.dataset[name]["pointer"].clone();
        assert_eq!(pointer("title"), "/@graph/4/dct:title/1/@value");
        assert_eq!(pointer("publisher"), "/@graph/6/foaf:name");
        assert_eq!(pointer("contact"), "/@graph/0");
        assert_eq!(pointer("license"), "/@graph/5/dct:license/@id");
        assert_eq!(pointer("refresh"), "/@graph/4/dct:accrualPeriodicity/@id");
        assert_eq!(pointer("spatial"), "/@graph/4");
    }

    #[test]
    fn places_count_from_the_start_of_the_document() {
        let text = "{\"@graph\": [\n{\"@id\": \"a\", \"@type\": \"dcat:Dataset\", \"dct:title\": \"Wells\",\n \"dct:description\": \"test\"}]}";
        let report = check(&[Source::new("a", text.as_bytes())], &Options::default());
        let finding = report
            .findings
            .iter()
            .find(|it| it.rule == "placeholder-text")
            .expect("a finding");
        let place = finding.locations.first().expect("a place");
        assert_eq!(place.pointer, "/@graph/0/dct:description");
        assert_eq!((place.line, place.column), (Some(3), Some(21)));
    }

    #[test]
    fn prefers_english_then_the_language_of_the_record() {
        let titled = |language: &str| {
            let text = format!(
                r#"{{"@type": "dcat:Dataset", "dct:title": [{{"@language": "ca", "@value": "Pous"}}, {{"@language": "es", "@value": "Pozos"}}], "dct:language": "{language}"}}"#
            );
            read(&text).first().and_then(|one| one.value("title"))
        };
        assert_eq!(
            titled("http://publications.example/authority/language/SPA").as_deref(),
            Some("Pozos")
        );
        assert_eq!(titled("es-ES").as_deref(), Some("Pozos"));
        assert_eq!(titled("fr").as_deref(), Some("Pous"));
        let english = r#"{"@type": "dcat:Dataset", "dct:title": {"es": "Pozos", "en-GB": "Wells"}, "dct:language": "es"}"#;
        let read = read(english);
        assert_eq!(
            read.first().and_then(|one| one.value("title")).as_deref(),
            Some("Wells")
        );
    }

    #[test]
    fn takes_datasets_of_a_catalogue_under_any_spelling_of_its_key() {
        for key in [
            "dcat:dataset",
            "dataset",
            "http://www.w3.org/ns/dcat#dataset",
        ] {
            let text = format!(
                r#"{{"@context": {{"dcat": "http://www.w3.org/ns/dcat#"}}, "@type": "dcat:Catalog", "{key}": [
                {{"@id": "https://example.org/1", "@type": "dcat:Dataset", "dct:title": "Wells"}}, {{"@id": "https://example.org/2"}}]}}"#
            );
            let read = read(&text);
            let [one] = read.as_slice() else {
                panic!("{key}: {} records", read.len());
            };
            assert_eq!(one.value("title").as_deref(), Some("Wells"));
        }
    }

    #[test]
    fn keeps_the_address_of_a_node_that_is_not_there() {
        let text = r#"{"@type": "dcat:Dataset", "dct:title": "Wells", "dct:publisher": {"@id": "https://water.example.org/"}, "dcat:contactPoint": {"@id": "_:b1"},
            "dcat:distribution": {"@id": "https://example.org/f"}}"#;
        let read = read(text);
        let one = read.first().expect("a record");
        assert_eq!(
            one.value("publisher").as_deref(),
            Some("https://water.example.org/")
        );
        assert_eq!(one.dataset["contact"]["blank"], "not in this export");
        assert_eq!(one.dataset["distributions"]["blank"], "not in this export");
    }

    #[test]
    fn nodes_that_point_to_each_other_do_not_go_round() {
        let text = r#"{"@graph": [{"@id": "a", "@type": "dcat:Dataset", "dct:title": "Wells", "dct:publisher": {"@id": "b"}, "dct:isPartOf": {"@id": "a"}},
            {"@id": "b", "org:subOrganizationOf": {"@id": "c"}}, {"@id": "c", "org:subOrganizationOf": {"@id": "b"}}]}"#;
        assert_eq!(read(text).len(), 1);
    }

    #[test]
    fn a_service_that_names_the_dataset_is_a_way_to_it() {
        let text = r#"{"@graph": [{"@id": "ex:1", "@type": "dcat:Dataset", "dct:title": "Wells"}, {"@id": "ex:2", "@type": "dcat:Dataset", "dct:title": "Springs"},
            {"@id": "ex:s", "@type": "dcat:DataService", "dcat:endpointURL": {"@id": "https://example.org/api"}, "dcat:servesDataset": [{"@id": "ex:1"}, {"@id": "ex:3"}]}]}"#;
        let read = read(text);
        let [wells, springs] = read.as_slice() else {
            panic!("two records");
        };
        assert_eq!(
            wells.dataset["distributions"]["value"][0]["url"],
            "https://example.org/api"
        );
        assert_eq!(wells.dataset["distributions"]["pointer"], "/@graph/2");
        assert_eq!(springs.dataset["distributions"]["blank"], "missing");
    }

    #[test]
    fn reads_the_models_of_ngsi_ld() {
        let text = r#"{"id": "urn:ngsi-ld:Dataset:1", "type": "Dataset", "@context": ["https://example.org/context.jsonld"],
            "title": {"type": "Property", "value": ["Wells"]}, "publisher": {"type": "Property", "value": "Water office"},
            "distribution": {"type": "Relationship", "object": ["urn:ngsi-ld:Distribution:1"]}, "accrualPeriodicity": {"type": "Property", "value": "weekly"},
            "modified": {"type": "Property", "value": {"@type": "DateTime", "@value": "2021-07-01T10:27:59Z"}}}"#;
        let read = read(text);
        let one = read.first().expect("a record");
        assert_eq!(one.format, "dcat-ap");
        assert_eq!(one.value("title").as_deref(), Some("Wells"));
        assert_eq!(one.value("publisher").as_deref(), Some("Water office"));
        assert_eq!(one.value("modified").as_deref(), Some("2021-07-01"));
        assert_eq!(one.judgements["refresh"], "R/P1W");
    }

    #[cfg(not(feature = "rdf"))]
    #[test]
    fn says_that_this_build_reads_no_turtle() {
        let text =
            "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<http://example.org/1> a dcat:Dataset .";
        let sources = [Source::new("a.ttl", text.as_bytes())];
        let (_, unread) = inspect(&sources, &Options::default());
        assert!(unread.iter().any(|it| it.message.contains("Turtle")));
    }

    #[test]
    fn says_what_a_context_that_is_not_fetched_hides() {
        let text = r#"{"@context": "https://example.org/own.jsonld", "@type": "Dataset", "naam": "Putten"}"#;
        let sources = [Source::new("a.json", text.as_bytes())];
        let (read, unread) = inspect(&sources, &Options::default());
        assert!(read.is_empty());
        assert!(
            unread
                .iter()
                .any(|it| it.message.contains("https://example.org/own.jsonld"))
        );
        let other =
            r#"{"@context": "https://example.org/own.jsonld", "@type": "Person", "name": "x"}"#;
        let report = check(
            &[Source::new("a.json", other.as_bytes())],
            &Options::default(),
        );
        let said = report.findings.iter().map(|it| it.message.as_str());
        assert_eq!(
            said.collect::<Vec<_>>(),
            ["This document describes no dataset"]
        );
    }
}

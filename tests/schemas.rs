//! The schemas in `schemas/` say what the code does.
#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use datasteward::rule::page;
use datasteward::rules;
use datasteward_tests::{judge_example, root};
use serde_json::{Value, json};

fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("schemas").join(name)).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::options().offline().build(&schema).unwrap()
}

fn complaints(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// A record that fills every place of the format.
fn whole_record() -> Value {
    json!({
        "datasteward": "1", "id": "street-trees", "title": "Street tree inventory", "kind": "table",
        "summary": "Every tree along a public street", "description": "One row a tree along a public street, with species, height and trunk diameter, measured on site to plan watering.", "description_format": "plain",
        "language": "en", "keywords": ["trees", "streets"], "category": "Environment",
        "department": {"name": "Bureau of Street Services", "unit_of": "City of Example"}, "publisher": "City of Example",
        "contact": {"name": "Open data team", "email": "opendata@city.example"},
        "source": [{"name": "Field survey by contracted arborists", "retrieved": "2025-03-01"}],
        "method": "Measured by hand.", "purpose": "To plan watering.", "usage_notes": "Join by tree id.",
        "context": [{"title": "Canopy story map", "url": "https://maps.city.example/canopy", "kind": "story"}],
        "limitations": ["Private trees are not counted."], "no_known_limitations": false,
        "license": {"spdx": "CC0-1.0"}, "rights": "None reserved.", "access": "public",
        "refresh": {"rate": "R/P1M", "note": "first Monday", "class": "periodic"},
        "created": "2015-01-01", "issued": "2015-02", "data_updated": "2026-11-02", "metadata_updated": "2026-11-03",
        "coverage": {"start": "2015-01-01", "end": "..", "place": "City of Example", "bbox": [-118.7, 33.7, -118.1, 34.3], "geographic_unit": "address"},
        "crs": "EPSG:4326", "time_zone": "America/Los_Angeles", "default_currency": "USD", "row_label": "a street tree", "rows": 112_034,
        "status": "active", "parent": {"id": "trees"}, "series": "inventories", "landing_page": "https://data.city.example/trees", "version": "3",
        "distributions": [{"title": "CSV", "url": "https://data.city.example/trees.csv", "format": "CSV", "media_type": "text/csv", "bytes": 123}],
        "dictionary": {"url": "https://data.city.example/trees-fields.csv", "media_type": "text/csv"},
        "columns": [{"name": "dbh", "plain_name": "Trunk diameter", "description": "Diameter at breast height", "type": "number", "role": "measure",
            "unit": "[in_i]", "unit_text": "inches", "missing_values": ["-9"], "required": false, "unique": false, "sensitive": false,
            "values": [{"value": "A", "label": "Alive"}], "stats": {"non_null": 11203, "nulls": 0, "distinct": 99, "min": "1", "max": "99"}}],
        "acknowledge": [{"rule": "limitations-missing", "field": "limitations", "reason": "Known and accepted by the bureau", "role": "data steward", "expires": "2027-06-30"}],
        "extra": {"anything": true}
    })
}

#[test]
fn every_report_made_from_the_pages_fits_the_schema() {
    let validator = schema("report.schema.json");
    for rule in rules::all() {
        let parsed = page::parse(rule.page);
        for example in parsed.bad.iter().chain(&parsed.good) {
            let report = serde_json::to_value(judge_example(example)).unwrap();
            assert_eq!(
                complaints(&validator, &report),
                Vec::<String>::new(),
                "{}",
                rule.id
            );
        }
    }
}

#[test]
fn a_report_with_a_wrong_key_does_not_fit() {
    let validator = schema("report.schema.json");
    let mut report = serde_json::to_value(datasteward_tests::judge("a.json", b"{}")).unwrap();
    report["surprise"] = json!(1);
    assert!(!validator.is_valid(&report));
}

#[test]
fn the_keys_of_a_report_stand_in_the_order_of_the_contract() {
    let text = datasteward_tests::judge(
        "a.json",
        b"{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"A\"}",
    )
    .to_json();
    let places: Vec<usize> = [
        "report_version",
        "tool",
        "as_of",
        "profile",
        "documents",
        "summary",
        "datasets\": [",
        "findings\": [",
    ]
    .iter()
    .map(|key| {
        text.find(&format!("\n  \"{key}"))
            .unwrap_or_else(|| panic!("{key} is missing"))
    })
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_report_reads_back_as_it_was() {
    let report = datasteward_tests::judge(
        "a.json",
        b"{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"A\", \"description\": \"null\"}",
    );
    assert_eq!(
        datasteward::Report::from_json(&report.to_json()).unwrap(),
        report
    );
}

#[test]
fn a_whole_native_record_fits_and_every_place_of_it_is_read() {
    let record = whole_record();
    assert_eq!(
        complaints(&schema("native-1.schema.json"), &record),
        Vec::<String>::new()
    );
    let text = record.to_string();
    let source = datasteward::Source::new("trees.json", text.as_bytes());
    let (inspections, unread) = datasteward::inspect(&[source], &datasteward::Options::default());
    assert!(unread.is_empty());
    assert_eq!(inspections[0].extra, Vec::<String>::new());
    let blank: Vec<&String> = inspections[0]
        .dataset
        .iter()
        .filter(|(_, field)| field["value"].is_null())
        .map(|(name, _)| name)
        .collect();
    // `modified` cannot tell data from metadata; the native format keeps the two apart.
    assert_eq!(blank, ["domain", "modified"]);
    let report = datasteward_tests::judge("trees.json", text.as_bytes());
    let wrong: Vec<_> = report
        .findings
        .iter()
        .map(|finding| &finding.message)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Our own example records, each in the format that its name says.
const EXAMPLES: [&str; 3] = ["catalogue.jsonl", "data.json", "rainfall.json"];

#[test]
fn records_written_in_our_own_format_fit_the_schema_and_are_judged_alike() {
    let validator = schema("native-1.schema.json");
    let options = datasteward::Options::default();
    let mut formats = Vec::new();
    for name in EXAMPLES {
        let bytes = std::fs::read(root().join("tests/data/example-city").join(name)).unwrap();
        let source = datasteward::Source::new(name, &bytes);
        let (before, _) = datasteward::inspect(&[source], &options);
        let document = datasteward::native_document(&before);
        assert_eq!(complaints(&validator, &document), Vec::<String>::new());
        let text = document.to_string();
        let again = datasteward::Source::new("again.json", text.as_bytes());
        let (after, _) = datasteward::inspect(&[again], &options);
        assert_eq!(before.len(), after.len());
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one.judgements, other.judgements);
            assert_eq!(one.columns.len(), other.columns.len());
            for (column, same) in one.columns.iter().zip(&other.columns) {
                assert_eq!(column, same);
            }
            assert_eq!(other.format, "native");
            formats.push(one.format);
        }
    }
    formats.dedup();
    assert_eq!(formats, ["socrata-discovery", "dcat-us-1.1", "native"]);
}

#[test]
fn what_a_source_has_no_place_for_comes_back_as_unknown_and_not_as_missing() {
    let record = br#"{"resource": {"id": "abcd-1234", "name": "Trees", "description": null, "type": "dataset",
        "columns_name": ["Height"], "columns_field_name": ["height"], "columns_datatype": ["Number"],
        "columns_description": [""]}, "classification": {}, "metadata": {"domain": "data.city.example"}}"#;
    let options = datasteward::Options::default();
    let read = |text: &[u8]| {
        let (mut read, _) =
            datasteward::inspect(&[datasteward::Source::new("a.json", text)], &options);
        read.remove(0)
    };
    let before = read(record);
    let after = read(before.native.to_string().as_bytes());
    let blank = |one: &datasteward::Inspection, name: &str| one.dataset[name]["blank"].clone();
    // What the source could have said and did not is still missing.
    assert_eq!(blank(&before, "description"), "null");
    assert_eq!(blank(&after, "description"), "missing");
    let mut not_said = 0;
    for (name, field) in &before.dataset {
        let unknown = |field: &Value| {
            field["blank"]
                .as_str()
                .is_some_and(|why| why.starts_with("not in"))
        };
        // Our own format keeps changes of data and of metadata apart.
        if name != "modified" {
            assert_eq!(unknown(field), unknown(&after.dataset[name]), "{name}");
            not_said += usize::from(unknown(field));
        }
    }
    assert!(not_said > 0);
    let again = read(after.native.to_string().as_bytes());
    assert_eq!(
        again.native["extra"]["not_in_source"],
        after.native["extra"]["not_in_source"]
    );
}

#[test]
fn native_examples_on_the_pages_fit_the_schema() {
    let validator = schema("native-1.schema.json");
    for rule in rules::all() {
        for example in &page::parse(rule.page).good {
            for text in if example.language.ends_with(".jsonl") {
                example.text.lines().collect()
            } else {
                vec![example.text]
            } {
                // What stands below is the data that the record describes.
                let text = text.split("\n ---").next().unwrap_or_default();
                let record: Value = serde_json::from_str(text).unwrap();
                if record.get("datasteward").is_some() {
                    assert_eq!(
                        complaints(&validator, &record),
                        Vec::<String>::new(),
                        "{}",
                        rule.id
                    );
                }
            }
        }
    }
}

#[test]
fn wrong_native_records_do_not_fit() {
    let validator = schema("native-1.schema.json");
    for (path, value) in [
        ("/titel", json!("x")),
        ("/rows", json!(-1)),
        ("/coverage/bbox", json!([0, 0])),
        ("/columns/0/type", json!("varchar")),
        ("/acknowledge/0/reason", json!("no")),
        ("/access", json!("secret")),
    ] {
        let mut record = whole_record();
        let (parent, key) = path.rsplit_once('/').unwrap();
        record.pointer_mut(parent).unwrap()[key] = value;
        assert!(!validator.is_valid(&record), "{path}");
    }
}

/// The schemas of the profiles: their words are read out to stewards.
fn profile_schemas() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join("schemas")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let is_our_own = ["native-1.schema.json", "report.schema.json"].contains(&name.as_str());
        if name.ends_with(".schema.json") && !is_our_own {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((name, serde_json::from_str(&text).unwrap()));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

#[test]
fn every_place_of_a_profile_has_a_name_and_says_what_is_wanted() {
    let schemas = profile_schemas();
    assert!(schemas.len() > 10);
    for (name, schema) in schemas {
        let mut waiting = vec![(String::new(), &schema, true)];
        while let Some((at, place, is_named)) = waiting.pop() {
            let says = |key: &str| {
                place
                    .get(key)
                    .and_then(Value::as_str)
                    .is_some_and(|it| !it.is_empty())
            };
            assert!(
                !is_named || (says("title") && says("description")),
                "{name} {at}"
            );
            for keyword in ["properties", "$defs"] {
                for (key, inner) in place
                    .get(keyword)
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                {
                    // Conditions name places again, without words.
                    waiting.push((format!("{at}/{key}"), inner, is_named));
                }
            }
            if let Some(items) = place.get("items") {
                waiting.push((
                    format!("{at}/items"),
                    items,
                    is_named && items.get("$ref").is_none(),
                ));
            }
            for keyword in ["if", "then", "else"] {
                if let Some(inner) = place.get(keyword) {
                    waiting.push((format!("{at}/{keyword}"), inner, false));
                }
            }
        }
    }
}

#[test]
fn each_profile_takes_a_small_record_and_says_what_a_broken_one_lacks() {
    let records = [
        (
            "dcat-us-1.1",
            DATA_JSON,
            "\"hasEmail\": \"mailto:data@city.example\"",
            "\"hasEmail\": \"ask\"",
            "The contact's e-mail address is `ask`; `mailto:` and an e-mail address is wanted",
        ),
        (
            "dcat-us-1.1-federal",
            DATA_JSON,
            "\"015:11\"",
            "\"15:11\"",
            "A bureau code is `15:11`; a code such as `015:11` is wanted",
        ),
        (
            "google-dataset",
            SCHEMA_ORG,
            "One row is one tree along a public street of the city.",
            "Trees.",
            "The description has fewer than 50 characters; a text of 50 to 5,000 characters is wanted",
        ),
        (
            "data-package",
            PACKAGE,
            "\"primaryKey\": \"id\"",
            "\"primaryKey\": \"tree\"",
            "The primary key names the field `tree`, which the schema does not have",
        ),
        (
            "data-package",
            PACKAGE,
            "\"type\": \"integer\"",
            "\"type\": \"int\"",
            "The field `id` has the type `int`, which Table Schema does not have",
        ),
        (
            "csvw",
            CSVW,
            "\"required\": true",
            "\"required\": \"yes\"",
            "The mark that a value is always there is a text; `true` or `false` is wanted",
        ),
    ];
    for (profile, record, right, wrong, expected) in records {
        assert_eq!(
            structure(profile, record),
            Vec::<String>::new(),
            "{profile}"
        );
        assert!(record.contains(right), "{profile}: {right}");
        assert_eq!(
            structure(profile, &record.replace(right, wrong)),
            [expected],
            "{profile}"
        );
    }
}

/// What the rules on structure say of a document.
fn structure(profile: &str, text: &str) -> Vec<String> {
    let options = datasteward::Options::default()
        .with_as_of(datasteward_tests::DAY)
        .unwrap()
        .with_profile(profile)
        .unwrap();
    let source = datasteward::Source::new("record.json", text.as_bytes());
    let rules = [
        "document-unreadable",
        "key-or-type-wrong",
        "profile-not-met",
    ];
    datasteward::check(&[source], &options)
        .findings
        .into_iter()
        .filter(|finding| rules.contains(&&*finding.rule))
        .map(|finding| finding.message)
        .collect()
}

const DATA_JSON: &str = r#"{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
    {"@type": "dcat:Dataset", "accessLevel": "public", "identifier": "trees", "title": "Street trees",
     "description": "One row is one tree.", "keyword": ["trees"], "modified": "2026-01-05", "accrualPeriodicity": "R/P1M",
     "bureauCode": ["015:11"], "programCode": ["015:001"], "publisher": {"@type": "org:Organization", "name": "City of Example"},
     "contactPoint": {"@type": "vcard:Contact", "fn": "Open data team", "hasEmail": "mailto:data@city.example"},
     "distribution": [{"@type": "dcat:Distribution", "downloadURL": "https://data.city.example/trees.csv", "mediaType": "text/csv"}]}]}"#;

const SCHEMA_ORG: &str = r#"{"@context": "https://schema.org/", "@type": "Dataset", "name": "Street trees",
    "description": "One row is one tree along a public street of the city.",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/", "creator": {"@type": "Organization", "name": "City of Example"},
    "distribution": {"@type": "DataDownload", "contentUrl": "https://data.city.example/trees.csv", "encodingFormat": "text/csv"}}"#;

const PACKAGE: &str = r#"{"name": "trees", "title": "Street trees", "resources": [{"name": "trees", "path": "trees.csv",
    "schema": {"fields": [{"name": "id", "type": "integer"}, {"name": "street", "type": "string"}], "primaryKey": "id"}}]}"#;

const CSVW: &str = r#"{"@context": "http://www.w3.org/ns/csvw", "url": "trees.csv", "dc:title": "Street trees",
    "tableSchema": {"columns": [{"name": "id", "titles": "Tree", "required": true}], "primaryKey": "id"}}"#;

//! The schemas in `schemas/` say what the code does.
#![recursion_limit = "256"]

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
            "values": [{"value": "A", "label": "Alive"}], "stats": {"non_null": 1, "nulls": 0, "distinct": 1, "min": "1", "max": "99"}}],
        "acknowledge": [{"rule": "limitations-missing", "column": null, "reason": "Known and accepted by the bureau", "by": "data steward", "until": "2027-06-30"}],
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

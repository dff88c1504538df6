//! `schemas/native-1.schema.json` says what our own format is: right records validate, wrong ones do not, and its keys
//! are those that the reader knows.

use std::collections::BTreeSet;

use datasteward::rule::page;
use datasteward::rules;
use datasteward_tests::{file, json_file, judge, objections, root, rules_of, validator};
use serde_json::{Value, json};

const SCHEMA: &str = "schemas/native-1.schema.json";

fn objections_to(record: &Value) -> Vec<String> {
    objections(&validator(&json_file(SCHEMA)), record)
}

/// A record that uses every key.
fn full() -> Value {
    json_file("tests/data/full.datasteward.json")
}

/// The full record with one value replaced or added, by its pointer's parent and key.
fn with(parent: &str, key: &str, value: Value) -> Value {
    let mut record = full();
    let object = record.pointer_mut(parent).and_then(Value::as_object_mut);
    object
        .expect("an object of the full record")
        .insert(key.to_owned(), value);
    record
}

#[test]
fn a_record_with_every_key_is_valid_and_draws_no_warning() {
    let record = full();
    assert_eq!(objections_to(&record), Vec::<String>::new());
    let report = judge(
        "full.datasteward.json",
        file("tests/data/full.datasteward.json").as_bytes(),
    );
    assert_eq!(rules_of(&report), Vec::<&str>::new());
    let described = json_file(SCHEMA);
    let keys = described["$defs"]["dataset"]["properties"]
        .as_object()
        .expect("properties");
    let unused: Vec<_> = keys
        .keys()
        .filter(|key| record.get(key).is_none())
        .collect();
    assert_eq!(unused, ["no_known_limitations"], "it excludes limitations");
}

#[test]
fn a_catalogue_is_valid() {
    let catalogue = json!({"datasteward": "1", "datasets": [{"id": "a", "title": "A"}, full()]});
    assert_eq!(objections_to(&catalogue), Vec::<String>::new());
}

#[test]
fn short_forms_are_valid() {
    let record = json!({
        "datasteward": "1", "id": "trees", "title": "Street trees", "publisher": "City of Example",
        "department": "Parks", "source": "Field survey", "limitations": "Private yards are left out.",
        "license": "CC0-1.0", "refresh": "monthly", "keywords": "trees", "category": "Environment",
        "no_known_limitations": false
    });
    assert_eq!(objections_to(&record), Vec::<String>::new());
}

#[test]
fn wrong_records_are_refused() {
    let wrong = [
        ("no id", json!({"datasteward": "1", "title": "A"})),
        ("no title", json!({"datasteward": "1", "id": "a"})),
        ("no version", json!({"id": "a", "title": "A"})),
        ("another version", with("", "datasteward", json!("2"))),
        ("an unknown key", with("", "licence", json!("CC0-1.0"))),
        (
            "an unknown key of a field",
            with("/columns/0", "units", json!("m")),
        ),
        (
            "an unknown key of a contact",
            with("/contact", "phone", json!("1")),
        ),
        ("a number for a title", with("", "title", json!(7))),
        ("a date in words", with("", "issued", json!("last week"))),
        ("rows below none", with("", "rows", json!(-1))),
        ("half a row", with("", "rows", json!(1.5))),
        ("an unknown status", with("", "status", json!("gone"))),
        ("an unknown kind", with("", "kind", json!("picture"))),
        ("three corners", with("/coverage", "bbox", json!([1, 2, 3]))),
        (
            "a corner off the globe",
            with("/coverage", "bbox", json!([0, 95, 1, 96])),
        ),
        (
            "a field without a name",
            with("", "columns", json!([{"type": "text"}])),
        ),
        (
            "an unknown type",
            with("/columns/0", "type", json!("varchar")),
        ),
        (
            "a reason too short to be one",
            with("/acknowledge/0", "reason", json!("ok")),
        ),
        (
            "a view of nothing",
            with("", "view", json!({"shows": "a part"})),
        ),
        ("columns as an object", with("", "columns", json!({}))),
        (
            "a source that names nothing",
            with("", "source", json!([{"note": "x"}])),
        ),
        ("a list at the top", json!([full()])),
    ];
    for (what, record) in wrong {
        assert!(!objections_to(&record).is_empty(), "{what} is let through");
    }
}

#[test]
fn own_keys_go_under_extra() {
    assert_eq!(
        objections_to(&with("/extra", "anything", json!({"at": ["all"]}))),
        Vec::<String>::new()
    );
}

/// Records of our own format on the pages of rules, but those that show what is wrong with a structure.
#[test]
fn examples_of_rules_are_valid() {
    let mut seen = 0;
    for rule in rules::all() {
        let parsed = page::parse(rule.page);
        for example in parsed.bad.iter().chain(&parsed.good) {
            let documents: Vec<&str> = if example.language.ends_with("jsonl") {
                example.text.lines().collect()
            } else {
                vec![example.text]
            };
            for document in documents {
                let Ok(record) = serde_json::from_str::<Value>(document) else {
                    continue;
                };
                if record.get("datasteward").is_none() || is_about_structure(rule.id) {
                    continue;
                }
                seen += 1;
                assert_eq!(objections_to(&record), Vec::<String>::new(), "{}", rule.id);
            }
        }
    }
    assert!(seen > 20, "only {seen} examples were looked at");
}

/// Rules whose bad examples lack what the schema demands.
fn is_about_structure(rule: &str) -> bool {
    matches!(rule, "missing-title" | "missing-required-metadata")
}

#[test]
fn the_schema_and_the_reader_know_the_same_keys() {
    let reader = file("crates/datasteward/src/format/native.rs");
    let list = reader
        .split_once("known_keys: &[")
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(list, _)| list)
        .expect("the reader's list of keys");
    let known: BTreeSet<&str> = list
        .split(',')
        .map(|key| key.trim().trim_matches('"'))
        .filter(|key| !key.is_empty())
        .collect();
    let schema = json_file(SCHEMA);
    let described: BTreeSet<&str> = schema["$defs"]["dataset"]["properties"]
        .as_object()
        .expect("properties")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(described, known);
}

#[test]
fn every_property_has_a_title_and_a_description_in_words() {
    fn walk(value: &Value, path: &str, bare: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                    for (key, property) in properties {
                        let refers = property.get("$ref").and_then(Value::as_str);
                        let said = |word| property.get(word).is_some();
                        let elsewhere = ["#/$defs/version", "#/$defs/extra"];
                        let fine = (said("title") && said("description"))
                            || refers.is_some_and(|refers| elsewhere.contains(&refers));
                        if !fine {
                            bare.push(format!("{path}/{key}"));
                        }
                    }
                }
                for (key, child) in object {
                    walk(child, &format!("{path}/{key}"), bare);
                }
            }
            Value::Array(items) => {
                for child in items {
                    walk(child, path, bare);
                }
            }
            _ => {}
        }
    }
    let mut bare = Vec::new();
    walk(&json_file(SCHEMA), "", &mut bare);
    assert_eq!(bare, Vec::<String>::new());
    assert!(root().join(SCHEMA).is_file());
}

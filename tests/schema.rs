//! `schemas/report.schema.json` is what reports are: those made over the inputs of all tests validate, and what is not
//! a report does not.

use std::fs;

use datasteward::{Options, Report, Source, check, render};
use datasteward_tests::{assert_valid, json_file, judge, judge_all, objections, root, validator};
use serde_json::{Value, json};

fn one_report() -> Report {
    judge(
        "trees.json",
        br#"{"datasteward": "1", "id": "trees", "title": "Street trees", "description": "Street trees"}"#,
    )
}

#[test]
fn reports_over_all_inputs_of_tests_are_valid() {
    let mut seen = 0;
    for folder in ["tests/parity/inputs", "tests/data"] {
        for entry in fs::read_dir(root().join(folder)).expect("inputs").flatten() {
            let bytes = fs::read(entry.path()).expect("a file");
            let report = judge(&entry.file_name().to_string_lossy(), &bytes);
            assert_eq!(report.documents.len(), 1);
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} inputs were found");
}

#[test]
fn reports_under_other_options_are_valid() {
    let record = br#"{"datasteward": "1", "id": "a", "title": "none", "description": "OPM\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s tool"}"#;
    for text in [
        "",
        r#"{"as_of": "2026-11-25", "offsets": "utf16"}"#,
        r#"{"select": ["C2-01"]}"#,
        r#"{"ignore": ["missing-license"], "severity": {"missing-title": "info"}}"#,
    ] {
        let options = Options::from_json(text).expect("right options");
        assert_valid(&check(&[Source::new("a.json", record)], &options));
        assert_valid(&check(&[Source::from_value("a", record)], &options));
        assert_valid(&check(&[], &options));
    }
}

#[test]
fn a_report_over_many_documents_is_valid() {
    let one = br#"{"datasteward": "1", "id": "a", "title": "Street trees"}"#;
    let report = judge_all(&[
        Source::new("a.json", one),
        Source::new("b.json", b"{"),
        Source::new("c.json", one),
    ]);
    assert_eq!(report.documents.len(), 3);
    assert_eq!(report.datasets.len(), 2);
}

#[test]
fn what_is_no_report_is_refused() {
    let validator = validator(&json_file("schemas/report.schema.json"));
    let report: Value = serde_json::from_str(&one_report().to_json()).expect("JSON");
    assert!(validator.is_valid(&report));
    let changes: [(&str, &str, Value); 7] = [
        ("", "report_version", json!(2)),
        ("", "findings", json!(null)),
        ("", "extra", json!(1)),
        ("/findings/0", "severity", json!("fatal")),
        ("/findings/0", "dataset", json!("0")),
        ("/datasets/0/areas/interest", "score", json!("good")),
        ("/datasets/0/items/0", "outcome", json!("maybe")),
    ];
    for (parent, key, value) in changes {
        let mut changed = report.clone();
        let object = changed.pointer_mut(parent).and_then(Value::as_object_mut);
        object.expect("an object").insert(key.to_owned(), value);
        assert!(
            !validator.is_valid(&changed),
            "{parent}/{key} is let through"
        );
        assert!(Report::from_json(&changed.to_string()).is_err() || key == "report_version");
    }
}

#[test]
fn keys_are_always_there_and_null_where_empty() {
    let validator = validator(&json_file("schemas/report.schema.json"));
    let report: Value = serde_json::from_str(&one_report().to_json()).expect("JSON");
    let finding = report["findings"][0].as_object().expect("a finding");
    for key in finding.keys() {
        let mut shorter = report.clone();
        let object = shorter["findings"][0].as_object_mut().expect("a finding");
        object.remove(key);
        assert!(
            !objections(&validator, &shorter).is_empty(),
            "{key} may be left out"
        );
    }
    let keys: Vec<&str> = finding.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "rule",
            "code",
            "item",
            "severity",
            "confidence",
            "dataset",
            "message",
            "why",
            "how",
            "evidence",
            "locations",
            "ratio",
            "fix",
            "fingerprint",
            "acknowledged"
        ]
    );
}

#[test]
fn a_report_read_back_renders_the_same() {
    let report = one_report();
    let again = Report::from_json(&report.to_json()).expect("a report");
    let options = render::TextOptions::default();
    assert_eq!(
        render::text(&report, &options),
        render::text(&again, &options)
    );
    assert_eq!(render::html(&report), render::html(&again));
}

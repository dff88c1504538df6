//! What was known at an earlier run stays silent.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use common::{err, folder, out, run};

const BAD: &str = r#"{"datasteward": "1", "id": "apps", "title": "Application portfolio", "description": "null"}"#;

#[test]
fn only_new_findings_fail_and_mended_ones_are_told() {
    let folder = folder("baseline", &[("bad.json", BAD)]);
    let check = |more: &[&str]| {
        let mut arguments = vec!["check", "bad.json", "--as-of", "2026-11-25"];
        arguments.extend(more);
        run(&folder, &arguments)
    };
    assert_eq!(check(&[]).status.code(), Some(1));
    let written = check(&["--write-baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    let first = std::fs::read(folder.join("known.json")).unwrap();
    check(&["--write-baseline", "known.json"]);
    assert_eq!(std::fs::read(folder.join("known.json")).unwrap(), first);

    for form in ["text", "json", "jsonl", "sarif", "csv"] {
        let quiet = check(&["--baseline", "known.json", "--format", form]);
        assert_eq!(quiet.status.code(), Some(0), "{form}: {}", out(&quiet));
        assert!(err(&quiet).contains("Known from the baseline"), "{form}");
    }
    let report = check(&["--baseline", "known.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 0);
    assert_eq!(report["summary"]["findings"]["warning"], 0);

    let mended = BAD.replace(
        "null",
        "The city's applications, counted by hand each autumn.",
    );
    std::fs::write(
        folder.join("bad.json"),
        mended.replace("portfolio", "â€™ portfolio"),
    )
    .unwrap();
    let new = check(&["--baseline", "known.json"]);
    assert_eq!(new.status.code(), Some(1));
    assert!(err(&new).contains("mended since: 2"), "{}", err(&new));
    assert!(out(&new).contains("garbled-characters"), "{}", out(&new));
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    let folder = folder("no-baseline", &[("bad.json", BAD)]);
    for name in ["bad.json", "nope.json"] {
        let refused = run(&folder, &["check", "bad.json", "--baseline", name]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(name), "{}", err(&refused));
    }
}

//! The steward's desk as people use it: examples, drafts, data beside metadata, trackers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::path::Path;

use common::{err, folder, out, run};

#[test]
fn examples_are_listed_printed_and_pass_the_check() {
    let folder = folder("examples", &[]);
    let list = out(&run(&folder, &["examples"]));
    for words in ["socrata-discovery", "data-package", "filtered-view"] {
        assert!(list.contains(words), "{list}");
    }
    let table = out(&run(&folder, &["examples", "table", "--format", "ckan"]));
    assert!(table.contains("license_id"), "{table}");
    // Without a name: the models as one catalogue.
    let made = run(
        &folder,
        &["examples", "--format", "data.json", "--output", "data.json"],
    );
    assert_eq!(made.status.code(), Some(0));
    let checked = run(
        &folder,
        &[
            "check",
            "data.json",
            "--as-of",
            "2026-11-25",
            "--fail-on",
            "info",
        ],
    );
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    for (arguments, wanted) in [
        (
            ["examples", "tabel", "--format", "ckan"],
            "there is no example `tabel`",
        ),
        (
            ["examples", "table", "--format", "word"],
            "there are no examples in the format `word`",
        ),
    ] {
        let refused = run(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(wanted), "{}", err(&refused));
    }
}

const PLANTINGS: &str = r#"{"datasteward": "1", "id": "plantings", "title": "Tree plantings", "refresh": {"rate": "R/P1M"},
 "data_updated": "2026-11-20", "rows": 4000, "coverage": {"start": "2010-01-01", "end": "2026-10-31"},
 "columns": [{"name": "species", "type": "text", "values": [{"value": "oak"}, {"value": "elm"}]},
  {"name": "height", "plain_name": "Height", "type": "number", "unit": "m"}, {"name": "planted_on", "type": "date"}, {"name": "ward", "type": "text"}]}"#;

/// The rules that speak of a record beside its data.
fn rules(folder: &Path, record: &str, data: &str) -> Vec<String> {
    let output = run(
        folder,
        &[
            "check",
            record,
            "--data",
            data,
            "--as-of",
            "2026-11-25",
            "--format",
            "json",
        ],
    );
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}: {}",
                finding["rule"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_record_is_held_against_its_data() {
    let mut table = "species,height,planted_on,reopened\n".to_owned();
    for row in 0..60 {
        let species = if row == 7 { "ash" } else { "oak" };
        table.push_str(&format!(
            "{species},{}.5,2011-03-{:02},\n",
            row % 9,
            row % 28 + 1
        ));
    }
    table.push_str("elm,tall,2012-05-01,\n");
    let folder = folder(
        "data",
        &[("plantings.json", PLANTINGS), ("plantings.csv", &table)],
    );
    let found = rules(&folder, "plantings.json", "plantings.csv").join("\n");
    for wanted in [
        "dictionary-out-of-step: 1 field is in the data and not described: `reopened`; 1 field is described and not in the data: `ward`",
        "values-contradict-dictionary: `species` holds values that its list of codes does not have: `ash`",
        "values-contradict-dictionary: `Height` is declared a number, and the data holds `tall`",
        "data-contradicts-record: The record says 4000 rows, and the data has 61",
        "data-contradicts-record: The time covered is said to end on 31 October 2026, and the last day in the data is 1 May 2012",
        "data-stops-early: The refresh rate is monthly, but the newest `planted_on` is 1 May 2012",
    ] {
        assert!(found.contains(wanted), "{wanted}\n\n{found}");
    }
    // Where the format has no place for fields and rows, the data speaks for itself.
    let bare = r#"{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [{"title": "Tree plantings", "identifier": "t",
      "accrualPeriodicity": "R/P1M", "modified": "2026-11-20", "accessLevel": "public"}]}"#;
    std::fs::write(folder.join("data.json"), bare).unwrap();
    let found = rules(&folder, "data.json", "plantings.csv").join("\n");
    for wanted in [
        "mostly-empty-field: The field `reopened`",
        "data-stops-early",
    ] {
        assert!(found.contains(wanted), "{wanted}\n\n{found}");
    }
    assert!(!found.contains("dictionary-out-of-step"), "{found}");
    // Another table altogether.
    std::fs::write(folder.join("other.csv"), "a,b\n1,2\n").unwrap();
    let found = rules(&folder, "plantings.json", "other.csv").join("\n");
    assert!(
        found.contains("None of the 4 fields described is in other.csv"),
        "{found}"
    );
}

#[test]
fn data_that_fits_brings_no_finding_and_bad_data_is_told() {
    let mut table = "Species,Height,Planted On,Ward\n".to_owned();
    for row in 0..3900 {
        table.push_str(&format!(
            "elm,{}.25,{}-03-0{},north\n",
            row % 9,
            2010 + row % 17,
            row % 9 + 1
        ));
    }
    table.push_str("oak,2,2026-10-30,south\n");
    let folder = folder(
        "data-good",
        &[
            ("plantings.json", PLANTINGS),
            ("good.csv", &table),
            ("empty.csv", ""),
            ("broken.csv", "a,b\n1,2,3\n"),
        ],
    );
    let alone = rules(&folder, "plantings.json", "good.csv");
    let of_data = [
        "dictionary-out-of-step",
        "values-contradict",
        "data-contradicts",
        "stops-early",
        "mostly-empty",
    ];
    let said: Vec<_> = alone
        .iter()
        .filter(|it| of_data.iter().any(|rule| it.contains(rule)))
        .collect();
    assert!(said.is_empty(), "{said:?}");
    let two = format!(
        "{}\n{}\n",
        PLANTINGS.replace('\n', " "),
        PLANTINGS
            .replace('\n', " ")
            .replace("plantings\"", "more\"")
    );
    std::fs::write(folder.join("two.jsonl"), two).unwrap();
    for (record, data, wanted) in [
        (
            "plantings.json",
            "empty.csv",
            "failed to read empty.csv: it is empty",
        ),
        (
            "plantings.json",
            "broken.csv",
            "the row on line 2 has 3 cells",
        ),
        ("plantings.json", ".", "it is a folder"),
        ("plantings.json", "nope.csv", "there is no such file"),
        (
            "two.jsonl",
            "good.csv",
            "good.csv is the data of one dataset, and 2 are described",
        ),
    ] {
        let output = run(&folder, &["check", record, "--data", data]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(wanted), "{}", err(&output));
        assert!(output.stdout.is_empty());
    }
}

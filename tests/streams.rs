//! Many documents, in one run or in parts: the same findings, and none that hides another.

use datasteward::{Checker, Report, Source};
use datasteward_tests::{AS_OF, assert_valid, judge, judge_all, options};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Twenty records that bring out rules over one and over many datasets: slices by year, doubled titles and
/// identifiers, views without their parents.
fn records() -> Vec<Value> {
    let columns = json!([{"name": "call_id"}, {"name": "call_type"}, {"name": "Crm Cd"}]);
    let mut records: Vec<Value> = (2015..2027)
        .map(|year| {
            json!({"datasteward": "1", "id": format!("calls-{year}"), "title": format!("Calls for service {year}"),
                "description": "Calls", "refresh": "daily", "data_updated": "2020-01-01", "columns": columns})
        })
        .collect();
    records.extend([
        json!({"datasteward": "1", "id": "trees", "title": "Street trees", "description": "Street trees"}),
        json!({"datasteward": "1", "id": "trees", "title": "Park trees", "license": "none"}),
        json!({"datasteward": "1", "id": "more-trees", "title": "Street trees"}),
        json!({"datasteward": "1", "id": "view", "title": "Recent trees", "view": {"of": "gone", "filter": "x"}}),
        json!({"datasteward": "1", "id": "test", "title": "Test", "description": "test"}),
        json!({"datasteward": "1", "id": "rows", "title": "Budget totals", "rows": 3}),
        json!({"datasteward": "1", "id": "damaged", "title": "Agency\u{c3}\u{a2}\u{e2}\u{201a}\u{ac}\u{e2}\u{201e}\u{a2}s list"}),
        json!({"datasteward": "1", "id": "template", "title": "Roads", "description": "{{description}}"}),
    ]);
    records
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

/// Rule, dataset and message of each finding: what does not depend on where a record stands.
fn gist(report: &Report) -> Vec<(String, Option<String>, String, String)> {
    let mut gist: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let dataset = finding.dataset.and_then(|index| report.datasets.get(index));
            (
                finding.rule.clone(),
                dataset.and_then(|it| it.title.clone()),
                finding.message.clone(),
                finding.fingerprint.clone(),
            )
        })
        .collect();
    gist.sort();
    gist
}

#[test]
fn one_file_or_twenty_give_the_same_findings() {
    let records = records();
    let one = judge("all.jsonl", lines(&records).as_bytes());
    let texts: Vec<(String, String)> = (0..)
        .zip(&records)
        .map(|(number, record)| (format!("{number}.json"), record.to_string()))
        .collect();
    let sources: Vec<Source<'_>> = texts
        .iter()
        .map(|(name, text)| Source::new(name, text.as_bytes()))
        .collect();
    let twenty = judge_all(&sources);
    assert_eq!(twenty.documents.len(), 20);
    assert_eq!(gist(&one), gist(&twenty));
    let outcomes =
        |report: &Report| -> Vec<_> { report.datasets.iter().map(|it| it.items.clone()).collect() };
    assert_eq!(outcomes(&one), outcomes(&twenty));
    assert_eq!(one.summary, twenty.summary);
}

#[test]
fn a_list_an_array_and_lines_give_the_same_findings() {
    let records = records();
    let as_lines = judge("all.jsonl", lines(&records).as_bytes());
    let array = judge("all.json", json!(records).to_string().as_bytes());
    let catalogue = json!({"datasteward": "1", "datasets": records});
    let catalogue = judge("all.json", catalogue.to_string().as_bytes());
    assert_eq!(gist(&as_lines), gist(&array));
    assert_eq!(gist(&as_lines), gist(&catalogue));
}

#[test]
fn records_bring_out_rules_over_many_datasets() {
    let report = judge("all.jsonl", lines(&records()).as_bytes());
    for rule in ["split-by-year", "duplicate-title", "duplicate-identifier"] {
        assert!(
            report.findings.iter().any(|finding| finding.rule == rule),
            "{rule} is silent"
        );
    }
}

fn checked(documents: &[(String, String)]) -> Checker {
    let mut checker = Checker::new(options());
    for (name, text) in documents {
        checker.add(&Source::new(name, text.as_bytes()));
    }
    checker
}

#[test]
fn one_broken_line_hides_nothing() {
    let good = judge("all.jsonl", lines(&records()).as_bytes());
    for broken in [
        "{\"datasteward\": ",
        "}",
        "<html>",
        "{\"a\": \"",
        "not JSON",
        "\u{0}",
        "[1,2",
    ] {
        for at in [1, 7, 20] {
            let mut all: Vec<String> = records().iter().map(Value::to_string).collect();
            all.insert(at, broken.to_owned());
            let report = judge("all.jsonl", all.join("\n").as_bytes());
            assert_eq!(report.datasets.len(), 20, "`{broken}` in line {}", at + 1);
            let refused: Vec<_> = report
                .findings
                .iter()
                .filter(|it| it.rule == "document-unreadable")
                .collect();
            assert_eq!(refused.len(), 1, "`{broken}` in line {}", at + 1);
            assert_eq!(refused[0].locations[0].line, Some(at + 1), "`{broken}`");
            let rest: Vec<_> = gist(&report)
                .into_iter()
                .filter(|(rule, ..)| rule != "document-unreadable")
                .collect();
            assert_eq!(rest, gist(&good), "`{broken}` in line {}", at + 1);
        }
    }
}

#[test]
fn a_broken_first_line_hides_nothing() {
    let mut all: Vec<String> = records().iter().map(Value::to_string).collect();
    all.insert(0, "{\"datasteward\": ".to_owned());
    let report = judge("all.jsonl", all.join("\n").as_bytes());
    assert_eq!(report.datasets.len(), 20);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a list of documents is parted and the parts are joined, the report is the same to the byte.
    #[test]
    fn merged_parts_give_the_report_of_one_pass(
        order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in (0..20_usize, 0..20_usize),
        from_the_right in any::<bool>(),
    ) {
        let records = records();
        let documents: Vec<(String, String)> = order
            .iter()
            .map(|&index| (format!("{index}.json"), records[index].to_string()))
            .collect();
        let (one, other) = (cuts.0.min(cuts.1), cuts.0.max(cuts.1));
        let whole = checked(&documents).finish();
        let (mut first, mut second) = (checked(&documents[..one]), checked(&documents[one..other]));
        let third = checked(&documents[other..]);
        let merged = if from_the_right {
            second.merge(third);
            first.merge(second);
            first
        } else {
            first.merge(second);
            first.merge(third);
            first
        };
        let merged = merged.finish();
        assert_valid(&merged);
        prop_assert_eq!(merged.to_json(), whole.to_json());
        prop_assert_eq!(whole.as_of.as_deref(), Some(AS_OF));
    }
}

#[test]
fn equal_runs_give_equal_bytes() {
    let text = lines(&records());
    let first = judge("all.jsonl", text.as_bytes()).to_json();
    assert_eq!(first, judge("all.jsonl", text.as_bytes()).to_json());
}

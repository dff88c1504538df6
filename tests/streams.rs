//! Documents split, joined and broken: the same records give the same findings.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use datasteward::{Checker, Options, Source, check};
use datasteward_tests::DAY;

fn options() -> Options {
    Options::default().with_as_of(DAY).unwrap()
}

fn record(number: usize) -> String {
    format!(
        r#"{{"datasteward": "1", "id": "d{number}", "title": "Dataset number {number}", "description": "{}", "columns": [{{"name": "CRM_CD"}}]}}"#,
        if number.is_multiple_of(3) {
            "null"
        } else {
            "Counts of trees by street, made by hand each autumn."
        }
    )
}

/// Rule, message and dataset's id of each finding, without places.
fn told(report: &datasteward::Report) -> Vec<(String, String, Option<String>)> {
    let mut told: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let id = finding
                .dataset
                .and_then(|index| report.datasets[index].id.clone());
            (finding.rule.clone(), finding.message.clone(), id)
        })
        .collect();
    told.sort();
    told
}

#[test]
fn one_document_or_twenty_give_the_same_findings() {
    let records: Vec<String> = (0..20).map(record).collect();
    let lines = records.join("\n");
    let array = format!("[{}]", records.join(",\n"));
    let container = format!(
        r#"{{"datasteward": "1", "datasets": [{}]}}"#,
        records.join(", ")
    );
    let whole = check(&[Source::new("all.jsonl", lines.as_bytes())], &options());
    let each: Vec<Source<'_>> = records
        .iter()
        .map(|text| Source::new("one.json", text.as_bytes()))
        .collect();
    assert_eq!(whole.datasets.len(), 20);
    assert_eq!(told(&whole), told(&check(&each, &options())));
    assert_eq!(
        told(&whole),
        told(&check(
            &[Source::new("all.json", array.as_bytes())],
            &options()
        ))
    );
    assert_eq!(
        told(&whole),
        told(&check(
            &[Source::new("all.json", container.as_bytes())],
            &options()
        ))
    );
}

#[test]
fn merging_checkers_equals_one_pass() {
    let documents: Vec<String> = (0..9).map(record).collect();
    let sources: Vec<Source<'_>> = documents
        .iter()
        .map(|text| Source::new("r.json", text.as_bytes()))
        .collect();
    let whole = check(&sources, &options());
    for cut in 0..=sources.len() {
        let mut left = Checker::new(options());
        let mut right = Checker::new(options());
        sources[..cut].iter().for_each(|source| left.add(source));
        sources[cut..].iter().for_each(|source| right.add(source));
        left.merge(right);
        assert_eq!(left.finish(), whole, "cut at {cut}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let lines = (0..12).map(record).collect::<Vec<_>>().join("\n");
    let run = || check(&[Source::new("a.jsonl", lines.as_bytes())], &options()).to_json();
    assert_eq!(run(), run());
}

#[test]
fn a_broken_line_is_told_and_hides_nothing() {
    let text = format!("{}\n{{\"broken\": \n{}\n", record(1), record(2));
    let report = check(&[Source::new("a.jsonl", text.as_bytes())], &options());
    assert_eq!(report.datasets.len(), 2);
    let broken: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "document-unreadable")
        .collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].locations[0].line, Some(2));
}

/// A line may be broken so that it does not even open as a record.
#[test]
fn any_broken_line_hides_nothing() {
    for broken in [
        "}",
        "<html>",
        "not JSON",
        "\u{0}",
        "[1,2",
        "{\"a\": \"",
        "{\"a\": ",
    ] {
        for at in 1..=4 {
            let mut lines: Vec<String> = (1..=4).map(record).collect();
            lines.insert(at, broken.to_owned());
            let report = check(
                &[Source::new("a.jsonl", lines.join("\n").as_bytes())],
                &options(),
            );
            assert_eq!(report.datasets.len(), 4, "`{broken}` in line {}", at + 1);
            let broken_at: Vec<_> = report
                .findings
                .iter()
                .filter(|finding| finding.rule == "document-unreadable")
                .map(|finding| finding.locations[0].line)
                .collect();
            assert_eq!(broken_at, [Some(at + 1)], "`{broken}`");
        }
    }
}

#[test]
fn a_broken_record_of_an_array_hides_nothing() {
    let text = format!(
        "{{\"datasteward\": \"1\", \"datasets\": [{}, {{\"id\": ,}}, {}]}}",
        record(1),
        record(2)
    );
    let report = check(&[Source::new("a.json", text.as_bytes())], &options());
    assert_eq!(report.datasets.len(), 2);
    assert_eq!(report.datasets[1].pointer, "/datasets/2");
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "document-unreadable")
    );
}

#[test]
fn byte_order_marks_and_utf16_change_nothing_but_the_encoding_finding() {
    let text = record(3);
    let plain = check(&[Source::new("a.json", text.as_bytes())], &options());
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(text.as_bytes());
    assert_eq!(
        told(&plain),
        told(&check(&[Source::new("a.json", &marked)], &options()))
    );
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let report = check(&[Source::new("a.json", &wide)], &options());
    let others: Vec<_> = told(&report)
        .into_iter()
        .filter(|(rule, _, _)| rule != "encoding-not-utf8")
        .collect();
    assert_eq!(told(&plain), others);
    let place = report
        .findings
        .iter()
        .find(|finding| finding.rule == "placeholder-text")
        .unwrap();
    let (start, end) = (
        place.locations[0].start.unwrap(),
        place.locations[0].end.unwrap(),
    );
    let units: Vec<u16> = wide[start..end]
        .chunks(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "\"null\"");
}

#[test]
fn crlf_lines_are_counted_as_lines() {
    let text = format!("{}\r\n{}\r\n", record(1), record(3));
    let report = check(&[Source::new("a.jsonl", text.as_bytes())], &options());
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == "placeholder-text")
        .unwrap();
    assert_eq!(finding.locations[0].line, Some(2));
}

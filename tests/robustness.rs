//! Input that nobody would write: an answer in words, never a panic.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use datasteward::{Source, wire};
use datasteward_tests::judge;
use proptest::prelude::*;

fn unreadable(text: &[u8]) -> String {
    let report = judge("input.json", text);
    assert!(report.datasets.is_empty());
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == "document-unreadable")
        .expect("told");
    assert_eq!(finding.dataset, None);
    assert!(report.documents[0].format.is_none());
    finding.message.clone()
}

#[test]
fn what_cannot_be_read_is_told_in_words() {
    assert_eq!(unreadable(b""), "This file is empty");
    assert!(unreadable(b"<!DOCTYPE html><html><body>502</body></html>").contains("web page"));
    assert!(unreadable(&[0, 159, 146, 150, 0, 0]).contains("not a text file"));
    assert!(unreadable(b"hello").contains("not metadata in a form that we know"));
    assert!(unreadable(b"{\"a\": 1}").contains("not a metadata record"));
    assert!(unreadable("[".repeat(10_000).as_bytes()).contains("levels deep"));
    assert!(unreadable(b"{\"title\": \"a\tb\"}").contains("line 1, column 13"));
    assert!(unreadable(b"{\"title\": \"\xff\"}").contains("UTF-8"));
    assert!(
        unreadable(b"{\"code\": \"not_found\", \"error\": true, \"message\": \"no such view\"}")
            .contains("no such view")
    );
    assert!(unreadable(b"{\"title\": 1\n<<<<<<< ours\n}").contains("unfinished merge"));
}

#[test]
fn an_empty_catalogue_is_told() {
    let report = judge("data.json", b"{\"conformsTo\": \"x\", \"dataset\": []}");
    assert_eq!(
        report.findings[0].message,
        "This catalogue lists no datasets"
    );
}

#[test]
fn a_line_of_two_hundred_megabytes_does_not_hide_the_next() {
    let mut text = b"{\"datasteward\": \"1\", \"id\": \"big\", \"title\": \"".to_vec();
    text.resize(200_000_000, b'x');
    text.extend(b"\"}\n{\"datasteward\": \"1\", \"id\": \"small\", \"title\": \"Small\"}\n");
    let report = judge("big.jsonl", &text);
    assert_eq!(report.datasets.len(), 1);
    assert!(
        report.findings[0].message.contains("larger than 64 MB"),
        "{}",
        report.findings[0].message
    );
}

#[test]
fn huge_titles_and_many_columns_are_judged() {
    let title = "Ω word ".repeat(200_000);
    let text =
        serde_json::json!({"datasteward": "1", "id": "t", "title": title, "description": title})
            .to_string();
    assert_eq!(judge("t.json", text.as_bytes()).datasets.len(), 1);
    let columns: Vec<_> = (0..10_000)
        .map(
            |at| serde_json::json!({"name": format!("CD_{at}"), "description": format!("CD {at}")}),
        )
        .collect();
    let text =
        serde_json::json!({"datasteward": "1", "id": "c", "title": "Codes", "columns": columns})
            .to_string();
    let report = judge("c.json", text.as_bytes());
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.ratio.is_some())
        .expect("told");
    assert_eq!(finding.ratio.map(|ratio| ratio.judged), Some(10_000));
}

#[test]
fn scripts_of_the_world_and_odd_signs_are_judged() {
    for text in [
        "الأشجار",
        "街路樹",
        "дерево",
        "\u{202e}sdrawkcab",
        "🌳🌳🌳",
        "a\u{0}b",
        "\u{feff}",
        "ｆｕｌｌ",
    ] {
        let record =
            serde_json::json!({"datasteward": "1", "id": text, "title": text, "description": text,
            "columns": [{"name": text, "description": text}, {"name": "\u{0}"}]})
            .to_string();
        assert_eq!(
            judge("w.json", record.as_bytes()).datasets.len(),
            1,
            "{text}"
        );
    }
}

#[test]
fn nothing_of_a_record_reaches_a_terminal_or_a_page_unescaped() {
    let evil = "<script>alert(1)</script>\u{1b}[2J\u{202e}\u{7}";
    let record = serde_json::json!({"datasteward": "1", "id": evil, "title": evil, "description": evil,
        "department": {"name": evil}, "refresh": {"rate": evil}, "columns": [{"name": evil, "description": evil}]})
    .to_string();
    let report = wire::check(
        &[Source::new(evil, record.as_bytes())],
        "{\"as_of\": \"2026-11-25\"}",
    )
    .unwrap();
    let text = wire::render(&report, "text").unwrap();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\u{7}'));
    let html = wire::render(&report, "html").unwrap();
    assert!(!html.contains("<script") && !html.contains('\u{1b}') && !html.contains('\u{202e}'));
}

#[test]
fn bad_options_are_errors_that_help() {
    let said = |options: &str| wire::check(&[], options).expect_err("refused").to_string();
    assert_eq!(
        said("{\"profil\": \"la\"}"),
        "there is no option `profil`; did you mean `profile`?"
    );
    assert_eq!(
        said("{\"as_of\": \"2026-13-01\"}"),
        "`2026-13-01` is not a date; write it as 2026-11-25"
    );
    assert!(said("[]").starts_with("failed to read the options"));
    assert!(said("{\"profile\": \"sf\"}").contains("there is no profile `sf`"));
}

const DOCUMENT: &str = r#"{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
 {"accessLevel": "public", "title": "Street trees", "description": "Trees — the city’s", "identifier": "a", "modified": "2020-01-01",
  "keyword": ["a; b"], "contactPoint": {"fn": "Open data", "hasEmail": "mailto:"}, "publisher": {"name": "City"}, "accrualPeriodicity": "R/P1M",
  "distribution": [{"downloadURL": "https://city.example/a.csv", "mediaType": "text/csv"}]},
 {"accessLevel": "public", "title": "{{name}}", "description": "cityâ€™s", "identifier": "b", "distribution": null}]}"#;

proptest! {
    #[test]
    fn cut_and_twisted_documents_never_panic(cut in 0..DOCUMENT.len(), at in 0..DOCUMENT.len(), byte in any::<u8>()) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        bytes[at] = byte;
        prop_assert_eq!(judge("twisted.json", &bytes).documents.len(), 1);
        bytes.truncate(cut);
        let report = judge("cut.json", &bytes);
        prop_assert_eq!(report.documents.len(), 1);
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(judge("any.json", &bytes).documents.len(), 1);
    }

    #[test]
    fn any_texts_in_a_record_never_panic(title in any::<String>(), text in any::<String>(), name in any::<String>()) {
        let record = serde_json::json!({"datasteward": "1", "id": name, "title": title, "description": text,
            "refresh": {"rate": text}, "data_updated": title, "license": text, "keywords": [title],
            "columns": [{"name": name, "description": text, "type": title, "unit": text}]}).to_string();
        let report = judge("any.json", record.as_bytes());
        prop_assert_eq!(report.datasets.len(), 1);
    }
}

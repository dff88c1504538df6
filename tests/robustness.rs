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
fn a_record_of_three_hundred_megabytes_does_not_hide_the_next() {
    let mut text = b"{\"datasteward\": \"1\", \"id\": \"big\", \"title\": \"".to_vec();
    text.resize(300_000_000, b'x');
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

/// The first letters of a hundred blocks of Unicode, one a script, and six signs of each.
#[test]
fn a_hundred_scripts_are_judged() {
    const FIRST_LETTERS: [u32; 100] = [
        0x0061, 0x00e0, 0x0105, 0x0250, 0x03b1, 0x0430, 0x0561, 0x05d0, 0x0627, 0x0710, 0x0780,
        0x07ca, 0x0800, 0x0840, 0x0905, 0x0985, 0x0a05, 0x0a85, 0x0b05, 0x0b85, 0x0c05, 0x0c85,
        0x0d05, 0x0d85, 0x0e01, 0x0e81, 0x0f40, 0x1000, 0x10d0, 0x1100, 0x1200, 0x13a0, 0x1401,
        0x1681, 0x16a0, 0x1700, 0x1720, 0x1740, 0x1760, 0x1780, 0x1820, 0x18b0, 0x1900, 0x1950,
        0x1980, 0x1a00, 0x1a20, 0x1b05, 0x1b83, 0x1bc0, 0x1c00, 0x1c5a, 0x1c80, 0x1c90, 0x1d00,
        0x1e00, 0x1f00, 0x2c00, 0x2c80, 0x2d00, 0x2d30, 0x2d80, 0x3041, 0x30a1, 0x3105, 0x3131,
        0x31a0, 0x3400, 0x4e00, 0xa000, 0xa4d0, 0xa500, 0xa6a0, 0xa722, 0xa800, 0xa840, 0xa882,
        0xa90a, 0xa930, 0xa984, 0xaa00, 0xaa80, 0xaae0, 0xab01, 0xab30, 0xabc0, 0xac00, 0xfb50,
        0xff21, 0x10000, 0x10280, 0x10300, 0x10330, 0x10380, 0x10400, 0x10900, 0x12000, 0x13000,
        0x1e900, 0x20000,
    ];
    for first in FIRST_LETTERS {
        let text: String = (first..first + 6).filter_map(char::from_u32).collect();
        let record = serde_json::json!({"datasteward": "1", "id": text, "title": text,
            "description": format!("{text} {text}"), "columns": [{"name": text, "description": text}]})
        .to_string();
        assert_eq!(
            judge("script.json", record.as_bytes()).datasets.len(),
            1,
            "{text}"
        );
    }
}

#[test]
fn a_title_of_ten_megabytes_is_judged() {
    for unit in ["Word ", "(", "🌳 "] {
        let title = unit.repeat(10_000_000 / unit.len());
        let record = serde_json::json!({"datasteward": "1", "id": "t", "title": title}).to_string();
        assert_eq!(
            judge("t.json", record.as_bytes()).datasets.len(),
            1,
            "{unit}"
        );
    }
}

/// Eight times the fields may take eight times as long and some; a judgement that looks at each pair would take
/// sixty-four times as long.
#[test]
fn fields_are_judged_in_linear_time() {
    let time = |fields: usize| {
        let columns: Vec<_> = (0..fields)
            .map(|at| {
                serde_json::json!({"name": format!("NBR_{at}_DSCR of Thing {at}"), "type": "number",
                    "description": format!("The number of things of kind {at}, in feet")})
            })
            .collect();
        let record = serde_json::json!({"datasteward": "1", "id": "c", "title": "Things (NBR)",
            "description": "Things by kind.", "columns": columns})
        .to_string();
        let measured = (0..3).map(|_| {
            let started = std::time::Instant::now();
            assert_eq!(judge("c.json", record.as_bytes()).datasets.len(), 1);
            started.elapsed()
        });
        measured.min().unwrap()
    };
    let (few, many) = (time(1_250), time(10_000));
    assert!(
        many < few * 32,
        "{few:?} for 1,250 fields, {many:?} for 10,000"
    );
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

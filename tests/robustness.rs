//! Whatever the bytes: an answer in words, a valid report, and never a panic.

use std::fmt::Write as _;
use std::fs;

use datasteward::{Report, Source, inspect, render};
use datasteward_tests::{judge, judge_all, options, root, rules_of};
use proptest::prelude::*;

/// The message of the only finding about a document.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let report = judge(name, bytes);
    assert_eq!(rules_of(&report), ["document-unreadable"], "{name}");
    assert_eq!(report.datasets.len(), 0, "{name}");
    let mut messages: Vec<String> = report.findings.into_iter().map(|it| it.message).collect();
    assert_eq!(messages.len(), 1, "{name}: {messages:?}");
    messages.pop().unwrap_or_default()
}

#[test]
fn an_empty_file_is_called_empty() {
    for bytes in [&b""[..], b" \n\t", b"\xEF\xBB\xBF"] {
        assert_eq!(refusal("empty.json", bytes), "This file is empty");
    }
}

#[test]
fn a_web_page_is_called_one() {
    let page = b"<!DOCTYPE html><html><body>Service unavailable</body></html>";
    assert!(refusal("data.json", page).contains("web page"));
}

#[test]
fn a_truncated_file_is_answered_where_it_ends() {
    let whole =
        br#"{"datasteward": "1", "id": "a", "title": "Street trees", "keywords": ["a", "b"]}"#;
    for end in 1..whole.len() {
        let report = judge("cut.json", &whole[..end]);
        assert_eq!(rules_of(&report), ["document-unreadable"], "cut at {end}");
        let place = report.findings[0].locations.first().expect("a place");
        assert!(
            place.start.is_some_and(|start| start <= end),
            "cut at {end}"
        );
    }
}

#[test]
fn a_truncated_catalogue_is_judged_as_far_as_it_goes() {
    let text = r#"{"datasteward": "1", "datasets": [{"id": "a", "title": "Street trees"}, {"id": "b", "tit"#;
    let report = judge("cut.json", text.as_bytes());
    assert_eq!(report.datasets.len(), 1);
    assert!(rules_of(&report).contains(&"document-unreadable"));
}

#[test]
fn deep_nesting_is_refused_in_words() {
    for text in [
        "[".repeat(10_000),
        "{\"a\":".repeat(10_000),
        "[".repeat(10_000) + &"]".repeat(10_000),
    ] {
        let message = refusal("deep.json", text.as_bytes());
        assert!(!message.is_empty());
    }
    let deep = format!(
        "{{\"datasteward\": \"1\", \"extra\": {}{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let message = refusal("deep.json", deep.as_bytes());
    assert!(message.contains("128 levels"), "{message}");
}

#[test]
fn binary_is_called_no_text() {
    let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
    assert!(!refusal("picture.json", &bytes).is_empty());
    assert!(refusal("zip.json", b"PK\x03\x04\0\0\0\0").contains("not a text file"));
}

#[test]
fn an_unknown_record_is_said_to_be_unknown() {
    for text in ["{}", "[1, 2]", r#"{"a": 1}"#, "42", "\"text\"", "null"] {
        let message = refusal("other.json", text.as_bytes());
        assert!(message.contains("not"), "{text}: {message}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_at_their_place() {
    let report = judge(
        "latin.json",
        b"{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"caf\xE9\"}",
    );
    assert_eq!(rules_of(&report), ["document-unreadable"]);
    assert_eq!(report.findings[0].locations[0].start, Some(45));
}

#[test]
fn lone_nuls_are_answered() {
    for bytes in [
        &b"\0"[..],
        b"\0\0\0\0",
        b"{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"a\0b\"}",
        b"{\"datasteward\": \"1\"}\0",
    ] {
        let report = judge("nul.json", bytes);
        assert!(
            rules_of(&report).contains(&"document-unreadable"),
            "{bytes:?}"
        );
    }
}

#[test]
fn halves_of_surrogate_pairs_are_answered() {
    let report = judge(
        "half.json",
        br#"{"datasteward": "1", "id": "a", "title": "\ud83c trees"}"#,
    );
    assert_eq!(report.documents.len(), 1);
}

#[test]
fn ten_thousand_columns_are_judged() {
    let mut text =
        r#"{"datasteward": "1", "id": "wide", "title": "Wide table", "columns": ["#.to_owned();
    for number in 0..10_000 {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"name": "clm_{number}_xq", "type": "number"}}"#
        )
        .expect("a text");
    }
    text.push_str("]}");
    let report = judge("wide.json", text.as_bytes());
    assert_eq!(report.datasets.len(), 1);
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.message.len() < 2000)
    );
}

#[test]
fn a_title_of_ten_megabytes_is_cut_where_it_is_shown() {
    for word in ["trees ", "(", "2020 ", "{{", "Ã", "https://a.example/"] {
        let title = word.repeat(10_000_000 / word.len());
        let text = format!(
            r#"{{"datasteward": "1", "id": "a", "title": "{title}", "description": "{title}"}}"#
        );
        let report = judge("long.json", text.as_bytes());
        assert_eq!(report.datasets.len(), 1, "{word}");
        for finding in &report.findings {
            assert!(finding.message.len() < 10_000, "{}: {word}", finding.rule);
            assert!(
                finding.evidence.as_ref().is_none_or(|it| it.len() < 10_000),
                "{}",
                finding.rule
            );
        }
    }
}

#[test]
fn a_line_over_the_bound_is_refused_and_the_next_is_judged() {
    const LINE: usize = 200 << 20;
    let mut text = String::with_capacity(LINE + 500);
    text.push_str("{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"Street trees\"}\n");
    text.push_str("{\"datasteward\": \"1\", \"id\": \"b\", \"title\": \"");
    text.extend(std::iter::repeat_n('x', LINE));
    text.push_str(
        "\"}\n{\"datasteward\": \"1\", \"id\": \"c\", \"title\": \"Bicycle counters\"}\n",
    );
    let report = judge("long.jsonl", text.as_bytes());
    let ids: Vec<_> = report
        .datasets
        .iter()
        .filter_map(|it| it.id.as_deref())
        .collect();
    assert_eq!(ids, ["a", "c"]);
    let refused: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "document-unreadable")
        .collect();
    assert_eq!(refused.len(), 1);
    assert!(
        refused[0].message.contains("64 MB"),
        "{}",
        refused[0].message
    );
    assert_eq!(refused[0].locations[0].line, Some(2));
}

#[test]
fn a_document_of_one_huge_line_is_refused() {
    let text = format!(
        "{{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"{}\"}}",
        "x".repeat(65 << 20)
    );
    assert!(refusal("huge.json", text.as_bytes()).contains("64 MB"));
}

/// Everything that is made of a document.
fn all_of(name: &str, bytes: &[u8]) -> Report {
    let report = judge(name, bytes);
    let _ = inspect(&[Source::new(name, bytes)], &options());
    let _ = render::text(&report, &render::TextOptions::default());
    let _ = render::html(&report);
    report
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for folder in ["tests/parity/inputs", "tests/data"] {
        let mut paths: Vec<_> = fs::read_dir(root().join(folder))
            .expect("inputs")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        seeds.extend(paths.iter().map(|path| fs::read(path).expect("a file")));
    }
    // Long ones only repeat themselves.
    seeds.retain(|seed| seed.len() < 50_000);
    seeds
}

#[derive(Clone, Debug)]
enum Mutation {
    Cut(usize),
    CutOut(usize, usize),
    Flip(usize, u8),
    Swap(usize, usize),
    Double(usize, usize),
    Insert(usize, Vec<u8>),
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    let range = |one: usize, other: usize| {
        let (one, other) = (one % length, other % length);
        one.min(other)..one.max(other)
    };
    match mutation {
        Mutation::Cut(at) => bytes.truncate(at % length),
        Mutation::CutOut(one, other) => drop(bytes.drain(range(*one, *other))),
        Mutation::Flip(at, mask) => bytes[at % length] ^= mask,
        Mutation::Swap(one, other) => bytes.swap(one % length, other % length),
        Mutation::Double(one, other) => {
            let part = bytes[range(*one, *other)].to_vec();
            bytes.splice(one % length..one % length, part);
        }
        Mutation::Insert(at, what) => {
            bytes.splice(at % length..at % length, what.iter().copied());
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let signs = prop::sample::select(vec![
        "{", "}", "[", "]", "\"", ",", ":", "\\", "\n", "null", "1e999", "{{", "\\u0000",
        "\u{202e}", "\u{feff}", "<b>",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Mutation::Cut),
        any::<(usize, usize)>().prop_map(|(one, other)| Mutation::CutOut(one, other)),
        (any::<usize>(), 1..=255_u8).prop_map(|(at, mask)| Mutation::Flip(at, mask)),
        any::<(usize, usize)>().prop_map(|(one, other)| Mutation::Swap(one, other)),
        any::<(usize, usize)>().prop_map(|(one, other)| Mutation::Double(one, other)),
        (any::<usize>(), signs)
            .prop_map(|(at, sign)| Mutation::Insert(at, sign.as_bytes().to_vec())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_documents_give_valid_reports(
        seed in prop::sample::select(seeds()),
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let mut bytes = seed;
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        let report = all_of("mutated.json", &bytes);
        prop_assert_eq!(report.documents.len(), 1);
        let silent = report.findings.is_empty() && report.datasets.is_empty();
        prop_assert!(!silent, "a document was passed over in silence");
    }

    #[test]
    fn any_bytes_give_valid_reports(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let report = all_of("any.json", &bytes);
        prop_assert!(!report.findings.is_empty());
    }

    #[test]
    fn any_texts_in_any_slot_give_valid_reports(
        title in any::<String>(), description in any::<String>(), name in any::<String>(),
        rate in any::<String>(), date in any::<String>(), unit in any::<String>(),
    ) {
        let record = serde_json::json!({
            "datasteward": "1", "id": "a", "title": title, "description": description,
            "refresh": rate, "data_updated": date, "license": unit,
            "columns": [{"name": name, "description": title, "unit_text": unit, "type": rate}],
        });
        let report = all_of("record.json", record.to_string().as_bytes());
        prop_assert_eq!(report.datasets.len(), 1);
    }
}

#[test]
fn no_sources_give_an_empty_report() {
    let report = judge_all(&[]);
    assert!(report.findings.is_empty() && report.documents.is_empty());
}

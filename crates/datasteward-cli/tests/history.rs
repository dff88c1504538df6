//! What a catalogue was like at each run stays, and is drawn.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::path::Path;

use common::{err, folder, out, run};

/// Six datasets of one department, so many of them with a description.
fn records(described: usize) -> String {
    let record = |index: usize| {
        let description = if index < described {
            "Every tree along a public street, with species and height, measured on site to plan watering."
        } else {
            "null"
        };
        format!(
            r#"{{"datasteward": "1", "id": "t{index}", "title": "Street trees of district {index}", "department": {{"name": "Bureau of Streets"}}, "description": "{description}", "license": {{"spdx": "CC0-1.0"}}}}"#
        ) + "\n"
    };
    (0..6).map(record).collect()
}

fn judged(folder: &Path, described: usize, day: &str, more: &[&str]) -> std::process::Output {
    std::fs::write(folder.join("a.jsonl"), records(described)).unwrap();
    let mut arguments = vec![
        "check",
        "a.jsonl",
        "--history",
        "runs.jsonl",
        "--as-of",
        day,
    ];
    arguments.extend(more);
    run(folder, &arguments)
}

#[test]
fn each_day_stands_once_and_the_course_is_drawn() {
    let folder = folder("history", &[]);
    let first = judged(&folder, 0, "2026-03-01", &[]);
    assert!(
        out(&first).ends_with(
            "First written down on 1 March 2026; the course shows from the next run on.\n"
        )
    );
    judged(&folder, 3, "2026-06-01", &["--format", "jsonl"]);
    judged(&folder, 5, "2026-09-01", &["--format", "json"]);
    let last = judged(&folder, 6, "2026-09-01", &[]);
    let text = out(&last);
    assert!(
        text.contains("Over time: 3 runs, 1 March 2026 to 1 September 2026"),
        "{text}"
    );
    // Six of six have a description in the end; the words stand under their area.
    assert!(
        text.contains("\n    required metadata    ▁▇▇    0 % →"),
        "{text}"
    );
    assert!(text.contains("Risen most:\n  Bureau of Streets"), "{text}");
    let file = std::fs::read_to_string(folder.join("runs.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> = file
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let days: Vec<&str> = lines
        .iter()
        .map(|line| line["as_of"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2026-03-01", "2026-06-01", "2026-09-01"]);
    let placeholders = |line: &serde_json::Value| line["findings"]["error"].as_u64().unwrap();
    assert!(
        placeholders(&lines[0]) > placeholders(&lines[1])
            && placeholders(&lines[1]) > placeholders(&lines[2])
    );
    assert_eq!(lines[0]["departments"]["Bureau of Streets"]["datasets"], 6);

    let alone = run(&folder, &["history", "runs.jsonl"]);
    assert!(text.ends_with(&out(&alone)), "{}", out(&alone));
    let table = out(&run(&folder, &["history", "runs.jsonl", "--format", "csv"]));
    let departments: Vec<&str> = table
        .lines()
        .skip(1)
        .map(|row| row.split(',').nth(1).unwrap())
        .collect();
    assert_eq!(departments, ["\"\"", "\"Bureau of Streets\""].repeat(3));
}

#[test]
fn the_dashboard_draws_the_course_and_names_who_is_improving() {
    let folder = folder("history-dashboard", &[]);
    judged(&folder, 0, "2026-03-01", &[]);
    let page = out(&judged(
        &folder,
        6,
        "2026-09-01",
        &["--format", "dashboard"],
    ));
    assert!(page.contains("<h2 id=\"time\">Over time</h2>"));
    assert!(page.contains("<polyline class=\"course\""));
    assert!(page.contains("points since 1 March 2026"));
    let (_, items) = page
        .split_once("<h3 id=\"time-items\">The ten items over time</h3>")
        .unwrap();
    let (items, _) = items.split_once("</table>").unwrap();
    assert_eq!(items.matches("<tr><th scope=\"row\">").count(), 10);
    let (_, required) = items.split_once("C2 required metadata").unwrap();
    let (required, _) = required.split_once("</tr>").unwrap();
    assert!(
        required.contains("<svg class=\"spark\"")
            && required.contains(">0 %<")
            && required.contains("up "),
        "{required}"
    );
    let without = out(&run(
        &folder,
        &["check", "a.jsonl", "--format", "dashboard"],
    ));
    assert!(!without.contains("Over time"));
}

#[test]
fn a_file_that_is_no_history_is_left_as_it_is() {
    let folder = folder("history-wrong", &[("runs.jsonl", "{\"a\": 1}\n")]);
    let refused = judged(&folder, 0, "2026-03-01", &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("line 1 is no run"),
        "{}",
        err(&refused)
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("runs.jsonl")).unwrap(),
        "{\"a\": 1}\n"
    );
    let missing = run(&folder, &["history", "nothing.jsonl"]);
    assert_eq!(missing.status.code(), Some(2));
}
